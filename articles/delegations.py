"""Delegations of the final review: from one day to another, and each an event of its own (invariant 5)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import record
from articles.doors import fresh_person
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Delegation, Event

__all__ = ["delegate", "holds_delegation", "withdraw_delegation"]


def holds_delegation(user: Any) -> bool:
    from articles.models import Delegation

    return (
        user.has_perm("articles.view_article") and Delegation.objects.valid_on().filter(holder=user).exists()
    )


def delegate(
    giver: Any,
    holder: Any,
    starts_on: datetime.date,
    ends_on: datetime.date,
    reason: str = "",
    *,
    address: str | None = None,
) -> Delegation:
    """Let ``holder`` give the final review between two days, both included; an event of its own."""
    from articles.models import Delegation

    giver, holder = fresh_person(giver), fresh_person(holder)
    if not giver.has_perm("articles.final_review"):
        raise Refused(
            _("Only somebody who gives the final review can delegate it."), code="no-right", kind="forbidden"
        )
    if giver.pk == holder.pk:
        raise Refused(_("Choose somebody other than yourself."), code="holder", field="holder")
    if not holder.has_perm("articles.view_article"):
        raise Refused(
            _("%(person)s does not work on manuscripts. Choose an editor.")
            % {"person": holder.get_full_name()},
            code="holder",
            field="holder",
        )
    if ends_on < timezone.localdate():
        raise Refused(
            _("These days are over. Choose a last day from today on."), code="dates", field="ends_on"
        )
    if ends_on < starts_on:
        raise Refused(_("The delegation ends before it starts."), code="dates", field="ends_on")
    with record.performing():
        delegation = Delegation.objects.create(
            giver=giver, holder=holder, starts_on=starts_on, ends_on=ends_on, reason=reason
        )
        data = {"holder": holder.pk, "from": starts_on.isoformat(), "until": ends_on.isoformat()}
        record.write_event("delegate", giver, delegation=delegation, note=reason, data=data, address=address)
    return delegation


def withdraw_delegation(
    delegation: Delegation, by: Any, reason: str = "", *, address: str | None = None
) -> Event:
    """End a delegation at once; an event of its own."""
    from articles.models import Delegation as Delegations

    by = fresh_person(by)
    if not by.has_perm("articles.final_review"):
        raise Refused(
            _("Only somebody who gives the final review can withdraw a delegation."),
            code="no-right",
            kind="forbidden",
        )
    with record.performing():
        standing = Delegations.objects.select_for_update().filter(pk=delegation.pk, withdrawn_at=None)
        if not standing.update(withdrawn_at=timezone.now()):
            raise Refused(_("This delegation is withdrawn already."), code="withdrawn", kind="conflict")
        return record.write_event(
            "withdraw_delegation", by, delegation=delegation, note=reason, address=address
        )
