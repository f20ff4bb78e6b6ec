"""What is told to whom: one readable table from the actions of the workflow to notices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.stages import Stage

__all__ = ["PUT_AWAY", "RULES", "SHOWS_OPINION", "WAITING_STAGES", "Audience", "Kind"]


class Kind(models.TextChoices):
    """What happened, as the office calls its letter."""

    RECEIVED = "received", _("Receipt")
    SENT_BACK = "sent-back", _("Sent back by the unit")
    RETURNED = "returned", _("Notice of return for revision")
    NEW_DUE_DAY = "new-due-day", _("New due day")
    DUE_SOON = "due-soon", _("Reminder before the due day")
    OVERDUE = "overdue", _("Reminder after the due day")
    ACCEPTED = "accepted", _("Notice of acceptance")
    HELD = "held", _("Notice of reserve")
    TAKEN_UP = "taken-up", _("Taken out of reserve")
    LET_GO = "let-go", _("Released from reserve")
    REJECTED = "rejected", _("Notice of rejection")
    PULLED = "pulled", _("Pulled from the issue")
    PUBLISHED = "published", _("Notice of publication")
    CORRECTED = "corrected", _("Corrected after publication")
    TAKEN_DOWN = "taken-down", _("Taken down after publication")
    RECALLED = "recalled", _("Recalled by the author")
    ASSIGNED = "assigned", _("Manuscript given to an editor")
    WAITING = "waiting", _("Waiting for you")
    LETTER = "letter", _("Letter")


class Audience(models.TextChoices):
    """Whom a notice is for. Registrars stand in where a manuscript has no responsible editor yet."""

    AUTHOR = "author", _("author")
    EDITOR = "editor", _("responsible editor")
    REVIEWERS = "reviewers", _("whose work it is now")


K, A, S = Kind, Audience, Stage

#: Action of the workflow → the notices it causes.
RULES: dict[str, tuple[tuple[Kind, Audience], ...]] = {
    "register": ((K.RECEIVED, A.AUTHOR), (K.ASSIGNED, A.EDITOR)),
    "assign": ((K.ASSIGNED, A.EDITOR),),
    "return_from_unit": ((K.SENT_BACK, A.AUTHOR),),
    "return": ((K.RETURNED, A.AUTHOR),),
    "extend": ((K.NEW_DUE_DAY, A.AUTHOR),),
    "accept": ((K.ACCEPTED, A.AUTHOR),),
    "hold": ((K.HELD, A.AUTHOR),),
    "use": ((K.TAKEN_UP, A.AUTHOR),),
    "let_go": ((K.LET_GO, A.AUTHOR),),
    "refuse": ((K.REJECTED, A.AUTHOR),),
    "pull": ((K.PULLED, A.AUTHOR),),
    "publish": ((K.PUBLISHED, A.AUTHOR),),
    "correct": ((K.CORRECTED, A.AUTHOR),),
    "take_down": ((K.TAKEN_DOWN, A.AUTHOR),),
    "recall": ((K.RECALLED, A.EDITOR),),
}

#: Entering one of these tells the people whose work it is now.
WAITING_STAGES = (S.UNIT_CHECK, S.SUBMITTED, S.FIRST_REVIEW, S.SECOND_REVIEW, S.FINAL_REVIEW)

#: Done with as soon as the manuscript moves on: nobody has to mark these as read.
PUT_AWAY = (K.WAITING, K.ASSIGNED, K.DUE_SOON, K.OVERDUE)

#: The only notices that may carry a reviewer's words: those of the very decision they tell of. What first and
#: second review wrote for each other belongs to no letter.
SHOWS_OPINION = (K.RETURNED, K.ACCEPTED, K.HELD, K.REJECTED)
