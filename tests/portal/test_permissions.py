"""Every address of the portal, for every kind of person: one that is not in the table fails the test."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import co_authors
from articles.models import Article
from articles.stages import Stage
from journal.intake.models import ReceivedFile
from journal.notices.make import catch_up
from journal.notices.models import Notice
from journal.portal.urls import urlpatterns
from tests.e2e.word_file import TELEPHONE, word_file
from tests.factories import Cast, make_article, make_user

SignIn = Callable[..., Client]

#: Address → how it is asked, and what the sender, an invited co-author, and anybody else with an account get
#: while the text is in the sender's hands. Nobody without an account gets anything.
OWN, SEES, OTHER = range(3)
TABLE: dict[str, tuple[str, tuple[int, int, int]]] = {
    "home": ("get", (200, 200, 200)),
    "start": ("post", (302, 302, 403)),  # a manuscript of one's own, for who may send one
    "manuscript": ("get", (200, 200, 404)),
    "unit": ("get", (403, 403, 403)),  # who signs for a unit: tests/portal/test_unit.py
    "act": ("post", (409, 403, 404)),  # a recall with an old token
    "draft": ("post", (302, 403, 404)),
    "co-author": ("post", (302, 403, 404)),
    "upload": ("post", (422, 403, 404)),  # without a picture
    "pictures": ("post", (302, 403, 404)),
    "picture": ("post", (422, 403, 404)),  # without saying what to do
    "renew": ("post", (302, 403, 404)),
    "original": ("get", (200, 404, 404)),  # it holds telephone numbers
    "read-again": ("post", (302, 404, 404)),
    "everything": ("get", (200, 200, 404)),
    "read-notice": ("post", (302, 404, 404)),  # a letter is its recipient's
}
#: Besides contributors: who may send a manuscript in.
WRITE = {"registrar", "editor", "head", "chief", "superuser"}
ROLES = [role for role in Cast.ROLES if role != "contributor"]


def test_every_address_is_in_the_table() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(TABLE)


@pytest.fixture
def draft(cast: Cast, tmp_path: Any) -> Article:
    """A manuscript read from a file, with a picture and a co-author."""
    data = word_file(tmp_path).read_bytes()
    article = ReceivedFile.objects.receive(data, "渡口.docx", cast.contributor).take_in()
    assert article is not None
    follower = make_user("contributor", name="跟读人", username="follower")
    co_authors.invite(article, follower.email, cast.contributor)
    returned = make_article(cast, Stage.RETURNED, submitter=cast.contributor)
    catch_up()
    assert Notice.objects.filter(article=returned, recipient=cast.contributor).exists()
    return article


@pytest.fixture
def follower(draft: Article) -> Client:
    client = Client()
    client.force_login(draft.co_authors.get().person)
    return client


def ask(client: Client, name: str, draft: Article) -> int:
    keys: dict[str, list[int]] = {
        "home": [],
        "start": [],
        "picture": [draft.pk, draft.figures.get().pk],
        "original": [draft.received_files.get().pk],
        "read-again": [draft.received_files.get().pk],
        "read-notice": [Notice.objects.filter(recipient=draft.submitter).first().pk],
    }
    address = reverse(f"portal:{name}", args=keys.get(name, [draft.pk]))
    words = {"action": "recall", "version": "0"} if name == "act" else {}
    return int(getattr(client, TABLE[name][0])(address, words).status_code)


def told(client: Client, draft: Article, column: int) -> tuple[dict[str, int], dict[str, int]]:
    wanted = {name: answers[column] for name, (_method, answers) in TABLE.items()}
    return {name: ask(client, name, draft) for name in TABLE}, wanted


def test_the_sender_opens_everything(signed_in: SignIn, draft: Article) -> None:
    got, wanted = told(signed_in(), draft, OWN)
    assert got == wanted


def test_a_co_author_sees_and_changes_nothing(follower: Client, draft: Article) -> None:
    got, wanted = told(follower, draft, SEES)
    assert got == wanted


@pytest.mark.parametrize("role", [*ROLES, "superuser"])
def test_nobody_else_finds_it_whatever_their_role(signed_in: SignIn, draft: Article, role: str) -> None:
    got, wanted = told(signed_in(role), draft, OTHER)
    wanted["start"] = 302 if role in WRITE else 403
    wanted["unit"] = 404 if role in {"unit_approver", "superuser"} else 403  # it waits for no unit
    assert got == wanted


def test_without_an_account_one_is_asked_to_sign_in(client: Client, draft: Article) -> None:
    got = {name: ask(client, name, draft) for name in TABLE}
    assert got == {name: 401 if name == "upload" else 302 for name in TABLE}
    assert draft.received_files.count() == 1


def test_private_words_reach_the_sender_and_no_co_author(
    signed_in: SignIn, follower: Client, draft: Article
) -> None:
    address = f"/manuscripts/{draft.pk}/"
    assert TELEPHONE in signed_in().get(address).content.decode()
    assert TELEPHONE not in follower.get(address).content.decode()
    archive = zipfile.ZipFile(io.BytesIO(follower.get(address + "everything.zip").content))
    assert not [name for name in archive.namelist() if name.startswith("files/")]
    assert all(TELEPHONE.encode() not in archive.read(name) for name in archive.namelist())


def test_a_co_author_sees_the_pictures_while_invited(
    signed_in: SignIn, follower: Client, draft: Article
) -> None:
    picture = draft.figures.get().image.url
    assert follower.get(picture).status_code == 200
    signed_in().post(f"/manuscripts/{draft.pk}/co-authors/", {"remove": draft.co_authors.get().pk})
    assert follower.get(picture).status_code == 404


def test_an_invitation_taken_back_closes_the_manuscript(
    signed_in: SignIn, follower: Client, draft: Article
) -> None:
    row = draft.co_authors.get()
    signed_in().post(f"/manuscripts/{draft.pk}/co-authors/", {"remove": row.pk})
    assert follower.get(f"/manuscripts/{draft.pk}/").status_code == 404


def test_an_editors_right_opens_no_text_here(cast: Cast, signed_in: SignIn) -> None:
    """Who may write at the desk and was invited as a co-author still only follows."""
    article = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.contributor)
    co_authors.invite(article, cast.editor.email, cast.contributor)
    client = signed_in("editor")
    assert 'name="title"' not in client.get(f"/manuscripts/{article.pk}/").content.decode()
    assert client.post(f"/manuscripts/{article.pk}/", {"title": "另一题"}).status_code == 403


@pytest.mark.parametrize("name", sorted(n for n, (method, _a) in TABLE.items() if method == "post"))
def test_a_request_from_elsewhere_is_refused(cast: Cast, draft: Article, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.contributor)
    assert ask(client, name, draft) == 403


def test_what_another_person_typed_is_not_kept_for_me(cast: Cast, signed_in: SignIn, draft: Article) -> None:
    message = {
        "page": "0" * 16,
        "number": 1,
        "version": draft.version,
        "person": cast.editor.pk,
        "fields": {},
    }
    answer = signed_in().post(
        f"/manuscripts/{draft.pk}/draft/", json.dumps(message), content_type="application/json"
    )
    assert answer.status_code == 403
    assert not draft.working_drafts.exists()
