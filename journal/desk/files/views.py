"""The files of an issue at the desk: what is there, have one made, take it along, offer it to readers.

Making goes on in a process of its own (``journal.edition.making``); the page shows how far it is. Its script
asks for the list alone (header ``X-Files``) while something is being made; without it a link does the same.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views import View

from articles import press
from articles.models import Issue, IssueFile
from articles.offered_files import DECISIONS
from articles.press_table import PRINTED
from articles.refusals import Refused
from journal.desk.files.lines import Lines
from journal.desk.publishing.issue_page import issue_of
from journal.downloads import attachment
from journal.edition import making
from journal.edition.store import EditionError
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["files_urls"]

NAME = "admin:articles_issue_files"


def files_urls(site: Any) -> list[Any]:
    """The addresses of the files, below the issues."""
    look, do, take = (site.admin_view(v.as_view(site=site)) for v in (FilesPage, FilesDeed, TakeAlong))
    return [
        path("<int:pk>/files/", look, name="articles_issue_files"),
        path("<int:pk>/files/do/", do, name="articles_issue_files_do"),
        path("<int:pk>/files/<int:file>/", take, name="articles_issue_file"),
    ]


class FilesView(View):
    site: Any = None

    def show(self, request: HttpRequest, issue: Issue, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "title": _("Files of %(issue)s") % {"issue": issue.label},
            "issue": issue,
            "do": reverse("admin:articles_issue_files_do", args=[issue.pk]),
            "signed": issue.stage in PRINTED,
            "may_offer": any(offer.action in DECISIONS for offer in press.available(issue, request.user)),
            **Lines(issue).context(),
            **more,
        }
        if "X-Files" in request.headers:
            return render(request, "desk/files/_list.html", context, status=status)
        return render(
            request, "desk/files/issue.html", {**self.site.each_context(request), **context}, status=status
        )


class FilesPage(FilesView):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, issue_of(request, pk))


class TakeAlong(FilesView):
    """The file itself, for who may see the issue."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
        found = get_object_or_404(issue_of(request, pk).files.made(), pk=file)
        try:
            return attachment(found.file, found.name)
        except FileNotFoundError:
            raise Http404 from None


class FilesDeed(FilesView):
    """POST ``make`` (the key of a line), or ``offer_file``, ``withdraw_file`` (the key of a file)."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = issue_of(request, pk)
        try:
            said = self.make(issue, request) if "make" in request.POST else self.decide(issue, request)
        except Refused as refusal:
            return self.show(request, issue_of(request, pk), refusal.status, refusal=str(refusal))
        except EditionError as error:
            return self.show(request, issue, 422, refusal=str(error))
        if said:
            messages.success(request, said)
        return redirect(NAME, pk)

    def make(self, issue: Issue, request: HttpRequest) -> str:
        line = Lines(issue).named(request.POST["make"])
        if line is None:
            raise Refused(_("There is no such file to be made."), code="no-such-file")
        making.start(issue, line.format.name, request.user, article=line.article)
        return ""  # the page says itself that it is being made

    def decide(self, issue: Issue, request: HttpRequest) -> str:
        action = next((name for name in DECISIONS if name in request.POST), "")
        file = self.file_in(issue, request.POST.get(action))
        version = number_in(request.POST.get("version"), -1)
        press.perform(action, issue, request.user, version=version, address=address_of(request), file=file)
        words = {"file": file.name if file else ""}
        if action == "offer_file" and issue.is_out:
            return _("Readers can download %(file)s now.") % words
        if action == "offer_file":
            return _("Readers can download %(file)s as soon as the issue is out.") % words
        return _("Readers are not offered %(file)s any more.") % words

    def file_in(self, issue: Issue, key: str | None) -> IssueFile | None:
        return issue.files.filter(pk=number_in(key)).first()
