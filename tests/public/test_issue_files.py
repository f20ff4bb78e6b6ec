"""The files of an issue as readers get them: offered, for who may read the issue, gone when they must be."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from unittest import mock

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from articles import press, workflow
from articles.models import Issue, IssueFile
from articles.press import IssueStage
from articles.refusals import Refused
from journal.edition import going_back, receivers, store
from journal.edition.bake import bake
from journal.edition.bundle.export import export_site
from tests.edition.conftest import Door, the_simplified_edition_alone, variants
from tests.factories import Cast, make_issue
from tests.files import made_file
from tests.public.conftest import Shelf

__all__ = ["the_simplified_edition_alone", "variants"]
pytestmark = pytest.mark.django_db(transaction=True)


def offer(issue: Issue, cast: Cast, content: bytes = b"%PDF for readers", format: str = "pdf") -> IssueFile:
    file = made_file(issue, format, content=content)
    press.perform("offer_file", issue, cast.publisher, file=file)
    return file


def page(issue: Issue, client: Client | None = None) -> str:
    return (client or Client()).get(issue.get_absolute_url()).content.decode()


def status(path: str) -> int:
    """Of the whole house, the edition's files first."""
    return Door(store.root(), WSGIHandler()).get(path).status


def take_down(issue: Issue, cast: Cast) -> None:
    article = issue.articles.first()
    workflow.perform("approve_retraction", article, cast.chief, reason="事实有误。", notice="本文已撤下。")
    workflow.perform("take_down", article, cast.publisher)


def test_the_issue_page_names_what_is_offered_with_its_size(shelf: Shelf) -> None:
    made_file(shelf.old, "epub")
    assert "issue-files" not in page(shelf.old)
    file = offer(shelf.old, shelf.cast, content=b"%PDF" + b"x" * 2044)
    shown = page(shelf.old)
    assert f'href="{file.get_absolute_url()}"' in shown
    assert re.search(r"PDF&nbsp;<span[^>]*>2.0\s*KB", shown)
    assert "EPUB" not in shown
    assert "issue-files" not in Client().get(shelf.article.get_absolute_url()).content.decode()


def test_it_is_a_download_of_its_kind(shelf: Shelf) -> None:
    for format, kind in (("pdf", "application/pdf"), ("epub", "application/epub+zip")):
        file = offer(shelf.old, shelf.cast, format.encode(), format)
        answer = Client().get(file.get_absolute_url())
        assert b"".join(answer.streaming_content) == format.encode()
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{file.name}"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_offered_is_not_there(shelf: Shelf) -> None:
    file = made_file(shelf.old)
    assert Client().get(file.get_absolute_url()).status_code == 404
    press.perform("offer_file", shelf.old, shelf.cast.publisher, file=file)
    assert Client().get(file.get_absolute_url()).status_code == 200
    press.perform("withdraw_file", shelf.old, shelf.cast.publisher, file=file)
    assert Client().get(file.get_absolute_url()).status_code == 404
    assert Client().post(file.get_absolute_url()).status_code == 405


def test_a_members_issue_gives_its_file_to_members(shelf: Shelf) -> None:
    file = offer(shelf.members, shelf.cast)
    assert Client().get(file.get_absolute_url()).status_code == 403
    reader = Client()
    reader.force_login(shelf.cast.reader)
    answer = reader.get(file.get_absolute_url())
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]
    assert file.get_absolute_url() in page(shelf.members, reader)


def test_a_signed_issue_s_file_comes_out_with_the_issue(shelf: Shelf) -> None:
    issue = make_issue(shelf.cast, IssueStage.SIGNED, year=2027, number="1")
    file = offer(issue, shelf.cast)
    assert Client().get(file.get_absolute_url()).status_code == 404
    press.perform("publish", issue, shelf.cast.publisher)
    assert Client().get(file.get_absolute_url()).status_code == 200


# In the edition.


def test_it_is_a_file_of_the_edition(shelf: Shelf) -> None:
    bake()
    assert status(f"{shelf.old.get_absolute_url()}2025-03.pdf") == 404
    file = offer(shelf.old, shelf.cast)
    alone = Door(store.root())
    answer = alone.get(file.get_absolute_url())
    assert (answer.status, answer.body) == (200, b"%PDF for readers")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2025-03.pdf"'
    assert alone.get(file.get_absolute_url(), RANGE="bytes=0-3").body == b"%PDF"
    assert file.get_absolute_url() in alone.get(shelf.old.get_absolute_url()).body.decode()


def test_a_newer_file_takes_its_place_in_the_edition(shelf: Shelf) -> None:
    file = offer(shelf.old, shelf.cast)
    bake()
    offer(shelf.old, shelf.cast, b"%PDF made anew")
    assert Door(store.root()).get(file.get_absolute_url()).body == b"%PDF made anew"


def test_a_members_file_lies_where_no_stranger_gets_it(shelf: Shelf) -> None:
    file = offer(shelf.members, shelf.cast, b"%PDF for members")
    bake()
    place = file.get_absolute_url().lstrip("/")
    top = store.folder(store.current() or 0)
    assert (top / "members" / place).read_bytes() == b"%PDF for members"
    assert not (top / "public" / place).exists()
    assert status(file.get_absolute_url()) == 403


def test_what_is_taken_down_is_gone_with_the_file_at_once(shelf: Shelf) -> None:
    file = offer(shelf.old, shelf.cast)
    bake()
    before = store.current()
    take_down(shelf.old, shelf.cast)
    assert status(file.get_absolute_url()) == 404
    assert "issue-files" not in page(shelf.old)
    with pytest.raises(Refused) as refused:
        going_back.show(before or 0, shelf.cast.publisher, reason="试试")
    assert refused.value.code == "brings-back"


def test_what_is_taken_down_is_gone_with_the_file_before_any_bake(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = offer(shelf.old, shelf.cast), offer(shelf.new, shelf.cast)
    bake()
    monkeypatch.setattr(receivers, "bake", mock.Mock(side_effect=RuntimeError))
    take_down(shelf.old, shelf.cast)
    assert status(file.get_absolute_url()) == 404
    assert status(other.get_absolute_url()) == 200


def test_a_withdrawn_file_does_not_come_back_with_an_earlier_edition(shelf: Shelf) -> None:
    file = offer(shelf.old, shelf.cast)
    bake()
    before = store.current()
    press.perform("withdraw_file", shelf.old, shelf.cast.publisher, file=file)
    assert status(file.get_absolute_url()) == 404
    with pytest.raises(Refused) as refused:
        going_back.show(before or 0, shelf.cast.publisher, reason="试试")
    assert "2025-03.pdf" in str(refused.value)


def test_the_bundle_holds_the_public_file_and_no_other(shelf: Shelf, tmp_path: Path) -> None:
    public, members = offer(shelf.old, shelf.cast), offer(shelf.members, shelf.cast, b"%PDF members")
    bake()
    export_site(tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as bundle:
        assert bundle.read(f"site{public.get_absolute_url()}") == b"%PDF for readers"
        assert f"site{members.get_absolute_url()}" not in bundle.namelist()
        contents = bundle.read(f"site{shelf.old.get_absolute_url()}index.html").decode()
        assert f'href="{public.get_absolute_url()}"' in contents


@pytest.mark.usefixtures("variants")
@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_every_variant_of_the_page_leads_to_the_one_file(shelf: Shelf, prefix: str) -> None:
    file = offer(shelf.old, shelf.cast)
    shown = Client().get(prefix + shelf.old.get_absolute_url()).content.decode()
    assert f'href="{file.get_absolute_url()}"' in shown
