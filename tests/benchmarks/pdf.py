"""What the printed issue costs: ``python -m tests.benchmarks.pdf [PYTHON-WITH-WEASYPRINT]``.

Takes the real issue beside the checkout into a scratch database and sets it, three rounds; the median goes to
``PDF.md`` in this folder. For the ratio, the same words are set by WeasyPrint as two plain columns: make an
environment with ``pip install weasyprint`` (Debian: ``libpango-1.0-0 libpangoft2-1.0-0``), name its Python.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KANWU_SHARED", ROOT.parent / "shared"))
TABLE = Path(__file__).with_name("PDF.md")
ROUNDS = 3
STYLE = """@page{size:210mm 285mm;margin:27mm 19mm 24mm}
body{columns:2;column-gap:21pt;font:10.5pt/18pt 'Noto Serif CJK SC';text-align:justify}
h1{column-span:all;break-before:page;font-size:24pt;line-height:1.4;text-align:center}
p{margin:0;text-indent:2em}"""
WEASY = """import resource,sys,weasyprint;weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"""

__all__ = ["main"]


def real_issue() -> Any:
    """The issue as text, from a database that lives in a temporary folder."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
    django.setup()
    from django.core.management import call_command

    from articles.models import Issue
    from journal.edition.formats.reading import read_issue

    call_command("migrate", verbosity=0)
    call_command("import_issue", str(SHARED / "import/issue-2024-07/source.md"), verbosity=0)
    return read_issue(Issue.objects.get(year=2024, number="7"), published=False)


def children() -> tuple[float, int]:
    """Processor seconds of all ended children, and the largest one's peak memory in MB."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def ours(issue: Any, out: Path) -> int:
    from journal.edition.formats.pdf.setting import typeset

    with out.open("wb") as file:
        return typeset(issue, file, lambda _words: None).pages


def page_of(issue: Any) -> str:
    from journal.edition.formats.blocks import inlines_in, plain

    parts = [f"<meta charset='utf-8'><style>{STYLE}</style>"]
    for article in issue.articles:
        parts.append(f"<h1>{escape(article.title_line)}</h1>")
        parts += [f"<p>{escape(plain(tuple(inlines_in((block,)))))}</p>" for block in article.blocks]
    return "<!doctype html><html lang='zh-Hans'>" + "".join(parts)


def timed(work: Any) -> list[float]:
    seconds = []
    for _round in range(ROUNDS):
        before = children()[0]
        work()
        seconds.append(children()[0] - before)
    return seconds


def main(weasy: str = "") -> None:
    with tempfile.TemporaryDirectory(prefix="kanwu-benchmark-") as name:
        folder = Path(name)
        os.environ["KANWU_DATA"] = name
        issue = real_issue()
        pages = ours(issue, folder / "ours.pdf")
        own, memory = statistics.median(timed(lambda: ours(issue, folder / "ours.pdf"))), children()[1]
        rows = [f"| Kanwu (Typst in a child process) | {own:.2f} s | {memory} MB | 1 |"]
        if weasy:
            (folder / "issue.html").write_text(page_of(issue), encoding="utf-8")
            command = [weasy, "-c", WEASY, str(folder / "issue.html"), str(folder / "theirs.pdf")]
            theirs = statistics.median(timed(lambda: subprocess.check_output(command)))
            peak = int(subprocess.check_output(command))
            figures = f"{theirs:.2f} s | {peak} MB | {theirs / own:.1f}"
            rows.append(f"| WeasyPrint, two plain columns | {figures} |")
    goal = "Goal: less than 1.5 s of processor time and 300 MB."
    table = ["| way | processor time | peak memory | ratio |", "|---|---|---|---|", *rows]
    said = f"# The real issue as PDF\n\n{len(issue.articles)} articles, {pages} pages. {goal}\n\n"
    TABLE.write_text(said + "\n".join(table) + "\n", encoding="utf-8")
    print("\n".join(table))


if __name__ == "__main__":
    main(*sys.argv[1:2])
