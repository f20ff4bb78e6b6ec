"""Dates as pages print them."""

from __future__ import annotations

import pytest

from journal.intake.article_page.dates import find_date

pytestmark = pytest.mark.database_free


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2026-07-30 16:30", "2026-07-30T16:30:00+08:00"),
        ("发布时间:2026-07-30 16:30", "2026-07-30T16:30:00+08:00"),
        ("2026年7月30日", "2026-07-30"),
        ("2026年07月30日 08时05分", "2026-07-30T08:05:00+08:00"),
        ("2026/7/30", "2026-07-30"),
        ("2026.7.30", "2026-07-30"),
        ("2026年5月9日 星期六 10:05", "2026-05-09T10:05:00+08:00"),
        ("2026-06-30 07:45:12", "2026-06-30T07:45:12+08:00"),
        ("2026-08-01T16:30:00+08:00", "2026-08-01T16:30:00+08:00"),
        ("2026-08-01T08:30:00Z", "2026-08-01T16:30:00+08:00"),
        ("二〇二六年七月三十日", "2026-07-30"),
        ("二○二六年十一月十二日", "2026-11-12"),
        ("2026年/5月/9日", "2026-05-09"),
        ("2026年7月", "2026-07"),
    ],
)
def test_a_printed_date_becomes_iso_8601(printed: str, iso: str) -> None:
    found = find_date(printed)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize("text", ["2026年13月40日", "第2026-5号", "电话0000-0000000", "五月的河"])
def test_what_is_no_date_is_passed_over(text: str) -> None:
    assert find_date(text) is None
