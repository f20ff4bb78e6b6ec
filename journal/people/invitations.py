"""Tells somebody by e-mail that they were invited to follow a manuscript."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles import co_authors
from articles.models import Article, Journal
from journal.people.limits import INVITE, spend
from journal.people.mail import write_to

__all__ = ["invite", "withdraw"]

withdraw = co_authors.withdraw


def invite(article: Article, email: str, by: Any, site: str) -> None:
    """Invite and write; ``site`` is the address of this house. Raises what ``co_authors.invite`` raises, and
    ``Refused`` (429) when this person has invited too many people lately."""
    spend(INVITE, str(by.pk))
    row = co_authors.invite(article, email, by)
    where = reverse("portal:manuscript", args=[article.pk]) if row.person else reverse("people:register")
    journal = Journal.objects.current().name
    words = {"name": by.get_full_name(), "journal": journal, "address": site + where}
    write_to(
        row.email,
        _("%(name)s invites you to follow a manuscript") % words,
        _(
            "%(name)s has named you as a co-author of a manuscript for %(journal)s. You can follow it here, "
            "with an account of this e-mail address:\n\n%(address)s\n\nIf you know nothing of it, you need "
            "not do anything."
        )
        % words,
    )
