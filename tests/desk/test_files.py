"""The files of an issue at the desk: what is there, made on request, taken along, offered to readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from articles import issue_files, press
from articles.models import Article, Issue
from articles.press import IssueStage
from journal.edition import making
from journal.edition.formats import contract
from tests.factories import Cast, make_issue, make_journal, printed_issue
from tests.fake_formats import broken
from tests.files import made_file

pytestmark = pytest.mark.django_db

AtDesk = Callable[..., Client]


@pytest.fixture(autouse=True)
def formats(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes = {name: f"tests.fake_formats.{name}" for name in ("pdf", "docx", "broken")}
    monkeypatch.setattr("journal.desk.files.lines.FORMATS", fakes)
    for name, module in fakes.items():
        monkeypatch.setitem(contract.FORMATS, name, module)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "begin_process", lambda file, _lock: making.make(file))


@pytest.fixture
def issue(cast: Cast) -> Issue:
    make_journal(name="澜江")
    return printed_issue(cast, 2, year=2024, number="7")


def page(client: Client, issue: Issue, **headers: str) -> str:
    answer = client.get(reverse("admin:articles_issue_files", args=[issue.pk]), headers=headers)
    assert answer.status_code == 200
    return str(answer.content.decode())


def do(client: Client, issue: Issue, **words: Any) -> Any:
    words.setdefault("version", Issue.objects.get(pk=issue.pk).version)
    return client.post(reverse("admin:articles_issue_files_do", args=[issue.pk]), words)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_format_is_listed_and_made_on_request(at_desk: AtDesk, cast: Cast, issue: Issue) -> None:
    client = at_desk("head")
    assert 'id="make-pdf"' in page(client, issue)
    assert do(client, issue, make="pdf").status_code == 302
    file = issue.files.get()
    shown = page(client, issue)
    assert "2024-07.pdf" in shown
    assert cast.head.get_full_name() in shown
    assert reverse("admin:articles_issue_file", args=[issue.pk, file.pk]) in shown


def test_an_article_s_word_file_is_made_by_itself(at_desk: AtDesk, issue: Issue) -> None:
    client, article = at_desk("editor"), issue.articles.first()
    do(client, issue, make=f"docx-{article.pk}")
    assert issue.files.get().article == article
    assert f"2024-07-{article.code}.docx" in page(client, issue)


def test_why_it_cannot_be_made_stands_on_the_page(at_desk: AtDesk, issue: Issue) -> None:
    client = at_desk("head")
    do(client, issue, make="broken")
    assert broken.SENTENCE in page(client, issue)
    assert 'id="make-broken"' in page(client, issue)


def test_the_page_says_how_far_it_is_and_the_script_gets_the_list_alone(
    at_desk: AtDesk, cast: Cast, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journal.desk.files.lines.is_worked_at", lambda _file: True)
    file = issue_files.ask(issue, "pdf", cast.head)
    assert gettext("Waits for its turn …") in page(at_desk("chief"), issue)
    issue_files.begin(file)
    issue_files.tell(file, "正在排第 12 页。")
    shown = page(at_desk("chief"), issue, **{"X-Files": "1"})
    assert "正在排第 12 页。" in shown
    assert "data-working" in shown
    assert "<html" not in shown
    assert 'id="make-pdf"' not in shown


def test_a_making_nobody_works_at_is_shown_as_broken_off_and_made_again(
    at_desk: AtDesk, cast: Cast, issue: Issue
) -> None:
    issue_files.ask(issue, "pdf", cast.head)
    client = at_desk("head")
    shown = page(client, issue)
    assert gettext("Making it broke off. Nothing was lost: make it again.") in shown
    assert "data-working" not in shown
    do(client, issue, make="pdf")
    assert [file.state for file in issue.files.all()] == ["made"]


def test_a_making_that_ends_while_somebody_looks_is_shown_as_made(
    at_desk: AtDesk, cast: Cast, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue_files.ask(issue, "pdf", cast.head)
    monkeypatch.setattr("journal.desk.files.lines.is_worked_at", lambda file: bool(making.make(file)))
    shown = page(at_desk("head"), issue)
    assert "2024-07.pdf" in shown
    assert gettext("Making it broke off. Nothing was lost: make it again.") not in shown


def test_two_presses_are_told_that_it_is_being_made(
    at_desk: AtDesk, cast: Cast, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journal.edition.making.is_worked_at", lambda _file: True)
    issue_files.ask(issue, "pdf", cast.head)
    assert do(at_desk("chief"), issue, make="pdf").status_code == 409
    assert issue.files.count() == 1


@pytest.mark.parametrize("key", ["", "nonsense", "pdf-1", "docx-999999999", "../etc"])
def test_a_file_there_is_not_is_refused(at_desk: AtDesk, issue: Issue, key: str) -> None:
    assert do(at_desk("head"), issue, make=key).status_code == 422
    assert not issue.files.exists()


def test_a_file_made_before_a_change_says_so(at_desk: AtDesk, issue: Issue) -> None:
    made_file(issue)
    words = gettext("Made before the last change: it does not show the issue as it is.")
    assert words not in page(at_desk("head"), issue)
    QuerySet.update(Article.objects.filter(pk=issue.articles.first().pk), title="改题")
    assert words in page(at_desk("head"), issue)


# Taking along.


def test_a_file_is_a_download_and_never_a_page(at_desk: AtDesk, issue: Issue) -> None:
    file = made_file(issue, content=b"%PDF taken along")
    answer = at_desk("proofreader").get(reverse("admin:articles_issue_file", args=[issue.pk, file.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF taken along"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2024-07.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_nginx_is_told_which_file_it_is(at_desk: AtDesk, issue: Issue, settings: Any) -> None:
    settings.ORIGINALS_ACCEL = "/originals/"
    file = made_file(issue)
    answer = at_desk("head").get(reverse("admin:articles_issue_file", args=[issue.pk, file.pk]))
    assert answer.headers["X-Accel-Redirect"] == f"/originals/{file.file.name}"


@pytest.mark.parametrize("case", ["other issue", "not made", "gone"])
def test_only_a_whole_file_of_this_issue_is_given(
    at_desk: AtDesk, cast: Cast, issue: Issue, case: str
) -> None:
    file = made_file(printed_issue(cast, 1, year=2020, number="1") if case == "other issue" else issue)
    if case == "not made":
        file = issue_files.ask(issue, "pdf", cast.head)
    if case == "gone":
        file.file.storage.delete(file.file.name)
    answer = at_desk("head").get(reverse("admin:articles_issue_file", args=[issue.pk, file.pk]))
    assert answer.status_code == 404


# Readers.


def test_the_publisher_offers_a_file_and_withdraws_it(at_desk: AtDesk, issue: Issue) -> None:
    client, file = at_desk("publisher"), made_file(issue)
    assert 'id="offer-pdf"' in page(client, issue)
    assert do(client, issue, offer_file=file.pk).status_code == 302
    assert list(issue.files.offered()) == [file]
    assert 'id="offer-pdf"' not in page(client, issue)
    do(client, issue, withdraw_file=file.pk)
    assert not issue.files.offered().exists()


@pytest.mark.parametrize("who", ["registrar", "editor", "head", "chief", "proofreader"])
def test_the_others_see_what_is_offered_and_decide_nothing(at_desk: AtDesk, issue: Issue, who: str) -> None:
    file = made_file(issue)
    assert 'id="offer-pdf"' not in page(at_desk(who), issue)
    assert do(at_desk(who), issue, offer_file=file.pk).status_code == 403
    assert not issue.files.offered().exists()


def test_an_issue_in_the_making_offers_nothing(at_desk: AtDesk, cast: Cast) -> None:
    make_journal(name="澜江")
    issue = make_issue(cast, IssueStage.READING)
    file = made_file(issue)
    assert do(at_desk("publisher"), issue, offer_file=file.pk).status_code == 409
    assert 'id="offer-pdf"' not in page(at_desk("publisher"), issue)


def test_an_old_page_decides_nothing(at_desk: AtDesk, issue: Issue) -> None:
    file = made_file(issue)
    assert do(at_desk("publisher"), issue, offer_file=file.pk, version=0).status_code == 409
    assert do(at_desk("publisher"), issue, offer_file="x").status_code == 422
    assert do(at_desk("publisher"), issue).status_code == 422
    assert not issue.files.offered().exists()


def test_an_outdated_file_on_offer_is_told_here_and_where_the_issue_is_published(
    at_desk: AtDesk, cast: Cast, issue: Issue
) -> None:
    press.perform("offer_file", issue, cast.publisher, file=made_file(issue))
    client = at_desk("publisher")
    publishing = reverse("admin:articles_issue_publishing", args=[issue.pk])
    assert "2024-07.pdf" not in text(client.get(publishing))
    QuerySet.update(Article.objects.filter(pk=issue.articles.first().pk), title="改题")
    assert "errornote" in page(client, issue)
    assert "2024-07.pdf" in text(client.get(publishing))
    made_file(issue)
    assert "errornote" in page(client, issue)


def test_the_screens_of_an_issue_lead_to_its_files(at_desk: AtDesk, issue: Issue) -> None:
    way = reverse("admin:articles_issue_files", args=[issue.pk])
    for name in ("change", "board", "publishing", "press", "files"):
        assert way in text(at_desk("head").get(reverse(f"admin:articles_issue_{name}", args=[issue.pk])))


@pytest.mark.parametrize("count", [1, 8])
def test_the_number_of_queries_does_not_depend_on_the_articles(
    at_desk: AtDesk, cast: Cast, count: int, django_assert_max_num_queries: Any
) -> None:
    make_journal(name="澜江")
    issue = printed_issue(cast, count, year=2024, number="7")
    for article in issue.articles.all():
        made_file(issue, "docx", article=article, by=cast.head)
    client = at_desk("publisher")
    page(client, issue)
    with django_assert_max_num_queries(20):
        page(client, issue)


# On the board.


def test_the_board_says_where_the_setting_differs_and_takes_it_over(at_desk: AtDesk, cast: Cast) -> None:
    make_journal(name="澜江")
    issue = make_issue(cast, IssueStage.PROOFING, page_count=4)
    first, second = issue.articles.in_page_order()
    made_file(issue, landing=issue_files.Landing({first.pk: (1, 1), second.pk: (2, 4)}, 4))
    board = reverse("admin:articles_issue_board", args=[issue.pk])
    client = at_desk("head")
    shown = text(client.get(board))
    planned = {"pages": "2–4", "planned": "3–4"}
    assert gettext("Set on the pages %(pages)s, planned %(planned)s") % planned in shown
    assert 'id="landing-go"' in shown
    assert 'id="landing-go"' not in text(at_desk("proofreader").get(board))
    seen = re.search(r'name="seen" value="([^"]+)"', shown)
    assert seen is not None
    words = {"do": "landing", "seen": seen[1]}
    assert client.post(reverse("admin:articles_issue_board_do", args=[issue.pk]), words).status_code == 302
    second.refresh_from_db()
    assert (second.first_page, second.last_page) == (2, 4)
    assert gettext("Every article stands where the setting put it.") in text(client.get(board))
