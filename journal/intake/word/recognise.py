"""What a file really is, by its first bytes and its insides: names lie, WPS and mail programs rename."""

from __future__ import annotations

import enum
import io
import re
import zipfile

from . import refusals

__all__ = ["Kind", "kind_of", "refuse_what_is_no_text"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
LOOKED_AT = 4096


class Kind(enum.StrEnum):
    DOCX = "docx"
    FLAT = "flat"  # a whole package in one XML file (Flat OPC)
    WORD_2003 = "word-2003"  # WordprocessingML of Office 2003
    DOC = "doc"  # the old binary format, of Word or WPS
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    MHTML = "mhtml"
    TEXT = "text"


def kind_of(data: bytes) -> Kind:
    """The kind of a readable file. Raises ``NotAManuscript`` with a sentence for every other."""
    if not data.strip(b"\0 \r\n\t"):
        raise refusals.empty()
    if data.startswith(OLE):
        return ole_kind(data)
    if data.startswith(b"PK"):
        return zip_kind(data)
    refuse_what_is_no_text(data)
    return text_kind(data)


def ole_kind(data: bytes) -> Kind:
    """Old Word, or a newer file behind a password: both are compound files with named streams."""
    if stream("EncryptedPackage") in data or stream("EncryptionInfo") in data:
        raise refusals.encrypted()
    if stream("WordDocument") in data:
        return Kind.DOC
    raise refusals.no_text_document()


def stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.read("mimetype")[:60].endswith(b"opendocument.text"):
                return Kind.ODT
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise refusals.damaged() from error
    if "[Content_Types].xml" in names and any(re.match(r"(word|xl|ppt)/", name) for name in names):
        if not any(name.startswith("word/") for name in names):
            raise refusals.other_office()
        return Kind.DOCX
    if "[Content_Types].xml" in names:
        return Kind.DOCX
    raise refusals.compressed()


def refuse_what_is_no_text(data: bytes) -> None:
    if data.startswith(b"%PDF"):
        raise refusals.pdf()
    if data.startswith(PICTURES) or data[8:12] == b"WEBP":
        raise refusals.picture()
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise refusals.compressed()


def ascii_of(head: bytes) -> bytes:
    """The mark-up's letters in lower case; in UTF-16 half a Chinese sign could look like one."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head.decode(encoding, "replace").encode("ascii", "ignore").lower()
    return head.replace(b"\0", b"").lower()


def text_kind(data: bytes) -> Kind:
    head = data[:LOOKED_AT]
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    plain = ascii_of(head)
    if b"<pkg:package" in plain or b"schemas.microsoft.com/office/2006/xmlpackage" in plain:
        return Kind.FLAT
    if b"schemas.microsoft.com/office/word/2003/wordml" in plain:
        return Kind.WORD_2003
    if re.search(rb"^mime-version:|content-type: *multipart/related", plain, re.MULTILINE):
        return Kind.MHTML
    if re.search(rb"<(?:!doctype html|html|head|body|meta|p|div|table)\b", plain):
        return Kind.HTML
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusals.unknown()
    return Kind.TEXT
