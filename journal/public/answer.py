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
from journal.variants import text_of, variant_of

__all__ = ["issue_for", "journal_now", "page", "reader_page"]

View = Callable[..., HttpResponse]


def reader_page(view: View) -> View:
    """GET and HEAD only, in the language of its address: the same bytes for everybody."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = variant_of(request.path_info).language
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", language)
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
    context["has_members"] = Issue.objects.out().exclude(pk__in=Issue.objects.for_everyone()).exists()
    if path := context.get("canonical"):
        context["canonical"] = settings.SITE_URL + text_of(request.path_info).address(path)
    return render(request, template, context, status=status)


def issue_for(request: HttpRequest, year: int, number: str) -> Issue:
    """The issue this reader may open.

    Raises ``PermissionDenied`` for an issue that is out but not for them, ``Http404`` for any other.
    """
    issues = Issue.objects.filter(year=year, number=number)
    issue = issues.readable_by(request.user).first()
    if issue is not None:
        return issue
    if issues.out().exists():
        raise PermissionDenied(gettext("This issue is for signed-in readers."))
    raise Http404


def is_for_members(issue: Issue, journal: Journal) -> bool:
    """Whether an issue that is out is shown to signed-in readers only."""
    return (issue.visibility or journal.default_visibility) == Visibility.MEMBERS
