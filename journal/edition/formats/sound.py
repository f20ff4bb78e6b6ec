"""What no format can print is found before one begins: no text, signs no file can hold, lost pictures."""

from __future__ import annotations

import dataclasses
import re
import warnings
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from articles.pictures import FORMATS, MAX_PIXELS
from journal.edition.formats.blocks import FigureText, inlines_in, plain
from journal.edition.formats.text import ArticleText, IssueText, pictures_of
from journal.edition.store import EditionError

__all__ = ["read_picture", "refuse_empty", "refuse_unsound", "refuse_without_text"]

# Everything outside the Char production of XML 1.0, and DEL, which prints nothing.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: How many signs around a bad one are quoted, so that it can be found.
QUOTED = 12
#: What the articles of an issue say is asked of them, not of the issue.
APART = {"articles", "groups", "photo_stories"}


def refuse_unsound(issue: IssueText, *articles: ArticleText) -> None:
    """Raise ``EditionError`` for a control character in the issue's own words or in one of ``articles``."""
    for text in (issue.title, *strings_in(issue, without=APART)):
        refuse_unprintable(text, issue.label)
    for article in articles:
        for text in strings_in(article):
            refuse_unprintable(text, UNPRINTABLE.sub("", article.place))


def refuse_unprintable(text: str, place: str) -> None:
    if found := UNPRINTABLE.search(text):
        around = text[max(found.start() - QUOTED, 0) : found.end() + QUOTED]
        raise EditionError(
            _(
                "%(place)s holds a control character (U+%(code)04X) at “%(words)s”. "
                "Delete it there. Nothing was written."
            )
            % {"place": place, "code": ord(found.group()), "words": UNPRINTABLE.sub("▯", around)}
        )


def strings_in(thing: Any, *, without: Collection[str] = ()) -> Iterator[str]:
    """Every word a text holds, however deep."""
    if isinstance(thing, str):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            if field.name not in without:
                yield from strings_in(getattr(thing, field.name))
    elif isinstance(thing, dict):
        yield from strings_in(tuple(thing.values()))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from strings_in(part)


def refuse_empty(issue: IssueText) -> None:
    """Raise ``EditionError`` where there is no article."""
    if not issue.articles:
        raise EditionError(
            _("%(issue)s has no articles yet. Place some in it. Nothing was written.")
            % {"issue": issue.label}
        )


def refuse_without_text(articles: tuple[ArticleText, ...]) -> None:
    """Raise ``EditionError`` where an article has neither a word nor a picture, or a picture is lost."""
    for article in articles:
        pictures = pictures_of(article)
        if not pictures and not has_words(article):
            raise EditionError(
                _("%(place)s has no text. Put its text in, or take it out of the issue. Nothing was written.")
                % {"place": article.place}
            )
        for picture in pictures:
            read_picture(picture, article.place)


def has_words(article: ArticleText) -> bool:
    return bool(plain(tuple(inlines_in(article.blocks))).strip())


def read_picture(figure: FigureText, place: str) -> bytes:
    """The picture's file, whole. Raises ``EditionError`` with a sentence that names it and ``place``."""
    try:
        with figure.file.open() as opened:
            data = opened.read()
            opened.seek(0)
            decode(opened)
    except FileNotFoundError:
        raise EditionError(
            _("The picture “%(picture)s” of %(place)s is missing. Add it anew. Nothing was written.")
            % {"picture": name_of(figure), "place": place}
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError, Warning, Image.DecompressionBombError) as error:
        raise EditionError(
            _("The picture “%(picture)s” of %(place)s is damaged. Add it anew. Nothing was written.")
            % {"picture": name_of(figure), "place": place}
        ) from error
    return data


def decode(opened: Any) -> None:
    """Read to the last line, small: half a photograph would otherwise be printed half grey."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Image.open(opened, formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            picture.draft("L", (1, 1))
            picture.load()


def name_of(figure: FigureText) -> str:
    """What the office calls a picture: its caption, what it shows, else its file."""
    return plain(figure.caption) or figure.alternative or figure.file.name
