"""What a sender changed between two sendings, as the editors see it: only what changed, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from articles.difference import Difference, Run, compare_texts
from articles.models import Article

__all__ = ["Change", "changed_since_return"]

MOST = 200


@dataclass(frozen=True, slots=True)
class Change:
    """``field`` is what the field is called, empty for a paragraph of the text; ``runs`` hold both texts."""

    field: str
    runs: tuple[Run, ...]


def changed_since_return(article: Article) -> list[Change]:
    """Between the last two texts that were sent in; empty before there are two."""
    sent = list(article.revisions.filter(reason="submitted").order_by("-number")[:2])
    if len(sent) < 2:
        return []
    found: list[Change] = []
    for name, difference in compare_texts(sent[1].content, sent[0].content).items():
        if isinstance(difference, Difference):
            found += [Change("", row.merged) for row in difference.rows if row.changes]
        else:
            found.append(Change(label_of(name), difference))
    return found[:MOST]


def label_of(name: str) -> Any:
    try:
        return Article._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return ""
