"""The desk's own small forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.intake.decode import MAX_BYTES
from journal.intake.models import IssueImport

__all__ = ["UploadForm"]


class UploadForm(forms.Form):
    """A file and what it is."""

    file = forms.FileField(label=_("File"), max_length=255, allow_empty_file=True)
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=IssueImport.Kind.choices,
        widget=forms.RadioSelect,
        initial=IssueImport.Kind.ISSUE,
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(
                _("This file has %(size)d MB; a text has at most %(limit)d. Send the text alone."),
                params={"size": upload.size // (1024 * 1024), "limit": MAX_BYTES // (1024 * 1024)},
            )
        return upload
