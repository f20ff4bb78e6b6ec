"""The forms of a manuscript that an office prints and files: review sheet 审稿单 and release slip 发稿单."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views import View

from articles import checklist, workflow
from articles.models import Article, Journal
from articles.stages import Stage
from journal.desk.review_signatures import rounds_of, signatures_of

__all__ = ["sheet_urls"]

#: Before these a manuscript has nothing to release.
RELEASABLE = (Stage.ACCEPTED, Stage.EDITING, Stage.RELEASED, Stage.PUBLISHED, Stage.RETRACTED)


def sheet_urls(site: Any) -> list[Any]:
    review = site.admin_view(ReviewSheet.as_view(site=site))
    release = site.admin_view(ReleaseSlip.as_view(site=site))
    return [
        path("<int:pk>/review/sheet/", review, name="articles_article_review_sheet"),
        path("<int:pk>/release-slip/", release, name="articles_article_release_slip"),
    ]


class Sheet(View):
    """One A4 page about one manuscript, for whoever may see it."""

    http_method_names = ["get", "head"]
    site: Any = None
    template = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        if not user.has_perm("articles.view_article"):
            raise PermissionDenied
        found = Article.objects.visible_to(user).select_related("section", "issue", "submitter", "editor")
        article = get_object_or_404(found, pk=pk)
        if sentence := self.too_early(article):
            context = {
                **self.site.each_context(request),
                "title": _("This is not possible"),
                "thing": article,
                "refusal": sentence,
                "back": "admin:articles_article_review",
            }
            return render(request, "desk/step.html", context, status=409)
        return render(request, self.template, {**facts_of(article, user), **self.more(article)})

    def too_early(self, article: Article) -> str:
        """Why there is nothing to print yet; empty when there is."""
        return ""

    def more(self, article: Article) -> dict[str, Any]:
        return {}


def facts_of(article: Article, user: Any) -> dict[str, Any]:
    """The head of every form: who wrote it, where it belongs, how long it is, how it was signed."""
    rounds = rounds_of(workflow.case_of(article, user), signatures_of(article))
    return {
        "journal": Journal.objects.current(),
        "article": article,
        "bylines": list(article.bylines.select_related("author")),
        "received": article.events.filter(action__in=["submit", "register"]).order_by("pk").first(),
        "figures": article.figures.count(),
        "round": rounds[0],
        "boxes": [standing_box(rounds, place) for place in range(len(rounds[0].boxes))],
    }


def standing_box(rounds: list[Any], place: int) -> Any:
    """The latest signature of a level: the current round's, else the one of the round before."""
    return next((r.boxes[place] for r in rounds if r.boxes[place].signoff), rounds[0].boxes[place])


class ReviewSheet(Sheet):
    template = "desk/review_sheet.html"


class ReleaseSlip(Sheet):
    template = "desk/release_slip.html"

    def too_early(self, article: Article) -> str:
        if article.stage in RELEASABLE:
            return ""
        return _(
            "There is no release slip yet: this manuscript stands in “%(stage)s”. "
            "It gets one once it is accepted."
        ) % {"stage": Stage(article.stage).label}

    def more(self, article: Article) -> dict[str, Any]:
        released = article.events.filter(action="release").order_by("-pk").first()
        return {"missing": checklist.for_press(article), "released": released}
