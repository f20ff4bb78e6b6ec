"""Never lose a keystroke, in a real browser: saved while typing, off line, killed, two people at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import FLAGS, Site, Watch, free_port
from tests.e2e.hands import follow

pytestmark = pytest.mark.browser

PASSWORD = "a-long-enough-password"
FIRST, SECOND = "陆小满", "程以宁"
SEED = f"""
from tests.factories import Cast, make_article, make_user
from articles.record import make_revision
cast = Cast()
for name in ("{FIRST}", "{SECOND}"):
    user = make_user("responsible-editor", name=name, username=name)
    user.set_password("{PASSWORD}")
    user.save()
body = "<p>第一段讲渡口的清晨。</p><p>第二段讲船工的早饭。</p><p>第三段讲对岸的集市。</p>"
for number in range(12):
    article = make_article(cast, "first_review", body=body)
    make_revision(article, "saved", user)
"""
TYPING = ".cke_wysiwyg_div"


def rows(site: Site, query: str, *values: Any) -> list[Any]:
    """What the database of the house holds, past every page."""
    with closing(sqlite3.connect(site.data / "kanwu.sqlite3", timeout=20)) as database:
        return database.execute(query, values).fetchall()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("desk") / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("collectstatic", "--noinput", "-v", "0")
    site.shell(SEED)
    site.keys = [row[0] for row in rows(site, "SELECT id FROM articles_article")]  # type: ignore[attr-defined]
    site.start()
    yield site
    site.stop()


@pytest.fixture
def key(desk: Site) -> int:
    """A manuscript nobody has touched yet."""
    return desk.keys.pop()  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def address(desk: Site, key: int) -> str:
    return f"{desk.base}/desk/articles/article/{key}/change/"


def log_in(page: Page, desk: Site, person: str) -> Page:
    page.goto(f"{desk.base}/desk/login/")
    page.fill("#id_username", person)
    page.fill("#id_password", PASSWORD)
    page.click("#login-form button")
    page.wait_for_url(f"{desk.base}/desk/")
    return page


@pytest.fixture
def enter(desk: Site, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    def come_in(person: str = FIRST, **options: Any) -> Page:
        context = new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        return log_in(context.new_page(), desk, person)

    return come_in


def sit_down(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector("#keep[data-listening]")
    return page


def write(page: Page, words: str, paragraph: int = 0) -> None:
    page.locator(f"{TYPING} p").nth(paragraph).click()
    page.keyboard.press("End")
    page.keyboard.insert_text(words)


def expect_status(page: Page, state: str) -> None:
    expect(page.locator("#keep-status")).to_have_attribute("data-state", state, timeout=20_000)


def expect_lock(page: Page, state: str) -> None:
    expect(page.locator("#lock")).to_have_attribute("data-state", state, timeout=20_000)


def stored(desk: Site, key: int) -> str:
    return str(rows(desk, "SELECT body FROM articles_article WHERE id = ?", key)[0][0])


def test_typing_is_saved_shown_offered_again_and_goes_with_the_save(
    desk: Site, key: int, address: str, enter: Callable[..., Page]
) -> None:
    page = sit_down(enter(), address)
    watch = Watch(desk.base)
    watch.attach(page)
    expect_lock(page, "free")
    write(page, "雾还没有散。")
    expect_status(page, "unsaved")
    expect_status(page, "saved")
    expect(page.locator("#keep-status")).to_contain_text(":")
    expect_lock(page, "mine")
    assert "雾还没有散" not in stored(desk, key)

    sit_down(page, address)
    expect(page.locator(TYPING)).not_to_contain_text("雾还没有散")
    assert violations(page) == []
    page.click("#offer [name=_resume]")
    page.wait_for_selector("#keep[data-resumed][data-listening]")
    expect(page.locator(TYPING)).to_contain_text("雾还没有散")
    assert violations(page) == []
    page.click("[name=_continue]")
    page.wait_for_selector("#keep[data-listening]:not([data-resumed])")
    expect(page.locator("#offer")).to_have_count(0)
    assert "雾还没有散" in stored(desk, key)
    watch.assert_quiet()


def test_opening_and_reading_types_nothing(desk: Site, address: str, enter: Callable[..., Page]) -> None:
    page = sit_down(enter(), address)
    page.locator(f"{TYPING} p").first.click()
    page.keyboard.press("ArrowRight")
    page.locator("#id_title").click()
    expect_status(page, "none")
    expect_lock(page, "free")
    sit_down(page, address)
    expect(page.locator("#offer")).to_have_count(0)


def test_off_line_it_is_kept_here_and_sent_when_the_line_is_back(
    address: str, enter: Callable[..., Page]
) -> None:
    page = sit_down(enter(), address)
    page.context.set_offline(True)
    write(page, "断线时写的。")
    expect_status(page, "offline")
    page.context.set_offline(False)
    expect_status(page, "saved")
    sit_down(page, address)
    expect(page.locator("#offer")).to_be_visible()
    expect(page.locator(".offer.local")).to_have_count(0)


def test_a_login_that_ran_out_keeps_the_words_and_says_where_to_log_in(
    desk: Site, address: str, enter: Callable[..., Page]
) -> None:
    page = sit_down(enter(), address)
    page.context.clear_cookies(name="sessionid")
    write(page, "登录过期后写的。")
    expect_status(page, "local")
    link = page.locator("#keep-trouble a")
    expect(link).to_be_visible()
    with page.context.expect_page() as opened:
        link.click()
    other = opened.value
    other.fill("#id_username", FIRST)
    other.fill("#id_password", PASSWORD)
    other.click("#login-form button")
    other.wait_for_selector("#keep")
    write(page, "接着写。")
    expect_status(page, "saved")
    page.click("[name=_continue]")
    expect(page.locator(".messagelist")).to_be_visible()
    expect(page.locator(TYPING)).to_contain_text("登录过期后写的。接着写。")


@pytest.fixture
def own_browser(browser: Browser, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """A Chromium with a profile of its own, to be killed and started again."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "the browser of the other tests came from there"
    profile, running = tmp_path / "profile", []
    port_file = profile / "DevToolsActivePort"

    def start() -> tuple[Browser, subprocess.Popen[bytes]]:
        port_file.unlink(missing_ok=True)
        options = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
        process = subprocess.Popen(
            [path, *FLAGS, *options, "about:blank"],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        running.append(process)
        deadline = time.monotonic() + 30
        while not port_file.exists() or not port_file.read_text().strip():
            assert time.monotonic() < deadline, "the browser does not answer"
            time.sleep(0.1)
        port = port_file.read_text().split()[0]
        return browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}"), process

    yield start
    for process in running:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As when the power goes: the whole group at once, nothing may say goodbye."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


COPIES = """person => new Promise(done => {
  const open = indexedDB.open(`kanwu-keep-${person}`);
  open.onsuccess = () => {
    const all = open.result.transaction("copies").objectStore("copies").getAll();
    all.onsuccess = () => { open.result.close(); done(JSON.stringify(all.result)); };
  };
})"""


def test_a_killed_browser_loses_less_than_ten_seconds(
    desk: Site, key: int, address: str, own_browser: Callable[..., Any]
) -> None:
    running, process = own_browser()
    page = sit_down(log_in(running.contexts[0].new_page(), desk, FIRST), address)
    page.context.set_offline(True)  # nothing reaches the office: what survives, survives here
    person = page.get_attribute("#keep", "data-person")
    write(page, "断电前的第一句。")
    expect_status(page, "offline")
    write(page, "断电前的最后一句。")
    typed_at = time.monotonic()
    while "断电前的最后一句" not in page.evaluate(COPIES, person):
        assert time.monotonic() - typed_at < 10
    kill(process)

    again, _process = own_browser()
    page = log_in(again.contexts[0].new_page(), desk, FIRST)
    sit_down(page, address)
    offer = page.locator(".offer.local")
    expect(offer).to_contain_text("断电前的第一句。断电前的最后一句。")
    expect(page.locator(TYPING)).not_to_contain_text("断电前")
    offer.locator("[data-do=resume]").click()
    page.wait_for_selector("#keep[data-resumed][data-listening]")
    expect(page.locator(TYPING)).to_contain_text("断电前的第一句。断电前的最后一句。")
    page.click("[name=_continue]")
    expect(page.locator(".messagelist")).to_be_visible()
    assert "断电前的第一句。断电前的最后一句。" in stored(desk, key)
    assert "断电前" not in page.evaluate(COPIES, person)


def test_what_the_form_has_stored_is_not_offered_again(
    desk: Site, key: int, address: str, enter: Callable[..., Page]
) -> None:
    page = sit_down(enter(), address)
    person = page.get_attribute("#keep", "data-person")
    page.route("**/draft/", lambda route: route.abort())
    write(page, "只存在本机，随后保存。")
    expect_status(page, "offline")
    assert "只存在本机" in page.evaluate(COPIES, person)
    with page.expect_navigation():
        page.click("[name=_continue]")
    page.wait_for_selector("#keep[data-listening]")
    assert "只存在本机，随后保存。" in stored(desk, key)
    page.wait_for_function(f"async () => !String(await ({COPIES})({person})).includes('只存在本机')")
    expect(page.locator(".offer.local")).to_have_count(0)


def test_logging_out_takes_the_copies_along(address: str, desk: Site, enter: Callable[..., Page]) -> None:
    page = sit_down(enter(), address)
    person = page.get_attribute("#keep", "data-person")
    page.route("**/draft/", lambda route: route.abort())
    write(page, "没有传出去的。")
    expect_status(page, "offline")
    page.goto(f"{desk.base}/desk/")
    assert "没有传出去的" in page.evaluate(COPIES, person)
    # Answered while the click is still on its way: it waits for whoever is asked.
    page.once("dialog", lambda asked: asked.dismiss())
    with page.expect_event("dialog"):
        page.click("#logout-form button")
    assert "没有传出去的" in page.evaluate(COPIES, person)
    page.once("dialog", lambda asked: asked.accept())
    with page.expect_event("dialog"):
        page.click("#logout-form button")
    page.wait_for_url(lambda url: not url.endswith("/desk/"))
    log_in(page, desk, SECOND)
    assert page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))") == []


def test_two_write_at_once_and_both_texts_are_kept(
    desk: Site, key: int, address: str, enter: Callable[..., Page]
) -> None:
    mine, theirs = sit_down(enter(FIRST), address), sit_down(enter(SECOND), address)
    watch = Watch(desk.base)
    watch.attach(theirs)
    write(theirs, "对方的话。")
    expect_status(theirs, "saved")
    theirs.click("[name=_save]")
    theirs.wait_for_selector(".messagelist")

    write(mine, "我的话。")
    write(mine, "只有我改的。", 2)
    expect(mine.locator("#keep-trouble a")).to_be_visible(timeout=20_000)
    assert "我的话" not in stored(desk, key)
    mine.click("#keep-trouble a")
    mine.wait_for_selector(".three-ways")
    expect(mine.locator(".choice.conflict")).to_have_count(1)
    for width, scheme in ((1280, "light"), (375, "dark")):
        mine.set_viewport_size({"width": width, "height": 800})
        mine.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(mine) == []
        assert mine.evaluate("document.documentElement.scrollWidth <= innerWidth")
    mine.check(".choice.conflict [value=both]")
    mine.click(".three-ways .submit-row button")
    mine.wait_for_selector("#keep[data-listening]")
    text = stored(desk, key)
    assert all(words in text for words in ("我的话。", "对方的话。", "只有我改的。"))
    expect(mine.locator("#offer")).to_have_count(0)
    watch.assert_quiet()


def test_without_script_a_late_save_opens_the_comparison_too(
    desk: Site, key: int, address: str, enter: Callable[..., Page]
) -> None:
    mine = enter(FIRST, java_script_enabled=False)
    mine.goto(address)
    theirs = sit_down(enter(SECOND), address)
    write(theirs, "对方先存的。")
    theirs.click("[name=_save]")
    theirs.wait_for_selector(".messagelist")
    text = mine.input_value("#id_body")
    mine.fill("#id_body", text.replace("集市", "戏台"))
    mine.fill("#id_subtitle", "无脚本的副题")
    with mine.expect_navigation() as arrived:
        mine.click("[name=_save]")
    assert arrived.value.status == 409
    mine.click(".three-ways .submit-row button")
    mine.wait_for_selector(".messagelist")
    text = stored(desk, key)
    assert "对方先存的。" in text
    assert "戏台" in text


def minute(page: Page) -> None:
    """Let a heartbeat pass."""
    page.clock.fast_forward(61_000)


def test_one_writes_the_other_reads_asks_and_takes_over(
    desk: Site, key: int, address: str, enter: Callable[..., Page]
) -> None:
    one, other = enter(FIRST), enter(SECOND, viewport={"width": 375, "height": 800})
    for page in (one, other):
        page.clock.install()
    sit_down(one, address)
    write(one, "我先动笔。")
    expect_lock(one, "mine")
    expect_status(one, "saved")

    other.goto(address)
    expect_lock(other, "other")
    expect(other.locator("#lock")).to_contain_text(FIRST)
    expect(other.locator("[name=_save]")).to_have_count(0)
    expect(other.locator("#id_title")).to_be_disabled()
    assert violations(other) == []
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
    other.click("#lock [value=ask]")
    expect(other.locator("#lock [value=ask]")).to_have_count(0)

    minute(one)
    expect(one.locator("#lock .asked")).to_contain_text(SECOND)
    assert violations(one) == []
    one.click("#lock [value=hand_over]")
    expect_lock(one, "other")
    expect(one.locator("#keep-trouble a")).to_be_visible()
    expect(one.locator(TYPING)).to_have_attribute("contenteditable", "false")

    minute(other)
    expect_lock(other, "mine")
    expect(other.locator("#id_title")).to_be_enabled()
    other.wait_for_selector("#keep[data-listening]")

    one.click("#lock summary")
    one.click("#lock [value=take_over]")
    expect_lock(one, "mine")
    expect(one.locator(TYPING)).to_have_attribute("contenteditable", "true")
    minute(other)
    expect_lock(other, "other")
    record = "SELECT actor_name, data FROM articles_event WHERE action = 'take_over' AND article_id = ?"
    assert [(name, json.loads(data)["from"]) for name, data in rows(desk, record, key)] == [(FIRST, SECOND)]


def test_a_version_is_kept_looked_at_and_brought_back(
    desk: Site, key: int, address: str, enter: Callable[..., Page]
) -> None:
    page = sit_down(enter(), address)
    watch = Watch(desk.base)
    watch.attach(page)
    write(page, "值得留下的一句。")
    page.click("[name=_version]")
    page.wait_for_selector(".messagelist")
    follow(page.locator(".to-versions"))
    assert violations(page) == []
    page.locator("tbody tr th a").nth(1).click()
    expect(page.locator(".version-text ins").first).to_contain_text("值得留下的一句。")
    page.set_viewport_size({"width": 375, "height": 800})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click(".restore summary")
    page.click(".restore button")
    page.wait_for_selector(".messagelist")
    assert "值得留下的一句" not in stored(desk, key)
    watch.assert_quiet()
