"""How well saved pages are read, trap by trap: ``python -m tests.benchmarks.article_scores``.

Every page of ``tests/intake/pages`` is read and compared with the truth beside it; the table is
written to ``ARTICLE_SCORES.md`` in this folder. Text is compared without width, marks and blanks.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path

PAGES = Path(__file__).parent.parent / "intake" / "pages"
TABLE = Path(__file__).with_name("ARTICLE_SCORES.md")
FIELDS = ("title", "kicker", "subtitle", "source", "publish_date", "abstract")

__all__ = ["PAGES", "failures", "read_truth", "score_page", "truths"]


def truths() -> list[Path]:
    return sorted(PAGES.glob("*.truth.json"))


def read_truth(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def key(text: object) -> str:
    return re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", str(text or ""))).lower()


def score_page(result: dict, truth: dict) -> dict[str, float]:
    """Return a score of 0 to 1 for each thing that can go wrong on a page."""
    scores = {"articles": _close(len(result["articles"]), len(truth["articles"]))}
    pairs = [
        (result["articles"][i] if i < len(result["articles"]) else {}, t)
        for i, t in enumerate(truth["articles"])
    ]
    for name in FIELDS:
        scores[name] = _mean(_field(got.get(name), true.get(name)) for got, true in pairs)
    scores["authors"] = _mean(_people(got) == _people(true) for got, true in pairs)
    scores["credits"] = _mean(_f1(_roles(got), _roles(true)) for got, true in pairs)
    scores["headings"] = _mean(_f1(_keys(_heads(got)), _keys(_heads(true))) for got, true in pairs)
    scores["captions"] = _mean(
        _f1(_keys(got.get("captions")), _keys(true.get("captions"))) for got, true in pairs
    )
    scores["body"] = _mean(_body(got, true) for got, true in pairs)
    scores["paragraphs"] = _mean(_paragraphs(got, true) for got, true in pairs)
    scores["issue"] = float(_issue(result) == _issue(truth))
    scores["duplicates"] = float(result["duplicates_removed"] == truth["duplicates_removed"])
    scores["residue"] = _mean(_removed(result, words) for words in truth["residue"])
    asked = {q["code"] for q in result["questions"]}
    scores["questions"] = _mean(code in asked for code in truth["asks"])
    return scores


def failures(result: dict, truth: dict) -> list[str]:
    """Name what is not perfect."""
    return [f"{name} {value:.3f}" for name, value in score_page(result, truth).items() if value < 0.9995]


def _mean(values: Iterable[float]) -> float:
    numbers = [float(v) for v in values]
    return sum(numbers) / len(numbers) if numbers else 1.0


def _close(got: int, true: int) -> float:
    return min(got, true) / max(got, true, 1)


def _field(got: object, true: object) -> float:
    if isinstance(true, str) and re.match(r"\d{4}-\d", true):
        return float(got == true)
    return float(key(got) == key(true))


def _people(article: dict) -> list[tuple[str, str, str, str]]:
    return [
        (a["name"], a["kind"], key(a.get("affiliation")), a["role"]) for a in article.get("authors") or []
    ]


def _roles(article: dict) -> set[tuple[str, str]]:
    return {(key(c["role"]), key(n)) for c in article.get("credits") or [] for n in c["names"]}


def _heads(article: dict) -> list[str]:
    return [h if isinstance(h, str) else h["text"] for h in article.get("headings") or []]


def _keys(texts: list[str] | None) -> set[str]:
    return {key(t) for t in texts or []}


def _f1(got: set, true: set) -> float:
    return 1.0 if not got and not true else 2 * len(got & true) / (len(got) + len(true))


def _lines(article: dict) -> list[str]:
    body = article["body"] if "body" in article else (article.get("body_text") or "").split("\n")
    return [k for k in map(key, body) if k]


def _body(got: dict, true: dict) -> float:
    mine, theirs = "".join(_lines(got)), "".join(_lines(true))
    return 1.0 if mine == theirs else difflib.SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


def _paragraphs(got: dict, true: dict) -> float:
    return _f1(set(_lines(got)), set(_lines(true)))


def _issue(page: dict) -> tuple | None:
    return (page["issue"]["year"], page["issue"]["number"]) if page.get("issue") else None


def _removed(result: dict, words: str) -> bool:
    bodies = "".join(a["body_text"] for a in result["articles"])
    return words not in bodies and any(key(words) in key(r) for r in result["residue_removed"])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
    import django

    django.setup()
    from journal.intake.article_page import read_page
    from journal.intake.page_json import page_as_json

    rows, columns = [], None
    for path in truths():
        truth = read_truth(path)
        begin = time.perf_counter()
        page = read_page((PAGES / truth["file"]).read_bytes(), truth["file"])
        spent = (time.perf_counter() - begin) * 1000
        scores = score_page(page_as_json(page), truth)
        columns = columns or list(scores)
        rows.append((truth["file"], truth["trap"], scores, spent))
        wrong = ", ".join(failures(page_as_json(page), truth))
        print(f"{truth['file']:30} {_mean(scores.values()):.3f}  {wrong}")
    TABLE.write_text(_table(rows, columns or []), encoding="utf-8")


def _table(rows: list, columns: list[str]) -> str:
    head = ["page", "trap", *columns, "mean", "ms"]
    lines = [
        "# Saved pages, score by kind of trap",
        "",
        "Written by `python -m tests.benchmarks.article_scores`.",
        "",
    ]
    lines += ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for name, trap, scores, spent in rows:
        cells = [
            name,
            trap,
            *(f"{scores[c]:.3g}" for c in columns),
            f"{_mean(scores.values()):.3f}",
            f"{spent:.0f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    means = [f"{_mean(r[2][c] for r in rows):.3f}" for c in columns]
    total = _mean(_mean(r[2].values()) for r in rows)
    lines.append("| **all** |  | " + " | ".join(means) + f" | **{total:.3f}** |  |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
