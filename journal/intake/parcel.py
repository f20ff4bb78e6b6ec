"""What arrived in one piece and holds several: a mail, a zip, either in the other; taken apart, not read.

Free of the database; run in the limited child, which puts each file into a folder under its id.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from .mail import Mail, is_mail, parse
from .manuscript import NotAManuscript
from .word.precheck import check_directory

__all__ = ["Letter", "Parcel", "Piece", "is_parcel", "read_parcel"]

MOST_PIECES = 300
MOST_TOGETHER = 200 * 1024 * 1024
DEEPEST = 3
#: What computers leave in folders and nobody sent.
DEBRIS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.IGNORECASE)
OFFICE = re.compile(r"^(\[Content_Types\]\.xml|mimetype|word/|xl/|ppt/|content\.xml)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: its bytes stand under ``id``. ``group`` names what it lay in: a mail, a folder of a zip.

    ``letter`` is the number of the mail it hung on (from 1; 0: none), ``inline`` that it stands in its words.
    """

    id: str
    name: str
    group: str = ""
    letter: int = 0
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """The covering words of a mail; ``sent`` is ISO 8601 or empty."""

    sender: str
    subject: str
    sent: str
    note: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """``refused`` says, a sentence each, what was not taken out."""

    pieces: tuple[Piece, ...] = ()
    letters: tuple[Letter, ...] = ()
    refused: tuple[str, ...] = ()


def is_parcel(data: bytes, name: str) -> bool:
    """Whether this holds other files, rather than being a document (which may be a zip, too)."""
    if not data.startswith(b"PK"):
        return is_mail(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not any(OFFICE.match(entry) for entry in archive.namelist())
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError):
        return name.lower().endswith(".zip")


def read_parcel(data: bytes, filename: str, keep: Callable[[str, bytes], object]) -> Parcel:
    """Take a mail or a zip apart; ``keep(id, bytes)`` is given each file.

    Raises ``NotAManuscript`` for what was made to harm or is too large; then nothing of it is to be used.
    """
    unpacker = Unpacker(keep)
    unpacker.open(data, filename, "", 0, 0)
    return unpacker.parcel


class Unpacker:
    def __init__(self, keep: Callable[[str, bytes], object]) -> None:
        self.keep, self.parcel, self.together = keep, Parcel(), 0

    def open(self, data: bytes, name: str, group: str, letter: int, depth: int) -> None:
        if is_mail(data, name):
            self.open_mail(parse(data), group, depth)
        else:
            self.open_zip(data, group, letter, depth)

    def open_mail(self, mail: Mail, group: str, depth: int) -> None:
        letter = Letter(mail.sender, mail.subject, mail.sent, mail.note)
        refused = self.parcel.refused + mail.refused
        self.parcel = replace(self.parcel, letters=(*self.parcel.letters, letter), refused=refused)
        number = len(self.parcel.letters)
        here = joined(group, mail.subject or _("mail %(number)d") % {"number": number})
        for one in mail.attachments:
            self.add(one.data, one.name, here, number, depth, inline=one.inline)
        for inner in mail.forwarded:
            self.open_mail(inner, here, depth)

    def open_zip(self, data: bytes, group: str, letter: int, depth: int) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = [e for e in archive.infolist() if not e.is_dir()]
                check(entries, len(data))
                for entry in entries:
                    path = name_in_zip(entry)
                    if not DEBRIS.search(path):
                        folder, _slash, name = path.rpartition("/")
                        self.add(archive.read(entry), name, joined(group, folder), letter, depth)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as why:
            raise harmful() from why

    def add(
        self, data: bytes, name: str, group: str, letter: int, depth: int, *, inline: bool = False
    ) -> None:
        if is_parcel(data, name):
            if depth < DEEPEST:
                return self.open_inner(data, name, joined(group, name), letter, depth + 1)
            self.refuse(name, _("There are too many parcels in one another. Send this one apart."))
        self.together += len(data)
        if len(self.parcel.pieces) >= MOST_PIECES or self.together > MOST_TOGETHER:
            raise NotAManuscript(
                _("More than 300 files or 200 MB are in this. Send it in several parts; nothing was opened.")
            )
        id = f"p{len(self.parcel.pieces) + 1}"
        self.keep(id, data)
        piece = Piece(id, name, group, letter, inline)
        self.parcel = replace(self.parcel, pieces=(*self.parcel.pieces, piece))
        return None

    def open_inner(self, data: bytes, name: str, group: str, letter: int, depth: int) -> None:
        """A zip inside that cannot be opened does not spoil the rest."""
        before, together = self.parcel, self.together
        try:
            self.open(data, name, group, letter, depth)
        except NotAManuscript as refusal:
            self.parcel, self.together = before, together
            self.refuse(name, str(refusal))

    def refuse(self, name: str, sentence: str) -> None:
        said = _("%(name)s: %(why)s") % {"name": name, "why": sentence}
        self.parcel = replace(self.parcel, refused=(*self.parcel.refused, said))


def check(entries: list[zipfile.ZipInfo], size: int) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotAManuscript(
            _("This zip is protected by a password. Unpack it on your computer, then send the folder.")
        )
    try:
        check_directory(entries, size)
    except NotAManuscript as refusal:
        raise harmful() from refusal


def harmful() -> NotAManuscript:
    return NotAManuscript(
        _(
            "This zip is damaged, too large, or not built as zips are: nothing in it was opened. Unpack it "
            "on your computer, then send the folder."
        )
    )


def name_in_zip(entry: zipfile.ZipInfo) -> str:
    """The path of an entry; without its flag for UTF-8 Chinese Windows means GBK."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
            name = raw.decode("utf-8") if is_utf8(raw) else raw.decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            pass  # it was no cp437 after all: the name stays as the library read it
    name = "".join(sign for sign in name.replace("\\", "/") if sign.isprintable())
    return name.strip("/")


def is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def joined(group: str, more: str) -> str:
    return "/".join(part for part in (group, more) if part)[:400]
