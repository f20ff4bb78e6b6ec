"""What the tests of comforts share: the pages, the choices as a browser keeps them."""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext, Locator, Page

ISSUE = "/issues/2026/9/"
REPORT = ISSUE + "three-gauges-thirty-years/"
PHOTO_STORY = ISSUE + "qingputan-dawn-market/"
PAGES = {
    "home": "/",
    "issue": ISSUE,
    "report": REPORT,
    "photo-story": PHOTO_STORY,
    "archive": "/issues/",
    "index": "/issues/2026/index/",
    "sections": "/sections/",
    "section": "/sections/focus/",
    "all-series": "/series/",
    "series": "/series/bai-zhu-he-shang-su/",
    "about": "/about/",
    "contribute": "/contribute/",
    "corrections": "/corrections/",
    "offline": "/offline/",
    "lost": "/nothing/here/",
}
#: The choices as the browser keeps them.
THEMES = {"light": {"theme": "light"}, "dark": {"theme": "dark"}, "paper": {"theme": "paper"}}
ELDER = {"elder": "on"}


def remembering(context: BrowserContext, choices: dict[str, str]) -> Page:
    """A page of a browser in which these choices have been made before."""
    context.add_init_script(
        f"for (const [k, v] of Object.entries({json.dumps(choices)})) localStorage.setItem(k, v)"
    )
    return context.new_page()


def open_settings(page: Page) -> Locator:
    page.locator('[aria-controls="reading-foot"]').click()
    return page.locator("#reading-foot")


def root(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("({...document.documentElement.dataset})")
    return found


def pixels(page: Page, selector: str) -> float:
    """The size of type, as computed."""
    return float(page.locator(selector).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
