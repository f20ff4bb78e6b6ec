"""The pool: fictional texts in the forms of the trade, one TOML file each, and their parts.

In ``body`` every line is one unit: ``# `` and ``## `` open headings of rank 1 and 2, ``| a | b |`` is a
row of a table, everything else a paragraph. A title holds its line break as printed.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["RUN_IN", "Credit", "Picture", "Piece", "Text", "Writer", "pool", "text"]

POOL = Path(__file__).parent / "pool"
RUN_IN = re.compile(r"(（[一二三四五六七八九十]+）|\d+[.、．]|[一二三四五六七八九十]+、)[^。]{2,60}。")


@dataclass(frozen=True, slots=True)
class Writer:
    """``name`` is free of padding; the layout decides whether two characters are spread."""

    name: str
    kind: str
    affiliation: str | None = None
    post: str | None = None
    role: str = "作者"


@dataclass(frozen=True, slots=True)
class Credit:
    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    caption: str
    role: str | None = None
    photographer: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One unit of the body: ``kind`` is paragraph, heading (with ``level`` 1 or 2) or row."""

    kind: str
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    code: str
    shelf: str
    lines: tuple[str, ...]  # of the title
    pieces: tuple[Piece, ...]
    writers: tuple[Writer, ...] = ()
    credits: tuple[Credit, ...] = ()
    pictures: tuple[Picture, ...] = ()
    kicker: str | None = None
    subtitle: str | None = None
    part: str | None = None
    source: str | None = None
    abstract: str | None = None
    keywords: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    held_out: bool = False

    @property
    def title(self) -> str:
        part = f"（{self.part}）" if self.part else ""
        return " ".join(self.lines) + part

    @property
    def headings(self) -> list[str]:
        return [piece.text for piece in self.pieces if piece.kind == "heading"]

    @property
    def run_ins(self) -> list[str]:
        """First sentences that open with a number: an importer may call them headings or not."""
        found = (RUN_IN.match(piece.text) for piece in self.pieces if piece.kind == "paragraph")
        return [match.group().rstrip("。") for match in found if match]


def text(code: str) -> Text:
    """Return one text of the pool by the name of its file."""
    return next(t for t in pool() if t.code == code)


@cache
def pool() -> tuple[Text, ...]:
    """Return every text, by file name."""
    return tuple(_read(path) for path in sorted(POOL.glob("*.toml")))


def _read(path: Path) -> Text:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Text(
        code=path.stem,
        shelf=data["shelf"],
        lines=tuple(data["title"].split("\n")),
        pieces=tuple(_piece(line) for line in data["body"].strip().split("\n")),
        writers=tuple(_writer(row) for row in data["authors"]),
        credits=tuple(Credit(row["role"], tuple(row["names"])) for row in data.get("credits", ())),
        pictures=tuple(_picture(line) for line in data.get("captions", ())),
        keywords=tuple(data.get("keywords", ())),
        references=tuple(data.get("references", ())),
        footnotes=tuple(data.get("footnotes", ())),
        held_out=data.get("held_out", False),
        **{key: data.get(key) for key in ("kicker", "subtitle", "part", "source", "abstract")},
    )


def _piece(line: str) -> Piece:
    marks, _, rest = line.partition(" ")
    if marks in ("#", "##"):
        return Piece("heading", rest, len(marks))
    return Piece("row" if line.startswith("|") else "paragraph", line)


def _writer(row: dict[str, str]) -> Writer:
    return Writer(**{**row, "name": row["name"].replace(" ", "")})


def _picture(line: str) -> Picture:
    caption, _, credit = line.partition("|")
    role, _, photographer = credit.partition("|")
    return Picture(caption, role or None, photographer or None)
