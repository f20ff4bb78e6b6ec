"""Which files of an issue readers are offered: the rules and effects of these rows of ``press.TRANSITIONS``.

Only a file of what was signed, and of nothing older. What is taken down takes the files that hold it along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import going_out, record
from articles.file_fingerprints import Fingerprints
from articles.press_rules import IssueCase
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Article, Issue, IssueFile

__all__ = ["DECISIONS", "ENDINGS", "OFFERABLE", "outdated"]

#: What readers can be offered, in the order they read it.
OFFERABLE = ("pdf", "epub")
#: How the names of such files end.
ENDINGS = tuple(f".{name}" for name in OFFERABLE)
#: The actions that change what readers may download.
DECISIONS = ("offer_file", "withdraw_file")


# Rules.


def is_made(case: IssueCase) -> Refused | None:
    """A whole file of this issue, of a format readers know."""
    if stored(case).made().filter(article=None, format__in=OFFERABLE).exists():
        return None
    return Refused(_("This is no file that readers could be offered."), code="no-such-file", field="file")


def is_not_offered(case: IssueCase) -> Refused | None:
    if not stored(case).offered().exists():
        return None
    return Refused(_("Readers are offered this file already."), code="no-change", kind="conflict")


def is_offered(case: IssueCase) -> Refused | None:
    if stored(case).offered().exists():
        return None
    return Refused(_("Readers are not offered this file."), code="not-offered", kind="conflict")


def stored(case: IssueCase) -> Any:
    """The row as it is now, if it is one of this issue."""
    assert case.given.file is not None  # needed by the row
    return case.issue.files.filter(pk=case.given.file.pk)


# Effects.


def offer(case: IssueCase) -> dict[str, Any]:
    """From now on this one, in the place of another of its format; never one made before the last change.

    The articles are locked first: who takes one down meanwhile waits, and then finds the file on offer.
    """
    file = case.given.file
    assert file is not None  # needed by the row
    list(case.issue.articles.select_for_update().order_by("pk").values_list("pk"))
    if file.fingerprint != Fingerprints(case.issue).of():
        raise Refused(
            _("This file was made before the last change. Make it anew, look at it, then offer it."),
            code="outdated",
            kind="conflict",
            field="file",
        )
    case.issue.files.filter(format=file.format, offered_at__isnull=False).update(offered_at=None)
    stored(case).update(offered_at=timezone.now())
    return told(file)


def withdraw(case: IssueCase) -> dict[str, Any]:
    file = case.given.file
    assert file is not None  # needed by the row
    stored(case).update(offered_at=None)
    return told(file)


def take_order_back(case: IssueCase) -> dict[str, Any]:
    """What was signed may change now: nothing made of it waits for readers any more."""
    offered = list(case.issue.files.offered())
    case.issue.files.offered().update(offered_at=None)
    return going_out.unschedule(case) | ({"withdrawn": [told(file) for file in offered]} if offered else {})


def withdraw_with(article: Article, by: Any) -> None:
    """An article is taken down: every file on offer that holds it goes with it, each with its own event."""
    issue = article.issue
    for file in issue.files.offered() if issue is not None else ():
        type(file).objects.filter(pk=file.pk).update(offered_at=None)
        record.write_event(
            "withdraw_file",
            by,
            issue=issue,
            before=file.issue.stage,
            after=file.issue.stage,
            note=_("“%(title)s” in it was taken down.") % {"title": article.title_line},
            data=told(file),
        )


def told(file: IssueFile) -> dict[str, Any]:
    """What the record keeps of it."""
    return {"file": file.name, "format": file.format, "sha256": file.sha256}


# What screens ask.


def outdated(issue: Issue, fingerprints: Fingerprints | None = None) -> list[IssueFile]:
    """The files on offer that were made before the last change of what they hold."""
    offered = list(issue.files.offered().order_by("format"))
    if not offered:
        return []
    now = (fingerprints or Fingerprints(issue)).of()
    return [file for file in offered if file.fingerprint != now]
