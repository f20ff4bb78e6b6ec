"""Decodes what was sent in a child process with limits: a picture that unfolds stops the child, not the desk.

The bytes go through a pipe and the derivative comes back. The child gives itself 1 GB of address space and
20 s of processor time before it reads a byte; the parent waits 60 s.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.limits import CLOCK_SECONDS, limit
from articles.pictures import MAX_BYTES, derive

__all__ = ["derive_in_child"]

ROOT = Path(__file__).resolve().parent.parent
REFUSED = 3


def derive_in_child(data: bytes) -> ContentFile[bytes]:
    """``pictures.derive(data)`` under limits; the name says the format. Raises ``ValidationError``."""
    if len(data) > MAX_BYTES:
        raise ValidationError(_("This picture is larger than 40 MB. Save it smaller, then send it again."))
    command = [sys.executable, "-m", "articles.pictures_in_child", get_language() or ""]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            input=data,
            capture_output=True,
            timeout=CLOCK_SECONDS,
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": str(settings.SETTINGS_MODULE)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ValidationError(too_much()) from None
    if child.returncode == REFUSED:
        raise ValidationError(child.stdout.decode())
    if child.returncode != 0:
        raise ValidationError(too_much())
    name, _newline, derived = child.stdout.partition(b"\n")
    return ContentFile(derived, name.decode())


def too_much() -> str:
    return _(
        "Decoding this picture took more memory or time than a picture may need, so it was stopped; "
        "nothing was stored. Save it smaller or as JPEG, then send it again."
    )


def main(language: str) -> int:
    """The child: limits first, then the decoder; only a refusal needs Django's translations."""
    limit()
    try:
        derived = derive(sys.stdin.buffer.read())
    except ValidationError as refusal:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
        import django
        from django.utils import translation

        django.setup()
        translation.activate(language or "zh-hans")
        sys.stdout.buffer.write(" ".join(refusal.messages).encode())
        return REFUSED
    sys.stdout.buffer.write(str(derived.name).encode() + b"\n" + derived.read())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
