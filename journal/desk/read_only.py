"""A manuscript's page for who may only read it: the text as text, lists as lines, not what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import Article

__all__ = ["ReadOnlyTexts"]

#: What stands for a field where nothing can be written.
INSTEAD = {"body": "body_to_read", "keywords": "keywords_to_read", "closing_notes": "notes_to_read"}


class ReadOnlyTexts:
    @admin.display(description=_("Text"))
    def body_to_read(self, article: Article) -> SafeString:
        """Through the one door a text goes into a page by; pictures and notes included."""
        return render_to_string("desk/_text_to_read.html", {"article": article})

    @admin.display(description=_("Keywords"))
    def keywords_to_read(self, article: Article) -> SafeString:
        return lines(article.keywords)

    @admin.display(description=_("Closing notes"))
    def notes_to_read(self, article: Article) -> SafeString:
        return lines(article.closing_notes)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if obj is None or self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        return [
            (name, {**options, "fields": [INSTEAD.get(f, f) for f in options["fields"]]})
            for name, options in fieldsets
        ]


def lines(words: Iterable[str]) -> SafeString:
    return format_html_join("", "<div>{}</div>", ((word,) for word in words))
