"""The road of a sample issue: three reviews, three proofs, the press order – every step through its door."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from articles import press, workflow
from articles.models import Article, Issue
from articles.workflow import Stage
from journal.sample.content import SampleArticle

__all__ = ["prepare", "travel"]

#: The contents and the masthead stand on these pages of every issue.
FIXED_PAGES = [2, 3]
#: Who reads which proof round, and how many errors in ten thousand characters they find.
ROUNDS = (("proof", 9), ("proof2", 4), ("proof3", 1))
OPINIONS = (
    ("材料扎实，细节可信，可用。", "同意初审意见，篇幅合适。", "同意录用。"),
    ("题目好，人物立得住，可用。", "结构清楚，可用。", "录用，图片请用原图。"),
    ("数字已逐条核对来源，可用。", "同意，注释保留。", "同意录用，排在栏目前面。"),
)


def travel(issue: Issue, articles: list[tuple[Article, SampleArticle]], people: dict[str, Any]) -> None:
    """Take drafts and an empty issue to a published one; raises ``workflow.Refused`` where a rule says no."""
    for position, (article, sample) in enumerate(articles, start=1):
        review(article, people, OPINIONS[position % len(OPINIONS)])
        place(article, issue, position, sample, people)
    issue.fixed_pages = FIXED_PAGES
    issue.save()
    press.perform("approve_contents", issue, people["chief"])
    press.perform("typeset", issue, people["section"])
    for reader, errors in ROUNDS:
        read_proof(issue, people[reader], people["section"], errors)
    press.perform("start_reading", issue, people["section"])
    press.perform("sign_reading", issue, people["editor"])
    press.perform("sign", issue, people["chief"])
    press.perform("publish", issue, people["publisher"], published_at=morning_of(issue))


def prepare(issue: Issue, articles: list[tuple[Article, SampleArticle]], people: dict[str, Any]) -> None:
    """The next issue in the making: each manuscript goes as far as its ``stage``; everybody has work."""
    for position, (article, sample) in enumerate(articles):
        review(article, people, OPINIONS[position % len(OPINIONS)], until=sample.meta["stage"])


def review(
    article: Article, people: dict[str, Any], opinions: tuple[str, str, str], until: str = Stage.ACCEPTED
) -> None:
    """From draft to ``until``, each review signed; who wrote the piece leaves it to a colleague."""
    first, second, final = opinions
    names = {byline.author.name for byline in article.bylines.select_related("author")}
    editor = people["editor2"] if people["editor"].name in names else people["editor"]
    chief = people["deputy"] if people["chief"].name in names else people["chief"]
    # The parts of a serial share a title: the register asks why, and is told.
    reason = f"连载，{article.series_part}篇" if article.series else ""
    due = timezone.localdate() + datetime.timedelta(days=10)
    declared = tuple(workflow.DECLARATIONS)
    workflow.perform("submit", article, article.submitter, declarations=declared)
    steps: tuple[tuple[str, str, Any, dict[str, Any]], ...] = (
        (Stage.SUBMITTED, "register", people["registrar"], {"editor": editor, "reason": reason}),
        (Stage.FIRST_REVIEW, "pass_up", editor, {"opinion": first, "verdict": "use"}),
        (Stage.SECOND_REVIEW, "pass_up", people["section"], {"opinion": second, "verdict": "use"}),
        (Stage.FINAL_REVIEW, "accept", chief, {"opinion": final}),
    )
    for stage, action, person, words in steps:
        if until == stage:
            return
        if until == Stage.RETURNED and stage == Stage.FIRST_REVIEW:
            action, words = (
                "return",
                {"opinion": "请补上测量的日期和风向，黄老伯一段可再展开。", "due_on": due},
            )
        workflow.perform(action, article, person, **words)
        if article.stage == until:
            return


def place(
    article: Article, issue: Issue, position: int, sample: SampleArticle, people: dict[str, Any]
) -> None:
    pages = {name: sample.meta[name] for name in ("first_page", "last_page")}
    workflow.perform("place", article, people["section"], issue=issue, position=position, **pages)
    workflow.perform("release", article, people["editor"])


def read_proof(issue: Issue, reader: Any, section: Any, per_ten_thousand: int) -> None:
    press.perform("open_round", issue, section)
    for article in issue.articles.in_page_order():
        errors = Decimal(article.character_count * per_ten_thousand) / 10_000
        press.perform("sign_proof", issue, reader, article=article, errors=errors.quantize(Decimal("0.1")))
    press.perform("close_round", issue, section, pages_changed=per_ten_thousand)


def morning_of(issue: Issue) -> datetime.datetime:
    """Eight o'clock of the publication day in the office's time zone."""
    assert issue.publication_date is not None
    return timezone.make_aware(datetime.datetime.combine(issue.publication_date, datetime.time(8)))
