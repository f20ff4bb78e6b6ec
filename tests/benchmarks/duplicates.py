"""Is a text that is sent in again found among 10,000, and nothing else?

    .venv/bin/python -m tests.benchmarks.duplicates [--articles 10000] [--asked 600] [--write]

Works in a data folder of its own. The texts are made up from a vocabulary of words with the frequencies of a
language (Zipf), several hands and sections, each section with phrases of its own that stand in all its texts;
the sample journal's real articles are among them. Each asked text is one of them with a tenth changed, in one
of the ways of ``WAYS``. ``--write`` renews DUPLICATES.md.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

__all__ = ["WAYS", "Writer", "changed", "html"]

SEED = 20261122
COMMON = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"
WAYS = ("characters", "every tenth", "left out", "put in", "paragraphs", "moved")
SECTIONS = 12


class Writer:
    """Made-up Chinese: words of one to four characters, frequent ones often, a mark every dozen."""

    def __init__(self, seed: int, phrases: Sequence[str] = ()) -> None:
        self.dice = random.Random(seed)
        dice = random.Random(SEED)  # one language for all hands
        signs = [chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(2500)]
        self.words = list(COMMON) + [
            "".join(dice.choices(signs, k=dice.choice((1, 2, 2, 2, 3, 4)))) for _ in range(12_000)
        ]
        weights = [1 / (rank + 3) for rank in range(len(self.words))]
        self.weights, total = [], 0.0
        for weight in weights:
            total += weight
            self.weights.append(total)
        self.phrases = phrases

    def sign(self) -> str:
        return self.dice.choice(self.words[50:])[0]

    def paragraph(self, length: int) -> str:
        found, size, since = [], 0, 0
        while size < length:
            if self.phrases and self.dice.random() < 0.02:
                word = self.dice.choice(self.phrases)
            else:
                word = self.dice.choices(self.words, cum_weights=self.weights)[0]
            found.append(word)
            size, since = size + len(word), since + len(word)
            if since > 11:
                found.append("，")
                since = 0
        return "".join(found) + "。"

    def text(self, length: int) -> list[str]:
        lines: list[str] = []
        while sum(map(len, lines)) < length:
            lines.append(self.paragraph(self.dice.randrange(40, 160)))
        return lines


def html(lines: Sequence[str]) -> str:
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)


def changed(lines: Sequence[str], how: str, part: float, dice: random.Random, writer: Writer) -> list[str]:
    """The text with ``part`` of its characters changed in one way; ``moved`` also puts its halves about."""
    if how == "paragraphs":
        return rewritten(list(lines), part, dice, writer)
    text = "\n".join(lines)
    signs = list(text)
    places = [k for k, sign in enumerate(signs) if sign != "\n"]
    many = int(len(places) * part)
    chosen = places[:: round(1 / part)] if how == "every tenth" else dice.sample(places, many)
    for place in chosen:
        if how == "left out":
            signs[place] = ""
        elif how == "put in":
            signs[place] += writer.sign()
        else:
            signs[place] = writer.sign()
    found = "".join(signs).split("\n")
    half = len(found) // 2
    return found[half:] + found[:half] if how == "moved" else found


def rewritten(lines: list[str], part: float, dice: random.Random, writer: Writer) -> list[str]:
    """Whole paragraphs written anew, and at most ``part`` of the characters."""
    room = int(sum(map(len, lines)) * part)
    for place in dice.sample(range(len(lines)), len(lines)):
        if len(lines[place]) <= room:
            room -= len(lines[place])
            lines[place] = writer.paragraph(len(lines[place]))
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--asked", type=int, default=600)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kanwu-duplicates-") as folder:
        os.environ.update(KANWU_DATA=folder, DJANGO_SETTINGS_MODULE="journal.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_sample", verbosity=0)
        lines = measured(options.articles, options.asked)
    print("\n".join(lines))
    if options.write:
        Path(__file__).with_name("DUPLICATES.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def measured(articles: int, asked: int) -> list[str]:
    from articles import checklist, likeness
    from articles.models import Article, Fingerprint

    sample = list(Article.objects.exclude(body="").order_by("pk"))
    real = [[line for line in richtext_lines(one.body) if line] for one in sample]
    texts, took = filled(articles - len(sample))
    dice, writer = random.Random(SEED), Writer(SEED + 1)
    pool: list[tuple[int, list[str]]] = [(a.pk, t) for a, t in zip(sample, real, strict=True)]
    pool = [(pk, text) for pk, text in pool if sum(map(len, text)) >= 200] + texts
    rows, slow = [], []
    for how in WAYS:
        chosen = pool[:60] + dice.sample(pool, max(asked // len(WAYS) - 60, 0))
        hits, extra, shares = 0, 0, []
        for pk, text in chosen:
            again = Article(title="另投一篇", body=html(changed(text, how, 0.1, dice, writer)))
            started = time.perf_counter()
            found = {same.article.pk: same.share for same in checklist.same_elsewhere(again)}
            slow.append(time.perf_counter() - started)
            hits += pk in found
            extra += len(found.keys() - {pk})
            shares.append(found.get(pk, 0))
        rows.append((how, len(chosen), hits, extra, min(shares), statistics.median(shares)))
    false = 0
    for number in range(asked):
        fresh = section_writer(number % SECTIONS, SEED * 2 + number).text(dice.randrange(300, 5000))
        false += bool(likeness.alike(html(fresh)))
    near = sum(1 for one in sample for _ in likeness.alike(one.body, but=one.pk))
    total = sum(row[1] for row in rows)
    return [
        "# Texts sent in again, found among "
        f"{Article.objects.count():,} ({sum(row[2] for row in rows)} of {total})",
        "",
        "`python -m tests.benchmarks.duplicates --write`; a tenth of each text is changed.",
        "",
        "| changed | asked | found | others named | least share | median share |",
        "|---|---|---|---|---|---|",
        *(
            f"| {how} | {n} | {hits} | {extra} | {low} % | {mid:.0f} % |"
            for how, n, hits, extra, low, mid in rows
        ),
        "",
        f"- Unrelated new texts of the same sections: {asked} asked, {false} wrongly said to be known.",
        f"- Real articles of the sample journal among one another: {near} of {len(sample)} wrongly alike.",
        f"- One check: median {statistics.median(slow) * 1000:.0f} ms, slowest {max(slow) * 1000:.0f} ms "
        f"({os.cpu_count()} cores, {vendor()}).",
        f"- Marks kept: {Fingerprint.objects.count():,}; writing an article with its marks and search rows "
        f"took {took * 1000:.1f} ms on average.",
    ]


def vendor() -> str:
    from django.db import connection

    return connection.vendor


def richtext_lines(body: str) -> list[str]:
    from articles import richtext

    return richtext.plain_text(body).split("\n")


def section_writer(section: int, seed: int) -> Writer:
    """A hand that writes for a section: every fiftieth word is one of the section's own phrases."""
    phrases = [Writer(section * 100 + k).paragraph(14)[:-1] for k in range(1)]
    return Writer(seed, phrases)


def filled(count: int) -> tuple[list[tuple[int, list[str]]], float]:
    """Fill the archive; pairs of key and text, and the seconds one article took."""
    from articles.models import Article

    hands = [section_writer(section, SEED + section) for section in range(SECTIONS)]
    found: list[tuple[int, list[str]]] = []
    took = 0.0
    for start in range(0, count, 500):
        texts = [
            hands[k % SECTIONS].text(int(hands[0].dice.triangular(300, 8000, 1800)))
            for k in range(start, min(start + 500, count))
        ]
        rows: list[Any] = [
            Article(title=f"旧稿{start + k}", code=f"old-{start + k}", body=html(text))
            for k, text in enumerate(texts)
        ]
        began = time.perf_counter()
        made = Article.objects.bulk_create(rows)
        took += time.perf_counter() - began
        found += zip([one.pk for one in made], texts, strict=True)
        print(f"{start + len(texts)} of {count}", file=sys.stderr)
    return found, took / max(count, 1)


if __name__ == "__main__":
    raise SystemExit(main())
