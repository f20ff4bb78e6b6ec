"""The bundle: the same bytes for the same edition, only what is public, whole or not there."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import subprocess
import zipfile
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.search import finding, keeping
from articles.search.words import fold
from journal.edition import store
from journal.edition.bake import Result, bake
from journal.edition.bundle import export
from journal.edition.bundle.archive import Archive
from journal.edition.bundle.export import export_site
from journal.edition.bundle.index import Index, number_bytes
from journal.edition.bundle.links import carried
from journal.edition.bundle.search import FIELDS, TITLES
from tests.public.conftest import Shelf, add_figure, set_fields

pytestmark = pytest.mark.django_db

VERIFY = Path(settings.BASE_DIR) / "bin/verify-bundle"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out/bundle.zip"


def names_in(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as bundle:
        return set(bundle.namelist())


def read(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as bundle:
        return bundle.read(name).decode()


def unpack(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as bundle:
        bundle.extractall(folder)
    return folder


def verify(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", VERIFY, *arguments], capture_output=True, text=True, check=False)


# -- what is in it


def test_it_holds_every_public_file_once_and_a_sum_of_each(baked: Result, out: Path) -> None:
    export_site(out)
    top = store.folder(baked.edition.number) / "public"
    public = {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}
    plain = {name for name in public if not name.endswith((".gz", ".br"))}
    names = names_in(out)
    assert {f"site/{name}" for name in plain} <= names
    assert not [name for name in names if name.endswith((".gz", ".br"))]
    assert {"SHA256SUMS", "README.txt", "verify-bundle", "nginx.conf.example"} <= names
    sums = dict(reversed(line.split("  ", 1)) for line in read(out, "SHA256SUMS").splitlines())  # type: ignore[arg-type]
    assert set(sums) == names - {"SHA256SUMS"}
    with zipfile.ZipFile(out) as bundle:
        assert all(hashlib.sha256(bundle.read(name)).hexdigest() == digest for name, digest in sums.items())


def tokens_of(file: bytes) -> list[str]:
    """The tokens of one file of the index."""
    data = io.BytesIO(file)

    def number() -> int:
        value, shift = 0, 0
        while True:
            byte = data.read(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    tokens, before = [], b""
    for _ in range(number()):
        shared = number()
        before = before[:shared] + data.read(number())
        number()
        tokens.append(before.decode())
    return tokens


def test_nothing_in_it_is_for_fewer_than_everybody(shelf: Shelf, out: Path) -> None:
    set_fields(shelf.secret, title="饕餮貔貅", body="<p>魑魅魍魉。</p>")
    set_fields(shelf.unpublished, title="耄耋鳏寡", body="<p>觊觎已久。</p>")
    secret = add_figure(shelf.secret)
    bake()
    export_site(out)
    words = [
        *"饕餮貔貅魑魅魍魉耄耋鳏觊觎",
        Path(secret.image.name).name,
        shelf.secret.code,
        shelf.unpublished.code,
    ]
    with zipfile.ZipFile(out) as bundle:
        for name in bundle.namelist():
            data = bundle.read(name)
            found = " ".join(tokens_of(data)) if name.endswith(".bin") else data.decode(errors="ignore")
            if name.endswith("/index.json"):  # the table of foldings knows every character
                found = json.dumps({**json.loads(found), "words": None}, ensure_ascii=False)
            assert not [word for word in words if word in found or word in name], name
    assert "members" not in {name.split("/")[1] for name in names_in(out) if name.startswith("site/")}


def test_the_manuscripts_number_is_not_carried_along(shelf: Shelf, out: Path) -> None:
    set_fields(shelf.article, manuscript_number="19870099")
    bake()
    export_site(out)
    with zipfile.ZipFile(out) as bundle:
        assert not [name for name in bundle.namelist() if b"19870099" in bundle.read(name)]


def test_the_search_knows_the_fields_the_server_indexes(db: None) -> None:
    assert {*TITLES, *FIELDS, "manuscript_number", "body"} == set(keeping.TEXT_FIELDS)
    assert TITLES == finding.TITLES


# -- the same bytes


def test_the_same_edition_gives_the_same_bytes(baked: Result, out: Path) -> None:
    export_site(out)
    other = out.with_name("other.zip")
    export_site(other)
    assert out.read_bytes() == other.read_bytes()


def test_the_same_content_gives_the_same_bytes_at_a_time_that_is_set(
    shelf: Shelf, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    bake()
    export_site(out)
    for path in store.folder(1).rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    export_site(out.with_name("other.zip"))
    assert out.read_bytes() == out.with_name("other.zip").read_bytes()


def test_a_page_of_the_same_length_has_another_time(shelf: Shelf, out: Path) -> None:
    """A file server tells browsers by time and length whether a page is new."""
    bake()
    for path in (store.folder(1) / "public").rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    export_site(out)
    before = times_in(out)
    set_fields(shelf.article, body=shelf.article.body[::-1])
    bake()
    export_site(out)
    page = f"site{shelf.article.get_absolute_url()}index.html"
    assert times_in(out)[page] != before[page]
    assert times_in(out)["site/about/index.html"] == before["site/about/index.html"]


def times_in(path: Path) -> dict[str, tuple[int, ...]]:
    with zipfile.ZipFile(path) as bundle:
        return {info.filename: info.date_time for info in bundle.infolist()}


# -- what has changed since


@pytest.mark.parametrize("known_by", ["zip", "list"])
def test_an_increment_brings_what_differs_and_names_what_is_gone(
    shelf: Shelf, baked: Result, out: Path, tmp_path: Path, known_by: str
) -> None:
    from articles import press

    export_site(out)
    folder = unpack(out, tmp_path / "carried")
    gone = f"site{shelf.article.get_absolute_url()}index.html"
    press.perform("close", shelf.new, shelf.cast.chief, reason="改为登录可读")
    bake()
    step, whole = out.with_name("step.zip"), out.with_name("whole.zip")
    report = export_site(step, since=out if known_by == "zip" else folder / "SHA256SUMS")
    export_site(whole)
    assert gone in read(step, "REMOVED").splitlines()
    assert report.removed == len(read(step, "REMOVED").splitlines())
    assert report.written < report.files
    assert "site/about/index.html" not in names_in(step)
    unpack(step, folder)
    assert "extra: " + gone in verify(folder).stdout
    assert verify("--tidy", folder).returncode == 0
    assert tree(folder) == tree(unpack(whole, tmp_path / "whole"))


def tree(top: Path) -> dict[str, bytes]:
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def test_nothing_changed_is_an_increment_of_nothing(baked: Result, out: Path) -> None:
    export_site(out)
    step = out.with_name("step.zip")
    assert export_site(step, since=out).written == 0
    assert names_in(step) == {"SHA256SUMS", "REMOVED"}


@pytest.mark.parametrize("content", [b"", b"no list", b"PK\x05\x06" + bytes(18), b"\xff\xfe"])
def test_what_is_no_earlier_bundle_is_refused(baked: Result, out: Path, content: bytes) -> None:
    old = out.with_name("old")
    old.write_bytes(content)
    with pytest.raises(CommandError, match=r"old.*SHA256SUMS"):
        call_command("export_site", str(out), "--since", str(old))
    assert list(out.parent.iterdir()) == [old]


# -- whole or not there


def refused(out: Path) -> str:
    with pytest.raises(CommandError) as error:
        call_command("export_site", str(out), verbosity=0)
    return str(error.value)


def test_without_an_edition_it_is_refused(shelf: Shelf, out: Path) -> None:
    assert "bake" in refused(out)
    assert list(out.parent.iterdir()) == []


def test_an_edition_older_than_what_is_stored_is_refused(shelf: Shelf, baked: Result, out: Path) -> None:
    """Its search would speak of what its pages do not show."""
    set_fields(shelf.article, title="后来改的题目")
    assert "bake" in refused(out)
    assert list(out.parent.iterdir()) == []


def test_a_full_disk_is_told_before_anything_is_written(
    baked: Result, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export.shutil, "disk_usage", lambda _path: Usage(10, 10, 1000))
    assert "MB" in refused(out)
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_failure_on_the_way_leaves_what_stood_there(
    baked: Result, out: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    out.write_bytes(b"the bundle before")
    put = Archive.put

    def fail(archive: Archive, name: str, *arguments: Any, **options: Any) -> None:
        if name == "SHA256SUMS":
            raise OSError(error, os.strerror(error))
        put(archive, name, *arguments, **options)

    monkeypatch.setattr(Archive, "put", fail)
    assert "bundle.zip" in refused(out)
    assert out.read_bytes() == b"the bundle before"
    assert list(out.parent.iterdir()) == [out]


def test_what_a_killed_export_left_is_in_nobodys_way(baked: Result, out: Path) -> None:
    out.with_name(".bundle.zip.part").write_bytes(b"half" * 1_000_000)
    made = out.with_name(".bundle.zip.made")
    made.mkdir()
    (made / "left").write_bytes(b"left")
    export_site(out)
    assert list(out.parent.iterdir()) == [out]
    assert "site/left" not in names_in(out)
    with zipfile.ZipFile(out) as bundle:
        assert bundle.testzip() is None


def test_two_exports_into_one_file_do_not_mix(baked: Result, out: Path) -> None:
    with Archive(out) as archive:
        assert "bundle.zip" in refused(out)
        archive.finish(0)
    assert names_in(out) == {"SHA256SUMS"}


def test_a_damaged_edition_is_not_carried_on(baked: Result, out: Path) -> None:
    (store.folder(1) / "public/about/index.html").write_text("changed")
    assert "about/index.html" in refused(out)
    assert list(out.parent.iterdir()) == []


def test_a_folder_or_a_place_that_is_not_there_is_refused(baked: Result, out: Path) -> None:
    assert "out" in refused(out.parent)
    assert "nowhere" in refused(out.parent / "nowhere/bundle.zip")


def test_progress_is_told(baked: Result, out: Path) -> None:
    told: list[str] = []
    report = export_site(out, say=told.append)
    assert told[-1] == f"{report.files}/{report.files}"


# -- addresses


def test_addresses_stay_are_named_or_lead_to_the_journals_own_site(settings: Any) -> None:
    settings.SITE_URL = "https://journal.example"
    files = {"index.html", "about/index.html", "feed/index.atom", "static/a.css"}
    page = (
        '<a href="/">1</a><a href="/about/#top">2</a><link href="/feed/"><img src="/static/a.css">'
        '<form action="/desk/login/?next=/"><p data-figures="/visits/1.json" data-visits="x" class="y">'
        '<a href="//elsewhere.example/">3</a> href="/members/" &lt;a href="/members/"&gt;'
    )
    assert carried(page, files) == (
        '<a href="/">1</a><a href="/about/#top">2</a><link href="/feed/index.atom"><img src="/static/a.css">'
        '<form action="https://journal.example/desk/login/?next=/"><p class="y">'
        '<a href="//elsewhere.example/">3</a> href="/members/" &lt;a href="/members/"&gt;'
    )


# -- the index


@pytest.mark.parametrize(
    ("value", "written"), [(0, b"\0"), (127, b"\x7f"), (128, b"\x80\1"), (300, b"\xac\2")]
)
def test_numbers_take_seven_bits_a_byte(value: int, written: bytes) -> None:
    assert number_bytes(value) == written


def test_every_token_is_in_one_file_in_the_browsers_order() -> None:
    index = Index()
    for number in range(300):
        index.add(
            number, [[chr(0x4E00 + number * 7 + n) for n in range(50)], [], [], ["\U00020000", "\uff5e"]]
        )
    files = dict(index.files())
    tokens = [token for _first, file in index.files() for token in tokens_of(file)]
    assert len(files) > 2
    assert tokens == sorted(set(tokens), key=lambda token: token.encode("utf-16-be"))
    assert set(tokens) == set(index.lists)
    assert all(tokens_of(file)[0] == first for first, file in files.items())


# -- verify-bundle


@pytest.fixture
def carried_folder(baked: Result, out: Path, tmp_path: Path) -> Path:
    export_site(out)
    return unpack(out, tmp_path / "carried")


def test_a_whole_bundle_is_said_to_be_whole(carried_folder: Path, out: Path) -> None:
    assert verify(carried_folder).returncode == 0
    if shutil.which("unzip"):
        assert verify(out).returncode == 0
    listed = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=carried_folder, check=False)
    assert listed.returncode == 0


def test_what_is_missing_changed_or_extra_is_named(carried_folder: Path) -> None:
    (carried_folder / "site/index.html").write_bytes(b"changed")
    (carried_folder / "site/robots.txt").unlink()
    (carried_folder / "site/more file").write_bytes(b"")
    (carried_folder / "site/link").symlink_to("/etc/passwd")
    done = verify(carried_folder)
    assert done.returncode == 1
    assert set(done.stdout.splitlines()) == {
        "changed: site/index.html",
        "missing: site/robots.txt",
        "extra: site/more file",
        "extra: site/link",
    }


def test_a_cut_zip_no_bundle_and_a_damaged_list_are_told(carried_folder: Path, out: Path) -> None:
    out.write_bytes(out.read_bytes()[:-100])
    assert verify(out).returncode == 2
    assert verify(carried_folder / "site").returncode == 2
    assert verify(carried_folder / "nothing").returncode == 2
    (carried_folder / "SHA256SUMS").write_text("damaged\n")
    assert verify(carried_folder).returncode == 2


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/hostname", "site/../../outside", "site/about/index.html"]
)
def test_tidying_removes_nothing_outside_and_nothing_that_is_listed(carried_folder: Path, name: str) -> None:
    outside = carried_folder.parent / "outside"
    outside.write_bytes(b"")
    (carried_folder / "REMOVED").write_text(f"{name}\n")
    verify("--tidy", carried_folder)
    assert outside.exists()
    assert (carried_folder / "site/about/index.html").exists()


def test_folding_is_what_the_table_says(db: None) -> None:
    """The browser folds by table: NFKC, capitals, NFKC, variants – and nothing else."""
    import unicodedata

    from journal.edition.bundle.search import capitals, variants

    def by_table(text: str) -> str:
        lower = (capitals().get(c, c.lower()) for c in unicodedata.normalize("NFKC", text))
        return "".join(variants().get(c, c) for c in unicodedata.normalize("NFKC", "".join(lower)))

    for text in ("圖書館ＡＢＣ", "Straße ΣΊΣΥΦΟΣ", "ﬁlm ㍿ ①", "İstanbul", "鬱・髙"):
        assert by_table(text) == fold(text)
