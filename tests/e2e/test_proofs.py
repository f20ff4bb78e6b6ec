"""Proofs in the browser: an error marked by mouse and by keyboard alone, mended, signed, printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Site, free_port
from tests.e2e.hands import follow
from tests.e2e.office import Office, rows, seed

pytestmark = pytest.mark.browser

PEOPLE = [
    ("proof", "夏禾", ["proofreader"]),
    ("proof2", "冬青", ["proofreader"]),
    ("editor", "陆小满", ["responsible-editor"]),
    ("head", "何砚", ["head-of-section"]),
    ("chief", "沈望川", ["chief-editor"]),
    ("root", "超级用户", ["publisher"]),
]
#: The issue with four long articles in it, in its first round.
IN_PROOF = """
from django.contrib.auth import get_user_model
from articles import press, workflow
from tests.factories import Cast, make_article
user = lambda name: get_user_model().objects.get(username=name)
cast = Cast()
cast.__dict__.update(proofreader=user("proof"), editor=user("editor"), head=user("head"), chief=user("chief"))
issue = Issue.objects.get(pk={issue})
issue.page_count = 8
issue.save()
text = "第二次过江的时候，船工把缆绳又绕了一圈，再看一眼水尺上的红线。" * 4
for page in (1, 3, 5, 7):
    body = "".join(f"<p>{{text}}{{page}}{{n}}</p>" for n in range(12))
    article = make_article(cast, "accepted", body=body)
    workflow.perform("place", article, cast.head, issue=issue, first_page=page, last_page=page + 1)
    workflow.perform("release", article, cast.editor)
for action, by in (("approve_contents", cast.chief), ("typeset", cast.head), ("open_round", cast.head)):
    press.perform(action, issue, by)
third = issue.articles.in_page_order()[2]
words = {{"kind": "character", "wrong": "水尺", "right": "水位尺", "place": "4", "for_whom": cast.editor}}
press.perform("mark_error", issue, cast.proofreader, article=third, **words)
press.perform("mark_error", issue, cast.proofreader, part="cover", kind="character")
press.perform("sign_proof", issue, cast.proofreader, article=third)
print(*[article.pk for article in issue.articles.in_page_order()])
"""


@pytest.fixture(scope="module")
def in_proof(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, int, list[int]]]:
    """A served house, the issue in proof, its articles; each test takes an article of its own."""
    site = Site(tmp_path_factory.mktemp("proofs") / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("collectstatic", "--noinput", "-v", "0")
    issue = seed(site, PEOPLE)
    told = site.shell(IN_PROOF.format(issue=issue)).split()
    site.start()
    yield site, issue, [int(word) for word in told[-4:]]
    site.stop()


@pytest.fixture
def office(in_proof: Any, new_context: Callable[..., BrowserContext]) -> Office:
    return Office(in_proof[0], new_context, in_proof[1])


@pytest.fixture
def articles(in_proof: Any) -> list[int]:
    found: list[int] = in_proof[2]
    return found


def proof_of(office: Office, who: str, article: int) -> Page:
    page = office.page(who)
    page.goto(f"{office.site.base}/desk/articles/article/{article}/proof/")
    expect(page.locator("#galley li").first).to_be_visible()
    return page


def marks(office: Office, article: int) -> list[Any]:
    query = "SELECT place, wrong, right, kind FROM articles_proofmark WHERE article_id = ? ORDER BY id"
    return rows(office.site, query, article)


def drag_over(page: Page, words: Locator, first: int, last: int) -> None:
    """Select the signs ``first`` to ``last`` of a line as a hand does."""
    box = words.evaluate(
        """(element, [first, last]) => {
            const range = document.createRange();
            range.setStart(element.firstChild, first);
            range.setEnd(element.firstChild, last);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return { left, right, middle: (top + bottom) / 2 };
        }""",
        [first, last],
    )
    page.mouse.move(box["left"] + 1, box["middle"])
    page.mouse.down()
    page.mouse.move(box["right"] - 1, box["middle"], steps=5)
    page.mouse.up()


def test_an_error_is_marked_by_mouse_where_it_stands(office: Office, articles: list[int]) -> None:
    page = proof_of(office, "proof", articles[0])
    line = page.locator("#line-3")
    line.scroll_into_view_if_needed()
    words = line.locator(".words").inner_text()
    drag_over(page, line.locator(".words"), 4, 6)
    form = line.locator("#mark-form")
    expect(form).to_be_visible()
    expect(form.locator("[name=line]")).to_have_value("3")
    expect(form.locator("[name=wrong]")).to_have_value(words[4:6])
    form.locator("[name=right]").fill("江渡")
    form.locator("[name=kind]").select_option("characters")
    form.get_by_role("button").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert marks(office, articles[0]) == [("3", words[4:6], "江渡", "characters")]
    expect(page.locator("#line-3 mark")).to_have_text(words[4:6])
    office.assert_sound()


def test_an_error_is_marked_and_the_proof_signed_by_keyboard_alone(
    office: Office, articles: list[int]
) -> None:
    page = proof_of(office, "proof", articles[1])
    keys = page.keyboard
    tab_to(page, "#line-1")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#line-3 #mark-form [name=wrong]")).to_be_focused()
    keys.press("Escape")
    expect(page.locator("#line-3")).to_be_focused()
    keys.press("Enter")
    keys.type("缆绳")
    keys.press("Tab")
    keys.type("缆索")
    keys.press("Tab")
    expect(page.locator("[name=kind]")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Tab")
    with page.expect_navigation():
        keys.press("Enter")
    assert marks(office, articles[1]) == [("3", "缆绳", "缆索", "character")]
    tab_to(page, "#sign [name=errors]")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("已签校")
    query = "SELECT errors FROM articles_proofsignature WHERE article_id = ?"
    assert [float(errors) for (errors,) in rows(office.site, query, articles[1])] == [1.0]
    office.assert_sound()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; 150 times are enough for any of these pages."""
    target = page.locator(selector)
    for _press in range(150):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with Tab")


def test_the_editor_puts_the_words_in_and_the_proof_stays_signed(office: Office, articles: list[int]) -> None:
    page = proof_of(office, "editor", articles[2])
    mark = page.locator("ol.marks .mark").first
    with page.expect_navigation():
        mark.get_by_role("button", name="改正").click()
    expect(page.locator("#galley")).to_contain_text("水位尺")
    body = rows(office.site, "SELECT body FROM articles_article WHERE id = ?", articles[2])[0][0]
    assert body.count("水位尺") == 1
    page.goto(f"{office.site.base}/desk/articles/issue/{office.issue}/proofs/")
    expect(page.locator(f"#article-{articles[2]} .signed")).to_be_visible()
    expect(page.locator(".void")).to_have_count(0)
    office.assert_sound()


def test_without_a_script_the_line_is_a_number_to_type(
    office: Office, articles: list[int], new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    office.sign_in(page, "proof")
    page.goto(f"{office.site.base}/desk/articles/article/{articles[3]}/proof/")
    form = page.locator("#mark-form")
    form.locator("[name=line]").fill("5")
    form.locator("[name=wrong]").fill("缆绳")
    form.locator("[name=kind]").select_option("character")
    follow(form.get_by_role("button"))
    assert marks(office, articles[3]) == [("5", "缆绳", "", "character")]


SCREENS = {
    "issue/{issue}/proofs/": "head",
    "article/{article}/proof/": "proof",
    "issue/{issue}/error-rate/": "head",
    "issue/{issue}/press-order/": "chief",
    "issue/{issue}/proofs/print/": "proof",
    "issue/{issue}/form/?form=hand-over": "head",
    "issue/{issue}/form/?form=press-order": "chief",
    "issue/{issue}/form/?form=sample-check": "head",
    "issue/{issue}/form/?form=errata": "editor",
}


def test_every_proof_screen_is_accessible_within_its_width_and_quiet(
    office: Office, articles: list[int]
) -> None:
    for address, who in SCREENS.items():
        page = office.page(who)
        path = address.format(issue=office.issue, article=articles[2])
        for width, scheme in ((1280, "light"), (375, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(f"{office.site.base}/desk/articles/{path}")
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    office.assert_sound()


def test_each_form_is_one_sheet(office: Office) -> None:
    page = office.page("chief")
    for form in ("hand-over", "press-order", "sample-check", "errata"):
        page.goto(f"{office.site.base}/desk/articles/issue/{office.issue}/form/?form={form}")
        assert sheets(page) == 1, form


def test_a_proof_is_printed_a_page_a_sheet_with_every_fifth_line_numbered(
    office: Office, articles: list[int]
) -> None:
    page = office.page("proof")
    page.goto(f"{office.site.base}/desk/articles/issue/{office.issue}/proofs/print/?article={articles[0]}")
    leaves = page.locator(".leaf")
    assert leaves.count() == 2
    assert sheets(page) == 2
    page.emulate_media(media="print")
    shown = page.locator(".leaf .no").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).visibility === 'visible').map(e => Number(e.textContent))"
    )
    assert shown == list(range(5, shown[-1] + 1, 5))
    assert not page.locator(".sheet-tools").is_visible()


def sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))
