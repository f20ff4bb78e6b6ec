"""The check screen in a real browser: answer, move, drag, undo, accept; by mouse, by keys, without script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from journal.intake.stored import to_json
from tests.e2e.axe import violations
from tests.e2e.conftest import Site, Watch, free_port
from tests.intake.made import Source, small_issue

pytestmark = pytest.mark.browser

PASSWORD = "a-long-enough-password"
EDITOR = f"""
from journal.people.models import User
from django.contrib.auth.models import Group
for name in ("陆小满", "何砚"):
    user = User.objects.create_user(name, password="{PASSWORD}", name=name)
    user.groups.add(Group.objects.get(name="head-of-section"))
"""
SEED = """
import json, sys
from journal.intake.models import IssueImport
from journal.people.models import User
IssueImport.objects.create(
    name={name!r}, size=1, sha256="0" * 64, by=User.objects.first(), state="to-check",
    understood=json.load(open({path!r}, encoding="utf-8")))
print(IssueImport.objects.first().pk)
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("desk") / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("collectstatic", "--noinput", "-v", "0")
    site.shell(EDITOR)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def seeded(desk: Site, tmp_path: Path) -> Callable[..., str]:
    """Put an import to be checked in and return its address."""

    def seed(issue: Any = None, name: str = "岚江.md") -> str:
        path = tmp_path / "understood.json"
        path.write_text(json.dumps(to_json(issue or small_issue()), ensure_ascii=False), encoding="utf-8")
        key = desk.shell(SEED.format(name=name, path=str(path))).strip()
        return f"{desk.base}/desk/imports/{key}/"

    return seed


@pytest.fixture
def enter(desk: Site, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A logged-in page with everything it complains of collected in ``page.watch``."""

    def log_in(person: str = "陆小满", **options: Any) -> Page:
        page = new_context(**{"viewport": {"width": 1280, "height": 900}, **options}).new_page()
        page.goto(f"{desk.base}/desk/login/")
        page.fill("#id_username", person)
        page.fill("#id_password", PASSWORD)
        page.click("#login-form button")
        page.wait_for_url(f"{desk.base}/desk/")
        return page

    return log_in


def stored(page: Page) -> None:
    expect(page.locator("#said")).not_to_have_text("")
    page.evaluate("document.getElementById('said').textContent = ''")


def answered(page: Page, count: int) -> None:
    expect(page.locator("#status progress")).to_have_attribute("value", str(count))


def row(page: Page, text: str) -> Any:
    return page.locator(".row", has_text=text)


def test_answer_move_drag_undo_and_accept(desk: Site, seeded: Any, enter: Any) -> None:
    page = enter()
    watch = Watch(desk.base)
    watch.attach(page)
    page.goto(seeded(small_issue(number="1", serial_number=1)))
    answered(page, 0)

    question = page.locator("#q-q1")
    question.get_by_text("渡口的清晨（正文）").click()
    question.locator("button[type=submit]").click()
    answered(page, 1)
    expect(page.locator("#a-01 h4")).to_contain_text("渡口的清晨")

    row(page, "没有人认领").locator("input").check()
    page.select_option("#bar-to", "03")
    page.locator("#bar button[value=move]").click()
    expect(page.locator("#a-03 .row", has_text="没有人认领")).to_be_visible()
    expect(page.locator(".s", has_text="没有人认领")).to_have_attribute("data-n", "03")

    drag(page, row(page, "打印本页"), "01")
    expect(page.locator("#a-01 .row", has_text="打印本页")).to_be_visible()
    page.locator("#undo").click()
    expect(page.locator("#a-01 .row", has_text="打印本页")).to_have_count(0)

    page.locator("#accept [name=leave_open]").check()
    page.locator("#accept button").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#content")).to_contain_text("渡口的清晨")
    expect(page.locator(".messagelist")).to_be_visible()
    watch.assert_quiet()


def drag(page: Page, item: Any, article: str) -> None:
    """Carry a paragraph to its article in the contents list that comes forward while dragging."""
    item.evaluate("e => e.closest('details') && (e.closest('details').open = true)")
    item.scroll_into_view_if_needed()
    item.hover(position={"x": 200, "y": 8})
    page.mouse.down()
    page.mouse.move(400, 400, steps=4)
    target = page.locator(f"#outline [data-article='{article}']")
    target.hover()
    target.hover()
    page.mouse.up()


def test_keys_alone_answer_every_question_and_move_a_paragraph(seeded: Any, enter: Any) -> None:
    page = enter()
    page.goto(seeded(small_issue(number="2", serial_number=2)))
    page.keyboard.press("n")
    expect(page.locator("#q-q1")).to_be_focused()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator("#q-q1")).to_have_class("question answered")
    expect(page.locator("#q-q2")).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    answered(page, 2)
    expect(page.locator("#a-03 .row", has_text="没有人认领")).to_be_visible()
    page.locator("#q-q2").focus()
    page.keyboard.press("u")
    answered(page, 1)

    box = row(page, "他说这条线").locator("input")
    box.focus()
    page.keyboard.press("Space")
    page.locator("#bar-to").focus()
    page.keyboard.type("02")
    page.locator("#bar button[value=move]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#a-02 .row", has_text="他说这条线")).to_be_visible()


def test_the_place_in_the_source_comes_into_view(seeded: Any, enter: Any) -> None:
    page = enter(viewport={"width": 1280, "height": 620})
    page.goto(seeded())
    page.locator("#q-q2 a[data-place]").click()
    span = page.locator(".s.here")
    expect(span).to_have_text("这一段没有人认领。")
    expect(span).to_be_in_viewport()
    page.locator(".s", has_text="他说这条线").click()
    expect(row(page, "他说这条线")).to_be_in_viewport()


def test_two_editors_at_once_the_second_is_told_and_keeps_what_was_typed(seeded: Any, enter: Any) -> None:
    address = seeded()
    one, two = enter(), enter("何砚")
    one.goto(address)
    two.goto(address)
    one.locator("#q-q1 button").click()
    answered(one, 1)
    two.fill("#q-q1 [name=own]", "渡口的一天")
    two.locator("#q-q1 button").click()
    expect(two.locator("#refusal")).to_contain_text("陆小满")
    expect(two.locator("#q-q1 [name=own]")).to_have_value("渡口的一天")
    two.locator("#refusal a").click()
    answered(two, 1)


def test_what_could_not_be_sent_is_said_and_stays(seeded: Any, enter: Any) -> None:
    page = enter()
    page.goto(seeded())
    page.context.set_offline(True)
    page.fill("#q-q1 [name=own]", "渡口的一天")
    page.locator("#q-q1 button").click()
    expect(page.locator("#refusal")).not_to_be_empty()
    expect(page.locator("#q-q1 [name=own]")).to_have_value("渡口的一天")
    page.context.set_offline(False)
    page.locator("#q-q1 button").click()
    answered(page, 1)
    expect(page.locator("#refusal")).to_be_empty()


def test_a_field_is_stored_as_soon_as_it_is_left(seeded: Any, enter: Any) -> None:
    page = enter()
    address = seeded()
    page.goto(address)
    page.locator("#a-02 details.edit summary").click()
    page.fill("#a-02 [name=subtitle]", "——读《岚江志》")
    page.locator("#a-02 [name=kicker]").focus()
    expect(page.locator("#a-02 .subtitle")).to_have_text("——读《岚江志》")
    expect(page.locator("#a-02 details.edit")).to_have_attribute("open", "")
    page.goto(address)
    expect(page.locator("#a-02 .subtitle")).to_have_text("——读《岚江志》")


def test_it_works_without_a_script(seeded: Any, enter: Any) -> None:
    page = enter(java_script_enabled=False)
    page.goto(seeded(small_issue(number="3", serial_number=3)))
    page.locator("#q-q1 [value='渡口的清晨']").check()
    page.locator("#q-q1 button").click()
    answered(page, 1)
    assert page.url.endswith("#q-q2")
    row(page, "没有人认领").locator("input").check()
    page.select_option("#bar-to", "02")
    page.locator("#bar button[value=move]").click()
    expect(page.locator("#a-02 .row", has_text="没有人认领")).to_be_visible()
    page.locator("#undo").click()
    expect(page.locator("#rest .row", has_text="没有人认领")).to_be_visible()
    page.locator("#accept [name=leave_open]").check()
    page.locator("#accept button").click()
    expect(page.locator("#content")).to_contain_text("渡口的清晨")


RUN = "document.title='run'"
HOSTILE = f'<img src=x onerror="{RUN}"><b id=intruder>甲</b><script>{RUN}</script>'


def test_untrusted_words_never_become_elements(seeded: Any, enter: Any) -> None:
    source = Source()
    blocks = (source.block("title", HOSTILE), source.block("paragraph", HOSTILE))
    nobody = source.block("paragraph", HOSTILE)
    issue = small_issue()
    bad = issue.manuscripts[0].__class__(
        id="01", title=HOSTILE, kicker=HOSTILE, source=HOSTILE, section=HOSTILE[:50], blocks=blocks
    )
    from dataclasses import replace

    question = replace(
        issue.questions[0], message=HOSTILE, choices=(replace(issue.questions[0].choices[0], label=HOSTILE),)
    )
    issue = replace(
        issue,
        source_text=source.text,
        manuscripts=(bad,),
        sections=(),
        unplaced=(nobody,),
        questions=(question,),
    )
    page = enter()
    page.goto(seeded(issue, name=HOSTILE))
    page.locator("#rest .row input").first.check()
    page.select_option("#bar-to", "01")
    page.locator("#bar button[value=move]").click()
    stored(page)
    assert page.locator("#intruder").count() == 0
    assert page.locator("#check img, #check script").count() == 0
    assert page.title() != "run"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_screen_is_accessible(seeded: Any, enter: Any, scheme: str, width: int) -> None:
    page = enter(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(seeded())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    row(page, "他说这条线").locator("input").check()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "path", ["", "imports/", "articles/issue/", "articles/article/", "articles/author/add/"]
)
def test_the_desk_is_accessible(desk: Site, enter: Any, path: str, width: int) -> None:
    page = enter(viewport={"width": width, "height": 800})
    page.goto(f"{desk.base}/desk/{path}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_login_page_is_accessible(desk: Site, new_context: Any) -> None:
    page = new_context().new_page()
    page.goto(f"{desk.base}/desk/login/")
    expect(page.locator("h1")).to_have_count(1)
    assert violations(page) == []


def test_a_printed_issue_goes_in_through_the_upload(desk: Site, enter: Any, tmp_path: Path) -> None:
    from tests.intake.traps import cases

    print_ = next(iter(cases())).print()
    file = tmp_path / "printed.md"
    file.write_bytes(print_.data)
    page = enter()
    page.goto(f"{desk.base}/desk/imports/")
    page.set_input_files("#id_file", file)
    page.locator(".upload button").click()
    expect(page.locator("#check")).to_be_visible()
    assert page.locator(".card").count() > 2


def test_a_picture_sent_in_is_refused_with_a_sentence(desk: Site, enter: Any, tmp_path: Path) -> None:
    file = tmp_path / "cover.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    page = enter()
    page.goto(f"{desk.base}/desk/imports/")
    page.set_input_files("#id_file", file)
    page.locator(".upload button").click()
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("#content")).to_contain_text("cover.png")


ARTICLE = """
from django.contrib.auth.models import Group
from articles.models import Article, Author, Byline
from journal.people.models import User
user = User.objects.get(username="陆小满")
article = Article.objects.create(code="ferry", title="渡口", body="<p>头一段。</p>", submitter=user)
author = Author.objects.create(name="贺苇", code="he-wei")
Byline.objects.create(article=article, author=author, position=1)
print(article.pk)
"""


def test_a_text_is_typed_saved_and_there_again(desk: Site, enter: Any) -> None:
    key = desk.shell(ARTICLE).strip()
    page = enter()
    watch = Watch(desk.base)
    watch.attach(page)
    page.goto(f"{desk.base}/desk/articles/article/{key}/change/")
    editor = page.locator(".cke_wysiwyg_div")
    expect(editor).to_contain_text("头一段。")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("缆绳还系在桩上。")
    page.locator(".submit-row input[name=_continue]").click()
    expect(page.locator(".messagelist")).to_be_visible()
    expect(page.locator(".cke_wysiwyg_div")).to_contain_text("缆绳还系在桩上。")
    body = desk.shell("from articles.models import Article; print(Article.objects.get(code='ferry').body)")
    assert body.split() == ["<p>头一段。</p>", "<p>缆绳还系在桩上。</p>"]
    watch.assert_quiet()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_the_page_of_a_manuscript_is_accessible(desk: Site, enter: Any, scheme: str, width: int) -> None:
    key = desk.shell(
        ARTICLE.replace("ferry", f"ferry-{scheme}")
        .replace("he-wei", f"he-{scheme}")
        .replace("贺苇", f"贺{scheme}")
    ).strip()
    page = enter(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{desk.base}/desk/articles/article/{key}/change/")
    expect(page.locator(".cke_wysiwyg_div")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_accepted_import_is_only_to_be_read(desk: Site, seeded: Any, enter: Any) -> None:
    page = enter()
    address = seeded(small_issue(number="4", serial_number=4))
    page.goto(address)
    page.locator("#accept [name=leave_open]").check()
    page.locator("#accept button").click()
    expect(page.locator(".messagelist")).to_be_visible()
    page.goto(address)
    expect(page.locator("#bar, #undo, details.edit")).to_have_count(0)
    assert violations(page) == []
