"""The record at the desk: its head above the list, a verification at a button, an export.

Both are bounded, so that nobody waits long: a whole long record is verified and written by the commands
``verify_record`` and ``export_record``. Who may not see manuscripts gets the lines without their words; the
hashes of the words stay, so every line can be checked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles.models import Event, RecordHead
from articles.record_check import Finding, Verification
from articles.record_export import export_lines

__all__ = ["MOST_EVENTS", "chain_state", "record_urls"]

SEE_RECORD, SEE_WORDS = "articles.view_event", "articles.view_article"
#: How many events one request reads: a few seconds.
MOST_EVENTS = 50_000
#: How many findings a page shows.
MOST_FINDINGS = 200


class ExportForm(forms.Form):
    """From which day on; empty is the whole record."""

    since = forms.DateField(
        label=gettext_lazy("From this day on (empty: everything)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def record_urls(site: Any) -> list[Any]:
    return [
        path("record/verify/", site.admin_view(partial(verify, site=site)), name="record_verify"),
        path("record/export/", site.admin_view(partial(export, site=site)), name="record_export"),
    ]


def chain_state() -> dict[str, Any]:
    """What the list of the record says above it: how many events, the hash of the newest."""
    return {"head": RecordHead.objects.first(), "export_form": ExportForm()}


def check_right(request: HttpRequest) -> None:
    if not request.user.has_perm(SEE_RECORD):
        raise PermissionDenied


@require_POST
def verify(request: HttpRequest, *, site: Any) -> HttpResponse:
    """Verify the newest events, here and now, and say what was found."""
    check_right(request)
    head = RecordHead.objects.first()
    first = max(1, (head.count if head else 0) - MOST_EVENTS + 1)
    walk = Verification(first=first)
    findings: list[Finding] = list(islice(walk.findings(), MOST_FINDINGS))
    context = {
        **site.each_context(request),
        "title": _("Verification of the record"),
        "walk": walk,
        "findings": findings,
        "more": len(findings) == MOST_FINDINGS,
        "first": first,
        "at": timezone.now(),
    }
    return render(request, "desk/record.html", context)


@require_safe
def export(request: HttpRequest, *, site: Any) -> HttpResponseBase:
    """The record from a day on as JSON lines; too long a stretch is refused with what to do instead."""
    check_right(request)
    form = ExportForm(request.GET)
    if not form.is_valid():
        return refuse(request, site, _("This is no day. Write it like 2026-11-22."))
    events = Event.objects.all()
    if day := form.cleaned_data["since"]:
        events = events.filter(at__gte=timezone.make_aware(datetime.datetime.combine(day, datetime.time.min)))
    if events.order_by()[: MOST_EVENTS + 1].count() > MOST_EVENTS:
        return refuse(
            request,
            site,
            _("More than %(most)s events. Choose a later day, or have the command export_record run.")
            % {"most": MOST_EVENTS},
        )
    lines = export_lines(events, words=request.user.has_perm(SEE_WORDS))
    response = StreamingHttpResponse(with_breaks(lines), content_type="application/jsonl; charset=utf-8")
    name = f"record-{day or 'whole'}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def with_breaks(lines: Iterator[str]) -> Iterator[str]:
    return (line + "\n" for line in lines)


def refuse(request: HttpRequest, site: Any, sentence: str) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": _("This is not possible"),
        "refusal": sentence,
        "back": reverse("admin:articles_event_changelist"),
    }
    return render(request, "desk/record.html", context, status=422)
