"""The boxes of the three reviews, round by round: who signed, as what, when, how, and for which text."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.case import Case
from articles.models import Article, SignOff
from journal.people.roles import label_of

__all__ = ["Box", "Round", "rounds_of", "signatures_of"]

#: Verdicts that carry the manuscript on and are void when its text moves; a return asks that it does.
BINDING = (SignOff.Verdict.USE, SignOff.Verdict.REFUSE, SignOff.Verdict.HOLD)
MOST = 60  # signatures shown; all of them stand on the page of the manuscript's life


@dataclass
class Box:
    """One level in one round. ``signoff`` is the signature that counts, ``before`` the earlier ones.

    ``stands``: the text is still the signed one. ``void``: it is not, and the signature needed it to be.
    """

    level: str
    label: str
    signoff: SignOff | None = None
    stands: bool = False
    void: bool = False
    role: str = ""
    before: list[SignOff] = field(default_factory=list)


@dataclass
class Round:
    number: int
    current: bool
    boxes: list[Box]


def signatures_of(article: Article) -> list[SignOff]:
    """The signatures on the manuscript, oldest first; the number of queries is one."""
    found = article.signoffs.select_related("revision", "delegation__giver").order_by("-pk")
    newest = found.defer("revision__content")[:MOST]
    return list(newest)[::-1]


def rounds_of(case: Case, signatures: list[SignOff]) -> list[Round]:
    """Newest round first; the current one is there before anybody has signed in it."""
    article, standing = case.article, case.standing_hashes
    levels = [
        level for level in SignOff.Level if level != SignOff.Level.SECOND or not case.journal.two_person
    ]
    numbers = {article.review_round, *(s.round for s in signatures)}
    return [
        Round(
            number,
            number == article.review_round,
            [
                box(level, [s for s in signatures if (s.round, s.level) == (number, level)], standing)
                for level in levels
            ],
        )
        for number in sorted(numbers, reverse=True)
    ]


def box(level: SignOff.Level, signed: list[SignOff], standing: set[str]) -> Box:
    if not signed:
        return Box(level, str(level.label))
    last = signed[-1]
    stands = last.text_hash in standing
    return Box(
        level,
        str(level.label),
        last,
        stands,
        not stands and last.verdict in BINDING,
        roles_of(last),
        signed[:-1],
    )


def roles_of(signoff: SignOff) -> str:
    """The role as people read it; a signature keeps the codes of that day."""
    return "、".join(label_of(code) for code in signoff.role.split(", ") if code)
