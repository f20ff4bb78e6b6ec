"""No page of the desk asks the database more when its lists grow; what each may ask at most is written here.

A new address comes into ``MOST`` (a page: the most queries it may run) or, when it only takes what is posted,
into ``POSTED`` of ``test_permissions``. The goals: a list 15, the review screen 25.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import record, workflow
from articles.comments import add_comment
from articles.models import Article, Author, Byline, Call, Event, Figure, Issue, Phrase, Section, VisitTotal
from articles.stages import Stage
from journal.intake.models import CoverLetter, Delivery, IssueImport, ReceivedFile
from journal.notices.make import catch_up
from journal.notices.models import Notice, NoticeTemplate
from tests.desk.test_permissions import DOORS, NAMES, POSTED, a_delegation, arguments, private_files
from tests.factories import Cast, due_day, make_article, make_issue, make_journal, make_section, make_user
from tests.files import made_file

pytestmark = pytest.mark.django_db

#: The goals of speed.md for a list, a review, a save and the board; a manuscript's page has none of its own.
LIST, FORM, REVIEW, SAVE, BOARD = 15, 25, 25, 20, 20

#: Every page of the desk and the most queries it may run, session, account and rights included.
MOST: dict[str, int] = {
    "app_list": LIST,
    "articles_article_add": LIST,
    "articles_article_change": FORM,
    "articles_article_changelist": LIST,
    "articles_article_duplicates": LIST,
    "articles_article_history": LIST,
    "articles_article_life": LIST,
    "articles_article_life_csv": LIST,
    "articles_article_life_jsonl": LIST,
    "articles_article_photo": LIST,
    "articles_article_pictures": LIST,
    "articles_article_received": LIST,
    "articles_article_review": REVIEW,
    "articles_article_review_sheet": LIST,
    "articles_article_slip": LIST,
    "articles_article_version": LIST,
    "articles_article_versions": LIST,
    "articles_article_write": FORM,
    "articles_issue_proofs": FORM,
    "articles_issue_proofs_print": LIST,
    "articles_issue_error_rate": FORM,
    "articles_issue_press": FORM,
    "articles_issue_publishing": FORM,
    "articles_issue_form": FORM,
    "articles_issue_file": LIST,
    "articles_issue_files": FORM,
    "articles_author_add": LIST,
    "articles_author_change": LIST,
    "articles_author_changelist": LIST,
    "articles_author_delete": LIST,
    "articles_author_history": LIST,
    "articles_call_add": LIST,
    "articles_call_change": LIST,
    "articles_call_changelist": LIST,
    "articles_call_delete": LIST,
    "articles_call_history": LIST,
    "articles_event_change": LIST,
    "articles_event_changelist": LIST,
    "articles_event_history": LIST,
    "articles_issue_add": LIST,
    "articles_issue_board": BOARD,
    "articles_issue_change": FORM,
    "articles_issue_changelist": LIST,
    "articles_issue_history": LIST,
    "articles_journal_change": LIST,
    "articles_journal_changelist": LIST,
    "articles_journal_history": LIST,
    "articles_phrase_add": LIST,
    "articles_phrase_change": LIST,
    "articles_phrase_changelist": LIST,
    "articles_phrase_history": LIST,
    "articles_section_add": LIST,
    "articles_section_change": LIST,
    "articles_section_changelist": LIST,
    "articles_section_delete": LIST,
    "articles_section_history": LIST,
    "auth_user_password_change": LIST,
    "delegations": LIST,
    "import_check": LIST,
    "import_file": LIST,
    "imports": LIST,
    "index": LIST,
    "jsi18n": LIST,
    "my_notices": LIST,
    "notices_notice_change": LIST,
    "notices_notice_changelist": LIST,
    "notices_notice_history": LIST,
    "notices_noticetemplate_add": LIST,
    "notices_noticetemplate_change": LIST,
    "notices_noticetemplate_changelist": LIST,
    "notices_noticetemplate_history": LIST,
    "password_change": LIST,
    "password_change_done": LIST,
    "people_user_add": LIST,
    "people_user_change": LIST,
    "people_user_changelist": LIST,
    "people_user_history": LIST,
    "record_export": LIST,
    "reader_comments": LIST,
    "registrations": LIST,
    "sign_in": LIST,
    "take_in": LIST,
    "take_in_report": LIST,
    "delivered_file_original": LIST,
    "visits": LIST,
    "visits_csv": LIST,
}

#: Addresses that show the superuser no page: what is never done here, and what wants something first.
NO_PAGES = {
    "articles_article_delete",
    "articles_article_mine",
    "articles_article_release_slip",
    "articles_article_proof",
    "articles_article_correction",
    "articles_event_add",
    "articles_event_delete",
    "articles_issue_delete",
    "articles_journal_add",
    "articles_journal_delete",
    "articles_phrase_delete",
    "autocomplete",
    "notices_notice_add",
    "notices_notice_delete",
    "notices_noticetemplate_delete",
    "people_user_delete",
}

#: Whose eyes the page is seen with where it is not the superuser's, who may do everything.
EYES = dict.fromkeys(("index", "app_list", "articles_article_review", "articles_article_change"), "editor")


@pytest.fixture
def keys(cast: Cast, sent_in: IssueImport) -> dict[str, list[Any]]:
    """Arguments for the addresses of single things; each thing is one that grows."""
    sent_in.file.save("x", ContentFile(b"x"))
    make_journal()
    cast.superuser.is_staff = True
    cast.superuser.save()
    article = make_article(cast, Stage.FIRST_REVIEW, section=make_section())
    workflow.perform("assign", article, cast.registrar, editor=cast.editor)
    issue = make_issue(cast, delivery_date=due_day(20))
    delivery = Delivery.objects.receive([("a.docx", b"")], cast.registrar)
    grow(cast, article, issue, 2)
    things = {
        "articles_article": article,
        "articles_issue": issue,
        "articles_author": Author.objects.first(),
        "articles_section": Section.objects.first(),
        "articles_journal": make_journal(),
        "articles_phrase": Phrase.objects.first(),
        "articles_call": Call.objects.first(),
        "articles_event": article.events.first(),
        "notices_notice": Notice.objects.filter(article=article).first(),
        "notices_noticetemplate": NoticeTemplate.objects.first(),
        "people_user": cast.reader,
        "auth_user": cast.reader,
        "import": sent_in,
        "delegation": a_delegation(cast),
        "sign_in": cast.reader,
        "take_in": delivery,
        "delivered_file": delivery.files.first(),
    }
    found = {name: [thing.pk] for name, thing in things.items()}
    file = made_file(issue)
    return {**found, **private_files(cast, article), "articles_issue_file": [issue.pk, file.pk]}


def grow(cast: Cast, article: Article, issue: Any, rows: int) -> None:
    """``rows`` more of everything a page lists."""
    base = Event.objects.count()
    for number in range(rows):
        for stage in (Stage.RETURNED, Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.ACCEPTED):
            make_article(cast, stage, section=Section.objects.first())
        placed = make_article(cast, Stage.ACCEPTED)
        workflow.perform("place", placed, cast.head, issue=issue, first_page=issue.articles.count() + 1)
        VisitTotal.objects.create(article=placed, count=number + 1)
        made_file(issue, "docx", article=placed)
        mark = f"{base}-{number}"
        author = Author.objects.create(name=f"甲{mark}", code=f"jia-{mark}")
        Byline.objects.create(article=article, author=author, position=base * 100 + number)
        Section.objects.create(name=f"栏{mark}", code=f"lan-{mark}")
        make_issue(cast)
        make_user("responsible-editor")
        IssueImport.objects.create(name="x", size=1, sha256="0" * 64, by=cast.head)
        workflow.perform("assign", article, cast.registrar, editor=cast.editor)
        article.body += f"<p>又一段{mark}。</p>"
        article.save()
        record.make_revision(article, "saved", cast.editor)
        add_comment(article, cast.editor, text=f"查出处{mark}。")
        Figure.objects.bulk_create([Figure(article=article, image=f"figures/{mark}.png", width=4, height=3)])
        a_delegation(cast)
        Call.objects.create(title=f"征{mark}", text="征稿。")
        make_user("contributor", is_active=False)
        deliver(cast, placed, mark)
    catch_up()


def deliver(cast: Cast, article: Article, mark: str) -> None:
    """One more file of the delivery, in a folder of its own, and one more delivery."""
    first = Delivery.objects.order_by("pk").first()
    assert first is not None
    letter = CoverLetter.objects.create(delivery=first, subject=mark)
    row = first.add(b"", "a.docx", mark, letter=letter)
    received = ReceivedFile.objects.create(name="a", size=1, sha256="0" * 64, by=cast.registrar)
    row.settle("taken", "x", article=article, received=received)
    ReceivedFile.objects.create(name="b", size=1, sha256="0" * 64, by=cast.registrar, article=article)
    Delivery.objects.receive([], cast.registrar)


def ask(client: Client, name: str, keys: dict[str, list[Any]]) -> int:
    address = reverse(f"admin:{name}", args=arguments(name, keys))
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        if response.streaming:
            list(response.streaming_content)  # type: ignore[call-overload]
    assert response.status_code == 200, f"{name}: {response.status_code}"
    return len(queries)


def measure(at_desk: Callable[..., Client], keys: dict[str, list[Any]]) -> dict[str, int]:
    people = {person: at_desk(person) for person in {"superuser", *EYES.values()}}
    return {name: ask(people[EYES.get(name, "superuser")], name, keys) for name in MOST}


def test_every_page_of_the_desk_is_in_the_table() -> None:
    assert set(NAMES) - POSTED - DOORS == set(MOST) | set(NO_PAGES)


def test_no_page_asks_more_when_its_lists_grow(
    at_desk: Callable[..., Client], cast: Cast, keys: dict[str, list[Any]]
) -> None:
    few = measure(at_desk, keys)
    article = Article.objects.get(pk=keys["articles_article"][0])
    issue = Issue.objects.get(pk=keys["articles_issue"][0])
    grow(cast, article, issue, 6)
    many = measure(at_desk, keys)
    assert {n: (few[n], many[n]) for n in MOST if many[n] != few[n]} == {}
    assert {n: (many[n], MOST[n]) for n in MOST if many[n] > MOST[n]} == {}


def test_the_first_page_asks_little_of_everybody(
    at_desk: Callable[..., Client], cast: Cast, keys: dict[str, list[Any]]
) -> None:
    asked = {
        who: ask(at_desk(who), "index", keys) for who in ("registrar", "editor", "head", "chief", "publisher")
    }
    assert {who: number for who, number in asked.items() if number > LIST + 1} == {}


def saved(client: Client, address: str) -> int:
    """The queries of one save of the form behind an address, the marks of transactions apart."""
    page = client.get(address)
    data: dict[str, Any] = {}
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            data[form.add_prefix(name)] = "" if value is None else value
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address, {**data, "title": "改过的题目", "_save": "1"})
    assert answer.status_code == 302, answer.status_code
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]])


def test_a_save_asks_the_same_however_many_sign(
    at_desk: Callable[..., Client], cast: Cast, keys: dict[str, list[Any]]
) -> None:
    address = reverse("admin:articles_article_change", args=keys["articles_article"])
    few = saved(at_desk("editor"), address)
    article, issue = (
        Article.objects.get(pk=keys["articles_article"][0]),
        Issue.objects.get(pk=keys["articles_issue"][0]),
    )
    article.title = "又一个"
    article.save()
    grow(cast, article, issue, 3)
    many = saved(at_desk("editor"), address)
    assert (few, many) == (many, few)
    assert many <= SAVE
