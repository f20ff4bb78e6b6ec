"""The fenced editor in a real browser: everything an editor does to a text, saved, read again, without a word
of complaint from the page; and nothing that executes, whatever was stored or pasted."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from articles.richtext import clean_html
from tests.e2e.axe import violations
from tests.e2e.conftest import Site, Watch, free_port
from tests.e2e.editor_texts import AS_HOUSE, WHOLE, WORD

pytestmark = pytest.mark.browser

PASSWORD = "a-long-enough-password"
SEED = f"""
from tests.factories import Cast, make_article
cast = Cast()
cast.editor.username = "陆小满"
cast.editor.set_password("{PASSWORD}")
cast.editor.save()
print(*(make_article(cast, "first_review").pk for _ in range(30)))
"""
#: Keys of manuscripts nobody has opened yet; the fixture fills it.
FRESH: list[str] = []
EDITING = ".cke_wysiwyg_div"
DATA = "CKEDITOR.instances.id_body.getData()"
PASTE = """([html, files]) => {
  const clip = new DataTransfer();
  if (html) clip.setData("text/html", html);
  for (const [name, type, data] of files) {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    clip.items.add(new File([bytes], name, { type }));
  }
  const options = { clipboardData: clip, bubbles: true, cancelable: true };
  document.querySelector(".cke_wysiwyg_div").dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("editor") / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("collectstatic", "--noinput", "-v", "0")
    FRESH[:] = site.shell(SEED).split()
    site.start()
    yield site
    site.stop()


def manuscript(desk: Site, body: str = "") -> str:
    """The key of a manuscript in first review, with this text."""
    key = FRESH.pop()
    if body:
        desk.shell(
            f"from articles.models import Article; a = Article.objects.get(pk={key});"
            f"a.body = {body!r}; a.save()"
        )
    return key


@pytest.fixture
def enter(desk: Site, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """The editor on a manuscript's page; everything the page complains of is in ``watch``."""

    def log_in(watch: Watch | None = None, **options: Any) -> Page:
        page = new_context(**{"viewport": {"width": 1280, "height": 900}, **options}).new_page()
        if watch is not None:
            watch.attach(page)
        page.goto(f"{desk.base}/desk/login/")
        page.fill("#id_username", "陆小满")
        page.fill("#id_password", PASSWORD)
        page.click("#login-form button")
        page.wait_for_url(f"{desk.base}/desk/")
        return page

    return log_in


def open_text(page: Page, desk: Site, key: str) -> None:
    page.goto(f"{desk.base}/desk/articles/article/{key}/change/")
    page.wait_for_selector(f"{EDITING}[contenteditable=true]")


def data_of(page: Page) -> str:
    return str(page.evaluate(DATA))


def flat(html: str) -> str:
    return clean_html(html).replace("\n", "").replace("<p>\u00a0</p>", "").replace("<p>&nbsp;</p>", "")


def picture(size: tuple[int, int] = (120, 80)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (90, 120, 130)).save(buffer, "JPEG")
    return buffer.getvalue()


def confirm(page: Page) -> None:
    page.locator(".cke_dialog_ui_button_ok:visible").click()


def at_end(page: Page) -> None:
    page.locator(EDITING).click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")


def save(page: Page) -> None:
    page.locator("input[name=_continue]").click()
    page.wait_for_load_state()
    page.wait_for_selector(f"{EDITING}[contenteditable=true]")


def test_a_text_is_written_with_all_an_editor_needs_saved_and_read_again(
    desk: Site, enter: Callable[..., Page]
) -> None:
    watch = Watch(desk.base)
    page = enter(watch)
    key = manuscript(desk)
    open_text(page, desk, key)

    at_end(page)
    page.get_by_role("combobox", name="格式").or_(page.get_by_role("button", name="格式")).first.click()
    page.frame_locator("iframe.cke_panel_frame").get_by_role("option").nth(1).click()
    page.keyboard.type("一、老井")
    page.keyboard.press("Enter")
    page.keyboard.type("城里有七十二口井，")
    page.locator(".cke_button__bold").click()
    page.keyboard.type("还有水的")
    page.locator(".cke_button__bold").click()
    page.keyboard.type("九口井。")

    page.locator(".cke_button__footnote").click()
    page.locator(".cke_dialog:visible textarea").fill("据1937年《城厢图》。")
    confirm(page)
    expect(page.locator(f"{EDITING} sup.footnote")).to_have_text("据1937年《城厢图》。")
    page.keyboard.type("注后一句。")

    at_end(page)
    page.locator(".cke_button__figure").click()
    dialog = page.locator(".cke_dialog:visible")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "江边.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    dialog.locator("textarea").fill("南门里的井")
    dialog.locator("input[type=text]").nth(0).fill("郁青")
    dialog.locator("select").filter(has_text="供图").select_option("摄")
    dialog.locator("input[type=text]").nth(1).fill("青石井圈")
    confirm(page)
    expect(page.locator(f"{EDITING} figcaption")).to_have_text("南门里的井　郁青 摄")

    at_end(page)
    page.locator(".cke_button__table").click()
    dialog = page.locator(".cke_dialog:visible")
    dialog.locator("select").first.select_option("row")
    confirm(page)
    cells = page.locator(f"{EDITING} table :is(th, td)")
    for number, word in enumerate(("区", "井", "南", "4", "北", "5")):
        cells.nth(number).click()
        page.keyboard.type(word)
    cells.nth(2).click()
    page.evaluate("CKEDITOR.instances.id_body.execCommand('cellMergeRight')")
    expect(page.locator(f"{EDITING} td[colspan='2']")).to_have_count(1)

    page.locator(f"{EDITING} > p").first.click()
    page.locator(".cke_button__sign").click()

    page.locator(".cke_button__replace").click()
    dialog = page.locator(".cke_dialog:visible")
    inputs = dialog.locator("input[type=text]:visible")
    inputs.nth(0).fill("九口")
    inputs.nth(1).fill("十口")
    dialog.get_by_role("button", name="全部替换").click()
    page.keyboard.press("Escape")

    written = data_of(page)
    for piece in (
        "<h2>一、老井</h2>",
        "<strong>还有水的</strong>十口井。",
        '九口井。<sup class="footnote">据1937年《城厢图》。</sup>注后一句。'.replace("九口", "十口"),
        "<figcaption>南门里的井　郁青 摄</figcaption>",
        "<thead>",
        'colspan="2"',
        '<p class="sign">',
    ):
        assert piece in written
    save(page)
    assert flat(data_of(page)) == flat(written)
    stored = desk.shell(
        f"from articles.models import Article; print(Article.objects.get(pk={key}).body)"
    ).strip()
    assert clean_html(stored) == stored
    assert flat(stored) == flat(written)
    row = desk.shell(
        f"from articles.models import Figure; f = Figure.objects.get(article_id={key});"
        "print(f.caption, f.photographer, f.credit, f.alternative, f.width, f.original_name)"
    )
    assert row.split() == ["南门里的井", "郁青", "摄", "青石井圈", "120", "江边.jpg"]
    watch.assert_quiet()


def test_what_comes_from_word_is_the_houses_text(desk: Site, enter: Callable[..., Page]) -> None:
    watch = Watch(desk.base)
    page = enter(watch)
    key = manuscript(desk)
    open_text(page, desk, key)
    at_end(page)
    page.evaluate(PASTE, [WORD, []])
    expect(page.locator(f"{EDITING} table")).to_have_count(1)
    expect(page.locator(".cke_notification_warning")).to_contain_text("Word")
    assert flat(data_of(page)).endswith(AS_HOUSE)
    save(page)
    assert flat(data_of(page)).endswith(AS_HOUSE)
    watch.assert_quiet()


def test_a_picture_is_pasted_or_dropped_and_what_is_none_is_refused_in_words(
    desk: Site, enter: Callable[..., Page]
) -> None:
    page = enter()
    open_text(page, desk, manuscript(desk))
    page.locator(EDITING).click()
    jpeg = base64.b64encode(picture()).decode()
    page.evaluate(PASTE, ["", [["a.jpg", "image/jpeg", jpeg]]])
    expect(page.locator(f"{EDITING} figure img")).to_have_count(1, timeout=20_000)
    page.evaluate(PASTE, [f'<p>甲</p><p><img src="data:image/jpeg;base64,{jpeg}"></p>', []])
    expect(page.locator(f"{EDITING} figure img")).to_have_count(2, timeout=20_000)
    before = data_of(page)
    polyglot = base64.b64encode(b"GIF89a<script>").decode()
    page.evaluate(PASTE, ["", [["a.gif", "image/gif", polyglot], ["a.txt", "text/plain", "YQ=="]]])
    expect(page.locator(".cke_notification_warning")).to_have_count(2, timeout=20_000)
    page.evaluate(PASTE, ['<p><img src="https://example.org/x.png"></p>', []])
    expect(page.locator(".cke_notification_warning")).to_have_count(3)
    assert flat(data_of(page)) == flat(before)
    assert "data:" not in data_of(page)


def test_opening_and_saving_a_text_changes_nothing_of_it(desk: Site, enter: Callable[..., Page]) -> None:
    watch = Watch(desk.base)
    page = enter(watch)
    key = manuscript(desk, WHOLE)
    stored = f"from articles.models import Article; print(Article.objects.get(pk={key}).body)"
    open_text(page, desk, key)
    expect(page.locator(f"{EDITING} sup.footnote")).to_have_count(1)
    assert clean_html(WHOLE) == WHOLE
    save(page)
    assert desk.shell(stored).strip() == WHOLE
    watch.assert_quiet()


def test_a_note_is_edited_where_it_stands(desk: Site, enter: Callable[..., Page]) -> None:
    page = enter()
    open_text(page, desk, manuscript(desk, WHOLE))
    page.locator(f"{EDITING} sup.footnote").dblclick()
    note = page.locator(".cke_dialog:visible textarea")
    expect(note).to_have_value("见《志》卷三，原文。")
    note.fill("见《志》卷四。")
    confirm(page)
    assert '<sup class="footnote">见《志》卷四。</sup>' in data_of(page)


def test_a_caption_that_waits_for_its_picture_gets_one(desk: Site, enter: Callable[..., Page]) -> None:
    page = enter()
    open_text(page, desk, manuscript(desk, WHOLE))
    page.locator(f"{EDITING} figure").dblclick(position={"x": 60, "y": 40})
    page.locator(".cke_dialog:visible input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    confirm(page)
    expect(page.locator(f"{EDITING} figure img")).to_have_count(1, timeout=20_000)
    assert "<figcaption>图未到　郁青 摄</figcaption>" in data_of(page)


def test_the_tools_are_reached_by_keys(desk: Site, enter: Callable[..., Page]) -> None:
    page = enter()
    open_text(page, desk, manuscript(desk))
    page.locator(EDITING).click()
    page.keyboard.press("Alt+F10")
    focused = "document.activeElement.className"
    assert "cke_button__undo" in page.evaluate(focused)
    page.keyboard.press("ArrowRight")
    assert "cke_button__redo" in page.evaluate(focused)
    page.keyboard.press("Escape")
    assert "cke_wysiwyg_div" in page.evaluate(focused)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_everybody_can_use_it(desk: Site, enter: Callable[..., Page], scheme: Any, width: int) -> None:
    page = enter(color_scheme=scheme, viewport={"width": width, "height": 800})
    open_text(page, desk, manuscript(desk, WHOLE))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(EDITING).click()
    page.locator(".cke_button__figure").click()
    expect(page.locator(".cke_dialog:visible")).to_have_count(1)
    box = page.locator(".cke_dialog:visible .cke_dialog_body").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= width - box["width"]


HOOK = """window.__ran = [];
for (const name of ["alert", "confirm", "prompt", "print"]) {
  window[name] = () => { window.__ran.push(name); };
}"""
STORE = """
import json
from django.db import connection
payloads = json.load(open({path!r}, encoding="utf-8"))
with connection.cursor() as cursor:
    for key, chunk in payloads.items():
        cursor.execute("UPDATE articles_article SET body = %s WHERE id = %s", ["\\n".join(chunk), key])
"""


@pytest.mark.slow
def test_no_payload_executes_in_the_editor(
    desk: Site, enter: Callable[..., Page], shared: Path, tmp_path: Path
) -> None:
    payloads = [one["p"] for one in json.loads((shared / "safety/xss-executing.json").read_text("utf-8"))]
    page = enter()
    page.context.add_init_script(HOOK)
    foreign: list[str] = []
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on(
        "request",
        lambda r: None if r.url.startswith((desk.base, "data:", "blob:")) else foreign.append(r.url),
    )
    chunks = {manuscript(desk): payloads[at : at + 60] for at in range(0, len(payloads), 60)}
    path = tmp_path / "chunks.json"
    path.write_text(json.dumps(chunks), encoding="utf-8")
    desk.shell(STORE.format(path=str(path)))
    for key, chunk in chunks.items():
        open_text(page, desk, key)
        # The server's cleaner left out of the way: into the editor as it is, then as if it were pasted.
        ran = page.evaluate(
            """async (payloads) => {
              const editor = CKEDITOR.instances.id_body;
              for (const payload of payloads) {
                await new Promise((done) => editor.setData(clean(payload), { callback: done }));
                editor.fire("paste", { type: "html", method: "paste", dataValue: payload,
                  dataTransfer: new CKEDITOR.plugins.clipboard.dataTransfer() });
              }
              function clean(payload) { return "<p>" + payload + "</p>"; }
              await new Promise((done) => setTimeout(done, 150));
              return window.__ran;
            }""",
            chunk,
        )
        assert ran == [], chunk
    assert foreign == []
