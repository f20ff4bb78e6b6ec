"""One article as a file of the book, in the order of the printed page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from journal.edition.formats.blocks import Paragraph
from journal.edition.formats.epub.body import Body
from journal.edition.formats.epub.book import Book, Entry, Item, file_of, page_id
from journal.edition.formats.epub.markup import Content, element, filled, page
from journal.edition.formats.text import ArticleText, Credit, Person
from journal.edition.formats.wording import dated

__all__ = ["add_article"]


def add_article(book: Book, article: ArticleText) -> list[tuple[int, Entry]]:
    """Put the article into the book; its headings (level, entry) come back. Raises ``EditionError``."""
    body = Body(book, article)
    text = element("div", running_text(body), class_="text")
    section = element(
        "section",
        page_mark(book, article),
        header(article, book),
        notices(article),
        abstract(article),
        text,
        body.footnotes(),
        closing(article),
        source(article),
        epub_type="chapter",
        role="doc-chapter",
        aria_labelledby="title",
        class_="piece photo-story" if article.photo_story else "piece",
    )
    name = file_of(article)
    book.add(Item(name, page(article.title_line, element("main", section)), spine=True))
    return [(level, Entry(entry.words, name + entry.href)) for level, entry in body.headings]


def page_mark(book: Book, article: ArticleText) -> Any:
    """Where the printed page begins; the second article of a page has nothing to mark."""
    number = article.first_page
    if number is None or number in book.pages:
        return None
    book.pages[number] = f"{file_of(article)}#{page_id(number)}"
    label = _("p. %(pages)s") % {"pages": number}
    return element("span", id=page_id(number), epub_type="pagebreak", role="doc-pagebreak", aria_label=label)


# Above the text.


def header(article: ArticleText, book: Book) -> Any:
    return element(
        "header",
        line("section-name", article.section),
        line("kicker", article.kicker),
        element("h1", title(article), id="title"),
        line("subtitle", article.subtitle, role="doc-subtitle"),
        byline(article),
        provenance(article, book),
    )


def line(class_: str, words: str, role: str = "") -> Any:
    return element("p", words, class_=class_, role=role) if words else None


def title(article: ArticleText) -> list[Content]:
    said: list[Content] = []
    for number, words in enumerate(article.title):
        said += [element("br"), words] if number else [words]
    if article.part_mark:
        said.append(element("span", article.part_mark, class_="part"))
    return said


def byline(article: ArticleText) -> Any:
    lines = [credit_line(credit) for credit in article.credits]
    groups = [members(person) for person in article.people if person.members]
    return element("div", lines, groups, class_="byline") if lines else None


def credit_line(credit: Credit) -> Any:
    made = element("p", class_="credit-line")
    if credit.before:
        filled(made, element("span", credit.before, class_="role"), " ")
    for number, person in enumerate(credit.people):
        filled(made, " " if number else None, name(person))
    if credit.after:
        filled(made, " ", element("span", credit.after, class_="role"))
    return made


def name(person: Person) -> list[Content]:
    said: list[Content] = [element("span", person.name, class_="name")]
    if person.unit and person.unit not in person.name:
        where = " ".join(filter(None, (person.unit, person.post)))
        said += [" ", element("span", where, class_="unit")]
    return said


def provenance(article: ArticleText, book: Book) -> Any:
    """Where an article that goes out alone was printed."""
    if book.whole:
        return None
    pages = _("p. %(pages)s") % {"pages": article.pages.replace("-", "—")} if article.pages else ""
    said = " · ".join(filter(None, (book.issue.title, article.section, pages)))
    return element("p", element("a", said, href=article.address), class_="provenance")


def members(group: Person) -> Any:
    said: list[Content] = []
    for number, (role, names) in enumerate(group.members):
        said += ["　" if number else None, element("span", " ".join((role, *names)), class_="member")]
    return element("p", said, class_="members")


def notices(article: ArticleText) -> Any:
    if not article.notices:
        return None
    told = [
        element(
            "p",
            element("strong", _("correction")),
            " ",
            element("time", dated(notice.day), datetime=notice.day.isoformat()),
            " ",
            notice.words,
        )
        for notice in article.notices
    ]
    return element("section", told, class_="notices", aria_label=_("Notices"))


def abstract(article: ArticleText) -> Any:
    if not article.abstract and not article.keywords:
        return None
    return element(
        "section",
        element("h2", _("Abstract"), id="abstract", class_="label") if article.abstract else None,
        [element("p", paragraph) for paragraph in article.abstract],
        keywords(article),
        epub_type="abstract" if article.abstract else None,
        role="doc-abstract" if article.abstract else None,
        aria_labelledby="abstract" if article.abstract else None,
        class_="abstract",
    )


def keywords(article: ArticleText) -> Any:
    if not article.keywords:
        return None
    said: list[Content] = [element("span", _("Keywords"), class_="label")]
    for word in article.keywords:
        said += [" ", element("span", word, class_="keyword")]
    return element("p", said, class_="keywords")


# The text and what stands behind it.


def running_text(body: Body) -> list[Any]:
    article = body.article
    made = body.blocks(article.blocks)
    if article.blocks and isinstance(last := article.blocks[-1], Paragraph) and not last.sign:
        filled(made[-1], element("span", "■", class_="end-mark", aria_hidden="true"))
    made += [body.loose(figure) for figure in article.loose_figures]
    if article.series_status:
        made.append(element("p", f"（{article.series_status}）", class_="status"))
    return made


def closing(article: ArticleText) -> Any:
    notes = [element("p", note) for note in article.closing_notes]
    return element("div", notes, class_="closing") if notes else None


def source(article: ArticleText) -> Any:
    if not article.source:
        return None
    return element("p", _("Source: %(source)s") % {"source": article.source}, class_="source")
