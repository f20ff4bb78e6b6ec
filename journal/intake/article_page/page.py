"""A saved web page or newspaper page as understood: the articles on it and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..manuscript import Block, Manuscript, Question, Span

__all__ = ["Duplicate", "IssueReference", "PageFacts", "PageManuscript"]


@dataclass(frozen=True, slots=True)
class IssueReference:
    """The issue a page says it belongs to; ``number`` as in ``IssueManuscript`` ("5", "9-10")."""

    text: str
    year: int
    number: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Words printed more than once: ``what`` is ``title`` or ``text``, ``spans`` the removed printings."""

    what: str
    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of an article beside its manuscript, by the manuscript's ``id``."""

    article: str
    title_repeated: int = 1
    publish_date_raw: str | None = None
    visits: str | None = None
    visits_raw: str | None = None


@dataclass(frozen=True, slots=True)
class PageManuscript:
    """All articles of one page.

    ``unplaced`` holds blocks that belong to no article: ``RESIDUE`` for furniture, second printings
    and words nobody claimed. Offsets are those of ``manuscript.py``: into ``source_text``.
    """

    source_text: str
    encoding: str
    filename: str = ""
    issue: IssueReference | None = None
    manuscripts: tuple[Manuscript, ...] = ()
    facts: tuple[PageFacts, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    unplaced: tuple[Block, ...] = ()
    questions: tuple[Question, ...] = field(default_factory=tuple)

    def manuscript(self, id: str) -> Manuscript:
        """Return one manuscript by its id; raises ``KeyError``."""
        for manuscript in self.manuscripts:
            if manuscript.id == id:
                return manuscript
        raise KeyError(id)
