"""What the check screen shows: the source cut into marked runs, the result as cards, the doubts in order.

Nothing here is HTML and nothing touches the database: templates escape every word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from journal.intake.fitting import authors_line
from journal.intake.manuscript import Block, BlockKind, Choice, Manuscript, Question, Span
from journal.intake.models import IssueImport
from journal.intake.rearranging import UNPLACED_KINDS

__all__ = ["ROLES", "Card", "CheckScreen", "Doubt", "Mark", "Run"]

TONES = 8
EXCERPT = 24
ENDING = 8

#: What each kind of block is called in the lists; a plain paragraph needs no name.
NAMES: dict[BlockKind, Any] = {
    BlockKind.PARAGRAPH: pgettext_lazy("role of a block", "paragraph"),
    BlockKind.HEADING: pgettext_lazy("role of a block", "heading"),
    BlockKind.LIST_ITEM: pgettext_lazy("role of a block", "list item"),
    BlockKind.TABLE: pgettext_lazy("role of a block", "table"),
    BlockKind.TITLE: pgettext_lazy("role of a block", "title"),
    BlockKind.KICKER: pgettext_lazy("role of a block", "kicker"),
    BlockKind.SUBTITLE: pgettext_lazy("role of a block", "subtitle"),
    BlockKind.BYLINE: pgettext_lazy("role of a block", "byline"),
    BlockKind.ABSTRACT: pgettext_lazy("role of a block", "abstract"),
    BlockKind.KEYWORDS: pgettext_lazy("role of a block", "keywords"),
    BlockKind.CAPTION: pgettext_lazy("role of a block", "caption"),
    BlockKind.SOURCE: pgettext_lazy("role of a block", "source"),
    BlockKind.CREDITS: pgettext_lazy("role of a block", "credits"),
    BlockKind.CLOSING_NOTE: pgettext_lazy("role of a block", "closing note"),
    BlockKind.FOOTNOTE: pgettext_lazy("role of a block", "footnote"),
    BlockKind.END_MARK: pgettext_lazy("role of a block", "end mark"),
    BlockKind.JUMP: pgettext_lazy("role of a block", "jump line"),
    BlockKind.CONTENTS: pgettext_lazy("role of a block", "contents page"),
    BlockKind.MASTHEAD: pgettext_lazy("role of a block", "masthead"),
    BlockKind.SLOGAN: pgettext_lazy("role of a block", "slogan"),
    BlockKind.RUNNING_HEAD: pgettext_lazy("role of a block", "running head"),
    BlockKind.RESIDUE: pgettext_lazy("role of a block", "left-over"),
}
#: The roles an editor may give a block in an article.
ROLES = [(kind.value, name) for kind, name in NAMES.items() if kind not in UNPLACED_KINDS]
NOBODY = gettext_lazy("in no article")


@dataclass(frozen=True, slots=True)
class Mark:
    """How a block is marked on both sides: a class for the colour and words that say the same."""

    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run of source text; ``block`` is ``None`` between blocks. ``first`` opens its block."""

    text: str
    block: str | None = None
    mark: Mark | None = None
    first: bool = False
    draggable: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One block in a list: what it is, how it begins and ends, how long it is."""

    id: str
    kind: str
    name: Any
    plain: bool
    excerpt: str
    length: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    number: int
    checked: bool
    block: str | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question with its answers; ``block`` is where it points to in the source."""

    question: Question
    article: Manuscript | None
    options: list[Option]
    answer: str | None
    own: str
    may_type: bool
    may_choose_article: bool
    words: str | None  # of the block it asks about, to be corrected
    block: str | None

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def tone(self) -> str:
        return tone_of(self.article.id) if self.article else ""

    @property
    def answered(self) -> bool:
        return self.answer is not None

    @property
    def next_number(self) -> int:
        return len(self.options) + 1

    @property
    def last_number(self) -> int:
        return len(self.options) + 2

    @property
    def reworded(self) -> bool:
        return (self.answer or "").startswith("text:")


@dataclass(frozen=True, slots=True)
class Card:
    """One article as understood, with what an editor may change."""

    manuscript: Manuscript
    tone: str
    rows: list[Row]
    authors: str
    length: int

    @property
    def id(self) -> str:
        return self.manuscript.id

    @property
    def names(self) -> str:
        return "、".join(a.name for a in self.manuscript.authors)


class CheckScreen:
    """One import as the screen shows it now."""

    def __init__(self, row: IssueImport) -> None:
        self.row = row
        self.base: Any = row.base
        self.result: Any = row.result()
        self.is_issue = row.kind == IssueImport.Kind.ISSUE

    @cached_property
    def marks(self) -> dict[str, Mark]:
        """Block id → its mark."""
        found = {}
        for manuscript in self.result.manuscripts:
            tone = tone_of(manuscript.id)
            for block in manuscript.blocks:
                found[block.id] = Mark(tone, label_of(manuscript.id, block))
        for block in self.result.unplaced:
            placed = block.kind not in UNPLACED_KINDS
            found[block.id] = Mark("nobody", str(NOBODY)) if placed else Mark("aside", str(NAMES[block.kind]))
        return found

    @property
    def runs(self) -> Iterator[Run]:
        """The whole source text in order, cut at the ends of the blocks' spans."""
        text, at, seen = self.base.source_text, 0, set()
        unplaced = {b.id for b in self.result.unplaced}
        for span, block in sorted(self._spans(), key=lambda pair: pair[0]):
            if span.end <= at:
                continue
            if text[at : span.start].strip() or (at and span.start > at):
                yield between(text[at : span.start])
            start = max(at, span.start)
            first = block.id not in seen
            seen.add(block.id)
            yield Run(text[start : span.end], block.id, self.marks[block.id], first, block.id in unplaced)
            at = span.end
        if at < len(text):
            yield between(text[at:])

    def _spans(self) -> Iterator[tuple[Span, Block]]:
        for block in self.blocks:
            for span in block.spans:
                yield span, block

    @cached_property
    def blocks(self) -> list[Block]:
        placed = [b for m in self.result.manuscripts for b in m.blocks]
        return [*placed, *self.result.unplaced]

    @cached_property
    def cards(self) -> list[Card]:
        return [self.card(m) for m in self.result.manuscripts]

    def card(self, manuscript: Manuscript) -> Card:
        return Card(
            manuscript,
            tone_of(manuscript.id),
            [row_of(b) for b in manuscript.blocks],
            authors_line(manuscript.authors),
            sum(characters(b.text) for b in manuscript.body),
        )

    @cached_property
    def outline(self) -> list[tuple[str, list[Card]]]:
        """Section name → its articles, in contents order; articles without a section stand last."""
        sections: dict[str, list[Card]] = {}
        for card in self.cards:
            sections.setdefault(card.manuscript.section or "", []).append(card)
        last = sections.pop("", None)
        return [*sections.items(), *([("", last)] if last else [])]

    @property
    def sections(self) -> list[str]:
        return [name for name, __ in self.outline if name]

    @cached_property
    def nobody(self) -> list[Row]:
        """Text that no article claims and that is nothing else we know: it must not be overlooked."""
        return [row_of(b) for b in self.result.unplaced if b.kind not in UNPLACED_KINDS]

    @cached_property
    def aside(self) -> list[tuple[Any, list[Row]]]:
        """What stands in no article by its nature, by kind."""
        kinds: dict[BlockKind, list[Row]] = {}
        for block in self.result.unplaced:
            if block.kind in UNPLACED_KINDS:
                kinds.setdefault(block.kind, []).append(row_of(block))
        return [(NAMES[kind], rows) for kind, rows in kinds.items()]

    @cached_property
    def doubts(self) -> list[Doubt]:
        """Every question of the base, those of articles that are gone left out."""
        ids = {m.id for m in self.result.manuscripts}
        given = self.row.answered
        found = (q for q in self.base.questions if q.article is None or q.article in ids or q.id in given)
        return [self.doubt(q, given.get(q.id)) for q in found]

    def doubt(self, question: Question, answer: str | None) -> Doubt:
        shown = question.proposal if answer is None else answer
        values = {c.value for c in question.choices}
        options = [self.option(c, n, shown) for n, c in enumerate(question.choices, start=1)]
        about_block = question.field.startswith("block:")
        own = shown if shown is not None and shown not in values and not about_block else ""
        article = next((m for m in self.result.manuscripts if m.id == question.article), None)
        block = next((b for s in question.spans if (b := self.block_at(s))), None)
        may_type = not about_block and question.field != "entry"
        words = self.words_of(question.field.removeprefix("block:")) if about_block else None
        return Doubt(question, article, options, answer, own or "", may_type, about_block, words, block)

    def words_of(self, id: str) -> str | None:
        """The words of a block of some article, where an editor may correct them here."""
        found = (b for m in self.result.manuscripts for b in m.blocks if b.id == id and not b.rows)
        return next((b.text for b in found), None)

    def option(self, choice: Choice, number: int, shown: str | None) -> Option:
        block = self.block_at(choice.span) if choice.span else None
        return Option(choice.value, choice.label, number, choice.value == shown, block)

    def block_at(self, span: Span) -> str | None:
        """The block whose text covers the beginning of ``span``."""
        return next((id for start, end, id in self._places if start <= span.start < end), None)

    @cached_property
    def _places(self) -> list[tuple[int, int, str]]:
        return sorted((s.start, s.end, b.id) for s, b in self._spans())

    @property
    def total(self) -> int:
        return len(self.doubts)

    @property
    def settled(self) -> int:
        return sum(d.answered for d in self.doubts)

    @property
    def open(self) -> int:
        return self.total - self.settled

    @property
    def characters(self) -> int:
        return sum(card.length for card in self.cards)


def tone_of(id: str) -> str:
    number = int(id) if id.isdigit() else sum(map(ord, id))
    return f"tone-{number % TONES}"


def label_of(article: str, block: Block) -> str:
    plain = block.kind is BlockKind.PARAGRAPH
    return article if plain else f"{article} {NAMES[block.kind]}"


def between(text: str) -> Run:
    """Text between blocks is blank; should a reader have overlooked words, they are marked."""
    if text.strip():
        return Run(text, mark=Mark("nobody", str(NOBODY)), first=True)
    return Run("\n" * min(text.count("\n"), 2) or text)


def row_of(block: Block) -> Row:
    return Row(
        block.id,
        block.kind.value,
        NAMES[block.kind],
        block.kind is BlockKind.PARAGRAPH,
        excerpt(block.text),
        characters(block.text),
        len(block.spans),
    )


def excerpt(text: str) -> str:
    """How a text begins and ends: enough to see whether it is whole."""
    line = " ".join(text.split())
    if len(line) <= EXCERPT + ENDING + 2:
        return line or _("(blank)")
    return f"{line[:EXCERPT]} … {line[-ENDING:]}"


def characters(text: str) -> int:
    return len("".join(text.split()))


def changed_articles(before: Iterable[Manuscript], after: Iterable[Manuscript]) -> list[str]:
    """Ids of the articles that are not what they were."""
    old = {m.id: m for m in before}
    return [m.id for m in after if old.get(m.id) != m]
