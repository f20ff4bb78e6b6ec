"""Where an office wants it, a unit signs what its people send in; the office sees it only then."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles import workflow
from articles.models import Article
from articles.refusals import Refused
from journal.editor.figures import figures_of
from journal.numbers import number_in
from journal.portal.mine import SIGNS_FOR_UNIT, contributor_page, page, to_sign_for_unit
from journal.security import address_of

__all__ = ["unit"]

#: Action → under which name the rule takes what was said.
SAID = {"sign_for_unit": "opinion", "return_from_unit": "reason"}


@require_http_methods(["GET", "HEAD", "POST"])
@contributor_page
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it was sent, and the two things its unit can do with it."""
    if not request.user.has_perm(SIGNS_FOR_UNIT):
        raise PermissionDenied
    article = get_object_or_404(to_sign_for_unit(request.user).select_related("section", "submitter"), pk=pk)
    return act(request, article) if request.method == "POST" else show(request, article)


def show(request: HttpRequest, article: Article, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "article": article,
        "bylines": article.bylines.select_related("author").order_by("position"),
        "loose": [figure for figure in figures_of(article) if not figure.shown],  # type: ignore[attr-defined]
        "refusal": refusal,
        "said": request.POST.get("said", ""),
        "room": "manuscripts",
    }
    return page(request, "portal/unit.html", context, status)


def act(request: HttpRequest, article: Article) -> HttpResponse:
    action, said = request.POST.get("action", ""), request.POST.get("said", "")[:2000].strip()
    if action not in SAID:
        raise PermissionDenied
    words: dict[str, Any] = {SAID[action]: said}
    version = number_in(request.POST.get("version", ""), -1)
    try:
        workflow.perform(action, article, request.user, version=version, address=address_of(request), **words)
    except Refused as refusal:
        return show(request, article, str(refusal), refusal.status)
    if action == "sign_for_unit":
        messages.success(request, _("Signed: the office has it now."))
    else:
        messages.success(request, _("Sent back: the sender reads why."))
    return redirect("portal:home")
