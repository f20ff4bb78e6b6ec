"""The search a bundle brings along: what ``articles.search`` would find, ready for a browser to look up.

What is searched is what everybody may read, the same fields as the server's index – without the manuscript's
number, which is the office's. The folding of characters goes along as a table, so browser and server cut a
text alike. See ``index`` for the files, ``static/js/search-bundle.js`` for who reads them.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from articles import richtext
from articles.models import Article, Issue, Journal
from articles.search import words
from articles.search.keeping import names_of
from articles.search.variants import SIMPLIFIED
from journal.edition.bundle.index import Index
from journal.edition.store import EditionError

__all__ = ["FIELDS", "PAGE", "TITLES", "capitals", "write_search"]

TITLES = ("title", "kicker", "subtitle", "toc_title")
#: The other fields of the head, and the lists; then names and the text.
FIELDS = ("abstract", "source", "series", "keywords", "closing_notes")
PAGE = "search/index.html"
BATCH = 100

Say = Callable[[str], None]


def write_search(top: Path, files: Collection[str], say: Say) -> None:
    """Write ``search/`` below ``top``: the page, the index, and of each article what a hit shows.

    ``files`` are the paths of the edition. Raises ``EditionError`` for an article whose page is not there.
    """
    index, shelf = Index(), Shelf(top / "search/texts", files)
    for number, (article, names) in enumerate(articles()):
        stream, titles = units_of(article, names)
        index.add(number, stream, titles)
        shelf.add(article, names, titles)
        if number % 1000 == 999:
            say(_("%(count)s articles indexed.") % {"count": number + 1})
    name = write_index(top / "search", index, shelf)
    with translation.override(settings.LANGUAGE_CODE):
        write(top / PAGE, page(name).encode())


def articles() -> Iterator[tuple[Article, list[str]]]:
    """Every article for everybody, the oldest first, with the names, units and posts of its bylines."""
    found = Article.objects.for_everyone().order_by("pk")
    pks = list(found.values_list("pk", flat=True))
    whole = found.select_related("issue", "section").prefetch_related("bylines__author").defer("raw_body")
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        names = names_of(batch)
        yield from ((article, names.get(article.pk, [])) for article in whole.filter(pk__in=batch))


def units_of(article: Article, names: list[str]) -> tuple[list[str], int]:
    """The units of all its fields, each followed by a break, the titles first; how many are the titles'."""
    titles = stream_of([str(getattr(article, name) or "") for name in TITLES])
    rest = stream_of([*head_of(article), *names, richtext.plain_text(article.body)])
    return titles + rest, len(titles)


def stream_of(texts: list[str]) -> list[str]:
    return [unit for text in texts if (found := words.units(text)) for unit in [*found, words.BREAK]]


def head_of(article: Article) -> list[str]:
    values = [getattr(article, name) for name in FIELDS]
    return [str(v) for value in values for v in (value if isinstance(value, list) else [value or ""])]


class Shelf:
    """Where the numbers of the index lead: each article's address, section and issue, and what a hit shows."""

    def __init__(self, top: Path, files: Collection[str]) -> None:
        self.top, self.files = top, files
        self.codes: list[str] = []
        self.titles: list[int] = []
        self.issues: dict[int, tuple[int, list[Any]]] = {}
        self.sections: dict[str, int] = {}
        self.in_issue: list[int] = []
        self.in_section: list[int] = []

    def add(self, article: Article, names: list[str], titles: int) -> None:
        """``titles``: how many units of the article's stream are its titles'."""
        issue, address = article.issue, article.get_absolute_url()
        assert issue is not None
        if f"{address.lstrip('/')}index.html" not in self.files:
            raise EditionError(
                _("The edition on show lacks the page %(path)s. Bake, then export again.") % {"path": address}
            )
        row = [issue.year, issue.number, str(issue)]
        self.in_issue.append(self.issues.setdefault(issue.pk, (len(self.issues), row))[0])
        section = article.section.name if article.section else None
        self.in_section.append(
            -1 if section is None else self.sections.setdefault(section, len(self.sections))
        )
        self.codes.append(article.code)
        self.titles.append(titles)
        write(self.top / f"{issue.year}/{issue.number}/{article.code}.json", as_json(shown(article, names)))

    def rows(self) -> dict[str, Any]:
        """One list a column: what each article is, in the order of the index."""
        return {
            "sections": list(self.sections),
            "issues": [row for _place, row in self.issues.values()],
            "codes": " ".join(self.codes),
            "titleUnits": self.titles,
            "inIssue": self.in_issue,
            "inSection": self.in_section,
        }


def shown(article: Article, names: list[str]) -> dict[str, Any]:
    """What a hit shows: titles, bylines, and the texts a part of which is quoted, the likeliest first."""
    body, head = richtext.plain_text(article.body), head_of(article)
    return {
        "address": article.get_absolute_url(),
        "kicker": article.kicker,
        "title": article.title_line,
        "subtitle": article.subtitle,
        "names": list(dict.fromkeys(byline.name for byline in article.bylines.all())),
        "page": article.first_page,
        "texts": [text for text in (head[0], body, *head[1:], *names, article.toc_title) if text],
    }


def write_index(top: Path, index: Index, shelf: Shelf) -> str:
    """Write the index into a folder named after what is in it, so that no cache ever mixes two; its name."""
    first_tokens, bodies = [], []
    for token, body in index.files():
        first_tokens.append(token)
        bodies.append(body)
    head = as_json({"format": 1, "files": first_tokens, "words": rules(), **shelf.rows()})
    name = hashlib.sha256(b"".join([head, *bodies])).hexdigest()[:12]
    write(top / name / "index.json", head)
    for number, body in enumerate(bodies):
        write(top / name / f"{number}.bin", body)
    return name


def rules() -> dict[str, Any]:
    """How ``articles.search.words`` cuts a text, so that a browser cuts it alike."""
    return {
        "wide": words.WIDE,
        "mark": words.BREAK,
        "longestWord": words.LONGEST_WORD,
        "mostUnits": words.MOST_UNITS,
        "mostTerms": words.MOST_TERMS,
        "capitals": table(capitals()),
        "variants": table(variants()),
    }


def variants() -> dict[str, str]:
    return {chr(old): new for old, new in SIMPLIFIED.items()}


def capitals() -> dict[str, str]:
    """Characters Python folds otherwise than JavaScript, which has lower case and no case folding."""
    every = (chr(number) for number in range(sys.maxunicode + 1))
    return {one: one.casefold() for one in every if one.casefold() != one.lower()}


def table(folded: dict[str, str]) -> str:
    """``國国 ßss``: a character and what it is folded into."""
    return " ".join(old + new for old, new in sorted(folded.items()))


def page(index: str) -> str:
    """The search page; ``index`` is the folder of the index beside it."""
    journal = Journal.objects.current()
    journal.name = journal.name or _("Kanwu")
    has_members = Issue.objects.out().exclude(pk__in=Issue.objects.for_everyone()).exists()
    context = {"journal": journal, "room": "search", "index": index, "has_members": has_members}
    return render_to_string("edition/search.html", context)


def as_json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
