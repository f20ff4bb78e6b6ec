"""How well Word files are understood: made ones of many habits, and the demo's articles typed by many people.

::

    python -m tests.benchmarks.word_scores

prints the tables of ``WORD_SCORES.md``. The files are our own; other people's files are the real test.
"""

from __future__ import annotations

import os
import statistics
import time
from collections import defaultdict
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")

ROUNDS = 6
DRAWN = 1_000


def main() -> None:
    import django

    django.setup()
    from tests.intake.test_word_precheck import HOSTILE
    from tests.intake.word import habits_more  # noqa: F401 - adds its own
    from tests.intake.word.compare import FIELDS
    from tests.intake.word.habits import HABITS
    from tests.intake.word.typists import typed_articles

    made = [measured(name, habit.data(), habit.truth) for name, habit in HABITS.items()]
    print(f"## Made by hand: {len(made)} files\n")
    print("| file | fields right | wrong | ms |\n|---|---|---|---|")
    for name, scores, used in made:
        wrong = ", ".join(field for field, value in scores.items() if value < 1) or "–"
        right = sum(value == 1 for value in scores.values())
        print(f"| {name} | {right}/{len(scores)} | {wrong} | {used:.0f} |")
    rows = [row for number in range(ROUNDS) for row in typed_articles(number)]
    typed = [measured(*row) for row in rows]
    typed_scores = [(row[2], scores) for row, (_name, scores, _used) in zip(rows, typed, strict=True)]
    print(f"\n## Typed: {len(typed)} files ({ROUNDS} people for each article of the demo)\n")
    print("Fields that are empty in the file and were left empty are not counted.\n")
    print("| field | files that have it | mean | exactly right |\n|---|---|---|---|")
    by_field: dict[str, list[float]] = defaultdict(list)
    for truth, scores in typed_scores:
        for field, value in scores.items():
            if truth.get(field) or value < 1:
                by_field[field].append(value)
    for field in FIELDS:
        values = by_field[field]
        if not values:
            continue
        right = sum(value == 1 for value in values) / len(values)
        print(f"| {field} | {len(values)} | {statistics.mean(values):.4f} | {right:.1%} |")
    every = [value for values in by_field.values() for value in values]
    right = sum(value == 1 for value in every) / len(every)
    print(f"| all | {len(every)} | {statistics.mean(every):.4f} | {right:.1%} |")
    times = sorted(used for _name, _scores, used in typed)
    print(f"\nMedian {times[len(times) // 2]:.0f} ms a file, slowest {times[-1]:.0f} ms, in one process.")
    print_drawn()
    print_refusals(HOSTILE)


def print_drawn() -> None:
    from journal.intake.word import read_word
    from journal.intake.word_json import word_as_json
    from tests.intake.word.manners import manuscript, score_of

    fields: dict[str, list[float]] = defaultdict(list)
    for seed in range(DRAWN):
        _drawn, data, truth = manuscript(seed)
        got = word_as_json(read_word(data, "稿件.docx", keep=dict[str, bytes]().__setitem__))
        for name, value in score_of(truth, got).items():
            fields[name].append(value)
    print(f"\n## Drawn: {DRAWN} files, every manner of writing names, titles, headings, captions joined\n")
    print("| field | files that have it | exactly right |\n|---|---|---|")
    for name, values in fields.items():
        print(f"| {name} | {len(values)} | {sum(v == 1 for v in values) / len(values):.1%} |")
    every = [value for values in fields.values() for value in values]
    print(f"| all | {len(every)} | {sum(v == 1 for v in every) / len(every):.2%} |")


def measured(name: str, data: bytes, truth: dict[str, Any]) -> tuple[str, dict[str, float], float]:
    from journal.intake.word import read_word
    from journal.intake.word_json import word_as_json
    from tests.intake.word.compare import score

    started = time.perf_counter()
    word = read_word(data, "稿件.docx", keep=dict[str, bytes]().__setitem__)
    used = (time.perf_counter() - started) * 1000
    return name, score(truth, word_as_json(word)), used


def print_refusals(hostile: dict[str, Any]) -> None:
    from journal.intake.manuscript import NotAManuscript
    from journal.intake.word.precheck import precheck

    print("\n## Made to harm\n\n| file | bytes | refused after ms |\n|---|---|---|")
    for name, make in hostile.items():
        data = make()
        started = time.perf_counter()
        try:
            precheck(data)
            said = "NOT REFUSED"
        except NotAManuscript:
            said = f"{(time.perf_counter() - started) * 1000:.0f}"
        print(f"| {name} | {len(data):,} | {said} |")


if __name__ == "__main__":
    main()
