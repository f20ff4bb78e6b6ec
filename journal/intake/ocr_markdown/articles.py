"""One article from its pieces: title, people, notes, pictures, blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..manuscript import Block, BlockKind, Caption, Credit, Manuscript
from .blocks import Blocks, tidy
from .bylines import Byline, parse_byline
from .heads import Head
from .jumps import Stream
from .lines import Line
from .links import Links
from .marks import split_photographer
from .people import Closing, merge_authors, read_closing
from .reconcile import Verdict, reconcile
from .titles import Place
from .wording import key

__all__ = ["Draft", "manuscript"]

_PART = re.compile(
    r"[（(](上|中|下|[一二三四五六七八九十]{1,2}|续|续[一二三四五]|之[一二三四五六七八九十])[)）]\s*$"
)
_NOTES = frozenset({BlockKind.SOURCE, BlockKind.CREDITS, BlockKind.CLOSING_NOTE})
_KEYWORDS = re.compile(r"^[\[【［〔]?\s*关\s*键\s*[词字]\s*[\]】］〕]?\s*[:：]?\s*")
_ABSTRACT = re.compile(
    r"^[\[【［〔]?\s*(?:内容)?(?:摘\s*要|提\s*要|导\s*读|内容简介)\s*[\]】］〕]?\s*[:：]?\s*"
)
_STATUS = re.compile(r"待续|续完|完|接上期|续上期|下期")


@dataclass(slots=True)
class Draft:
    """What belongs to one article before it is written down."""

    place: Place
    head: Head
    stream: Stream
    blocks: list[Block]
    verdict: Verdict | None = None
    authors_differ: bool = False


def manuscript(draft: Draft, number: str, blocks: Blocks, lines: list[Line], links: Links) -> Manuscript:
    """Write one article down."""
    head, entry = draft.head, draft.place.entry
    title_lines = [lines[i].text for i in head.title]
    printed, inline = _strip_inline(title_lines, entry.title if entry else None)
    printed = _strip_section(printed, entry.section if entry else None)
    printed, dashed = _strip_dashed(printed)
    subtitle = _joined(head.subtitle, lines) or dashed
    draft.verdict = reconcile(printed, entry.title if entry else None, links, subtitle or "")
    closing = read_closing(_notes(draft, lines))
    bylines = [b for _, b in head.bylines]
    promised = (entry.author if entry else None) or inline
    if not bylines and (dateline := _dateline(draft.blocks)):
        bylines = [dateline]
    if head.units:
        closing.units.insert(0, "；".join(head.units))
    authors, draft.authors_differ = merge_authors(bylines, promised, closing)
    own = sorted(_head_blocks(head, lines, blocks), key=lambda b: b.spans[0].start)
    title = tidy(draft.verdict.title)
    return Manuscript(
        id=number,
        title=title,
        body_title=tidy(" ".join(printed)),
        toc_title=entry.title if entry else None,
        toc_title_raw=entry.raw if entry and entry.residue else None,
        toc_author=entry.author if entry else None,
        page=entry.page if entry else None,
        last_page=entry.last_page if entry else None,
        section=entry.section if entry else None,
        kicker=_joined(head.kicker, lines),
        subtitle=subtitle,
        series_part=_part(title, entry.title if entry else "", subtitle or ""),
        series_status=_status(draft),
        authors=authors,
        credits=_credits([c for b in bylines for c in b.credits], closing),
        source=closing.source,
        abstract=_abstract(head, lines),
        keywords=_keywords(head, lines),
        captions=tuple(_caption(b) for b in _in_order(draft.blocks, BlockKind.CAPTION)),
        footnotes=tuple(b.text for b in draft.blocks if b.kind is BlockKind.FOOTNOTE),
        closing_notes=tuple(tidy(n) for n in closing.notes),
        end_mark=any(b.kind is BlockKind.END_MARK for b in draft.blocks),
        photo_story=_is_photo_story(draft),
        blocks=tuple(own + draft.blocks),
    )


def _in_order(blocks: list[Block], kind: BlockKind) -> list[Block]:
    return sorted((b for b in blocks if b.kind is kind), key=lambda b: b.spans[0].start)


def _strip_inline(title_lines: list[str], promised: str | None) -> tuple[list[str], str | None]:
    """``题名  作者`` on one line: what stands behind the promised title is no part of it."""
    if promised is None or not title_lines:
        return title_lines, None
    last, wanted = title_lines[-1], key(promised)
    whole = key("".join(title_lines))
    if whole == wanted or not whole.startswith(wanted):
        return title_lines, None
    for cut in re.finditer(r"[\s　/／|｜]+", last):
        if key("".join([*title_lines[:-1], last[: cut.start()]])) == wanted:
            rest = last[cut.end() :]
            if parse_byline(rest):
                return [*title_lines[:-1], last[: cut.start()]], rest
    return title_lines, None


def _strip_section(title_lines: list[str], section: str | None) -> list[str]:
    """``◆栏目·题名``: the section in front of the title is a label."""
    if not section or not title_lines:
        return title_lines
    label = r"[\s　]*".join(re.escape(c) for c in section if not c.isspace())
    match = re.match(
        rf"[◆◇●○■□▲△★☆※▶【\[〖]*\s*{label}\s*[】\]〗]?\s*[·・•|｜/／:：—\s]+(?=\S)", title_lines[0]
    )
    if match is None or len(key(title_lines[0][match.end() :])) < 2:
        return title_lines
    return [title_lines[0][match.end() :], *title_lines[1:]]


def _strip_dashed(title_lines: list[str]) -> tuple[list[str], str | None]:
    """``题名——副题`` on one line: what a double dash sets off is the subtitle."""
    for number, line in enumerate(title_lines):
        match = re.search(r"\s*(?:——|──|－－)(?=\S)", line)
        if (
            match
            and len(key("".join(title_lines[:number]) + line[: match.start()])) >= 4
            and len(key(line[match.end() :])) >= 4
        ):
            rest = "".join([line[match.start() :].strip(), *title_lines[number + 1 :]])
            return [t for t in (*title_lines[:number], line[: match.start()]) if t], tidy(rest)
    return title_lines, None


def _joined(indices: list[int], lines: list[Line]) -> str | None:
    """Lines of a kicker or subtitle; a line set full runs on without a blank."""
    text = ""
    for index in indices:
        piece = lines[index].text
        glue = "" if not text or text[-1] in "、，：；" or len(text) > 16 else " "
        text += glue + piece
    return tidy(text) or None


_DATELINE = re.compile(
    r"^本[报刊网社]?讯[\s　]*[（(](?P<who>(?:本[报刊])?(?:记者|通讯员|特约记者|实习生)[^（()）]{2,40})[)）]"
)


def _dateline(blocks: list[Block]) -> Byline | None:
    """``本报讯（记者 某某）`` at the head of the text names its authors."""
    first = next((b for b in blocks if b.kind is BlockKind.PARAGRAPH), None)
    match = _DATELINE.match(first.text) if first else None
    return parse_byline(match["who"]) if match else None


def _notes(draft: Draft, lines: list[Line]) -> list[str]:
    own = [lines[i].text for i in draft.head.notes if re.search("来源|作者简介", lines[i].text)]
    found = [b.text for b in draft.blocks if b.kind in _NOTES]
    signatures = [b.text for b in draft.blocks if b.kind is BlockKind.BYLINE]
    return own + found + signatures


def _head_blocks(head: Head, lines: list[Line], blocks: Blocks) -> list[Block]:
    """Lines of one kind that follow each other make one block."""
    found: list[Block] = []
    group: list[int] = []
    for index in sorted(head.kinds):
        if group and (head.kinds[index] is not head.kinds[group[-1]] or index != group[-1] + 1):
            found.append(blocks.make(head.kinds[group[0]], [lines[i] for i in group]))
            group = []
        group.append(index)
    if group:
        found.append(blocks.make(head.kinds[group[0]], [lines[i] for i in group]))
    return found


def _part(*texts: str) -> str | None:
    for text in texts:
        if match := _PART.search(text):
            return match.group(1)
    return None


def _status(draft: Draft) -> str | None:
    for chunk in draft.stream.chunks:
        if chunk.value and chunk.kind is BlockKind.END_MARK and _STATUS.search(chunk.value):
            return chunk.value
    return None


def _credits(own: list[Credit], closing: Closing) -> tuple[Credit, ...]:
    return tuple(dict.fromkeys([*own, *closing.credits]))


def _abstract(head: Head, lines: list[Line]) -> str | None:
    text = "".join(lines[i].text for i in head.abstract)
    return tidy(_ABSTRACT.sub("", text)) or None


def _keywords(head: Head, lines: list[Line]) -> tuple[str, ...]:
    text = " ".join(_KEYWORDS.sub("", lines[i].text) for i in head.keywords)
    return tuple(w for w in re.split(r"[；;，,、\s　]+", text) if w)


def _caption(block: Block) -> Caption:
    text = block.text.strip()
    if text[:1] in "（(" and text[-1:] in "）)" and not re.search(r"[（()）]", text[1:-1]):
        text = text[1:-1]
    text = text.lstrip("▲△▼▽◀▶◁▷←→↑↓ ")
    _words, names, role = split_photographer(text)
    return Caption(text, names, role, block.id)


def _is_photo_story(draft: Draft) -> bool:
    captions = sum(b.kind is BlockKind.CAPTION for b in draft.blocks)
    body = sum(len(b.text) for b in draft.blocks if b.kind is BlockKind.PARAGRAPH)
    return captions >= 1 and (draft.place.entry is None or captions >= 3) and body < 600
