"""How much of what a careful reader sees in a file was understood, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import Any

__all__ = ["FIELDS", "score"]

Record = dict[str, Any]


def folded(text: str | None) -> str:
    """Without blanks and the marks that differ only in width."""
    wide = str.maketrans(",:;()?!", "，：；（）？！")
    return re.sub(r"\s+", "", (text or "").translate(wide))


def same(truth: Any, got: Any) -> float:
    return float(folded(truth) == folded(got))


def alike(truth: str, got: str) -> float:
    return SequenceMatcher(None, folded(truth), folded(got), autojunk=False).ratio()


def overlap(truth: Iterable[Any], got: Iterable[Any]) -> float:
    """F1 over two lists; both empty is 1."""
    left, right = list(truth), list(got)
    if not left and not right:
        return 1.0
    rest = list(right)
    hits = 0
    for each in left:
        if each in rest:
            rest.remove(each)
            hits += 1
    return 2 * hits / (len(left) + len(right))


def words(values: Iterable[str]) -> list[str]:
    return [folded(value) for value in values]


def digits(values: Iterable[str]) -> list[str]:
    return [re.sub(r"\D", "", value) for value in values]


def body(truth: Record, got: Record) -> float:
    """Likeness of the text, and of where its paragraphs begin."""
    left, right = truth.get("body", ""), got["body_text"]
    paragraphs = overlap(words(left.split("\n")), words(right.split("\n")))
    return min(alike(left, right), paragraphs)


def authors(truth: Record, got: Record) -> float:
    return overlap(
        [(folded(n), k, folded(u)) for n, k, u in truth.get("authors", [])],
        [(folded(a["name"]), a["kind"], folded(a["affiliation"])) for a in got["authors"]],
    )


def credits(truth: Record, got: Record) -> float:
    return overlap(
        truth.get("credits", []), [(c["role"], name) for c in got["credits"] for name in c["names"]]
    )


def photo_credits(truth: Record, got: Record) -> float:
    return overlap(
        [(folded(c), folded(who)) for c, who in truth.get("photo_credits", [])],
        [(folded(c["caption"]), folded(c["photographer"])) for c in got["photo_credits"]],
    )


def tables(truth: Record, got: Record) -> float:
    def rows(table: list[list[str]]) -> list[str]:
        return [folded("|".join(row)) for row in table]

    return overlap(
        [(folded(c), *rows(t)) for c, t in truth.get("tables", [])],
        [(folded(t["caption"]), *rows(t["rows"])) for t in got["tables"]],
    )


def said(truth: Record, got: Record) -> float:
    """Every thing that was not taken is named in some sentence."""
    sentences = "".join((*got["not_taken"], *got["warnings"]))
    wanted = truth.get("said", [])
    return sum(word in sentences for word in wanted) / len(wanted) if wanted else 1.0


def plain(name: str) -> Callable[[Record, Record], float]:
    return lambda truth, got: same(truth.get(name), got[name])


def listed(name: str, key: Callable[[Iterable[str]], list[str]] = words) -> Callable[[Record, Record], float]:
    return lambda truth, got: overlap(key(truth.get(name, [])), key(got[name]))


FIELDS: dict[str, Callable[[Record, Record], float]] = {
    "title": plain("title"),
    "kicker": plain("kicker"),
    "subtitle": plain("subtitle"),
    "section": plain("section"),
    "authors": authors,
    "credits": credits,
    "abstract": plain("abstract"),
    "keywords": listed("keywords"),
    "headings": listed("headings"),
    "body": body,
    "captions": listed("captions"),
    "photo_credits": photo_credits,
    "images": lambda truth, got: float(truth.get("images", 0) == got["images"]),
    "tables": tables,
    "footnotes": listed("footnotes"),
    "source": plain("source"),
    "closing_notes": listed("closing_notes"),
    "phone": listed("phone", digits),
    "email": plain("email"),
    "said": said,
}


def score(truth: Record, got: Record) -> dict[str, float]:
    """Each field from 0 to 1."""
    return {name: measure(truth, got) for name, measure in FIELDS.items()}
