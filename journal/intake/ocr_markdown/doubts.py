"""Every doubt becomes a question with its possible answers; the importer settles none of them by itself.

A question proposes what stands in the manuscript now. Answers are values: of a text field the text,
of ``page`` its digits, of ``authors`` the names joined by 、, of ``block:<id>`` the id of the article
the block belongs to (empty: to none), of ``entry`` nothing (keep it), ``drop``, or the id of the
article that is the same piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from ..manuscript import Block, BlockKind, Choice, IssueManuscript, Manuscript, Question, Span
from .articles import Draft
from .blocks import tidy
from .chunks import Chunk
from .jumps import Move
from .links import Links
from .people import listed_names
from .reconcile import suspect
from .wording import Ending, ending, key

__all__ = ["Evidence", "ask"]

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


def ask(issue: IssueManuscript, evidence: Evidence) -> IssueManuscript:
    """Return the issue with its questions, in the order of its articles, then of the issue itself."""
    evidence.texts = {m.id: "".join(b.text for b in m.body) for m in issue.manuscripts}
    found: list[Question] = []
    for manuscript in issue.manuscripts:
        draft = evidence.drafts.get(manuscript.id)
        found += _about_entry(issue, manuscript, draft)
        if draft is not None:
            found += _about_title(manuscript, draft, evidence)
            found += _about_people(manuscript, draft)
            found += _about_flow(issue, manuscript, draft, evidence)
    found += _about_moves(issue, evidence)
    found += _about_unplaced(issue)
    found += _about_issue(issue)
    return replace(issue, questions=tuple(_numbered(found)))


def _numbered(questions: list[Question]) -> Iterator[Question]:
    """Ids that stay the same as long as the same doubt stands: code, article, running number."""
    counts: dict[str, int] = {}
    for question in questions:
        stem = f"{question.code}-{question.article or 'issue'}"
        counts[stem] = counts.get(stem, 0) + 1
        yield replace(question, id=f"{stem}-{counts[stem]}")


def _question(
    code: str,
    article: str | None,
    about: str,
    message: str,
    choices: Sequence[Choice] = (),
    proposal: str | None = None,
    spans: Sequence[Span] = (),
    confidence: float = 0.5,
) -> Question:
    return Question("", code, article, about, message, tuple(choices), proposal, tuple(spans), confidence)


def _spans(manuscript: Manuscript, *kinds: BlockKind) -> list[Span]:
    return [s for b in manuscript.blocks if b.kind in kinds for s in b.spans]


def _label(manuscript: Manuscript) -> str:
    return f"{manuscript.id} {manuscript.title}"


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:24] + "…"


# Contents page and body


def _about_entry(issue: IssueManuscript, manuscript: Manuscript, draft: Draft | None) -> Iterator[Question]:
    keep = Choice("", _("Keep it"))
    leave = Choice("drop", _("Leave it out"))
    if draft is None:
        strays = [m for m in issue.manuscripts if m.toc_title is None]
        yield _question(
            "entry-without-text",
            manuscript.id,
            "entry",
            _("The contents page announces “%(title)s”, but its text was not found.")
            % {"title": manuscript.title},
            [keep, leave, *(Choice(m.id, _("It is “%(title)s”") % {"title": m.title}) for m in strays)],
            "",
            confidence=0.6,
        )
    elif manuscript.toc_title is None:
        missing = [m for m in issue.manuscripts if m.toc_title and not m.blocks]
        yield _question(
            "article-without-entry",
            manuscript.id,
            "entry",
            _("“%(title)s” stands in the issue but not on the contents page.") % {"title": manuscript.title},
            [keep, leave, *(Choice(m.id, _("It is “%(title)s”") % {"title": m.title}) for m in missing)],
            "",
            _spans(manuscript, BlockKind.TITLE),
            0.7,
        )
    if manuscript.toc_title and manuscript.page is None and any(m.page for m in issue.manuscripts):
        yield _question(
            "page-missing",
            manuscript.id,
            "page",
            _("The contents page gives no page for “%(title)s”.") % {"title": manuscript.title},
            spans=_spans(manuscript, BlockKind.TITLE),
        )


# Titles

_WHY = {
    "order": 0.9,
    "words": 0.55,
    "part": 0.8,
    "longer": 0.7,
}


def _about_title(manuscript: Manuscript, draft: Draft, evidence: Evidence) -> Iterator[Question]:
    title_spans = _spans(manuscript, BlockKind.TITLE)
    reason = draft.verdict.reason if draft.verdict else "same"
    if reason in _WHY and manuscript.toc_title:
        yield _differing_titles(manuscript, reason, title_spans)
    if found := suspect(manuscript.title, evidence.texts[manuscript.id]):
        printed, likelier = found
        corrected = manuscript.title.replace(printed, likelier)
        if corrected != manuscript.title:
            yield _question(
                "title-suspect",
                manuscript.id,
                "title",
                _("The title has “%(printed)s”, the text always has “%(likelier)s”.")
                % {"printed": printed, "likelier": likelier},
                [Choice(manuscript.title, manuscript.title), Choice(corrected, corrected)],
                manuscript.title,
                title_spans,
            )
    if manuscript.toc_title_raw and manuscript.toc_title and manuscript.toc_title_raw != manuscript.toc_title:
        yield _question(
            "residue-in-contents",
            manuscript.id,
            "toc_title",
            _("The contents page prints “%(raw)s”; the beginning looks like a left-over of a word processor.")
            % {"raw": manuscript.toc_title_raw},
            [Choice(t, t) for t in (manuscript.toc_title, manuscript.toc_title_raw)],
            manuscript.toc_title,
            confidence=0.9,
        )


def _differing_titles(manuscript: Manuscript, reason: str, spans: list[Span]) -> Question:
    body, contents = manuscript.body_title or manuscript.title, tidy(manuscript.toc_title or "")
    messages = {
        "order": _("The lines of the title stand in another order on the page: “%(page)s”."),
    }
    message = messages.get(reason) or _("The contents page says “%(contents)s”, the page says “%(page)s”.")
    choices = dict.fromkeys([manuscript.title, contents, body])
    return _question(
        "title-order" if reason == "order" else "contents-title-differs",
        manuscript.id,
        "title",
        message % {"page": body, "contents": contents},
        [Choice(t, t) for t in choices],
        manuscript.title,
        spans,
        _WHY[reason],
    )


# People


def _about_people(manuscript: Manuscript, draft: Draft) -> Iterator[Question]:
    if not draft.authors_differ:
        return
    printed = "、".join(a.name for a in manuscript.authors)
    listed = "、".join(listed_names(manuscript.toc_author))
    yield _question(
        "byline-differs",
        manuscript.id,
        "authors",
        _("The contents page names %(contents)s, the page names %(page)s.")
        % {"contents": listed, "page": printed},
        [Choice(printed, printed), Choice(listed, listed)],
        printed,
        _spans(manuscript, BlockKind.BYLINE),
        0.6,
    )


# Where text belongs


def _about_flow(
    issue: IssueManuscript, manuscript: Manuscript, draft: Draft, evidence: Evidence
) -> Iterator[Question]:
    here = Choice(manuscript.id, _label(manuscript))
    nobody = Choice("", _("To no article"))
    moved = {id(m.chunk) for m in evidence.moves}
    for chunk in draft.stream.chunks:
        if chunk.kind is BlockKind.CAPTION and not chunk.sure and (block := _block_of(manuscript, chunk)):
            following = _following(issue, manuscript, evidence)
            yield _question(
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
            yield _question(
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
        Choice(m.id, _label(m))
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
            yield _question(
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
                yield _question(
                    "text-after-end",
                    manuscript.id,
                    f"block:{block.id}",
                    _("“%(text)s” stands behind the end mark. Does it still belong to this article?")
                    % {"text": _short(block.text)},
                    [here, nobody],
                    manuscript.id,
                    block.spans,
                    0.4,
                )
            break


def _block_of(manuscript: Manuscript, chunk: Chunk) -> Block | None:
    start = chunk.lines[0].start
    return next((b for b in manuscript.blocks if any(s.start <= start < s.end for s in b.spans)), None)


def _about_moves(issue: IssueManuscript, evidence: Evidence) -> Iterator[Question]:
    for move in evidence.moves:
        if move.margin >= _CLEAR:
            continue
        owner = issue.manuscript(evidence.order[move.owner])
        block = _block_of(owner, move.chunk)
        if block is None:
            continue
        ids = dict.fromkeys(evidence.order[n] for n in (move.owner, move.origin, *move.rivals))
        yield _question(
            "piece-owner",
            owner.id,
            f"block:{block.id}",
            _("“%(text)s” was found inside another article and taken for the continuation of this one.")
            % {"text": _short(move.chunk.text)},
            [Choice(i, _label(issue.manuscript(i))) for i in ids],
            owner.id,
            [move.chunk.lines[0].span],
            min(0.9, max(0.2, move.margin / _CLEAR)),
        )


def _about_unplaced(issue: IssueManuscript) -> Iterator[Question]:
    starts = sorted((m.blocks[0].spans[0].start, m.id) for m in issue.manuscripts if m.blocks)
    for block in issue.unplaced:
        if block.kind is not BlockKind.PARAGRAPH or len(key(block.text)) < 4:
            continue
        at = block.spans[0].start
        near = [i for s, i in starts if s > at][:1] + [i for s, i in starts if s < at][-1:]
        yield _question(
            "unplaced-text",
            None,
            f"block:{block.id}",
            _("“%(text)s” belongs to no article.") % {"text": _short(block.text)},
            [Choice("", _("To no article")), *(Choice(i, _label(issue.manuscript(i))) for i in near)],
            "",
            block.spans,
        )


# The issue


def _about_issue(issue: IssueManuscript) -> Iterator[Question]:
    missing = {
        "year": (issue.year, _("The year of the issue was not found.")),
        "number": (issue.number, _("The number of the issue was not found.")),
        "serial_number": (issue.serial_number, _("The continuous serial number was not found.")),
    }
    for name, (value, message) in missing.items():
        if value is None:
            yield _question(f"{name.replace('_', '-')}-missing", None, name, message)
