"""The words under a picture: where a text shows one, the text is the truth and the picture's row follows.

A text is what is signed, compared, restored and taken back, so a caption must not change behind it. In it a
picture is ``<figure><img …><figcaption>caption　photographer 摄</figcaption></figure>``: the credit stands
behind an ideographic space, alternative text in ``alt``. Each save of an article calls ``follow()``; what a
text leaves unsaid (older texts have no credits) stays as the row has it. The desk shows its editors the text
``spelled_out()``, so for the desk a missing credit is a decision and ``follow(complete=True)`` clears it.
A picture the text does not show has its words in its row alone.

Everything here reads cleaned HTML (``articles.richtext``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple

from articles.richtext import MEDIA_IMAGE

if TYPE_CHECKING:
    from articles.models import Article, Figure

__all__ = ["CREDITS", "LONGEST", "Place", "Words", "follow", "places", "rewritten", "spelled_out", "words_of"]

#: The kinds of credit an office prints; 摄影 is 摄 spelled in full.
CREDITS = ("摄", "供图", "绘", "制图")
BETWEEN = "\u3000"

FIGURE = re.compile(r"<figure\b[^>]*>.*?</figure>", re.DOTALL)
CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)
IMAGE = re.compile(r'<img\b((?: [a-z]+="[^"]*")*)\s*/?>')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
NAMES = r"[^\s，。；：！？、（）()《》“”][^。；！？（）()《》]{0,98}"
CREDIT = re.compile(
    rf"(?:(?P<caption>.*?)\u3000|(?P<loose>.*)[\s（(]|)"
    rf"(?P<names>{NAMES}?)[\s]*(?P<credit>摄影|{'|'.join(CREDITS)})[）)]?\s*$",
    re.DOTALL,
)
#: What a row can hold.
LONGEST = {"caption": 500, "photographer": 100, "credit": 10, "alternative": 500}


class Words(NamedTuple):
    """Caption, photographer or supplier, kind of credit; each may be empty."""

    caption: str = ""
    photographer: str = ""
    credit: str = ""

    @property
    def line(self) -> str:
        """As it stands under a picture."""
        credit = f"{self.photographer} {self.credit}".strip()
        return BETWEEN.join(part for part in (self.caption, credit) if part)


def words_of(text: str) -> Words:
    """A printed line taken apart; what does not end in 摄, 供图, 绘 or 制图 is caption throughout."""
    text = text.strip()
    found = CREDIT.fullmatch(text)
    if found is None:
        return Words(text)
    caption, names = found["caption"], found["names"].strip().rstrip("/／").strip()
    if caption is None:
        if found["loose"] is None and re.search(r"[，,\d]", names):
            return Words(text)  # a sentence that ends in 摄, not a name
        caption = found["loose"] or ""
        if re.search(r"\s", names):  # without the wide space only one name can be told from the caption
            return Words(text)
    credit = "摄" if found["credit"] == "摄影" else found["credit"]
    return Words(caption.strip(), names, credit)


@dataclass(frozen=True, slots=True)
class Place:
    """One picture where a text shows it; ``name`` inside the media folder."""

    name: str
    words: Words
    alternative: str


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html.replace("<br>", " "))).strip()


def places(html: str) -> list[Place]:
    """The pictures of a text in order. A caption belongs to the first picture of its figure."""
    found: list[Place] = []
    end = 0
    for figure in FIGURE.finditer(html):
        found += (Place(name, Words(), alt) for name, alt in images(html[end : figure.start()]))
        caption = CAPTION.search(figure[0])
        for number, (name, alt) in enumerate(images(figure[0])):
            found.append(Place(name, words_of(plain(caption[1])) if caption and not number else Words(), alt))
        end = figure.end()
    return found + [Place(name, Words(), alt) for name, alt in images(html[end:])]


def images(html: str) -> Iterator[tuple[str, str]]:
    for tag in IMAGE.finditer(html):
        given = dict(ATTRIBUTE.findall(tag[1]))
        if match := MEDIA_IMAGE.fullmatch(given.get("src", "")):
            yield match[1], unescape(given.get("alt", "")).strip()


def follow(article: Article, *, complete: bool = False) -> None:
    """Let the rows of an article's pictures say what its text says, in the order of the text.

    No query where the text shows no picture, else one to read and at most one to write.
    """
    from articles.models import Figure

    shown = places(article.body)
    if not shown:
        return
    rows = {row.image.name: row for row in Figure.objects.filter(article=article)}
    order = list(dict.fromkeys(place.name for place in shown if place.name in rows))
    order += [name for name in rows if name not in order]
    said = {place.name: place for place in reversed(shown)}
    changed = [
        row
        for position, name in enumerate(order, start=1)
        if take_over(row := rows[name], said.get(name), position, complete)
    ]
    if changed:
        Figure.objects.bulk_update(changed, [*LONGEST, "position"])


def take_over(row: Figure, place: Place | None, position: int, complete: bool) -> bool:
    """Whether anything of ``row`` changed. A credit is taken as a whole: name and kind belong together."""
    wanted: dict[str, str | int] = {"position": position}
    if place is not None:
        words = place.words
        if complete or words.caption:
            wanted["caption"] = words.caption
        if complete or words.photographer or words.credit:
            wanted |= {"photographer": words.photographer, "credit": words.credit}
        if complete or place.alternative:
            wanted["alternative"] = place.alternative
    changed = False
    for name, value in wanted.items():
        cut = value[: LONGEST[name]] if isinstance(value, str) else value
        if getattr(row, name) != cut:
            setattr(row, name, cut)
            changed = True
    return changed


def spelled_out(html: str, figures: Iterable[Figure]) -> str:
    """``html`` with what its figures leave unsaid filled in from the rows; said things stay as they are."""
    rows = {row.image.name: row for row in figures}
    return FIGURE.sub(lambda figure: filled(figure[0], rows), html) if rows else html


def filled(figure: str, rows: dict[str, Figure]) -> str:
    row = next((rows[name] for name, _alt in images(figure) if name in rows), None)
    if row is None:
        return figure
    caption = CAPTION.search(figure)
    inner = caption[1] if caption else ""
    said = words_of(plain(inner))
    credit = Words("", row.photographer, row.credit).line
    if not said.caption and row.caption:
        inner = escape(Words(row.caption, *(said[1:] if any(said[1:]) else ())).line, quote=False)
    if credit and not any(said[1:]) and not plain(inner).endswith(credit):
        inner = BETWEEN.join(part for part in (inner.strip(), escape(credit, quote=False)) if part)
    return with_words(figure, inner, row.alternative, keep=True)


def rewritten(html: str, name: str, words: Words, alternative: str) -> str:
    """``html`` whose figure showing the picture ``name`` says these words; the same text where none does."""

    def one(figure: re.Match[str]) -> str:
        if name not in {shown for shown, _alt in images(figure[0])}:
            return figure[0]
        return with_words(figure[0], escape(words.line, quote=False), alternative, keep=False)

    return FIGURE.sub(one, html)


def with_words(figure: str, inner: str, alternative: str, *, keep: bool) -> str:
    """The figure with this caption and, on its first picture, this text (``keep``: unless it has one)."""
    caption = f"<figcaption>{inner}</figcaption>" if inner else ""
    if CAPTION.search(figure):
        figure = CAPTION.sub(lambda _match: caption, figure, count=1)
    else:
        figure = figure.removesuffix("</figure>") + caption + "</figure>"

    def image(tag: re.Match[str]) -> str:
        given = dict(ATTRIBUTE.findall(tag[1]))
        if keep and (given.get("alt") or not alternative):
            return tag[0]
        given["alt"] = escape(alternative)
        return "<img" + "".join(f' {key}="{value}"' for key, value in given.items()) + ">"

    return IMAGE.sub(image, figure, count=1)
