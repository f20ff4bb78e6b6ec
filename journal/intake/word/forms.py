"""A cover sheet: a table of labels and values before (or behind) the text, read as facts."""

from __future__ import annotations

import re

from journal.intake.manuscript import Author
from journal.intake.names import join_padded_name

from .facts import Facts
from .labels import About, Pair, about
from .layout import Cell, Table
from .lines import Line, Page, Part, page_of
from .posts import split_unit

__all__ = ["read_forms"]

FEWEST = 3
PEOPLE = {About.AUTHOR, About.UNIT, About.PHONE, About.EMAIL, About.POST}
BODY_LABELS = re.compile(r"(?:稿件|文章|作品)?(?:正文|内容|全文)")
BODY_LONG = 100


def read_forms(page: Page, facts: Facts) -> None:
    """Take every form; text kept in one of its cells comes into its place."""
    lines: list[Line] = []
    for line in page.lines:
        pairs = pairs_of(line.item) if isinstance(line.item, Table) else []
        known = [(label, cell) for label, cell in pairs if about(label) is not None]
        if isinstance(line.item, Table) and read_roster(line.item, facts):
            line.part = Part.LEFT_OUT
            continue
        small = len(known) == len(pairs) == FEWEST - 1 and all(about(label) in PEOPLE for label, _c in pairs)
        if not small and (len(known) < FEWEST or len(known) * 2 < len(pairs)):
            lines.append(line)
            continue
        line.part = Part.LEFT_OUT
        for label, cell in pairs:
            lines += take(label, cell, facts)
    page.lines[:] = lines


def read_roster(table: Table, facts: Facts) -> bool:
    """A table of senders: 姓名, 单位 and 电话 over its columns; without numbers it is text."""
    heads = [about(cell.text) for cell in table.rows[0]] if table.rows else []
    secret = {About.PHONE, About.EMAIL, About.PRIVATE}
    if About.AUTHOR not in heads or not secret & set(heads) or len(table.rows) < 2:
        return False
    if any(len(row) != len(heads) for row in table.rows) or heads.count(None) * 2 > len(heads):
        return False
    for row in table.rows[1:]:
        said = {head: cell.text.strip() for head, cell in zip(heads, row, strict=True) if head}
        for head, cell in zip(table.rows[0], row, strict=True):
            if about(head.text) in secret and cell.text.strip():
                facts.keep_private(f"{head.text.strip()}：{cell.text.strip()}")
        unit, post = split_unit(said.get(About.UNIT, ""))
        if name := join_padded_name(said[About.AUTHOR]):
            facts.add_authors([Author(name, affiliation=unit or None, post=said.get(About.POST) or post)])
    return True


def pairs_of(table: Table) -> list[tuple[str, Cell]]:
    """Label and value cells, side by side."""
    found: list[tuple[str, Cell]] = []
    for row in table.rows:
        cells = list(row)
        at = 0
        while at + 1 < len(cells):
            label = re.sub(r"\s+", "", cells[at].text)
            if about(label) is not None or len(label) <= 8 or BODY_LABELS.fullmatch(label):
                found.append((label, cells[at + 1]))
                at += 2
            else:
                at += 1
    return found


def take(label: str, cell: Cell, facts: Facts) -> list[Line]:
    kind = about(label)
    value = cell.text.strip()
    bare = label.strip("：:")
    if kind is None:
        if BODY_LABELS.fullmatch(bare) and len(value) > BODY_LONG:
            return page_of(cell.paragraphs).lines
        if value:
            facts.left_out.append(f"{bare}：{value}")
        return []
    if not value:
        return []
    line = f"{bare}：{value}"
    rest = facts.keep_private(line)
    if rest == line:
        facts.take_pair(Pair(bare, kind, value, 0, len(line), len(bare) + 1))
    return []
