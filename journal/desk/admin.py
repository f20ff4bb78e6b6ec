"""What Django's admin shows at the desk: one registration a noun."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models import Article, Author, Event, GroupMember, Issue, Journal, Section
from journal.desk.accounts import AccountAdmin
from journal.desk.articles import ArticleAdmin
from journal.desk.calls import CallAdmin
from journal.desk.issues import IssueAdmin
from journal.desk.journal_form import JOURNAL_FIELDSETS, JournalForm
from journal.desk.lists import DeskList
from journal.desk.notice_admin import NoticeAdmin, NoticeTemplateAdmin
from journal.desk.phrases import PhraseAdmin
from journal.desk.record_views import chain_state
from journal.desk.words import ACTIONS, action_words, all_words, stage_words
from journal.people.models import User

__all__ = [
    "AuthorAdmin",
    "CallAdmin",
    "EventAdmin",
    "JournalAdmin",
    "NoticeAdmin",
    "NoticeTemplateAdmin",
    "PhraseAdmin",
    "SectionAdmin",
]


class GroupMemberForm(forms.ModelForm):
    class Meta:
        model = GroupMember
        fields = ["author", "role", "position"]
        labels = {"author": _("Author")}


class GroupMemberInline(admin.StackedInline):
    model = GroupMember
    form = GroupMemberForm
    fk_name = "group"
    extra = 0
    autocomplete_fields = ["author"]
    verbose_name_plural = _("Members, for a group")


@admin.register(Author)
class AuthorAdmin(DeskList, admin.ModelAdmin):
    view_on_site = False
    list_display = ["name", "unit", "post", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "unit", "code"]
    fields = ["kind", "name", "unit", "post", "code", "biography"]
    inlines = [GroupMemberInline]

    def get_inlines(self, request: HttpRequest, obj: Author | None) -> list[Any]:
        return self.inlines if obj is not None and obj.kind == "group" else []


@admin.register(Section)
class SectionAdmin(DeskList, admin.ModelAdmin):
    view_on_site = False
    list_display = ["name", "position", "characters_per_page", "state"]
    search_fields = ["name"]
    fields = ["name", "code", "position", "characters_per_page", "active"]

    @admin.display(description=_("state"), ordering="active")
    def state(self, section: Section) -> str:
        return gettext("in use") if section.active else gettext("not in use")


@admin.register(Journal)
class JournalAdmin(admin.ModelAdmin):
    """The one journal of this house: changed, never deleted, added once."""

    form = JournalForm
    fieldsets = JOURNAL_FIELDSETS
    list_display = ["name", "publication_type", "frequency"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Journal.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ActionFilter(admin.SimpleListFilter):
    """The actions of the record by their words; only those that happened."""

    title = _("action")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        done = set(Event.objects.order_by().values_list("action", flat=True).distinct())
        return [
            (code, all_words(code)) for code in [*ACTIONS, *sorted(done - ACTIONS.keys())] if code in done
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(DeskList, admin.ModelAdmin):
    """The record, to be read only. Who may not see manuscripts sees their numbers, not their words; a code is
    the title in pinyin."""

    list_display = ["at", "who", "done", "thing", "stage_before", "stage_after"]
    list_filter = [ActionFilter, ("at", admin.DateFieldListFilter)]
    search_fields = ["actor_name", "action", "article__manuscript_number"]
    list_select_related = ["article", "issue", "account", "delegation__giver", "delegation__holder"]
    ordering = ["-pk"]

    @admin.display(description=_("who"), ordering="actor_name")
    def who(self, event: Event) -> str:
        return event.actor_name

    @admin.display(description=_("action"), ordering="action")
    def done(self, event: Event) -> str:
        return action_words(event.action, event.before)

    @admin.display(description=_("object"))
    def thing(self, event: Event) -> str:
        if event.article is None:
            return str(event.issue or event.account or event.delegation or "")
        return event.article.manuscript_number or f"#{event.article_id}"

    @admin.display(description=_("stage before"))
    def stage_before(self, event: Event) -> str:
        return stage_words(event.before, of_article=event.article_id is not None)

    @admin.display(description=_("stage after"))
    def stage_after(self, event: Event) -> str:
        return stage_words(event.after, of_article=event.article_id is not None)

    @admin.display(description=_("network address"))
    def sent_from(self, event: Event) -> str:
        return event.address or ""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {**chain_state(), **(extra_context or {})})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = ["at", "who", "done", "thing", "stage_before", "stage_after", "sent_from"]
        return [*fields, "note"] if request.user.has_perm("articles.view_article") else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.register(Article, ArticleAdmin)
admin.site.register(Issue, IssueAdmin)
admin.site.register(User, AccountAdmin)
for foreign in (Group, TOTPDevice):  # roles are a table in the code; secrets are nobody's to read
    if admin.site.is_registered(foreign):
        admin.site.unregister(foreign)
