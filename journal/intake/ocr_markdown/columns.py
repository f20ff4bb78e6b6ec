"""A contents page set as a table: which column is what, and the rows as promises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .bylines import parse_byline

__all__ = ["Row", "read_columns"]

_HEADS = {
    "section": re.compile(r"栏目|专栏|板块|版块|类别"),
    "title": re.compile(r"题目|题名|篇名|标题|文章|篇目|目录|内容"),
    "author": re.compile(r"作者|撰文|撰稿|责任者|著者|单位"),
    "page": re.compile(r"页码|页次|页数|页|版"),
}
_PAGE = re.compile(r"(?:第|[PpＰ]\.?)?\s*(\d{1,3})(?:\s*[-–—~～]\s*(\d{1,3}))?\s*[页版面]?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the table and the words of each part."""

    number: int
    section: str
    title: str
    author: str
    page: int | None
    last: int | None


def read_columns(table: Sequence[Sequence[str]]) -> list[Row] | None:
    """Read rows of cells; ``None`` when no column of titles and no column of pages can be told.

    Rows may lack leading cells (a section spanning several rows), so cells are counted from the right.
    """
    width = max((len(r) for r in table), default=0)
    if width < 2 or len(table) < 2:
        return None
    rows = [["", *[""] * (width - len(r) - 1), *r] if len(r) < width else list(r) for r in table]
    roles = _from_heading(rows[0]) or _from_content(rows)
    if "title" not in roles.values() or "page" not in roles.values():
        return None
    return [row for n, cells in enumerate(rows) if (row := _row(n, cells, roles)) is not None]


def _from_heading(cells: list[str]) -> dict[int, str]:
    roles: dict[int, str] = {}
    for column, cell in enumerate(cells):
        bare = re.sub(r"\s", "", cell)
        role = next((name for name, pattern in _HEADS.items() if bare and pattern.fullmatch(bare)), None)
        if role is not None:
            roles[column] = role
    return roles if len(roles) >= 2 else {}


def _from_content(rows: list[list[str]]) -> dict[int, str]:
    """Pages are numbers, authors read as bylines, titles are the longest, sections repeat or stay empty."""
    roles: dict[int, str] = {}
    columns = [[row[c].strip() for row in rows] for c in range(len(rows[0]))]
    for column, cells in enumerate(columns):
        filled = [c for c in cells if c]
        if filled and sum(bool(_PAGE.fullmatch(c)) for c in filled) >= 0.7 * len(filled):
            roles[column] = "page"
        elif filled and sum(parse_byline(c) is not None for c in filled) >= 0.6 * len(filled):
            roles[column] = "author"
    authors = [c for c, role in roles.items() if role == "author"]
    for column in authors[:-1]:
        del roles[column]  # a section may look like a name; authors stand behind the titles
    rest = [c for c in range(len(columns)) if c not in roles]
    if rest:
        title = max(rest, key=lambda c: sum(map(len, columns[c])))
        roles[title] = "title"
        for column in rest:
            if column < title:
                roles[column] = "section"
    return roles


def _row(number: int, cells: list[str], roles: dict[int, str]) -> Row | None:
    part = {role: cells[column].strip() for column, role in roles.items()}
    bare = re.sub(r"\s", "", part.get("title", ""))
    if _HEADS["title"].fullmatch(bare):
        return None  # the heading row
    found = _PAGE.fullmatch(part.get("page", ""))
    page = int(found[1]) if found else None
    last = int(found[2]) if found and found[2] else None
    if not part.get("title") and not part.get("section"):
        return None
    return Row(number, part.get("section", ""), part.get("title", ""), part.get("author", ""), page, last)
