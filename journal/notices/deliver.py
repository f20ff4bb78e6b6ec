"""Sends what is queued: notices, and letters about accounts. Each is claimed, sent outside any transaction,
then marked.

A process that dies in between leaves a claim that runs out after ``LEASE``; the notice is then sent again
under the same Message-ID, by which mail programs know the copy. A failing mail server changes nothing but
the row: the sentence stands at the desk, the next try comes after a growing pause.
"""

from __future__ import annotations

import datetime
import smtplib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Journal
from journal.notices.address import sender, usable
from journal.notices.models import AccountLetter, Notice, State
from journal.notices.placeholders import one_line

__all__ = ["PAUSES", "Delivered", "deliver", "sends_at_once", "try_again"]

#: How long a claimed notice is left alone: longer than one sending may take (``EMAIL_TIMEOUT``).
LEASE = datetime.timedelta(minutes=2)
#: Minutes until the next try, by the number of tries; after the last one a person has to ask for it.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)


Letter = Notice | AccountLetter
Kept = type[Notice] | type[AccountLetter]


@dataclass
class Delivered:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    stopped: str = ""  # why the run ended early: the server cannot be reached


def deliver(limit: int = 200, keys: list[int] | None = None, of: Kept = Notice) -> Delivered:
    """Send up to ``limit`` due letters, of ``keys`` only if given. A failing server raises nothing."""
    done, post = Delivered(), None
    from_address, reply_to = sender(), Journal.objects.current().submission_address
    while done.sent + done.failed < limit and (notice := claim(keys, of)) is not None:
        try:
            post = post or open_post()
            post.send_messages([message_for(notice, from_address, reply_to, post)])
        except (OSError, ValueError) as error:  # SMTPException is an OSError
            done.failed += 1
            sentence, is_server = explain(error, notice.address)
            mark_failed(notice, sentence)
            if is_server:
                done.stopped = sentence
                break
        else:
            done.sent += 1
            mark_sent(notice)
    if post is not None:
        close(post)
    return done


def open_post() -> Any:
    post = get_connection()
    post.open()
    return post


def close(post: Any) -> None:
    try:
        post.close()
    except OSError:
        # The server hung up on its own after the last letter: nothing is left to be done.
        return


def claim(keys: list[int] | None = None, of: Kept = Notice) -> Letter | None:
    """Take one due letter for this process; another process takes another."""
    now = timezone.now()
    others_skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        due = of.objects.due(now).order_by("next_try_at", "pk").select_for_update(skip_locked=others_skip)
        notice: Letter | None = (due.filter(pk__in=keys) if keys is not None else due).first()
        if notice is None:
            return None
        of.objects.filter(pk=notice.pk).update(tries=F("tries") + 1, tried_at=now, next_try_at=now + LEASE)
        notice.tries += 1
    return notice


def message_for(notice: Letter, from_address: str, reply_to: str, post: Any) -> EmailMessage:
    """A plain-text letter; one address, one line of subject, an identity that stays over all tries."""
    host = from_address.rpartition("@")[2].strip("> ") or "localhost"
    return EmailMessage(
        one_line(notice.subject),
        notice.body + "\n",
        from_address,
        [notice.address],
        reply_to=[reply_to] if usable(reply_to) else None,
        headers={
            "Message-ID": f"<{notice.identity}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=post,
    )


def explain(error: Exception, address: str) -> tuple[str, bool]:
    """A sentence for the office, and whether the server as a whole is to blame."""
    detail = one_line(str(error) or type(error).__name__, 150)
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError | smtplib.SMTPSenderRefused):
        told = _("The mail server did not take the letter to %(address)s (%(detail)s). Check the address.")
        return told % {"address": address, "detail": detail}, False
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("The mail server refuses our name and password. Check the mail settings."), True
    if isinstance(error, OSError):
        return _("The mail server cannot be reached (%(detail)s). The notice is kept and tried again.") % {
            "detail": detail
        }, True
    return _("This letter cannot be sent as it is (%(detail)s).") % {"detail": detail}, False


def mark_sent(notice: Letter) -> None:
    done = {"state": State.SENT, "sent_at": timezone.now(), "next_try_at": None, "error": ""}
    type(notice).objects.filter(pk=notice.pk).update(**done, **notice.WIPED)


def mark_failed(notice: Letter, sentence: str) -> None:
    pause = PAUSES[notice.tries - 1] if notice.tries <= len(PAUSES) else None
    again = timezone.now() + datetime.timedelta(minutes=pause) if pause else None
    type(notice).objects.filter(pk=notice.pk).update(state=State.FAILED, error=sentence, next_try_at=again)


def try_again(notice: Letter) -> bool:
    """Put a failed letter back into the queue, its pauses starting anew; False for any other."""
    failed = type(notice).objects.filter(pk=notice.pk, state=State.FAILED)
    return bool(failed.update(state=State.QUEUED, tries=0, next_try_at=timezone.now()))


def sends_at_once() -> bool:
    """Whether the web process sends right after its commit (``NOTICES_DELIVER``), or the command alone."""
    return bool(settings.NOTICES_DELIVER == "now")
