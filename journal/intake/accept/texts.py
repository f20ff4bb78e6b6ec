"""One manuscript to the fields of one article; what is too long for a field is kept as a closing note."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.utils.translation import gettext as _

from articles import record
from articles.codes import code_for, free_code
from articles.models import Article, Revision
from articles.richtext import clean_html
from journal.intake.manuscript import Manuscript

from .body import body_html
from .people import left_over_credits, write_bylines
from .refused import NotAccepted

__all__ = ["fields_of", "save_article", "title_of"]

LIMITS = {
    "kicker": 200,
    "title": 300,
    "subtitle": 300,
    "toc_title": 300,
    "source": 200,
    "series": 100,
    "series_part": 10,
    "series_status": 10,
}
CODE_LONGEST = 40
_PART_MARK = re.compile(r"\s*[（(【\[]?\s*[上中下一二三四五六七八九十续完之]{1,3}\s*[）)】\]]\s*$")


def title_of(manuscript: Manuscript) -> str:
    """The title to give, from the page or from the contents; raises ``NotAccepted`` when there is none."""
    for title in (manuscript.title, manuscript.body_title, manuscript.toc_title):
        if title and title.strip():
            return title.strip()
    raise NotAccepted(
        _("Article %(id)s has no title yet. Give it one, then accept again.") % {"id": manuscript.id}
    )


def fields_of(manuscript: Manuscript) -> dict[str, Any]:
    """Every text field of the article, cut to what the columns hold; nothing that was cut is lost."""
    title = title_of(manuscript)
    toc_title = (manuscript.toc_title or "").strip()
    fields: dict[str, Any] = {
        "kicker": manuscript.kicker or "",
        "title": title,
        "subtitle": manuscript.subtitle or "",
        "toc_title": toc_title if toc_title != " ".join(title.split("\n")) else "",
        "source": _source(manuscript),
        "series": _PART_MARK.sub("", title) if manuscript.series_part else "",
        "series_part": manuscript.series_part or "",
        "series_status": manuscript.series_status or "",
    }
    notes = [*manuscript.closing_notes, *left_over_credits(manuscript)]
    for name, limit in LIMITS.items():
        if len(fields[name]) > limit:
            notes.append(fields[name])
            fields[name] = fields[name][: limit - 1] + "…"
    fields["closing_notes"] = [note.strip() for note in notes if note.strip()]
    fields["abstract"] = manuscript.abstract or ""
    fields["keywords"] = list(manuscript.keywords)
    fields["photo_story"] = manuscript.photo_story
    fields["body"] = clean_html(body_html(manuscript))
    return fields


def _source(manuscript: Manuscript) -> str:
    """The printed source; the day a page gives for it stands behind it."""
    day = _day(manuscript.publish_date)
    return "，".join(part for part in (manuscript.source or "", day) if part)


def _day(text: str | None) -> str:
    if not text:
        return ""
    try:
        day = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def save_article(
    manuscript: Manuscript, article: Article | None, prefix: str, by: Any, **place: Any
) -> tuple[Article, bool]:
    """Write one draft and its bylines; returns it and whether anything changed.

    ``prefix`` opens the permanent code of a new article (``2024-07``); ``place`` is issue, section, position
    and pages. A text somebody changed since the last version is kept as a version before it is renewed.
    """
    fields = {**fields_of(manuscript), **place}
    if article is None:
        article = Article(code=_code(prefix, fields["title"]), submitter=None, **fields)
        article.save()
        write_bylines(article, manuscript)
        record.make_revision(article, Revision.Reason.IMPORTED, by)
        return article, True
    moved = {name: value for name, value in fields.items() if getattr(article, name) != value}
    if moved:
        _renew(article, moved, by)
    named = write_bylines(article, manuscript, by)
    return article, bool(moved) or named


def _renew(article: Article, moved: dict[str, Any], by: Any) -> None:
    before = article.text_hash
    newest = article.revisions.order_by("-number").first()
    if newest is None or newest.text_hash != before:
        record.make_revision(article, Revision.Reason.SAVED, by)
    for name, value in moved.items():
        setattr(article, name, value)
    article.save()
    if article.text_hash != before:
        record.make_revision(article, Revision.Reason.IMPORTED, by)


def _code(prefix: str, title: str) -> str:
    words = code_for(title, CODE_LONGEST - len(prefix) - 1)
    base = "-".join(part for part in (prefix, words) if part) or "article"
    return free_code(base, lambda code: Article.objects.filter(code=code).exists())
