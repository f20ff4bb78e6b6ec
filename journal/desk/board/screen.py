"""What the board's templates are given."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import press
from articles.blockers import Blocker
from articles.board.doing import Seen, undoable
from articles.board.effects import issue_before
from articles.board.pool import pool
from articles.board.reading import Board, Row
from articles.models import Issue, Section
from articles.press_table import UNSIGNED
from articles.proofs import ROUNDS, signatures_by_article
from articles.stages import Stage
from journal.desk.board.asked import ARRANGE, VIEWS, Looking
from journal.desk.board.lines import lines_of, words_of_row

__all__ = ["screen_of"]

NAMES = {
    "contents": gettext_lazy("Contents list"),
    "flatplan": gettext_lazy("Flatplan"),
    "stages": gettext_lazy("By stage"),
}


def screen_of(issue: Issue, user: Any, looking: Looking) -> dict[str, Any]:
    """The whole screen for one person."""
    waiting = pool(section=looking.section, words=looking.words, page=looking.page)
    board = Board(issue, waiting.keys)
    open_now = issue.stage in UNSIGNED
    writes = open_now and user.has_perm(ARRANGE)
    context = {
        "title": _("Issue board: %(issue)s") % {"issue": issue.label},
        "issue": issue,
        "board": board,
        "looking": looking,
        "views": [(view, NAMES[view], looking.query(view=view)) for view in VIEWS],
        "pool": waiting,
        "waiting": lines_of([Row(a, board.estimates[a.pk]) for a in waiting.articles], in_issue=False),
        "w": words_of_row(),
        "last_page": str(issue.page_count),
        "articles": reverse("admin:articles_article_changelist"),
        "sections": list(Section.objects.filter(Q(active=True) | Q(pk=looking.section))),
        "newer": looking.query(page=waiting.page - 1) if waiting.page > 1 else "",
        "older": looking.query(page=waiting.page + 1) if waiting.page < waiting.pages else "",
        "open_now": open_now,
        "writes": writes,
        "places": writes and user.has_perm("articles.place_article"),
        "act": reverse("admin:articles_issue_board_do", args=[issue.pk]),
        "contents_way": looking.query(view="contents"),
        "problems": [(problem, address_of(problem, board, looking)) for problem in board.problems],
    }
    if looking.view == "contents":
        context["lines"] = lines_of(board.rows)
    if looking.view == "stages":
        context["columns"] = columns(issue, board)
    if writes:
        context |= {"seen": Seen.of(issue, board.arrangement), "may_undo": undoable(issue, user)}
        # The offer stands in the place of the list.
        context["before"] = None if board.articles else to_begin_like(issue, user)
    return context


def to_begin_like(issue: Issue, user: Any) -> Issue | None:
    """The issue before, where the domain would copy its structure now; ``None`` where it would refuse."""
    offers = press.available(issue, user, only="copy_structure")
    return issue_before(issue) if any(offer.refusal is None for offer in offers) else None


def address_of(problem: Blocker, board: Board, looking: Looking) -> str:
    """Where a problem is mended: its page in the flatplan, its row in the contents, or its own form."""
    if problem.code == "gap":
        return looking.query(view="flatplan") + "#" + problem.field
    if problem.code == "title-differs" and problem.article is not None:
        return reverse("admin:articles_article_change", args=[problem.article.pk]) + "#id_toc_title"
    if problem.article is not None:
        return looking.query(view="contents") + f"#a-{problem.article.pk}"
    return reverse("admin:articles_issue_change", args=[board.issue.pk])


def columns(issue: Issue, board: Board) -> list[tuple[Any, list[Row]]]:
    """How far each article is: by its stage, and once released by the proofs signed for it; one query."""
    signed = signatures_by_article(issue)
    names: list[Any] = [Stage.EDITING.label, Stage.RELEASED.label]
    names += [_("First proof signed"), _("Second proof signed"), _("Third proof signed")]
    found: list[tuple[Any, list[Row]]] = [(name, []) for name in names]
    for row in board.rows:
        done = min(len(signed.get(row.article.pk, ())), ROUNDS)
        found[0 if row.article.stage == Stage.EDITING else 1 + done][1].append(row)
    return found
