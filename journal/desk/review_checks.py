"""What a reviewer wants to know at a glance: complete, sent in before, how long, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from articles import checklist
from articles.models import Article

__all__ = ["Checks", "checks_of"]


@dataclass
class Checks:
    """``missing`` are phrases of 齐清定, ``same`` other manuscripts with this title or text."""

    missing: list[Any]
    same: list[checklist.Same]
    characters: int
    pages: int | None
    figures: int
    open_required: int


def checks_of(article: Article, open_required: int) -> Checks:
    section = article.section
    characters = article.character_count
    return Checks(
        missing=checklist.for_press(article),
        same=checklist.same_elsewhere(article),
        characters=characters,
        pages=ceil(characters / section.characters_per_page) if section is not None else None,
        figures=len(article.figures.all()),
        open_required=open_required,
    )
