"""The one rich-text field and widget: another editor would change this module and nothing else.

What is stored is plain HTML of the house's schema (``articles.richtext``), cleaned on every write whatever
editor sends. The editor is CKEditor 4 with its doors shut: no source view, no upload views of the package, no
frames, no fonts or colours, its own content policy on the pages that show it and nowhere else. ``divarea``
(from ckeditor4 4.22.1, the wheel's own copy is older) edits in the page instead of in a frame. Pictures,
footnotes and paragraph styles are small plugins of the house (``static/js/editor-*.js``): ``image2`` writes
classes and sizes the schema does not know.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.translation import get_language, gettext

from articles.captions import LONGEST, places, spelled_out
from articles.models import Article
from articles.richtext import clean_html
from journal.editor.config import CONFIG, OWN_PLUGINS, words
from journal.editor.figures import figures_of, told
from journal.security import POLICY

__all__ = ["CONFIG", "EDITOR_POLICY", "BodyField", "BodyWidget", "settled"]

#: The strict policy with what CKEditor 4 needs: its event attributes and inline styles, no foreign script.
EDITOR_POLICY = POLICY.replace(
    "script-src 'self';",
    "script-src 'self'; script-src-elem 'self'; script-src-attr 'unsafe-inline';",
).replace("style-src 'self';", "style-src 'self' 'unsafe-inline';")

LANGUAGES = {"zh-hans": "zh-cn", "zh-hant": "zh"}


class BodyWidget(CKEditorWidget):
    """A text area that becomes the fenced editor; without its script it stays a text area."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            template_name="editor/_widget.html", attrs={"rows": 24, "class": "body-text", **(attrs or {})}
        )
        self.config = dict(CONFIG)
        self.external_plugin_resources: list[list[str]] = []
        #: Where pictures are sent and described, and those already sent; empty for a text not stored yet.
        self.pictures: dict[str, Any] = {}

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(css={"all": ["css/editor.css"]})

    def _set_config(self) -> None:
        language = (get_language() or "zh-hans").lower()
        self.config = {
            **CONFIG,
            "language": LANGUAGES.get(language, language.split("-")[0]),
            "title": gettext("text"),  # what a screen reader calls it
            "kanwu": {"words": words(), **self.pictures},
        }
        self.external_plugin_resources = [
            [name, address.rpartition("/")[0] + "/", address.rpartition("/")[2]]
            for name, address in ((name, static(path)) for name, path in OWN_PLUGINS.items())
        ]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["pictures"] = self.pictures
        return context

    def format_value(self, value: Any) -> str | None:
        """Cleaned once more on its way into the editor: what is stored may be older than the rules.

        A text the cleaner refuses comes back as its own source, to be read and not to be run.
        """
        try:
            return clean_html(value) if value else None
        except ValidationError:
            return escape(value)


class BodyField(forms.CharField):
    """A cleaned body; text the cleaner refuses becomes the field's error, and stays in the field."""

    widget = BodyWidget
    stored = shown = ""
    #: Whether the person changed the text: then what it leaves unsaid of a picture is meant.
    touched = False

    def open_for(self, article: Article, *, upload: str, page: str = "") -> str:
        """Tell the field whose text it edits; returns what the editor shows: captions spelled out.

        ``upload`` is the door's address that takes a picture, ``page`` the one that describes them all.
        """
        rows = figures_of(article)
        self.widget.pictures = {
            "upload": upload,
            "page": page,
            "figures": [told(row) for row in rows],
        }
        self.stored, self.shown = article.body, spelled_out(article.body, rows)
        return self.shown

    def clean(self, value: Any) -> str:
        """The cleaned text; the stored one when only the editor's own way of writing differs.

        A page opened and saved again must not void signatures. Raises ``ValidationError`` for captions no
        row could hold.
        """
        cleaned = clean_html(super().clean(value) or "")
        self.touched = settled(cleaned) != settled(self.shown)
        if not self.touched:
            return self.stored
        for place in places(cleaned):
            if len(place.words.caption) > LONGEST["caption"]:
                raise ValidationError(
                    gettext("A caption has at most 500 characters: “%(start)s…”")
                    % {"start": place.words.caption[:20]}
                )
        return cleaned


#: White space beside these tags says nothing; the editor writes it its own way.
BLOCK = (
    r"p|h[2-4]|blockquote|ul|ol|li|figure|figcaption|table|caption|colgroup|col|thead|tbody|tfoot|tr|th|td|hr"
)
BESIDE_BLOCK = re.compile(rf"\s*(</?(?:{BLOCK})\b[^>]*>)\s*|\s*(<br>)\s*")
SAME = str.maketrans({"\u00a0": " "})


def settled(html: str) -> str:
    """``html`` without what differs between two ways of writing the same text."""
    html = re.sub(r"<(/?)b>", r"<\1strong>", re.sub(r"<(/?)i>", r"<\1em>", html))
    html = BESIDE_BLOCK.sub(lambda tag: tag[1] or tag[2], html.replace("&nbsp;", " ").translate(SAME))
    html = re.sub(r"<img [^>]*>", image_core, html)
    html = re.sub(r'<([a-z0-9]+)((?: [a-z]+="[^"]*"){2,})>', in_order, html)
    return re.sub(r"<p(?: [^>]*)?></p>", "", re.sub(r"[ \t\n]+", " ", html)).strip()


def in_order(tag: re.Match[str]) -> str:
    attributes = sorted(re.findall(r' [a-z]+="[^"]*"', tag[2]))
    return f"<{tag[1]}{''.join(attributes)}>"


def image_core(tag: re.Match[str]) -> str:
    """Source and alternative text of a picture: its measures are the row's."""
    given = dict(re.findall(r'(src|alt)="([^"]*)"', tag[0]))
    return f"<img {given.get('src', '')} {given.get('alt', '')}>"
