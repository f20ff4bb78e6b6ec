"""A Word file as JSON: what ``manage.py read_manuscript --json`` writes."""

from __future__ import annotations

from typing import Any

from .manuscript import Author, BlockKind
from .word.understood import WordManuscript

__all__ = ["word_as_json"]

_TEXT = {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM}


def word_as_json(word: WordManuscript) -> dict[str, Any]:
    """Plain lists and dictionaries; ``body_text`` has a paragraph or heading a line, tables stand apart.

    ``captions`` say what the pictures show, ``photo_credits`` who took or lent them.
    """
    manuscript = word.manuscript
    return {
        "file": word.filename,
        "title": manuscript.title or None,
        "kicker": manuscript.kicker,
        "subtitle": manuscript.subtitle,
        "section": word.section or None,
        "authors": [_author(author) for author in manuscript.authors],
        "credits": [{"role": c.role, "names": list(c.names)} for c in manuscript.credits],
        "affiliations": list(word.affiliations),
        "abstract": manuscript.abstract,
        "keywords": list(manuscript.keywords),
        "headings": list(manuscript.headings),
        "body_text": "\n".join(b.text for b in manuscript.blocks if b.kind in _TEXT),
        "captions": [p.caption for p in word.pictures if p.caption],
        "photo_credits": [
            {"caption": p.caption, "photographer": p.photographer, "role": p.credit}
            for p in word.pictures
            if p.photographer
        ],
        "images": len(word.pictures),
        "tables": [{"caption": t.caption or None, "rows": [list(r) for r in t.rows]} for t in word.tables],
        "footnotes": list(manuscript.footnotes),
        "source": manuscript.source,
        "closing_notes": list(manuscript.closing_notes),
        "phone": list(word.telephones),
        "email": word.emails[0] if word.emails else None,
        "private": list(word.private),
        "not_taken": list(word.not_taken),
        "warnings": [remark.sentence for remark in word.warnings],
    }


def _author(author: Author) -> dict[str, Any]:
    return {
        "name": author.name,
        "kind": author.kind.value,
        "affiliation": author.affiliation,
        "position": author.post,
        "role": author.role,
    }
