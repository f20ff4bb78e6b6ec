"""Back issues on their shelves: a year in order, runs of missing numbers shown as one gap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch

from articles.models import Figure, Issue
from articles.models.issue import IssueQuerySet
from articles.models.journal import Frequency

__all__ = ["Gap", "Shelf", "issues_on_shelf", "shelf_of", "shelves_of"]

#: Numbers a year of each frequency has; the others have none that can be known.
A_YEAR = {
    Frequency.WEEKLY: 52,
    Frequency.TEN_DAYS: 36,
    Frequency.FORTNIGHTLY: 24,
    Frequency.MONTHLY: 12,
    Frequency.BIMONTHLY: 6,
    Frequency.QUARTERLY: 4,
    Frequency.HALF_YEARLY: 2,
    Frequency.YEARLY: 1,
}


@dataclass(frozen=True)
class Gap:
    """Numbers of a year that are not on line, from ``first`` to ``last``."""

    first: int
    last: int


@dataclass
class Shelf:
    year: int
    places: list[Issue | Gap]


def issues_on_shelf(issues: IssueQuerySet) -> IssueQuerySet:
    """Issues with what a cover needs: the uploaded picture, if there is one."""
    covers = Figure.objects.filter(role=Figure.Role.COVER)
    return issues.prefetch_related(Prefetch("figures", queryset=covers, to_attr="covers"))


def numbers_of(issue: Issue) -> list[int]:
    """The numbers an issue stands for: ``9-10`` is two, a supplement none."""
    if issue.number.startswith("S"):
        return []
    ends = [int(part) for part in re.findall(r"\d+", issue.number)]
    return list(range(ends[0], ends[-1] + 1)) if ends else []


def shelf_of(year: int, issues: Iterable[Issue], expected: int = 0) -> Shelf:
    """One year's issues, oldest first; gaps up to its last number, or up to ``expected`` numbers."""
    places: list[Issue | Gap] = []
    next_number = 1
    for issue in issues:
        numbers = numbers_of(issue)
        if numbers and numbers[0] > next_number:
            places.append(Gap(next_number, numbers[0] - 1))
        places.append(issue)
        next_number = max([next_number, *(n + 1 for n in numbers)])
    after = [place for place in places if isinstance(place, Issue) and not numbers_of(place)]
    if next_number <= expected:
        places.insert(len(places) - len(after), Gap(next_number, expected))
    return Shelf(year, places)


def shelves_of(issues: Iterable[Issue]) -> list[Shelf]:
    """Issues (newest year first) as shelves without gaps."""
    return [Shelf(year, list(run)) for year, run in groupby(issues, key=lambda issue: issue.year)]
