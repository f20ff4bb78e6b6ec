"""The one cleaner of bodies, and the few questions the house asks of a cleaned body.

What is stored is editor-neutral HTML of a small schema, so the editor can change without the texts.
A footnote stands at its place as ``<sup class="footnote">the note</sup>``; numbers are the page's.
Pictures are ``<figure><img src="/media/figures/…"><figcaption>``; nothing else may be a source.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

__all__ = [
    "MEDIA_IMAGE",
    "POLICY_VERSION",
    "clean_html",
    "figure_names",
    "is_clean",
    "paragraphs_html",
    "plain_text",
]

#: Raise with every change below; texts keep the version they were cleaned by.
POLICY_VERSION = 1

MAX_LENGTH = 1_000_000  # characters; nh3 needs minutes for hostile megabytes
MAX_DEPTH = 100
MAX_ATTRIBUTES = 50

BLOCKS = {"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "figure", "figcaption", "table", "hr"}
TABLE = {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
INLINE = {"a", "img", "em", "strong", "b", "i", "u", "s", "sub", "sup", "br", "ruby", "rt", "rp"}
TAGS = BLOCKS | TABLE | INLINE
CLASSES = {
    "p": {"no-indent", "sign"},
    "sup": {"footnote"},
    "figure": {"wide", "half"},
    "table": {"wide"},
}
CELL = {"colspan", "rowspan"}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "th": CELL | {"scope"},
    "td": CELL,
    "col": {"span"},
    **{tag: {"class"} for tag in CLASSES},
}
for _tag in ("p", "h2", "h3", "h4", "td", "th"):
    ATTRIBUTES[_tag] = ATTRIBUTES.get(_tag, set()) | {"style"}

#: The only pictures a body may show: our own derivatives under their random names.
MEDIA_IMAGE = re.compile(r"/media/(figures/[0-9a-f]{32}\.(?:jpg|png|webp))")
SAFE_LINK = re.compile(r"https?://|mailto:|/(?![/\\])|#", re.IGNORECASE)
IMPLIED_END = {"p", "li", "tr", "td", "th", "thead", "tbody", "tfoot", "rt", "rp", "dt", "dd", "option"}
VOID = {"br", "img", "hr", "col", "input", "meta", "link", "wbr", "area", "base", "embed", "source", "track"}

TAG_START = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
TAG_REST = re.compile(r"""(?:"[^"]*"|'[^']*'|[^"'>])*+""")
ATTRIBUTE = re.compile(r"[^\s=/\"']+\s*=|\s[^\s=/\"'>]+")


def clean_html(html: str) -> str:
    """Return ``html`` reduced to the schema; cleaning twice changes nothing.

    Raises ``ValidationError`` for text a browser or the cleaner would choke on: longer than 1,000,000
    characters, nested deeper than 100, or a tag with more than 50 attributes.
    """
    html = (html or "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    refuse_monsters(html)
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=filter_attribute,
        filter_style_properties={"text-align", "text-indent"},
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "title"},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    cleaned = re.sub(r"(<(?:p|li|td|th|h[2-4])\b[^>]*>)[\u3000\u00a0 ]+", r"\1", cleaned)
    cleaned = re.sub(r'<img(?![^>]*\ssrc=)[^>]*>|\s(?:class|style)=""', "", cleaned)
    return cleaned.strip()


def filter_attribute(tag: str, name: str, value: str) -> str | None:
    """Keep an attribute's value, change it, or drop the attribute (``None``)."""
    value = value.strip()
    if name == "class":
        kept = [word for word in value.split() if word in CLASSES.get(tag, set())]
        return " ".join(kept) or None
    if name == "href":
        return value if SAFE_LINK.match(value) else None
    if name == "src":
        return value if MEDIA_IMAGE.fullmatch(value) else None
    if name in {"colspan", "rowspan", "span", "start", "width", "height"}:
        return value if re.fullmatch(r"\d{1,4}", value) else None
    if name == "scope":
        return value if value in {"row", "col", "rowgroup", "colgroup"} else None
    return value


def refuse_monsters(html: str) -> None:
    """Raise ``ValidationError`` before the cleaner sees a text made to stall it. Linear in its length."""
    if len(html) > MAX_LENGTH:
        raise ValidationError(
            _("This text is longer than one million characters. Split it, then save again.")
        )
    stack: list[str] = []
    quotes, position = True, 0
    while start := TAG_START.search(html, position):
        closing, name = start[1], start[2].lower()
        rest = TAG_REST.match(html, start.end()) if quotes else None
        if rest is None or rest.end() >= len(html):
            # A quotation mark nobody closed: from here on a tag simply ends at the next bracket.
            quotes = False
            end = html.find(">", start.end())
            end = len(html) if end < 0 else end
        else:
            end = rest.end()
        if len(ATTRIBUTE.findall(html, start.end(), min(end, start.end() + 20_000))) > MAX_ATTRIBUTES:
            raise ValidationError(
                _("A tag in this text carries more than fifty attributes. Paste it as plain text.")
            )
        position = end
        track(stack, name, bool(closing))
        if len(stack) > MAX_DEPTH:
            raise ValidationError(
                _("This text is nested more than a hundred levels deep. Paste it as plain text.")
            )


def track(stack: list[str], name: str, closing: bool) -> None:
    """Follow one tag the way a browser would, as far as depth goes."""
    if name in VOID:
        return
    if not closing:
        if not (name in IMPLIED_END and stack and stack[-1] == name):
            stack.append(name)
    elif name in stack:
        while stack.pop() != name:
            pass


class TextReader(HTMLParser):
    """Reads cleaned HTML: paragraphs apart by newlines, notes in place after their reference."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" or tag in BLOCKS or tag == "tr":
            self.parts.append("\n")
        if tag in {"td", "th"}:
            self.parts.append("\t")
        if tag == "img" and (match := MEDIA_IMAGE.fullmatch(dict(attrs).get("src") or "")):
            self.images.append(match[1])

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def read(html: str) -> TextReader:
    reader = TextReader()
    reader.feed(html)
    reader.close()
    return reader


def plain_text(html: str) -> str:
    """The words of a cleaned body, one paragraph, heading, item or table row a line."""
    lines = (re.sub(r"[ \t\n]+", " ", line).strip() for line in "".join(read(html).parts).split("\n"))
    return "\n".join(line for line in lines if line)


def figure_names(html: str) -> list[str]:
    """The pictures a body shows, as names inside the media folder, in order of appearance."""
    return read(html).images


def is_clean(html: str) -> bool:
    return clean_html(html) == html


def paragraphs_html(paragraphs: list[str]) -> str:
    """Plain paragraphs as a body: what the desk offers for a text typed into a plain field."""
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs if text.strip())
