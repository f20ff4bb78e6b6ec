"""How close an import is to the truth of an issue: one number, 0 to 1, for each thing an editor would check.

Articles are paired by title and page, never by text: a text under the wrong title is wrong. Width of
punctuation and blanks never cost anything. Both sides have the shape that ``issue_as_json`` writes.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import mean
from typing import Any

from tests.benchmarks.bodies import Walk, lines_of, walk
from tests.benchmarks.likeness import dice, f1, folded, in_order, plain

__all__ = ["METRICS", "score"]

METRICS = (
    "whole",
    "complete",
    "pure",
    "order",
    "breaks",
    "clean",
    "titles",
    "kickers",
    "authors",
    "units",
    "sections",
    "pages",
    "contents",
    "captions",
    "headings",
    "credits",
    "source",
    "count",
    "masthead",
    "identity",
)
ALIKE = 0.4  # likeness from which two titles may be the same article
LEFT_OVER = re.compile(
    r"[□■◆]|\.{4,}|窗体|!\[|</?[a-z]|&[a-z]+;|[（(](完|全文完|续完|待续|未完待续|下期续完)[)）]"
    r"|[（(]?(下转|上接|紧接|[（(][转接])\s*第?\s*\d+\s*[页版]|[（(](来源|作者单位|作者系|作者|课题组组长)[:：系]"
)
Record = dict[str, Any]


def score(found: Record, truth: Record) -> dict[str, float]:
    """Return every metric and ``overall``, their mean."""
    true, got = _articles(truth), _articles(found)
    pairs = _paired(true, got)
    rows = [(record, got[pairs[i]][1] if i in pairs else {}) for i, (_, record) in enumerate(true)]
    result = _texts(rows, pairs) | _heads(rows) | _extras(rows) | _contents(truth, found, true, got, pairs)
    result["masthead"] = _masthead(truth["journal"], found.get("journal") or {})
    result["identity"] = _identity(truth["journal"], found.get("journal") or {})
    assert set(result) == set(METRICS)
    return result | {"overall": mean(result.values())}


def _articles(issue: Record) -> list[tuple[str | None, Record]]:
    rows = [(s.get("name"), a) for s in issue.get("sections") or [] for a in s.get("articles") or []]
    return rows + [(None, a) for a in issue.get("articles_not_in_toc") or []]


def _titles(article: Record) -> set[str]:
    fields = [article.get(key) for key in ("title", "toc_title", "body_title")]
    return {folded(t) for t in [*fields, *(article.get("title_accept") or [])] if t}


def _paired(true: list[tuple[str | None, Record]], got: list[tuple[str | None, Record]]) -> dict[int, int]:
    """Pair greedily, the most alike first; the same page and an own text break ties."""
    likeness = []
    for i, (_, one) in enumerate(true):
        for j, (_, other) in enumerate(got):
            same = one.get("page") is not None and one.get("page") == other.get("page")
            alike = max((dice(a, b) for a in _titles(one) for b in _titles(other)), default=0.0)
            if alike >= ALIKE:
                likeness.append((alike + 0.1 * same + 0.01 * bool(other.get("body_text")), -i, -j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(likeness, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def _texts(rows: list[tuple[Record, Record]], pairs: dict[int, int]) -> dict[str, float]:
    free = [{re.sub(r"^\d+", "", folded(x)) for x in record.get("free_lines", [])} for record, _ in rows]
    true = [lines_of(record, free[i]) for i, (record, _) in enumerate(rows)]
    got = [lines_of(other, free[i]) for i, (_, other) in enumerate(rows)]
    walks: list[Walk] = walk(["".join(t) for t in true], {i: "".join(got[i]) for i in pairs})
    ends = [f1(_breaks(a), _breaks(b)) for a, b in zip(true, got, strict=True)]
    sizes = [max(sum(map(len, t)), 1) for t in true]
    return {
        "whole": mean(w.perfect for w in walks),
        "complete": _weighted([w.complete for w in walks], sizes),
        "pure": _weighted([w.pure for w in walks], sizes),
        "order": _weighted([w.order for w in walks], sizes),
        "clean": mean(not LEFT_OVER.search(other.get("body_text") or "") for _, other in rows),
        "breaks": _weighted(ends, [len(t) for t in true]),
    }


def _weighted(values: list[float], weights: list[int]) -> float:
    return sum(v * w for v, w in zip(values, weights, strict=True)) / max(sum(weights), 1)


def _breaks(lines: list[str]) -> list[tuple[str, str]]:
    return [(a[-5:], b[:5]) for a, b in pairwise(lines)]


def _heads(rows: list[tuple[Record, Record]]) -> dict[str, float]:
    right_titles = [
        folded(other.get("title")) in {folded(t) for t in (record["title"], *record["title_accept"])}
        for record, other in rows
    ]
    above = [
        f1(_named(record, ("kicker", "subtitle")), _named(other, ("kicker", "subtitle")))
        for record, other in rows
    ]
    known = [pair for pair in rows if pair[0]["authors"]]
    return {
        "titles": mean(right_titles),
        "kickers": mean(above),
        "authors": mean(_same_authors(record, other) for record, other in rows),
        "units": mean(_units(record, other) for record, other in known) if known else 1.0,
    }


def _named(record: Record, fields: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(field, folded(record[field])) for field in fields if record.get(field)]


def _names(article: Record) -> list[str]:
    return [folded(a if isinstance(a, str) else a.get("name")) for a in article.get("authors") or []]


def _same_authors(record: Record, other: Record) -> bool:
    got = _names(other)
    wanted = [{folded(n) for n in (a["name"], *a.get("aliases", []))} for a in record["authors"]]
    return bool(other) and len(got) == len(wanted) and all(names & set(got) for names in wanted)


def _units(record: Record, other: Record) -> float:
    """Kind and affiliation of every author, half a point each; a group counts as corporate."""
    got = {folded(a.get("name")): a for a in other.get("authors") or [] if isinstance(a, dict)}
    points = []
    for author in record["authors"]:
        names = (author["name"], *author.get("aliases", []))
        it = next((got[folded(n)] for n in names if folded(n) in got), {})
        kind = ("corporate" if it.get("kind") == "group" else it.get("kind")) == author["kind"]
        unit = folded(it.get("affiliation")) == folded(author["affiliation"]) if it else False
        points.append((kind + unit) / 2)
    return mean(points)


def _extras(rows: list[tuple[Record, Record]]) -> dict[str, float]:
    return {
        "captions": mean(_captions(record, other) for record, other in rows),
        "headings": mean(_headings(record, other) for record, other in rows),
        "credits": mean(_credits(record, other) for record, other in rows),
        "source": mean(folded(record.get("source")) == folded(other.get("source")) for record, other in rows),
    }


def _captions(record: Record, other: Record) -> float:
    """A caption is right with or without brackets, number and photographer; a table's title may be one."""
    free = {folded(line) for line in record.get("free_lines", [])}
    printed = [
        c if isinstance(c, str) else c.get("caption") or c.get("text") for c in other.get("captions") or []
    ]
    left = [folded(c) for c in printed if folded(c) and folded(c) not in free]
    matched = []
    for caption in map(folded, record["captions"]):
        hit = next((c for c in left if (c in caption or caption in c) and dice(c, caption) > 0.6), None)
        if hit is not None:
            left.remove(hit)
            matched.append(caption)
    return f1(map(folded, record["captions"]), matched + left)


def _headings(record: Record, other: Record) -> float:
    optional = {folded(h) for h in record["runin_headings"]}
    got = [folded(h if isinstance(h, str) else h.get("text")) for h in other.get("headings") or []]
    return f1(map(folded, record["headings"]), [h for h in got if h not in optional])


def _credits(record: Record, other: Record) -> float:
    """Names that are authors or stand in a caption may be repeated as credits."""
    free = {folded(a["name"]) for a in record["authors"]}
    captions = folded("".join(record["captions"]))
    return f1(
        _roles(record),
        [(role, name) for role, name in _roles(other) if name not in free and name not in captions]
        if not record["credits"]
        else [pair for pair in _roles(other) if pair in _roles(record) or pair[1] not in free],
    )


def _roles(article: Record) -> list[tuple[str, str]]:
    """The editor in charge of an article may be noted or not."""
    return [
        (folded(credit.get("role")), folded(name))
        for credit in article.get("credits") or []
        for name in credit.get("names") or []
        if credit.get("role") not in ("责任编辑", "责编")
    ]


def _contents(
    truth: Record,
    found: Record,
    true: list[tuple[str | None, Record]],
    got: list[tuple[str | None, Record]],
    pairs: dict[int, int],
) -> dict[str, float]:
    listed = [i for i, (_, record) in enumerate(true) if record["toc_title"]]
    partner = {i: got[j] for i, j in pairs.items()}
    none: tuple[str | None, Record] = (None, {})
    names = [folded(s["name"]) for s in truth["sections"] if s["name"]]
    read = [folded(s.get("name")) for s in found.get("sections") or [] if s.get("name")]
    placed = [i in pairs and folded(true[i][0]) == folded(partner[i][0]) for i in range(len(true))]
    return {
        "sections": (in_order(names, read) + mean(placed)) / 2,
        "pages": _share(partner.get(i, none)[1].get("page") == true[i][1]["page"] for i in listed),
        "contents": _share(_copied(true[i][1], partner.get(i, none)[1]) for i in listed),
        "count": min(1.0, len(true) / max(len(got), 1)),
    }


def _copied(record: Record, other: Record) -> bool:
    """A title broken on two lines may be joined with or without a blank."""
    printed = {plain(record["toc_title"]), plain(record["toc_title_raw"])}
    return plain(other.get("toc_title")) in printed


def _share(hits: Any) -> float:
    values = [float(hit) for hit in hits]
    return mean(values) if values else 1.0


def _masthead(true: Record, got: Record) -> float:
    roles = {folded(m["role"]): set(map(folded, m["names"])) for m in true["masthead"]}
    read: dict[str, set[str]] = {}
    for line in got.get("masthead") or []:
        read.setdefault(folded(line.get("role")), set()).update(map(folded, line.get("names") or []))
    every = set(roles) | set(read)
    likeness = [
        len(roles.get(r, set()) & read.get(r, set())) / max(len(roles.get(r, set()) | read.get(r, set())), 1)
        for r in every
    ]
    facts = got.get("facts") or {}
    kept = [folded(str(facts.get(key) or "")) == folded(value) for key, value in true["facts"].items()]
    return mean([mean(likeness) if likeness else 1.0, _share(kept)])


def _identity(true: Record, got: Record) -> float:
    same = [str(got.get(key)) == str(true[key]) for key in ("year", "number", "serial_number")]
    word = folded(got.get("frequency"))
    return mean([*same, bool(word) and word[:-1] == folded(true["frequency"])[:-1]])
