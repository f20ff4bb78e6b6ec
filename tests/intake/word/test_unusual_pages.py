"""Tables of senders, pictures over a title and letters behind a text keep what they say in its place."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm, Pt

from journal.intake.word import read_word
from journal.intake.word_json import word_as_json

from .manners import ALIGN, png
from .texts import TEXTS

pytestmark = pytest.mark.database_free

TITLE, UNIT = "老渡口的第一趟船", "岚江市审计局"
PRIVATE = {"phone", "email", "private", "not_taken", "warnings"}


def title(document: Any) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN["center"]
    run = paragraph.add_run(TITLE)
    run.font.size, run.bold = Pt(18), True


def text(document: Any) -> None:
    for words in TEXTS[:3]:
        document.add_paragraph(words)


def table(document: Any, rows: list[list[str]]) -> None:
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, words in zip(made.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word


def understood(document: Any) -> dict[str, Any]:
    stream = io.BytesIO()
    document.save(stream)
    return word_as_json(read_word(stream.getvalue(), "稿件.docx", keep=dict[str, bytes]().__setitem__))


def people(got: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(author["name"], author["affiliation"]) for author in got["authors"]]


def test_a_table_of_senders_gives_everybody_their_unit_and_nobody_their_number() -> None:
    document = Document()
    table(
        document,
        [["姓名", "单位", "电话"], ["陶一苇", UNIT, "13600000000"], ["爨莹", "石塔县教育局", "13600000001"]],
    )
    title(document)
    text(document)
    got = understood(document)
    assert got["title"] == TITLE
    assert people(got) == [("陶一苇", UNIT), ("爨莹", "石塔县教育局")]
    assert got["phone"] == ["13600000000", "13600000001"]
    shown = json.dumps({name: value for name, value in got.items() if name not in PRIVATE})
    assert "13600000000" not in shown


def test_a_table_of_winners_stays_in_the_text() -> None:
    document = Document()
    title(document)
    text(document)
    table(document, [["姓名", "单位", "奖项"], ["陶一苇", UNIT, "一等奖"]])
    text(document)
    got = understood(document)
    assert len(got["tables"]) == 1
    assert people(got) == []


def test_two_labels_in_a_table_under_the_title_are_its_byline() -> None:
    document = Document()
    title(document)
    table(document, [["作者", "陶一苇"], ["单位", UNIT]])
    text(document)
    got = understood(document)
    assert (got["title"], people(got)) == (TITLE, [("陶一苇", UNIT)])


def test_a_picture_over_the_title_does_not_take_it_for_its_caption() -> None:
    document = Document()
    document.add_paragraph().add_run().add_picture(io.BytesIO(png(40, 30, 1)), width=Cm(5))
    title(document)
    text(document)
    got = understood(document)
    assert (got["title"], got["captions"], got["images"]) == (TITLE, [], 1)


def test_whoever_signs_the_letter_behind_a_text_without_a_byline_wrote_it() -> None:
    document = Document()
    title(document)
    text(document)
    for words in ("编辑老师：", "您好！寄上拙作一篇，请审阅。", "陶一苇　13600000000"):
        document.add_paragraph(words)
    got = understood(document)
    assert people(got) == [("陶一苇", None)]
    assert got["body_text"] == "\n".join(TEXTS[:3])
