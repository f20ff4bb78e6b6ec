"""Sets pages in a process of its own, with limits: ``python -m journal.edition.formats.pdf.child FOLDER``.

The folder holds the templates, ``data.json``, the pictures and links to the fonts; ``out.pdf`` and
``landing.json`` are written into it. What Typst warns of is an error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typst

from articles.limits import limit
from journal.edition.formats.pdf.balance import Fits, settled

__all__ = ["REFUSED", "main"]

REFUSED = 3


def main(folder: Path, *standards: str) -> int:
    limit()
    try:
        make(folder, list(standards))
    except RuntimeError as error:  # TypstError is one, and what it says of packages
        sys.stdout.write(getattr(error, "diagnostic", "") or str(error))
        return REFUSED
    return 0


class Unclean(RuntimeError):
    """Typst warned of something."""


def make(folder: Path, standards: list[Any]) -> None:
    fonts = typst.Fonts(False, False, [str(folder / "fonts")])
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    articles = [article for item in data["items"] for article in item["articles"]]

    def compiler(fits: Fits) -> typst.Compiler:
        return typst.Compiler(
            str(folder / "issue.typ"),
            root=str(folder),
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"fits": json.dumps(fits)},
            package_path=str(folder / "none"),
            package_cache_path=str(folder / "none"),
        )

    def setting(fits: Fits) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(compiler(fits).query("<landing>", field="value", one=True))
        return found

    last = compiler(settled(articles, setting))
    landing = last.query("<landing>", field="value", one=True)
    _nothing, warnings = last.compile_with_warnings(
        output=str(folder / "out.pdf"), format="pdf", pdf_standards=standards, timestamp=0
    )
    if warnings:
        raise Unclean("\n".join(f"{each.message} {each.diagnostic}" for each in warnings))
    (folder / "landing.json").write_text(landing, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), *sys.argv[2:]))
