"""My words beside the stored ones: the addresses that keep a draft, compare it and store what was chosen.

``…/draft/`` takes what an open page has typed (JSON) and throws a draft away (form); ``…/mine/`` lays it
beside the stored text and stores the choice, with the version the screen was made for.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from articles import workflow, working_drafts
from articles.models import Article, WorkingDraft
from articles.refusals import Refused
from articles.working_drafts import Typing
from journal.desk.three_way import Screen
from journal.numbers import number_in
from journal.security import POLICY
from journal.typing_in import typing_in

__all__ = ["DraftView", "MineView", "as_post", "base_of", "three_ways", "typing_of"]


def typing_of(given: QueryDict, number: int) -> Typing:
    """A form that was sent as what an open page has typed."""
    return Typing(
        page=given.get("keeping_page", "") or secrets.token_hex(8),
        number=number,
        version=number_in(given.get("seen_version")),
        base=base_of(given.get("seen_base", "")),
        fields={name: str(value) for name, value in given.items() if is_words(name)},
    )


def is_words(name: str) -> bool:
    return name not in {"csrfmiddlewaretoken", "seen_base", "seen_version", "keeping_page"} and name[0] != "_"


def base_of(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def as_post(data: dict[str, str]) -> Any:
    """What a form would have sent."""
    post = QueryDict(mutable=True)
    post.update(data)
    return post


def three_ways(
    admin: Any, request: HttpRequest, article: Article, draft: WorkingDraft, *, status: int = 200, **more: Any
) -> HttpResponse:
    screen = more.pop("screen", None) or screen_of(admin, request, article, draft)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Two texts, one manuscript"),
        "screen": screen,
        "article": article,
        "draft": draft,
        "writes": workflow.may_edit_text(article, request.user),
        "moved": draft.base_version != article.version,
        "person": last_hand(article),
        "address": reverse("admin:articles_article_mine", args=[article.pk]),
        **more,
    }
    response = TemplateResponse(request, "desk/conflict.html", context, status=status)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def screen_of(admin: Any, request: HttpRequest, article: Article, draft: WorkingDraft) -> Screen:
    return Screen(article, draft, admin.get_form(request, article, change=True)(instance=article))


class DraftView(View):
    """JSON from the page's script: keep what was typed. A form with ``do=discard``: throw it away."""

    http_method_names = ["post"]
    admin: Any = None

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.admin.article_of(request, pk)
        if request.content_type != "application/json":
            return self.throw_away(request, article)
        try:
            typing = self.read(request)
            kept = working_drafts.keep(article, request.user, typing)
        except Refused as refusal:
            return JsonResponse({"message": str(refusal), "code": refusal.code}, status=refusal.status)
        answer = {"saved_at": f"{timezone.localtime(kept.draft.saved_at):%H:%M}", "number": typing.number}
        if not kept.moved:
            return JsonResponse(answer)
        mine = reverse("admin:articles_article_mine", args=[pk])
        sentence = changed_meanwhile(article)
        return JsonResponse({**answer, "code": "stale", "message": sentence, "compare": mine}, status=409)

    def read(self, request: HttpRequest) -> Typing:
        """What the script sent, without the names that belong to the form and not to the manuscript."""
        typing = typing_in(request)
        fields = {name: value for name, value in typing.fields.items() if name and is_words(name)}
        return replace(typing, fields=fields)

    def throw_away(self, request: HttpRequest, article: Article) -> HttpResponse:
        if not self.admin.has_change_permission(request, article):
            raise PermissionDenied
        if request.POST.get("do") == "discard":
            working_drafts.discard(article, request.user)
            messages.success(request, _("Your working draft was thrown away."))
        return redirect("admin:articles_article_change", article.pk)


def changed_meanwhile(article: Article) -> str:
    """Who was quicker, if it is known: the record tells of actions, the desk's own log of saved forms."""
    if name := last_hand(article):
        return _(
            "%(person)s changed this manuscript in the meantime. Your words are kept in your working draft."
        ) % {"person": name}
    return _("Somebody changed this manuscript in the meantime. Your words are kept in your working draft.")


def last_hand(article: Article) -> str:
    event = article.events.order_by("-pk").first()
    if event is not None and event.data.get("version") == article.version:
        return event.actor_name
    kind = ContentType.objects.get_for_model(Article)
    saved = LogEntry.objects.filter(content_type=kind, object_id=str(article.pk)).select_related("user")
    entry = saved.order_by("-pk").first()
    person: Any = entry.user if entry is not None else None
    return person.get_full_name() if person is not None else ""


class MineView(View):
    """My words beside the stored text. GET shows, POST stores what was chosen, with the version it showed."""

    http_method_names = ["get", "post"]
    admin: Any = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        article, draft = self.both(request, pk)
        if draft is None:
            messages.info(request, _("You have no working draft of this manuscript."))
            return redirect("admin:articles_article_change", pk)
        return three_ways(self.admin, request, article, draft)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article, draft = self.both(request, pk)
        if draft is None:
            messages.info(request, _("You have no working draft of this manuscript."))
            return redirect("admin:articles_article_change", pk)
        if not self.admin.has_change_permission(request, article):
            raise PermissionDenied
        if request.POST.get("version") != str(article.version):
            sentence = _("The manuscript was changed once more. Nothing was stored: look again, then choose.")
            return three_ways(self.admin, request, article, draft, status=409, refusal=sentence)
        screen = screen_of(self.admin, request, article, draft)
        try:
            screen.decide(request.POST)
        except Refused as refusal:
            more: dict[str, Any] = {"screen": screen, "refusal": str(refusal)}
            return three_ways(self.admin, request, article, draft, status=refusal.status, **more)
        data = {**screen.form_data(), "seen_version": str(article.version), "_continue": "1"}
        base = json.dumps(screen.theirs, ensure_ascii=False)
        request.POST = as_post({**data, "keeping_page": draft.content["page"], "seen_base": base})
        response: HttpResponse = self.admin.changeform_view(request, str(pk))
        return response

    def both(self, request: HttpRequest, pk: int) -> tuple[Article, WorkingDraft | None]:
        article = self.admin.article_of(request, pk)
        return article, working_drafts.draft_of(article, request.user)
