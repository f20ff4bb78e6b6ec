"""Calls for papers: written here, shown on the readers' page about contributing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Call

__all__ = ["CallAdmin"]


class CallForm(forms.ModelForm):
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("A paragraph a line; “## ” before a heading, “- ” before each item of a list."),
    )

    class Meta:
        model = Call
        fields = ["title", "text", "due_on", "shown"]


@admin.register(Call)
class CallAdmin(admin.ModelAdmin):
    form = CallForm
    view_on_site = False
    list_display = ["title", "due_on", "state"]
    search_fields = ["title"]
    ordering = ["-made_at", "-pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @admin.display(description=_("state"), ordering="shown")
    def state(self, call: Any) -> str:
        return gettext("on the site") if call.shown else gettext("not on the site")
