"""The table of domain §3: every action on a manuscript, who may do it where, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles import carried_notices as carried
from articles import effects as do
from articles import guards as ask
from articles import publishing_guards as publishing
from articles import versions
from articles.case import Case
from articles.guards import Guard
from articles.stages import Stage

__all__ = ["LEVEL_OF_STAGE", "RIGHT_OF_STAGE", "RIGHT_TO_EDIT", "TRANSITIONS", "Transition"]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: ``action`` on an article standing in one of ``sources`` leads to ``target``.

    ``permission`` ``None`` means that a guard alone decides who may (the author). ``target`` ``None`` keeps
    the stage. ``detour`` is ``(policy, stage)``: another target where the journal has chosen that policy.
    ``level`` makes the action a signature; ``verdicts`` are what it may say, one verdict being understood.
    ``needs`` and ``takes`` name the fields of ``Given`` that must or may come along.
    """

    action: str
    label: Any
    sources: tuple[Stage, ...]
    target: Stage | None
    permission: str | None
    guards: tuple[Guard, ...] = ()
    conditions: tuple[Guard, ...] = ()
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    detour: tuple[str, Stage] | None = None
    level: str | None = None
    verdicts: tuple[str, ...] = ()
    revision: str | None = None
    effect: Callable[[Case], dict[str, Any]] | None = None


S = Stage
REVIEW = (ask.is_not_author, ask.is_from_elsewhere, ask.signed_no_other_level)
FIRST = (ask.is_in_charge, *REVIEW)
LATER = (*REVIEW, ask.earlier_reviews_stand)
FIRST_RIGHT, SECOND_RIGHT = "articles.first_review", "articles.second_review"
FINAL_RIGHT = "articles.final_review"
SUBMITTER, REGISTRAR = "articles.add_article", "articles.register_article"
UNIT_RIGHT, PLACER = "articles.sign_for_unit", "articles.place_article"
UNIT = (ask.is_not_author, ask.is_from_unit)
IMPORTER = "articles.import_article"
APPROVER, PUBLISHER = "articles.correct_published", "articles.apply_correction"
BEFORE_RELEASE = (
    S.DRAFT,
    S.UNIT_CHECK,
    S.RETURNED,
    S.SUBMITTED,
    S.FIRST_REVIEW,
    S.SECOND_REVIEW,
    S.FINAL_REVIEW,
    S.RESERVE,
    S.ACCEPTED,
    S.EDITING,
)
#: Where a text may be changed at all; who may is ``workflow.may_edit_text``.
WRITABLE = (S.DRAFT, S.RETURNED, S.SUBMITTED, S.FIRST_REVIEW, S.SECOND_REVIEW, S.FINAL_REVIEW, S.EDITING)

# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    # draft
    Transition("submit", _("Submit"), (S.DRAFT,), S.SUBMITTED, SUBMITTER,
               guards=(ask.is_own_or_registrar, ask.is_complete_for_submission),
               conditions=(ask.has_declared,), needs=("declarations",),
               detour=("unit_check", S.UNIT_CHECK), revision="submitted", effect=do.declare),
    Transition("sign_for_unit", _("Sign for the unit"), (S.UNIT_CHECK,), S.SUBMITTED, UNIT_RIGHT,
               guards=UNIT, takes=("opinion",)),
    Transition("return_from_unit", _("Send back to the author"), (S.UNIT_CHECK,), S.DRAFT, UNIT_RIGHT,
               guards=UNIT, needs=("reason",)),
    Transition("resubmit", _("Send in the revised text"), (S.RETURNED,), S.FIRST_REVIEW, None,
               guards=(ask.is_own, ask.resubmitted_in_time, ask.is_complete_for_submission),
               takes=("reason",), revision="submitted", effect=do.next_round),
    Transition("extend", _("Set a new due day"), (S.RETURNED,), None, FIRST_RIGHT,
               guards=(ask.is_not_author,), conditions=(ask.due_day_is_ahead,), needs=("due_on",),
               takes=("reason",), effect=do.set_due_day),
    # review
    Transition("register", _("Register and distribute"), (S.SUBMITTED,), S.FIRST_REVIEW, REGISTRAR,
               conditions=(ask.number_is_free, ask.duplicates_are_explained, ask.editor_may_review),
               takes=("number", "editor", "reason"), effect=do.register),
    Transition("assign", _("Hand to another editor"), (S.FIRST_REVIEW,), None, REGISTRAR,
               conditions=(ask.editor_may_review,), needs=("editor",), takes=("reason",), effect=do.assign),
    Transition("pass_up", _("Pass to second review"), (S.FIRST_REVIEW,), S.SECOND_REVIEW, FIRST_RIGHT,
               detour=("two_person", S.FINAL_REVIEW), guards=(*FIRST, ask.comments_are_settled),
               needs=("opinion", "verdict"), level="first", verdicts=("use", "refuse")),
    Transition("return", _("Return for revision"), (S.FIRST_REVIEW,), S.RETURNED, FIRST_RIGHT,
               guards=FIRST, conditions=(ask.due_day_is_ahead,), needs=("opinion", "due_on"),
               level="first", verdicts=("return",), effect=do.set_due_day),
    Transition("pass_up", _("Pass to final review"), (S.SECOND_REVIEW,), S.FINAL_REVIEW, SECOND_RIGHT,
               guards=(*LATER, ask.comments_are_settled), needs=("opinion", "verdict"),
               level="second", verdicts=("use", "refuse")),
    Transition("return", _("Return for revision"), (S.SECOND_REVIEW,), S.RETURNED, SECOND_RIGHT,
               guards=REVIEW, conditions=(ask.due_day_is_ahead,), needs=("opinion", "due_on"),
               level="second", verdicts=("return",), effect=do.set_due_day),
    Transition("send_back", _("Send back to first review"), (S.SECOND_REVIEW,), S.FIRST_REVIEW, SECOND_RIGHT,
               guards=REVIEW, needs=("opinion",), level="second", verdicts=("back",)),
    Transition("refuse", _("Refuse"), (S.SECOND_REVIEW,), S.REJECTED, SECOND_RIGHT,
               guards=(*LATER, ask.first_review_refused), needs=("opinion",),
               level="second", verdicts=("refuse",)),
    Transition("accept", _("Accept"), (S.FINAL_REVIEW,), S.ACCEPTED, FINAL_RIGHT,
               guards=(*LATER, ask.comments_are_settled), needs=("opinion",),
               level="final", verdicts=("use",)),
    Transition("hold", _("Hold in reserve"), (S.FINAL_REVIEW,), S.RESERVE, FINAL_RIGHT,
               guards=(*LATER, ask.comments_are_settled), needs=("opinion",),
               level="final", verdicts=("hold",)),
    Transition("return", _("Return for revision"), (S.FINAL_REVIEW,), S.RETURNED, FINAL_RIGHT,
               guards=REVIEW, conditions=(ask.due_day_is_ahead,), needs=("opinion", "due_on"),
               level="final", verdicts=("return",), effect=do.set_due_day),
    Transition("send_back", _("Send back to the review before"), (S.FINAL_REVIEW,), S.SECOND_REVIEW,
               FINAL_RIGHT, detour=("two_person", S.FIRST_REVIEW), guards=REVIEW, needs=("opinion",),
               level="final", verdicts=("back",)),
    Transition("refuse", _("Refuse"), (S.FINAL_REVIEW,), S.REJECTED, FINAL_RIGHT,
               guards=LATER, needs=("opinion",), level="final", verdicts=("refuse",)),
    Transition("use", _("Take out of reserve"), (S.RESERVE,), S.ACCEPTED, SECOND_RIGHT,
               guards=(ask.is_not_author, ask.final_review_stands), needs=("notice",)),
    Transition("let_go", _("Release to the author"), (S.RESERVE,), S.REJECTED, SECOND_RIGHT,
               guards=(ask.is_not_author,), needs=("notice",)),
    # publish
    Transition("place", _("Place in an issue"), (S.ACCEPTED,), S.EDITING, PLACER,
               conditions=(publishing.issue_is_open, publishing.place_is_free), needs=("issue",),
               takes=("position", "first_page", "last_page"), effect=do.place),
    Transition("take_out", _("Take out of the issue"), (S.EDITING,), S.ACCEPTED, PLACER,
               guards=(publishing.issue_is_open,), needs=("reason",), effect=do.leave_issue),
    Transition("release", _("Release to press"), (S.EDITING,), S.RELEASED, "articles.release_article",
               guards=(publishing.issue_is_open, ask.comments_are_settled, publishing.is_ready_for_press),
               revision="released"),
    Transition("correct_proof", _("Correct on the proof"), (S.RELEASED,), None, "articles.release_article",
               guards=(publishing.proof_is_open,),
               conditions=(publishing.proof_changes_text, publishing.text_is_known,
                           publishing.mark_is_of_this_article),
               needs=("text",), takes=("place", "wrong", "right", "weight", "mark"),
               effect=do.correct_proof),
    Transition("pull", _("Pull from the issue"), (S.RELEASED,), S.ACCEPTED, "articles.pull_article",
               guards=(publishing.issue_is_open,), needs=("reason",), effect=do.leave_issue),
    Transition("approve_correction", _("Approve a correction"), (S.PUBLISHED,), None, APPROVER,
               guards=(publishing.nothing_approved_yet,), conditions=(publishing.text_is_known,),
               needs=("reason", "notice"), takes=("text",), effect=do.approve),
    Transition("approve_retraction", _("Approve taking down"), (S.PUBLISHED,), None, APPROVER,
               guards=(publishing.nothing_approved_yet,), needs=("reason", "notice"), effect=do.approve),
    Transition("withdraw_approval", _("Withdraw the approval"), (S.PUBLISHED,), None, APPROVER,
               guards=(publishing.something_is_approved,), needs=("reason",)),
    Transition("correct", _("Correct"), (S.PUBLISHED,), None, PUBLISHER,
               guards=(publishing.correction_is_approved,), effect=do.correct),
    Transition("take_down", _("Take down"), (S.PUBLISHED,), S.RETRACTED, PUBLISHER,
               guards=(publishing.retraction_is_approved,), effect=do.take_down),
    # while the text is open
    Transition("save_version", _("Save as a version"), WRITABLE, None, None,
               guards=(versions.may_write,), revision="saved"),
    Transition("restore", _("Restore an earlier version"), WRITABLE, None, None,
               guards=(versions.may_write,), conditions=(versions.belongs_here,), needs=("revision",),
               revision="restored", effect=versions.restore),
    # at any time before release
    Transition("recall", _("Recall"), BEFORE_RELEASE, S.RECALLED, None,
               guards=(ask.is_own,), takes=("reason",), effect=do.leave_issue),
    # back issues
    Transition("record_as_printed", _("Record as printed"), (S.DRAFT,), S.RELEASED, IMPORTER,
               conditions=(publishing.issue_is_open, publishing.place_is_free), needs=("issue",),
               takes=("position", "first_page", "last_page", "reason"), revision="imported",
               effect=do.keep_place),
    Transition("carry_correction", _("Carry a correction over"), (S.PUBLISHED,), None, IMPORTER,
               conditions=(carried.correction_is_listed,), needs=("notice", "reason", "at"),
               effect=carried.carry_correction),
    Transition("carry_take_down", _("Carry a take-down over"), (S.PUBLISHED,), S.RETRACTED, IMPORTER,
               conditions=(carried.take_down_is_listed,), needs=("notice", "reason", "at"),
               effect=carried.carry_take_down),
)
# fmt: on

#: The review level signed in a stage.
LEVEL_OF_STAGE = {S.FIRST_REVIEW: "first", S.SECOND_REVIEW: "second", S.FINAL_REVIEW: "final"}

#: Whose work a stage is: the right that moves a manuscript on from it.
RIGHT_OF_STAGE = {
    S.UNIT_CHECK: "articles.sign_for_unit",
    S.SUBMITTED: "articles.register_article",
    S.FIRST_REVIEW: FIRST_RIGHT,
    S.SECOND_REVIEW: SECOND_RIGHT,
    S.FINAL_REVIEW: FINAL_RIGHT,
    S.RESERVE: SECOND_RIGHT,
    S.ACCEPTED: "articles.place_article",
    S.EDITING: "articles.release_article",
}

#: Who may change the text while it stands somewhere; authors change their own in draft and when returned.
RIGHT_TO_EDIT = {
    S.SUBMITTED: "articles.register_article",
    S.FIRST_REVIEW: FIRST_RIGHT,
    S.SECOND_REVIEW: SECOND_RIGHT,
    S.FINAL_REVIEW: FINAL_RIGHT,
    S.EDITING: "articles.release_article",
}
