"""Each page is baked in each variant: beside it, by the same gate, and again when it is baked again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db.models import QuerySet
from django.test import Client

from articles.models import Issue
from journal.edition import store
from journal.edition.bake import Result, bake
from journal.edition.manifest import Manifest, verify
from journal.variants import VARIANTS, Variant
from tests.edition.conftest import Door
from tests.edition.test_bake import fresh_in, paths_of, shown, text_of
from tests.edition.test_serving import cookie_of
from tests.public.conftest import Shelf, set_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("variants")]
both = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.prefix)
PREFIXES = tuple(f"{variant.prefix}/" for variant in VARIANTS)


def pages_of(paths: set[str]) -> set[str]:
    return {path for path in paths if path.endswith(".html")}


def plain(paths: set[str]) -> set[str]:
    return {path for path in paths if not path.startswith(PREFIXES)}


def behind(paths: set[str], variant: Variant) -> set[str]:
    before = f"{variant.prefix}/"
    return {path.removeprefix(before) for path in paths if path.startswith(before)}


@both
@pytest.mark.parametrize("audience", ["public", "members"])
def test_every_page_has_its_file_in_each_variant_and_nothing_else_has(
    baked: Result, variant: Variant, audience: str
) -> None:
    there = {path for path in paths_of(shown(), audience) if not path.endswith((".gz", ".br"))}
    assert len(there) > 3
    assert behind(there, variant) == pages_of(plain(there))


@both
def test_a_file_is_what_the_view_answers(
    client: Client, shelf: Shelf, baked: Result, variant: Variant
) -> None:
    for path in ("/", "/issues/2026/index/", "/sections/people/", shelf.article.get_absolute_url()):
        address = variant.address(path)
        assert (shown() / "public" / f"{address}index.html".lstrip("/")).read_bytes() == client.get(
            address
        ).content


def test_a_corrected_word_bakes_its_pages_in_each_variant_and_no_more(shelf: Shelf, baked: Result) -> None:
    set_fields(shelf.article, body="<p>头发改正了。</p>")
    result = bake()
    fresh = {path.removeprefix("public/") for path in fresh_in(result)}
    article = shelf.article.get_absolute_url().strip("/") + "/index.html"
    assert article in fresh
    assert len(plain(fresh)) < len(pages_of(plain(paths_of(shown(), "public")))) / 2
    for variant in VARIANTS:
        assert behind(fresh, variant) == plain(fresh)
    assert "头发改正了" in text_of(f"public/en/{article}")
    assert "頭髮改正了" in text_of(f"public/zh-hant/{article}")
    assert verify(shown()) == []


def test_baking_twice_gives_the_same_bytes(baked: Result) -> None:
    before = {e.path: e.sha256 for group in Manifest(shown()).groups() for e in group.files}
    bake(full=True)
    assert {e.path: e.sha256 for group in Manifest(shown()).groups() for e in group.files} == before


def test_switching_a_variant_off_takes_its_files_away(shelf: Shelf, baked: Result, settings: Any) -> None:
    settings.READER_VARIANTS = ["zh-hant"]
    assert bake().changed
    there = paths_of(shown(), "public") | paths_of(shown(), "members")
    assert [path for path in there if path.startswith("en/")] == []
    assert [path for path in there if path.startswith("zh-hant/")] != []
    assert b"/en/" not in (shown() / "public/index.html").read_bytes()
    settings.READER_VARIANTS = []
    bake()
    assert plain(paths_of(shown(), "public")) == paths_of(shown(), "public")
    assert verify(shown()) == []


@both
def test_members_variants_come_from_files_to_signed_in_readers_only(
    client: Client, shelf: Shelf, door: Door, variant: Variant
) -> None:
    path = variant.address(shelf.secret.get_absolute_url())
    assert door.get(path).status == 403
    reader = cookie_of(client, shelf.cast.reader)
    answer = door.get(path, cookie=reader)
    assert answer.status == 200
    assert answer.body == (store.folder(1) / "members" / path.strip("/") / "index.html").read_bytes()
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert not (store.folder(1) / "public" / path.strip("/")).exists()
    QuerySet.update(Issue.objects.filter(pk=shelf.members.pk), stage="signed")
    assert door.get(path, cookie=reader).status == 404


@both
def test_no_public_file_of_a_variant_holds_what_is_not_for_everybody(
    shelf: Shelf, baked: Result, variant: Variant
) -> None:
    secret = shelf.secret.code.encode()
    files = list((shown() / "public" / variant.prefix).rglob("*.html"))
    assert len(files) > 10
    address = shelf.secret.get_absolute_url().encode()
    assert [
        path for path in files if address in path.read_bytes() or b"/" + secret + b"/" in path.read_bytes()
    ] == []


@both
def test_the_lost_page_of_a_variant_is_baked_for_servers_that_show_it(
    baked: Result, variant: Variant
) -> None:
    assert f'<html lang="{variant.tag}"' in text_of(f"public/{variant.prefix}/404.html")


@both
def test_a_variant_is_served_with_the_application_down(files: Door, shelf: Shelf, variant: Variant) -> None:
    answer = files.get(variant.address(shelf.article.get_absolute_url()))
    assert (answer.status, files.asked) == (200, [])


def test_what_is_not_baked_is_answered_by_the_application_in_the_variant(shelf: Shelf, baked: Result) -> None:
    door = Door(store.root(), WSGIHandler())
    answer = door.get("/zh-hant/nowhere/")
    assert answer.status == 404
    assert b'<html lang="zh-Hant"' in answer.body


def test_what_fits_on_the_disk_is_reckoned_with_every_variant(
    shelf: Shelf, baked: Result, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from journal.edition.bake import bytes_needed, plan_work
    from journal.edition.manifest import Manifest as Before

    def need() -> int:
        work = plan_work(None, full=True)
        assert isinstance(work.before, Before)
        return bytes_needed(work)

    with_both = need()
    settings.READER_VARIANTS = []
    assert with_both > 2 * need()
