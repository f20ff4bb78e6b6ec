"""The table of issues: contents, proofs, reading, press order, publication, visibility."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from articles import press, workflow
from articles.board.changes import Change
from articles.models import Article, Author, Byline, Event, Issue, ProofMark
from articles.models.journal import Visibility
from articles.press import TRANSITIONS, IssueStage
from articles.proofs import RoundFigures, rounds_demanded
from articles.readers import Reader
from articles.workflow import Refused, Stage
from tests.factories import (
    Cast,
    fill,
    make_article,
    make_draft,
    make_issue,
    make_journal,
    make_user,
    printed_issue,
    read_round,
)
from tests.files import made_file

pytestmark = pytest.mark.django_db

REASON = {"reason": "另有安排。"}
Situation = Callable[[Cast], Issue]


def refusal(action: str, issue: Issue, by: Any, **given: Any) -> Refused:
    """The refusal of an action, after making sure that nothing was written."""
    before = (Issue.objects.get(pk=issue.pk).stage, Event.objects.count())
    with pytest.raises(Refused) as refused:
        press.perform(action, issue, by, **given)
    issue.refresh_from_db()
    assert (issue.stage, Event.objects.count()) == before
    return refused.value


def standing(stage: IssueStage) -> Situation:
    return lambda cast: make_issue(cast, stage)


def filled(cast: Cast) -> Issue:
    issue = make_issue(cast)
    fill(issue, cast)
    return issue


def round_open(cast: Cast) -> Issue:
    issue = make_issue(cast, IssueStage.TYPESET)
    press.perform("open_round", issue, cast.head)
    return issue


def round_signed(cast: Cast) -> Issue:
    issue = round_open(cast)
    for article in issue.articles.all():
        press.perform("sign_proof", issue, cast.proofreader, article=article)
    return issue


def marked(cast: Cast) -> Issue:
    issue = round_open(cast)
    press.perform("mark_error", issue, cast.proofreader, article=issue.articles.first(), kind="character")
    return issue


def reading_signed(cast: Cast) -> Issue:
    issue = make_issue(cast, IssueStage.READING)
    press.perform("sign_reading", issue, cast.editor)
    return issue


def mark_left(cast: Cast) -> Issue:
    issue = make_issue(cast, IssueStage.READING)
    press.perform("mark_error", issue, cast.proofreader, article=issue.articles.first(), kind="character")
    press.perform("sign_reading", issue, cast.editor)
    return issue


def mark_carried_in(cast: Cast) -> Issue:
    issue = mark_left(cast)
    press.perform("sign_after", issue, cast.chief)
    article = issue.articles.first()
    mark = article.proof_marks.get()
    workflow.perform("correct_proof", article, cast.editor, text={"body": "<p>已改。</p>"}, mark=mark)
    return issue


def public(cast: Cast) -> Issue:
    issue = make_issue(cast)
    press.perform("open_to_public", issue, cast.chief, **REASON)
    return issue


def first_article(cast: Cast, issue: Issue) -> dict[str, Any]:
    return {"article": issue.articles.first()}


def a_mark(cast: Cast, issue: Issue) -> dict[str, Any]:
    return {"mark": issue.proof_rounds.first().marks.get(), "outcome": "stet"}


def an_error(cast: Cast, issue: Issue) -> dict[str, Any]:
    return {"article": issue.articles.first(), "kind": "sense"}


def printed_in_proof(cast: Cast) -> Issue:
    return make_issue(cast, IssueStage.PUBLISHED)


def printed_with_mark(cast: Cast) -> Issue:
    issue = printed_in_proof(cast)
    press.perform("mark_error", issue, cast.proofreader, article=issue.articles.first(), kind="character")
    return issue


def last_mark(cast: Cast, issue: Issue) -> dict[str, Any]:
    return {"mark": ProofMark.objects.get(round__issue=issue), "outcome": "corrected"}


def imported(cast: Cast) -> Issue:
    issue = make_issue(cast, page_count=1)
    workflow.record_as_printed(make_draft(cast), issue, cast.registrar, first_page=1)
    return issue


def tomorrow(*_things: Any) -> dict[str, Any]:
    return {"publish_at": timezone.now() + datetime.timedelta(days=1)}


def scheduled(cast: Cast) -> Issue:
    issue = make_issue(cast, IssueStage.SIGNED)
    press.perform("schedule", issue, cast.publisher, **tomorrow())
    return issue


def previewed(stage: IssueStage, by: str) -> Situation:
    def situation(cast: Cast) -> Issue:
        issue = make_issue(cast, stage)
        press.perform("open_preview", issue, getattr(cast, by))
        return issue

    return situation


def a_move(cast: Cast, issue: Issue) -> dict[str, Any]:
    return {"arrange": Change("lock", issue.articles.first().pk)}


def next_issue(cast: Cast) -> Issue:
    make_issue(cast)
    return make_issue(cast)


def signed_file(cast: Cast, issue: Issue) -> dict[str, Any]:
    return {"file": made_file(issue)}


def offering(cast: Cast) -> Issue:
    issue = make_issue(cast, IssueStage.PUBLISHED)
    press.perform("offer_file", issue, cast.publisher, file=made_file(issue))
    return issue


def file_on_offer(cast: Cast, issue: Issue) -> dict[str, Any]:
    return {"file": issue.files.offered().get()}


I = IssueStage  # noqa: E741
#: action, situation, who may, the stage it leads to, what must come along.
ROWS: list[tuple[str, Situation, set[str], IssueStage, Any]] = [
    ("arrange", filled, {"head"}, I.PLANNING, a_move),
    ("arrange", standing(I.READING), {"head"}, I.READING, a_move),
    ("copy_structure", next_issue, {"head"}, I.PLANNING, {}),
    ("approve_contents", filled, {"chief"}, I.CONTENTS_APPROVED, {}),
    ("approve_contents", standing(I.TYPESET), {"chief"}, I.TYPESET, {}),
    ("typeset", standing(I.CONTENTS_APPROVED), {"head"}, I.TYPESET, {}),
    ("open_round", standing(I.TYPESET), {"head"}, I.PROOFING, {}),
    ("mark_error", round_open, {"proofreader"}, I.PROOFING, an_error),
    ("mark_error", round_open, {"proofreader"}, I.PROOFING, {"part": "cover", "kind": "sense"}),
    ("mark_error", printed_in_proof, {"proofreader"}, I.PUBLISHED, an_error),
    ("settle_mark", marked, {"editor"}, I.PROOFING, a_mark),
    ("settle_mark", printed_with_mark, {"editor"}, I.PUBLISHED, last_mark),
    ("sign_proof", round_open, {"proofreader"}, I.PROOFING, first_article),
    ("close_round", round_signed, {"head"}, I.PROOFING, {"pages_changed": 0}),
    ("start_reading", standing(I.PROOFING), {"head"}, I.READING, {}),
    ("sign_reading", standing(I.READING), {"editor"}, I.READING, {}),
    ("sign", reading_signed, {"chief"}, I.SIGNED, {}),
    ("sign_after", mark_left, {"chief"}, I.READING, {}),
    ("confirm_corrections", mark_carried_in, {"editor"}, I.SIGNED, {}),
    ("publish", standing(I.SIGNED), {"publisher"}, I.PUBLISHED, {}),
    ("schedule", standing(I.SIGNED), {"publisher"}, I.SIGNED, tomorrow),
    ("unschedule", scheduled, {"publisher"}, I.SIGNED, {}),
    ("open_preview", standing(I.PLANNING), {"head"}, I.PLANNING, {}),
    ("open_preview", standing(I.SIGNED), {"publisher"}, I.SIGNED, {}),
    ("close_preview", previewed(I.PLANNING, "head"), {"head"}, I.PLANNING, {}),
    ("close_preview", previewed(I.SIGNED, "publisher"), {"publisher"}, I.SIGNED, {}),
    ("archive", standing(I.PUBLISHED), {"publisher"}, I.ARCHIVED, {}),
    ("reopen", standing(I.TYPESET), {"head"}, I.PLANNING, REASON),
    ("reopen", standing(I.READING), {"head"}, I.PROOFING, REASON),
    ("reopen", standing(I.SIGNED), {"chief"}, I.PROOFING, REASON),
    ("name_in_contents", standing(I.READING), {"head"}, I.READING, first_article),
    ("count_pages", standing(I.PLANNING), {"head"}, I.PLANNING, {"page_kinds": {"2": "picture"}}),
    ("open_to_public", standing(I.PLANNING), {"chief"}, I.PLANNING, REASON),
    ("close", public, {"chief"}, I.PLANNING, REASON),
    ("keep_inside", public, {"chief"}, I.PLANNING, REASON),
    ("offer_file", standing(I.SIGNED), {"publisher"}, I.SIGNED, signed_file),
    ("withdraw_file", offering, {"publisher"}, I.PUBLISHED, file_on_offer),
    ("record_as_printed", imported, {"registrar", "head"}, I.SIGNED, {}),
]

ids = [f"{row[0]}-{index}" for index, row in enumerate(ROWS)]


@pytest.mark.parametrize(("action", "situation", "allowed", "target", "given"), ROWS, ids=ids)
def test_each_row_is_open_to_its_roles_and_to_no_other(
    action: str, situation: Situation, allowed: set[str], target: IssueStage, given: Any
) -> None:
    cast = Cast()
    issue = situation(cast)
    given = given(cast, issue) if callable(given) else given
    for role in sorted(set(Cast.ROLES) - allowed):
        assert refusal(action, issue, getattr(cast, role), **given).kind == "forbidden", role
    before, events = issue.stage, issue.events.count()
    event = press.perform(action, issue, getattr(cast, sorted(allowed)[0]), **given)
    assert issue.stage == Issue.objects.get(pk=issue.pk).stage == target
    assert (event.action, event.before, event.after) == (action, before, target)
    assert issue.events.count() == events + 1


def test_the_rows_above_are_the_whole_table() -> None:
    assert {row[0] for row in ROWS} == {row.action for row in TRANSITIONS}


@pytest.mark.parametrize("stage", list(IssueStage))
def test_no_action_leads_out_of_a_stage_the_table_does_not_name(stage: IssueStage) -> None:
    cast = Cast()
    issue = make_issue(cast, stage)
    for action in {row.action for row in TRANSITIONS}:
        if not any(row.action == action and stage in row.sources for row in TRANSITIONS):
            assert refusal(action, issue, cast.superuser, **REASON).code == "wrong-stage"


def test_a_stale_page_is_told_who_was_quicker() -> None:
    cast = Cast()
    issue = make_issue(cast, I.CONTENTS_APPROVED)
    seen = issue.version
    press.perform("typeset", Issue.objects.get(pk=issue.pk), cast.head)
    refused = refusal("reopen", issue, cast.head, version=seen, **REASON)
    assert (refused.status, refused.code) == (409, "stale")
    assert cast.head.name in str(refused)


# Contents.


def test_contents_without_articles_are_not_approved() -> None:
    cast = Cast()
    assert refusal("approve_contents", make_issue(cast), cast.chief).code == "no-articles"


def test_contents_changed_after_approval_are_approved_again() -> None:
    cast = Cast()
    issue = make_issue(cast, I.CONTENTS_APPROVED)
    article = issue.articles.first()
    Byline.objects.create(
        article=article, author=Author.objects.create(name="晓川", code="xiao-chuan"), position=2
    )
    assert refusal("typeset", issue, cast.head).code == "contents-changed"
    press.perform("approve_contents", issue, cast.chief)
    press.perform("typeset", issue, cast.head)


def test_typesetting_waits_for_every_article() -> None:
    cast = Cast()
    issue = make_issue(cast, I.CONTENTS_APPROVED)
    workflow.perform("place", make_article(cast, Stage.ACCEPTED), cast.head, issue=issue)
    assert refusal("typeset", issue, cast.head).code == "not-released"


# Proof rounds.


def test_the_second_reading_of_an_article_is_done_by_other_eyes() -> None:
    cast = Cast()
    issue = make_issue(cast, I.TYPESET)
    read_round(issue, cast, 1)
    press.perform("open_round", issue, cast.head)
    article = issue.articles.first()
    assert refusal("sign_proof", issue, cast.proofreader, article=article).code == "same-person"
    press.perform("sign_proof", issue, cast.second_proofreader, article=article)


def test_the_first_reader_may_give_the_third_reading() -> None:
    cast = Cast()
    issue = make_issue(cast, I.TYPESET)
    read_round(issue, cast, 1)
    read_round(issue, cast, 2)
    press.perform("open_round", issue, cast.head)
    press.perform("sign_proof", issue, cast.proofreader, article=issue.articles.first())


def test_an_author_s_reading_is_no_proof_round() -> None:
    cast = Cast()
    issue = round_open(cast)
    article = issue.articles.first()
    author = make_user("proofreader", name="晓川")
    Byline.objects.create(
        article=article,
        position=2,
        author=Author.objects.create(name="晓川", code="xiao-chuan", user=author),
    )
    assert refusal("sign_proof", issue, author, article=article).code == "own-manuscript"


def test_an_article_is_signed_once_a_round_and_every_article_before_it_closes() -> None:
    cast = Cast()
    issue = round_open(cast)
    first, second = issue.articles.order_by("pk")
    press.perform("sign_proof", issue, cast.proofreader, article=first)
    assert refusal("sign_proof", issue, cast.second_proofreader, article=first).code == "signed-already"
    refused = refusal("close_round", issue, cast.head, pages_changed=0)
    assert second.title in str(refused)
    stranger = make_article(cast, Stage.RELEASED)
    assert refusal("sign_proof", issue, cast.proofreader, article=stranger).code == "other-issue"


def test_a_signature_counts_at_least_the_errors_marked() -> None:
    cast = Cast()
    issue = round_open(cast)
    article = issue.articles.first()
    press.perform("mark_error", issue, cast.proofreader, article=article, kind="figure-text")
    press.perform("mark_error", issue, cast.proofreader, article=article, kind="punctuation")
    refused = refusal("sign_proof", issue, cast.proofreader, article=article, errors=Decimal("1.0"))
    assert refused.code == "errors"
    press.perform("sign_proof", issue, cast.proofreader, article=article)
    signature = article.proof_signatures.get()
    assert signature.errors == Decimal("2.1")
    assert signature.characters == article.character_count


def rounds(*figures: tuple[str, int]) -> list[RoundFigures]:
    """Closed rounds of 10,000 characters: errors found, pages changed."""
    return [RoundFigures(n, 10_000, Decimal(e), p, True) for n, (e, p) in enumerate(figures, start=1)]


@pytest.mark.parametrize(
    ("figures", "demanded"),
    [
        ([], 3),
        ([("15", 0)], 3),
        ([("15.1", 0)], 4),
        ([("1", 16)], 3),
        ([("1", 17)], 4),
        ([("15.1", 17)], 4),
        ([("9", 0), ("9", 0)], 3),
        ([("9", 0), ("5", 0), ("3", 0)], 3),
        ([("9", 0), ("5", 0), ("3.1", 0)], 4),
        ([("9", 0), ("5", 0), ("3.1", 0), ("3.1", 0)], 5),
        ([("9", 0), ("5", 0), ("3.1", 0), ("0", 0)], 4),
        ([("9", 0), ("5", 0), ("1", 17)], 4),
        ([("9", 0), ("5", 0), ("1", 17), ("0", 17)], 5),
        ([("20", 0), ("5", 0), ("4", 0)], 4),
        ([("20", 0), ("5", 0), ("4", 0), ("1", 0)], 4),
    ],
)
def test_what_a_round_finds_may_demand_another(figures: list[tuple[str, int]], demanded: int) -> None:
    """Of 48 pages a third is 16."""
    number, reasons = rounds_demanded(rounds(*figures), 48)
    assert number == demanded
    assert bool(reasons) == (demanded > 3)


def test_three_rounds_are_not_enough_when_a_fourth_is_demanded(english: None) -> None:
    cast = Cast()
    issue = make_issue(cast, I.TYPESET)
    read_round(issue, cast, 1)
    read_round(issue, cast, 2)
    assert refusal("start_reading", issue, cast.head).code == "rounds-missing"
    read_round(issue, cast, 3, errors=Decimal(5))
    refused = refusal("start_reading", issue, cast.head)
    assert refused.code == "rounds-missing"
    assert "more than 3" in str(refused)
    read_round(issue, cast, 4)
    press.perform("start_reading", issue, cast.head)


def test_one_round_at_a_time() -> None:
    cast = Cast()
    issue = round_open(cast)
    assert refusal("open_round", issue, cast.head).code == "round-open"
    assert refusal("start_reading", issue, cast.head).code == "round-open"


# The press order and what blocks it.


def codes(issue: Issue) -> list[str]:
    return sorted({blocker.code for blocker in press.blockers(issue)})


def test_an_empty_issue_is_blocked_by_everything_it_lacks() -> None:
    assert codes(make_issue()) == [
        "contents-not-approved",
        "no-articles",
        "reading-missing",
        "rounds-missing",
    ]


def test_an_issue_that_went_the_whole_road_is_not_blocked() -> None:
    assert codes(reading_signed(Cast())) == []


def test_each_blocker_names_its_article_and_the_field_to_mend() -> None:
    cast = Cast()
    issue = filled(cast)
    first, second = issue.articles.order_by("pk")
    first.toc_title = "另一个题目"
    first.save()
    second.first_page = second.last_page = None
    second.save()
    found = {b.code: (b.article, b.field, b.message) for b in press.blockers(issue)}
    assert found["title-differs"][:2] == (first, "toc_title")
    assert found["no-page"][:2] == (second, "first_page")
    assert "另一个题目" in found["title-differs"][2]


@pytest.mark.parametrize(
    ("pages", "count", "expected"),
    [
        ([(1, 2), (3, 4)], 4, []),
        ([(1, 2), (2, 4)], 4, []),
        ([(3, 4), (5, 6)], 6, []),
        ([(1, 2), (4, 4)], 4, ["gap"]),
        ([(1, 2), (3, 3)], 4, ["gap"]),
        ([(1, 3), (2, 4)], 4, ["overlap"]),
        ([(1, 4), (2, 3)], 4, ["overlap"]),
        ([(1, 1), (1, 1)], 1, []),
        ([(1, 2), (3, 5)], 4, ["beyond-last-page"]),
    ],
)
def test_pages_follow_each_other_without_gap_or_overlap(
    pages: list[tuple[int, int]], count: int, expected: list[str]
) -> None:
    cast = Cast()
    issue = filled(cast)
    issue.page_count = count
    issue.save()
    for article, (first, last) in zip(issue.articles.order_by("pk"), pages, strict=True):
        article.first_page, article.last_page = first, last
        article.save()
    assert [c for c in codes(issue) if c in {"gap", "overlap", "beyond-last-page", "no-page"}] == expected


def test_a_page_that_carries_no_article_is_no_gap_when_it_is_named() -> None:
    cast = Cast()
    issue = filled(cast)
    issue.page_count, issue.fixed_pages = 6, {"5": "读者来信", "6": "封底"}
    issue.save()
    assert "gap" not in codes(issue)


@pytest.mark.parametrize(
    ("contents", "differs"),
    [
        ("", False),
        ("渡口：减班以后", False),
        ("渡口  减班以后", False),
        ("追踪·渡口 减班以后", False),
        ("渡口减班以后——三张时刻表", False),
        ("渡口加班以后", True),
    ],
)
def test_the_contents_page_says_the_words_of_the_page(contents: str, differs: bool) -> None:
    cast = Cast()
    issue = make_issue(cast)
    article = make_article(
        cast,
        Stage.ACCEPTED,
        title="渡口\n减班以后",
        kicker="追踪",
        subtitle="三张时刻表",
        toc_title=contents,
    )
    workflow.perform("place", article, cast.head, issue=issue)
    assert ("title-differs" in codes(issue)) is differs


def test_an_expired_licence_blocks_an_internal_publication() -> None:
    cast = Cast()
    issue = reading_signed(cast)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    make_journal(publication_type="internal", licence_number="（内）第0001号", licence_expires=yesterday)
    assert refusal("sign", issue, cast.chief).code == "licence-expired"
    make_journal(licence_expires=timezone.localdate())
    press.perform("sign", issue, cast.chief)
    make_journal(licence_expires=yesterday)
    assert refusal("publish", issue, cast.publisher).code == "licence-expired"


def test_a_correction_after_the_reading_is_read_again_or_confirmed() -> None:
    cast = Cast()
    issue = reading_signed(cast)
    workflow.perform("correct_proof", issue.articles.first(), cast.editor, text={"body": "<p>又改。</p>"})
    assert codes(issue) == ["reading-void"]
    press.perform("sign_reading", issue, cast.editor)
    press.perform("sign", issue, cast.chief)


def test_an_open_required_mark_blocks_until_it_is_settled() -> None:
    cast = Cast()
    issue = mark_left(cast)
    assert refusal("sign", issue, cast.chief).code == "mark-open"
    mark = issue.articles.first().proof_marks.get()
    press.perform("settle_mark", issue, cast.editor, mark=mark, outcome="stet")
    press.perform("sign", issue, cast.chief)


def test_press_after_corrections_waits_until_another_person_confirms_them() -> None:
    cast = Cast()
    issue = mark_left(cast)
    assert refusal("confirm_corrections", issue, cast.editor).code == "not-signed"
    press.perform("sign_after", issue, cast.superuser)
    assert refusal("confirm_corrections", issue, cast.superuser).code == "same-person"
    assert refusal("confirm_corrections", issue, cast.editor).code == "mark-open"
    article = issue.articles.first()
    mark = article.proof_marks.get()
    workflow.perform("correct_proof", article, cast.editor, text={"body": "<p>已改。</p>"}, mark=mark)
    press.perform("confirm_corrections", issue, cast.editor)
    assert issue.stage == I.SIGNED


def test_press_after_corrections_needs_corrections() -> None:
    cast = Cast()
    assert refusal("sign_after", reading_signed(cast), cast.chief).code == "no-marks"


def test_the_superuser_cannot_sign_a_blocked_issue() -> None:
    cast = Cast()
    issue = make_issue(cast, I.READING)
    assert refusal("sign", issue, cast.superuser).code == "reading-missing"


def test_nothing_moves_in_an_issue_signed_for_press() -> None:
    cast = Cast()
    article = make_issue(cast, I.SIGNED).articles.first()
    article.first_page = article.last_page = 2
    with pytest.raises(Refused) as refused:
        article.save()
    assert refused.value.code == "issue-closed"


def test_a_step_back_names_its_reason() -> None:
    cast = Cast()
    issue = make_issue(cast, I.SIGNED)
    assert refusal("reopen", issue, cast.chief).field == "reason"
    event = press.perform("reopen", issue, cast.chief, **REASON)
    assert event.note == REASON["reason"]


# Publication.


def test_all_articles_come_out_with_their_issue(django_capture_on_commit_callbacks: Any) -> None:
    cast = Cast()
    issue = make_issue(cast, I.SIGNED)
    heard: list[Issue] = []

    def listen(issue: Issue, **kwargs: Any) -> None:
        heard.append(issue)

    press.issue_published.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            press.perform("publish", issue, cast.publisher)
            assert heard == []
    finally:
        press.issue_published.disconnect(listen)
    assert heard == [issue]
    for article in issue.articles.all():
        assert (article.stage, article.published_at) == (Stage.PUBLISHED, issue.published_at)
        event = article.events.last()
        assert (event.action, event.before, event.after) == ("publish", "released", "published")
        assert event.data["version"] == article.version


def test_asking_whether_an_issue_may_be_published_writes_nothing() -> None:
    cast = Cast()
    issue = make_issue(cast, I.SIGNED)
    events = Event.objects.count()
    press.check("publish", issue, cast.publisher)
    with pytest.raises(Refused) as refused:
        press.check("publish", issue, cast.chief)
    assert refused.value.code == "no-right"
    assert Event.objects.count() == events
    assert Issue.objects.get(pk=issue.pk).stage == I.SIGNED


def test_asking_looks_at_what_is_stored_now() -> None:
    cast = Cast()
    issue = make_issue(cast, I.SIGNED)
    press.perform("reopen", Issue.objects.get(pk=issue.pk), cast.chief, **REASON)
    with pytest.raises(Refused) as refused:
        press.check("publish", issue, cast.publisher)
    assert refused.value.code == "wrong-stage"


def test_an_issue_is_never_published_before_its_time() -> None:
    cast = Cast()
    issue = make_issue(cast, I.SIGNED)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    assert refusal("publish", issue, cast.publisher, published_at=tomorrow).code == "too-early"


def test_a_back_issue_keeps_the_day_it_came_out() -> None:
    cast = Cast()
    issue = imported(cast)
    press.record_as_printed(issue, actor_name="publish_issue")
    then = timezone.make_aware(datetime.datetime(2024, 7, 5, 8))
    event = press.perform("publish", issue, None, actor_name="publish_issue", published_at=then)
    assert issue.published_at == issue.articles.get().published_at == then
    assert event.actor_name == "publish_issue"


def test_a_command_publishes_only_what_was_recorded_as_printed() -> None:
    cast = Cast()
    issue = make_issue(cast, I.SIGNED)
    assert refusal("publish", issue, None, actor_name="publish_issue").code == "nobody"
    back = imported(cast)
    press.record_as_printed(back, cast.registrar)
    press.perform("reopen", back, cast.chief, **REASON)
    assert refusal("publish", back, None, actor_name="publish_issue").code == "wrong-stage"


def test_an_old_issue_was_licensed_in_its_day() -> None:
    make_journal(publication_type="internal", licence_expires=datetime.date(2025, 1, 1))
    assert printed_issue().stage == I.PUBLISHED


# Who may read it.


def test_opening_an_internal_issue_is_a_recorded_decision() -> None:
    cast = Cast()
    issue = printed_issue(cast)
    assert issue not in Issue.objects.for_everyone()
    assert refusal("open_to_public", issue, cast.chief).field == "reason"
    event = press.perform("open_to_public", issue, cast.chief, reason="经主办单位批准公开。")
    assert issue in Issue.objects.for_everyone()
    assert event.data["visibility"] == {"before": "members", "after": "public"}
    assert refusal("open_to_public", issue, cast.chief, **REASON).code == "no-change"
    press.perform("close", issue, cast.chief, **REASON)
    assert issue not in Issue.objects.for_everyone()


def test_every_visibility_is_reached_from_every_other_by_its_own_decision() -> None:
    cast = Cast()
    issue = printed_issue(cast)
    assert set(press.DECISION_FOR) == set(Visibility.values)
    for visibility in ("public", "inside", "members", "inside", "public", "members"):
        event = press.perform(press.DECISION_FOR[visibility], issue, cast.chief, **REASON)
        assert event.data["visibility"]["after"] == issue.effective_visibility == visibility
        assert refusal(press.DECISION_FOR[visibility], issue, cast.chief, **REASON).code == "no-change"


def test_who_is_inside_opens_what_is_inside_and_who_signed_in_what_is_for_members() -> None:
    cast = Cast()
    issues = {visibility: printed_issue(cast) for visibility in Visibility}
    for visibility, issue in issues.items():
        if issue.effective_visibility != visibility:
            press.perform(press.DECISION_FOR[visibility], issue, cast.chief, **REASON)

    def opens(who: Any) -> set[str]:
        found = Issue.objects.readable_by(who)
        assert {a.issue for a in Article.objects.readable_by(who)} == set(found)
        return {visibility.value for visibility, issue in issues.items() if issue in found}

    assert opens(None) == opens(AnonymousUser()) == {"public"}
    assert opens(Reader(inside=True)) == {"public", "inside"}
    assert opens(cast.reader) == opens(cast.contributor) == {"public", "members"}
    assert opens(cast.system_officer) == opens(cast.audit_officer) == {"public", "members"}
    assert opens(Reader(cast.reader, inside=True)) == {"public", "members", "inside"}
    assert opens(cast.editor) == opens(cast.proofreader) == {"public", "members", "inside"}


def test_the_offers_of_a_screen_say_beforehand_what_would_refuse_them() -> None:
    cast = Cast()
    issue = make_issue(cast, I.READING)
    offers = {offer.action: offer for offer in press.available(issue, cast.chief)}
    assert offers["sign"].code == "reading-missing"
    assert "publish" not in offers
    press.perform("sign_reading", issue, cast.editor)
    offers = {offer.action: offer for offer in press.available(issue, cast.chief)}
    assert offers["sign"].refusal is None
