"""What is known of a manuscript beside its text, collected line by line; the first word counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from journal.intake.bylines import read_byline, read_people
from journal.intake.manuscript import Author, AuthorKind, Credit
from journal.intake.names import author_kind, looks_like_group, looks_like_person, split_names, split_post

from .contacts import Contacts, find_contacts
from .days import is_date
from .labels import About, Pair, read_pairs
from .units import (
    curriculum_unit,
    hang_numbered,
    is_unit,
    numbered_units,
    split_unit,
    with_unit,
    without_place,
)

__all__ = ["Facts"]

KEYWORD_SPLIT = re.compile(r"[；;]")
KEYWORD_SPLIT_LOOSE = re.compile(r"[，,、\s\u3000]+")
PARTS = re.compile("[；;]\\s*")
SAID_OF = re.compile(
    "(?:作者)?(?P<name>[\u4e00-\u9fff·]{2,4}?)(?:系|现为|现任|为|是)(?P<unit>[^，,；;。系]{4,40})"
)
SPLIT_SAID = re.compile("[，,；;](?=[\u4e00-\u9fff·]{2,4}?(?:系|现为|现任|为|是))")
BEHIND_UNIT = re.compile("(?P<unit>[^（()）]+)[（(](?P<name>[\u4e00-\u9fff·]{2,6})[）)]")
WRITERS = re.compile("作者|姓名|撰稿|投稿人|供稿人|署名|笔者")
QUOTES = '《》“”"【】[]「」〈〉'


@dataclass(slots=True)
class Facts:
    title: str = ""
    kicker: str = ""
    subtitle: str = ""
    section: str = ""
    source: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    authors: list[Author] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    marks: dict[str, tuple[int, ...]] = field(default_factory=dict)  # name → numbers of units
    units: list[str] = field(default_factory=list)
    counted_units: dict[int, str] = field(default_factory=dict)
    post: str = ""
    affiliations: list[str] = field(default_factory=list)
    telephones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # that hang on title and names
    closing_notes: list[str] = field(default_factory=list)
    cover: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    end_mark: bool = False

    def add_contacts(self, found: Contacts) -> None:
        for known, new in (
            (self.telephones, found.telephones),
            (self.emails, found.emails),
            (self.private, found.private),
        ):
            known += [word for word in new if word not in known]

    def sweep(self) -> None:
        """The last look: no field readers see keeps a way to reach somebody."""
        for name in ("title", "kicker", "subtitle", "source", "abstract"):
            setattr(self, name, self.keep_private(getattr(self, name)))
        for name in ("affiliations", "closing_notes", "units", "left_out"):
            setattr(self, name, [kept for words in getattr(self, name) if (kept := self.keep_private(words))])
        self.authors = [
            replace(
                a, name=self.keep_private(a.name), affiliation=self.keep_private(a.affiliation or "") or None
            )
            for a in self.authors
        ]

    def keep_private(self, text: str) -> str:
        """Take the contacts out of a line of a head or a tail; what is left of it."""
        found = find_contacts(text)
        self.add_contacts(found)
        return found.rest if found else text

    def add_authors(self, authors: Iterable[Author]) -> None:
        for author in authors:
            author = replace(author, name=author.name.strip("　 "))
            same = next((a for a in self.authors if a.name == author.name), None)
            if same is None:
                self.authors.append(author)
            elif author.affiliation and not same.affiliation:
                self.authors[self.authors.index(same)] = replace(
                    same, affiliation=author.affiliation, post=author.post or same.post
                )

    def add_credits(self, credits: Iterable[Credit]) -> None:
        for credit in credits:
            same = next((c for c in self.credits if c.role == credit.role), None)
            if same is None:
                self.credits.append(credit)
            else:
                names = tuple(dict.fromkeys((*same.names, *credit.names)))
                self.credits[self.credits.index(same)] = Credit(same.role, names)

    def take_labels(self, text: str) -> bool:
        """Take a line of labelled values; whether it was one."""
        lead, pairs = read_pairs(text)
        if not pairs:
            return False
        if lead and not self.take_lead(lead):
            return False
        for pair in pairs:
            self.take_pair(pair, text)
        return True

    def take_lead(self, lead: str) -> bool:
        """The words before a line's first label: a group with its members behind, or names."""
        if is_date(lead):
            self.left_out.append(lead)
            return True
        if looks_like_group(lead):
            self.add_authors([Author(lead, AuthorKind.GROUP)])
            return True
        byline = read_byline(lead)
        if byline is None:
            return len(lead) <= 1
        self.add_authors(byline.authors)
        self.add_credits(byline.credits)
        return True

    def take_pair(self, pair: Pair, line: str = "") -> None:
        value = pair.value
        if pair.about is About.AUTHOR:
            self.take_writers(pair.label, value)
        elif pair.about is About.UNIT:
            self.take_units(value)
            if "作者" in pair.label:
                self.affiliations.append(line.strip() or f"{pair.label}：{value}")
        elif pair.about is About.POST:
            unit, post = split_post(value)
            self.post = self.post or post or value
            if post and unit:
                self.units.append(unit)
        elif pair.about is About.CURRICULUM:
            self.take_curriculum(line.strip() or value, value)
        elif pair.about is About.KEYWORDS:
            cut = KEYWORD_SPLIT if KEYWORD_SPLIT.search(value) else KEYWORD_SPLIT_LOOSE
            self.keywords = self.keywords or tuple(
                w.strip() for w in cut.split(value.strip("。 ")) if w.strip()
            )
        elif pair.about is About.CREDIT:
            self.add_credits([Credit(pair.label, names)] if (names := names_in(value)) else [])
        elif pair.about is About.LEFT_OUT:
            self.left_out.append(f"{pair.label}：{value}")
        elif pair.about is About.SECTION:
            self.section = self.section or value.strip(QUOTES)
        elif pair.about in {About.TITLE, About.KICKER, About.SUBTITLE, About.SOURCE, About.ABSTRACT}:
            name = pair.about.value
            words = value.strip("《》") if pair.about is About.TITLE else value
            setattr(self, name, getattr(self, name) or words)

    def take_writers(self, label: str, value: str) -> None:
        role = "作者" if WRITERS.search(label) else label
        people = read_byline(value)
        authors = people.authors if people else tuple(a for a in read_people(value) if a.name)
        self.add_authors(replace(a, role=role) if a.role == "作者" else a for a in authors)
        if role != "作者" and authors:
            self.add_credits([Credit(role, tuple(a.name for a in authors))])
        if people:
            self.add_credits(people.credits)

    def take_units(self, value: str) -> None:
        counted = numbered_units(value)
        if counted:
            self.counted_units |= counted
        else:
            for unit in filter(None, map(str.strip, re.split("[；;]", value))):
                named = BEHIND_UNIT.fullmatch(unit)
                person = named is not None and looks_like_person(named["name"])
                self.units.append(
                    f"{named['name']}：{named['unit']}" if named and person else without_place(unit)
                )

    def take_named_units(self, value: str) -> bool:
        """``甲，某馆；乙，某局``: whether every part names an author and a unit."""
        parts = [
            re.match(r"\s*(?P<name>[\u4e00-\u9fff·]{2,6})[，,：:\s]+(?P<unit>.{3,40})$", p)
            for p in PARTS.split(value)
        ]
        if said := SAID_OF.findall(value):
            parts = [SAID_OF.fullmatch(piece) for piece in SPLIT_SAID.split(value.strip("。 "))]
            if all(parts) and not self.authors:
                self.add_authors(Author(name) for name, _unit in said)
        names = {a.name for a in self.authors}
        if not names or not all(m and m["name"] in names and (said or is_unit(m["unit"])) for m in parts):
            return False
        units = {m["name"]: split_unit(m["unit"]) for m in parts if m}
        self.authors = [with_unit(a, *units[a.name]) if a.name in units else a for a in self.authors]
        return True

    def take_curriculum(self, line: str, value: str) -> None:
        """作者简介：a person with unit and post; the words are kept as they are printed."""
        self.affiliations.append(line)
        named = re.match(
            r"\s*(?P<name>[\u4e00-\u9fff·]{2,12})\s*(?:[（(，,：:]|[系是为](?=[\u4e00-\u9fff]{3}))", value
        )
        name = named["name"] if named and looks_like_person(named["name"]) else ""
        unit, post = curriculum_unit(value[named.end() :] if named and name else value)
        if name and not self.authors:
            self.add_authors([Author(name)])
        if unit and name:
            self.authors = [with_unit(a, unit, post) if a.name == name else a for a in self.authors]
        elif unit:
            self.units.append(unit + (post or ""))

    def finished_authors(self) -> tuple[Author, ...]:
        """Everybody with the unit the lines give them."""
        authors = [self.retold(a) for a in self.authors]
        authors = hang_numbered(authors, self.counted_units, self.marks)
        units = [u for u in dict.fromkeys(self.units) if u not in {a.name for a in authors}]
        units = shared_out(units, sum(a.kind is AuthorKind.PERSON for a in authors))
        if units and not authors:
            return tuple(Author(unit, author_kind(unit)) for unit in units)
        people = [a for a in authors if a.kind is AuthorKind.PERSON and not a.affiliation]
        by_name = any(unit.startswith(a.name) for a in people for unit in units)
        if len(units) == len(people) > 1 and not by_name:
            given = dict(zip((a.name for a in people), units, strict=True))
            authors = [with_unit(a, *split_unit(given[a.name])) if a.name in given else a for a in authors]
        elif units:
            authors = [self.named_in(a, units) for a in authors]
        if self.post and len(authors) == 1:
            authors = [replace(authors[0], post=authors[0].post or self.post)]
        return tuple(authors)

    def named_in(self, author: Author, units: list[str]) -> Author:
        """The unit said of this author by name, else the only unit there is."""
        if author.kind is not AuthorKind.PERSON or author.affiliation:
            return author
        for unit in units:
            about = re.match(rf"{re.escape(author.name)}\s*[：:，,系为是\s]*(?P<unit>[^，,。]+)", unit)
            if about:
                return with_unit(author, *split_unit(about["unit"]))
        others = any(a.name in unit for a in self.authors for unit in units)
        return author if others else with_unit(author, *split_unit(units[0]))

    @staticmethod
    def retold(author: Author) -> Author:
        """A group is told from an organisation by its name."""
        if author.kind is AuthorKind.CORPORATE and looks_like_group(author.name):
            return replace(author, kind=AuthorKind.GROUP)
        return author


def shared_out(units: list[str], people: int) -> list[str]:
    """``甲馆、乙局`` said once of two people is one unit for each."""
    parts = [part.strip() for unit in units for part in re.split("[、，,]", unit)]
    return parts if len(units) == 1 and len(parts) == people > 1 and all(map(is_unit, parts)) else units


def names_in(value: str) -> tuple[str, ...]:
    """The names of a credit, without the units in brackets behind them."""
    bare = re.sub(r"[（(][^（）()]*[）)]", " ", value)
    return tuple(name for name in split_names(bare.strip("。；; ")) if name)
