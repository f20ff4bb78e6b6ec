"""Readers are served from files, whatever else is down; nothing but the edition's files can be had."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.db.models import QuerySet
from django.test import Client

from journal.edition import store
from journal.edition.bake import bake
from tests.edition.conftest import Door
from tests.public.conftest import Shelf, add_figure

pytestmark = pytest.mark.django_db


def test_every_public_page_is_served_with_the_application_down(files: Door) -> None:
    public = store.folder(1) / "public"
    addresses = []
    for path in public.rglob("*"):
        if path.is_file() and path.suffix not in {".gz", ".br"}:
            name = "/" + str(path.relative_to(public))
            addresses.append(re.sub(r"index\.(html|atom)$", "", name))
    assert len(addresses) > 30
    assert [a for a in addresses if files.get(a).status != 200] == []
    assert files.asked == []


def test_a_page_carries_its_policy_type_and_validators(files: Door) -> None:
    answer = files.get("/")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert files.get("/feed/").headers["Content-Type"].startswith("application/atom+xml")
    assert files.get("/robots.txt").headers["Content-Type"].startswith("text/plain")


def test_the_houses_door_says_what_the_house_says(settings: Any) -> None:
    from journal import security, wsgi

    headers = dict(wsgi.edition_headers())
    assert headers["Content-Security-Policy"] == security.POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers
    settings.HTTPS, settings.SECURE_HSTS_SECONDS = True, 60
    assert dict(wsgi.edition_headers())["Strict-Transport-Security"].startswith("max-age=60")


def test_head_says_the_same_without_a_body(files: Door) -> None:
    get, head = files.get("/"), files.get("/", method="HEAD")
    assert head.headers == get.headers
    assert head.body == b""


def test_the_smallest_form_the_reader_takes_is_sent(files: Door) -> None:
    plain = files.get("/")
    br = files.get("/", accept_encoding="gzip, deflate, br")
    gz = files.get("/", accept_encoding="gzip;q=1.0, br;q=0")
    assert brotli.decompress(br.body) == gzip.decompress(gz.body) == plain.body
    assert (br.headers["Content-Encoding"], gz.headers["Content-Encoding"]) == ("br", "gzip")
    assert "Content-Encoding" not in plain.headers
    assert {a.headers["Vary"] for a in (plain, br, gz)} == {"Accept-Encoding"}
    assert len({a.headers["ETag"] for a in (plain, br, gz)}) == 3


def test_what_a_reader_has_is_not_sent_again(files: Door) -> None:
    first = files.get("/")
    again = files.get("/", if_none_match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert files.get("/", if_none_match=f'"other", W/{first.headers["ETag"]}').status == 304
    assert files.get("/", if_none_match='"other"').status == 200
    assert files.get("/", if_modified_since=first.headers["Last-Modified"]).status == 304
    assert files.get("/", if_modified_since="Thu, 01 Jan 1998 00:00:00 GMT").status == 200
    assert files.get("/", if_modified_since="soon").status == 200


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=5-99999999", 206, slice(5, None)),
        ("bytes=99999999-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=9-5", 200, slice(0, None)),
        ("bytes=0-1,4-5", 200, slice(0, None)),
        ("lines=1-2", 200, slice(0, None)),
        ("bytes=-", 200, slice(0, None)),
    ],
)
def test_parts_of_a_file_can_be_asked_for(
    files: Door, asked: str, status: int, expected: slice | None
) -> None:
    whole = files.get("/about/").body
    answer = files.get("/about/", range=asked)
    assert answer.status == status
    assert answer.body == (whole[expected] if expected else b"")
    if status == 206:
        first, last, size = map(int, re.findall(r"\d+", answer.headers["Content-Range"]))
        assert whole[first : last + 1] == answer.body
        assert size == len(whole)
    if status == 416:
        assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"


def test_a_part_of_an_older_file_is_not_mixed_into_a_new_one(files: Door) -> None:
    tag = files.get("/").headers["ETag"]
    assert files.get("/", range="bytes=0-9", if_range=tag).status == 206
    assert files.get("/", range="bytes=0-9", if_range='"old"').status == 200


def test_large_files_come_in_pieces_and_whole(shelf: Shelf) -> None:
    figure = add_figure(shelf.article)
    with open(figure.image.path, "ab") as file:
        file.write(os.urandom(300_000))
    bake()
    answer = Door(store.root()).get(figure.image.url)
    assert answer.body == Path(figure.image.path).read_bytes()
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    "path",
    [
        "/../manifest.json",
        "/../../secret_key",
        "/issues/../../manifest.json",
        "//etc/passwd",
        "/./index.html/",
        "/%2e%2e/manifest.json",
        "/..%2fmanifest.json",
        "/issues\\..\\..\\manifest.json",
        "/index.html\x00.txt",
        "/.lock",
        "/static/../../manifest.json",
        "/issues",
        "/" + "a/" * 400,
        "relative",
        "/link-out",
        "/folder-out/secret.txt",
        "/pipe",
    ],
)
def test_nothing_but_the_editions_own_files_can_be_had(files: Door, path: str, tmp_path: Path) -> None:
    public = store.folder(1) / "public"
    (tmp_path / "secret.txt").write_text("secret")
    (public / "link-out").symlink_to(tmp_path / "secret.txt")
    (public / "folder-out").symlink_to(tmp_path)
    os.mkfifo(public / "pipe")
    assert files.get(path).status == 599
    assert len(files.asked) == 1


def test_a_link_that_leads_nowhere_hands_over_to_the_application(files: Door) -> None:
    os.replace(store.root() / "1", store.root() / "gone")
    assert files.get("/").status == 599
    (store.root() / "current").unlink()
    assert files.get("/").status == 599


def test_other_methods_and_unknown_addresses_are_the_applications(files: Door) -> None:
    assert files.get("/", method="POST").status == 599
    assert files.get("/desk/").status == 599
    assert files.asked == ["/", "/desk/"]


def test_the_file_is_the_same_for_everybody_signed_in_or_not(
    client: Client, shelf: Shelf, door: Door
) -> None:
    client.force_login(shelf.cast.chief)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    assert door.get("/", cookie=cookie).body == door.get("/").body
    assert "Set-Cookie" not in door.get("/", cookie=cookie).headers


def cookie_of(client: Client, user: Any) -> str:
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


def test_members_pages_come_from_files_to_signed_in_readers_only(
    client: Client, shelf: Shelf, door: Door, django_assert_max_num_queries: Any
) -> None:
    path = shelf.secret.get_absolute_url()
    assert door.get(path).status == 403
    assert shelf.secret.title.encode() not in door.get(path).body
    reader = cookie_of(client, shelf.cast.reader)
    with django_assert_max_num_queries(8):
        answer = door.get(path, cookie=reader)
    assert answer.status == 200
    baked = store.folder(1) / "members" / path.strip("/") / "index.html"
    assert answer.body == baked.read_bytes()
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Content-Security-Policy" in answer.headers


def test_a_members_file_is_not_shown_once_the_record_says_otherwise(
    client: Client, shelf: Shelf, door: Door
) -> None:
    from articles.models import Issue

    reader = cookie_of(client, shelf.cast.reader)
    assert door.get(shelf.secret.get_absolute_url(), cookie=reader).status == 200
    QuerySet.update(Issue.objects.filter(pk=shelf.members.pk), stage="signed")
    assert door.get(shelf.secret.get_absolute_url(), cookie=reader).status == 404


def test_a_client_cannot_name_a_members_file_itself(client: Client, shelf: Shelf, door: Door) -> None:
    reader = cookie_of(client, shelf.cast.reader)
    environ_name = {"kanwu.kept_in": "/etc/passwd"}
    assert b"root:" not in door.get("/members/", cookie=reader, **environ_name).body


def test_members_pictures_are_for_members(client: Client, shelf: Shelf) -> None:
    figure = add_figure(shelf.secret)
    bake()
    from django.core.handlers.wsgi import WSGIHandler

    door = Door(store.root(), WSGIHandler())
    assert door.get(figure.image.url).status == 404
    answer = door.get(figure.image.url, cookie=cookie_of(client, shelf.cast.reader))
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "image/jpeg"


def test_readers_see_a_new_edition_with_the_next_request(shelf: Shelf, files: Door) -> None:
    from tests.public.conftest import set_fields

    path = shelf.article.get_absolute_url()
    before = files.get(path)
    set_fields(shelf.article, title="换了的题目")
    assert files.get(path).body == before.body
    bake()
    assert "换了的题目".encode() in files.get(path).body
    assert files.get(path).headers["ETag"] != before.headers["ETag"]
