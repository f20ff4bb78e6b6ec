"""Where every private word and file of a sender is shown, to whom, over all addresses of the house.

The addresses come from the URLconf: one that no rule here knows how to ask fails the test, and so does one
that shows something private to somebody the table does not name – or no longer shows it to whom it should.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from PIL import ExifTags, Image

from articles import co_authors, workflow
from articles.figures import add_figure
from articles.models import Article, Author, Call, Phrase
from articles.stages import Stage
from journal.intake.models import CoverLetter, Delivery, IssueImport, ReceivedFile
from journal.intake.stored import to_json
from journal.notices.make import catch_up
from journal.notices.models import AccountLetter, Notice, NoticeTemplate, State
from journal.people.models import Registration
from tests.e2e.word_file import TELEPHONE, word_file
from tests.factories import DECLARED, Cast, make_article, make_issue, make_journal, make_section, make_user
from tests.files import made_file
from tests.intake.made import small_issue

pytestmark = pytest.mark.slow

#: What is private → how it is found in an answer.
SECRETS: dict[str, bytes] = {
    "telephone in the file": TELEPHONE.encode(),
    "telephone of the account": b"0000-7654321",
    "e-mail of the account": b"private-sender@journal.org",
    "e-mail of a co-author": b"private-friend@journal.org",
    "words of the mail": "此信只给编辑部看".encode(),
    "what the camera wrote": b"Lanjiang Camera",
    "key to an account": b"key-to-an-account",
}
FILE = {"telephone in the file"}
ACCOUNT = {"telephone of the account", "e-mail of the account"}

#: The office: those who write to authors.
OFFICE: dict[str, set[str]] = {
    "admin:articles_article_change": {*FILE, *ACCOUNT, "words of the mail"},
    "admin:articles_article_received": FILE,
    "admin:articles_article_photo": {"what the camera wrote"},
    "admin:articles_article_slip": ACCOUNT,
    "admin:articles_article_life_jsonl": {"e-mail of the account", "e-mail of a co-author"},
    "admin:notices_notice_change": {"e-mail of the account", "e-mail of a co-author"},
}
#: The three officers: accounts, and no manuscript.
ACCOUNTS = {"admin:people_user_change": {*ACCOUNT, "e-mail of a co-author"}}
#: Person → address → what of the sender's they find there. Whoever is not named here finds nothing anywhere.
SHOWN: dict[str, dict[str, set[str]]] = {
    "sender": {
        "portal:manuscript": {*FILE, "e-mail of a co-author"},
        "portal:original": FILE,
        "portal:everything": {*FILE, "what the camera wrote"},
        "people:about-me": ACCOUNT,
    },
    "co-author": {"people:about-me": {"e-mail of a co-author"}},
    "registrar": {
        **OFFICE,
        "admin:take_in_report": {"words of the mail"},
        "admin:delivered_file_original": FILE,
    },
    "editor": OFFICE,
    "head": OFFICE,
    "chief": OFFICE,
    "system_officer": ACCOUNTS,
    "security_officer": ACCOUNTS,
    "audit_officer": ACCOUNTS,
}
PEOPLE = ["sender", "co-author", "another sender", "", *(r for r in Cast.ROLES if r != "contributor")]


def addresses(patterns: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Name and parameters of every address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*spaces, pattern.name)), list(pattern.pattern.regex.groupindex)


ADDRESSES = list(addresses())


def camera_photo() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Lanjiang Camera"
    buffer = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


@pytest.fixture
def things(cast: Cast, tmp_path: Any) -> dict[str, Any]:
    """One of everything an address may name; the manuscripts hold every secret there is."""
    sender = cast.contributor
    friend = make_user("contributor", name="跟读人", username="friend")
    type(sender).objects.filter(pk=sender.pk).update(
        telephone="0000-7654321", email=SECRETS["e-mail of the account"].decode()
    )
    type(sender).objects.filter(pk=friend.pk).update(email=SECRETS["e-mail of a co-author"].decode())
    sender.refresh_from_db()
    friend.refresh_from_db()
    data = word_file(tmp_path).read_bytes()
    draft = sent_from_file(sender, data)
    co_authors.invite(draft, friend.email, sender)
    workflow.perform("submit", draft, sender, declarations=DECLARED)
    workflow.perform("register", draft, cast.registrar, editor=cast.editor)
    out = make_article(cast, Stage.PUBLISHED, submitter=sender)
    co_authors.invite(out, friend.email, sender)
    figure = add_figure(draft, camera_photo(), "渡口.jpg", sender)
    received = draft.received_files.get()
    writing = sent_from_file(sender, data)
    delivery = Delivery.objects.receive([("渡口.docx", data)], cast.registrar)
    taken = sent_from_file(cast.registrar, data)
    workflow.perform("submit", taken, cast.registrar, declarations=DECLARED)
    letter = CoverLetter.objects.create(delivery=delivery, note=SECRETS["words of the mail"].decode())
    file = delivery.files.get()
    file.letter = letter
    file.settle("taken", article=taken, received=taken.received_files.get())
    catch_up()
    sent_in = IssueImport.objects.create(
        name="a", size=1, sha256="0" * 64, by=cast.head, state="to-check", understood=to_json(small_issue())
    )
    sent_in.file.save("x", ContentFile(b"x"))
    waiting = make_user("contributor", is_active=False)
    return {
        "articles_article": [draft, out, taken, writing],
        "articles_issue": [out.issue, make_issue(cast)],
        "articles_author": [Author.objects.filter(bylines__article=out).first()],
        "articles_section": [out.section or make_section()],
        "articles_journal": [make_journal()],
        "articles_phrase": [Phrase.objects.first()],
        "articles_call": [Call.objects.create(title="渡口", text="征稿。")],
        "articles_event": list(draft.events.all()),
        "notices_notice": list(Notice.objects.all()),
        "notices_noticetemplate": [NoticeTemplate.objects.first()],
        "people_user": [sender, friend],
        "auth_user": [sender],
        "sign_in": [sender],
        "import": [sent_in],
        "take_in": [delivery],
        "delivered_file": [file],
        "registration": [Registration.objects.create(user=waiting, confirmed_at=timezone.now())],
        "account_letter": [
            AccountLetter.objects.create(
                address="a@lutan.example", body="key-to-an-account", state=State.FAILED
            )
        ],
        "delegation": [draft],  # only ever posted
        "manuscripts": [draft, out, writing],
        "figure": [figure],
        "received": [received],
        "person": {"sender": sender, "co-author": friend, "another sender": make_user("contributor")},
    }


def sent_from_file(by: Any, data: bytes) -> Article:
    draft = ReceivedFile.objects.receive(data, "渡口.docx", by).take_in()
    assert draft is not None
    return draft


def family(name: str, things: dict[str, Any]) -> list[Any]:
    """The things a desk address is about, by the longest name it begins with."""
    known = sorted((key for key in things if name.startswith(key)), key=len, reverse=True)
    assert known, f"admin:{name} is new: say in this test which thing it shows"
    found: list[Any] = things[known[0]]
    return found


def asked(name: str, parameters: list[str], things: dict[str, Any]) -> Iterator[str]:
    """Every way to ask for the address ``name``."""
    if not parameters:
        yield reverse(name)
        return
    for given in arguments(name, parameters, things):
        yield reverse(name, kwargs=given)


def arguments(name: str, parameters: list[str], things: dict[str, Any]) -> Iterator[dict[str, Any]]:
    room, _colon, rest = name.partition(":")
    draft, out, *_others = things["articles_article"]
    figure, received = things["figure"][0], things["received"][0]
    if room == "admin" and rest == "app_list":
        yield {"app_label": "articles"}
    elif room == "admin" and rest in {"articles_article_received", "articles_article_photo"}:
        yield {"pk": draft.pk, "number": (received if rest.endswith("received") else figure).pk}
    elif room == "admin" and "file" in parameters:
        assert out.issue is not None
        yield {"pk": out.issue.pk, "file": made_file(out.issue).pk}
    elif room == "admin" and "number" in parameters:
        yield {"pk": draft.pk, "number": 1}
    elif room == "admin":
        yield from ({parameters[0]: thing.pk} for thing in family(rest, things))
    elif room == "portal" and parameters == ["pk"]:
        yield from ({"pk": article.pk} for article in things["manuscripts"])
    elif room == "portal":
        own = {"number": received.pk, "figure": figure.pk, "pk": draft.pk}
        notices = things["notices_notice"]
        yield from ({p: notice.pk if p == "notice" else own[p] for p in parameters} for notice in notices[:1])
    elif room == "people":
        yield dict.fromkeys(parameters, "x")
    else:
        yield public(rest, parameters, out, figure, things)


def public(name: str, parameters: list[str], out: Article, figure: Any, things: dict[str, Any]) -> Any:
    """A readers' address of the published article."""
    assert out.issue is not None
    code = {"section": things["articles_section"][0].code, "author": things["articles_author"][0].code}
    values: dict[str, Any] = {
        "year": out.issue.year,
        "number": 1 if name in {"section", "author"} else out.issue.number,
        "code": next((c for kind, c in code.items() if name.startswith(kind)), out.code),
        "cited": out.code,
        "ending": "ris",
        "form": "rss.xml",
        "part": 1,
        "key": "x",
        "file": f"{out.issue.year}-{out.issue.number.zfill(2)}.pdf",
        "name": figure.image.name.removeprefix("figures/"),
    }
    unknown = set(parameters) - set(values)
    assert not unknown, f"public:{name} is new: say in this test what stands for {unknown}"
    return {parameter: values[parameter] for parameter in parameters}


def told(answer: Any) -> bytes:
    """Everything in an answer: its heads, its words, and what a zip in it holds."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return b"\n".join([str(answer.headers).encode(), *unpacked(body)])


def unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.namelist():
                yield from unpacked(archive.read(entry))


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person or "nobody")
def test_private_words_and_files_are_shown_where_the_table_says(
    cast: Cast, things: dict[str, Any], person: str
) -> None:
    client = Client()
    if person:
        client.force_login(things["person"].get(person) or getattr(cast, person))
    found: dict[str, set[str]] = {}
    for name, parameters in ADDRESSES:
        if name == "people:logout":
            continue
        for address in asked(name, parameters, things):
            answer = told(client.get(address))
            if secrets := {secret for secret, sign in SECRETS.items() if sign in answer}:
                found.setdefault(name, set()).update(secrets)
    assert found == SHOWN.get(person, {})
