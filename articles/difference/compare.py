"""Two cleaned bodies block by block, and two sets of an article's texts field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.distance import LCSseq

from articles.difference.align import Unit, align
from articles.difference.blocks import Block, blocks
from articles.difference.runs import BREAK, Marked, Run, count_changes, runs_between

__all__ = ["Difference", "Row", "compare", "compare_text", "compare_texts"]

#: Share of a neighbour's characters that must stand in a paragraph for it to be a part split off.
SPLIT_OFF = 0.6
#: Blocks longer than this times one another are not searched for parts split off.
SEARCHED = 100_000_000
HEADINGS = {"h2", "h3", "h4"}


@dataclass(frozen=True)
class Row:
    """One block. ``old`` holds what stood, ``new`` what stands, ``merged`` both in reading order.

    A paragraph that was split (or two that were joined) gives rows with the same index on one side; the first
    of them ends with a run without text whose mark is ``break``. ``old_look`` and ``new_look`` tell tag and
    classes.
    """

    kind: Literal["same", "changed", "added", "removed"]
    tag: str
    old: tuple[Run, ...]
    new: tuple[Run, ...]
    merged: tuple[Run, ...]
    old_index: int | None
    new_index: int | None
    changes: int
    old_look: str = ""
    new_look: str = ""

    @property
    def look_changed(self) -> bool:
        """The same block stands as something else: a paragraph became a heading, a line was indented."""
        return self.kind == "changed" and self.old_look != self.new_look


@dataclass(frozen=True)
class Difference:
    """``unseen``: the mark-up differs where no reader can see it (``changes`` is 0)."""

    rows: tuple[Row, ...]
    changes: int
    unseen: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.changes


@dataclass
class Group:
    """Blocks ``old[i1:i2]`` are ``new[j1:j2]``; more than one on one side: split or joined."""

    i1: int
    i2: int
    j1: int
    j2: int


def compare(old_html: str, new_html: str) -> Difference:
    """The difference of two cleaned bodies, every block of both in order."""
    old, new = blocks(old_html), blocks(new_html)
    groups = widened(old, new, align([unit(b) for b in old], [unit(b) for b in new]))
    rows: list[Row] = []
    i = j = 0
    for group in (*groups, Group(len(old), len(old), len(new), len(new))):
        rows += (removed(old[k], k) for k in range(i, group.i1))
        rows += (added(new[k], k) for k in range(j, group.j1))
        if group.i1 < group.i2:
            rows += group_rows(old, new, group)
        i, j = group.i2, group.j2
    changes = sum(row.changes for row in rows)
    return Difference(tuple(rows), changes, unseen=not changes and old_html.split() != new_html.split())


def compare_text(old: str, new: str) -> tuple[Run, ...]:
    """The runs of one plain field; two empty texts give none."""
    return tuple(runs_between(Marked.plain(old), Marked.plain(new)))


def compare_texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Difference | tuple[Run, ...]]:
    """The signed fields that differ, in their order: the body as a ``Difference``, any other as runs."""
    from articles.models.article import SIGNED_FIELDS

    found: dict[str, Difference | tuple[Run, ...]] = {}
    for name in SIGNED_FIELDS:
        before, after = flat(old.get(name)), flat(new.get(name))
        if before != after:
            found[name] = compare(before, after) if name == "body" else compare_text(before, after)
    return found


def flat(value: Any) -> str:
    """A field's value as one text; the lines of a list one below the other."""
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def unit(block: Block) -> Unit:
    return Unit(block.key, block.text, block.kind, "h" if block.tag in HEADINGS else block.tag)


def removed(block: Block, index: int) -> Row:
    runs = tuple(Run("del", *span) for span in block.words.spans(0, len(block.text)))
    return Row("removed", block.tag, runs, (), runs, index, None, 1, block.look, "")


def added(block: Block, index: int) -> Row:
    runs = tuple(Run("ins", *span) for span in block.words.spans(0, len(block.text)))
    return Row("added", block.tag, (), runs, runs, None, index, 1, "", block.look)


# -- split and joined paragraphs


def widened(old: Sequence[Block], new: Sequence[Block], pairs: list[tuple[int, int]]) -> list[Group]:
    """Pairs as groups, each with the unpaired neighbours that are parts of it."""
    groups = [Group(i, i + 1, j, j + 1) for i, j in pairs]
    ends = [Group(0, 0, 0, 0), *groups, Group(len(old), len(old), len(new), len(new))]
    for place, group in enumerate(groups, 1):
        if old[group.i1].key == new[group.j1].key or old[group.i1].kind != "text":
            continue
        before, after = ends[place - 1], ends[place + 1]
        whole = (group.i1, group.j1)
        group.j1, group.j2 = parts(old[whole[0]], new, (group.j1, group.j2), (before.j2, after.j1))
        if group.j2 - group.j1 == 1:
            group.i1, group.i2 = parts(new[whole[1]], old, (group.i1, group.i2), (before.i2, after.i1))
    return groups


def parts(
    whole: Block, others: Sequence[Block], taken: tuple[int, int], room: tuple[int, int]
) -> tuple[int, int]:
    """``taken``, widened as long as the next block in ``room`` is another part of ``whole``."""
    start, end = taken
    while start > room[0] and is_part(whole, others[start:end], others[start - 1], before=True):
        start -= 1
    while end < room[1] and is_part(whole, others[start:end], others[end], before=False):
        end += 1
    return start, end


def is_part(whole: Block, known: Sequence[Block], block: Block, *, before: bool) -> bool:
    """Most of ``block`` stands in ``whole`` where ``known`` does not."""
    if block.kind != "text" or len(block.text) < 2 or len(whole.text) * len(block.text) > SEARCHED:
        return False
    text = "".join(part.text for part in known)
    more = block.text + text if before else text + block.text
    gain = LCSseq.similarity(whole.text, more) - LCSseq.similarity(whole.text, text)
    return bool(gain >= SPLIT_OFF * len(block.text))


# -- rows


def group_rows(old: Sequence[Block], new: Sequence[Block], group: Group) -> list[Row]:
    before, after = old[group.i1 : group.i2], new[group.j1 : group.j2]
    if len(before) == len(after) == 1:
        runs = cell_runs(before[0], after[0])
    else:
        runs = runs_between(strung(before), strung(after))
    rows: list[Row] = []
    i, j = group.i1, group.j1
    for piece in cut_at_breaks(runs):
        rows.append(paired(piece, old, new, i, j))
        if piece and piece[-1].mark == "break":
            i += piece[-1].kind != "ins"
            j += piece[-1].kind != "del"
    return rows


def strung(row: Sequence[Block]) -> Marked:
    """Several paragraphs as one text with breaks between."""
    marks: list[str] = []
    for block in row:
        marks += [*block.words.marks, "break"]
    return Marked(BREAK.join(block.text for block in row), tuple(marks[:-1]))


def cell_runs(old: Block, new: Block) -> list[Run]:
    """Table rows cell by cell as long as no cell came or went."""
    before, after = cells(old.words), cells(new.words)
    if old.tag != "tr" or len(before) != len(after):
        return runs_between(old.words, new.words)
    return [run for pair in zip(before, after, strict=True) for run in runs_between(*pair)]


def cells(words: Marked) -> list[Marked]:
    starts = [place for place, char in enumerate(words.text) if char == "\t"] or [0]
    return [words.part(a, b) for a, b in zip(starts, [*starts[1:], None], strict=True)]


def cut_at_breaks(runs: Sequence[Run]) -> list[list[Run]]:
    pieces: list[list[Run]] = [[]]
    for run in runs:
        if run.mark != "break":
            pieces[-1].append(run)
            continue
        for _ in run.text:
            pieces[-1].append(Run(run.kind, "", "break"))
            pieces.append([])
    return pieces


def paired(runs: list[Run], old: Sequence[Block], new: Sequence[Block], i: int, j: int) -> Row:
    before, after = old[i], new[j]
    looks = before.look, after.look
    if before.shared != after.shared and i and j and old[i - 1].key == new[j - 1].key:
        looks = f"{looks[0]} in {before.shared}", f"{looks[1]} in {after.shared}"
    changes = count_changes(runs) + (looks[0] != looks[1])
    return Row(
        "changed" if changes else "same",
        after.tag,
        tuple(run for run in runs if run.kind != "ins"),
        tuple(run for run in runs if run.kind != "del"),
        tuple(runs),
        i,
        j,
        changes,
        *looks,
    )
