"""The archive of an issue set up here: the same codes, days and pictures, out as it was.

Each article is recorded as printed in another house, the issue comes out with its own time, notices are
carried over: every step through its door, in one transaction. Rows that are here already (sections, authors)
stay as they are; the journal is taken over only where there is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import press, record, workflow
from articles.carried_notices import TAKE_DOWN, listed
from articles.models import Article, Issue, Journal, MastheadLine
from articles.refusals import Refused
from journal.issue_archive import Archived, ArchivedArticle, ArchivedIssue, as_bytes

from .archived_people import Authors, sections_for, sign
from .archived_pictures import Pictures
from .checked import checked
from .issue import IMPORTED
from .refused import NotAccepted

__all__ = ["accept_archive"]

COMMAND = "import_issue"
OF_ISSUE = (
    *("year", "number", "serial_number", "publication_date"),
    *("page_count", "cover_pages", "fixed_pages", "page_kinds"),
)
TEXTS = ("kicker", "title", "subtitle", "toc_title", "abstract", "body", "source")
OF_ARTICLE = (*TEXTS, "series", "series_part", "series_status", "photo_story", "code")
LISTS = ("keywords", "closing_notes")


def accept_archive(archived: Archived, read: Callable[[str], bytes], *, by: Any = None) -> Issue:
    """Write the issue and return it; ``read(name)`` gives the bytes of a file of the archive.

    ``by`` answers for notices of corrections: only an issue without any is set up by the command itself.
    Raises ``NotAccepted`` with one sentence; then nothing is written, neither row nor file.
    """
    refuse_what_is_here(archived)
    if by is None and any(article.notices for article in archived.articles):
        raise refused(_("This issue carries notices of corrections: say who answers for them (--by USER)."))
    with one_sentence(), Pictures(read).kept_if_all_is() as pictures, transaction.atomic():
        return write(archived, pictures, by)


@contextmanager
def one_sentence() -> Iterator[None]:
    """Whatever refuses a row or a step refuses the archive."""
    try:
        yield
    except ValidationError as error:
        raise refused(" ".join(error.messages)) from error
    except Refused as error:
        raise refused(str(error)) from error
    except IntegrityError as error:
        raise refused(_("Something in this archive clashes with what is here.")) from error


def refused(why: str) -> NotAccepted:
    return NotAccepted(_("%(why)s Nothing was imported.") % {"why": why})


def refuse_what_is_here(archived: Archived) -> None:
    issue = archived.issue
    if here := Issue.objects.filter(year=issue.year, number=issue.number).first():
        raise refused(_("%(issue)s is here already.") % {"issue": here})
    if issue.serial_number and (other := Issue.objects.filter(serial_number=issue.serial_number).first()):
        raise refused(
            _("Serial number %(serial)s belongs to %(issue)s here.")
            % {"serial": issue.serial_number, "issue": other}
        )
    codes = [article.code for article in archived.articles]
    if taken := sorted(Article.objects.filter(code__in=codes).values_list("code", flat=True)):
        raise refused(_("Other articles have these codes here: %(codes)s.") % {"codes": ", ".join(taken[:5])})


def write(archived: Archived, pictures: Pictures, by: Any) -> Issue:
    if archived.journal.name and not Journal.objects.exists():
        checked(Journal(**fields_of(archived.journal, archived.journal.__slots__)), _("the journal")).save()
    sections, authors = sections_for(archived.sections), Authors(archived.authors)
    issue = write_issue(archived.issue)
    tell_the_record(issue, archived)
    pictures.keep(archived.issue.figures, issue=issue)
    for row in archived.articles:
        article = write_article(row, sections.get(row.section))
        sign(article, row.bylines, authors)
        pictures.keep(row.figures, article=article)
        place = {name: getattr(row, name) for name in ("position", "first_page", "last_page")}
        workflow.record_as_printed(article, issue, actor_name=COMMAND, **place)
    bring_out(issue, archived.issue)
    for row in archived.articles:
        carry_notices(row, by)
    return issue


def fields_of(row: Any, names: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def write_issue(row: ArchivedIssue) -> Issue:
    issue = Issue(**fields_of(row, OF_ISSUE), slogans=list(row.slogans))
    checked(issue, _("the issue"), "sort_number").save()
    for line in row.masthead:
        words = {**fields_of(line, line.__slots__), "values": list(line.values)}
        checked(MastheadLine(issue=issue, **words), _("the masthead")).save()
    return issue


def tell_the_record(issue: Issue, archived: Archived) -> None:
    """The first line of its record here: which archive, and which notices may be carried over."""
    notices = {
        article.code: listed((one.kind, one.notice, one.reason, one.at) for one in article.notices)
        for article in archived.articles
        if article.notices
    }
    digest = hashlib.sha256(as_bytes(archived)).hexdigest()
    data = {"archive": digest, "articles": len(archived.articles), "notices": notices}
    stage = issue.stage
    record.write_event(IMPORTED, None, actor_name=COMMAND, issue=issue, data=data, before=stage, after=stage)


def write_article(row: ArchivedArticle, section: Any) -> Article:
    lists = {name: list(getattr(row, name)) for name in LISTS}
    article = Article(**fields_of(row, OF_ARTICLE), **lists, section=section)
    checked(article, row.code).save()
    return article


def bring_out(issue: Issue, row: ArchivedIssue) -> None:
    """Printed elsewhere, readable by whom it was, out at its own time."""
    press.record_as_printed(issue, actor_name=COMMAND)
    if row.visibility != issue.effective_visibility:
        action = press.DECISION_FOR.get(row.visibility)
        if action is None:
            raise ValidationError(_("The archive does not say who may read the issue."))
        press.perform(action, issue, None, actor_name=COMMAND, reason=_("as decided where it came out"))
    press.perform("publish", issue, None, actor_name=COMMAND, published_at=row.published_at)


def carry_notices(row: ArchivedArticle, by: Any) -> None:
    """The take-down last: what is taken down moves no more."""
    for notice in sorted(row.notices, key=lambda one: (one.kind == TAKE_DOWN, one.at)):
        workflow.perform(
            "carry_take_down" if notice.kind == TAKE_DOWN else "carry_correction",
            Article.objects.get(code=row.code),
            by,
            notice=notice.notice,
            reason=notice.reason,
            at=notice.at,
        )
