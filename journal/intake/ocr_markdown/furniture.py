"""Running heads and folios: what the page repeats and nobody reads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from .identity import has_issue_mark, is_issue_line
from .lines import Line, width
from .marks import caption_strength, is_folio
from .wording import Ending, ending, key

__all__ = ["Furniture", "find_furniture"]

_WITH_NUMBER = re.compile(
    r"^(?:(?P<first>\d{1,3})[\s　|｜·•/／—–-]+(?P<words>\D.*)|(?P<words2>.*\D)[\s　|"
    r"｜·•/／—–-]+(?P<last>\d{1,3}))$"
)


@dataclass(slots=True)
class Furniture:
    """Line indices that are furniture, and the page numbers some of them tell."""

    lines: set[int] = field(default_factory=set)
    folios: dict[int, int] = field(default_factory=dict)


def find_furniture(lines: list[Line], usable: list[int], sections: list[str]) -> Furniture:
    """Find folios and running heads among the lines of the body.

    A running head is short and comes again and again (three times, or twice with a page number),
    or consists of the issue's identity. A section's name with a page number is one as well.
    """
    furniture = Furniture()
    places: dict[str, list[int]] = defaultdict(list)
    known = {key(s) for s in sections}
    marked: list[int] = []
    for index in usable:
        text = lines[index].text
        if _carries_issue(text) and width(text) <= 50:
            marked.append(index)
        if width(text) > 32:
            continue
        folio = is_folio(text)
        if folio is not None:
            furniture.lines.add(index)
            furniture.folios[index] = folio
        elif is_issue_line(text) and not text.startswith(("（", "(")) and not lines[index].level:
            furniture.lines.add(index)
        elif _eligible(text):
            places[re.sub(r"\d+", "#", key(text))].append(index)
    for skeleton, indices in places.items():
        numbered = _numbers(lines, indices)
        if _comes_again(lines, indices, numbered) or (numbered and _words(skeleton) in known):
            furniture.lines.update(indices)
            furniture.folios.update(numbered)
    if len(marked) >= 2:
        furniture.lines.update(marked)
    return furniture


def _carries_issue(text: str) -> bool:
    """``栏目　刊名　2024.3``, ``第3版　2024年6月7日　编辑 某某``: words around the issue's identity."""
    if re.search("[，。；？！《》“”（(、]", text) or not has_issue_mark(text):
        return False
    return len(re.sub(r"[\W\d_]+", "", text)) <= 30


def _eligible(text: str) -> bool:
    return (
        ending(text) is not Ending.FINAL
        and not caption_strength(text)
        and not re.match(r"[一二三四五六七八九十]+、|[（(①-⑳“]|\d+[.、]", text)
        and text[-1:] not in "：:；;，,、"
        and len(key(text)) >= 2
    )


def _words(skeleton: str) -> str:
    return skeleton.replace("#", "")


def _numbers(lines: list[Line], indices: list[int]) -> dict[int, int]:
    found = {}
    for index in indices:
        match = _WITH_NUMBER.match(lines[index].text)
        if match:
            found[index] = int(match["first"] or match["last"])
    return found


def _comes_again(lines: list[Line], indices: list[int], numbered: dict[int, int]) -> bool:
    if len(indices) < 2:
        return False
    distances = [lines[b].start - lines[a].end for a, b in pairwise(indices)]
    if min(distances) < 120 or any(lines[i].level for i in indices):
        return False
    same = Counter(lines[i].text for i in indices).most_common(1)[0][1]
    if len(numbered) >= 2 and len(set(numbered.values())) >= 2:
        return True
    return same >= 3 and sum(distances) / len(distances) >= 250
