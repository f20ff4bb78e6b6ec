"""In Chromium: a comment written on a telephone, shown, read by all, removed, gone – and on record."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Site, Watch
from tests.e2e.hands import follow

pytestmark = [pytest.mark.slow, pytest.mark.database_free]

NewContext = Callable[..., BrowserContext]
ARTICLE = "/issues/2026/11/key-under-the-flowerpot/"
WORDS = "读到“花盆底下的钥匙”，想起老家的门。"
ON = "j = Journal.objects.current(); j.comments = 'everybody'; j.save()"
RECORD = """
events = Event.objects.filter(action__endswith="_comment", data__has_key="reader_comment").order_by("pk")
print([(event.action, event.note) for event in events])
"""


def signed_in(site: Site, new_context: NewContext, who: str, watch: Watch) -> Page:
    context = new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)  # a decision bakes, on a machine that may be busy
    page = context.new_page()
    watch.attach(page)
    page.goto(f"{site.base}/login/?next=/desk/")
    page.get_by_label("用户名").fill(who)
    page.get_by_label("密码").fill(site.password)
    follow(page.get_by_role("button", name="登录"))
    return page


def write(page: Page, site: Site) -> None:
    """From the end of the article to the thanks, once refused on the way."""
    page.goto(site.base + ARTICLE)
    follow(page.get_by_role("link", name="写评论"))
    assert violations(page) == []
    page.get_by_label("署名").fill("江边人")
    page.locator("textarea").fill("长" * 1001)
    follow(page.get_by_role("button", name="提交给编辑部"))
    expect(page.get_by_role("alert")).to_contain_text("1001")
    assert violations(page) == []
    expect(page.get_by_label("署名")).to_have_value("江边人")
    page.locator("textarea").fill(WORDS)
    follow(page.get_by_role("button", name="提交给编辑部"))
    assert page.url.endswith("/sent/")
    assert violations(page) == []


def decide(page: Page, site: Site, shelf: str, button: str, reason: str = "") -> None:
    page.goto(f"{site.base}/desk/comments/?show={shelf}")
    page.get_by_role("checkbox").check()
    if reason:
        page.get_by_label(re.compile("理由")).fill(reason)
    assert violations(page) == []
    follow(page.get_by_role("button", name=button, exact=True))


def test_the_life_of_a_comment(fresh_site: Site, new_context: NewContext) -> None:
    site, watch = fresh_site, Watch(fresh_site.base)
    site.manage("demo_logins")
    site.shell(ON)
    phone = new_context(viewport={"width": 375, "height": 800}, has_touch=True, is_mobile=True)
    reader = phone.new_page()
    watch.attach(reader)
    write(reader, site)
    editor = signed_in(site, new_context, "editor", watch)
    follow(editor.get_by_role("link", name=re.compile("1 条读者评论")))
    decide(editor, site, "waiting", "刊出所选")
    reader.goto(site.base + ARTICLE)
    expect(reader.locator("#comments")).to_contain_text(WORDS)
    assert violations(reader) == []
    decide(editor, site, "shown", "撤下所选", reason="本人要求")
    reader.goto(site.base + ARTICLE)
    expect(reader.locator("#comments")).not_to_contain_text(WORDS)
    told = site.shell(RECORD)
    assert "('send_comment', ''), ('show_comment', ''), ('remove_comment', '本人要求')" in told
    assert [told for told in watch.complaints if "422" not in told] == []  # the one refusal on the way
    assert watch.foreign == []


def test_it_is_written_without_a_script(fresh_site: Site, new_context: NewContext) -> None:
    fresh_site.shell(ON)
    page = new_context(viewport={"width": 375, "height": 800}, java_script_enabled=False).new_page()
    page.goto(fresh_site.base + ARTICLE)
    page.get_by_role("link", name="写评论").click()
    page.locator("#name").fill("江边人")
    page.locator("#text").fill(WORDS)
    page.get_by_role("button", name="提交给编辑部").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢，评论已收到")
    assert fresh_site.shell("print(ReaderComment.objects.get().state)").split() == ["waiting"]
