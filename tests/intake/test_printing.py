"""The test issues themselves: printed alike every time, and their truth is true."""

from __future__ import annotations

import random
from dataclasses import fields

import pytest

from tests.benchmarks.likeness import folded
from tests.intake.traps import CHOICES, KINDS, Case, Layout, cases, journals, print_issue, random_layout
from tests.intake.traps.texts import pool

pytestmark = pytest.mark.database_free

DEV = list(cases())


def bodies(case: Case) -> list[str]:
    truth = case.print().truth
    every = [a for s in truth["sections"] for a in s["articles"]] + truth["articles_not_in_toc"]
    return [line for a in every for line in a["body_text"].split("\n") if line]


def test_every_dimension_of_the_layout_has_its_plain_value_first() -> None:
    plain = Layout()
    assert {f.name: CHOICES[f.name][0] for f in fields(plain)} == {
        f.name: getattr(plain, f.name) for f in fields(plain)
    }


def test_every_value_of_the_layout_is_a_kind_of_trap() -> None:
    shown = {(name, value) for values in KINDS.values() for name, value in values.items()}
    assert shown == {(name, value) for name, some in CHOICES.items() for value in some[1:]}


def test_the_same_arguments_print_the_same_bytes() -> None:
    rng = random.Random(7)
    for journal in journals():
        layout = random_layout(rng)
        assert print_issue(layout, 3, journal.code) == print_issue(layout, 3, journal.code)


def test_no_reserved_text_stands_in_a_development_issue() -> None:
    reserved = {t.code for t in pool() if t.held_out}
    for case in DEV:
        truth = case.print().truth
        every = [a for s in truth["sections"] for a in s["articles"]] + truth["articles_not_in_toc"]
        assert not reserved & {a["code"] for a in every}


def test_every_held_out_issue_has_texts_nobody_tuned_on() -> None:
    reserved = {t.code for t in pool() if t.held_out}
    for case in cases(held_out=True):
        truth = case.print().truth
        every = [a for s in truth["sections"] for a in s["articles"]] + truth["articles_not_in_toc"]
        assert reserved & {a["code"] for a in every}


@pytest.mark.parametrize("journal", journals(), ids=lambda j: j.code)
def test_the_true_text_is_printed_in_every_journal(journal: object) -> None:
    for case in DEV:
        if case.kind == f"journal: {journal.code}":  # type: ignore[attr-defined]
            printed = folded(case.print().text)
            for line in bodies(case):
                whole = folded(line)
                assert whole[:8] in printed
                assert whole[-8:] in printed


def test_the_true_text_is_printed_whole_where_no_line_is_cut() -> None:
    for case in DEV:
        if not case.scan and case.kind.startswith(("contents", "section", "title", "byline", "mix")):
            printed = folded(case.print().text)
            assert all(folded(line) in printed for line in bodies(case))


def test_an_encoding_loses_no_letter() -> None:
    for case in DEV:
        printed = case.print()
        text = printed.data.decode(case.layout.encoding)
        assert text.replace("\r\n", "\n").replace("\r", "\n") == printed.text
