"""The proofs of an issue: rounds against articles, marks outside the articles, what is late, the steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from articles import press, schedule
from articles.models import Issue, Journal, ProofMark
from articles.refusals import Refused
from articles.stages import IssueStage
from journal.desk.first_page import days_until
from journal.desk.proofs.forms import MarkForm, add_refusal
from journal.desk.proofs.rounds import rounds_of
from journal.desk.steps import IssueStep, step_forms
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["MarkOutside", "ProofsPage", "ProofsStep", "SettleOutside", "issue_of", "may"]

NAME = "admin:articles_issue_proofs"
#: The stages in which a final reading may have been signed.
READ = (IssueStage.READING, *IssueStage.closed_stages())
#: The steps that belong to reading; the others stand on the issue's page and the press order's.
STEPS = {"open_round", "close_round", "start_reading", "sign_reading"}


def issue_of(request: HttpRequest, pk: int) -> Issue:
    """The issue, for who may see issues and what stands in them: 403 without the rights."""
    user: Any = request.user
    if not (user.has_perm("articles.view_issue") and user.has_perm("articles.view_article")):
        raise PermissionDenied
    return get_object_or_404(Issue, pk=pk)


def may(action: str, issue: Issue, user: Any) -> bool:
    """Whether the table opens an action to this person at the issue's stage."""
    rows = (row for row in press.TRANSITIONS if row.action == action and issue.stage in row.sources)
    return any(user.has_perm(row.permission) for row in rows)


class IssuePage(View):
    """What the page and its posts have in common."""

    site: Any = None

    def show(self, request: HttpRequest, issue: Issue, status: int = 200, **more: Any) -> HttpResponse:
        case, journal = press.case_of(issue, request.user), Journal.objects.current()
        table = rounds_of(issue, case.articles)
        steps = [s for s in step_forms(issue, request.user, case) if s["offer"].action in STEPS]
        in_proof = issue.stage in {IssueStage.PROOFING, IssueStage.READING}
        may_mark = in_proof and may("mark_error", issue, request.user)
        context = {
            **self.site.each_context(request),
            "title": _("Proofs"),
            "thing": issue,
            "issue": issue,
            "table": table,
            "steps": steps,
            "act": reverse("admin:articles_issue_proofs_act", args=[issue.pk]),
            "reading": issue.signoffs.filter(step="reading").last() if issue.stage in READ else None,
            "due": schedule.due_days(issue, journal),
            "days": days_until(issue.delivery_date),
            "form": more.pop("form", None) or (MarkForm(journal=journal) if may_mark else None),
            "may_settle": may("settle_mark", issue, request.user),
            **more,
        }
        return render(request, "desk/proofs/issue.html", context, status=status)


class ProofsPage(IssuePage):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, issue_of(request, pk))


class ProofsStep(IssueStep):
    """A step of the rounds, taken from this page: it leads back here."""

    def address(self) -> str:
        return NAME


class MarkOutside(IssuePage):
    """POST an error on a part of the issue outside its articles."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue, form = issue_of(request, pk), MarkForm(request.POST)
        try:
            given = form.given()
            event = press.perform("mark_error", issue, request.user, address=address_of(request), **given)
        except Refused as refusal:
            add_refusal(form, refusal)
            return self.show(request, issue_of(request, pk), refusal.status, refusal=str(refusal), form=form)
        messages.success(request, _("The error is marked."))
        return redirect(reverse(NAME, args=[pk]) + f"#mark-{event.data['mark']}")


class SettleOutside(IssuePage):
    """POST the end of a mark outside the articles: corrected, or it stands as it is."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = issue_of(request, pk)
        mark = ProofMark.objects.filter(pk=number_in(request.POST.get("mark"))).first()
        words: dict[str, Any] = {
            "outcome": request.POST.get("outcome", ""),
            "note": request.POST.get("note", ""),
        }
        try:
            press.perform("settle_mark", issue, request.user, address=address_of(request), mark=mark, **words)
        except Refused as refusal:
            return self.show(request, issue_of(request, pk), refusal.status, refusal=str(refusal))
        messages.success(request, _("The mark is settled."))
        return redirect(reverse(NAME, args=[pk]) + "#outside")
