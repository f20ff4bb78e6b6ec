"""What the board's rows of the table write: an arrangement, the structure of the last issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.board.changes import Change, apply
from articles.board.keeping import stand_of, write
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Issue
    from articles.press_rules import IssueCase

__all__ = ["arrange", "copy_structure", "is_empty", "issue_before"]


def arrange(case: IssueCase) -> dict[str, Any]:
    """Carry a change out; the event keeps the whole arrangement before and after it."""
    change = case.given.arrange
    if not isinstance(change, Change):  # words of a form that is none of the board's
        raise Refused(_("Say what is to be moved, and where to."), code="missing", field="arrange")
    list(case.issue.articles.select_for_update().order_by("pk").values_list("pk"))
    stand = stand_of(case.issue)
    after = apply(change, stand)
    if after.keys != stand.arrangement.keys:
        raise Refused(
            _("Other articles stand in this issue now. Nothing of yours was stored: look again."),
            code="stale",
            kind="conflict",
        )
    write(case.issue, stand.arrangement, after)
    kept: dict[str, Any] = {"do": change.do, "undoes": change.undoes, "page": change.page}
    key = change.article
    if key is not None:
        kept |= {"article": key, "title": stand.titles.get(key)}
        place = next((p for p in after.places if p.key == key), None)
        kept |= {"first": place.first, "last": place.last} if place is not None else {}
    kept = {name: value for name, value in kept.items() if value is not None}
    before = change.was or stand.arrangement
    return {**kept, "before": before.as_data(), "after": after.as_data()}


def issue_before(issue: Issue) -> Issue | None:
    """The issue that came before this one, in whatever stage it is."""
    return type(issue).objects.before(issue).first()


def is_empty(case: IssueCase) -> Refused | None:
    """A structure is only copied into an issue in which nothing would be lost."""
    issue = case.issue
    if not (issue.articles.exists() or issue.masthead.exists() or issue.fixed_pages):
        return None
    return Refused(
        _(
            "This issue has articles, a masthead or named pages already: the structure is copied into an "
            "empty one."
        ),
        code="not-empty",
        kind="conflict",
    )


def copy_structure(case: IssueCase) -> dict[str, Any]:
    """Take pages, covers, named pages, slogans and masthead over from the issue before."""
    from articles.models import MastheadLine

    issue, last = case.issue, issue_before(case.issue)
    if last is None:
        raise Refused(_("There is no earlier issue to copy from."), code="no-earlier-issue", kind="conflict")
    issue.page_count, issue.cover_pages = last.page_count, last.cover_pages
    issue.fixed_pages, issue.slogans = dict(last.fixed_pages), list(last.slogans)
    lines = [
        MastheadLine(
            issue=issue, position=line.position, kind=line.kind, label=line.label, values=line.values
        )
        for line in last.masthead.all()
    ]
    MastheadLine.objects.bulk_create(lines)
    return {"from": last.pk, "pages": last.page_count, "masthead": len(lines), "fixed": last.fixed_pages}
