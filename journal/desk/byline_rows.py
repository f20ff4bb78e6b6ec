"""The bylines below a manuscript: one query for all of them, however many sign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Byline

__all__ = ["BylineInline"]

FIELDS = ["author", "role", "position", "printed_name", "printed_unit", "printed_post"]


class KnownChoice(AutocompleteSelect):
    """An autocompleted choice that knows the words of the one it shows; any other is looked up."""

    known: tuple[Any, str] | None = None

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        if self.known is None or [str(v) for v in value] != [str(self.known[0])]:
            return super().optgroups(name, value, attrs)
        option = self.create_option(name, *self.known, selected=True, index=0)
        return [(None, [option], 0)]


class BylineForm(forms.ModelForm):
    class Meta:
        model = Byline
        fields = FIELDS
        labels = {"author": _("Author")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "author" in self.fields:
            widget: Any = self.fields["author"].widget
            choice = getattr(widget, "widget", widget)
            choice.known = (self.instance.author_id, str(self.instance.author))

    def full_clean(self) -> None:
        """A line nobody touched was valid when it was saved: it is not looked up again."""
        if not self.is_bound or not self.instance.pk or self.has_changed():
            super().full_clean()
            return
        self._errors = ErrorDict()
        stored: dict[str, Any] = {name: getattr(self.instance, name) for name in FIELDS}
        parent: Any = self.fields["article"]
        self.cleaned_data = {
            **stored,
            "id": self.instance,
            "article": parent.parent_instance,
            "DELETE": False,
        }


class BylineInline(admin.StackedInline):
    model = Byline
    form = BylineForm
    extra = 0
    autocomplete_fields = ["author"]
    fields = [("author", "role", "position"), ("printed_name", "printed_unit", "printed_post")]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("author")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "author":
            kwargs["widget"] = KnownChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
