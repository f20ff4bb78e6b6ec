"""Which reader keeps what of a Word file: mammoth and pandoc beside the walk of this house.

Run with a Python that has the others (none of them is a dependency of Kanwu)::

    python -m tests.benchmarks.word_readers

Each row asks one question of one made file; ``WORD_READERS.md`` is its last output.
"""

from __future__ import annotations

import importlib
import io
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.intake.word import habits_more  # noqa: F401 - adds its own
from tests.intake.word.habits import HABITS
from tests.intake.word.texts import TEXTS as T

Reader = Callable[[bytes], str]

BOXES = "boxes, drawings, equations"
TRACKED = "tracked changes, comments, hidden and moved words"
COUNTED = "counted by Word, kicker and subtitle"
LINKS = "outline levels, links and content controls"
QUESTIONS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    (BOXES, "the paragraph a text box hangs on", lambda t: T[8] in t),
    (BOXES, "the box's words, once", lambda t: t.count("框里的一段话") == 1),
    (BOXES, "the equation's signs", lambda t: "Q=vA" in t.replace(" ", "")),
    (TRACKED, "hidden words stay out", lambda t: "勿登" not in t),
    (TRACKED, "deleted words stay out", lambda t: "改前" not in t),
    (TRACKED, "inserted words are in", lambda t: "改后的一句话" in t),
    (COUNTED, "一、 counted by Word", lambda t: "一、清晨" in t),
    (COUNTED, "（一） counted by Word", lambda t: "（一）卖菜人" in t),
    (LINKS, "javascript: links are dropped", lambda t: "javascript" not in t),
    (LINKS, "the title in a content control", lambda t: "三个断面" in t),
    ("typed by hand in WPS", "typed indents are closed up", lambda t: "\u3000\u3000早晨" not in t),
    ("scholarly: raised figures, abstract, notes", "footnotes", lambda t: "访谈时间为2026年5月" in t),
    ("tables with spans, unit and caption", "cells that span", lambda t: "测量人数" in t and "812" in t),
)  # fmt: skip


def readers() -> dict[str, Reader]:
    """Those this Python has, by name and version."""
    found: dict[str, Reader] = {}
    try:
        mammoth = importlib.import_module("mammoth")
        found["mammoth"] = lambda data: plain(mammoth.convert_to_html(io.BytesIO(data)).value)
    except ImportError:
        pass
    try:
        pandoc = importlib.import_module("pypandoc")
        found[f"pandoc {pandoc.get_pandoc_version()}"] = lambda data: plain(by_pandoc(pandoc, data))
    except ImportError:
        pass
    try:
        word = importlib.import_module("journal.intake.word")
        found["the walk"] = lambda data: plain(
            word.read_word(data, "a.docx", keep=dict[str, bytes]().__setitem__).body
        )
    except ImportError:
        pass
    return found


def by_pandoc(pandoc: object, data: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        Path(file.name).write_bytes(data)
        return str(pandoc.convert_file(file.name, "html", extra_args=["--wrap=none"]))  # type: ignore[attr-defined]


def plain(html: str) -> str:
    """Words with the addresses of links, without other mark-up."""
    html = re.sub(r'<a [^>]*href="([^"]*)"[^>]*>', r" \1 ", html)
    return re.sub(r"<[^>]+>", "", html)


def main() -> None:
    rows = readers()
    files = {name: habit.data() for name, habit in HABITS.items()}
    print("| question | " + " | ".join(rows) + " |")
    print("|---" * (len(rows) + 1) + "|")
    for name, question, answer in QUESTIONS:
        said = ["yes" if answer(read(files[name])) else "no" for read in rows.values()]
        print(f"| {question} | " + " | ".join(said) + " |")
    times = []
    for read in rows.values():
        started = time.perf_counter()
        for data in files.values():
            read(data)
        times.append(f"{(time.perf_counter() - started) / len(files) * 1000:.0f}")
    print(f"| ms a file, mean of {len(files)} | " + " | ".join(times) + " |")


if __name__ == "__main__":
    main()
