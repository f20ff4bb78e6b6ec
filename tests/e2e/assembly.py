"""An issue at the desk of the browser's office: its screens, its steps, and all its tables."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.hands import Hand, count_pointers
from tests.e2e.office import PASSWORD, Office, plain, rows

__all__ = ["IssueDesk", "Room"]

#: Tables a refusal may touch: who has a page open, what is being typed, how far the letters are.
PASSING = {"articles_checkout", "articles_workingdraft", "notices_progress", "notices_handledevent"}


@dataclass
class Room(Office):
    """An office whose people work with one kind of hand; ``pointers`` is what any mouse did."""

    hand: Any = None
    pointers: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> Page:
        count_pointers(page, self.pointers)
        return super().listen(page)

    def sign_in(self, page: Page, who: str) -> None:
        page.goto(f"{self.site.base}/login/?next=/desk/")
        self.hand.write(page.get_by_label("用户名"), who)
        self.hand.write(page.get_by_label("密码"), PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.site.base}/desk/")


@dataclass
class IssueDesk:
    """The issue in the making and what people do with it; ``key`` is 0 before there is one."""

    room: Room
    key: int = 0
    shown: int = 0

    @property
    def hand(self) -> Hand:
        hand: Hand = self.room.hand
        return hand

    def __getitem__(self, column: str) -> Any:
        """A column of the issue as it is stored."""
        return self.one(f"SELECT {column} FROM articles_issue WHERE id = ?", self.key)

    def rows(self, query: str, *values: Any) -> list[Any]:
        return rows(self.room.site, query, *values)

    def one(self, query: str, *values: Any) -> Any:
        return self.rows(query, *values)[0][0]

    def article(self, title: str) -> int:
        return int(self.one("SELECT id FROM articles_article WHERE title = ?", title))

    # What must be as before when something was refused: every row of the house's tables.

    def state(self) -> dict[str, list[Any]]:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB ?"
        tables = [t for glob in ("articles_*", "edition_*", "notices_*") for (t,) in self.rows(named, glob)]
        whole = [t for t in tables if t not in PASSING and not re.search(r"_search|fingerprint", t)]
        return {table: self.rows(f"SELECT * FROM {table} ORDER BY 1") for table in whole}

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        before = self.state()
        yield
        after = self.state()
        assert [table for table in before if before[table] != after[table]] == []

    # Screens.

    def address(self, end: str = "change") -> str:
        return f"{self.room.site.base}/desk/articles/issue/{self.key}/{end}/"

    def article_address(self, title: str, end: str = "change") -> str:
        return f"{self.room.site.base}/desk/articles/article/{self.article(title)}/{end}/"

    def visit(self, who: str, end: str = "change") -> Page:
        """By its address."""
        page = self.room.page(who)
        page.goto(self.address(end))
        return page

    def go(self, page: Page, screen: str) -> None:
        """From screen to screen by the links above them."""
        way = page.locator(".issue-ways").get_by_role("link", name=screen, exact=True)
        with page.expect_navigation():
            self.hand.press(way)
        expect(page.locator(".issue-ways [aria-current=page]")).to_have_text(screen)

    def fold(self, page: Page, label: str) -> Locator:
        """The fold of one step, opened."""
        summary = page.locator(".steps summary").filter(has_text=re.compile(rf"^\s*{label}"))
        fold = summary.locator("..")
        if fold.get_attribute("open") is None:
            self.hand.press(summary)
        return fold

    def send(self, button: Locator) -> int:
        """Press what sends a form; gives the status of the page that comes back, redirects followed."""
        with button.page.expect_navigation() as arrived:
            self.hand.press(button)
        assert arrived.value is not None
        return arrived.value.status

    def do(self, page: Page, label: str, **words: str) -> None:
        """Take a step as its form asks."""
        fold = self.fold(page, label)
        for name, value in words.items():
            self.hand.write(fold.locator(f"[name={name}]"), value)
        assert self.send(fold.locator("form button[type=submit]")) == 200
        expect(page.locator(".messagelist")).to_contain_text("已完成")

    # Refusals.

    def not_now(self, page: Page, label: str, sentence: str) -> None:
        """The screen shows the step closed and says why."""
        fold = self.fold(page, label)
        expect(fold.locator(".refused")).to_contain_text(sentence)
        expect(fold.locator("form")).to_have_count(0)

    def token(self, who: str) -> str:
        cookies = self.room.page(who).context.cookies()
        return next(str(cookie.get("value")) for cookie in cookies if cookie.get("name") == "csrftoken")

    def refuse(self, who: str, end: str, status: int, sentence: str, **form: Any) -> None:
        """A direct POST with this person's own session and token: refused, told why, nothing changed."""
        token = self.token(who)  # signed in before the rows are counted
        address = end if end.startswith("http") else self.address(end)
        version = str(self["version"]) if self.key else ""
        data = {"csrfmiddlewaretoken": token, "version": version, **form}
        with self.unchanged():
            request = self.room.page(who).context.request
            answer = request.post(address, form=data, max_redirects=0, timeout=45_000)
            told = answer.text()
        assert sentence in told, f"{answer.status}: {plain(told)[:1500]}"
        assert answer.status == status, f"{who} {answer.status} {address}"

    def no_way(self, who: str, address: str, status: int) -> None:
        """A page that is not for this person."""
        answer = self.room.page(who).context.request.get(address, max_redirects=0)
        assert answer.status == status, f"{who} {answer.status} {address}"

    def picture(self, page: Page, name: str) -> None:
        """Keep what the screen looks like, where ``KANWU_SHOTS`` names a folder."""
        if folder := os.environ.get("KANWU_SHOTS"):
            self.shown += 1
            file = Path(folder) / f"{self.hand.name}-{self.shown:02}-{name}.png"
            page.screenshot(path=file, full_page=True)
