"""The co-authors a sender invites: they follow the manuscript and are told."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.refusals import Refused
from journal.notices.letters import mark_read
from journal.notices.models import Notice
from journal.numbers import number_in
from journal.people import invitations
from journal.portal.mine import contributor_page, manuscripts_of, one_of_mine

__all__ = ["co_author", "read_notice"]


@require_POST
@contributor_page
def co_author(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite ``email``, or take the invited co-author ``remove`` off again."""
    article = one_of_mine(request, pk)
    remove = request.POST.get("remove", "")
    try:
        if remove:
            invitations.withdraw(article, number_in(remove), request.user)
            messages.success(request, _("Taken off: they do not see this manuscript any more."))
        else:
            address = request.build_absolute_uri("/").rstrip("/")
            invitations.invite(article, request.POST.get("email", ""), request.user, address)
            messages.success(request, _("Invited. They were told by e-mail."))
    except (Refused, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    return redirect("portal:manuscript", pk)


@require_POST
@contributor_page
def read_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """One's own letter was read; another's does not exist here."""
    row = get_object_or_404(Notice, pk=notice, recipient=request.user, article__isnull=False)
    mark_read(request.user, [row.pk])
    article = manuscripts_of(request.user).filter(pk=row.article_id).first()
    return redirect("portal:manuscript", article.pk) if article else redirect("portal:home")
