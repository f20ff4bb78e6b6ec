"""A saved mail (``.eml``) as it was meant: who wrote it, when, about what, the words, and what hung on it.

Chinese mail programs write names of files and people in every way there is: encoded words of RFC 2047 (also
where they do not belong, in parameters), continuations of RFC 2231, bare bytes of GBK or UTF-8. Free of the
database; run it in the limited child (``limited.read_in_child("parcel", …)``).
"""

from __future__ import annotations

import email
import email.header
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import Compat32
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles import richtext

from .manuscript import NotAManuscript

__all__ = ["MOST_ATTACHMENTS", "MOST_BYTES", "Attachment", "Mail", "is_mail", "parse"]

MOST_BYTES = 100 * 1024 * 1024
MOST_ATTACHMENTS = 100
MOST_PARTS = 1_000
DEEPEST = 5
MOST_NOTE = 20_000
HEAD = 16 * 1024
TNEF = b"\x78\x9f\x3e\x22"
OF_MAILS = re.compile(rb"^(?:received|message-id|return-path|x-mailer|x-qq-\w+)[ \t]*:", re.IGNORECASE | re.M)
FROM = re.compile(rb"^from[ \t]*:", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that hung on a mail. ``inline``: it stands in the words, as a pasted picture or a logo does."""

    name: str
    data: bytes
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """``sender`` is an address with its name, ``sent`` ISO 8601 or empty, ``note`` the words as plain lines.

    ``forwarded`` are mails that hung on this one; ``refused`` says, a sentence each, what was not taken.
    """

    sender: str = ""
    subject: str = ""
    sent: str = ""
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    forwarded: tuple[Mail, ...] = ()
    refused: tuple[str, ...] = ()


class Bare(Compat32):
    """Headers as they came, bare bytes as surrogates: the library would put question marks for them."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        return value


def is_mail(data: bytes, name: str) -> bool:
    """Whether this is a saved mail: by its name, or by lines only mails have at their head."""
    head = re.split(rb"\r?\n\r?\n", data[:HEAD].lstrip(), maxsplit=1)[0]
    if re.search(r"\.(?:mht|mhtml|html?|docx?|wps|txt|md)$", name, re.IGNORECASE):
        return False
    return bool(FROM.search(head) and (OF_MAILS.search(head) or name.lower().endswith(".eml")))


def parse(data: bytes) -> Mail:
    """Read one mail. Raises ``NotAManuscript`` for one that is too large, too deep or has too many files."""
    if len(data) > MOST_BYTES:
        raise NotAManuscript(_("This mail is larger than 100 MB. Save its attachments and send them apart."))
    try:
        return Reader().read(email.message_from_bytes(data, policy=Bare()), 0)
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise NotAManuscript(
            _("This mail is damaged. Open it in the mail program, save its attachments and send those.")
        ) from error


class Reader:
    """Counts over a mail and everything that is nested in it."""

    def __init__(self) -> None:
        self.attachments = self.parts = 0

    def read(self, message: Message, depth: int) -> Mail:
        if depth > DEEPEST:
            raise NotAManuscript(_("Mails are nested too deeply here. Save the innermost one and send it."))
        texts: dict[str, list[str]] = {"plain": [], "html": []}
        files: list[Attachment] = []
        inside: list[Mail] = []
        refused: list[str] = []
        for part, related in self.leaves(message):
            name = name_of(part)
            if part.get_content_type() == "message/rfc822":
                nested = [one for one in part.get_payload() if isinstance(one, Message)]
                inside += [self.read(one, depth + 1) for one in nested]
            elif not name and part.get_content_maintype() == "text" and not is_attached(part):
                kind = "html" if part.get_content_subtype() == "html" else "plain"
                texts[kind].append(text_of(part))
            elif not name and part.get_content_maintype() in {"message", "multipart"}:
                continue  # delivery reports and the like: the mail itself is kept
            else:
                self.attach(part, name, related, files, refused)
        note = "\n".join(texts["plain"]) if any(map(str.strip, texts["plain"])) else plain(texts["html"])
        return Mail(
            sender=address(message.get("From")),
            subject=" ".join(words(message.get("Subject")).split())[:500],
            sent=moment(message.get("Date")),
            note=tidy(note),
            attachments=tuple(files),
            forwarded=tuple(inside),
            refused=tuple(refused),
        )

    def leaves(self, message: Message, related: bool = False) -> Iterator[tuple[Message, bool]]:
        """The parts in order, nested mails closed; ``True`` beside what stands in mark-up."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise NotAManuscript(_("This mail has too many parts. Save its attachments and send those."))
        if message.get_content_maintype() == "multipart" and isinstance(message.get_payload(), list):
            inner = message.get_content_subtype() == "related"
            for part in message.get_payload():
                if isinstance(part, Message):
                    yield from self.leaves(part, related or inner)
        else:
            yield message, related

    def attach(
        self, part: Message, name: str, related: bool, files: list[Attachment], refused: list[str]
    ) -> None:
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        if is_tnef(part, name, data):
            refused.append(
                _(
                    "winmail.dat: Outlook has packed the attachments in a way only Outlook opens. Ask the "
                    "sender to send the mail again as plain text or HTML, with the files attached."
                )
            )
            return
        self.attachments += 1
        if self.attachments > MOST_ATTACHMENTS:
            raise NotAManuscript(
                _("This mail has more than 100 attachments. Save them and send them as a folder.")
            )
        name = name or _("attachment %(number)d") % {"number": self.attachments} + ending(part)
        files.append(Attachment(name, data, related and not is_attached(part)))


def is_tnef(part: Message, name: str, data: bytes) -> bool:
    kind = part.get_content_type()
    return kind == "application/ms-tnef" or name.lower() == "winmail.dat" or data.startswith(TNEF)


def is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def ending(part: Message) -> str:
    return {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}.get(part.get_content_type(), "")


# -- Names and words


def name_of(part: Message) -> str:
    """What the sender called the file, without folders; empty where it has no name."""
    for header, parameter in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        value = part.get_param(parameter, header=header)
        if value:
            return last_part(parameter_text(value))
    return ""


def parameter_text(value: str | tuple[str | None, str | None, str]) -> str:
    """A parameter of RFC 2231 (charset, language, bytes as text), or one with whatever stands in it."""
    if isinstance(value, tuple):
        charset, _language, text = value
        raw = text.encode("latin-1", "surrogateescape" if has_bytes(text) else "replace")
        return words(decoded(raw, charset or ""))
    return words(email.utils.unquote(value))


def last_part(name: str) -> str:
    name = printable(name).replace("\\", "/").rstrip("/")
    return name.rpartition("/")[2].strip()[:200]


def words(value: object) -> str:
    """A header's text: encoded words and bare bytes of any Chinese charset."""
    text = str(value or "")
    if has_bytes(text):
        text = decoded(text.encode("ascii", "surrogateescape"), "")
    if "=?" not in text:
        return printable(text)
    text = re.sub(r"\?=\s+=\?", "?==?", text)
    try:
        parts = email.header.decode_header(text)
    except (ValueError, email.errors.HeaderParseError):
        return printable(text)
    return printable(
        "".join(decoded(part, charset or "") if isinstance(part, bytes) else part for part, charset in parts)
    )


def has_bytes(text: str) -> bool:
    return any("\udc80" <= sign <= "\udcff" for sign in text)


def decoded(raw: bytes, charset: str) -> str:
    """Bytes by their charset; what lies about itself is UTF-8 if it can be, else GBK and its descendants."""
    charset = charset.lower()
    if charset.startswith(("gb", "x-gb", "cp936", "hz")) and charset != "hz-gb-2312":
        charset = "gb18030"
    for name in (charset, "utf-8", "gb18030"):
        try:
            return raw.decode(name) if name else raw.decode("utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("gb18030", "replace")


def printable(text: str) -> str:
    text = re.sub(r"[\r\n\t]+", " ", text)
    return "".join(sign for sign in text if sign.isprintable() and not "\ud800" <= sign <= "\udfff").strip()


def address(value: object) -> str:
    name, where = email.utils.parseaddr(str(value or ""))
    name, where = words(name), words(where)
    return (f"{name} <{where}>" if name and where else name or where or words(value))[:300]


def moment(value: object) -> str:
    try:
        return email.utils.parsedate_to_datetime(str(value)).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return decoded(payload, part.get_content_charset("")) if isinstance(payload, bytes) else ""


def plain(pages: list[str]) -> str:
    """The words of mark-up; of what is too large or too deep to be cleaned, none."""
    try:
        return "\n".join(richtext.plain_text(richtext.clean_html(page)) for page in pages)
    except ValidationError:
        return ""


def tidy(note: str) -> str:
    lines = (line.rstrip() for line in note.replace("\r\n", "\n").replace("\xa0", " ").splitlines())
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(printable(line) for line in lines)).strip()
    return text if len(text) <= MOST_NOTE else text[:MOST_NOTE] + " …"
