"""The arithmetic of proof reading (domain §4): rounds demanded, error rates, who has signed what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from articles.models import Article, Issue, ProofSignature

__all__ = [
    "ROUNDS",
    "RoundFigures",
    "figures",
    "leading_to",
    "rounds_demanded",
    "signatures_by_article",
    "standing_signatures",
]

#: Every issue is read at least three times.
ROUNDS = 3
#: Errors per 10,000 characters: more in the first round, or in the last, demand one more round.
FIRST_LIMIT, LAST_LIMIT = Decimal(15), Decimal(3)


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """One round in figures: ``characters`` read, weighted ``errors``, ``pages_changed``, is it closed."""

    number: int
    characters: int
    errors: Decimal
    pages_changed: int
    closed: bool

    @property
    def rate(self) -> Decimal:
        """Weighted errors per 10,000 characters read; 0 before anything was read."""
        return self.errors * 10_000 / self.characters if self.characters else Decimal(0)


def figures(issue: Issue) -> list[RoundFigures]:
    """The rounds of an issue in order; what was marked outside the articles counts, too. Two queries."""
    rounds = (
        issue.proof_rounds.order_by("number")
        .annotate(read=Sum("signatures__characters"), found=Sum("signatures__errors"))
        .values_list("pk", "number", "read", "found", "pages_changed", "closed_at")
    )
    outside = found_outside(issue)
    return [
        RoundFigures(number, read or 0, (found or 0) + outside[pk], pages, closed is not None)
        for pk, number, read, found, pages, closed in rounds
    ]


def found_outside(issue: Issue) -> dict[int, Decimal]:
    """By round: what was marked on cover, spine, contents page and masthead while it was open."""
    from articles.models import ProofMark

    in_time = Q(round__closed_at__isnull=True) | Q(at__lte=F("round__closed_at"))
    found: dict[int, Decimal] = defaultdict(Decimal)
    for mark in ProofMark.objects.filter(in_time, round__issue=issue, article__isnull=True):
        found[mark.round_id] += mark.counts
    return found


def rounds_demanded(rounds: list[RoundFigures], page_count: int) -> tuple[int, list[str]]:
    """How many rounds the issue needs by what was found so far, with the reason for each extra one.

    Three, and one more when the first round found more than 15 errors per 10,000 characters, or when more
    than a third of the pages changed in a round, or when the last round found more than 3.
    """
    closed = [r for r in rounds if r.closed]
    demanded, reasons = ROUNDS, []
    if closed and closed[0].rate > FIRST_LIMIT:
        demanded = ROUNDS + 1
        reasons.append(
            _("the first round found %(rate).1f errors per 10,000 characters, more than 15")
            % {"rate": closed[0].rate}
        )
    for r in closed:
        next_one = max(ROUNDS, r.number) + 1
        if r.pages_changed * 3 > page_count and next_one > demanded:
            demanded = next_one
            reasons.append(
                _("round %(number)s changed %(pages)s of %(all)s pages, more than a third")
                % {"number": r.number, "pages": r.pages_changed, "all": page_count}
            )
        if r.number >= demanded and r.rate > LAST_LIMIT:
            demanded = r.number + 1
            reasons.append(
                _("round %(number)s, the last, found %(rate).1f errors per 10,000 characters, more than 3")
                % {"number": r.number, "rate": r.rate}
            )
    return demanded, reasons


def signatures_by_article(issue: Issue) -> dict[int, list[ProofSignature]]:
    """The proof signatures of an issue by article key, by round; one query."""
    from articles.models import ProofSignature

    found: dict[int, list[ProofSignature]] = defaultdict(list)
    signatures = ProofSignature.objects.filter(round__issue=issue).select_related("round")
    for signature in signatures.order_by("round__number", "pk"):
        found[signature.article_id].append(signature)
    return found


def standing_signatures(
    issue: Issue, articles: list[Article], signed: dict[int, list[ProofSignature]] | None = None
) -> dict[int, list[ProofSignature]]:
    """The signatures that hold, by article: for the text as it is, logged proof corrections apart.

    A text that was pulled, changed and released again is read anew. ``signed`` are all signatures, where they
    are at hand. At most two queries.
    """
    from articles.models import ProofCorrection

    signed = signatures_by_article(issue) if signed is None else signed
    steps: dict[int, dict[str, set[str]]] = defaultdict(dict)
    logged = ProofCorrection.objects.filter(article__in=[article.pk for article in articles])
    for key, before, after in logged.order_by().values_list("article", "before_hash", "after_hash"):
        steps[key].setdefault(after, set()).add(before)
    standing = {}
    for article in articles:
        read = leading_to(article.text_hash, steps[article.pk])
        standing[article.pk] = [s for s in signed.get(article.pk, ()) if s.text_hash in read]
    return standing


def leading_to(now: str, steps: dict[str, set[str]]) -> set[str]:
    """The texts from which the steps (after → befores) lead to ``now``, itself included."""
    reached, queue = {now}, [now]
    while queue:
        fresh = steps.get(queue.pop(), set()) - reached
        reached |= fresh
        queue.extend(fresh)
    return reached
