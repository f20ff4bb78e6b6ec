"""The main job: a printed issue goes in, a readable issue comes out – the real one, the whole road."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Site, Watch, free_port

pytestmark = pytest.mark.browser


def letters(text: str) -> str:
    """What is compared: characters, not widths of punctuation or spaces."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


@pytest.fixture
def truth(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "import/issue-2024-07/truth.json").read_text("utf-8"))
    return found


@pytest.fixture
def bodies(shared: Path) -> Path:
    return shared / "import/issue-2024-07"


@pytest.fixture
def published(shared: Path, tmp_path: Path) -> Any:
    """An empty house that takes the real issue in and publishes it as a back issue for everyone."""
    site = Site(tmp_path / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    source = str(shared / "import/issue-2024-07/source.md")
    site.manage("import_issue", source)
    again = site.manage("import_issue", source)
    assert again
    assert site.shell("from articles.models import Article; print(Article.objects.count())").strip() == "26"
    site.manage("publish_issue", "2024", "7", "--as-import", "--visibility", "public")
    site.start()
    yield site
    site.stop()


def test_the_real_issue_is_read_from_the_home_page_to_every_article_and_back(
    page: Page, published: Site, truth: dict[str, Any], bodies: Path
) -> None:
    watch = Watch(published.base)
    watch.attach(page)
    assert page.goto(f"{published.base}/").status == 200  # type: ignore[union-attr]
    page.goto(f"{published.base}/issues/")
    page.locator('a[href="/issues/2024/7/"]').first.click()
    page.wait_for_url("**/issues/2024/7/")
    contents = letters(page.locator("main").inner_text())
    for section in truth["sections"]:
        assert letters(section["name"]) in contents
    assert letters("总第243期") in letters(page.locator("main").inner_text() + page.title())

    wanted = [a for section in truth["sections"] for a in section["articles"]] + truth["articles_not_in_toc"]
    addresses = page.locator(".entry-line, .story-line").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert len(addresses) == len(set(addresses)) == len(wanted) == 26
    read = {}
    for address in addresses:
        page.locator(f'.contents a[href="{address}"]').first.click()
        page.wait_for_url(published.base + address)
        read[letters(page.locator("h1").inner_text())] = letters(page.locator("main").inner_text())
        page.locator(".turn-contents").click()
        page.wait_for_url("**/issues/2024/7/")
    for article in wanted:
        titles = {letters(t) for t in [article["title"], *(article.get("title_accept") or [])]}
        found = next((text for title, text in read.items() if title in titles), None)
        assert found is not None, (article["title"], sorted(read))
        body = (bodies / article["body_file"]).read_text("utf-8")
        missing = [
            line
            for line in body.splitlines()
            if letters(line) and letters(re.sub(r"^#+", "", line)) not in found
        ]
        assert missing == [], article["id"]
    watch.assert_quiet()


def test_an_internal_issue_is_for_signed_in_readers_until_a_recorded_decision_opens_it(
    shared: Path, tmp_path: Path, page: Page
) -> None:
    site = Site(tmp_path / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("import_issue", str(shared / "import/issue-2024-07/source.md"))
    site.manage("publish_issue", "2024", "7", "--as-import")
    site.start()
    try:
        refused = page.goto(f"{site.base}/issues/2024/7/")
        assert refused is not None
        assert refused.status == 403
        assert "2024/7/" not in page.request.get(f"{site.base}/sitemap.xml").text()
        site.shell(
            "from journal.people.models import User;"
            "User.objects.create_user('reader', password='a-long-enough-password', name='读者甲')"
        )
        page.locator('a[href^="/login/"]').click()
        page.fill("input[name=username]", "reader")
        page.fill("input[name=password]", "a-long-enough-password")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.base}/issues/2024/7/")
        assert page.locator(".entry-line").count() == 25
    finally:
        site.stop()
