"""Blocks and articles in other places: moving, splitting, joining; every block stays in exactly one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from .article_page.page import PageManuscript
from .fitting import gain, lose
from .manuscript import Block, BlockKind, IssueManuscript, Manuscript, SectionPlan

__all__ = [
    "UNPLACED_KINDS",
    "Decision",
    "M",
    "NotADecision",
    "drop",
    "enter_section",
    "find_article",
    "merge",
    "move",
    "order",
    "put",
    "reword",
    "split",
    "word",
]

#: A whole issue or a page: both have manuscripts, unplaced blocks and questions.
M = TypeVar("M", IssueManuscript, PageManuscript)
Decision = Mapping[str, Any]

UNPLACED_KINDS = frozenset(
    {
        BlockKind.CONTENTS,
        BlockKind.MASTHEAD,
        BlockKind.SLOGAN,
        BlockKind.RUNNING_HEAD,
        BlockKind.RESIDUE,
        BlockKind.JUMP,
    }
)
#: What a merged article tells already, so that its blocks do not say it twice.
TAKEN_ALONG = frozenset({BlockKind.SOURCE, BlockKind.BYLINE})
LONGEST_TEXT = 5_000
LONGEST_HEAD = 40  # a line this short without a full stop may be a title


class NotADecision(ValueError):
    """This cannot be decided here; the message is one sentence for the editor."""


# Finding things


def word(decision: Decision, name: str) -> str:
    value = decision.get(name) or ""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise NotADecision(_("This entry is too long or not text. Shorten it and try again."))
    return value.strip()


def find_article(issue: M, id: str) -> Manuscript:
    try:
        return issue.manuscript(id)
    except KeyError:
        raise NotADecision(
            _("Article %(id)s is no longer here. Reload the page and look again.") % {"id": id}
        ) from None


def _block(issue: M, id: str) -> tuple[Block, Manuscript | None]:
    """A block and the manuscript it stands in; ``None`` for the unplaced ones."""
    for manuscript in issue.manuscripts:
        for block in manuscript.blocks:
            if block.id == id:
                return block, manuscript
    for block in issue.unplaced:
        if block.id == id:
            return block, None
    raise NotADecision(_("This paragraph is no longer here. Reload the page and look again."))


def _kind(decision: Decision) -> BlockKind | None:
    name = word(decision, "kind")
    try:
        return BlockKind(name) if name else None
    except ValueError:
        raise NotADecision(_("This role of a paragraph is not known. Choose one from the list.")) from None


def put(issue: M, *manuscripts: Manuscript) -> M:
    new = {m.id: m for m in manuscripts}
    return replace(issue, manuscripts=tuple(new.get(m.id, m) for m in issue.manuscripts))


# Blocks


def _start(block: Block) -> int:
    return block.spans[0].start if block.spans else 0


def _insert(blocks: tuple[Block, ...], block: Block) -> tuple[Block, ...]:
    """Behind the block that precedes it most closely in the source; before all when none does."""
    earlier = [n for n, b in enumerate(blocks) if _start(b) < _start(block)]
    place = max(earlier, key=lambda n: _start(blocks[n])) + 1 if earlier else 0
    return (*blocks[:place], block, *blocks[place:])


def _recast(block: Block, kind: BlockKind) -> Block:
    level = (block.level or 1) if kind is BlockKind.HEADING else None
    return replace(block, kind=kind, level=level)


def _take(issue: M, block: Block, home: Manuscript | None) -> M:
    if home is not None:
        return put(issue, lose(home, block))
    return replace(issue, unplaced=tuple(b for b in issue.unplaced if b.id != block.id))


def _give(issue: M, block: Block, to: Manuscript | None) -> M:
    if to is not None:
        return put(issue, gain(replace(to, blocks=_insert(to.blocks, block)), block))
    return replace(issue, unplaced=_insert(issue.unplaced, block))


def move(issue: M, decision: Decision) -> M:
    """``block`` into article ``to`` (empty: left out), as ``kind`` if given."""
    block, home = _block(issue, word(decision, "block"))
    to = word(decision, "to")
    if to:
        find_article(issue, to)
    kind = _kind(decision)
    if kind is None:
        kind = block.kind
        if to and kind in UNPLACED_KINDS:
            kind = BlockKind.PARAGRAPH
        elif not to and kind not in UNPLACED_KINDS:
            kind = BlockKind.RESIDUE
    moved = _recast(block, kind)
    if home is not None and home.id == to:
        # It stays where it stands: a piece of another page would otherwise lose its place in the text.
        return issue if moved == block else _with_block(issue, block, home, moved)
    issue = _take(issue, block, home)
    return _give(issue, moved, issue.manuscript(to) if to else None)


def order(issue: M, decision: Decision) -> M:
    """``block`` one place up (``by`` −1) or down (1) among the blocks of its article."""
    block, home = _block(issue, word(decision, "block"))
    step = decision.get("by")
    if home is None or step not in (-1, 1):
        raise NotADecision(_("Only a paragraph of an article can be moved up or down."))
    place = home.blocks.index(block)
    other = place + int(step)
    if not 0 <= other < len(home.blocks):
        raise NotADecision(_("This paragraph stands at the end already."))
    blocks = list(home.blocks)
    blocks[place], blocks[other] = blocks[other], blocks[place]
    return put(issue, replace(home, blocks=tuple(blocks)))


def reword(issue: M, decision: Decision) -> M:
    """Other words for ``block``; what was printed stays in its ``raw``."""
    block, home = _block(issue, word(decision, "block"))
    value = word(decision, "value")
    if not value or block.rows:
        raise NotADecision(_("Leave a paragraph out by moving it; tables are changed at the desk."))
    return _with_text(issue, block, home, value)


def _with_text(issue: M, block: Block, home: Manuscript | None, value: str) -> M:
    return _with_block(issue, block, home, replace(block, text=value))


def _with_block(issue: M, block: Block, home: Manuscript | None, new: Block) -> M:
    if home is None:
        return replace(issue, unplaced=tuple(new if b.id == block.id else b for b in issue.unplaced))
    blocks = tuple(new if b.id == block.id else b for b in home.blocks)
    return put(issue, gain(replace(lose(home, block), blocks=blocks), new))


# Articles


def split(issue: M, decision: Decision) -> M:
    """A new article begins at ``block``; in an article it takes all that follows."""
    block, home = _block(issue, word(decision, "block"))
    ids = [int(m.id) for m in issue.manuscripts if m.id.isdigit()]
    article_id = f"{max(ids, default=0) + 1:02d}"
    moving: tuple[Block, ...] = home.blocks[home.blocks.index(block) :] if home else (block,)
    first = moving[0]
    if first.kind in {BlockKind.HEADING, BlockKind.TITLE} or _may_be_title(first):
        first = _recast(first, BlockKind.TITLE)
    elif first.kind in UNPLACED_KINDS:
        first = _recast(first, BlockKind.PARAGRAPH)
    captions = {c.block: c for c in home.captions} if home else {}
    for old in moving:
        issue = _take(issue, old, issue.manuscript(home.id) if home else None)
    blocks = (first, *moving[1:])
    new = Manuscript(id=article_id, title="", section=home.section if home else None, blocks=blocks)
    for part in blocks:
        new = gain(new, part)
    new = replace(new, captions=tuple(captions.get(c.block, c) for c in new.captions))
    at: int = [m.id for m in issue.manuscripts].index(home.id) + 1 if home else len(issue.manuscripts)
    issue = replace(issue, manuscripts=(*issue.manuscripts[:at], new, *issue.manuscripts[at:]))
    return enter_section(issue, new)


def _may_be_title(block: Block) -> bool:
    return len(block.text) <= LONGEST_HEAD and not block.text.rstrip().endswith(("。", "；", "，"))


def merge(issue: M, decision: Decision) -> M:
    """``article`` is a piece of ``into``: its text goes there, its title becomes a heading."""
    piece: Manuscript = find_article(issue, word(decision, "article"))
    whole: Manuscript = find_article(issue, word(decision, "into"))
    if piece.id == whole.id:
        raise NotADecision(_("An article cannot be joined to itself. Choose another one."))
    body = {BlockKind.TITLE: BlockKind.HEADING, BlockKind.KICKER: BlockKind.PARAGRAPH}
    body[BlockKind.SUBTITLE] = BlockKind.PARAGRAPH
    moving: tuple[Block, ...] = tuple(_recast(b, body[b.kind]) if b.kind in body else b for b in piece.blocks)
    before = moving and whole.blocks and _start(moving[0]) < _start(whole.blocks[0])
    blocks = moving + whole.blocks if before else whole.blocks + moving
    captions = {c.block: c for c in (*whole.captions, *piece.captions)}
    whole = replace(
        whole,
        blocks=blocks,
        page=whole.page or piece.page,
        section=whole.section or piece.section,
        toc_title=whole.toc_title or piece.toc_title,
        authors=whole.authors or piece.authors,
        source=whole.source or piece.source,
    )
    for block in moving:
        whole = gain(whole, block) if block.kind not in TAKEN_ALONG else whole
    whole = replace(whole, captions=tuple(captions.get(c.block, c) for c in whole.captions))
    return put(_without_article(issue, piece.id), whole)


def drop(issue: M, decision: Decision) -> M:
    """``article`` is none: its blocks belong to no article any more."""
    gone = find_article(issue, word(decision, "article"))
    issue = _without_article(issue, gone.id)
    for block in gone.blocks:
        issue = replace(issue, unplaced=_insert(issue.unplaced, block))
    return issue


def _without_article(issue: M, id: str) -> M:
    issue = replace(
        issue,
        manuscripts=tuple(m for m in issue.manuscripts if m.id != id),
        questions=tuple(q for q in issue.questions if q.article != id),
    )
    return _leave_section(issue, id)


def _leave_section(issue: M, id: str) -> M:
    if isinstance(issue, PageManuscript):
        return issue
    plans = (replace(p, manuscripts=tuple(i for i in p.manuscripts if i != id)) for p in issue.sections)
    return replace(issue, sections=tuple(p for p in plans if p.manuscripts))


def enter_section(issue: M, manuscript: Manuscript) -> M:
    """Put the article into its section's plan, in the order of the articles."""
    issue = _leave_section(issue, manuscript.id)
    if isinstance(issue, PageManuscript) or not manuscript.section:
        return issue
    order = [m.id for m in issue.manuscripts]
    plans: list[SectionPlan] = list(issue.sections)
    known: tuple[str, ...] = next((p.manuscripts for p in plans if p.name == manuscript.section), ())
    plan = SectionPlan(manuscript.section, tuple(sorted({*known, manuscript.id}, key=order.index)))
    plans = [plan if p.name == plan.name else p for p in plans] if known else [*plans, plan]
    return replace(issue, sections=tuple(plans))
