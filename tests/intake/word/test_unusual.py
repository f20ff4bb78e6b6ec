"""Manners seldom met are read as a careful reader reads them."""

from __future__ import annotations

import pytest

from journal.intake.word import read_word
from journal.intake.word_json import word_as_json

from .manners import score_of
from .unusual import UNUSUAL, Unusual, built
from .unusual_people import UNUSUAL_PEOPLE

pytestmark = pytest.mark.database_free


@pytest.mark.parametrize(
    "case", [*UNUSUAL, *UNUSUAL_PEOPLE], ids=lambda case: f"{case.first}{case.lines}{case.last}"
)
def test_a_manner_seldom_met_is_understood(case: Unusual) -> None:
    data, truth = built(case)
    got = word_as_json(read_word(data, "稿件.docx", keep=dict[str, bytes]().__setitem__))
    wrong = {name: value for name, value in score_of(truth, got).items() if value < 1}
    assert wrong == {}, {name: (truth.get(name), got.get(name)) for name in wrong}
