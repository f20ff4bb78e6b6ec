"""Where the setting put the articles: known while the text is as it was set, taken over on request."""

from __future__ import annotations

import pytest

from articles import workflow
from articles.board import doing
from articles.board.changes import Change, apply
from articles.board.reading import Board
from articles.issue_files import Landing
from articles.models import Issue
from articles.press import IssueStage
from articles.refusals import Refused
from tests.articles.test_board import Pages, refused, shown, stand
from tests.factories import Cast, make_issue
from tests.files import made_file


@pytest.mark.database_free
class TestTakingOver:
    @pytest.mark.parametrize(
        ("landed", "then"),
        [
            ([(3, 7), (8, 9), (10, 12)], [(3, 7), (8, 9), (10, 12)]),
            ([(8, 9), (3, 7), (10, 12)], [(8, 9), (3, 7), (10, 12)]),
            ([(3, 6), (6, 8), (9, 9)], [(3, 6), (6, 8), (9, 9)]),
        ],
    )
    def test_every_article_stands_where_it_was_set(self, landed: Pages, then: Pages) -> None:
        board = stand((3, 6), (7, 8), (9, 14))
        after = apply(Change("landing", landed=dict(enumerate(landed, 1))), board)
        assert shown(after) == dict(enumerate(then, 1))
        assert [place.first for place in after.places] == sorted(first for first, _last in then)

    def test_a_locked_article_and_one_that_was_not_set_stay(self) -> None:
        board = stand((3, 6), (7, 8), (20, 21), locked={2})
        assert shown(apply(Change("landing", landed={1: (3, 5), 2: (6, 7)}), board)) == {
            1: (3, 5),
            2: (7, 8),
            3: (20, 21),
        }

    def test_a_text_that_would_run_into_a_locked_one_is_refused(self) -> None:
        board = stand((3, 6), (7, 8), locked={2})
        assert refused(board, "landing", landed={1: (3, 8)}).code == "page-locked"

    def test_a_text_that_would_begin_on_a_named_page_or_behind_the_last_is_refused(self) -> None:
        board = stand((3, 6), fixed={9: "广告"})
        assert refused(board, "landing", landed={1: (9, 10)}).code == "page-named"
        assert refused(board, "landing", landed={1: (47, 49)}).code == "no-such-page"

    def test_nothing_to_take_over_is_no_change(self) -> None:
        assert refused(stand((3, 6)), "landing", landed={1: (3, 6)}).code == "no-change"


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    return make_issue(cast, IssueStage.PROOFING)


def set_by_the_setting(issue: Issue, *, longer: int = 1) -> Landing:
    """The first article ``longer`` by so many pages, the others behind it."""
    placed, page = {}, 1
    for article in issue.articles.in_page_order():
        length = article.last_page - article.first_page + 1 + longer
        placed[article.pk], page, longer = (page, page + length - 1), page + length, 0
    return Landing(placed, page - 1)


def pages_of(issue: Issue) -> dict[int, tuple[int, int]]:
    return {
        pk: (first, last) for pk, first, last in issue.articles.values_list("pk", "first_page", "last_page")
    }


def test_the_board_marks_what_landed_elsewhere(issue: Issue) -> None:
    assert Board(issue).landed_elsewhere == []
    landing = set_by_the_setting(issue)
    made_file(issue, landing=landing)
    board = Board(issue)
    assert {row.article.pk: row.landed for row in board.rows} == landing.articles
    assert [row.article.pk for row in board.landed_elsewhere] == [row.article.pk for row in board.rows]


def test_the_pages_of_the_setting_are_taken_over_and_that_is_undone(issue: Issue, cast: Cast) -> None:
    Issue.objects.filter(pk=issue.pk).update(page_count=9)
    issue.refresh_from_db()
    before, landing = pages_of(issue), set_by_the_setting(issue)
    made_file(issue, landing=landing)
    event = doing.take_over_landing(issue, cast.head)
    assert (event.action, event.data["do"]) == ("arrange", "landing")
    assert pages_of(issue) == landing.articles
    assert Board(Issue.objects.get(pk=issue.pk)).landed_elsewhere == []
    doing.undo(issue, cast.head)
    assert pages_of(issue) == before


@pytest.mark.parametrize("changed", ["a text", "the order"])
def test_a_setting_of_an_older_issue_is_not_taken_over(issue: Issue, cast: Cast, changed: str) -> None:
    made_file(issue, landing=set_by_the_setting(issue))
    first, _second = issue.articles.in_page_order()
    if changed == "a text":
        workflow.perform("correct_proof", first, cast.editor, text={"body": "<p>改过。</p>"})
    else:
        doing.arrange(issue, cast.head, Change("down", first.pk))
    assert Board(issue).landing == {}
    with pytest.raises(Refused) as found:
        doing.take_over_landing(issue, cast.head)
    assert found.value.code == "outdated"


def test_nothing_is_taken_over_after_the_press_order_nor_by_who_may_not(cast: Cast, issue: Issue) -> None:
    made_file(issue, landing=set_by_the_setting(issue))
    with pytest.raises(Refused) as found:
        doing.take_over_landing(issue, cast.proofreader)
    assert found.value.kind == "forbidden"
    signed = make_issue(cast, IssueStage.SIGNED)
    made_file(signed, landing=set_by_the_setting(signed))
    before = pages_of(signed)
    with pytest.raises(Refused) as found:
        doing.take_over_landing(signed, cast.head)
    assert found.value.code == "wrong-stage"
    assert pages_of(signed) == before
