"""The desk is Django's admin with the office's first page and its own rooms."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

__all__ = ["DeskSite"]

#: The rooms of the header: address name, words, and the right that opens each.
ROOMS = (
    ("admin:index", gettext_lazy("My work"), None),
    ("admin:articles_issue_changelist", gettext_lazy("Issues"), "articles.view_issue"),
    ("admin:articles_article_changelist", gettext_lazy("Manuscripts"), "articles.view_article"),
    ("admin:imports", gettext_lazy("Take in printed issues"), "articles.import_article"),
    ("admin:articles_author_changelist", gettext_lazy("Authors"), "articles.view_author"),
    ("admin:articles_section_changelist", gettext_lazy("Sections"), "articles.view_section"),
    ("admin:articles_journal_changelist", gettext_lazy("Journal"), "articles.view_journal"),
    ("admin:people_user_changelist", gettext_lazy("Accounts"), "people.view_user"),
    ("admin:articles_event_changelist", gettext_lazy("Record"), "articles.view_event"),
)


class DeskSite(admin.AdminSite):
    site_header = gettext_lazy("Kanwu desk")
    site_title = gettext_lazy("Kanwu desk")
    index_title = gettext_lazy("My work")
    enable_nav_sidebar = False

    def get_urls(self) -> list[Any]:
        from journal.desk.imports import import_urls

        # Django's redirect to "the page of any object" would tell who may not see it that it is there.
        rest = [u for u in super().get_urls() if getattr(u, "name", None) != "view_on_site"]
        return [*import_urls(self), *rest]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "desk_rooms": rooms(request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """My work: what waits for me, the current issue, one search box."""
        from journal.desk.first_page import work_of

        context = {**self.each_context(request), "title": _("My work"), "work": work_of(request)}
        request.current_app = self.name
        return TemplateResponse(request, "admin/index.html", {**context, **(extra_context or {})})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Django's page of one application says nothing the rooms do not say."""
        return self.index(request)


def rooms(request: HttpRequest) -> list[dict[str, Any]]:
    """The rooms this person may enter; the one they are in is marked."""
    found = []
    for name, words, right in ROOMS:
        if right is not None and not request.user.has_perm(right):
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        here = request.path == address or (name != "admin:index" and request.path.startswith(address))
        found.append({"name": words, "address": address, "current": here})
    return found
