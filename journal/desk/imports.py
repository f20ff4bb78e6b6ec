"""Printed issues and pages coming in: upload, check, decide, accept.

Every decision is stored at once. The screen works as plain forms; a script asks for the same addresses with
``Accept: application/json`` and gets the parts of the page that changed, rendered by the same templates.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from journal.desk.check import ROLES, CheckScreen, changed_articles
from journal.desk.forms import UploadForm
from journal.desk.requests import wanted_decisions
from journal.downloads import attachment
from journal.intake.accept import NotAccepted
from journal.intake.decisions import NotADecision
from journal.intake.models import IssueImport, Outdated

__all__ = ["import_urls"]

PAGE_SIZE = 30
SENTENCES = (Outdated, NotADecision, NotAccepted)


@method_decorator(permission_required("articles.import_article", raise_exception=True), name="dispatch")
class ImportView(View):
    """What every view of this room shares: the right to import, and the site's own context."""

    site: Any = None

    def show(self, request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
        return render(request, template, {**self.site.each_context(request), **context}, status=status)


class Imports(ImportView):
    """The list of what was sent in, and the form to send more."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.listing(request, UploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.listing(request, form, 422)
        upload = form.cleaned_data["file"]
        row = IssueImport.objects.receive(upload.read(), upload.name, form.cleaned_data["kind"], request.user)
        return redirect("admin:import_check", row.pk)

    def listing(self, request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
        rows = IssueImport.objects.defer("understood", "decisions").select_related("by", "issue")
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.show(
            request, "desk/imports.html", status, form=form, page=page, title=_("Take in printed issues")
        )


class Check(ImportView):
    """The check screen: the source left, the result right."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(IssueImport.objects.select_related("issue", "by"), pk=pk)
        if row.state == IssueImport.State.UNREADABLE:
            return self.show(request, "desk/unreadable.html", row=row, title=_("This file could not be read"))
        return self.screen(request, row)

    def screen(
        self, request: HttpRequest, row: IssueImport, status: int = 200, refusal: str = ""
    ) -> HttpResponse:
        context = {**context_of(row), "refusal": refusal}
        context["title"] = _("Check the import") if context["editable"] else _("Accepted import")
        return self.show(request, "desk/check.html", status, **context)


class Change(Check):
    """A POST that changes something: answered with the new parts, or by the whole page again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        before = get_object_or_404(IssueImport, pk=pk)
        wants_parts = "application/json" in request.headers.get("Accept", "")
        try:
            after = self.change(request, before, version_of(request))
        except SENTENCES as refusal:
            status = 409 if isinstance(refusal, Outdated) else 422
            if wants_parts:
                return JsonResponse({"message": str(refusal)}, status=status)
            if before.state == before.State.UNREADABLE:
                return self.get(request, pk)
            return self.screen(request, before, status, refusal=str(refusal))
        if wants_parts:
            return JsonResponse(parts(request, before, after))
        return redirect(self.next_address(request, after))

    def change(self, request: HttpRequest, row: IssueImport, version: int) -> IssueImport:
        raise NotImplementedError

    def next_address(self, request: HttpRequest, row: IssueImport) -> str:
        anchor = request.POST.get("anchor", "")
        address = reverse("admin:import_check", args=[row.pk])
        return f"{address}#{anchor}" if anchor.replace("-", "").isalnum() else address


class Decide(Change):
    def change(self, request: HttpRequest, row: IssueImport, version: int) -> IssueImport:
        if row.understood is None:
            raise Outdated(_("This file could not be read, so there is nothing to decide."))
        wanted = wanted_decisions(request.POST, row)
        return row.decide(wanted, version, request.user) if wanted else row

    def next_address(self, request: HttpRequest, row: IssueImport) -> str:
        """After an answer the next open question; after anything else the place it was done at."""
        if request.POST.get("do") != "answer":
            return super().next_address(request, row)
        still_open = next((d.id for d in CheckScreen(row).doubts if not d.answered), None)
        anchor = f"#q-{still_open}" if still_open else "#questions"
        return reverse("admin:import_check", args=[row.pk]) + anchor


class Undo(Change):
    def change(self, request: HttpRequest, row: IssueImport, version: int) -> IssueImport:
        return row.undo(version)


class Accept(Change):
    def change(self, request: HttpRequest, row: IssueImport, version: int) -> IssueImport:
        row.refuse_outdated(version)
        screen = CheckScreen(row)
        if screen.open and not request.POST.get("leave_open"):
            raise NotAccepted(
                _("%(count)s questions are still open. Answer them, or tick that the proposals may stand.")
                % {"count": screen.open}
            )
        return row.accept(version, request.user, replace=bool(request.POST.get("replace")))

    def next_address(self, request: HttpRequest, row: IssueImport) -> str:
        if row.issue is not None:
            messages.success(request, _("%(issue)s is at the desk as a draft.") % {"issue": row.issue})
            return reverse("admin:articles_issue_change", args=[row.issue.pk])
        messages.success(request, _("The articles are at the desk as drafts."))
        return reverse("admin:articles_article_changelist")


class Download(ImportView):
    """The file as it came: always a download, never shown as a page."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        row = get_object_or_404(IssueImport.objects.defer("understood", "decisions"), pk=pk)
        return attachment(row.file, row.name)


def version_of(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("version", ""))
    except ValueError:
        raise Outdated(_("This page is incomplete. Load it again, then decide.")) from None


def context_of(row: IssueImport) -> dict[str, Any]:
    """What the parts of the check screen need."""
    editable = row.state == IssueImport.State.TO_CHECK
    return {"row": row, "screen": CheckScreen(row), "roles": ROLES, "editable": editable}


def parts(request: HttpRequest, before: IssueImport, after: IssueImport) -> dict[str, Any]:
    """What changed between two states of an import, as rendered parts by the id of their element."""
    context = context_of(after)
    old, new = CheckScreen(before), context["screen"]

    def part(name: str, **extra: Any) -> str:
        return render_to_string(f"desk/_{name}.html", {**context, **extra}, request)

    changed = changed_articles(old.result.manuscripts, new.result.manuscripts)
    same_list = [c.id for c in old.cards] == [c.id for c in new.cards]
    html = {name: part(name) for name in ("status", "outline", "accept")}
    if same_list:
        html |= {f"a-{c.id}": part("article", card=c) for c in new.cards if c.id in changed}
    else:
        html |= {"articles": part("articles"), "bar": part("bar")}
    if old.result.unplaced != new.result.unplaced:
        html["rest"] = part("rest")
    if (old.doubts, same_list) != (new.doubts, True):
        was = {d.id: d for d in old.doubts}
        if [*was] == [d.id for d in new.doubts] and same_list:
            html |= {f"q-{d.id}": part("question", doubt=d) for d in new.doubts if was[d.id] != d}
        else:
            html["questions"] = part("questions")
    marks = {id: [mark.tone, mark.label] for id, mark in new.marks.items() if old.marks.get(id) != mark}
    return {"version": after.version, "parts": html, "marks": marks}


def import_urls(site: Any) -> list[Any]:
    """The addresses of this room, for the site that shows it."""
    views = [
        ("imports/", Imports, "imports"),
        ("imports/<int:pk>/", Check, "import_check"),
        ("imports/<int:pk>/decide/", Decide, "import_decide"),
        ("imports/<int:pk>/undo/", Undo, "import_undo"),
        ("imports/<int:pk>/accept/", Accept, "import_accept"),
        ("imports/<int:pk>/file/", Download, "import_file"),
    ]
    return [path(route, site.admin_view(view.as_view(site=site)), name=name) for route, view, name in views]
