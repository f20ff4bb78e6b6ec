"""What an action writes besides the stage, one function each; called inside the transaction, before saving.

Each returns what the event should keep besides stage, reason and text hash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import checklist, offered_files, record
from articles.case import Case
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["next_number"]


def next_number(year: int) -> str:
    """The next free manuscript number of a year: ``2026-0001``; four digits or more."""
    from articles.models import Article

    taken = Article.objects.filter(manuscript_number__startswith=f"{year}-")
    last = taken.order_by(Length("manuscript_number").desc(), "-manuscript_number").first()
    number = int((last.manuscript_number or "-0").partition("-")[2]) if last is not None else 0
    return f"{year}-{number + 1:04d}"


def give_number(article: Article, wanted: str = "") -> str:
    """The number asked for, else the one it has, else the next free one."""
    from articles.models import Journal

    list(Journal.objects.select_for_update())  # numbers are given one after the other
    article.manuscript_number = wanted or article.manuscript_number or next_number(timezone.localdate().year)
    return article.manuscript_number


def declare(case: Case) -> dict[str, Any]:
    """Receive a manuscript: the sender leaves with its number."""
    case.article.due_on = None
    number = give_number(case.article)
    return {"declarations": sorted(case.given.declarations), "number": number}


def register(case: Case) -> dict[str, Any]:
    """Keep the number or give the one asked for; name the editor; keep what the duplicate check found."""
    number = give_number(case.article, case.given.number)
    return {"number": number, "duplicates": checklist.duplicates(case.article), **assign(case)}


def assign(case: Case) -> dict[str, Any]:
    case.article.editor = case.given.editor
    return {"editor": case.given.editor.get_full_name() if case.given.editor else ""}


def set_due_day(case: Case) -> dict[str, Any]:
    case.article.due_on = case.given.due_on
    assert case.given.due_on is not None  # a condition of the row
    return {"due_on": case.given.due_on.isoformat()}


def next_round(case: Case) -> dict[str, Any]:
    case.article.review_round += 1
    case.article.due_on = None
    return {"round": case.article.review_round}


def place(case: Case) -> dict[str, Any]:
    """Put the article into the issue, at the given place or behind the last one."""
    article, given = case.article, case.given
    assert given.issue is not None  # needed by the row
    last = given.issue.articles.aggregate(Max("position"))["position__max"] or 0
    article.issue = given.issue
    article.position = given.position or last + 1
    article.first_page, article.last_page = given.first_page, given.last_page or given.first_page
    return {"issue": given.issue.pk, "position": article.position, "page": article.first_page}


def keep_place(case: Case) -> dict[str, Any]:
    """Place an imported article; what the import has set already stays unless it is given again."""
    article, given = case.article, case.given
    given_page = given.first_page or article.first_page
    last_page = given.last_page or (article.last_page if not given.first_page else None)
    if given.issue is not None and article.issue_id != given.issue.pk:
        article.position = None
    article.issue = given.issue
    others = given.issue.articles.exclude(pk=article.pk) if given.issue else article.__class__.objects.none()
    last = others.aggregate(Max("position"))["position__max"] or 0
    article.position = given.position or article.position or last + 1
    article.first_page, article.last_page = given_page, last_page or given_page
    return {
        "issue": given.issue.pk if given.issue else None,
        "position": article.position,
        "as_printed": True,
    }


def leave_issue(case: Case) -> dict[str, Any]:
    """Take the article out of its issue and remember where it stood."""
    article = case.article
    was = {"issue": article.issue_id, "position": article.position, "page": article.first_page}
    article.issue = article.position = article.first_page = article.last_page = None
    article.pages_locked = False
    return {"from": was} if was["issue"] else {}


def approve(case: Case) -> dict[str, Any]:
    """Keep exactly what was approved: the person who carries it out cannot carry out something else."""
    return {"notice": case.given.notice, "text": dict(case.given.text)}


def correct(case: Case) -> dict[str, Any]:
    """The approved text, a dated notice; the old text stays in the record."""
    approval = case.approval
    assert approval is not None  # a guard of the row
    before = case.article.text_hash
    if not case.article.revisions.filter(text_hash=before).exists():
        record.make_revision(case.article, "saved", None)
    set_text(case, approval.data["text"])
    revision = record.make_revision(case.article, "corrected", case.by)
    publish_notice(case, "correction", revision)
    return {"approval": approval.pk, "before_hash": before, "fields": sorted(approval.data["text"])}


def take_down(case: Case) -> dict[str, Any]:
    approval = case.approval
    assert approval is not None  # a guard of the row
    publish_notice(case, "retraction", record.make_revision(case.article, "signed", case.by))
    offered_files.withdraw_with(case.article, case.by)
    return {"approval": approval.pk}


def publish_notice(case: Case, kind: str, revision: Any) -> None:
    from articles.models import Erratum

    assert case.approval is not None
    Erratum.objects.create(
        article=case.article,
        kind=kind,
        notice=case.approval.data["notice"],
        reason=case.approval.note,
        revision=revision,
        by=case.by,
    )


def set_text(case: Case, text: Any) -> None:
    for name, value in text.items():
        setattr(case.article, name, value)
    case.article.clean_texts()


def correct_proof(case: Case) -> dict[str, Any]:
    """Change a text on proof with both hashes logged, so that the reviews stay in force; settle the mark."""
    from articles.models import ProofCorrection, ProofRound

    article, given = case.article, case.given
    before = article.text_hash
    set_text(case, given.text)
    if article.text_hash == before:
        raise Refused(_("The correction changes nothing."), code="no-change", field="text")
    record.make_revision(article, "proof", case.by)
    correction = ProofCorrection.objects.create(
        round=ProofRound.objects.filter(issue=article.issue).latest("number"),
        article=article,
        mark=given.mark,
        place=given.place,
        wrong=given.wrong,
        right=given.right,
        weight=given.weight if given.weight is not None else 1,
        before_hash=before,
        after_hash=article.text_hash,
        by=case.by,
    )
    if given.mark is not None:
        given.mark.settled_at, given.mark.settled_by = timezone.now(), case.by
        given.mark.outcome = "corrected"
        given.mark.save(update_fields=["settled_at", "settled_by", "outcome"])
    return {"correction": correction.pk, "before_hash": before}
