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
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.urls import resolve
from django.utils.translation import gettext as _

from articles import richtext
from articles.models import Article
from articles.search import words
from articles.search.keeping import names_of
from articles.search.variants import SIMPLIFIED
from journal.edition.ask import request_for
from journal.edition.bundle.index import Index
from journal.edition.store import EditionError
from journal.traditional import is_risky, traditional
from journal.variants import Variant, others, shown

__all__ = ["FIELDS", "SEARCH", "TITLES", "capitals", "write_search"]

TITLES = ("title", "kicker", "subtitle", "toc_title")
#: The other fields of the head, and the lists; then names and the text.
FIELDS = ("abstract", "source", "series", "keywords", "closing_notes")
SEARCH = "/search/"
BATCH = 100

Say = Callable[[str], None]


def write_search(top: Path, files: Collection[str], say: Say) -> None:
    """Write the search below ``top``: its page in each variant, the index, of each article what a hit shows.

    ``files`` are the paths of the edition. Raises ``EditionError`` for an article whose page is not there.
    """
    index, shelf = Index(), Shelf(top, files)
    for number, (article, names) in enumerate(articles()):
        parts = units_of(article, names)
        index.add(number, parts)
        shelf.add(article, names, [len(part) for part in parts])
        if number % 1000 == 999:
            say(_("%(count)s articles indexed.") % {"count": number + 1})
    address = write_index(top, index, shelf)
    for variant, place in others(SEARCH):
        own = f"{place}{address.split('/')[2]}/names.json" if variant in rewritten() else ""
        write(top / f"{place.lstrip('/')}index.html", page(place, address, own))


def rewritten() -> list[Variant]:
    """The variants on show that say all in traditional characters."""
    return [variant for variant in shown() if variant.has_own_text]


def articles() -> Iterator[tuple[Article, list[str]]]:
    """Every article for everybody with the names, units and posts of its bylines, the oldest issue first.

    In an issue the last page comes first: read from its end, a list is in the order of the server's hits.
    """
    found = Article.objects.for_everyone()
    newest_last = (*("issue__year", "issue__sort_number"), Coalesce("first_page", 0).desc(), "pk")
    pks = list(found.order_by(*newest_last).values_list("pk", flat=True))
    whole = found.select_related("issue", "section").prefetch_related("bylines__author").defer("raw_body")
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        here, names = whole.in_bulk(batch), names_of(batch)
        yield from ((here[pk], names.get(pk, [])) for pk in batch)


def units_of(article: Article, names: list[str]) -> list[list[str]]:
    """The units of all its fields, each followed by a break: titles, names, rest of the head, text."""
    signed = signed_by(article)
    titles = [str(getattr(article, name) or "") for name in TITLES]
    rest = [*head_of(article), *(word for word in names if word not in signed)]
    return [stream_of(texts) for texts in (titles, signed, rest, [richtext.plain_text(article.body)])]


def stream_of(texts: list[str]) -> list[str]:
    return [unit for text in texts if (found := words.units(text)) for unit in [*found, words.BREAK]]


def signed_by(article: Article) -> list[str]:
    return list(dict.fromkeys(byline.name for byline in article.bylines.all()))


def head_of(article: Article) -> list[str]:
    values = [getattr(article, name) for name in FIELDS]
    return [str(v) for value in values for v in (value if isinstance(value, list) else [value or ""])]


class Shelf:
    """Where the numbers of the index lead: an article's address, section and issue, and what a hit shows."""

    def __init__(self, top: Path, files: Collection[str]) -> None:
        self.top, self.files, self.others = top, files, rewritten()
        self.codes: list[str] = []
        self.ends: list[int] = []
        self.issues: dict[int, tuple[int, list[Any]]] = {}
        self.sections: dict[tuple[str, str], int] = {}
        self.authors: dict[tuple[str, str], int] = {}
        self.by: list[list[int]] = []
        self.in_issue: list[int] = []
        self.in_section: list[int] = []

    def add(self, article: Article, names: list[str], sizes: list[int]) -> None:
        """``sizes``: how many places the titles, the names, the rest of the head and the text take."""
        issue, address = article.issue, article.get_absolute_url()
        assert issue is not None
        if f"{address.lstrip('/')}index.html" not in self.files:
            raise EditionError(
                _("The edition on show lacks the page %(path)s. Bake, then export again.") % {"path": address}
            )
        row = [issue.year, issue.number, str(issue)]
        self.in_issue.append(self.issues.setdefault(issue.pk, (len(self.issues), row))[0])
        section = article.section
        self.in_section.append(place_of((section.code, section.name), self.sections) if section else -1)
        authors = dict.fromkeys(byline.author for byline in article.bylines.all())
        self.by.append([place_of((author.code, author.name), self.authors) for author in authors])
        self.codes.append(article.code)
        self.ends += accumulate(sizes[:3])
        name = f"texts/{issue.year}/{issue.number}/{article.code}.json"
        found = hit_of(article, names)
        write(self.top / "search" / name, as_json(found))
        for variant in self.others:
            write(
                self.top / variant.prefix / "search" / name,
                as_json(in_traditional(found, signed_by(article))),
            )

    def names(self) -> dict[str, Any]:
        """The columns of ``rows`` that hold words, in traditional characters."""
        named = {"sections": list(self.sections), "authors": list(self.authors)}
        columns = {key: [(code, traditional(name)) for code, name in rows] for key, rows in named.items()}
        issues = [[*row[:-1], traditional(row[-1])] for _place, row in self.issues.values()]
        return {**columns, "issues": issues}

    def rows(self) -> dict[str, Any]:
        """One list a column: what each article is, in the order of the index."""
        return {
            "sections": list(self.sections),
            "authors": list(self.authors),
            "issues": [row for _place, row in self.issues.values()],
            "codes": " ".join(self.codes),
            "ends": self.ends,
            "inIssue": self.in_issue,
            "inSection": self.in_section,
            "by": self.by,
        }


def place_of(value: tuple[str, str], known: dict[tuple[str, str], int]) -> int:
    """Where a value stands among those known; a new one stands last."""
    return known.setdefault(value, len(known))


def hit_of(article: Article, names: list[str]) -> dict[str, Any]:
    """What a hit shows: title, who signed it, and the texts of which a part is quoted, likeliest first."""
    abstract, *rest = head_of(article)
    texts = (richtext.plain_text(article.body), abstract, article.subtitle, article.kicker, *rest, *names)
    return {
        "title": article.title_line + article.part_mark,
        "names": signed_by(article),
        "texts": [text for text in texts if text],
    }


def in_traditional(hit: dict[str, Any], people: list[str]) -> dict[str, Any]:
    """A hit in traditional characters, as the article's page has them; ``people`` are its authors."""
    risky = [name for name in people if is_risky(name)]

    def written(words: Any) -> Any:
        return traditional(words, risky) if isinstance(words, str) else [written(one) for one in words]

    return {key: written(value) for key, value in hit.items()}


def write_index(top: Path, index: Index, shelf: Shelf) -> str:
    """Write the index into a folder named after what is in it, so that no cache mixes two; its address."""
    first_tokens, bodies = [], []
    for token, body in index.files():
        first_tokens.append(token)
        bodies.append(body)
    head = as_json({"format": 1, "files": first_tokens, "words": rules(), **shelf.rows()})
    name = hashlib.sha256(b"".join([head, *bodies])).hexdigest()[:12]
    folder = top / "search" / name
    write(folder / "index.json", head)
    for number, body in enumerate(bodies):
        write(folder / f"{number}.bin", body)
    for variant in shelf.others:
        write(top / variant.prefix / "search" / name / "names.json", as_json(shelf.names()))
    return f"{SEARCH}{name}/index.json"


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


def page(place: str, index: str, names: str) -> bytes:
    """The search page of a bundle as the house makes it; ``index`` is the address of the index, ``names``
    of a variant's own words."""
    request = request_for(place)
    request.resolver_match = match = resolve(place)
    # Nobody can ask for them from outside.
    request.index_of_bundle, request.names_of_bundle = index, names  # type: ignore[attr-defined]
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response.content


def as_json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
