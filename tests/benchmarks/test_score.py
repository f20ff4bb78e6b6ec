"""The measure itself: a perfect import has full marks, and each fault costs what it should."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.benchmarks.score import METRICS, score
from tests.intake.traps import Layout, print_issue

pytestmark = pytest.mark.database_free


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return print_issue(Layout(mix="all", strays="photo", absent="entry"), 11).truth


@pytest.fixture
def found(truth: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(truth)


def articles(issue: dict[str, Any]) -> list[dict[str, Any]]:
    every = [a for s in issue["sections"] for a in s["articles"]]
    return [a for a in every if a["body_text"].count("\n") > 3]


def test_the_truth_has_full_marks(truth: dict[str, Any]) -> None:
    assert set(score(truth, truth).values()) == {1.0}


def test_nothing_found_has_no_marks_for_texts_and_titles(truth: dict[str, Any]) -> None:
    marks = score({"journal": {}, "sections": [], "articles_not_in_toc": []}, truth)
    for metric in ("complete", "titles", "sections", "pages", "contents", "masthead", "identity"):
        assert marks[metric] == 0.0


def test_a_lost_paragraph_costs_completeness_not_purity(truth: dict[str, Any], found: dict[str, Any]) -> None:
    one = articles(found)[0]
    one["body_text"] = "\n".join(one["body_text"].split("\n")[1:])
    marks = score(found, truth)
    assert marks["complete"] < 1
    assert marks["whole"] < 1
    assert marks["breaks"] < 1
    assert marks["pure"] == 1.0


def test_a_foreign_paragraph_costs_purity_not_completeness(
    truth: dict[str, Any], found: dict[str, Any]
) -> None:
    one, other = articles(found)[:2]
    one["body_text"] += "\n" + other["body_text"].split("\n")[1]
    marks = score(found, truth)
    assert marks["pure"] < 1
    assert marks["whole"] < 1
    assert marks["complete"] == 1.0


def test_a_text_printed_twice_is_not_pure(truth: dict[str, Any], found: dict[str, Any]) -> None:
    one = articles(found)[0]
    one["body_text"] += "\n" + one["body_text"]
    assert score(found, truth)["pure"] < 1


def test_exchanged_texts_are_wrong_on_both_sides(truth: dict[str, Any], found: dict[str, Any]) -> None:
    one, other = articles(found)[:2]
    one["body_text"], other["body_text"] = other["body_text"], one["body_text"]
    marks = score(found, truth)
    assert marks["complete"] < 0.9
    assert marks["pure"] < 0.9


def test_paragraphs_in_another_order_cost_order(truth: dict[str, Any], found: dict[str, Any]) -> None:
    one = articles(found)[0]
    lines = one["body_text"].split("\n")
    one["body_text"] = "\n".join(reversed(lines))
    assert score(found, truth)["order"] < 1


def test_widths_and_blanks_cost_nothing(truth: dict[str, Any], found: dict[str, Any]) -> None:
    for one in articles(found):
        one["body_text"] = one["body_text"].replace("，", ", ").replace("：", ":")
        one["title"] = one["title"].replace(" ", "")
    assert score(found, truth)["overall"] == 1.0


@pytest.mark.parametrize(
    ("field", "value", "metric"),
    [
        ("title", "别的题目", "titles"),
        ("page", 99, "pages"),
        ("toc_title", "别的题目", "contents"),
        ("authors", [{"name": "无名氏", "kind": "person", "affiliation": None}], "authors"),
        ("kicker", "多出来的引题", "kickers"),
        ("source", "别的报", "source"),
        ("captions", ["没有这张图"], "captions"),
        ("headings", ["没有这个标题"], "headings"),
        ("credits", [{"role": "执笔", "names": ["无名氏"]}], "credits"),
    ],
)
def test_each_fault_costs_its_own_mark(
    truth: dict[str, Any], found: dict[str, Any], field: str, value: object, metric: str
) -> None:
    articles(found)[0][field] = value
    marks = score(found, truth)
    assert marks[metric] < 1
    others = {m for m in METRICS if marks[m] < 1} - {metric}
    assert others <= ({"units"} if field == "authors" else set())


def test_an_article_too_many_costs_the_count(truth: dict[str, Any], found: dict[str, Any]) -> None:
    found["articles_not_in_toc"].append({"title": "凭空而来", "body_text": "没有的事。"})
    assert score(found, truth)["count"] < 1
