"""In Chromium: an issue shown beforehand, set to come out, out, corrected, taken down, and gone back on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Site, Watch
from tests.e2e.hands import follow

pytestmark = [pytest.mark.slow, pytest.mark.database_free]

NewContext = Callable[..., BrowserContext]
ISSUE = "/issues/2027/1/"
SEED = """
from tests.factories import *
print(make_issue(Cast(), 'signed', year=2027, number='1', serial_number=400).pk)
"""
#: The hour has come: moved back past the door, for nobody can wait for it.
COME = """
import datetime
from django.db.models import QuerySet
from django.utils import timezone
from articles.models import Issue
past = timezone.now() - datetime.timedelta(seconds=5)
QuerySet.update(Issue.objects.filter(pk={pk}), publish_at=past)
"""


class House:
    """The sample journal with an issue signed for press, and its people."""

    def __init__(self, site: Site, new_context: NewContext) -> None:
        self.site, self.new_context = site, new_context
        site.manage("demo_logins")
        self.issue = int(site.shell(SEED).split()[-1])
        self.people: dict[str, Page] = {}
        self.watch = Watch(site.base)

    def stranger(self, **options: Any) -> Page:
        context = self.new_context(viewport={"width": 1280, "height": 900}, **options)
        context.set_default_timeout(60_000)  # publishing bakes, on a machine that may be busy
        page = context.new_page()
        self.watch.attach(page)
        return page

    def page(self, who: str) -> Page:
        """The one page this person works in, signed in when first asked for."""
        if who not in self.people:
            page = self.people[who] = self.stranger()
            page.goto(f"{self.site.base}/login/?next=/desk/")
            page.get_by_label("用户名").fill(who)
            page.get_by_label("密码").fill(self.site.password)
            page.get_by_role("button", name="登录").click()
            page.wait_for_url("**/desk/")
        return self.people[who]

    def publishing(self, who: str, issue: int | None = None) -> Page:
        page = self.page(who)
        page.goto(f"{self.site.base}/desk/articles/issue/{issue or self.issue}/publishing/")
        return page

    def status(self, path: str) -> int:
        answer = self.stranger().goto(self.site.base + path)
        assert answer is not None
        return answer.status

    def published_issue(self) -> tuple[int, str]:
        """The newest issue readers have, and the address of an article in it."""
        said = self.site.shell(
            "i = Issue.objects.out().newest_first().first()\n"
            "print(i.pk, i.articles.in_page_order()[1].pk, i.articles.in_page_order()[1].get_absolute_url())"
        ).split()
        self.article = int(said[-2])
        return int(said[-3]), said[-1]


@pytest.fixture
def house(fresh_site: Site, new_context: NewContext) -> House:
    return House(fresh_site, new_context)


def done(page: Page) -> str:
    expect(page.locator(".messagelist")).to_be_visible()
    return page.locator(".messagelist").inner_text()


def test_the_preview_opens_in_another_browser_with_the_link_and_in_none_without(house: House) -> None:
    page = house.publishing("publisher")
    follow(page.get_by_role("button", name="生成预览链接"))
    link = page.get_by_label("私密链接").input_value()
    guest = house.stranger()
    guest.goto(link)
    assert guest.url == house.site.base + ISSUE
    expect(guest.get_by_role("complementary", name="预览")).to_be_visible()
    assert violations(guest) == []
    follow(guest.locator(".contents a").first)
    expect(guest.get_by_role("complementary", name="预览")).to_be_visible()
    assert guest.url.startswith(house.site.base + ISSUE)
    assert violations(guest) == []
    assert [house.status(path) for path in (ISSUE, guest.url.removeprefix(house.site.base))] == [404, 404]
    follow(guest.get_by_role("link", name="退出预览"))
    assert guest.goto(house.site.base + ISSUE).status == 404  # type: ignore[union-attr]
    follow(page.get_by_role("button", name="关闭链接"))
    assert guest.goto(link).status == 404  # type: ignore[union-attr]
    house.watch.complaints = [said for said in house.watch.complaints if "404" not in said]
    house.watch.assert_quiet()


def test_at_its_hour_it_comes_out_by_itself_and_only_then(house: House) -> None:
    page = house.publishing("publisher")
    page.get_by_label("日期和时间（北京时间）").fill("2020-01-01T08:00")
    follow(page.get_by_role("button", name="定时发布"))
    expect(page.locator("#refusal")).to_contain_text("已经过去")
    page.get_by_label("日期和时间（北京时间）").fill(hour := next_year())
    follow(page.get_by_role("button", name="定时发布"))
    assert hour.replace("T", " ") in done(page)
    house.site.manage("publish_due")
    assert house.status(ISSUE) == 404
    house.site.shell(COME.format(pk=house.issue))
    assert "2027" in house.site.manage("publish_due")
    assert house.site.manage("publish_due") == ""
    assert house.status(ISSUE) == 200
    page.reload()
    expect(page.locator(".stands")).to_contain_text("已出刊")
    assert violations(page) == []


def next_year() -> str:
    return f"{datetime.date.today() + datetime.timedelta(days=300):%Y-%m-%d}T08:00"


def test_published_at_once_and_gone_back_on(house: House) -> None:
    page = house.publishing("publisher")
    second = page.context.new_page()
    second.goto(page.url)
    for one in (page, second):
        one.get_by_text("立即发布…").click()
    follow(page.get_by_role("button", name="立即发布", exact=True))
    assert "已发布" in done(page)
    follow(second.get_by_role("button", name="立即发布", exact=True))
    expect(second.locator("#refusal")).to_contain_text("林舟")
    reader = house.stranger()
    reader.goto(house.site.base)
    expect(reader.locator(f'a[href="{ISSUE}"]').first).to_be_visible()
    page.locator("details", has_text=re.compile("切回第")).first.locator("summary").click()
    page.get_by_label("理由").first.fill("封面用错了")
    follow(page.get_by_role("button", name="让读者看到它").first)
    assert "读者现在看到的是" in done(page)
    reader.reload()
    expect(reader.locator(f'a[href="{ISSUE}"]')).to_have_count(0)


def test_a_correction_is_seen_by_two_people_and_then_by_readers(house: House) -> None:
    _issue, address = house.published_issue()
    reader = house.stranger()
    reader.goto(house.site.base + address)
    words = re.search(r"[\u4e00-\u9fff]{9}", reader.locator(".article p").nth(1).inner_text())
    assert words is not None
    wrong, right = words[0], words[0][:-1] + "错"
    chief = house.page("chief")
    chief.goto(f"{house.site.base}/desk/articles/article/{house.article}/change/")
    chief.get_by_role("link", name="更正或撤下").click()
    form = chief.locator("form", has=chief.get_by_role("button", name="看改动"))
    for label, typed in (("原文", wrong), ("改为", right), ("给读者的声明", "改正一字。"), ("理由", "排错")):
        form.get_by_label(label).fill(typed)
    follow(form.get_by_role("button", name="看改动"))
    expect(chief.locator(".difference ins").first).to_contain_text("错")
    assert violations(chief) == []
    follow(chief.get_by_role("button", name="照此批准"))
    done(chief)
    publisher = house.page("publisher")
    publisher.goto(chief.url)
    expect(publisher.locator(".difference ins").first).to_contain_text("错")
    assert violations(publisher) == []
    follow(publisher.get_by_role("button", name="立即更正"))
    done(publisher)
    reader.reload()
    expect(reader.locator(".notices")).to_contain_text("改正一字。")
    expect(reader.locator(".article")).to_contain_text(right)
    house.watch.assert_quiet()


def test_a_take_back_leaves_a_notice_and_cannot_be_undone_by_going_back(house: House) -> None:
    issue, address = house.published_issue()
    chief, publisher, reader = house.page("chief"), house.page("publisher"), house.stranger()
    chief.goto(f"{house.site.base}/desk/articles/article/{house.article}/correction/")
    form = chief.locator("form", has=chief.get_by_role("button", name="批准撤下"))
    form.get_by_label("给读者的声明").fill("本文已撤下。")
    form.get_by_label("理由").fill("事实有误")
    follow(form.get_by_role("button", name="批准撤下"))
    publisher.goto(chief.url)
    follow(publisher.get_by_role("button", name="立即撤下"))
    done(publisher)
    reader.goto(house.site.base + address)
    expect(reader.locator(".notices")).to_contain_text("本文已撤下。")
    expect(reader.locator(".article")).to_have_count(0)
    reader.get_by_role("link", name=re.compile("第.*期")).first.click()
    expect(reader.locator(".taken-down a")).to_have_attribute("href", address)
    assert violations(reader) == []
    page = house.publishing("publisher", issue)
    expect(page.locator(".editions .refused").first).to_contain_text("撤下")
    assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_are_sound_on_every_width_and_in_the_dark(house: House, width: int, scheme: Any) -> None:
    page = house.publishing("publisher")
    follow(page.get_by_role("button", name="生成预览链接"))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    issue, _address = house.published_issue()
    for path in (
        f"/desk/articles/issue/{house.issue}/publishing/",
        f"/desk/articles/issue/{issue}/publishing/",
        f"/desk/articles/article/{house.article}/correction/",
    ):
        page.goto(house.site.base + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    house.watch.assert_quiet()
