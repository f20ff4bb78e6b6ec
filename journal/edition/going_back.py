"""Let readers see an earlier edition again: which are kept, what each would bring back, and the way there.

An edition is a set of files, so going back is one switch. What must hold when it is done: the files are whole
by their manifest; nothing is shown again that was taken down since, nor to everybody what is for fewer
readers by now – both are decisions on record, and a switch must not undo them. That is read from the files
themselves. The record is told who went back and why.

It lasts until the next bake: a correction, a publication, ``manage.py bake`` show what the record says.

The order is that of publishing: the event in an open transaction → switch → commit. Who dies between the two
leaves readers with a whole edition the record does not tell of; going there again writes the event.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles import record
from articles.doors import fresh_person
from articles.models import Article, Event, Issue, IssueFile, Journal, ReaderComment
from articles.models.journal import Commenting, Visibility
from articles.offered_files import ENDINGS
from articles.refusals import Refused
from articles.stages import Stage
from journal.edition import store
from journal.edition.bake import adopt
from journal.edition.failpoints import reached
from journal.edition.manifest import Manifest, verify
from journal.edition.models import Edition

__all__ = ["ACTION", "Kept", "editions", "show", "would_bring_back"]

ACTION = "show_edition"
RIGHT = "articles.publish_issue"
#: Before each comment on a page, its key after it.
COMMENT = 'id="comment-'


@dataclass(frozen=True)
class Kept:
    """An edition whose files are there; ``current``: readers see it."""

    number: int
    made_at: datetime.datetime | None
    reason: str
    pages: int
    size: int
    current: bool


def editions() -> list[Kept]:
    """Newest first; three queries, and no file is read."""
    shown = store.current()
    numbers = store.numbers()
    rows = {row.number: row for row in Edition.objects.filter(number__in=numbers)}
    return [kept(number, rows.get(number), number == shown) for number in reversed(numbers)]


def kept(number: int, row: Edition | None, current: bool) -> Kept:
    if row is None:
        return Kept(number, None, "", 0, 0, current)
    return Kept(number, row.made_at, row.reason, row.pages_baked + row.pages_kept, row.size, current)


def would_bring_back(number: int) -> list[str]:
    """Sentences: what the files of this edition show that was taken down or closed since."""
    folder = store.folder(number)
    paths = set(Manifest(folder).paths())
    return [
        *broken_decisions(paths),
        *withdrawn_files(paths),
        *removed_comments(folder, paths),
        *comments_ended(folder, paths),
    ]


def broken_decisions(paths: set[str]) -> Iterator[str]:
    """A published article has a citation beside it, one that is taken down has none."""
    down = Article.objects.filter(stage=Stage.RETRACTED, issue__isnull=False).select_related("issue")
    for article in down.defer("body", "raw_body"):
        place = article.get_absolute_url().strip("/")
        if any(f"{audience}/{place}/{article.code}.bib" in paths for audience in Visibility.values):
            yield _("“%(title)s” was taken down since.") % {"title": article.title_line}
    for issue in Issue.objects.out().exclude(pk__in=Issue.objects.for_everyone()):
        # Its own pages ask the gate; but those beside them name it, for whom it was then.
        page = f"{issue.get_absolute_url().strip('/')}/index.html"
        others = set(Visibility) - {issue.effective_visibility}
        if any(f"{audience}/{page}" in paths for audience in others):
            yield _("Who may read %(issue)s was narrowed since.") % {"issue": issue}


def withdrawn_files(paths: set[str]) -> Iterator[str]:
    """Files of an issue that readers were offered then, and no file of that name now."""
    offered = {file.get_absolute_url() for file in IssueFile.objects.offered().select_related("issue")}
    for path in sorted(paths):
        address = "/" + path.partition("/")[2]
        if path.endswith(ENDINGS) and address not in offered:
            yield _("“%(file)s” was withdrawn since.") % {"file": path.rsplit("/", 1)[1]}


def removed_comments(folder: Path, paths: set[str]) -> Iterator[str]:
    """Only pages of articles that lost a comment since the edition was made are opened and read."""
    gone = ReaderComment.objects.filter(state=ReaderComment.State.REMOVED)
    made = Edition.objects.filter(number=int(folder.name)).values_list("made_at", flat=True).first()
    if made is not None:
        gone = gone.filter(moderated_at__gt=made)
    for comment in gone.select_related("article__issue").defer("article__body", "article__raw_body"):
        mark = f'{COMMENT}{comment.pk}"'
        pages = pages_of(comment.article, folder, paths)
        if any(mark in page.read_text(encoding="utf-8") for page in pages):
            yield _("A comment under “%(title)s” was removed since.") % {"title": comment.article.title_line}


def comments_ended(folder: Path, paths: set[str]) -> Iterator[str]:
    """Where the journal takes no comments (any more), no page shows one."""
    if Journal.objects.current().comments != Commenting.OFF:
        return
    commented = Article.objects.filter(reader_comments__isnull=False, issue__isnull=False).distinct()
    for article in commented.select_related("issue").defer("body", "raw_body"):
        if any(COMMENT in page.read_text(encoding="utf-8") for page in pages_of(article, folder, paths)):
            yield _("Readers' comments were switched off since.")
            return


def pages_of(article: Article, folder: Path, paths: set[str]) -> Iterator[Path]:
    """The files of its page in an edition, one at most for each audience."""
    name = f"{article.get_absolute_url().strip('/')}/index.html"
    named = (f"{audience}/{name}" for audience in Visibility.values)
    yield from (folder / path for path in named if path in paths and (folder / path).is_file())


def show(number: int, by: Any, *, reason: str, address: str | None = None) -> None:
    """Let readers see edition ``number`` for the person ``by``; ``reason`` stays in the record.

    Raises ``Refused`` (no right, no reason, a decision it would undo) or ``store.EditionError`` (not there,
    not whole); then nothing has changed.
    """
    check_person(by)
    if not reason.strip():
        raise Refused(_("Give the reason: it stays in the record."), code="missing", field="reason")
    with store.lock():
        before = store.current()
        adopt(before)
        check_edition(number, before)
        switch(number, before, by, reason.strip(), address)


def check_person(by: Any) -> None:
    if not fresh_person(by).has_perm(RIGHT):
        raise Refused(
            _("Your role does not include going back to an edition. Ask the office if it should."),
            code="no-right",
            kind="forbidden",
        )


def check_edition(number: int, shown: int | None) -> None:
    words = {"number": number}
    if number not in store.numbers():
        raise store.EditionError(_("Edition %(number)s is not kept any more.") % words)
    if number == shown and not is_unrecorded(number):
        raise Refused(_("Readers see edition %(number)s already.") % words, code="no-change", kind="conflict")
    if wrong := verify(store.folder(number)):
        raise store.EditionError(
            _("Edition %(number)s is not whole any more (%(wrong)s). Readers see what they saw before.")
            % {**words, "wrong": wrong[0]}
        )
    if found := would_bring_back(number):
        raise Refused(
            _("Edition %(number)s cannot be shown again: %(found)s Correct what is wrong instead.")
            % {**words, "found": " ".join(found)},
            code="brings-back",
            kind="conflict",
        )


def is_unrecorded(number: int) -> bool:
    """An earlier edition is on show and the record does not say so: somebody died on the way."""
    newest = Edition.objects.order_by("-number").first()
    if newest is None or newest.number == number:
        return False
    last = Event.objects.filter(action=ACTION, at__gte=newest.made_at).last()
    return last is None or last.data["edition"] != number


def switch(number: int, before: int | None, by: Any, reason: str, address: str | None) -> None:
    try:
        with transaction.atomic(durable=True):
            write_event(number, before, by, reason, address)
            reached("back-recorded")
            store.switch(number)
            reached("back-switched")
    except BaseException:
        if store.current() != before:
            store.switch(before)
        raise
    reached("back-committed")


def write_event(number: int, before: int | None, by: Any, reason: str, address: str | None) -> None:
    """It belongs to the newest issue, the one readers' pages turn on; without one, to who did it."""
    newest = Issue.objects.out().newest_first().first()
    record.write_event(
        ACTION,
        by,
        issue=newest,
        account=None if newest else by,
        note=reason,
        data={"edition": number, "before": before},
        address=address,
    )
