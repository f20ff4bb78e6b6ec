"""The exact truth of a printed issue, in the shape the importer writes."""

from __future__ import annotations

from typing import Any

from tests.intake.traps.bylines import Byline
from tests.intake.traps.contents import entry_title, toc_author
from tests.intake.traps.flow import caption_line
from tests.intake.traps.layout import Layout
from tests.intake.traps.mastheads import Journal
from tests.intake.traps.plan import Article

__all__ = ["truth_of"]


def truth_of(journal: Journal, articles: list[Article], who: list[Byline], layout: Layout) -> dict[str, Any]:
    """Return journal, slogans, sections and strays. Where no contents page is printed all are strays."""
    records = [(a, _record(i, a, w, layout)) for i, (a, w) in enumerate(zip(articles, who, strict=True), 1)]
    promised = layout.contents_place != "missing"
    listed = [(a, r) for a, r in records if promised and a.toc_title is not None]
    sections: list[dict[str, Any]] = []
    for article, record in listed:
        name = article.section if layout.section_style != "none" else None
        if not sections or sections[-1]["name"] != name:
            sections.append({"name": name, "articles": []})
        sections[-1]["articles"].append(record)
    strays = [r for a, r in records if not (promised and a.toc_title is not None)]
    return {
        "journal": _journal(journal, layout),
        "slogans": list(journal.slogans) if layout.slogans != "none" and promised else [],
        "sections": sections,
        "articles_not_in_toc": strays,
    }


def _journal(journal: Journal, layout: Layout) -> dict[str, Any]:
    shown = layout.masthead_place != "none"
    roles = [{"role": r.role, "names": list(r.names), "kind": r.kind} for r in journal.masthead]
    return {
        "year": journal.year,
        "number": journal.number,
        "serial_number": journal.serial_number,
        "frequency": journal.frequency,
        "masthead": roles if shown else [],
        "facts": {key: value for key, (_, value) in journal.facts.items()} if shown else {},
    }


def _record(number: int, article: Article, who: Byline, layout: Layout) -> dict[str, Any]:
    one, full = article.text, article.printed == "full"
    listed = article.toc_title is not None and layout.contents_place != "missing"
    names = toc_author(article, layout) if listed and layout.contents_style != "authors_block" else ""
    return {
        "id": f"{number:02}",
        "code": one.code,
        "toc_title": article.toc_title if listed else None,
        "toc_title_raw": " ".join(entry_title(article, layout)) if listed else None,
        "toc_author": names or None,
        "page": article.page if listed else None,
        "title": article.title,
        "title_accept": _accepted(article, layout),
        "kicker": one.kicker if article.printed != "none" else None,
        "subtitle": one.subtitle if article.printed != "none" else None,
        "authors": _authors(article, who, layout, bool(names)),
        "credits": [{"role": c.role, "names": list(c.names)} for c in one.credits] + who.credits
        if full
        else [],
        "source": one.source if full else None,
        "captions": [caption_line(p, layout) for p in one.pictures] if full else [],
        "headings": one.headings if full else [],
        "runin_headings": one.run_ins if full else [],
        "footnotes": list(one.footnotes) if full else [],
        "free_lines": _free(article) if full else [],
        "body_text": "\n".join(piece.text.replace("|", " ") for piece in one.pieces) if full else "",
    }


def _authors(article: Article, who: Byline, layout: Layout, in_contents: bool) -> list[dict[str, Any]]:
    """An entry without its text has the authors of the contents page and nothing more."""
    if article.printed == "full":
        return who.authors
    printed = "".join(chunk.text for chunk in who.head) if article.printed == "title" else ""
    if not printed and not in_contents:
        return []
    return [
        {**author, "affiliation": author["affiliation"] if str(author["affiliation"]) in printed else None}
        for author in who.authors
    ]


def _accepted(article: Article, layout: Layout) -> list[str]:
    """Other right answers: without the part of the serial, the misprint, the lines as they stand."""
    accepted = [*article.also, " ".join(article.text.lines)]
    if layout.title_break == "scrambled" and layout.contents_place == "missing":
        accepted.append(" ".join(reversed(article.lines)))
    return accepted


def _free(article: Article) -> list[str]:
    """Lines that may stand in the body or beside it: notes, references, the title of a table."""
    one = article.text
    tables = [piece.text for piece in one.pieces if piece.text.startswith("表1 ")]
    notes = [*one.footnotes, *one.references, "参考文献"]
    return notes + tables + [one.abstract or "", "；".join(one.keywords)]
