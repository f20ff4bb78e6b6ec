"""Two ways to work a page: with the mouse, or with the keyboard alone – and a count of what a mouse did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from playwright.sync_api import Locator, Page, TimeoutError

__all__ = ["Hand", "Keyboard", "Mouse", "count_pointers", "drag", "follow"]

#: Told to Python for every event only a mouse, a pen or a finger makes; a click made by a key has no detail.
GUARD = """
for (const kind of ["pointerdown", "mousedown", "pointermove", "touchstart", "wheel", "dragstart"])
  addEventListener(kind, () => window.countPointer(kind), {capture: true, passive: true});
addEventListener("click", (event) => { if (event.detail > 0) window.countPointer("click"); }, true);
"""
#: Where the next key would go, seen from the wanted element; and whether it is drawn and in sight there.
WHERE = """one => {
  const now = document.activeElement;
  if (now === one) return "here";
  if (!now || now === document.body) return "ahead";
  return now.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING ? "ahead" : "behind";
}"""
SHOWN = """one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const seen = box.height > 0 && box.top < innerHeight && box.bottom > 0;
  return seen && (drawn || style.boxShadow !== "none");
}"""


def count_pointers(page: Page, kinds: list[str]) -> None:
    """Write down in ``kinds`` every pointer event this page ever sees."""
    page.expose_function("countPointer", lambda kind: kinds.append(kind))
    page.add_init_script(GUARD)


def follow(target: Locator) -> None:
    """Press what leads to another page, and wait until that page is there.

    A press by itself returns while the old page still stands, and whoever looks then sees what was."""
    with target.page.expect_navigation():
        target.click()


class Hand(Protocol):
    """What a person does to a page, whatever with."""

    def press(self, target: Locator) -> None:
        """A link, a button, a summary."""

    def write(self, target: Locator, words: str) -> None:
        """Put ``words`` into a field in place of what stands there."""

    def choose(self, target: Locator, value: str) -> None:
        """An option of a list by its value."""

    def pick(self, target: Locator) -> None:
        """One of several round buttons."""


@dataclass
class Mouse:
    name: str = "mouse"

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, words: str) -> None:
        target.click()
        target.fill(words)

    def choose(self, target: Locator, value: str) -> None:
        target.select_option(value)

    def pick(self, target: Locator) -> None:
        target.check()


def drag(source: Locator, target: Locator, *, at: tuple[float, float] = (0.5, 0.5)) -> None:
    """Take ``source``, carry it over ``target`` and let go at this share of its width and height.

    It is in the hand before anything scrolls: what is taken is what lies under the pointer at the first move.
    """
    mouse = source.page.mouse
    source.hover()
    mouse.down()
    box = source.bounding_box()
    assert box is not None
    mouse.move(box["x"] + box["width"] / 2 + 9, box["y"] + box["height"] / 2 + 9, steps=3)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    x, y = box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"]
    mouse.move(x, y - 3)
    mouse.move(x, y, steps=3)
    mouse.up()


@dataclass
class Keyboard:
    """Tab and Shift+Tab until the wanted thing is in hand; ``unseen`` tells where nobody could see that."""

    name: str = "keyboard"
    unseen: list[str] = field(default_factory=list)
    presses: int = 0

    def reach(self, target: Locator, most: int = 300) -> None:
        target.wait_for(state="attached")
        for _press in range(most):
            where = target.evaluate(WHERE)
            if where == "here":
                self.look(target)
                return
            target.page.keyboard.press("Tab" if where == "ahead" else "Shift+Tab")
            self.presses += 1
        raise AssertionError(f"{target} is not reached in {most} presses: {target.page.url}")

    def look(self, target: Locator) -> None:
        try:
            target.page.wait_for_function(SHOWN, arg=target.element_handle(), timeout=5_000)
        except TimeoutError:
            self.unseen.append(f"{target.page.url}: {target}")

    def press(self, target: Locator) -> None:
        self.reach(target)
        target.page.keyboard.press("Enter")

    def write(self, target: Locator, words: str) -> None:
        self.reach(target)
        keys = target.page.keyboard
        keys.press("Control+a")
        keys.insert_text(words) if words else keys.press("Delete")

    def choose(self, target: Locator, value: str) -> None:
        self.reach(target)
        target.page.keyboard.press("Home")
        for _press in range(target.locator("option").count()):
            if target.input_value() == value:
                return
            target.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{target} has no {value}")

    def pick(self, target: Locator) -> None:
        """Tab leads to the button that is chosen, the arrows from one to the next and round."""
        group = target.locator("xpath=ancestor::fieldset[1]").get_by_role("radio")
        self.reach(group.and_(target.page.locator(":checked")))
        for _press in range(group.count()):
            if target.is_checked():
                return
            target.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{target} is not picked")
