"""In Chromium: the office has files of an issue made, waits, takes one along, and offers it to readers."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Site, Watch
from tests.e2e.hands import Keyboard, follow

pytestmark = [pytest.mark.slow, pytest.mark.database_free]

NewContext = Callable[..., BrowserContext]
WAIT = 90_000  # a file is made in a process that has to begin first, on a machine that may be busy
ISSUE = "/issues/2026/11/"
EPUB = f"{ISSUE}2026-11.epub"


class House:
    """The sample journal, its newest issue and the publisher's desk."""

    def __init__(self, site: Site, new_context: NewContext) -> None:
        self.site, self.new_context, self.watch = site, new_context, Watch(site.base)
        site.manage("demo_logins")
        self.pk = site.shell("print(Issue.objects.get(year=2026, number='11').pk)").split()[-1]
        self.screen = f"{site.base}/desk/articles/issue/{self.pk}/files/"

    def page(self, **options: object) -> Page:
        context = self.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(WAIT)
        page = context.new_page()
        self.watch.attach(page)
        return page

    def publisher(self, **options: object) -> Page:
        """Signed in, before the files of the issue."""
        page = self.page(**options)
        page.goto(f"{self.site.base}/login/?next=/desk/")
        page.get_by_label("用户名").fill("publisher")
        page.get_by_label("密码").fill(self.site.password)
        follow(page.get_by_role("button", name="登录"))
        page.goto(self.screen)
        return page


@pytest.fixture
def house(fresh_site: Site, new_context: NewContext) -> House:
    return House(fresh_site, new_context)


def made(page: Page, format: str) -> None:
    expect(page.locator(f"#file-{format} .made")).to_be_visible(timeout=WAIT)


def test_an_epub_is_made_taken_along_and_offered_to_readers(house: House, tmp_path: Path) -> None:
    page = house.publisher()
    follow(page.locator("#make-epub"))
    expect(page.locator("#file-epub .making")).to_be_visible()
    assert violations(page) == []
    made(page, "epub")
    assert page.url == house.screen
    expect(page.locator("#files[data-working]")).to_have_count(0)
    with page.expect_download() as taken:
        page.locator("#file-epub .made a").click()
    taken.value.save_as(tmp_path / "taken.epub")
    with zipfile.ZipFile(tmp_path / "taken.epub") as book:
        assert book.read("mimetype") == b"application/epub+zip"
    reader = house.page()
    reader.goto(house.site.base + ISSUE)
    expect(reader.locator(".issue-files")).to_have_count(0)
    follow(page.locator("#offer-epub"))
    expect(page.locator("#file-epub .offered")).to_be_visible()
    reader.goto(house.site.base + ISSUE)
    assert violations(reader) == []
    with reader.expect_download() as read:
        reader.locator(f".issue-files a[href='{EPUB}']").click()
    read.value.save_as(tmp_path / "read.epub")
    assert (tmp_path / "read.epub").read_bytes() == (tmp_path / "taken.epub").read_bytes()
    follow(page.locator("#withdraw-epub"))
    answer = reader.goto(house.site.base + ISSUE)
    assert answer is not None
    expect(reader.locator(".issue-files")).to_have_count(0)
    house.watch.assert_quiet()


def test_without_a_script_a_link_shows_how_far_it_is(house: House) -> None:
    page = house.publisher(java_script_enabled=False)
    follow(page.locator("#make-contents"))
    while page.locator("#files-again").count():  # ends with the making; the test has a limit of its own
        follow(page.locator("#files-again"))
    expect(page.locator("#file-contents .made")).to_be_visible()


def test_everything_is_done_by_keyboard(house: House) -> None:
    page = house.publisher()
    hand = Keyboard()
    hand.press(page.locator("#make-contents"))
    made(page, "contents")
    hand.press(page.locator("#single-fold"))
    hand.press(page.locator("[id^=make-docx-]").first)
    expect(page.locator(".single .made")).to_be_visible(timeout=WAIT)
    assert hand.unseen == []
    house.watch.assert_quiet()


def test_the_screen_is_accessible_and_within_its_width(house: House) -> None:
    state = house.publisher().context.storage_state()
    for width, scheme in ((1280, "light"), (1280, "dark"), (375, "light"), (375, "dark")):
        page = house.page(viewport={"width": width, "height": 900}, color_scheme=scheme, storage_state=state)
        page.goto(house.screen)
        page.locator("#single-fold").click()
        assert violations(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, scheme)
    house.watch.assert_quiet()
