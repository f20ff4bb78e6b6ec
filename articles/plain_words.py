"""Words of strangers as plain text: what is seen is all there is."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["one_line", "plain_lines"]

#: Letters by name, yet nothing is seen of them: fillers of Hangul, the empty Braille cell.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
#: Format characters (direction, zero width, tags), control characters, what no font has a picture for.
UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
#: Marks that may sit on one letter; a pile of them runs over the lines around it.
MARKS = 2
BREAKS = re.compile(r"\r\n?|[\u000b\u000c\u0085\u2028\u2029]")


def plain_lines(text: str) -> str:
    """The visible words, no more than one empty line between two of them, none at the ends."""
    lines = [tidy(line) for line in BREAKS.sub("\n", text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The visible words on one line."""
    return " ".join(tidy(BREAKS.sub(" ", text).replace("\n", " ")).split())


def tidy(line: str) -> str:
    """One line without what nobody sees and without piles of marks; blanks at its end are gone."""
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", line.replace("\t", " ")):
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks <= MARKS and letter not in BLANK and unicodedata.category(letter) not in UNSEEN:
            kept.append(letter)
    return "".join(kept).rstrip()
