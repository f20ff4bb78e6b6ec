"""The masthead: who makes the journal, where, and under which licence – wherever in the file it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ..manuscript import AuthorKind, Masthead
from ..names import join_padded_name, looks_like_person, looks_like_unit, split_names
from .labels import REMARK, Item, plausible_items
from .lines import Line

__all__ = ["Imprint", "read_masthead"]

_CIRCULATION = re.compile(
    r"内部(?:资料|刊物|交流|发行)[，, 　·]*(?:免费交流|免费赠阅|注意保存|请勿外传|不得转载|免费发放)?|"
    r"免费(?:交流|赠阅)[，, 　·]*(?:内部资料)?"
)
_CALL = re.compile(r"欢迎(?:广大\w{1,6})?(?:来稿|投稿|赐稿|订阅)|征稿启事")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(slots=True)
class Imprint:
    """What the masthead says, and which lines said it."""

    roles: list[Masthead] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)


def read_masthead(lines: list[Line]) -> Imprint:
    """Find the masthead: at least three labelled lines near each other. Order is that of the file."""
    found: dict[int, list[Item]] = {}
    for index, line in enumerate(lines):
        if 0 < len(line.text) <= 160 and (items := plausible_items(index, line)):
            found[index] = items
    zone = _zone(sorted(found), found, lines)
    imprint = Imprint()
    for index in zone:
        for item in found[index]:
            _record(imprint, item, _continuation(lines, index, item, found, imprint))
        imprint.lines.add(index)
    _loose_notes(lines, zone, imprint)
    _split_postcode(imprint)
    _tell_licence(imprint)
    return imprint


def _zone(indices: list[int], found: dict[int, list[Item]], lines: list[Line]) -> list[int]:
    """Labelled lines that stand in company: clusters with three labels or more."""
    clusters: list[list[int]] = []
    for index in indices:
        if clusters and _words_between(lines, clusters[-1][-1], index) <= 9:
            clusters[-1].append(index)
        else:
            clusters.append([index])
    return [i for c in clusters if sum(len(found[i]) for i in c) >= 3 and _varied(c, found) for i in c]


def _words_between(lines: list[Line], first: int, last: int) -> int:
    between = [line for line in lines[first + 1 : last] if line.text]
    return 99 if any(len(line.text) > 60 for line in between) else len(between)


def _varied(cluster: list[int], found: dict[int, list[Item]]) -> bool:
    return len({item.label for i in cluster for item in found[i]}) >= 3


def _continuation(
    lines: list[Line], index: int, item: Item, found: dict[int, list[Item]], imprint: Imprint
) -> list[str]:
    """Lines below that go on with the same item: more names, the rest of an address."""
    if item is not found[index][-1]:
        return []
    more: list[str] = []
    for following in range(index + 1, min(index + 12, len(lines))):
        text = lines[following].text
        if not text:
            continue
        if following in found or not _continues(item, text, more, lines[following]):
            break
        more.append(text)
        imprint.lines.add(following)
    return more


def _continues(item: Item, text: str, more: list[str], line: Line) -> bool:
    empty = not REMARK.sub("", item.value) and not more
    if line.level or (re.search(r"\d$|\.{3,}|……", text) and item.kind in ("person", "corporate")):
        return False
    if item.kind == "person":
        return _is_names(text) and line.gap <= (2 if empty else 1)
    if item.kind == "corporate":
        return (empty and (looks_like_unit(text) or len(text) <= 30)) or (
            line.gap == 0 and looks_like_unit(text)
        )
    if item.kind == "address":
        return empty or (not more and bool(re.fullmatch(r"[（(].{2,40}[)）]", text)))
    if item.kind == "distribution":
        return (
            (empty or line.gap == 0)
            and not _CALL.search(text)
            and (item.value + "".join(more)).rstrip()[-1:] in ("、", "，", ",", "")
        )
    return empty and len(text) <= 60 and line.gap == 0


def _is_names(text: str) -> bool:
    """A line of names: short words only, at least half of them names by form."""
    names = split_names(text)
    people = sum(looks_like_person(n) for n in names)
    return (
        bool(names)
        and people * 2 >= len(names)
        and all(re.fullmatch("[\u4e00-\u9fff·]{2,4}", n) for n in names)
    )


def _record(imprint: Imprint, item: Item, more: list[str]) -> None:
    if item.kind == "person":
        names = split_names(REMARK.sub("", " ".join([item.value, *more])))
        if names:
            imprint.roles.append(Masthead(item.label, tuple(names)))
    elif item.kind == "corporate":
        names = _units(" ".join([item.value, *more]).strip())
        if names:
            kind = AuthorKind.PERSON if all(looks_like_person(n) for n in names) else AuthorKind.CORPORATE
            imprint.roles.append(Masthead(item.label, names, kind))
    else:
        value = "".join([item.value, *more]).strip()
        if item.kind == "email" and (mail := _EMAIL.search(value)):
            value = mail.group()
        if note := re.search(rf"[\s　]+(?:{_CIRCULATION.pattern})$", value):
            imprint.facts.setdefault("circulation_note", note.group().strip())
            value = value[: note.start()]
        if value:
            imprint.facts.setdefault(
                item.kind,
                re.sub(r"(?<=[\u4e00-\u9fff])[ 　]+(?=\d)|(?<=\d)[ 　]+(?=[\u4e00-\u9fff])", "", value),
            )
        if item.kind == "licence":
            imprint.facts.setdefault("licence_label", item.label)


_POSTCODE = re.compile(r"[\s（(]*(?:邮编[:：]?\s*)?(\d{6})[）)]?\s*$")


def _tell_licence(imprint: Imprint) -> None:
    """``刊号`` of an internal publication is its licence; a CN is ``CN 65-5999`` and nothing else."""
    number = imprint.facts.get("cn", "")
    if number and "licence" not in imprint.facts and not re.search(r"\d{2}\s*[-—–－]\s*\d{4}", number):
        imprint.facts["licence"] = imprint.facts.pop("cn")


def _split_postcode(imprint: Imprint) -> None:
    """``地址：……（361000）``."""
    address = imprint.facts.get("address", "")
    match = _POSTCODE.search(address)
    if match and match.start() >= 4 and "postcode" not in imprint.facts:
        imprint.facts["postcode"] = match[1]
        imprint.facts["address"] = address[: match.start()].strip(" ，,")


def _units(value: str) -> tuple[str, ...]:
    if not value:
        return ()
    names = split_names(value)
    if len(names) > 1 and all(looks_like_person(n) or looks_like_unit(n) or len(n) >= 4 for n in names):
        return names
    return (join_padded_name(value),)


def _loose_notes(lines: list[Line], zone: list[int], imprint: Imprint) -> None:
    """``内部资料 免费交流`` and the call for papers stand in the masthead without a label."""
    if not zone:
        return
    for above, below in pairwise(zone):
        between = [i for i in range(above + 1, below) if lines[i].text and i not in imprint.lines]
        if (
            len(between) == 1
            and len(lines[between[0]].text) <= 16
            and not re.search(r"\d$", lines[between[0]].text)
        ):
            imprint.lines.update(between)
    heads = [i for i in range(max(0, zone[0] - 3), zone[0]) if lines[i].text]
    if heads and re.fullmatch(
        r"[《》\u4e00-\u9fff \u3000]{2,16}(?:编辑部|杂志社|编委会|编辑委员会|社委会)", lines[heads[-1]].text
    ):
        imprint.lines.add(heads[-1])
    for index in range(max(0, zone[0] - 6), min(len(lines), zone[-1] + 8)):
        text = lines[index].text
        if index in imprint.lines or len(text) > 40:
            continue
        if (match := _CIRCULATION.search(text)) and len(text) <= len(match.group()) + 6:
            imprint.facts.setdefault("circulation_note", text)
            imprint.lines.add(index)
        elif (match := _CALL.search(text)) and len(text) <= 20:
            imprint.facts.setdefault("call_for_papers", text)
            imprint.lines.add(index)
