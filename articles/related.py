"""Which other articles a reader of one may want next: at most four, always the same for the same journal.

The rule, in the order of the list:

1. what shares keywords with it, the more the higher, in its own issue and the eleven before;
2. what its authors wrote before, in whatever issue (who took the pictures is no author here);
3. what its section printed before, in the eleven issues before.

Among equals the newest comes first, then the order of the pages. Parts of its own series are left out: they
stand in a box of their own. Only what everybody may read is ever named. Nothing younger than its own
issue is, so a new issue leaves every older page as it is baked; a corrected title reaches the few
pages that name it. ``articles.likeness`` has no part in this: it knows copies of a text, not of its matter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from articles.models.byline import BylineRole

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["MOST", "PICTURES", "REACH", "Line", "Relations", "related_to"]

MOST = 4
REACH = 12  # issues: its own and those before
PICTURES = (BylineRole.PHOTOGRAPH, BylineRole.SUPPLIED, BylineRole.DRAWING)

Key = tuple[int, int]  # year and sort number of an issue
Place = tuple[Key, int, int]  # issue, page, article; the last two negative: read backwards they are in order


@dataclass(frozen=True, slots=True)
class Line:
    """What the rule knows of an article."""

    pk: int
    issue: Key
    page: int
    section: int | None
    series: str
    keywords: tuple[str, ...]
    authors: tuple[int, ...]

    @property
    def place(self) -> Place:
        return self.issue, -self.page, -self.pk


class Relations:
    """The rule over ``lines``, all that may be named; ``issues`` are the keys of all issues for everybody."""

    def __init__(self, lines: Iterable[Line], issues: Iterable[Key]) -> None:
        self.issues = sorted(issues)
        self.series: dict[int, str] = {}
        self.by_keyword: dict[str, list[Place]] = defaultdict(list)
        self.by_author: dict[int, list[Place]] = defaultdict(list)
        self.by_section: dict[int, list[Place]] = defaultdict(list)
        for line in sorted(lines, key=lambda line: line.place):
            self.series[line.pk] = line.series
            for word in line.keywords:
                self.by_keyword[word].append(line.place)
            for author in line.authors:
                self.by_author[author].append(line.place)
            if line.section is not None:
                self.by_section[line.section].append(line.place)

    def of(self, line: Line) -> list[int]:
        """The keys of the articles related to ``line``, which need not be one of the lines."""
        since = self.issues[: bisect_left(self.issues, after(line.issue))][-REACH:][:1]
        reach = since[0] if since else line.issue
        wanted = chain(self.sharing(line, reach), self.by_hand(line), self.in_section(line, reach))
        others = (pk for pk in wanted if pk != line.pk and not self.is_part(pk, line))
        return list(islice(dict.fromkeys(others), MOST))

    def is_part(self, pk: int, line: Line) -> bool:
        return bool(line.series) and self.series[pk] == line.series

    def sharing(self, line: Line, reach: Key) -> list[int]:
        shared: Counter[Place] = Counter()
        for word in line.keywords:
            shared.update(back(self.by_keyword.get(word, []), after(line.issue), reach))
        newest_first = sorted(shared, reverse=True)
        return [-place[2] for place in sorted(newest_first, key=lambda place: -shared[place])]

    def by_hand(self, line: Line) -> list[int]:
        works = (back(self.by_author.get(author, []), after(line.issue)) for author in line.authors)
        return [-place[2] for place in sorted(set(chain.from_iterable(works)), reverse=True)]

    def in_section(self, line: Line, reach: Key) -> Iterator[int]:
        if line.section is not None:
            for place in back(self.by_section.get(line.section, []), line.issue, reach):
                yield -place[2]


def after(issue: Key) -> Key:
    return issue[0], issue[1] + 1


def back(places: list[Place], end: Key, reach: Key | None = None) -> Iterator[Place]:
    """The places before the issue ``end``, newest first, down to the issue ``reach``."""
    for number in range(bisect_left(places, (end,)) - 1, -1, -1):
        if reach is not None and places[number][0] < reach:
            return
        yield places[number]


def related_to(article: Article) -> list[int]:
    """The keys of the articles related to one that stands in an issue; the same number of queries for any."""
    from articles.models import Article, Byline, Issue

    assert article.issue is not None
    year, number = own = article.issue.year, article.issue.sort_number
    until = Q(year__lt=year) | Q(year=year, sort_number__lte=number)
    for_all = Issue.objects.for_everyone().filter(until)
    newest = for_all.newest_first()[:REACH]
    issues = {pk: (year, number) for pk, year, number in newest.values_list("pk", "year", "sort_number")}
    authors = tuple(line.author_id for line in article.bylines.all() if line.role not in PICTURES)
    everything = Article.objects.published().exclude(pk=article.pk)
    signed = Byline.objects.filter(author__in=authors).exclude(role__in=PICTURES).values("article")
    theirs = everything.filter(pk__in=signed, issue__in=for_all).order_by(
        "-issue__year", "-issue__sort_number", F("first_page").asc(nulls_first=True), "pk"
    )
    if article.series:
        theirs = theirs.exclude(series=article.series)
    near = lines_of(everything.filter(issue__in=list(issues)).order_by())
    lines = {line.pk: line for line in chain(near, lines_of(theirs[:MOST], authors))}
    line = Line(
        article.pk,
        own,
        article.first_page or 0,
        article.section_id,
        article.series,
        tuple(map(str, article.keywords)),
        authors,
    )
    return Relations(lines.values(), issues.values()).of(line)


def lines_of(articles: QuerySet[Article], authors: tuple[int, ...] = ()) -> Iterator[Line]:
    """What the rule knows of each, said to be by ``authors``."""
    fields = ("pk", "issue__year", "issue__sort_number", "first_page", "section_id", "series", "keywords")
    for pk, year, number, page, section, series, words in articles.values_list(*fields):
        yield Line(pk, (year, number), page or 0, section, series, tuple(map(str, words)), authors)
