"""The co-authors a sender invites: they follow the manuscript and are told."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.refusals import Refused
from journal.people import invitations
from journal.portal.mine import contributor_page, one_of_mine

__all__ = ["co_author"]


@require_POST
@contributor_page
def co_author(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite ``email``, or take the invited co-author ``remove`` off again."""
    article = one_of_mine(request, pk)
    remove = request.POST.get("remove", "")
    try:
        if remove:
            invitations.withdraw(article, int(remove) if remove.isdecimal() else 0, request.user)
            messages.success(request, _("Taken off: they do not see this manuscript any more."))
        else:
            address = request.build_absolute_uri("/").rstrip("/")
            invitations.invite(article, request.POST.get("email", ""), request.user, address)
            messages.success(request, _("Invited. They were told by e-mail."))
    except (Refused, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    return redirect("portal:manuscript", pk)
