"""Facts of one article, collected from its head, its tail and the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..bylines import read_people
from ..manuscript import Author, Credit
from ..names import looks_like_person, split_names
from .closings import Closing, give_units
from .dates import PrintedDate, find_date
from .items import Item
from .labels import About, Pair

__all__ = ["Record"]


@dataclass(slots=True)
class Record:
    """What is known of an article beside its text; the first word counts."""

    authors: tuple[Author, ...] = ()
    credits: list[Credit] = field(default_factory=list)
    source: str | None = None
    other_sources: list[str] = field(default_factory=list)
    date: PrintedDate | None = None
    date_raw: str | None = None
    other_dates: list[PrintedDate] = field(default_factory=list)
    visits: str | None = None
    visits_raw: str | None = None
    abstract: str | None = None
    keywords: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    units: str | None = None
    page: int | None = None
    drafted: bool = False  # ``date`` is only that of the document (成文), not of its publication
    page_date: PrintedDate | None = None  # of the newspaper page, shared by its articles

    def add_authors(self, authors: Iterable[Author]) -> None:
        for author in authors:
            same = next((a for a in self.authors if a.name == author.name), None)
            if same is None:
                self.authors += (author,)
            elif author.affiliation and not same.affiliation:
                fuller = replace(same, affiliation=author.affiliation, post=author.post)
                self.authors = tuple(fuller if a is same else a for a in self.authors)

    def add_credits(self, credits: Iterable[Credit]) -> None:
        for credit in credits:
            if credit.names and credit not in self.credits:
                self.credits.append(credit)

    def add_source(self, source: str) -> None:
        if not source or source == self.source:
            return
        if self.source is None:
            self.source = source
        else:
            self.other_sources.append(source)

    def add_date(self, date: PrintedDate, raw: str | None = None) -> None:
        if self.date is None or (len(date.iso) > len(self.date.iso) and date.iso.startswith(self.date.iso)):
            self.date, self.date_raw = date, raw or date.raw
        elif not self.date.iso.startswith(date.iso):
            self.other_dates.append(date)

    def add_closing(self, closing: Closing) -> None:
        self.add_authors(closing.authors)
        self.add_credits(closing.credits)
        if closing.source:
            self.add_source(closing.source)
        if closing.note:
            self.notes.append(closing.note)
        self.units = self.units or closing.units

    def add_pairs(self, item: Item) -> None:
        for pair in item.pairs:
            self._add_pair(pair, item.text)
        if item.date is not None:
            self.add_date(item.date)
        self.add_rest(item.rest)

    def add_rest(self, rest: str) -> None:
        """Bare words beside a date: names of people are authors, the rest is the source."""
        rest = re.sub("^(?:转载自|转自|转载于|来源于?|摘自|选自|原载于?|据)(?=《|.{3})", "", rest.strip())
        names = [w for w in split_names(rest) if looks_like_person(w)]
        self.add_authors(Author(n) for n in names)
        self.add_source(" ".join(w for w in split_names(rest) if w not in names))

    def _add_pair(self, pair: Pair, text: str) -> None:
        if pair.about is About.VISITS:
            found = re.search(r"\d+", pair.value)
            self.visits, self.visits_raw = found and found.group(), text[pair.start : pair.end].strip()
        elif not pair.value:
            return
        elif pair.about is About.SOURCE:
            self.add_source(pair.value)
        elif pair.about is About.AUTHOR:
            self._add_author_label(pair)
        elif pair.about is About.UNIT:
            self.units = self.units or pair.value.rstrip("。 ")
        elif pair.about is About.DATE:
            date = find_date(pair.value)
            if date and self._may_take(pair.label):
                self.add_date(date, text[pair.start : pair.end].strip())
        elif pair.about is About.CREDIT:
            self.add_credits([Credit(pair.label, split_names(pair.value))])
        elif pair.about is About.ABSTRACT:
            self.abstract = self.abstract or pair.value
        elif pair.about is About.KEYWORDS:
            self.keywords = self.keywords or split_names(pair.value)

    def _may_take(self, label: str) -> bool:
        """The day a document was drawn up (成文) counts only where no day of publication is printed."""
        drawn_up = label.startswith(("成文", "生成"))
        if self.drafted and not drawn_up:
            self.date, self.drafted = None, False
        if drawn_up and self.date is None:
            self.drafted = True
            return True
        return not drawn_up

    def _add_author_label(self, pair: Pair) -> None:
        people = read_people(pair.value)
        if "作者" in pair.label or pair.label.startswith("撰稿"):
            self.add_authors(people)
            return
        self.add_authors(replace(a, role=pair.label if a.role == "作者" else a.role) for a in people)
        self.add_credits([Credit(pair.label, tuple(a.name for a in people))])

    def finished_authors(self) -> tuple[Author, ...]:
        return give_units(self.authors, self.units) if self.units else self.authors
