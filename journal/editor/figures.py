"""The pictures of a text as the editor is told of them."""

from __future__ import annotations

from typing import Any

from articles import captions, richtext
from articles.models import Article, Figure

__all__ = ["figures_of", "told"]


def figures_of(article: Article) -> list[Figure]:
    """Those of the text, in order; each says whether the text shows it (``shown``)."""
    shown = set(richtext.figure_names(article.body))
    rows = list(article.figures.filter(role=Figure.Role.BODY).order_by("position", "pk"))
    for row in rows:
        row.shown = row.image.name in shown  # type: ignore[attr-defined]
    return rows


def told(figure: Figure) -> dict[str, Any]:
    """A picture as the editor is told of it."""
    return {
        "id": figure.pk,
        "url": figure.image.url,
        "width": figure.width,
        "height": figure.height,
        "alternative": figure.alternative,
        "line": captions.Words(figure.caption, figure.photographer, figure.credit).line,
    }
