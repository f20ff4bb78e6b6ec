"""A book being made: its files, each picture once, and where contents and pages lead."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field

from PIL import Image

from journal.edition.formats.blocks import FigureText
from journal.edition.formats.sound import read_picture
from journal.edition.formats.text import ArticleText, IssueText

__all__ = ["XHTML_TYPE", "Book", "Entry", "Item", "file_of", "page_id"]

XHTML_TYPE = "application/xhtml+xml"
#: What Pillow calls a picture → ending and media type; core media types of EPUB 3.3, all of them.
KINDS = {
    "JPEG": ("jpg", "image/jpeg"),
    "MPO": ("jpg", "image/jpeg"),  # a JPEG with more behind it
    "PNG": ("png", "image/png"),
    "GIF": ("gif", "image/gif"),
    "WEBP": ("webp", "image/webp"),
}


@dataclass(frozen=True)
class Item:
    """A file of the book; ``spine``: read in its turn."""

    name: str
    data: bytes
    media_type: str = XHTML_TYPE
    properties: str = ""
    spine: bool = False


@dataclass
class Entry:
    """A line of the table of contents; without ``href`` it is the name of the lines below it."""

    words: str
    href: str = ""
    below: list[Entry] = field(default_factory=list)


@dataclass
class Book:
    """``articles`` of ``issue`` are in it, in reading order, ``whole`` when it is the issue itself.

    The rest grows while it is written.
    """

    issue: IssueText
    articles: tuple[ArticleText, ...]
    whole: bool = True
    items: dict[str, Item] = field(default_factory=dict)
    contents: list[Entry] = field(default_factory=list)
    landmarks: list[tuple[str, Entry]] = field(default_factory=list)
    #: Page of the printed issue → its place in the book.
    pages: dict[int, str] = field(default_factory=dict)
    #: File of a picture → its name in the book, which comes from what is in it.
    pictures: dict[str, str] = field(default_factory=dict)
    #: Every picture of the articles has words that stand for it.
    described: bool = True
    pictured: bool = False
    has_ruby: bool = False

    def __post_init__(self) -> None:
        self.addresses = {article.address: file_of(article) for article in self.articles}

    def add(self, item: Item) -> None:
        self.items[item.name] = item

    def picture(self, figure: FigureText, place: str, properties: str = "") -> str:
        """The name of the picture's file in the book. Raises ``EditionError`` where it is lost or broken."""
        if figure.file.name not in self.pictures:
            data = read_picture(figure, place)
            with Image.open(io.BytesIO(data)) as picture:
                ending, media_type = KINDS[picture.format or ""]
            name = f"picture-{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
            self.items.setdefault(name, Item(name, data, media_type, properties))
            self.pictures[figure.file.name] = name
        return self.pictures[figure.file.name]


def file_of(article: ArticleText) -> str:
    return f"article-{article.code}.xhtml"


def page_id(number: int) -> str:
    return f"page-{number}"
