"""The board's two addresses: one shows it, one takes a move and shows the board as it is then.

With the script a move comes back as the board alone (header ``X-Board``); without it, as a redirect with a
message, or as the whole page with what was refused.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views import View

from articles.board.doing import Seen, changes_since
from articles.models import Article, Issue
from articles.refusals import Refused
from journal.desk.board.asked import Looking, act, asked_again
from journal.desk.board.screen import screen_of
from journal.desk.board.words import asked, said, told_since
from journal.numbers import number_in

__all__ = ["board_urls"]

NAME = "admin:articles_issue_board"


def board_urls(site: Any) -> list[Any]:
    """The addresses of the board below the issues."""
    look, do = (site.admin_view(view.as_view(site=site)) for view in (BoardPage, BoardDeed))
    return [
        path("<int:pk>/board/", look, name="articles_issue_board"),
        path("<int:pk>/board/do/", do, name="articles_issue_board_do"),
    ]


class BoardView(View):
    site: Any = None

    def issue(self, request: HttpRequest, pk: int) -> Issue:
        if not request.user.has_perm("articles.view_issue"):
            raise PermissionDenied
        return get_object_or_404(Issue, pk=pk)

    def show(
        self, request: HttpRequest, issue: Issue, looking: Looking, status: int = 200, **more: Any
    ) -> HttpResponse:
        alone = "X-Board" in request.headers
        context = {**screen_of(issue, request.user, looking), **more}
        if not alone:
            context |= self.site.each_context(request)
        # What every form of the board carries is the same: it is written once, not with each of them.
        context["kept"] = render_to_string("desk/board/_kept.html", context, request)
        template = "desk/board/_board.html" if alone else "desk/board/board.html"
        return render(request, template, context, status=status)


class BoardPage(BoardView):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.issue(request, pk), Looking.read(request.GET))


class BoardDeed(BoardView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue, looking = self.issue(request, pk), Looking.read(request.POST)
        try:
            event = act(issue, request)
        except Refused as refusal:
            return self.refuse(request, pk, looking, refusal)
        if "X-Board" in request.headers:
            return self.show(request, self.issue(request, pk), looking, said=said(event))
        messages.success(request, said(event))
        key = event.data.get("article", "") if event.data.get("do") != "take_out" else ""
        return redirect(reverse(NAME, args=[pk]) + looking.query() + (f"#a-{key}" if key else ""))

    def refuse(self, request: HttpRequest, pk: int, looking: Looking, refusal: Refused) -> HttpResponse:
        """The board as it is, what was refused, and – where others were quicker – the move once more."""
        issue, again = self.issue(request, pk), []
        since: list[dict[str, Any]] = []
        wanted = ""
        if refusal.code == "stale":
            since = told_since(changes_since(issue, Seen.read(request.POST.get("seen", ""))))
            again = asked_again(request.POST)
            keys = [number_in(request.POST.get(name)) for name in ("article", "other")]
            found = Article.objects.filter(pk__in=keys).only("pk", "title")
            wanted = asked(request.POST, {str(article.pk): article.title_line for article in found})
        typed = dict(request.POST.items())
        folded = typed.get("do") in {"length", "share", "unshare", "take_out"}
        more = {
            "refusal": str(refusal),
            "since": since,
            "again": again,
            "wanted": wanted,
            "typed": typed,
            "typed_page": typed.get("article") if typed.get("do") in {"page", "place"} else "",
            "typed_more": typed.get("article") if folded else "",
        }
        return self.show(request, issue, looking, refusal.status, **more)
