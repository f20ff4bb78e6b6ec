"""The table of manuscripts, row by row: who may, who may not, where it leads, what it writes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from articles import workflow
from articles.carried_notices import listed
from articles.models import Article, Event, Revision
from articles.press import IssueStage
from articles.record import make_revision, write_event
from articles.workflow import TRANSITIONS, Refused, Stage
from tests.factories import DECLARED, Cast, due_day, make_article, make_issue, make_journal

pytestmark = pytest.mark.django_db

OPINION = {"opinion": "读过，意见如下。"}
BACK = {**OPINION, "due_on": due_day()}
REASON = {"reason": "版面有变。"}
NOTICE = {"notice": "谨此告知。"}

Situation = Callable[[Cast], Article]


def standing(stage: Stage) -> Situation:
    return lambda cast: make_article(cast, stage)


def first_refused(cast: Cast) -> Article:
    article = make_article(cast, Stage.FIRST_REVIEW)
    workflow.perform("pass_up", article, cast.editor, opinion="不宜采用。", verdict="refuse")
    return article


def in_proof(cast: Cast) -> Article:
    return make_issue(cast, IssueStage.PROOFING).articles.first()


def approved(action: str) -> Situation:
    def situation(cast: Cast) -> Article:
        article = make_article(cast, Stage.PUBLISHED)
        text = {"title": "更正后的题目"} if action == "approve_correction" else {}
        workflow.perform(action, article, cast.chief, **REASON, **NOTICE, text=text)
        return article

    return situation


def in_planned_issue(cast: Cast) -> dict[str, Any]:
    return {"issue": make_issue(cast)}


def someone(cast: Cast) -> dict[str, Any]:
    return {"editor": cast.editor}


CARRIED = {**REASON, **NOTICE, "at": datetime.datetime(2024, 7, 9, 8, tzinfo=datetime.UTC)}


def from_an_archive(kind: str) -> Situation:
    """Published, in an issue whose import is on record with one notice on this article."""

    def situation(cast: Cast) -> Article:
        article = make_article(cast, Stage.PUBLISHED)
        held = listed([(kind, CARRIED["notice"], CARRIED["reason"], CARRIED["at"])])
        data = {"notices": {article.code: held}}
        write_event("imported", None, actor_name="import_issue", issue=article.issue, data=data)
        return article

    return situation


#: action, situation, who may, the stage it leads to, what must come along.
ROWS: list[tuple[str, Situation, set[str], Stage, Any]] = [
    ("submit", standing(Stage.DRAFT), {"contributor"}, Stage.SUBMITTED, {"declarations": DECLARED}),
    ("sign_for_unit", standing(Stage.UNIT_CHECK), {"unit_approver"}, Stage.SUBMITTED, {}),
    ("return_from_unit", standing(Stage.UNIT_CHECK), {"unit_approver"}, Stage.DRAFT, REASON),
    ("resubmit", standing(Stage.RETURNED), {"contributor"}, Stage.FIRST_REVIEW, {}),
    ("extend", standing(Stage.RETURNED), {"editor"}, Stage.RETURNED, {"due_on": due_day(9)}),
    ("register", standing(Stage.SUBMITTED), {"registrar"}, Stage.FIRST_REVIEW, {}),
    ("assign", standing(Stage.FIRST_REVIEW), {"registrar"}, Stage.FIRST_REVIEW, someone),
    (
        "pass_up",
        standing(Stage.FIRST_REVIEW),
        {"editor"},
        Stage.SECOND_REVIEW,
        {**OPINION, "verdict": "use"},
    ),
    ("return", standing(Stage.FIRST_REVIEW), {"editor"}, Stage.RETURNED, BACK),
    (
        "pass_up",
        standing(Stage.SECOND_REVIEW),
        {"head"},
        Stage.FINAL_REVIEW,
        {**OPINION, "verdict": "refuse"},
    ),
    ("return", standing(Stage.SECOND_REVIEW), {"head"}, Stage.RETURNED, BACK),
    ("send_back", standing(Stage.SECOND_REVIEW), {"head"}, Stage.FIRST_REVIEW, OPINION),
    ("refuse", first_refused, {"head"}, Stage.REJECTED, OPINION),
    ("accept", standing(Stage.FINAL_REVIEW), {"chief"}, Stage.ACCEPTED, OPINION),
    ("hold", standing(Stage.FINAL_REVIEW), {"chief"}, Stage.RESERVE, OPINION),
    ("return", standing(Stage.FINAL_REVIEW), {"chief"}, Stage.RETURNED, BACK),
    ("send_back", standing(Stage.FINAL_REVIEW), {"chief"}, Stage.SECOND_REVIEW, OPINION),
    ("refuse", standing(Stage.FINAL_REVIEW), {"chief"}, Stage.REJECTED, OPINION),
    ("use", standing(Stage.RESERVE), {"head"}, Stage.ACCEPTED, NOTICE),
    ("let_go", standing(Stage.RESERVE), {"head"}, Stage.REJECTED, NOTICE),
    ("place", standing(Stage.ACCEPTED), {"head"}, Stage.EDITING, in_planned_issue),
    ("take_out", standing(Stage.EDITING), {"head"}, Stage.ACCEPTED, REASON),
    ("release", standing(Stage.EDITING), {"editor"}, Stage.RELEASED, {}),
    ("correct_proof", in_proof, {"editor"}, Stage.RELEASED, {"text": {"body": "<p>改过一字。</p>"}}),
    ("pull", standing(Stage.RELEASED), {"chief"}, Stage.ACCEPTED, REASON),
    ("approve_correction", standing(Stage.PUBLISHED), {"chief"}, Stage.PUBLISHED, {**REASON, **NOTICE}),
    ("approve_retraction", standing(Stage.PUBLISHED), {"chief"}, Stage.PUBLISHED, {**REASON, **NOTICE}),
    ("withdraw_approval", approved("approve_retraction"), {"chief"}, Stage.PUBLISHED, REASON),
    ("correct", approved("approve_correction"), {"publisher"}, Stage.PUBLISHED, {}),
    ("take_down", approved("approve_retraction"), {"publisher"}, Stage.RETRACTED, {}),
    ("recall", standing(Stage.FIRST_REVIEW), {"contributor"}, Stage.RECALLED, {}),
    ("record_as_printed", standing(Stage.DRAFT), {"registrar", "head"}, Stage.RELEASED, in_planned_issue),
    (
        "carry_correction",
        from_an_archive("correction"),
        {"registrar", "head"},
        Stage.PUBLISHED,
        CARRIED,
    ),
    ("carry_take_down", from_an_archive("retraction"), {"registrar", "head"}, Stage.RETRACTED, CARRIED),
]

#: Who may change the text where it stands; they keep and bring back its versions, too.
WRITERS = {
    Stage.DRAFT: {"contributor"},
    Stage.RETURNED: {"contributor"},
    Stage.SUBMITTED: {"registrar"},
    Stage.FIRST_REVIEW: {"editor"},
    Stage.SECOND_REVIEW: {"head"},
    Stage.FINAL_REVIEW: {"chief"},
    Stage.EDITING: {"editor"},
}


def with_an_earlier_version(stage: Stage) -> Situation:
    def situation(cast: Cast) -> Article:
        article = make_article(cast, stage)
        make_revision(article, "saved", None)
        article.body = "<p>后来改的一段。</p>"
        article.save()
        return article

    return situation


def earlier_version(cast: Cast) -> dict[str, Any]:
    return {"revision": Revision.objects.order_by("-pk").first()}


ROWS += [("save_version", standing(stage), who, stage, {}) for stage, who in WRITERS.items()]
ROWS += [
    ("restore", with_an_earlier_version(stage), who, stage, earlier_version) for stage, who in WRITERS.items()
]

ids = [f"{row[0]}-{index}" for index, row in enumerate(ROWS)]


def words(given: Any, cast: Cast) -> dict[str, Any]:
    return given(cast) if callable(given) else given


@pytest.mark.parametrize(("action", "situation", "allowed", "target", "given"), ROWS, ids=ids)
def test_each_row_is_open_to_its_roles_and_to_no_other(
    action: str, situation: Situation, allowed: set[str], target: Stage, given: Any
) -> None:
    cast = Cast()
    article = situation(cast)
    before, events, given = article.stage, Event.objects.count(), words(given, cast)
    for role in sorted(set(Cast.ROLES) - allowed):
        with pytest.raises(Refused) as refused:
            workflow.perform(action, article, getattr(cast, role), **given)
        assert refused.value.kind == "forbidden", role
        assert str(refused.value)
    article.refresh_from_db()
    assert (article.stage, Event.objects.count()) == (before, events)

    event = workflow.perform(action, article, getattr(cast, sorted(allowed)[0]), **given)
    assert article.stage == Article.objects.get(pk=article.pk).stage == target
    assert (event.action, event.before, event.after) == (action, before, target)
    assert Event.objects.count() == events + 1


@pytest.mark.parametrize(("action", "situation", "allowed", "target", "given"), ROWS, ids=ids)
def test_each_role_named_in_a_row_may(
    action: str, situation: Situation, allowed: set[str], target: Stage, given: Any
) -> None:
    for role in sorted(allowed)[1:]:
        cast = Cast()
        article = situation(cast)
        workflow.perform(action, article, getattr(cast, role), **words(given, cast))
        assert article.stage == target


def test_the_rows_above_are_the_whole_table() -> None:
    tested = {(action, sources_of(situation)) for action, situation, *_rest in ROWS}
    table = {(row.action, source) for row in TRANSITIONS for source in row.sources if row.action != "recall"}
    assert {(a, s) for a, s in tested if a != "recall"} == table


def sources_of(situation: Situation) -> str:
    return situation(Cast()).stage


@pytest.mark.parametrize("stage", list(Stage))
def test_no_action_leads_out_of_a_stage_the_table_does_not_name(stage: Stage) -> None:
    cast = Cast()
    article = make_article(cast, stage)
    for action in {row.action for row in TRANSITIONS}:
        if any(row.action == action and stage in row.sources for row in TRANSITIONS):
            continue
        with pytest.raises(Refused) as refused:
            workflow.perform(action, article, cast.superuser, **OPINION)
        assert refused.value.code == "wrong-stage"
        assert refused.value.status == 409


@pytest.mark.parametrize(
    "stage",
    [s for s in Stage if s not in {"released", "published", "rejected", "recalled", "retracted"}],
)
def test_the_author_may_recall_until_release(stage: Stage) -> None:
    cast = Cast()
    article = make_article(cast, stage)
    workflow.perform("recall", article, cast.contributor)
    assert article.stage == Stage.RECALLED
    assert (article.issue, article.position, article.first_page) == (None, None, None)


def test_an_unknown_action_is_refused_with_a_sentence() -> None:
    cast = Cast()
    with pytest.raises(Refused) as refused:
        workflow.perform("publish_at_once", make_article(cast), cast.superuser)
    assert refused.value.code == "unknown-action"


def test_what_a_row_needs_is_asked_for_by_name() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    for given, field in [
        ({}, "opinion"),
        ({"opinion": "  ", "verdict": "use"}, "opinion"),
        (OPINION, "verdict"),
        ({**OPINION, "verdict": "hold"}, "verdict"),
    ]:
        with pytest.raises(Refused) as refused:
            workflow.perform("pass_up", article, cast.editor, **given)
        assert (refused.value.status, refused.value.field) == (422, field)
    assert article.signoffs.count() == 0


def test_an_unknown_word_is_a_mistake_of_the_program() -> None:
    cast = Cast()
    with pytest.raises(TypeError):
        workflow.perform("submit", make_article(cast), cast.contributor, stage=Stage.PUBLISHED)


def test_a_stale_page_is_told_who_was_quicker() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    seen = article.version
    workflow.perform("return", Article.objects.get(pk=article.pk), cast.editor, **BACK)
    with pytest.raises(Refused) as refused:
        workflow.perform("pass_up", article, cast.editor, version=seen, **OPINION, verdict="use")
    assert (refused.value.status, refused.value.code) == (409, "stale")
    assert cast.editor.name in str(refused.value)
    assert article.signoffs.count() == 1


def test_a_role_taken_away_while_the_page_was_open_counts_no_more() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    assert cast.editor.has_perm("articles.first_review")
    cast.editor.groups.clear()
    with pytest.raises(Refused) as refused:
        workflow.perform("pass_up", article, cast.editor, **OPINION, verdict="use")
    assert refused.value.code == "no-right"


def test_a_closed_account_can_do_nothing() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    type(cast.editor).objects.filter(pk=cast.editor.pk).update(is_active=False)
    with pytest.raises(Refused) as refused:
        workflow.perform("pass_up", article, cast.editor, **OPINION, verdict="use")
    assert refused.value.code == "closed-account"


def test_the_offers_of_a_screen_say_beforehand_what_would_refuse_them() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.editor)
    offers = {offer.action: offer for offer in workflow.available(article, cast.editor)}
    assert offers["pass_up"].code == "own-manuscript"
    assert offers["pass_up"].refusal
    assert offers["recall"].refusal is None
    assert "register" not in offers
    other = make_article(cast, Stage.FIRST_REVIEW)
    (offer,) = [o for o in workflow.available(other, cast.editor) if o.action == "pass_up"]
    assert (offer.refusal, offer.needs, offer.target) == (None, ("opinion", "verdict"), Stage.SECOND_REVIEW)


def test_readers_and_officers_are_offered_nothing() -> None:
    cast = Cast()
    for stage in Stage:
        article = make_article(cast, stage)
        for role in ("reader", "system_officer", "security_officer", "audit_officer"):
            assert workflow.available(article, getattr(cast, role)) == []


def test_units_sign_first_where_the_office_has_chosen_so() -> None:
    cast = Cast()
    make_journal(unit_check=True)
    article = make_article(cast)
    workflow.perform("submit", article, cast.contributor, declarations=DECLARED)
    assert article.stage == Stage.UNIT_CHECK


def test_the_house_is_told_once_and_only_after_the_commit(
    django_capture_on_commit_callbacks: Any,
) -> None:
    cast = Cast()
    article = make_article(cast)
    heard: list[tuple[str, str]] = []

    def listen(article: Article, event: Event, **kwargs: Any) -> None:
        heard.append((event.action, article.stage))

    workflow.stage_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks() as callbacks:
            workflow.perform("submit", article, cast.contributor, declarations=DECLARED)
            assert heard == []
        for callback in callbacks:
            callback()
    finally:
        workflow.stage_changed.disconnect(listen)
    assert heard == [("submit", "submitted")]
