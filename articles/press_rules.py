"""The rules of the issue's road, one function each: what a person must bring, what each step writes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import blockers as block
from articles import proofs
from articles.checklist import joined
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.board.changes import Change
    from articles.models import Article, Issue, IssueFile, ProofMark, ProofRound

__all__ = ["IssueCase", "IssueGiven"]


@dataclass(frozen=True, slots=True)
class IssueGiven:
    """What came with the button. An unknown name raises ``TypeError``.

    ``errors`` are weighted errors found in a reading (default: the sum of the marks), ``characters`` those
    read (default: the article's own count), ``published_at`` the time an old issue came out.
    """

    reason: str = ""
    note: str = ""
    article: Article | None = None
    errors: Decimal | None = None
    characters: int | None = None
    pages_changed: int | None = None
    published_at: datetime.datetime | None = None
    publish_at: datetime.datetime | None = None
    mark: ProofMark | None = None
    outcome: str = ""
    kind: str = ""
    page: int | None = None
    place: str = ""
    wrong: str = ""
    right: str = ""
    weight: Decimal | None = None
    required: bool = True
    for_whom: Any = None
    arrange: Change | None = None  # what is moved on the issue board
    part: str = "text"
    important: bool = False
    seen: str = ""  # the hash of the text on the page that was read
    toc_title: str = ""
    page_kinds: Mapping[str, str] | None = None
    cover_pages: int | None = None
    file: IssueFile | None = None


@dataclass
class IssueCase:
    """One attempt at an action on an issue, with lookups made once."""

    issue: Issue
    by: Any
    given: IssueGiven = field(default_factory=IssueGiven)
    actor_name: str = ""

    @cached_property
    def articles(self) -> list[Article]:
        return block.contents_of(self.issue)

    @cached_property
    def blocking(self) -> list[block.Blocker]:
        """Everything between the issue and the press order."""
        return block.blockers(self.issue, self.articles)

    @cached_property
    def round(self) -> ProofRound | None:
        """The proof round that is open."""
        return self.issue.proof_rounds.filter(closed_at__isnull=True).first()

    @cached_property
    def was_printed(self) -> bool:
        """Whether it was recorded as printed and its press order has not been taken back since."""
        last = self.issue.events.filter(action__in=["record_as_printed", "sign", "reopen"]).exclude(
            article__isnull=False
        )
        newest = last.last()
        return newest is not None and newest.action == "record_as_printed"


def first_blocker(found: list[block.Blocker]) -> Refused | None:
    """The first thing in the way as a refusal; the screen lists them all."""
    if not found:
        return None
    first, more = found[0], len(found) - 1
    text = first.message
    if more:
        text = _("%(first)s (and %(more)s more)") % {"first": text, "more": more}
    return Refused(text, code=first.code, kind="conflict", field=first.field)


def contents_are_in_order(case: IssueCase) -> Refused | None:
    if not case.articles:
        return Refused(_("No article stands in this issue."), code="no-articles", kind="conflict")
    return first_blocker(list(block.title_blockers(case.articles)))


def contents_are_approved(case: IssueCase) -> Refused | None:
    return first_blocker(list(block.contents_blockers(case.issue, case.articles)))


def articles_are_released(case: IssueCase) -> Refused | None:
    return first_blocker(list(block.article_blockers(case.articles)))


def licence_is_valid(case: IssueCase) -> Refused | None:
    """An issue printed long ago was licensed then."""
    return None if case.was_printed else first_blocker(list(block.licence_blockers()))


def nothing_blocks(case: IssueCase) -> Refused | None:
    return first_blocker(case.blocking)


def only_marks_block(case: IssueCase) -> Refused | None:
    """改后付印: everything is settled but corrections that are known and named."""
    if found := first_blocker([b for b in case.blocking if b.code != "mark-open"]):
        return found
    if case.blocking:
        return None
    return Refused(_("No correction is open: sign for press at once."), code="no-marks", kind="conflict")


def nothing_blocks_but_reading(case: IssueCase) -> Refused | None:
    """核红: the corrections are carried in, which the final reading could not know."""
    return first_blocker([b for b in case.blocking if b.code != "reading-void"])


def signed_after_corrections(case: IssueCase) -> Refused | None:
    """The press order after corrections was given since the last back step, by somebody else."""
    last = case.issue.events.filter(action__in=["sign_after", "reopen"]).last()
    if last is None or last.action != "sign_after":
        return Refused(
            _("The chief editor has not signed for press after corrections."),
            code="not-signed",
            kind="conflict",
        )
    if last.actor_id == case.by.pk:
        return Refused(
            _("You signed for press yourself: another person has to confirm the corrections."),
            code="same-person",
            kind="forbidden",
        )
    return None


def no_round_is_open(case: IssueCase) -> Refused | None:
    if case.round is None:
        return None
    return Refused(
        _("Proof round %(number)s is still open. Close it first.") % {"number": case.round.number},
        code="round-open",
        kind="conflict",
    )


def a_round_is_open(case: IssueCase) -> Refused | None:
    if case.round is not None:
        return None
    return Refused(_("No proof round is open. Open one first."), code="no-round", kind="conflict")


def round_is_signed(case: IssueCase) -> Refused | None:
    """Everything in the issue was read in this round, by name."""
    assert case.round is not None  # the guard before
    signed = set(case.round.signatures.values_list("article_id", flat=True))
    missing = [a for a in case.articles if a.pk not in signed]
    if not missing:
        return None
    return Refused(
        _("Not signed in round %(number)s yet: %(titles)s.")
        % {"number": case.round.number, "titles": joined(a.title_line for a in missing[:5])},
        code="proof-missing",
        kind="conflict",
    )


def rounds_are_enough(case: IssueCase) -> Refused | None:
    found = list(block.proof_blockers(case.issue, case.articles))
    return first_blocker(found)


def article_is_in_issue(case: IssueCase) -> Refused | None:
    if case.given.article is not None and case.given.article.pk in {a.pk for a in case.articles}:
        return None
    return Refused(_("This article does not stand in this issue."), code="other-issue", field="article")


def reader_is_not_author(case: IssueCase) -> Refused | None:
    """A reading by the author never counts as a round."""
    from articles.case import Case
    from articles.models import Journal
    from articles.workflow import TRANSITIONS

    assert case.given.article is not None  # needed by the row
    people = Case(case.given.article, case.by, TRANSITIONS[0], Journal.objects.current()).people
    if case.by.pk not in people:
        return None
    return Refused(
        _("You wrote this article: your reading helps, but it does not count as a proof round."),
        code="own-manuscript",
        kind="forbidden",
    )


def not_signed_in_round(case: IssueCase) -> Refused | None:
    assert case.round is not None
    assert case.given.article is not None
    signature = case.round.signatures.filter(article=case.given.article).first()
    if signature is None:
        return None
    return Refused(
        _("%(person)s signed this article in round %(number)s already.")
        % {"person": signature.person_name, "number": case.round.number},
        code="signed-already",
        kind="conflict",
    )


def first_and_second_differ(case: IssueCase) -> Refused | None:
    """The second reading of an article is done by other eyes than the first."""
    assert case.given.article is not None
    article = next(a for a in case.articles if a.pk == case.given.article.pk)
    earlier = proofs.standing_signatures(case.issue, [article])[article.pk]
    if len(earlier) != 1 or earlier[0].person_id != case.by.pk:
        return None
    return Refused(
        _("You read this article in the first round: somebody else has to read it in the second."),
        code="same-person",
        kind="forbidden",
    )


def found_in_marks(case: IssueCase) -> Decimal:
    assert case.round is not None
    return case.round.marks.filter(article=case.given.article).weighed()


def figures_are_sound(case: IssueCase) -> Refused | None:
    given = case.given
    if given.characters is not None and given.characters <= 0:
        return Refused(_("Say how many characters were read."), code="characters", field="characters")
    marked = found_in_marks(case)
    if given.errors is not None and given.errors < marked:
        return Refused(
            _("The marks of this round alone make %(marked)s errors.") % {"marked": marked},
            code="errors",
            field="errors",
        )
    return None


def kind_is_known(case: IssueCase) -> Refused | None:
    from articles.models.proof import ErrorClass

    if case.given.kind in ErrorClass.values:
        return None
    return Refused(_("Say what kind of error it is."), code="kind", field="kind")


def weight_is_sound(case: IssueCase) -> Refused | None:
    weight = case.given.weight
    if weight is None or Decimal(0) <= weight <= Decimal(100):
        return None
    return Refused(_("Give a weight between 0 and 100."), code="weight", field="weight")


def mark_is_open(case: IssueCase) -> Refused | None:
    mark = case.given.mark
    if mark is not None and mark.settled_at is None and mark.round.issue_id == case.issue.pk:
        return None
    return Refused(
        _("This proof mark is settled already or belongs to another issue."), code="mark", kind="conflict"
    )


def outcome_is_known(case: IssueCase) -> Refused | None:
    from articles.models import ProofMark

    if case.given.outcome in ProofMark.Outcome.values:
        return None
    return Refused(_("Say whether it was corrected or stands as it is."), code="outcome", field="outcome")


def pages_exist(case: IssueCase) -> Refused | None:
    assert case.given.pages_changed is not None  # needed by the row
    if 0 <= case.given.pages_changed <= case.issue.page_count:
        return None
    return Refused(
        _("The issue has %(count)s pages.") % {"count": case.issue.page_count},
        code="pages",
        field="pages_changed",
    )


def time_is_past(case: IssueCase) -> Refused | None:
    if case.given.published_at is None or case.given.published_at <= timezone.now():
        return None
    return Refused(
        _("An issue is published when its time has come, not before."), code="too-early", field="published_at"
    )


def is_not_public(case: IssueCase) -> Refused | None:
    return no_change(case, "public", _("Everyone can read this issue already."))


def is_not_for_members(case: IssueCase) -> Refused | None:
    return no_change(case, "members", _("Only signed-in readers can read this issue already."))


def is_not_inside(case: IssueCase) -> Refused | None:
    return no_change(case, "inside", _("Only the inside network can read this issue already."))


def no_change(case: IssueCase, visibility: str, sentence: Any) -> Refused | None:
    if case.issue.effective_visibility != visibility:
        return None
    return Refused(sentence, code="no-change", kind="conflict")
