"""Citations as GB/T 7714—2025 prints them, and the files programs read; each case after a clause."""

from __future__ import annotations

import re

import pytest
from django.db.models import QuerySet
from django.test import Client

from articles.models import Article, Byline, Issue, Journal
from journal.public import cite
from tests.public.conftest import Shelf, add_author, set_fields

pytestmark = pytest.mark.django_db

#: authors (name, kind, role), fields of the article, number of the issue → the printed reference
CASES = {
    "one author": ([("顾晓川", "person", "作者")], {}, "9", "顾晓川. 对岸[J]. 澜江，2026（9）：4-9."),
    "three authors are all named": (
        [(name, "person", "作者") for name in ("顾晓川", "季明珠", "陶一苇")],
        {},
        "9",
        "顾晓川，季明珠，陶一苇. 对岸[J]. 澜江，2026（9）：4-9.",
    ),
    "a fourth is 等": (
        [(name, "person", "作者") for name in ("顾晓川", "季明珠", "陶一苇", "郁青")],
        {},
        "9",
        "顾晓川，季明珠，陶一苇，等. 对岸[J]. 澜江，2026（9）：4-9.",
    ),
    "a body signs as it is called": (
        [("澜江市水文中心", "corporate", "作者")],
        {},
        "9",
        "澜江市水文中心. 对岸[J]. 澜江，2026（9）：4-9.",
    ),
    "without an author the title begins": ([], {}, "9", "对岸[J]. 澜江，2026（9）：4-9."),
    "who took the pictures is no author": (
        [("顾晓川", "person", "文"), ("郁青", "person", "摄")],
        {},
        "9",
        "顾晓川. 对岸[J]. 澜江，2026（9）：4-9.",
    ),
    "a translator follows the title": (
        [("安娜·贝克", "person", "作者"), ("闻砚秋", "person", "译")],
        {},
        "9",
        "安娜·贝克. 对岸[J]. 闻砚秋，译. 澜江，2026（9）：4-9.",
    ),
    "merged numbers with a stroke": (
        [("顾晓川", "person", "作者")],
        {},
        "7-8",
        "顾晓川. 对岸[J]. 澜江，2026（7/8）：4-9.",
    ),
    "three merged numbers": (
        [("顾晓川", "person", "作者")],
        {},
        "7-9",
        "顾晓川. 对岸[J]. 澜江，2026（7/8/9）：4-9.",
    ),
    "a supplement": ([("顾晓川", "person", "作者")], {}, "S1", "顾晓川. 对岸[J]. 澜江，2026（增刊1）：4-9."),
    "a single page": (
        [("顾晓川", "person", "作者")],
        {"last_page": None},
        "9",
        "顾晓川. 对岸[J]. 澜江，2026（9）：4.",
    ),
    "no page known": (
        [("顾晓川", "person", "作者")],
        {"first_page": None, "last_page": None},
        "9",
        "顾晓川. 对岸[J]. 澜江，2026（9）.",
    ),
    "quotation marks and brackets stay": (
        [("顾晓川", "person", "作者")],
        {"title": "“六点”之后：读《渡口志》（增订本）"},
        "9",
        "顾晓川. “六点”之后：读《渡口志》（增订本）[J]. 澜江，2026（9）：4-9.",
    ),
    "a subtitle after a colon": (
        [("顾晓川", "person", "作者")],
        {"subtitle": "——末班船记事"},
        "9",
        "顾晓川. 对岸：末班船记事[J]. 澜江，2026（9）：4-9.",
    ),
    "after a question the dash stays": (
        [("顾晓川", "person", "作者")],
        {"title": "谁在过江？", "subtitle": "——末班船记事"},
        "9",
        "顾晓川. 谁在过江？——末班船记事[J]. 澜江，2026（9）：4-9.",
    ),
}


@pytest.fixture
def cited(shelf: Shelf) -> Article:
    return set_fields(shelf.article, title="对岸", first_page=4, last_page=9)


def written(article: Article, authors: list[tuple[str, str, str]], number: str) -> Article:
    QuerySet.update(Issue.objects.filter(pk=article.issue_id), number=number)
    Byline.objects.filter(article=article).delete()
    for name, kind, role in authors:
        add_author(article, name, kind=kind, role=role)
    return Article.objects.select_related("issue").get(pk=article.pk)


@pytest.mark.parametrize("case", CASES)
def test_the_printed_reference(cited: Article, case: str) -> None:
    authors, fields, number, expected = CASES[case]
    article = written(set_fields(cited, **fields), authors, number)
    assert cite.gb_t_7714(article, Journal.objects.current()) == expected


def test_what_was_read_on_line_ends_with_its_address_and_has_no_date_of_access(cited: Article) -> None:
    article = written(cited, [("顾晓川", "person", "作者")], "9")
    online = cite.gb_t_7714_online(article, Journal.objects.current())
    assert online.startswith("顾晓川. 对岸[J/OL]. 澜江，2026（9）：4-9. http")
    assert online.endswith(f"{article.get_absolute_url()}.")
    assert not re.search(r"\[\d{4}-\d\d-\d\d\]", online)


def test_the_article_shows_both_and_the_files(client: Client, cited: Article) -> None:
    page = client.get(cited.get_absolute_url()).content.decode()
    assert "对岸[J]. 澜江" in page
    assert "对岸[J/OL]. 澜江" in page
    for ending in ("bib", "ris"):
        address = f"{cited.get_absolute_url()}{cited.code}.{ending}"
        assert address in page
        assert client.get(address).status_code == 200


def test_bibtex_keeps_names_whole_and_commands_literal(cited: Article) -> None:
    set_fields(cited, title=r"50% & 60_{班} \ $1 #2 ~ ^")
    article = written(cited, [("水文与水资源 and 工程局", "corporate", "作者")], "9-10")
    entry = cite.bibtex(article, Journal.objects.current())
    assert re.match(r"@article\{[a-z0-9-]+,\n", entry)
    assert "author = {{水文与水资源 and 工程局}}" in entry
    assert r"50\% \& 60\_\{班\} \textbackslash{} \$1 \#2 \textasciitilde{} \textasciicircum{}" in entry
    assert "pages = {4--9}" in entry
    literal = re.sub(r"\\[{}]", "", entry)
    assert literal.count("{") == literal.count("}")


def test_ris_is_one_record_of_whole_lines(cited: Article) -> None:
    set_fields(cited, keywords=["渡口", "末班船"], abstract="第一行\n第二行")
    article = written(cited, [("顾晓川", "person", "作者"), ("闻砚秋", "person", "译")], "9")
    record = cite.ris(article, Journal.objects.current())
    lines = record.split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert "\n" not in record.replace("\r\n", "")
    assert lines.count("AU  - 顾晓川") == lines.count("A4  - 闻砚秋") == 1
    assert [line for line in lines if line.startswith("KW")] == ["KW  - 渡口", "KW  - 末班船"]
    assert {"SP  - 4", "EP  - 9", "AB  - 第一行 第二行"} <= set(lines)
