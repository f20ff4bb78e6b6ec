"""The filters beside the list of manuscripts, and its search."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Issue, Section
from articles.search import matching
from articles.stages import Stage
from journal.desk.lists import DeskChangeList, DeskList
from journal.desk.named_issues import issues_named

__all__ = ["MANUSCRIPT_FILTERS", "ManuscriptList"]

RECENT_ISSUES = 24
PART_OF_NUMBER = re.compile(r"\d{4}-\d{0,5}")


class StageFilter(admin.SimpleListFilter):
    """Several stages at once: each choice puts one in or takes it out."""

    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Stage.choices

    def chosen(self) -> list[str]:
        return [value for value in str(self.value() or "").split(",") if value in Stage.values]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(stage__in=self.chosen()) if self.chosen() else queryset

    def choices(self, changelist: Any) -> Iterator[Any]:
        chosen = self.chosen()
        everything = changelist.get_query_string(remove=[self.parameter_name])
        yield {"selected": not chosen, "query_string": everything, "display": gettext("All")}
        for value, label in self.lookup_choices:
            after = [v for v in chosen if v != value] if value in chosen else [*chosen, value]
            query = changelist.get_query_string({self.parameter_name: ",".join(after) or None})
            yield {"selected": value in chosen, "query_string": query, "display": label}


class MineFilter(admin.SimpleListFilter):
    """What has to do with the person who looks."""

    title = _("my part")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            ("waiting", _("Waiting for me")),
            ("charge", _("In my charge")),
            ("handed-on", _("What I handed on")),
            ("own", _("Sent in by me")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        user: Any = request.user
        if self.value() == "waiting":
            return queryset.awaiting(user)
        if self.value() == "handed-on":
            return queryset.handed_on_by(user)
        if self.value() in {"charge", "own"}:
            return queryset.filter(**{"editor" if self.value() == "charge" else "submitter": user})
        return queryset


class DueFilter(admin.SimpleListFilter):
    title = _("due day")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("late", _("Overdue")), ("week", _("Within a week"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        open_ones = Q(stage__in=Stage.under_way())
        if self.value() == "late":
            return queryset.filter(open_ones, due_on__lt=today)
        if self.value() == "week":
            return queryset.filter(open_ones, due_on__range=(today, today + datetime.timedelta(days=7)))
        return queryset


class SectionFilter(admin.SimpleListFilter):
    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        names = Section.objects.filter(active=True).values_list("pk", "name")
        return [(str(pk), name) for pk, name in names]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        if not value:
            return queryset
        return (
            queryset.filter(section=int(value)) if value.isdecimal() and len(value) < 10 else queryset.none()
        )


class IssueFilter(admin.SimpleListFilter):
    """An issue as people name it, typed; a list of all issues of a hundred years is no choice."""

    title = _("issue")
    parameter_name = "issue"
    template = "desk/filter_issue.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        newest = Issue.objects.newest_first().only("year", "number")[:RECENT_ISSUES]
        return [(str(issue), str(issue)) for issue in newest] or [("", "")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not (words := self.value()):
            return queryset
        return queryset.filter(issue__in=list(issues_named(words).values_list("pk", flat=True)))

    def choices(self, changelist: Any) -> Iterator[Any]:
        others = [(k, v) for k, values in changelist.filter_params.items() for v in values]
        yield {
            "name": self.parameter_name,
            "value": self.value() or "",
            "others": [(k, v) for k, v in others if k != self.parameter_name],
            "recent": [label for value, label in self.lookup_choices if value],
            "clear": changelist.get_query_string(remove=[self.parameter_name]),
        }


MANUSCRIPT_FILTERS = [MineFilter, DueFilter, StageFilter, SectionFilter, IssueFilter]


class ManuscriptChangeList(DeskChangeList):
    def url_for_result(self, result: Any) -> str:
        """A manuscript under review opens on the review screen, any other on its page."""
        if result.under_review and not self.is_popup:
            return reverse("admin:articles_article_review", args=[result.pk])
        return super().url_for_result(result)


class ManuscriptList(DeskList):
    """The list of manuscripts: its search uses the index, its filters are the desk's own."""

    list_filter: Any = MANUSCRIPT_FILTERS
    search_fields: Any = ("title",)  # what is searched: see get_search_results
    search_help_text: Any = _("Number, title, author, text")
    sortable_by: Any = ("manuscript_number", "stage", "due_on")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DeskChangeList]:
        return ManuscriptChangeList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By the index; a manuscript number may be typed in part."""
        term = search_term.strip()
        if PART_OF_NUMBER.fullmatch(term):
            return queryset.filter(manuscript_number__startswith=term), False
        if not term:
            return queryset, False
        found = matching(term, queryset)
        # By the key: any other order would read the whole row, text and all, of everything that matches.
        return (found if "o" in request.GET else found.order_by("-pk")), False
