"""How the desk's lists and the search fare with 100 and with 100,000 articles.

Run it from the root of the project:

    python -m tests.benchmarks.desk_lists [--articles 100000] [--postgresql] [--write]

It builds a database of its own in a temporary folder, in words of its own, and throws it away. ``--write``
puts the table into ``tests/benchmarks/DESK_LISTS.md``. Compare the ratio between the two sizes first:
milliseconds move with the machine.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any

CHARACTERS = (
    "江河湖海渡口船工岸柳芦花村镇田野山谷春夏秋冬风雨雪月桥路灯火书信茶米油盐门窗院墙老少男女师徒学校课堂机车"
    "轨道票据算盘账目审计纪律清廉勤俭干部群众会议报告调研整改监督问责项目资金预算决算工程质量安全生产环境保护"
    "水利林业畜牧渔业农机种子化肥乡村振兴产业合作社银行贷款保险医院医生护士药品疫苗养老幼儿教育文化图书博物馆"
)
FEW, PHRASES, ROUNDS = 100, 40, 15
BATCH = 1000
HERE = Path(__file__).parent
SAID = (
    "Written by `tests/benchmarks/desk_lists.py`; the goals stand in the design: p95 of a search below 50 ms."
)


@contextmanager
def database(postgresql: bool) -> Iterator[None]:
    """A new database, migrated; Django is set up with it."""
    from tests.services import postgresql as server

    with tempfile.TemporaryDirectory(prefix="kanwu-bench-") as data:
        os.environ["KANWU_DATA"] = data
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
        if not postgresql:
            os.environ.pop("DATABASE_URL", None)
            prepare()
            yield
            return
        with server() as url:
            os.environ["DATABASE_URL"] = url
            prepare()
            yield


def prepare(migrate: bool = True) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.test import override_settings

    django.setup()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(
        ALLOWED_HOSTS=["testserver"], STORAGES={**settings.STORAGES, "staticfiles": plain}
    ).enable()
    if migrate:
        call_command("migrate", verbosity=0)


class Words:
    """Invented words, few of them frequent and many rare, as in real text."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words = [
            "".join(self.chance.choices(CHARACTERS, k=self.chance.choice((2, 2, 3, 4))))
            for _ in range(20_000)
        ]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def sentence(self, words: int) -> str:
        return "".join(self.chance.choices(self.words, cum_weights=self.weights, k=words))

    def body(self) -> str:
        return "".join(
            f"<p>{'，'.join(self.sentence(4) for _ in range(6))}。</p>"
            for _ in range(self.chance.randint(5, 15))
        )


def fill(words: Words, first: int, last: int, issues: list[Any], people: Any) -> None:
    """Articles ``first`` … ``last``: nearly all published, some in every stage before."""
    from django.db import transaction
    from django.utils import timezone

    from articles import record
    from articles.models import Article, Author, Byline
    from articles.stages import Stage

    authors = list(Author.objects.all()[:500])
    long_ago = timezone.now() - datetime.timedelta(days=400)
    late = timezone.localdate() - datetime.timedelta(days=3)
    for start in range(first, last, BATCH):
        made = []
        for number in range(start, min(start + BATCH, last)):
            under_way = number % 400 == 0
            stage = words.chance.choice(Stage.under_way()) if under_way else Stage.PUBLISHED
            placed = stage in {Stage.PUBLISHED, Stage.EDITING, Stage.RELEASED}
            made.append(
                Article(
                    title=words.sentence(4),
                    body=words.body(),
                    code=f"bench-{number}",
                    manuscript_number=f"{2000 + number // 5000}-{number % 5000 + 1:04d}",
                    stage=stage,
                    issue=words.chance.choice(issues) if placed else None,
                    published_at=timezone.now() if stage == Stage.PUBLISHED else None,
                    due_on=late if stage == Stage.RETURNED else None,
                    submitter=people.contributor,
                )
            )
        with transaction.atomic(), record.performing():
            Article.objects.bulk_create(made)
            out = [article.pk for article in made if article.stage == Stage.PUBLISHED]
            Article.objects.filter(pk__in=out).update(updated_at=long_ago)
            Byline.objects.bulk_create(
                Byline(
                    article=a, author=(who := words.chance.choice(authors)), position=1, printed_name=who.name
                )
                for a in made
            )


def furnish(words: Words, people: Any) -> list[Any]:
    """Issues of a hundred years, authors, and thirty manuscripts on the real road."""
    from articles.models import Author, Issue
    from articles.stages import Stage
    from tests.factories import make_article, make_journal

    make_journal()
    Author.objects.bulk_create(
        Author(name=words.sentence(1)[:3] + str(n), code=f"author-{n}") for n in range(500)
    )
    Issue.objects.bulk_create(
        Issue(year=1920 + n // 12, number=str(n % 12 + 1), sort_number=n % 12 + 1) for n in range(1200)
    )
    for _ in range(10):
        for stage in (Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.FINAL_REVIEW):
            make_article(people, stage)
    return list(Issue.objects.all())


def times(work: Callable[[], Any], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds, shortest first; for SQLite, which works in this process, of the processor."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    work()
    found = []
    for _ in range(rounds):
        started = clock()
        work()
        found.append((clock() - started) * 1000)
    return sorted(found)


def measure(words: Words, people: Any) -> dict[str, tuple[float, float, int]]:
    """What was done → p50 and p95 in milliseconds, queries of one round."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from articles.models import Article

    client = Client()
    client.force_login(people.editor)
    manuscripts = reverse("admin:articles_article_changelist")
    article = Article.objects.awaiting(people.editor).order_by("pk")[0]
    phrase = phrases(words, 2)[0]
    pages = {
        "first page": reverse("admin:index"),
        "first page, with a search": f"{reverse('admin:index')}?q={phrase}",
        "manuscripts": f"{manuscripts}?o=",
        "manuscripts, page 150": f"{manuscripts}?p=150",
        "manuscripts, one stage": f"{manuscripts}?stage=first_review",
        "manuscripts, published": f"{manuscripts}?stage=published",
        "manuscripts waiting for me": f"{manuscripts}?mine=waiting",
        "manuscripts I handed on": f"{manuscripts}?mine=handed-on",
        "manuscripts by number": f"{manuscripts}?o=2",
        "manuscripts by due day": f"{manuscripts}?o=-7",
        "manuscripts, one issue": f"{manuscripts}?issue=2019-12",
        "manuscripts, searched": f"{manuscripts}?q={phrase}",
        "one manuscript": reverse("admin:articles_article_change", args=[article.pk]),
    }
    found = {}
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as queries:
            status = client.get(address).status_code
        asked = len(queries)  # the log is emptied by the next request
        if status != 200 and "page 150" not in name:
            raise SystemExit(f"{name}: {status}")
        spent = times(lambda address=address: client.get(address))
        found[name] = (spent[len(spent) // 2], spent[-1], asked)
    found["save a manuscript"] = saving(article)
    for length in (1, 2, 4, 8):
        found[f"search, {length} characters"] = searching(phrases(words, length))
    found["search, two words"] = searching(
        [f"{a} {b}" for a, b in zip(phrases(words, 2), phrases(words, 2), strict=True)]
    )
    return found


def saving(article: Any) -> tuple[float, float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def save() -> None:
        article.body = f"<p>{time.perf_counter()}</p>" + article.body
        article.save()

    with CaptureQueriesContext(connection) as queries:
        save()
    asked = len(queries)
    spent = times(save)
    return spent[len(spent) // 2], spent[-1], asked


def searching(asked: list[str]) -> tuple[float, float, int]:
    from articles.models import Article
    from articles.search import search

    everything = Article.objects.all()
    search("暖身", among=everything)
    spent = sorted(times(lambda q=q: search(q, among=everything), 1)[0] for q in asked)
    return spent[len(spent) // 2], spent[int(len(spent) * 0.95)], 3


def phrases(words: Words, length: int) -> list[str]:
    """Pieces of the texts themselves, without their signs."""
    from articles.models import Article
    from articles.richtext import plain_text

    pks = words.chance.sample(list(Article.objects.values_list("pk", flat=True)), PHRASES)
    found = []
    for body in Article.objects.filter(pk__in=pks).values_list("body", flat=True):
        text = plain_text(body).replace("，", "").replace("。", "").replace("\n", "")
        start = words.chance.randrange(max(1, len(text) - length))
        found.append(text[start : start + length])
    return found


def recall(words: Words) -> str:
    """Ten phrases against a scan of every text."""
    from articles.models import Article
    from articles.richtext import plain_text
    from articles.search import matching

    asked = phrases(words, 2)[:5] + phrases(words, 4)[:5]
    hits = {q: set(matching(q, Article.objects.all()).values_list("pk", flat=True)) for q in asked}
    wanted: dict[str, set[int]] = {q: set() for q in asked}
    for pk, title, body in Article.objects.values_list("pk", "title", "body").iterator(2000):
        text = "".join(c for c in plain_text(body) if c.isalnum())
        for q in asked:
            if q in text or q in title:
                wanted[q].add(pk)
    missed = sum(len(wanted[q] - hits[q]) for q in asked)
    there = sum(map(len, wanted.values()))
    return f"{there} hits of {len(asked)} phrases in a scan of every text, {missed} missed"


def index_size() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_total_relation_size('articles_search'), pg_database_size(current_database())"
            )
            index, whole = cursor.fetchone()
            return f"{index / 1e6:.0f} of {whole / 1e6:.0f} MB"
        cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_search%%'")
        (index,) = cursor.fetchone()
        size = Path(str(connection.settings_dict["NAME"])).stat().st_size
        return f"index {index / 1e6:.0f} of {size / 1e6:.0f} MB"


def table(vendor: str, small: Any, large: Any, articles: int, notes: list[str]) -> str:
    lines = [
        f"## {vendor}",
        "",
        f"| work | queries at {FEW} / {articles:,} | p50 ms | p95 ms | ratio of p50 |",
        "|---|---|---|---|---|",
    ]
    for name, (middle, high, queries) in large.items():
        before = small[name]
        lines.append(
            f"| {name} | {before[2]} / {queries} | {before[0]:.1f} → {middle:.1f} | "
            f"{before[1]:.1f} → {high:.1f} | {middle / before[0]:.1f} |"
        )
    return "\n".join([*lines, "", *[f"- {note}" for note in notes], ""])


def run(articles: int) -> str:
    from django.core.management import call_command
    from django.db import connection

    from tests.factories import Cast

    words, people = Words(7), Cast()
    issues = furnish(words, people)
    fill(words, 0, FEW, issues, people)
    small = measure(words, people)
    started = time.monotonic()
    fill(words, FEW, articles, issues, people)
    seconds = time.monotonic() - started
    print(f"filled in {seconds:.0f} s", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    scattered = measure(words, people)
    notes = [
        f"{articles:,} articles written with their index in {seconds:.0f} s; {index_size()}; {recall(words)}."
    ]
    started = time.monotonic()
    call_command("rebuild_search", "--json")
    notes.append(f"rebuild_search: {time.monotonic() - started:.0f} s.")
    rebuilt = measure(words, people)
    notes += [
        f"{name} after it: p50 {rebuilt[name][0]:.1f} ms, p95 {rebuilt[name][1]:.1f} ms."
        for name in ("search, 2 characters", "search, 4 characters", "search, 8 characters")
    ]
    return table(connection.vendor, small, scattered, articles, notes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with database(options.postgresql):
        found = run(options.articles)
    print(found)
    if options.write:
        path = HERE / "DESK_LISTS.md"
        head = f"# The desk's lists and the search, small and large\n\n{SAID}\n"
        text = path.read_text(encoding="utf-8") if path.exists() else head
        title = found.splitlines()[0]
        before, _title, after = text.partition(title)
        rest = after[after.index("\n## ") :] if "\n## " in after else ""
        path.write_text(before.rstrip() + "\n\n" + found + rest, encoding="utf-8")


if __name__ == "__main__":
    main()
