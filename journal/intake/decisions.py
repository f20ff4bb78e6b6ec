"""An editor's decisions on an import, replayed on what the parser understood.

A decision is a small dictionary (``{"do": "move", "block": "b120", "to": "03"}``), kept in the order it was
made. ``apply`` is pure: the same source and the same decisions always give the same manuscripts, and
whatever is decided, every block stands in exactly one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from .fitting import read_authors
from .manuscript import IssueManuscript, Question
from .rearranging import (
    Decision,
    M,
    NotADecision,
    drop,
    enter_section,
    find_article,
    merge,
    move,
    order,
    put,
    reword,
    split,
    word,
)

__all__ = ["Decision", "NotADecision", "answers", "apply", "apply_one"]

TEXT_FIELDS = frozenset(
    {"title", "toc_title", "kicker", "subtitle", "source", "abstract", "section"}
    | {"series_part", "series_status", "publish_date"}
)


def apply(issue: M, decisions: Iterable[Decision]) -> M:
    """The issue with every decision carried out in order; ``NotADecision`` at one that does not fit."""
    for decision in decisions:
        issue = apply_one(issue, decision)
    return issue


def apply_one(issue: M, decision: Decision) -> M:
    """Carry out one decision."""
    handler = HANDLERS.get(str(decision.get("do")))
    if handler is None:
        raise NotADecision(_("This kind of decision is not known here. Reload the page and try again."))
    result: M = handler(issue, decision)
    return result


def answers(decisions: Iterable[Decision]) -> dict[str, str]:
    """Question id → the value answered; the last answer counts."""
    return {str(d["question"]): str(d.get("value", "")) for d in decisions if d.get("do") == "answer"}


# Fields and questions


def _set(issue: M, decision: Decision) -> M:
    """``field`` of ``article`` (or of the issue, without one) is ``value``."""
    field, value = word(decision, "field"), word(decision, "value")
    id = word(decision, "article")
    if not id:
        return _set_issue(issue, field, value)
    changes: dict[str, Any]
    if field == "title":
        changes = {field: value}
    elif field in TEXT_FIELDS:
        changes = {field: value or None}
    elif field in {"page", "last_page"}:
        changes = {field: _number(value)}
    elif field == "authors":
        changes = {field: read_authors(value)}
    elif field == "photo_story":
        changes = {field: value in {"1", "true", "on", "yes"}}
    else:
        raise NotADecision(_("This field cannot be set here."))
    manuscript = replace(find_article(issue, id), **changes)
    issue = put(issue, manuscript)
    return enter_section(issue, manuscript) if field == "section" else issue


def _set_issue(issue: M, field: str, value: str) -> M:
    if isinstance(issue, IssueManuscript):
        if field == "year":
            return replace(issue, year=_number(value))
        if field == "serial_number":
            return replace(issue, serial_number=_number(value))
        if field == "number":
            return replace(issue, number=value or None)
    raise NotADecision(_("This field cannot be set here."))


def _number(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 6 and int(value) > 0):
        raise NotADecision(_("Write this as a whole number above zero."))
    return int(value)


def _answer(issue: M, decision: Decision) -> M:
    """The answer to ``question`` is ``value``: the field it asks for is set, and it is open no longer."""
    id, value = word(decision, "question"), word(decision, "value")
    question = next((q for q in issue.questions if q.id == id), None)
    if question is None:
        raise NotADecision(_("This question is settled or gone. Reload the page and look again."))
    issue = replace(issue, questions=tuple(q for q in issue.questions if q.id != id))
    if question.field == "entry":
        return _answer_entry(issue, question, value)
    if question.field.startswith("block:"):
        return _answer_block(issue, question, question.field.removeprefix("block:"), value)
    if question.field == "authors" and question.article:
        return _rename_authors(issue, question.article, value)
    return _set(issue, {"article": question.article or "", "field": question.field, "value": value})


def _rename_authors(issue: M, id: str, value: str) -> M:
    """Names given in place of as many names: each keeps what is printed of unit, post and role."""
    manuscript = find_article(issue, id)
    names = [a.name for a in read_authors(value)]
    if "（" in value or len(names) != len(manuscript.authors):
        return _set(issue, {"article": id, "field": "authors", "value": value})
    pairs = zip(manuscript.authors, names, strict=True)
    return put(issue, replace(manuscript, authors=tuple(replace(a, name=name) for a, name in pairs)))


def _answer_entry(issue: M, question: Question, value: str) -> M:
    """Keep the article, leave it out, or join it to the article named."""
    if value in {"", "keep", "accept", "kept"} or question.article is None:
        return issue
    if value in {"drop", "leave-out"}:
        return drop(issue, {"article": question.article})
    if value == "dropped":  # words only the second printing has: they stay where they can be moved from
        return issue
    return merge(issue, {"article": question.article, "into": value})


def _answer_block(issue: M, question: Question, block: str, value: str) -> M:
    """Which article a block is of, whether it opens one, which wording is right (``text:…``: this one)."""
    if value.startswith("text:"):
        return reword(issue, {"block": block, "value": value.removeprefix("text:")})
    if value == question.proposal or value in {"kept", "keep"}:
        return issue
    if value == "heading":
        return move(issue, {"block": block, "to": question.article or "", "kind": value})
    if value == "article":
        return split(issue, {"block": block})
    if value == "dropped":
        label = next((c.label for c in question.choices if c.value == value), "")
        return reword(issue, {"block": block, "value": label})
    return move(issue, {"block": block, "to": value})


HANDLERS: dict[str, Callable[[Any, Decision], Any]] = {
    "answer": _answer,
    "drop": drop,
    "merge": merge,
    "move": move,
    "order": order,
    "set": _set,
    "split": split,
    "text": reword,
}
