"""The reader's tests once more, on the bundle that nginx alone shows: no Python, no database behind it.

``site`` is the bundle here; every test is the house's own. Of a large matrix one corner is enough: the pages
are the same files. What needs a server stands at the end: it is not there, and breaks nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e import test_comforts, test_elder, test_html, test_newcomer, test_reader, test_saved_issues
from tests.e2e.comforts import ELDER
from tests.e2e.conftest import Site, Watch
from tests.e2e.pages import BAKED, ISSUE, REPORT

pytestmark = pytest.mark.slow

NewContext = Callable[..., BrowserContext]
checker = test_html.checker


@pytest.fixture(scope="module")
def site(house: Site, nginx_server: str) -> Site:
    """The bundle in place of the house."""
    return Site(house.data, urlsplit(nginx_server).port or 0, made_for=house.base)


def everything_of(module: ModuleType, *others: str) -> dict[str, Callable[..., None]]:
    """The tests of a module but for those named."""
    every = {name: test for name, test in vars(module).items() if name.startswith("test_")}
    return {name: test for name, test in every.items() if name not in others}


globals().update(
    **everything_of(
        test_reader,
        "test_every_template_is_quiet_and_fetches_only_from_home",
        "test_no_template_breaks_the_guidelines",
        "test_no_page_scrolls_sideways",
    ),
    **everything_of(test_comforts),
    **everything_of(
        test_elder,
        "test_for_the_elderly_type_and_targets_are_large_on_every_page",
        "test_for_the_elderly_words_stand_out_at_seven_to_one",
        "test_no_choice_breaks_the_guidelines",
        "test_no_size_of_type_scrolls_sideways",
    ),
    **everything_of(
        test_saved_issues,
        # These bake a new edition meanwhile; a bundle changes when another one is unpacked.
        "test_a_new_edition_shows_at_once_and_what_was_taken_down_is_not_kept",
        "test_once_a_day_every_saved_issue_is_looked_at_again",
        "test_an_issue_for_few_is_not_offered_and_never_kept",
    ),
    **everything_of(test_newcomer, "test_what_is_wanted_is_three_clicks_from_the_front_page"),
)


# -- one corner of each matrix


def test_no_template_breaks_the_guidelines(new_context: NewContext, site: Site) -> None:
    test_reader.test_no_template_breaks_the_guidelines(new_context, site, "dark", 375)


def test_no_page_scrolls_sideways(new_context: NewContext, site: Site) -> None:
    test_reader.test_no_page_scrolls_sideways(new_context, site, 320)


def test_for_the_elderly_type_and_targets_are_large_on_every_page(
    new_context: NewContext, site: Site
) -> None:
    test_elder.test_for_the_elderly_type_and_targets_are_large_on_every_page(new_context, site, 375)


def test_for_the_elderly_words_stand_out_at_seven_to_one(new_context: NewContext, site: Site) -> None:
    test_elder.test_for_the_elderly_words_stand_out_at_seven_to_one(new_context, site, "dark")


def test_no_choice_breaks_the_guidelines(new_context: NewContext, site: Site) -> None:
    test_elder.test_no_choice_breaks_the_guidelines(new_context, site, ELDER, 375)


def test_no_size_of_type_scrolls_sideways(new_context: NewContext, site: Site) -> None:
    test_elder.test_no_size_of_type_scrolls_sideways(
        new_context, site, {"size": "larger", "elder": "on"}, 320
    )


@pytest.mark.parametrize("walk", test_newcomer.WALKS)
def test_what_is_wanted_is_three_clicks_from_the_front_page(
    walk: str, site: Site, new_context: NewContext
) -> None:
    test_newcomer.test_what_is_wanted_is_three_clicks_from_the_front_page(walk, "phone", site, new_context)


def test_every_page_of_it_is_valid(checker: str, bundle: Path, tmp_path: Path) -> None:
    pages = sorted(bundle.rglob("*.html"))
    assert len(pages) > 50
    assert test_html.problems(checker, pages, tmp_path) == []


def test_every_page_of_it_is_quiet_and_fetches_only_from_home(page: Page, site: Site) -> None:
    watch = Watch(site.base)
    watch.attach(page)
    for path in (*BAKED.values(), "/search/", "/search/?q=船", "/search/?q=量子纠缠态"):
        page.goto(site.base + path, wait_until="networkidle")
        assert page.get_by_role("heading", level=1).count() == 1, path
    watch.assert_quiet()


# -- what needs a server


@pytest.mark.parametrize("path", ["/most-read/", "/members/", "/login/", "/desk/", REPORT + "comments/"])
def test_what_a_server_answers_is_a_page_that_leads_on(page: Page, site: Site, path: str) -> None:
    answer = page.goto(site.base + path)
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("searchbox").fill("渡口")
    page.keyboard.press("Enter")
    page.locator(".hit").first.wait_for()


def test_nobody_is_counted_and_no_place_for_a_figure_shows(page: Page, site: Site) -> None:
    watch = Watch(site.base)
    watch.attach(page)
    page.clock.install()
    page.goto(site.base + REPORT, wait_until="networkidle")
    page.clock.run_for(60_000)
    assert page.locator(".visits:visible, .most-read:visible").count() == 0
    assert not [url for url in watch.requests if "/visits/" in url]
    watch.assert_quiet()


def test_who_wants_to_send_something_is_led_to_the_journals_own_site(
    page: Page, site: Site, house: Site
) -> None:
    page.goto(f"{site.base}/contribute/")
    for link in page.locator(".contribute-send, a[href$='/register/']").all():
        assert (link.get_attribute("href") or "").startswith(house.base + "/")
    assert page.locator(".contribute-send").count() == 1


def test_an_issue_is_saved_where_the_server_says_its_pages_are_public_and_else_it_is_told_why(
    page: Page, plain_server: str
) -> None:
    page.goto(plain_server + ISSUE)
    page.locator("[data-save]").click()
    why = page.locator("[data-saves]").get_attribute("data-unsaid") or "-"
    assert "Cache-Control: public" in why
    expect(page.locator(".said")).to_have_text(why)
    assert test_saved_issues.kept(page) == set()
