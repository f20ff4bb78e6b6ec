"""The whole issue for the printer: cover words, imprint, contents, then each article with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.formats.wording import facts_of, listed_title

from .article import article, pages_of
from .blocks import paragraph
from .book import Book, Spot
from .inlines import picture, run
from .markup import text, w

__all__ = ["contents", "cover", "imprint", "placed"]


def cover(book: Book, issue: IssueText, spot: Spot) -> Iterator[Any]:
    """The words that stand on it, its picture below them."""
    journal = issue.journal
    if journal.name:
        yield paragraph("JournalName", run(journal.name))
    for words in filter(None, (journal.pinyin_name, issue.label, registration(issue))):
        yield paragraph("CoverWords", run(words))
    for slogan in issue.slogans:
        yield paragraph("Slogan", run(slogan))
    if issue.cover:
        inside = spot.inside(place=_("the cover"))
        yield paragraph("Picture", picture(book, issue.cover, inside, width=spot.width // 2))
        if issue.cover.credit:
            yield paragraph("PictureWords", run(issue.cover.credit))


def registration(issue: IssueText) -> str:
    """``ISSN … · CN …``, or the licence of an internal publication."""
    journal = issue.journal
    if journal.serial:
        numbers = (("ISSN", journal.issn), ("CN", journal.cn_number))
        return " · ".join(f"{label} {number}" for label, number in numbers if number)
    licence = f"{_('Licence')} {journal.licence_number}" if journal.licence_number else ""
    return " · ".join(filter(None, (licence, _("Internal material, exchanged free of charge"))))


def imprint(issue: IssueText) -> Iterator[Any]:
    """The masthead as it was laid out, then what the journal is known by and the masthead does not say."""
    yield paragraph("PageTitle", run(_("masthead")))
    for label, value in [*((line.label, " ".join(line.values)) for line in issue.masthead), *facts_of(issue)]:
        yield paragraph("Imprint", run(f"{label}："), w("r", w("tab")), run(value))


def contents(issue: IssueText) -> Iterator[Any]:
    """Title, names, dots, the page planned; then the pages that hold no article."""
    yield paragraph("PageTitle", run(_("Contents")))
    for group in issue.groups:
        if group.section:
            yield paragraph("Section", run(group.section))
        for number, each in enumerate(group.articles):
            yield entry(each, apart=not group.section and not number)
    if issue.fixed_pages:
        yield paragraph("Section", run(_("Other pages")))
        for page, words in sorted(issue.fixed_pages.items()):
            yield paragraph("Entry", run(words), w("r", w("tab")), run(str(page)))


def entry(each: ArticleText, *, apart: bool) -> Any:
    """One line of the contents; it leads to the article. ``apart``: a gap stands in for a section's name."""
    pieces = [run(listed_title(each))]
    if each.names:
        pieces.append(run("  " + " ".join(each.names), w("rFonts", eastAsia="楷体")))
    page = "" if each.first_page is None else str(each.first_page)
    pieces.append(w("r", w("tab"), text(page)))
    gap = w("spacing", before=240) if apart else None
    return paragraph("Entry", w("hyperlink", *pieces, anchor=f"article{each.pk}"), own=gap)


def placed(book: Book, each: ArticleText, spot: Spot) -> list[Any]:
    """An article under the line that tells the printer where it belongs."""
    where = " · ".join(filter(None, (each.section, pages_of(each)))) or _("page not set")
    return [paragraph("Place", run(where)), *article(book, each, spot)]
