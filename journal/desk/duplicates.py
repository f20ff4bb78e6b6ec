"""The same text twice: a manuscript beside each other one that says the same, sentence by sentence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views import View

from articles import checklist
from articles.difference import compare, compare_texts
from articles.models import Article
from articles.record import text_of
from articles.stages import Stage
from journal.desk.review import article_of

__all__ = ["Duplicates", "duplicate_urls", "to_explain"]


class Duplicates(View):
    """``?with=`` the key of one of those found; without it the most alike."""

    http_method_names = ["get", "head"]
    site: Any = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = article_of(request, pk)
        found = checklist.same_elsewhere(article)
        wanted = request.GET.get("with", "")
        shown = next((one for one in found if str(one.article.pk) == wanted), found[0] if found else None)
        context = {
            **self.site.each_context(request),
            "title": _("Same title or text"),
            "article": article,
            "found": found,
            "shown": shown,
            **(side_by_side(article_of(request, shown.article.pk), article) if shown else {}),
        }
        return render(request, "desk/duplicates.html", context)


def side_by_side(other: Article, article: Article) -> dict[str, Any]:
    """The other one left, this one right."""
    fields = {k: v for k, v in compare_texts(text_of(other), text_of(article)).items() if k != "body"}
    return {
        "other": other,
        "bylines": [line.name for line in other.bylines.all()],
        "difference": compare(other.body, article.body),
        "fields": fields,
    }


def to_explain(article: Article, user: Any) -> list[checklist.Same]:
    """What the registrar will be asked about before a manuscript that waits for its number is registered."""
    if article.stage != Stage.SUBMITTED or not user.has_perm("articles.register_article"):
        return []
    return checklist.same_elsewhere(article)


def duplicate_urls(site: Any) -> list[Any]:
    view = site.admin_view(Duplicates.as_view(site=site))
    return [path("<int:pk>/duplicates/", view, name="articles_article_duplicates")]
