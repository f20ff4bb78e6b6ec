"""An issue saved on a device is read without a network, and never shows what is no longer to be shown."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.e2e.conftest import Site, Watch

ISSUE = "/issues/2026/9/"
REPORT = ISSUE + "three-gauges-thirty-years/"
PHOTO_STORY = ISSUE + "qingputan-dawn-market/"
OTHER = "/issues/2026/10/"

STORES = """async () => { const found = {}; for (const name of await caches.keys())
    found[name] = (await (await caches.open(name)).keys()).map(key => new URL(key.url).pathname);
    return found; }"""
#: Settles when no store has it any more; a test that waits in vain is ended by its own limit.
GONE = """async path => { while (await caches.match(path)) await new Promise(requestAnimationFrame); }"""
#: Settles when the one issue was saved anew and its old store is gone.
LOOKED_AT = """async () => { for (;;) {
    const [issue, ...others] = await listSaved();
    const stores = (await caches.keys()).filter(name => name.startsWith(STORE));
    if (!others.length && issue?.at && stores.length === 1 && stores[0] === issue.name) return;
    await new Promise(requestAnimationFrame);
} }"""
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"


def save(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-save]").click()
    page.locator("[data-remove]").wait_for()


def kept(page: Page) -> set[str]:
    """Everything in any store of the browser."""
    stores: dict[str, list[str]] = page.evaluate(STORES)
    return {path for paths in stores.values() for path in paths}


def test_a_saved_issue_is_read_to_its_end_without_a_network(page: Page, site: Site) -> None:
    watch = Watch(site.base)
    watch.attach(page)
    save(page, site.base + ISSUE)
    assert "已保存" in page.locator(".said").inner_text()
    watch.assert_quiet()
    articles = page.locator(".entry-line, .story-line").evaluate_all("all => all.map(e => e.pathname)")
    page.context.set_offline(True)
    for path in [ISSUE, *articles]:
        page.goto(site.base + path)
        assert page.locator("h1").inner_text().strip()
        assert page.evaluate("getComputedStyle(document.body).display") == "flex", (
            "the sheet of style is there"
        )
        for picture in page.locator("main img:visible").all():
            picture.scroll_into_view_if_needed()
            picture.evaluate("image => image.decode()")
    page.goto(site.base + PHOTO_STORY)
    page.locator("a.picture").first.click()
    page.locator(".lightbox img").evaluate("image => image.decode()")


def test_what_was_never_saved_says_so_without_a_network(page: Page, site: Site) -> None:
    save(page, site.base + ISSUE)
    page.context.set_offline(True)
    page.goto(site.base + OTHER)
    assert page.locator(".no-network").is_visible()
    assert page.locator(".saved-issues li a").get_attribute("href") == ISSUE
    page.locator(".saved-issues li a").click()
    page.wait_for_url(site.base + ISSUE)
    assert page.locator(".entry-line").count() > 5


def test_a_page_never_saved_is_not_kept_and_nothing_watches_before_one_is(page: Page, site: Site) -> None:
    page.goto(site.base + ISSUE)
    assert page.evaluate(WORKERS) == 0
    save(page, site.base + ISSUE)
    for path in ("/", OTHER, "/desk/", "/members/", "/login/", "/about/"):
        page.goto(site.base + path)
    page.goto(site.base + ISSUE)
    assert not [
        path for path in kept(page) if path.startswith(("/desk", "/members", "/login", "/about", OTHER))
    ]


def test_removed_an_issue_leaves_nothing_behind(page: Page, site: Site) -> None:
    save(page, site.base + ISSUE)
    save(page, site.base + OTHER)
    page.goto(site.base + "/offline/")
    rows = page.locator(".saved-issues li")
    rows.nth(1).wait_for()
    rows.first.locator("button").click()
    page.locator(".saved-issues .said", has_text="本机").wait_for()
    rows.nth(1).wait_for(state="detached")
    assert not [path for path in kept(page) if path.startswith(OTHER)]
    assert page.evaluate(WORKERS) == 1
    rows.first.locator("button").click()
    page.locator(".saved-issues .empty:not(.impossible)").wait_for()
    assert page.evaluate(STORES) == {}
    assert page.evaluate(WORKERS) == 0


def test_without_room_nothing_is_kept_and_a_sentence_says_so(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = new_context().new_page()
    page.add_init_script(
        """const put = Cache.prototype.put; Cache.prototype.put = function (key, answer) {
             const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
             return String(key).includes('/media/') ? full() : put.call(this, key, answer); };"""
    )
    page.goto(site.base + ISSUE)
    page.locator("[data-save]").click()
    page.locator(".said", has_text="空间不够").wait_for()
    assert not [path for path in kept(page) if path.startswith(ISSUE)]
    assert page.locator("[data-remove]").is_hidden()


def test_an_interrupted_saving_leaves_the_copy_of_before_whole(page: Page, site: Site) -> None:
    save(page, site.base + ISSUE)
    before = kept(page)
    page.context.set_offline(True)
    page.locator("[data-save]").click()
    page.locator(".said", has_text="网络中断").wait_for()
    assert kept(page) == before


def take_down(site: Site) -> None:
    """Taken down at the desk, and the edition baked anew."""
    site.shell(
        "from articles import workflow\n"
        "from articles.models import Article\n"
        "from journal.sample.cast import hire\n"
        "people = hire()\n"
        "article = Article.objects.get(code='three-gauges-thirty-years')\n"
        "words = {'reason': '事实有误。', 'notice': '本文已撤下。'}\n"
        "workflow.perform('approve_retraction', article, people['chief'], **words)\n"
        "workflow.perform('take_down', article, people['publisher'])\n"
    )
    site.manage("bake")


def test_a_new_edition_shows_at_once_and_what_was_taken_down_is_not_kept(
    page: Page, fresh_site: Site
) -> None:
    save(page, fresh_site.base + ISSUE)
    page.goto(fresh_site.base + REPORT)
    picture = page.locator("a.picture").first.get_attribute("href") or ""
    stem = picture.rpartition(".")[0]
    assert stem in kept(page)
    take_down(fresh_site)
    page.goto(fresh_site.base + REPORT)
    assert "本文已撤下。" in page.locator(".notices").inner_text()
    page.goto(fresh_site.base + ISSUE)
    page.evaluate(GONE, stem)
    page.context.set_offline(True)
    page.goto(fresh_site.base + REPORT)
    assert "本文已撤下。" in page.locator(".notices").inner_text()
    assert page.locator(".article").count() == 0


def test_once_a_day_every_saved_issue_is_looked_at_again(page: Page, fresh_site: Site) -> None:
    save(page, fresh_site.base + ISSUE)
    take_down(fresh_site)
    page.evaluate("async () => { for (const issue of await listSaved()) await note({...issue, at: 0}); }")
    page.goto(fresh_site.base + "/about/")
    page.goto(fresh_site.base + "/offline/")
    page.evaluate(LOOKED_AT)
    page.context.set_offline(True)
    page.goto(fresh_site.base + REPORT)
    assert "本文已撤下。" in page.locator(".notices").inner_text()


def test_an_issue_for_few_is_not_offered_and_never_kept(page: Page, fresh_site: Site) -> None:
    save(page, fresh_site.base + ISSUE)
    fresh_site.shell(
        "from django.db import connection\n"
        "connection.cursor().execute("
        "\"UPDATE articles_issue SET visibility = 'members' WHERE year = 2026 AND number = '9'\")\n"
    )
    fresh_site.manage("bake")
    page.goto(fresh_site.base + ISSUE)
    assert page.locator("[data-save]").count() == 0
    page.goto(fresh_site.base + "/offline/")
    page.locator(".saved-issues .empty:not(.impossible)").wait_for()
    page.evaluate(
        "async path => { try { await saveIssue(path, 'x'); } catch (error) { return error.name; } }", ISSUE
    )
    assert not [path for path in kept(page) if path.startswith(ISSUE)]
