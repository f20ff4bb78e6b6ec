"""The last part of an issue's way: read, signed, seen beforehand, published, corrected, taken down."""

from __future__ import annotations

import datetime
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Page, expect

from tests.e2e.assembly import IssueDesk
from tests.e2e.assembly_board import PAGES, moved, pages_of, seen
from tests.e2e.assembly_seed import ERRORS, TITLES
from tests.e2e.office import plain

__all__ = ["STEPS"]

FIRST, SECOND, LAST = TITLES[0], TITLES[1], TITLES[-1]
TAKEN_DOWN = TITLES[9]
OLD, NEW = "据《岚江志》所记，往返", "据《岚江志》卷三所记，往返"
CORRECTED, DOWN = "第三页出处补上卷次。", "本文应当事人要求撤下。"


def reading(desk: IssueDesk) -> None:
    """The last reading begins while five things are still open; one is made at the board just now."""
    desk.refuse("xiahe", "proofs/act", 403, "您的角色没有“转入通读”的权限", action="start_reading")
    page = desk.visit("heyan", "proofs")
    desk.do(page, "转入通读")
    assert desk["stage"] == "reading"
    desk.go(page, "版面编排")
    set_length(desk, page, LAST, 1)
    expect(page.locator(".budget")).to_contain_text("第47页是空的。")


def set_length(desk: IssueDesk, page: Page, title: str, pages: int) -> None:
    key = desk.article(title)
    if page.locator(f"#a-{key} .more").get_attribute("open") is None:
        desk.hand.press(page.locator(f"#a-{key}-more"))
    desk.hand.write(page.locator(f"#a-{key}-pages"), str(pages))
    moved(desk, page, lambda: desk.hand.press(page.locator(f"#a-{key}-length")))


def listed(desk: IssueDesk) -> None:
    """The press order names what blocks it; each entry leads to the place that mends it."""
    page = desk.visit("shenwangchuan")
    desk.go(page, "付印")
    expect(page.locator(".verdict")).to_contain_text("5")
    desk.picture(page, "blocked")
    desk.not_now(page, "付印", "第47页是空的")
    desk.refuse("shenwangchuan", "press-order/act", 409, "第47页是空的", action="sign")
    desk.refuse("heyan", "press-order/act", 403, "您的角色没有“付印”的权限", action="sign")
    desk.refuse("shenwangchuan", "press-order/act", 409, "第47页是空的", action="sign_after")
    entries = page.locator(".blocks dd a")
    ways = [str(entry.get_attribute("href")) for entry in entries.all()]
    assert len(ways) == 5
    for number, way in enumerate(ways):
        desk.hand.press(entries.nth(number))
        page.wait_for_url(lambda url, way=way: url.endswith(way))
        place = way.partition("#")[2]
        expect(page.locator(f"[id='{place}']")).to_have_count(1)
        desk.visit("shenwangchuan", "press-order")


def emptied(desk: IssueDesk) -> None:
    """One after the other, each by who has it in hand; then 沈望川 signs."""
    chief = desk.visit("shenwangchuan", "press-order")
    follow(desk, chief, "准印证岚内准字第7号已于")
    later = datetime.date.today() + datetime.timedelta(days=365)
    desk.hand.write(chief.locator("#id_licence_expires"), later.isoformat())
    desk.send(chief.locator("[name=_save]"))
    left(desk, 4)

    executive = desk.visit("heyan", "press-order")
    follow(desk, executive, "第47页是空的")
    executive.goto(desk.address("board"))
    set_length(desk, executive, LAST, 2)
    assert pages_of(desk) == PAGES
    left(desk, 3)

    editor = desk.visit("luxiaoman", "press-order")
    follow(desk, editor, SECOND)
    with editor.expect_navigation():
        desk.hand.press(editor.locator(".marks button[value=put_in]"))
    assert ERRORS[SECOND][1] in str(desk.one("SELECT body FROM articles_article WHERE title = ?", SECOND))
    left(desk, 2)
    desk.visit("luxiaoman", "press-order")
    follow(desk, editor, "沈望州")
    with editor.expect_navigation():
        desk.hand.press(editor.locator("#outside button[value=corrected]"))
    left(desk, 1)

    desk.refuse("heyan", "press-order/act", 403, "您的角色没有“通读签字”的权限", action="sign_reading")
    desk.visit("luxiaoman", "press-order")
    desk.do(editor, "通读签字", note="通读毕，可付印。")
    left(desk, 0)


def follow(desk: IssueDesk, page: Page, words: str) -> None:
    way = page.locator(".blocks dd a", has_text=words)
    target = str(way.get_attribute("href"))
    desk.hand.press(way)
    page.wait_for_url(lambda url: url.endswith(target))


def left(desk: IssueDesk, count: int) -> None:
    page = desk.visit("shenwangchuan", "press-order")
    expect(page.locator(".blocks dd")).to_have_count(count)


def signed(desk: IssueDesk) -> None:
    """After the signature nothing is moved any more."""
    page = desk.visit("shenwangchuan", "press-order")
    board = desk.visit("heyan", "board")
    token = seen(board)
    stale = str(desk["version"] - 1)
    desk.refuse("shenwangchuan", "press-order/act", 409, "没有保存", action="sign", version=stale)
    desk.picture(page, "nothing-blocks")
    desk.do(page, "付印", note="同意付印。")
    assert desk["stage"] == "signed"
    desk.picture(page, "signed")
    key = str(desk.article(SECOND))
    desk.refuse("heyan", "board/do", 409, "", do="up", article=key, seen=token)
    desk.refuse("luxiaoman", "press-order/act", 403, "您的角色", action="reopen", reason="再改一处。")
    opened(desk)


def opened(desk: IssueDesk) -> None:
    """An internal publication is for signed-in readers until the chief editor decides otherwise."""
    page = desk.visit("shenwangchuan", "publishing")
    fold = page.locator(".who-reads details")
    desk.hand.press(fold.locator("summary"))
    desk.hand.pick(fold.get_by_role("radio", name="所有人"))
    desk.hand.write(fold.locator("[name=reason]"), "本期公开发行。")
    assert desk.send(fold.locator("form button[type=submit]")) == 200
    assert desk["visibility"] == "public"


def seen_beforehand(desk: IssueDesk) -> None:
    """Whoever has the private link reads the issue without signing in; nobody else does."""
    desk.refuse("heyan", "publishing/act", 403, "您的角色没有“生成预览链接”的权限", action="open_preview")
    page = desk.visit("luxiaoman")
    desk.go(page, "预览与发布")
    desk.send(page.get_by_role("button", name="生成预览链接"))
    link = page.locator("#link").input_value()
    desk.picture(page, "private-link")
    stranger = desk.room.listen(desk.room.new_context(viewport={"width": 1280, "height": 800}).new_page())
    stranger.set_default_timeout(45_000)
    assert status(stranger, reader_address(desk)) == 404
    assert status(stranger, link[:-4] + "AAAA/") == 404
    assert status(stranger, link) == 200
    for title in (FIRST, LAST):
        expect(stranger.locator("main")).to_contain_text(title)
    desk.picture(stranger, "preview")
    stranger.close()


def published(desk: IssueDesk) -> None:
    """Two press at the same moment: it comes out once, and who came too late is told."""
    past = {"action": "schedule", "publish_at": "2020-01-01T08:00"}
    desk.refuse("luxiaoman", "publishing/act", 422, "已经过去", **past)
    desk.refuse("shenwangchuan", "publishing/act", 403, "您的角色没有“出刊”的权限", action="publish")
    page = desk.visit("luxiaoman", "publishing")
    late = desk.room.second_tab("luxiaoman")
    late.goto(page.url)
    desk.hand.press(page.locator("summary", has_text="立即发布"))
    with ThreadPoolExecutor(1) as at_once:
        other = at_once.submit(publish_as, desk, cookies(desk, "linzhou"), desk["version"])
        mine = desk.send(page.get_by_role("button", name="立即发布", exact=True))
        theirs, told = other.result()
    assert sorted((mine, theirs)) == [200, 409], (mine, theirs, told[:300])
    if mine == 409:
        expect(page.locator("#refusal")).to_be_visible()
    events = "SELECT COUNT(*) FROM articles_event WHERE issue_id = ? AND action = 'publish'"
    assert desk.one(events, desk.key) == 1
    editions = "SELECT COUNT(*) FROM edition_edition WHERE reason = '2026年第12期'"
    assert (desk["stage"], desk.one(editions)) == ("published", 1)
    with desk.unchanged():
        desk.hand.press(late.locator("summary", has_text="立即发布"))
        assert desk.send(late.get_by_role("button", name="立即发布", exact=True)) == 409
    expect(late.locator("#refusal")).to_be_visible()
    late.close()
    desk.visit("luxiaoman", "publishing")
    desk.picture(page, "published")

    reader = at_home(desk)
    assert status(reader, reader_address(desk)) == 200
    for title in TITLES:
        expect(reader.locator("main")).to_contain_text(title)
    desk.picture(reader, "reader-issue")
    reader.close()


def cookies(desk: IssueDesk, who: str) -> dict[str, str]:
    found = desk.room.page(who).context.cookies()
    return {str(cookie.get("name")): str(cookie.get("value")) for cookie in found}


def publish_as(desk: IssueDesk, kept: dict[str, str], version: int) -> tuple[int, str]:
    """The same press of the same button by somebody else; runs beside the browser."""
    form = {"action": "publish", "version": str(version), "csrfmiddlewaretoken": kept["csrftoken"]}
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in kept.items())}
    body = urllib.parse.urlencode(form).encode()
    asked = urllib.request.Request(desk.address("publishing/act"), data=body, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=120) as answer:
            return int(answer.status), ""
    except urllib.error.HTTPError as refused:
        return refused.code, plain(refused.read().decode())


def corrected(desk: IssueDesk) -> None:
    """The chief editor approves exactly this, the publisher carries it out, readers see text and notice."""
    address = desk.article_address(FIRST, "correction")
    words = {"wrong": OLD, "right": NEW, "notice": CORRECTED, "reason": "出处不全。"}
    refuse(desk, "luxiaoman", 403, "您的角色", action="approve_correction", **words)
    refuse(desk, "luxiaoman", 409, "总编尚未批准", action="correct")
    page = desk.visit("shenwangchuan")
    with page.expect_navigation():
        desk.hand.press(page.locator(".contents").get_by_role("link", name=FIRST, exact=True))
    with page.expect_navigation():
        desk.hand.press(page.get_by_role("link", name="更正或撤下"))
    assert page.url == address
    for name, value in words.items():
        desk.hand.write(page.locator(f"#id_approve_correction_{name}"), value)
    desk.send(page.get_by_role("button", name="看改动"))
    expect(page.locator("ins").first).to_contain_text("卷三")
    desk.picture(page, "correction-looked-at")
    desk.send(page.get_by_role("button", name="照此批准"))
    refuse(desk, "shenwangchuan", 403, "您的角色", action="correct")

    before = newest(desk)
    publisher = desk.visit("luxiaoman", "publishing")
    with publisher.expect_navigation():
        desk.hand.press(publisher.locator(".waiting").get_by_role("link", name=FIRST))
    desk.send(publisher.get_by_role("button", name="立即更正"))
    expect(publisher.locator(".messagelist")).to_be_visible()
    assert newest(desk) > before
    reads(desk, FIRST, "卷三所记", CORRECTED)


def refuse(desk: IssueDesk, who: str, code: int, sentence: str, title: str = FIRST, **form: str) -> None:
    version = desk.one("SELECT version FROM articles_article WHERE title = ?", title)
    address = desk.article_address(title, "correction")
    desk.refuse(who, address, code, sentence, version=str(version), **form)


def gone_back(desk: IssueDesk) -> None:
    """Readers see the edition before the correction again, then the newest."""
    number = newest(desk)
    back = {"edition": str(number - 1)}
    desk.refuse(
        "shenwangchuan", "publishing/edition", 403, "您的角色不能切换发布版", reason="看一看。", **back
    )
    desk.refuse("luxiaoman", "publishing/edition", 422, "请填写理由", **back)
    same = {"edition": str(number), "reason": "看一看。"}
    desk.refuse("luxiaoman", "publishing/edition", 409, "读者看到的就是", **same)
    show(desk, number - 1, "更正有误，先退回。")
    reads(desk, FIRST, "所记，往返", but="卷三所记")
    show(desk, number, "更正已核实。")
    reads(desk, FIRST, "卷三所记", CORRECTED)


def show(desk: IssueDesk, number: int, reason: str) -> None:
    page = desk.visit("luxiaoman", "publishing")
    line = page.locator(".editions > li").filter(has=page.locator(f"input[name=edition][value='{number}']"))
    desk.hand.press(line.locator("summary"))
    desk.hand.write(line.locator("[name=reason]"), reason)
    desk.send(line.locator("button"))
    expect(page.locator(".editions .is-current .edition-number")).to_have_text(str(number))
    desk.picture(page, f"edition-{number}")


def taken_down(desk: IssueDesk) -> None:
    """The text is gone, a dated notice stands at its address, and no switch brings it back."""
    words = {"notice": DOWN, "reason": "当事人书面要求。"}
    refuse(desk, "luxiaoman", 403, "您的角色", TAKEN_DOWN, action="approve_retraction", **words)
    refuse(desk, "luxiaoman", 409, "总编尚未批准", TAKEN_DOWN, action="take_down")
    page = desk.room.page("shenwangchuan")
    page.goto(desk.article_address(TAKEN_DOWN, "correction"))
    for name, value in words.items():
        desk.hand.write(page.locator(f"#id_approve_retraction_{name}"), value)
    desk.send(page.get_by_role("button", name="批准撤下"))
    before = newest(desk)
    publisher = desk.visit("luxiaoman", "publishing")
    with publisher.expect_navigation():
        desk.hand.press(publisher.locator(".waiting").get_by_role("link", name=TAKEN_DOWN))
    desk.send(publisher.get_by_role("button", name="立即撤下"))
    reader = at_home(desk)
    status(reader, reader_address(desk, TAKEN_DOWN))
    expect(reader.locator("main")).to_contain_text(DOWN)
    expect(reader.locator("main")).not_to_contain_text("年来")
    desk.picture(reader, "reader-taken-down")
    reader.close()
    again = {"edition": str(before), "reason": "想退回。"}
    desk.refuse("luxiaoman", "publishing/edition", 409, f"《{TAKEN_DOWN}》此后已撤下", **again)
    desk.visit("luxiaoman", "publishing")
    desk.picture(publisher, "after-take-down")
    found = desk.room.site.manage("verify_record", "--json").splitlines()[-1]
    assert '"findings": 0' in found, found


def newest(desk: IssueDesk) -> int:
    return int(desk.one("SELECT COALESCE(MAX(number), 0) FROM edition_edition"))


def reader_address(desk: IssueDesk, title: str = "") -> str:
    issue = f"{desk.room.site.base}/issues/2026/12/"
    if not title:
        return issue
    return f"{issue}{desk.one('SELECT code FROM articles_article WHERE title = ?', title)}/"


def status(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def at_home(desk: IssueDesk) -> Page:
    """A reader nobody knows."""
    page = desk.room.listen(desk.room.new_context(viewport={"width": 1280, "height": 800}).new_page())
    page.set_default_timeout(45_000)
    return page


def reads(desk: IssueDesk, title: str, *words: str, but: str = "") -> None:
    """What a reader finds at the article's address."""
    reader = at_home(desk)
    assert status(reader, reader_address(desk, title)) == 200
    for one in words:
        expect(reader.locator("main")).to_contain_text(one)
    if but:
        expect(reader.locator("main")).not_to_contain_text(but)
    desk.picture(reader, "reader-reads")
    reader.close()


STEPS = (reading, listed, emptied, signed, seen_beforehand, published, corrected, gone_back, taken_down)
