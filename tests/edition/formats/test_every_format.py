"""What was reviewed comes out whole in every format, and the checker of each has nothing to say."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import Article, Issue
from journal.edition.formats.contract import FORMATS, build, format_named
from journal.edition.formats.reading import read_issue
from journal.edition.formats.text import IssueText
from tests.edition.formats.taking_out import CHECKS, TAKE_OUT, Taken
from tests.sample.conftest import loaded, loaded_once, plain_paper

__all__ = ["loaded", "loaded_once", "plain_paper"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def invented(loaded: None) -> Issue:
    """An issue of the sample journal with notes, tables, lists and pictures."""
    return Issue.objects.get(year=2026, number="10")


@pytest.fixture
def real(shared: Path, db: None) -> Issue:
    call_command("import_issue", str(shared / "import/issue-2024-07/source.md"), verbosity=0)
    return Issue.objects.get(year=2024, number="7")


def written(name: str, issue: IssueText, folder: Path) -> Path:
    out = folder / format_named(name).file_name(issue)
    build(name, depositable(issue), out)
    return out


def depositable(issue: IssueText) -> IssueText:
    """With what Crossref asks of a journal and of its pages, whatever kind of publication it is."""
    journal = replace(
        issue.journal, doi_prefix="10.12345", issn="9999-9994", submission_address="tougao@lanjiang.example"
    )
    out = datetime.datetime(2026, 10, 5, tzinfo=datetime.UTC)
    articles = (replace(each, published_at=each.published_at or out) for each in issue.articles)
    return replace(issue, journal=journal, articles=tuple(articles))


def lost_in(name: str, issue: Issue, folder: Path) -> dict[str, list[str]]:
    """Article → what of its text is not whole in the file."""
    text = read_issue(issue, published=False)
    taken = TAKE_OUT[name](written(name, text, folder), text)
    articles = Article.objects.filter(pk__in=[each.pk for each in text.articles])
    assert len(taken) == len(articles) > 0
    lost = {article.title: taken[article.code].missing(article.body) for article in articles}
    return {title: pieces for title, pieces in lost.items() if pieces}


def test_formats_that_carry_texts_are_held_to_them_here() -> None:
    with_texts = {name for name in FORMATS if format_named(name).texts}
    assert with_texts - {"proof"} <= set(TAKE_OUT)  # the proof is the PDF with figures between its lines


@pytest.mark.parametrize("name", sorted(FORMATS.keys() & TAKE_OUT.keys()))
def test_a_reviewed_text_comes_out_whole(name: str, invented: Issue, tmp_path: Path) -> None:
    assert lost_in(name, invented, tmp_path) == {}


def test_a_lost_word_is_noticed() -> None:
    """The measure itself."""
    figure = "<figure><figcaption>图 说</figcaption></figure>"
    body = f'<p>第一段<sup class="footnote">注一</sup>。</p><p>第二段。</p>{figure}'
    assert Taken("第一段。第二段。图说", "1注一").missing(body) == []
    assert Taken("第二段。第一段。图说", "1注一").missing(body) == ["第二段。"]
    assert Taken("第一。第二段。", "").missing(body) == ["第一段。", "注一", "图说"]


def test_a_column_may_end_inside_a_paragraph_but_no_word_may_be_lost() -> None:
    """The measure of printed pages."""
    body = "<p>雾天里渡船不开，石阶上坐满了等船的人。</p>"
    whole = Taken("雾天里渡船不开，石阶上（注）坐满了等船的人。", "", printed=True)
    torn = Taken("雾天里渡船不开，石阶上（注）满了等船的人。", "", printed=True)
    assert whole.missing(body) == []
    assert torn.missing(body) == ["雾天里渡船不开，石阶上坐满了等船的人。"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_sample_issue_is_built_and_its_checker_is_content(
    name: str, invented: Issue, tmp_path: Path
) -> None:
    text = read_issue(invented, published=True)
    out = written(name, text, tmp_path)
    assert out.stat().st_size > 0
    assert name not in CHECKS or CHECKS[name](out) == []
    assert out.read_bytes() == written(name, text, tmp_path).read_bytes()


@pytest.mark.parametrize("name", [name for name in sorted(FORMATS) if format_named(name).article])
def test_every_article_is_built_alone(name: str, invented: Issue, tmp_path: Path) -> None:
    text = depositable(read_issue(invented, published=True))
    for article in text.articles:
        build(name, text, tmp_path / "one", article=article)
        assert (tmp_path / "one").stat().st_size > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_real_issue_comes_out_whole_and_its_checker_is_content(
    name: str, real: Issue, tmp_path: Path
) -> None:
    if name in TAKE_OUT:
        assert lost_in(name, real, tmp_path) == {}
    out = written(name, read_issue(real, published=False), tmp_path)
    assert out.stat().st_size > 0
    assert name not in CHECKS or CHECKS[name](out) == []
