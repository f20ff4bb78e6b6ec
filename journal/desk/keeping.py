"""Never lose a keystroke: a page keeps a working draft, and a save that comes too late is merged.

``KeptAdmin`` is what the manuscript's page needs for it; the rules are ``articles.working_drafts`` and
``articles.check_outs``, the addresses ``journal.desk.drafts``, ``.check_outs`` and ``.versions``.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles import check_outs, workflow, working_drafts
from articles.models import Article, CheckOut, WorkingDraft
from articles.refusals import Refused
from journal.desk.check_outs import CheckOutView, lock_context
from journal.desk.drafts import DraftView, MineView, as_post, base_of, three_ways, typing_of
from journal.desk.typed import same, typed
from journal.desk.versions import version_urls
from journal.security import address_of

__all__ = ["KeptAdmin"]

#: Milliseconds: saved this long after the last key, at the latest this long after the first; copied in the
#: browser within ``COPY``; a page nobody touches for ``IDLE`` stops its heartbeat and frees the manuscript.
PAUSE, MOST, COPY, IDLE = 2_000, 10_000, 1_000, 15 * 60_000


class KeptAdmin:
    """For the manuscript's ``ModelAdmin``; stands before ``SafeAdmin``."""

    def article_of(self, request: HttpRequest, pk: int) -> Article:
        """The manuscript, for who may see manuscripts: what is published has a history not for everybody."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)  # type: ignore[attr-defined]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Looked up once for a page that is only shown; a page that stores looks again."""
        if request.method != "GET":
            return super().get_object(request, object_id, from_field)  # type: ignore[misc]
        found: dict[str, Any] = request.__dict__.setdefault("desk_found", {})
        if object_id not in found:
            found[object_id] = super().get_object(request, object_id, from_field)  # type: ignore[misc]
        return found[object_id]

    def keeping_urls(self) -> list[Any]:
        site = self.admin_site  # type: ignore[attr-defined]
        views = {"draft": DraftView, "mine": MineView, "check-out": CheckOutView}
        return [
            *(
                path(
                    f"<int:pk>/{word}/",
                    site.admin_view(view.as_view(admin=self)),
                    name=f"articles_article_{word.replace('-', '_')}",
                )
                for word, view in views.items()
            ),
            *version_urls(self),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if object_id and (request.method == "GET" or "_resume" in request.POST):
            answer = self.before_opening(request, self.get_object(request, unquote(object_id)))
            if answer is not None:
                return answer
        response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        if object_id and response.status_code == 409 and came_too_late(request, response):
            return self.lay_side_by_side(request, int(unquote(object_id))) or response
        return response

    def before_opening(self, request: HttpRequest, article: Article | None) -> HttpResponse | None:
        """Fill the form from a draft if that was asked; find out whether somebody else is writing."""
        if article is None:
            return None
        if request.method == "POST":
            return resume(request, article)
        holder = check_outs.holder_of(article)
        request.desk_holder = holder  # type: ignore[attr-defined]
        others = holder is not None and holder.person_id != request.user.pk
        request.desk_only_read = others and workflow.may_edit_text(article, request.user)  # type: ignore[attr-defined]
        return None

    def lay_side_by_side(self, request: HttpRequest, pk: int) -> HttpResponse | None:
        """Keep what was typed, then show the three states; ``None`` when it cannot be kept as a draft."""
        article = Article.objects.get(pk=pk)
        found = working_drafts.draft_of(article, request.user)
        number = int(found.content["number"]) + 1 if found is not None else 1
        try:
            kept = working_drafts.keep(article, request.user, typing_of(request.POST, number))
        except Refused:
            return None
        return three_ways(self, request, article, kept.draft, status=409)

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        if getattr(request, "desk_only_read", False):
            for field in (f for formset in formsets for form in formset.forms for f in form.fields.values()):
                field.disabled = True
        return formsets, inlines

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """The words are stored: the draft of this page goes, and the manuscript is laid down."""
        working_drafts.stored(obj, request.user, request.POST.get("keeping_page", ""))
        if "_version" not in request.POST:
            if "_continue" not in request.POST:
                check_outs.release(obj, request.user)
            return super().response_change(request, obj)  # type: ignore[misc]
        address = address_of(request)
        workflow.perform("save_version", obj, request.user, version=obj.version, address=address)
        messages.success(request, _("Stored, and kept as a version."))
        return redirect("admin:articles_article_change", obj.pk)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        if getattr(request, "desk_resumed", False):
            context["errors"] = []  # what is missing in a draft stands beside its field, it is no failed save
        if article is not None:
            context["keep"] = keeping_context(request, article, context["adminform"].form)
            if getattr(request, "desk_only_read", False):
                context.update(show_save=False, show_save_and_continue=False)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def came_too_late(request: HttpRequest, response: Any) -> bool:
    form = response.context_data["adminform"].form
    return form.has_error("__all__", code="stale") or getattr(request, "desk_stale", False)


def resume(request: HttpRequest, article: Article) -> HttpResponse | None:
    """Fill the form from the working draft; one whose version is past is compared instead."""
    draft = working_drafts.draft_of(article, request.user)
    if draft is None or not workflow.may_edit_text(article, request.user):
        return redirect("admin:articles_article_change", article.pk)
    if draft.base_version != article.version:
        return redirect("admin:articles_article_mine", article.pk)
    page = secrets.token_hex(8)
    draft = working_drafts.take_up(article, request.user, page) or draft
    data = {**draft.content["fields"], "seen_version": str(draft.base_version), "keeping_page": page}
    request.POST = as_post({**data, "seen_base": json.dumps(draft.base, ensure_ascii=False)})
    request.desk_resumed = True  # type: ignore[attr-defined]
    return None


def keeping_context(request: HttpRequest, article: Article, form: Any) -> dict[str, Any]:
    """What the head of the page shows and what its script goes by."""
    resumed = getattr(request, "desk_resumed", False)
    draft = None if resumed else working_drafts.draft_of(article, request.user)
    writes = workflow.may_edit_text(article, request.user)
    nothing_new = draft is not None and writes and not differs(article, draft, form)
    known = hasattr(request, "desk_holder")
    holder = request.desk_holder if known else check_outs.holder_of(article)  # type: ignore[attr-defined]
    return {
        **lock_context(request, article, holder, writes=writes),
        "writes": writes and not getattr(request, "desk_only_read", False),
        "resumed": resumed,
        "draft": None if nothing_new else draft,
        "over": draft.content["page"] if draft is not None and nothing_new else "",
        "moved": draft is not None and draft.base_version != article.version,
        "times": {"pause": PAUSE, "most": MOST, "copy": COPY, "idle": IDLE, "beat": beat_every()},
        "cookie": settings.CSRF_COOKIE_NAME,
        "addresses": {
            word: reverse(f"admin:articles_article_{word}", args=[article.pk])
            for word in ("draft", "mine", "check_out", "versions")
        },
    }


def beat_every() -> int:
    return int(CheckOut.BEAT.total_seconds() * 1000)


def differs(article: Article, draft: WorkingDraft, form: Any) -> bool:
    """Whether a draft says anything the page does not show already."""
    now = base_of(form["seen_base"].value() or "")
    if not now:
        return True
    words = typed(form, draft.content["fields"])
    return any(not same(name, now.get(name), value) for name, value in words.items())
