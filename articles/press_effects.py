"""What the steps of an issue write besides its stage, one function each; called inside the transaction.

Each returns what the event should keep besides stage and reason.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone

from articles import blockers as block
from articles import record
from articles.press_rules import IssueCase, found_in_marks
from articles.stages import Stage

__all__ = ["sign"]


def sign(case: IssueCase, step: str) -> dict[str, Any]:
    """Sign a step by name, for the contents (or the texts) as they are; returns what its event keeps."""
    from articles.models import IssueSignOff

    articles = block.contents_of(case.issue)
    signed = block.contents_hash(articles) if step == "contents" else block.text_hash(articles)
    signature = IssueSignOff.objects.create(
        issue=case.issue,
        step=step,
        person=case.by,
        person_name=case.by.get_full_name(),
        note=case.given.note,
        contents_hash=signed,
    )
    return record.signature_data(signature)


def open_round(case: IssueCase) -> dict[str, Any]:
    from articles.models import ProofRound

    number = case.issue.proof_rounds.count() + 1
    ProofRound.objects.create(issue=case.issue, number=number)
    return {"round": number}


def close_round(case: IssueCase) -> dict[str, Any]:
    assert case.round is not None
    case.round.closed_at = timezone.now()
    case.round.pages_changed = case.given.pages_changed or 0
    case.round.save(update_fields=["closed_at", "pages_changed"])
    return {"round": case.round.number, "pages_changed": case.round.pages_changed}


def sign_proof(case: IssueCase) -> dict[str, Any]:
    from articles.models import ProofSignature

    given = case.given
    assert case.round is not None
    assert given.article is not None
    article = next(a for a in case.articles if a.pk == given.article.pk)
    signature = ProofSignature.objects.create(
        round=case.round,
        article=article,
        person=case.by,
        person_name=case.by.get_full_name(),
        characters=given.characters or max(article.character_count, 1),
        errors=given.errors if given.errors is not None else found_in_marks(case),
        text_hash=article.text_hash,
    )
    return {"round": case.round.number, "errors": str(signature.errors), "characters": signature.characters}


def settle_mark(case: IssueCase) -> dict[str, Any]:
    mark = case.given.mark
    assert mark is not None  # needed by the row
    mark.settled_at, mark.settled_by, mark.outcome = timezone.now(), case.by, case.given.outcome
    mark.save(update_fields=["settled_at", "settled_by", "outcome"])
    return {"mark": mark.pk, "outcome": mark.outcome}


def publish(case: IssueCase) -> dict[str, Any]:
    """All released articles come out with their issue: one update, one event each."""
    from articles.models import Article, Event

    now = case.given.published_at or timezone.now()
    case.issue.published_at = now
    released = list(case.issue.articles.select_for_update().filter(stage=Stage.RELEASED).order_by("pk"))
    Article.objects.filter(pk__in=[a.pk for a in released]).update(
        stage=Stage.PUBLISHED, published_at=now, version=F("version") + 1, updated_at=timezone.now()
    )
    name = case.actor_name or case.by.get_full_name()
    Event.objects.bulk_create(
        Event(
            action="publish",
            actor=case.by,
            actor_name=name,
            article=article,
            before=Stage.RELEASED,
            after=Stage.PUBLISHED,
            data={"version": article.version + 1, "issue": case.issue.pk},
        )
        for article in released
    )
    return {"articles": len(released), "published_at": now.isoformat()}


def open_to_public(case: IssueCase) -> dict[str, Any]:
    return decide_visibility(case, "public")


def close(case: IssueCase) -> dict[str, Any]:
    return decide_visibility(case, "members")


def keep_inside(case: IssueCase) -> dict[str, Any]:
    return decide_visibility(case, "inside")


def decide_visibility(case: IssueCase, visibility: str) -> dict[str, Any]:
    before = str(case.issue.effective_visibility)
    case.issue.visibility = visibility
    return {"visibility": {"before": before, "after": visibility}}


def as_printed(case: IssueCase) -> dict[str, Any]:
    return {"as_printed": True, "articles": len(case.articles)}
