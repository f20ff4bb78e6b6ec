"""Static files: collected when their sources changed, copied when a page names them; the hash of the code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import django
import opencc
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.template.utils import get_app_template_dirs
from django.utils.translation import gettext as _

from journal.edition.store import EditionError

__all__ = ["code_hash", "collect", "named_in", "source_of"]

STAMP = ".collected"


def collect() -> None:
    """Run ``collectstatic`` if a source changed since the last time; nothing to do without hashed names.

    For commands only: a server knows the files that were there when it started and would answer for a new
    name with 404 until it is started again.
    """
    if not isinstance(staticfiles_storage, ManifestFilesMixin) and not hasattr(
        staticfiles_storage, "manifest_name"
    ):
        return
    stamp = Path(settings.STATIC_ROOT) / STAMP
    state = sources_hash()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state, encoding="ascii")


def sources_hash() -> str:
    """Names, sizes and times of all static sources."""
    found = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            at = Path(storage.path(path)).stat()
            found.update(f"{path} {at.st_size} {at.st_mtime_ns}\n".encode())
    return found.hexdigest()


def code_files() -> Iterator[Path]:
    """What decides how a page looks besides the database: templates, views, domain, words."""
    base = Path(settings.BASE_DIR)
    for folder in (base / "templates", *get_app_template_dirs("templates")):
        if Path(folder).is_relative_to(base):
            yield from sorted(Path(folder).rglob("*.*ml"))
    for package in ("articles", "journal/public"):
        yield from sorted((base / package).rglob("*.py"))
    yield base / "journal/variants.py"
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).rglob("*.mo"))


def code_hash() -> str:
    """One hash of the code, the static names and the settings pages are made with."""
    made_with = [django.__version__, opencc.__version__, settings.SITE_URL, settings.LANGUAGE_CODE]
    made_with += settings.READER_VARIANTS
    found = hashlib.sha256(" ".join(made_with).encode())
    for path in code_files():
        found.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for name, hashed in sorted(getattr(staticfiles_storage, "hashed_files", {}).items()):
        found.update(f"{name} {hashed}\n".encode())
    return found.hexdigest()


def named_in(html: bytes) -> set[str]:
    """The static files a page names, as paths under the static folder."""
    prefix = re.escape(settings.STATIC_URL.encode())
    return {match.decode() for match in re.findall(rb'="' + prefix + rb'([^"?#]+)', html)}


def source_of(name: str) -> Path:
    """Where the file behind a static name is: collected, or, without hashed names, at its source."""
    collected = Path(settings.STATIC_ROOT or "") / name
    if settings.STATIC_ROOT and collected.is_file():
        return collected
    found = finders.find(name)
    if not found:
        raise EditionError(_("The static file %(name)s is missing. Run collectstatic.") % {"name": name})
    return Path(str(found))
