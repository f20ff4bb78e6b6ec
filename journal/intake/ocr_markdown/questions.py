"""What every question needs: its parts in one call, spans to point at, words short enough to read."""

from __future__ import annotations

from collections.abc import Sequence

from ..manuscript import BlockKind, Choice, Manuscript, Question, Span

__all__ = ["label_of", "question", "short", "spans_of"]


def question(
    code: str,
    article: str | None,
    about: str,
    message: str,
    choices: Sequence[Choice] = (),
    proposal: str | None = None,
    spans: Sequence[Span] = (),
    confidence: float = 0.5,
) -> Question:
    return Question("", code, article, about, message, tuple(choices), proposal, tuple(spans), confidence)


def spans_of(manuscript: Manuscript, *kinds: BlockKind) -> list[Span]:
    return [s for b in manuscript.blocks if b.kind in kinds for s in b.spans]


def label_of(manuscript: Manuscript) -> str:
    return f"{manuscript.id} {manuscript.title}"


def short(text: str) -> str:
    return text if len(text) <= 24 else text[:24] + "…"
