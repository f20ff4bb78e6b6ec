"""What went out as Word comes in as it was: through our own reader, and through an office program."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from journal.edition.formats.blocks import PictureBlock, Words, inlines_in
from journal.edition.formats.text import ArticleText, IssueText
from journal.intake.word import read_word
from tests.edition.formats.making import (
    article,
    figure,
    heading,
    marked,
    note,
    paragraph,
    person,
    plain_list,
    words,
    written_by,
)
from tests.edition.formats.word_files import of_article, of_issue

pytestmark = pytest.mark.database_free

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


LONG = "渡口的早班船在六点一刻离岸，船上坐着赶集的人，也坐着去对岸上课的孩子，风大的日子要等半个钟头。"


def coming_back() -> ArticleText:
    return article(
        "ferry-morning",
        ("渡口的早晨", "和一条不急的船"),
        paragraph(LONG, note(1, "班次见渡口木牌。"), LONG),
        heading(1, "一、石阶"),
        paragraph(LONG, marked("一共四十一级", "strong"), "，", LONG),
        PictureBlock((figure("ferry", alternative="石阶与船"),), words("早班船靠岸"), "郁青 摄"),
        heading(2, "（一）水位"),
        paragraph("第七级石阶上刻着水位。", LONG, note(2, "1954年所刻。")),
        plain_list("先看石阶，再看江面，最后看风", "雾不散，不开船，也不收票", start=1),
        paragraph(LONG, LONG),
        kicker="岚江渡口调查之二",
        subtitle="——上渡码头见闻",
        abstract=("记一个早晨里渡口的人与船。",),
        keywords=("渡口", "早班船"),
        credits=(*written_by(person("何田", unit="上渡区文化馆")), *written_by(person("郁青", "摄"))),
        source="《岸上》2026年第12期",
    )


def squeezed(text: str) -> str:
    return re.sub(r"<[^>]+>|\s", "", text)


def test_our_own_reader_reads_an_article_back_as_it_was() -> None:
    sent = coming_back()
    kept: dict[str, bytes] = {}
    came = read_word(of_article(sent), "a.docx", keep=kept.__setitem__)
    told = came.manuscript
    assert told.title == "\n".join(sent.title)
    assert (told.kicker, told.subtitle) == (sent.kicker, sent.subtitle)
    assert [(a.name, a.affiliation) for a in told.authors if a.affiliation] == [("何田", "上渡区文化馆")]
    assert [(c.role, c.names) for c in told.credits] == [("摄", ("郁青",))]
    assert (told.abstract, told.keywords, told.source) == (sent.abstract[0], sent.keywords, sent.source)
    assert told.footnotes == ("班次见渡口木牌。", "1954年所刻。")
    assert [(p.caption, p.photographer, p.alternative) for p in came.pictures] == [
        ("早班船靠岸", "郁青", "石阶与船")
    ]
    assert kept["f1"] == figure("ferry").file.open().read()
    assert re.findall("<h2>.*?</h2>|<h3>.*?</h3>", came.body) == ["<h2>一、石阶</h2>", "<h3>（一）水位</h3>"]
    assert "<strong>一共四十一级</strong>" in came.body
    assert "<ol><li>先看石阶，再看江面，最后看风</li><li>雾不散，不开船，也不收票</li></ol>" in came.body
    words_sent = squeezed("".join(w.text for w in every_word(sent)))
    assert squeezed(came.body) == words_sent
    assert came.private == ()


def every_word(text: ArticleText) -> list[Words]:
    said = [part for part in inlines_in(text.blocks) if isinstance(part, Words)]
    return [part for part in said if part.text != "早班船靠岸"]  # the caption goes with its picture


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_the_whole_issue(tmp_path: Path, full_issue: IssueText) -> None:
    (tmp_path / "issue.docx").write_bytes(of_issue(full_issue))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "issue.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    printed = pypdfium2.PdfDocument(tmp_path / "issue.pdf")
    shown = "".join(re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in printed)
    for text in full_issue.articles:
        assert re.sub(r"\s", "", text.title_line) in shown
    assert len(printed) >= len(full_issue.articles) + 3
