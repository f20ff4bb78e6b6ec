"""Serials: articles that name the same series, and the permanent code a series has in its address.

A series is a word of its articles (``Article.series``), so its code is made from the word and stored nowhere:
pinyin as for sections and authors; where two names read alike the one that came out first has the bare code,
the next ``-2``. What has come out has come out, even if it is taken down later, so a code never moves.
"""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Min

from articles.codes import code_for, free_code

__all__ = ["code_of", "codes", "named"]

base = lru_cache(maxsize=4096)(code_for)


def codes() -> dict[str, str]:
    """The code of every series of which a part has come out, in the order they began."""
    from articles.models import Article

    begun = Article.objects.filter(series__gt="", published_at__isnull=False).values("series").order_by()
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in begun.annotate(first=Min("published_at"), pk=Min("id")).order_by("first", "pk"):
        code = free_code(base(name["series"]) or "series", taken.__contains__)
        found[name["series"]] = code
        taken.add(code)
    return found


def code_of(name: str) -> str:
    """The code of one series; empty before a part of it has come out."""
    return codes().get(name, "")


def named(code: str) -> str | None:
    """The series of this code."""
    return next((name for name, own in codes().items() if own == code), None)
