"""How a manuscript moves: draft → review → publish (domain §3), as one table and one door.

``TRANSITIONS`` is the table. ``available(article, user)`` says what somebody may do now and what would
refuse them. ``perform(action, article, by, ...)`` is the only writer of ``Article.stage``: it locks the
row, reads it again, checks token, stage, right and guards, saves, signs, records one event – in one
transaction – and tells the house after the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles import guards as ask
from articles import record
from articles.case import Case, Given
from articles.delegations import delegate, holds_delegation, withdraw_delegation
from articles.doors import first_refusal, fresh_person, missing_words
from articles.guards import DECLARATIONS
from articles.record import is_performing
from articles.refusals import Refused
from articles.signals import stage_changed
from articles.stages import Stage
from articles.transitions import LEVEL_OF_STAGE, RIGHT_OF_STAGE, RIGHT_TO_EDIT, TRANSITIONS, Transition

if TYPE_CHECKING:
    from articles.models import Article, Event, Issue

__all__ = [
    "DECLARATIONS",
    "LEVEL_OF_STAGE",
    "TRANSITIONS",
    "Offer",
    "Refused",
    "Stage",
    "Transition",
    "available",
    "case_of",
    "check",
    "delegate",
    "is_performing",
    "may_edit_text",
    "perform",
    "record_as_printed",
    "stage_changed",
    "stages_awaiting",
    "withdraw_delegation",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """An action somebody's rights open now; ``refusal`` is the sentence that would refuse it, or ``None``."""

    action: str
    label: Any
    target: Stage
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    verdicts: tuple[str, ...]
    refusal: str | None
    code: str | None


def stages_awaiting(user: Any) -> list[Stage]:
    """The stages that wait for a right of this person, a delegation of the final review in force included."""
    stages = [stage for stage, right in RIGHT_OF_STAGE.items() if user.has_perm(right)]
    if Stage.FINAL_REVIEW not in stages and user.is_active and holds_delegation(user):
        stages.append(Stage.FINAL_REVIEW)
    return stages


def may_edit_text(article: Article, user: Any) -> bool:
    """Whether this person may change the text where it stands now."""
    stage = Stage(article.stage)
    if stage == Stage.DRAFT and article.submitter_id is None and user.has_perm("articles.import_article"):
        return True  # an imported draft belongs to nobody: who may import it may mend it
    if stage in {Stage.DRAFT, Stage.RETURNED}:
        return article.submitter_id == user.pk or (
            stage == Stage.DRAFT and not article.is_unsent and user.has_perm("articles.register_article")
        )
    right = RIGHT_TO_EDIT.get(stage)
    if right is None or not user.is_active:
        return False
    return user.has_perm(right) or (stage == Stage.FINAL_REVIEW and holds_delegation(user))


def case_of(article: Article, user: Any) -> Case:
    """The article and the person, before an action is chosen; its lookups are made once for all of them."""
    from articles.models import Journal

    return Case(article, user, TRANSITIONS[0], Journal.objects.current())


def available(article: Article, user: Any, case: Case | None = None) -> list[Offer]:
    """What this person's rights open on the article as it stands, each with what would refuse it.

    Actions that need a right the person does not hold are left out. The number of queries does not grow
    with the length of the record; a screen that has a ``case_of()`` this article and person passes it.
    """
    offers, shared = [], case or case_of(article, user)
    for row in TRANSITIONS:
        if article.stage not in row.sources:
            continue
        shared.transition = row
        if lacks_right(shared) or (row.permission is None and ask.is_own(shared)):
            continue
        refusal = first_refusal(row.guards, shared)
        offers.append(
            Offer(
                row.action,
                row.label,
                destination(shared),
                row.needs,
                row.takes,
                row.verdicts,
                str(refusal) if refusal else None,
                refusal.code if refusal else None,
            )
        )
    return offers


def check(action: str, article: Article, by: Any, **given: Any) -> None:
    """Raise the ``Refused`` that ``perform()`` would raise now; writes nothing."""
    check_case(open_case(action, article, by, Given(**given), ""))


def perform(
    action: str,
    article: Article,
    by: Any,
    *,
    version: int | None = None,
    address: str | None = None,
    actor_name: str = "",
    **given: Any,
) -> Event:
    """Carry out ``action`` on ``article`` for the person ``by`` and return the event.

    ``version`` is the token of the page the person saw; an old one is refused (409). ``given`` are the fields
    of ``articles.case.Given``: opinion, verdict, reason, due_on, issue, position … The passed ``article`` is
    brought up to date. Raises ``Refused``; then nothing has changed. ``by=None`` with an ``actor_name`` is
    for commands, and only ``record_as_printed`` accepts it.
    """
    words = Given(**given)
    with record.performing():
        locked = lock(article, words.issue)
        if words.issue is not None and locked.pk is not None:
            words = with_locked_issue(words)
        case = open_case(action, locked, fresh_person(by), words, actor_name, version)
        check_case(case)
        event = carry_out(case, address)
        record.notify(stage_changed, locked, event)
    take_over(article, locked)
    return event


def record_as_printed(
    article: Article, issue: Issue, by: Any = None, *, actor_name: str = "", **given: Any
) -> Event:
    """Record that a draft was printed long ago in ``issue``: it skips the reviews by this explicit event.

    ``by`` needs the right to import; a command passes ``None`` and its own name.
    """
    return perform("record_as_printed", article, by, actor_name=actor_name, issue=issue, **given)


# What follows is perform(), step by step.


def lock(article: Article, issue: Issue | None) -> Article:
    """Read the article again, locked – after the issues it leaves or enters, in one order for everybody."""
    from articles.models import Article as Articles
    from articles.models import Issue as Issues

    keys = {pk for pk in (article.issue_id, issue.pk if issue else None) if pk is not None}
    if keys:
        list(Issues.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    locked = Articles.objects.select_for_update().filter(pk=article.pk).first()
    if locked is None:
        raise Refused(_("This manuscript no longer exists."), code="gone", kind="conflict")
    if locked.issue_id is not None and locked.issue_id not in keys:
        raise moved_on(locked)
    return locked


def with_locked_issue(words: Given) -> Given:
    """The same words with the issue as it is now: it may have been signed since the page was opened."""
    from dataclasses import replace

    from articles.models import Issue as Issues

    assert words.issue is not None
    return replace(words, issue=Issues.objects.get(pk=words.issue.pk))


def open_case(
    action: str, article: Article, by: Any, words: Given, actor_name: str, version: int | None = None
) -> Case:
    """Find the row of the table; a stale token or a stage that has moved on is a conflict."""
    from articles.models import Journal

    rows = [row for row in TRANSITIONS if row.action == action]
    if not rows:
        raise Refused(_("There is no action “%(action)s”.") % {"action": action}, code="unknown-action")
    if version is not None and version != article.version:
        raise moved_on(article)
    row = next((row for row in rows if article.stage in row.sources), None)
    if row is None:
        raise Refused(
            _("“%(action)s” is not possible: this manuscript stands in “%(stage)s”. Reload the page.")
            % {"action": rows[0].label, "stage": Stage(article.stage).label},
            code="wrong-stage",
            kind="conflict",
        )
    return Case(article, by, row, Journal.objects.current(), words, actor_name)


def moved_on(article: Article) -> Refused:
    """Tells the one who lost what the winner did."""
    last = article.events.last()
    told = _("Somebody changed this manuscript in the meantime")
    if last is not None:
        told = _("%(person)s changed this manuscript in the meantime") % {"person": last.actor_name}
    return Refused(
        _("%(told)s; it stands in “%(stage)s” now. Nothing of yours was stored: reload and look again.")
        % {"told": told, "stage": Stage(article.stage).label},
        code="stale",
        kind="conflict",
    )


def check_case(case: Case) -> None:
    refusal = (
        lacks_right(case)
        or first_refusal(case.transition.guards, case)
        or lacks_words(case)
        or first_refusal(case.transition.conditions, case)
    )
    if refusal is not None:
        raise refusal


def lacks_right(case: Case) -> Refused | None:
    row = case.transition
    if case.by is None:
        if row.action == "record_as_printed" and case.actor_name:
            return None
        return Refused(_("Somebody has to do this in person."), code="nobody", kind="forbidden")
    if row.permission is None or case.may(row.permission):
        return None
    if row.level == "final" and case.delegation is not None:
        return None
    return Refused(
        _("Your role does not include “%(action)s”. Ask the office if it should.") % {"action": row.label},
        code="no-right",
        kind="forbidden",
    )


def lacks_words(case: Case) -> Refused | None:
    row, given = case.transition, case.given
    if refusal := missing_words(row.needs, given):
        return refusal
    if "verdict" in row.needs and given.verdict not in row.verdicts:
        return Refused(
            _("Say whether you recommend to use or to refuse the manuscript."),
            code="verdict",
            field="verdict",
        )
    return None


def destination(case: Case) -> Stage:
    row = case.transition
    if row.detour is not None and getattr(case.journal, row.detour[0]):
        return row.detour[1]
    return row.target or Stage(case.article.stage)


def carry_out(case: Case, address: str | None) -> Event:
    """Save the article, then the version, the signature and the one event."""
    row, article = case.transition, case.article
    before, left = article.stage, article.issue
    data = row.effect(case) if row.effect else {}
    article.stage = destination(case)
    article.save()
    if row.revision:
        record.make_revision(article, row.revision, case.by)
    if row.level:
        data |= sign(case)
    if case.given.notice:
        data.setdefault("notice", case.given.notice)
    return record.write_event(
        row.action,
        case.by,
        actor_name=case.actor_name,
        article=article,
        issue=article.issue or left,
        before=before,
        after=article.stage,
        note=case.given.opinion or case.given.reason,
        data={"version": article.version, "text_hash": article.text_hash, **data},
        address=address,
    )


def sign(case: Case) -> dict[str, Any]:
    """Sign the review by name for the text as it is; returns what its event keeps of the signature."""
    from articles.models import SignOff

    row, article = case.transition, case.article
    assert row.level is not None
    verdict = case.given.verdict if "verdict" in row.needs else row.verdicts[0]
    assert verdict is not None  # needed by the row
    delegated = row.permission is not None and not case.may(row.permission)
    roles = case.by.groups.order_by("name").values_list("name", flat=True)
    signature = SignOff.objects.create(
        article=article,
        revision=record.make_revision(article, "signed", case.by),
        round=article.review_round,
        level=row.level,
        verdict=verdict,
        opinion=case.given.opinion.strip(),
        person=case.by,
        person_name=case.by.get_full_name(),
        role=", ".join(roles)[:50],
        delegation=case.delegation if delegated else None,
        text_hash=article.text_hash,
    )
    return record.signature_data(signature)


def take_over(article: Article, locked: Article) -> None:
    """Bring the caller's object up to date with what was saved."""
    for field in article._meta.concrete_fields:
        setattr(article, field.attname, getattr(locked, field.attname))
    article.__dict__.pop("_prefetched_objects_cache", None)
