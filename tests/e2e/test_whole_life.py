"""A manuscript's whole life through the screens: five people of the office take every step, and at every step
somebody tries to go round it – told in Chinese, with the right status, and nothing has changed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Site, free_port
from tests.e2e.office import Manuscript, Office, rows, seed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Login, name, roles. 程以宁 writes, too; 陆小满 and 邱岳 stand in for the head of section.
PEOPLE = [
    ("hewei", "贺苇", ["contributor"]),
    ("fanghui", "方蕙", ["registrar"]),
    ("luxiaoman", "陆小满", ["responsible-editor", "head-of-section"]),
    ("heyan", "何砚", ["head-of-section"]),
    ("shenwangchuan", "沈望川", ["chief-editor"]),
    ("chengyining", "程以宁", ["responsible-editor", "head-of-section"]),
    ("qiuyue", "邱岳", ["head-of-section"]),
    ("root", "超级用户", []),
]
TITLE = "渡口的灯"
TEXT = (
    "入冬以后，渡口的灯总是在五点三刻亮起来。",
    "点灯的老人姓高，在渡口守了三十一年，当地人都叫他高灯。",
    "去年全年，渡口共运送旅客四万二千人次。",
)
MENDED = "据县交通局统计，去年全年，渡口共运送旅客四万二千人次。"
EDITING = ".cke_wysiwyg_div"


@pytest.fixture
def office(
    tmp_path_factory: pytest.TempPathFactory, new_context: Callable[..., BrowserContext]
) -> Iterator[Office]:
    site = Site(tmp_path_factory.mktemp("office") / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("collectstatic", "--noinput", "-v", "0")
    issue = seed(site, PEOPLE)
    site.start()
    expect.set_options(timeout=30_000)  # eight browsers at once on a small machine
    yield Office(site, new_context, issue)
    expect.set_options(timeout=5_000)
    site.stop()


def test_a_manuscript_goes_its_whole_way_and_no_short_cut_is_open(office: Office) -> None:
    it = written(office)
    submitted(it)
    registered(it)
    returned_by_the_first_review(it)
    revised(it)
    signed_by_the_first_review(it)
    signed_by_the_second_review(it)
    accepted_by_the_final_review(it)
    placed(it)
    edited(it)
    released(it)
    told_in_full(it)
    office.assert_sound()


def written(office: Office) -> Manuscript:
    """The contributor writes on a phone, with an editor of the office as second author."""
    page = office.page("hewei", width=390)
    page.get_by_role("button", name="不用文件").click()
    page.wait_for_url(lambda url: url.rstrip("/").split("/")[-1].isdigit())
    it = Manuscript(office, int(page.url.rstrip("/").split("/")[-1]))
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=section]").select_option(label="人物")
    page.locator("[name=words]").fill("\n".join(TEXT))
    page.locator("[name=authors-1-name]").fill("程以宁")
    page.locator("[name=authors-1-unit]").fill("岚江杂志社")
    page.get_by_role("button", name="只保存").click()
    expect(page.locator(".messages")).to_be_visible()
    assert it["title"] == TITLE
    return it


def submitted(it: Manuscript) -> None:
    page = it.open_mine("hewei")
    # Short-cuts: no declarations; somebody else sends it in; the sender goes straight to acceptance.
    with page.expect_navigation() as arrived:
        page.get_by_role("button", name="投稿", exact=True).click()
    assert arrived.value.status == 422
    assert (it["stage"], it["manuscript_number"]) == ("draft", None)
    expect(page.get_by_role("alert").first).to_contain_text("请先勾选声明")
    it.refuse("chengyining", page.url, 404, "没有", send="1", title="别人的题目")
    it.refuse("hewei", "act", 403, "您的账号已不在编辑部任职", action="accept", opinion="同意录用。")

    for declaration in page.locator("[name=declarations]").all():
        declaration.check()
    page.get_by_role("button", name="投稿", exact=True).click()
    expect(page.locator(".messages")).to_contain_text(str(it["manuscript_number"]))
    assert it["stage"] == "submitted"


def registered(it: Manuscript) -> None:
    page = it.open("fanghui")
    # Short-cuts: an author as its editor; an editor registers; the registrar passes it up at once.
    fold = it.step(page, "登记分稿")
    fold.locator("[name=editor]").select_option(label="程以宁")
    with it.unchanged():
        assert it.press(fold) == 422
    expect(page.get_by_role("alert").first).to_contain_text("程以宁是这篇稿件的作者或投稿人")
    it.refuse("luxiaoman", "act", 403, "您的角色没有“登记分稿”的权限", action="register")
    it.refuse(
        "fanghui", "review/act", 409, "稿件现处于“已收稿”", action="pass_up", opinion="可用。", verdict="use"
    )

    page.locator("[name=editor]").select_option(label="陆小满")
    page.locator("main form, #content form").get_by_role("button", name="登记分稿").click()
    expect(page.locator(".messagelist")).to_contain_text("已完成")
    assert it["stage"] == "first_review"


def returned_by_the_first_review(it: Manuscript) -> None:
    """A remark that must be settled goes back to the author with the opinion and a due day."""
    page = it.open("luxiaoman")
    late = it.office.second_tab("luxiaoman")
    late.goto(page.url)
    page.locator("#new-remark summary").click()
    remark = page.locator("#new-remark form")
    remark.get_by_label("引用原文").fill("四万二千人次")
    remark.get_by_label("段落").fill("3")
    remark.get_by_label("批注", exact=True).fill("数字请注明出处。")
    remark.get_by_label("必改").check()
    remark.get_by_role("button").click()
    expect(page.locator(".thread")).to_contain_text("数字请注明出处。")

    # Short-cuts: the remark is open; another editor; the superuser; a due day that is past.
    it.not_now(page, "送复审", "还有1条必须处理的批注")
    report = {"action": "pass_up", "opinion": "可用。", "verdict": "use"}
    it.refuse("luxiaoman", "review/act", 409, "还有1条必须处理的批注", **report)
    it.refuse("chengyining", "review/act", 403, "已分给陆小满", **report)
    it.refuse("root", "review/act", 403, "已分给陆小满", **report)
    it.refuse("root", "review/act", 409, "稿件现处于“初审”", action="accept", opinion="同意录用。")
    fold = it.step(page, "退修")
    fold.locator("[name=opinion]").fill("事情好，数字要有出处。")
    fold.locator("[name=due_on]").fill("2020-01-01")
    with it.unchanged():
        assert it.press(fold) == 422
    expect(page.locator("#refusal")).to_contain_text("截止日期不能早于今天")
    # A stale page: the title is mended in one tab, the other knows nothing of it.
    edit_title(it, page, f"{TITLE}（外一篇）")
    fold = it.step(late, "退修")
    fold.locator("[name=opinion]").fill("事情好，数字要有出处。")
    with it.unchanged():
        assert it.press(fold) == 409
    expect(late.locator("#refusal")).to_contain_text("陆小满改动了这篇稿件")
    expect(it.step(late, "退修").locator("[name=opinion]")).to_have_value("事情好，数字要有出处。")

    day = datetime.date.today() + datetime.timedelta(days=5)
    it.do(late, "退修", to="returned", due_on=day.isoformat())
    assert str(it["due_on"]) == day.isoformat()
    late.close()


def edit_title(it: Manuscript, page: Page, title: str) -> None:
    page.goto(it.address())
    page.wait_for_selector(f"{EDITING}[contenteditable=true]")
    page.locator("[name=title]").fill(title)
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert it["title"] == title


def revised(it: Manuscript) -> None:
    """The author sees what is asked, mends it, sends it in again."""
    page = it.open_mine("hewei")
    expect(page.locator("main")).to_contain_text("事情好，数字要有出处。")
    expect(page.locator("main")).to_contain_text("数字请注明出处。")
    expect(page.locator("main")).not_to_contain_text("陆小满")
    late = it.office.second_tab("hewei")
    late.goto(page.url)
    page.locator("[name=words]").fill("\n".join((*TEXT[:2], MENDED)))
    page.get_by_role("button", name="只保存").click()
    expect(page.locator(".messages")).to_be_visible()

    # Short-cuts: an old tab sends the text of before; the editor sends it in, or writes into it meanwhile.
    with it.unchanged(), late.expect_navigation() as arrived:
        late.get_by_role("button", name="交修改稿").click()
    assert arrived.value.status == 409
    expect(late.get_by_role("alert").first).to_contain_text("这期间有人先保存了，您的改动没有保存")
    late.close()
    it.refuse("luxiaoman", "act", 403, "这一步只能由投稿人本人操作", action="resubmit")
    it.refuse("luxiaoman", "change", 403, "您的角色不含此项权限", title="编辑改的题目")

    page.get_by_role("button", name="交修改稿").click()
    expect(page.locator(".messages")).to_be_visible()
    assert (it["stage"], it["review_round"]) == ("first_review", 2)
    assert "据县交通局统计" in it["body"]


def signed_by_the_first_review(it: Manuscript) -> None:
    page = it.open("luxiaoman")
    expect(page.locator("#text ins").first).to_contain_text("据县交通局统计")
    # Short-cuts: the remark is still open, and its author may not settle it; no report; a forged remark.
    it.not_now(page, "送复审", "还有1条必须处理的批注")
    number = str(it.state()["remarks"][0][0])
    it.refuse("chengyining", "review/settle", 403, "对您提出的批注要由别人确认解决", remark=number)
    it.refuse("luxiaoman", "review/settle", 404, "没有改动任何内容", remark="999999")
    page.locator(".thread").get_by_role("button", name="解决").click()
    expect(page.locator(".settled > summary")).to_contain_text("1")
    it.refuse("luxiaoman", "review/act", 422, "意见", action="pass_up", verdict="use")

    it.do(page, "送复审", to="second_review", opinion="改后数据有出处，可用。", verdict="use")
    assert page.url == f"{it.office.site.base}/desk/"


def signed_by_the_second_review(it: Manuscript) -> None:
    # Short-cuts: who gave the first review; an author; the superuser skips a level;
    # one whose role was taken away while the page was open.
    page = it.visit("luxiaoman")
    it.not_now(page, "送终审", "您已审签过这篇稿件的初审，这一审须由他人承担")
    report = {"action": "pass_up", "opinion": "同意。", "verdict": "use"}
    it.refuse("luxiaoman", "review/act", 403, "您已审签过这篇稿件的初审", **report)
    page = it.visit("chengyining")
    it.not_now(page, "送终审", "这是您本人撰写或提交的稿件，须由他人审理")
    it.refuse("chengyining", "review/act", 403, "这是您本人撰写或提交的稿件", **report)
    it.refuse("root", "review/act", 409, "稿件现处于“复审”", action="accept", opinion="同意录用。")
    page = it.open("qiuyue")
    fold = it.step(page, "送终审")
    fold.locator("[name=opinion]").fill("写到一半，角色没有了。")
    fold.locator("[name=verdict][value=use]").check()
    take_away_the_role(it.office, "qiuyue")
    with it.unchanged():
        assert it.press(fold) == 403
    expect(page.locator(".errornote")).to_contain_text("您的账号已不在编辑部任职")
    expect(page.locator(".kept textarea").first).to_have_value("写到一半，角色没有了。")

    page = it.open("heyan")
    it.do(page, "送终审", to="final_review", opinion="同意初审意见，篇幅合适。", verdict="use")


def take_away_the_role(office: Office, who: str) -> None:
    office.site.shell(
        "from django.contrib.auth import get_user_model\n"
        f"user = get_user_model().objects.get(username={who!r})\n"
        "user.groups.clear(); user.is_staff = False; user.save()"
    )


def accepted_by_the_final_review(it: Manuscript) -> None:
    # Short-cuts: the second reviewer by delegation of the final review; who has no such right; no opinion.
    delegate_to(it.office.page("shenwangchuan"), it.office, "何砚")
    page = it.visit("heyan")
    it.not_now(page, "录用", "您已审签过这篇稿件的复审，这一审须由他人承担")
    it.refuse("heyan", "review/act", 403, "您已审签过这篇稿件的复审", action="accept", opinion="同意录用。")
    it.refuse("fanghui", "review/act", 403, "您的角色没有“录用”的权限", action="accept", opinion="同意录用。")
    page = it.open("shenwangchuan")
    fold = it.step(page, "录用")
    fold.locator("[name=opinion]").evaluate("field => field.required = false")
    with it.unchanged():
        assert it.press(fold) == 422
    expect(page.locator("#refusal")).to_contain_text("有内容未填")

    it.do(page, "录用", to="accepted", opinion="同意录用，排在栏目前面。")
    levels = (
        "SELECT level, verdict, person_name, round FROM articles_signoff WHERE article_id = ? ORDER BY id"
    )
    assert rows(it.office.site, levels, it.key) == [
        ("first", "return", "陆小满", 1),
        ("first", "use", "陆小满", 2),
        ("second", "use", "何砚", 2),
        ("final", "use", "沈望川", 2),
    ]


def delegate_to(page: Page, office: Office, name: str) -> None:
    page.goto(f"{office.site.base}/desk/")
    page.get_by_role("link", name="委托").first.click()
    page.locator("[name=holder]").select_option(label=name)
    today = datetime.date.today().isoformat()
    for day in page.locator("input[type=date]").all():
        day.fill(today)
    page.locator("[name=reason]").fill("出差一日。")
    page.locator("form.stacked button").click()
    expect(page.locator(".messagelist")).to_be_visible()


def placed(it: Manuscript) -> None:
    # Short-cuts: the chief editor, whose right it is not; an issue that is none; the text is closed now.
    issue = str(it.office.issue)
    it.refuse("shenwangchuan", "act", 403, "您的角色没有“编入”的权限", action="place", issue=issue)
    it.refuse("heyan", "act", 422, "有内容未填", action="place", issue="999999")
    it.refuse("heyan", "change", 403, "您的角色不含此项权限", title="录用后再改的题目")
    page = it.open("heyan")
    it.do(page, "编入", to="editing", issue=issue, first_page="8", last_page="9")
    assert (it["issue_id"], it["position"], it["first_page"]) == (it.office.issue, 1, 8)


def edited(it: Manuscript) -> None:
    """Copy-editing in the editor: bold, a word more, stored; a second tab does not write over it."""
    page = it.open("luxiaoman")
    page.wait_for_selector("#keep[data-listening]")
    late = it.office.second_tab("luxiaoman")
    late.goto(page.url)
    late.wait_for_selector("#keep[data-listening]")
    write(page, "灯在江上很亮。", bold=True)
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert "<strong>灯在江上很亮。</strong>" in it["body"]

    # Short-cuts: the old tab stores; somebody whose right it is not writes past the page.
    with it.unchanged():
        write(late, "旧页里写的。")
        late.locator("[name=_continue]").click()
        expect(late.locator(".three-ways")).to_be_visible()
        assert "旧页里写的。" in late.locator(".three-ways").inner_text()
    late.close()
    it.refuse("shenwangchuan", "change", 403, "您的角色不含此项权限", title="总编改的题目")


def write(page: Page, words: str, *, bold: bool = False) -> None:
    page.locator(f"{EDITING} p").last.click()
    page.keyboard.press("End")
    if bold:
        page.keyboard.press("Control+b")
    page.keyboard.insert_text(words)
    expect(page.locator("#keep-status")).not_to_have_attribute("data-state", "none")


def released(it: Manuscript) -> None:
    # Short-cuts: a remark that must be settled; who has no such right; a stale page.
    chief = it.visit("shenwangchuan")
    chief.locator("#new-remark summary").click()
    remark = chief.locator("#new-remark form")
    remark.get_by_label("批注", exact=True).fill("“高灯”请核对是否本名。")
    remark.get_by_label("必改").check()
    remark.get_by_role("button").click()
    expect(chief.locator("#remarks .threads").first).to_contain_text("请核对是否本名")
    page = it.open("luxiaoman")
    it.not_now(page, "发稿", "还有1条必须处理的批注")
    it.refuse("luxiaoman", "act", 409, "还有1条必须处理的批注", action="release")
    it.refuse("fanghui", "act", 403, "您的角色没有“发稿”的权限", action="release")
    page.get_by_role("link", name="审稿对照").click()
    page.locator(".thread").filter(has_text="本名").get_by_role("button", name="解决").click()
    expect(page.locator(".messagelist")).to_be_visible()
    stale = str(it["version"] - 1)
    it.refuse("luxiaoman", "act", 409, "您的改动没有保存", action="release", version=stale)

    page = it.open("luxiaoman")
    it.do(page, "发稿", to="released")
    # After it nothing is open to anybody but the chief editor, who may pull it from the issue.
    own = f"{it.office.site.base}/manuscripts/{it.key}/act/"
    it.refuse("hewei", own, 409, "稿件现处于“已发稿”", action="recall", reason="不想发了。")
    it.refuse("luxiaoman", "change", 403, "您的角色不含此项权限", title="发稿后再改的题目")
    it.refuse("luxiaoman", "act", 403, "您的角色没有“撤换”的权限", action="pull", reason="换稿。")


ROAD = ("提交", "登记分稿", "退修", "交修改稿", "送复审", "送终审", "录用", "编入", "发稿")


def told_in_full(it: Manuscript) -> None:
    """The life page tells every step in order, the record is whole, the letters are on it."""
    page = it.visit("shenwangchuan", "life")
    deeds = [text.strip() for text in page.locator(".deed strong").all_inner_texts()]
    at = [deeds.index(step) for step in ROAD]
    assert at == sorted(at), deeds
    life = page.locator("ol.life")
    for said in (
        "事情好，数字要有出处。",
        "改后数据有出处，可用。",
        "同意录用，排在栏目前面。",
        "数字请注明出处。",
    ):
        expect(life).to_contain_text(said)
    # Both authors were told three times, and whoever had to go on, each time.
    told = "SELECT kind, COUNT(*) FROM notices_notice WHERE article_id = ? GROUP BY kind"
    letters = {"received": 2, "returned": 2, "accepted": 2, "assigned": 1, "waiting": 5}
    assert dict(rows(it.office.site, told, it.key)) == letters
    for letter in ("收稿回执", "退修通知", "录用通知"):
        expect(life).to_contain_text(letter)
    result = json.loads(it.office.site.manage("verify_record", "--json").splitlines()[-1])
    assert result["findings"] == 0
    assert result["events"] > len(ROAD)
