"""Who has read what: the rounds of an issue against its articles, what each found, what is still open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q

from articles import proofs
from articles.blockers import contents_of
from articles.models import Article, Issue, ProofMark, ProofSignature
from articles.proofs import RoundFigures

__all__ = ["Cell", "Rounds", "Row", "rounds_of"]


@dataclass(frozen=True, slots=True)
class Cell:
    """An article in a round: signed, or still to be read (``due``: the round is open), or neither.

    ``void``: the text was changed since by something else than a logged proof correction.
    """

    number: int
    signature: ProofSignature | None = None
    void: bool = False
    due: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    article: Article
    cells: list[Cell]
    open_marks: int
    open_required: int


@dataclass(frozen=True, slots=True)
class Rounds:
    """``columns``: a round's row and figures, or ``None`` for both where it is demanded but not opened."""

    articles: list[Article]
    rows: list[Row]
    columns: list[tuple[int, Any, RoundFigures | None]]
    demanded: int
    reasons: list[str]
    current: Any = None
    outside: list[ProofMark] = field(default_factory=list)

    @property
    def opened(self) -> bool:
        """Whether there is anything to read yet."""
        return any(opened for _number, opened, _figures in self.columns)

    @property
    def signed_now(self) -> int:
        """Articles signed in the open round."""
        number = self.current.number if self.current else 0
        return sum(1 for row in self.rows for cell in row.cells if cell.number == number and cell.signature)

    @property
    def found_outside(self) -> Decimal:
        return sum((mark.counts for mark in self.outside), Decimal(0))


def rounds_of(issue: Issue, articles: list[Article] | None = None) -> Rounds:
    """Everything the table shows; the number of queries depends on neither articles nor rounds."""
    articles = contents_of(issue) if articles is None else articles
    opened = {r.number: r for r in issue.proof_rounds.order_by("number")}
    counted = {f.number: f for f in proofs.figures(issue)}
    demanded, reasons = proofs.rounds_demanded(list(counted.values()), issue.page_count)
    numbers = range(1, max([demanded, *opened]) + 1)
    current = next((r for r in opened.values() if r.closed_at is None), None)
    signed = proofs.signatures_by_article(issue)
    standing = proofs.standing_signatures(issue, articles, signed)
    marks = marks_of(issue)
    open_marks = {key: [m for m in found if m.settled_at is None] for key, found in marks.items()}
    rows = [
        Row(
            article,
            cells_of(numbers, current, signed.get(article.pk, []), standing[article.pk]),
            len(open_marks.get(article.pk, ())),
            sum(mark.required for mark in open_marks.get(article.pk, ())),
        )
        for article in articles
    ]
    return Rounds(
        articles=articles,
        rows=rows,
        columns=[(number, opened.get(number), counted.get(number)) for number in numbers],
        demanded=demanded,
        reasons=reasons,
        current=current,
        outside=sorted(marks[None], key=lambda mark: mark.settled_at is not None),
    )


def cells_of(
    numbers: range, current: Any, signed: list[ProofSignature], standing: list[ProofSignature]
) -> list[Cell]:
    by_number = {signature.round.number: signature for signature in signed}
    holds = {signature.pk for signature in standing}
    cells = []
    for number in numbers:
        signature = by_number.get(number)
        if signature is not None:
            cells.append(Cell(number, signature, void=signature.pk not in holds))
        else:
            cells.append(Cell(number, due=current is not None and current.number == number))
    return cells


def marks_of(issue: Issue) -> dict[int | None, list[ProofMark]]:
    """The marks by article, those on cover, spine, contents page and masthead under ``None``."""
    found: dict[int | None, list[ProofMark]] = defaultdict(list)
    wanted = Q(settled_at__isnull=True) | Q(article__isnull=True)
    marks = ProofMark.objects.filter(wanted, round__issue=issue)
    for mark in marks.select_related("round", "by", "for_whom", "settled_by").order_by("pk"):
        found[mark.article_id].append(mark)
    return found
