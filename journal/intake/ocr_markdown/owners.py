"""Questions about where text belongs: captions, ends, pieces that were moved, text nobody claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..manuscript import Block, BlockKind, Choice, IssueManuscript, Manuscript, Question
from .articles import Draft
from .chunks import Chunk
from .jumps import Move
from .links import Links
from .questions import label_of, question, short
from .wording import Ending, ending, key

__all__ = ["Evidence", "about_flow", "about_moves", "about_unplaced"]

_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(and|or|of|the|to|in)\s+(?=[\u4e00-\u9fff])")
_CLEAR = 3.0  # a jump that leads by this much needs no question


@dataclass(slots=True)
class Evidence:
    """What the reading knows beyond the manuscripts: drafts by article id, ids by stream, moves, links."""

    drafts: dict[str, Draft]
    order: list[str]
    moves: list[Move]
    links: Links
    texts: dict[str, str] = field(default_factory=dict)


def about_flow(
    issue: IssueManuscript, manuscript: Manuscript, draft: Draft, evidence: Evidence
) -> Iterator[Question]:
    here = Choice(manuscript.id, label_of(manuscript))
    nobody = Choice("", _("To no article"))
    moved = {id(m.chunk) for m in evidence.moves}
    for chunk in draft.stream.chunks:
        if chunk.kind is BlockKind.CAPTION and not chunk.sure and (block := _block_of(manuscript, chunk)):
            following = _following(issue, manuscript, evidence)
            yield question(
                "caption-owner",
                manuscript.id,
                f"block:{block.id}",
                _("“%(text)s” was taken for a caption. Which article does it belong to?")
                % {"text": block.text},
                [here, *following, nobody],
                manuscript.id,
                block.spans,
            )
    yield from _about_ending(manuscript, draft, here, nobody, moved)
    for block in manuscript.body:
        for match in list(_LATIN.finditer(block.raw))[:3]:
            yield question(
                "stray-latin",
                manuscript.id,
                f"block:{block.id}",
                _("“%(word)s” stands between Chinese words in “%(text)s”; the scan may have put it there.")
                % {"word": match[1], "text": block.raw[max(0, match.start() - 8) : match.end() + 8]},
                [here],
                manuscript.id,
                block.spans,
                0.4,
            )


def _following(issue: IssueManuscript, manuscript: Manuscript, evidence: Evidence) -> list[Choice]:
    position = evidence.order.index(manuscript.id)
    return [
        Choice(m.id, label_of(m))
        for number in evidence.order[position + 1 : position + 2]
        for m in issue.manuscripts
        if m.id == number
    ]


def _about_ending(
    manuscript: Manuscript, draft: Draft, here: Choice, nobody: Choice, moved: set[int]
) -> Iterator[Question]:
    """Text that stops inside a sentence, and text that goes on behind the end."""
    texts = [c for c in draft.stream.chunks if c.is_text]
    if texts and not texts[-1].verse and ending(texts[-1].text) is Ending.OPEN and len(texts[-1].text) > 12:
        block = _block_of(manuscript, texts[-1])
        if block is not None:
            yield question(
                "text-unfinished",
                manuscript.id,
                f"block:{block.id}",
                _("The text stops inside a sentence (“%(end)s”) and its continuation was not found.")
                % {"end": texts[-1].text[-16:]},
                [here, nobody],
                manuscript.id,
                block.spans,
                0.3,
            )
    ended = False
    for chunk in draft.stream.chunks:
        if chunk.kind is BlockKind.END_MARK:
            ended = True
        elif ended and chunk.is_text and id(chunk) not in moved:
            block = _block_of(manuscript, chunk)
            if block is not None:
                yield question(
                    "text-after-end",
                    manuscript.id,
                    f"block:{block.id}",
                    _("“%(text)s” stands behind the end mark. Does it still belong to this article?")
                    % {"text": short(block.text)},
                    [here, nobody],
                    manuscript.id,
                    block.spans,
                    0.4,
                )
            break


def _block_of(manuscript: Manuscript, chunk: Chunk) -> Block | None:
    start = chunk.lines[0].start
    return next((b for b in manuscript.blocks if any(s.start <= start < s.end for s in b.spans)), None)


def about_moves(issue: IssueManuscript, evidence: Evidence) -> Iterator[Question]:
    for move in evidence.moves:
        if move.margin >= _CLEAR:
            continue
        owner = issue.manuscript(evidence.order[move.owner])
        block = _block_of(owner, move.chunk)
        if block is None:
            continue
        ids = dict.fromkeys(evidence.order[n] for n in (move.owner, move.origin, *move.rivals))
        yield question(
            "piece-owner",
            owner.id,
            f"block:{block.id}",
            _("“%(text)s” was found inside another article and taken for the continuation of this one.")
            % {"text": short(move.chunk.text)},
            [Choice(i, label_of(issue.manuscript(i))) for i in ids],
            owner.id,
            [move.chunk.lines[0].span],
            min(0.9, max(0.2, move.margin / _CLEAR)),
        )


def about_unplaced(issue: IssueManuscript) -> Iterator[Question]:
    starts = sorted((m.blocks[0].spans[0].start, m.id) for m in issue.manuscripts if m.blocks)
    for block in issue.unplaced:
        if block.kind is not BlockKind.PARAGRAPH or len(key(block.text)) < 4:
            continue
        at = block.spans[0].start
        near = [i for s, i in starts if s > at][:1] + [i for s, i in starts if s < at][-1:]
        yield question(
            "unplaced-text",
            None,
            f"block:{block.id}",
            _("“%(text)s” belongs to no article.") % {"text": short(block.text)},
            [Choice("", _("To no article")), *(Choice(i, label_of(issue.manuscript(i))) for i in near)],
            "",
            block.spans,
        )
