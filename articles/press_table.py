"""The table of domain §4: every action on an issue, who may do it where, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles import going_out as out
from articles import offered_files as files
from articles import press_effects as do
from articles import press_rules as rule
from articles import proof_rules as proof
from articles.board import effects as board
from articles.refusals import Refused
from articles.stages import IssueStage

__all__ = ["DECISION_FOR", "TRANSITIONS", "Transition"]

Guard = Callable[["rule.IssueCase"], Refused | None]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: ``action`` on an issue in one of ``sources`` leads to ``target`` (``None``: it stays).

    ``guards`` need only the issue and the person, ``conditions`` also what was typed; ``needs`` and ``takes``
    name the fields of ``press_rules.IssueGiven``. ``step`` makes the action a signature on the issue.
    """

    action: str
    label: Any
    sources: tuple[IssueStage, ...]
    target: IssueStage | None
    permission: str
    guards: tuple[Guard, ...] = ()
    conditions: tuple[Guard, ...] = ()
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    step: str | None = None
    effect: Callable[[rule.IssueCase], dict[str, Any]] | None = None


I = IssueStage  # noqa: E741 - the table is read across
ASSEMBLE, PROOF, READ = "articles.assemble_issue", "articles.sign_proof", "articles.read_issue"
SIGN, PUBLISH, OPEN = "articles.sign_for_press", "articles.publish_issue", "articles.open_issue"
APPROVE, IMPORT = "articles.approve_contents", "articles.import_article"
UNSIGNED = (I.PLANNING, I.CONTENTS_APPROVED, I.TYPESET, I.PROOFING, I.READING)
IN_HAND = ((UNSIGNED, ASSEMBLE), ((I.SIGNED,), PUBLISH))
PRINTED = (I.SIGNED, I.PUBLISHED, I.ARCHIVED)
PLACE_OF_MARK = ("article", "part", "page", "place", "wrong", "right")
OF_MARK = (*PLACE_OF_MARK, "weight", "important", "required", "for_whom", "seen")
MARKED = (
    rule.kind_is_known,
    rule.weight_is_sound,
    proof.mark_has_its_place,
    proof.text_is_the_one_read,
    proof.mark_page_exists,
    proof.mark_is_written_short,
    proof.mark_is_for_an_editor,
)

#: Who may read an issue → the action that records it.
DECISION_FOR = {"public": "open_to_public", "members": "close", "inside": "keep_inside"}

# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    Transition("arrange", _("Arrange the issue"), UNSIGNED, None, ASSEMBLE, needs=("arrange",),
               effect=board.arrange),
    Transition("copy_structure", _("Copy the last issue's structure"), (I.PLANNING,), None, ASSEMBLE,
               guards=(board.is_empty,), effect=board.copy_structure),
    Transition("approve_contents", _("Approve the contents"), (I.PLANNING,), I.CONTENTS_APPROVED,
               APPROVE, guards=(rule.contents_are_in_order,), takes=("note",), step="contents"),
    Transition("approve_contents", _("Approve the contents again"), UNSIGNED[1:], None,
               APPROVE, guards=(rule.contents_are_in_order,), takes=("note",), step="contents"),
    Transition("typeset", _("Send to be typeset"), (I.CONTENTS_APPROVED,), I.TYPESET, ASSEMBLE,
               guards=(rule.articles_are_released, rule.contents_are_approved), takes=("note",)),
    Transition("open_round", _("Open a proof round"), (I.TYPESET, I.PROOFING), I.PROOFING, ASSEMBLE,
               guards=(rule.no_round_is_open,), takes=("note",), effect=do.open_round),
    Transition("mark_error", _("Mark an error"), (I.PROOFING, I.READING), None, PROOF,
               conditions=MARKED, needs=("kind",), takes=OF_MARK, effect=proof.mark_error),
    Transition("mark_error", _("Note an error of the printed copy"), PRINTED, None, PROOF,
               guards=(proof.was_proofread,), conditions=MARKED, needs=("kind",), takes=OF_MARK,
               effect=proof.mark_error),
    Transition("settle_mark", _("Settle a proof mark"), (I.PROOFING, I.READING, *PRINTED), None, READ,
               conditions=(rule.mark_is_open, rule.outcome_is_known), needs=("mark", "outcome"),
               takes=("note",), effect=do.settle_mark),
    Transition("sign_proof", _("Sign a proof"), (I.PROOFING,), None, PROOF, guards=(rule.a_round_is_open,),
               conditions=(rule.article_is_in_issue, rule.reader_is_not_author, rule.not_signed_in_round,
                           rule.first_and_second_differ, proof.text_is_the_one_read, rule.figures_are_sound),
               needs=("article",), takes=("errors", "characters", "note", "seen"), effect=do.sign_proof),
    Transition("close_round", _("Close the proof round"), (I.PROOFING,), None, ASSEMBLE,
               guards=(rule.a_round_is_open, rule.round_is_signed), conditions=(rule.pages_exist,),
               needs=("pages_changed",), takes=("note",), effect=do.close_round),
    Transition("start_reading", _("Start the final reading"), (I.PROOFING,), I.READING, ASSEMBLE,
               guards=(rule.rounds_are_enough,), takes=("note",)),
    Transition("sign_reading", _("Sign the final reading"), (I.READING,), None, READ,
               takes=("note",), step="reading"),
    Transition("sign", _("Sign for press"), (I.READING,), I.SIGNED, SIGN,
               guards=(rule.nothing_blocks,), takes=("note",), step="press"),
    Transition("sign_after", _("Sign for press after corrections"), (I.READING,), None, SIGN,
               guards=(rule.only_marks_block,), takes=("note",), step="press-after"),
    Transition("confirm_corrections", _("Confirm the corrections"), (I.READING,), I.SIGNED, READ,
               guards=(rule.signed_after_corrections, rule.nothing_blocks_but_reading), takes=("note",)),
    Transition("publish", _("Publish"), (I.SIGNED,), I.PUBLISHED, PUBLISH,
               guards=(rule.articles_are_released, rule.licence_is_valid), conditions=(rule.time_is_past,),
               takes=("published_at", "note"), effect=out.publish),
    Transition("schedule", _("Set the time of publication"), (I.SIGNED,), None, PUBLISH,
               guards=(rule.articles_are_released, rule.licence_is_valid), conditions=(out.time_is_ahead,),
               needs=("publish_at",), takes=("note",), effect=out.schedule),
    Transition("unschedule", _("Take the set time back"), (I.SIGNED,), None, PUBLISH,
               guards=(out.is_scheduled,), takes=("note",), effect=out.unschedule),
    # the private link to the preview is in the hand of who has the issue
    *(Transition("open_preview", _("Make a link to the preview"), stages, None, right,
                 effect=out.open_preview) for stages, right in IN_HAND),
    *(Transition("close_preview", _("Close the link to the preview"), stages, None, right,
                 guards=(out.has_preview,), effect=out.close_preview) for stages, right in IN_HAND),
    Transition("archive", _("Archive"), (I.PUBLISHED,), I.ARCHIVED, PUBLISH, takes=("note",)),
    # back steps, each with its reason
    Transition("reopen", _("Back to planning"), (I.CONTENTS_APPROVED, I.TYPESET), I.PLANNING, ASSEMBLE,
               needs=("reason",)),
    Transition("reopen", _("Back to proof"), (I.READING,), I.PROOFING, ASSEMBLE, needs=("reason",)),
    Transition("reopen", _("Take the press order back"), (I.SIGNED,), I.PROOFING, SIGN, needs=("reason",),
               effect=files.take_order_back),
    # the contents page says what the pages say
    Transition("name_in_contents", _("Give the title on the contents page"), UNSIGNED, None, ASSEMBLE,
               conditions=(rule.article_is_in_issue, proof.contents_say_the_title), needs=("article",),
               takes=("toc_title",), effect=proof.name_in_contents),
    # how pages count in the error rate
    Transition("count_pages", _("Say how pages count"), tuple(I), None, ASSEMBLE,
               conditions=(proof.pages_are_of_a_kind,), takes=("page_kinds", "cover_pages"),
               effect=proof.count_pages),
    # who may read it: a recorded decision at any time
    Transition("open_to_public", _("Open to everyone"), tuple(I), None, OPEN,
               guards=(rule.is_not_public,), needs=("reason",), effect=do.open_to_public),
    Transition("close", _("Keep to signed-in readers"), tuple(I), None, OPEN,
               guards=(rule.is_not_for_members,), needs=("reason",), effect=do.close),
    Transition("keep_inside", _("Keep to the inside network"), tuple(I), None, OPEN,
               guards=(rule.is_not_inside,), needs=("reason",), effect=do.keep_inside),
    # what readers may download, of what was signed
    Transition("offer_file", _("Offer a file to readers"), PRINTED, None, PUBLISH, needs=("file",),
               conditions=(files.is_made, files.is_not_offered), effect=files.offer),
    Transition("withdraw_file", _("Withdraw a file from readers"), PRINTED, None, PUBLISH, needs=("file",),
               conditions=(files.is_offered,), effect=files.withdraw),
    # back issues
    Transition("record_as_printed", _("Record as printed"), (I.PLANNING,), I.SIGNED, IMPORT,
               guards=(rule.articles_are_released,), takes=("note",), effect=do.as_printed),
)
# fmt: on
