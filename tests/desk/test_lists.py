"""The lists of the desk remember how they were left; manuscripts are filtered, and searched by the index."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Journal
from articles.stages import IssueStage, Stage
from journal.desk import lists
from tests.factories import Cast, due_day, make_article, make_issue, make_journal, make_section

pytestmark = pytest.mark.django_db

MANUSCRIPTS = "/desk/articles/article/"
Sit = Callable[..., Client]


def shown(client: Client, query: str) -> set[Article]:
    response = client.get(f"{MANUSCRIPTS}?{query}")
    assert response.status_code == 200, response.headers.get("Location")
    return set(response.context["cl"].result_list)


def test_a_bare_visit_opens_the_list_as_it_was_left(at_desk: Sit) -> None:
    client = at_desk("editor")
    client.get(f"{MANUSCRIPTS}?stage=submitted&o=2&p=3&q=")
    assert client.get(MANUSCRIPTS).headers["Location"] == f"{MANUSCRIPTS}?stage=submitted&o=2"


def test_each_list_and_each_person_has_a_memory_of_its_own(at_desk: Sit) -> None:
    client = at_desk("editor")
    client.get(f"{MANUSCRIPTS}?stage=submitted")
    assert client.get("/desk/articles/issue/").status_code == 200
    assert at_desk("head").get(MANUSCRIPTS).status_code == 200


def test_a_link_with_a_query_wins_and_is_remembered(at_desk: Sit) -> None:
    client = at_desk("editor")
    client.get(f"{MANUSCRIPTS}?stage=submitted")
    assert client.get(f"{MANUSCRIPTS}?mine=waiting").status_code == 200
    assert client.get(MANUSCRIPTS).headers["Location"].endswith("?mine=waiting")


def test_clearing_forgets(at_desk: Sit) -> None:
    client = at_desk("editor")
    page = client.get(f"{MANUSCRIPTS}?stage=submitted").content.decode()
    assert 'href="?clear=1"' in page
    assert client.get(f"{MANUSCRIPTS}?clear=1").headers["Location"] == MANUSCRIPTS
    assert client.get(MANUSCRIPTS).status_code == 200


def test_the_link_that_takes_the_last_filter_off_does_not_bring_it_back(at_desk: Sit) -> None:
    response = at_desk("editor").get(f"{MANUSCRIPTS}?stage=submitted")
    stages = next(s for s in response.context["cl"].filter_specs if s.parameter_name == "stage")
    everything = next(iter(stages.choices(response.context["cl"])))
    assert everything["query_string"] == "?clear=1"


def test_popups_neither_see_nor_set_the_memory(at_desk: Sit) -> None:
    client = at_desk("editor")
    client.get(f"{MANUSCRIPTS}?stage=submitted")
    assert client.get(f"{MANUSCRIPTS}?_popup=1").status_code == 200
    client.get(f"{MANUSCRIPTS}?_popup=1&stage=draft")
    assert client.get(MANUSCRIPTS).headers["Location"].endswith("?stage=submitted")


def test_what_cannot_be_looked_up_is_not_remembered(at_desk: Sit) -> None:
    client = at_desk("editor")
    assert client.get(f"{MANUSCRIPTS}?nonsense__x=1").status_code == 302
    assert client.get(MANUSCRIPTS).status_code == 200


def test_several_stages_are_chosen_together(at_desk: Sit, cast: Cast) -> None:
    submitted, draft = make_article(cast, Stage.SUBMITTED), make_article(cast, submitter=cast.head)
    make_article(cast, Stage.FIRST_REVIEW)
    assert shown(at_desk("editor"), "stage=submitted,draft") == {submitted, draft}


def test_my_part_is_a_filter(at_desk: Sit, cast: Cast) -> None:
    waiting = make_article(cast, Stage.FIRST_REVIEW)
    handed = make_article(cast, Stage.SECOND_REVIEW)
    workflow.perform("assign", waiting, cast.registrar, editor=cast.editor)
    client = at_desk("editor")
    assert shown(client, "mine=waiting") == shown(client, "mine=charge") == {waiting}
    assert shown(client, "mine=handed-on") == {handed}
    assert shown(client, "mine=own") == set()


def test_overdue_is_a_filter(at_desk: Sit, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article(cast, Stage.RETURNED)
    client = at_desk("editor")
    assert (shown(client, "due=late"), shown(client, "due=week")) == (set(), {article})
    later = due_day(8)
    monkeypatch.setattr("journal.desk.list_filters.timezone.localdate", lambda: later)
    assert (shown(client, "due=late"), shown(client, "due=week")) == ({article}, set())


@pytest.mark.parametrize("words", ["2031-7", "2031年第7期", "２０３１ 7", "总第431期", "431", "2031"])
def test_an_issue_is_typed_as_people_name_it(at_desk: Sit, cast: Cast, words: str) -> None:
    issue = make_issue(cast, year=2031, number="7", serial_number=431)
    article = make_article(cast, Stage.ACCEPTED)
    make_article(cast, Stage.ACCEPTED)
    workflow.perform("place", article, cast.head, issue=issue)
    assert shown(at_desk("editor"), f"issue={words}") == {article}


@pytest.mark.parametrize(
    "query", ["issue=没有", "issue=9999", "section=x", "section=99999999999", "section=0"]
)
def test_a_filter_that_fits_nothing_shows_nothing_and_says_so(at_desk: Sit, cast: Cast, query: str) -> None:
    make_article(cast, section=make_section(), submitter=cast.head)
    client = at_desk("editor")
    assert shown(client, query) == set()
    assert 'class="nothing"' in client.get(f"{MANUSCRIPTS}?{query}").content.decode()


def test_a_section_is_a_filter(at_desk: Sit, cast: Cast) -> None:
    section = make_section()
    article = make_article(cast, section=section, submitter=cast.head)
    make_article(cast, submitter=cast.head)
    assert shown(at_desk("editor"), f"section={section.pk}") == {article}


def test_the_issue_filter_is_no_list_of_all_issues(at_desk: Sit, cast: Cast) -> None:
    for _ in range(40):
        make_issue(cast)
    page = at_desk("editor").get(MANUSCRIPTS).content.decode()
    assert page.count("<option") <= 24


@pytest.mark.parametrize("query", ["芦花", "贺苇", "绕了一圈", "2026-0007", "2026-00"])
def test_the_list_is_searched_by_the_index(at_desk: Sit, cast: Cast, query: str) -> None:
    article = make_article(cast, Stage.SUBMITTED, title="芦花开时", manuscript_number="2026-0007")
    assert article in shown(at_desk("editor"), f"q={query}")


def test_a_long_list_is_counted_only_so_far(
    at_desk: Sit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "COUNTED", 3)
    for _ in range(5):
        make_article(cast, submitter=cast.head)
    response = at_desk("editor").get(MANUSCRIPTS)
    assert response.context["cl"].result_count == 3
    assert 'class="quiet beyond"' in response.content.decode()


def test_the_days_before_delivery_are_numbers_on_the_journals_page(at_desk: Sit) -> None:
    journal = make_journal()
    client, address = at_desk("chief"), reverse("admin:articles_journal_change", args=[journal.pk])
    page = client.get(address)
    assert 'name="back_schedule"' not in page.content.decode()
    form = page.context["adminform"].form
    data = {n: form.get_initial_for_field(f, n) for n, f in form.fields.items()}
    data = {n: v for n, v in data.items() if v not in (None, False)}
    answer = client.post(address, {**data, "days_proof_1": "16", "days_accepted": ""})
    assert answer.status_code == 302
    journal = Journal.objects.get()
    assert journal.back_schedule["proof_1"] == 16
    assert "accepted" not in journal.back_schedule
    answer = client.post(address, {**data, "days_signed": "40"})
    assert answer.status_code == 200
    assert "days_signed" in answer.context["adminform"].form.errors
    assert Journal.objects.get().back_schedule == journal.back_schedule


def test_the_countdown_says_what_is_late(at_desk: Sit, cast: Cast) -> None:
    today = due_day(0)
    issue = make_issue(cast, IssueStage.CONTENTS_APPROVED, delivery_date=today + datetime.timedelta(days=10))
    work = at_desk("editor").get("/desk/").context["work"]
    assert (work.issue, work.days_left) == (issue, 10)
    late = [s.step for s in work.steps if s.late]
    assert late == ["typeset", "proof_1", "proof_2"]


def test_what_i_handed_on_says_with_whom_it_is_and_since_when(at_desk: Sit, cast: Cast) -> None:
    second = make_article(cast, Stage.SECOND_REVIEW)
    returned = make_article(cast, Stage.RETURNED)
    refused = make_article(cast, Stage.RECALLED)
    make_article(cast, Stage.FIRST_REVIEW)
    lines = {x.article: x for x in at_desk("editor").get("/desk/").context["work"].handed_on}
    assert set(lines) == {second, returned}
    assert lines[returned].with_whom == cast.contributor.get_full_name()
    assert lines[second].since == second.events.last().at
    assert refused not in {x.article for x in at_desk("registrar").get("/desk/").context["work"].handed_on}


def test_what_was_decided_long_ago_is_no_longer_listed(at_desk: Sit, cast: Cast) -> None:
    article = make_article(cast, Stage.RESERVE)
    workflow.perform("let_go", article, cast.head, reason="不用。", notice="来稿不用。")
    client = at_desk("editor")
    assert [x.article for x in client.get("/desk/").context["work"].handed_on] == [article]
    Article.objects.filter(pk=article.pk).update(updated_at=timezone.now() - datetime.timedelta(days=15))
    assert client.get("/desk/").context["work"].handed_on == []
