"""The manuscript's page: text is saved cleaned, by whom the rules allow, and never over somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.stages import Stage
from journal.editor.fence import FencedFinder
from journal.editor.field import CONFIG, EDITOR_POLICY
from journal.intake.accept import accept_issue
from journal.security import POLICY
from tests.factories import Cast, make_article
from tests.intake.made import small_issue

pytestmark = pytest.mark.django_db


def address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def form_of(client: Client, article: Article) -> dict[str, Any]:
    """What the browser would send back unchanged."""
    page = client.get(address(article))
    context = page.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = (
                field.field.prepare_value(field.value())
                if hasattr(field.field, "prepare_value")
                else field.value()
            )
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW)


def test_a_text_is_saved_and_cleaned(at_desk: Callable[..., Client], article: Article) -> None:
    client = at_desk("editor")
    data = form_of(client, article)
    data["body"] = '<p onclick="x()">改好的一段。<script>x()</script></p>'
    data["title"] = "渡口\r\n纪事"
    response = client.post(address(article), data)
    assert response.status_code == 302, response.context["errors"]
    article.refresh_from_db()
    assert article.body == "<p>改好的一段。</p>"
    assert article.title == "渡口\n纪事"


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(
    at_desk: Callable[..., Client], article: Article
) -> None:
    client = at_desk("editor")
    data = form_of(client, article)
    other = Article.objects.get(pk=article.pk)
    other.body = "<p>别人先保存的。</p>"
    other.save()
    response = client.post(address(article), {**data, "body": "<p>我后保存的。</p>"})
    assert response.status_code == 409
    assert "我后保存的。" in response.content.decode()
    article.refresh_from_db()
    assert article.body == "<p>别人先保存的。</p>"


def test_a_text_too_monstrous_to_clean_is_an_error_of_its_field(
    at_desk: Callable[..., Client], article: Article
) -> None:
    client = at_desk("editor")
    data = {**form_of(client, article), "body": "<blockquote>" * 200 + "甲"}
    response = client.post(address(article), data)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["body"]


@pytest.mark.parametrize("person", ["registrar", "proofreader", "publisher", "head", "chief"])
def test_who_may_not_change_the_text_here_reads_it(
    at_desk: Callable[..., Client], article: Article, person: str
) -> None:
    client = at_desk(person)
    page = client.get(address(article))
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    before = article.body
    response = client.post(
        address(article), {"title": "改", "body": "<p>改</p>", "seen_version": article.version}
    )
    assert response.status_code == 403
    article.refresh_from_db()
    assert article.body == before


def test_who_reads_a_manuscript_sees_its_text_and_no_markup(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    body = "<h2>一、渡口</h2><p>船工<strong>绕绳</strong>三圈。<script>x()</script></p>"
    words = {"keywords": ["渡口", "船工"], "closing_notes": ["（作者单位：<芦滩>文化站）"]}
    article = make_article(cast, Stage.RETURNED, body=body, **words)
    page = at_desk("head").get(address(article)).content.decode()
    assert "<strong>绕绳</strong>三圈。" in page
    assert "&lt;p&gt;" not in page
    assert "x()" not in page
    assert "<div>渡口</div><div>船工</div>" in page
    assert "（作者单位：&lt;芦滩&gt;文化站）" in page


def test_a_released_text_is_closed_to_everybody(at_desk: Callable[..., Client], cast: Cast) -> None:
    article = make_article(cast, Stage.RELEASED)
    for person in ("editor", "head", "chief"):
        assert not at_desk(person).get(address(article)).context["has_change_permission"]


def test_the_stage_is_no_field_of_the_form(at_desk: Callable[..., Client], article: Article) -> None:
    client = at_desk("editor")
    data = {
        **form_of(client, article),
        "stage": "published",
        "version": "99",
        "code": "mine",
        "submitter": "1",
    }
    assert client.post(address(article), data).status_code == 302
    was = (article.stage, article.code, article.submitter)
    article.refresh_from_db()
    assert (article.stage, article.code, article.submitter) == was


def test_who_may_import_mends_an_imported_draft(at_desk: Callable[..., Client], cast: Cast) -> None:
    draft = accept_issue(small_issue(), by=cast.head).articles.get(position=1)
    client = at_desk("head")
    data = {**form_of(client, draft), "first_page": "5"}
    assert client.post(address(draft), data).status_code == 302
    draft.refresh_from_db()
    assert draft.first_page == 5


def test_a_new_manuscript_is_its_writers(at_desk: Callable[..., Client], cast: Cast) -> None:
    client = at_desk("editor")
    page = client.get(reverse("admin:articles_article_add"))
    prefix = page.context["inline_admin_formsets"][0].formset.prefix
    data = {
        "title": "编者的话",
        "body": "<p>甲</p>",
        f"{prefix}-TOTAL_FORMS": 0,
        f"{prefix}-INITIAL_FORMS": 0,
    }
    assert client.post(reverse("admin:articles_article_add"), data).status_code == 302
    made = Article.objects.get(title="编者的话")
    assert (made.submitter, made.stage, made.code) == (cast.editor, Stage.DRAFT, "bian-zhe-de-hua")


def test_the_looser_policy_stands_on_the_editors_page_alone(
    at_desk: Callable[..., Client], article: Article
) -> None:
    client = at_desk("editor")
    assert client.get(address(article)).headers["Content-Security-Policy"] == EDITOR_POLICY
    for name in ("index", "articles_article_changelist"):
        assert client.get(reverse(f"admin:{name}")).headers["Content-Security-Policy"] == POLICY


def test_the_looser_policy_still_lets_no_foreign_script_in() -> None:
    parts = dict(part.strip().split(" ", 1) for part in EDITOR_POLICY.split(";"))
    assert parts["script-src"] == parts["script-src-elem"] == "'self'"
    assert parts["script-src-attr"] == "'unsafe-inline'"
    assert parts["default-src"] == "'none'"
    assert parts["frame-ancestors"] == "'none'"


def test_the_editor_is_fenced() -> None:
    assert {"sourcearea", "iframe", "flash", "exportpdf", "filebrowser"} <= set(
        CONFIG["removePlugins"].split(",")
    )
    assert CONFIG["allowedContent"] is not True
    assert not CONFIG["entities"]
    assert not [key for key in CONFIG if key.startswith(("filebrowser", "imageUpload"))]


def test_the_editors_own_test_pages_are_not_served() -> None:
    finder = FencedFinder()
    assert finder.find("ckeditor/ckeditor/ckeditor.js")
    assert not finder.find("ckeditor/ckeditor/plugins/exportpdf/plugin.js")
    assert not [path for path, __ in finder.list([]) if "exportpdf" in path]
    assert find("vendor/ckeditor4-divarea/plugin.js")
