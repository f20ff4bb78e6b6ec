"""The road from bytes to ``PageManuscript``: decode, lines, second printings, items, articles, questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePath

from django.utils.translation import gettext as _

from ..decode import decode
from ..manuscript import Block, BlockKind, Caption, Manuscript, NotAManuscript, Question, Span
from ..punctuation import widen
from .articles import (
    PageArticle,
    facts_of_article,
    join_jumps,
    record_fact,
    says_nothing,
    share_page_facts,
)
from .blocks import BlockMaker
from .bodies import Body, Part, read_body
from .boundaries import Stretch, find_stretches
from .captions import read_caption
from .dates import find_date
from .doubles import Doubles, find_doubles
from .doubts import ask_about_article, ask_about_printings
from .heads import Head, read_head, title_keys, without_site
from .hypertext import is_hypertext, read_hypertext
from .items import Item, Kind, classify, read_issue
from .labels import About
from .line import Area, Line, key
from .neighbours import ask_neighbours
from .page import Duplicate, IssueReference, PageFacts, PageManuscript
from .plain import read_plain
from .promises import keep_promises
from .records import Record
from .strand import Strand
from .wraps import unwrap
from .zones import clear_zones

__all__ = ["read_page"]

_WORDS = (Kind.TEXT, Kind.NUMBERED, Kind.SHORT, Kind.TABLE)
_GUESS_LIMIT = 30
Spans = tuple[Span, ...]


def read_page(data: bytes, filename: str = "") -> PageManuscript:
    """Read a saved web page or the text of a newspaper page.

    The same bytes always give the same result; the database is not touched. Raises
    ``NotAManuscript`` for what is no text or holds no article at all.
    """
    source, encoding = decode(data)
    lines = read_hypertext(source) if is_hypertext(source) else unwrap(read_plain(source))
    page = _Page.of(source, filename, lines)
    stretches = find_stretches(page.items) if any(i.kind in _WORDS for i in page.items) else ()
    if not stretches:
        raise NotAManuscript(
            _("No article was found in the file; nothing was imported. Save the page's text.")
        )
    articles = join_jumps([page.read_article(n, s) for n, s in enumerate(stretches, 1)])
    return page.finish(encoding, articles)


@dataclass(slots=True)
class _Page:
    """Everything known of the page while its articles are read."""

    source: str
    filename: str
    blocks: BlockMaker
    lines: tuple[Line, ...]
    doubles: Doubles
    items: tuple[Item, ...]
    window: tuple[str, ...]
    window_lines: tuple[Line, ...]
    meta: tuple[Line, ...]

    @classmethod
    def of(cls, source: str, filename: str, lines: tuple[Line, ...]) -> _Page:
        printed = tuple(line for line in lines if line.area not in (Area.WINDOW_TITLE, Area.META))
        meta = tuple(line for line in lines if line.area is Area.META)
        window_lines = tuple(line for line in lines if line.area is Area.WINDOW_TITLE)
        window = [line.text for line in window_lines]
        window += [line.text for line in meta if "title" in line.name]
        doubles = find_doubles(printed)
        kept = [line for n, line in enumerate(printed) if n not in doubles.dropped]
        judged = tuple(chain.from_iterable(classify(line) for line in kept))
        items = ask_neighbours(clear_zones(keep_promises(judged)))
        return cls(
            source, filename, BlockMaker(source), printed, doubles, items, tuple(window), window_lines, meta
        )

    # -- articles -------------------------------------------------------------------------------

    def read_article(self, number: int, stretch: Stretch) -> PageArticle:
        window = self.window if number == 1 else ()
        head = read_head(self.items, stretch.start, stretch.end, window)
        record = Record()
        head_items = list(self.items[stretch.start : head.end])
        captions = [read_caption(i.text) for i in head_items if i.kind is Kind.CAPTION]
        for item in facts_of_article(head_items):
            record_fact(item, record)
        body = read_body(self.items[head.end : stretch.end], record)
        body.captions[:0] = captions
        jumps = [i.text for i in head_items if i.kind is Kind.JUMP_FROM]
        body.jumps_from = jumps[0] if jumps else body.jumps_from
        doubts = [self.items[i] for i in stretch.doubts]
        return PageArticle(f"{number:02}", head, body, record, head_items, doubts)

    def finish(self, encoding: str, articles: list[PageArticle]) -> PageManuscript:
        if len(articles) == 1:
            self._use_meta(articles[0].record)
        share_page_facts(articles)
        manuscripts = tuple(self._manuscript(a) for a in articles)
        questions = list(
            chain.from_iterable(self._ask(a, m) for a, m in zip(articles, manuscripts, strict=True))
        )
        questions += ask_about_printings(articles[0].id, self._differing())
        placed = tuple(chain.from_iterable(self._unplaced(a) for a in articles)) + self._second_printings()
        return PageManuscript(
            self.source,
            encoding,
            self.filename,
            self._issue(),
            manuscripts,
            tuple(_facts(a) for a in articles),
            self._duplicates(articles),
            tuple(sorted(placed, key=lambda b: b.spans[:1])),
            tuple(questions),
        )

    def _use_meta(self, record: Record) -> None:
        """What the page's hidden fields say counts only where the visible page is silent."""
        for line in self.meta:
            if "source" in line.name and record.source is None:
                record.add_source(line.text)
            elif re.search("pubdate|publish|published_time", line.name) and record.date is None:
                date = find_date(line.text)
                if date is not None:
                    record.add_date(date)

    def _manuscript(self, article: PageArticle) -> Manuscript:
        head, body, record = article.head, article.body, article.record
        title_blocks, title = self._title(head)
        blocks = [*title_blocks, *self._head_blocks(article), *self._body_blocks(body)]
        captions = _name_blocks(body.captions, [b.id for b in blocks if b.kind is BlockKind.CAPTION])
        labelled = {k: widen(v) for k, v in head.labelled.items()}
        return Manuscript(
            id=article.id,
            title=title,
            body_title=title or None,
            kicker=labelled.get(About.KICKER) or _joined(head.kicker),
            subtitle=labelled.get(About.SUBTITLE) or _joined(head.subtitle),
            section=widen(head.section.text.strip().strip("【】[]「」『』◆●■▶ ")) if head.section else None,
            page=record.page,
            authors=record.finished_authors(),
            credits=tuple(record.credits),
            source=record.source,
            abstract=record.abstract and widen(record.abstract),
            keywords=record.keywords,
            captions=captions,
            footnotes=tuple(b.text for b in blocks if b.kind is BlockKind.FOOTNOTE),
            closing_notes=tuple(record.notes),
            end_mark=body.end_mark,
            publish_date=record.date.iso if record.date else None,
            blocks=tuple(sorted(blocks, key=lambda b: b.spans[:1])),
        )

    def _title(self, head: Head) -> tuple[list[Block], str]:
        if About.TITLE in head.labelled:
            return [], widen(head.labelled[About.TITLE])
        blocks = [self.blocks.make(BlockKind.TITLE, without_site(i.line.strand)) for i in head.title]
        return blocks, _join_title([b.text for b in blocks])

    def _head_blocks(self, article: PageArticle) -> Iterable[Block]:
        head = article.head
        kinds = {id(i): BlockKind.KICKER for i in head.kicker} | {
            id(i): BlockKind.SUBTITLE for i in head.subtitle
        }
        kinds |= {id(i): BlockKind.RUNNING_HEAD for i in ([head.section] if head.section else [])}
        plain = {Kind.BYLINE: BlockKind.BYLINE, Kind.LABELS: BlockKind.CREDITS, Kind.DATE: BlockKind.CREDITS}
        plain |= {Kind.NOTE: BlockKind.CLOSING_NOTE, Kind.CAPTION: BlockKind.CAPTION}
        plain |= {Kind.JUMP_FROM: BlockKind.JUMP}
        for item in article.head_items:
            kind = kinds.get(id(item)) or plain.get(item.kind)
            if kind is not None and not says_nothing(item):
                yield self.blocks.make(kind, item.line.strand)

    def _body_blocks(self, body: Body) -> Iterable[Block]:
        for part in body.parts:
            yield self._block(part)

    def _block(self, part: Part) -> Block:
        if part.kind is BlockKind.TABLE:
            text = "\n".join("\t".join(row) for row in part.rows)
            return self.blocks.make(part.kind, part.strand, rows=part.rows, text=text)
        return self.blocks.make(part.kind, part.strand, part.level)

    # -- what belongs to no article --------------------------------------------------------------

    def _unplaced(self, article: PageArticle) -> Iterable[Block]:
        used = {Kind.BYLINE, Kind.LABELS, Kind.DATE, Kind.NOTE, Kind.CAPTION, Kind.JUMP_FROM}
        taken = [*article.head.title, *article.head.kicker, *article.head.subtitle]
        taken += [article.head.section] if article.head.section else []
        for item in article.head.title:
            tail = item.line.strand.slice(len(without_site(item.line.strand)))
            if key(tail.text):
                yield self.blocks.make(BlockKind.RESIDUE, tail.strip())
        for item in article.head_items:
            placed = item.kind in used or any(item is t for t in taken)
            if says_nothing(item) or not placed:
                yield self.blocks.residue(item)
        for item in article.body.residue:
            yield self.blocks.residue(item)

    def _second_printings(self) -> tuple[Block, ...]:
        dropped = (self.lines[n] for n in sorted(self.doubles.dropped))
        return tuple(
            self.blocks.make(BlockKind.RESIDUE, line.strand) for line in dropped if line.text.strip()
        )

    def _differing(self) -> list[tuple[str, Spans, str, Spans]]:
        pairs = [(self.lines[a], self.lines[b]) for a, b in self.doubles.differing]
        found = [(a.text, a.strand.spans, b.text, b.strand.spans) for a, b in pairs]
        return found + [
            ("", (), self.lines[n].text, self.lines[n].strand.spans) for n in self.doubles.missing
        ]

    def _duplicates(self, articles: list[PageArticle]) -> tuple[Duplicate, ...]:
        found = [
            Duplicate("title", widen(i.text.strip()), i.line.strand.spans)
            for a in articles
            for i in a.head.repeats
        ]
        titles = {key("".join(i.text for i in articles[0].head.title))}
        windows = [line for line in self.window_lines if titles & set(title_keys(line.text))]
        found += [Duplicate("title", line.text.strip(), line.strand.spans) for line in windows]
        for first, last in self.doubles.runs:
            spans = tuple(s for line in self.lines[first:last] for s in line.strand.spans)
            found.append(Duplicate("text", widen(self.lines[first].text.strip()), spans))
        return tuple(found)

    def _issue(self) -> IssueReference | None:
        named = [i for i in self.items if i.kind is Kind.ISSUE]
        furniture = (Kind.RESIDUE, Kind.PAGE_MARK, Kind.NOTE)
        named += [i for i in self.items if i.kind in furniture and i.line.size <= 60]
        named += [i for i in self.items if i.kind is Kind.LABELS and "《" in i.text]
        for item in named:
            found = read_issue(item.text)
            if found is not None:
                return IssueReference(*found)
        return None

    # -- questions ---------------------------------------------------------------------------------

    def _ask(self, article: PageArticle, manuscript: Manuscript) -> Iterable[Question]:
        guesses = () if manuscript.title else self._guesses(manuscript)
        args = (
            article.id,
            article.head,
            article.body,
            article.record,
            manuscript.title,
            guesses,
            article.doubts,
        )
        return ask_about_article(*args)

    def _guesses(self, manuscript: Manuscript) -> tuple[str, ...]:
        """Titles to choose from: the window's, the file's name, the opening words."""
        stem = PurePath(self.filename).stem
        window = [without_site(Strand.of(w, 0)).text for w in self.window] if manuscript.id == "01" else []
        opening = re.split("[。！？；]", manuscript.body_text.split("\n")[0])[0][:_GUESS_LIMIT]
        named = [stem] if manuscript.id == "01" and re.search("[\u4e00-\u9fff]{4,}", stem) else []
        return tuple(dict.fromkeys(g for g in (*window, *named, opening) if g))


def _facts(article: PageArticle) -> PageFacts:
    record = article.record
    return PageFacts(
        article.id, 1 + len(article.head.repeats), record.date_raw, record.visits, record.visits_raw
    )


def _name_blocks(captions: list[Caption], ids: list[str]) -> tuple[Caption, ...]:
    return tuple(
        replace(caption, text=widen(caption.text), block=ids[n] if n < len(ids) else None)
        for n, caption in enumerate(captions)
    )


def _joined(items: Sequence[Item]) -> str | None:
    return _join_title([widen(i.text.strip()) for i in items]) or None


def _join_title(lines: Sequence[str]) -> str:
    """Lines of a title are told apart by a blank, unless the break falls inside a phrase."""
    joined = ""
    for line in lines:
        inside = re.search("[的和与及、在对为以之]$|[（《“—]$", joined)
        joined += line if not joined or inside else f" {line}"
    return joined
