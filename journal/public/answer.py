"""What all views of the reader's edition share: the language, the journal, the gate."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models import Issue, Journal
from articles.models.journal import Visibility
from journal.security import reader_of
from journal.variants import text_of, variant_of

__all__ = [
    "FOR_THIS_READER",
    "KeptFor",
    "for_whom",
    "in_its_language",
    "issue_for",
    "journal_now",
    "page",
    "reader_page",
    "room_of",
]

View = Callable[..., HttpResponse]
#: Of every answer with an issue that is not for everybody: no shared cache may keep it.
FOR_THIS_READER = "private, no-cache"


class KeptFor(PermissionDenied):
    """An issue is out, but not for who asks; ``visibility`` says for whom."""

    def __init__(self, visibility: Visibility) -> None:
        self.visibility = visibility
        inside = visibility == Visibility.INSIDE
        super().__init__(
            gettext("This issue is for readers on the inside network.")
            if inside
            else gettext("This issue is for signed-in readers.")
        )


def in_its_language(view: View) -> View:
    """In the language of its address."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = variant_of(request.path_info).language
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", language)
        return response

    return wrapped


def reader_page(view: View) -> View:
    """GET and HEAD only, in the language of its address: the same bytes for everybody."""

    spoken = in_its_language(view)

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = spoken(request, *args, **kwargs)
        if getattr(request, "is_for_few", False):
            response.headers["Cache-Control"] = FOR_THIS_READER
        return response

    return wrapped


def journal_now() -> Journal:
    """The journal; before it is set up it goes by the product's name, so that no page stands nameless."""
    journal = Journal.objects.current()
    journal.name = journal.name or gettext("Kanwu")
    return journal


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a reader's page. ``canonical`` in ``context`` is a path; it becomes an absolute address."""
    if "journal" not in context:
        context["journal"] = journal_now()
    if "has_issues_for_few" not in context:
        context["has_issues_for_few"] = (
            Issue.objects.out().exclude(pk__in=Issue.objects.for_everyone()).exists()
        )
    if path := context.get("canonical"):
        context["canonical"] = settings.SITE_URL + text_of(request.path_info).address(path)
    return render(request, template, context, status=status)


def issue_for(request: HttpRequest, year: int, number: str) -> Issue:
    """The issue this reader may open.

    Raises ``KeptFor`` for an issue that is out but not for them, ``Http404`` for any other.
    """
    issues = Issue.objects.filter(year=year, number=number)
    issue = issues.readable_by(reader_of(request)).first()
    if issue is None and (closed := issues.out().first()):
        raise KeptFor(closed.effective_visibility)
    if issue is None:
        raise Http404
    request.is_for_few = bool(for_whom(issue))  # type: ignore[attr-defined]
    return issue


def room_of(issue: Issue) -> str:
    """The room of the site an article's page belongs to: that of the front page, or of the archive."""
    newest = Issue.objects.for_everyone().newest_first().values_list("pk", flat=True).first()
    return "home" if issue.pk == newest else "archive"


def for_whom(issue: Issue) -> str:
    """For whom an issue is, in words; empty for one that everybody may open."""
    return {
        Visibility.PUBLIC: "",
        Visibility.MEMBERS: gettext("For signed-in readers only"),
        Visibility.INSIDE: gettext("For the inside network only"),
    }[issue.effective_visibility]
