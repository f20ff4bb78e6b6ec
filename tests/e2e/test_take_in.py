"""收稿 in a browser: many files dropped at once, read one after the other, each reported, one submitted."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.desk.test_take_in import photo, word
from tests.e2e.axe import violations
from tests.e2e.conftest import Site, Watch
from tests.e2e.hands import follow
from tests.intake.test_mail import mail

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DROP = """async ({files}) => {
  const transfer = new DataTransfer();
  for (const [name, data] of files) {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  }
  const form = document.querySelector("form[data-take-in]");
  const drop = new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true});
  setTimeout(() => form.dispatchEvent(drop));  // what it starts leaves the page, and the answer with it
}"""


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    page.evaluate(DROP, {"files": [[name, base64.b64encode(data).decode()] for name, data in files]})


def test_many_files_dropped_at_once_are_read_reported_and_submitted(
    fresh_site: Site, new_context: Callable[..., Any]
) -> None:
    fresh_site.manage("demo_logins")
    watch = Watch(fresh_site.base)
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    watch.attach(page)
    page.goto(f"{fresh_site.base}/desk/login/")
    page.fill("#id_username", "registrar")
    page.fill("#id_password", fresh_site.password)
    follow(page.locator("#login-form button"))
    page.goto(f"{fresh_site.base}/desk/take-in/")
    assert violations(page) == []
    letter = mail(("三把水尺.docx", word("三把水尺", ["三把水尺立在三处。"])), ("水尺.jpg", photo()))
    drop(
        page,
        ("渡口.docx", word("渡口的早晨")),
        ("乙地.docx", word("乙地纪事", ["另一篇的正文，讲一座桥。"])),
        ("投稿.eml", letter.as_bytes()),
        ("扫描.pdf", b"%PDF-1.7"),
    )
    expect(page.locator(".chosen li")).to_have_count(4)
    page.click(".take-in button[type=submit]")
    page.wait_for_url(re.compile(r"/take-in/\d+/$"), timeout=120_000)
    expect(page.locator("form[data-reading]")).to_have_count(0, timeout=120_000)
    expect(page.locator(".state-taken")).to_have_count(3)
    expect(page.locator(".state-added")).to_have_count(1)
    expect(page.locator(".state-listed")).to_have_count(1)
    assert violations(page) == []
    row = page.locator("li", has=page.get_by_role("link", name="渡口.docx"))
    row.locator("details.submit summary").click()
    for box in row.locator("input[name=declarations]").all():
        box.check()
    row.locator("details.submit button").click()
    expect(row.locator(".title")).to_contain_text(re.compile(r"20\d\d-\d{4}"))
    expect(row.locator("details.submit")).to_have_count(0)
    watch.assert_quiet()
