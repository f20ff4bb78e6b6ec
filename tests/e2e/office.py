"""An office for the browser: its people signed in, what they may try, and what the database says of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Site, Watch

__all__ = ["PASSWORD", "Manuscript", "Office", "rows", "seed"]

PASSWORD = "a-long-enough-password"
SEED = """
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from articles.models import Author
from tests.factories import Cast, make_issue, make_journal, make_section, make_user
make_journal(name="岚江"); make_section()
for username, name, roles in {people!r}:
    unit = "岚江杂志社" if roles != ["contributor"] else "芦滩镇文化站"
    user = make_user(*roles[:1], name=name, username=username, unit=unit)
    user.groups.add(*Group.objects.filter(name__in=roles[1:]))
    Author.objects.create(name=name, unit=unit, code=username, user=user)
people = get_user_model().objects
people.filter(username="root").update(is_superuser=True, is_staff=True)
people.update(password=make_password({password!r}))
print(make_issue(Cast(), year=2026, number="12", page_count=48).pk)
"""
#: Rows that belong to a manuscript; nothing of them may appear or go when something is refused.
RELATED = {
    "articles_event": "article_id",
    "articles_signoff": "article_id",
    "articles_revision": "article_id",
    "articles_byline": "article_id",
    "articles_figure": "article_id",
    "notices_notice": "article_id",
}
REMARKS = "SELECT id, text, required, resolved_at FROM articles_comment WHERE article_id = ? ORDER BY id"


def seed(site: Site, people: list[tuple[str, str, list[str]]]) -> int:
    """People as (login, name, roles), an author's entry for each, one issue in the making; gives its key."""
    return int(site.shell(SEED.format(people=people, password=PASSWORD)).split()[-1])


def rows(site: Site, query: str, *values: Any) -> list[Any]:
    """What the database of the house holds, past every page."""
    with closing(sqlite3.connect(site.data / "kanwu.sqlite3", timeout=20)) as database:
        return database.execute(query, values).fetchall()


@dataclass
class Office:
    """Everybody has a browser of their own and stays signed in."""

    site: Site
    new_context: Callable[..., BrowserContext]
    issue: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def page(self, who: str, width: int = 1280) -> Page:
        """The one page this person works in, signed in when first asked for."""
        if who not in self.pages:
            context = self.new_context(viewport={"width": width, "height": 800})
            context.set_default_timeout(45_000)
            self.pages[who] = self.listen(context.new_page())
            self.sign_in(self.pages[who], who)
        return self.pages[who]

    def second_tab(self, who: str) -> Page:
        return self.listen(self.page(who).context.new_page())

    def listen(self, page: Page) -> Page:
        watch = Watch(self.site.base, complaints=self.broken)
        watch.attach(page)
        return page

    def sign_in(self, page: Page, who: str) -> None:
        page.goto(f"{self.site.base}/login/?next=/manuscripts/")
        page.get_by_label("用户名").fill(who)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/manuscripts/")

    def assert_sound(self) -> None:
        """No policy was broken, no script failed: the pages complained of nothing but refusals."""
        refused = re.compile(r"^4\d\d http|the server responded with a status of 4\d\d")
        others = [said for said in self.broken if not refused.search(said)]
        assert others == [], others


@dataclass
class Manuscript:
    """One manuscript and what people do with it."""

    office: Office
    key: int

    def __getitem__(self, column: str) -> Any:
        return self.row()[column]

    def row(self) -> dict[str, Any]:
        """The manuscript as it is stored, by column."""
        with closing(sqlite3.connect(self.office.site.data / "kanwu.sqlite3", timeout=20)) as database:
            database.row_factory = sqlite3.Row
            found = database.execute("SELECT * FROM articles_article WHERE id = ?", [self.key]).fetchone()
        return dict(found)

    def state(self) -> dict[str, Any]:
        """Everything that must be as before when something was refused."""
        site = self.office.site
        counts = {
            table: rows(site, f"SELECT COUNT(*) FROM {table} WHERE {column} = ?", self.key)
            for table, column in RELATED.items()
        }
        return {"article": self.row(), "remarks": rows(site, REMARKS, self.key), **counts}

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        before = self.state()
        yield
        assert self.state() == before

    def address(self, end: str = "change") -> str:
        return f"{self.office.site.base}/desk/articles/article/{self.key}/{end}/"

    def open(self, who: str) -> Page:
        """As everybody begins: from 我的待办, by the title."""
        page = self.office.page(who)
        page.goto(f"{self.office.site.base}/desk/")
        page.locator("section", has=page.locator("#waiting-title")).get_by_role(
            "link", name=self["title"], exact=True
        ).click()
        expect(page.locator("h1").first).to_be_visible()
        return page

    def visit(self, who: str, end: str = "review") -> Page:
        """By its address: it is nothing this person's list shows."""
        page = self.office.page(who)
        page.goto(self.address(end))
        return page

    def open_mine(self, who: str) -> Page:
        """As its sender begins: from 我的稿件, by the title."""
        page = self.office.page(who)
        page.goto(f"{self.office.site.base}/manuscripts/")
        page.get_by_role("link", name=self["title"], exact=True).click()
        expect(page.locator("h1")).to_have_text(self["title"])
        return page

    def step(self, page: Page, label: str) -> Locator:
        """The fold of one step, opened."""
        summary = page.locator("#bar summary, .steps summary").filter(has_text=re.compile(rf"^\s*{label}"))
        fold = summary.locator("..")
        if fold.get_attribute("open") is None:
            summary.click()
        return fold

    def press(self, fold: Locator) -> int:
        """Send the step's form; gives the status of what came back, redirects followed."""
        with fold.page.expect_navigation() as arrived:
            fold.locator("form button[type=submit]").click()
        assert arrived.value is not None
        return arrived.value.status

    def do(self, page: Page, label: str, *, to: str, **words: str) -> None:
        """Take a step as its form asks: labels and what is written or chosen there."""
        fold = self.step(page, label)
        fill(fold, words)
        assert self.press(fold) == 200
        expect(page.locator(".messagelist")).to_contain_text("已完成")
        assert self["stage"] == to

    def refuse(self, who: str, end: str, status: int, sentence: str, **form: Any) -> None:
        """A direct POST with this person's own session and token: refused, told why, nothing changed."""
        context = self.office.page(who).context
        token = next(c["value"] for c in context.cookies() if c["name"] == "csrftoken")
        data = {"csrfmiddlewaretoken": token, "version": str(self["version"]), **form}
        address = end if end.startswith("http") else self.address(end)
        with self.unchanged():
            answer = context.request.post(address, form=data, max_redirects=0, timeout=45_000)
            told = answer.text()
        assert sentence in told, f"{answer.status}: {plain(told)[:1500]}"
        assert answer.status == status

    def not_now(self, page: Page, label: str, sentence: str) -> None:
        """The screen shows the step closed and says why."""
        fold = self.step(page, label)
        expect(fold.locator(".refused")).to_contain_text(sentence)
        expect(fold.locator("form")).to_have_count(0)


def fill(fold: Locator, words: dict[str, str]) -> None:
    for name, value in words.items():
        asked = fold.locator(f"[name={name}]")
        if asked.first.get_attribute("type") == "radio":
            fold.locator(f"[name={name}][value={value}]").check()
        elif asked.first.evaluate("field => field.tagName") == "SELECT":
            asked.select_option(value)
        else:
            asked.fill(value)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", html, flags=re.S))
