"""Bytes to text: the one place that decides what a file is written in and whether it is text at all."""

from __future__ import annotations

import codecs
import email
import re
import unicodedata

from django.utils.translation import gettext as _

from .manuscript import NotAManuscript

__all__ = ["MAX_BYTES", "decode"]

MAX_BYTES = 20 * 1024 * 1024
"""A whole issue is about 200 kB of text; a saved page with its scripts seldom passes 5 MB."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")
_DOCUMENTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x1f\x8b",
)
_HEADER = re.compile(rb"\s*[A-Za-z][A-Za-z-]{2,40}:[ \t]")
_MIME = re.compile(rb"^Content-Type:\s*(?:multipart/|text/html)", re.I | re.M)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNUSUAL = re.compile("[\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]")
_DAMAGE_ALLOWED = 0.005
_EVERYDAY = frozenset("的一是在了不和有人中大上、，。：\u3000\n")


def decode(data: bytes) -> tuple[str, str]:
    """Return ``(text, encoding)`` of a text file.

    The byte-order mark is removed and line ends are folded to ``\\n``; nothing else is changed.
    ``encoding`` is ``utf-8``, ``utf-16-le``, ``utf-16-be``, ``gb18030`` or ``big5``. Of a web archive
    (MHTML) the page inside is read. A few damaged bytes
    become U+FFFD rather than turning a whole page into nonsense. Raises ``NotAManuscript`` with
    one sentence when the file is empty, too big, a picture, another kind of document or binary.
    """
    _refuse_by_size(data)
    data = _take_out_of_archive(data)
    _refuse_by_signature(data)
    text, encoding = _decode_by_mark(data) or _decode_by_trial(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_wordless(text)
    return text, encoding


def _refuse_by_size(data: bytes) -> None:
    if not data.strip():
        raise NotAManuscript(_("The file is empty; nothing was imported. Choose the file with the text."))
    if len(data) > MAX_BYTES:
        message = _(
            "The file is larger than the %(limit)d MB a text can have; nothing was imported. "
            "Save only the text and try again."
        )
        raise NotAManuscript(message % {"limit": MAX_BYTES // (1024 * 1024)})


def _take_out_of_archive(data: bytes) -> bytes:
    """The page inside a web archive (MHTML) or a saved mail; other files come back as they are."""
    if not (_HEADER.match(data) and _MIME.search(data[:4000])):
        return data
    parts = list(email.message_from_bytes(data).walk())
    for kind in ("text/html", "text/plain"):
        for part in parts:
            payload = part.get_payload(decode=True) if part.get_content_type() == kind else None
            if isinstance(payload, bytes) and payload.strip():
                return payload
    return data


def _refuse_by_signature(data: bytes) -> None:
    riff = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if riff or (data.startswith(_PICTURES) and not _is_plain(data)):
        raise NotAManuscript(
            _("The file is a picture, not text; nothing was imported. Send its text instead.")
        )
    if data.startswith(_DOCUMENTS):
        raise NotAManuscript(
            _(
                "The file is a document or archive, not plain text; nothing was imported. "
                "Save it as text first."
            )
        )


def _is_plain(data: bytes) -> bool:
    """A text may begin with the letters of a signature (``BM``); a picture has NUL bytes in its head."""
    return data[:2].isascii() and b"\x00" not in data[:64]


def _decode_by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _attempt(data[len(mark) :], encoding)
            if text is None:
                _refuse_binary()
            return str(text), encoding
    return None


def _decode_by_trial(data: bytes) -> tuple[str, str]:
    """UTF-8 proves itself; UTF-16 shows in its NUL bytes; what is left is GB18030 or no text."""
    order = ("utf-16-le", "utf-16-be") if b"\x00" in data else ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
    for encoding in order:
        text = _attempt(data, encoding)
        if encoding == "gb18030" and (text is None or _everyday(text) < 0.01):
            traditional = _attempt(data, "big5")
            if traditional is not None and _everyday(traditional) > 0.03:
                return traditional, "big5"
        if text is not None:
            return text, encoding
    _refuse_binary()
    raise AssertionError("unreachable")


def _attempt(data: bytes, encoding: str) -> str | None:
    """Decode, tolerating a few damaged bytes; ``None`` when the result does not read as text."""
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd")
    if damaged > max(1, len(text) * _DAMAGE_ALLOWED) or (damaged and len(text) < 40):
        return None
    return text if _reads_as_text(text, encoding) else None


def _reads_as_text(text: str, encoding: str) -> bool:
    if "\x00" in text:
        return False
    odd = len(_CONTROL.findall(text)) + len(_UNUSUAL.findall(text))
    if odd > len(text) * _DAMAGE_ALLOWED:
        return False
    return not encoding.startswith("utf-16") or _is_ordinary(text)


def _is_ordinary(text: str) -> bool:
    """Any even run of bytes decodes as UTF-16; only everyday characters make it believable."""
    if not text:
        return True  # nothing but a mark: empty, which is said elsewhere
    ascii_share = sum(c < "\x7f" for c in text) / len(text)
    return ascii_share > 0.7 or _everyday(text) > 0.02


def _everyday(text: str) -> float:
    return sum(c in _EVERYDAY for c in text) / len(text)


def _refuse_wordless(text: str) -> None:
    if not any(unicodedata.category(c)[0] in "LN" for c in text):
        raise NotAManuscript(
            _("The file has no words in it; nothing was imported. Choose the file with the text.")
        )


def _refuse_binary() -> None:
    raise NotAManuscript(
        _("The file is not text that can be read; nothing was imported. Save it as plain text.")
    )
