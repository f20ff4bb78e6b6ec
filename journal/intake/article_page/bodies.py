"""The body of an article: paragraphs whole again, headings ranked, captions and closing lines taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..manuscript import BlockKind, Caption
from .boundaries import numbering_style
from .captions import read_caption
from .closings import find_closing, read_closing
from .items import Item, Kind
from .line import SENTENCE_END, Shape
from .records import Record
from .scenes import find_scenes
from .strand import Strand

__all__ = ["Body", "Part", "read_body"]

_JUMP_TO = re.compile(r"\s*[（(【]\s*(?:下转|转)\s*第?\s*\S{1,6}\s*[版页][^）)】]{0,12}[）)】]\s*$")
_JUMP_FROM = re.compile(r"^\s*[（(【]\s*(?:上接|接)\s*第?\s*\S{1,6}\s*[版页][^）)】]{0,40}[）)】]\s*")
_END_MARK = re.compile(r"\s*(?:[□■◆●▲☐◼◻▪]|[（(](?:完|全文完)[）)])\s*$")
_REPORTED = re.compile(r"^\s*本[报刊网台社](?:综合)?讯\s*(?P<bracket>[（(](?P<inside>[^（()）]{2,60})[）)])")
_FOOTNOTE = re.compile(r"[\[［〔]\d{1,2}[\]］〕]")
_UNFINISHED = re.compile("[\u4e00-\u9fff，、,《“]$")
_HEADING_LIMIT = 30
_PROSE = 25
_REMARK = 8  # the shortest sentence a heading can stand above


@dataclass(slots=True)
class Part:
    """One block in the making."""

    kind: BlockKind
    strand: Strand
    level: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Body:
    parts: list[Part] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    residue: list[Item] = field(default_factory=list)
    end_mark: bool = False
    jumps_to: bool = False
    jumps_from: str | None = None
    scenes: list[Item] = field(default_factory=list)  # lines taken for captions, to be asked about
    styles: dict[int, str] = field(default_factory=dict)  # heading part → what ranks it

    @property
    def text_parts(self) -> list[Part]:
        return [p for p in self.parts if p.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)]

    @property
    def last_text(self) -> Part | None:
        kinds = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        return next((p for p in reversed(self.parts) if p.kind in kinds), None)

    @property
    def unfinished(self) -> bool:
        """The last paragraph stops inside a sentence."""
        last = self.last_text
        text = last.strand.text if last else ""
        return (len(text) >= _PROSE or self.jumps_to) and bool(_UNFINISHED.search(text))


def read_body(items: Sequence[Item], record: Record) -> Body:
    """Read the items behind the head; facts found among them go into ``record``."""
    body = Body()
    items, body.scenes = find_scenes(_names_as_headings(items, record))
    texts = [i for i, item in enumerate(items) if item.kind in (Kind.TEXT, Kind.NUMBERED, Kind.TABLE)]
    last = texts[-1] if texts else -1
    joins = _sentences_usually_end(items)
    for index in range(len(items)):
        _read_item(body, items, index, record, index >= last, joins)
    _rank_headings(body)
    return body


def _names_as_headings(items: Sequence[Item], record: Record) -> list[Item]:
    """A short line in the middle of a signed text that merely looks like a name is a heading's words."""
    last = max((i for i, item in enumerate(items) if item.kind is Kind.TEXT), default=0)
    return [
        replace(item, kind=Kind.SHORT)
        if item.kind is Kind.BYLINE
        and item.byline
        and item.byline.strength < 1
        and record.authors
        and i < last
        else item
        for i, item in enumerate(items)
    ]


def _sentences_usually_end(items: Sequence[Item]) -> bool:
    """Only where paragraphs end in a full stop as a rule does a missing one mean a broken paragraph."""
    prose = [i for i in items if i.kind is Kind.TEXT and i.line.size >= _PROSE]
    return sum(i.line.ends_sentence or bool(re.search("[；;：:]$", i.text)) for i in prose) * 2 >= len(prose)


def _read_item(
    body: Body, items: Sequence[Item], index: int, record: Record, at_end: bool, joins: bool
) -> None:
    item = items[index]
    if item.kind in (Kind.RESIDUE, Kind.PAGE_MARK, Kind.RULE, Kind.IMAGE, Kind.ISSUE):
        body.residue.append(item)
        record.page = record.page or item.page
    elif item.kind is Kind.CAPTION:
        _add_caption(body, item)
    elif item.kind in (Kind.JUMP_TO, Kind.JUMP_FROM):
        body.jumps_to = body.jumps_to or item.kind is Kind.JUMP_TO
        body.jumps_from = item.text if item.kind is Kind.JUMP_FROM else body.jumps_from
        body.parts.append(Part(BlockKind.JUMP, item.line.strand))
    elif item.kind is Kind.END:
        body.end_mark = True
        body.parts.append(Part(BlockKind.END_MARK, item.line.strand))
    elif item.kind is Kind.TABLE:
        body.parts.append(Part(BlockKind.TABLE, item.line.strand, rows=item.line.rows))
    elif item.kind in (Kind.BYLINE, Kind.LABELS, Kind.DATE, Kind.NOTE):
        _read_facts(body, item, record, at_end)
    else:
        _read_words(body, items, index, record, at_end, joins)


def _add_caption(body: Body, item: Item) -> None:
    caption = read_caption(item.text)
    body.captions.append(caption)
    body.parts.append(Part(BlockKind.CAPTION, item.line.strand))


def _read_facts(body: Body, item: Item, record: Record, at_end: bool) -> None:
    """Names, labels and dates among the paragraphs are facts at the end of a text, words in its middle."""
    if item.kind is Kind.BYLINE and item.byline is not None:
        if _belongs_to_picture(body, item):
            return
        if at_end or not record.authors or item.byline.strength == 1.0:
            record.add_authors(
                item.byline.authors if not record.authors or item.byline.strength == 1.0 else ()
            )
            record.add_credits(item.byline.credits)
            body.parts.append(Part(BlockKind.BYLINE, item.line.strand))
            return
    elif item.kind is Kind.NOTE:
        closing = read_closing(item.text.strip()[1:-1])
        if closing is not None:
            record.add_closing(closing)
            body.parts.append(Part(BlockKind.CLOSING_NOTE, item.line.strand))
            return
    elif at_end or (
        item.kind is Kind.LABELS and any(p.about in ("source", "visits", "credit") for p in item.pairs)
    ):
        if item.kind is Kind.LABELS:
            record.add_pairs(item)
        elif item.date is not None:
            record.add_date(item.date)
        body.parts.append(Part(BlockKind.CREDITS, item.line.strand))
        return
    body.parts.append(Part(BlockKind.PARAGRAPH, item.line.strand))


def _belongs_to_picture(body: Body, item: Item) -> bool:
    """``甲 摄`` below a caption names the photographer of that picture."""
    byline = item.byline
    if byline is None or byline.authors or not body.parts or body.parts[-1].kind is not BlockKind.CAPTION:
        return False
    credit, caption = byline.credits[0], body.captions[-1]
    if caption.photographer is not None:
        return False
    text = f"{caption.text} {item.text.strip()}"
    body.captions[-1] = Caption(text, "、".join(credit.names), credit.role, caption.block)
    body.parts[-1] = Part(BlockKind.CAPTION, body.parts[-1].strand + item.line.strand)
    return True


def _read_words(
    body: Body, items: Sequence[Item], index: int, record: Record, at_end: bool, joins: bool
) -> None:
    item = items[index]
    if index and items[index - 1].kind is Kind.IMAGE and item.kind is Kind.SHORT and not item.line.level:
        _add_caption(body, item)
        return
    if _is_heading(items, index):
        body.styles[len(body.parts)] = numbering_style(item.text) or f"#{item.line.level or 9}"
        body.parts.append(Part(BlockKind.HEADING, item.line.strand, 1))
        return
    strand, endings = _cut_ends(body, item.line.strand, record, at_end)
    if not strand.text:
        pass
    elif _FOOTNOTE.match(strand.text):
        body.parts.append(Part(BlockKind.FOOTNOTE, strand))
    elif joins and _goes_on(body, items, index) and (previous := body.last_text):
        previous.strand += strand
    else:
        kind = BlockKind.LIST_ITEM if item.line.shape is Shape.ITEM else BlockKind.PARAGRAPH
        body.parts.append(Part(kind, strand))
    body.parts.extend(endings)


def _cut_ends(body: Body, strand: Strand, record: Record, at_end: bool) -> tuple[Strand, list[Part]]:
    """Cut jumps, closing brackets and the end mark off a paragraph; return the rest and the parts cut off."""
    front = _JUMP_FROM.match(strand.text)
    if front:
        body.jumps_from = front.group().strip()
        body.parts.append(Part(BlockKind.JUMP, strand.slice(0, front.end()).strip()))
        strand = strand.slice(front.end()).strip()
    strand = _cut_reporters(body, strand, record)
    endings: list[Part] = []
    jump = _JUMP_TO.search(strand.text)
    if jump:
        body.jumps_to = True
        endings.insert(0, Part(BlockKind.JUMP, strand.slice(jump.start()).strip()))
        strand = strand.slice(0, jump.start()).strip()
    while at_end:
        mark, closing = _END_MARK.search(strand.text), find_closing(strand.text)
        if mark and mark.start() > 0:
            body.end_mark, cut, kind = True, mark.start(), BlockKind.END_MARK
        elif closing and closing[0] > 0:
            record.add_closing(closing[1])
            cut, kind = closing[0], BlockKind.CLOSING_NOTE
        else:
            break
        endings.insert(0, Part(kind, strand.slice(cut).strip()))
        strand = strand.slice(0, cut).strip()
    return strand, endings


def _cut_reporters(body: Body, strand: Strand, record: Record) -> Strand:
    """``本报讯（记者 甲）``: the reporters become authors, the words 本报讯 stay."""
    found = _REPORTED.match(strand.text)
    closing = read_closing(found.group("inside")) if found else None
    if found is None or closing is None or not closing.authors:
        return strand
    record.add_closing(closing)
    first, last = found.span("bracket")
    body.parts.append(Part(BlockKind.BYLINE, strand.slice(first, last)))
    return strand.without([(first, last)])


def _goes_on(body: Body, items: Sequence[Item], index: int) -> bool:
    """The paragraph above stops inside a sentence and this one is no new beginning."""
    item = items[index]
    if not body.parts or item.kind is not Kind.TEXT or not body.unfinished or item.line.shape is Shape.ITEM:
        return False
    last = next((p for p in reversed(body.parts) if p.kind not in (BlockKind.CAPTION, BlockKind.JUMP)), None)
    if last is None or last.kind is not BlockKind.PARAGRAPH or numbering_style(item.text):
        return False
    return bool(SENTENCE_END.search(item.text.rstrip())) or item.line.size >= _PROSE


def _is_heading(items: Sequence[Item], index: int) -> bool:
    item = items[index]
    if item.kind not in (Kind.SHORT, Kind.NUMBERED) or item.line.shape is Shape.ITEM:
        return False
    if item.line.level:
        return True
    following = _next_words(items, index, 1)
    if following is None:
        return False
    style = numbering_style(item.text)
    if item.kind is Kind.NUMBERED:
        neighbours = [n for n in (following, _next_words(items, index, -1)) if n and n.kind is Kind.NUMBERED]
        return not any(numbering_style(n.text) == style for n in neighbours)
    before = _next_words(items, index, -1)
    if before is not None and before.kind is Kind.SHORT and not before.line.level:
        return False
    if (
        before is not None
        and before.kind is Kind.TEXT
        and not before.line.ends_sentence
        and not item.line.bold
    ):
        return bool(re.search("[；;：:]$", before.text)) is False and before.line.size < _PROSE
    return item.line.size <= _HEADING_LIMIT and (
        following.kind is Kind.NUMBERED or (following.kind is Kind.TEXT and following.line.size >= _REMARK)
    )


def _next_words(items: Sequence[Item], index: int, step: int) -> Item | None:
    words = (Kind.TEXT, Kind.SHORT, Kind.NUMBERED, Kind.TABLE)
    at = index + step
    while 0 <= at < len(items):
        if items[at].kind in words:
            return items[at]
        at += step
    return None


def _rank_headings(body: Body) -> None:
    """Ranks follow the numbering where there is one, else the mark-up; 1 is the highest in this article."""
    styles = sorted(set(body.styles.values()), key=_style_order)
    numbered = [s for s in styles if not s.startswith("#")]
    for index, style in body.styles.items():
        ladder = numbered if style in numbered else [s for s in styles if s.startswith("#")]
        body.parts[index].level = ladder.index(style) + 1


def _style_order(style: str) -> str:
    return {"f": "aa"}.get(style, style)
