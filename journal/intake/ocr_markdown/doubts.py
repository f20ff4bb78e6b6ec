"""Every doubt becomes a question with its possible answers; the importer settles none of them by itself.

A question proposes what stands in the manuscript now. Answers are values: of a text field the text,
of ``page`` its digits, of ``authors`` the names joined by 、, of ``block:<id>`` the id of the article
the block belongs to (empty: to none), of ``entry`` nothing (keep it), ``drop``, or the id of the
article that is the same piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from ..manuscript import BlockKind, Choice, IssueManuscript, Manuscript, Question, Span
from .articles import Draft
from .blocks import tidy
from .owners import Evidence, about_flow, about_moves, about_unplaced
from .people import listed_names
from .questions import question, spans_of
from .reconcile import suspect

__all__ = ["Evidence", "ask"]


def ask(issue: IssueManuscript, evidence: Evidence) -> IssueManuscript:
    """Return the issue with its questions, in the order of its articles, then of the issue itself."""
    evidence.texts = {m.id: "".join(b.text for b in m.body) for m in issue.manuscripts}
    found: list[Question] = []
    for manuscript in issue.manuscripts:
        draft = evidence.drafts.get(manuscript.id)
        found += _about_entry(issue, manuscript, draft)
        if draft is not None:
            found += _about_title(manuscript, draft, evidence)
            found += _about_people(manuscript, draft)
            found += about_flow(issue, manuscript, draft, evidence)
    found += about_moves(issue, evidence)
    found += about_unplaced(issue)
    found += _about_issue(issue)
    return replace(issue, questions=tuple(_numbered(found)))


def _numbered(questions: list[Question]) -> Iterator[Question]:
    """Ids that stay the same as long as the same doubt stands: code, article, running number."""
    counts: dict[str, int] = {}
    for asked in questions:
        stem = f"{asked.code}-{asked.article or 'issue'}"
        counts[stem] = counts.get(stem, 0) + 1
        yield replace(asked, id=f"{stem}-{counts[stem]}")


# Contents page and body


def _about_entry(issue: IssueManuscript, manuscript: Manuscript, draft: Draft | None) -> Iterator[Question]:
    keep = Choice("", _("Keep it"))
    leave = Choice("drop", _("Leave it out"))
    if draft is None:
        strays = [m for m in issue.manuscripts if m.toc_title is None]
        yield question(
            "entry-without-text",
            manuscript.id,
            "entry",
            _("The contents page announces “%(title)s”, but its text was not found.")
            % {"title": manuscript.title},
            [keep, leave, *(Choice(m.id, _("It is “%(title)s”") % {"title": m.title}) for m in strays)],
            "",
            confidence=0.6,
        )
    elif manuscript.toc_title is None:
        missing = [m for m in issue.manuscripts if m.toc_title and not m.blocks]
        yield question(
            "article-without-entry",
            manuscript.id,
            "entry",
            _("“%(title)s” stands in the issue but not on the contents page.") % {"title": manuscript.title},
            [keep, leave, *(Choice(m.id, _("It is “%(title)s”") % {"title": m.title}) for m in missing)],
            "",
            spans_of(manuscript, BlockKind.TITLE),
            0.7,
        )
    if manuscript.toc_title and manuscript.page is None and any(m.page for m in issue.manuscripts):
        yield question(
            "page-missing",
            manuscript.id,
            "page",
            _("The contents page gives no page for “%(title)s”.") % {"title": manuscript.title},
            spans=spans_of(manuscript, BlockKind.TITLE),
        )


# Titles

_WHY = {
    "order": 0.9,
    "words": 0.55,
    "part": 0.8,
    "longer": 0.7,
}


def _about_title(manuscript: Manuscript, draft: Draft, evidence: Evidence) -> Iterator[Question]:
    title_spans = spans_of(manuscript, BlockKind.TITLE)
    reason = draft.verdict.reason if draft.verdict else "same"
    if reason in _WHY and manuscript.toc_title:
        yield _differing_titles(manuscript, reason, title_spans)
    if found := suspect(manuscript.title, evidence.texts[manuscript.id]):
        printed, likelier = found
        corrected = manuscript.title.replace(printed, likelier)
        if corrected != manuscript.title:
            yield question(
                "title-suspect",
                manuscript.id,
                "title",
                _("The title has “%(printed)s”, the text always has “%(likelier)s”.")
                % {"printed": printed, "likelier": likelier},
                [Choice(manuscript.title, manuscript.title), Choice(corrected, corrected)],
                manuscript.title,
                title_spans,
            )
    if manuscript.toc_title_raw and manuscript.toc_title and manuscript.toc_title_raw != manuscript.toc_title:
        yield question(
            "residue-in-contents",
            manuscript.id,
            "toc_title",
            _("The contents page prints “%(raw)s”; the beginning looks like a left-over of a word processor.")
            % {"raw": manuscript.toc_title_raw},
            [Choice(t, t) for t in (manuscript.toc_title, manuscript.toc_title_raw)],
            manuscript.toc_title,
            confidence=0.9,
        )


def _differing_titles(manuscript: Manuscript, reason: str, spans: list[Span]) -> Question:
    body, contents = manuscript.body_title or manuscript.title, tidy(manuscript.toc_title or "")
    messages = {
        "order": _("The lines of the title stand in another order on the page: “%(page)s”."),
    }
    message = messages.get(reason) or _("The contents page says “%(contents)s”, the page says “%(page)s”.")
    choices = dict.fromkeys([manuscript.title, contents, body])
    return question(
        "title-order" if reason == "order" else "contents-title-differs",
        manuscript.id,
        "title",
        message % {"page": body, "contents": contents},
        [Choice(t, t) for t in choices],
        manuscript.title,
        spans,
        _WHY[reason],
    )


# People


def _about_people(manuscript: Manuscript, draft: Draft) -> Iterator[Question]:
    if not draft.authors_differ:
        return
    printed = "、".join(a.name for a in manuscript.authors)
    listed = "、".join(listed_names(manuscript.toc_author))
    yield question(
        "byline-differs",
        manuscript.id,
        "authors",
        _("The contents page names %(contents)s, the page names %(page)s.")
        % {"contents": listed, "page": printed},
        [Choice(printed, printed), Choice(listed, listed)],
        printed,
        spans_of(manuscript, BlockKind.BYLINE),
        0.6,
    )


# Where text belongs


# The issue


def _about_issue(issue: IssueManuscript) -> Iterator[Question]:
    missing = {
        "year": (issue.year, _("The year of the issue was not found.")),
        "number": (issue.number, _("The number of the issue was not found.")),
        "serial_number": (issue.serial_number, _("The continuous serial number was not found.")),
    }
    for name, (value, message) in missing.items():
        if value is None:
            yield question(f"{name.replace('_', '-')}-missing", None, name, message)
