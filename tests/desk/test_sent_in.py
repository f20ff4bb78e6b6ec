"""What came with a manuscript stands at the manuscript, for those who write to its author and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles import workflow
from articles.models import Article
from journal.intake.accept.delivery import take_in_next
from journal.intake.models import Delivery, ReceivedFile
from tests.desk.test_take_in import word
from tests.e2e.word_file import TELEPHONE, word_file
from tests.factories import DECLARED, Cast
from tests.intake.test_mail import mail

pytestmark = pytest.mark.django_db

AtDesk = Callable[..., Client]


@pytest.fixture
def article(cast: Cast, tmp_path: Any) -> Article:
    data = word_file(tmp_path).read_bytes()
    draft = ReceivedFile.objects.receive(data, "渡口.docx", cast.contributor).take_in()
    assert draft is not None
    workflow.perform("submit", draft, cast.contributor, declarations=DECLARED)
    return draft


def page_of(client: Client, article: Article) -> str:
    return client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()


@pytest.mark.parametrize("role", ["registrar", "editor", "head", "chief"])
def test_the_office_sees_how_to_reach_the_sender_and_opens_the_file(
    at_desk: AtDesk, cast: Cast, article: Article, role: str
) -> None:
    client = at_desk(role)
    page = page_of(client, article)
    assert TELEPHONE in page
    assert cast.contributor.email in page
    row = article.received_files.get()
    address = reverse("admin:articles_article_received", args=[article.pk, row.pk])
    assert address in page
    answer = client.get(address)
    with row.file.open("rb") as file:
        assert b"".join(answer.streaming_content) == file.read()  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("role", ["proofreader", "publisher"])
def test_who_does_not_write_to_authors_does_not_see_how_to_reach_them(
    at_desk: AtDesk, cast: Cast, article: Article, role: str
) -> None:
    page = page_of(at_desk(role), article)
    assert article.title in page
    assert TELEPHONE not in page
    assert cast.contributor.email not in page


def test_the_words_of_the_mail_stand_at_its_manuscript(at_desk: AtDesk, cast: Cast) -> None:
    letter = mail(("三把水尺.docx", word("三把水尺", ["三把水尺立在三处。"])))
    delivery = Delivery.objects.receive([("投稿.eml", letter.as_bytes())], cast.registrar)
    while take_in_next(delivery) is not None:
        pass
    article = Article.objects.get(title="三把水尺")
    row = delivery.letters.get()
    assert row.note
    assert row.note.splitlines()[0] in page_of(at_desk("registrar"), article)


def test_a_file_of_one_manuscript_is_not_found_at_another(
    at_desk: AtDesk, cast: Cast, article: Article, tmp_path: Any
) -> None:
    other = ReceivedFile.objects.receive(word("另一篇"), "另一篇.docx", cast.contributor).take_in()
    assert other is not None
    row, client = article.received_files.get(), at_desk("editor")
    wrong = reverse("admin:articles_article_received", args=[other.pk, row.pk])
    assert client.get(wrong).status_code == 404
    photo = article.figures.get()
    assert client.get(reverse("admin:articles_article_photo", args=[other.pk, photo.pk])).status_code == 404


def test_a_picture_is_handed_out_as_it_was_sent(at_desk: AtDesk, article: Article) -> None:
    photo = article.figures.get()
    answer = at_desk("editor").get(reverse("admin:articles_article_photo", args=[article.pk, photo.pk]))
    with photo.original.open("rb") as file:
        assert b"".join(answer.streaming_content) == file.read()  # type: ignore[attr-defined]


def test_behind_nginx_the_bytes_are_left_to_it(at_desk: AtDesk, article: Article, settings: Any) -> None:
    settings.ORIGINALS_ACCEL = "/originals/"
    row = article.received_files.get()
    answer = at_desk("editor").get(reverse("admin:articles_article_received", args=[article.pk, row.pk]))
    assert answer.headers["X-Accel-Redirect"] == f"/originals/{row.file.name}"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content == b""


def test_a_file_without_anything_private_says_nothing_of_it(at_desk: AtDesk, cast: Cast) -> None:
    upload = SimpleUploadedFile("a.docx", word("渡口的早晨"))
    draft = ReceivedFile.objects.receive(upload.read(), "a.docx", cast.contributor).take_in()
    assert draft is not None
    workflow.perform("submit", draft, cast.contributor, declarations=DECLARED)
    assert "<dt>文件中所写</dt>" not in page_of(at_desk("editor"), draft)
