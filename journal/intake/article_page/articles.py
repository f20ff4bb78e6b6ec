"""One article of a page in the making, and what articles of one page owe each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..manuscript import BlockKind
from .bodies import Body
from .dates import PrintedDate
from .heads import Head, read_note
from .items import Item, Kind
from .labels import About
from .records import Record
from .strand import Piece, Strand

__all__ = ["PageArticle", "facts_of_article", "join_jumps", "record_fact", "says_nothing", "share_page_facts"]


@dataclass(slots=True)
class PageArticle:
    id: str
    head: Head
    body: Body
    record: Record
    head_items: list[Item]
    doubts: list[Item]


def facts_of_article(head: Sequence[Item]) -> Iterable[Item]:
    """Between a newspaper's page mark and the first headline stand the page's editors, not the article's."""
    first = next((n for n, i in enumerate(head) if i.kind is Kind.SHORT), len(head))
    marked = any(i.kind is Kind.PAGE_MARK for i in head[:first])
    return [i for n, i in enumerate(head) if not (marked and n < first and i.kind is Kind.LABELS)]


def says_nothing(item: Item) -> bool:
    """Labels without values, counters and buttons are furniture, whatever number stands behind them."""
    silent = (About.VISITS, About.NOISE)
    empty = all(not p.value or p.about in silent for p in item.pairs)
    return item.kind is Kind.LABELS and not item.rest and empty


def record_fact(item: Item, record: Record) -> None:
    if item.kind is Kind.BYLINE and item.byline is not None:
        record.add_authors(item.byline.authors)
        record.add_credits(item.byline.credits)
        record.add_source(item.rest)
    elif item.kind is Kind.LABELS:
        record.add_pairs(item)
    elif item.kind is Kind.DATE and item.date is not None:
        record.add_date(item.date)
        if item.byline is not None:
            record.add_authors(item.byline.authors)
            record.add_credits(item.byline.credits)
        record.add_rest(item.rest)
    elif item.kind is Kind.PAGE_MARK:
        record.page = item.page or record.page
        if item.date is not None and record.date is None:
            record.add_date(item.date)
            record.page_date = item.date
    elif item.kind is Kind.NOTE:
        closing = read_note(item)
        if closing is not None:
            record.add_closing(closing)


def share_page_facts(articles: Sequence[PageArticle]) -> None:
    """Date and number of a newspaper page hold for all of its articles."""
    printed, page = None, None
    for article in articles:
        printed = (
            article.record.page_date or (_date_above_titles(article) if not printed else None) or printed
        )
        page = article.record.page or page
        article.record.page = page
        if printed is not None and article.record.date is None:
            article.record.add_date(printed)


def _date_above_titles(article: PageArticle) -> PrintedDate | None:
    """A date printed above the first headline of the page is the page's."""
    if article.id != "01" or not article.head.title:
        return None
    above = article.head_items[: _place(article.head_items, article.head.title[0])]
    dated = any(i.date is not None or any(p.about is About.DATE for p in i.pairs) for i in above)
    return article.record.date if dated else None


def _place(items: Sequence[Item], wanted: Item) -> int:
    return next((n for n, item in enumerate(items) if item is wanted), 0)


def join_jumps(articles: list[PageArticle]) -> list[PageArticle]:
    """A continuation (上接) joins the article that breaks off (下转), or stays and is asked about."""
    kept: list[PageArticle] = []
    for article in articles:
        open_ends = [a for a in kept if a.body.jumps_to or a.body.unfinished]
        if article.body.jumps_from is None or article.head.title or not open_ends:
            kept.append(article)
            continue
        _append(open_ends[-1], article)
    return kept


def _append(first: PageArticle, rest: PageArticle) -> None:
    texts = [p for p in rest.body.parts if p.kind is BlockKind.PARAGRAPH]
    parts = list(rest.body.parts)
    if first.body.unfinished and texts:
        first.body.text_parts[-1].strand += Strand((Piece("", 0, 0),)) + texts[0].strand
        parts.remove(texts[0])
    first.body.parts += parts
    first.body.captions += rest.body.captions
    first.body.residue += rest.body.residue
    first.body.jumps_to = rest.body.jumps_to
    first.body.end_mark = rest.body.end_mark
    first.record.add_authors(rest.record.authors)
    first.record.add_credits(rest.record.credits)
    first.head_items += rest.head_items
