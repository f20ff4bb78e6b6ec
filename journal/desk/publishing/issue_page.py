"""One screen for an issue on its way out, and after: preview, set time, publication, editions, notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from articles import going_out, offered_files, press
from articles.models import Erratum, Event, Issue
from articles.refusals import Refused
from articles.stages import Stage
from journal.desk.publishing.who_reads import DECIDE, WhoReadsForm, decide, may_decide
from journal.desk.steps import refuse_outdated
from journal.edition import going_back
from journal.edition.publish import publish
from journal.edition.store import EditionError
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["PublishingPage", "PublishingStep", "ShowEdition", "issue_of"]

NAME = "admin:articles_issue_publishing"
ACTIONS = {"open_preview", "close_preview", "schedule", "unschedule", "publish"}
DECISIONS = ("approve_correction", "approve_retraction", "withdraw_approval", "correct", "take_down")
PICKER = "%Y-%m-%dT%H:%M"


def issue_of(request: HttpRequest, pk: int) -> Issue:
    """The issue, for who may see issues and what stands in them: 403 without the rights."""
    user: Any = request.user
    if not (user.has_perm("articles.view_issue") and user.has_perm("articles.view_article")):
        raise PermissionDenied
    return get_object_or_404(Issue.objects.select_related("scheduled_by"), pk=pk)


class HourForm(forms.Form):
    """Day and hour in the office's time zone, whatever the computer in front of the editor says."""

    publish_at = forms.DateTimeField(
        label=gettext_lazy("Day and hour (Beijing time)"),
        input_formats=[PICKER, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format=PICKER, attrs={"type": "datetime-local"}),
        error_messages={
            "required": gettext_lazy("Choose the day and the hour."),
            "invalid": gettext_lazy("This is no day and hour. Write them like 2026-12-01 08:00."),
        },
    )


@dataclass(frozen=True)
class Line:
    """An edition in the list; ``sentences`` say why it cannot be shown again."""

    edition: going_back.Kept
    sentences: list[str]


class IssueScreen(View):
    """What the page and its posts have in common."""

    site: Any = None

    def show(self, request: HttpRequest, issue: Issue, status: int = 200, **more: Any) -> HttpResponse:
        offers = {offer.action: offer for offer in press.available(issue, request.user)}
        form = HourForm(initial={"publish_at": issue.publish_at and timezone.localtime(issue.publish_at)})
        context = {
            **self.site.each_context(request),
            "title": _("Preview and publication"),
            "issue": issue,
            "offers": offers,
            "link": link_to(issue),
            "form": form,
            "failure": going_out.failure_of(issue) if issue.publish_at else None,
            "act": reverse("admin:articles_issue_publishing_act", args=[issue.pk]),
            "notices": notices_of(issue),
            "approvals": approvals_of(issue),
            "lines": edition_lines(),
            "old_files": offered_files.outdated(issue),
            "who_reads": WhoReadsForm(initial={"visibility": issue.effective_visibility}),
            "may_decide": may_decide(offers),
            "may_go_back": request.user.has_perm(going_back.RIGHT),
            **more,
        }
        answer = render(request, "desk/publishing/issue.html", context, status=status)
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer


def link_to(issue: Issue) -> str:
    """The whole private link, to be copied into a letter."""
    if not issue.preview_key:
        return ""
    return str(settings.SITE_URL + reverse("public:preview", args=[issue.preview_key]))


def notices_of(issue: Issue) -> list[Erratum]:
    """What readers were told about this issue, newest first."""
    rows = Erratum.objects.filter(article__issue=issue).select_related("article", "by")
    return list(rows.defer("article__body", "article__raw_body").order_by("-at"))


def approvals_of(issue: Issue) -> list[Event]:
    """Approved changes nobody has carried out yet; two queries, however many articles there are."""
    rows = Event.objects.filter(article__issue=issue, article__stage=Stage.PUBLISHED, action__in=DECISIONS)
    newest = {event.article_id: event for event in rows.select_related("article").order_by("pk")}
    return [event for event in newest.values() if event.action.startswith("approve")]


def edition_lines() -> list[Line]:
    return [
        Line(edition, [] if edition.current else going_back.would_bring_back(edition.number))
        for edition in going_back.editions()
    ]


class PublishingPage(IssueScreen):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, issue_of(request, pk))


class PublishingStep(IssueScreen):
    """POST ``action``, the token of the page and what the action takes; the domain decides."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue, action = issue_of(request, pk), request.POST.get("action", "")
        if action == DECIDE:
            return self.decide(request, issue)
        form = HourForm(request.POST) if action == "schedule" else None
        if form is not None and not form.is_valid():
            return self.show(request, issue, 422, form=form, refusal=form.errors["publish_at"][0])
        try:
            said = self.carry_out(request, issue, action, form.cleaned_data if form else {})
        except Refused as refusal:
            fresh = issue_of(request, pk)
            kept = {"form": form} if form else {}
            return self.show(request, fresh, refusal.status, refusal=str(refusal), **kept)
        messages.success(request, said)
        return redirect(NAME, pk)

    def decide(self, request: HttpRequest, issue: Issue) -> HttpResponse:
        form = WhoReadsForm(request.POST)
        if not form.is_valid():
            return self.show(request, issue, 422, who_reads=form, refusal=form.first_error)
        try:
            said = decide(request, issue, form)
        except Refused as refusal:
            fresh = issue_of(request, issue.pk)
            return self.show(request, fresh, refusal.status, who_reads=form, refusal=str(refusal))
        messages.success(request, said)
        return redirect(NAME, issue.pk)

    def carry_out(self, request: HttpRequest, issue: Issue, action: str, words: dict[str, Any]) -> str:
        """Do it and return the sentence that says what was done."""
        if action not in ACTIONS:
            raise Refused(
                _("There is no action “%(action)s”.") % {"action": action[:40]}, code="unknown-action"
            )
        if action == "publish":
            return publish_now(request, issue)
        note = request.POST.get("note", "")[:2_000]
        takes_note = {"note": note} if action in {"schedule", "unschedule"} else {}
        press.perform(
            action,
            issue,
            request.user,
            version=number_in(request.POST.get("version"), -1),
            address=address_of(request),
            **words,
            **takes_note,
        )
        return done(action, issue)


def publish_now(request: HttpRequest, issue: Issue) -> str:
    refuse_outdated(issue, request)
    try:
        result = publish(issue, request.user, note=request.POST.get("note", "")[:2_000])
    except EditionError as error:
        raise Refused(str(error), code="edition", kind="conflict") from error
    words = {"issue": issue, "number": result.edition.number}
    return _("%(issue)s is out; readers see edition %(number)s.") % words


def done(action: str, issue: Issue) -> str:
    if action == "schedule" and issue.publish_at:
        hour = f"{timezone.localtime(issue.publish_at):%Y-%m-%d %H:%M}"
        return _("%(issue)s comes out by itself on %(hour)s.") % {"issue": issue, "hour": hour}
    return {
        "open_preview": _("The link is ready. Whoever has it reads the issue without signing in."),
        "close_preview": _("The link leads nowhere any more."),
        "unschedule": _("The issue does not come out by itself any more."),
    }.get(action, _("Done."))


class ShowEdition(IssueScreen):
    """POST ``edition`` and ``reason``: let readers see an earlier edition again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue, number = issue_of(request, pk), number_in(request.POST.get("edition"), -1)
        reason = request.POST.get("reason", "")[:500]
        try:
            going_back.show(number, request.user, reason=reason, address=address_of(request))
        except Refused as refusal:
            return self.again(request, issue, str(refusal), refusal.status)
        except EditionError as error:
            return self.again(request, issue, str(error), 409)
        messages.success(request, _("Readers see edition %(number)s again.") % {"number": number})
        return redirect(NAME, pk)

    def again(self, request: HttpRequest, issue: Issue, sentence: str, status: int) -> HttpResponse:
        number, reason = number_in(request.POST.get("edition"), -1), request.POST.get("reason", "")[:500]
        chosen = {"number": number, "reason": reason}
        return self.show(request, issue, status, refusal=sentence, chosen=chosen)
