"""The invariants of the three reviews: they bind everybody, the superuser included."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from articles import record, workflow
from articles.models import Article, Author, Byline, Comment, Delegation, Event, SignOff
from articles.workflow import Refused, Stage
from tests.factories import DECLARED, Cast, due_day, make_article, make_journal, make_user

pytestmark = pytest.mark.django_db

USE = {"opinion": "可用。", "verdict": "use"}
REFUSE = {"opinion": "不宜采用。", "verdict": "refuse"}
SAY = {"opinion": "意见见审稿单。"}


def refusal(action: str, article: Article, by: Any, **given: Any) -> Refused:
    """The refusal of an action, after making sure that nothing was written."""
    before = (article.stage, Event.objects.count(), SignOff.objects.count())
    with pytest.raises(Refused) as refused:
        workflow.perform(action, article, by, **given)
    article.refresh_from_db()
    assert (article.stage, Event.objects.count(), SignOff.objects.count()) == before
    return refused.value


# 1. No two review levels by the same person; nobody reviews their own.


def test_one_person_signs_one_level_even_as_superuser() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    workflow.perform("pass_up", article, cast.superuser, **USE)
    assert refusal("pass_up", article, cast.superuser, **USE).code == "same-person"
    workflow.perform("pass_up", article, cast.head, **USE)
    for action in ("accept", "hold", "refuse", "send_back"):
        assert refusal(action, article, cast.superuser, **SAY).code == "same-person"


def test_the_level_of_an_earlier_round_counts() -> None:
    cast = Cast()
    article = make_article(cast, Stage.SECOND_REVIEW)
    workflow.perform("return", article, cast.superuser, **SAY, due_on=due_day())
    workflow.perform("resubmit", article, cast.contributor)
    assert article.review_round == 2
    assert refusal("pass_up", article, cast.superuser, **USE).code == "same-person"


def test_the_same_person_may_give_the_same_level_again_in_the_next_round() -> None:
    cast = Cast()
    article = make_article(cast, Stage.RETURNED)
    workflow.perform("resubmit", article, cast.contributor)
    workflow.perform("pass_up", article, cast.editor, **USE)
    assert [s.round for s in article.signoffs.all()] == [1, 2]


@pytest.mark.parametrize("connection", ["submitter", "byline", "group member"])
def test_nobody_reviews_their_own_manuscript(connection: str) -> None:
    cast = Cast()
    article = make_article(cast, submitter=cast.superuser if connection == "submitter" else cast.contributor)
    person = Author.objects.create(name="陆小满", code="lu-xiaoman", user=cast.superuser)
    if connection == "byline":
        Byline.objects.create(article=article, author=person, position=2)
    if connection == "group member":
        group = Author.objects.create(name="渡口课题组", code="ferry-group", kind="group")
        group.members.create(author=person, role="执笔")
        Byline.objects.create(article=article, author=group, position=2)
    workflow.perform("submit", article, article.submitter, declarations=DECLARED)
    workflow.perform("register", article, cast.registrar)
    assert refusal("pass_up", article, cast.superuser, **USE).code == "own-manuscript"
    assert refusal("return", article, cast.superuser, **SAY, due_on=due_day()).code == "own-manuscript"
    workflow.perform("pass_up", article, cast.editor, **USE)
    assert refusal("pass_up", article, cast.superuser, **USE).code == "own-manuscript"
    workflow.perform("pass_up", article, cast.head, **USE)
    assert refusal("accept", article, cast.superuser, **SAY).code == "own-manuscript"


def test_reviewers_of_the_same_unit_stand_aside_where_the_office_says_so() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    neighbour = make_user("responsible-editor", name="邱岳", unit="芦滩镇文化站")
    make_journal(same_unit_recusal=True)
    assert refusal("pass_up", article, neighbour, **USE).code == "same-unit"
    make_journal(same_unit_recusal=False)
    workflow.perform("pass_up", article, neighbour, **USE)


def test_a_unit_signs_only_its_own_submissions_and_not_by_their_author() -> None:
    cast = Cast()
    article = make_article(cast, Stage.UNIT_CHECK)
    stranger = make_user("unit-approver", unit="上渡区图书馆")
    assert refusal("sign_for_unit", article, stranger).code == "other-unit"
    own = make_article(cast, Stage.UNIT_CHECK, submitter=author_who_approves(cast))
    assert refusal("sign_for_unit", own, own.submitter).code == "own-manuscript"
    workflow.perform("sign_for_unit", article, cast.unit_approver)


def author_who_approves(cast: Cast) -> Any:
    person = make_user("unit-approver", unit="芦滩镇文化站")
    person.groups.add(*cast.contributor.groups.all())
    return person


def test_a_manuscript_given_to_one_editor_is_not_reviewed_by_another() -> None:
    cast = Cast()
    article = make_article(cast, Stage.SUBMITTED)
    other = make_user("responsible-editor", name="邱岳")
    workflow.perform("register", article, cast.registrar, editor=cast.editor)
    assert refusal("pass_up", article, other, **USE).code == "not-in-charge"
    workflow.perform("assign", article, cast.registrar, editor=other)
    workflow.perform("pass_up", article, other, **USE)


# 2. A sign-off belongs to a text.


def test_a_sign_off_stores_who_what_and_which_text() -> None:
    cast = Cast()
    article = make_article(cast, Stage.SECOND_REVIEW)
    (signoff,) = article.signoffs.all()
    assert (signoff.person, signoff.person_name, signoff.level) == (cast.editor, "陆小满", "first")
    assert (signoff.role, signoff.verdict, signoff.opinion) == (
        "responsible-editor",
        "use",
        "选题实在，可用。",
    )
    assert signoff.text_hash == signoff.revision.text_hash == article.text_hash
    assert signoff.revision.content["body"] == article.body
    assert signoff.is_valid


def test_any_change_of_the_text_voids_a_sign_off() -> None:
    cast = Cast()
    for name, value in [
        ("title", "改题"),
        ("body", "<p>改文。</p>"),
        ("kicker", "引题"),
        ("closing_notes", ["完"]),
    ]:
        article = make_article(cast, Stage.SECOND_REVIEW)
        setattr(article, name, value)
        article.save()
        assert not article.signoffs.get().is_valid, name


def test_a_void_review_carries_no_further_one() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FINAL_REVIEW)
    article.body = "<p>终审时又改了一段。</p>"
    article.save()
    for action in ("accept", "hold", "refuse"):
        refused = refusal(action, article, cast.chief, **SAY)
        assert (refused.code, refused.status) == ("review-void", 409)
        assert cast.editor.name in str(refused)
    workflow.perform("send_back", article, cast.chief, **SAY)
    workflow.perform("send_back", article, cast.head, **SAY)
    workflow.perform("pass_up", article, cast.editor, **USE)
    workflow.perform("pass_up", article, cast.head, **USE)
    workflow.perform("accept", article, cast.chief, **SAY)
    assert article.stage == Stage.ACCEPTED


def test_taking_a_change_back_brings_the_signature_back() -> None:
    cast = Cast()
    article = make_article(cast, Stage.SECOND_REVIEW)
    as_signed = article.body
    for body in ("<p>改坏了。</p>", as_signed):
        article.body = body
        article.save()
    assert article.signoffs.get().is_valid


def test_an_open_required_comment_stops_a_signature() -> None:
    cast = Cast()
    for stage, person, action, given in [
        (Stage.FIRST_REVIEW, cast.editor, "pass_up", USE),
        (Stage.SECOND_REVIEW, cast.head, "pass_up", USE),
        (Stage.FINAL_REVIEW, cast.chief, "accept", SAY),
        (Stage.FINAL_REVIEW, cast.chief, "hold", SAY),
        (Stage.EDITING, cast.editor, "release", {}),
    ]:
        article = make_article(cast, stage)
        comment = Comment.objects.create(article=article, text="请核对日期。", required=True, by=cast.editor)
        assert refusal(action, article, person, **given).code == "open-comments"
        comment.resolved_at, comment.resolved_by = timezone.now(), cast.editor
        comment.save(update_fields=["resolved_at", "resolved_by"])
        workflow.perform(action, article, person, **given)


def test_a_remark_that_is_not_required_stops_nothing() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    Comment.objects.create(article=article, text="标题可再推敲。", by=cast.head)
    workflow.perform("pass_up", article, cast.editor, **USE)


# Refusing, returning, holding.


def test_the_second_review_refuses_only_what_the_first_wanted_refused() -> None:
    cast = Cast()
    wanted = make_article(cast, Stage.SECOND_REVIEW)
    assert refusal("refuse", wanted, cast.head, **SAY).code == "first-review-differs"
    workflow.perform("pass_up", wanted, cast.head, **REFUSE)
    assert wanted.stage == Stage.FINAL_REVIEW

    unwanted = make_article(cast, Stage.FIRST_REVIEW)
    workflow.perform("pass_up", unwanted, cast.editor, **REFUSE)
    workflow.perform("refuse", unwanted, cast.head, **SAY)
    assert unwanted.stage == Stage.REJECTED


def test_a_return_names_a_day_from_today_on() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert refusal("return", article, cast.editor, **SAY).field == "due_on"
    assert refusal("return", article, cast.editor, **SAY, due_on=yesterday).code == "due-day"
    workflow.perform("return", article, cast.editor, **SAY, due_on=timezone.localdate())
    assert article.due_on == timezone.localdate()


def test_a_late_revision_waits_until_the_editor_sets_a_new_day(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    article = make_article(cast, Stage.RETURNED)
    late = due_day(8)
    monkeypatch.setattr("articles.guards.timezone.localdate", lambda: late)
    assert refusal("resubmit", article, cast.contributor).code == "overdue"
    workflow.perform("extend", article, cast.editor, due_on=late)
    workflow.perform("resubmit", article, cast.contributor)
    assert (article.stage, article.due_on) == (Stage.FIRST_REVIEW, None)


def test_a_revised_text_is_a_version_of_its_own() -> None:
    cast = Cast()
    article = make_article(cast, Stage.RETURNED)
    article.body = "<p>补上了数据出处。</p>"
    article.save()
    workflow.perform("resubmit", article, cast.contributor)
    versions = list(article.revisions.order_by("number"))
    assert [v.reason for v in versions] == ["submitted", "submitted"]
    assert versions[-1].content["body"] == "<p>补上了数据出处。</p>"


def test_what_lies_in_reserve_is_used_as_it_was_signed() -> None:
    cast = Cast()
    article = make_article(cast, Stage.RESERVE)
    article.body = "<p>压了两个月，改过了。</p>"
    article.save()
    assert refusal("use", article, cast.head, notice="拟用于下期。").code == "review-void"


# Small offices, delegations.


def test_with_two_people_the_second_review_is_merged_but_never_one_person() -> None:
    cast = Cast()
    make_journal(two_person=True)
    article = make_article(cast, Stage.FIRST_REVIEW)
    workflow.perform("pass_up", article, cast.superuser, **USE)
    assert article.stage == Stage.FINAL_REVIEW
    assert refusal("accept", article, cast.superuser, **SAY).code == "same-person"
    workflow.perform("accept", article, cast.chief, **SAY)
    assert article.stage == Stage.ACCEPTED


def test_when_the_policy_goes_back_to_three_the_second_review_is_asked_for() -> None:
    cast = Cast()
    make_journal(two_person=True)
    article = make_article(cast, Stage.FIRST_REVIEW)
    workflow.perform("pass_up", article, cast.editor, **USE)
    make_journal(two_person=False)
    assert refusal("accept", article, cast.chief, **SAY).code == "review-missing"
    workflow.perform("send_back", article, cast.chief, **SAY)
    assert article.stage == Stage.SECOND_REVIEW


def test_a_delegate_gives_the_final_review_between_the_two_days() -> None:
    cast = Cast()
    deputy = make_user("proofreader", name="宋知微")
    today = timezone.localdate()
    article = make_article(cast, Stage.FINAL_REVIEW)
    assert refusal("accept", article, deputy, **SAY).code == "no-right"
    delegation = workflow.delegate(cast.chief, deputy, today, today, "出差")
    assert Event.objects.get(delegation=delegation).action == "delegate"
    assert Stage.FINAL_REVIEW in workflow.stages_awaiting(deputy)
    workflow.perform("accept", article, deputy, **SAY)
    assert article.signoffs.get(level="final").delegation == delegation


@pytest.mark.parametrize(("start", "end"), [(-9, -1), (1, 9)])
def test_a_delegation_of_other_days_opens_nothing(start: int, end: int) -> None:
    cast = Cast()
    deputy = make_user("proofreader")
    article = make_article(cast, Stage.FINAL_REVIEW)
    days = {"starts_on": due_day(start), "ends_on": due_day(end)}  # the door itself gives none of the past
    Delegation.objects.create(giver=cast.chief, holder=deputy, **days)
    assert refusal("accept", article, deputy, **SAY).code == "no-right"
    assert Stage.FINAL_REVIEW not in workflow.stages_awaiting(deputy)


def test_a_withdrawn_delegation_is_over_at_once_and_in_the_record() -> None:
    cast = Cast()
    deputy = make_user("proofreader")
    article = make_article(cast, Stage.FINAL_REVIEW)
    delegation = workflow.delegate(cast.chief, deputy, due_day(0), due_day(5))
    event = workflow.withdraw_delegation(delegation, cast.chief, "提前返岗")
    assert (event.action, event.delegation) == ("withdraw_delegation", delegation)
    assert refusal("accept", article, deputy, **SAY).code == "no-right"
    with pytest.raises(Refused):
        workflow.withdraw_delegation(delegation, cast.chief)


def test_a_delegate_is_bound_by_every_guard() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FINAL_REVIEW)
    workflow.delegate(cast.chief, cast.head, due_day(0), due_day(5))
    assert refusal("accept", article, cast.head, **SAY).code == "same-person"


def test_only_who_gives_the_final_review_delegates_it_and_not_to_themselves() -> None:
    cast = Cast()
    for giver, holder, start, end in [
        (cast.head, cast.editor, 0, 5),
        (cast.chief, cast.chief, 0, 5),
        (cast.chief, cast.head, 5, 0),
    ]:
        with pytest.raises(Refused):
            workflow.delegate(giver, holder, due_day(start), due_day(end))
    assert not Delegation.objects.exists()


# Submitting and registering.


def test_a_submission_is_complete_and_declared() -> None:
    cast = Cast()
    empty = make_article(cast, body="")
    assert refusal("submit", empty, cast.contributor, declarations=DECLARED).code == "incomplete"
    whole = make_article(cast)
    assert refusal("submit", whole, cast.contributor).field == "declarations"
    assert refusal("submit", whole, cast.contributor, declarations=DECLARED[:1]).code == "declarations"
    event = workflow.perform("submit", whole, cast.contributor, declarations=DECLARED)
    assert event.data["declarations"] == sorted(DECLARED)


def test_manuscript_numbers_run_on_through_the_year() -> None:
    cast = Cast()
    year = timezone.localdate().year
    first, second = make_article(cast, Stage.FIRST_REVIEW), make_article(cast, Stage.FIRST_REVIEW)
    assert [first.manuscript_number, second.manuscript_number] == [f"{year}-0001", f"{year}-0002"]
    third = make_article(cast, Stage.SUBMITTED)
    workflow.perform("register", third, cast.registrar, number=f"{year}-9999")
    assert make_article(cast, Stage.FIRST_REVIEW).manuscript_number == f"{year}-10000"
    assert make_article(cast, Stage.FIRST_REVIEW).manuscript_number == f"{year}-10001"


def test_the_sender_leaves_with_a_number_and_registering_keeps_it() -> None:
    cast = Cast()
    article = make_article(cast, Stage.SUBMITTED)
    number = article.manuscript_number
    assert number
    workflow.perform("register", article, cast.registrar)
    assert article.manuscript_number == number


def test_a_manuscript_number_is_given_once() -> None:
    cast = Cast()
    number = make_article(cast, Stage.FIRST_REVIEW).manuscript_number
    article = make_article(cast, Stage.SUBMITTED)
    assert refusal("register", article, cast.registrar, number=number).code == "number-taken"
    assert refusal("register", article, cast.registrar, number="第七号").code == "number"


def test_a_manuscript_that_came_in_before_is_registered_only_with_a_reason() -> None:
    cast = Cast()
    first = make_article(cast, Stage.SUBMITTED, title="渡口的早晨")
    again = make_article(cast, Stage.SUBMITTED, title="渡口的早晨")
    refused = refusal("register", again, cast.registrar)
    assert (refused.code, refused.field) == ("duplicate", "reason")
    event = workflow.perform("register", again, cast.registrar, reason="同题不同文，已核对。")
    assert event.data["duplicates"] == [f"{first.manuscript_number} 渡口的早晨"]


def test_a_manuscript_goes_to_an_editor_who_may_review_it() -> None:
    cast = Cast()
    article = make_article(cast, Stage.SUBMITTED)
    assert refusal("register", article, cast.registrar, editor=cast.publisher).code == "editor"
    own = make_article(cast, Stage.SUBMITTED, submitter=cast.editor)
    assert refusal("register", own, cast.registrar, editor=cast.editor).code == "editor-is-author"


# What waits for whom.


def test_my_work_is_what_i_can_move_on() -> None:
    cast = Cast()
    received, first = make_article(cast, Stage.SUBMITTED), make_article(cast, Stage.FIRST_REVIEW)
    second, returned = make_article(cast, Stage.SECOND_REVIEW), make_article(cast, Stage.RETURNED)

    def waiting(person: Any) -> set[Article]:
        return set(Article.objects.awaiting(person))

    assert waiting(cast.registrar) == {received}
    assert waiting(cast.editor) == {first}
    assert waiting(cast.head) == {second}
    assert waiting(cast.contributor) == {returned}
    for nobody in (cast.reader, cast.proofreader, cast.audit_officer):
        assert waiting(nobody) == set()


def test_an_overdue_revision_waits_for_the_editor_who_can_set_a_new_day() -> None:
    cast, yesterday = Cast(), timezone.localdate() - datetime.timedelta(days=1)
    other = make_user("responsible-editor", name="程以宁")
    late, in_time = make_article(cast, Stage.RETURNED), make_article(cast, Stage.RETURNED)
    with record.performing():
        Article.objects.filter(pk=late.pk).update(due_on=yesterday, editor=cast.editor)
        Article.objects.filter(pk=in_time.pk).update(editor=cast.editor)
    waiting = {who: set(Article.objects.awaiting(who)) for who in (cast.editor, other, cast.head)}
    assert waiting == {cast.editor: {late}, other: set(), cast.head: set()}
    workflow.perform("extend", late, cast.editor, due_on=yesterday + datetime.timedelta(days=9))
    assert not Article.objects.awaiting(cast.editor).exists()


def test_my_work_leaves_out_what_i_may_not_review() -> None:
    cast = Cast()
    mine = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.superuser)
    taken = make_article(cast, Stage.SUBMITTED)
    workflow.perform("register", taken, cast.registrar, editor=cast.editor)
    reviewed = make_article(cast, Stage.FIRST_REVIEW)
    workflow.perform("pass_up", reviewed, cast.superuser, **USE)
    assert not set(Article.objects.awaiting(cast.superuser)) & {mine, taken, reviewed}
    assert taken in Article.objects.awaiting(cast.editor)
