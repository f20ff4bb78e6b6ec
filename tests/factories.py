"""One cast of people and the things they work on; everything goes through the doors, nothing round them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import checklist, press, workflow
from articles.models import Article, Author, Byline, Issue, Journal, Section
from articles.press import IssueStage
from articles.workflow import Stage
from journal.people.roles import works_at_desk

__all__ = [
    "DECLARED",
    "Cast",
    "Office",
    "make_article",
    "make_issue",
    "make_journal",
    "make_section",
    "make_user",
    "printed_issue",
]

DECLARED = tuple(workflow.DECLARATIONS)
PASSWORD = "a-long-enough-password"
counter = itertools.count(1)
issue_counter = itertools.count(1200)  # twelve a year: the year stays plausible in the longest run


def make_user(role: str = "", *, name: str = "", unit: str = "", **fields: Any) -> Any:
    """An account with one editorial role; its password is ``PASSWORD``.

    It was there before the test: written past ``save()``, so that the record begins with what the test does.
    """
    number = next(counter)
    user = get_user_model()(
        username=fields.pop("username", f"{role or 'user'}-{number}"),
        name=name or f"{role or 'user'} {number}",
        unit=unit,
        email=f"person{number}@example.org",
        **{"is_staff": works_at_desk([role]), **fields},
    )
    user.set_unusable_password()
    (user,) = get_user_model().objects.bulk_create([user])
    if role:
        held = user.groups.through(user=user, group=Group.objects.get(name=role))
        user.groups.through.objects.bulk_create([held])
    return user


class Cast:
    """The office: each person is made when first asked for."""

    @cached_property
    def contributor(self) -> Any:
        return make_user("contributor", name="贺苇", unit="芦滩镇文化站")

    @cached_property
    def unit_approver(self) -> Any:
        return make_user("unit-approver", name="柏青山", unit="芦滩镇文化站")

    @cached_property
    def registrar(self) -> Any:
        return make_user("registrar", name="方蕙")

    @cached_property
    def editor(self) -> Any:
        return make_user("responsible-editor", name="陆小满")

    @cached_property
    def head(self) -> Any:
        return make_user("head-of-section", name="何砚")

    @cached_property
    def chief(self) -> Any:
        return make_user("chief-editor", name="沈望川")

    @cached_property
    def proofreader(self) -> Any:
        return make_user("proofreader", name="夏禾")

    @cached_property
    def second_proofreader(self) -> Any:
        return make_user("proofreader", name="冬青")

    @cached_property
    def third_proofreader(self) -> Any:
        return make_user("proofreader", name="秋实")

    @cached_property
    def publisher(self) -> Any:
        return make_user("publisher", name="林舟")

    @cached_property
    def reader(self) -> Any:
        return make_user("reader", name="读者甲")

    @cached_property
    def system_officer(self) -> Any:
        return make_user("system-officer", name="系统管理员")

    @cached_property
    def security_officer(self) -> Any:
        return make_user("security-officer", name="安全管理员")

    @cached_property
    def audit_officer(self) -> Any:
        return make_user("audit-officer", name="审计员")

    @cached_property
    def superuser(self) -> Any:
        return make_user(name="超级用户", is_superuser=True)

    #: One name for each role, in the order of the table.
    ROLES = (
        "reader",
        "contributor",
        "unit_approver",
        "registrar",
        "editor",
        "head",
        "chief",
        "proofreader",
        "publisher",
        "system_officer",
        "security_officer",
        "audit_officer",
    )


Office = Cast


def make_journal(**fields: Any) -> Journal:
    """The one journal; called again it changes it."""
    journal = Journal.objects.current()
    journal.name = journal.name or "澜江"
    for name, value in fields.items():
        setattr(journal, name, value)
    journal.save()
    return journal


def make_section(name: str = "人物", code: str = "people") -> Section:
    return Section.objects.get_or_create(name=name, defaults={"code": code})[0]


def register(article: Article, cast: Cast) -> None:
    """As the office does it: what came in before is registered only with a word of explanation."""
    words = {"reason": "同文另稿，已核对。"} if checklist.duplicates(article) else {}
    workflow.perform("register", article, cast.registrar, **words)


def due_day(days: int = 7) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def make_draft(cast: Cast, **fields: Any) -> Article:
    """A complete draft of the contributor's, with one author."""
    number = next(counter)
    fields.setdefault("title", f"渡口纪事之{number}")
    fields.setdefault("body", f"<p>第{number}次过江的时候，船工把缆绳又绕了一圈。</p>")
    fields.setdefault("code", f"article-{number}")
    fields.setdefault("submitter", cast.contributor)
    article = Article.objects.create(**fields)
    author, _made = Author.objects.get_or_create(
        name="贺苇", unit="芦滩镇文化站", kind="person", defaults={"code": "he-wei"}
    )
    Byline.objects.create(article=article, author=author, position=1)
    return article


def issue_for(cast: Cast) -> Issue:
    return Issue.objects.filter(stage=IssueStage.PLANNING).first() or make_issue(cast)


#: How an article comes to each stage: the stage before, then one press of a button.
ROAD: dict[Stage, tuple[Stage, Callable[[Article, Cast], Any]]] = {
    Stage.SUBMITTED: (
        Stage.DRAFT,
        lambda a, _c: workflow.perform("submit", a, a.submitter, declarations=DECLARED),
    ),
    Stage.FIRST_REVIEW: (Stage.SUBMITTED, register),
    Stage.SECOND_REVIEW: (
        Stage.FIRST_REVIEW,
        lambda a, c: workflow.perform("pass_up", a, c.editor, opinion="选题实在，可用。", verdict="use"),
    ),
    Stage.FINAL_REVIEW: (
        Stage.SECOND_REVIEW,
        lambda a, c: workflow.perform("pass_up", a, c.head, opinion="同意初审意见。", verdict="use"),
    ),
    Stage.ACCEPTED: (
        Stage.FINAL_REVIEW,
        lambda a, c: workflow.perform("accept", a, c.chief, opinion="同意录用。"),
    ),
    Stage.RESERVE: (
        Stage.FINAL_REVIEW,
        lambda a, c: workflow.perform("hold", a, c.chief, opinion="留作备用。"),
    ),
    Stage.REJECTED: (
        Stage.FINAL_REVIEW,
        lambda a, c: workflow.perform("refuse", a, c.chief, opinion="与上期重复。"),
    ),
    Stage.RETURNED: (
        Stage.FIRST_REVIEW,
        lambda a, c: workflow.perform("return", a, c.editor, opinion="请补数据出处。", due_on=due_day()),
    ),
    Stage.EDITING: (Stage.ACCEPTED, lambda a, c: workflow.perform("place", a, c.head, issue=issue_for(c))),
    Stage.RELEASED: (Stage.EDITING, lambda a, c: workflow.perform("release", a, c.editor)),
    Stage.RECALLED: (Stage.SUBMITTED, lambda a, _c: workflow.perform("recall", a, a.submitter)),
}


def make_article(cast: Cast | None = None, stage: str = Stage.DRAFT, **fields: Any) -> Article:
    """An article in any stage, driven there by the right people through ``perform()``."""
    cast = cast or Cast()
    stage = Stage(stage)
    if stage in {Stage.PUBLISHED, Stage.RETRACTED}:
        return make_published_article(cast, stage, **fields)
    if stage == Stage.UNIT_CHECK:
        make_journal(unit_check=True)
        article = make_draft(cast, **fields)
        ROAD[Stage.SUBMITTED][1](article, cast)
        make_journal(unit_check=False)
        return article
    return drive(make_draft(cast, **fields), cast, stage)


def drive(article: Article, cast: Cast, stage: Stage) -> Article:
    """Take an article along the road from where it stands to ``stage``."""
    road = []
    while stage != article.stage:
        if stage not in ROAD:
            raise ValueError(f"no road from {article.stage} to {stage}")
        before, press_button = ROAD[stage]
        road.append(press_button)
        stage = before
    for press_button in reversed(road):
        press_button(article, cast)
    return article


def make_issue(cast: Cast | None = None, stage: str = IssueStage.PLANNING, **fields: Any) -> Issue:
    """An issue in any stage; beyond planning it holds two articles and the right people drive it there."""
    cast = cast or Cast()
    number = next(issue_counter)
    fields.setdefault("year", 1800 + number // 12 % 400)  # the years an issue may have
    fields.setdefault("number", str(number % 12 + 1))
    fields.setdefault("page_count", 4)
    issue = Issue.objects.create(**fields)
    if stage != IssueStage.PLANNING:
        fill(issue, cast)
        drive_issue(issue, cast, IssueStage(stage))
    return issue


def fill(issue: Issue, cast: Cast) -> list[Article]:
    """Two released articles that fill the pages 1 to ``page_count``."""
    make_journal()
    half = max(issue.page_count // 2, 1)
    articles = []
    for first, last in ((1, half), (half + 1, issue.page_count)):
        article = make_article(cast, Stage.ACCEPTED)
        workflow.perform("place", article, cast.head, issue=issue, first_page=first, last_page=last)
        workflow.perform("release", article, cast.editor)
        articles.append(article)
    return articles


def read_round(issue: Issue, cast: Cast, number: int, *, errors: Any = None, pages_changed: int = 0) -> None:
    """One whole proof round: opened, every article signed, closed."""
    reader = (cast.proofreader, cast.second_proofreader, cast.third_proofreader)[(number - 1) % 3]
    press.perform("open_round", issue, cast.head)
    for article in issue.articles.all():
        press.perform("sign_proof", issue, reader, article=article, errors=errors)
    press.perform("close_round", issue, cast.head, pages_changed=pages_changed)


def drive_issue(issue: Issue, cast: Cast, stage: IssueStage) -> Issue:
    """Take a filled issue from planning to ``stage``."""

    def proofs() -> None:
        for number in (1, 2, 3):
            read_round(issue, cast, number)

    def to_signed() -> None:
        press.perform("sign_reading", issue, cast.editor)
        press.perform("sign", issue, cast.chief)

    steps: list[tuple[IssueStage, Callable[[], Any]]] = [
        (IssueStage.CONTENTS_APPROVED, lambda: press.perform("approve_contents", issue, cast.chief)),
        (IssueStage.TYPESET, lambda: press.perform("typeset", issue, cast.head)),
        (IssueStage.PROOFING, proofs),
        (IssueStage.READING, lambda: press.perform("start_reading", issue, cast.head)),
        (IssueStage.SIGNED, to_signed),
        (IssueStage.PUBLISHED, lambda: press.perform("publish", issue, cast.publisher)),
        (IssueStage.ARCHIVED, lambda: press.perform("archive", issue, cast.publisher)),
    ]
    for reached, step in steps:
        step()
        if reached == stage:
            break
    return issue


def printed_issue(
    cast: Cast | None = None, articles: int = 2, *, publish: bool = True, **fields: Any
) -> Issue:
    """A back issue, imported and out: the quick road to published articles."""
    cast = cast or Cast()
    make_journal()
    issue = make_issue(cast, page_count=max(articles, 1), **fields)
    for page in range(1, articles + 1):
        workflow.record_as_printed(
            make_draft(cast, submitter=None), issue, actor_name="test", first_page=page, last_page=page
        )
    press.record_as_printed(issue, actor_name="test")
    if publish:
        press.perform("publish", issue, None, actor_name="test")
    return issue


def make_published_article(cast: Cast, stage: Stage, **fields: Any) -> Article:
    article = make_draft(cast, **fields)
    make_journal()
    issue = make_issue(cast, page_count=1)
    workflow.record_as_printed(article, issue, cast.registrar, first_page=1)
    press.record_as_printed(issue, cast.registrar)
    press.perform("publish", issue, cast.publisher)
    article.refresh_from_db()
    if stage == Stage.RETRACTED:
        workflow.perform(
            "approve_retraction", article, cast.chief, reason="事实有误。", notice="本文已撤下。"
        )
        workflow.perform("take_down", article, cast.publisher)
    return article
