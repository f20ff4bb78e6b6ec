"""The one rich-text field and widget: another editor would change this module and nothing else.

What is stored is plain HTML of the house's schema (``articles.richtext``), cleaned on every write whatever
editor sends. The editor is CKEditor 4 with its doors shut: no source view, no upload views of the package, no
frames, no fonts or colours, its own content policy on the pages that show it and nowhere else. ``divarea``
(from ckeditor4 4.22.1, the wheel's own copy is older) edits in the page instead of in a frame.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.translation import get_language, gettext

from articles.richtext import clean_html
from journal.security import POLICY

__all__ = ["EDITOR_POLICY", "BodyField", "BodyWidget", "FencedFinder"]

#: The strict policy with what CKEditor 4 needs: its event attributes and inline styles, no foreign script.
EDITOR_POLICY = POLICY.replace(
    "script-src 'self';",
    "script-src 'self'; script-src-elem 'self'; script-src-attr 'unsafe-inline';",
).replace("style-src 'self';", "style-src 'self' 'unsafe-inline';")

REMOVED = (
    "sourcearea,image,iframe,flash,forms,smiley,font,colorbutton,colordialog,stylescombo,exportpdf,scayt,wsc,"
    "preview,print,save,newpage,templates,language,bidi,div,pagebreak,copyformatting,about,elementspath,"
    "filebrowser,uploadimage,uploadwidget,pastefromgdocs,wysiwygarea"
)
SCHEMA = (
    "p{text-align,text-indent}(no-indent,sign); h2 h3 h4{text-align}; blockquote ul li hr; ol[start]; "
    "figure(wide,half); figcaption; img[!src,alt,width,height]; table(wide); caption thead tbody tfoot tr; "
    "th td[colspan,rowspan,scope]{text-align}; a[!href]; strong em b i u s sub br ruby rt rp; sup(footnote)"
)
CONFIG: dict[str, Any] = {
    "versionCheck": False,
    "entities": False,
    "basicEntities": True,
    "forcePasteAsPlainText": "allow-word",
    "disableNativeSpellChecker": False,
    "allowedContent": SCHEMA,
    "removePlugins": REMOVED,
    "extraPlugins": "divarea",
    "format_tags": "p;h2;h3;h4",
    "toolbar": [
        ["Undo", "Redo"],
        ["Format", "Bold", "Italic", "Superscript", "Subscript", "RemoveFormat"],
        ["BulletedList", "NumberedList", "Blockquote"],
        ["Link", "Unlink", "Table", "HorizontalRule", "SpecialChar"],
        ["Find", "Maximize"],
    ],
    "width": "100%",
    "height": 520,
    "resize_dir": "vertical",
}
LANGUAGES = {"zh-hans": "zh-cn", "zh-hant": "zh"}


class BodyWidget(CKEditorWidget):
    """A text area that becomes the fenced editor; without its script it stays a text area."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 24, "class": "body-text", **(attrs or {})})
        self.config = dict(CONFIG)
        self.external_plugin_resources: list[list[str]] = []

    def _set_config(self) -> None:
        language = (get_language() or "zh-hans").lower()
        self.config["language"] = LANGUAGES.get(language, language.split("-")[0])
        self.config["title"] = gettext("text")  # what a screen reader calls it
        folder = static("vendor/ckeditor4-divarea/plugin.js").rpartition("/")
        self.external_plugin_resources = [["divarea", folder[0] + "/", folder[2]]]

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

    def clean(self, value: Any) -> str:
        return clean_html(super().clean(value) or "")


#: What of the editor's package reaches the browser; its tests, samples and unused plugins do not.
PACKAGE = "ckeditor/ckeditor/"
PLUGINS = (
    "a11yhelp|clipboard|dialog|find|link|liststyle|magicline|pastefromlibreoffice|pastefromword|pastetools|"
    "specialchar|table|tableselection|tabletools|tableresize|widget|lineutils|showblocks|notification"
)
SERVED = re.compile(
    PACKAGE
    + r"(?:ckeditor\.js|contents\.css|styles\.js|config\.js|LICENSE\.md"
    + r"|lang/(?:en|zh|zh-cn)\.js|skins/moono-lisa/.+"
    + rf"|plugins/(?:icons[^/]*\.png|(?:{PLUGINS})/.+))"
)
OTHER_LANGUAGE = re.compile(r".*/lang/(?!(?:en|zh|zh-cn|_translationstatus)\.)[^/]+")


def is_served(path: str) -> bool:
    if path.startswith("ckeditor/galleriffic/"):
        return False
    if not path.startswith(PACKAGE):
        return True
    return bool(SERVED.fullmatch(path)) and not OTHER_LANGUAGE.fullmatch(path)


class FencedFinder(AppDirectoriesFinder):
    """Django's finder without what the fenced editor leaves out of its package."""

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        return super().find(path, *args, **kwargs) if is_served(path) else []

    def list(self, ignore_patterns: Any) -> Any:
        return ((path, storage) for path, storage in super().list(ignore_patterns) if is_served(path))
