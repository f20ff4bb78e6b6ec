"""What stands before the articles: the cover, the title page with the masthead, the contents as in print."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from journal.edition.formats.blocks import plain
from journal.edition.formats.epub.book import Book, Entry, Item, file_of
from journal.edition.formats.epub.cover import drawn_cover
from journal.edition.formats.epub.markup import Content, element, page
from journal.edition.formats.text import ArticleText, Group, IssueText, Line
from journal.edition.formats.wording import facts_of, listed_title

__all__ = ["add_front"]


def add_front(book: Book) -> None:
    """Raises ``EditionError`` where the picture of the cover is lost."""
    add_cover(book)
    add_page(book, "titlepage", "title.xhtml", _("Title page"), title_page(book.issue))
    add_page(book, "toc", "contents.xhtml", _("Contents"), contents_page(book.issue))
    first = Entry(_("The articles"), file_of(book.articles[0]))
    book.landmarks.append(("bodymatter", first))


def add_page(book: Book, kind: str, name: str, title: str, content: Any, class_: str = "") -> None:
    book.add(Item(name, page(title, element("main", content), class_=class_), spine=True))
    entry = Entry(title, name)
    book.contents.append(entry)
    book.landmarks.append((kind, entry))


def add_cover(book: Book) -> None:
    issue = book.issue
    if issue.cover:
        name = book.picture(issue.cover, issue.label, "cover-image")
        words = issue.cover.alternative or plain(issue.cover.caption)
    else:
        name, words = "cover.svg", ""
        book.add(Item(name, drawn_cover(issue), "image/svg+xml", "cover-image"))
    words = words or _("Cover of %(issue)s") % {"issue": issue.title}
    image = element("img", src=name, alt=words, role="doc-cover")
    shown = element("section", image, epub_type="cover", aria_label=_("Cover"))
    add_page(book, "cover", "cover.xhtml", _("Cover"), shown, class_="cover-page")


# The title page.


def title_page(issue: IssueText) -> Any:
    journal = issue.journal
    return element(
        "section",
        element("p", journal.pinyin_name, class_="pinyin") if journal.pinyin_name else None,
        element("h1", journal.name or issue.label),
        element("p", issue.label, class_="label") if journal.name else None,
        internal(issue),
        [element("p", slogan, class_="slogan") for slogan in issue.slogans],
        facts("masthead", [masthead_fact(line) for line in issue.masthead]),
        facts("imprint", imprint(issue)),
        element("p", element("a", issue.address, href=issue.address), class_="address"),
        epub_type="titlepage",
        class_="title-page",
    )


def internal(issue: IssueText) -> Any:
    """What an internal publication has to say of itself."""
    if issue.journal.serial:
        return None
    return element("p", _("Internal material, exchanged free of charge"), class_="day")


def facts(class_: str, pairs: list[tuple[str, Content]]) -> Any:
    lines = [element("div", element("dt", label), element("dd", said)) for label, said in pairs if said]
    return element("dl", lines, class_=class_) if lines else None


def masthead_fact(line: Line) -> tuple[str, Content]:
    said: list[Content] = []
    for number, value in enumerate(line.values):
        said += [" " if number else None, element("span", value, class_="name" if line.people else None)]
    return line.label, said


def imprint(issue: IssueText) -> list[tuple[str, Content]]:
    journal = issue.journal
    registered = (
        [("ISSN", journal.issn), ("CN", journal.cn_number)]
        if journal.serial
        else [(_("Licence"), journal.licence_number)]
    )
    return [(_("Frequency"), journal.frequency), *registered, *facts_of(issue)]


# The contents page.


def contents_page(issue: IssueText) -> Any:
    stories = [Group(story.section or _("Pictures"), (story,)) for story in issue.photo_stories]
    return element(
        "section",
        element("h1", _("Contents")),
        element("p", issue.title, class_="label"),
        [group(each) for each in (*issue.groups, *stories)],
        class_="contents",
    )


def group(group: Group) -> Any:
    name = element("h2", group.section, class_="section-name") if group.section else None
    return element("div", name, element("ol", [entry(article) for article in group.articles]), class_="group")


def entry(article: ArticleText) -> Any:
    """Title and authors, the dots that lead to the page, and the page: one link."""
    authors: list[Content] = []
    for name in article.names:
        authors += [" ", element("span", name, class_="name")]
    end = [
        element("span", authors, class_="entry-authors") if authors else None,
        page_number(article),
    ]
    said = [
        element("span", listed_title(article), class_="entry-title"),
        element("span", end, class_="entry-end"),
    ]
    link = element("a", said, href=file_of(article))
    return element("li", link, class_="entry" if authors else "entry plain")


def page_number(article: ArticleText) -> list[Content]:
    if article.first_page is None:
        return []
    page = element("span", f" {article.first_page}", class_="entry-page")
    return [element("span", class_="leader"), page]
