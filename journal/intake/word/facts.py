"""What is known of a manuscript beside its text, collected line by line; the first word counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from journal.intake.bylines import read_byline, read_people
from journal.intake.manuscript import Author, AuthorKind, Credit
from journal.intake.names import author_kind, looks_like_group, looks_like_person, split_names

from .author_notes import AuthorNote, read_author_note
from .contacts import Contacts, find_contacts
from .days import is_date
from .grammar import read_people_line
from .labels import About, Pair, read_pairs
from .posts import is_unit, split_unit, without_place
from .units import hang_numbered, numbered_units, with_unit

__all__ = ["Facts"]

KEYWORD_SPLIT = re.compile(r"[；;]")
KEYWORD_SPLIT_LOOSE = re.compile(r"[，,、\s\u3000]+")
PARTS = re.compile("[；;]\\s*")
BEHIND_UNIT = re.compile("(?P<unit>[^（()）]+)[（(](?P<name>[\u4e00-\u9fff·]{2,6})[）)]")
TELLS_OR_WRITES = re.compile("(?:口述|讲述|整理|文字整理|采访整理|采写|记录|缩编|缩写|改编|编译|翻译)[人者]?")
#: Words of the trade and of forms: nobody is called so, however a line was read.
NOBODY = re.compile(
    "作者|单位|姓名|栏目|投稿|联系|电话|邮箱|职务|职称|简介|稿件|编辑部|^(?:通讯员|摄影|记者|供稿|撰稿|文字|图片)$"
)
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
    signed: list[Author] = field(default_factory=list)  # under a letter: authors where nobody else is named
    about_authors: list[AuthorNote] = field(default_factory=list)
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
    alone: bool = False  # the line above was a name and nothing else

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
        for name in ("affiliations", "closing_notes", "left_out"):
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
        byline = read_people_line(lead)
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
            unit, post = split_unit(value)
            self.post = self.post or post or value
            if post and is_unit(unit):
                self.about_authors.append(AuthorNote(places=((unit, post),)))
        elif pair.about is About.CURRICULUM:
            self.take_curriculum(line.strip() or value)
        elif pair.about is About.KEYWORDS:
            cut = KEYWORD_SPLIT if KEYWORD_SPLIT.search(value) else KEYWORD_SPLIT_LOOSE
            self.keywords = self.keywords or tuple(
                w.strip() for w in cut.split(value.strip("。 ")) if w.strip()
            )
        elif pair.about is About.CREDIT:
            self.take_credit(pair.label, names_in(value))
        elif pair.about is About.LEFT_OUT:
            self.left_out.append(f"{pair.label}：{value}")
        elif pair.about is About.SECTION:
            self.section = self.section or value.strip(QUOTES)
        elif pair.about in {About.TITLE, About.KICKER, About.SUBTITLE, About.SOURCE, About.ABSTRACT}:
            name = pair.about.value
            words = value.strip("《》") if pair.about is About.TITLE else value
            setattr(self, name, getattr(self, name) or words)

    def take_credit(self, label: str, names: tuple[str, ...]) -> None:
        """Who told, noted down or shortened the words is an author; a group's writers are its members."""
        self.add_credits([Credit(label, names)] if names else [])
        if TELLS_OR_WRITES.fullmatch(label) and not any(looks_like_group(a.name) for a in self.authors):
            self.add_authors(Author(name, role=label) for name in names)

    def take_writers(self, label: str, value: str) -> None:
        role, value = "作者" if WRITERS.search(label) else label, value.strip("。 ")
        people = read_people_line(value) or read_byline(value)
        authors = people.authors if people else tuple(a for a in read_people(value) if a.name)
        self.add_authors(replace(a, role=role) if a.role == "作者" else a for a in authors)
        if role != "作者" and authors:
            self.add_credits([Credit(role, tuple(a.name for a in authors))])
        if people:
            self.add_credits(people.credits)

    def take_units(self, value: str) -> None:
        """The value behind 单位："""
        names = [a.name for a in self.authors]
        if counted := numbered_units(value):
            self.counted_units |= counted
        elif behind := names_behind_units(value):
            self.about_authors.append(AuthorNote(named=behind))
        elif note := read_author_note(f"单位：{value}", names):
            self.about_authors.append(note)
        else:
            self.about_authors.append(AuthorNote(places=((without_place(value), None),)))

    def take_curriculum(self, line: str) -> None:
        """作者简介：a person with unit and post; the words are kept as they are printed."""
        if not self.take_author_note(line):
            self.affiliations.append(line)

    def take_author_note(self, text: str) -> bool:
        """``（作者单位：…）``, ``（甲系某局干部）``: whether the words say where the authors work."""
        inside = re.sub(r"^[（(【\[]?\s*作者单位\s*[：:]?", "", text.strip()).strip("（）()")
        if counted := numbered_units(inside):
            self.counted_units |= counted
            self.affiliations.append(text.strip())
            return True
        note = read_author_note(text, [a.name for a in self.authors])
        if note is None:
            return False
        if not self.authors:
            self.add_authors(Author(name) for name, _place in note.named)
        self.affiliations.append(text.strip())
        self.about_authors.append(note)
        return True

    def finished_authors(self) -> tuple[Author, ...]:
        """Everybody with the unit the lines give them."""
        authors = [self.retold(a) for a in self.authors]
        authors = hang_numbered(authors, self.counted_units, self.marks)
        for note in self.about_authors:
            authors = hang_note(authors, note)
        if self.post and len(authors) == 1:
            authors = [replace(authors[0], post=authors[0].post or self.post)]
        named = (a for a in authors if a.kind is not AuthorKind.PERSON or not NOBODY.search(a.name))
        return tuple(replace(a, affiliation=self.keep_private(a.affiliation or "") or None) for a in named)

    @staticmethod
    def retold(author: Author) -> Author:
        """A group is told from an organisation by its name."""
        if author.kind is AuthorKind.CORPORATE and looks_like_group(author.name):
            return replace(author, kind=AuthorKind.GROUP)
        return author


def hang_note(authors: list[Author], note: AuthorNote) -> list[Author]:
    """Authors with the units a note gives them; units nobody is named beside wrote the text themselves."""
    if not authors:
        units = [Author(unit, unit_kind(unit)) for unit, _post in note.places]
        return [*(Author(name, affiliation=at[0] or None, post=at[1]) for name, at in note.named), *units]
    named = dict(note.named)
    authors = [with_unit(a, *named[a.name]) if a.name in named else a for a in authors]
    bare = [a.name for a in authors if a.kind is AuthorKind.PERSON and not a.affiliation]
    if not bare or not note.places:
        return authors
    one_each = len(note.places) > 1 and len(note.places) == len(bare)
    given = {name: note.places[at if one_each else 0] for at, name in enumerate(bare)}
    return [with_unit(a, *given[a.name]) if a.name in given else a for a in authors]


def unit_kind(unit: str) -> AuthorKind:
    kind = author_kind(unit)
    return AuthorKind.CORPORATE if kind is AuthorKind.PERSON and is_unit(unit) else kind


def names_behind_units(value: str) -> tuple[tuple[str, tuple[str, str | None]], ...]:
    """``某馆（甲）；某局（乙）``"""
    found = [BEHIND_UNIT.fullmatch(part.strip()) for part in PARTS.split(value)]
    if not all(m and looks_like_person(m["name"]) for m in found):
        return ()
    return tuple((m["name"], split_unit(m["unit"])) for m in found if m)


def names_in(value: str) -> tuple[str, ...]:
    """The names of a credit, without the units in brackets behind them."""
    bare = re.sub(r"[（(][^（）()]*[）)]", " ", value)
    return tuple(name for name in split_names(bare.strip("。；; ")) if name)
