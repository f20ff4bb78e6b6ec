"""How to cite an article: GB/T 7714—2025 (in force since 2026-07-01), BibTeX, RIS.

What is followed of the standard, by its own clauses:

- 7 (signs): ``.`` and ``[ ]`` half-width, every other sign full-width; a page range keeps its hyphen.
- 7.1.2–7.1.4: at most three authors, then 等; bodies and groups as they sign; without an author the title
  begins (numeric references).
- 7.2.1, 7.2.3: the title as printed, its quotation marks and brackets kept; a subtitle after a colon, but
  after a title that asks or exclaims behind the dash it was printed with.
- 8.5.1.1: year（number）：pages; a supplement is 增刊; 8.5.1.2: merged numbers with a stroke, ``7/8``.
- 8.5.3: the printed article is ``[J]``; what was read on line is ``[J/OL]`` and ends with its address. A date
  of access stands only with web pages (7.6), never with an article of a periodical. A translator follows the
  title.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings

from articles.credits import signing
from articles.models import Article, Journal
from articles.models.byline import BylineRole
from journal.edition.formats.text import ArticleText

__all__ = ["FORMATS", "bibtex", "full_title", "gb_t_7714", "gb_t_7714_online", "pages_of", "ris"]


def pages_of(article: Article, dash: str = "-") -> str:
    if article.first_page is None:
        return ""
    if article.last_page is None or article.last_page == article.first_page:
        return str(article.first_page)
    return f"{article.first_page}{dash}{article.last_page}"


def full_title(article: Article | ArticleText) -> str:
    """Title and subtitle as one; the dash a printed subtitle begins with is the page's, not the title's."""
    title, subtitle = article.title_line, re.sub(r"^[—–―-]+\s*", "", one_line(article.subtitle))
    if not subtitle:
        return title
    return f"{title}{'——' if title.endswith(('？', '！', '?', '!', '…')) else '：'}{subtitle}"


def authors_of(article: Article) -> list[str]:
    return list(dict.fromkeys(byline.name for byline in signing(article)))


def translators_of(article: Article) -> list[str]:
    """Who translated it; nobody twice, where a translator is all that is signed."""
    names = [byline.name for byline in article.bylines.all() if byline.role == BylineRole.TRANSLATED]
    return [name for name in dict.fromkeys(names) if name not in authors_of(article)]


def three_of(names: list[str]) -> str:
    return "，".join(names[:3]) + ("，等" if len(names) > 3 else "")


def number_of(number: str) -> str:
    """``9-10`` is cited ``9/10``, ``7-9`` ``7/8/9``, the supplement ``S1`` 增刊1."""
    if number.startswith("S"):
        return f"增刊{number[1:]}"
    first, dash, last = number.partition("-")
    if not dash:
        return number
    return "/".join(map(str, range(int(first), int(last) + 1))) or f"{first}/{last}"


def reference(article: Article, journal: Journal, medium: str) -> str:
    assert article.issue is not None
    pages = pages_of(article)
    translators = three_of(translators_of(article))
    place = f"{journal.name}，{article.issue.year}（{number_of(article.issue.number)}）"
    parts = [
        three_of(authors_of(article)),
        f"{full_title(article)}[{medium}]",
        f"{translators}，译" if translators else "",
        f"{place}：{pages}" if pages else place,
    ]
    return ". ".join(part for part in parts if part)


def gb_t_7714(article: Article, journal: Journal) -> str:
    """As printed: ``顾晓川，季明珠. 题名：副题[J]. 岚江，2026（9）：4-9.``"""
    return f"{reference(article, journal, 'J')}."


def gb_t_7714_online(article: Article, journal: Journal) -> str:
    """As read on line: the same with ``[J/OL]`` and the address behind it."""
    return f"{reference(article, journal, 'J/OL')}. {address_of(article)}."


def tex(text: str) -> str:
    """``text`` with the characters TeX would take for commands made literal."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return re.sub(r"[\\~^#$%&_{}]", lambda m: special.get(m[0], "\\" + m[0]), one_line(text))


def one_line(text: str) -> str:
    return " ".join(text.split())


def address_of(article: Article) -> str:
    return settings.SITE_URL + article.get_absolute_url()


def people(names: list[str]) -> str:
    """Every name in braces, so that nobody inverts a Chinese name or splits a body's at “and”."""
    return " and ".join(f"{{{tex(name)}}}" for name in names)


def bibtex(article: Article, journal: Journal) -> str:
    """One ``@article`` entry, UTF-8; its key is the article's permanent code, which is ASCII."""
    assert article.issue is not None
    fields = {
        "author": people(authors_of(article)),
        "translator": people(translators_of(article)),
        "title": f"{{{tex(full_title(article))}}}",
        "journal": tex(journal.name),
        "year": str(article.issue.year),
        "number": tex(article.issue.number),
        "pages": pages_of(article, "--"),
        "issn": tex(journal.issn),
        "language": "chinese",
        "url": address_of(article),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@article{{{article.code},\n" + ",\n".join(lines) + "\n}\n"


def ris(article: Article, journal: Journal) -> str:
    """One RIS record, lines ended the way its readers expect (CRLF)."""
    assert article.issue is not None
    issue = article.issue
    rows: list[tuple[str, str]] = [("TY", "JOUR")]
    rows += [("AU", one_line(name)) for name in authors_of(article)]
    rows += [("A4", one_line(name)) for name in translators_of(article)]
    rows += [
        ("TI", one_line(full_title(article))),
        ("T2", one_line(journal.name)),
        ("PY", str(issue.year)),
    ]
    if issue.publication_date:
        rows.append(("DA", issue.publication_date.strftime("%Y/%m/%d")))
    rows.append(("IS", issue.number))
    optional: list[tuple[str, str | int | None]] = [
        ("SP", article.first_page),
        ("EP", article.last_page or article.first_page),
        ("SN", journal.issn),
        ("PB", one_line(journal.organiser)),
        ("AB", one_line(article.abstract)),
    ]
    rows += [(tag, str(value)) for tag, value in optional if value]
    rows += [("KW", one_line(str(word))) for word in article.keywords]
    rows += [("LA", "zh"), ("UR", address_of(article)), ("ER", "")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows)


#: What a file's ending means: how it is written and what it is called on the wire.
FORMATS: dict[str, tuple[Callable[[Article, Journal], str], str]] = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
}
