"""The fictional journal: whole, lawful, and never doubled."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db.models import Max, Min
from django.test import Client
from django.urls import reverse

from articles.models import Article, Event, Figure, Issue, SignOff
from journal.sample.cast import CAST
from journal.sample.content import issues

pytestmark = pytest.mark.django_db

WEEKS = datetime.timedelta(weeks=4)


def test_three_issues_are_out_with_every_article(loaded: None) -> None:
    assert Issue.objects.out().count() == 3
    printed = [issue for issue in issues() if not issue.meta.get("planning")]
    assert Article.objects.published().count() == sum(len(issue.articles) for issue in printed)


def test_the_next_issue_gives_everybody_work(loaded: None) -> None:
    people = {user.username: user for user in get_user_model().objects.all()}
    for username in ("registrar", "editor", "section", "chief"):
        assert Article.objects.awaiting(people[username]).exists(), username


def test_who_works_at_the_desk_can_enter_it_and_nobody_else(loaded: None, client: Client) -> None:
    outside = {person.username for person in CAST if person.role in {"reader", "contributor"}}
    for user in get_user_model().objects.all():
        client.force_login(user)
        answer = client.get(reverse("admin:index"))
        assert answer.status_code == (302 if user.username in outside else 200), user.username


def test_every_article_carries_three_signatures_of_three_people(loaded: None) -> None:
    for article in Article.objects.published():
        people = list(SignOff.objects.filter(article=article).values_list("person", flat=True))
        assert len(people) == len(set(people)) == 3, article


def test_every_picture_stands_in_the_text_of_its_article(loaded: None) -> None:
    for figure in Figure.objects.select_related("article"):
        assert figure.article is not None
        assert figure.image.url in figure.article.body


def test_a_second_run_adds_nothing(loaded: None) -> None:
    def counts() -> list[int]:
        return [model.objects.count() for model in (Issue, Article, Event, Figure)]

    before = counts()
    call_command("load_sample", verbosity=0)
    assert counts() == before


def test_the_record_is_whole_and_runs_forward_in_time(loaded: None) -> None:
    call_command("verify_record", stdout=io.StringIO())
    times = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)


def test_an_issue_was_reviewed_before_it_came_out(loaded: None) -> None:
    for issue in Issue.objects.out():
        signed = SignOff.objects.filter(article__issue=issue).aggregate(first=Min("at"), last=Max("at"))
        assert issue.published_at - WEEKS < signed["first"] < signed["last"] < issue.published_at


def test_the_texts_have_the_forms_of_the_trade() -> None:
    articles = [article for issue in issues() for article in issue.articles]
    have: dict[str, Any] = {
        "kicker": [a for a in articles if a.meta.get("kicker")],
        "subtitle": [a for a in articles if a.meta.get("subtitle")],
        "title on two lines": [a for a in articles if "\n" in a.meta["title"]],
        "group author": [a for a in articles if any(b["kind"] == "group" for b in a.meta["authors"])],
        "reprint": [a for a in articles if a.meta.get("source")],
        "serial": [a for a in articles if a.meta.get("series")],
        "photo story": [a for a in articles if a.meta.get("photo_story")],
        "table": [a for a in articles if "<table" in a.body],
        "footnote": [a for a in articles if 'class="footnote"' in a.body],
    }
    assert [form for form, found in have.items() if not found] == []
    assert len(have["serial"]) == 2
    assert len({a.code for a in articles}) == len(articles)
