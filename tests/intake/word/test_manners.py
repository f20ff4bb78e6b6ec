"""Manuscripts drawn from every manner of writing names, titles, headings and captions together."""

from __future__ import annotations

import json
import re
from collections import defaultdict

import pytest

from journal.intake.word import read_word
from journal.intake.word_json import word_as_json

from .manners import manuscript, score_of

pytestmark = pytest.mark.database_free

FILES = 150
FEWEST_RIGHT = 0.985
PRIVATE = {"phone", "email", "private", "not_taken", "warnings"}


def test_nearly_every_field_of_drawn_manuscripts_is_right_to_the_letter() -> None:
    fields: dict[str, list[float]] = defaultdict(list)
    for seed in range(FILES):
        _drawn, data, truth = manuscript(seed)
        word = read_word(data, "稿件.docx", keep=dict[str, bytes]().__setitem__)
        for name, value in score_of(truth, word_as_json(word)).items():
            fields[name].append(value)
    right = {name: sum(v == 1 for v in values) / len(values) for name, values in fields.items()}
    assert {name: share for name, share in right.items() if share < 0.95} == {}
    every = [value for values in fields.values() for value in values]
    assert sum(value == 1 for value in every) / len(every) >= FEWEST_RIGHT


@pytest.mark.parametrize("seed", range(300, 340))
def test_no_field_readers_see_holds_a_telephone_or_an_address(seed: int) -> None:
    drawn, data, truth = manuscript(seed)
    got = word_as_json(read_word(data, "稿件.docx", keep=dict[str, bytes]().__setitem__))
    shown = json.dumps({k: v for k, v in got.items() if k not in PRIVATE}, ensure_ascii=False)
    for secret in [*truth["phone"], *([truth["email"]] if truth.get("email") else [])]:
        assert re.sub(r"\D", "", secret) not in re.sub(r"[ -]", "", shown) or "@" in secret, drawn
        assert secret not in shown, drawn
