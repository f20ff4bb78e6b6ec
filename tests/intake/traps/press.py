"""Print an issue: from a journal, a layout and a seed to a file and its truth. Same arguments, same bytes."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from tests.intake.traps.bylines import Byline, byline
from tests.intake.traps.chunks import Chunk, glue
from tests.intake.traps.contents import contents
from tests.intake.traps.flow import body, paged
from tests.intake.traps.heads import head, marked
from tests.intake.traps.imprint import identity, masthead
from tests.intake.traps.jumps import jumped
from tests.intake.traps.layout import Layout
from tests.intake.traps.mastheads import Journal, journal
from tests.intake.traps.plan import Article, plan
from tests.intake.traps.scan import encoded, scanned
from tests.intake.traps.truth import truth_of

__all__ = ["Printed", "print_issue"]


@dataclass(frozen=True, slots=True)
class Printed:
    """``data`` is the file, ``text`` what it says, ``truth`` what a careful person makes of it."""

    data: bytes
    text: str
    truth: dict[str, Any]


def print_issue(
    layout: Layout, seed: int, code: str = "bulletin", held_out: bool = False, size: int = 8
) -> Printed:
    """Print one issue of the journal ``code``; ``held_out`` lets the reserved texts in."""
    made = journal(code)
    rng = random.Random(f"{seed}/{code}/{held_out}")
    articles = plan(made, layout, rng, held_out, size)
    who = [byline(article, layout) for article in articles]
    runs = [_run(a, w, made, layout, rng) for a, w in zip(articles, who, strict=True)]
    runs = jumped(runs, articles, made, layout, rng)
    runs = [run for run in runs if run]
    chunks = scanned(_bound(runs, made, articles, layout), layout, rng)
    text = glue(chunks)
    return Printed(encoded(text, layout), text, truth_of(made, articles, who, layout))


def _run(article: Article, who: Byline, made: Journal, layout: Layout, rng: random.Random) -> list[Chunk]:
    """Print one article; nothing, or only its head, where the text is missing."""
    top = head(article, who, layout, rng)
    text = paged(body(article, who, layout, rng), article, made, layout, rng)
    if layout.title_style == "bare" and text:
        text = [text[0].with_(before=1), *text[1:]]
    return {"full": [*top, *text], "title": top, "none": []}[article.printed]


def _bound(runs: list[list[Chunk]], made: Journal, articles: list[Article], layout: Layout) -> list[Chunk]:
    """Bind contents page, masthead and articles in the order of the file."""
    runs = _labelled(runs, articles, layout)
    front = _contents_page(made, articles, layout)
    imprint = masthead(made, layout) if layout.masthead_place == "end" else []
    first = {"after_first": 1, "end": len(runs)}.get(layout.contents_place, 0)
    return [*_flat(runs[:first]), *front, *_flat(runs[first:]), *_apart(imprint)]


def _contents_page(made: Journal, articles: list[Article], layout: Layout) -> list[Chunk]:
    missing = layout.contents_place == "missing"
    style = "h1" if layout.title_style in ("h1", "h2", "h3", "mixed") else layout.title_style
    word = (
        []
        if missing or layout.contents_word == "none"
        else [Chunk(marked(layout.contents_word, style), "title")]
    )
    imprint = masthead(made, layout) if layout.masthead_place == "contents" else []
    entries = [] if missing else contents(made, articles, layout)
    return _apart([*word, *identity(made, layout), *imprint, *entries])


def _labelled(runs: list[list[Chunk]], articles: list[Article], layout: Layout) -> list[list[Chunk]]:
    """Print the name of the section over the first article of each, as some journals do."""
    if layout.section_in_body == "none":
        return runs
    shape = {"brackets": "【{}】", "heading": "## {}", "plain": "{}"}[layout.section_in_body]
    names = {" ".join(a.lines): a.section for a in articles}
    out, shown = [], None
    for run in runs:
        section = next((s for title, s in names.items() if _opens(run, title)), None)
        if section and section != shown:
            run = [Chunk(shape.format(section), "section", 4), *run]
            shown = section
        out.append(run)
    return out


def _opens(run: list[Chunk], title: str) -> bool:
    printed = "".join(chunk.text.strip("#* ") for chunk in run if chunk.kind == "title")
    return sorted(printed.split("（")[0].replace(" ", "")) == sorted(title.replace(" ", ""))


def _flat(runs: list[list[Chunk]]) -> list[Chunk]:
    return [chunk for run in runs for chunk in run]


def _apart(chunks: list[Chunk]) -> list[Chunk]:
    return [chunks[0].with_(before=4), *chunks[1:]] if chunks else []
