"""The error rate of an issue as a sum one can follow, and the sample check that finds the errors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from articles import press, quality
from articles.blockers import contents_of
from articles.models import Issue, Journal, ProofMark
from articles.models.proof import ErrorClass
from articles.press_table import PRINTED
from articles.refusals import Refused
from journal.desk.proofs.forms import MarkForm, PagesForm, add_refusal, pages_in
from journal.desk.proofs.issue_page import issue_of, may
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["CountPages", "ErrorRate", "MarkPrinted", "SettlePrinted"]

NAME = "admin:articles_issue_error_rate"


class RatePage(View):
    """What the page and its posts have in common."""

    site: Any = None

    def show(self, request: HttpRequest, issue: Issue, status: int = 200, **more: Any) -> HttpResponse:
        journal, user = Journal.objects.current(), request.user
        pages, covers, told = checked(request, issue)
        printed = issue.stage in PRINTED and issue.proof_rounds.exists()
        weights = quality.weights_of(journal)
        context = {
            **self.site.each_context(request),
            "title": _("Error rate"),
            "thing": issue,
            "issue": issue,
            "sum": quality.of_issue(issue, journal, pages, covers),
            "is_sample": pages is not None or covers is not None,
            "checked": {"pages": request.GET.get("pages", ""), "covers": request.GET.get("covers", "")},
            "refusal": told,
            "limit": quality.RATE_LIMIT,
            "form_limit": quality.FORM_LIMIT,
            "printed": issue.stage in PRINTED,
            "weights": [(kind.label, weights[kind]) for kind in ErrorClass],
            "pages_form": more.pop("pages_form", None)
            or (PagesForm(issue=issue) if may("count_pages", issue, user) else None),
            "mark_form": more.pop("mark_form", None)
            or (self.mark_form(issue) if printed and may("mark_error", issue, user) else None),
            "may_settle": printed and may("settle_mark", issue, user),
            "may_weigh": user.has_perm("articles.change_journal") and journal.pk,
            "journal": journal,
            **more,
        }
        return render(request, "desk/proofs/error_rate.html", context, status=status)

    def mark_form(self, issue: Issue, *data: Any) -> MarkForm:
        form = MarkForm(*data, articles=contents_of(issue))
        del form.fields["required"], form.fields["for_whom"]
        return form

    def back(self, issue: Issue, anchor: str = "") -> HttpResponse:
        return redirect(reverse(NAME, args=[issue.pk]) + anchor)


def checked(request: HttpRequest, issue: Issue) -> tuple[list[int] | None, int | None, str]:
    """The part of the issue that was checked, as the address says it: pages, covers, what is wrong."""
    words, covers = request.GET.get("pages", "").strip(), request.GET.get("covers", "").strip()
    try:
        pages = pages_in(words) if words else None
    except Refused as refusal:
        return None, None, str(refusal)
    if pages and pages[-1] > issue.page_count:
        return None, None, _("The issue has %(count)s pages.") % {"count": issue.page_count}
    number = min(number_in(covers), issue.cover_pages) if covers else (0 if pages else None)
    return pages, number, ""


class ErrorRate(RatePage):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, issue_of(request, pk))


class CountPages(RatePage):
    """POST what the pages carry."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = issue_of(request, pk)
        form = PagesForm(request.POST, issue=issue)
        version = number_in(request.POST.get("version"), -1)
        try:
            given = form.given()
            press.perform(
                "count_pages", issue, request.user, version=version, address=address_of(request), **given
            )
        except Refused as refusal:
            add_refusal(form, refusal)
            return self.show(
                request, issue_of(request, pk), refusal.status, refusal=str(refusal), pages_form=form
            )
        messages.success(request, _("The pages are counted anew."))
        return self.back(issue)


class MarkPrinted(RatePage):
    """POST an error found in the printed copy."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = issue_of(request, pk)
        form = self.mark_form(issue, request.POST)
        try:
            given = {**form.given(), "required": False}
            press.perform("mark_error", issue, request.user, address=address_of(request), **given)
        except Refused as refusal:
            add_refusal(form, refusal)
            return self.show(
                request, issue_of(request, pk), refusal.status, refusal=str(refusal), mark_form=form
            )
        messages.success(request, _("The error is noted."))
        return self.back(issue, "#errors")


class SettlePrinted(RatePage):
    """POST that what was noted is no error."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = issue_of(request, pk)
        mark = ProofMark.objects.filter(pk=number_in(request.POST.get("mark"))).first()
        try:
            press.perform(
                "settle_mark", issue, request.user, address=address_of(request), mark=mark, outcome="stet"
            )
        except Refused as refusal:
            return self.show(request, issue_of(request, pk), refusal.status, refusal=str(refusal))
        messages.success(request, _("It counts as no error any more."))
        return self.back(issue, "#errors")
