"""A page as JSON: what ``manage.py import_article --json`` writes."""

from __future__ import annotations

import re
from typing import Any

from .article_page.page import IssueReference, PageFacts, PageManuscript
from .json_parts import author_as_json, credited_as_json, question_as_json
from .manuscript import BlockKind, Manuscript

__all__ = ["page_as_json"]

_RUN_IN = re.compile(r"(?P<head>[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)][^。！？；]{2,40})。")


def page_as_json(page: PageManuscript) -> dict[str, Any]:
    """Return plain lists and dictionaries; body paragraphs and headings are lines of ``body_text``.

    Groups (课题组) are ``corporate`` here, as for whole issues: the file tells people from bodies only.
    ``duplicates_removed`` counts what ``duplicates`` lists; ``residue_removed`` are the words left out.
    """
    facts = {f.article: f for f in page.facts}
    removed = {s for d in page.duplicates for s in d.spans}
    residue = [b.raw.strip() for b in page.unplaced if b.raw.strip() and not set(b.spans) <= removed]
    return {
        "file": page.filename,
        "encoding": page.encoding,
        "issue": _issue(page.issue),
        "articles": [_article(m, facts.get(m.id)) for m in page.manuscripts],
        "duplicates_removed": len(page.duplicates),
        "duplicates": [{"what": d.what, "text": d.text} for d in page.duplicates],
        "residue_removed": residue,
        "questions": [question_as_json(q) for q in page.questions],
    }


def _issue(issue: IssueReference | None) -> dict[str, Any] | None:
    if issue is None:
        return None
    number = int(issue.number) if issue.number.isdigit() else issue.number
    return {"text": issue.text, "year": issue.year, "number": number}


def _article(manuscript: Manuscript, facts: PageFacts | None) -> dict[str, Any]:
    body = manuscript.body
    return {
        "id": manuscript.id,
        "title": manuscript.title or None,
        "title_repeated": facts.title_repeated if facts else 1,
        "kicker": manuscript.kicker,
        "subtitle": manuscript.subtitle,
        "section": manuscript.section,
        "page": manuscript.page,
        "authors": [author_as_json(a) for a in manuscript.authors],
        "credits": [{"role": c.role, "names": list(c.names)} for c in manuscript.credits],
        "publish_date": manuscript.publish_date,
        "publish_date_raw": facts.publish_date_raw if facts else None,
        "source": manuscript.source,
        "visits": int(facts.visits) if facts and facts.visits else None,
        "visits_raw": facts.visits_raw if facts else None,
        "abstract": manuscript.abstract,
        "keywords": list(manuscript.keywords),
        "headings": [{"level": b.level, "text": b.text} for b in body if b.kind is BlockKind.HEADING],
        "runin_headings": [m.group("head") for b in body if (m := _RUN_IN.match(b.text))],
        "captions": [c.text for c in manuscript.captions],
        "photo_credits": credited_as_json(manuscript.captions),
        "closing_notes": list(manuscript.closing_notes),
        "end_mark": manuscript.end_mark,
        "body_text": manuscript.body_text,
    }
