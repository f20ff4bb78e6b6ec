"""Two editors, one manuscript: the second sees both texts, chooses, and nobody's words are lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.models import Article, Author, Byline, WorkingDraft
from articles.refusals import Refused
from articles.stages import Stage
from journal.desk.articles import ArticleForm
from journal.desk.three_way import Screen
from journal.desk.typed import byline_rows
from journal.security import POLICY
from tests.desk.test_articles import address, form_of
from tests.desk.test_keeping import room
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db

BASE = "<p>第一段原文，讲渡口的清晨。</p><p>第二段原文，讲船工的早饭。</p><p>第三段原文，讲对岸的集市。</p>"


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW, body=BASE, title="渡口纪事")


@pytest.fixture
def too_late(at_desk: Callable[..., Client], article: Article) -> Callable[..., Any]:
    """Send a form whose version is past; ``theirs`` is what was stored meanwhile."""

    def send(mine: dict[str, Any], theirs: dict[str, Any]) -> tuple[Client, Any]:
        client = at_desk("editor")
        data = form_of(client, article)
        store(article, theirs)
        return client, client.post(address(article), {**data, **mine})

    return send


def store(article: Article, words: dict[str, Any]) -> None:
    other = Article.objects.get(pk=article.pk)
    for name, value in words.items():
        setattr(other, name, value)
    other.save()


def changed(old: str, new: str) -> dict[str, Any]:
    return {"body": BASE.replace(old, new)}


def choose(client: Client, article: Article, **choices: str) -> Any:
    version = Article.objects.get(pk=article.pk).version
    return client.post(
        room(article, "mine"),
        {"version": version, **{k.replace("_", "-", 1): v for k, v in choices.items()}},
    )


def test_the_second_save_gets_409_and_both_texts(too_late: Any, article: Article) -> None:
    _client, answer = too_late(changed("清晨", "黄昏"), changed("清晨", "正午"))
    assert answer.status_code == 409
    screen = answer.context["screen"]
    (place,) = screen.open_places
    assert ("黄昏" in place.piece.mine, "正午" in place.piece.theirs) == (True, True)
    assert answer.headers["Content-Security-Policy"] == POLICY
    article.refresh_from_db()
    assert "正午" in article.body
    assert "黄昏" in WorkingDraft.objects.get().content["fields"]["body"]


def test_what_one_side_alone_touched_needs_no_decision(too_late: Any, article: Article) -> None:
    client, answer = too_late(changed("清晨", "黄昏"), changed("集市", "戏台"))
    assert answer.context["screen"].open == []
    assert choose(client, article).status_code == 302
    article.refresh_from_db()
    assert article.body == BASE.replace("清晨", "黄昏").replace("集市", "戏台")
    assert not WorkingDraft.objects.exists()


@pytest.mark.parametrize(
    ("choice", "words"),
    [("mine", ["黄昏"]), ("theirs", ["正午"]), ("both", ["黄昏", "正午"])],
)
def test_a_conflict_is_stored_as_chosen(
    too_late: Any, article: Article, choice: str, words: list[str]
) -> None:
    client, answer = too_late(changed("清晨", "黄昏"), changed("清晨", "正午"))
    (place,) = answer.context["screen"].open_places
    assert choose(client, article, **{place.name.replace("-", "_"): choice}).status_code == 302
    article.refresh_from_db()
    assert [word for word in ("黄昏", "正午") if word in article.body] == words


def test_nothing_is_stored_while_a_conflict_is_open(too_late: Any, article: Article) -> None:
    client, _answer = too_late(
        {**changed("清晨", "黄昏"), "title": "我的题目"}, {**changed("清晨", "正午"), "title": "他的题目"}
    )
    answer = choose(client, article, field_title="mine")
    assert answer.status_code == 422
    assert [item.missing for item in answer.context["screen"].open] == [False, True]
    article.refresh_from_db()
    assert (article.title, "正午" in article.body) == ("他的题目", True)
    assert WorkingDraft.objects.exists()


def test_fields_are_chosen_one_by_one(too_late: Any, article: Article) -> None:
    client, answer = too_late(
        {"title": "我的题目", "subtitle": "我的副题", "source": "同一来源"},
        {"title": "他的题目", "abstract": "他的提要", "source": "同一来源"},
    )
    states = {field.name: field.state for field in answer.context["screen"].fields}
    assert states == {"title": "conflict", "subtitle": "mine", "abstract": "theirs"}
    assert choose(client, article, field_title="mine", field_abstract="theirs").status_code == 302
    article.refresh_from_db()
    assert (article.title, article.subtitle, article.abstract) == ("我的题目", "我的副题", "他的提要")


def test_a_third_change_in_between_is_not_overwritten_either(too_late: Any, article: Article) -> None:
    client, _answer = too_late(changed("清晨", "黄昏"), changed("集市", "戏台"))
    version = Article.objects.get(pk=article.pk).version
    store(article, changed("早饭", "午饭"))
    answer = client.post(room(article, "mine"), {"version": version})
    assert answer.status_code == 409
    assert "黄昏" not in Article.objects.get(pk=article.pk).body
    assert choose(client, article).status_code == 302
    assert Article.objects.get(pk=article.pk).body == BASE.replace("清晨", "黄昏").replace("早饭", "午饭")


def test_bylines_changed_by_both_are_chosen_as_a_whole(
    at_desk: Callable[..., Client], article: Article
) -> None:
    client = at_desk("editor")
    data = {**form_of(client, article), "bylines-0-printed_unit": "我改的单位"}
    author = Author.objects.create(name="新来的", code="xin-lai-de")
    Byline.objects.create(article=article, author=author, position=2)
    store(article, {})
    answer = client.post(address(article), data)
    (field,) = answer.context["screen"].fields
    assert (field.name, field.state) == ("bylines", "conflict")
    assert choose(client, article, field_bylines="mine").status_code == 302
    assert [row["printed_unit"] for row in byline_rows(article)] == ["我改的单位"]


def test_bylines_only_they_changed_stay_theirs(at_desk: Callable[..., Client], article: Article) -> None:
    client = at_desk("editor")
    data = {**form_of(client, article), "subtitle": "我的副题"}
    Byline.objects.filter(article=article).update(printed_unit="他改的单位")
    author = Author.objects.create(name="新来的", code="xin-lai-de")
    Byline.objects.create(article=article, author=author, position=2)
    store(article, {})
    client.post(address(article), data)
    assert choose(client, article).status_code == 302
    assert [row["printed_unit"] for row in byline_rows(article)] == ["他改的单位", ""]
    article.refresh_from_db()
    assert article.subtitle == "我的副题"


def test_without_the_text_it_began_with_every_difference_is_a_conflict(
    too_late: Any, article: Article
) -> None:
    _client, answer = too_late({**changed("清晨", "黄昏"), "seen_base": "{"}, {"subtitle": "他的副题"})
    assert answer.status_code == 409
    assert answer.context["screen"].open


def test_a_page_that_only_carried_an_old_version_loses_nothing(too_late: Any, article: Article) -> None:
    client, answer = too_late({}, changed("清晨", "正午"))
    assert answer.status_code == 409
    assert choose(client, article).status_code == 302
    article.refresh_from_db()
    assert article.body == BASE.replace("清晨", "正午")


def test_two_saves_at_the_same_moment_open_the_comparison_too(
    at_desk: Callable[..., Client], article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form was still current when it was checked; the row was not when it was written."""
    client = at_desk("editor")
    data = {**form_of(client, article), **changed("清晨", "黄昏")}
    real = ArticleForm.clean
    done: list[bool] = []

    def meanwhile(form: Any) -> Any:
        result = real(form)
        if not done:
            done.append(True)
            store(article, changed("清晨", "正午"))
        return result

    monkeypatch.setattr(ArticleForm, "clean", meanwhile)
    answer = client.post(address(article), data)
    assert answer.status_code == 409
    assert "黄昏" in WorkingDraft.objects.get().content["fields"]["body"]


def test_the_comparison_of_a_draft_is_open_before_anything_is_stale(
    at_desk: Callable[..., Client], article: Article, cast: Cast
) -> None:
    WorkingDraft.objects.create(
        article=article,
        person=cast.editor,
        base_version=article.version,
        base={"body": BASE},
        content={"page": "c" * 16, "number": 1, "fields": changed("清晨", "黄昏")},
    )
    page = at_desk("editor").get(room(article, "mine"))
    assert page.status_code == 200
    assert [place.state for place in page.context["screen"].changed_places] == ["mine"]


def test_who_may_no_longer_write_reads_what_they_typed(too_late: Any, article: Article) -> None:
    client, _answer = too_late(changed("清晨", "黄昏"), changed("集市", "戏台"))
    fresh = Article.objects.get(pk=article.pk)
    workflow.perform("pass_up", fresh, WorkingDraft.objects.get().person, opinion="可。", verdict="use")
    page = client.get(room(article, "mine"))
    assert "黄昏" in page.content.decode()
    assert 'name="place-' not in page.content.decode()
    assert choose(client, article).status_code == 403


PARAGRAPHS = st.lists(st.sampled_from(["甲", "乙", "丙", "丁", "戊"]), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(base=PARAGRAPHS, mine=PARAGRAPHS, theirs=PARAGRAPHS)
def test_whatever_is_chosen_every_chosen_word_is_stored(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    """Choosing "both" everywhere keeps every paragraph of either side; an open conflict stores nothing."""

    def html(words: list[str]) -> str:
        return "".join(f"<p>{word}{n}段</p>" for n, word in enumerate(words))

    article = Article(title="题", body=html(theirs), code="x", version=3)
    fields = {"title": "题", "body": html(mine)}
    draft = WorkingDraft(
        article=article, base_version=1, base={"title": "题", "body": html(base)}, content={"fields": fields}
    )
    screen = Screen(article, draft, Bare(instance=article))
    if screen.open:
        with pytest.raises(Refused):
            screen.decide({})
    chosen = {place.name: "both" if "both" in place.options else "mine" for place in screen.open_places}
    screen.decide(chosen)
    stored = screen.body()
    for place in screen.open_places:
        if place.chosen == "both":
            assert place.piece.mine.strip() in stored
            assert place.piece.theirs.strip() in stored
    for place in screen.changed_places:
        if place.state in {"mine", "theirs"}:
            assert getattr(place.piece, place.state).strip() in stored


class Bare(ArticleForm):
    """The form without what needs a database."""

    class Meta(ArticleForm.Meta):
        fields = ["title", "body"]
