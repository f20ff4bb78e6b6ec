"""Finds the Chinese faces the printed issue is set in; none is fetched, no other is used."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext as _

from journal.edition.store import EditionError

__all__ = ["FACES", "PACKAGES", "find_fonts", "missing_fonts"]

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
    found = {name: path_of(name) for name in FACES}
    if lost := missing_fonts():
        raise EditionError(
            _(
                "The fonts to print with are not on this machine: %(fonts)s. On Debian or Ubuntu: "
                "sudo apt install %(packages)s. Elsewhere put the files into a folder and name it in "
                "KANWU_FONTS. Nothing was written."
            )
            % {"fonts": ", ".join(lost), "packages": " ".join(PACKAGES)}
        )
    return tuple(path for path in found.values() if path)


def missing_fonts() -> list[str]:
    return [name for name in FACES if path_of(name) is None]


def path_of(name: str) -> Path | None:
    own = os.environ.get("KANWU_FONTS", "")
    folders = [Path(folder) for folder in ((own,) if own else FOLDERS)]
    return next((folder / name for folder in folders if (folder / name).is_file()), None)
