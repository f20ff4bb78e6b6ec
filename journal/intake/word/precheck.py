"""Looks at a file before anything is unpacked or kept: what was made to harm is refused at once.

Cheap enough for the process that serves the request: the directory of the zip is read, then the XML parts up
to their cap. Limits follow what real manuscripts need with room to spare.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib

from . import refusals
from .recognise import Kind, kind_of

__all__ = ["MOST_XML", "precheck", "read_part"]

MOST_XML = 8 * 1024 * 1024
MOST_XML_TOGETHER = 32 * 1024 * 1024
MOST_TOGETHER = 200 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_TAGS = 600_000
MOST_TABLES = 1_000
MOST_RATIO = 250
SMALL = 1024 * 1024
LOCAL_HEADER = 30
LOOKED_AT = 4096
XML = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
MARKUP = (Kind.DOCX, Kind.ODT)
BINARY = re.compile(rb"\\bin(\d{1,18})")
EXTERNAL_PICTURE = re.compile(
    rb"<Relationship\b(?=[^>]*relationships/image[\"'])(?=[^>]*TargetMode\s*=\s*[\"']External)", re.IGNORECASE
)


def precheck(data: bytes) -> Kind:
    """The kind of the file. Raises ``NotAManuscript``; then it should not be kept either."""
    kind = kind_of(data)
    if kind in MARKUP:
        check_package(data)
    elif kind in {Kind.FLAT, Kind.WORD_2003}:
        check_xml(data)
    elif kind in {Kind.HTML, Kind.MHTML}:
        check_tags(data)
    elif kind is Kind.TEXT and len(data) > MOST_XML:
        raise refusals.too_large()
    elif kind is Kind.RTF:
        check_rtf(data)
    return kind


def check_tags(markup: bytes) -> None:
    if markup.count(b"<") > MOST_TAGS or markup.count(b"<w:tbl>") > MOST_TABLES:
        raise refusals.overloaded()


def check_rtf(data: bytes) -> None:
    """``\\bin`` says how many bytes follow; the office waits for those that are not there."""
    for found in BINARY.finditer(data):
        if int(found[1]) > len(data) - found.end():
            raise refusals.damaged()


def check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            check_directory(entries, len(data))
            together = 0
            for entry in entries:
                if XML.search(entry.filename):
                    xml = read_part(archive, entry.filename)
                    together += len(xml)
                    if together > MOST_XML_TOGETHER:
                        raise refusals.too_large()
                    check_xml(xml)
                    if entry.filename.endswith(".rels") and EXTERNAL_PICTURE.search(xml):
                        raise refusals.linked_picture()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise refusals.damaged() from error


def check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Names, sizes and places as the zip's directory gives them."""
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_TOGETHER:
        raise refusals.too_large()
    if len({name.lower() for name in names}) != len(names):
        raise refusals.tampered()
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0] or "\0" in entry.filename:
            raise refusals.tampered()
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise refusals.tampered()
        if entry.flag_bits & 1:
            raise refusals.encrypted()
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise refusals.too_large()
        if re.search(r"vbaProject\.bin$|vbaData\.xml$", entry.filename, re.IGNORECASE):
            raise refusals.macros()
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise refusals.tampered()
        end = entry.header_offset + LOCAL_HEADER + len(entry.orig_filename) + entry.compress_size
    if end > size:
        raise refusals.damaged()


def read_part(archive: zipfile.ZipFile, name: str, most: int = MOST_XML) -> bytes:
    """One part, never more than ``most`` bytes, whatever the directory says of its size."""
    with archive.open(name) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise refusals.too_large()
    return data


def check_xml(xml: bytes) -> None:
    """No document type (entities are how XML explodes), no more tags than a manuscript can have."""
    if len(xml) > MOST_XML * (4 if re.search(rb"pkg:package|2003/wordml", xml[:LOOKED_AT]) else 1):
        raise refusals.too_large()
    plain = xml.replace(b"\0", b"") if b"\0" in xml[:64] else xml
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain or b"<!doctype" in plain:
        raise refusals.tampered()
    check_tags(plain)
