"""Files as people make them: what a careful reader sees in each is what is understood of it."""

from __future__ import annotations

import pytest

from journal.intake.word import read_word
from journal.intake.word_json import word_as_json

from . import habits_more  # noqa: F401 - adds its own
from .compare import score
from .habits import HABITS

pytestmark = pytest.mark.database_free


@pytest.mark.parametrize("name", HABITS)
def test_every_field_is_understood(name: str) -> None:
    habit = HABITS[name]
    pictures: dict[str, bytes] = {}
    word = read_word(habit.data(), habit.filename, keep=pictures.__setitem__)
    scores = score(habit.truth, word_as_json(word))
    assert {field: value for field, value in scores.items() if value < 1} == {}
    assert list(pictures) == [picture.id for picture in word.pictures]
    assert all(f'src="picture:{id}"' in word.body for id in pictures)


@pytest.mark.parametrize("name", HABITS)
def test_no_contact_and_no_typed_indent_is_left_in_the_text(name: str) -> None:
    habit = HABITS[name]
    word = read_word(habit.data(), habit.filename, keep=dict[str, bytes]().__setitem__)
    for secret in (*word.telephones, *word.emails):
        assert secret not in word.body
        assert secret not in word_as_json(word)["body_text"]
    assert "<p>\u3000" not in word.body
    assert "\u00a0" not in word.body
