"""An issue: a zip with an article a file, its pictures beside it, and a list of what is in it.

JATS describes articles; no element of it is an issue, and its users exchange issues as parcels of files with
lists of their own. Ours is ``manifest.json``: what JATS has no place for, the contents page in order, and the
SHA-256 of every file.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, BinaryIO

from journal.edition.formats.packed import changed, pack
from journal.edition.formats.text import IssueText

__all__ = ["manifest", "write_parcel"]

MANIFEST = "manifest.json"


def manifest(issue: IssueText, files: dict[str, bytes]) -> bytes:
    """The list, UTF-8, the same for the same issue."""
    journal, cover = issue.journal, issue.cover
    told: dict[str, Any] = {
        "journal": {"name": journal.name, "issn": journal.issn, "cn_number": journal.cn_number},
        "year": issue.year,
        "number": issue.number,
        "serial_number": issue.serial_number,
        "label": issue.label,
        "address": issue.address,
        "publication_date": issue.publication_date and issue.publication_date.isoformat(),
        "pages": issue.page_count,
        "fixed_pages": {str(page): words for page, words in sorted(issue.fixed_pages.items())},
        "slogans": issue.slogans,
        "masthead": [{"label": line.label, "values": line.values} for line in issue.masthead],
        "cover": cover and cover.file.name,
        "contents": [
            {"section": group.section, "articles": [article.code for article in group.articles]}
            for group in issue.groups
        ],
        "photo_stories": [story.code for story in issue.photo_stories],
        "articles": [f"{article.code}.xml" for article in issue.articles],
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def write_parcel(issue: IssueText, files: dict[str, bytes], out: BinaryIO) -> None:
    parts = [(MANIFEST, manifest(issue, files)), *sorted(files.items())]
    pack(out, parts, changed(issue, *issue.articles))
