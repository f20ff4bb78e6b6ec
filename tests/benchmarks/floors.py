"""The floor of every kind of trap; ``python -m tests.benchmarks.floors`` raises it to what is reached now.

A floor is never lowered by the command: whoever makes the importer worse at something edits ``least.toml`` by
hand and says why.
"""

from __future__ import annotations

import math
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import django

from journal.intake.as_json import issue_as_json
from journal.intake.manuscript import NotAManuscript
from journal.intake.ocr_markdown import read_issue
from tests.benchmarks.score import score
from tests.intake import traps
from tests.intake.traps import Case, cases

__all__ = ["least", "main", "marks_of", "shown", "understood"]

FILE = Path(traps.__file__).parent / "least.toml"
SLACK = 0.002


@cache
def shown() -> dict[str, Case]:
    """Return one development issue for every kind, by turns on a clean page and in a scan."""
    kinds: dict[str, list[Case]] = {}
    for case in cases():
        kinds.setdefault(case.kind, []).append(case)
    return {kind: some[i % len(some)] for i, (kind, some) in enumerate(kinds.items())}


@cache
def least() -> dict[str, float]:
    """Return the floors."""
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def understood(data: bytes) -> dict[str, Any]:
    """Read one issue; a refused issue is one of which nothing was understood."""
    try:
        return issue_as_json(read_issue(data, "issue.md"))
    except NotAManuscript:
        return {}


def marks_of(case: Case) -> dict[str, float]:
    """Read one printed issue and mark it."""
    printed = case.print()
    return score(understood(printed.data), printed.truth)


def main() -> None:
    """Raise the floors and say how many were raised."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
    django.setup()
    old = least()
    reached = {kind: marks_of(case)["overall"] - SLACK for kind, case in shown().items()}
    new = {kind: max(old.get(kind, 0.0), math.floor(value * 1000) / 1000) for kind, value in reached.items()}
    lines = [f'"{kind}" = {value:.3f}' for kind, value in new.items()]
    FILE.write_text(
        "# written by python -m tests.benchmarks.floors\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    print(f"{sum(new[kind] > old.get(kind, 0.0) for kind in new)} of {len(new)} floors raised")


if __name__ == "__main__":
    main()
