"""What a contributor is typing, kept apart from the manuscript until they store it.

The rules are ``articles.working_drafts``, the same as at the desk; here a page that comes too late is not
compared but taken up or thrown away, for a manuscript has one sender.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import working_drafts
from articles.models import Article
from articles.refusals import Refused
from journal.portal.forms import ManuscriptForm, author_lines, picture_forms
from journal.portal.mine import contributor_page, may_write, one_of_mine
from journal.portal.views.showing import edit
from journal.typing_in import typing_in

__all__ = ["draft"]


@require_POST
@contributor_page
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """JSON from the page's script: keep. A form: ``do`` is ``resume`` or ``discard``."""
    article = one_of_mine(request, pk)
    if request.content_type == "application/json":
        return keep(request, article)
    if not may_write(request, article):
        raise PermissionDenied
    if request.POST.get("do") == "discard":
        working_drafts.discard(article, request.user)
        messages.success(request, _("Your working draft was thrown away."))
    if request.POST.get("do") == "resume":
        return resume(request, article)
    return redirect("portal:manuscript", pk)


def keep(request: HttpRequest, article: Article) -> JsonResponse:
    try:
        # A manuscript has one sender: nothing is compared, so nothing is kept of what they began with.
        typing = replace(typing_in(request), base={}, over="")
        kept = working_drafts.keep(article, request.user, typing)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal), "code": refusal.code}, status=refusal.status)
    return JsonResponse({"saved_at": f"{timezone.localtime(kept.draft.saved_at):%H:%M}"})


def resume(request: HttpRequest, article: Article) -> HttpResponse:
    """The page filled from the draft; from now on this page writes it."""
    page = secrets.token_hex(8)
    found = working_drafts.take_up(article, request.user, page)
    if found is None:
        return redirect("portal:manuscript", article.pk)
    data: Any = QueryDict(mutable=True)
    data.update({**found.content["fields"], "version": str(article.version)})
    return edit(
        request,
        article,
        ManuscriptForm(data, instance=article),
        author_lines(article, data if "authors-TOTAL_FORMS" in data else None),
        pictures=picture_forms(article, data),
        resumed=True,
        keeping_page=page,
    )
