"""What the tests of comforts share: the choices as a browser keeps them."""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext, Locator, Page

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
