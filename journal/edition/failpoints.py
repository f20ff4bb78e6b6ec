"""Where a test may kill the process: the one place that reads ``KANWU_FAILPOINT``.

``reached("switch")`` does nothing unless that very name is in the environment; then the process ends at once,
as under ``kill -9``: no handler runs, nothing is flushed, no lock is given back by us.
"""

from __future__ import annotations

import os

__all__ = ["BACK_STEPS", "COUNT_STEPS", "DECISION_STEPS", "EXIT_CODE", "STEPS", "reached"]

EXIT_CODE = 79
#: Every step of publishing, in the order they are taken.
STEPS = (
    "locked",
    "recorded",
    "planned",
    "room",
    "building",
    "half-built",
    "built",
    "manifest",
    "synced",
    "renamed",
    "link-made",
    "switched",
    "marked",
    "committed",
    "swept",
)
#: Every step of going back to an earlier edition.
BACK_STEPS = ("locked", "back-recorded", "link-made", "back-switched", "back-committed")
#: Every step of closing an issue that are not steps of the bake that follows.
DECISION_STEPS = ("withdrawn", "decided")
#: Every step of counting visits.
COUNT_STEPS = ("visits-locked", "visits-read", "visits-written", "visits-committed", "visits-renamed")


def reached(step: str) -> None:
    """Note that ``step`` has been reached; raises ``ValueError`` for a step the list does not know."""
    if step not in STEPS + BACK_STEPS + DECISION_STEPS + COUNT_STEPS:
        raise ValueError(step)
    if os.environ.get("KANWU_FAILPOINT") == step:
        os._exit(EXIT_CODE)
