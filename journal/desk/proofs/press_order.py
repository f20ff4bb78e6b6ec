"""The press order: what blocks it, each with the way to the place that mends it, and the signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views import View

from articles import press
from articles.blockers import Blocker
from articles.models import Issue, Journal
from articles.press_table import PRINTED
from journal.desk.proofs.issue_page import issue_of, may
from journal.desk.steps import IssueStep, step_forms

__all__ = ["Group", "PressOrder", "PressStep", "blocker_groups"]

STEPS = {"approve_contents", "sign_reading", "sign", "sign_after", "confirm_corrections", "reopen"}
#: The groups in the order an editor works, with the codes that belong to each.
GROUPS: tuple[tuple[Any, frozenset[str]], ...] = (
    (gettext_lazy("Manuscripts"), frozenset({"no-articles", "not-released"})),
    (
        pgettext_lazy("what may block the press order", "Pages"),
        frozenset({"no-page", "overlap", "gap", "beyond-last-page"}),
    ),
    (
        gettext_lazy("Contents page"),
        frozenset({"title-differs", "contents-not-approved", "contents-changed"}),
    ),
    (gettext_lazy("Proof rounds"), frozenset({"round-open", "rounds-missing", "proof-missing"})),
    (gettext_lazy("Corrections"), frozenset({"mark-open"})),
    (gettext_lazy("Final reading"), frozenset({"reading-missing", "reading-void"})),
    (gettext_lazy("Licence"), frozenset({"licence-expired"})),
)
PAGES = GROUPS[1][1]
ROUNDS = frozenset({"round-open", "rounds-missing"})


@dataclass(frozen=True, slots=True)
class Group:
    """What blocks of one kind, each with the address of the place that mends it (empty: not for you)."""

    label: Any
    blockers: list[tuple[Blocker, str]]


def blocker_groups(issue: Issue, found: list[Blocker], user: Any) -> list[Group]:
    """All seven kinds, those with nothing in the way as well: what is in order shows as such."""
    journal = Journal.objects.current() if user.has_perm("articles.view_journal") else None
    known = frozenset().union(*(codes for _label, codes in GROUPS))
    groups = [
        Group(label, [(b, place_of(b, issue, journal)) for b in found if b.code in codes])
        for label, codes in GROUPS
    ]
    others = [(b, place_of(b, issue, journal)) for b in found if b.code not in known]
    return [*groups, *([Group(_("Other"), others)] if others else [])]


def place_of(blocker: Blocker, issue: Issue, journal: Journal | None) -> str:
    """Where it is mended: the field, the board, the mark, the round, the licence."""
    article = blocker.article
    if blocker.code in PAGES | {"no-articles"} and (board := address("articles_issue_board", issue.pk)):
        return board + (f"#a-{article.pk}" if article else "")
    if blocker.code == "mark-open":
        if article is None:
            return address("articles_issue_proofs", issue.pk) + f"#{blocker.field}"
        return address("articles_article_proof", article.pk) + f"#{blocker.field}"
    if blocker.code == "proof-missing" and article is not None:
        return address("articles_issue_proofs", issue.pk) + f"#article-{article.pk}"
    if blocker.code in ROUNDS:
        return address("articles_issue_proofs", issue.pk) + "#rounds"
    if blocker.code.startswith(("contents-", "reading-")):
        return "#signatures"
    if blocker.code == "title-differs" and article is not None:
        return f"#title-{article.pk}"
    if blocker.code == "licence-expired":
        if journal is None or journal.pk is None:
            return ""
        return address("articles_journal_change", journal.pk) + f"#id_{blocker.field}"
    if article is None:
        return address("articles_issue_change", issue.pk)
    anchor = "" if blocker.field == "stage" else f"#id_{blocker.field}"
    return address("articles_article_change", article.pk) + anchor


def address(name: str, key: int) -> str:
    """Empty where this desk has no such room."""
    try:
        return reverse(f"admin:{name}", args=[key])
    except NoReverseMatch:
        return ""


class PressOrder(View):
    http_method_names = ["get", "head"]
    site: Any = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = issue_of(request, pk)
        signed = issue.stage in PRINTED
        case = press.case_of(issue, request.user)
        found = [] if signed else case.blocking
        context = {
            **self.site.each_context(request),
            "title": _("Press order"),
            "thing": issue,
            "issue": issue,
            "signed": signed,
            "count": len(found),
            "groups": blocker_groups(issue, found, request.user),
            "steps": [s for s in step_forms(issue, request.user, case) if s["offer"].action in STEPS],
            "signoffs": list(issue.signoffs.order_by("pk")),
            "may_name": may("name_in_contents", issue, request.user),
            "act": reverse("admin:articles_issue_press_act", args=[issue.pk]),
        }
        return render(request, "desk/proofs/press_order.html", context)


class PressStep(IssueStep):
    """A signature from this page: it leads back here."""

    def address(self) -> str:
        return "admin:articles_issue_press"
