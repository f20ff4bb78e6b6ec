"""What of the editor's package is served: its tests, samples and unused plugins are not."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

__all__ = ["FencedFinder"]

PACKAGE = "ckeditor/ckeditor/"
PLUGINS = (
    "a11yhelp|clipboard/dialogs|dialog|find/dialogs|link|liststyle/dialogs|magicline/images|"
    "pastefromlibreoffice|pastefromword|pastetools|specialchar|table|tableselection|tabletools|widget/images"
)
SERVED = re.compile(
    PACKAGE
    + r"(?:ckeditor\.js|contents\.css|styles\.js|config\.js|LICENSE\.md"
    + r"|lang/(?:en|zh|zh-cn)\.js|skins/moono-lisa/(?!readme).+"
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
