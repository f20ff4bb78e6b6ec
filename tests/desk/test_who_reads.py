"""Who may read an issue is decided on the screen of publication, with a reason, by the chief editor."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Event, Issue
from articles.models.journal import Visibility
from tests.desk.test_publishing import AtDesk, act, page, text
from tests.factories import Cast, make_journal, printed_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(cast: Cast) -> Issue:
    make_journal(name="澜江", publication_type="serial")
    return printed_issue(cast, 1, year=2025, number="3")


def decide(client: Any, issue: Issue, visibility: str, reason: str = "主办单位来函", **words: Any) -> Any:
    return act(client, issue, "decide_who_reads", visibility=visibility, reason=reason, **words)


def test_three_answers_are_offered_and_the_one_that_holds_is_chosen(at_desk: AtDesk, issue: Issue) -> None:
    shown = text(page(at_desk("chief"), issue))
    for visibility in Visibility:
        assert f'value="{visibility.value}"' in shown
    assert shown.count(" checked") == 1
    assert gettext("as the publication type says") in shown
    assert gettext("The chief editor decides this.") in text(page(at_desk("publisher"), issue))


@pytest.mark.parametrize("visibility", ["members", "inside"])
def test_a_decision_is_recorded_with_its_reason(at_desk: AtDesk, issue: Issue, visibility: str) -> None:
    client = at_desk("chief")
    assert decide(client, issue, visibility).status_code == 302
    event = Event.objects.filter(issue=issue).last()
    assert event is not None
    assert (event.note, event.data["visibility"]) == (
        "主办单位来函",
        {"before": "public", "after": visibility},
    )
    assert gettext("decided for this issue") in text(page(client, issue))


def test_without_answer_or_reason_nothing_changes_and_what_was_typed_is_kept(
    at_desk: AtDesk, issue: Issue
) -> None:
    client = at_desk("chief")
    for visibility, reason, kept in (
        ("inside", "", 'value="inside"'),
        ("", "来函", "来函"),
        ("all", "来函", "来函"),
    ):
        answer = decide(client, issue, visibility, reason)
        assert (answer.status_code, kept in text(answer)) == (422, True)
    assert decide(client, issue, "public").status_code == 409  # it is already
    assert decide(client, issue, "inside", version=1).status_code == 409
    issue.refresh_from_db()
    assert issue.visibility == ""


def test_nobody_else_decides(at_desk: AtDesk, issue: Issue) -> None:
    for role in ("editor", "head", "publisher", "registrar"):
        assert decide(at_desk(role), issue, "inside").status_code == 403, role
    issue.refresh_from_db()
    assert issue.effective_visibility == "public"


def test_the_screen_says_when_no_inside_network_is_set(at_desk: AtDesk, issue: Issue, settings: Any) -> None:
    client, warning = (
        at_desk("chief"),
        gettext("No inside network is set on this server: only the office would read it."),
    )
    settings.INSIDE_NETWORKS = []
    assert warning in text(page(client, issue))
    settings.INSIDE_NETWORKS = [ip_network("10.0.0.0/8")]
    assert warning not in text(page(client, issue))


def test_the_issue_s_own_page_leaves_the_decision_to_this_screen(at_desk: AtDesk, issue: Issue) -> None:
    shown = text(at_desk("chief").get(reverse("admin:articles_issue_change", args=[issue.pk])))
    assert 'value="keep_inside"' not in shown
    assert reverse("admin:articles_issue_publishing", args=[issue.pk]) in shown
