"""What readers may no longer see leaves the edition with the decision, not with the bake after it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from unittest import mock

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction

from articles import press, workflow
from articles.models import Article, Issue, Journal
from journal.edition import publish, receivers, store
from journal.edition.bake import bake
from journal.edition.bundle.export import export_site
from journal.edition.manifest import verify
from journal.edition.serve import EditionFiles
from tests.edition.conftest import Door
from tests.factories import Cast, make_issue, make_journal, printed_issue
from tests.public.conftest import add_author, add_figure

pytestmark = pytest.mark.django_db(transaction=True)

NOBODY_THERE, FORBIDDEN = 599, 403


class BrokenError(Exception):
    """What goes wrong in the tests."""


@pytest.fixture
def cast(db: None) -> Cast:
    make_journal(name="澜江", publication_type="serial")
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """On line, a picture in its first article, with another issue beside it."""
    printed_issue(cast, 2, year=2025, number="2")
    found = printed_issue(cast, 2, year=2025, number="3")
    add_figure(found.articles.first())
    add_author(found.articles.first(), "顾晓川")
    bake()
    return found


@pytest.fixture
def no_bake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bake after a decision fails."""
    monkeypatch.setattr(receivers, "bake", mock.Mock(side_effect=BrokenError))


def files() -> Door:
    """The files alone."""
    return Door(store.root())


def house() -> Door:
    return Door(store.root(), WSGIHandler())


def addresses_of(issue: Issue) -> list[str]:
    article = issue.articles.first()
    address = article.get_absolute_url()
    picture = article.figures.first()
    pictures = [picture.image.url] if picture else []
    return [issue.get_absolute_url(), address, f"{address}{article.code}.bib", *pictures]


def listing(issue: Issue) -> list[str]:
    article = issue.articles.first()
    author = article.bylines.first().author
    return [
        "/",
        "/issues/",
        f"/issues/{issue.year}/index/",
        "/feed/",
        "/sitemap.xml",
        author.get_absolute_url(),
    ]


def close(issue: Issue, cast: Cast) -> None:
    press.perform("close", issue, cast.chief, reason="版权方要求")


def test_a_closed_issue_leaves_the_files_though_no_bake_follows(
    issue: Issue, cast: Cast, no_bake: None
) -> None:
    before = [files().get(address).status for address in (*addresses_of(issue), *listing(issue))]
    assert set(before) == {200}
    close(issue, cast)
    assert {files().get(address).status for address in addresses_of(issue)} == {NOBODY_THERE}
    assert house().get(issue.get_absolute_url()).status == FORBIDDEN
    for address in listing(issue):
        answer = house().get(address)
        assert answer.status in {200, 404}, address
        assert issue.articles.first().title_line.encode() not in answer.body, address
    assert files().get("/issues/2025/2/").status == 200


def test_a_page_a_worker_keeps_in_memory_is_withdrawn_too(issue: Issue, cast: Cast, no_bake: None) -> None:
    door, asked = EditionFiles(lambda *_: [b"application"], store.root(), []), []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": issue.get_absolute_url()}

    def get() -> bytes:
        return b"".join(door(dict(environ), lambda status, _headers: asked.append(status)))

    assert get() == get() != b"application"
    close(issue, cast)
    assert get() == b"application"


def test_every_variant_is_withdrawn(cast: Cast, variants: list[str], no_bake: None) -> None:
    issue = printed_issue(cast, 1, year=2025, number="3")
    bake()
    close(issue, cast)
    for prefix in ("/zh-hant", "/en"):
        assert files().get(prefix + issue.get_absolute_url()).status == NOBODY_THERE
        assert files().get(f"{prefix}/").status == NOBODY_THERE


def test_what_is_withdrawn_is_gone_before_the_decision_is_committed(issue: Issue, cast: Cast) -> None:
    with transaction.atomic():
        close(issue, cast)
        assert files().get(issue.get_absolute_url()).status == NOBODY_THERE


def test_a_decision_that_is_not_committed_costs_readers_nothing(issue: Issue, cast: Cast) -> None:
    shown = house().get(issue.get_absolute_url()).body
    with suppress(BrokenError), transaction.atomic():
        close(issue, cast)
        raise BrokenError
    assert files().get(issue.get_absolute_url()).status == NOBODY_THERE
    answer = house().get(issue.get_absolute_url())
    assert (answer.status, answer.body) == (200, shown)
    assert bake().changed
    assert files().get(issue.get_absolute_url()).body == shown
    assert [verify(store.folder(number)) for number in store.numbers()] == [[], []]


def test_opened_again_it_is_baked_again(issue: Issue, cast: Cast, no_bake: None) -> None:
    close(issue, cast)
    press.perform("open_to_public", issue, cast.chief, reason="授权已续")
    bake()
    assert {files().get(address).status for address in (*addresses_of(issue), *listing(issue))} == {200}
    assert verify(store.folder(store.current() or 0)) == []


def test_the_rule_of_the_journal_withdraws_every_issue_nobody_decided_on(
    issue: Issue, cast: Cast, no_bake: None
) -> None:
    press.perform("close", issue, cast.chief, reason="版权方要求")
    press.perform("open_to_public", issue, cast.chief, reason="授权已续")
    bake()
    journal = Journal.objects.current()
    journal.publication_type = "internal"
    journal.save()
    assert files().get("/issues/2025/2/").status == NOBODY_THERE
    assert files().get("/issues/2025/3/").status == 200


def test_an_article_taken_down_leaves_the_files_though_no_bake_follows(
    issue: Issue, cast: Cast, no_bake: None
) -> None:
    article = issue.articles.first()
    other = issue.articles.exclude(pk=article.pk).get()
    addresses = [address for address in addresses_of(issue) if address != issue.get_absolute_url()]
    take_down(article, cast)
    assert {files().get(address).status for address in addresses} == {NOBODY_THERE}
    page = house().get(article.get_absolute_url())
    assert "本文已撤下。" in page.body.decode()
    assert "次过江" not in page.body.decode()
    assert files().get(other.get_absolute_url()).status == 200


def test_an_issue_closed_after_one_of_its_articles_was_taken_down_goes_whole(
    issue: Issue, cast: Cast, no_bake: None
) -> None:
    take_down(issue.articles.first(), cast)
    close(issue, cast)
    for article in issue.articles.all():
        assert files().get(article.get_absolute_url()).status == NOBODY_THERE
    assert verify(store.folder(1)) == []


def take_down(article: Article, cast: Cast) -> None:
    workflow.perform("approve_retraction", article, cast.chief, reason="事实有误。", notice="本文已撤下。")
    workflow.perform("take_down", article, cast.publisher)


def test_an_edition_under_way_does_not_show_it_again(
    issue: Issue, cast: Cast, no_bake: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It read the record before the decision and switches after it."""
    switch = store.switch

    def decided_meanwhile(number: int | None) -> None:
        close(issue, cast)
        switch(number)

    monkeypatch.setattr(store, "switch", decided_meanwhile)
    bake(full=True)
    assert store.current() == 2
    assert {files().get(address).status for address in addresses_of(issue)} == {NOBODY_THERE}


def test_publishing_goes_on_after_a_withdrawal(issue: Issue, cast: Cast, no_bake: None) -> None:
    close(issue, cast)
    new = make_issue(cast, "signed", year=2026, number="7")
    publish.publish(new, cast.publisher)
    assert files().get(new.get_absolute_url()).status == 200
    assert files().get(issue.get_absolute_url()).status == NOBODY_THERE
    assert verify(store.folder(store.current() or 0)) == []


def test_no_bundle_is_made_of_what_is_only_half_there(
    issue: Issue, cast: Cast, no_bake: None, tmp_path: Any
) -> None:
    close(issue, cast)
    with pytest.raises(store.EditionError):
        export_site(tmp_path / "site.zip")
    assert not (tmp_path / "site.zip").exists()
