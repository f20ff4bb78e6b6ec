"""The manuscript at the desk: its fields and text, and the steps that move it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from articles import bylines, captions, workflow
from articles.codes import unique_code
from articles.models import Article
from articles.stages import Stage
from journal.desk.byline_rows import BylineInline
from journal.desk.conflict import KeptForm, SafeAdmin
from journal.desk.duplicates import duplicate_urls, to_explain
from journal.desk.fields import LinesField
from journal.desk.keeping import KeptAdmin
from journal.desk.list_filters import ManuscriptList
from journal.desk.notices import notices_on_page
from journal.desk.pictures import picture_addresses, picture_urls
from journal.desk.read_only import ReadOnlyTexts
from journal.desk.review import review_urls
from journal.desk.sent_in import sent_in, sent_in_urls
from journal.desk.steps import ArticleStep, step_forms
from journal.desk.typed import HIDDEN
from journal.desk.words import told
from journal.editor.field import EDITOR_POLICY, BodyField

__all__ = ["ArticleAdmin"]

TEXT = ("kicker", "title", "subtitle", "abstract", "keywords", "body", "source", "closing_notes")
PLACE = ("section", "toc_title", "position", "first_page", "last_page")
SERIES = ("series", "series_part", "series_status", "photo_story")


class ArticleForm(KeptForm):
    title = forms.CharField(
        label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )
    body = BodyField(label=_("Text"), required=False)
    abstract = forms.CharField(
        label=_("Abstract"), required=False, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )
    keywords = LinesField(label=_("Keywords"), required=False)
    closing_notes = LinesField(label=_("Closing notes"), required=False)

    class Meta:
        model = Article
        fields = [*TEXT, *PLACE, *SERIES]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields.get("body")  # a page that can only be read has none
        if self.instance.pk and isinstance(body, BodyField):
            self.initial["body"] = body.open_for(self.instance, **picture_addresses(self.instance))

    def clean_keywords(self) -> Any:
        return self.cleaned_data["keywords"]

    def _get_validation_exclusions(self) -> set[str]:
        """The field has looked the section up already; the model need not do it a second time."""
        return {*super()._get_validation_exclusions(), "section"}  # type: ignore[misc]


class ArticleAdmin(ReadOnlyTexts, KeptAdmin, SafeAdmin, ManuscriptList, admin.ModelAdmin):
    form = ArticleForm
    view_on_site = False
    change_form_template = "desk/article.html"
    list_display = ["headline", "manuscript_number", "stage", "section", "issue", "first_page", "due_on"]
    list_select_related = ["section", "issue"]
    ordering = ["-updated_at", "-pk"]
    actions = None
    empty_value_display = ""
    inlines = [BylineInline]
    fieldsets = [
        (None, {"fields": ["kicker", "title", "subtitle", "abstract", "body", *HIDDEN]}),
        (_("About the text"), {"fields": ["source", "keywords", "closing_notes"]}),
        (_("Place"), {"fields": ["section", "toc_title", ("position", "first_page", "last_page")]}),
        (_("Series"), {"fields": [("series", "series_part", "series_status"), "photo_story"]}),
    ]

    @admin.display(description=_("title"), ordering="title")
    def headline(self, article: Article) -> str:
        return article.title_line

    def get_queryset(self, request: HttpRequest) -> Any:
        found = Article.objects.visible_to(request.user).order_by(*self.ordering)
        is_list = request.resolver_match is not None and "changelist" in str(request.resolver_match.url_name)
        return found.defer("body", "raw_body") if is_list else found.select_related("submitter")

    def get_urls(self) -> list[Any]:
        act = self.admin_site.admin_view(ArticleStep.as_view(site=self.admin_site))
        return [
            path("<int:pk>/act/", act, name="articles_article_act"),
            *picture_urls(self.admin_site),
            *review_urls(self.admin_site),
            *duplicate_urls(self.admin_site),
            *sent_in_urls(self.admin_site),
            *self.keeping_urls(),
            *super().get_urls(),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """A text is changed where the rules say so, by whom they say so; everybody else reads it."""
        if obj is None:
            return super().has_change_permission(request)
        return super().has_change_permission(request, obj) and workflow.may_edit_text(obj, request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """A place is chosen on the issue board; only a draft of an imported issue has one to mend here."""
        if obj is not None and obj.issue_id is not None and obj.stage == Stage.DRAFT:
            return []
        return ["position", "first_page", "last_page"]

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.submitter = request.user  # type: ignore[assignment]
            obj.code = obj.code or unique_code(Article, obj.title)
        super().save_model(request, obj, form, change)
        if form.fields["body"].touched:
            captions.follow(obj, complete=True)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        changed = any(formset.has_changed() for formset in formsets)
        was = bylines.printed_lines(form.instance) if changed else []
        super().save_related(request, form, formsets, change)
        if changed:
            bylines.tell_change(form.instance, was, request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        response = super().changeform_view(request, object_id, form_url, extra_context)
        response.headers.setdefault("Content-Security-Policy", EDITOR_POLICY)
        return response

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        if article is not None:
            context["show_save_and_add_another"] = False
            context["thing"] = article
            context["act"] = reverse("admin:articles_article_act", args=[article.pk])
            context["steps"] = step_forms(article, request.user)
            context["same"] = to_explain(article, request.user)
            context["signoffs"] = article.signoffs.select_related("person").order_by("-pk")
            context["events"] = told(article.events.order_by("-pk")[:20])
            context["sent_in"] = sent_in(article, request.user)
            context.update(notices_on_page(article, request.user))
        return super().render_change_form(request, context, *args, **kwargs)
