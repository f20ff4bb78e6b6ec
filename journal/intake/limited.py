"""Reads what was sent in a child process with limits: a monster stops the child, never the desk.

The parent passes the bytes through a pipe and gets JSON back. Limits: 1 GB of address space and 20 s of
processor time (the child sets them on itself before it reads a byte), 60 s by the clock.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.limits import CLOCK_SECONDS, limit

from .manuscript import NotAManuscript

__all__ = ["read_in_child"]

ROOT = Path(__file__).resolve().parent.parent.parent
REFUSED = 3


def read_in_child(kind: str, data: bytes, filename: str = "", folder: str = "") -> dict[str, Any]:
    """The JSON form (``stored.to_json``) of what the ``kind`` of reader understood.

    ``kind`` is a key of ``readers.READERS``, or ``word``, which puts the file's pictures into ``folder``.
    Old formats of Word go through LibreOffice first, which has limits of its own.
    Raises ``NotAManuscript`` with the reader's own sentence, or with one that says the limits were passed.
    """
    if kind == "word":
        from .word.office import modern

        data = modern(data)
    command = [sys.executable, "-m", "journal.intake.limited", kind, get_language() or "", filename, folder]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=data, capture_output=True, timeout=CLOCK_SECONDS, cwd=ROOT, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotAManuscript(_too_much()) from None
    if child.returncode == REFUSED:
        raise NotAManuscript(child.stdout.decode("utf-8", "replace"))
    if child.returncode != 0:
        raise NotAManuscript(_too_much())
    understood: dict[str, Any] = json.loads(child.stdout)
    return understood


def _too_much() -> str:
    return _(
        "Reading this file took more memory or time than a text may need, so it was stopped; "
        "nothing was written. Send the text alone, or in parts."
    )


def _speak(language: str) -> None:
    """As much of Django as sentences need: parsers know no table, and loading all costs a second."""
    import django
    from django.conf import settings
    from django.utils import translation

    settings.configure(
        USE_I18N=True, LANGUAGE_CODE=language, LOCALE_PATHS=[ROOT / "locale"], INSTALLED_APPS=[]
    )
    django.setup()
    translation.activate(language)


def _reader(kind: str, folder: str) -> Callable[[bytes, str], Any]:
    """The Word reader alone is loaded for Word files."""
    if kind == "word":
        from .word.read import reader_into

        return reader_into(Path(folder))
    from .readers import reader_for

    return reader_for(kind, folder)


def main(kind: str, language: str, filename: str, folder: str) -> int:
    """The child: limits first, then the reader; what was understood goes to standard output."""
    limit()
    _speak(language or "zh-hans")
    from .stored import to_json

    try:
        understood = _reader(kind, folder)(sys.stdin.buffer.read(), filename)
    except NotAManuscript as refusal:
        sys.stdout.buffer.write(str(refusal).encode())
        return REFUSED
    text = json.dumps(to_json(understood), ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:5]))
