"""我的待办: what waits for me, what I handed on, the issue being made, what matches a search."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Subquery, When, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import schedule
from articles.models import Article, Event, Issue, Journal
from articles.schedule import DueStep
from articles.search import search
from articles.stages import IssueStage, Stage
from articles.transitions import LEVEL_OF_STAGE, RIGHT_OF_STAGE
from journal.desk.named_issues import issues_named
from journal.desk.officers import Duty, duties_of
from journal.desk.reader_comments import Now, comments_now
from journal.intake.models import IssueImport
from journal.people.roles import ROLES

__all__ = ["Line", "Work", "work_of"]

#: The most lines a list of this page shows; behind "all N" stands the list of manuscripts.
MOST = 30
MOST_HANDED_ON = 12
LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A manuscript with what this page says of it. ``days``: until it is due, negative when that is past."""

    article: Article
    days: int | None = None
    with_whom: str = ""
    since: Any = None

    @property
    def overdue(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def late_days(self) -> int:
        return -(self.days or 0)

    @property
    def address(self) -> str:
        """Where the work on it is done: the review screen in a review, else its page."""
        page = "review" if self.article.stage in LEVEL_OF_STAGE else "change"
        return reverse(f"admin:articles_article_{page}", args=[self.article.pk])


@dataclass(frozen=True, slots=True)
class Work:
    """One person's first page. The counts are of everything, the lists of what is shown."""

    waiting: list[Article] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    waiting_count: int = 0
    handed_on: list[Line] = field(default_factory=list)
    handed_on_count: int = 0
    imports: list[IssueImport] = field(default_factory=list)
    comments: Now | None = None
    issue: Issue | None = None
    days_left: int | None = None
    steps: list[DueStep] = field(default_factory=list)
    query: str = ""
    found: list[Article] = field(default_factory=list)
    more_found: bool = False
    issues_found: list[Issue] = field(default_factory=list)
    list_address: str = ""
    searches: bool = False
    #: What who sees no manuscripts keeps in order; ``None`` for everybody else.
    duties: list[Duty] | None = None


def work_of(request: HttpRequest) -> Work:
    """What this person's rights let them see; a search looks at numbers, titles, authors and text."""
    user: Any = request.user
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    sees_issues = user.has_perm("articles.view_issue")
    sees_manuscripts = user.has_perm("articles.view_article")
    mine = Article.objects.awaiting(user)
    waiting, waiting_count = bounded(
        light(mine).order_by(F("due_on").asc(nulls_last=True), "updated_at", "pk")
    )
    handed, handed_count = bounded(handed_on(user, mine), MOST_HANDED_ON)
    issue = current_issue() if sees_issues else None
    comments = comments_now(user)
    journal = comments.journal if comments else Journal.objects.current()
    hits = search(query, among=Article.objects.visible_to(user), limit=MOST) if query else None
    return Work(
        waiting=waiting,
        lines=[Line(article, days_until(article.due_on)) for article in waiting],
        waiting_count=waiting_count,
        handed_on=[Line(a, days_until(a.due_on), with_whom(a), a.since) for a in handed],
        handed_on_count=handed_count,
        imports=imports_to_check() if user.has_perm("articles.import_article") else [],
        comments=comments if comments and comments.door else None,
        issue=issue,
        days_left=days_until(issue.delivery_date) if issue else None,
        steps=schedule.due_days(issue, journal) if issue else [],
        query=query,
        found=hits.hits if hits else [],
        more_found=bool(hits and hits.more),
        issues_found=list(issues_named(query).newest_first()[:MOST]) if query and sees_issues else [],
        list_address=reverse("admin:articles_article_changelist") if sees_manuscripts else "",
        searches=sees_manuscripts or sees_issues,
        duties=None if sees_manuscripts else duties_of(user),
    )


def light(articles: Any) -> Any:
    """Without the texts, which no list shows."""
    return articles.select_related("issue", "section").defer("body", "raw_body")


def bounded(articles: Any, most: int = MOST) -> tuple[list[Any], int]:
    """The first of a list and how long it is, in one query."""
    shown = list(articles.annotate(all_of_them=Window(Count("*")))[:most])
    return shown, shown[0].all_of_them if shown else 0


def handed_on(user: Any, waiting: Any) -> Any:
    """With the moment each came to where it stands now; what is under way before what has been decided."""
    moves = Event.objects.filter(article=OuterRef("pk")).exclude(before=F("after")).order_by("-pk")
    found = light(Article.objects.handed_on_by(user, waiting)).select_related(
        "issue", "section", "editor", "submitter"
    )
    over = Case(When(stage__in=Stage.decided(), then=1), default=0)
    return found.annotate(since=Subquery(moves.values("at")[:1])).order_by(over, "-updated_at", "-pk")


def days_until(day: Any) -> int | None:
    return None if day is None else (day - timezone.localdate()).days


def with_whom(article: Article) -> str:
    """The person who has it in hand, or the role it waits for; nobody when it has been decided."""
    if article.stage == Stage.RETURNED:
        return article.submitter.get_full_name() if article.submitter else gettext("the author")
    if article.stage == Stage.FIRST_REVIEW and article.editor:
        return article.editor.get_full_name()
    right = RIGHT_OF_STAGE.get(Stage(article.stage))
    return "、".join(str(role.label) for role in ROLES if right is not None and right in role.rights)


def current_issue() -> Issue | None:
    """The earliest issue that is not out yet."""
    return Issue.objects.exclude(stage__in=IssueStage.out_stages()).in_order().first()


def imports_to_check() -> list[IssueImport]:
    sent = IssueImport.objects.to_check().defer("understood", "decisions").select_related("by")
    return list(sent.order_by("at")[:MOST])
