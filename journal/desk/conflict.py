"""Saving a form that carries the version it started from: nothing is overwritten, nothing typed is lost."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.refusals import Refused
from journal.desk.typed import HIDDEN, shown

__all__ = ["KeptForm", "SafeAdmin", "VersionedForm"]


class VersionedForm(forms.ModelForm):
    """Knows which version its page showed; an old one is an error, and what was typed stays in the fields."""

    seen_version = forms.IntegerField(label=gettext_lazy("version"), widget=forms.HiddenInput, required=False)
    refusal = ""  # set when the domain refused the save itself

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_version"] = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if self.refusal:
            raise forms.ValidationError(self.refusal, code="refused")
        if self.instance.pk and (data or {}).get("seen_version") != self.instance.version:
            raise forms.ValidationError(
                _(
                    "Somebody else saved this in the meantime. What you typed is still here, not stored. "
                    "Open the page anew beside it, compare, then save there."
                ),
                code="stale",
            )
        return data


class Carried(forms.CharField):
    """What a page carries along for itself; no change of the manuscript."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class KeptForm(VersionedForm):
    """Besides, carries what its page showed, for a three-way comparison, and the name of the page.

    ``resumed``: the form is filled from a working draft and shown, not stored. ``only_read``: somebody else
    has the manuscript in hand.
    """

    seen_base = Carried(required=False)
    keeping_page = Carried(required=False)
    resumed = False
    only_read = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.only_read:
            for field in self.fields.values():
                field.disabled = True

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "keeping_page" and not self.is_bound:
            return secrets.token_hex(8)
        if field_name == "seen_base" and not self.is_bound and self.instance.pk:
            return json.dumps(shown(self), ensure_ascii=False)
        return super().get_initial_for_field(field, field_name)

    def clean(self) -> dict[str, Any] | None:
        if self.resumed:
            raise forms.ValidationError(_("This is your working draft, not stored yet."), code="resumed")
        return super().clean()


class SafeAdmin:
    """For a ``ModelAdmin`` whose rows carry a version: what the domain refuses is shown on the form."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        view: Any = super().changeform_view  # type: ignore[misc]
        try:
            response = view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request.desk_refusal = str(refusal)  # type: ignore[attr-defined]
            request.desk_stale = refusal.code == "stale"  # type: ignore[attr-defined]
            response = view(request, object_id, form_url, extra_context)
        if request.method == "POST" and is_conflict(response):
            response.status_code = 409
        return response

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A page that can only be read carries no version."""
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if obj is None or self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in HIDDEN]})
            for name, options in fieldsets
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        state = {
            "refusal": getattr(request, "desk_refusal", ""),
            "resumed": getattr(request, "desk_resumed", False),
            "only_read": getattr(request, "desk_only_read", False),
        }
        return type(form.__name__, (form,), state)


def is_conflict(response: HttpResponse) -> bool:
    context = getattr(response, "context_data", None) or {}
    form = getattr(context.get("adminform"), "form", None)
    if form is None or not form.is_bound or not form.has_error("__all__"):
        return False
    return not form.has_error("__all__", code="resumed")
