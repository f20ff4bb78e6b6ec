"""What the text is compared with: my last sign-off, else the version before, or one that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from articles import record
from articles.difference import Difference, compare, compare_texts
from articles.models import Article, Revision, SignOff
from journal.numbers import number_in

__all__ = ["Comparison", "comparison_of"]

MOST = 60  # versions offered; an older one is reached from its signature


@dataclass
class Comparison:
    """``base`` is the version on the left, ``None`` where there is only the text; ``why`` says why that one.

    ``fields`` are the other signed fields that differ; ``changes`` counts them in.
    """

    versions: list[Revision]
    base: Revision | None
    why: str
    chosen: bool
    difference: Difference
    fields: dict[str, Any] = field(default_factory=dict)
    changes: int = 0


def comparison_of(article: Article, request: HttpRequest, signatures: Sequence[SignOff]) -> Comparison:
    """The chosen version (``?against=N``; 404 when there is none) beside the text as it is now."""
    versions = list(article.revisions.order_by("-number").defer("content").select_related("by")[:MOST])
    asked = request.GET.get("against") or request.POST.get("against") or ""
    base: Revision | None
    if asked:
        base, why = version_numbered(article, asked), _("the version you chose")
    else:
        base, why = usual_base(article, request.user, versions, signatures)
    old = base.content if base is not None else record.text_of(article)
    found = compare_texts(old, record.text_of(article)) if base is not None else {}
    difference: Any = found.pop("body", None) or compare(old.get("body", ""), article.body)
    changes = difference.changes + len(found)
    return Comparison(versions, base, str(why), bool(asked), difference, found, changes)


def version_numbered(article: Article, asked: str) -> Revision:
    found = article.revisions.filter(number=number_in(asked)).select_related("by").first()
    if found is None:
        raise Http404
    return found


def usual_base(
    article: Article, user: Any, versions: Sequence[Revision], signatures: Sequence[SignOff]
) -> tuple[Revision | None, str]:
    """The text of my last signature; else the newest version that says something else than the text now."""
    mine = next((s for s in reversed(signatures) if s.person_id == user.pk), None)
    if mine is not None:
        return article.revisions.select_related("by").get(pk=mine.revision_id), _("as you signed it last")
    other = next((v for v in versions if v.text_hash != article.text_hash), None)
    if other is None:
        return None, ""
    return article.revisions.select_related("by").get(pk=other.pk), _("the version before")
