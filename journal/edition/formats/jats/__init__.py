"""JATS: an article as the XML that libraries and archives exchange, an issue as a parcel of such articles.

It is the Journal Publishing tag set 1.1 (ANSI/NISO Z39.96-2015), the newest one whose DTD a package carries:
the tests hold it against what we write. Every later version understands what it says.
"""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext_lazy

from journal.edition.formats.contract import Format, Say
from journal.edition.formats.jats.back import after_body
from journal.edition.formats.jats.body import body
from journal.edition.formats.jats.elements import DTD_VERSION, LANG, E, Element, serialize
from journal.edition.formats.jats.front import front
from journal.edition.formats.jats.parcel import write_parcel
from journal.edition.formats.jats.words import Place
from journal.edition.formats.sound import read_picture, refuse_unsound, refuse_without_text
from journal.edition.formats.text import ArticleText, IssueText, pictures_of

__all__ = ["FORMAT", "article_element"]


def article_element(article: ArticleText, issue: IssueText, *, apart: bool = True) -> Element:
    """The ``article``. ``apart``: it travels alone, and its pictures are where readers' pages have them."""
    place = Place(article.address, f"{issue.journal.site}/media/" if apart else "")
    said = {"article-type": type_of(article), "dtd-version": DTD_VERSION, LANG: "zh-Hans"}
    return E.article(said, front(article, issue), body(article, place), *after_body(article, place))


def type_of(article: ArticleText) -> str:
    if article.photo_story:
        return "photo-essay"
    return "reprint" if article.source else "other"


def write_article(article: ArticleText, issue: IssueText, out: BinaryIO, _say: Say) -> None:
    refuse_unsound(issue, article)
    refuse_without_text((article,))
    out.write(serialize(article_element(article, issue)))


def write_issue(issue: IssueText, out: BinaryIO, say: Say) -> None:
    refuse_unsound(issue, *issue.articles)
    refuse_without_text(issue.articles)
    files: dict[str, bytes] = {}
    for article in issue.articles:
        say(article.place)
        files[f"{article.code}.xml"] = serialize(article_element(article, issue, apart=False))
        for picture in pictures_of(article):
            with picture.file.open() as opened:
                files[picture.file.name] = opened.read()
    if issue.cover:
        files[issue.cover.file.name] = read_picture(issue.cover, issue.label)
    write_parcel(issue, files, out)


FORMAT = Format(
    name="jats",
    label=gettext_lazy("JATS XML"),
    ending="zip",
    media_type="application/zip",
    issue=write_issue,
    article=write_article,
    article_ending="xml",
)
