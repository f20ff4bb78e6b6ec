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

from articles.markup import balanced

__all__ = [
    "MEDIA_IMAGE",
    "POLICY_VERSION",
    "clean_html",
    "figure_names",
    "is_clean",
    "paragraphs_html",
    "plain_text",
    "storable",
]

#: Raise with every change below; texts keep the version they were cleaned by.
POLICY_VERSION = 1

MAX_LENGTH = 1_000_000  # characters
#: Cleaning is repeated until nothing changes: mark-up that needs more than this was made to confuse.
MAX_PASSES = 4

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
# Everything outside the Char production of XML 1.0; half of a surrogate pair, too.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
STYLES = {
    "text-align": re.compile(r"left|right|center|justify|start|end"),
    "text-indent": re.compile(r"-?\d{1,2}(?:\.\d{1,2})?(?:em|rem|px|pt|%)|0"),
}
INDENTED = {"p", "li", "td", "th", "h2", "h3", "h4"}
# The cleaner's own writing: attributes in double quotes, "<" in text always escaped.
TAG = re.compile(r'(<([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>)((?:[\u3000\s]|&nbsp;)*)')


def clean_html(html: str) -> str:
    """Return ``html`` reduced to the schema; cleaning twice changes nothing.

    Raises ``ValidationError`` for text a browser or the cleaner would choke on: longer than 1,000,000
    characters, nested deeper than 100, or a tag with more than 50 attributes.
    """
    html = storable((html or "").replace("\r\n", "\n").replace("\r", "\n"))
    for _pass in range(MAX_PASSES):
        if len(html) > MAX_LENGTH:
            raise ValidationError(
                _("This text is longer than one million characters. Split it, then save again.")
            )
        cleaned = clean_once(html)
        if cleaned == html:
            return html
        html = cleaned
    raise ValidationError(_("This mark-up cannot be cleaned reliably. Paste it as plain text."))


def clean_once(html: str) -> str:
    cleaned = nh3.clean(
        balanced(html, TAGS, ATTRIBUTES),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=filter_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    return TAG.sub(tidy_tag, storable(cleaned)).strip()


def storable(text: str) -> str:
    """``text`` without the characters that neither XML (feeds, books) nor PostgreSQL can hold."""
    return UNSTORABLE.sub("", text)


def tidy_tag(match: re.Match[str]) -> str:
    """Drop a picture that is none of ours and the typed indent of a paragraph; one tag at a time."""
    tag, name, attributes, indent = match.groups()
    if name == "img" and ' src="' not in attributes:
        return indent
    return tag if name in INDENTED else tag + indent


def filter_attribute(tag: str, name: str, value: str) -> str | None:
    """Keep an attribute's value, change it, or drop the attribute (``None``)."""
    value = CONTROL.sub("", value).strip()
    if name == "class":
        kept = [word for word in value.split() if word in CLASSES.get(tag, set())]
        return " ".join(kept) or None
    if name == "href":
        return value if SAFE_LINK.match(value) else None
    if name == "src":
        return value if MEDIA_IMAGE.fullmatch(value) else None
    if name == "style":
        return filter_style(value)
    if name in {"colspan", "rowspan", "span", "start", "width", "height"}:
        return value if re.fullmatch(r"\d{1,4}", value) else None
    if name == "scope":
        return value if value in {"row", "col", "rowgroup", "colgroup"} else None
    return value


def filter_style(style: str) -> str | None:
    """Alignment and indent with sound values; nothing else of a style is kept."""
    kept = []
    for declaration in style.split(";"):
        name, _colon, value = (part.strip().lower() for part in declaration.partition(":"))
        if name in STYLES and STYLES[name].fullmatch(value):
            kept.append(f"{name}:{value}")
    return ";".join(kept) or None


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
