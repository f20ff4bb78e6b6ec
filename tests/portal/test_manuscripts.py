"""What a contributor can do with a manuscript, and that it is theirs alone."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles import workflow
from articles.models import Article
from articles.stages import Stage
from tests.factories import DECLARED, Cast, make_article, make_user

SignIn = Callable[..., Client]


def fields(article: Article, **changed: Any) -> dict[str, Any]:
    return {
        "version": article.version,
        "kicker": "",
        "title": article.title,
        "subtitle": "",
        "section": "",
        "abstract": "",
        "words": "渡口的早晨有雾。\n船工把缆绳解开。",
        "keywords": "渡口，船工",
        "source": "",
        "authors-TOTAL_FORMS": "1",
        "authors-INITIAL_FORMS": "0",
        "authors-0-name": "贺苇",
        "authors-0-unit": "芦滩镇文化站",
        "authors-0-post": "",
        "authors-0-role": "作者",
        "authors-0-kind": "person",
        **changed,
    }


AUTHOR = {"name": "郁青", "unit": "芦滩镇中学", "post": "", "role": "作者", "kind": "person"}


def begun(client: Client) -> Article:
    answer = client.post("/manuscripts/new/")
    return Article.objects.get(pk=int(answer.headers["Location"].strip("/").split("/")[1]))


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/manuscripts/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")


def test_a_manuscript_is_written_stored_and_sent_in_with_a_number(signed_in: SignIn) -> None:
    client = signed_in()
    article = begun(client)
    page = client.get(f"/manuscripts/{article.pk}/").content.decode()
    assert "贺苇" in page  # the sender stands in the first line already
    client.post(f"/manuscripts/{article.pk}/", fields(article, title="渡口", store="1"))
    article.refresh_from_db()
    assert (article.stage, article.title, article.manuscript_number) == (Stage.DRAFT, "渡口", None)
    assert article.body == "<p>渡口的早晨有雾。</p>\n<p>船工把缆绳解开。</p>"
    assert article.keywords == ["渡口", "船工"]
    assert [b.printed_unit for b in article.bylines.all()] == ["芦滩镇文化站"]

    answer = client.post(
        f"/manuscripts/{article.pk}/",
        fields(article, title="渡口", send="1", declarations=DECLARED),
        follow=True,
    )
    article.refresh_from_db()
    assert article.stage == Stage.SUBMITTED
    assert article.manuscript_number
    assert article.manuscript_number in answer.content.decode()


def test_without_the_declarations_nothing_is_sent_and_everything_is_stored(signed_in: SignIn) -> None:
    client = signed_in()
    article = begun(client)
    answer = client.post(f"/manuscripts/{article.pk}/", fields(article, title="渡口", send="1"))
    assert answer.status_code == 422
    article.refresh_from_db()
    assert (article.stage, article.title) == (Stage.DRAFT, "渡口")
    assert "船工把缆绳解开" in answer.content.decode()


def test_an_author_added_before_a_refusal_is_still_there_after_it(signed_in: SignIn) -> None:
    """The page that comes back says again what was stored with the first sending."""
    client = signed_in()
    article = begun(client)
    second = {f"authors-1-{name}": said for name, said in AUTHOR.items()}
    sent = fields(
        article, title="渡口", send="1", **{"authors-TOTAL_FORMS": "2", "authors-INITIAL_FORMS": "1"}
    )
    page = client.post(f"/manuscripts/{article.pk}/", {**sent, **second})
    assert page.status_code == 422
    article.refresh_from_db()
    again = {**sent, **second, "version": article.version, "declarations": DECLARED}
    client.post(f"/manuscripts/{article.pk}/", again)
    article.refresh_from_db()
    assert article.stage == Stage.SUBMITTED
    assert [byline.name for byline in article.bylines.order_by("position")] == ["贺苇", "郁青"]


def test_an_old_page_does_not_overwrite_a_newer_one(signed_in: SignIn) -> None:
    client = signed_in()
    article = begun(client)
    old = fields(article, title="旧页")
    client.post(f"/manuscripts/{article.pk}/", fields(article, title="新页", store="1"))
    answer = client.post(f"/manuscripts/{article.pk}/", {**old, "store": "1"})
    assert answer.status_code == 409
    assert "旧页" in answer.content.decode()  # what was typed is still there
    assert Article.objects.get(pk=article.pk).title == "新页"


@pytest.mark.parametrize("person", ["editor", "chief", "other"])
def test_nobody_else_finds_a_manuscript_here(cast: Cast, signed_in: SignIn, person: str) -> None:
    article = make_article(cast, Stage.DRAFT, submitter=cast.contributor)
    if person == "other":
        client = Client()
        client.force_login(make_user("contributor", name="齐放"))
    else:
        client = signed_in(person)
    for method, address in (
        ("get", ""),
        ("post", ""),
        ("post", "act/"),
        ("post", "pictures/"),
        ("post", "pictures/1/"),
        ("get", "everything.zip"),
    ):
        assert getattr(client, method)(f"/manuscripts/{article.pk}/{address}").status_code == 404, address
    assert article.title not in client.get("/manuscripts/").content.decode()


def test_in_review_the_text_is_read_and_not_changed(cast: Cast, signed_in: SignIn) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.contributor)
    client = signed_in()
    page = client.get(f"/manuscripts/{article.pk}/").content.decode()
    assert 'name="title"' not in page
    assert cast.editor.name not in page
    answer = client.post(f"/manuscripts/{article.pk}/", fields(article, title="另一题"))
    assert answer.status_code == 403
    assert Article.objects.get(pk=article.pk).title == article.title


def test_a_returned_manuscript_shows_what_is_asked_and_goes_back_to_review(
    cast: Cast, signed_in: SignIn
) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.contributor)
    due = timezone.localdate() + datetime.timedelta(days=7)
    workflow.perform("return", article, cast.editor, opinion="请补一段渡口的来历。", due_on=due)
    client = signed_in()
    page = client.get(f"/manuscripts/{article.pk}/").content.decode()
    assert "请补一段渡口的来历。" in page
    assert due.isoformat() in page
    assert cast.editor.name not in page
    answer = client.post(
        f"/manuscripts/{article.pk}/", fields(article, words="渡口始于清末。", send="1"), follow=True
    )
    article.refresh_from_db()
    assert article.stage == Stage.FIRST_REVIEW
    assert article.review_round == 2
    assert article.manuscript_number in answer.content.decode()


def test_opinions_inside_the_office_never_reach_the_sender(cast: Cast, signed_in: SignIn) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.contributor)
    workflow.perform("pass_up", article, cast.editor, opinion="材料单薄，勉强可用。", verdict="use")
    client = signed_in()
    assert "材料单薄" not in client.get(f"/manuscripts/{article.pk}/").content.decode()
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"/manuscripts/{article.pk}/everything.zip").content))
    assert "材料单薄" not in archive.read("history.json").decode()


def photo(colour: str = "teal") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(buffer, "JPEG")
    return SimpleUploadedFile("渡口.jpg", buffer.getvalue(), "image/jpeg")


def test_photos_are_added_together_described_and_removed(signed_in: SignIn) -> None:
    client = signed_in()
    article = begun(client)
    where = f"/manuscripts/{article.pk}/pictures/"
    client.post(where, {"pictures": [photo(), SimpleUploadedFile("说明.jpg", b"no picture"), photo("red")]})
    first, second = article.figures.order_by("position")
    key = f"f{first.pk}"
    words = {"caption": "晨雾中的渡口", "photographer": "郁青", "credit": "摄", "alternative": ""}
    page = f"/manuscripts/{article.pk}/"
    client.post(page, fields(article, **{f"{key}-{name}": said for name, said in words.items()}))
    first.refresh_from_db()
    assert (first.caption, first.credit_line) == ("晨雾中的渡口", "郁青 摄")
    article.refresh_from_db()
    client.post(page, fields(article, picture=f"up {second.pk}", title="渡口来信"))
    article.refresh_from_db()
    assert article.title == "渡口来信"  # what was typed is stored with the step
    assert [f.pk for f in article.figures.order_by("position")] == [second.pk, first.pk]
    client.post(f"{where}{second.pk}/", {"do": "remove"})
    assert [f.pk for f in article.figures.all()] == [first.pk]
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{page}everything.zip").content))
    assert "pictures/01.jpg" in archive.namelist()


def test_a_manuscript_is_recalled_by_its_sender(cast: Cast, signed_in: SignIn) -> None:
    article = make_article(cast, Stage.SECOND_REVIEW, submitter=cast.contributor)
    client = signed_in()
    stale = client.post(
        f"/manuscripts/{article.pk}/act/", {"action": "recall", "version": article.version + 1}
    )
    assert stale.status_code == 409
    client.post(f"/manuscripts/{article.pk}/act/", {"action": "recall", "version": article.version})
    article.refresh_from_db()
    assert article.stage == Stage.RECALLED


@pytest.mark.parametrize(
    ("stage", "answer"),
    [(Stage.SUBMITTED, 302), (Stage.ACCEPTED, 302), (Stage.EDITING, 302), (Stage.RELEASED, 409)],
)
def test_it_is_recalled_until_it_goes_to_press(
    cast: Cast, signed_in: SignIn, stage: Stage, answer: int
) -> None:
    article = make_article(cast, stage, submitter=cast.contributor)
    address = f"/manuscripts/{article.pk}/"
    offered = f'action="{address}act/"' in signed_in().get(address).content.decode()
    words = {"action": "recall", "version": article.version}
    assert signed_in().post(f"{address}act/", words).status_code == answer
    article.refresh_from_db()
    assert (article.stage == Stage.RECALLED) == offered == (answer == 302)


def test_no_other_step_is_taken_here(cast: Cast, signed_in: SignIn) -> None:
    article = make_article(cast, Stage.SUBMITTED, submitter=cast.contributor)
    answer = signed_in().post(
        f"/manuscripts/{article.pk}/act/", {"action": "register", "version": article.version}
    )
    assert answer.status_code == 403
    assert Article.objects.get(pk=article.pk).stage == Stage.SUBMITTED


def test_the_list_asks_as_often_for_many_as_for_few(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    stages = (Stage.DRAFT, Stage.SUBMITTED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.FINAL_REVIEW)
    for stage in (*stages, *stages):
        make_article(cast, stage, submitter=cast.contributor)
    client = signed_in()
    with django_assert_max_num_queries(20):
        client.get("/manuscripts/")


@pytest.mark.parametrize("odd", ["²", "9" * 5_000, "", "-1"])
def test_an_odd_number_is_an_old_page_or_nothing_there(cast: Cast, signed_in: SignIn, odd: str) -> None:
    article = make_article(cast, Stage.SUBMITTED, submitter=cast.contributor)
    client = signed_in()
    answer = client.post(f"/manuscripts/{article.pk}/act/", {"action": "recall", "version": odd})
    assert answer.status_code == 409
    draft = make_article(cast, Stage.DRAFT, submitter=cast.contributor)
    removed = client.post(f"/manuscripts/{draft.pk}/co-authors/", {"remove": odd})
    assert removed.status_code < 500


@pytest.mark.parametrize("sent", ["[" * 100_000, "[]", "null", "{}", '{"page": 1, "fields": []}'])
def test_what_is_no_working_draft_is_refused(cast: Cast, signed_in: SignIn, sent: str) -> None:
    draft = make_article(cast, Stage.DRAFT, submitter=cast.contributor)
    answer = signed_in().post(f"/manuscripts/{draft.pk}/draft/", sent, content_type="application/json")
    assert answer.status_code == 422
