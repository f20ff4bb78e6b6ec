"""The wording of the office's notices, and the notices that were written with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.models.sight import UNSENT
from journal.desk.notices import NoticeRetry, TemplatePreview
from journal.notices.kinds import Audience, Kind
from journal.notices.models import Notice, NoticeTemplate, State
from journal.notices.placeholders import PLACEHOLDERS

__all__ = ["NoticeAdmin", "NoticeTemplateAdmin"]


class TemplateForm(forms.ModelForm):
    """A new template is a letter to start from; the other occasions all have theirs."""

    class Meta:
        model = NoticeTemplate
        fields = ["name", "subject", "body", "active", "by_email"]
        widgets = {"body": forms.Textarea(attrs={"rows": 14, "class": "notice-wording"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.kind, self.instance.audience = Kind.LETTER, Audience.AUTHOR


@admin.register(NoticeTemplate)
class NoticeTemplateAdmin(admin.ModelAdmin):
    """Changed and switched off; not deleted, so that the office's wording is not filled in again."""

    form = TemplateForm
    view_on_site = False
    change_form_template = "desk/notice_template.html"
    list_display = ["name", "kind", "audience", "state", "way"]
    list_filter = ["active", "audience"]
    search_fields = ["name", "subject", "body"]
    ordering = ["pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @admin.display(description=_("state"), ordering="active")
    def state(self, template: NoticeTemplate) -> str:
        return gettext("in use") if template.active else gettext("not in use")

    @admin.display(description=_("way"), ordering="by_email")
    def way(self, template: NoticeTemplate) -> str:
        return gettext("desk and e-mail") if template.by_email else gettext("desk")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ["kind", "audience"] if obj is not None else []
        return ["name", *fixed, "subject", "body", "active", "by_email"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["kind", "audience"] if obj is not None else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(TemplatePreview.as_view(site=self.admin_site))
        name = "notices_noticetemplate_preview"
        return [path("preview/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        template = kwargs.get("obj")
        context["placeholders"] = PLACEHOLDERS
        context["preview"] = template.preview() if template is not None else None
        context["preview_address"] = reverse("admin:notices_noticetemplate_preview")
        context["kind"] = template.kind if template is not None else Kind.LETTER
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """What was told to whom, to be read only; what could not be sent can be tried again."""

    view_on_site = False
    change_list_template = "desk/notice_list.html"
    change_form_template = "desk/notice.html"
    list_display = ["created_at", "kind", "recipient", "subject", "manuscript", "state"]
    list_display_links = ["subject"]
    list_filter = ["state", "kind"]
    search_fields = ["subject", "recipient__name", "article__manuscript_number", "article__title"]
    search_help_text = _("Subject, recipient, manuscript number or title")
    list_select_related = ["recipient", "article"]
    ordering = ["-pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = None
    fields = ["kind", "recipient", "address", "subject", "body", "created_at", "state", "sent_at"]

    @admin.display(description=_("manuscript"))
    def manuscript(self, notice: Notice) -> str:
        address = reverse("admin:articles_article_change", args=[notice.article_id])
        number = notice.article.manuscript_number or notice.article.title_line
        return format_html('<a href="{}">{}</a>', address, number)

    def get_queryset(self, request: HttpRequest) -> Any:
        """But for what a unit wrote to its author about a manuscript that has not come to the office."""
        told = super().get_queryset(request).defer("article__body", "article__raw_body")
        return told.exclude(article__in=Article.objects.filter(UNSENT).order_by().values("pk"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        troubled = obj is not None and bool(obj.error)
        return [*self.fields, *(["tries", "tried_at", "error"] if troubled else [])]

    def get_urls(self) -> list[Any]:
        again = self.admin_site.admin_view(NoticeRetry.as_view(site=self.admin_site))
        return [path("<int:pk>/retry/", again, name="notices_notice_retry"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        printed = settings.EMAIL_BACKEND.endswith("console.EmailBackend")
        return super().changelist_view(request, {**(extra_context or {}), "only_printed": printed})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        notice = kwargs.get("obj")
        if notice is not None:
            context["thing"] = notice
            context["may_retry"] = notice.state == State.FAILED and request.user.has_perm(
                "notices.change_notice"
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
