"""Where the office wants it, a unit signs what its people send in, here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from articles import workflow
from articles.models import Article
from articles.stages import Stage
from journal.intake.models import ReceivedFile
from journal.notices.make import catch_up
from journal.notices.models import Notice
from tests.e2e.word_file import TELEPHONE, word_file
from tests.factories import DECLARED, Cast, make_journal, make_user

SignIn = Callable[..., Client]


@pytest.fixture
def waiting(cast: Cast, tmp_path: Any) -> Article:
    """Sent in by a person of the unit, read from a file with a telephone number in it."""
    make_journal(unit_check=True)
    data = word_file(tmp_path).read_bytes()
    draft = ReceivedFile.objects.receive(data, "渡口.docx", cast.contributor).take_in()
    assert draft is not None
    workflow.perform("submit", draft, cast.contributor, declarations=DECLARED)
    draft.refresh_from_db()
    assert draft.stage == Stage.UNIT_CHECK
    return draft


def sign(client: Client, article: Article, action: str, said: str = "", **changed: Any) -> Any:
    words = {"action": action, "said": said, "version": article.version, **changed}
    return client.post(f"/manuscripts/unit/{article.pk}/", words)


def test_the_approver_is_told_and_finds_it_where_the_letter_says(
    cast: Cast, signed_in: SignIn, waiting: Article
) -> None:
    client = signed_in("unit_approver")
    catch_up()
    notice = Notice.objects.get(recipient=cast.unit_approver)
    assert f"/manuscripts/unit/{waiting.pk}/" in notice.body
    assert waiting.title in client.get("/manuscripts/").content.decode()
    page = client.get(f"/manuscripts/unit/{waiting.pk}/").content.decode()
    assert "孩子们在岸边等着" in page
    assert TELEPHONE not in page
    assert client.get(waiting.figures.get().image.url).status_code == 200
    sign(client, waiting, "sign_for_unit")
    assert client.get(waiting.figures.get().image.url).status_code == 404


def test_signed_it_comes_to_the_office(signed_in: SignIn, waiting: Article) -> None:
    client = signed_in("unit_approver")
    assert sign(client, waiting, "sign_for_unit", "同意。").status_code == 302
    waiting.refresh_from_db()
    assert waiting.stage == Stage.SUBMITTED
    assert client.get(f"/manuscripts/unit/{waiting.pk}/").status_code == 404


def test_sent_back_its_sender_reads_why(signed_in: SignIn, waiting: Article) -> None:
    client = signed_in("unit_approver")
    without = sign(client, waiting, "return_from_unit")
    assert without.status_code == 422
    waiting.refresh_from_db()
    sign(client, waiting, "return_from_unit", "请核对人次数字。")
    waiting.refresh_from_db()
    assert waiting.stage == Stage.DRAFT
    assert "请核对人次数字。" in signed_in().get(f"/manuscripts/{waiting.pk}/").content.decode()


def test_an_old_page_signs_nothing(signed_in: SignIn, waiting: Article) -> None:
    answer = sign(signed_in("unit_approver"), waiting, "sign_for_unit", version=waiting.version + 1)
    assert answer.status_code == 409
    waiting.refresh_from_db()
    assert waiting.stage == Stage.UNIT_CHECK


@pytest.mark.parametrize("action", ["register", "recall", ""])
def test_no_other_step_is_taken_here(signed_in: SignIn, waiting: Article, action: str) -> None:
    assert sign(signed_in("unit_approver"), waiting, action).status_code == 403


def test_another_units_approver_and_one_without_a_unit_find_nothing(waiting: Article) -> None:
    for unit in ("岚江县中学", ""):
        stranger = Client()
        stranger.force_login(make_user("unit-approver", unit=unit))
        assert stranger.get(f"/manuscripts/unit/{waiting.pk}/").status_code == 404
        assert sign(stranger, waiting, "sign_for_unit").status_code == 404
        assert waiting.title not in stranger.get("/manuscripts/").content.decode()


def test_nobody_signs_their_own(cast: Cast, signed_in: SignIn, waiting: Article) -> None:
    Article.objects.filter(pk=waiting.pk).update(submitter=cast.unit_approver)
    assert signed_in("unit_approver").get(f"/manuscripts/unit/{waiting.pk}/").status_code == 404


def test_after_signing_in_the_approver_is_where_the_work_is(client: Client, cast: Cast) -> None:
    user = cast.unit_approver
    user.set_password("a-long-enough-password")
    user.save()
    answer = client.post("/login/", {"username": user.username, "password": "a-long-enough-password"})
    assert answer.headers["Location"] == "/manuscripts/"
