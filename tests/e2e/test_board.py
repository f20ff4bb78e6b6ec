"""The issue board in a browser: by mouse once, by keyboard alone once, on a telephone, by two at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Site, free_port
from tests.e2e.office import Office, rows, seed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = [
    ("zhixing", "何砚", ["head-of-section"]),
    ("fuzhi", "江澄", ["head-of-section"]),
    ("bianji", "陆小满", ["responsible-editor"]),
]
TITLES = ["渡口停摆以后", "三张时刻表", "水井普查", "闸门看守人", "秤星", "末班车"]
FILL = """
from django.contrib.auth import get_user_model
from articles.board import doing
from articles.models import Issue
from tests.factories import Cast, make_article, make_section
cast, issue = Cast(), Issue.objects.get(pk={issue})
head = get_user_model().objects.get(username="zhixing")
for number, title in enumerate({titles!r} + ["池中的稿件"]):
    body = "<p>" + "水" * (900 + 1500 * (number % 3)) + str(number) + "</p>"
    article = make_article(cast, "accepted", title=title, body=body, section=make_section())
    if title != "池中的稿件":
        doing.place(issue, article, head)
"""
ORDER = """SELECT title FROM articles_article WHERE issue_id = ? ORDER BY position"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, int]:
    """A house with six articles on the board and one in the pool; not served."""
    site = Site(tmp_path_factory.mktemp("board") / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("collectstatic", "--noinput", "-v", "0")
    issue = seed(site, PEOPLE)
    site.shell(FILL.format(issue=issue, titles=TITLES))
    return site, issue


@pytest.fixture
def office(
    filled: tuple[Site, int], tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> Iterator[Office]:
    shutil.copytree(filled[0].data, tmp_path / "data", symlinks=True)
    site = Site(tmp_path / "data", free_port())
    site.start()
    expect.set_options(timeout=30_000)  # two browsers at once on a small machine
    yield Office(site, new_context, filled[1])
    expect.set_options(timeout=5_000)
    site.stop()


def open_board(office: Office, who: str, view: str = "", width: int = 1280) -> Page:
    page = office.page(who, width)
    page.goto(f"{office.site.base}/desk/articles/issue/{office.issue}/board/?view={view}")
    return page


def order(office: Office) -> list[str]:
    return [title for (title,) in rows(office.site, ORDER, office.issue)]


def shown(page: Page) -> list[str]:
    return page.locator(".rows .what a").all_text_contents()


def said(page: Page) -> Any:
    return expect(page.locator("#board-said"))


def test_an_issue_is_put_together_with_the_mouse(office: Office) -> None:
    page = open_board(office, "zhixing")
    row = page.locator(".rows > .row")
    row.nth(4).drag_to(row.nth(1), target_position={"x": 200, "y": 4})
    said(page).to_contain_text("《秤星》")
    assert (
        order(office)
        == shown(page)
        == ["渡口停摆以后", "秤星", "三张时刻表", "水井普查", "闸门看守人", "末班车"]
    )
    page.locator(".waiting > li").first.drag_to(row.nth(5), target_position={"x": 200, "y": 50})
    said(page).to_contain_text("《池中的稿件》已编入")
    assert order(office)[-1] == "池中的稿件"
    page.goto(page.url.replace("view=", "view=flatplan"))
    page.set_viewport_size({"width": 1280, "height": 2200})  # nothing scrolls while it is dragged
    page.locator(".piece.begins", has_text="渡口停摆以后").drag_to(page.locator("#page-30"))
    said(page).to_contain_text("第30页")
    expect(page.locator("#page-30 .piece-title")).to_have_text("渡口停摆以后")
    expect(page.locator(".problems li").first).to_contain_text("是空的")
    page.get_by_role("button", name="撤销").click()
    said(page).to_contain_text("已撤销")
    assert order(office)[0] == "渡口停摆以后"
    office.assert_sound()


def test_an_issue_is_put_together_by_keyboard_alone(office: Office) -> None:
    page = open_board(office, "zhixing")
    start = order(office)
    page.keyboard.press("/")
    expect(page.locator("#pool-q")).to_be_focused()
    page.keyboard.type("池中")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    page.locator(".waiting a").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page).to_contain_text("已编入")
    page.locator(".rows a", has_text="池中的稿件").focus()
    for _time in range(2):
        before = order(office)
        page.keyboard.press("Alt+ArrowUp")
        expect(page.locator(".rows .row").nth(before.index("池中的稿件") - 1)).to_contain_text("池中的稿件")
        expect(page.locator(".rows a", has_text="池中的稿件")).to_be_focused()
    assert order(office) == [*start[:4], "池中的稿件", *start[4:]]
    page.keyboard.press("Control+z")
    said(page).to_contain_text("已撤销")
    expect(page.locator(".rows a", has_text="池中的稿件")).to_be_focused()
    assert order(office) == [*start[:5], "池中的稿件", *start[5:]]
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator(".rows .row").first).to_contain_text("池中的稿件")
    assert order(office) == ["池中的稿件", *start]
    office.assert_sound()


def test_two_people_at_the_board_never_undo_each_other_silently(office: Office) -> None:
    first, second = open_board(office, "zhixing"), open_board(office, "fuzhi")
    start = order(office)
    first.locator(".row").nth(0).get_by_role("button", name="下移").click()
    said(first).to_contain_text("渡口停摆以后")
    second.locator(".row").nth(5).get_by_role("button", name="上移").click()
    refused = second.locator("#board-refused")
    expect(refused).to_be_focused()
    expect(refused).to_contain_text("何砚")
    expect(refused).to_contain_text("《渡口停摆以后》")
    moved = [start[1], start[0], *start[2:]]
    assert order(office) == shown(second) == moved
    refused.get_by_role("button").click()
    said(second).to_contain_text("末班车")
    assert order(office) == [*moved[:4], "末班车", moved[4]]
    first.keyboard.press("Control+z")
    expect(first.locator("#board-refused")).to_contain_text("江澄")
    assert order(office) == [*moved[:4], "末班车", moved[4]]
    office.assert_sound()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_view_is_sound_in_every_size_and_light(office: Office, width: int, scheme: Any) -> None:
    for view in ("contents", "flatplan", "stages"):
        page = open_board(office, "zhixing", view, width)
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    office.assert_sound()


def test_on_a_telephone_buttons_do_what_a_drag_does(office: Office) -> None:
    page = open_board(office, "zhixing", width=375)
    row = page.locator(".row").nth(2)
    row.get_by_role("spinbutton", name="移到第").fill("1")
    row.get_by_role("button", name="移动").click()
    expect(page.locator(".row").first).to_contain_text("水井普查")
    page.locator(".row").first.get_by_text("更多").click()
    page.locator(".row").first.get_by_label("占页数").fill("5")
    page.locator(".row").first.get_by_role("button", name="改定").click()
    expect(page.locator(".row").first.locator(".on-pages")).to_contain_text("1–5")
    page.locator(".row").first.get_by_label("理由").fill("作者要求缓发。")
    page.locator(".row").first.get_by_role("button", name="移出本期").click()
    said(page).to_contain_text("已撤出")
    assert "水井普查" not in order(office)
    office.assert_sound()
