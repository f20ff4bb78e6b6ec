"""An understood issue as plain data, in the shape editors and scorers exchange."""

from __future__ import annotations

from typing import Any

from .json_parts import author_as_json, credited_as_json, question_as_json
from .manuscript import IssueManuscript, Manuscript

__all__ = ["issue_as_json"]


def issue_as_json(issue: IssueManuscript) -> dict[str, Any]:
    """The whole issue in the shape of the ground truths that importers are scored against.

    Each article carries its text as ``body_text``: paragraphs, headings and table rows, one a line.
    """
    promised = {i for s in issue.sections for i in s.manuscripts}
    return {
        "journal": _journal(issue),
        "slogans": list(issue.slogans),
        "sections": [
            {"name": s.name or None, "articles": [_article(issue.manuscript(i)) for i in s.manuscripts]}
            for s in issue.sections
        ],
        "articles_not_in_toc": [_article(m) for m in issue.manuscripts if m.id not in promised],
        "questions": [question_as_json(q) for q in issue.questions],
        "residue": [
            {"offset": b.spans[0].start, "text": b.raw}
            for b in issue.unplaced
            if b.kind == "residue" and b.text
        ],
        "unplaced": [
            {"kind": b.kind.value, "text": b.text, "spans": [[s.start, s.end] for s in b.spans]}
            for b in issue.unplaced
        ],
        "encoding": issue.encoding,
    }


def _journal(issue: IssueManuscript) -> dict[str, Any]:
    return {
        "name": issue.name,
        "year": issue.year,
        "number": int(issue.number) if issue.number and issue.number.isdecimal() else issue.number,
        "serial_number": issue.serial_number,
        "frequency": issue.frequency,
        "masthead": [{"role": m.role, "names": list(m.names), "kind": m.kind.value} for m in issue.masthead],
        "facts": dict(issue.facts),
    }


def _article(m: Manuscript) -> dict[str, Any]:
    return {
        "id": m.id,
        "toc_title": m.toc_title,
        "toc_title_raw": m.toc_title_raw or m.toc_title,
        "toc_author": m.toc_author,
        "page": m.page,
        "last_page": m.last_page,
        "body_title": m.body_title,
        "title": m.title,
        "kicker": m.kicker,
        "subtitle": m.subtitle,
        "series_part": m.series_part,
        "series_status": m.series_status,
        "authors": [author_as_json(a) for a in m.authors],
        "credits": [{"role": c.role, "names": list(c.names)} for c in m.credits],
        "source": m.source,
        "abstract": m.abstract,
        "keywords": list(m.keywords),
        "headings": list(m.headings),
        "captions": [c.text for c in m.captions],
        "photo_credits": credited_as_json(m.captions),
        "footnotes": list(m.footnotes),
        "closing_notes": list(m.closing_notes),
        "end_mark": m.end_mark,
        "photo_story": m.photo_story,
        "body_present": "full" if m.body else "none",
        "body_spans": [[s.start, s.end] for b in m.body for s in b.spans],
        "body_text": m.body_text,
    }
