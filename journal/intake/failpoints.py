"""Where a test may kill the process that takes a contributor's file in.

``reached("word-read")`` does nothing unless that very name is in ``KANWU_FAILPOINT``; then the process ends
at once, as under ``kill -9``: no handler runs, nothing is flushed, no lock is given back by us.
"""

from __future__ import annotations

import os

__all__ = ["EXIT_CODE", "STEPS", "reached"]

EXIT_CODE = 79
#: Every step from the file's arrival to the draft, in the order they are taken.
STEPS = ("word-kept", "word-opened", "word-read", "word-locked", "word-written", "word-stored", "word-taken")


def reached(step: str) -> None:
    """Note that ``step`` has been reached; raises ``ValueError`` for a step the list does not know."""
    if step not in STEPS:
        raise ValueError(step)
    if os.environ.get("KANWU_FAILPOINT") == step:
        os._exit(EXIT_CODE)
