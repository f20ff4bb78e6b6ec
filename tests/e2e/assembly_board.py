"""The first part of an issue's way: begun, its pages filled on the board, its contents approved, typeset."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.assembly import IssueDesk
from tests.e2e.assembly_seed import NAMELESS, OTHER_TITLE, TITLES
from tests.e2e.hands import Keyboard, drag

__all__ = ["STEPS", "moved", "pages_of"]

FIRST, LAST = TITLES[0], TITLES[-1]
#: Three pages each from page 3 on; page 24 and the last page carry something else.
STARTS = (*range(3, 22, 3), *range(25, 47, 3))
PAGES = [(title, at, at + (1 if title == LAST else 2)) for title, at in zip(TITLES, STARTS, strict=True)]


def pages_of(desk: IssueDesk) -> list[tuple[str, int, int]]:
    """Title, first and last page of what stands in the issue, in its order."""
    query = "SELECT title, first_page, last_page FROM articles_article WHERE issue_id = ? ORDER BY position"
    return [tuple(row) for row in desk.rows(query, desk.key)]


def begun(desk: IssueDesk) -> None:
    """何砚 opens the next issue by its form; only she may, and no number is given twice."""
    add = f"{desk.room.site.base}/desk/articles/issue/add/"
    desk.no_way("xiahe", add, 403)
    page = desk.room.page("heyan")
    page.goto(f"{desk.room.site.base}/desk/articles/issue/")
    with page.expect_navigation():
        desk.hand.press(page.locator(".object-tools a, a.addlink").first)
    desk.hand.write(page.locator("[name=year]"), "2026")
    desk.hand.write(page.locator("[name=number]"), "11")
    with desk.unchanged():
        desk.send(page.locator("[name=_continue]"))
        expect(page.locator(".errornote")).to_be_visible()
    desk.picture(page, "number-taken")
    desk.hand.write(page.locator("[name=number]"), "12")
    desk.hand.write(page.locator("[name=publication_date]"), "2026-12-15")
    desk.hand.write(page.locator("[name=delivery_date]"), "2026-12-10")
    desk.send(page.locator("[name=_continue]"))
    expect(page.locator(".messagelist")).to_be_visible()
    desk.key = int(page.url.rstrip("/").split("/")[-2])
    assert (desk["stage"], desk["number"]) == ("planning", "12")
    desk.picture(page, "begun")


def structured(desk: IssueDesk) -> None:
    """The structure of the last issue is copied into an empty one, once."""
    desk.refuse("luxiaoman", "board/do", 403, "您的角色", do="copy", seen="")
    desk.refuse("shenwangchuan", "act", 409, "没有", action="approve_contents")
    page = desk.visit("heyan")
    desk.go(page, "版面编排")
    desk.picture(page, "empty-board")
    moved(desk, page, lambda: desk.hand.press(page.locator("#board-copy")))
    assert json.loads(desk["fixed_pages"]) == {"24": "公益广告", "48": "征订启事"}
    assert desk.one("SELECT COUNT(*) FROM articles_mastheadline WHERE issue_id = ?", desk.key) == 3
    expect(page.locator(".budget .sum")).to_contain_text("已排 2/48 · 空 46")
    desk.refuse("heyan", "board/do", 409, "只能复制到空白的一期", do="copy", seen=seen(page))


def filled(desk: IssueDesk) -> None:
    """Fifteen manuscripts from the pool fill the pages; covers, named and locked pages stay what they are."""
    page = desk.visit("heyan", "board")
    late = desk.room.second_tab("heyan")
    late.goto(page.url)
    first = str(desk.article(FIRST))
    place = {"do": "place", "article": first}
    desk.refuse("xiahe", "board/do", 403, "您的角色", seen=seen(page), **place)
    desk.refuse("heyan", "board/do", 409, "第24页留作“公益广告”", seen=seen(page), page="24", **place)
    desk.refuse("heyan", "board/do", 422, "本期页码为第1至48页", seen=seen(page), page="49", **place)

    for title in TITLES:
        moved(desk, page, lambda title=title: put_in(desk, page, title))  # type: ignore[misc]
    assert pages_of(desk) == PAGES
    expect(page.locator(".budget .sum")).to_contain_text("已排 46/48 · 目录 2 · 空 0")
    expect(page.locator(".problems li")).to_have_count(1)  # a title, no page
    expect(page.locator(".pool")).to_contain_text("没有待编稿件")
    desk.picture(page, "filled")

    # Short-cuts: what stands here cannot be put in again; an old board; another's article is no page.
    desk.refuse("heyan", "board/do", 409, "", seen=seen(page), **place)
    with desk.unchanged():
        with late.expect_response("**/board/do/") as came:
            desk.hand.press(late.locator(f"#p-{desk.article(LAST)}-place"))
        assert came.value.status == 409
        expect(late.locator("#board-refused")).to_contain_text("何砚")
        desk.picture(late, "stale-board")
    late.close()


def put_in(desk: IssueDesk, page: Page, title: str) -> None:
    """By mouse five are dragged, the first onto page 3 of the flatplan; the others by their button."""
    key = desk.article(title)
    if isinstance(desk.hand, Keyboard) or title in TITLES[5:]:
        if title == FIRST:
            desk.hand.write(page.locator(f"#p-{key} [name=page]"), "3")
            page.keyboard.press("Enter")
        else:
            desk.hand.press(page.locator(f"#p-{key}-place"))
        return
    source = page.locator(f"#p-{key} .facts")
    if title == FIRST:
        page.goto(desk.address("board") + "?view=flatplan")
        drag(page.locator(f"#p-{key} .facts"), page.locator("#page-3"))
    elif title == TITLES[1]:
        page.goto(desk.address("board"))
        drag(source, page.locator(".centre > .tools .keys"))
    else:
        drag(source, page.locator(".rows > .row").last, at=(0.3, 0.9))


def moved_about(desk: IssueDesk) -> None:
    """A text goes two places up and comes back; one is locked, and stays."""
    page = desk.visit("heyan", "board")
    key, above = desk.article(TITLES[3]), desk.article(TITLES[1])
    row = page.locator(f"#a-{key}")
    if isinstance(desk.hand, Keyboard):
        desk.hand.reach(page.locator(f"#a-{key}-title"))
        for _press in range(2):
            moved(desk, page, lambda: page.keyboard.press("Alt+ArrowUp"))
            expect(page.locator(f"#a-{key}-title")).to_be_focused()
    else:
        onto = page.locator(f"#a-{above}")
        moved(desk, page, lambda: drag(row.locator(".facts"), onto, at=(0.2, 0.1)))
    order = [title for title, _first, _last in pages_of(desk)]
    assert order[:4] == [TITLES[0], TITLES[3], TITLES[1], TITLES[2]]
    expect(page.locator("#board-said")).to_contain_text(TITLES[3])
    desk.picture(page, "moved")
    if isinstance(desk.hand, Keyboard):
        for _press in range(2):
            moved(desk, page, lambda: page.keyboard.press("Control+z"))
    else:
        moved(desk, page, lambda: page.locator("#board-undo").click())
    assert pages_of(desk) == PAGES

    moved(desk, page, lambda: desk.hand.press(page.locator(f"#a-{key}-lock")))
    up = {"do": "up", "article": str(key), "seen": seen(page)}
    desk.refuse("heyan", "board/do", 409, f"《{TITLES[3]}》锁定在第12页", **up)
    onto = {"do": "page", "article": str(above), "page": "13", "seen": seen(page)}
    desk.refuse("heyan", "board/do", 409, f"第13页已锁定给《{TITLES[3]}》", **onto)
    desk.refuse("shenwangchuan", "board/do", 403, "您的角色", do="undo", seen=seen(page))
    moved(desk, page, lambda: desk.hand.press(page.locator(f"#a-{key}-lock")))
    page.goto(desk.address("board") + "?view=flatplan")
    desk.picture(page, "flatplan")


def approved(desk: IssueDesk) -> None:
    """沈望川 approves the contents once the contents page says what the pages say."""
    chief = desk.visit("shenwangchuan")
    desk.not_now(chief, "审定目录", "老船厂的新主人")
    desk.refuse("shenwangchuan", "act", 409, "老船厂的新主人", action="approve_contents")
    page = desk.visit("luxiaoman", "board")
    with page.expect_navigation():
        desk.hand.press(page.locator(".problems").get_by_role("link", name="老船厂的新主人"))
    assert page.url == desk.article_address(OTHER_TITLE) + "#id_toc_title"
    desk.hand.write(page.locator("#id_toc_title"), OTHER_TITLE)
    desk.send(page.locator("[name=_continue]"))
    expect(page.locator(".messagelist")).to_be_visible()

    desk.refuse("heyan", "act", 403, "您的角色没有“审定目录”的权限", action="approve_contents")
    stale = str(desk["version"] - 1)
    desk.refuse("shenwangchuan", "act", 409, "没有保存", action="approve_contents", version=stale)
    desk.visit("luxiaoman", "board")
    expect(page.locator(".budget")).to_contain_text("各页均已排满，没有重叠。")
    desk.visit("shenwangchuan")
    desk.do(chief, "审定目录")
    assert desk["stage"] == "contents_approved"


def released(desk: IssueDesk) -> None:
    """Texts are closed one by one: complete, clean, final. Two through the screen, the others as it shows."""
    desk.refuse("heyan", "act", 409, "尚未发稿", action="typeset")
    page = desk.room.page("luxiaoman")
    page.goto(desk.article_address(NAMELESS))
    desk.not_now(page, "发稿", "未写明作者或来源")
    act = desk.article_address(NAMELESS, "act")
    version = str(desk.one("SELECT version FROM articles_article WHERE title = ?", NAMELESS))
    desk.refuse("luxiaoman", act, 422, "未写明作者或来源", action="release", version=version)
    desk.refuse("xiahe", act, 403, "您的角色没有“发稿”的权限", action="release", version=version)
    desk.hand.write(page.locator("[name=source]"), "岚江水务档案")
    desk.send(page.locator("[name=_continue]"))
    for title in (NAMELESS, FIRST):
        page.goto(desk.article_address(title))
        desk.do(page, "发稿")
    desk.picture(page, "released")
    others = [title for title in TITLES if title not in (NAMELESS, FIRST)]
    desk.room.site.shell(f"from tests.e2e.assembly_seed import release; release(*{others!r})")


def typeset(desk: IssueDesk) -> None:
    desk.refuse("shenwangchuan", "act", 403, "您的角色没有“发排”的权限", action="typeset")
    desk.refuse("xiahe", desk.article_address(FIRST, "proof/sign"), 409, "此稿尚无校样", seen="")
    page = desk.visit("heyan")
    desk.picture(page, "before-typeset")
    desk.do(page, "发排")
    assert desk["stage"] == "typeset"


def moved(desk: IssueDesk, page: Page, deed: Callable[[], object]) -> None:
    """Do it and wait until the board has come back; it must not have been refused."""
    with page.expect_response("**/board/do/") as came:
        deed()
    assert came.value.status == 200, page.locator("#board-refused").inner_text()
    expect(page.locator("#board:not([aria-busy])")).to_be_visible()


def seen(page: Page) -> str:
    return page.locator("#board-move [name=seen]").input_value()


STEPS = (begun, structured, filled, moved_about, approved, released, typeset)
