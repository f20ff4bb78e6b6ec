"""Every address of the desk, for every role: an address that is not in the table fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from articles.delegations import delegate
from articles.models import Article, Author, Call, Delegation, Figure, Phrase
from journal.intake.models import Delivery, IssueImport, ReceivedFile
from journal.notices.make import catch_up
from journal.notices.models import AccountLetter, Notice, NoticeTemplate, State
from journal.people.models import Registration
from tests.factories import Cast, make_article, make_issue, make_journal, make_section, make_user
from tests.files import made_file

pytestmark = pytest.mark.django_db

STAFF = {
    "registrar",
    "editor",
    "head",
    "chief",
    "proofreader",
    "publisher",
    "system_officer",
    "security_officer",
    "audit_officer",
}
OUTSIDE = {"", "reader", "contributor", "unit_approver"}
SEES = {"registrar", "editor", "head", "chief", "proofreader", "publisher"}
IMPORTS = {"registrar", "head"}
NOBODY: set[str] = set()
WRITERS = {"registrar", "editor", "head", "chief"}
MODERATORS = {"editor", "head", "chief"}
KEEPERS = {"registrar", "head", "chief"}

#: Address name → who may open it (GET, or POST where there is no GET).
TABLE: dict[str, set[str]] = {
    "index": STAFF,
    "app_list": STAFF,
    "jsi18n": STAFF,
    "password_change": STAFF,
    "password_change_done": STAFF,
    "imports": IMPORTS,
    "import_check": IMPORTS,
    "import_decide": IMPORTS,
    "import_undo": IMPORTS,
    "import_accept": IMPORTS,
    "import_file": IMPORTS,
    "take_in": {"registrar"},
    "take_in_report": {"registrar"},
    "take_in_read": {"registrar"},
    "take_in_submit": NOBODY,  # without a file; tests/desk/test_take_in.py names one
    "delivered_file_original": {"registrar"},
    "articles_article_changelist": SEES,
    "articles_article_change": SEES,
    "articles_article_history": SEES,
    "articles_article_add": {"registrar", "editor", "head", "chief"},
    "articles_article_delete": NOBODY,
    "articles_article_life": SEES,
    "articles_article_life_csv": SEES,
    "articles_article_life_jsonl": SEES,
    "articles_article_act": SEES,
    "articles_article_duplicates": SEES,
    "articles_article_draft": {"editor"},  # a text in first review is the responsible editor's
    "articles_article_check_out": {"editor"},
    "articles_article_mine": NOBODY,  # nobody here has a working draft: tests/desk/test_conflict.py
    "articles_article_versions": SEES,
    "articles_article_version": SEES,
    "articles_article_review": SEES,
    "articles_article_review_act": SEES,
    "articles_article_review_remark": {"editor", "head", "chief", "proofreader"},
    "articles_article_review_settle": NOBODY,  # without a remark; tests/desk/test_review.py names one
    "articles_article_review_sheet": SEES,
    "articles_article_release_slip": NOBODY,  # not before the manuscript is accepted
    "articles_article_proof": NOBODY,  # not before a proof round is open
    "articles_article_proof_mark": SEES,
    "articles_article_proof_sign": SEES,
    "articles_article_proof_settle": SEES,
    "articles_phrase_changelist": {"head", "chief"},
    "articles_phrase_change": {"head", "chief"},
    "articles_phrase_history": {"head", "chief"},
    "articles_phrase_add": {"head", "chief"},
    "articles_phrase_delete": NOBODY,
    "articles_article_pictures": SEES,
    "articles_article_received": WRITERS,
    "articles_article_photo": WRITERS,
    "articles_article_upload": {"editor"},  # a text in first review is the responsible editor's
    "articles_issue_changelist": SEES,
    "articles_issue_change": SEES,
    "articles_issue_history": SEES,
    "articles_issue_add": {"head"},
    "articles_issue_delete": NOBODY,
    "articles_issue_act": SEES,
    "articles_issue_proofs": SEES,
    "articles_issue_proofs_act": SEES,
    # What is posted without a word is refused for that; tests/desk/test_proofs.py posts with words.
    "articles_issue_proofs_mark": SEES,
    "articles_issue_proofs_settle": SEES,
    "articles_issue_proofs_print": SEES,
    "articles_issue_error_rate": SEES,
    "articles_issue_error_rate_pages": SEES,
    "articles_issue_error_rate_mark": SEES,
    "articles_issue_error_rate_settle": SEES,
    "articles_issue_press": SEES,
    "articles_issue_press_act": SEES,
    "articles_issue_form": SEES,
    "articles_issue_board": SEES,
    "articles_issue_board_do": {"head"},
    "articles_issue_files": SEES,
    "articles_issue_files_do": SEES,
    "articles_issue_file": SEES,
    "articles_issue_publishing": SEES,
    "articles_issue_publishing_act": SEES,
    "articles_issue_edition": {"publisher"},
    "articles_article_correction": NOBODY,  # not before it is published: tests/desk/test_publishing.py
    "articles_author_changelist": SEES,
    "articles_author_change": SEES,
    "articles_author_history": SEES,
    "articles_author_add": {"registrar", "editor", "head", "chief"},
    "articles_author_delete": NOBODY,
    "articles_section_changelist": SEES,
    "articles_section_change": SEES,
    "articles_section_history": SEES,
    "articles_section_add": {"head"},
    "articles_section_delete": NOBODY,
    "articles_journal_changelist": {"chief"},
    "articles_journal_change": {"chief"},
    "articles_journal_history": {"chief"},
    "articles_journal_add": NOBODY,
    "articles_journal_delete": NOBODY,
    "articles_event_changelist": {"chief", "audit_officer"},
    "articles_event_change": {"chief", "audit_officer"},
    "articles_event_history": {"chief", "audit_officer"},
    "articles_event_add": NOBODY,
    "visits": SEES,
    "visits_csv": SEES,
    "record_verify": {"chief", "audit_officer"},
    "record_export": {"chief", "audit_officer"},
    "articles_event_delete": NOBODY,
    "my_notices": STAFF,
    "my_notices_read": STAFF,
    "articles_article_write": WRITERS,
    "articles_article_slip": SEES,
    "notices_notice_changelist": WRITERS,
    "notices_notice_change": WRITERS,
    "notices_notice_history": WRITERS,
    "notices_notice_retry": KEEPERS,
    "notices_notice_add": NOBODY,
    "notices_notice_delete": NOBODY,
    "notices_noticetemplate_changelist": KEEPERS,
    "notices_noticetemplate_change": KEEPERS,
    "notices_noticetemplate_history": KEEPERS,
    "notices_noticetemplate_add": KEEPERS,
    "notices_noticetemplate_preview": KEEPERS,
    "notices_noticetemplate_delete": NOBODY,
    "people_user_changelist": {"system_officer", "security_officer", "audit_officer"},
    "people_user_change": {"system_officer", "security_officer", "audit_officer"},
    "people_user_history": {"system_officer", "security_officer", "audit_officer"},
    "people_user_add": {"system_officer"},
    "people_user_delete": NOBODY,
    "auth_user_password_change": {"system_officer"},
    "delegations": {"chief"},
    "delegation_withdraw": {"chief"},
    "sign_in": {"system_officer"},
    "sign_in_unlock": {"system_officer"},
    "sign_in_reset": {"system_officer"},
    "registrations": {"system_officer"},
    "registration_settle": {"system_officer"},
    "account_letter_send_again": {"system_officer"},
    "articles_call_changelist": KEEPERS,
    "articles_call_change": KEEPERS,
    "articles_call_history": KEEPERS,
    "articles_call_add": KEEPERS,
    "articles_call_delete": KEEPERS,
    "reader_comments": MODERATORS,
    "reader_comments_decide": MODERATORS,
    "articles_article_comments": MODERATORS,
    "autocomplete": NOBODY,  # without its parameters; what it answers is tried below
}
#: Open to anybody: they lead in or out.
DOORS = {"login", "logout"}
POSTED = {
    "reader_comments_decide",
    "articles_article_comments",
    "articles_issue_proofs_act",
    "articles_issue_proofs_mark",
    "articles_issue_proofs_settle",
    "articles_issue_error_rate_pages",
    "articles_issue_error_rate_mark",
    "articles_issue_error_rate_settle",
    "articles_issue_press_act",
    "articles_article_proof_mark",
    "articles_article_proof_sign",
    "articles_article_proof_settle",
    "articles_issue_board_do",
    "delegation_withdraw",
    "sign_in_unlock",
    "sign_in_reset",
    "registration_settle",
    "account_letter_send_again",
    "record_verify",
    "my_notices_read",
    "notices_notice_retry",
    "notices_noticetemplate_preview",
    "articles_article_upload",
    "take_in_read",
    "take_in_submit",
    "import_decide",
    "import_undo",
    "import_accept",
    "articles_article_act",
    "articles_article_draft",
    "articles_article_check_out",
    "articles_article_review_act",
    "articles_article_review_remark",
    "articles_article_review_settle",
    "articles_issue_act",
    "articles_issue_files_do",
    "articles_issue_publishing_act",
    "articles_issue_edition",
}


def addresses(patterns: Any = None) -> Iterator[URLPattern]:
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        elif pattern.name is not None:
            yield pattern


NAMES = sorted({str(p.name) for p in addresses()})


def test_every_address_is_in_the_table() -> None:
    assert set(NAMES) == set(TABLE) | DOORS


@pytest.fixture
def keys(cast: Cast, sent_in: IssueImport) -> dict[str, list[Any]]:
    """Arguments for the addresses of single things."""
    sent_in.file.save("x", ContentFile(b"x"))
    article = make_article(cast, "first_review")
    catch_up()
    things = {
        "articles_article": article,
        "articles_issue": make_issue(cast),
        "articles_author": Author.objects.first(),
        "articles_section": make_section(),
        "articles_journal": make_journal(),
        "articles_phrase": Phrase.objects.first(),
        "articles_event": article.events.first(),
        "notices_notice": Notice.objects.filter(article=article).first(),
        "notices_noticetemplate": NoticeTemplate.objects.first(),
        "people_user": cast.reader,
        "auth_user": cast.reader,
        "import": sent_in,
        "delegation": a_delegation(cast),
        "sign_in": cast.reader,
        "take_in": (delivery := Delivery.objects.receive([("a.pdf", b"%PDF")], cast.registrar)),
        "delivered_file": delivery.files.get(),
        "articles_call": Call.objects.create(title="渡口", text="征稿。"),
        "account_letter": AccountLetter.objects.create(
            address="a@lutan.example", body="x", state=State.FAILED
        ),
        "registration": Registration.objects.create(
            user=make_user("contributor", is_active=False), confirmed_at=timezone.now()
        ),
    }
    found = {name: [thing.pk] for name, thing in things.items()}
    file = made_file(things["articles_issue"])
    return {**found, **private_files(cast, article), "articles_issue_file": [file.issue_id, file.pk]}


def private_files(cast: Cast, article: Article) -> dict[str, list[Any]]:
    """The file a manuscript was read from, and a picture as it was sent."""
    row = ReceivedFile(name="渡口.docx", size=1, sha256="0" * 64, by=cast.contributor, article=article)
    row.file.save("x", ContentFile(b"x"))
    (figure,) = Figure.objects.bulk_create(
        [Figure(article=article, image="figures/x.png", width=4, height=3)]
    )
    figure.original.save("x", ContentFile(b"x"))
    return {
        "articles_article_received": [article.pk, row.pk],
        "articles_article_photo": [article.pk, figure.pk],
    }


def a_delegation(cast: Cast) -> Delegation:
    today = timezone.localdate()
    return delegate(cast.chief, make_user("responsible-editor", name="受托人"), today, today)


def arguments(name: str, keys: dict[str, list[Any]]) -> list[Any]:
    if len(keys.get(name, [])) > 1:  # a thing of a thing
        return keys[name]
    if name == "app_list":
        return ["articles"]
    if name in {"imports", "sign_in_unlock", "registrations"} or name.endswith(
        ("_changelist", "_add", "_preview")
    ):
        return []
    if name == "articles_article_version":
        return [*keys["articles_article"], 1]
    prefix = next((p for p in sorted(keys, key=len, reverse=True) if name.startswith(p + "_")), None)
    return keys[prefix] if prefix else []


def ask(client: Client, name: str, keys: dict[str, list[Any]]) -> int:
    address = reverse(f"admin:{name}", args=arguments(name, keys))
    response = client.post(address) if name in POSTED else client.get(address)
    return response.status_code


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_open_what_their_role_opens_and_nothing_else(
    at_desk: Callable[..., Client], keys: dict[str, list[Any]], role: str
) -> None:
    client = at_desk(role)
    answers = {name: ask(client, name, keys) for name in TABLE}
    # A page that is not theirs may also send them back to the first page (302): it was not opened.
    opened = {
        n for n, status in answers.items() if status == 200 or (n in POSTED and status not in {403, 404})
    }
    assert opened == {name for name, allowed in TABLE.items() if role in allowed}


@pytest.mark.parametrize("role", sorted(OUTSIDE))
def test_everybody_else_is_sent_to_the_login_and_what_they_send_is_refused(
    at_desk: Callable[..., Client], keys: dict[str, list[Any]], role: str
) -> None:
    client = at_desk(role)
    answers = {name: ask(client, name, keys) for name in TABLE}
    refused = {name for name, status in answers.items() if status in {401, 403}}
    assert refused == POSTED
    assert {answers[name] for name in answers.keys() - refused} == {302}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_having_sent_a_manuscript_in_opens_no_address_and_closes_none(
    at_desk: Callable[..., Client], cast: Cast, keys: dict[str, list[Any]], role: str
) -> None:
    client = at_desk(role)
    names = [name for name in TABLE if name.startswith("articles_article_")]
    others = {name: ask(client, name, keys) in {403, 404} for name in names}
    Article.objects.filter(pk=keys["articles_article"][0]).update(submitter=getattr(cast, role))
    own = {name: ask(client, name, keys) in {403, 404} for name in names}
    assert {name: own[name] for name in names if others[name] != own[name]} == {}


@pytest.mark.parametrize("role", ["system_officer", "security_officer", "audit_officer"])
def test_the_three_officers_see_no_words_of_a_manuscript(
    at_desk: Callable[..., Client], cast: Cast, role: str
) -> None:
    article = make_article(cast, "second_review", title="不许泄露的题目")
    client = at_desk(role)
    pages = [reverse("admin:index") + "?q=不许", reverse("admin:index")]
    if role == "audit_officer":
        event = article.events.last()
        pages += [
            reverse("admin:articles_event_changelist"),
            reverse("admin:articles_event_change", args=[event.pk]),
        ]
    for page in pages:
        text = client.get(page).content.decode()
        assert "不许泄露" not in text.replace('value="不许"', "")
        assert "选题实在" not in text


def test_the_authors_are_not_offered_to_who_may_not_see_them(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    make_article(cast)
    query = {"app_label": "articles", "model_name": "byline", "field_name": "author", "term": "贺"}
    address = reverse("admin:autocomplete")
    assert at_desk("editor").get(address, query).json()["results"]
    assert at_desk("audit_officer").get(address, query).status_code == 403


@pytest.mark.parametrize("name", sorted(POSTED))
def test_a_request_from_elsewhere_is_refused(
    at_desk: Callable[..., Client], keys: dict[str, list[Any]], name: str
) -> None:
    client = at_desk("head", enforce_csrf_checks=True)
    assert ask(client, name, keys) == 403
    assert client.get(reverse(f"admin:{name}", args=arguments(name, keys))).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "imports/999999/",
        "imports/999999/file/",
        "articles/article/999999/change/",
        "articles/article/0/change/",
        "imports/../../etc/passwd/",
        "ckeditor/upload/",
        "r/1/1/",
    ],
)
def test_forged_addresses_lead_nowhere(at_desk: Callable[..., Client], address: str) -> None:
    assert at_desk("head").get(f"/desk/{address}").status_code in {302, 404}
