"""What is corrected or taken down: readers see it at once, and only what shows it is baked again."""

from __future__ import annotations

from typing import Any

import pytest

from articles import press, workflow
from articles.models import Article, Issue
from journal.edition import due, going_back, receivers, store
from journal.edition.bake import bake
from journal.edition.manifest import Manifest, verify
from journal.edition.models import Edition
from tests.edition.conftest import Door
from tests.factories import Cast, make_journal, make_section, printed_issue
from tests.public.conftest import set_fields

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(db: None) -> Cast:
    make_journal(name="澜江", publication_type="serial")
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """Twelve articles of one author in one section, beside another issue."""
    printed_issue(cast, 4, year=2026, number="6")
    issue = printed_issue(cast, 12, year=2026, number="7")
    for article in issue.articles.all():
        set_fields(article, section=make_section())
    bake()
    return issue


def correct(cast: Cast, article: Article, **text: Any) -> None:
    words = {"reason": "错字", "notice": "更正一字。", "text": text}
    workflow.perform("approve_correction", article, cast.chief, **words)
    workflow.perform("correct", article, cast.publisher)


def take_down(cast: Cast, article: Article) -> None:
    workflow.perform("approve_retraction", article, cast.chief, reason="事实有误。", notice="本文已撤下。")
    workflow.perform("take_down", article, cast.publisher)


def newly_baked() -> set[str]:
    """The groups of the newest edition that are not those of the one before."""
    new, old = (Manifest(store.folder(number)) for number in store.numbers()[-1:-3:-1])
    return {key for key in new.places if new.fingerprint(key) != old.fingerprint(key)}


def body_with(article: Article, wrong: str, right: str) -> str:
    assert wrong in article.body
    return article.body.replace(wrong, right)


def test_one_corrected_word_bakes_the_article_and_what_lists_it(cast: Cast, issue: Issue) -> None:
    article = issue.articles.in_page_order()[5]
    correct(cast, article, body=body_with(article, "次过江", "次渡江"))
    author = article.bylines.get().author.get_absolute_url()
    assert newly_baked() == {
        f"public {address}"
        for address in (
            article.get_absolute_url(),
            issue.get_absolute_url(),
            "/",
            "/issues/2026/index/",
            "/feed/",
            "/sitemap.xml",
            "/corrections/",
            "/sections/people/",
            author,
        )
    }
    # The article with two citations, contents, home, year index, corrections, section and author, their
    # feeds …: not the other eleven articles.
    assert Edition.objects.first().pages_baked == 17
    page = Door(store.root()).get(article.get_absolute_url()).body.decode()
    assert "次渡江" in page
    assert "次过江" not in page
    assert "更正一字。" in page
    assert verify(store.folder(store.current() or 0)) == []


def test_a_corrected_title_is_baked_where_its_neighbours_name_it(cast: Cast, issue: Issue) -> None:
    before, article, after, beyond = issue.articles.in_page_order()[4:8]
    correct(cast, article, title="改过的题目")
    door = Door(store.root())
    for neighbour in (before, after):
        assert "改过的题目" in door.get(neighbour.get_absolute_url()).body.decode()
    assert f"public {beyond.get_absolute_url()}" not in newly_baked()


def test_a_corrected_part_of_a_serial_is_baked_with_its_other_parts(cast: Cast, issue: Issue) -> None:
    first, other = issue.articles.in_page_order()[1], issue.articles.in_page_order()[9]
    for part, mark in ((first, "上"), (other, "下")):
        set_fields(part, series="渡口", series_part=mark)
    bake()
    correct(cast, first, title="改过的题目")
    assert "改过的题目" in Door(store.root()).get(other.get_absolute_url()).body.decode()


def test_taken_down_an_article_leaves_its_place_and_every_list(cast: Cast, issue: Issue) -> None:
    before, article, after = issue.articles.in_page_order()[4:7]
    address = article.get_absolute_url()
    take_down(cast, article)
    door = Door(store.root())
    gone = door.get(address)
    assert (gone.status, "本文已撤下。" in gone.body.decode()) == (200, True)
    assert "noindex" in gone.body.decode()
    assert article.body[3:12] not in gone.body.decode()
    for listing in ("/feed/", "/sitemap.xml", "/sections/people/", "/"):
        assert address.encode() not in door.get(listing).body, listing
    contents = door.get(issue.get_absolute_url()).body.decode()
    assert 'id="taken-down"' in contents
    assert contents.count(address) == 1  # the way to the notice, and no entry
    assert door.get(f"{address}{article.code}.bib").status == 599
    for neighbour, other in ((before, after), (after, before)):
        page = door.get(neighbour.get_absolute_url()).body.decode()
        assert address not in page
        assert other.get_absolute_url() in page


def test_a_members_issue_is_corrected_behind_its_door(cast: Cast, issue: Issue) -> None:
    press.perform("close", issue, cast.chief, reason="供登录读者")
    article = issue.articles.in_page_order()[5]
    correct(cast, article, body=body_with(article, "次过江", "次渡江"))
    top = store.folder(store.current() or 0)
    place = f"{article.get_absolute_url().strip('/')}/index.html"
    assert "次渡江" in (top / "members" / place).read_text(encoding="utf-8")
    assert not (top / "public" / place).exists()
    assert newly_baked() == {f"members {thing.get_absolute_url()}" for thing in (article, issue)}


def test_who_dies_between_a_decision_and_its_pages_is_caught_up_by_the_next_run(
    cast: Cast, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = issue.articles.in_page_order()[5]
    with monkeypatch.context() as patch:
        patch.setattr(receivers, "bake", lambda **_: None)  # the process is dead by then
        take_down(cast, article)
    assert "本文已撤下。" not in Door(store.root()).get(article.get_absolute_url()).body.decode()
    assert due.catch_up() is not None
    assert "本文已撤下。" in Door(store.root()).get(article.get_absolute_url()).body.decode()
    assert due.catch_up() is None


def test_to_go_back_is_no_interruption(cast: Cast, issue: Issue) -> None:
    first = store.current() or 0
    correct(cast, issue.articles.in_page_order()[5], title="改过的题目")
    going_back.show(first, cast.publisher, reason="题目没有错")
    assert due.catch_up() is None
    assert store.current() == first


def test_nothing_else_is_baked_than_what_a_full_bake_would_write(cast: Cast, issue: Issue) -> None:
    """The fine groups may forget nothing: every file is that of a bake from nothing."""
    articles = list(issue.articles.in_page_order())
    correct(cast, articles[3], title="改过的题目", abstract="新的提要")
    take_down(cast, articles[7])
    correct(cast, articles[0], body=body_with(articles[0], "次过江", "次渡江"))
    fine = files()
    bake(full=True)
    assert {path for path, body in files().items() if fine.get(path) != body} == set()
    assert set(fine) == set(files())


def files() -> dict[str, bytes]:
    top = store.folder(store.current() or 0)
    return {
        path: (top / path).read_bytes()
        for path in Manifest(top).paths()
        if not path.endswith((".gz", ".br", "manifest.json"))
    }
