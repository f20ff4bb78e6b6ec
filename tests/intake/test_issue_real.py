"""The one real issue beside the checkout: what a careful person made of it is the measure."""

from __future__ import annotations

import importlib.util
import time
import tracemalloc
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from journal.intake.as_json import issue_as_json
from journal.intake.ocr_markdown import read_issue

pytestmark = pytest.mark.database_free

LEAST = {
    "OVERALL_mean": 0.985,
    "bodies_whole_and_pure_strict": 0.96,
    "purity_1_minus_contamination": 0.998,
    "text_completeness": 0.998,
    "authors_exact": 1.0,
    "sections_in_order": 1.0,
    "section_assignment": 1.0,
    "pages": 1.0,
    "toc_titles_exact": 0.96,
    "masthead_roles_names": 0.97,
    "masthead_facts": 0.97,
    "paragraph_breaks": 0.98,
    "bodies_clean_of_marks": 1.0,
}


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "import" / "issue-2024-07"


@pytest.fixture(scope="module")
def data(folder: Path) -> bytes:
    return (folder / "source.md").read_bytes()


@pytest.fixture(scope="module")
def scores(folder: Path, data: bytes) -> dict[str, float]:
    import json

    scorer = _scorer(folder / "score.py")
    truth: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    found, _extra, _articles = scorer.score(issue_as_json(read_issue(data)), str(folder), truth, str(folder))
    return dict(found)


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("issue_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("metric", LEAST)
def test_the_real_issue_is_understood_as_a_careful_person_would(
    metric: str, scores: dict[str, float]
) -> None:
    assert scores[metric] >= LEAST[metric]


def test_reading_it_twice_changes_nothing(data: bytes) -> None:
    assert read_issue(data) == read_issue(data)


def test_it_takes_less_than_three_seconds_and_300_megabytes(data: bytes) -> None:
    started = time.process_time()
    read_issue(data)
    assert time.process_time() - started < 3
    tracemalloc.start()
    try:
        read_issue(data)
        assert tracemalloc.get_traced_memory()[1] < 300 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_another_encoding_and_other_line_ends_change_no_word(data: bytes) -> None:
    text = data.decode("utf-8")
    saved = text.replace("\n", "\r\n").encode("gb18030")
    assert issue_as_json(read_issue(saved)) | {"encoding": ""} == issue_as_json(read_issue(data)) | {
        "encoding": ""
    }


def test_every_doubt_has_its_proposal_among_the_choices(data: bytes) -> None:
    issue = read_issue(data)
    assert len({q.id for q in issue.questions}) == len(issue.questions)
    for question in issue.questions:
        if question.choices:
            assert question.proposal in {c.value for c in question.choices}
    codes = {q.code for q in issue.questions}
    assert codes >= {"contents-title-differs", "title-order", "byline-differs", "article-without-entry"}
