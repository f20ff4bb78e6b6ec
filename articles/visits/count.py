"""Counting: spool files become figures, each file once, whatever dies on the way.

The names of the files and what they add up to are written in one transaction; then the files are renamed. Who
dies before the commit has counted nothing; who dies after it has left a row by which the next run knows the
files. A counted file is kept for the time in which the same reader of the same article is not counted again,
because its lines say who that was, and then deleted.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article, VisitBatch, VisitDay, VisitTotal
from articles.visits import spool
from articles.visits.spool import COUNTED, WAITING, Line

__all__ = ["count_visits"]

logger = logging.getLogger(__name__)

#: The same reader of the same article is one visit until this many seconds have passed without them.
AGAIN = 30 * 60
#: More visits of one article from one address in that time are not believed: an office has one address.
MOST_FROM_ONE = 30
#: Files in one transaction.
AT_ONCE = 100
#: A file found later than this is thrown away; the row of a counted one is kept longer.
TOO_LATE, REMEMBERED = timedelta(days=14), timedelta(days=30)

T = TypeVar("T")
Figures = Counter[tuple[int, date]]  # (article, day) → visits


class Seen:
    """Who has been where lately; lines must come in the order of time."""

    def __init__(self) -> None:
        self.readers: dict[str, int] = {}
        self.places: dict[str, deque[int]] = defaultdict(deque)

    def is_new(self, line: Line) -> bool:
        """Whether this is a visit of its own, not the same reader again or one of too many from a place."""
        last = self.readers.get(line.reader)
        self.readers[line.reader] = line.at
        if last is not None and line.at - last < AGAIN:
            return False
        visits = self.places[line.place]
        while visits and line.at - visits[0] >= AGAIN:
            visits.popleft()
        if len(visits) >= MOST_FROM_ONE:
            return False
        visits.append(line.at)
        return True


def pass_by(step: str) -> None:
    """What happens at a step unless a test waits there: nothing."""


def count_visits(*, now: float | None = None, reached: Callable[[str], None] = pass_by) -> int:
    """Count every file that nobody writes any more; returns the visits counted.

    Only one process counts at a time on one machine; another that comes meanwhile leaves it to that one.
    ``reached`` is told of every step, so that a test can end the process there.
    """
    moment, total = time.time() if now is None else now, 0
    if not spool.root().is_dir():
        return 0
    with only_one() as mine:
        if mine:
            reached("visits-locked")
            while files := waiting(moment):
                total += count_files(files, reached)
            sweep(moment)
    return total


@contextmanager
def only_one() -> Iterator[bool]:
    handle = os.open(spool.root() / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def waiting(now: float) -> list[Path]:
    """The oldest files to be counted. What was counted by somebody who then died is only put away."""
    while files := oldest(now):
        names = [path.name for path in files]
        done = set(VisitBatch.objects.filter(name__in=names).values_list("name", flat=True))
        put_away(path for path in files if path.name in done)
        if left := [path for path in files if path.name not in done]:
            return left
    return []


def oldest(now: float) -> list[Path]:
    found: list[Path] = []
    for began, path in spool.files(WAITING):
        if now - began >= TOO_LATE.total_seconds():
            logger.warning("visits of %s days ago were thrown away uncounted", TOO_LATE.days)
            path.unlink()
        elif spool.is_closed(began, now):
            found.append(path)
    return found[:AT_ONCE]


def count_files(files: list[Path], reached: Callable[[str], None]) -> int:
    lines = sorted((line for path in files for line in spool.read(path)), key=lambda line: line.at)
    figures = figures_of(visits_in(lines))
    reached("visits-read")
    with transaction.atomic():
        # A name that is there already ends the transaction: then somebody else has counted that file.
        VisitBatch.objects.bulk_create([VisitBatch(name=path.name) for path in files])
        add(figures)
        reached("visits-written")
    reached("visits-committed")
    put_away(files)
    reached("visits-renamed")
    return figures.total()


def put_away(files: Iterable[Path]) -> None:
    for path in files:
        path.rename(path.with_suffix(COUNTED))


def visits_in(lines: list[Line]) -> Iterator[Line]:
    """The lines that are visits of their own, knowing what was counted shortly before."""
    if not lines:
        return
    since, fresh, seen = lines[0].at - AGAIN, set(map(id, lines)), Seen()
    before = (path for began, path in spool.files(COUNTED) if began + spool.MINUTE > since)
    known = [line for path in before for line in spool.read(path)]
    for line in sorted([*known, *lines], key=lambda line: line.at):
        if seen.is_new(line) and id(line) in fresh:
            yield line


def figures_of(visits: Iterable[Line]) -> Figures:
    """Visits of what is out, by article and by the day of the office's calendar."""
    by_code = Counter((visit.code, day_of(visit.at)) for visit in visits)
    keys: dict[str, int] = {}
    for some in portions({code for code, _day in by_code}):
        keys.update(Article.objects.published().filter(code__in=some).values_list("code", "pk"))
    return Counter({(keys[code], day): count for (code, day), count in by_code.items() if code in keys})


def day_of(second: int) -> date:
    return datetime.fromtimestamp(second, timezone.get_default_timezone()).date()


def add(figures: Figures) -> None:
    """Add to the tables; rows are made and locked in the order of their keys, so nobody waits in a ring."""
    totals: Counter[int] = Counter()
    for (article, _day), count in figures.items():
        totals[article] += count
    for some in portions(totals):
        VisitTotal.objects.bulk_create([VisitTotal(article_id=key) for key in some], ignore_conflicts=True)
        list(VisitTotal.objects.select_for_update().filter(pk__in=some).order_by("pk"))
        for count, keys in same(totals, some):
            VisitTotal.objects.filter(pk__in=keys).update(count=F("count") + count)
    for day in sorted({day for _article, day in figures}):
        add_day(day, Counter({article: count for (article, on), count in figures.items() if on == day}))


def add_day(day: date, counts: Counter[int]) -> None:
    for some in portions(counts):
        rows = [VisitDay(article_id=key, day=day) for key in some]
        VisitDay.objects.bulk_create(rows, ignore_conflicts=True)
        for count, keys in same(counts, some):
            VisitDay.objects.filter(day=day, article__in=keys).update(count=F("count") + count)


def same(counts: Counter[int], keys: list[int]) -> Iterator[tuple[int, list[int]]]:
    """The keys with the same count together: one statement for all of them."""
    together: dict[int, list[int]] = defaultdict(list)
    for key in keys:
        together[counts[key]].append(key)
    yield from together.items()


def portions(keys: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    ordered = sorted(keys)  # type: ignore[type-var]
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def sweep(now: float) -> None:
    """Delete files too old to tell a reader again, salts of other days, rows of files long gone."""
    for began, path in spool.files(COUNTED):
        if began + spool.MINUTE + AGAIN <= now:
            path.unlink(missing_ok=True)
    spool.forget_salts(spool.root(), int(now) // spool.DAY)
    VisitBatch.objects.filter(at__lt=timezone.now() - REMEMBERED).delete()
