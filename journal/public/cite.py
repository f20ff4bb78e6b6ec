"""How to cite an article: GB/T 7714—2025 (in force since 2026-07-01), BibTeX, RIS.

In a Chinese reference the standard prints full-width commas, colons and brackets and a half-width point with
a space; at most three authors, then 等; a printed article carries no date of access. Rules as read in the
discussion of the final text by its drafters (编辑学报 2026, 38(2): 150–158).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings

from articles.models import Article, Journal
from journal.public.bylines import signing

__all__ = ["FORMATS", "bibtex", "full_title", "gb_t_7714", "pages_of", "ris"]


def pages_of(article: Article, dash: str = "-") -> str:
    if article.first_page is None:
        return ""
    if article.last_page is None or article.last_page == article.first_page:
        return str(article.first_page)
    return f"{article.first_page}{dash}{article.last_page}"


def full_title(article: Article, colon: str) -> str:
    """Title and subtitle as one; the dash a printed subtitle begins with is the page's, not the title's."""
    subtitle = re.sub(r"^[—–―-]+\s*", "", article.subtitle)
    return f"{article.title_line}{colon}{subtitle}" if subtitle else article.title_line


def authors_of(article: Article) -> list[str]:
    return list(dict.fromkeys(byline.name for byline in signing(article)))


def gb_t_7714(article: Article, journal: Journal) -> str:
    """``顾晓川，季明珠. 题名：副题[J]. 岚江，2026（9）：4-9.``"""
    assert article.issue is not None
    names = authors_of(article)
    shown = "，".join(names[:3]) + ("，等" if len(names) > 3 else "")
    head = f"{shown}. " if shown else ""
    pages = pages_of(article)
    tail = f"：{pages}" if pages else ""
    issue = article.issue
    return f"{head}{full_title(article, '：')}[J]. {journal.name}，{issue.year}（{issue.number}）{tail}."


def tex(text: str) -> str:
    """``text`` with the characters TeX would take for commands made literal."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return re.sub(r"[\\~^#$%&_{}]", lambda m: special.get(m[0], "\\" + m[0]), one_line(text))


def one_line(text: str) -> str:
    return " ".join(text.split())


def address_of(article: Article) -> str:
    return settings.SITE_URL + article.get_absolute_url()


def bibtex(article: Article, journal: Journal) -> str:
    """One ``@article`` entry, UTF-8; corporate and group names in braces so that nobody inverts them."""
    assert article.issue is not None
    fields = {
        "author": " and ".join(f"{{{tex(name)}}}" for name in authors_of(article)),
        "title": f"{{{tex(full_title(article, '：'))}}}",
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
    rows += [
        ("TI", one_line(full_title(article, "："))),
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
