"""Makes ``IssueText`` by hand: short words for what the formats' tests say often."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, BinaryIO, Literal

from PIL import Image, ImageDraw

from journal.edition.formats.blocks import (
    Block,
    Cell,
    FigureText,
    Heading,
    Inline,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Quote,
    Words,
)
from journal.edition.formats.text import ArticleText, Credit, Group, IssueText, JournalText, Person
from journal.sample.content import JOURNAL

__all__ = [
    "SITE",
    "Picture",
    "article",
    "cell",
    "figure",
    "heading",
    "issue",
    "journal",
    "marked",
    "note",
    "paragraph",
    "person",
    "picture",
    "plain_list",
    "quote",
    "words",
    "written_by",
]

SITE = "https://lanjiang.example"


@dataclass(frozen=True)
class Picture:
    """A ``PictureFile`` whose bytes are here; ``None``: the file has gone."""

    name: str
    data: bytes | None

    def open(self) -> BinaryIO:
        if self.data is None:
            raise FileNotFoundError(self.name)
        return io.BytesIO(self.data)


@lru_cache
def drawn(kind: Literal["JPEG", "PNG", "WEBP"], width: int, height: int) -> bytes:
    """A hill and a sun, the same bytes every time."""
    image = Image.new("RGB", (width, height), "#dfe7ea")
    draw = ImageDraw.Draw(image)
    draw.ellipse([width * 0.65, height * 0.1, width * 0.65 + height * 0.25, height * 0.35], "#a6281e")
    draw.polygon([(0, height), (width * 0.4, height * 0.3), (width * 0.8, height)], "#48606a")
    held = io.BytesIO()
    image.save(held, kind)
    return held.getvalue()


def picture(
    name: str, kind: Literal["JPEG", "PNG", "WEBP"] = "JPEG", size: tuple[int, int] = (240, 160)
) -> Picture:
    """``name`` is any word; the file's name gets the form derivatives have."""
    ending = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}[kind]
    return Picture(f"figures/{name.encode().hex():0<32.32}.{ending}", drawn(kind, *size))


def figure(
    name: str,
    kind: Literal["JPEG", "PNG", "WEBP"] = "JPEG",
    size: tuple[int, int] = (240, 160),
    **words: Any,
) -> FigureText:
    return FigureText(picture(name, kind, size), *size, **words)


def words(*said: str | Inline) -> tuple[Inline, ...]:
    return tuple(Words(part) if isinstance(part, str) else part for part in said)


def marked(text: str, *marks: Mark, href: str = "") -> Words:
    return Words(text, frozenset(marks), href)


def note(number: int, *said: str | Inline) -> Note:
    return Note(number, words(*said))


def paragraph(*said: str | Inline, **form: Any) -> Paragraph:
    return Paragraph(words(*said), **form)


def heading(level: int, *said: str | Inline) -> Heading:
    return Heading(level, words(*said))


def quote(*said: str) -> Quote:
    return Quote(tuple(paragraph(line) for line in said))


def plain_list(*items: str, start: int | None = None) -> ListBlock:
    return ListBlock(tuple((paragraph(item, indent=False),) for item in items), start)


def cell(*said: str | Inline, **form: Any) -> Cell:
    return Cell((paragraph(*said, indent=False),) if said else (), **form)


def person(name: str, role: str = "作者", kind: str = "person", **form: Any) -> Person:
    code = "-".join(f"{ord(sign):x}" for sign in name)
    signs = role in {"作者", "本刊记者", "本报记者", "通讯员", "文", "口述"}
    return Person(name, code, kind, role, **{"signs": signs, **form})


def written_by(*people: Person) -> tuple[Credit, ...]:
    """One credit of people who share the first one's role; its word stands where Chinese puts it."""
    role = people[0].role
    if role in {"本刊记者", "本报记者", "通讯员"}:
        return (Credit(people, before=role),)
    return (Credit(people, after="" if role == "作者" else role),)


def article(code: str, title: str | tuple[str, ...], *blocks: Block, **form: Any) -> ArticleText:
    """A published article of two paragraphs' worth of fields; ``form`` changes any of them."""
    lines = (title,) if isinstance(title, str) else title
    plain = ArticleText(
        pk=sum(code.encode()),
        code=code,
        address=f"{SITE}/issues/2027/1/{code}/",
        section="调查",
        section_code="inquiry",
        kicker="",
        title=lines,
        subtitle="",
        contents_title=" ".join(lines),
        abstract=(),
        keywords=(),
        credits=(),
        blocks=blocks,
        loose_figures=(),
        closing_notes=(),
        source="",
        series="",
        series_part="",
        part_mark="",
        series_status="",
        photo_story=False,
        first_page=None,
        last_page=None,
        published_at=datetime.datetime(2027, 1, 4, 22, 30, tzinfo=datetime.UTC),
        corrected_at=None,
    )
    return replace(plain, **form)


def issue(*articles: ArticleText, **form: Any) -> IssueText:
    """An issue of these articles, grouped by section as they come; ``form`` changes any field."""
    told = [each for each in articles if not each.photo_story]
    sections = dict.fromkeys(each.section for each in told)
    plain = IssueText(
        pk=133,
        journal=journal(),
        year=2027,
        number="1",
        serial_number=133,
        name="2027年第1期",
        label="2027年第1期（总第133期）",
        address=f"{SITE}/issues/2027/1/",
        publication_date=datetime.date(2027, 1, 5),
        page_count=32,
        fixed_pages={},
        slogans=(),
        masthead=(),
        cover=None,
        articles=articles,
        groups=tuple(
            Group(section, tuple(each for each in told if each.section == section)) for section in sections
        ),
        photo_stories=tuple(each for each in articles if each.photo_story),
        published=True,
    )
    return replace(plain, **form)


def journal(**form: Any) -> JournalText:
    plain = JournalText(
        name=JOURNAL["name"],
        pinyin_name=JOURNAL["pinyin_name"],
        serial=True,
        frequency="月刊",
        authority=JOURNAL["authority"],
        organiser=JOURNAL["organiser"],
        issn=JOURNAL["issn"],
        cn_number=JOURNAL["cn_number"],
        licence_number="",
        address=JOURNAL["address"],
        postcode=JOURNAL["postcode"],
        telephone=JOURNAL["telephone"],
        submission_address=JOURNAL["submission_address"],
        site=SITE,
    )
    return replace(plain, **form)
