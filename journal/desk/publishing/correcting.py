"""A published article is corrected or taken down: proposed, looked at word by word, approved, carried out.

Two persons. The chief editor writes what stands there and what it should be, sees the difference, and
approves exactly that; somebody else sees the same difference and carries it out. Readers get a dated notice.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from articles import workflow
from articles.difference import compare, compare_texts
from articles.models import Article
from articles.record import text_of
from articles.refusals import Refused
from articles.richtext import clean_html
from articles.stages import Stage
from journal.desk.steps import corrected
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["Correction", "difference_to"]

NAME = "admin:articles_article_correction"
APPROVALS = {"approve_correction", "approve_retraction"}
ACTIONS = {*APPROVALS, "withdraw_approval", "correct", "take_down"}


class ApprovalForm(forms.Form):
    """What is approved: two pieces of text for a correction, and always reason and notice."""

    wrong = forms.CharField(
        label=gettext_lazy("As it stands"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        strip=False,
    )
    right = forms.CharField(
        label=gettext_lazy("As it should be"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        strip=False,
    )
    notice = forms.CharField(
        label=gettext_lazy("Notice to readers"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, for the record"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not text:
            del self.fields["wrong"], self.fields["right"]


def difference_to(article: Article, text: dict[str, Any]) -> dict[str, Any]:
    """``difference`` of the body and ``fields`` of the rest, from the text as it is to the one given."""
    now = text_of(article)
    found = compare_texts(now, {**now, **text, "body": clean_html(text.get("body", article.body))})
    return {"difference": found.pop("body", None) or compare("", ""), "fields": found}


class Correction(View):
    """GET: what is approved, or the forms to approve something. POST ``action``; ``look`` only shows."""

    http_method_names = ["get", "post"]
    site: Any = None

    def article(self, request: HttpRequest, pk: int) -> Article:
        """One that is or was out; 404 for any other."""
        if not request.user.has_perm("articles.view_article"):
            raise PermissionDenied
        out = Article.objects.filter(stage__in=[Stage.PUBLISHED, Stage.RETRACTED], issue__isnull=False)
        return get_object_or_404(out.select_related("issue"), pk=pk)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.article(request, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article, action = self.article(request, pk), request.POST.get("action", "")
        approves = "approve_correction" if action in {"look", "edit"} else action
        form = None
        if approves in APPROVALS:
            form = ApprovalForm(
                request.POST, text=approves == "approve_correction", auto_id=f"id_{approves}_%s"
            )
            if not form.is_valid():
                return self.show(
                    request, article, 422, refusal=_("Something is missing: see below."), form=form
                )
        if action == "edit":
            return self.show(request, article, form=form)
        try:
            words = words_of(article, form, request)
            if action == "look":
                return self.show(
                    request, article, form=form, look=difference_to(article, words["text"]), sure=True
                )
            self.carry_out(request, article, action, words)
        except Refused as refusal:
            return self.show(
                request, self.article(request, pk), refusal.status, refusal=str(refusal), form=form
            )
        messages.success(request, told(action))
        return redirect(NAME, pk)

    def carry_out(self, request: HttpRequest, article: Article, action: str, words: dict[str, Any]) -> None:
        if action not in ACTIONS:
            raise Refused(
                _("There is no action “%(action)s”.") % {"action": action[:40]}, code="unknown-action"
            )
        workflow.perform(
            action,
            article,
            request.user,
            version=number_in(request.POST.get("version"), -1),
            address=address_of(request),
            **words,
        )

    def show(self, request: HttpRequest, article: Article, status: int = 200, **more: Any) -> HttpResponse:
        offers = {offer.action: offer for offer in workflow.available(article, request.user)}
        approval = workflow.case_of(article, request.user).approval
        context = {
            **self.site.each_context(request),
            "title": _("Correct what is published"),
            "article": article,
            "offers": {name: offer for name, offer in offers.items() if name in ACTIONS},
            "approval": approval,
            "form": None,
            "errata": list(article.errata.select_related("by").order_by("-at")),
            **more,
        }
        if approval is not None and approval.action == "approve_correction":
            context["look"] = difference_to(article, approval.data["text"])
        context["forms"] = approval_forms(context["form"], offers)
        return render(request, "desk/publishing/correction.html", context, status=status)


def words_of(article: Article, form: ApprovalForm | None, request: HttpRequest) -> dict[str, Any]:
    """What the domain's door takes besides."""
    if form is None:
        reason = request.POST.get("reason", "")[:2_000]
        return {"reason": reason} if request.POST.get("action") == "withdraw_approval" else {}
    given = form.cleaned_data
    words = {"notice": given["notice"], "reason": given["reason"]}
    if "wrong" in given:
        words["text"] = corrected(article, given["wrong"], given["right"])
    return words


def approval_forms(sent: ApprovalForm | None, offers: dict[str, Any]) -> dict[str, ApprovalForm]:
    """An empty form for each approval this person may give, or the one that came back."""
    made = {}
    for action in sorted(APPROVALS & offers.keys()):
        text = action == "approve_correction"
        came_back = sent is not None and text == ("wrong" in sent.fields)
        made[action] = sent if came_back else ApprovalForm(text=text, auto_id=f"id_{action}_%s")
    return {action: form for action, form in made.items() if form is not None}


def told(action: str) -> str:
    return {
        "approve_correction": _("Approved. Another person has to carry it out."),
        "approve_retraction": _("Approved. Another person has to carry it out."),
        "withdraw_approval": _("The approval is withdrawn."),
        "correct": _("Corrected. Readers see the new text and the dated notice."),
        "take_down": _("Taken down. Readers find the dated notice at the old address."),
    }[action]
