"""Co-authors who may follow a manuscript: invited by e-mail, bound to the account that owns the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from articles.record import write_event
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Article, CoAuthor

__all__ = ["MOST", "bind", "invite", "withdraw"]

#: Co-authors one manuscript may have invited.
MOST = 20


def invite(article: Article, email: str, by: Any) -> CoAuthor:
    """Let the owner of ``email`` follow the manuscript; inviting somebody twice changes nothing.

    Raises ``ValidationError`` for what is no address, ``Refused`` for somebody else than the sender, for the
    sender's own address, and past ``MOST``. Whether an account has the address is told to nobody.
    """
    from articles.models import CoAuthor

    email = email.strip().lower()
    validate_email(email)
    refuse_others(article, by)
    if email == (by.email or "").lower():
        raise ValidationError(_("This is your own address: the manuscript is yours already."))
    with transaction.atomic():
        type(article)._default_manager.select_for_update().get(pk=article.pk)
        found = article.co_authors.filter(email=email).first()
        if found is not None:
            return found
        if article.co_authors.count() >= MOST:
            raise ValidationError(_("Twenty co-authors are the most. Take one off first."))
        person = get_user_model()._default_manager.filter(email__iexact=email, is_active=True).first()
        row = CoAuthor.objects.create(article=article, email=email, person=person)
        write_event("co_author_invited", by, article=article, data={"co_author": row.pk})
    return row


def withdraw(article: Article, key: int, by: Any) -> None:
    """Take an invitation back; who it was does not see the manuscript any more."""
    refuse_others(article, by)
    with transaction.atomic():
        gone, _rows = article.co_authors.filter(pk=key).delete()
        if gone:
            write_event("co_author_taken_off", by, article=article, data={"co_author": key})


def bind(person: Any) -> int:
    """Give an account what its address was invited to, once the address is proven; how many manuscripts."""
    from articles.models import CoAuthor

    if not person.email:
        return 0
    return CoAuthor.objects.filter(email=person.email.lower(), person=None).update(person=person)


def refuse_others(article: Article, by: Any) -> None:
    if article.submitter_id != by.pk:
        raise Refused(
            _("Only the person who sent this manuscript in can do this."), code="not-own", kind="forbidden"
        )
