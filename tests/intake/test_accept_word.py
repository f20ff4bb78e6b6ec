"""What was understood of a Word file becomes one draft of its sender, pictures and all."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from articles.models import Article
from articles.stages import Stage
from journal.intake.accept import NotAccepted
from journal.intake.accept.word import accept_word
from journal.intake.manuscript import Author, Manuscript
from journal.intake.models import ReceivedFile
from journal.intake.word.understood import WordManuscript, WordPicture
from tests.factories import Cast, make_article, make_section

pytestmark = pytest.mark.django_db


def understood(**changed: Any) -> WordManuscript:
    manuscript = Manuscript(
        id="01", title="渡口的早晨", authors=(Author("贺苇", affiliation="芦滩镇文化站"),), keywords=("渡口",)
    )
    words: dict[str, Any] = {
        "body": '<p>雾里<strong>有人</strong>喊船。</p><figure><img src="picture:f1"></figure><p>船到。</p>',
        "pictures": (WordPicture("f1", "渡口.jpg", "晨雾中的渡口", "郁青", "摄", "一条船"),),
        "section": "人物",
        "telephones": ("0000-0000000",),
    }
    return WordManuscript("渡口.docx", **{"manuscript": manuscript, **words, **changed})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(buffer, "JPEG")
    (tmp_path / "f1").write_bytes(buffer.getvalue())
    return tmp_path


def test_the_draft_is_the_senders_with_bylines_section_and_pictures(folder: Path) -> None:
    cast, section = Cast(), make_section()
    draft, remarks = accept_word(understood(), folder, cast.contributor)
    assert remarks == []
    assert (draft.stage, draft.submitter, draft.section) == (Stage.DRAFT, cast.contributor, section)
    assert [(b.name, b.printed_unit) for b in draft.bylines.all()] == [("贺苇", "芦滩镇文化站")]
    figure = draft.figures.get()
    assert (figure.caption, figure.credit_line, figure.alternative) == ("晨雾中的渡口", "郁青 摄", "一条船")
    assert figure.original.read() == (folder / "f1").read_bytes()
    assert f'<figure><img src="{figure.image.url}"' in draft.body
    assert "晨雾中的渡口\u3000郁青 摄</figcaption>" in draft.body
    assert "<strong>有人</strong>" in draft.body
    assert "0000-0000000" not in draft.body


def test_a_picture_that_cannot_be_read_is_said_and_the_rest_is_taken(folder: Path) -> None:
    (folder / "f1").write_bytes(b"no picture")
    draft, remarks = accept_word(understood(), folder, Cast().contributor)
    assert len(remarks) == 1
    assert "渡口.jpg" in remarks[0].sentence
    assert "<figure>" not in draft.body
    assert "船到。" in draft.body


def test_a_file_without_a_title_is_called_by_its_name(folder: Path) -> None:
    draft, _remarks = accept_word(
        understood(manuscript=Manuscript(id="01", title="")), folder, Cast().contributor
    )
    assert draft.title == "渡口"


def test_a_newer_file_renews_the_draft_and_keeps_the_text_before(folder: Path) -> None:
    cast = Cast()
    first, _remarks = accept_word(understood(), folder, cast.contributor)
    again, _remarks = accept_word(
        understood(body="<p>新的一稿。</p>", pictures=()), folder, cast.contributor, first
    )
    assert again.pk == first.pk
    assert again.body == "<p>新的一稿。</p>"
    assert any("喊船" in revision.content["body"] for revision in again.revisions.all())


def test_a_manuscript_in_review_is_not_renewed(folder: Path) -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.contributor)
    with pytest.raises(NotAccepted):
        accept_word(understood(), folder, cast.contributor, article)
    assert Article.objects.get(pk=article.pk).title == article.title


def test_a_file_is_kept_before_it_is_read() -> None:
    cast = Cast()
    row = ReceivedFile.objects.receive(b"anything at all", "../../稿件.docx", cast.contributor)
    assert row.state == ReceivedFile.State.RECEIVED
    assert row.file.read() == b"anything at all"
    assert row.file.name.startswith("received/")
    assert list(ReceivedFile.objects.interrupted()) == [row]
