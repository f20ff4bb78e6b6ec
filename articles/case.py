"""One attempt at an action on a manuscript: who, what, with which words, and what the record knows."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from articles.models import Article, Delegation, Event, Issue, Journal, ProofMark, Revision, SignOff
    from articles.transitions import Transition

__all__ = ["Case", "Given"]


@dataclass(frozen=True, slots=True)
class Given:
    """What came with the button. An unknown name raises ``TypeError``."""

    opinion: str = ""
    verdict: str | None = None  # what a review recommends: "use" or "refuse"
    reason: str = ""
    due_on: datetime.date | None = None
    issue: Issue | None = None
    position: int | None = None
    first_page: int | None = None
    last_page: int | None = None
    editor: Any = None
    number: str = ""
    declarations: Collection[str] = ()
    notice: str = ""
    text: Mapping[str, Any] = field(default_factory=dict)  # signed fields → new values
    place: str = ""
    wrong: str = ""
    right: str = ""
    weight: Decimal | None = None
    mark: ProofMark | None = None
    revision: Revision | None = None
    at: datetime.datetime | None = None  # the day a notice bears that is carried over


@dataclass
class Case:
    """An article (locked while performing), a person and a row of the table, with lookups made once."""

    article: Article
    by: Any
    transition: Transition
    journal: Journal
    given: Given = field(default_factory=Given)
    actor_name: str = ""

    def may(self, permission: str) -> bool:
        return self.by is not None and self.by.has_perm(permission)

    @cached_property
    def people(self) -> set[int]:
        """Accounts of everybody the text comes from: submitter, byline, members of a group in the byline."""
        found = {self.article.submitter_id}
        for pair in self.article.bylines.values_list("author__user", "author__members__author__user"):
            found.update(pair)
        return {pk for pk in found if pk is not None}

    @cached_property
    def units(self) -> set[str]:
        """The units the text comes from, as far as they are known."""
        submitter = self.article.submitter
        found = {getattr(submitter, "unit", "")}
        for names in self.article.bylines.values_list("printed_unit", "author__unit", "author__user__unit"):
            found.update(names)
        return {unit.strip() for unit in found if unit and unit.strip()}

    @cached_property
    def signoffs(self) -> list[SignOff]:
        """Every signature on the manuscript in every round, oldest first."""
        return list(self.article.signoffs.order_by("pk"))

    def latest(self, level: str) -> SignOff | None:
        """The last signature given at a level in any round."""
        return next((s for s in reversed(self.signoffs) if s.level == level), None)

    def stands(self, signoff: SignOff) -> bool:
        """Whether a signature was given for the text as it is now, logged proof corrections apart."""
        return signoff.text_hash in self.standing_hashes

    @cached_property
    def standing_hashes(self) -> set[str]:
        """The texts a signature may have been given for to hold now."""
        from articles.models import ProofCorrection

        return ProofCorrection.objects.hashes_leading_to(self.article)

    @cached_property
    def open_required(self) -> int:
        """How many comments that must be settled are open."""
        return self.article.comments.open_required().count()

    @cached_property
    def delegation(self) -> Delegation | None:
        """The delegation of the final review held today; it lapses for who sees no manuscripts any more."""
        from articles.models import Delegation

        if not self.may("articles.view_article"):
            return None
        return Delegation.objects.valid_on().filter(holder=self.by).order_by("pk").first()

    @cached_property
    def approval(self) -> Event | None:
        """The approved correction or take-down nobody has carried out yet."""
        last = self.article.events.filter(
            action__in=[
                "approve_correction",
                "approve_retraction",
                "withdraw_approval",
                "correct",
                "take_down",
            ]
        ).last()
        return last if last is not None and last.action.startswith("approve") else None
