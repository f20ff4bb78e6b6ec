"""The bake writes every page once, takes over what has not changed, and refuses before it harms."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles.models import Author, Erratum, Journal
from journal.edition import store
from journal.edition.bake import Result, bake
from journal.edition.manifest import Manifest, verify
from journal.edition.models import Edition
from journal.edition.oven import Oven
from journal.variants import variant_of
from tests.edition.conftest import Door
from tests.factories import printed_issue
from tests.public.conftest import Shelf, add_figure, set_fields

pytestmark = pytest.mark.django_db


def shown() -> Path:
    number = store.current()
    assert number is not None
    return store.folder(number)


def paths_of(top: Path, audience: str) -> set[str]:
    return {str(path.relative_to(top / audience)) for path in (top / audience).rglob("*") if path.is_file()}


def text_of(path: str) -> str:
    return (shown() / path).read_text(encoding="utf-8")


def fresh_in(result: Result) -> set[str]:
    """Files that are not those of the edition before."""
    top = store.folder(result.edition.number)
    return {str(path.relative_to(top)) for path in top.rglob("*.html") if path.stat().st_nlink == 1}


def test_every_page_in_the_sitemap_is_a_file(client: Client, baked: Result) -> None:
    there = paths_of(shown(), "public")
    places = re.findall(r"<loc>http://[^/]+(/[^<]*)</loc>", text_of("public/sitemap.xml"))
    assert len(places) > 10
    assert [place for place in places if f"{place}index.html".lstrip("/") not in there] == []


#: Doors behind which somebody has to be known, or is answered by what was asked.
FOR_THE_APPLICATION = {"/members/", "/manuscripts/", "/register/", "/most-read/", "/oai/?verb=Identify"}


def test_every_link_of_every_page_leads_to_a_file(variants: list[str], baked: Result) -> None:
    there = paths_of(shown(), "public")
    lost = set()
    for page in (shown() / "public").rglob("*.html"):
        for place in re.findall(r'(?:href|src)="(/[^"#]*)', page.read_text(encoding="utf-8")):
            names = [place.lstrip("/") + end for end in ("", "index.html", "index.atom")]
            if not there & set(names) and variant_of(place).bare(place) not in FOR_THE_APPLICATION:
                lost.add(f"{page}: {place}")
    assert lost == set()


def test_a_file_is_what_the_view_answers_a_stranger(client: Client, shelf: Shelf, baked: Result) -> None:
    for path in ("/", "/issues/", shelf.article.get_absolute_url(), "/about/"):
        assert (shown() / "public" / f"{path}index.html".lstrip("/")).read_bytes() == client.get(path).content


def test_members_pages_and_pictures_are_apart_and_nothing_of_them_is_public(shelf: Shelf) -> None:
    secret, public = add_figure(shelf.secret), add_figure(shelf.article)
    bake()
    top = shown()
    assert shelf.secret.get_absolute_url().lstrip("/") + "index.html" in paths_of(top, "members")
    assert f"media/{secret.image.name}" in paths_of(top, "members")
    assert f"media/{public.image.name}" in paths_of(top, "public")
    assert f"media/{secret.image.name}" not in paths_of(top, "public")
    words = [w.encode() for w in shelf.secrets]
    for path in (top / "public").rglob("*"):
        if path.suffix in {".html", ".atom", ".xml", ".txt", ".bib", ".ris"}:
            assert not any(word in path.read_bytes() for word in words), path


def test_the_manifest_knows_every_file_and_the_row_knows_the_manifest(baked: Result) -> None:
    assert verify(shown()) == []
    assert Manifest(shown()).sha256 == baked.edition.manifest_hash
    (shown() / "public/index.html").write_text("changed")
    (shown() / "public/more.txt").write_text("more")
    assert len(verify(shown())) == 2


def test_nothing_changed_makes_no_edition(baked: Result) -> None:
    again = bake()
    assert not again.changed
    assert again.edition == baked.edition
    assert store.numbers() == [1]


def test_full_bakes_all_again_and_keeps_the_files_that_are_the_same(baked: Result) -> None:
    before = (shown() / "public/about/index.html").stat()
    result = bake(full=True)
    assert result.changed
    assert result.kept == 0
    after = (shown() / "public/about/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert verify(shown()) == []


def test_a_corrected_word_bakes_only_what_shows_it(shelf: Shelf, baked: Result) -> None:
    set_fields(shelf.article, body="<p>改正后的话。</p>", title="改正后的题目")
    result = bake()
    fresh = fresh_in(result)
    issue = shelf.new.get_absolute_url().strip("/")
    assert f"public/{issue}/{shelf.article.code}/index.html" in fresh
    assert f"public/{issue}/index.html" in fresh
    assert "public/index.html" in fresh
    assert "public/sections/people/index.html" in fresh
    assert not [
        path for path in fresh if path.startswith(f"public/{shelf.old.get_absolute_url().strip('/')}")
    ]
    # A members' article that names it among what is related does so by its new title.
    assert all("改正后的题目" in text_of(path) for path in fresh if path.startswith("members/"))
    assert "改正后的话" in text_of(f"public/{issue}/{shelf.article.code}/index.html")
    assert verify(shown()) == []


@pytest.mark.parametrize(
    "thing",
    ["journal", "author", "section", "erratum", "figure", "slogan", "namesake", "series", "keywords"],
)
def test_whatever_a_page_shows_bakes_it_again(shelf: Shelf, baked: Result, thing: str) -> None:
    """Every kind of row has a part in some fingerprint: a full bake afterwards finds nothing to correct."""
    author = Author.objects.get(bylines__article=shelf.article)
    changes: dict[str, Any] = {
        "journal": lambda: Journal.objects.update(organiser="改名杂志社"),
        "author": lambda: Author.objects.filter(pk=author.pk).update(biography="写了三十年。", unit="新单位"),
        "section": lambda: type(shelf.section).objects.update(name="新栏目名"),
        "erratum": lambda: Erratum.objects.create(
            article=shelf.article, notice="更正一处。", reason="核对", by=shelf.cast.chief
        ),
        "figure": lambda: add_figure(shelf.article, caption="新图"),
        "slogan": lambda: type(shelf.new).objects.filter(pk=shelf.new.pk).update(slogans=["新的一句"]),
        "series": lambda: set_fields(shelf.article, series="白苎河上溯", series_part="上"),
        "keywords": lambda: [
            set_fields(article, keywords=["渡口"])
            for article in (*shelf.old.articles.all(), shelf.article)  # type: ignore[attr-defined]
        ],
        "namesake": lambda: Author.objects.filter(pk=author.pk).update(name="改名的人"),
    }
    changes[thing]()
    assert bake().changed
    incremental = {path: (shown() / path).read_bytes() for path in Manifest(shown()).paths()}
    bake(full=True)
    complete = {path: (shown() / path).read_bytes() for path in Manifest(shown()).paths()}
    assert incremental.keys() == complete.keys()
    assert [path for path in complete if incremental[path] != complete[path]] == []


def test_a_new_issue_reaches_its_neighbours_and_every_list(shelf: Shelf, baked: Result) -> None:
    newest = printed_issue(shelf.cast, 1, year=2026, number="S1", serial_number=99)
    bake()
    assert newest.get_absolute_url() in text_of("public/index.html")
    assert newest.get_absolute_url() in text_of(f"public{shelf.new.get_absolute_url()}index.html")
    incremental = {path: (shown() / path).read_bytes() for path in Manifest(shown()).paths()}
    bake(full=True)
    assert [path for path, body in incremental.items() if (shown() / path).read_bytes() != body] == []


def test_what_is_closed_leaves_the_public_files(shelf: Shelf, baked: Result) -> None:
    from articles import press

    press.perform("close", shelf.new, shelf.cast.chief, reason="改为登录可读")
    bake()
    place = shelf.article.get_absolute_url().strip("/")
    assert not (shown() / "public" / place).exists()
    assert (shown() / "members" / place / "index.html").exists()
    assert verify(shown()) == []


def test_long_lists_are_followed_to_their_last_page(shelf: Shelf) -> None:
    big = printed_issue(shelf.cast, 45, year=2024, number="1")
    for article in big.articles.all():
        set_fields(article, section=shelf.section)
    bake()
    there = paths_of(shown(), "public")
    assert {f"sections/people/{n}index.html" for n in ("", "2/", "3/")} <= there
    assert "sections/people/4/index.html" not in there


def test_text_is_compressed_beside_itself(baked: Result) -> None:
    import gzip

    import brotli

    page = shown() / "public/index.html"
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert not list((shown() / "public").rglob("*.jpg.gz"))


def test_static_files_of_the_edition_before_stay_for_who_still_reads_its_pages(
    baked: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Oven, "with_references", lambda _oven, names: {n for n in names if "theme" not in n})
    bake(full=True)
    assert (shown() / "public/static/js/theme.js").exists()
    bake(full=True)
    assert not (shown() / "public/static/js/theme.js").exists()


def test_the_lost_page_is_baked_for_servers_that_show_it(baked: Result) -> None:
    assert "404" in text_of("public/404.html")


def test_old_editions_stay_to_go_back_to_but_not_for_ever(baked: Result, settings: Any) -> None:
    settings.EDITIONS_KEPT = 2
    for _ in range(4):
        bake(full=True)
    assert store.numbers() == [3, 4, 5]
    assert store.current() == 5
    store.switch(4)
    assert verify(shown()) == []


def test_leftovers_of_a_crash_are_swept_and_an_unshown_edition_is_not_kept(baked: Result) -> None:
    (store.root() / ".building-7").mkdir()
    (store.root() / ".building-7" / "half").write_text("half")
    (store.root() / "9").mkdir()
    (store.root() / ".current-new").symlink_to("9")
    bake(full=True)
    assert sorted(p.name for p in store.root().iterdir()) == [".lock", "1", "2", "current"]


def test_an_edition_nobody_noted_is_taken_up(baked: Result) -> None:
    Edition.objects.all().delete()
    assert not bake().changed
    row = Edition.objects.get()
    assert row.number == 1
    assert row.manifest_hash == baked.edition.manifest_hash
    assert row.pages_baked == baked.edition.pages_baked


def test_a_full_disk_is_refused_before_anything_is_written(
    baked: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "free_bytes", lambda: 300_000)
    with pytest.raises(store.EditionError):
        bake(full=True)
    assert store.current() == 1
    assert store.numbers() == [1]
    assert verify(shown()) == []
    assert Edition.objects.count() == 1


def test_a_disk_that_fills_midway_leaves_the_old_edition_whole(
    shelf: Shelf, baked: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_fields(shelf.article, title="写不下的一篇")

    def full(self: Oven, record: Any, path: str, body: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Oven, "put", full)
        with pytest.raises(store.EditionError):
            bake()
    assert store.current() == 1
    assert verify(shown()) == []
    assert not list(store.root().glob(".building-*"))
    assert bake().changed


def test_a_page_that_fails_makes_no_edition(
    shelf: Shelf, baked: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    from journal.public.views import article

    set_fields(shelf.article, title="坏的一篇")
    monkeypatch.setattr(article, "article_metas", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bake()
    assert store.current() == 1
    assert store.numbers() == [1]
    assert verify(shown()) == []


def test_a_missing_picture_is_named_and_makes_no_edition(shelf: Shelf, baked: Result) -> None:
    figure = add_figure(shelf.article)
    Path(figure.image.path).unlink()
    with pytest.raises(store.EditionError, match=Path(figure.image.name).name):
        bake()
    assert store.current() == 1


def test_two_bakes_never_run_at_once(baked: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "WAIT", 0.2)
    said: list[str] = []
    with store.lock(), pytest.raises(store.EditionError):
        bake(full=True, say=said.append)
    assert len(said) == 1
    assert bake(full=True).changed


def test_the_command_says_what_it_did_and_checks_what_stands(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError):
        call_command("bake", "--check")
    call_command("bake")
    assert "1" in capsys.readouterr().out.splitlines()[-1]
    call_command("bake", "--check")
    (shown() / "public/index.html").write_text("torn")
    with pytest.raises(CommandError):
        call_command("bake", "--check")


def test_the_issue_before_stops_being_the_current_one(shelf: Shelf, baked: Result) -> None:
    """Its pages say to which room of the site they belong; those of older issues are left alone."""
    article = shelf.article.get_absolute_url()
    current = '<a href="/" aria-current="true">'
    assert current in Door(store.root()).get(article).body.decode()
    printed_issue(shelf.cast, 1, year=2027, number="1")
    result = bake()
    assert current not in Door(store.root()).get(article).body.decode()
    older = f"public {shelf.old.articles.first().get_absolute_url()}"  # type: ignore[union-attr]
    folders = [store.folder(number) for number in (baked.edition.number, result.edition.number)]
    before, after = (Manifest(folder).fingerprint(older) for folder in folders)
    assert before == after
