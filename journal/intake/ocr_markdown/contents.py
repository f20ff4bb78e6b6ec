"""Where the contents page stands: runs of lines that end, begin or are paired with page numbers.

A contents page is known by what it does, not by its mark-up: it promises titles with pages. Its
heading (目录, 目次, CONTENTS …) helps, its place in the file does not matter, and it may come in
several parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .lines import Line, width
from .shelf import is_prose
from .wording import key, likeness

__all__ = ["Region", "Token", "find_regions", "is_contents_heading", "tokenize"]

_LEADER = re.compile(
    r"(?:[.．·•・‧∙⋅…‥⋯]\s*){2,}|[_＿]{2,}|[-—–－─━―]{3,}|(?<=\s)[-—–－─━―]{2}(?=[\s\d])|(?:…|⋯)+|"
    r"[~～]{3,}|[→⇒➔]"
)
_PAGE = (
    r"(?:第|[PpＰ]\.?)?\s*(?P<page>[0-9０-９]{1,3}|[0-9] [0-9](?: [0-9])?)(?:\s*[-–—~～]\s"
    r"*(?P<last>[0-9０-９]{1,3}))?\s*[页版面]?"
)
_PAGE_ONLY = re.compile(rf"[/／|｜(（\[【]?\s*{_PAGE}\s*[)）\]】]?")
_PAGE_END = re.compile(
    rf"(?P<text>.*?\S)(?P<join>[ 　\t]+|\s*[/／|｜,，]\s*|\s*[（(\[]\s*|(?<=[^\d"
    rf"０-９a-zA-Z.．+-]))(?P<mark>(?=第|[PpＰ])|){_PAGE}\s*[)）\]]?$"
)
_PAGE_START = re.compile(
    rf"[（(\[]?{_PAGE}[)）\]]?(?P<join>\s*[ 　\t/／|｜:：→]\s*|(?=[“《\u4e00-\u9fff]))(?P<text>\S.*)$"
)
_REFERENCE = re.compile(r"^\s*[\[［]\d{1,3}[\]］]|\[(?:J|M|D|N|C|R|S|P|Z|EB|DB)(?:/OL)?\]")
_ROMAN = re.compile(r"[IVXⅠ-Ⅻivx]{1,4}")
_HEADING = re.compile(r"目录|目次|要目|contents|导读|mulu")
_NUMBERED = re.compile(r"\d{1,2}\s*[.．、)）]")


@dataclass(frozen=True, slots=True)
class Token:
    """``text``, ``leader`` or ``page`` with its place in the line; ``join`` is what stood before it."""

    kind: str
    text: str
    start: int
    end: int
    page: int | None = None
    last: int | None = None
    weight: float = 0.0


@dataclass(slots=True)
class Region:
    """Part of a contents page: line indices (first and last included) and whether it has its heading."""

    first: int
    last: int
    heading: int | None = None
    paged: bool = True
    members: list[int] = field(default_factory=list)


def is_contents_heading(text: str) -> bool:
    k = re.sub(r"\d{2,4}年?|第\d+期|总第?\d+期|\d+|本期|月刊|年|月|期", "", key(text))
    return len(text) <= 40 and bool(_HEADING.search(k)) and len(_HEADING.sub("", k)) <= 6


def tokenize(line: Line) -> list[Token]:
    """Split a line of a contents page into words, leaders and page numbers."""
    ranges: Sequence[tuple[int, int]] = line.cells or ((0, len(line.text)),)
    tokens: list[Token] = []
    for number, (a, b) in enumerate(ranges):
        tokens += _field(line.text, a, b, 2.0 if number or len(ranges) > 1 else 1.0)
    return tokens


def _field(text: str, start: int, end: int, weight: float) -> list[Token]:
    tokens: list[Token] = []
    position = start
    for leader in _LEADER.finditer(text, start, end):
        if (
            not leader.group().strip("…⋯. ")
            and leader.end() < end
            and not re.search(r"\d", text[leader.end() : end])
        ):
            continue
        tokens += _words(text, position, leader.start(), weight)
        tokens.append(Token("leader", leader.group(), leader.start(), leader.end()))
        position, weight = leader.end(), 3.0
    return tokens + _words(text, position, end, weight)


def _words(text: str, start: int, end: int, weight: float) -> list[Token]:
    chunk = text[start:end]
    if _ROMAN.fullmatch(chunk.strip()):
        return []
    lead = len(chunk) - len(chunk.lstrip())
    start, chunk = start + lead, chunk.strip()
    end = start + len(chunk)
    if not chunk:
        return []
    if match := _PAGE_ONLY.fullmatch(chunk):
        return [_page(match, start, end, weight)]
    if (match := _PAGE_END.match(chunk)) and _believable(match):
        words = match["text"]
        light = 0.4 if not match["join"] else weight if match["join"].isspace() else max(weight, 2.0)
        return [
            *_words(text, start, start + len(words), weight),
            _page(match, start + match.start("page"), end, light),
        ]
    if (match := _PAGE_START.match(chunk)) and not _NUMBERED.match(chunk) and _stands_off(match, chunk):
        words_at = start + match.start("text")
        return [_page(match, start, words_at, max(1.0, weight)), *_text(text, words_at, end)]
    return _text(text, start, end)


def _believable(match: re.Match[str]) -> bool:
    """Digits at the end of words are a page unless they belong to a word (``21 世纪``, ``2.0``)."""
    return not re.search(r"[第年月日时分点个条项+\-×=约近达超\d]$", match["text"]) or bool(
        match["join"].strip()
    )


def _stands_off(match: re.Match[str], chunk: str) -> bool:
    """A number before words is a page when something divides them, or it is written ``04`` or ``P4``."""
    between = chunk[match.end("last") if match["last"] else match.end("page") : match.start("text")]
    return bool(between) or not chunk[0].isdigit() or chunk[0] == "0"


def _text(text: str, start: int, end: int) -> list[Token]:
    return [Token("text", text[start:end], start, end)]


def _page(match: re.Match[str], start: int, end: int, weight: float) -> Token:
    last = int(match["last"]) if match["last"] else None
    return Token("page", match.group(), start, end, int(match["page"].replace(" ", "")), last, weight)


def find_regions(lines: list[Line], taken: set[int]) -> list[Region]:
    """Find the parts of the contents page; ``taken`` lines (the masthead) are looked through."""
    usable = [i for i, line in enumerate(lines) if line.text and i not in taken]
    headings = [i for i in usable if is_contents_heading(lines[i].text)]
    regions = [_grow(lines, usable, cluster, headings) for cluster in _clusters(lines, usable, headings)]
    regions += _unpaged(lines, usable, headings, regions)
    regions.sort(key=lambda r: r.first)
    merged: list[Region] = []
    for region in regions:
        if merged and region.first <= merged[-1].last:
            merged[-1].last = max(merged[-1].last, region.last)
        else:
            merged.append(region)
    for region in merged:
        region.members = [i for i in usable if region.first <= i <= region.last]
    return merged


def _strength(line: Line) -> tuple[float, list[int]]:
    if _REFERENCE.search(line.text) or any(
        is_prose(part) or width(part) > 80 for part in line.cell_texts() or [line.text]
    ):
        return 0.0, []
    pages = [t for t in tokenize(line) if t.kind == "page"]
    return (max((t.weight for t in pages), default=0.0), [t.page for t in pages if t.page is not None])


def _clusters(
    lines: list[Line], usable: list[int], headings: list[int]
) -> list[list[tuple[int, float, list[int]]]]:
    """Chains of lines with pages, never more than eight lines without one between them.

    A line of running text ends a chain unless it is a teaser: at most two short ones, between
    entries with leaders.
    """
    clusters: list[list[tuple[int, float, list[int]]]] = [[]]
    since = teasers = 0
    for index in usable:
        strength, pages = _strength(lines[index])
        if strength and not (teasers and strength < 2):
            clusters[-1].append((index, strength, pages))
            since = teasers = 0
        elif clusters[-1]:
            since += 1
            prose = is_prose(lines[index].text) or width(lines[index].text) > 64
            teasers += prose
            teaser = prose and teasers <= 2 and len(lines[index].text) <= 90 and clusters[-1][-1][1] >= 2
            if since > 8 or (prose and not teaser):
                clusters.append([])
                since = teasers = 0
    return [c for c in clusters if _is_contents(c, lines, headings)]


def _is_contents(cluster: list[tuple[int, float, list[int]]], lines: list[Line], headings: list[int]) -> bool:
    if not cluster:
        return False
    pages = [p for _, _, ps in cluster for p in ps]
    near = any(cluster[0][0] - 90 <= h <= cluster[-1][0] for h in headings)
    strength = sum(s for _, s, _ in cluster)
    enough = strength >= 3 and len(pages) >= 2 if near else strength >= 6 and len(pages) >= 4
    distinct = len(set(pages))
    # a newspaper has many entries a page, but then its pages never fall
    various = distinct >= 0.45 * len(pages) or (distinct >= 2 and pages == sorted(pages))
    return enough and various and _rises(pages) and _titled(cluster, lines)


def _titled(cluster: list[tuple[int, float, list[int]]], lines: list[Line]) -> bool:
    """A contents page has words beside its numbers; a table of figures has not."""
    words = "".join(lines[i].text for i in range(cluster[0][0], cluster[-1][0] + 1))
    return len(key(re.sub(r"\d", "", words))) >= 3 * len(cluster)


def _rises(pages: list[int]) -> bool:
    """Pages mostly rise; two columns read across give two rising series."""
    rising = sum(b >= a for a, b in pairwise(pages))
    skipping = sum(b >= a for a, b in zip(pages, pages[2:], strict=False))
    pairs = max(1, len(pages) - 1)
    return (
        (pairs >= 3 and pairs - rising <= 1)
        or rising >= 0.7 * pairs
        or skipping >= 0.7 * max(1, len(pages) - 2)
    )


def _grow(
    lines: list[Line], usable: list[int], cluster: list[tuple[int, float, list[int]]], headings: list[int]
) -> Region:
    cluster = _from_heading(cluster, headings)
    first, last = cluster[0][0], cluster[-1][0]
    above = [h for h in headings if h <= first]
    heading = None
    if above and not any(is_prose(lines[i].text) for i in usable if above[-1] < i < first):
        heading = above[-1]
    start = usable.index(first)
    if heading is not None:
        region = Region(heading, last, heading)
    else:
        region = Region(_reach_up(lines, usable, start), last)
    region.last = _reach_down(lines, usable, region)
    return region


def _from_heading(
    cluster: list[tuple[int, float, list[int]]], headings: list[int]
) -> list[tuple[int, float, list[int]]]:
    """One or two numbers above the heading (folios) are no part of the contents page."""
    for heading in headings:
        above = [c for c in cluster if c[0] < heading]
        if 0 < len(above) <= 2 and len(cluster) - len(above) >= 2:
            return cluster[len(above) :]
    return cluster


def _reach_up(lines: list[Line], usable: list[int], start: int) -> int:
    """Without a heading the first entry may begin up to four short lines above its page."""
    position = start
    while position > 0 and start - position < 4:
        above, here = lines[usable[position - 1]], lines[usable[position]]
        if is_prose(above.text) or width(above.text) > 40 or here.gap > 2 or above.text[-1:] in "□■":
            break
        position -= 1
    return usable[position]


def _reach_down(lines: list[Line], usable: list[int], region: Region) -> int:
    """Lines under the last page number still belong while they are short and are not the body's first title.

    Where pages stand before the titles (or in a block above them) the last titles follow the last
    number; the body begins where a line repeats what the contents page already said.
    """
    inside = [i for i in usable if region.first <= i <= region.last]
    if not _pages_lead(lines, inside):
        return region.last
    seen = [lines[i].text for i in inside]
    last = region.last
    for index in usable[usable.index(region.last) + 1 :][:80]:
        text = lines[index].text
        if is_prose(text) or width(text) > 48 or lines[index].gap > 2 or _repeats(text, seen):
            break
        seen.append(text)
        last = index
    return last


def _pages_lead(lines: list[Line], inside: list[int]) -> bool:
    kinds = [t.kind for i in inside for t in tokenize(lines[i]) if t.kind != "leader"]
    first_page = kinds.index("page") if "page" in kinds else 0
    pages = kinds.count("page")
    return kinds[-1:] == ["text"] or (
        pages >= 3 and kinds[first_page : first_page + pages] == ["page"] * pages and first_page <= 3
    )


def _repeats(text: str, seen: list[str]) -> bool:
    return len(key(text)) >= 4 and any(likeness(text, s) >= 0.8 or key(text) in key(s) for s in seen)


def _unpaged(
    lines: list[Line], usable: list[int], headings: list[int], regions: list[Region]
) -> list[Region]:
    """A heading without page numbers below it: titles follow until one of them comes again."""
    found = []
    for heading in headings:
        if any(r.first <= heading <= r.last for r in regions):
            continue
        seen: list[str] = []
        last = heading
        for index in usable[usable.index(heading) + 1 :][:120]:
            text = lines[index].text
            if is_prose(text) or width(text) > 60 or _repeats(text, seen):
                break
            seen.append(text)
            last = index
        else:
            continue
        found.append(Region(heading, last, heading, paged=False))
    return found
