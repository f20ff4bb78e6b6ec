"""The files made of an issue: asked for, made, kept or refused. The only writer of ``IssueFile``.

The house makes a file in a process of its own (``journal.edition.making``) and tells here how far it is. What
readers are offered is decided through ``press`` (``articles.offered_files``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.file_fingerprints import Fingerprints
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Article, Issue, IssueFile

__all__ = ["MOST_AT_ONCE", "Landing", "ask", "begin", "break_off", "keep", "landing_of", "refuse", "tell"]

#: How many files may wait for their turn in the whole house: each is a process.
MOST_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a setting put the articles: key → first and last page; ``pages`` in all."""

    articles: dict[int, tuple[int, int]]
    pages: int

    def as_data(self) -> dict[str, Any]:
        placed = {str(key): list(pages) for key, pages in self.articles.items()}
        return {"articles": placed, "pages": self.pages}


def ask(issue: Issue, format: str, by: Any, *, article: Article | None = None) -> IssueFile:
    """A new making; ``Refused`` while the same file is being made, or too many are."""
    from articles.models import IssueFile

    if article is not None and article.issue_id != issue.pk:
        raise Refused(_("This article does not stand in this issue."), code="other-issue", field="article")
    if IssueFile.objects.in_making().count() >= MOST_AT_ONCE:
        raise Refused(
            _("%(count)s files are being made already. Wait until one of them is done, then ask again.")
            % {"count": MOST_AT_ONCE},
            code="busy",
            kind="conflict",
        )
    try:
        with transaction.atomic():
            return IssueFile.objects.create(issue=issue, article=article, format=format, made_by=by)
    except IntegrityError:
        raise Refused(
            _("This file is being made already: it stands here when it is done."),
            code="in-making",
            kind="conflict",
        ) from None


def begin(file: IssueFile) -> None:
    """Its turn has come. What it is made from is read after this."""
    key = file.article_id
    file.state, file.fingerprint = file.State.RUNNING, Fingerprints(file.issue).of(key)
    file.save(update_fields=["state", "fingerprint"])


def tell(file: IssueFile, sentence: str) -> None:
    """The step that is being taken, for who waits."""
    file.sentence = sentence
    file.save(update_fields=["sentence"])


def keep(file: IssueFile, made: Path, landing: Landing | None = None) -> None:
    """Store the file that was made, under its name; the makings before it go, but for the one on offer."""
    with made.open("rb") as data:
        file.sha256 = hashlib.file_digest(data, "sha256").hexdigest()
        data.seek(0)
        file.file.save(made.name, File(data), save=False)
    file.state, file.sentence, file.made_at = file.State.MADE, "", timezone.now()
    file.name, file.size = made.name, made.stat().st_size
    file.landing = landing.as_data() if landing else {}
    try:
        with transaction.atomic():
            file.save()
            clear(file)
    except BaseException:
        file.file.storage.delete(str(file.file.name))
        raise


def refuse(file: IssueFile, sentence: str) -> None:
    """It cannot be made; the sentence says why and what to do. What was made before stays."""
    file.state, file.sentence = file.State.REFUSED, sentence
    with transaction.atomic():
        file.save(update_fields=["state", "sentence"])
        clear(file)


def break_off(file: IssueFile) -> None:
    """Whoever was making it is gone; nothing happens if it was done at the last moment."""
    sentence = _("Making it broke off. Nothing was lost: make it again.")
    unfinished = type(file).objects.in_making().filter(pk=file.pk)
    unfinished.update(state=file.State.REFUSED, sentence=sentence)


def clear(file: IssueFile) -> None:
    """Of one file two rows stay besides those on offer: the newest that was made, the newest attempt."""
    rows = type(file).objects.filter(issue=file.issue_id, article=file.article_id, format=file.format)
    newest = rows.made().newest_first().first()
    loose = rows.filter(pk__lt=file.pk, offered_at__isnull=True)
    for old in loose:
        # By the condition once more: somebody may be offering it at this moment.
        if old != newest and loose.filter(pk=old.pk).delete()[0] and old.file:
            transaction.on_commit(Discard(old.file.storage, str(old.file.name)))


@dataclass(frozen=True, slots=True)
class Discard:
    """Take a stored file away, once nothing names it any more."""

    storage: Any
    name: str

    def __call__(self) -> None:
        self.storage.delete(self.name)


def landing_of(issue: Issue, articles: Collection[Article]) -> IssueFile | None:
    """The newest making that says where the ``articles`` of the issue land; one query.

    ``None`` once a text was saved, came, left or took another turn since: pages say nothing of it then.
    """
    said = issue.files.made().filter(article=None).exclude(landing={}).newest_first()
    newest = said.first()
    if newest is None:
        return None
    placed = sorted((article for article in articles if article.first_page), key=turn_of)
    set_in_turn = sorted(newest.pages, key=lambda key: newest.pages[key])
    unchanged = all(article.updated_at <= newest.asked_at for article in articles)
    return newest if unchanged and [article.pk for article in placed] == set_in_turn else None


def turn_of(article: Article) -> tuple[int, int]:
    return article.first_page or 0, article.position or 0
