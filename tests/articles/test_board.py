"""The issue board below its screen: how articles flow, what is refused, who may, how it is undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles import press, workflow
from articles.board import doing
from articles.board.changes import DEEDS, Change, Stand, apply
from articles.board.doing import Seen
from articles.board.keeping import stand_of
from articles.board.layout import Arrangement, Place
from articles.models import Article, Issue, MastheadLine, Section
from articles.refusals import Refused
from articles.stages import IssueStage, Stage
from tests.factories import Cast, make_article, make_issue

Pages = list[tuple[int, int]]


def stand(
    *pages: tuple[int, int], fixed: dict[int, str] | None = None, locked: set[int] = frozenset()
) -> Stand:
    """Articles 1, 2, 3 … on these pages of an issue of 48."""
    places = [Place(n, first, last, n in locked) for n, (first, last) in enumerate(pages, 1)]
    return Stand(
        Arrangement(tuple(places), fixed or {}), 48, {n: f"第{n}篇" for n in range(1, len(pages) + 1)}
    )


def shown(arrangement: Arrangement) -> dict[int, tuple[int | None, int | None]]:
    return {place.key: (place.first, place.last) for place in arrangement.places}


def after(board: Stand, do: str, article: int | None = None, **words: Any) -> dict[int, Any]:
    return shown(apply(Change(do, article, **words), board))


def refused(board: Stand, do: str, article: int | None = None, **words: Any) -> Refused:
    with pytest.raises(Refused) as found:
        apply(Change(do, article, **words), board)
    return found.value


@pytest.mark.database_free
class TestFlow:
    def test_an_article_moved_up_takes_the_pages_and_the_others_follow(self) -> None:
        board = stand((3, 6), (7, 8), (9, 14))
        assert after(board, "up", 3) == {1: (3, 6), 3: (7, 12), 2: (13, 14)}
        assert after(board, "before", 3, other=1) == {3: (3, 8), 1: (9, 12), 2: (13, 14)}

    def test_the_pages_of_the_contents_stay_before_whatever_comes_first(self) -> None:
        assert after(stand((3, 6), (7, 8)), "down", 1) == {2: (3, 4), 1: (5, 8)}

    def test_a_locked_article_stays_and_the_others_flow_round_it(self) -> None:
        board = stand((1, 4), (5, 8), (9, 10), (11, 14), locked={3})
        assert after(board, "before", 4, other=1) == {4: (1, 4), 1: (5, 8), 3: (9, 10), 2: (11, 14)}

    def test_a_text_too_long_for_the_place_before_a_locked_one_runs_into_it(self) -> None:
        board = stand((1, 4), (5, 8), (9, 12), locked={2})
        assert after(board, "length", 1, pages=6) == {1: (1, 6), 2: (5, 8), 3: (9, 12)}

    def test_an_article_begins_on_the_page_it_is_moved_to(self) -> None:
        board = stand((1, 4), (5, 8), (9, 12))
        assert after(board, "page", 3, page=5) == {1: (1, 4), 3: (5, 8), 2: (9, 12)}
        assert after(board, "page", 3, page=20) == {1: (1, 4), 2: (5, 8), 3: (20, 23)}

    def test_an_article_moved_into_free_pages_pushes_nobody_it_leaves_room_for(self) -> None:
        board = stand((1, 4), (9, 12), (13, 14))
        assert after(board, "page", 3, page=6) == {1: (1, 4), 3: (6, 7), 2: (9, 12)}

    def test_free_pages_are_filled_before_anything_is_pushed(self) -> None:
        board = stand((1, 4), (9, 12), (13, 15))
        assert after(board, "before", 3, other=2) == {1: (1, 4), 3: (5, 7), 2: (9, 12)}
        assert after(board, "length", 1, pages=6) == {1: (1, 6), 2: (9, 12), 3: (13, 15)}

    def test_a_text_goes_on_behind_a_named_page_in_it(self) -> None:
        board = stand((1, 4), (5, 8))
        assert after(board, "fix", page=3, words="公益广告") == {1: (1, 5), 2: (6, 9)}
        board = stand((1, 5), (6, 9), fixed={3: "公益广告"})
        assert after(board, "clear", page=3) == {1: (1, 4), 2: (5, 8)}

    def test_a_page_named_before_the_first_article_moves_nobody(self) -> None:
        assert after(stand((3, 6), (7, 8)), "fix", page=1, words="目录") == {1: (3, 6), 2: (7, 8)}

    def test_two_that_share_a_page_go_on_sharing_it(self) -> None:
        board = stand((1, 4), (5, 6), (6, 7), (8, 9))
        assert after(board, "up", 2) == {2: (1, 2), 1: (3, 6), 3: (7, 8), 4: (9, 10)}
        assert after(board, "down", 1) == {2: (1, 2), 1: (3, 6), 3: (7, 8), 4: (9, 10)}
        assert after(board, "up", 4) == {1: (1, 4), 2: (5, 6), 4: (7, 8), 3: (9, 10)}
        assert after(board, "length", 1, pages=5) == {1: (1, 5), 2: (6, 7), 3: (7, 8), 4: (9, 10)}
        assert after(board, "unshare", 3) == {1: (1, 4), 2: (5, 6), 3: (7, 8), 4: (9, 10)}
        assert after(stand((1, 4), (5, 6)), "share", 2) == {1: (1, 4), 2: (4, 5)}

    def test_sections_are_sorted_and_their_articles_keep_their_order(self) -> None:
        board = stand((1, 2), (3, 4), (5, 6), (7, 8))
        ranks = {1: 1, 2: 0, 3: 1, 4: 0}
        assert list(after(Stand(board.arrangement, 48, {}, ranks), "sort")) == [2, 4, 1, 3]

    def test_free_pages_between_articles_are_closed_on_request(self) -> None:
        assert after(stand((3, 4), (9, 10)), "close_up") == {1: (3, 4), 2: (5, 6)}


@pytest.mark.database_free
class TestRefusals:
    @pytest.mark.parametrize("page", [0, -1, 49, None])
    def test_a_page_the_issue_does_not_have(self, page: int | None) -> None:
        found = refused(stand((1, 4), (5, 6)), "page", 1, page=page)
        assert (found.status, found.field) == (422, "page")

    def test_a_page_locked_for_another_article(self) -> None:
        board = stand((1, 4), (5, 6), locked={2})
        for do, words in (("page", {}), ("fix", {"words": "广告"})):
            assert refused(board, do, 1 if do == "page" else None, page=6, **words).code == "page-locked"

    def test_a_page_named_for_something_else(self) -> None:
        assert refused(stand((1, 4), fixed={7: "广告"}), "page", 1, page=7).code == "page-named"

    @pytest.mark.parametrize("do", ["up", "page", "length", "share"])
    def test_a_locked_article_is_not_moved(self, do: str) -> None:
        assert refused(stand((1, 2), (3, 4), locked={2}), do, 2, page=9, pages=3).code == "locked"

    def test_an_article_of_another_issue(self) -> None:
        assert refused(stand((1, 2)), "up", 99).code == "other-issue"
        assert refused(stand((1, 2)), "before", 1, other=99).code == "other-issue"

    def test_two_articles_do_not_claim_one_locked_page(self) -> None:
        board = stand((1, 4), (3, 6), locked={1})
        assert refused(board, "lock", 2).code == "page-locked"
        apply(Change("lock", 2), stand((1, 4), (4, 6), locked={1}))  # one may end where the other begins

    def test_an_article_without_pages_of_this_issue_is_not_locked(self) -> None:
        assert refused(stand((47, 50)), "lock", 1).code == "no-page"

    def test_a_move_that_moves_nothing(self) -> None:
        board = stand((1, 2), (3, 4))
        for do, article in (("up", 1), ("down", 2), ("close_up", None), ("unlock", 1)):
            assert refused(board, do, article).code == "no-change", do

    @pytest.mark.parametrize("pages", [0, -3, 49, None])
    def test_a_length_no_issue_has(self, pages: int | None) -> None:
        assert refused(stand((1, 2)), "length", 1, pages=pages).code == "no-such-length"


DO = st.sampled_from(sorted(DEEDS.keys() - {"place", "take_out", "undo"}))
CHANGES = st.builds(
    Change,
    DO,
    article=st.integers(1, 7),
    other=st.integers(1, 7),
    page=st.integers(-1, 26),
    pages=st.integers(0, 9),
    words=st.sampled_from(["", "广告", "目录"]),
)
RANGES = st.lists(
    st.one_of(st.none(), st.tuples(st.integers(1, 24), st.integers(0, 5))), min_size=1, max_size=6
)


@pytest.mark.database_free
@given(RANGES, st.lists(CHANGES, max_size=25))
def test_whatever_is_done_nothing_is_lost_and_locked_pages_stay(
    pages: list[Any], changes: list[Change]
) -> None:
    places = [
        Place(n, found and found[0], found and found[0] + found[1], length=2)
        for n, found in enumerate(pages, 1)
    ]
    places.sort(key=lambda p: (p.first or 99, p.key))
    board = Stand(Arrangement(tuple(places), {}), 24, {}, {n: n % 3 for n in range(1, 7)})
    before = board.arrangement
    for change in changes:
        try:
            now = apply(change, Stand(before, 24, {}, board.ranks))
        except Refused:
            continue
        rows = now.as_data()["articles"]
        assert now.keys == before.keys
        assert len(rows) == len(now.keys)
        assert [row[1] for row in rows] == list(range(1, len(rows) + 1))
        was = {p.key: p for p in before.places}
        for place in now.places:
            if was[place.key].locked and place.locked:
                assert (place.first, place.last) == (was[place.key].first, was[place.key].last)
            if change.do not in {"lock", "unlock"}:
                assert place.first is not None
                assert place.last is not None
                assert place.first <= place.last
                assert place.locked or place.first not in now.fixed
        assert Arrangement.from_data(now.as_data()).same_as(now)
        before = now


# With people and a database.


@pytest.fixture
def cast(db: Any) -> Cast:
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """Three articles on the pages 3–4, 5–8 and 9."""
    found = make_issue(cast, page_count=12)
    for first, last in ((3, 4), (5, 8), (9, 9)):
        workflow.perform(
            "place",
            make_article(cast, Stage.ACCEPTED),
            cast.head,
            issue=found,
            first_page=first,
            last_page=last,
        )
    return found


def pages(issue: Issue) -> list[tuple[int | None, int | None, int | None]]:
    rows = issue.articles.order_by("position").values_list("position", "first_page", "last_page")
    return list(rows)


def articles_of(issue: Issue) -> list[Article]:
    return list(issue.articles.order_by("position"))


def seen(issue: Issue) -> Seen:
    issue.refresh_from_db()
    return Seen.of(issue, stand_of(issue).arrangement)


def rejected(act: Any, *args: Any, **words: Any) -> Refused:
    with pytest.raises(Refused) as found:
        act(*args, **words)
    return found.value


def test_a_move_is_one_event_with_the_board_before_and_after(cast: Cast, issue: Issue) -> None:
    last = articles_of(issue)[2]
    event = doing.arrange(issue, cast.head, Change("before", last.pk, other=articles_of(issue)[0].pk))
    assert pages(issue) == [(1, 3, 3), (2, 4, 5), (3, 6, 9)]
    assert event.data["after"]["articles"][0] == [last.pk, 1, 3, 3, 0]
    assert event.data["before"]["articles"][2] == [last.pk, 3, 9, 9, 0]
    assert (event.action, event.article, issue.events.filter(action="arrange").count()) == (
        "arrange",
        None,
        1,
    )


def test_articles_without_pages_get_theirs_by_their_length(cast: Cast) -> None:
    issue = make_issue(cast, page_count=12)
    for characters in (4000, 100):
        article = make_article(cast, Stage.ACCEPTED, body=f"<p>{'渡' * characters}</p>")
        workflow.perform("place", article, cast.head, issue=issue)
    doing.arrange(issue, cast.head, Change("down", articles_of(issue)[0].pk))
    assert pages(issue) == [(1, 1, 1), (2, 2, 4)]


def test_a_stale_board_is_refused_and_says_who_was_quicker(cast: Cast, issue: Issue) -> None:
    other = Cast()
    mine, first, last = seen(issue), articles_of(issue)[0], articles_of(issue)[2]
    doing.arrange(issue, other.head, Change("up", last.pk), seen=seen(issue))
    before, events = pages(issue), issue.events.count()
    found = rejected(doing.arrange, issue, cast.head, Change("down", first.pk), seen=mine)
    assert (found.status, found.code) == (409, "stale")
    assert other.head.name in str(found)
    assert (pages(issue), issue.events.count()) == (before, events)


@pytest.mark.parametrize("how", ["placed", "moved by its form", "form of the issue"])
def test_a_board_is_stale_however_the_issue_changed(cast: Cast, issue: Issue, how: str) -> None:
    mine, article = seen(issue), articles_of(issue)[0]
    if how == "placed":
        workflow.perform("place", make_article(cast, Stage.ACCEPTED), cast.head, issue=issue)
    elif how == "moved by its form":
        article.last_page = 5
        article.save()
    else:
        issue.page_count = 16
        issue.save()
    assert rejected(doing.arrange, issue, cast.head, Change("down", article.pk), seen=mine).code == "stale"


@pytest.mark.parametrize("token", ["", "1", "a.b.c", "9.9.9.9", "١.٢.x"])
def test_a_token_that_is_none_is_an_old_one(cast: Cast, issue: Issue, token: str) -> None:
    change = Change("down", articles_of(issue)[0].pk)
    assert rejected(doing.arrange, issue, cast.head, change, seen=Seen.read(token)).code == "stale"


def test_placing_moves_manuscript_and_board_together(cast: Cast, issue: Issue) -> None:
    article = make_article(cast, Stage.ACCEPTED)
    doing.place(issue, article, cast.head, Change("place", page=5), seen=seen(issue))
    assert (article.stage, article.issue) == (Stage.EDITING, issue)
    assert pages(issue) == [(1, 3, 4), (2, 5, 5), (3, 6, 9), (4, 10, 10)]


def test_placing_on_a_page_that_is_taken_leaves_the_manuscript_in_the_pool(cast: Cast, issue: Issue) -> None:
    doing.arrange(issue, cast.head, Change("lock", articles_of(issue)[1].pk))
    article = make_article(cast, Stage.ACCEPTED)
    assert rejected(doing.place, issue, article, cast.head, Change("place", page=6)).code == "page-locked"
    article.refresh_from_db()
    assert (article.stage, article.issue) == (Stage.ACCEPTED, None)
    assert len(pages(issue)) == 3


def test_taking_out_asks_a_reason_and_closes_the_ranks(cast: Cast, issue: Issue) -> None:
    article = articles_of(issue)[0]
    doing.arrange(issue, cast.head, Change("lock", article.pk))
    assert rejected(doing.take_out, issue, article, cast.head, "").field == "reason"
    doing.arrange(issue, cast.head, Change("unlock", article.pk))
    event = doing.take_out(issue, articles_of(issue)[0], cast.head, "作者要求缓发。")
    assert pages(issue) == [(1, 3, 6), (2, 7, 7)]
    assert event.note == article.events.last().note == "作者要求缓发。"


def test_a_locked_article_taken_out_leaves_its_pages_free_and_its_lock_behind(
    cast: Cast, issue: Issue
) -> None:
    article = articles_of(issue)[1]
    doing.arrange(issue, cast.head, Change("lock", article.pk))
    doing.take_out(issue, article, cast.head, "缓发。")
    article.refresh_from_db()
    assert (article.pages_locked, pages(issue)) == (False, [(1, 3, 4), (2, 9, 9)])


def test_undo_puts_back_exactly_what_stood_before(cast: Cast, issue: Issue) -> None:
    start = pages(issue)
    keys = [a.pk for a in articles_of(issue)]
    doing.arrange(issue, cast.head, Change("up", keys[2]))
    between = pages(issue)
    doing.arrange(issue, cast.head, Change("fix", page=12, words="封三前白页"))
    doing.undo(issue, cast.head, seen=seen(issue))
    assert (pages(issue), seen(issue) and issue.fixed_pages) == (between, {})
    doing.undo(issue, cast.head)
    assert pages(issue) == start
    assert [a.pk for a in articles_of(issue)] == keys
    assert rejected(doing.undo, issue, cast.head).code == "nothing-to-undo"


def test_undo_takes_what_was_placed_out_and_puts_back_what_was_taken_out(cast: Cast, issue: Issue) -> None:
    article, start = make_article(cast, Stage.ACCEPTED), pages(issue)
    doing.place(issue, article, cast.head)
    doing.undo(issue, cast.head)
    article.refresh_from_db()
    assert (article.stage, pages(issue)) == (Stage.ACCEPTED, start)
    gone = articles_of(issue)[1]
    doing.take_out(issue, gone, cast.head, "缓发。")
    doing.undo(issue, cast.head)
    assert pages(issue) == start
    assert articles_of(issue)[1] == gone


def test_undo_is_refused_when_anybody_changed_the_board_since(cast: Cast, issue: Issue) -> None:
    other = Cast()
    doing.arrange(issue, cast.head, Change("down", articles_of(issue)[0].pk))
    doing.arrange(issue, other.head, Change("down", articles_of(issue)[1].pk))
    before = pages(issue)
    found = rejected(doing.undo, issue, cast.head)
    assert (found.status, found.code, pages(issue)) == (409, "changed-since", before)
    assert other.head.name in str(found)
    doing.undo(issue, other.head)
    workflow.perform("take_out", articles_of(issue)[0], other.head, reason="缓发。")
    assert rejected(doing.undo, issue, cast.head).code == "changed-since"


def test_an_article_of_another_issue_is_not_moved_here(cast: Cast, issue: Issue) -> None:
    elsewhere = make_issue(cast)
    article = make_article(cast, Stage.ACCEPTED)
    workflow.perform("place", article, cast.head, issue=elsewhere, first_page=1, last_page=1)
    assert rejected(doing.arrange, issue, cast.head, Change("up", article.pk)).code == "other-issue"
    assert rejected(doing.take_out, issue, article, cast.head, "误编。").code == "other-issue"
    assert rejected(doing.place, issue, article, cast.head).status == 409


@pytest.mark.parametrize("stage", [IssueStage.SIGNED, IssueStage.PUBLISHED])
def test_a_signed_issue_is_not_arranged(cast: Cast, stage: IssueStage) -> None:
    issue = make_issue(cast, stage)
    found = rejected(doing.arrange, issue, cast.superuser, Change("down", articles_of(issue)[0].pk))
    assert (found.status, found.code) == (409, "wrong-stage")


def test_only_who_assembles_the_issue_moves_in_it(cast: Cast, issue: Issue) -> None:
    for who in ("editor", "chief", "proofreader", "publisher", "registrar"):
        change = Change("down", articles_of(issue)[0].pk)
        assert rejected(doing.arrange, issue, getattr(cast, who), change).kind == "forbidden", who


def test_contents_approved_before_a_move_are_approved_again(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.CONTENTS_APPROVED)
    doing.arrange(issue, cast.head, Change("down", articles_of(issue)[0].pk))
    assert "contents-changed" in {b.code for b in press.blockers(issue)}
    doing.undo(issue, cast.head)
    assert "contents-changed" not in {b.code for b in press.blockers(issue)}


def test_a_move_does_not_disturb_who_is_writing_and_their_save_does_not_move_it_back(
    cast: Cast, issue: Issue
) -> None:
    writing = articles_of(issue)[2]
    doing.arrange(issue, cast.head, Change("up", writing.pk))
    writing.body = "<p>改过的正文。</p>"
    writing.save()
    assert Article.objects.get(pk=writing.pk).first_page == 5
    writing.first_page = writing.last_page = 11
    writing.save()
    assert Article.objects.get(pk=writing.pk).first_page == 11


def test_the_structure_of_the_last_issue_is_copied_into_an_empty_one(cast: Cast) -> None:
    last = make_issue(
        cast, page_count=64, fixed_pages={"64": "征订启事"}, slogans=["写水边的人"], cover_pages=2
    )
    MastheadLine.objects.create(issue=last, label="主编", values=["沈望川"], position=1)
    issue = make_issue(cast)
    event = doing.copy_structure(issue, cast.head)
    issue.refresh_from_db()
    assert (issue.page_count, issue.cover_pages, issue.slogans) == (64, 2, ["写水边的人"])
    assert issue.fixed_pages == {"64": "征订启事"}
    assert [(m.label, m.values) for m in issue.masthead.all()] == [("主编", ["沈望川"])]
    assert event.data["from"] == last.pk
    assert rejected(doing.copy_structure, issue, cast.head).code == "not-empty"


def test_the_first_issue_has_nothing_to_copy(cast: Cast) -> None:
    assert rejected(doing.copy_structure, make_issue(cast), cast.head).code == "no-earlier-issue"


def test_the_usual_order_is_that_of_the_sections(cast: Cast) -> None:
    issue = make_issue(cast, page_count=12)
    for name, position in (("后", 2), ("前", 1)):
        section = Section.objects.create(name=name, code=f"s{position}", position=position)
        article = make_article(cast, Stage.ACCEPTED, section=section)
        workflow.perform("place", article, cast.head, issue=issue)
    doing.arrange(issue, cast.head, Change("sort"))
    assert [a.section.name for a in articles_of(issue) if a.section] == ["前", "后"]


def test_a_move_costs_the_same_among_many(cast: Cast, issue: Issue) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            doing.arrange(issue, cast.head, Change("down", articles_of(issue)[0].pk), seen=seen(issue))
        return len(queries)

    few = cost()
    for _number in range(20):
        workflow.perform("place", make_article(cast, Stage.ACCEPTED), cast.head, issue=issue, first_page=10)
    assert cost() <= few
