"""Reads what was delivered, file by file: parcels are opened, manuscripts become drafts, photos theirs."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles import checklist
from articles.figures import add_figure
from articles.models import Article
from articles.refusals import Refused
from journal.intake.deliveries import CoverLetter, DeliveredFile, Delivery
from journal.intake.limited import read_in_child
from journal.intake.mail import is_mail
from journal.intake.manuscript import NotAManuscript
from journal.intake.parcel import Parcel, is_parcel
from journal.intake.received import ReceivedFile
from journal.intake.stored import from_json
from journal.intake.word.recognise import kind_of

__all__ = ["take_in_next"]

State = DeliveredFile.State
OUTLOOK = re.compile(r"\.msg$", re.IGNORECASE)


def take_in_next(delivery: Delivery) -> DeliveredFile | None:
    """Read the next file of a delivery that waits, whatever comes of it; ``None`` when none waits."""
    row = delivery.claim()
    if row is None:
        return None
    with row.file.open("rb") as file:
        data = file.read()
    if row.received is not None:
        become_draft(row, row.received)
    elif row.is_picture:
        find_text(row, data)
    elif is_parcel(data, row.name):
        open_parcel(row, data)
    else:
        read_manuscript(row, data)
    return row


# -- Mails and zips


def open_parcel(row: DeliveredFile, data: bytes) -> None:
    if before := came_before(row, State.OPENED):
        day = before.delivery
        return row.settle(
            State.TWICE, _("This was taken in on %(day)s already; it was not doubled.") % {"day": day}
        )
    with tempfile.TemporaryDirectory(prefix="kanwu-parcel-") as folder:
        try:
            parcel = from_json(Parcel, read_in_child("parcel", data, row.name, folder))
        except NotAManuscript as refusal:
            return refuse(row, data, str(refusal))
        spread(row, parcel, Path(folder))
    return None


def refuse(row: DeliveredFile, data: bytes, sentence: str) -> None:
    """A mail that cannot be opened is kept; a zip that may do harm is not."""
    if is_mail(data, row.name):
        return row.settle(State.LISTED, sentence)
    row.file.delete(save=False)
    return row.settle(State.REFUSED, sentence)


@transaction.atomic
def spread(row: DeliveredFile, parcel: Parcel, folder: Path) -> None:
    """Keep every file of a parcel beside it, each waiting to be read."""
    base = f"{row.group}/{row.name}" if row.group else row.name
    letters = [
        CoverLetter.objects.create(
            delivery=row.delivery,
            sender=letter.sender,
            subject=letter.subject,
            sent_at=parse_datetime(letter.sent) if letter.sent else None,
            note=letter.note,
        )
        for letter in parcel.letters
    ]
    for piece in parcel.pieces:
        data = (folder / piece.id).read_bytes()
        row.delivery.add(
            data,
            piece.name,
            f"{base}/{piece.group}" if piece.group else base,
            letter=letters[piece.letter - 1] if piece.letter else None,
            inline=piece.inline,
        )
    row.settle(State.OPENED, "\n".join(parcel.refused), letter=letters[0] if letters else None)


def came_before(row: DeliveredFile, *states: str) -> DeliveredFile | None:
    same = DeliveredFile.objects.filter(sha256=row.sha256, state__in=states).exclude(pk=row.pk)
    return same.select_related("delivery").order_by("pk").first()


# -- Manuscripts


def read_manuscript(row: DeliveredFile, data: bytes) -> None:
    """Kept with the files contributors send, then read like them; the same bytes are not read twice."""
    before = (
        ReceivedFile.objects.filter(sha256=row.sha256, state=ReceivedFile.State.TAKEN).order_by("pk").first()
    )
    if before is not None:
        said = _("The same file came in before and is a manuscript already; it was not doubled.")
        return row.settle(State.TWICE, said, article=before.article)
    try:
        kind_of(data)
    except NotAManuscript as refusal:
        outlook = _("This is a mail saved by Outlook. Open it there and save it as .eml, or send its files.")
        return row.settle(State.LISTED, outlook if OUTLOOK.search(row.name) else str(refusal))
    try:
        with transaction.atomic():
            row.received = ReceivedFile.objects.receive(data, row.name, row.delivery.by)
            row.save(update_fields=["received"])
    except NotAManuscript as refusal:
        row.file.delete(save=False)
        return row.settle(State.REFUSED, str(refusal))
    return become_draft(row, row.received)


def become_draft(row: DeliveredFile, received: ReceivedFile) -> None:
    draft = received.take_in()
    if draft is None:
        return row.settle(State.UNREADABLE, received.problem)
    same = checklist.same_elsewhere(draft)
    found = [{"article": one.article.pk, "words": str(one)} for one in same]
    return row.settle(State.TAKEN, article=draft, found=found)


# -- Pictures


def find_text(row: DeliveredFile, data: bytes) -> None:
    """A photo belongs to the manuscript beside it when exactly one lies there; else the office says whose."""
    if row.inline:
        return row.settle(State.LISTED, _("This picture stands in the words of the mail."))
    texts = (State.TAKEN, State.TWICE, State.UNREADABLE, State.REFUSED)
    beside = list(row.delivery.files.filter(group=row.group, is_picture=False, state__in=texts)[:2])
    if not beside:
        return row.settle(State.LISTED, _("No manuscript lay beside this picture."))
    if len(beside) > 1 or beside[0].state != State.TAKEN or beside[0].article is None:
        return row.settle(
            State.LISTED,
            _("It is not certain whose picture this is: add it to the manuscript it belongs to."),
        )
    return add_picture(row, data, beside[0].article)


def add_picture(row: DeliveredFile, data: bytes, article: Article) -> None:
    added = DeliveredFile.objects.filter(sha256=row.sha256, state=State.ADDED, article=article)
    if added.exists():
        return row.settle(State.TWICE, _("The manuscript has this picture already."))
    try:
        with transaction.atomic():
            add_figure(article, data, row.name, row.delivery.by)
            row.settle(State.ADDED, article=article)
    except (ValidationError, Refused) as error:
        sentence = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        row.settle(State.LISTED, sentence, article=None)
    return None
