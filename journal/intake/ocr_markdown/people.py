"""Who wrote it, with whom, and where it was taken from: bylines, contents page and closing notes together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..manuscript import Author, AuthorKind, Credit
from ..names import looks_like_person, looks_like_unit, split_names, split_post
from .bylines import Byline, parse_byline, same_name
from .marks import read_note
from .wording import key

__all__ = ["Closing", "listed_names", "merge_authors", "read_closing"]

_GROUP = re.compile(r"[（(\[【]([^（()）\[\]【】]*(?:[（(][^（()）]*[)）][^（()）]*)?)[)）\]】]")
_AUTHOR_ROLES = frozenset({"作者", "撰稿", "撰文", "采写", "文字", "文"})
_POSITION = re.compile(r"^(?:系|为|单位|均为)?[:：，,、\s　]*")


@dataclass(slots=True)
class Closing:
    """What the notes behind the text say."""

    source: str | None = None
    units: list[str] = field(default_factory=list)
    bios: list[str] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_closing(texts: Iterable[str]) -> Closing:
    """Understand closing notes as printed, with or without brackets, one or several in a text."""
    closing = Closing()
    for text in texts:
        groups = _GROUP.findall(text) if text[:1] in "（([【" else []
        for inside in groups or [text.strip("（()）")]:
            _add(closing, inside.strip())
    return closing


def _add(closing: Closing, inside: str) -> None:
    note = read_note(inside)
    if note is None:
        signed = _signature(inside)
        if not closing.authors or all(a.affiliation for a in signed):
            closing.authors = _distinct([*closing.authors, *signed])
        closing.notes.append(inside)
    elif note.kind == "source":
        closing.source = closing.source or note.value
    elif note.kind == "bio":
        closing.bios.append(note.value)
        closing.notes.append(inside)
    elif note.kind == "unit":
        closing.units.append(note.value)
        closing.notes.append(inside)
    else:
        for role, names in note.credits:
            _credit(closing, role, names)


def _signature(inside: str) -> list[Author]:
    """``（某厂 某某）``: authors in brackets behind the text, with a unit of whatever name."""
    if byline := parse_byline(inside):
        return byline.authors
    words = split_names(inside)
    if len(words) == 2 and looks_like_person(words[1]) and 4 <= len(words[0]) <= 20:
        return [Author(words[1], affiliation=words[0])]
    return []


def _credit(closing: Closing, role: str, words: str) -> None:
    if role in _AUTHOR_ROLES:
        byline = parse_byline(words)
        closing.authors += byline.authors if byline else [Author(n) for n in split_names(words)]
        return
    names = tuple(re.sub(r"等$", "", n) for n in split_names(words))
    if names:
        closing.credits.append(Credit(role, names))


def merge_authors(
    bylines: list[Byline], promised: str | None, closing: Closing
) -> tuple[tuple[Author, ...], bool]:
    """``(authors, whether page and contents disagree)``.

    The page has the last word on who wrote it; the contents page fills in where the page is silent.
    """
    printed = _distinct(a for b in bylines for a in b.authors)
    listed = _listed(promised)
    if not printed:
        printed = closing.authors if closing.authors else []
    differs = bool(printed and listed) and not _same_people(printed, listed, promised)
    if not printed:
        printed = listed
    elif (
        listed
        and len(listed) > len(printed)
        and all(any(same_name(p.name, x.name) for x in listed) for p in printed)
    ):
        printed = [_known(x, printed) for x in listed]
    printed = [_better_known(a, closing.authors) for a in printed]
    marks = {name: mark for b in bylines for name, mark in b.marks.items()}
    printed = [_from_bio(a, closing.bios) for a in _with_units(printed, closing.units, marks)]
    return tuple(printed), differs


def _listed(promised: str | None) -> list[Author]:
    if not promised:
        return []
    named = re.sub(r"(?<=[\u4e00-\u9fff]{2})[ 　]*等$", "", promised.strip())
    byline = parse_byline(named)
    if byline:
        return byline.authors
    return [Author(name) for name in split_names(named)] if len(named) <= 40 else []


def listed_names(promised: str | None) -> list[str]:
    """The names the contents page prints for an article."""
    return [a.name for a in _listed(promised)]


def _known(author: Author, printed: list[Author]) -> Author:
    return next((p for p in printed if same_name(p.name, author.name)), author)


def _better_known(author: Author, signed: list[Author]) -> Author:
    """An affiliation that only the signature behind the text gives."""
    other = next((s for s in signed if same_name(s.name, author.name) and s.affiliation), None)
    return (
        replace(author, affiliation=other.affiliation, post=other.post)
        if other and not author.affiliation
        else author
    )


def _distinct(authors: Iterable[Author]) -> list[Author]:
    found: list[Author] = []
    for author in authors:
        if not any(same_name(author.name, a.name) and author.affiliation == a.affiliation for a in found):
            found.append(author)
    return found


def _same_people(printed: list[Author], listed: list[Author], promised: str | None) -> bool:
    """Whether both name the same; ``某某等`` names only the first."""
    page, contents = {key(a.name) for a in printed}, {key(a.name) for a in listed}
    return contents <= page if (promised or "").rstrip().endswith("等") else contents == page


def _with_units(authors: list[Author], units: list[str], marks: dict[str, str]) -> list[Author]:
    """Give units to the authors they name or number, one each, or to all of them."""
    for value in units:
        parts = [p.strip() for p in re.split(r"[；;]", value) if p.strip()]
        named = {a.name: p for a in authors for p in parts if key(a.name) in key(p)}
        numbered = {p[0]: p for p in parts if re.match(r"\d[.．、\s]", p)}
        if numbered and marks and all(marks.get(a.name) in numbered for a in authors):
            authors = [_assign(a, numbered[marks[a.name]]) for a in authors]
        elif named:
            authors = [_assign(a, named[a.name]) if a.name in named else a for a in authors]
        elif len(parts) == len(authors) > 1:
            authors = [_assign(a, p) for a, p in zip(authors, parts, strict=True)]
        else:
            authors = [_assign(a, value) for a in authors]
    return authors


def _from_bio(author: Author, bios: list[str]) -> Author:
    """Unit and post from a note on the author (``某某（1975—），男，某局副局长，研究方向为……``)."""
    if author.affiliation or author.kind is not AuthorKind.PERSON:
        return author
    for bio in bios:
        about = next((p for p in re.split(r"[；;。]", bio) if author.name in re.sub(r"\s", "", p)), None)
        for part in re.split(r"[，,：:]|(?<=[)）])", about or ""):
            unit, post = split_post(part.strip())
            if looks_like_unit(unit) and author.name not in unit:
                return replace(author, affiliation=unit, post=author.post or post)
    return author


def _assign(author: Author, words: str) -> Author:
    if author.affiliation or author.kind is not AuthorKind.PERSON:
        return author
    bare = re.sub(r"^\d[.．、]?\s*", "", words.replace(author.name, "", 1)).strip()
    bare = _POSITION.sub("", bare).strip("，,、:： （()）")
    return replace(author, affiliation=bare or None)
