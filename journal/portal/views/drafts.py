"""What a contributor is typing, kept apart from the manuscript until they store it.

The rules are ``articles.working_drafts``, the same as at the desk; here a page that comes too late is not
compared but taken up or thrown away, for a manuscript has one sender.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import working_drafts
from articles.models import Article
from articles.refusals import Refused
from articles.working_drafts import Typing
from journal.portal.forms import ManuscriptForm, author_lines, picture_forms
from journal.portal.mine import contributor_page, may_write, one_of_mine
from journal.portal.views.showing import edit

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
        kept = working_drafts.keep(article, request.user, typing_in(request))
    except Refused as refusal:
        return JsonResponse({"message": str(refusal), "code": refusal.code}, status=refusal.status)
    return JsonResponse({"saved_at": f"{timezone.localtime(kept.draft.saved_at):%H:%M}"})


def typing_in(request: HttpRequest) -> Typing:
    """What the script sent; ``Refused`` (422) for anything else, 403 for another person's words."""
    wrong = Refused(_("This is no working draft. Reload the page and try again."), code="not-a-draft")
    try:
        sent = json.loads(request.body)
        page, fields = sent["page"], sent["fields"]
        numbers = [sent[name] for name in ("number", "version", "person")]
    except RequestDataTooBig as error:
        raise working_drafts.too_long() from error
    except (ValueError, KeyError, TypeError) as error:
        raise wrong from error
    if not all(type(n) is int and 0 <= n < 2**31 for n in numbers):
        raise wrong
    if not isinstance(page, str) or not isinstance(fields, dict):
        raise wrong
    if sent["person"] != request.user.pk:
        raise Refused(
            _("Somebody else is logged in here now. What was typed stays on this computer."),
            code="other-person",
            kind="forbidden",
        )
    return Typing(page, numbers[0], numbers[1], {}, fields)


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
