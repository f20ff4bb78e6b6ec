"""我的待办: what waits for me, the issue being made, one search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Author, Event, Section
from articles.stages import IssueStage, Stage
from journal.intake.models import IssueImport
from journal.people.models import Registration
from tests.factories import Cast, make_article, make_issue, make_section, make_user

pytestmark = pytest.mark.django_db


def test_everybody_sees_what_waits_for_them_alone(at_desk: Callable[..., Client], cast: Cast) -> None:
    first = make_article(cast, Stage.FIRST_REVIEW)
    second = make_article(cast, Stage.SECOND_REVIEW)
    work = {p: at_desk(p).get("/desk/").context["work"].waiting for p in ("editor", "head", "chief")}
    assert work == {"editor": [first], "head": [second], "chief": []}


def test_an_import_waits_for_who_may_import(at_desk: Callable[..., Client], sent_in: IssueImport) -> None:
    assert at_desk("head").get("/desk/").context["work"].imports == [sent_in]
    assert at_desk("editor").get("/desk/").context["work"].imports == []


def test_the_issue_being_made_is_the_earliest_not_out(at_desk: Callable[..., Client], cast: Cast) -> None:
    make_issue(cast, year=2026, number="11")
    now = make_issue(cast, year=2026, number="10")
    assert at_desk("editor").get("/desk/").context["work"].issue == now
    assert at_desk("system_officer").get("/desk/").context["work"].issue is None


@pytest.mark.parametrize("query", ["芦花", "贺苇", "绕了一圈", "2026-0007"])
def test_one_search_finds_title_author_text_and_number(
    at_desk: Callable[..., Client], cast: Cast, query: str
) -> None:
    article = make_article(cast, Stage.SUBMITTED, title="芦花开时", manuscript_number="2026-0007")
    found = at_desk("editor").get("/desk/", {"q": query}).context["work"].found
    assert article in found


def test_a_search_finds_the_issue_by_its_serial_number(at_desk: Callable[..., Client], cast: Cast) -> None:
    issue = make_issue(cast, serial_number=4711)
    assert at_desk("editor").get("/desk/", {"q": "4711"}).context["work"].issues_found == [issue]


def test_a_hostile_query_is_only_words(at_desk: Callable[..., Client]) -> None:
    page = at_desk("editor").get("/desk/", {"q": "<script>x</script>'\"%"}).content.decode()
    assert "<script>x" not in page


LISTS = [
    "admin:index",
    "admin:imports",
    "admin:articles_article_changelist",
    "admin:articles_issue_changelist",
    "admin:articles_author_changelist",
    "admin:articles_section_changelist",
    "admin:articles_event_changelist",
    "admin:people_user_changelist",
]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_database_little_however_long_it_is(
    at_desk: Callable[..., Client], cast: Cast, django_assert_max_num_queries: Any, name: str
) -> None:
    section = make_section()
    for number in range(20):
        make_article(cast, Stage.FIRST_REVIEW, section=section)
        Author.objects.create(name=f"甲{number}", code=f"jia-{number}")
        Section.objects.create(name=f"栏{number}", code=f"lan-{number}")
        make_user("reader")
        IssueImport.objects.create(name="x", size=1, sha256="0" * 64, by=cast.head)
    make_issue(cast, IssueStage.TYPESET)
    assert Event.objects.count() > 40
    cast.superuser.is_staff = True
    cast.superuser.save()
    client = at_desk("superuser")
    with django_assert_max_num_queries(15):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("who", ["", "contributor"])
def test_who_comes_to_the_desk_with_a_manuscript_is_told_where_it_belongs(
    at_desk: Callable[..., Client], who: str
) -> None:
    page = at_desk(who).get(reverse("admin:login")).content.decode()
    assert f'href="{reverse("portal:home")}"' in page


@pytest.mark.parametrize(
    ("who", "rooms"),
    [
        ("system_officer", ["registrations", "sign_in", "people_user_changelist"]),
        ("security_officer", ["people_user_changelist"]),
        ("audit_officer", ["articles_event_changelist"]),
    ],
)
def test_an_officer_is_shown_what_they_look_after_and_no_manuscripts(
    at_desk: Callable[..., Client], cast: Cast, who: str, rooms: list[str]
) -> None:
    client = at_desk(who)
    answer = client.get("/desk/", {"q": "渡口"})
    page = answer.content.decode()
    assert [duty.address for duty in answer.context["work"].duties] == [
        reverse(f"admin:{room}") for room in rooms
    ]
    for duty in answer.context["work"].duties:
        assert f'<a href="{duty.address}">{duty.name}</a>' in page
        assert client.get(duty.address).status_code == 200
    assert 'role="search"' not in page
    assert 'id="waiting-title"' not in page
    assert 'id="found-title"' not in page


def test_a_request_for_an_account_is_counted_as_the_system_officers_work(
    at_desk: Callable[..., Client],
) -> None:
    Registration.objects.create(user=make_user("contributor"), confirmed_at=timezone.now())
    asked = at_desk("system_officer").get("/desk/").context["work"].duties[0]
    assert (asked.count, asked.waits) == (1, True)


def test_who_sees_manuscripts_has_the_search_and_no_list_of_duties(at_desk: Callable[..., Client]) -> None:
    page = at_desk("chief").get("/desk/").content.decode()
    assert 'role="search"' in page
    assert 'id="duties-title"' not in page
