"""The desk is Django's admin with the office's first page and its own rooms."""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.desk.errors import Found
from journal.notices.unread import unread_for

__all__ = ["DeskSite"]

#: The rooms of the header: address name, words, and the right that opens each.
ROOMS = (
    ("admin:index", gettext_lazy("My work"), None),
    ("admin:articles_issue_changelist", gettext_lazy("Issues"), "articles.view_issue"),
    ("admin:articles_article_changelist", gettext_lazy("Manuscripts"), "articles.view_article"),
    ("admin:take_in", gettext_lazy("Take in manuscripts"), "articles.register_article"),
    ("admin:imports", gettext_lazy("Take in printed issues"), "articles.import_article"),
    ("admin:articles_author_changelist", gettext_lazy("Authors"), "articles.view_author"),
    ("admin:articles_section_changelist", gettext_lazy("Sections"), "articles.view_section"),
    ("admin:notices_notice_changelist", gettext_lazy("Correspondence"), "notices.view_notice"),
    ("admin:articles_journal_changelist", gettext_lazy("Journal"), "articles.view_journal"),
    ("admin:articles_call_changelist", gettext_lazy("Calls for papers"), "articles.view_call"),
    ("admin:visits", gettext_lazy("Visits"), "articles.view_article"),
    ("admin:delegations", gettext_lazy("Delegations"), "articles.view_delegation"),
    ("admin:people_user_changelist", gettext_lazy("Accounts"), "people.view_user"),
    ("admin:sign_in", gettext_lazy("Sign-in"), "people.change_user"),
    ("admin:registrations", gettext_lazy("Requests for accounts"), "people.change_user"),
    ("admin:articles_event_changelist", gettext_lazy("Record"), "articles.view_event"),
)


class DeskSite(admin.AdminSite):
    site_header = gettext_lazy("Kanwu desk")
    site_title = gettext_lazy("Kanwu desk")
    index_title = gettext_lazy("My work")
    enable_nav_sidebar = False

    def get_urls(self) -> list[Any]:
        from journal.desk.delegations import delegation_urls
        from journal.desk.imports import import_urls
        from journal.desk.life_views import life_urls
        from journal.desk.notices import notice_urls
        from journal.desk.proofs.urls import proof_urls
        from journal.desk.publishing.urls import publishing_urls
        from journal.desk.reader_comments import comment_urls
        from journal.desk.record_views import record_urls
        from journal.desk.registrations import registration_urls
        from journal.desk.sign_in import sign_in_urls
        from journal.desk.take_in import take_in_urls
        from journal.desk.visits import visit_urls

        # Django's redirect to "the page of any object" would tell who may not see it that it is there.
        rest = [u for u in super().get_urls() if getattr(u, "name", None) != "view_on_site"]
        return [
            *import_urls(self),
            *take_in_urls(self),
            *notice_urls(self),
            *delegation_urls(self),
            *sign_in_urls(self),
            *registration_urls(self),
            *life_urls(self),
            *comment_urls(self),
            *visit_urls(self),
            *record_urls(self),
            *publishing_urls(self),
            *proof_urls(self),
            *rest,
        ]

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Every admin here answers a forged key with 404."""
        honest = type(
            "Desk" + (admin_class or admin.ModelAdmin).__name__, (Found, admin_class or admin.ModelAdmin), {}
        )
        super().register(model_or_iterable, honest, **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """What is sent by somebody who may not be here (any more) is refused and given back."""
        inside = super().admin_view(view, cacheable)

        def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            leaving = request.path == reverse("admin:logout")
            if request.method == "POST" and not leaving and not self.has_permission(request):
                raise PermissionDenied(why_not_here(request))
            return inside(request, *args, **kwargs)

        return update_wrapper(at_the_door, inside)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        told = partial(unread_for, request.user)  # asked only where a page shows it
        return {**super().each_context(request), "desk_rooms": rooms(request), "unread_notices": told}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """My work: what waits for me, the current issue, one search box."""
        from journal.desk.delegations import held_by
        from journal.desk.first_page import work_of

        context = {
            **self.each_context(request),
            "title": _("My work"),
            "work": work_of(request),
            "delegated": held_by(request.user),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/index.html", {**context, **(extra_context or {})})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Django's page of one application says nothing the rooms do not say."""
        return self.index(request)


def why_not_here(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return _(
            "Your account does not work at the desk any more. Nothing was changed: ask the security officer."
        )
    return _("Your session has ended. Nothing was changed: copy what you typed, log in, and send it again.")


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
