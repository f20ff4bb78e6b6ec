"""What a text is recognised by, free of any database: runs of five characters and their smallest digests.

A text is folded first (compatibility forms, case; only letters and digits stay), so that commas, spaces and
mark-up make no difference. Of the digests of all its runs the ``KEPT`` smallest are its fingerprint: two
texts have about the same part of their marks in common as of their runs (Broder's min-wise sketch). With a
tenth of the characters changed one by one that is a third, which leaves one chance in a hundred thousand
that fewer than ``LEAST_SHARED`` marks are the same.
"""

from __future__ import annotations

import heapq
import unicodedata
from hashlib import blake2b

__all__ = ["KEPT", "LEAST", "LEAST_SHARED", "RUN", "covered", "fingerprint", "folded", "runs"]

RUN = 5
KEPT = 40
LEAST_SHARED = 2
#: Shorter texts (a notice, a caption) are alike by chance: they are the same only when all their letters are.
LEAST = 60
#: A text of so few letters says nothing of where it comes from.
LEAST_AT_ALL = 20


def folded(text: str) -> str:
    """The letters and digits of a plain text, as they are compared."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def runs(text: str) -> set[str]:
    """Every run of five characters of a folded text."""
    return {text[at : at + RUN] for at in range(len(text) - RUN + 1)}


def fingerprint(text: str) -> list[int]:
    """The marks of a folded text, signed 64-bit integers; none for a text too short to be recognised."""
    if len(text) >= LEAST:
        return heapq.nsmallest(KEPT, map(digest, runs(text)))
    return [digest(sign + text) for sign in ("=", "==")] if len(text) >= LEAST_AT_ALL else []


def digest(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)


def covered(text: str, known: set[str]) -> int:
    """How many characters of a folded text stand in runs that are ``known``."""
    count, end = 0, 0
    for at in range(len(text) - RUN + 1):
        if text[at : at + RUN] in known:
            count += at + RUN - max(end, at)
            end = at + RUN
    return count
