"""What stands in the places of a template for one manuscript, one event and one person."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.models import Article, Event, Journal
from articles.stages import Stage
from journal.notices.kinds import SHOWS_OPINION, Audience

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["chinese_day", "values_of"]

UNNUMBERED = "未编号"


def chinese_day(day: datetime.date | None) -> str:
    """``2026年12月1日``: notices are written in the journal's language, whoever reads the desk in which."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def values_of(
    article: Article, event: Event | None, kind: str, audience: str, recipient: Any, journal: Journal
) -> Mapping[str, str]:
    """A value for every placeholder. ``opinion`` is that of the event itself, and of a decision only:
    what reviewers of other levels signed is never looked at. No ``recipient``: the authors are meant."""
    note = event.note if event is not None else ""
    data = event.data if event is not None else {}
    decided = kind in SHOWS_OPINION
    authors = "、".join(byline.name for byline in article.bylines.all())
    return {
        "journal": journal.name,
        "person": recipient.get_full_name() if recipient is not None else authors,
        "number": article.manuscript_number or UNNUMBERED,
        "title": article.title_line,
        "author": authors,
        "issue": article.issue.label if article.issue is not None else "",
        "stage": str(Stage(article.stage).label),
        "due_on": due_day(data, article),
        "opinion": note if decided else "",
        "reason": "" if decided else note,
        "notice": str(data.get("notice", "")),
        "reviewer": event.actor_name if event is not None else "",
        "today": chinese_day(timezone.localdate()),
        "link": settings.SITE_URL + page_for(article, audience),
        "office_telephone": journal.telephone,
        "office_address": journal.submission_address,
    }


def due_day(data: dict[str, Any], article: Article) -> str:
    """The day the event set, else the one in force."""
    try:
        return chinese_day(datetime.date.fromisoformat(str(data["due_on"])))
    except (KeyError, ValueError):
        return chinese_day(article.due_on)


def page_for(article: Article, audience: str) -> str:
    """Where the reader of the notice goes on: the desk, the printed article, the portal."""
    if audience != Audience.AUTHOR and article.stage == Stage.UNIT_CHECK:
        return reverse("portal:unit", args=[article.pk])
    if audience != Audience.AUTHOR:
        return reverse("admin:articles_article_change", args=[article.pk])
    if article.stage == Stage.PUBLISHED:
        return article.get_absolute_url()
    try:
        return reverse("portal:manuscript", args=[article.pk])
    except NoReverseMatch:  # the portal has not opened yet
        return "/"
