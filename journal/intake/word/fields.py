"""Word's fields: instructions beside what they last showed, which is text; the instruction is not."""

from __future__ import annotations

import re

__all__ = ["Fields"]

ADDRESS = re.compile(r'HYPERLINK\s+(?:\\[lmnot]\s+)*"(https?://[^"]+|mailto:[^"]+)"', re.IGNORECASE)
#: Fields whose result is no part of the text.
SILENT = re.compile(
    r"\s*(?:TOC|PAGE|NUMPAGES|SECTIONPAGES|INDEX|XE|TC|FORM\w+|MACROBUTTON|AUTOTEXT)\b", re.IGNORECASE
)
SPANNING = re.compile(r"\s*(?:TOC|INDEX|BIBLIOGRAPHY)\b", re.IGNORECASE)


class Fields:
    """Follows ``begin … separate … end`` through the runs, fields inside fields included."""

    def __init__(self) -> None:
        self.open: list[list[str]] = []  # [instruction, phase]

    def mark(self, kind: str) -> None:
        if kind == "begin":
            self.open.append(["", "asking"])
        elif kind == "separate" and self.open:
            self.open[-1][1] = "showing"
        elif kind == "end" and self.open:
            self.open.pop()

    def instruct(self, text: str) -> None:
        if self.open:
            self.open[-1][0] += text

    def end_paragraph(self, balanced: bool) -> None:
        """Only lists of contents go on over paragraphs; a field cut in two must not swallow the text."""
        self.open = [entry for entry in self.open if balanced and SPANNING.match(entry[0])]

    @staticmethod
    def shows(instruction: str) -> bool:
        return not SILENT.match(instruction)

    @property
    def silent(self) -> bool:
        """Whether what comes now is an instruction, or the result of a field that is no text."""
        return any(phase == "asking" or not self.shows(words) for words, phase in self.open)

    @property
    def link(self) -> str:
        """The address the text now shown leads to."""
        found = (ADDRESS.search(words) for words, _phase in reversed(self.open))
        return next((match[1] for match in found if match), "")
