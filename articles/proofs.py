"""The arithmetic of proof reading (domain §4): rounds demanded, error rates, who has signed what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from articles.models import Issue, ProofSignature

__all__ = ["ROUNDS", "RoundFigures", "figures", "rounds_demanded", "signatures_by_article"]

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
    """The rounds of an issue in order; one query."""
    rounds = (
        issue.proof_rounds.order_by("number")
        .annotate(read=Sum("signatures__characters"), found=Sum("signatures__errors"))
        .values_list("number", "read", "found", "pages_changed", "closed_at")
    )
    return [
        RoundFigures(number, read or 0, found or Decimal(0), pages, closed is not None)
        for number, read, found, pages, closed in rounds
    ]


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
