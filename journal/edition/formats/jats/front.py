"""The front matter: the journal, and what a library wants to know of the article."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from django.utils import timezone

from journal.edition.formats.jats.elements import HREF, LANG, E, Element
from journal.edition.formats.jats.people import contributors
from journal.edition.formats.text import ArticleText, IssueText, JournalText

__all__ = ["front"]


def front(article: ArticleText, issue: IssueText) -> Element:
    return E.front(journal_meta(issue.journal), E("article-meta", *article_meta(article, issue)))


def journal_meta(journal: JournalText) -> Element:
    """The DTD wants an ISSN of every journal; an internal publication has none, and its element is empty."""
    titles = E("journal-title-group", E("journal-title", journal.name))
    if journal.pinyin_name:
        titles.append(E("abbrev-journal-title", journal.pinyin_name, {"abbrev-type": "pinyin"}))
    publisher = E.publisher(E("publisher-name", journal.organiser or journal.authority or journal.name))
    if journal.address:
        publisher.append(E("publisher-loc", journal.address))
    return E(
        "journal-meta",
        *journal_ids(journal),
        titles,
        E.issn(journal.issn, {"publication-format": "print"}),
        publisher,
        E("self-uri", {HREF: f"{journal.site}/"}),
    )


def journal_ids(journal: JournalText) -> Iterator[Element]:
    """The host of its site is the one name each journal has; numbers of the state where it has them."""
    host = re.sub(r"^https?://", "", journal.site)
    yield E("journal-id", host, {"journal-id-type": "publisher-id"})
    if journal.cn_number:
        yield E("journal-id", journal.cn_number, {"journal-id-type": "cn"})
    if journal.licence_number:
        yield E("journal-id", journal.licence_number, {"journal-id-type": "licence"})


def article_meta(article: ArticleText, issue: IssueText) -> Iterator[Element]:
    """In the order of the DTD. No volume: the journals Kanwu makes count issues, not volumes."""
    yield E("article-id", article.code, {"pub-id-type": "publisher-id"})
    yield from categories(article)
    yield titles(article)
    yield from contributors(article)
    yield from publication_dates(article, issue)
    yield E.issue(issue.number)
    if issue.serial_number is not None:  # 总第N期
        yield E(
            "issue-id", str(issue.serial_number), {"pub-id-type": "other", "content-type": "serial-number"}
        )
    if article.first_page is not None:
        yield E.fpage(str(article.first_page))
        yield E.lpage(str(article.last_page or article.first_page))
    if article.corrected_at:
        yield E.history(dated("date", local_day(article.corrected_at), {"date-type": "corrected"}))
    yield E("self-uri", {HREF: article.address})
    yield from other_parts(article, issue)
    if article.abstract:
        yield E.abstract(*map(E.p, article.abstract))
    if article.keywords:
        yield E("kwd-group", {LANG: "zh"}, *map(E.kwd, article.keywords))


def categories(article: ArticleText) -> Iterator[Element]:
    """The section, and the serial with the part's mark and whether it goes on."""
    found = E("article-categories")
    if article.section:
        found.append(E("subj-group", {"subj-group-type": "section"}, E.subject(article.section)))
    if article.series:
        found.append(E("series-title", article.series))
        if said := " ".join(filter(None, (article.series_part, article.series_status))):
            found.append(E("series-text", said))
    if len(found):
        yield found


def titles(article: ArticleText) -> Element:
    group = E("title-group", E("article-title", *with_breaks(article.title)))
    if article.subtitle:
        group.append(E.subtitle(article.subtitle))
    if article.kicker:
        group.append(E("alt-title", article.kicker, {"alt-title-type": "kicker"}))
    if article.contents_title.split() not in ([], ["".join(article.title)], list(article.title)):
        group.append(E("alt-title", article.contents_title, {"alt-title-type": "contents"}))
    return group


def with_breaks(lines: tuple[str, ...]) -> Iterator[str | Element]:
    for place, line in enumerate(lines):
        if place:
            yield E("break")
        yield line


def publication_dates(article: ArticleText, issue: IssueText) -> Iterator[Element]:
    """Of the printed issue, its year at least; and of the page on line."""
    said = {"date-type": "pub", "publication-format": "print"}
    if issue.publication_date:
        yield dated("pub-date", issue.publication_date, said)
    else:
        yield E("pub-date", said, E.year(str(issue.year)))
    if article.published_at:
        said = {"date-type": "pub", "publication-format": "electronic"}
        yield dated("pub-date", local_day(article.published_at), said)


def local_day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()


def dated(tag: str, day: datetime.date, said: dict[str, str]) -> Element:
    parts = (E.day(f"{day:%d}"), E.month(f"{day:%m}"), E.year(f"{day:%Y}"))
    return E(tag, {**said, "iso-8601-date": day.isoformat()}, *parts)


def other_parts(article: ArticleText, issue: IssueText) -> Iterator[Element]:
    """The other parts of the serial in the same issue."""
    for other in issue.articles:
        if article.series and other.series == article.series and other.code != article.code:
            said = {"related-article-type": "companion", "ext-link-type": "uri", HREF: other.address}
            yield E("related-article", said)
