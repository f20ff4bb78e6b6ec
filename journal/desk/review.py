"""The review screen: the text as it was, the text now, and beside them remarks, signatures and checks.

One page and the posts that lead back to it. What is refused is shown on the same page, with its status and
with everything that was typed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import View

from articles import workflow
from articles.models import Article, Comment
from articles.refusals import Refused
from journal.desk.review_bar import bar_of
from journal.desk.review_checks import checks_of
from journal.desk.review_comments import CommentForm, post_comment, remarks_of, settle
from journal.desk.review_signatures import rounds_of, signatures_of
from journal.desk.review_versions import comparison_of
from journal.desk.sheets import sheet_urls
from journal.desk.steps import ArticleStep
from journal.numbers import number_in

__all__ = ["ReviewPage", "article_of", "review_urls"]

NAME = "admin:articles_article_review"


def review_urls(site: Any) -> list[Any]:
    """The addresses of the review screen below the manuscripts."""
    views = {"": ReviewPage, "act/": ReviewStep, "remark/": AddRemark, "settle/": SettleRemark}
    found = [
        path(
            f"<int:pk>/review/{end}",
            site.admin_view(view.as_view(site=site)),
            name="articles_article_review" + ("_" + end.rstrip("/") if end else ""),
        )
        for end, view in views.items()
    ]
    return found + sheet_urls(site)


def article_of(request: HttpRequest, pk: int) -> Article:
    """The manuscript, if this person may see it: 403 without the right, 404 for a number that is none."""
    user: Any = request.user
    if not user.has_perm("articles.view_article"):
        raise PermissionDenied
    found = Article.objects.visible_to(user).select_related("section", "issue", "submitter", "editor")
    found = found.prefetch_related("figures", "bylines__author")
    return get_object_or_404(found, pk=pk)


class ReviewView(View):
    """What the page and its posts have in common."""

    site: Any = None

    def show(self, request: HttpRequest, article: Article, status: int = 200, **more: Any) -> HttpResponse:
        """The whole screen; ``more`` brings what was refused (``refusal``) and the form that was typed."""
        case = workflow.case_of(article, request.user)
        signatures = signatures_of(article)
        comparison = comparison_of(article, request, signatures)
        remarks = remarks_of(case, more.pop("remark_form", None))
        context = {
            **self.site.each_context(request),
            "title": article.title_line,
            "thing": article,
            "comparison": comparison,
            "remarks": remarks,
            "rounds": rounds_of(case, signatures),
            "checks": checks_of(article, remarks.open_required),
            "bar": bar_of(case, request, more.pop("step_form", None)),
            "bylines": article.bylines.all(),
            "view": view_of(request),
            "life": address_of_life(article),
            **more,
        }
        return render(request, "desk/review.html", context, status=status)

    def back(self, request: HttpRequest, article: Article, anchor: str = "") -> HttpResponse:
        """To the screen again, with the same version beside it."""
        against = number_in(request.POST.get("against", ""))
        kept = {"against": str(against or ""), "view": view_of(request)}
        query = urlencode({name: value for name, value in kept.items() if value})
        return redirect(reverse(NAME, args=[article.pk]) + (query and f"?{query}") + anchor)


def view_of(request: HttpRequest) -> str:
    """How the difference is shown; empty for the usual way."""
    words = request.GET.get("view") or request.POST.get("view") or ""
    return words if words.isascii() and words.isalpha() and len(words) < 10 else ""


def address_of_life(article: Article) -> str:
    """The page that tells the manuscript's whole life; empty where this desk has none."""
    try:
        return reverse("admin:articles_article_life", args=[article.pk])
    except NoReverseMatch:
        return ""


class ReviewPage(ReviewView):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, article_of(request, pk))


class ReviewStep(ReviewView, ArticleStep):
    """A step from the bar: back to the screen, or to 我的待办 when the manuscript has left one's hands."""

    http_method_names = ["post"]

    def done(self, request: HttpRequest, thing: Any) -> HttpResponse:
        user: Any = request.user
        waits = Article.objects.awaiting(user).filter(pk=thing.pk).exists()
        return self.back(request, thing) if waits else redirect("admin:index")

    def again(self, request: HttpRequest, thing: Any, form: Any, sentence: str, status: int) -> HttpResponse:
        return self.show(
            request, article_of(request, thing.pk), status, refusal=sentence, step_form=form or request.POST
        )


class AddRemark(ReviewView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article, form = article_of(request, pk), CommentForm(request.POST)
        try:
            comment = post_comment(article, request, form)
        except Refused as refusal:
            form.add_refusal(refusal)
            return self.show(
                request, article_of(request, pk), refusal.status, refusal=str(refusal), remark_form=form
            )
        messages.success(request, _("Your remark is stored."))
        return self.back(request, article, f"#remark-{comment.parent_id or comment.pk}")


class SettleRemark(ReviewView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = article_of(request, pk)
        comment = get_object_or_404(
            Comment.objects.filter(article=article), pk=number_in(request.POST.get("remark", ""))
        )
        try:
            settle(comment, request)
        except Refused as refusal:
            return self.show(request, article_of(request, pk), refusal.status, refusal=str(refusal))
        messages.success(request, _("The remark is settled."))
        return self.back(request, article, "#remarks")
