"""Every doubt becomes a question with its possible answers; the importer settles none of them by itself."""

from __future__ import annotations

from dataclasses import replace

from ..manuscript import IssueManuscript
from .articles import Draft
from .jumps import Move
from .links import Links

__all__ = ["ask"]


def ask(
    issue: IssueManuscript, moves: list[Move], drafts: dict[str, Draft], order: list[str], links: Links
) -> IssueManuscript:
    return replace(issue, questions=())
