"""The pieces of the JSON exports that issues and pages share."""

from __future__ import annotations

from typing import Any

from journal.intake.manuscript import Author, AuthorKind, Caption, Question

__all__ = ["author_as_json", "credited_as_json", "question_as_json"]


def author_as_json(author: Author) -> dict[str, Any]:
    """A group is written as ``corporate``: the format knows two kinds."""
    kind = AuthorKind.CORPORATE if author.kind is AuthorKind.GROUP else author.kind
    return {
        "name": author.name,
        "kind": kind.value,
        "affiliation": author.affiliation,
        "position": author.post,
        "role": author.role,
    }


def credited_as_json(captions: tuple[Caption, ...]) -> list[dict[str, Any]]:
    """The captions that name their photographer."""
    return [
        {"caption": c.text, "photographer": c.photographer, "role": c.role}
        for c in captions
        if c.photographer
    ]


def question_as_json(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "code": question.code,
        "article": question.article,
        "field": question.field,
        "message": question.message,
        "choices": [{"value": c.value, "label": c.label} for c in question.choices],
        "proposal": question.proposal,
        "spans": [[s.start, s.end] for s in question.spans],
        "confidence": question.confidence,
    }
