"""What an executive editor sees of an issue: its articles in order, page by page, and the budget of pages.

The number of queries does not depend on the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles import blockers as block
from articles import issue_files
from articles.blockers import Blocker
from articles.board.keeping import arrangement_of, with_names
from articles.board.layout import Arrangement
from articles.board.lengths import Estimate, estimates

if TYPE_CHECKING:
    from articles.models import Article, Issue

__all__ = ["Board", "Budget", "Mark", "Page", "Row", "Run"]


@dataclass
class Row:
    """One article on the board. ``new_section``: the one before it stands in another section.

    ``landed``: the pages the setting gave it, while that is known and the text is as it was set.
    """

    article: Article
    estimate: Estimate
    number: int = 0
    new_section: bool = False
    problems: list[Blocker] = field(default_factory=list)
    landed: tuple[int, int] | None = None

    @property
    def lands_elsewhere(self) -> bool:
        return self.landed is not None and self.landed != (self.first, self.last)

    @property
    def first(self) -> int | None:
        return self.article.first_page

    @property
    def last(self) -> int | None:
        return self.article.last_page or self.article.first_page

    @property
    def pages(self) -> str:
        """``5–8``; empty while it has no pages."""
        if self.first is None:
            return ""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def length(self) -> int:
        return (self.last or 0) - self.first + 1 if self.first is not None else 0

    @property
    def is_tight(self) -> bool:
        """Its text is likely to need more pages than it has."""
        return bool(self.length) and self.estimate.pages > self.length

    @property
    def is_loose(self) -> bool:
        return self.length > self.estimate.pages


@dataclass(frozen=True)
class Mark:
    """An article on one page: does it begin here, does it end here?"""

    row: Row
    begins: bool
    ends: bool


@dataclass
class Page:
    """``state``: text, overlap, fixed, empty, front (before the first article) or beyond (the last page)."""

    number: int
    words: str = ""
    marks: list[Mark] = field(default_factory=list)
    state: str = "empty"

    @property
    def is_left(self) -> bool:
        return self.number % 2 == 0


@dataclass(frozen=True)
class Run:
    """Pages in a row that are alike."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Budget:
    """The pages of an issue: with text or named, before the first article, empty, and too many."""

    total: int
    placed: int
    front: int
    empty: tuple[Run, ...]
    over: int

    @property
    def empty_count(self) -> int:
        return sum(run.last - run.first + 1 for run in self.empty)


class Board:
    """An issue laid out. ``more``: keys of other articles (the pool's) whose estimates are wanted, too."""

    def __init__(self, issue: Issue, more: Iterable[int] = ()) -> None:
        from articles.models import Article

        self.issue = issue
        found = issue.articles.in_page_order().select_related("section", "editor")
        self.articles = list(with_names(found))
        wanted = {*(a.pk for a in self.articles), *more}
        self.estimates = estimates(Article.objects.filter(pk__in=wanted)) if wanted else {}

    @cached_property
    def arrangement(self) -> Arrangement:
        lengths = {pk: estimate.pages for pk, estimate in self.estimates.items()}
        return arrangement_of(self.issue, self.articles, lengths)

    @cached_property
    def rows(self) -> list[Row]:
        rows = [Row(a, self.estimates[a.pk], n) for n, a in enumerate(self.articles, 1)]
        by_article = {row.article.pk: row for row in rows}
        for problem in self.page_problems:
            if problem.article is not None:
                by_article[problem.article.pk].problems.append(problem)
        before: Row | None = None
        for row in rows:
            row.landed = self.landing.get(row.article.pk)
            row.new_section = before is None or before.article.section_id != row.article.section_id
            before = row
        return rows

    @cached_property
    def landing(self) -> dict[int, tuple[int, int]]:
        """Key → the pages the newest setting gave it; empty once something was changed since."""
        file = issue_files.landing_of(self.issue, self.articles)
        return file.pages if file is not None else {}

    @property
    def landed_elsewhere(self) -> list[Row]:
        return [row for row in self.rows if row.lands_elsewhere]

    @cached_property
    def page_problems(self) -> list[Blocker]:
        """Articles without pages, overlaps, over-run; the empty pages are the budget's."""
        return [b for b in block.page_blockers(self.issue, self.articles) if b.code != "gap"]

    @cached_property
    def problems(self) -> list[Blocker]:
        """What is wrong with the board, in the words of what blocks the press order."""
        gaps = [
            Blocker("gap", _("Nothing stands on page %(pages)s.") % {"pages": run}, None, f"page-{run.first}")
            for run in self.budget.empty
        ]
        signed = self.issue.signoffs.filter(step="contents").last()
        changed = []
        if signed is not None and signed.contents_hash != block.contents_hash(self.articles):
            sentence = _("The contents changed after %(person)s approved them: have them approved again.")
            changed = [
                Blocker("contents-changed", sentence % {"person": signed.person_name}, None, "contents")
            ]
        return [*changed, *gaps, *self.page_problems, *block.title_blockers(self.articles)]

    @cached_property
    def pages(self) -> list[Page]:
        """Every page of the issue, and those an over-run would need."""
        last = max([self.issue.page_count, *(row.last or 0 for row in self.rows)])
        pages = [Page(n, self.arrangement.fixed.get(n, "")) for n in range(1, last + 1)]
        for row in self.rows:
            for number in range(row.first or 1, (row.last or 0) + 1):
                if number not in self.arrangement.fixed:
                    pages[number - 1].marks.append(Mark(row, number == row.first, number == row.last))
        begun = min((row.first for row in self.rows if row.first), default=0)
        for page in pages:
            page.state = self.state_of(page, begun)
        return pages

    def state_of(self, page: Page, begun: int) -> str:
        if page.number > self.issue.page_count:
            return "beyond"
        if page.words:
            return "fixed"
        if is_overlapped(page):
            return "overlap"
        if page.marks:
            return "text"
        return "front" if page.number < begun else "empty"

    @cached_property
    def budget(self) -> Budget:
        counted = [page for page in self.pages if page.number <= self.issue.page_count]
        return Budget(
            total=self.issue.page_count,
            placed=sum(page.state not in {"empty", "front"} for page in counted),
            front=sum(page.state == "front" for page in counted),
            empty=tuple(runs(page.number for page in counted if page.state == "empty")),
            over=len(self.pages) - len(counted),
        )

    @cached_property
    def spreads(self) -> list[tuple[Page | None, Page | None]]:
        """The pages as they face each other: the first one alone on the right, even numbers on the left."""
        sides: dict[int, list[Page | None]] = {}
        for page in self.pages:
            sides.setdefault(page.number // 2, [None, None])[0 if page.is_left else 1] = page
        return [(left, right) for left, right in sides.values()]

    def groups(self) -> list[tuple[str, list[Row]]]:
        """The contents page as it will print: sections in the order of the pages, photo stories apart."""
        found: list[tuple[str, list[Row]]] = []
        for row in self.rows:
            if row.article.photo_story:
                continue
            name = row.article.section.name if row.article.section is not None else ""
            if not found or found[-1][0] != name:
                found.append((name, []))
            found[-1][1].append(row)
        return found


def is_overlapped(page: Page) -> bool:
    """Two texts on a page: all but the last end here, all but the first begin here – or they overlap."""
    marks = sorted(page.marks, key=lambda m: (m.row.first or 0, m.row.last or 0, m.row.number))
    return any(not m.ends for m in marks[:-1]) or any(not m.begins for m in marks[1:])


def runs(numbers: Iterable[int]) -> Iterator[Run]:
    first = last = 0
    for number in numbers:
        if first and number == last + 1:
            last = number
            continue
        if first:
            yield Run(first, last)
        first = last = number
    if first:
        yield Run(first, last)
