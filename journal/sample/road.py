"""The road of a sample issue: three reviews, three proofs, the press order – every step through its door."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from articles import press, workflow
from articles.models import Article, Issue
from journal.sample.clock import Clock
from journal.sample.content import SampleArticle

__all__ = ["AFTER", "reviews", "travel"]

#: What stands on these pages of every issue.
FIXED_PAGES = {"2": "目次", "3": "版权页"}
#: Who reads which proof round, how many errors in ten thousand characters they find, days before it is out.
ROUNDS = (("proof", 9, 11), ("proof2", 4, 9), ("proof3", 1, 7))
OPINIONS = (
    ("材料扎实，细节可信，可用。", "同意初审意见，篇幅合适。", "同意录用。"),
    ("题目好，人物立得住，可用。", "结构清楚，可用。", "录用，图片请用原图。"),
    ("数字已逐条核对来源，可用。", "同意，注释保留。", "同意录用，排在栏目前面。"),
    ("叙述克制，有现场，可用。", "可用，小标题不动。", "同意录用，结尾好，不要改。"),
    ("人名地名已同作者核实，可用。", "同意初审意见，第二节可稍紧。", "同意录用。"),
)
#: Days after a manuscript came in: registered, first, second, final review.
AFTER = (1, 3, 5, 7)

Step = tuple[str, Any, dict[str, Any]]


def travel(
    issue: Issue, articles: list[tuple[Article, SampleArticle]], people: dict[str, Any], clock: Clock
) -> None:
    """Take drafts and an empty issue to a published one; raises ``workflow.Refused`` where a rule says no."""
    assert issue.publication_date is not None
    day = {before: issue.publication_date - datetime.timedelta(days=before) for before in range(30)}
    for article, _sample in articles:
        act("submit", article, article.submitter, clock, declarations=tuple(workflow.DECLARATIONS))
    for number, after in enumerate(AFTER):
        clock.to(day[27 - after], 9)
        for article, sample in articles:
            action, person, words = reviews(article, sample.number, people)[number]
            act(action, article, person, clock, **words)
    clock.to(day[16], 9)
    for position, (article, sample) in enumerate(articles, start=1):
        place(article, issue, position, sample, people, clock)
    issue.fixed_pages = FIXED_PAGES
    issue.save()
    clock.to(day[14], 10)
    press.perform("approve_contents", issue, people["chief"])
    clock.to(day[13], 15)
    press.perform("typeset", issue, people["section"])
    for reader, errors, before in ROUNDS:
        clock.to(day[before], 9)
        read_proof(issue, people[reader], people["section"], errors, clock)
    clock.to(day[5], 9)
    press.perform("start_reading", issue, people["section"])
    clock.to(day[4], 17)
    press.perform("sign_reading", issue, people["editor"])
    clock.to(day[3], 10)
    press.perform("sign", issue, people["chief"])
    clock.to(day[0], 8)
    press.perform("publish", issue, people["publisher"], published_at=timezone.now())


def act(action: str, article: Article, person: Any, clock: Clock, **words: Any) -> None:
    clock.tick()
    workflow.perform(action, article, person, **words)


def reviews(article: Article, number: int, people: dict[str, Any]) -> list[Step]:
    """Registration and the three reviews as (action, person, words), ending with acceptance; who wrote the
    piece leaves it to a colleague."""
    first, second, final = OPINIONS[number % len(OPINIONS)]
    names = {byline.author.name for byline in article.bylines.select_related("author")}
    mine = ("editor2", "editor") if number % 2 and number < 20 else ("editor", "editor2")
    editor = next(people[name] for name in mine if people[name].name not in names)
    chief = people["deputy"] if people["chief"].name in names else people["chief"]
    # The parts of a serial share a title: the register asks why, and is told.
    reason = f"连载，{article.series_part}篇" if article.series else ""
    return [
        ("register", people["registrar"], {"editor": editor, "reason": reason}),
        ("pass_up", editor, {"opinion": first, "verdict": "use"}),
        ("pass_up", people["section"], {"opinion": second, "verdict": "use"}),
        ("accept", chief, {"opinion": final}),
    ]


def place(
    article: Article, issue: Issue, position: int, sample: SampleArticle, people: dict[str, Any], clock: Clock
) -> None:
    pages = {name: sample.meta[name] for name in ("first_page", "last_page")}
    act("place", article, people["section"], clock, issue=issue, position=position, **pages)
    act("release", article, people["editor"], clock)


def read_proof(issue: Issue, reader: Any, section: Any, per_ten_thousand: int, clock: Clock) -> None:
    press.perform("open_round", issue, section)
    for article in issue.articles.in_page_order():
        clock.tick()
        errors = Decimal(article.character_count * per_ten_thousand) / 10_000
        press.perform("sign_proof", issue, reader, article=article, errors=errors.quantize(Decimal("0.1")))
    clock.tick()
    press.perform("close_round", issue, section, pages_changed=per_ten_thousand)
