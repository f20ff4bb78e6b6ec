"""Where a printed name ends: padded to three characters, beside others, behind a label."""

from __future__ import annotations

import pytest

from journal.intake.names import join_padded_name, split_names


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("李　伟", "李伟"),
        ("王　芳　李　伟", "王芳　李伟"),
        ("欧阳　明", "欧阳明"),
        ("司马　青云", "司马青云"),
        ("欧阳　明　李　伟", "欧阳明　李伟"),
        ("作者：诸葛 亮", "作者：诸葛亮"),
        ("东方航空 供图", "东方航空 供图"),
    ],
)
def test_the_gap_inside_a_padded_name_is_closed_and_no_other(printed: str, meant: str) -> None:
    assert join_padded_name(printed) == meant


def test_padded_names_beside_each_other_stay_two_people() -> None:
    assert split_names("欧阳　明　王　芳") == ("欧阳明", "王芳")
