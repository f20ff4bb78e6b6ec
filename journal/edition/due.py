"""What comes out by itself: the issues whose hour has come, each exactly once, never early.

Any number of workers may run at once, at any time, and die: publishing takes the lock of all bakes and looks
at the stored hour again under the issue's own lock. What a rule refuses is written into the record and left
to a person; what may pass by itself (a full disk) is tried again by the next run.

The same run catches up what an interruption left undone: a correction or a take-down is on record before its
pages are baked, and whoever dies between the two must not leave readers with the old text.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from articles import going_out
from articles.models import Event, Issue, Journal
from articles.models.journal import Commenting
from articles.offered_files import DECISIONS as FILE_DECISIONS
from articles.press import DECISION_FOR, Refused
from articles.stages import Stage
from journal.edition import store
from journal.edition.bake import Result, Say, bake, quiet
from journal.edition.models import Edition
from journal.edition.publish import NotDue, publish_scheduled
from journal.edition.store import EditionError

__all__ = ["COMMENTS_CHANGING", "Outcome", "catch_up", "is_behind", "publish_due"]

#: Refusals that say nothing about the issue, only about this moment.
PASSING = {"taken", "stale"}
#: Decisions that change what readers see at once (``journal.edition.receivers``).
CHANGING = ("correct", "take_down", *DECISION_FOR.values(), *FILE_DECISIONS)
#: What changes the comments under an article that is on the site.
COMMENTS_CHANGING = (
    *("show_comment", "remove_comment", "restore_comment"),
    *("close_comments", "reopen_comments"),
)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """An issue whose hour has come: the edition it came out with, or the sentence that says why not."""

    issue: Issue
    result: Result | None = None
    sentence: str = ""


def publish_due(*, say: Say = quiet) -> list[Outcome]:
    """Publish what is due now, the earliest hour first."""
    outcomes = [bring_out(issue, say) for issue in going_out.due()]
    return [outcome for outcome in outcomes if outcome is not None]


def is_behind() -> bool:
    """Whether a decision is newer than the newest edition: readers do not see it yet."""
    newest = Edition.objects.order_by("-number").first()
    on_page = Q(action__in=COMMENTS_CHANGING, article__stage=Stage.PUBLISHED)
    if Journal.objects.current().comments == Commenting.OFF:
        on_page = Q(pk=None)
    last = Event.objects.filter(Q(action__in=CHANGING) | on_page).order_by("-at").first()
    return store.current() is not None and not (newest is None or last is None or last.at <= newest.made_at)


def catch_up(*, say: Say = quiet) -> Result | None:
    """Bake if a decision is newer than the newest edition; not because somebody went back to an older one."""
    if not is_behind():
        return None
    result = bake(reason=_("caught up after an interruption"), say=say)
    return result if result.changed else None


def bring_out(issue: Issue, say: Say) -> Outcome | None:
    """``None``: there was nothing to do after all."""
    hour = issue.publish_at
    try:
        return Outcome(issue, publish_scheduled(issue, say=say))
    except NotDue:
        return None
    except Refused as refusal:
        if refusal.code == "too-early" or not going_out.still_due(issue, hour):
            return None
        again, code, sentence = refusal.code in PASSING, refusal.code, str(refusal)
    except EditionError as error:
        again, code, sentence = True, "edition", str(error)
    except OSError as error:
        logger.exception("the edition of %s could not be written", issue)
        again, code = True, "disk"
        sentence = _("The edition could not be written: %(error)s. It is tried again.") % {
            "error": error.strerror or error
        }
    going_out.record_failure(issue, code, sentence, again=again)
    return Outcome(issue, sentence=sentence)
