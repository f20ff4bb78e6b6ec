"""The articles of one page (saved from the web, or of a newspaper) as drafts that stand in no issue yet."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import record
from articles.models import Article, Event
from journal.intake.manuscript import Manuscript
from journal.intake.stored import fingerprint

from .issue import IMPORTED
from .refused import NotAccepted
from .texts import save_article

__all__ = ["Page", "accept_page"]

COMMAND = "import_article"


class Page(Protocol):
    """What is needed of a page as understood; the parser's own class has more."""

    @property
    def manuscripts(self) -> tuple[Manuscript, ...]: ...


@transaction.atomic
def accept_page(page: Page, *, by: Any = None) -> list[Article]:
    """Write each article of the page as a draft; the same page again returns the drafts it made before.

    Raises ``NotAccepted`` with one sentence, nothing written, when an article has no title or the page none.
    """
    if not page.manuscripts:
        raise NotAccepted(
            _("No article was found in this file; nothing was written. Send the text of the article itself.")
        )
    drafts = []
    for manuscript in page.manuscripts:
        mark = fingerprint(manuscript)
        article = _written_before(mark) or _write(manuscript, mark, by)
        drafts.append(article)
    return drafts


def _written_before(mark: str) -> Article | None:
    events = Event.objects.filter(action=IMPORTED, article__isnull=False, data__fingerprint=mark)
    event = events.select_related("article").order_by("pk").first()
    return event.article if event else None


def _write(manuscript: Manuscript, mark: str, by: Any) -> Article:
    year = (manuscript.publish_date or "")[:4]
    prefix = year if year.isdigit() else str(timezone.localdate().year)
    article, __ = save_article(manuscript, None, prefix, by)
    record.write_event(
        IMPORTED,
        by,
        actor_name="" if by else COMMAND,
        article=article,
        before=article.stage,
        after=article.stage,
        data={"fingerprint": mark},
    )
    return article
