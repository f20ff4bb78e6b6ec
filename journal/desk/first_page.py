"""我的待办: what waits for me, oldest due first; the issue being made; what matches a search."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest

from articles.models import Article, Issue
from articles.stages import IssueStage
from journal.intake.models import IssueImport

__all__ = ["Work", "work_of"]

MOST = 50
LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Work:
    """One person's first page."""

    waiting: list[Article] = field(default_factory=list)
    imports: list[IssueImport] = field(default_factory=list)
    issue: Issue | None = None
    query: str = ""
    found: list[Article] = field(default_factory=list)
    issues_found: list[Issue] = field(default_factory=list)


def work_of(request: HttpRequest) -> Work:
    """What this person's rights let them see; a search looks at numbers, titles, authors and text."""
    user: Any = request.user
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    may_import = user.has_perm("articles.import_article")
    sees_issues = user.has_perm("articles.view_issue")
    waiting = Article.objects.awaiting(user).select_related("issue", "section").defer("body", "raw_body")
    sent = IssueImport.objects.to_check().defer("understood", "decisions").select_related("by")
    return Work(
        waiting=list(waiting.order_by(F("due_on").asc(nulls_last=True), "updated_at")[:MOST]),
        imports=list(sent.order_by("at")[:MOST]) if may_import else [],
        issue=current_issue() if sees_issues else None,
        query=query,
        found=search(query, user) if query else [],
        issues_found=search_issues(query) if query and sees_issues else [],
    )


def current_issue() -> Issue | None:
    """The earliest issue that is not out yet."""
    return Issue.objects.exclude(stage__in=IssueStage.out_stages()).in_order().first()


def search(query: str, user: Any) -> list[Article]:
    matches = (
        Q(manuscript_number__icontains=query)
        | Q(title__icontains=query)
        | Q(bylines__printed_name__icontains=query)
        | Q(body__icontains=query)
    )
    found = Article.objects.visible_to(user).filter(matches).distinct()
    return list(found.select_related("issue", "section").defer("body", "raw_body")[:MOST])


def search_issues(query: str) -> list[Issue]:
    words = Q(number=query)
    if query.isdigit() and len(query) < 9:
        words |= Q(year=int(query)) | Q(serial_number=int(query))
    return list(Issue.objects.filter(words).newest_first()[:MOST])
