"""What would keep the reader or the office busy is refused before either is started."""

from __future__ import annotations

import pytest

from journal.intake.manuscript import NotAManuscript
from journal.intake.word import read_word
from journal.intake.word.precheck import precheck

from .build import File, p, r

pytestmark = pytest.mark.database_free

HTML = "<html><body><p>渡口</p>"


@pytest.mark.parametrize(
    "data",
    [
        (HTML + "<p>渡" * 700_000).encode(),
        (HTML + "<p>渡" * 700_000).encode("utf-16"),
        rb"{\rtf1\ansi\bin2000000000 a}",
        b"\xe6\xb8\xa1\n" * 3_000_000,
    ],
    ids=["html of many paragraphs", "the same in two bytes", "rtf that promises bytes", "text without end"],
)
def test_is_refused_by_a_glance(data: bytes) -> None:
    with pytest.raises(NotAManuscript) as refused:
        precheck(data)
    assert "\n" not in str(refused.value)


def test_an_rtf_file_whose_bytes_are_there_passes() -> None:
    assert precheck(rb"{\rtf1\ansi\bin3 abc}").value == "rtf"


def test_parts_inside_parts_without_end_are_called_no_word_file_and_not_damaged() -> None:
    deep = "<w:sdt><w:sdtContent>" * 400 + p("渡口") + "</w:sdtContent></w:sdt>" * 400
    with pytest.raises(NotAManuscript) as refused:
        read_word(File().save(deep), "稿件.docx", keep=dict[str, bytes]().__setitem__)
    assert "damaged" not in str(refused.value)
    assert "损坏" not in str(refused.value)


def test_a_note_that_refers_to_itself_is_read_once() -> None:
    file = File()
    note = file.note("据登记簿。")
    file.footnotes[0] = r("据登记簿。") + note
    text = "早晨五点四十，上渡区的老渡口还亮着灯。船工把跳板搭稳，先让卖菜人上船。"
    word = read_word(file.save(p(r(text), note)), "稿件.docx", keep=dict[str, bytes]().__setitem__)
    assert word.manuscript.footnotes == ("据登记簿。",)
