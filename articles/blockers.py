"""What blocks the press order: the list is the screen (domain §4)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles import proofs
from articles.checklist import joined
from articles.stages import Stage

if TYPE_CHECKING:
    from articles.models import Article, Issue

__all__ = ["Blocker", "blockers", "contents_hash", "contents_of", "page_blockers", "text_hash"]


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing in the way: a code, a sentence, the article it is about and the field to mend."""

    code: str
    message: str
    article: Article | None = None
    field: str = ""


def contents_of(issue: Issue) -> list[Article]:
    """The articles of an issue in their order, bylines and sections fetched; three queries."""
    articles = issue.articles.in_page_order().select_related("section")
    return list(articles.prefetch_related("bylines__author"))


def contents_hash(articles: list[Article]) -> str:
    """What the chief editor approves: order, sections, titles and authors; pages may still flow."""
    ordered = sorted(articles, key=lambda a: (a.position or 0, a.pk))
    return digest(
        [[a.section_id, a.contents_title, a.subtitle, [b.name for b in a.bylines.all()]] for a in ordered]
    )


def text_hash(articles: list[Article]) -> str:
    """What the final reading is signed for: every text at its pages."""
    return digest(
        [[a.pk, a.text_hash, a.first_page, a.last_page] for a in sorted(articles, key=lambda a: a.pk)]
    )


def digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def blockers(issue: Issue, articles: list[Article] | None = None) -> list[Blocker]:
    """Everything that stands between the issue and the press order, in the order an editor works.

    ``articles`` are its ``contents_of``, where they are at hand; the number of queries does not depend on
    them.
    """
    articles = contents_of(issue) if articles is None else articles
    return [
        *article_blockers(articles),
        *page_blockers(issue, articles),
        *title_blockers(articles),
        *contents_blockers(issue, articles),
        *proof_blockers(issue, articles),
        *reading_blockers(issue, articles),
        *licence_blockers(),
        *mark_blockers(issue),
    ]


def article_blockers(articles: list[Article]) -> Iterator[Blocker]:
    if not articles:
        yield Blocker("no-articles", _("No article stands in this issue."), None, "articles")
    for article in articles:
        if article.stage != Stage.RELEASED:
            yield Blocker(
                "not-released",
                _("“%(title)s” is not released: it stands in “%(stage)s”.")
                % {"title": article.title_line, "stage": Stage(article.stage).label},
                article,
                "stage",
            )


def page_blockers(issue: Issue, articles: list[Article]) -> Iterator[Blocker]:
    """Missing pages, overlaps, gaps, articles beyond the last page.

    Two articles may share a page where one ends and the next begins. Pages before the first article carry the
    contents; ``Issue.fixed_pages`` names the others that carry none.
    """
    placed: list[tuple[int, int, Article]] = []
    for article in articles:
        if article.first_page is None or article.last_page is None:
            yield Blocker(
                "no-page",
                _("“%(title)s” has no pages yet.") % {"title": article.title_line},
                article,
                "first_page",
            )
        else:
            placed.append((article.first_page, article.last_page, article))
    placed.sort(key=lambda row: (row[0], row[1]))
    fixed = {int(page) for page in issue.fixed_pages}
    reached, before = None, None
    for first, last, article in placed:
        words = {"title": article.title_line, "page": first}
        if reached is not None and before is not None and first < reached:
            words |= {"other": before.title_line}
            yield Blocker(
                "overlap",
                _("“%(title)s” begins on page %(page)s inside “%(other)s”.") % words,
                article,
                "first_page",
            )
        yield from gap(reached, first, fixed, article)
        if last > issue.page_count:
            words |= {"last": last, "count": issue.page_count}
            yield Blocker(
                "beyond-last-page",
                _("“%(title)s” ends on page %(last)s, but the issue has %(count)s pages.") % words,
                article,
                "last_page",
            )
        if reached is None or last > reached:
            reached, before = last, article
    if reached is not None:
        yield from gap(reached, issue.page_count + 1, fixed, before)


def gap(reached: int | None, first: int, fixed: set[int], article: Article | None) -> Iterator[Blocker]:
    empty = [] if reached is None else [page for page in range(reached + 1, first) if page not in fixed]
    if empty:
        pages = str(empty[0]) if len(empty) == 1 else f"{empty[0]}–{empty[-1]}"
        yield Blocker("gap", _("Nothing stands on page %(pages)s.") % {"pages": pages}, article, "first_page")


def title_blockers(articles: list[Article]) -> Iterator[Blocker]:
    """The contents page says the words of the page; kicker or subtitle may stand with them."""
    for article in articles:
        title, kicker, subtitle = (bare(t) for t in (article.title, article.kicker, article.subtitle))
        allowed = {title, kicker + title, title + subtitle, kicker + title + subtitle}
        if article.toc_title and bare(article.toc_title) not in allowed:
            yield Blocker(
                "title-differs",
                _("The contents page says “%(contents)s”, the page says “%(title)s”.")
                % {"contents": article.toc_title, "title": article.title_line},
                article,
                "toc_title",
            )


def bare(text: str) -> str:
    """Words alone: spaces, dashes and punctuation between the lines of a title do not count."""
    return re.sub(r"[\W_]+", "", text)


def contents_blockers(issue: Issue, articles: list[Article]) -> Iterator[Blocker]:
    approved = issue.signoffs.filter(step="contents").last()
    if approved is None:
        yield Blocker("contents-not-approved", _("The contents page is not approved yet."), None, "contents")
    elif approved.contents_hash != contents_hash(articles):
        yield Blocker(
            "contents-changed",
            _("The contents changed after %(person)s approved them: have them approved again.")
            % {"person": approved.person_name},
            None,
            "contents",
        )


def proof_blockers(issue: Issue, articles: list[Article]) -> Iterator[Blocker]:
    rounds = proofs.figures(issue)
    demanded, reasons = proofs.rounds_demanded(rounds, issue.page_count)
    if any(not r.closed for r in rounds):
        number = rounds[-1].number
        yield Blocker(
            "round-open", _("Proof round %(number)s is still open.") % {"number": number}, None, "rounds"
        )
    done = sum(r.closed for r in rounds)
    if done < demanded:
        message = _("%(done)s of %(demanded)s proof rounds are closed.") % {
            "done": done,
            "demanded": demanded,
        }
        if reasons:
            message += _(" An extra round is demanded: %(reasons)s.") % {"reasons": joined(reasons)}
        yield Blocker("rounds-missing", message, None, "rounds")
    signed = proofs.standing_signatures(issue, articles)
    for article in articles:
        count = len(signed.get(article.pk, ()))
        if count < demanded:
            yield Blocker(
                "proof-missing",
                _("“%(title)s” is signed in %(count)s of %(demanded)s proof rounds.")
                % {"title": article.title_line, "count": count, "demanded": demanded},
                article,
                "signatures",
            )


def mark_blockers(issue: Issue) -> Iterator[Blocker]:
    from articles.models import ProofMark

    marks = ProofMark.objects.filter(round__issue=issue).open_required()
    for mark in marks.select_related("article"):
        where = mark.article.title_line if mark.article else mark.get_part_display()
        yield Blocker(
            "mark-open",
            _("A required correction is open in “%(title)s”: %(words)s")
            % {"title": where, "words": mark if mark.wrong or mark.right else mark.get_kind_display()},
            mark.article,
            f"mark-{mark.pk}",
        )


def reading_blockers(issue: Issue, articles: list[Article]) -> Iterator[Blocker]:
    reading = issue.signoffs.filter(step="reading").last()
    if reading is None:
        yield Blocker("reading-missing", _("The final reading is not signed yet."), None, "reading")
    elif reading.contents_hash != text_hash(articles):
        yield Blocker(
            "reading-void",
            _("Something changed after %(person)s signed the final reading: read and sign again.")
            % {"person": reading.person_name},
            None,
            "reading",
        )


def licence_blockers() -> Iterator[Blocker]:
    from articles.models import Journal

    journal = Journal.objects.current()
    if journal.licence_expired:
        yield Blocker(
            "licence-expired",
            _("The licence %(number)s expired on %(day)s.")
            % {"number": journal.licence_number, "day": journal.licence_expires},
            None,
            "licence_expires",
        )
