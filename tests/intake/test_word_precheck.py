"""What is refused before anything is unpacked, parsed or kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from journal.intake.manuscript import NotAManuscript
from journal.intake.word.precheck import precheck
from journal.intake.word.recognise import OLE, Kind, kind_of, stream

pytestmark = pytest.mark.database_free

BODY = '<w:document xmlns:w="w"><w:body><w:p/></w:body></w:document>'


def package(**parts: str | bytes) -> bytes:
    """A zip that looks like a Word file; ``__`` in a name stands for the slash."""
    buffer = io.BytesIO()
    names = {"word__document.xml": BODY, "[Content_Types].xml": "<Types/>", **parts}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def symlink() -> bytes:
    buffer = io.BytesIO(package())
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("word/media/image1.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "elsewhere")
    return buffer.getvalue()


def overlapping() -> bytes:
    """Two directory entries that unpack the same compressed bytes."""
    data = bytearray(package(**{"word__a.xml": "<a/>" * 500, "word__b.xml": "<b/>" * 500}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        first = archive.getinfo("word/a.xml").header_offset
        entry = data.rindex(b"word/b.xml") - 46
    data[entry + 42 : entry + 46] = first.to_bytes(4, "little")
    return bytes(data)


RELATION = (
    '<Relationships><Relationship Id="r1" TargetMode="External" Target="http://example.org/a.png" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
)

HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "bomb": lambda: package(**{"word__document.xml": "0" * 300_000_000}),
    "picture bomb": lambda: package(**{"word__media__image1.png": b"\0" * 250_000_000}),
    "million paragraphs": lambda: package(**{"word__document.xml": "<a>" + "<b/>" * 1_000_000 + "</a>"}),
    "entities": lambda: package(**{"word__document.xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + BODY}),
    "entities elsewhere": lambda: package(**{"word__footnotes.xml": "<!DOCTYPE a>" + BODY}),
    "truncated": lambda: package()[:-30],
    "password": lambda: OLE + b"\0" * 500 + stream("EncryptedPackage"),
    "macros": lambda: package(**{"word__vbaProject.bin": b"\0"}),
    "linked picture": lambda: package(**{"word___rels__document.xml.rels": RELATION}),
    "up": lambda: package(**{"..__..__etc__passwd": "x"}),
    "absolute": lambda: package(__etc__passwd="x"),
    "twice": lambda: package(**{"word__Document.xml": BODY}),
    "link": symlink,
    "overlapping": overlapping,
    "table": lambda: package(**{"word__document.xml": "", "xl__workbook.xml": "<a/>"}).replace(
        b"word/", b"xl2//"
    ),
    "pdf": lambda: b"%PDF-1.7\n" + b"0" * 100,
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 100,
    "zip of something": lambda: package().replace(b"[Content_Types].xml", b"(Content_Types).xml"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(NotAManuscript) as refused:
        precheck(HOSTILE[name]())
    assert len(str(refused.value)) > 15


def test_an_ordinary_file_passes() -> None:
    assert precheck(package()) == Kind.DOCX


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLE + b"\0" * 200 + stream("WordDocument"), Kind.DOC),
        (b"{\\rtf1\\ansi", Kind.RTF),
        (b"<html><body><p>a</p></body></html>", Kind.HTML),
        ("渡口的早晨有雾。".encode("gb18030"), Kind.TEXT),
        ("渡口的早晨有雾。".encode("utf-16"), Kind.TEXT),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="p"/>', Kind.FLAT),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Kind.MHTML),
    ],
)
def test_a_file_is_known_by_its_content(data: bytes, kind: Kind) -> None:
    assert kind_of(data) == kind
