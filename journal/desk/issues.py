"""The issue at the desk: its facts and masthead, what stands in it, and the steps to the press."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from articles import press
from articles.models import Issue, MastheadLine
from articles.stages import IssueStage
from journal.desk.board.views import board_urls
from journal.desk.board.words import told_since
from journal.desk.conflict import SafeAdmin, VersionedForm
from journal.desk.fields import LinesField
from journal.desk.files.views import files_urls
from journal.desk.lists import DeskList
from journal.desk.steps import IssueStep, step_forms

__all__ = ["IssueAdmin"]

BLOCKING = (IssueStage.PROOFING, IssueStage.READING)


class IssueForm(VersionedForm):
    slogans = LinesField(label=_("Slogans"), required=False)

    class Meta:
        model = Issue
        fields = ["year", "number", "serial_number", "publication_date", "delivery_date", "page_count"]


class MastheadForm(forms.ModelForm):
    values = LinesField(label=_("Names or value"))

    class Meta:
        model = MastheadLine
        fields = ["label", "kind", "values", "position"]


class MastheadInline(admin.StackedInline):
    model = MastheadLine
    form = MastheadForm
    extra = 0
    fields = [("label", "kind", "position"), "values"]
    classes = ["collapse"]


class IssueAdmin(SafeAdmin, DeskList, admin.ModelAdmin):
    form = IssueForm
    view_on_site = False
    change_form_template = "desk/issue.html"
    list_display = ["name", "stage", "publication_date", "page_count"]
    list_filter = ["stage", "year"]
    search_fields = ["year", "number", "serial_number"]
    ordering = ["-year", "-sort_number"]
    actions = None
    inlines = [MastheadInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("year", "number", "serial_number"),
                    ("publication_date", "delivery_date", "page_count"),
                    "slogans",
                    "seen_version",
                ]
            },
        )
    ]

    @admin.display(description=_("issue"), ordering="year")
    def name(self, issue: Issue) -> str:
        return issue.label

    def get_urls(self) -> list[Any]:
        act = self.admin_site.admin_view(IssueStep.as_view(site=self.admin_site))
        return [
            path("<int:pk>/act/", act, name="articles_issue_act"),
            *board_urls(self.admin_site),
            *files_urls(self.admin_site),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        issue = kwargs.get("obj")
        if issue is not None:
            context["show_save_and_add_another"] = False
            context["thing"] = issue
            context["act"] = reverse("admin:articles_issue_act", args=[issue.pk])
            case = press.case_of(issue, request.user)
            context["steps"] = step_forms(issue, request.user, case)
            context["blockers"] = case.blocking if issue.stage in BLOCKING else []
            contents = issue.articles.in_page_order().select_related("section").defer("body", "raw_body")
            context["contents"] = contents.prefetch_related("bylines__author")
            context["events"] = told_since(list(issue.events.filter(article=None).order_by("-pk")[:20]))
        return super().render_change_form(request, context, *args, **kwargs)
