"""Measure the importer on every kind of trap and print it: ``python -m tests.benchmarks.import_scores``.

Development issues are for tuning; held-out issues (other seeds, reserved texts) only ever appear as one
column. A run without ``--kind`` writes ``IMPORT_SCORES.md`` beside this file.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean, median

import django

from tests.benchmarks.floors import understood
from tests.benchmarks.likeness import folded, shingles
from tests.benchmarks.score import METRICS, score
from tests.intake.traps import Case, cases

__all__ = ["main", "measured", "table"]

HERE = Path(__file__).parent
Row = dict[str, float]


def main() -> None:
    """Measure, print, and write the file when nothing was left out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
    django.setup()  # questions are sentences, and sentences are translated
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
        if not case.scan:
            row["clean_page"] = row["overall"]
        kinds.setdefault(case.kind, []).append(row)
        each.append((row["overall"], f"{case.kind} {case.code} {case.seed}: {_lowest(row)}"))
    for value, name in sorted(each)[:worst]:
        print(f"{value:.3f} {name}")
    return {kind: _average(rows) for kind, rows in kinds.items()}


def _lowest(row: Row) -> str:
    return ", ".join(f"{name} {value:.2f}" for value, name in sorted((row[m], m) for m in METRICS)[:5])


def _measure(case: Case) -> Row:
    printed = case.print()
    reference = _seconds(lambda: _reference(printed.text))
    started = time.perf_counter()
    found = understood(printed.data)
    took = time.perf_counter() - started
    return score(found, printed.truth) | {"time": took / reference}


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return max(time.perf_counter() - started, 1e-9)


def _reference(text: str) -> int:
    """One unit of time: fold the text and count its runs of five characters."""
    return len(Counter(shingles(folded(text), 5)))


def _average(rows: list[Row]) -> Row:
    keys = {key for row in rows for key in row}
    return {
        key: (median if key == "time" else mean)([row[key] for row in rows if key in row]) for key in keys
    }


def table(rows: dict[str, Row], held_out: dict[str, Row]) -> str:
    """Return the Markdown table, one row a kind; every value in per cent, time as a ratio."""
    head = ["kind of trap", "overall", "clean page", "held out", *METRICS, "time"]
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    for kind, row in [*rows.items(), ("**mean**", _average(list(rows.values())))]:
        other = held_out.get(kind) or (
            _average(list(held_out.values())) if held_out and "mean" in kind else {}
        )
        cells = [_percent(v) for v in (row["overall"], row.get("clean_page"), other.get("overall"))]
        cells += [_percent(row[metric]) for metric in METRICS]
        lines.append("| " + " | ".join([kind, *cells, f"{row['time']:.1f}"]) + " |")
    return "\n".join(lines) + "\n"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


PREFACE = """# Import scores by kind of trap

Written by `python -m tests.benchmarks.import_scores`; do not edit. Every row is the mean of the development
issues of one kind, in per cent: half of them on a clean page (`clean page`), half in an ordinary scan with
column breaks, jumps, strays and misprints of its own. `held out` is the overall value on issues with other
seeds and texts that nobody tuned on. `time` is reading an issue divided by folding its text and counting
its runs of five characters, so it does not depend on the machine.

"""


if __name__ == "__main__":
    main()
