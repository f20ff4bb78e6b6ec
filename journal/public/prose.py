"""Plain text of the office: ``## `` before a heading, ``- `` before an item, else a paragraph a line."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Part", "parts_of"]


@dataclass
class Part:
    """``kind`` is ``heading``, ``paragraph`` or ``list``; a list has ``items`` instead of ``words``."""

    kind: str
    words: str = ""
    items: list[str] = field(default_factory=list)


def parts_of(text: str) -> list[Part]:
    """The text a line at a time; items that follow each other make one list."""
    found: list[Part] = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("## "):
            found.append(Part("heading", line[3:].strip()))
        elif line.startswith("- "):
            if not found or found[-1].kind != "list":
                found.append(Part("list"))
            found[-1].items.append(line[2:].strip())
        elif line:
            found.append(Part("paragraph", line))
    return found
