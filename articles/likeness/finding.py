"""Which articles hold most of a text: candidates by their fingerprints, confirmed by the texts themselves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count

from articles import richtext
from articles.likeness.marks import LEAST, LEAST_SHARED, covered, fingerprint, folded, runs

__all__ = ["ALIKE", "MOST", "alike", "share_of"]

#: Per cent of the shorter text that must stand in the other.
ALIKE = 50
#: Texts that are read to confirm a finding.
MOST = 10


def alike(body: str, *, but: int | None = None) -> dict[int, int]:
    """Key of each article that holds most of this body (HTML), or most of which stands in it → per cent.

    ``but`` is the key of the article itself. The most alike first, at most ten.
    """
    text = folded(richtext.plain_text(body))
    pks = candidates(fingerprint(text), but)
    return confirmed(text, bodies(pks)) if pks else {}


def candidates(marks: list[int], but: int | None) -> list[int]:
    """The articles that share marks, the most first."""
    from articles.models import Fingerprint

    if not marks:
        return []
    found = Fingerprint.objects.filter(value__in=marks).exclude(article=but).values("article")
    counted = found.annotate(shared=Count("pk")).filter(shared__gte=LEAST_SHARED)
    return list(counted.order_by("-shared", "-article").values_list("article", flat=True)[:MOST])


def bodies(pks: list[int]) -> dict[int, str]:
    from articles.models import Article

    return dict(Article.objects.filter(pk__in=pks).order_by().values_list("pk", "body"))


def confirmed(text: str, others: Mapping[int, str]) -> dict[int, int]:
    known = runs(text)
    shares = {pk: share(text, known, folded(richtext.plain_text(body))) for pk, body in others.items()}
    found = {pk: value for pk, value in shares.items() if value >= ALIKE}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def share_of(body: str, other: str) -> int:
    """Per cent of the shorter of two bodies standing word for word in the longer; for short ones 100 or 0."""
    text = folded(richtext.plain_text(body))
    return share(text, runs(text), folded(richtext.plain_text(other)))


def share(text: str, known: set[str], other: str) -> int:
    if min(len(text), len(other)) < LEAST:
        return 100 if text == other else 0
    if len(text) <= len(other):
        return 100 * covered(text, runs(other)) // len(text)
    return 100 * covered(other, known) // len(other)
