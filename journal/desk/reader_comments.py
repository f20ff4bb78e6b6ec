"""What readers wrote, at the desk: what waits comes first; many are decided on at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles import reader_comments
from articles.models import Article, Journal, ReaderComment
from articles.models.journal import Commenting
from articles.reader_comments import ACTIONS, RIGHT
from articles.refusals import Refused
from journal.desk.guarded import rooms_behind
from journal.edition.due import is_behind
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["Now", "comment_urls", "comments_now"]

PAGE = 30
LONGEST_REASON = 500
NAME = "admin:reader_comments"
State = ReaderComment.State


@dataclass(frozen=True, slots=True)
class Shelf:
    """One list of the room: what stands in it, in which order, what may be done there.

    The first action is what Enter in the field for the reason does: never one that shows something.
    """

    label: Any
    states: tuple[str, ...]
    order: tuple[str, ...]
    actions: tuple[str, ...]


SHELVES = {
    "waiting": Shelf(
        pgettext_lazy("of readers' comments", "Waiting"),
        (State.WAITING,),
        ("at", "pk"),
        ("refuse_comment", "show_comment"),
    ),
    "shown": Shelf(
        gettext_lazy("On the site"), (State.SHOWN,), ("-moderated_at", "-pk"), ("remove_comment",)
    ),
    "off": Shelf(
        gettext_lazy("Refused and removed"),
        (State.REFUSED, State.REMOVED, State.ERASED),
        ("-moderated_at", "-pk"),
        ("erase_comment", "restore_comment"),
    ),
}


@dataclass(frozen=True, slots=True)
class Now:
    """``door``: comments are on, or some came in when they were. ``waiting``: how many nobody has read."""

    journal: Journal
    door: bool
    waiting: int


def comments_now(user: Any) -> Now | None:
    """How things stand, in one query; ``None`` for whoever may not decide on comments."""
    if not user.has_perm(RIGHT):
        return None
    waiting = ReaderComment.objects.waiting().order_by().values("state").annotate(n=Count("pk"))
    rows = Journal.objects.annotate(
        came=Exists(ReaderComment.objects.all()), waiting=Subquery(waiting.values("n"))
    )
    row = rows.first()
    if row is None:
        return Now(Journal(), False, 0)
    return Now(row, row.came or row.comments != Commenting.OFF, row.waiting or 0)


def comment_urls(site: Any) -> list[URLPattern]:
    room = rooms_behind(site, RIGHT)
    return [
        path("comments/", room(comments, require_safe), name="reader_comments"),
        path("comments/decide/", room(decide, require_POST), name="reader_comments_decide"),
        path(
            "articles/article/<int:pk>/comments/", room(close, require_POST), name="articles_article_comments"
        ),
    ]


def comments(request: HttpRequest, site: Any, status: int = 200, **more: Any) -> HttpResponse:
    """GET ``show`` (a shelf), ``article`` (a key), ``page``; after a refusal with what was typed."""
    asked = request.POST if request.method == "POST" else request.GET
    name = asked.get("show", "")
    name = name if name in SHELVES else "waiting"
    shelf = SHELVES[name]
    rows = ReaderComment.objects.filter(state__in=shelf.states).order_by(*shelf.order)
    article = Article.objects.filter(pk=number_in(asked.get("article"), -1)).select_related("issue").first()
    rows = rows.filter(article=article) if article else rows
    rows = rows.select_related("article__issue", "moderated_by", "person")
    counts = counts_of(article)
    context = {
        **site.each_context(request),
        "title": _("Readers' comments"),
        "page": Paginator(rows.defer("article__body", "article__raw_body"), PAGE).get_page(asked.get("page")),
        "shelves": [(key, one.label, sum(counts[s] for s in one.states)) for key, one in SHELVES.items()],
        "shelf": name,
        "actions": [(action, ACTIONS[action]) for action in shelf.actions],
        "needs_reason": any(ACTIONS[action].needs_reason for action in shelf.actions),
        "article": article,
        "query": f"show={name}&article={article.pk}&" if article else f"show={name}&",
        "off": Journal.objects.current().comments == Commenting.OFF,
        "chosen": [],
        "reason": "",
        **more,
    }
    return render(request, "desk/reader_comments.html", context, status=status)


def counts_of(article: Article | None) -> dict[str, int]:
    """How many stand in each state, in one query."""
    rows = ReaderComment.objects.filter(article=article) if article else ReaderComment.objects.all()
    return rows.aggregate(**{state: Count("pk", filter=Q(state=state)) for state in State.values})


def decide(request: HttpRequest, site: Any) -> HttpResponse:
    """POST ``action``, ``comment`` (one or more keys) and, where something is taken off, ``reason``."""
    keys = [number_in(key) for key in request.POST.getlist("comment")]
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    try:
        decided = reader_comments.decide(
            request.POST.get("action", ""),
            [key for key in keys if key],
            request.user,
            reason=reason,
            address=address_of(request),
        )
    except Refused as refusal:
        return comments(request, site, refusal.status, refusal=str(refusal), chosen=keys, reason=reason)
    tell(request, decided)
    return back(request)


def close(request: HttpRequest, site: Any, pk: int) -> HttpResponse:
    """POST ``closed`` (1 or 0): whether readers may write more under this article."""
    article = get_object_or_404(Article, pk=pk)
    closed = request.POST.get("closed") == "1"
    try:
        reader_comments.set_closed(article, closed, request.user, address=address_of(request))
    except Refused as refusal:
        return comments(request, site, refusal.status, refusal=str(refusal))
    said = _("Closed: nobody writes more under it.") if closed else _("Open: readers may write again.")
    messages.success(request, said)
    warn_when_behind(request)
    return back(request)


def back(request: HttpRequest) -> HttpResponse:
    """To the list one came from."""
    kept = {name: request.POST.get(name, "") for name in ("show", "article", "page")}
    asked = "&".join(f"{name}={value}" for name, value in kept.items() if value.isalnum())
    return redirect(f"{reverse(NAME)}?{asked}" if asked else reverse(NAME))


def tell(request: HttpRequest, decided: list[ReaderComment]) -> None:
    """What was done, and whether readers see it already."""
    count, target = len(decided), decided[0].state
    words = {"count": count}
    if target == State.SHOWN:
        said = ngettext("%(count)s comment is on the site.", "%(count)s comments are on the site.", count)
    elif target == State.REMOVED:
        said = ngettext("%(count)s comment is off the site.", "%(count)s comments are off the site.", count)
    elif target == State.REFUSED:
        said = ngettext("%(count)s comment was refused.", "%(count)s comments were refused.", count)
    else:
        said = ngettext("%(count)s comment is erased.", "%(count)s comments are erased.", count)
    messages.success(request, said % words)
    warn_when_behind(request)


def warn_when_behind(request: HttpRequest) -> None:
    """The pages are baked when the decision is safe; if that failed, it is said and made up for."""
    if is_behind():
        messages.warning(
            request,
            _("The pages could not be made anew yet; readers see the old ones. It is tried again by itself."),
        )
