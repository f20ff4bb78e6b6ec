"""Visits from the spool to the tables: each once, nobody named, nothing lost but what is torn."""

from __future__ import annotations

import datetime
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.models import Article, VisitBatch, VisitDay, VisitTotal
from articles.visits import count, spool
from articles.visits.count import count_visits
from tests.articles.test_two_at_once import at_once
from tests.factories import Cast, make_draft, make_journal, printed_issue

#: Noon in Shanghai, on a whole minute.
NOON = int(datetime.datetime(2026, 11, 22, 4, 0, tzinfo=datetime.UTC).timestamp())
DAY = datetime.date(2026, 11, 22)
LATER = NOON + 7200
BROWSER = "Mozilla/5.0"


@pytest.fixture(autouse=True)
def own_spool(data_folder: Path) -> None:
    """A process keeps its file and the day's salt; another test is another process."""
    spool.salt_of.cache_clear()


@pytest.fixture
def article(db: None) -> Article:
    make_journal(name="澜江", publication_type="serial")
    return printed_issue(Cast(), 2, year=2026, number="3").articles.in_page_order()[0]


def come(article: Article | str, address: str = "192.0.2.1", at: int = NOON, agent: str = BROWSER) -> bool:
    return spool.note(article if isinstance(article, str) else article.code, address, agent, at=at)


def total(article: Article) -> int:
    return sum(VisitTotal.objects.filter(article=article).values_list("count", flat=True))


def by_day(article: Article) -> dict[datetime.date, int]:
    return dict(VisitDay.objects.filter(article=article).values_list("day", "count"))


def lines() -> list[bytes]:
    return [line for path in sorted(spool.root().glob("*Z-*")) for line in path.read_bytes().splitlines()]


def test_every_reader_is_counted_once_and_the_days_add_up_to_the_total(article: Article) -> None:
    for reader in range(3):
        come(article, f"192.0.2.{reader}")
    come(article, at=NOON + 86_400)
    assert count_visits(now=NOON + 100_000) == 4
    assert by_day(article) == {DAY: 3, DAY + datetime.timedelta(days=1): 1}
    assert total(article) == 4


def test_a_visit_belongs_to_the_day_of_the_offices_calendar(article: Article) -> None:
    midnight = NOON + 12 * 3600
    come(article, at=midnight - 1)
    come(article, "192.0.2.2", at=midnight)
    count_visits(now=midnight + 7200)
    assert by_day(article) == {DAY: 1, DAY + datetime.timedelta(days=1): 1}


def test_counting_again_counts_nothing_again(article: Article) -> None:
    come(article)
    assert [count_visits(now=LATER), count_visits(now=LATER)] == [1, 0]
    assert total(article) == 1


def test_a_file_is_left_alone_while_its_minute_may_still_be_written(article: Article) -> None:
    come(article)
    assert count_visits(now=NOON + spool.MINUTE) == 0
    assert count_visits(now=NOON + spool.MINUTE + spool.GRACE) == 1


@pytest.mark.parametrize("counted_between", [False, True])
@pytest.mark.parametrize(("pause", "visits"), [(0, 1), (1799, 1), (1800, 2)])
def test_the_same_reader_counts_again_only_after_half_an_hour(
    article: Article, counted_between: bool, pause: int, visits: int
) -> None:
    come(article)
    if counted_between:
        count_visits(now=NOON + 100)
    come(article, at=NOON + pause)
    count_visits(now=NOON + pause + 100)
    assert total(article) == visits


def test_the_memory_of_a_reader_goes_with_the_last_line_not_with_the_last_counting(article: Article) -> None:
    for pause in (0, 1500, 3000, 4500):
        come(article, at=NOON + pause)
        count_visits(now=NOON + pause + 100)
    assert total(article) == 1


def test_another_article_another_address_or_another_browser_is_another_visit(article: Article) -> None:
    other = Article.objects.published().exclude(pk=article.pk).get()
    come(article)
    come(article, "192.0.2.2")
    come(article, agent="Another/1.0")
    come(other)
    count_visits(now=LATER)
    assert (total(article), total(other)) == (3, 1)


def test_processes_that_share_a_day_know_the_same_reader(article: Article, monkeypatch: Any) -> None:
    come(article)
    spool.salt_of.cache_clear()  # another worker has nothing in memory
    monkeypatch.setattr(os, "getpid", lambda: 4711)
    come(article)
    assert len(list(spool.root().glob("*.visits"))) == 2
    count_visits(now=LATER)
    assert total(article) == 1


def test_one_address_is_believed_only_so_often(article: Article) -> None:
    for number in range(count.MOST_FROM_ONE + 20):
        come(article, agent=f"Browser/{number}")
    count_visits(now=LATER)
    assert total(article) == count.MOST_FROM_ONE


def test_a_flood_from_one_address_is_not_even_written(article: Article) -> None:
    written = [come(f"article-{number}") for number in range(spool.MOST_FROM_ONE + 5)]
    assert written.count(True) == spool.MOST_FROM_ONE
    assert come(article, "192.0.2.77")
    assert come(article, at=NOON + spool.MINUTE)


def test_a_flood_from_everywhere_stops_at_the_files_limit(article: Article, monkeypatch: Any) -> None:
    monkeypatch.setattr(spool, "MOST", 10)
    written = [come(article, f"2001:db8::{number:x}") for number in range(15)]
    assert written.count(True) == 10
    assert len(lines()) == 10


def test_only_what_is_out_is_counted(article: Article) -> None:
    hidden = make_draft(Cast(), title="还没有刊发")
    come(hidden)
    come("no-such-article", "192.0.2.2")
    assert count_visits(now=LATER) == 0
    assert not VisitDay.objects.exists()
    assert list(spool.root().glob("*.visits")) == []


def test_torn_and_foreign_lines_are_passed_over(article: Article) -> None:
    come(article)
    path = next(spool.root().glob("*.visits"))
    whole = path.read_bytes()
    torn = whole.replace(b"\n", b"X\n") + b"\xff\xfe\0 ...\n\n" + b"9" * 5000 + b"\n"
    path.write_bytes(torn + whole + whole[:-5])
    assert count_visits(now=LATER) == 1


def test_a_line_without_its_end_is_torn_even_if_it_looks_whole(article: Article) -> None:
    come(article)
    path = next(spool.root().glob("*.visits"))
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert count_visits(now=LATER) == 0


@pytest.mark.parametrize("code", ["", "Bad", "a b", "a\nb", "a--b", "x" * 81, "../salt", "文章"])
def test_what_cannot_be_a_code_is_not_written(db: None, code: str) -> None:
    with pytest.raises(ValueError, match="no article has this code"):
        come(code)
    assert lines() == []


def test_nothing_written_anywhere_names_the_reader(article: Article) -> None:
    come(article, "203.0.113.77", agent="Very Special Browser/7")
    kept = b"".join(path.read_bytes() for path in spool.root().iterdir())
    assert b"203.0.113" not in kept
    assert b"Special" not in kept
    assert {field.name for field in VisitDay._meta.fields} == {"id", "article", "day", "count"}
    assert {field.name for field in VisitTotal._meta.fields} == {"article", "count"}
    assert {field.name for field in VisitBatch._meta.fields} == {"id", "name", "at"}


def test_marks_of_one_reader_at_two_articles_have_nothing_in_common(article: Article) -> None:
    come("article-a")
    come("article-b")
    first, second = [line.split() for line in lines()]
    assert not set(first[1:3]) & set(second[1:3])


def test_the_salt_lasts_a_day_and_is_then_gone(article: Article) -> None:
    come(article)
    first = next(spool.root().glob("salt-*"))
    come(article, at=NOON + 86_400)
    (second,) = spool.root().glob("salt-*")
    assert first.name != second.name
    count_visits(now=NOON + 3 * 86_400)
    assert list(spool.root().glob("salt-*")) == []


def test_the_spool_is_for_its_owner_only(article: Article) -> None:
    come(article)
    assert stat.S_IMODE(spool.root().stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in spool.root().iterdir()} == {0o600}


def test_a_counted_file_goes_when_it_can_tell_nobody_again(article: Article) -> None:
    come(article)
    count_visits(now=NOON + 100)
    count_visits(now=NOON + 1800)
    assert len(list(spool.root().glob("*.counted"))) == 1
    count_visits(now=NOON + 1900)
    assert list(spool.root().glob("*.counted")) == []


def test_files_nobody_counted_for_weeks_are_thrown_away_and_that_is_said(
    article: Article, caplog: pytest.LogCaptureFixture
) -> None:
    come(article)
    assert count_visits(now=NOON + 15 * 86_400) == 0
    assert "thrown away uncounted" in caplog.text
    assert list(spool.root().glob("*.visits")) == []


def test_rows_of_batches_are_remembered_longer_than_any_file(article: Article) -> None:
    assert count.REMEMBERED > count.TOO_LATE
    come(article)
    count_visits(now=LATER)
    VisitBatch.objects.update(at=timezone.now() - datetime.timedelta(days=31))
    count_visits(now=LATER)
    assert not VisitBatch.objects.exists()


def test_when_the_tables_cannot_be_written_the_files_stay(article: Article) -> None:
    come(article)
    with mock.patch.object(count, "add", side_effect=DatabaseError("full")), pytest.raises(DatabaseError):
        count_visits(now=LATER)
    assert not VisitBatch.objects.exists()
    assert count_visits(now=LATER) == 1


def test_the_publishing_timer_counts_too_and_goes_on_when_it_cannot(
    article: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    come(article)
    with mock.patch.object(count, "add", side_effect=DatabaseError("full")):
        call_command("publish_due")
    assert "full" in capsys.readouterr().err
    call_command("publish_due")
    assert total(article) == 1


def test_nothing_to_count_is_not_an_error(db: None) -> None:
    assert count_visits() == 0
    assert not spool.root().exists()


@pytest.mark.parametrize("visits", [1, 60])
def test_the_questions_asked_do_not_grow_with_the_visits(
    article: Article, django_assert_max_num_queries: Callable[..., Any], visits: int
) -> None:
    for number in range(visits):
        come(article, f"192.0.2.{number}", at=NOON + number * 60)
    with django_assert_max_num_queries(13):
        assert count_visits(now=LATER) == visits


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_once_count_each_visit_once() -> None:
    make_journal(name="澜江", publication_type="serial")
    article = printed_issue(Cast(), 1, year=2026, number="3").articles.get()
    for number in range(300):
        come(article, f"2001:db8::{number:x}", at=NOON + number)
    assert at_once(*[lambda: count_visits(now=LATER)] * 4) == ["done"] * 4
    count_visits(now=LATER)
    assert total(article) == 300


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_machines_with_spools_of_their_own_add_to_the_same_rows() -> None:
    """No lock of files stands between two machines: the rows' own locks must do."""
    make_journal(name="澜江", publication_type="serial")
    keys = list(printed_issue(Cast(), 6, year=2026, number="3").articles.values_list("pk", flat=True))
    figures = count.Counter({(key, DAY): key % 2 + 1 for key in keys})

    def add() -> None:
        with transaction.atomic():
            count.add(figures)

    for _round in range(20):
        assert at_once(*[add] * 4) == ["done"] * 4
    assert dict(VisitTotal.objects.values_list("pk", "count")) == {k: 80 * (k % 2 + 1) for k in keys}
