"""Small questions the walk asks of single elements and runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .layout import Run
from .package import Package, Relation, local, q

__all__ = [
    "TRANSPARENT",
    "cells_of",
    "chosen",
    "has_words",
    "is_page_break",
    "joined",
    "rows_by_id",
    "rows_of",
    "span_of",
    "symbol",
    "usual_font",
    "usual_size",
]

#: What holds text and is itself no text: looked into, never seen.
TRANSPARENT = {"ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo", "subDoc"}
TRANSPARENT |= {"sect", "sub-section", "annotation", "content"}  # of Word 2003
SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}
#: Symbol fonts keep their signs in the private area; those a manuscript uses.
SYMBOLS = {"f0fe": "☑", "f0a8": "☐", "f052": "☑", "f0b7": "·", "f0e0": "→", "f0fc": "✓"}


def has_words(package: Package, relation: Relation) -> bool:
    """Whether a head or foot of the pages says more than a page number."""
    if relation.kind not in {"header", "footer"} or relation.external or not package.has(relation.target):
        return False
    words = "".join(t.text or "" for t in package.xml(relation.target).iter(q("t")))
    return len(re.sub(r"[\W\d_第页共]", "", words)) > 1


def rows_by_id(root: Any | None) -> dict[str, Any]:
    rows = root if root is not None else ()
    return {row.get(q("id"), ""): row for row in rows if row.get(q("type"), "") not in SEPARATORS}


def joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbouring runs of one look as one: Word cuts sentences wherever somebody once stopped typing."""
    held: Run | None = None
    for run in runs:
        plain = not run.note and not run.picture
        if held is not None and plain and held.look == run.look:
            held = replace(held, text=held.text + run.text)
            continue
        if held is not None:
            yield held
        held = run if plain else None
        if not plain:
            yield run
    if held is not None:
        yield held


def usual_size(runs: list[Run]) -> float:
    """The size most characters have, in points; 0 where the file is silent."""
    shares: Counter[float] = Counter()
    for run in runs:
        shares[run.size] += len(run.text.strip())
    return shares.most_common(1)[0][0] if shares else 0.0


def usual_font(runs: list[Run]) -> str:
    shares: Counter[str] = Counter()
    for run in runs:
        shares[run.font] += len(run.text.strip())
    return shares.most_common(1)[0][0] if shares else ""


def chosen(alternatives: Any) -> Any:
    """The branch to read: the first choice, else what is left for old programs."""
    choice = next((child for child in alternatives if local(child) == "Choice"), None)
    fallback = next((child for child in alternatives if local(child) == "Fallback"), None)
    branch = choice if choice is not None and len(choice) else fallback
    return branch if branch is not None else ()


def is_page_break(paragraph: Any) -> bool:
    return any(br.get(q("type")) == "page" for br in paragraph.iter(q("br")))


def rows_of(table: Any) -> Iterator[Any]:
    for child in table:
        if local(child) == "tr":
            if child.find(f"{q('trPr')}/{q('del')}") is None:
                yield child
        elif local(child) in TRANSPARENT:
            yield from rows_of(child)


def cells_of(row: Any) -> Iterator[Any]:
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in TRANSPARENT:
            yield from cells_of(child)


def span_of(properties: Any) -> int:
    span = properties.find(q("gridSpan")) if properties is not None else None
    width = span.get(q("val"), "1") if span is not None else "1"
    return max(1, min(int(width), 63)) if width.isdecimal() else 1


def symbol(char: str) -> str:
    code = char.lower()
    if code in SYMBOLS:
        return SYMBOLS[code]
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return chr(value) if 0x20 <= value < 0xD800 or 0xF900 <= value < 0xFFFE else ""  # no private signs
