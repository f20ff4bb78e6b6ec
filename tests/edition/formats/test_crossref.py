"""The Crossref deposit: valid by the schema, and refused with what to do where it cannot be one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from journal.edition.formats.contract import build
from journal.edition.formats.crossref import FORMAT
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.store import EditionError
from tests import schemas
from tests.edition.formats import making as make
from tests.edition.formats.payloads import LITERALS

pytestmark = pytest.mark.database_free

NS = {"c": "http://www.crossref.org/schema/5.4.0"}


def with_prefix(issue: IssueText, **form: Any) -> IssueText:
    return replace(issue, journal=replace(issue.journal, **{"doi_prefix": "10.12345", **form}))


def file_of(issue: IssueText) -> bytes:
    out = io.BytesIO()
    assert FORMAT.issue
    FORMAT.issue(issue, out, lambda _said: None)
    return out.getvalue()


def deposit_of(issue: IssueText) -> Any:
    tree = etree.fromstring(file_of(issue))
    assert schemas.crossref(tree) == []
    return tree


def said(tree: Any, path: str) -> list[str]:
    return ["".join(found.itertext()) for found in tree.iterfind(path, NS)]


def record_of(tree: Any, code: str) -> Any:
    records = tree.findall(".//c:journal_article", NS)
    return next(record for record in records if record.findtext(".//c:doi", None, NS) == f"10.12345/{code}")


def test_every_article_of_an_issue_gets_its_doi(full_issue: IssueText) -> None:
    tree = deposit_of(with_prefix(full_issue))
    assert said(tree, ".//c:doi") == [f"10.12345/{article.code}" for article in full_issue.articles]
    assert said(tree, ".//c:resource") == [article.address for article in full_issue.articles]
    assert said(tree, ".//c:journal_issue/c:issue") == ["1"]
    assert said(tree, ".//c:journal_metadata/c:issn") == [full_issue.journal.issn]


@pytest.mark.parametrize("kind", ["supplement", "full_issue"])
def test_the_same_issue_is_the_same_bytes(kind: str, request: pytest.FixtureRequest) -> None:
    issue = with_prefix(request.getfixturevalue(kind))
    assert deposit_of(issue) is not None
    assert file_of(issue) == file_of(issue)


def test_a_record_says_who_wrote_it_where(full_issue: IssueText) -> None:
    record = record_of(deposit_of(with_prefix(full_issue)), "last-ferries-2")
    assert said(record, "c:titles/c:title") == ["石阶留给水（下）"]
    assert said(record, ".//c:surname") == ["顾", "李", "闻"]
    assert said(record, ".//c:given_name") == ["晓川", "伟", "秋"]
    assert said(record, ".//c:institution_name") == ["岚江", "岚江", "沙田乡文化站"]  # 本刊 is 岚江
    assert said(record, "c:pages/*") == ["10", "13"]
    dates = record.findall("c:publication_date", NS)
    assert [date.get("media_type") for date in dates] == ["online", "print"]


def test_groups_and_bodies_are_organisations_and_photographers_are_left_out(full_issue: IssueText) -> None:
    record = record_of(deposit_of(with_prefix(full_issue)), "last-ferries-1")
    assert said(record, ".//c:organization") == ["渡口调查组", "岚江市航道管理所"]
    assert said(record, ".//c:person_name") == []
    assert said(record, "c:titles/c:subtitle") == ["一次从水文站出发的清点"]


def test_a_foreign_name_stays_whole_and_who_translated_is_called_so(full_issue: IssueText) -> None:
    record = record_of(deposit_of(with_prefix(full_issue)), "letters-from-the-lock")
    roles = {
        "".join(each.itertext()): each.get("contributor_role") for each in record.find("c:contributors", NS)
    }
    assert {" ".join(name.split()): role for name, role in roles.items()} == {
        "安·沃特斯": "author",
        "许知远舟": "translator",
    }


def test_what_was_typed_comes_out_as_it_was_typed() -> None:
    articles = [
        make.article(
            f"typed-{number}",
            words,
            make.paragraph("正文"),
            abstract=(words,),
            credits=make.written_by(make.person(words, kind="corporate")),
        )
        for number, words in enumerate(LITERALS)
    ]
    tree = deposit_of(with_prefix(make.issue(*articles)))
    collapsed = [" ".join(words.split()) for words in LITERALS]
    assert said(tree, ".//c:titles/c:title") == LITERALS
    assert said(tree, ".//{http://www.ncbi.nlm.nih.gov/JATS1}p") == LITERALS
    assert [" ".join(name.split()) for name in said(tree, ".//c:organization")] == collapsed


def test_a_name_that_crossref_takes_for_no_persons_is_an_organisations() -> None:
    people = make.written_by(make.person("读者2049"), make.person("谁？"), make.person("who?"))
    article = make.article("odd-names", "怪名字", make.paragraph("正文"), credits=people)
    tree = deposit_of(with_prefix(make.issue(article)))
    assert said(tree, ".//c:organization") == ["读者2049", "who?"]
    assert said(tree, ".//c:surname") == ["谁？"]


def test_a_newer_text_is_a_newer_deposit(full_issue: IssueText) -> None:
    corrected = [article for article in full_issue.articles if article.corrected_at]
    before = replace(full_issue, articles=only(full_issue.articles, corrected))
    stamps = [
        deposit_of(with_prefix(issue)).findtext(".//c:timestamp", None, NS) for issue in (before, full_issue)
    ]
    assert int(stamps[0]) < int(stamps[1])


def only(articles: Sequence[ArticleText], without: Sequence[ArticleText]) -> tuple[ArticleText, ...]:
    return tuple(article for article in articles if article not in without)


# What is refused.


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"doi_prefix": ""}, "CROSSREF_PREFIX"),
        ({"doi_prefix": "doi:10.12345"}, "CROSSREF_PREFIX"),
        ({"submission_address": ""}, "CROSSREF_EMAIL"),
        ({"issn": ""}, "ISSN"),
    ],
)
def test_it_is_refused_with_what_to_set(
    full_issue: IssueText, tmp_path: Path, form: dict[str, str], told: str
) -> None:
    out = tmp_path / "deposit.xml"
    with pytest.raises(EditionError, match=told):
        build("crossref", with_prefix(full_issue, **form), out)
    assert not out.exists()


def test_an_article_without_a_page_is_refused_by_its_name(full_issue: IssueText, tmp_path: Path) -> None:
    waiting = replace(full_issue.articles[1], published_at=None)
    with pytest.raises(EditionError, match=waiting.title_line):
        build("crossref", with_prefix(full_issue), tmp_path / "deposit.xml", article=waiting)


def test_a_control_character_is_refused_by_its_place(tmp_path: Path) -> None:
    article = make.article("odd", "有怪字符的一篇", make.paragraph("正文"), abstract=("前\x0b后",))
    with pytest.raises(EditionError, match="有怪字符的一篇"):
        build("crossref", with_prefix(make.issue(article)), tmp_path / "deposit.xml")
