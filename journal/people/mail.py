"""Letters about accounts; they go out at once, and a mail server that fails loses no account."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import send_mail

from articles.models import Journal

__all__ = ["sender", "write_to"]

logger = logging.getLogger(__name__)


def sender() -> str:
    """What stands as From: the setting, else the journal's own address."""
    return settings.DEFAULT_FROM_EMAIL or Journal.objects.current().submission_address or "kanwu@localhost"


def write_to(address: str, subject: str, body: str) -> bool:
    """Send one letter; whether the server took it. A failure is logged without the address."""
    try:
        send_mail(" ".join(subject.split()), body, sender(), [address])
    except OSError:  # smtplib's errors are
        logger.exception("a letter about an account was not sent")
        return False
    return True
