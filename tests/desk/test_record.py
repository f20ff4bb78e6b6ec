"""The record at the desk: who watches over it can verify and export it, and reads no manuscript by that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles import record_guard
from articles.models import Article, Event, RecordHead
from articles.record_chain import GENESIS, canonical_json
from articles.workflow import Stage
from journal.desk import record_views
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db

Sit = Callable[..., Client]


@pytest.fixture
def article(cast: Cast) -> Article:
    found = make_article(cast, Stage.SECOND_REVIEW, title="不许泄露的题目")
    connection.check_constraints()
    return found


def verify(client: Client) -> Any:
    return client.post(reverse("admin:record_verify"))


def lines(client: Client, **query: str) -> list[dict[str, Any]]:
    response = client.get(reverse("admin:record_export"), query)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return [json.loads(line) for line in response.getvalue().decode().splitlines()]


def test_the_list_shows_the_head_of_the_chain(at_desk: Sit, article: Article) -> None:
    shown = at_desk("audit_officer").get(reverse("admin:articles_event_changelist")).content.decode()
    assert RecordHead.objects.get().last_hash in shown
    assert reverse("admin:record_verify") in shown


def test_the_officer_reads_numbers_and_no_title_in_pinyin(at_desk: Sit, article: Article) -> None:
    number = str(article.manuscript_number)
    officer, list_of = at_desk("audit_officer"), reverse("admin:articles_event_changelist")
    event = Event.objects.filter(article=article).latest("pk")
    one = reverse("admin:articles_event_change", args=[event.pk])
    for address in (list_of, f"{list_of}?q={number}", one):
        shown = officer.get(address).content.decode()
        assert number in shown
        assert article.code not in shown
    found = officer.get(list_of, {"q": article.code}).context["cl"].result_count
    assert found == 0


def test_the_audit_officer_verifies_the_record(at_desk: Sit, article: Article) -> None:
    response = verify(at_desk("audit_officer"))
    head = RecordHead.objects.get()
    assert response.context["findings"] == []
    assert f"{head.count}:{head.last_hash}" in response.content.decode()


def test_a_change_behind_the_record_s_back_is_named(at_desk: Sit, article: Article) -> None:
    record_guard.take_down()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_event SET actor_name = '别人' WHERE sequence = 2")
    response = verify(at_desk("audit_officer"))
    assert 2 in [finding.sequence for finding in response.context["findings"]]
    assert "不许泄露" not in response.content.decode()


def test_a_long_record_is_verified_from_its_newer_part_on(
    at_desk: Sit, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_views, "MOST_EVENTS", 3)
    response = verify(at_desk("audit_officer"))
    assert response.context["walk"].count == 3
    assert response.context["findings"] == []
    assert response.context["first"] == Event.objects.count() - 2


def test_many_findings_are_shown_in_part(
    at_desk: Sit, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_views, "MOST_FINDINGS", 2)
    record_guard.take_down()
    response = verify(at_desk("audit_officer"))
    assert len(response.context["findings"]) == 2
    assert "verify_record" in response.content.decode()


def test_the_officer_s_export_can_be_checked_but_holds_no_words(at_desk: Sit, article: Article) -> None:
    exported = lines(at_desk("audit_officer"))
    assert len(exported) == Event.objects.count()
    previous = GENESIS
    for line in exported:
        assert not line.keys() & {"note", "data"}
        stated = line.pop("hash")
        assert line["previous_hash"] == previous
        assert hashlib.sha256(canonical_json(line).encode()).hexdigest() == stated
        previous = stated
    assert {line["note"] for line in lines(at_desk("chief"))} >= set(
        Event.objects.values_list("note", flat=True)
    )


def test_what_happened_to_accounts_is_told_to_the_officer(at_desk: Sit, cast: Cast) -> None:
    Event.objects.create(action="told", actor_name="x", account=cast.reader, data={"role": "reader"})
    assert lines(at_desk("audit_officer"))[-1]["data"] == {"role": "reader"}


def test_the_export_begins_on_a_day(at_desk: Sit, article: Article) -> None:
    assert lines(at_desk("chief"), since="2999-01-01") == []
    assert at_desk("chief").get(reverse("admin:record_export"), {"since": "morgen"}).status_code == 422


def test_too_long_an_export_is_refused(
    at_desk: Sit, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_views, "MOST_EVENTS", 1)
    response = at_desk("chief").get(reverse("admin:record_export"))
    assert response.status_code == 422
    assert "export_record" in response.content.decode()


def test_who_may_not_see_the_record_neither_verifies_nor_exports(at_desk: Sit, article: Article) -> None:
    for person in ("editor", "system_officer", "security_officer"):
        assert verify(at_desk(person)).status_code == 403
        assert at_desk(person).get(reverse("admin:record_export")).status_code == 403
    strict = at_desk("audit_officer", enforce_csrf_checks=True)
    assert verify(strict).status_code == 403
    assert strict.get(reverse("admin:record_verify")).status_code == 405
