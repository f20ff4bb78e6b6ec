"""``manage.py take_in FILE_OR_FOLDER…``: what the desk's page does, for a folder on the server."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from journal.intake.deliveries import is_picture
from journal.intake.limited import read_in_child
from journal.intake.manuscript import NotAManuscript
from journal.intake.parcel import DEBRIS, Parcel, is_parcel
from journal.intake.stored import from_json
from journal.intake.word.understood import WordManuscript

__all__ = ["Command"]

REFUSED = 2
MOST_BYTES = 100 * 1024 * 1024


class Command(BaseCommand):
    help = _("Take in manuscripts: Word files, mails with attachments, zips, whole folders.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", metavar="FILE_OR_FOLDER", nargs="+")
        parser.add_argument("--by", metavar="USER", help=_("account of the person who takes them in"))
        parser.add_argument("--dry-run", action="store_true", help=_("Read only; keep nothing."))

    def handle(self, *args: Any, paths: list[str], by: str | None, dry_run: bool, **options: Any) -> None:
        files = list(found(paths))
        if dry_run:
            for path, data in files:
                self.tell_unread(path, data)
            return
        self.keep_and_read(files, registrar(by))

    def keep_and_read(self, files: list[tuple[str, bytes]], person: Any) -> None:
        from journal.intake.accept.delivery import take_in_next
        from journal.intake.models import Delivery

        delivery = Delivery.objects.receive(files, person)
        while (row := take_in_next(delivery)) is not None:
            name = f"{row.group}/{row.name}" if row.group else row.name
            self.stdout.write(f"{name}: {row.get_state_display()} {row.article or ''} {row.said}".rstrip())
            for same in row.found:
                self.stdout.write("  " + _("Same title or text: %(words)s") % {"words": same["words"]})

    def tell_unread(self, path: str, data: bytes) -> None:
        """Show what would be understood, parcels opened, nothing kept."""
        with tempfile.TemporaryDirectory(prefix="kanwu-take-in-") as folder:
            try:
                if is_picture(data):
                    self.stdout.write(path + ": " + _("a picture"))
                elif is_parcel(data, path):
                    parcel = from_json(Parcel, read_in_child("parcel", data, path, folder))
                    self.tell_parcel(path, parcel, Path(folder))
                else:
                    word = from_json(WordManuscript, read_in_child("word", data, path, folder))
                    names = "、".join(author.name for author in word.manuscript.authors)
                    self.stdout.write(f"{path}: {word.manuscript.title} {names}".rstrip())
            except NotAManuscript as refusal:
                self.stdout.write(f"{path}: {refusal}")

    def tell_parcel(self, path: str, parcel: Parcel, folder: Path) -> None:
        for letter in parcel.letters:
            self.stdout.write(f"{path}: {letter.sender} {letter.sent[:10]} {letter.subject}")
        for sentence in parcel.refused:
            self.stdout.write(f"{path}: {sentence}")
        for piece in parcel.pieces:
            self.tell_unread(f"{path}/{piece.name}", (folder / piece.id).read_bytes())


def registrar(name: str | None) -> Any:
    """The account that takes in; raises ``CommandError`` for one that may not."""
    people = get_user_model()._default_manager
    person = people.filter(username=name).first() if name else None
    if person is None or not person.is_active or not person.has_perm("articles.register_article"):
        raise CommandError(
            _("Name with --by an account that may register manuscripts. Nothing was taken in."),
            returncode=REFUSED,
        )
    return person


def found(paths: list[str]) -> Iterator[tuple[str, bytes]]:
    """Every file below these paths with its place in the folder; raises ``CommandError``."""
    for given in map(Path, paths):
        inside = sorted(p for p in given.rglob("*") if p.is_file()) if given.is_dir() else [given]
        for path in inside:
            name = str(path.relative_to(given.parent)) if given.is_dir() else path.name
            if not DEBRIS.search(name):
                yield name, content(path)


def content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        message = _("The file %(file)s cannot be opened: %(reason)s. Nothing was taken in.")
        raise CommandError(message % {"file": path, "reason": error.strerror}, returncode=REFUSED) from error
    if len(data) > MOST_BYTES:
        message = _("The file %(file)s is larger than 100 MB. Nothing was taken in.")
        raise CommandError(message % {"file": path}, returncode=REFUSED)
    return data
