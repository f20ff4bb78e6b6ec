"""What was understood of one Word file: frozen, free of the database."""

from __future__ import annotations

from dataclasses import dataclass

from journal.intake.manuscript import Manuscript

__all__ = ["PICTURE", "Remark", "WordManuscript", "WordPicture", "WordTable"]

#: How the body names a picture that has no address yet: ``<img src="picture:f1">``.
PICTURE = "picture:"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the sender should look at: a sentence beside ``field`` (empty: the whole file)."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A picture of the file; its bytes are handed over apart, under ``id`` (``f1``, ``f2`` … in order)."""

    id: str
    name: str = ""  # what the file called it
    caption: str = ""
    photographer: str = ""
    credit: str = ""  # 摄, 供图 …
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words over a table and those of its cells; a cell that spans stands once."""

    caption: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class WordManuscript:
    """``body`` is the text as HTML of the house's schema with its formatting, pictures named by ``PICTURE``.

    ``manuscript`` holds what the body does not print (title, byline, abstract …) and plain ``blocks`` of the
    same text. Telephones and addresses stand here and nowhere in the text. ``not_taken`` says, a sentence
    each, what the file holds and the text does not.
    """

    filename: str
    manuscript: Manuscript
    body: str = ""
    pictures: tuple[WordPicture, ...] = ()
    tables: tuple[WordTable, ...] = ()
    telephones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    private: tuple[str, ...] = ()  # other lines kept from readers: postal address, accounts, cover note
    affiliations: tuple[str, ...] = ()  # notes such as （作者单位：…）, as printed
    section: str = ""  # what the sender wrote beside “栏目”
    not_taken: tuple[str, ...] = ()
    warnings: tuple[Remark, ...] = ()
