"""Proof marks: where an error may stand, what it weighs, who is to mend it, and what a signature is for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from articles import press, workflow
from articles.models import Event, Issue, ProofMark
from articles.press import IssueStage
from articles.proofs import figures
from articles.refusals import Refused
from tests.factories import Cast, drive, make_issue, make_journal, make_user, read_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """Typeset, its first round open."""
    issue = make_issue(cast, IssueStage.TYPESET)
    press.perform("open_round", issue, cast.head)
    return issue


def mark(issue: Issue, cast: Cast, **given: Any) -> ProofMark:
    given = {"kind": "character", **given}
    if "part" not in given:
        given.setdefault("article", issue.articles.first())
    event = press.perform("mark_error", issue, cast.proofreader, **given)
    return ProofMark.objects.get(pk=event.data["mark"])


def refused(issue: Issue, by: Any, action: str = "mark_error", **given: Any) -> Refused:
    """The refusal, after making sure that nothing was written."""
    before = (Event.objects.count(), ProofMark.objects.count())
    with pytest.raises(Refused) as refusal:
        press.perform(action, issue, by, **given)
    assert (Event.objects.count(), ProofMark.objects.count()) == before
    return refusal.value


@pytest.mark.parametrize("part", ["cover", "spine", "contents", "masthead"])
def test_an_error_may_stand_outside_the_articles(issue: Issue, cast: Cast, part: str) -> None:
    found = mark(issue, cast, part=part, wrong="第六期", right="第七期", place="右上角")
    assert (found.article, found.part, found.required) == (None, part, True)


def test_an_error_stands_in_an_article_or_outside_never_both_never_neither(issue: Issue, cast: Cast) -> None:
    article = issue.articles.first()
    reader = cast.proofreader
    assert refused(issue, reader, kind="sense").code == "other-issue"
    assert refused(issue, reader, kind="sense", part="cover", article=article).code == "part"
    assert refused(issue, reader, kind="sense", part="envelope").code == "part"


def test_what_is_marked_lies_inside_the_issue_and_is_for_somebody_who_sees_it(
    issue: Issue, cast: Cast
) -> None:
    article, reader = issue.articles.first(), cast.proofreader
    assert refused(issue, reader, kind="sense", article=article, page=5).field == "page"
    assert refused(issue, reader, kind="sense", article=article, place="行" * 101).field == "place"
    assert refused(issue, reader, kind="sense", article=article, for_whom=cast.reader).field == "for_whom"
    assert mark(issue, cast, page=4, for_whom=cast.editor).for_whom == cast.editor


def test_a_mark_weighs_what_the_office_s_table_says(issue: Issue, cast: Cast) -> None:
    make_journal(error_weights={"sense": 2})
    assert mark(issue, cast, kind="sense").counts == 2
    assert mark(issue, cast, kind="script").counts == Decimal("0.5")
    assert mark(issue, cast, kind="sense", weight=Decimal("0.5")).counts == Decimal("0.5")


@pytest.mark.parametrize(
    ("given", "counts"),
    [({"part": "cover"}, 2), ({"part": "spine"}, 2), ({"important": True}, 2), ({"part": "contents"}, 1)],
)
def test_errors_on_cover_and_spine_and_in_important_places_count_double(
    issue: Issue, cast: Cast, given: dict[str, Any], counts: int
) -> None:
    found = mark(issue, cast, **given)
    assert (found.weight, found.counts) == (1, counts)
    assert ProofMark.objects.filter(pk=found.pk).weighed() == counts


def test_a_signature_counts_the_doubled_errors(issue: Issue, cast: Cast) -> None:
    article = issue.articles.first()
    mark(issue, cast, article=article, important=True)
    press.perform("sign_proof", issue, cast.proofreader, article=article)
    assert article.proof_signatures.get().errors == 2


def test_what_was_marked_outside_the_articles_counts_for_its_round(issue: Issue, cast: Cast) -> None:
    mark(issue, cast, part="cover")
    mark(issue, cast, part="masthead")
    assert [r.errors for r in figures(issue)] == [3]


def test_an_open_mark_on_the_cover_blocks_the_press_order(english: None, cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.READING)
    found = mark(issue, cast, part="cover", wrong="七月", right="八月")
    press.perform("sign_reading", issue, cast.editor)
    refusal = refused(issue, cast.chief, "sign")
    assert (refusal.code, refusal.field) == ("mark-open", f"mark-{found.pk}")
    assert "on the cover" in str(refusal)
    press.perform("settle_mark", issue, cast.editor, mark=found, outcome="corrected")
    press.perform("sign", issue, cast.chief)


def test_a_mark_of_another_issue_is_not_settled_here(issue: Issue, cast: Cast) -> None:
    other = make_issue(cast, IssueStage.TYPESET)
    press.perform("open_round", other, cast.head)
    foreign = mark(other, cast)
    assert refused(issue, cast.editor, "settle_mark", mark=foreign, outcome="stet").code == "mark"


def test_a_logged_correction_settles_its_mark_and_leaves_reviews_and_proofs_in_force(
    issue: Issue, cast: Cast
) -> None:
    first, second = issue.articles.order_by("pk")
    found = mark(issue, cast, article=first, wrong="缆绳", right="缆索")
    for article in (first, second):
        press.perform("sign_proof", issue, cast.proofreader, article=article)
    text = {"body": first.body.replace("缆绳", "缆索")}
    workflow.perform("correct_proof", first, cast.editor, text=text, mark=found, wrong="缆绳", right="缆索")
    found.refresh_from_db()
    assert (found.outcome, found.settled_by) == ("corrected", cast.editor)
    press.perform("close_round", issue, cast.head, pages_changed=1)
    press.perform("open_round", issue, cast.head)
    assert refused(issue, cast.proofreader, "sign_proof", article=first).code == "same-person"
    case = workflow.case_of(first, cast.editor)
    assert all(case.stands(signoff) for signoff in case.signoffs)


def test_nobody_signs_or_marks_a_text_that_was_corrected_while_they_read_it(issue: Issue, cast: Cast) -> None:
    article = issue.articles.first()
    seen = article.text_hash
    workflow.perform("correct_proof", article, cast.editor, text={"title": "改过的题目"})
    for action, words in (("sign_proof", {}), ("mark_error", {"kind": "sense"})):
        refusal = refused(issue, cast.proofreader, action, article=article, seen=seen, **words)
        assert (refusal.code, refusal.status) == ("stale", 409)
    press.perform("sign_proof", issue, cast.proofreader, article=article, seen=article.text_hash)


def test_a_text_pulled_and_changed_is_read_anew(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.TYPESET)
    for number in (1, 2, 3):
        read_round(issue, cast, number)
    article = issue.articles.order_by("pk").first()
    place = {"first_page": article.first_page, "last_page": article.last_page}
    workflow.perform("pull", article, cast.chief, reason="作者要求改写。")
    workflow.perform("place", article, cast.head, issue=issue, **place)
    article.body = "<p>重写过的全文。</p>"
    article.save()
    drive(article, cast, "released")
    press.perform("approve_contents", issue, cast.chief)
    blocked = {b.code: b.article for b in press.blockers(issue)}
    assert blocked["proof-missing"] == article


def test_an_error_of_the_printed_copy_is_noted_with_the_proofs_of_its_issue(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.PUBLISHED)
    found = mark(issue, cast, wrong="一九", right="一九七九", required=False)
    assert found.round.number == 3
    old = make_issue(cast, page_count=1)
    press.perform("record_as_printed", fill_printed(old, cast), cast.registrar)
    assert refused(old, cast.proofreader, kind="sense", part="cover").code == "no-round"


def fill_printed(issue: Issue, cast: Cast) -> Issue:
    from tests.factories import make_draft

    workflow.record_as_printed(make_draft(cast), issue, cast.registrar, first_page=1)
    return issue


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"page_kinds": {"5": "picture"}}, "page_kinds"),
        ({"page_kinds": {"x": "picture"}}, "page_kinds"),
        ({"page_kinds": {"1": "cover"}}, "page_kinds"),
        ({"cover_pages": 9}, "cover_pages"),
    ],
)
def test_pages_count_as_one_of_the_kinds_the_rule_knows(
    issue: Issue, cast: Cast, given: dict[str, Any], field: str
) -> None:
    assert refused(issue, cast.head, "count_pages", **given).field == field


def test_how_pages_count_is_kept_without_what_says_nothing(issue: Issue, cast: Cast) -> None:
    kinds = {"3": "picture", "2": "blank", "1": "text"}
    press.perform("count_pages", issue, cast.head, page_kinds=kinds, cover_pages=2)
    issue.refresh_from_db()
    assert (issue.page_kinds, issue.cover_pages) == ({"2": "blank", "3": "picture"}, 2)


def test_who_may_read_is_asked_of_the_account_as_it_is_now(issue: Issue, cast: Cast) -> None:
    gone = make_user("responsible-editor", is_active=False)
    article = issue.articles.first()
    assert refused(issue, cast.proofreader, kind="sense", article=article, for_whom=gone).field == "for_whom"
