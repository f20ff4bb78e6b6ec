"""The versions of a manuscript: a list, one laid beside the text as it is, and the way back to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views import View

from articles import workflow
from articles.difference import compare, compare_texts
from articles.models import Article, Revision
from articles.record import text_of
from articles.refusals import Refused
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["version_urls"]

A_PAGE = 50


def version_urls(admin: Any) -> list[Any]:
    site = admin.admin_site
    every, one = Versions.as_view(admin=admin), Version.as_view(admin=admin)
    return [
        path("<int:pk>/versions/", site.admin_view(every), name="articles_article_versions"),
        path("<int:pk>/versions/<int:number>/", site.admin_view(one), name="articles_article_version"),
    ]


class VersionPage(View):
    admin: Any = None

    def context(self, request: HttpRequest, article: Article, **more: Any) -> dict[str, Any]:
        return {
            **self.admin.admin_site.each_context(request),
            "article": article,
            "writes": workflow.may_edit_text(article, request.user),
            "back": reverse("admin:articles_article_change", args=[article.pk]),
            **more,
        }


class Versions(VersionPage):
    """Newest first; POST keeps the stored text as a version."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int, status: int = 200, refusal: str = "") -> HttpResponse:
        article = self.admin.article_of(request, pk)
        rows = article.revisions.select_related("by").defer("content").order_by("-number")
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
        now = article.text_hash
        context = self.context(
            request,
            article,
            title=_("Versions"),
            page=page,
            now=now,
            refusal=refusal,
            unkept=not article.revisions.filter(text_hash=now).exists(),
        )
        return TemplateResponse(request, "desk/versions.html", context, status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.admin.article_of(request, pk)
        try:
            perform(request, "save_version", article)
        except Refused as refusal:
            return self.get(request, pk, refusal.status, str(refusal))
        messages.success(request, _("Kept as a version."))
        return redirect("admin:articles_article_versions", pk)


class Version(VersionPage):
    """One version: what has changed since, or what it says; POST goes back to it."""

    http_method_names = ["get", "post"]

    def get(
        self, request: HttpRequest, pk: int, number: int, status: int = 200, refusal: str = ""
    ) -> HttpResponse:
        article = self.admin.article_of(request, pk)
        version = get_object_or_404(Revision.objects.select_related("by"), article=article, number=number)
        other = article.revisions.filter(number=number_in(request.GET.get("with"))).first()
        new = other.content if other is not None else text_of(article)
        context = self.context(
            request,
            article,
            title=_("Version %(number)d") % {"number": number},
            version=version,
            other=other,
            is_now=version.text_hash == article.text_hash,
            fields=fields_of(version.content, new),
            whole=[row.new for row in compare(version.content["body"], version.content["body"]).rows],
            numbers=article.revisions.order_by("-number").values_list("number", flat=True)[:A_PAGE],
            refusal=refusal,
        )
        return TemplateResponse(request, "desk/version.html", context, status=status)

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        article = self.admin.article_of(request, pk)
        version = get_object_or_404(article.revisions, number=number)
        try:
            perform(request, "restore", article, revision=version)
        except Refused as refusal:
            return self.get(request, pk, number, refusal.status, str(refusal))
        messages.success(
            request,
            _("The text stands as in version %(number)d again. Signatures given for another text are void.")
            % {"number": number},
        )
        return redirect("admin:articles_article_change", pk)


def perform(request: HttpRequest, action: str, article: Article, **given: Any) -> None:
    workflow.perform(
        action,
        article,
        request.user,
        version=number_in(request.POST.get("version"), -1),
        address=address_of(request),
        **given,
    )


def fields_of(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """The signed fields that differ, each as rows of runs under its label."""
    found = []
    for name, difference in compare_texts(old, new).items():
        rows = [difference] if isinstance(difference, tuple) else [row.merged for row in difference.rows]
        label = getattr(Article._meta.get_field(name), "verbose_name", name)
        found.append({"label": label, "rows": rows})
    return found
