"""The whole way from bytes to an understood issue, step by step."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..decode import decode
from ..manuscript import Block, BlockKind, IssueManuscript, Manuscript, NotAManuscript, SectionPlan
from .articles import Draft, manuscript
from .blocks import Blocks
from .bylines import parse_byline
from .chunks import Chunk, measure, unwrap
from .contents import Region, find_regions, is_contents_heading
from .doubts import Evidence, ask
from .entries import Contents, Entry, read_contents
from .flow import Flow, Habits
from .furniture import Furniture, find_furniture
from .heads import Head, read_head
from .identity import Identity, has_issue_mark, is_issue_line, read_identity
from .jumps import Move, Stream, resolve_jumps
from .lines import Line
from .links import Links
from .markup import split_lines
from .masthead import Imprint, read_masthead
from .shelf import Shelf
from .spacing import close_up
from .strays import find_strays
from .titles import Body, Place, align
from .wording import key
from .words import is_residue

__all__ = ["MAX_CHARACTERS", "read_issue"]

_NAME_IN_LETTERS = re.compile(
    r"(?:[\u4e00-\u9fff· 　]{2,10}[\s　]+)?[A-Z][A-Za-z]{2,}(?:\s+[A-Z][A-Za-z]+){0,4}"
)

MAX_CHARACTERS = 3_000_000
"""A monthly issue has about 100,000 characters; a whole year bound together is under two million."""


@dataclass(slots=True)
class Reading:
    """Everything known about one source while it is being read."""

    source: str
    lines: list[Line]
    imprint: Imprint
    regions: list[Region] = field(default_factory=list)
    contents: Contents = field(default_factory=Contents)
    furniture: Furniture = field(default_factory=Furniture)
    identity: Identity = field(default_factory=Identity)
    places: list[Place] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    links: Links = field(default_factory=lambda: Links(()))
    opening: list[int] = field(default_factory=list)


def read_issue(data: bytes, filename: str = "") -> IssueManuscript:
    """Read the scanned or saved text of one issue.

    ``data`` is the file as it came (UTF-8, UTF-16 or GB18030); ``filename`` may help to tell year
    and number. Raises ``NotAManuscript`` with one sentence when it is no text or no issue. The
    result does not depend on anything but the input.
    """
    source, encoding = decode(data)
    if len(source) > MAX_CHARACTERS:
        raise NotAManuscript(
            _(
                "The text has %(count)d characters, more than any issue; nothing was imported. "
                "Send one issue at a time."
            )
            % {"count": len(source)}
        )
    reading = _survey(source)
    _find_articles(reading)
    if not reading.places and not reading.contents.entries:
        raise NotAManuscript(
            _(
                "The text has neither a contents page nor titles, so it is no issue; nothing was imported. "
                "Check the file."
            )
        )
    _read_streams(reading)
    return _assemble(reading, encoding, filename)


def _survey(source: str) -> Reading:
    """Lines, masthead, contents page, furniture."""
    lines = close_up(split_lines(source))
    reading = Reading(source, lines, read_masthead(lines))
    reading.regions = find_regions(lines, reading.imprint.lines)
    shelf = Shelf.build(lines, _body_lines(reading))
    reading.contents = read_contents(lines, reading.regions, reading.imprint.lines, shelf)
    reading.furniture = find_furniture(lines, _body_lines(reading), reading.contents.sections)
    zone = (
        set(reading.imprint.lines) | {i for r in reading.regions for i in r.members} | reading.furniture.lines
    )
    reading.identity = read_identity(lines, zone)
    reading.opening = _name_lines(reading)
    return reading


def _name_lines(reading: Reading) -> list[int]:
    """The journal's name: at the very top above the issue's identity, or above a late contents page."""
    found = []
    words = [i for i, line in enumerate(reading.lines[:12]) if line.text]
    places = [words[0]] if any(has_issue_mark(reading.lines[i].text) for i in words[1:7]) else []
    for index in [*places, *_above_imprint(reading)]:
        text = reading.lines[index].text
        if re.fullmatch("[\u4e00-\u9fff· 　]{2,14}", text) and not is_contents_heading(text):
            reading.identity.name = reading.identity.name or re.sub(r"[\s　]", "", text)
            found.append(index)
    for region in reading.regions:
        above = [i for i in range(max(0, region.first - 4), region.first) if reading.lines[i].text]
        found += [i for i in above if _NAME_IN_LETTERS.fullmatch(reading.lines[i].text)]
    return found


def _above_imprint(reading: Reading) -> list[int]:
    """The line over ``2024年第7期`` where that stands over the masthead, wherever in the file it is."""
    zone = sorted(reading.imprint.lines)
    for index in zone[:1]:
        above = [i for i in range(max(0, index - 8), index) if reading.lines[i].text][-2:]
        if len(above) == 2 and is_issue_line(reading.lines[above[1]].text):
            return above[:1]
    return []


def _body_lines(reading: Reading) -> list[int]:
    inside = {i for r in reading.regions for i in r.members} | reading.imprint.lines | reading.furniture.lines
    inside.update(reading.opening)
    return [i for i, line in enumerate(reading.lines) if line.text and i not in inside]


def _find_articles(reading: Reading) -> None:
    """Titles promised and kept, titles nobody promised, and the heads around both."""
    body = Body(reading.lines, _body_lines(reading))
    shelf = Shelf.build(reading.lines, body.order)
    sections = reading.contents.sections
    places = align(reading.contents.entries, shelf, body)
    places += find_strays(places, body, sections)
    reading.places = sorted(places, key=lambda p: p.run.first)
    stop = {i for p in reading.places for i in range(p.run.first, p.run.last + 1)}
    keys = {key(s) for s in sections}
    signs = _signs_under_titles(reading.places, body)
    for place in reading.places:
        own = set(range(place.run.first, place.run.last + 1))
        head = read_head(place, body, keys, stop - own, signs)
        stop |= set(head.kinds)
        reading.heads.append(head)
    _cut_streams(reading, body)


def _signs_under_titles(places: list[Place], body: Body) -> bool:
    """Whether this file has its authors right under the titles."""
    below = [body.after(p.run.last, 1) for p in places]
    signed = sum(bool(b) and parse_byline(body.text(b[0])) is not None for b in below)
    return signed >= max(2, 0.4 * len(places))


def _cut_streams(reading: Reading, body: Body) -> None:
    """The lines between one head and the next are the stream of the article above."""
    heads = {i for h in reading.heads for i in h.kinds}
    firsts = [h.first for h in reading.heads]
    reading.links = Links(reading.lines[i].text for i in body.order if i not in heads)
    rest = [reading.lines[i] for i in body.order if i not in heads]
    whole = measure(rest)
    habits = Habits.of(
        [
            *rest,
            *(line for line in reading.lines if "![" in _raw(reading, line) or "<img" in _raw(reading, line)),
        ]
    )
    for number, place in enumerate(reading.places):
        end = firsts[number + 1] if number + 1 < len(firsts) else len(reading.lines)
        lines = [reading.lines[i] for i in body.order if firsts[number] < i < end and i not in heads]
        wrapped = measure(lines) if len(lines) >= 6 else whole
        chunks = _section_labels(unwrap(lines, wrapped), reading.contents.sections)
        page = place.entry.page if place.entry else None
        flow = Flow.of(chunks, reading.links, wrapped, habits, bool(reading.heads[number].bylines))
        reading.streams.append(Stream(chunks, flow, page, place.entry.last_page if place.entry else None))


def _raw(reading: Reading, line: Line) -> str:
    """The source of a line of pure mark-up (an image is one); empty for words."""
    return "" if line.text else reading.source[line.start : line.end]


def _section_labels(chunks: list[Chunk], sections: list[str]) -> list[Chunk]:
    """A section's name alone on a line is a label of the page, not text."""
    names = {key(s) for s in sections}
    for chunk in chunks:
        if (
            chunk.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
            and len(chunk.lines) == 1
            and key(chunk.text) in names
        ):
            chunk.kind = BlockKind.RUNNING_HEAD
    return chunks


def _read_streams(reading: Reading) -> None:
    for stream in reading.streams:
        stream.flow.settle(stream.chunks)
    reading.moves = resolve_jumps(reading.streams, reading.links)
    for number in {m.owner for m in reading.moves}:
        stream = reading.streams[number]
        stream.flow.settle(stream.chunks)  # in its new company a numbered line may be a heading after all


def _assemble(reading: Reading, encoding: str, filename: str) -> IssueManuscript:
    blocks = Blocks(reading.source)
    drafts = [
        Draft(place, head, stream, blocks.of_stream(stream.chunks, stream.flow))
        for place, head, stream in zip(reading.places, reading.heads, reading.streams, strict=True)
    ]
    ids = _ids(reading.contents.entries, drafts)
    manuscripts = [manuscript(d, ids[id(d)], blocks, reading.lines, reading.links) for d in drafts]
    manuscripts += [_without_text(e, ids[id(e)]) for e in reading.contents.entries if id(e) in ids]
    manuscripts.sort(key=lambda m: m.id)
    identity = reading.identity
    unplaced = _unplaced(reading, blocks, drafts)
    issue = IssueManuscript(
        source_text=reading.source,
        encoding=encoding,
        year=identity.year,
        number=identity.number,
        serial_number=identity.serial,
        frequency=identity.frequency,
        name=identity.name or reading.imprint.facts.get("name"),
        masthead=tuple(reading.imprint.roles),
        facts=dict(reading.imprint.facts),
        slogans=tuple(dict.fromkeys(reading.contents.slogans)),
        sections=_sections(reading.contents, manuscripts),
        manuscripts=tuple(manuscripts),
        unplaced=tuple(unplaced),
    )
    order = [ids[id(d)] for d in drafts]
    return ask(issue, Evidence(dict(zip(order, drafts, strict=True)), order, reading.moves, reading.links))


def _ids(entries: list[Entry], drafts: list[Draft]) -> dict[int, str]:
    """Numbers in contents order; articles nobody promised come after. Keyed by ``id()`` of entry or draft."""
    by_entry = {id(d.place.entry): d for d in drafts if d.place.entry is not None}
    digits = max(2, len(str(len(entries) + len(drafts))))
    found: dict[int, str] = {}
    count = 0
    for entry in entries:
        count += 1
        found[id(by_entry.get(id(entry), entry))] = f"{count:0{digits}d}"
    for draft in drafts:
        if draft.place.entry is None:
            count += 1
            found[id(draft)] = f"{count:0{digits}d}"
    return found


def _without_text(entry: Entry, number: str) -> Manuscript:
    from .people import Closing, merge_authors

    authors, _differs = merge_authors([], entry.author, Closing())
    return Manuscript(
        id=number,
        title=entry.title,
        toc_title=entry.title,
        toc_title_raw=entry.raw if entry.residue else None,
        toc_author=entry.author,
        page=entry.page,
        last_page=entry.last_page,
        section=entry.section,
        authors=authors,
    )


def _sections(contents: Contents, manuscripts: list[Manuscript]) -> tuple[SectionPlan, ...]:
    plans = [
        SectionPlan(name, tuple(m.id for m in manuscripts if m.section == name and m.toc_title))
        for name in contents.sections
    ]
    loose = tuple(m.id for m in manuscripts if m.toc_title and m.section is None)
    if loose:
        plans.append(SectionPlan("", loose))
    return tuple(plans)


def _unplaced(reading: Reading, blocks: Blocks, drafts: list[Draft]) -> list[Block]:
    """Everything that belongs to no article, named."""
    placed = {i for h in reading.heads for i in h.kinds}
    first = min((h.first for h in reading.heads), default=len(reading.lines))
    regional = {i for r in reading.regions for i in r.members}
    slogans = {key(s) for s in reading.contents.slogans}
    found: list[Block] = []
    for index, line in enumerate(reading.lines):
        if index in placed or not _is_apart(reading, index, first, regional):
            continue
        found.append(blocks.make(_apart_kind(reading, index, line, regional, slogans), [line]))
    return found


def _is_apart(reading: Reading, index: int, first: int, regional: set[int]) -> bool:
    return (
        not reading.lines[index].text
        or index in regional
        or index in reading.imprint.lines
        or index in reading.furniture.lines
        or index in reading.opening
        or index < first
    )


def _apart_kind(reading: Reading, index: int, line: Line, regional: set[int], slogans: set[str]) -> BlockKind:
    if not line.text or is_residue(line.text):
        return BlockKind.RESIDUE
    if index in reading.imprint.lines or index in reading.opening or is_issue_line(line.text):
        return BlockKind.MASTHEAD
    if index in regional:
        words = [key(w) for w in re.split(r"\s+", line.text)]
        return BlockKind.SLOGAN if slogans and all(w in slogans for w in words) else BlockKind.CONTENTS
    return BlockKind.RUNNING_HEAD if index in reading.furniture.lines else BlockKind.PARAGRAPH
