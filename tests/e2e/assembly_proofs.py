"""The second part of an issue's way: three proofs, what is marked and mended on them, the error rate."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.e2e.assembly import IssueDesk
from tests.e2e.assembly_seed import ERRORS, TITLES
from tests.e2e.hands import Keyboard

__all__ = ["STEPS"]

FIRST, SECOND, THIRD = TITLES[:3]
#: The first and last corner of words in a line, for a mouse that draws over them.
CORNERS = """([line, words]) => {
  const walk = document.createTreeWalker(line.querySelector(".words"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const box = range.getBoundingClientRect();
    return [box.left + 1, box.right - 1, box.top + box.height / 2];
  }
}"""


def first_round(desk: IssueDesk) -> None:
    """夏禾 reads all; what she marks is mended as a logged correction, and the reviews stay in force."""
    desk.refuse("xiahe", "proofs/act", 403, "您的角色没有“开始新校次”的权限", action="open_round")
    executive = opened(desk, 1)
    desk.refuse("heyan", "proofs/act", 409, "第1校次尚未结束", action="open_round")
    desk.refuse("heyan", "proofs/act", 409, "第1校次还未签字", action="close_round", pages_changed="0")

    wrong, right = ERRORS[FIRST]
    page = to_be_read(desk, "xiahe", FIRST)
    mark(desk, page, wrong, right)
    late = desk.room.second_tab("xiahe")
    late.goto(desk.article_address(FIRST, "proof"))
    desk.refuse("xiahe", desk.article_address(FIRST, "proof/settle"), 403, "您的角色", **put_in(desk, right))
    corrected(desk, FIRST, wrong, right)

    # Short-cuts: a signature for the text as it was; who is no proofreader; a second signature.
    with desk.unchanged():
        assert desk.send(late.locator("#sign button")) == 409
    expect(late.locator("#refusal")).to_contain_text("您校读期间文稿已有改动")
    desk.picture(late, "text-moved-on")
    late.close()
    sign = desk.article_address(FIRST, "proof/sign")
    desk.refuse("luxiaoman", sign, 403, "您的角色没有“校样签字”的权限")
    page = to_be_read(desk, "xiahe", FIRST)
    desk.hand.write(page.locator("#sign [name=errors]"), "1")
    desk.hand.write(page.locator("#sign [name=note]"), "人名地名已核对。")
    desk.send(page.locator("#sign button"))
    desk.refuse("xiahe", sign, 409, "夏禾已在第1校次为这篇稿件签字")
    signed(desk, page, TITLES[1:], "夏禾", 1)
    desk.picture(page, "round-1-signed")
    closed(desk, executive, 1, 2)


def second_round(desk: IssueDesk) -> None:
    """Other eyes: 秦简. Two errors stay open, one of them on the masthead."""
    executive = opened(desk, 2)
    page = desk.visit("xiahe", "proofs")
    one_and_two = "这篇稿件的一校由您承担，二校须由他人承担"
    with page.expect_navigation():
        desk.hand.press(page.locator("a.due").first)
    expect(page.locator("#sign .refused")).to_contain_text(one_and_two)
    desk.refuse("xiahe", desk.article_address(FIRST, "proof/sign"), 403, one_and_two)
    page = to_be_read(desk, "qinjian", SECOND)
    mark(desk, page, *ERRORS[SECOND], kind="characters")
    desk.go(page, "校样")
    outside(desk, page)
    desk.refuse("qinjian", "proofs/mark", 422, "本期共48页", where="contents", page="99", kind="format")
    desk.refuse("luxiaoman", "proofs/mark", 403, "您的角色", where="contents", kind="format")
    signed(desk, page, TITLES, "秦简", 2)
    closed(desk, executive, 2, 1)


def third_round(desk: IssueDesk) -> None:
    """夏禾 again; a mark that is no error stands as it is. Before it is closed nobody starts the reading."""
    executive = opened(desk, 3)
    desk.refuse("heyan", "proofs/act", 409, "第3校次尚未结束", action="start_reading")
    page = to_be_read(desk, "xiahe", THIRD)
    mark(desk, page, *ERRORS[THIRD])
    editor = desk.room.page("luxiaoman")
    editor.goto(desk.article_address(THIRD, "proof"))
    desk.send(editor.locator(".marks button[value=stet]"))
    expect(editor.locator(".marks .is-settled")).to_have_count(1)
    assert ERRORS[THIRD][0] in body(desk, THIRD)
    desk.visit("xiahe", "proofs")
    signed(desk, page, TITLES, "夏禾", 3)
    desk.refuse("heyan", "proofs/act", 422, "本期共48页", action="close_round", pages_changed="49")
    closed(desk, executive, 3, 1)


def error_rate(desk: IssueDesk) -> None:
    """48 pages of 40 × 40 and four covers at one half: 80,000 characters, 16.0 errors."""
    page = desk.visit("heyan", "proofs")
    desk.go(page, "编校差错率")
    expect(page.locator(".sum").first).to_contain_text("80000")
    expect(page.locator(".sum tfoot strong").first).to_have_text("16.0")
    expect(page.locator("#errors")).to_contain_text(ERRORS[SECOND][1])
    expect(page.locator("#errors")).not_to_contain_text(ERRORS[FIRST][1])
    desk.picture(page, "error-rate")
    desk.refuse("xiahe", "error-rate/pages", 403, "您的角色", cover_pages="4", blank="3")
    twice = {"cover_pages": "4", "blank": "3", "picture": "3"}
    desk.refuse("heyan", "error-rate/pages", 422, "第3面重复出现", **twice)


def opened(desk: IssueDesk, number: int) -> Page:
    page = desk.visit("heyan")
    desk.go(page, "校样")
    desk.do(page, "开始新校次")
    expect(page.locator(".steps .stage-now")).to_contain_text("0")
    assert rounds(desk) == [(n, n == number) for n in range(1, number + 1)]
    return page


def closed(desk: IssueDesk, page: Page, number: int, pages: int) -> None:
    desk.visit("heyan", "proofs")
    desk.do(page, "结束本校次", pages_changed=str(pages))
    assert rounds(desk)[-1] == (number, False)
    desk.picture(page, f"round-{number}-closed")


def rounds(desk: IssueDesk) -> list[tuple[int, bool]]:
    """Number, whether it is open."""
    query = "SELECT number, closed_at IS NULL FROM articles_proofround WHERE issue_id = ? ORDER BY number"
    return [(number, bool(is_open)) for number, is_open in desk.rows(query, desk.key)]


def to_be_read(desk: IssueDesk, who: str, title: str) -> Page:
    """From the table of rounds to the proof of an article."""
    page = desk.visit(who, "proofs")
    with page.expect_navigation():
        desk.hand.press(page.locator(f"#article-{desk.article(title)} a.due"))
    expect(page.locator("#galley")).to_be_visible()
    return page


def mark(desk: IssueDesk, page: Page, wrong: str, right: str, kind: str = "character") -> None:
    """At its line: drawn over with the mouse, or reached with the arrows and typed."""
    line = page.locator("#galley li", has_text=wrong)
    if isinstance(desk.hand, Keyboard):
        desk.hand.reach(page.locator("#line-1"))
        for _press in range(int(line.get_attribute("data-line") or 0) - 1):
            page.keyboard.press("ArrowDown")
        expect(line).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.insert_text(wrong)
    else:
        line.scroll_into_view_if_needed()
        left, end, height = line.evaluate(f"(line, words) => ({CORNERS})([line, words])", wrong)
        page.mouse.move(left, height)
        page.mouse.down()
        page.mouse.move(end, height, steps=4)
        page.mouse.up()
        expect(page.locator("#mark_wrong")).to_have_value(wrong)
    desk.hand.write(page.locator("#mark_right"), right)
    desk.hand.choose(page.locator("#mark_kind"), kind)
    desk.picture(page, "mark")
    desk.send(page.locator("#mark-form button"))
    expect(page.locator(".messagelist")).to_contain_text("差错已标出")
    expect(page.locator(".marks")).to_contain_text(wrong)
    query = "SELECT wrong, right, place FROM articles_proofmark ORDER BY id DESC LIMIT 1"
    assert desk.rows(query)[0][:2] == (wrong, right)


def outside(desk: IssueDesk, page: Page) -> None:
    """An error of the masthead, on the page of the rounds."""
    desk.hand.press(page.locator("#new-mark summary"))
    desk.hand.choose(page.locator("#mark_where"), "masthead")
    desk.hand.write(page.locator("#mark_wrong"), "沈望州")
    desk.hand.write(page.locator("#mark_right"), "沈望川")
    desk.hand.choose(page.locator("#mark_kind"), "character")
    desk.send(page.locator("#new-mark form button"))
    expect(page.locator("#outside")).to_contain_text("沈望州")


def put_in(desk: IssueDesk, right: str) -> dict[str, str]:
    number = desk.one("SELECT MAX(id) FROM articles_proofmark")
    return {"mark": str(number), "do": "put_in", "right": right}


def corrected(desk: IssueDesk, title: str, wrong: str, right: str) -> None:
    """The editor puts the right words in: on record, the stage stays, so do the three reviews."""
    key = desk.article(title)
    reviews = desk.rows("SELECT * FROM articles_signoff WHERE article_id = ? ORDER BY id", key)
    page = desk.visit("luxiaoman", "proofs")
    with page.expect_navigation():
        desk.hand.press(page.locator(f"#article-{key} td.number a"))
    desk.send(page.locator(".marks button[value=put_in]"))
    expect(page.locator(".messagelist")).to_contain_text("已处理")
    desk.picture(page, "corrected")
    assert wrong not in body(desk, title)
    assert right in body(desk, title)
    assert desk.one("SELECT stage FROM articles_article WHERE id = ?", key) == "released"
    assert desk.one("SELECT COUNT(*) FROM articles_proofcorrection WHERE article_id = ?", key) == 1
    assert desk.rows("SELECT * FROM articles_signoff WHERE article_id = ? ORDER BY id", key) == reviews


def body(desk: IssueDesk, title: str) -> str:
    return str(desk.one("SELECT body FROM articles_article WHERE title = ?", title))


def signed(desk: IssueDesk, page: Page, titles: tuple[str, ...], name: str, number: int) -> None:
    """The first from the table; each signature leads to the next article to be read, the last back to it."""
    if page.locator("table.rounds").count():
        with page.expect_navigation():
            desk.hand.press(page.locator(f"#article-{desk.article(titles[0])} a.due"))
    for _title in titles:
        assert desk.send(page.locator("#sign button")) == 200
    for title in titles:
        expect(cell(page, desk.article(title), number)).to_contain_text(name)
    expect(page.locator("table.rounds .void")).to_have_count(0)
    expect(page.locator("table.rounds a.due")).to_have_count(0)


def cell(page: Page, key: int, number: int) -> Locator:
    return page.locator(f"#article-{key} td.round").nth(number - 1)


STEPS = (first_round, second_round, third_round, error_rate)
