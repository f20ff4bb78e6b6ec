"""What dressing a page in a variant costs. Run: ``python -m tests.benchmarks.variants``.

An article of 30 paragraphs with inline tags, as the reader's templates print one; processor milliseconds,
median. The ratio counts: the time against OpenCC alone on the same words in the same run.
"""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Callable

import django

__all__ = ["main"]

PARAGRAPH = (
    "<p>关<em>于</em>这条河，<b>干</b>部和群众说了许多：“头发白了，‘面条’还是那个味。”"
    '<a href="/authors/fan-yu/">范于后</a>在发展史里面写过一只船和十里堤的来历，后来的人照着补齐。</p>\n'
)
ROUNDS = 30


def article() -> str:
    head = '<html lang="zh-Hans"><head><title>头发</title></head><body><span class="name">范于后</span>'
    links = "".join(f'<a href="/issues/2026/{n}/">第{n}期</a>' for n in range(1, 13))
    return f'{head}<nav>{links}</nav><div class="article">{PARAGRAPH * 30}</div></body></html>'


def median(work: Callable[[], object]) -> float:
    """Processor milliseconds."""
    work()
    found = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        found.append((time.process_time() - begin) * 1000)
    return statistics.median(found)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
    django.setup()
    from journal.public.dressing import dress
    from journal.traditional import converter
    from journal.variants import VARIANTS

    html = article()
    words = re.sub(r"<[^>]*>", "", html)
    alone = median(lambda: converter().convert(words))
    print(f"{len(words)} characters: OpenCC alone {alone:.2f} ms")
    for variant in VARIANTS:
        spent = median(lambda variant=variant: dress(html, variant))  # type: ignore[misc]
        print(f"/{variant.prefix}/: {spent:.2f} ms a page, {spent / alone:.1f} × OpenCC alone")


if __name__ == "__main__":
    main()
