"""Every screen of the desk in both themes and both widths: accessible, within its width, quiet, and what is
pressed next in sight without scrolling."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Site, Watch, free_port
from tests.e2e.office import rows

pytestmark = pytest.mark.browser

#: A telephone for who owes the second proof; a working draft that somebody has stored over.
PREPARE = """
from django.contrib.auth import get_user_model
from django_otp.plugins.otp_totp.models import TOTPDevice
from articles import working_drafts
people = get_user_model().objects
TOTPDevice.objects.create(user=people.get(username="publisher"), name="phone")
article = Article.objects.filter(stage="first_review").order_by("pk")[0]
base = {"title": article.title, "body": article.body}
mine = {**base, "body": article.body.replace("</p>", "这是我写的一句。</p>", 1)}
typing = working_drafts.Typing("0" * 16, 1, article.version, base, mine)
working_drafts.keep(article, people.get(username="editor"), typing)
article.body = article.body.replace("</p>", "这是别人写的一句。</p>", 1)
article.save()
"""


class Screen(NamedTuple):
    """``stage`` chooses the manuscript whose key stands for ``{}``; ``press`` is what comes next here."""

    who: str
    address: str
    press: str
    stage: str = ""


ONE = "/desk/articles/article/{}"
SCREENS = {
    "login": Screen("", "/desk/login/", "#login-form button, #login-form [type=submit]"),
    "second proof": Screen("publisher", "/login/code/", "main form button"),
    "second proof, first time": Screen("proof", "/login/code/set-up/", "main form button"),
    "first page": Screen("section", "/desk/", ".ledger a"),
    "manuscripts": Screen("section", "/desk/articles/article/", "#result_list tbody a"),
    "registering": Screen("registrar", ONE + "/change/", ".steps summary", "submitted"),
    "review": Screen("chief", ONE + "/review/", "#bar summary", "final_review"),
    "editing": Screen("editor", ONE + "/change/", "#offer .button", "first_review"),
    "conflict": Screen("editor", ONE + "/mine/", ".three-ways .submit-row button", "first_review"),
    "versions": Screen("editor", ONE + "/versions/", ".ledger a", "first_review"),
    "placing": Screen("section", ONE + "/change/", ".steps [name=issue]", "accepted"),
    "life": Screen("chief", ONE + "/life/", ".life-bar a", "published"),
    "my notices": Screen("editor", "/desk/notices/", "ul.notices .to-do a"),
    "letters": Screen("section", "/desk/notices/notice/", "#result_list tbody a"),
    "delegations": Screen("chief", "/desk/delegations/", "form.stacked button"),
    "review sheet": Screen("chief", ONE + "/review/sheet/", ".sheet-tools button", "final_review"),
    "release slip": Screen("chief", ONE + "/release-slip/", ".sheet-tools button", "published"),
    "registration slip": Screen("registrar", ONE + "/slip/", ".sheet-tools button", "first_review"),
}


#: An editor is looked at when it stands, not while it is being put up.
STANDS = "() => [...document.querySelectorAll('.cke_wysiwyg_div')].every(one => one.hasAttribute('role'))"


@pytest.fixture(scope="module")
def desk(house: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("looks") / "data", free_port())
    shutil.copytree(house.data, site.data, symlinks=True)
    site.shell(PREPARE)
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def seat(desk: Site, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A page of somebody who signed in once for all screens."""
    contexts: dict[str, BrowserContext] = {}

    def sit_down(who: str) -> Page:
        if who in contexts:
            return contexts[who].new_page()
        contexts[who] = browser.new_context(locale="zh-CN")
        contexts[who].set_default_timeout(45_000)
        page = contexts[who].new_page()
        if who:
            page.goto(f"{desk.base}/login/")
            page.fill("#id_username", who)
            page.fill("#id_password", desk.password)
            page.press("#id_password", "Enter")
            page.wait_for_url(lambda url: not url.endswith("/login/"))
        return page

    yield sit_down
    for context in contexts.values():
        context.close()


def where(desk: Site, screen: Screen) -> str:
    query = "SELECT id FROM articles_article WHERE stage = ? ORDER BY id LIMIT 1"
    key = rows(desk, query, screen.stage)[0][0] if screen.stage else ""
    return desk.base + screen.address.format(key)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_accessible_and_shows_what_comes_next(
    desk: Site, seat: Callable[[str], Page], name: str
) -> None:
    screen = SCREENS[name]
    page, watch = seat(screen.who), Watch(desk.base)
    watch.attach(page)
    for width, height, scheme in ((1280, 800, "light"), (375, 760, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(where(desk, screen))
        expect(page.locator(screen.press).first).to_be_in_viewport(ratio=1)
        page.wait_for_function(STANDS)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    watch.assert_quiet()
    page.close()
