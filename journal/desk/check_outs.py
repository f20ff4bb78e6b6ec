"""Who writes at the moment, at the head of the manuscript's page: take, ask, hand over, take over, lay down.

One address, POST only. The page's script gets ``{"state", "message", "html"}``, where ``state`` is ``mine``,
``other`` or ``free`` and ``html`` the notice as it is now; a plain form is sent back to the page. The rules
are ``articles.check_outs``.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from articles import check_outs, workflow
from articles.models import Article, CheckOut
from articles.refusals import Refused
from journal.people.idle import sent_by_itself
from journal.security import address_of

__all__ = ["CheckOutView", "lock_context"]


def lock_context(
    request: HttpRequest, article: Article, holder: CheckOut | None, *, writes: bool
) -> dict[str, Any]:
    """What ``desk/_lock.html`` shows to this person."""
    mine = holder is not None and holder.person_id == request.user.pk
    return {
        "lock": holder,
        "state": "free" if holder is None else "mine" if mine else "other",
        "i_ask": holder is not None and holder.asked_by_id == request.user.pk,
        "may_write": writes,
        "check_out": reverse("admin:articles_article_check_out", args=[article.pk]),
    }


class CheckOutView(View):
    http_method_names = ["post"]
    admin: Any = None

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.admin.article_of(request, pk)
        if not self.admin.has_change_permission(request, article):
            raise PermissionDenied
        try:
            sentence, status = self.carry_out(request, article), 200
        except Refused as refusal:
            sentence, status = str(refusal), refusal.status
        if "application/json" not in request.headers.get("Accept", ""):
            if sentence:
                messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, sentence)
            return redirect("admin:articles_article_change", article.pk)
        holder = check_outs.holder_of(article)
        context = lock_context(request, article, holder, writes=workflow.may_edit_text(article, request.user))
        html = render_to_string("desk/_lock.html", {"keep": context}, request)
        return JsonResponse({"state": context["state"], "message": sentence, "html": html}, status=status)

    def carry_out(self, request: HttpRequest, article: Article) -> str:
        """Do what was asked; returns the sentence to say. Raises ``Refused``."""
        do, person = request.POST.get("do", ""), request.user
        if do == "beat":
            sent_by_itself(request)  # an open page alone keeps nobody signed in
            # Also sent by who only waits: the answer tells them how it stands, so a loss is no error.
            holder = check_outs.holder_of(article)
            if holder is not None and holder.person_id == person.pk:
                check_outs.beat(article, person)
            return ""
        if do == "release":
            check_outs.release(article, person)
            return _("Laid down: others can write now.")
        if do == "take_over":
            check_outs.take_over(article, person, address=address_of(request))
            return _("You have the manuscript in hand now; the record says so.")
        simple = {
            "take": (check_outs.take, ""),
            "ask": (check_outs.ask, _("Asked. They see it within a minute.")),
            "hand_over": (check_outs.hand_over, _("Handed over.")),
            "decline": (check_outs.decline, ""),
        }
        if do not in simple:
            raise Refused(_("There is no such button here. Reload the page."), code="unknown-action")
        act, sentence = simple[do]
        act(article, person)
        return sentence
