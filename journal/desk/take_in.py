"""收稿: what came by e-mail or on a stick, many files at once, with a report of what was understood.

The files are kept first and read afterwards, one after the other; the page can be left and opened again. The
office submits for an author without an account, who has made the declarations to the office.
"""

from __future__ import annotations

import json
import time
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views import View

from articles import workflow
from articles.refusals import Refused
from articles.stages import Stage
from journal.desk.errors import typed
from journal.downloads import attachment
from journal.intake.accept.delivery import take_in_next
from journal.intake.models import DeliveredFile, Delivery
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["take_in_urls"]

PAGE_SIZE = 30
MOST_BYTES = 100 * 1024 * 1024
#: Seconds a request may go on reading; what is left waits for the next one.
PATIENCE = 8.0
State = DeliveredFile.State
WAITING = Q(files__state=State.WAITING)
TAKEN = Q(files__state=State.TAKEN)


class TakeInView(View):
    """Open to who registers manuscripts."""

    site: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = (request.method or "").lower() in self.http_method_names
        if known and not request.user.has_perm("articles.register_article"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def show(self, request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
        return render(request, template, {**self.site.each_context(request), **context}, status=status)


class TakeIn(TakeInView):
    """The form, and what was taken in lately."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, status: int = 200, refusal: str = "") -> HttpResponse:
        counted = Delivery.objects.select_related("by").annotate(
            all_files=Count("files"), taken=Count("files", filter=TAKEN), left=Count("files", filter=WAITING)
        )
        counted = counted.order_by("-at", "-pk")
        page = Paginator(counted, PAGE_SIZE).get_page(request.GET.get("page"))
        title = _("Take in manuscripts")
        return self.show(request, "desk/take_in.html", status, page=page, title=title, refusal=refusal)

    def post(self, request: HttpRequest) -> HttpResponse:
        sent = list(zip(paths_of(request), request.FILES.getlist("files"), strict=True))
        small = [(name, upload) for name, upload in sent if (upload.size or 0) <= MOST_BYTES]
        if not small:
            too_large = _("These files are larger than 100 MB each. Nothing was kept: send them smaller.")
            return self.get(request, 422, too_large if sent else _("Choose a file first."))
        for name, _upload in set(sent) - set(small):
            messages.error(request, _("%(name)s is larger than 100 MB and was not kept.") % {"name": name})
        delivery = Delivery.objects.receive(((name, upload.read()) for name, upload in small), request.user)
        read_for_a_while(delivery)
        return redirect("admin:take_in_report", delivery.pk)


def paths_of(request: HttpRequest) -> list[str]:
    """The name of each file with the folder it lay in, where the page could tell."""
    names = [str(upload.name) for upload in request.FILES.getlist("files")]
    try:
        told = json.loads(request.POST.get("paths", "[]"))
    except ValueError:
        return names
    matches = isinstance(told, list) and len(told) == len(names)
    return [str(path) for path in told] if matches and all(told) else names


def read_for_a_while(delivery: Delivery) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and take_in_next(delivery) is not None:
        pass


class Report(TakeInView):
    """What was understood of each file; from here a draft is submitted for its author."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.report(request, get_object_or_404(Delivery.objects.select_related("by"), pk=pk))

    def report(
        self, request: HttpRequest, delivery: Delivery, status: int = 200, **more: Any
    ) -> HttpResponse:
        found = delivery.files.select_related("article__section", "received", "letter")
        found = found.defer("article__body", "article__raw_body").prefetch_related(
            "article__bylines__author", "article__figures"
        )
        rows = list(found)
        context = {
            "title": _("Taken in"),
            "delivery": delivery,
            "groups": groups_of(rows),
            "waiting": sum(row.state == State.WAITING for row in rows),
            "counts": counts_of(rows),
            "drafts": sum(row.state == State.TAKEN for row in rows),
            "letters": delivery.letters.all(),
            "declarations": workflow.DECLARATIONS.items(),
            "draft": Stage.DRAFT,
            **more,
        }
        return self.show(request, "desk/take_in_report.html", status, **context)


def groups_of(rows: list[DeliveredFile]) -> list[dict[str, Any]]:
    """Files under the folder or mail they lay in, in the order they came, each mail's words shown once."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        group = found.setdefault(row.group, {"name": row.group, "files": [], "letter": None})
        group["files"].append(row)
        if row.state != State.OPENED:
            group["letter"] = group["letter"] or row.letter
    shown = {group["letter"].pk for group in found.values() if group["letter"]}
    for row in rows:
        row.alone = row.state == State.OPENED and row.letter and row.letter.pk not in shown  # type: ignore[attr-defined]
    return list(found.values())


def counts_of(rows: list[DeliveredFile]) -> list[tuple[str, int]]:
    """How many files came to what."""
    states = [row.state for row in rows]
    return [(str(State(state).label), states.count(state)) for state in State if state in states]


class Read(TakeInView):
    """Go on reading: one file for a script, which asks again; as many as patience allows without one."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        delivery = get_object_or_404(Delivery, pk=pk)
        if "application/json" not in request.headers.get("Accept", ""):
            read_for_a_while(delivery)
            return redirect("admin:take_in_report", pk)
        row = take_in_next(delivery)
        left = delivery.files.filter(state=State.WAITING).count()
        return JsonResponse({"left": left, "name": row.name if row else "", "read": row is not None})


class Submit(Report):
    """Submit a draft for its author, who has declared to the office what a contributor declares."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        delivery = get_object_or_404(Delivery.objects.select_related("by"), pk=pk)
        wanted = request.POST.get("file", "")
        row = delivery.files.select_related("article").filter(pk=number_in(wanted)).first()
        if row is None or row.article is None:
            raise Http404
        version = request.POST.get("version", "")
        try:
            workflow.perform(
                "submit",
                row.article,
                request.user,
                version=number_in(version, -1),
                declarations=request.POST.getlist("declarations"),
                address=address_of(request),
            )
        except Refused as refusal:
            again = {"refusal": str(refusal), "refused": row.pk, "typed": typed(request)}
            return self.report(request, delivery, refusal.status, **again)
        number = row.article.manuscript_number or ""
        messages.success(
            request, _("Submitted: %(number)s %(title)s") % {"number": number, "title": row.article}
        )
        return redirect("admin:take_in_report", pk)


class Original(TakeInView):
    """A file as it came: always a download, never shown as a page."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        row = get_object_or_404(DeliveredFile, pk=pk)
        if not row.file:
            raise Http404
        return attachment(row.file, row.name)


def take_in_urls(site: Any) -> list[Any]:
    views = [
        ("take-in/", TakeIn, "take_in"),
        ("take-in/<int:pk>/", Report, "take_in_report"),
        ("take-in/<int:pk>/read/", Read, "take_in_read"),
        ("take-in/<int:pk>/submit/", Submit, "take_in_submit"),
        ("take-in/files/<int:pk>/", Original, "delivered_file_original"),
    ]
    return [path(route, site.admin_view(view.as_view(site=site)), name=name) for route, view, name in views]
