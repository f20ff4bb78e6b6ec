"""The working draft: kept apart, one a person and manuscript, offered again, never applied by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.models import Article, CheckOut, Event, Revision, WorkingDraft
from articles.record import make_revision
from articles.stages import Stage
from tests.desk.test_articles import address, form_of
from tests.factories import Cast, make_article, make_user

pytestmark = pytest.mark.django_db

PAGE, OTHER_PAGE = "a" * 16, "b" * 16


def room(article: Article, name: str, *more: Any) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])


def asks(asked: CaptureQueriesContext) -> int:
    """How many queries, without those of every page: its session and the marks of transactions."""
    kept_alive = ("django_session", "SAVEPOINT")
    return len([q for q in asked.captured_queries if not any(word in q["sql"] for word in kept_alive)])


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW)


@pytest.fixture
def say(at_desk: Callable[..., Client], cast: Cast, article: Article) -> Callable[..., Any]:
    """What the page's script would send."""

    def send(body: str = "<p>正在写的一段。</p>", person: str = "editor", **more: Any) -> Any:
        client = more.pop("client", None) or at_desk(person)
        fields = {"title": article.title, "body": body, **more.pop("fields", {})}
        message = {
            "person": getattr(cast, person).pk,
            "page": PAGE,
            "number": 1,
            "version": article.version,
            "base": {"title": article.title, "body": article.body},
            "fields": fields,
            **more,
        }
        return client.post(room(article, "draft"), json.dumps(message), content_type="application/json")

    return send


def test_typing_is_kept_apart_from_text_history_and_record(say: Any, cast: Cast, article: Article) -> None:
    before = (article.version, article.body, Revision.objects.count(), Event.objects.count())
    answer = say()
    assert answer.status_code == 200
    assert answer.json()["saved_at"]
    article.refresh_from_db()
    assert (article.version, article.body, Revision.objects.count(), Event.objects.count()) == before
    draft = WorkingDraft.objects.get()
    assert (draft.person, draft.base_version) == (cast.editor, article.version)
    assert draft.content["fields"]["body"] == "<p>正在写的一段。</p>"


def test_a_person_has_one_draft_a_manuscript_however_long_they_type(say: Any) -> None:
    for number in range(1, 6):
        assert say(f"<p>第{number}次。</p>", number=number).status_code == 200
    assert WorkingDraft.objects.get().content["fields"]["body"] == "<p>第5次。</p>"


def test_a_message_that_comes_late_does_not_undo_a_later_one(say: Any) -> None:
    say("<p>后来的。</p>", number=7)
    assert say("<p>先前的。</p>", number=6).status_code == 200
    assert WorkingDraft.objects.get().content["fields"]["body"] == "<p>后来的。</p>"


def test_what_is_kept_is_clean(say: Any) -> None:
    say('<p onclick="x()">甲<script>x()</script></p>')
    assert WorkingDraft.objects.get().content["fields"]["body"] == "<p>甲</p>"


def test_each_person_has_their_own(say: Any, cast: Cast, article: Article) -> None:
    cast.second_editor = make_user("responsible-editor", name="程以宁")  # type: ignore[attr-defined]
    say("<p>我的。</p>")
    assert say("<p>他的。</p>", person="second_editor").status_code == 200
    assert {d.content["fields"]["body"] for d in WorkingDraft.objects.all()} == {
        "<p>我的。</p>",
        "<p>他的。</p>",
    }


@pytest.mark.parametrize("person", ["registrar", "head", "chief", "proofreader", "publisher"])
def test_who_may_not_write_keeps_nothing(say: Any, person: str) -> None:
    answer = say(person=person)
    assert answer.status_code == 403
    assert answer.json()["message"]
    assert not WorkingDraft.objects.exists()


def test_who_lost_their_role_while_typing_is_told(say: Any, cast: Cast, at_desk: Any) -> None:
    client = at_desk("editor")
    say(client=client)
    cast.editor.groups.set(Group.objects.filter(name="head-of-section"))
    answer = say("<p>再写。</p>", client=client, number=2)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-writer")
    assert WorkingDraft.objects.get().content["fields"]["body"] == "<p>正在写的一段。</p>"


def test_words_of_somebody_else_at_the_same_computer_are_not_taken(say: Any, cast: Cast) -> None:
    assert say().status_code == 200
    other = make_user("responsible-editor", name="程以宁")
    client = Client()
    client.force_login(other)
    refused = say(client=client)
    assert (refused.status_code, refused.json()["code"]) == (403, "other-person")
    assert WorkingDraft.objects.get().person == cast.editor


@pytest.mark.parametrize(
    "change",
    [
        {"page": "x"},
        {"page": None},
        {"number": "1"},
        {"number": -1},
        {"version": 2**40},
        {"fields": {"body": ["<p>甲</p>"]}},
        {"fields": {"Body!": "甲"}},
        {"base": []},
        {"over": 5},
    ],
)
def test_what_is_no_draft_is_refused_with_a_sentence(say: Any, change: dict[str, Any]) -> None:
    answer = say(**change)
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert not WorkingDraft.objects.exists()


@pytest.mark.parametrize("body", ["[]", "null", "{", '"x"', "\x00"])
def test_a_broken_message_is_refused(at_desk: Callable[..., Client], article: Article, body: str) -> None:
    answer = at_desk("editor").post(room(article, "draft"), body, content_type="application/json")
    assert answer.status_code == 422


def test_a_text_beyond_all_measure_is_refused(say: Any) -> None:
    assert say("<p>" + "长" * 1_100_000 + "</p>").status_code == 422
    assert say(fields={f"x{n}": "" for n in range(1300)}).status_code == 422
    assert say("<blockquote>" * 200 + "甲").status_code == 422
    assert not WorkingDraft.objects.exists()


def test_another_window_does_not_write_over_it(say: Any) -> None:
    say("<p>第一个窗口。</p>")
    answer = say("<p>第二个窗口。</p>", page=OTHER_PAGE)
    assert (answer.status_code, answer.json()["code"]) == (409, "other-draft")
    assert WorkingDraft.objects.get().content["fields"]["body"] == "<p>第一个窗口。</p>"
    assert say("<p>接着写。</p>", page=OTHER_PAGE, over=PAGE).status_code == 200


def test_a_draft_of_a_past_version_is_kept_and_says_where_to_compare(say: Any, article: Article) -> None:
    stored = Article.objects.get(pk=article.pk)
    stored.body = "<p>别人存的。</p>"
    stored.save()
    answer = say("<p>我写的。</p>")
    assert answer.status_code == 409
    assert answer.json()["compare"] == room(article, "mine")
    assert WorkingDraft.objects.get().content["fields"]["body"] == "<p>我写的。</p>"
    article.refresh_from_db()
    assert article.body == "<p>别人存的。</p>"


def test_the_page_offers_a_draft_and_applies_nothing(
    say: Any, at_desk: Callable[..., Client], article: Article
) -> None:
    say("<p>没存的话。</p>")
    page = at_desk("editor").get(address(article))
    assert page.context["keep"]["draft"]
    assert "没存的话。" not in page.context["adminform"].form["body"].value()
    assert WorkingDraft.objects.exists()


def test_a_draft_that_says_nothing_new_is_not_offered(
    say: Any, at_desk: Callable[..., Client], article: Article
) -> None:
    say(article.body + "\n\n")
    keep = at_desk("editor").get(address(article)).context["keep"]
    assert (keep["draft"], keep["over"]) == (None, PAGE)


def test_going_on_shows_every_field_as_typed_and_stores_nothing(
    at_desk: Callable[..., Client], article: Article, say: Any
) -> None:
    client = at_desk("editor")
    fields = form_of(client, article)
    fields["bylines-0-printed_unit"] = "写到一半的单位"
    kept = {k: str(v) for k, v in fields.items() if k not in {"seen_version", "seen_base", "keeping_page"}}
    say("<p>写到一半。</p>", fields={**kept, "title": "", "subtitle": "副", "body": "<p>写到一半。</p>"})
    page = client.post(address(article), {"_resume": "1"})
    assert page.status_code == 200
    form = page.context["adminform"].form
    assert (form["body"].value(), form["subtitle"].value()) == ("<p>写到一半。</p>", "副")
    assert "写到一半的单位" in page.content.decode()
    assert "errornote" not in page.content.decode()
    assert form["keeping_page"].value() == WorkingDraft.objects.get().content["page"] != PAGE
    article.refresh_from_db()
    assert article.subtitle == ""


def test_the_window_a_draft_was_taken_from_writes_it_no_more(
    at_desk: Callable[..., Client], article: Article, say: Any
) -> None:
    say()
    at_desk("editor").post(address(article), {"_resume": "1"})
    assert say("<p>旧窗口。</p>", number=9).json()["code"] == "other-draft"


def test_a_draft_goes_with_the_save_of_its_own_words_only(
    at_desk: Callable[..., Client], article: Article, say: Any
) -> None:
    client = at_desk("editor")
    data = form_of(client, article)
    say(page=data["keeping_page"])
    assert client.post(address(article), {**data, "body": "<p>存了。</p>"}).status_code == 302
    assert not WorkingDraft.objects.exists()
    article.refresh_from_db()
    say("<p>另一窗口没存的。</p>")
    assert client.post(address(article), form_of(client, article)).status_code == 302
    assert WorkingDraft.objects.exists()


def test_a_save_asks_little(at_desk: Callable[..., Client], article: Article, say: Any) -> None:
    client = at_desk("editor")
    data = {**form_of(client, article), "body": "<p>存了。</p>"}
    say(page=data["keeping_page"])
    with CaptureQueriesContext(connection) as asked:
        assert client.post(address(article), data).status_code == 302
    assert asks(asked) <= 20


def test_a_draft_is_thrown_away_only_when_asked(
    at_desk: Callable[..., Client], article: Article, say: Any
) -> None:
    say()
    client = at_desk("editor")
    client.post(room(article, "draft"), {"do": ""})
    assert WorkingDraft.objects.exists()
    assert client.post(room(article, "draft"), {"do": "discard"}).status_code == 302
    assert not WorkingDraft.objects.exists()


def test_nobody_reads_the_draft_of_another(
    at_desk: Callable[..., Client], article: Article, say: Any
) -> None:
    say("<p>只给自己看的话。</p>")
    for person in ("head", "chief", "registrar", "superuser"):
        client = at_desk(person)
        for page in (address(article), room(article, "mine")):
            assert "只给自己看的话" not in client.get(page, follow=True).content.decode()


def test_the_page_says_how_often_it_saves(at_desk: Callable[..., Client], article: Article) -> None:
    html = at_desk("editor").get(address(article)).content.decode()
    for attribute in ('data-pause-ms="2000"', 'data-most-ms="10000"', 'data-beat-ms="60000"'):
        assert attribute in html


def test_the_page_asks_as_little_however_long_the_history(
    at_desk: Callable[..., Client], cast: Cast, article: Article, say: Any
) -> None:
    client = at_desk("editor")
    say()
    client.get(address(article))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(article)).status_code == 200
        return asks(asked)

    few = queries()
    for _time in range(12):
        Article.objects.get(pk=article.pk).save()
        article.refresh_from_db()
        make_revision(article, "saved", cast.editor)
    WorkingDraft.objects.update(base_version=article.version)
    assert queries() == few
    assert few <= 20


# In whose hand it is.


def press(client: Client, article: Article, do: str, **more: Any) -> Any:
    return client.post(room(article, "check_out"), {"do": do}, **more)


JSON = {"headers": {"accept": "application/json"}}


def test_opening_the_page_takes_nothing(at_desk: Callable[..., Client], article: Article) -> None:
    at_desk("editor").get(address(article))
    assert not CheckOut.objects.exists()


def test_others_read_while_one_writes(at_desk: Callable[..., Client], article: Article) -> None:
    other = Client()
    other.force_login(make_user("responsible-editor", name="程以宁"))
    assert press(at_desk("editor"), article, "take", **JSON).json()["state"] == "mine"
    page = other.get(address(article))
    form = page.context["adminform"].form
    assert all(field.disabled for field in form.fields.values())
    assert 'name="_save"' not in page.content.decode()
    assert "陆小满" in page.content.decode()
    answer = press(other, article, "take", **JSON)
    assert (answer.status_code, answer.json()["state"]) == (409, "other")


def test_a_request_reaches_the_holder_with_the_next_heartbeat(
    at_desk: Callable[..., Client], article: Article
) -> None:
    holder, other = at_desk("editor"), Client()
    other.force_login(make_user("responsible-editor", name="程以宁"))
    press(holder, article, "take", **JSON)
    press(other, article, "ask", **JSON)
    assert "程以宁" in press(holder, article, "beat", **JSON).json()["html"]
    assert press(holder, article, "hand_over", **JSON).json()["state"] == "other"
    assert press(other, article, "beat", **JSON).json()["state"] == "mine"


def test_taking_over_is_told_to_the_one_it_was_taken_from(
    at_desk: Callable[..., Client], article: Article
) -> None:
    holder, other = at_desk("editor"), Client()
    other.force_login(make_user("responsible-editor", name="程以宁"))
    press(holder, article, "take", **JSON)
    assert press(other, article, "take_over").status_code == 302
    answer = press(holder, article, "beat", **JSON)
    assert (answer.status_code, answer.json()["state"]) == (200, "other")
    assert article.events.filter(action="take_over").count() == 1


def test_without_script_the_buttons_lead_back_to_the_page(
    at_desk: Callable[..., Client], article: Article
) -> None:
    client = at_desk("editor")
    for do in ("take", "release", "take_over", "nonsense"):
        response = press(client, article, do)
        assert (response.status_code, response["Location"]) == (302, address(article))


def test_who_only_reads_presses_in_vain(at_desk: Callable[..., Client], article: Article) -> None:
    for person in ("head", "proofreader", "audit_officer"):
        assert press(at_desk(person), article, "take", **JSON).status_code in {403, 404}
    assert not CheckOut.objects.exists()


def test_storing_lays_it_down_and_going_on_keeps_it(at_desk: Callable[..., Client], article: Article) -> None:
    client = at_desk("editor")
    press(client, article, "take")
    client.post(address(article), {**form_of(client, article), "_continue": "1"})
    assert CheckOut.objects.exists()
    client.post(address(article), form_of(client, article))
    assert not CheckOut.objects.exists()


# Versions.


def test_the_text_is_stored_and_kept_as_a_version_with_one_button(
    at_desk: Callable[..., Client], article: Article
) -> None:
    client = at_desk("editor")
    data = {**form_of(client, article), "body": "<p>值得留一版。</p>", "_version": "1"}
    assert client.post(address(article), data).status_code == 302
    version = article.revisions.order_by("-number").first()
    assert (version.reason, version.content["body"]) == ("saved", "<p>值得留一版。</p>")
    assert article.events.last().action == "save_version"


def test_a_version_is_compared_and_brought_back(at_desk: Callable[..., Client], article: Article) -> None:
    client = at_desk("editor")
    old = article.body
    make_revision(article, "saved", None)
    first = article.revisions.order_by("-number").first()
    client.post(address(article), {**form_of(client, article), "body": "<p>改坏了的一段。</p>"})
    page = client.get(room(article, "version", first.number))
    assert "改坏了的一段" in page.content.decode()
    article.refresh_from_db()
    answer = client.post(room(article, "version", first.number), {"version": article.version})
    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.body == old
    assert [v.reason for v in article.revisions.order_by("-number")[:2]] == ["restored", "saved"]
    assert article.revisions.order_by("-number")[1].content["body"] == "<p>改坏了的一段。</p>"


def test_bringing_back_voids_the_signatures_of_the_text_it_replaces(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    make_revision(article, "saved", None)
    first = article.revisions.order_by("-number").first()
    article.body = "<p>初审看过的。</p>"
    article.save()
    workflow.perform("pass_up", article, cast.editor, opinion="可用。", verdict="use")
    signoff = article.signoffs.get()
    assert signoff.is_valid
    client = at_desk("head")
    answer = client.post(room(article, "version", first.number), {"version": article.version})
    assert answer.status_code == 302, answer.context["refusal"]
    assert not Article.objects.get(pk=article.pk).signoffs.get().is_valid


@pytest.mark.parametrize("token", ["", "0", "x", "99999"])
def test_a_version_is_not_brought_back_from_a_stale_page(
    at_desk: Callable[..., Client], article: Article, token: str
) -> None:
    make_revision(article, "saved", None)
    number = article.revisions.order_by("-number").first().number
    article.body = "<p>新。</p>"
    article.save()
    answer = at_desk("editor").post(room(article, "version", number), {"version": token})
    assert answer.status_code == 409
    article.refresh_from_db()
    assert article.body == "<p>新。</p>"


def test_versions_are_for_who_sees_manuscripts(at_desk: Callable[..., Client], cast: Cast) -> None:
    article = make_article(cast, Stage.PUBLISHED)
    number = article.revisions.first().number
    pages = [room(article, "versions"), room(article, "version", number), room(article, "mine")]
    for page in pages:
        assert at_desk("proofreader").get(page).status_code in {200, 302}
        for person in ("audit_officer", "system_officer"):
            assert at_desk(person).get(page).status_code == 403
    assert at_desk("proofreader").post(pages[0], {"version": article.version}).status_code in {403, 409}


def test_a_version_of_another_manuscript_is_not_there(at_desk: Callable[..., Client], cast: Cast) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    assert at_desk("editor").get(room(article, "version", 9999)).status_code == 404
