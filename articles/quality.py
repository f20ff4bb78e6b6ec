"""The error rate 编校差错率 of a printed issue as a sum one can follow (national rule of 2020, domain §4).

Denominator: characters a line × lines a page × pages checked, each page by its share: text whole, a page of
picture with text and a cover half, a page of picture alone a fifth, a blank page nothing. Errors: what people
have marked, by its weight, double on the cover, the spine and in important places; the same error at most
three times an issue, number usage at most 1. An issue passes at 2 per 10,000; besides, it may have five
errors of form. What a checker of texts suspects has no place here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.stages import IssueStage

if TYPE_CHECKING:
    from articles.models import Issue, Journal, ProofMark

__all__ = [
    "FORM_LIMIT",
    "RATE_LIMIT",
    "ErrorLine",
    "ErrorSum",
    "PageKind",
    "PageLine",
    "error_sum",
    "of_issue",
    "page_lines",
    "remaining",
    "weights_of",
]

#: Weighted errors per 10,000 characters with which an issue still passes; errors of form it may have besides.
RATE_LIMIT, FORM_LIMIT = Decimal(2), 5
#: The same error counts so often an issue, and all errors in the use of numbers together so much.
SAME_LIMIT, NUMBER_LIMIT = 3, Decimal(1)


class PageKind(models.TextChoices):
    """What a page carries, as far as the denominator asks."""

    TEXT = "text", _("text")
    PICTURE_TEXT = "picture-text", _("picture with text")
    PICTURE = "picture", _("picture without text")
    BLANK = "blank", _("blank")
    COVER = "cover", _("cover")


#: The share of a full page's characters each kind counts for.
SHARES = {
    PageKind.TEXT: Decimal(1),
    PageKind.PICTURE_TEXT: Decimal("0.5"),
    PageKind.PICTURE: Decimal("0.2"),
    PageKind.BLANK: Decimal(0),
    PageKind.COVER: Decimal("0.5"),
}


@dataclass(frozen=True, slots=True)
class PageLine:
    """``count`` pages of one kind; ``full`` is the characters of a full page of text."""

    kind: PageKind
    count: int
    full: int

    @property
    def share(self) -> Decimal:
        return SHARES[self.kind]

    @property
    def per_cent(self) -> int:
        return int(self.share * 100)

    @property
    def characters(self) -> Decimal:
        return self.full * self.count * self.share


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One error, found once or several times; ``counted`` are the marks that count, the heaviest first."""

    marks: tuple[ProofMark, ...]
    counted: tuple[ProofMark, ...]

    @property
    def mark(self) -> ProofMark:
        return self.marks[0]

    @property
    def found(self) -> int:
        return len(self.marks)

    @property
    def left_out(self) -> int:
        return len(self.marks) - len(self.counted)

    @property
    def weight(self) -> Decimal:
        return sum((mark.counts for mark in self.counted), Decimal(0))


@dataclass(frozen=True, slots=True)
class ErrorSum:
    """Every summand: ``pages`` make the denominator, ``lines`` the errors, ``form`` are errors of form.

    ``number_excess`` is what errors in the use of numbers weigh beyond the 1 they may, taken off again.
    """

    per_line: int
    per_page: int
    pages: tuple[PageLine, ...]
    lines: tuple[ErrorLine, ...]
    form: tuple[ProofMark, ...] = field(default=())
    number_excess: Decimal = Decimal(0)

    @property
    def characters(self) -> Decimal:
        return sum((line.characters for line in self.pages), Decimal(0))

    @property
    def budget(self) -> Decimal:
        """The weighted errors these characters may have."""
        return self.characters * RATE_LIMIT / 10_000

    @property
    def gross(self) -> Decimal:
        return sum((line.weight for line in self.lines), Decimal(0))

    @property
    def errors(self) -> Decimal:
        return self.gross - self.number_excess

    @property
    def rate(self) -> Decimal | None:
        """Weighted errors per 10,000 characters; ``None`` when nothing was checked."""
        return self.errors * 10_000 / self.characters if self.characters else None

    @property
    def passes(self) -> bool | None:
        return self.errors <= self.budget if self.characters else None

    @property
    def form_passes(self) -> bool:
        return len(self.form) <= FORM_LIMIT


def weights_of(journal: Journal) -> dict[str, Decimal]:
    """The weight of each kind of error: the rule's table, changed where the office has changed it."""
    from articles.models.proof import ERROR_WEIGHTS

    own = journal.error_weights
    return {str(kind): Decimal(str(own.get(kind, weight))) for kind, weight in ERROR_WEIGHTS.items()}


def page_lines(
    issue: Issue, journal: Journal, pages: Collection[int] | None = None, covers: int | None = None
) -> tuple[PageLine, ...]:
    """The pages checked, by kind; without ``pages`` and ``covers`` the whole issue."""
    checked = range(1, issue.page_count + 1) if pages is None else sorted(set(pages))
    kinds = {int(page): kind for page, kind in issue.page_kinds.items()}
    counts = Counter(PageKind(kinds.get(page, PageKind.TEXT)) for page in checked)
    counts[PageKind.COVER] = issue.cover_pages if covers is None else covers
    full = journal.characters_per_line * journal.lines_per_page
    return tuple(PageLine(kind, counts[kind], full) for kind in PageKind if counts[kind])


def error_sum(journal: Journal, pages: Iterable[PageLine], marks: Iterable[ProofMark]) -> ErrorSum:
    """Add up; the order of the marks changes nothing but the order of the lines."""
    from articles.models.proof import ErrorClass

    marks = list(marks)
    form = tuple(mark for mark in marks if mark.is_of_form)
    lines = tuple(error_lines(mark for mark in marks if not mark.is_of_form))
    numbers = sum((line.weight for line in lines if line.mark.kind == ErrorClass.NUMBER), Decimal(0))
    return ErrorSum(
        per_line=journal.characters_per_line,
        per_page=journal.lines_per_page,
        pages=tuple(pages),
        lines=lines,
        form=form,
        number_excess=max(numbers - NUMBER_LIMIT, Decimal(0)),
    )


def error_lines(marks: Iterable[ProofMark]) -> list[ErrorLine]:
    """The same error – same kind, same words – on one line; without words each stands for itself."""
    same: dict[tuple[str, ...], list[ProofMark]] = defaultdict(list)
    for mark in marks:
        words = (mark.wrong, mark.right) if mark.wrong or mark.right else ("", "", str(id(mark)))
        same[mark.kind, *words].append(mark)
    found = []
    for group in same.values():
        heaviest = sorted(group, key=lambda mark: -mark.counts)[:SAME_LIMIT]
        found.append(ErrorLine(tuple(group), tuple(heaviest)))
    return found


def remaining(issue: Issue) -> list[ProofMark]:
    """The errors that stand in the issue as it is (printed): marked, not judged right, not mended in time.

    Before the press order that is every open mark; afterwards what was open when it was signed and what has
    been found in the printed copy since – mended on line or not. Two queries.
    """
    from articles.models import ProofMark

    standing = Q(settled_at__isnull=True)
    if issue.stage in IssueStage.closed_stages():
        signed = issue.events.filter(after=IssueStage.SIGNED).exclude(before=IssueStage.SIGNED).last()
        if signed is not None:
            standing |= Q(settled_at__gt=signed.at)
    marks = ProofMark.objects.filter(standing, round__issue=issue).exclude(outcome=ProofMark.Outcome.STET)
    return list(marks.select_related("article").order_by("page", "pk"))


def of_issue(
    issue: Issue, journal: Journal, pages: Collection[int] | None = None, covers: int | None = None
) -> ErrorSum:
    """The sum of an issue, or of the part of it that was checked: marks on other pages are left out."""
    marks = [m for m in remaining(issue) if pages is None or m.page is None or m.page in pages]
    if covers == 0:
        marks = [m for m in marks if m.part not in {"cover", "spine"}]
    return error_sum(journal, page_lines(issue, journal, pages, covers), marks)
