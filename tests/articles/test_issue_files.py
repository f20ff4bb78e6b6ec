"""Files made of an issue: asked for once, kept, offered as signed, gone with what is taken down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db.models import QuerySet

from articles import issue_files, offered_files, press, workflow
from articles.file_fingerprints import Fingerprints
from articles.models import Article, Author, Byline, Issue, IssueFile, Journal, MastheadLine
from articles.press import IssueStage
from articles.refusals import Refused
from tests.factories import Cast, make_issue, make_journal, printed_issue
from tests.files import made_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    make_journal()
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    return printed_issue(cast, 2, year=2024, number="7")


def offer(issue: Issue, file: IssueFile, cast: Cast) -> Any:
    return press.perform("offer_file", issue, cast.publisher, file=file)


def take_down(article: Article, cast: Cast) -> None:
    words = {"notice": "本文已撤下。", "reason": "作者来函。"}
    workflow.perform("approve_retraction", article, cast.chief, **words)
    workflow.perform("take_down", article, cast.publisher)


# Making.


def test_two_people_who_ask_at_once_get_one_making(issue: Issue, cast: Cast) -> None:
    issue_files.ask(issue, "pdf", cast.head)
    with pytest.raises(Refused) as refused:
        issue_files.ask(issue, "pdf", cast.chief)
    assert (refused.value.code, refused.value.status) == ("in-making", 409)
    issue_files.ask(issue, "epub", cast.chief)
    first, second = issue.articles.all()
    issue_files.ask(issue, "docx", cast.chief, article=first)
    issue_files.ask(issue, "docx", cast.chief, article=second)
    with pytest.raises(Refused):
        issue_files.ask(issue, "docx", cast.head, article=second)
    assert issue.files.in_making().count() == 4


def test_a_house_makes_so_many_files_at_once_and_no_more(issue: Issue, cast: Cast) -> None:
    for number in range(issue_files.MOST_AT_ONCE):
        issue_files.ask(issue, f"format-{number}", cast.head)
    with pytest.raises(Refused) as refused:
        issue_files.ask(issue, "pdf", cast.head)
    assert refused.value.code == "busy"


def test_an_article_of_another_issue_is_refused(issue: Issue, cast: Cast) -> None:
    other = printed_issue(cast, 1, year=2023, number="7").articles.get()
    with pytest.raises(Refused) as refused:
        issue_files.ask(issue, "docx", cast.head, article=other)
    assert refused.value.code == "other-issue"


def test_what_is_made_is_kept_privately_with_its_hash(issue: Issue, cast: Cast) -> None:
    file = made_file(issue, by=cast.head, content=b"%PDF as made")
    assert (file.state, file.name, file.size, file.sentence) == ("made", "2024-07.pdf", 12, "")
    assert file.file.read() == b"%PDF as made"
    assert file.file.storage.location == storages["originals"].location
    assert "2024" not in file.file.name


def test_a_new_making_takes_the_place_of_the_one_before(
    issue: Issue, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    first = made_file(issue, content=b"the first")
    with django_capture_on_commit_callbacks(execute=True):
        second = made_file(issue, content=b"the second")
    assert list(issue.files.all()) == [second]
    assert not first.file.storage.exists(first.file.name)
    assert second.file.storage.exists(second.file.name)


def test_what_readers_are_offered_stays_while_newer_ones_are_made(issue: Issue, cast: Cast) -> None:
    offered = made_file(issue)
    offer(issue, offered, cast)
    made_file(issue)
    newest = made_file(issue)
    assert set(issue.files.all()) == {offered, newest}


def test_a_making_that_fails_leaves_what_was_made_before(issue: Issue, cast: Cast) -> None:
    made = made_file(issue)
    for sentence in ("The picture is missing.", "The text has no end."):
        attempt = issue_files.ask(issue, "pdf", cast.head)
        issue_files.begin(attempt)
        issue_files.refuse(attempt, sentence)
    assert {(file.pk, file.sentence) for file in issue.files.all()} == {
        (made.pk, ""),
        (attempt.pk, "The text has no end."),
    }


# What a file was made from.


def change(model: Any, **fields: Any) -> None:
    QuerySet.update(model, **fields)


CHANGES: dict[str, Callable[[Issue], None]] = {
    "a text": lambda issue: change(Article.objects.filter(issue=issue), body="<p>改过。</p>"),
    "a title": lambda issue: change(Article.objects.filter(pk=issue.articles.first().pk), title="改题"),
    "the pages": lambda issue: change(Article.objects.filter(pk=issue.articles.last().pk), last_page=9),
    "a name": lambda issue: change(Author.objects.filter(bylines__article__issue=issue), name="贺苇（女）"),
    "a byline": lambda issue: change(Byline.objects.filter(article__issue=issue), printed_unit="文化馆"),
    "the slogans": lambda issue: change(Issue.objects.filter(pk=issue.pk), slogans=["新春"]),
    "the masthead": lambda issue: MastheadLine.objects.create(issue=issue, label="主编", values=["沈望川"]),
    "the journal": lambda _issue: change(Journal.objects.all(), name="新澜江"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_file_knows_that_something_it_shows_was_changed(issue: Issue, cast: Cast, what: str) -> None:
    file = made_file(issue)
    assert file.fingerprint == Fingerprints(issue).of()
    CHANGES[what](issue)
    assert file.fingerprint != Fingerprints(Issue.objects.get(pk=issue.pk)).of()


def test_a_file_of_an_article_is_not_touched_by_the_others(issue: Issue, cast: Cast) -> None:
    first, second = issue.articles.order_by("pk")
    file = made_file(issue, "docx", article=first)
    change(Article.objects.filter(pk=second.pk), body="<p>改过。</p>")
    assert file.fingerprint == Fingerprints(issue).of(first.pk)
    change(Article.objects.filter(pk=first.pk), body="<p>改过。</p>")
    assert file.fingerprint != Fingerprints(issue).of(first.pk)


def test_what_was_made_before_the_press_order_is_not_what_was_signed(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.READING)
    file = made_file(issue)
    press.perform("sign_reading", issue, cast.editor)
    press.perform("sign", issue, cast.chief)
    with pytest.raises(Refused) as refused:
        offer(issue, file, cast)
    assert refused.value.code == "outdated"


def test_a_signed_issue_s_file_stays_good_when_the_issue_comes_out(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.SIGNED)
    file = made_file(issue)
    offer(issue, file, cast)
    press.perform("publish", issue, cast.publisher)
    assert offered_files.outdated(issue) == []
    assert list(issue.files.offered()) == [file]


def test_the_number_of_queries_does_not_depend_on_the_articles(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 9):
        issue = printed_issue(cast, count, year=2020 + count, number="1")
        with django_assert_max_num_queries(9):
            found = Fingerprints(issue)
            assert len({found.of(), *(found.of(pk) for pk in found.articles)}) == count + 1


# Readers.


def test_an_offer_is_a_decision_in_the_record(issue: Issue, cast: Cast) -> None:
    file = made_file(issue)
    event = offer(issue, file, cast)
    assert event.data["sha256"] == file.sha256
    assert list(issue.files.offered()) == [file]
    event = press.perform("withdraw_file", issue, cast.publisher, file=file)
    assert event.data["file"] == "2024-07.pdf"
    assert not issue.files.offered().exists()


def test_a_newer_file_takes_the_place_of_the_one_on_offer(issue: Issue, cast: Cast) -> None:
    first, other = made_file(issue), made_file(issue, "epub")
    offer(issue, first, cast)
    offer(issue, other, cast)
    second = made_file(issue)
    offer(issue, second, cast)
    assert set(issue.files.offered()) == {second, other}


@pytest.mark.parametrize("case", ["docx", "article", "other issue", "not made", "twice", "outdated"])
def test_readers_are_offered_whole_files_of_the_text_as_it_is(issue: Issue, cast: Cast, case: str) -> None:
    file = made_file(issue, "docx" if case == "docx" else "pdf")
    if case == "article":
        file = made_file(issue, article=issue.articles.first())
    if case == "other issue":
        file = made_file(printed_issue(cast, 1, year=2023, number="1"))
    if case == "not made":
        file = issue_files.ask(issue, "pdf", cast.head)
    if case == "twice":
        offer(issue, file, cast)
    if case == "outdated":
        CHANGES["a title"](issue)
    before = set(issue.files.offered())
    with pytest.raises(Refused) as refused:
        offer(issue, file, cast)
    assert refused.value.code == {"twice": "no-change", "outdated": "outdated"}.get(case, "no-such-file")
    assert set(issue.files.offered()) == before


def test_what_is_taken_down_takes_the_files_that_hold_it_along(issue: Issue, cast: Cast) -> None:
    for format in ("pdf", "epub"):
        offer(issue, made_file(issue, format), cast)
    take_down(issue.articles.first(), cast)
    assert not issue.files.offered().exists()
    told = issue.events.filter(action="withdraw_file")
    assert {event.data["format"] for event in told} == {"pdf", "epub"}
    with pytest.raises(Refused) as refused:
        offer(issue, issue.files.filter(format="pdf").get(), cast)
    assert refused.value.code == "outdated"


def test_a_correction_leaves_the_file_on_offer_and_calls_it_outdated(issue: Issue, cast: Cast) -> None:
    file = made_file(issue)
    offer(issue, file, cast)
    words = {"text": {"body": "<p>更正。</p>"}, "notice": "更正一处。", "reason": "读者来信。"}
    workflow.perform("approve_correction", issue.articles.first(), cast.chief, **words)
    workflow.perform("correct", issue.articles.first(), cast.publisher)
    assert list(issue.files.offered()) == [file]
    assert offered_files.outdated(issue) == [file]


def test_taking_the_press_order_back_takes_the_offer_back(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.SIGNED)
    file = made_file(issue)
    offer(issue, file, cast)
    event = press.perform("reopen", issue, cast.chief, reason="还要改一处。")
    assert not issue.files.offered().exists()
    assert event.data["withdrawn"][0]["sha256"] == file.sha256
