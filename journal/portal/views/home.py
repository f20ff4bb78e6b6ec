"""My manuscripts: what needs me first, then where the others stand."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.codes import unique_code
from articles.models import Article
from articles.stages import Stage
from journal.intake.models import ReceivedFile
from journal.notices.models import Notice
from journal.portal.mine import contributor_page, manuscripts_of, page, received_by, to_sign_for_unit
from journal.portal.progress import progress_of_all
from journal.portal.views.files import take_in

__all__ = ["home", "start"]

A_PAGE = 20
MOST_LETTERS = 5
MOST_TO_SIGN = 50
SENDS = "articles.add_article"
NEEDS_ME = (Stage.RETURNED, Stage.DRAFT)


@require_safe
@contributor_page
def home(request: HttpRequest) -> HttpResponse:
    urgent = Case(When(stage__in=NEEDS_ME, then=Value(0)), default=Value(1), output_field=IntegerField())
    mine = manuscripts_of(request.user).select_related("section", "issue").defer("body", "raw_body")
    shown = Paginator(mine.order_by(urgent, "-updated_at"), A_PAGE).get_page(request.GET.get("page"))
    listed = list(shown)
    rows = [{"article": a, "progress": p} for a, p in zip(listed, progress_of_all(listed), strict=True)]
    waiting = received_by(request).exclude(state=ReceivedFile.State.TAKEN)[:A_PAGE]
    unread = Notice.objects.unread_by(request.user).select_related("article")[:MOST_LETTERS]
    letters = [notice for notice in unread if notice.article_id]
    context = {
        "letters": letters,
        "to_sign": list(to_sign_for_unit(request.user).defer("body", "raw_body")[:MOST_TO_SIGN]),
        "sends": request.user.has_perm(SENDS),
        "rows": rows,
        "shown": shown,
        "waiting": waiting,
        "room": "manuscripts",
    }
    return page(request, "portal/home.html", context)


@require_POST
@contributor_page
def start(request: HttpRequest) -> HttpResponse:
    """Begin with a file, or without one: an empty manuscript that only its sender sees."""
    user: Any = request.user
    if not user.has_perm(SENDS):
        raise PermissionDenied
    if (upload := request.FILES.get("file")) is not None:
        return take_in(request, upload)
    article = Article(title=_("Untitled"), submitter=user, code=unique_code(Article, f"draft {user.pk}"))
    article.save()
    return redirect("portal:manuscript", article.pk)
