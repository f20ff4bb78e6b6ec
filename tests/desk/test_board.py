"""The board's screen: who sees it, who moves on it, what a refusal and a quicker colleague look like."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.board import doing
from articles.board.changes import Change
from articles.models import Article, Issue, MastheadLine
from articles.stages import IssueStage, Stage
from tests.factories import Cast, make_article, make_issue, make_section

pytestmark = pytest.mark.django_db
Sit = Callable[..., Client]
FRAGMENT = {"HTTP_X_BOARD": "1"}


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """Three articles on the pages 3–4, 5–8 and 9 of twelve."""
    found = make_issue(cast, page_count=12)
    for number, (first, last) in enumerate(((3, 4), (5, 8), (9, 9)), 1):
        article = make_article(cast, Stage.ACCEPTED, title=f"第{number}篇文章")
        workflow.perform("place", article, cast.head, issue=found, first_page=first, last_page=last)
    return found


def address(issue: Issue, end: str = "") -> str:
    return reverse(f"admin:articles_issue_board{end}", args=[issue.pk])


def text_of(client: Client, issue: Issue, query: str = "") -> str:
    answer = client.get(address(issue) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def token(client: Client, issue: Issue) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', text_of(client, issue))
    assert found
    return found[1]


def do(client: Client, issue: Issue, what: str, **fields: Any) -> Any:
    words = {"seen": fields.pop("seen", None) or token(client, issue), "do": what, **fields}
    return client.post(address(issue, "_do"), words, **fields.pop("headers", {}))


def places(issue: Issue) -> list[tuple[str, int | None, int | None]]:
    rows = issue.articles.order_by("position").values_list("title", "first_page", "last_page")
    return list(rows)


def article(issue: Issue, number: int) -> Article:
    return issue.articles.get(title=f"第{number}篇文章")


def test_a_move_without_the_script_comes_back_to_the_board_and_says_what_happened(
    at_desk: Sit, issue: Issue
) -> None:
    client, third = at_desk("head"), article(issue, 3)
    answer = do(client, issue, "up", article=third.pk, view="flatplan")
    assert answer.status_code == 302
    assert answer.url == f"{address(issue)}?view=flatplan#a-{third.pk}"
    assert places(issue) == [("第1篇文章", 3, 4), ("第3篇文章", 5, 5), ("第2篇文章", 6, 9)]
    assert "第3篇文章" in client.get(answer.url).content.decode().partition("messagelist")[2][:300]


def test_the_record_of_the_issue_says_what_was_moved_where(at_desk: Sit, issue: Issue) -> None:
    client = at_desk("head")
    do(client, issue, "up", article=article(issue, 3).pk)
    page = client.get(reverse("admin:articles_issue_change", args=[issue.pk])).content.decode()
    assert "第3篇文章》现排第5页" in page.partition('id="record-title"')[2][:400]


def test_a_move_with_the_script_brings_the_board_alone(at_desk: Sit, issue: Issue) -> None:
    client = at_desk("head")
    words = {"seen": token(client, issue), "do": "page", "article": article(issue, 3).pk, "page": "12"}
    answer = client.post(address(issue, "_do"), words, **FRAGMENT)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.lstrip().startswith('<div id="board"')
    assert "data-said=" in text
    assert "第3篇文章" in text.partition("data-said=")[2][:60]
    assert places(issue)[2] == ("第3篇文章", 12, 12)


@pytest.mark.parametrize("who", ["editor", "chief", "proofreader", "publisher", "registrar"])
def test_who_does_not_assemble_the_issue_sees_the_board_and_moves_nothing(
    at_desk: Sit, issue: Issue, who: str
) -> None:
    client, before = at_desk(who), places(issue)
    text = text_of(client, issue)
    assert "第1篇文章" in text
    assert address(issue, "_do") not in text
    answer = do(client, issue, "up", article=article(issue, 3).pk, seen="1.1.x")
    assert (answer.status_code, places(issue)) == (403, before)


def test_nothing_is_moved_on_the_board_of_a_signed_issue(at_desk: Sit, cast: Cast) -> None:
    signed = make_issue(cast, IssueStage.SIGNED)
    client = at_desk("head")
    assert address(signed, "_do") not in text_of(client, signed)
    first = signed.articles.first()
    assert first is not None
    seen = str(doing.Seen.of(signed, doing.stand_of(signed).arrangement))
    assert do(client, signed, "down", article=first.pk, seen=seen).status_code == 409


def test_who_was_slower_sees_the_new_board_who_did_what_and_the_same_move_once_more(
    at_desk: Sit, issue: Issue
) -> None:
    other = Cast().head
    client, third = at_desk("head"), article(issue, 3)
    seen = token(client, issue)
    doing.arrange(issue, other, Change("down", article(issue, 1).pk))
    answer = do(client, issue, "page", article=third.pk, page=12, seen=seen)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert places(issue)[0] == ("第2篇文章", 3, 6)
    refused = text.partition('id="board-refused"')[2].partition("</div>")[0]
    assert other.name in refused
    assert "第1篇文章" in refused
    again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', refused))
    assert (again["do"], again["article"], again["page"]) == ("page", str(third.pk), "12")
    again.pop("csrfmiddlewaretoken", None)
    assert client.post(address(issue, "_do"), again).status_code == 302
    assert ("第3篇文章", 12, 12) in places(issue)


def test_what_a_colleague_placed_is_told_once(at_desk: Sit, cast: Cast, issue: Issue) -> None:
    other = Cast().head
    client, waiting = at_desk("head"), make_article(cast, Stage.ACCEPTED, title="新编入的一篇")
    seen = token(client, issue)
    doing.place(issue, waiting, other)
    answer = do(client, issue, "down", article=article(issue, 1).pk, seen=seen)
    assert answer.status_code == 409
    refused = answer.content.decode().partition('id="board-refused"')[2].partition("</ul>")[0]
    assert refused.count(other.name) == 2  # in the sentence of the refusal and in one line
    assert refused.count("新编入的一篇") == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"do": "page", "page": "0"}, 422),
        ({"do": "page", "page": "13"}, 422),
        ({"do": "page", "page": "第五"}, 422),
        ({"do": "length", "pages": "999"}, 422),
        ({"do": "up", "article": "99999999"}, 422),
        ({"do": "before", "other": ""}, 422),
        ({"do": "fix", "page": "11", "words": ""}, 422),
        ({"do": "fix", "page": "11", "words": "长" * 31}, 422),
        ({"do": "take_out", "reason": " "}, 422),
        ({"do": "explode"}, 422),
        ({"do": "place", "article": ""}, 422),
        ({"do": "place", "page": "11"}, 409),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_sentence_and_changes_nothing(
    at_desk: Sit, issue: Issue, fields: dict[str, str], status: int
) -> None:
    client, before, events = at_desk("head"), places(issue), issue.events.count()
    words = {"article": str(article(issue, 3).pk), **fields}
    answer = do(client, issue, words.pop("do"), **words)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert (places(issue), issue.events.count()) == (before, events)


def test_the_steps_of_the_issue_do_not_move_anything_on_the_board(at_desk: Sit, issue: Issue) -> None:
    client, before = at_desk("head"), places(issue)
    words = {"action": "arrange", "arrange": "up", "version": issue.version}
    answer = client.post(reverse("admin:articles_issue_act", args=[issue.pk]), words)
    assert (answer.status_code, places(issue)) == (422, before)


def test_a_manuscript_goes_from_the_pool_to_its_page_and_back_with_a_reason(
    at_desk: Sit, cast: Cast, issue: Issue
) -> None:
    client, waiting = at_desk("head"), make_article(cast, Stage.ACCEPTED, title="池中的稿件")
    assert "池中的稿件" in text_of(client, issue)
    assert do(client, issue, "place", article=waiting.pk, page=5).status_code == 302
    assert places(issue)[1] == ("池中的稿件", 5, 5)
    assert do(client, issue, "take_out", article=waiting.pk, reason="作者要求缓发。").status_code == 302
    waiting.refresh_from_db()
    assert (waiting.stage, waiting.issue) == (Stage.ACCEPTED, None)
    assert do(client, issue, "undo").status_code == 302
    assert places(issue)[1] == ("池中的稿件", 5, 5)


def test_the_pool_is_searched_and_filtered(at_desk: Sit, cast: Cast, issue: Issue) -> None:
    section = make_section("地方记忆", "memory")
    make_article(cast, Stage.ACCEPTED, title="水井普查", section=section)
    make_article(cast, Stage.ACCEPTED, title="竹笛")
    client = at_desk("head")
    for query, found in (
        ("?q=水井", {"水井普查"}),
        (f"?section={section.pk}", {"水井普查"}),
        ("?q=无此", set()),
    ):
        pool = text_of(client, issue, query).partition('id="pool"')[2].partition("</section>")[0]
        assert {title for title in ("水井普查", "竹笛") if title in pool} == found, query


def test_the_budget_says_what_is_placed_and_each_problem_leads_to_its_place(
    at_desk: Sit, issue: Issue
) -> None:
    client = at_desk("head")
    do(client, issue, "page", article=article(issue, 3).pk, page=11)
    text = text_of(client, issue)
    assert '<a href="?view=flatplan#page-9">' in text
    assert '<a href="?view=flatplan#page-12">' in text
    budget = client.get(address(issue)).context["board"].budget
    assert (budget.placed, budget.front, budget.empty_count, budget.over) == (7, 2, 3, 0)
    do(client, issue, "length", article=article(issue, 3).pk, pages=4)
    budget = client.get(address(issue)).context["board"].budget
    assert (budget.empty_count, budget.over) == (2, 2)


def test_the_flatplan_draws_every_page_once_and_an_overlap_where_it_is(at_desk: Sit, issue: Issue) -> None:
    client = at_desk("head")
    do(client, issue, "lock", article=article(issue, 2).pk)
    do(client, issue, "length", article=article(issue, 1).pk, pages=4)
    text = text_of(client, issue, "?view=flatplan")
    assert re.findall(r'id="page-(\d+)"', text) == [str(n) for n in range(1, 13)]
    states = dict(re.findall(r'id="page-(\d+)" data-page="\d+" data-state="(\w+)"', text))
    assert {n for n, state in states.items() if state == "overlap"} == {"5", "6"}
    assert states["1"] == "front"
    assert states["12"] == "empty"


def test_the_stages_show_who_has_signed_which_proof(at_desk: Sit, cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.READING)
    columns = at_desk("head").get(address(issue) + "?view=stages").context["columns"]
    assert [len(rows) for _name, rows in columns] == [0, 0, 0, 0, 2]


def test_an_empty_issue_offers_the_structure_of_the_last_one(at_desk: Sit, cast: Cast) -> None:
    last = make_issue(cast, page_count=64)
    MastheadLine.objects.create(issue=last, label="主编", values=["沈望川"])
    issue = make_issue(cast)
    client = at_desk("head")
    assert 'id="board-copy"' in text_of(client, issue)
    assert do(client, issue, "copy").status_code == 302
    issue.refresh_from_db()
    assert (issue.page_count, issue.masthead.count()) == (64, 1)


@pytest.mark.parametrize("what", ["masthead", "named page", "article", "no earlier issue", "approved"])
def test_the_structure_is_offered_only_where_it_would_be_taken(at_desk: Sit, cast: Cast, what: str) -> None:
    if what != "no earlier issue":
        make_issue(cast, page_count=64)
    issue = make_issue(cast, IssueStage.CONTENTS_APPROVED if what == "approved" else IssueStage.PLANNING)
    if what == "masthead":
        MastheadLine.objects.create(issue=issue, label="主编", values=["沈望川"])
    elif what == "named page":
        Issue.objects.filter(pk=issue.pk).update(fixed_pages={"2": "目录"})
    elif what == "article":
        workflow.perform("place", make_article(cast, Stage.ACCEPTED), cast.head, issue=issue)
    assert 'id="board-copy"' not in text_of(at_desk("head"), issue)


def test_the_board_is_reached_from_the_issue(at_desk: Sit, issue: Issue) -> None:
    page = at_desk("head").get(reverse("admin:articles_issue_change", args=[issue.pk])).content.decode()
    assert f'href="{address(issue)}"' in page


def test_the_board_asks_the_same_for_fifteen_articles_and_for_sixty(at_desk: Sit, cast: Cast) -> None:
    issue = make_issue(cast, page_count=120)
    client = at_desk("head")
    views = ("contents", "flatplan", "stages")

    def fill(until: int) -> None:
        for number in range(issue.articles.count(), until):
            draft = make_article(cast, submitter=None)
            workflow.record_as_printed(draft, issue, actor_name="test", first_page=number * 2 + 1)
        make_article(cast, Stage.ACCEPTED)

    def asked(view: str) -> int:
        client.get(address(issue) + f"?view={view}")
        with CaptureQueriesContext(connection) as queries:
            client.get(address(issue) + f"?view={view}")
        return len(queries)

    fill(15)
    few = {view: asked(view) for view in views}
    fill(60)
    assert {view: asked(view) for view in views} == few
    assert max(few.values()) <= 20
