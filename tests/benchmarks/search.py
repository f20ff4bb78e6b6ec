"""How long a reader's search takes among 100,000 articles, and whether it finds everything.

Run it from the root of the project:

    python -m tests.benchmarks.search [--articles 100000] [--postgresql] [--few] [--write] [--no-scan]

It builds a journal of invented words in a database of its own and throws it away: of as many characters as a
real monthly has (``invented``), or, with ``--few``, of 140, whose pairs meet by chance much more often.
``--write`` puts the table into ``tests/benchmarks/SEARCH.md``. What is counted is processor time, of this
process and of the database's own that serves it; a busy machine still shows, for two that share a core slow
each other. Where ``KANWU_DATA`` and ``DATABASE_URL`` lead to a journal this program has filled before,
``--there`` measures that.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.desk_lists import Words, database, prepare
from tests.benchmarks.invented import Chinese

HERE = Path(__file__).parent
PHRASES, SCANNED = 100, 200
BATCH = 2000
SECTIONS, AUTHORS, YEARS = 12, 500, 100
Pick = Callable[[int, int], str]
KINDS: dict[str, Callable[[Pick], str]] = {
    "1 character": lambda pick: pick(1, 1),
    "2 characters": lambda pick: pick(2, 2),
    "4 characters": lambda pick: pick(4, 4),
    "8 characters": lambda pick: pick(8, 8),
    "2 to 8 characters": lambda pick: pick(2, 8),
    "two words": lambda pick: f"{pick(2, 2)} {pick(2, 3)}",
}


def fill(words: Words, articles: int) -> None:
    """Articles of about 1,150 characters in issues everybody may open, with one author each."""
    from django.db import transaction
    from django.db.models import QuerySet
    from django.utils import timezone

    from articles import record
    from articles.models import Article, Author, Byline, Issue, Section
    from articles.stages import IssueStage, Stage
    from tests.factories import make_journal

    make_journal(publication_type="serial")
    chance, now = words.chance, timezone.now()
    with record.performing():
        for n in range(SECTIONS):
            Section.objects.create(name=f"{words.sentence(1)}{n}", code=f"section-{n}")
        names = [f"{words.sentence(1)[:3]}{n}" for n in range(AUTHORS)]
        QuerySet(Author).bulk_create(Author(name=name, code=f"a-{n}") for n, name in enumerate(names))
        QuerySet(Issue).bulk_create(
            Issue(
                year=1926 + n // 12,
                number=str(n % 12 + 1),
                sort_number=n % 12 + 1,
                stage=IssueStage.PUBLISHED,
                published_at=now,
            )
            for n in range(YEARS * 12)
        )
    issues = list(Issue.objects.in_order().values_list("pk", flat=True))
    sections = list(Section.objects.values_list("pk", flat=True))
    authors = list(Author.objects.all())
    for start in range(0, articles, BATCH):
        made = [
            Article(
                title=words.sentence(4),
                body="".join(words.body() for _ in range(2)),
                code=f"bench-{n}",
                stage=Stage.PUBLISHED,
                issue_id=issues[n * len(issues) // articles],
                section_id=chance.choice(sections),
                first_page=n % 48 + 1,
                published_at=now,
            )
            for n in range(start, min(start + BATCH, articles))
        ]
        # Past the doors: what they check takes longer than all that is measured here.
        with transaction.atomic(), record.performing():
            QuerySet(Article).bulk_create(made)
            QuerySet(Byline).bulk_create(
                Byline(article=a, author=(who := chance.choice(authors)), position=1, printed_name=who.name)
                for a in made
            )


class Sample:
    """Pieces of titles, names and texts of articles chosen by chance."""

    def __init__(self, articles: int = 400) -> None:
        from articles.models import Article, Byline
        from articles.richtext import plain_text

        self.chance = random.Random(11)
        keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        chosen = self.chance.sample(keys, min(articles, len(keys)))
        rows = Article.objects.filter(pk__in=chosen).order_by("pk").values_list("title", "body")
        self.texts = [plain_text(body) for _title, body in rows]
        self.short = [title for title, _body in rows]
        self.short += Byline.objects.filter(article__in=chosen).values_list("printed_name", flat=True)

    def pick(self, least: int, most: int) -> str:
        """Most from texts, some from titles and names, without their punctuation."""
        while True:
            text = self.chance.choice(self.texts if self.chance.random() < 0.7 else self.short)
            text = "".join(char for char in text if char.isalpha())
            length = self.chance.randint(least, most)
            if len(text) >= length:
                start = self.chance.randint(0, len(text) - length)
                return text[start : start + length]


def clock() -> float:
    """Seconds of processor time: ours, and those of PostgreSQL's process that serves us."""
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        backend = connection.connection.info.backend_pid
        spent += int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e9
    return spent


def times(queries: list[str], work: Callable[[str], Any]) -> tuple[float, float]:
    """p50 and p95 of the work for each query, in milliseconds of processor time."""
    found = []
    for query in queries:
        started = clock()
        work(query)
        found.append((clock() - started) * 1000)
    found.sort()
    return found[len(found) // 2], found[int(len(found) * 0.95)]


def measure(sample: Sample) -> list[tuple[str, float, float]]:
    """What was looked for and how → p50 and p95."""
    from urllib.parse import quote

    from django.db import connection
    from django.test import Client

    from articles.models import Article, Byline, Section
    from articles.search import search

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # what it gives to other processes would not be counted
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    search("暖身")
    rows: list[tuple[str, float, float]] = []
    asked = {name: [kind(sample.pick) for _ in range(PHRASES)] for name, kind in KINDS.items()}

    def row(name: str, queries: list[str], work: Callable[[str], Any]) -> None:
        rows.append((name, *times(queries, work)))
        print(*rows[-1], file=sys.stderr, flush=True)

    for name, queries in asked.items():
        row(f"{name}, ranked", queries, lambda q: search(q, limit=10))
        row(f"{name}, newest first", queries, lambda q: search(q, limit=10, newest_first=True))
    words = asked["2 characters"]
    everyone = Article.objects.for_everyone()
    one = Byline.objects.order_by("pk")[0].author_id
    filters = {
        "one section": everyone.filter(section=Section.objects.order_by("pk")[0]),
        "one year": everyone.filter(issue__year=1950),
        "one author": everyone.filter(pk__in=Byline.objects.filter(author=one).values("article")),
    }
    for name, among in filters.items():
        row(f"2 characters in {name}", words, lambda q, among=among: search(q, among=among, limit=10))
    client = Client()
    client.get("/search/")
    for name in ("2 characters", "2 to 8 characters"):
        row(f"the page, {name}", asked[name], lambda q: client.get(f"/search/?q={quote(q)}"))
    return rows


def recall(sample: Sample) -> str:
    """Phrases against a scan of every title, name and text."""
    from articles.models import Article, Byline
    from articles.richtext import plain_text
    from articles.search import matching

    asked = [sample.pick(2, 8) for _ in range(SCANNED)]
    everything = Article.objects.all()
    hits = {q: set(matching(q, everything).values_list("pk", flat=True)) for q in asked}
    wanted: dict[str, set[int]] = {q: set() for q in asked}
    columns = ("pk", "title", "section__name", "body")  # a list is searched by the section's name, too
    for pk, title, section, body in everything.order_by().values_list(*columns).iterator(2000):
        text = "".join(c for c in plain_text(body) if c.isalnum())
        for q in asked:
            if q in text or q in title or q in section:
                wanted[q].add(pk)
    for pk, name in Byline.objects.values_list("article", "printed_name").iterator(2000):
        for q in asked:
            if q in name:
                wanted[q].add(pk)
    missed = sum(len(wanted[q] - hits[q]) for q in asked)
    wrong = sum(len(hits[q] - wanted[q]) for q in asked)
    there = sum(map(len, wanted.values()))
    return f"{there} hits of {len(asked)} phrases in a scan of every text: {missed} missed, {wrong} too many"


def table(journal: str, rows: list[tuple[str, float, float]], notes: list[str]) -> str:
    lines = [f"## {journal}", "", "| looked for | p50 ms | p95 ms |", "|---|---|---|"]
    lines += [f"| {name} | {middle:.1f} | {high:.1f} |" for name, middle, high in rows]
    return "\n".join([*lines, "", *[f"- {note}." for note in notes], ""])


def run(options: argparse.Namespace) -> str:
    from django.core.management import call_command
    from django.db import connection

    from articles.models import Article

    notes = []
    if not options.there:
        fill((Words if options.few else Chinese)(7), options.articles)
        started = time.process_time()
        call_command("rebuild_search", "--json", stdout=sys.stderr)
        notes.append(f"The index was made in {time.process_time() - started:.0f} s of this process")
    if connection.vendor == "postgresql":  # as its autovacuum does
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    sample = Sample()
    rows = measure(sample)
    notes.append(index_size())
    if not options.no_scan:
        notes.append(recall(sample))
    journal = f"{connection.vendor}, {Article.objects.count():,} articles"
    return table(f"{journal}, few characters" if options.few else journal, rows, notes)


def index_size() -> str:
    from django.db import connection

    sql = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_search%%'"
    if connection.vendor == "postgresql":
        sql = "SELECT pg_total_relation_size('articles_search')"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return f"Index: {cursor.fetchone()[0] / 1e6:.0f} MB"


def write(found: str) -> None:
    """Put a part of the report in the place of the one with the same title, or at its end."""
    path = HERE / "SEARCH.md"
    title = found.splitlines()[0]
    parts = re.split(r"(?m)^(?=## )", path.read_text(encoding="utf-8"))
    before = next((n for n, part in enumerate(parts) if part.startswith(f"{title}\n")), len(parts))
    parts[before : before + 1] = [f"{found.rstrip()}\n\n"]
    path.write_text("".join(parts).rstrip() + "\n", encoding="utf-8")


def is_up_to_date() -> bool:
    """Whether no migration waits: one that changes the index would make it anew, for a quarter of an hour."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--few", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--no-scan", action="store_true")
    parser.add_argument("--there", action="store_true")
    options = parser.parse_args()
    if options.there:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
        prepare(migrate=False)
        if not is_up_to_date():
            sys.exit(
                "An older program filled this journal: run manage.py migrate first, which indexes it anew."
            )
        found = run(options)
    else:
        with database(options.postgresql):
            found = run(options)
    print(found)
    if options.write:
        write(found)


if __name__ == "__main__":
    main()
