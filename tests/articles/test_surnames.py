"""Where the surname ends: known ones of one or two signs, padded or not; no other name is cut."""

from __future__ import annotations

import pytest

from articles.surnames import split_name

pytestmark = pytest.mark.database_free


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("沈砚秋", ("沈", "砚秋")),
        ("李　伟", ("李", "伟")),
        ("李 伟", ("李", "伟")),
        ("欧阳砚", ("欧阳", "砚")),
        ("司马砚秋", ("司马", "砚秋")),
        ("欧阳", ("欧", "阳")),
    ],
)
def test_a_chinese_name_has_two_parts(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@pytest.mark.parametrize("name", ["安·沃特斯", "许知远舟", "一舟", "李", "Anna", "李<b>", "", "阿依古丽"])
def test_any_other_name_stays_whole(name: str) -> None:
    assert split_name(name) is None
