"""The office's own wordings for reports and reasons; the review screen offers them beside each opinion."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Phrase

__all__ = ["PhraseAdmin"]


@admin.register(Phrase)
class PhraseAdmin(admin.ModelAdmin):
    """Changed and put out of use; not deleted, so that a table once emptied is not filled again."""

    view_on_site = False
    list_display = ["title", "use", "position", "state"]
    list_filter = ["use", "active"]
    search_fields = ["title", "text"]
    fields = ["use", "title", "text", "position", "active"]
    ordering = ["use", "position", "pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @admin.display(description=_("state"), ordering="active")
    def state(self, phrase: Phrase) -> str:
        return gettext("in use") if phrase.active else gettext("not in use")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
