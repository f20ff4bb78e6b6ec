"""Who makes the journal: the identity of the issue and the masthead, in the style of the layout."""

from __future__ import annotations

from tests.intake.traps.bylines import spread
from tests.intake.traps.chunks import Chunk
from tests.intake.traps.layout import Layout
from tests.intake.traps.mastheads import Journal, Role

__all__ = ["identity", "masthead"]

PER_LINE = 4


def identity(journal: Journal, layout: Layout) -> list[Chunk]:
    """Return the lines that say which issue this is."""
    tail = "  " if layout.contents_gap == "hard" else ""
    return [Chunk(line + tail, "masthead", 1 if i else 2) for i, line in enumerate(journal.identity)]


def masthead(journal: Journal, layout: Layout) -> list[Chunk]:
    """Return roles, then other lines, then facts."""
    roles = [_role(role, layout) for role in journal.masthead]
    facts = [_fact(label, value, layout) for label, value in journal.facts.values()]
    extra = [[line] for line in journal.extra]
    if layout.masthead_style == "columns":
        rows = _side_by_side([line for lines in roles for line in lines])
    else:
        rows = [line for lines in roles for line in lines]
    tail = "  " if layout.contents_gap == "hard" else ""
    blocks = [rows, [line for lines in extra for line in lines], facts]
    return [Chunk(line + tail, "masthead", 1 if i else 2) for block in blocks for i, line in enumerate(block)]


def _role(role: Role, layout: Layout) -> list[str]:
    names = [spread(name, layout) for name in role.names]
    rows = [" ".join(names[i : i + PER_LINE]) for i in range(0, len(names), PER_LINE)]
    label = _label(role.role, layout)
    if layout.masthead_style == "above":
        return [label, *rows]
    joint = "：" if layout.masthead_style == "colon" else " "
    return [label + joint + rows[0], *rows[1:]]


def _label(label: str, layout: Layout) -> str:
    wide = layout.masthead_style == "wide_labels" and len(label) == 2
    return "　".join(label) if wide else label


def _fact(label: str, value: str, layout: Layout) -> str:
    if value.startswith("(") or (layout.masthead_style in ("wide_labels", "lines") and len(label) == 2):
        return f"{_label(label, layout)} {value}"
    return f"{label}：{value}"


def _side_by_side(rows: list[str]) -> list[str]:
    half = (len(rows) + 1) // 2
    left, right = rows[:half], rows[half:]
    paired = [f"{a}        {b}" for a, b in zip(left, right, strict=False)]
    return paired + left[len(right) :]
