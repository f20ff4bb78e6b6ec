"""The bundle on a machine without Kanwu: every page, picture, style and feed, and a search of its own."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from articles.search.words import units
from tests.e2e.axe import violations
from tests.e2e.bundles import get, nginx, plain, unpacked
from tests.e2e.conftest import ROOT, Site, Watch, free_port

pytestmark = pytest.mark.browser

ADDRESS = re.compile(r'\s(?:href|src|action|poster|srcset|data-[\w-]+)="([^"]*)"')
STYLED = re.compile(r"url\(\s*[\"']?([^)\"'#]+)")


# -- the pages


def address_of(file: str) -> str:
    """What a file of the edition is asked for by."""
    return re.sub(r"(^|(?<=/))index\.(html|atom)$", "", file)


def addresses_of(page: Path) -> set[str]:
    """What a page or style sheet leads to, as written."""
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".css":
        return set(STYLED.findall(text))
    found = set()
    for value in map(unescape, ADDRESS.findall(text)):
        pieces = [piece.split()[0] for piece in value.split(", ")] if " " in value else [value]
        found |= {piece for piece in pieces if piece.startswith(("/", "http:", "https:"))}
    return found


def test_every_address_in_it_leads_to_a_file_of_it_or_to_the_journal_itself(
    bundle: Path, house: Site
) -> None:
    lost, outside, looked_at = set(), set(), 0
    for page in [*bundle.rglob("*.html"), *bundle.rglob("*.css")]:
        here = "/" + page.relative_to(bundle).as_posix()
        for value in addresses_of(page):
            looked_at += 1
            address = urlsplit(urljoin(here, value))
            if address.netloc:
                outside.add(f"{address.scheme}://{address.netloc}")
                continue
            target = bundle / address.path.lstrip("/")
            if not (target / "index.html" if address.path.endswith("/") else target).is_file():
                lost.add(f"{here}: {value}")
    assert lost == set()
    assert house.base in outside
    assert looked_at > 2000


def test_nginx_alone_answers_every_file_of_it(bundle: Path, nginx_server: str) -> None:
    kinds = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
    kinds |= {".atom": "application/atom+xml", ".xml": "application/xml", ".jpg": "image/jpeg"}
    for path in (path for path in bundle.rglob("*") if path.is_file()):
        name = path.relative_to(bundle).as_posix()
        answer = get(f"{nginx_server}/{address_of(name)}")
        assert answer.status == 200, name
        assert answer.body == path.read_bytes(), name
        if path.suffix in kinds:
            assert answer.headers["content-type"].split(";")[0] == kinds[path.suffix], name
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_nginx_leads_to_the_slash_keeps_what_lasts_and_has_a_page_for_what_is_not_there(
    bundle: Path, nginx_server: str
) -> None:
    moved = get(f"{nginx_server}/about")
    assert (moved.status, moved.headers["location"]) == (301, "/about/")
    for lost in ("/nothing/here/", "/search/texts/", "/static/", "/SHA256SUMS", "/../SHA256SUMS"):
        answer = get(nginx_server + lost)
        assert answer.status in {400, 404}, lost
        assert b"Index of" not in answer.body
    assert get(f"{nginx_server}/nothing/").body == (bundle / "404.html").read_bytes()
    index = next(bundle.glob("search/*/index.json")).relative_to(bundle)
    assert "immutable" in get(f"{nginx_server}/{index}").headers["cache-control"]
    page = get(f"{nginx_server}/about/", Accept_Encoding="gzip")
    assert page.headers["cache-control"] == "public, no-cache"
    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["vary"] == "Accept-Encoding"


def test_the_feeds_are_found_from_the_pages_of_any_file_server(plain_server: str, bundle: Path) -> None:
    home = (bundle / "index.html").read_text(encoding="utf-8")
    link = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', home)
    assert link
    feed = feedparser.parse(get(plain_server + link[1]).body)
    assert not feed.bozo
    assert len(feed.entries) > 10


@pytest.mark.parametrize("server", ["plain_server", "nginx_server"])
def test_a_reader_walks_through_an_issue_without_a_complaint(
    page: Page, server: str, request: pytest.FixtureRequest
) -> None:
    base = request.getfixturevalue(server)
    watch = Watch(base)
    watch.attach(page)
    page.goto(base)
    page.goto(f"{base}/issues/")
    page.locator(".place").first.click()
    page.locator(".entry-line").first.click()
    page.wait_for_load_state()
    walked = 1
    while page.locator('a[rel="next"]').count():
        page.locator('a[rel="next"]').click()
        page.wait_for_load_state()
        assert page.locator(".end-mark").count() == 1
        walked += 1
    assert walked == 13
    for place in ("/about/", "/contribute/", "/sections/", "/search/", "/search/?q=渡口"):
        page.goto(base + place)
    page.wait_for_load_state("networkidle")
    watch.assert_quiet()


# -- the search

FIND = """async (queries) => {
  const script = document.querySelector('script[src*="search-bundle"]').src;
  const { Index } = await import(script);
  const index = await Index.open(new URL(document.querySelector("form[data-index]").dataset.index, location));
  const found = [];
  for (const query of queries) found.push((await index.find(query)).map((one) => index.address(one)));
  return found;
}"""

#: What the server finds, and what is found by reading every text: both as lists of addresses.
SERVER = """
import json, pathlib
from articles import richtext
from articles.search import search
from articles.search.words import has_phrase, terms
from journal.edition.bundle.search import TITLES, articles, head_of
shelf = {{}}
for article, names in articles():
    fields = [getattr(article, name) or "" for name in TITLES] + head_of(article) + names
    shelf[article.get_absolute_url().lstrip("/")] = fields + [richtext.plain_text(article.body)]
def hits(query):
    return [article.get_absolute_url().lstrip("/") for article in search(query, limit=100).hits]
def scan(query):
    asked = terms(query)
    holds = lambda fields: asked and all(any(has_phrase(text, term) for text in fields) for term in asked)
    return [address for address, fields in shelf.items() if holds(fields)]
queries = json.loads(pathlib.Path({queries!r}).read_text())
print(json.dumps([[hits(query), scan(query)] for query in queries]))
"""


def answers(site: Site, queries: list[str], folder: Path) -> list[tuple[list[str], list[str]]]:
    (folder / "queries.json").write_text(json.dumps(queries), encoding="utf-8")
    found: list[tuple[list[str], list[str]]] = json.loads(
        site.shell(SERVER.format(queries=str(folder / "queries.json")))
    )
    return found


def phrases(bundle: Path, count: int) -> list[str]:
    """Random phrases of 1 to 8 characters as they stand in titles, bylines and texts, some of them two."""
    chance = random.Random(20260907)
    texts = []
    for path in sorted(bundle.glob("search/texts/**/*.json")):
        shown = json.loads(path.read_text(encoding="utf-8"))
        texts.append([shown["title"], " ".join(shown["names"]), *shown["texts"]])
    found = []
    while len(found) < count:
        fields = chance.choice(texts)
        piece = cut(chance, fields)
        if chance.random() < 0.2:
            piece = f"{piece} {cut(chance, fields)}"
        found.append(piece)
    return found


def cut(chance: random.Random, fields: list[str]) -> str:
    field = chance.choice([field for field in fields if field])
    size = chance.choice([1, 2, 2, 2, 3, 4, 4, 5, 6, 8])
    start = chance.randrange(max(1, len(field) - size))
    return field[start : start + size]


#: Ways of typing the same: traditional, full width, capitals; and what finds nothing or is no word at all.
TYPED = [
    "渡口",
    "圖書",
    "圖書館",
    "３０",
    "ｱ",
    "ISBN",
    "isbn",
    "渡 口",
    "…",
    "　",
    "《》",
    "没有这样的一句话",
]


def without_numbers(site: Site, queries: list[str]) -> list[str]:
    """Those that name no manuscript: its number is the office's, and a bundle does not know it."""
    listed = "Article.objects.values_list('manuscript_number', flat=True)"
    numbers = site.shell(f"from articles.models import Article; print(*{listed})")
    digits = set(re.findall(r"\d+", numbers))
    return [query for query in queries if not digits & set(re.findall(r"\d+", query))]


def assert_found_alike(
    page: Page, base: str, site: Site, queries: list[str], folder: Path
) -> list[list[str]]:
    queries = without_numbers(site, queries)
    page.goto(f"{base}/search/")
    found: list[list[str]] = page.evaluate(FIND, queries)
    for query, here, (server, scanned) in zip(queries, found, answers(site, queries, folder), strict=True):
        assert set(here) == set(scanned), f"{query!r} against a reading of every text"
        assert here == server, f"{query!r} against the server"
    return found


def test_it_finds_what_the_server_finds_in_the_same_order(
    page: Page, plain_server: str, house: Site, bundle: Path, tmp_path: Path
) -> None:
    queries = [*phrases(bundle, 400), *TYPED]
    found = assert_found_alike(page, plain_server, house, queries, tmp_path)
    assert sum(map(bool, found)) > 380
    assert not found[-1]


#: Every character for itself, and what the browser makes of it.
CHARACTERS = """async ([first, last]) => {
  const { Words } = await import(document.querySelector('script[src*="search-bundle"]').src);
  const { index } = document.querySelector("form[data-index]").dataset;
  const words = new Words((await (await fetch(index)).json()).words);
  const found = [];
  for (let code = first; code <= last; code += 1) {
    found.push(code >= 0xd800 && code <= 0xdfff ? [] : words.units(String.fromCodePoint(code)));
  }
  return found;
}"""


def test_every_character_is_folded_and_parted_as_on_the_server(page: Page, plain_server: str) -> None:
    """Characters this Python does not know yet are left out: the browser may."""
    page.goto(f"{plain_server}/search/")
    wrong = []
    for first in range(0, 0x32000, 0x4000):
        here = page.evaluate(CHARACTERS, [first, first + 0x3FFF])
        for code, found in enumerate(here, start=first):
            char = chr(code)
            if unicodedata.category(char) not in {"Cn", "Cs", "Co"} and found != units(char):
                wrong.append(f"U+{code:04X} {char}: {found} for {units(char)}")
    assert wrong == []


def test_a_query_in_the_address_shows_hits_with_marks_that_lead_to_the_article(
    page: Page, plain_server: str
) -> None:
    watch = Watch(plain_server)
    watch.attach(page)
    page.goto(f"{plain_server}/about/")
    page.get_by_role("searchbox").fill("渡口")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    page.locator(".hit").first.wait_for()
    assert page.get_by_role("searchbox").input_value() == "渡口"
    for hit in page.locator(".hit").all():
        assert "渡口" in hit.locator("mark").all_inner_texts()
    title = page.locator(".hit-title").first.inner_text()
    page.locator(".hit-title a").first.click()
    page.wait_for_url("**/issues/**")
    assert title in page.title()
    watch.assert_quiet()


def test_hits_are_narrowed_by_section_and_year_and_leafed_through(page: Page, plain_server: str) -> None:
    page.goto(f"{plain_server}/search/?q=的")
    page.locator(".hit").first.wait_for()
    assert page.locator(".hit").count() == 10
    first = page.locator(".hit-title").first.inner_text()
    page.locator('.paging [rel="next"]').click()
    page.wait_for_url("**page=2*")
    page.locator(".hit").first.wait_for()
    assert page.locator(".hit-title").first.inner_text() != first
    choice = page.locator('[data-facet="section"] a').last
    name, count = choice.locator("span").all_inner_texts()
    choice.click()
    page.wait_for_url(lambda url: "section=" in url and "page=" not in url)
    page.locator(".hit").first.wait_for()
    assert page.locator(".hit").count() == int(count)
    assert set(page.locator(".hit .section").all_inner_texts()) == {name}
    assert name in page.locator(".chosen").inner_text()
    page.locator(".chosen a").click()
    page.wait_for_url(lambda url: "section=" not in url)


def test_the_newest_may_come_first(page: Page, plain_server: str) -> None:
    page.goto(f"{plain_server}/search/?q=渡口")
    page.locator(".sorts a.newest[href]").click()
    page.wait_for_url("**sort=newest*")
    page.locator(".hit").first.wait_for()
    issues = page.locator(".hit .issue").all_inner_texts()
    numbers = [[int(number) for number in re.findall(r"\d+", label)] for label in issues]
    assert numbers == sorted(numbers, reverse=True)


def test_hits_of_a_variants_search_speak_as_it_does_and_lead_into_it(page: Page, plain_server: str) -> None:
    def hits(place: str) -> list[str]:
        page.goto(f"{plain_server}{place}?q=渡口")
        page.locator(".hit").first.wait_for()
        return page.locator(".hit, .facet").all_inner_texts()

    simplified, own = hits("/search/"), hits("/zh-hant/search/")
    assert len(own) == len(simplified)
    assert all(map(str.__ne__, own, simplified))
    assert not [words for words in own if re.search("[书岛为这对发时说]", words)]
    assert "渡口" in page.locator(".hit mark").all_inner_texts()
    title = page.locator(".hit-title").first.inner_text()
    page.locator(".hit-title a").first.click()
    page.wait_for_url("**/zh-hant/issues/**")
    assert page.locator(".piece-title").inner_text().replace("\n", " ") == title
    assert page.locator(".end-mark").count() == 1


def test_nothing_found_a_broken_index_and_no_script_are_each_told(
    page: Page, plain_server: str, new_context: Callable[..., BrowserContext]
) -> None:
    page.goto(f"{plain_server}/search/?q=没有这样的一句话")
    told = page.locator('[data-search="told"]')
    expect(told).to_contain_text("没有这样的一句话")
    page.route("**/index.json", lambda route: route.abort())
    page.goto(f"{plain_server}/search/?q=渡口")
    expect(told).to_have_text(told.get_attribute("data-failed") or "-")
    silent = new_context(java_script_enabled=False).new_page()
    silent.goto(f"{plain_server}/search/")
    assert silent.locator("noscript a").get_attribute("href") == "/issues/"


def test_what_is_asked_for_is_never_mark_up(page: Page, plain_server: str) -> None:
    page.goto(f"{plain_server}/search/?q=<img src=x onerror=document.title=1>渡口")
    expect(page.locator('[data-search="told"]')).to_contain_text("<img")
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_search_page_is_accessible(
    new_context: Callable[..., BrowserContext], plain_server: str, width: int, scheme: Any
) -> None:
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto(f"{plain_server}/search/?q=渡口")
    page.locator(".hit").first.wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_query_loads_few_small_files(page: Page, plain_server: str) -> None:
    page.goto(f"{plain_server}/search/")
    sizes: list[tuple[str, int]] = []
    page.on("response", lambda answer: sizes.append((answer.url, int(answer.headers["content-length"]))))
    page.goto(f"{plain_server}/search/?q=青蒲滩的渡口")
    page.wait_for_load_state("networkidle")
    index = [(url, size) for url, size in sizes if url.endswith(".bin")]
    assert 0 < len(index) <= 4
    assert max(size for _url, size in index) < 64_000


# -- the real issue


@pytest.fixture
def real(shared: Path, tmp_path: Path) -> Site:
    site = Site(tmp_path / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("import_issue", str(shared / "import/issue-2024-07/source.md"))
    site.manage("publish_issue", "2024", "7", "--as-import", "--visibility", "public")
    return site


def test_the_real_issue_is_searched_with_recall_1(page: Page, real: Site, tmp_path: Path) -> None:
    root = unpacked(real, tmp_path)
    with plain(root, tmp_path) as base:
        found = assert_found_alike(page, base, real, phrases(root, 400), tmp_path)
    assert sum(map(bool, found)) > 380


# -- the live site behind nginx


def test_nginx_shows_the_edition_and_hands_the_rest_on_without_touching_it(
    site: Site, page: Page, tmp_path: Path
) -> None:
    example = (ROOT / "journal/edition/nginx.conf.example").read_text(encoding="utf-8")
    assert "127.0.0.1:8000" in example
    places = {"KANWU_DATA": str(site.data), "127.0.0.1:8000": f"127.0.0.1:{site.port}"}
    with nginx("nginx.conf.example", tmp_path, **places) as base:
        compare_with_the_house(site, base)


SAID = (
    "content-security-policy",
    "cache-control",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
)


def compare_with_the_house(site: Site, base: str) -> None:
    number = (site.data / "editions/current").readlink()
    public = site.data / "editions" / number / "public"
    for path in (path for path in public.rglob("*") if path.is_file() and path.suffix not in {".gz", ".br"}):
        name = address_of(path.relative_to(public).as_posix())
        answer, own = get(f"{base}/{name}"), get(f"{site.base}/{name}")
        assert (answer.status, answer.body) == (own.status, own.body) == (200, path.read_bytes()), name
        for header in (*SAID, "content-type"):
            assert answer.headers.get(header) == own.headers.get(header), f"{name}: {header}"
    for place in ("/desk/login/", "/members/", "/nothing/", "/about"):
        answer, own = get(base + place), get(site.base + place)
        for header in (*SAID, "location"):
            assert answer.headers.get(header) == own.headers.get(header), f"{place}: {header}"
        assert answer.status == own.status, place
    packed = get(f"{base}/", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.body == (public / "index.html.gz").read_bytes()
