"""Finds the Chinese faces the printed issue is set in; none is fetched, no other is used."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext as _

from journal.edition.store import EditionError

__all__ = ["FACES", "PACKAGES", "find_fonts"]

#: File → what it is for. All are under the SIL Open Font Licence.
FACES = {
    "NotoSerifCJK-Regular.ttc": "Song, for reading",
    "NotoSerifCJK-Bold.ttc": "Song, for titles",
    "NotoSansCJK-Regular.ttc": "Hei, for running heads and captions",
    "NotoSansCJK-Bold.ttc": "Hei, for headings",
    "LXGWWenKai-Regular.ttf": "Kai, for abstracts, bylines and headings of the second rank",
}
#: What brings them on Debian and Ubuntu.
PACKAGES = ("fonts-noto-cjk", "fonts-lxgw-wenkai")
FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/lxgw-wenkai",
    "/usr/share/fonts/truetype",
    "/usr/share/fonts/noto-cjk",
    "/usr/local/share/fonts",
)


def find_fonts() -> tuple[Path, ...]:
    """The files of ``FACES`` in their order, from the folder KANWU_FONTS names or where systems keep them.

    Raises ``EditionError`` that names the packages.
    """
    own = os.environ.get("KANWU_FONTS", "")
    folders = [Path(folder) for folder in ((own,) if own else FOLDERS)]
    found = {name: next((f / name for f in folders if (f / name).is_file()), None) for name in FACES}
    missing = [name for name, path in found.items() if path is None]
    if missing:
        raise EditionError(
            _(
                "The fonts to print with are not on this machine: %(fonts)s. On Debian or Ubuntu: "
                "sudo apt install %(packages)s. Elsewhere put the files into a folder and name it in "
                "KANWU_FONTS. Nothing was written."
            )
            % {"fonts": ", ".join(missing), "packages": " ".join(PACKAGES)}
        )
    return tuple(path for path in found.values() if path)
