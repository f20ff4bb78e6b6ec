"""Measure the importer on every kind of trap and print it: ``python -m tests.benchmarks.import_scores``.

Development issues are for tuning; held-out issues (other seeds, reserved texts) only ever appear as one
column. A run without ``--kind`` writes ``IMPORT_SCORES.md`` beside this file.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean, median
from typing import Any

from journal.intake.as_json import issue_as_json
from journal.intake.ocr_markdown import read_issue
from tests.benchmarks.likeness import folded, shingles
from tests.benchmarks.score import METRICS, score
from tests.intake.traps import Case, cases

__all__ = ["main", "measured", "table"]

HERE = Path(__file__).parent
Row = dict[str, float]


def main() -> None:
    """Measure, print, and write the file when nothing was left out."""
    asked = _arguments()
    dev = _wanted(cases(), asked.kind)
    rows = measured(dev, asked.worst)
    held_out = {} if asked.dev else measured(_wanted(cases(held_out=True), asked.kind), 0)
    printed = table(rows, held_out)
    print(printed)
    if not asked.kind and held_out:
        (HERE / "IMPORT_SCORES.md").write_text(PREFACE + printed, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", default="", help="only the kinds whose name contains this")
    parser.add_argument("--dev", action="store_true", help="leave the held-out issues alone")
    parser.add_argument("--worst", type=int, default=0, help="also name the worst development issues")
    return parser.parse_args()


def _wanted(every: Iterable[Case], word: str) -> list[Case]:
    return [case for case in every if word in case.kind]


def measured(wanted: list[Case], worst: int = 0) -> dict[str, Row]:
    """Return the mean of every metric for each kind, and ``time`` as a multiple of the reference."""
    kinds: dict[str, list[Row]] = {}
    each: list[tuple[float, str]] = []
    for case in wanted:
        row = _measure(case)
        kinds.setdefault(case.kind, []).append(row)
        low = sorted((row[m], m) for m in METRICS)[:4]
        each.append(
            (
                row["overall"],
                f"{case.kind} {case.code} {case.seed} " + " ".join(f"{m} {v:.2f}" for v, m in low),
            )
        )
    for value, name in sorted(each)[:worst]:
        print(f"{value:.3f} {name}")
    return {kind: _average(rows) for kind, rows in kinds.items()}


def _measure(case: Case) -> Row:
    printed = case.print()
    reference = _seconds(lambda: _reference(printed.text))
    started = time.perf_counter()
    issue = read_issue(printed.data, f"{case.code}.md")
    took = time.perf_counter() - started
    found: dict[str, Any] = issue_as_json(issue)
    return score(found, printed.truth) | {"time": took / reference}


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return max(time.perf_counter() - started, 1e-9)


def _reference(text: str) -> int:
    """One unit of time: fold the text and count its runs of five characters."""
    return len(Counter(shingles(folded(text), 5)))


def _average(rows: list[Row]) -> Row:
    return {key: (median if key == "time" else mean)(row[key] for row in rows) for key in rows[0]}


def table(rows: dict[str, Row], held_out: dict[str, Row]) -> str:
    """Return the Markdown table, one row a kind; every value in per cent, time as a ratio."""
    head = ["kind of trap", "overall", "held out", *METRICS, "time"]
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    for kind, row in [*rows.items(), ("**mean**", _average(list(rows.values())))]:
        other = held_out.get(kind) or (
            _average(list(held_out.values())) if held_out and "mean" in kind else {}
        )
        cells = [_percent(row["overall"]), _percent(other.get("overall"))]
        cells += [_percent(row[metric]) for metric in METRICS]
        lines.append("| " + " | ".join([kind, *cells, f"{row['time']:.1f}"]) + " |")
    return "\n".join(lines) + "\n"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


PREFACE = """# Import scores by kind of trap

Written by `python -m tests.benchmarks.import_scores`; do not edit. Every row is the mean of the development
issues of one kind, in per cent; `held out` is the overall value on issues with other seeds and texts that
nobody tuned on. `time` is reading an issue divided by folding its text and counting its runs of five
characters, so it does not depend on the machine.

"""


if __name__ == "__main__":
    main()
