"""How soon a reader on a slow line sees the text, and what the line carries.

``python -m tests.benchmarks.reader_budget [--write]`` makes the sample journal, serves it and opens its pages
in Chromium on a slowed line and processor: 1.6 Mbit/s, 150 ms there and back, a quarter of this machine's
speed ("fast 3G, 4× CPU"). Times depend on the machine; bytes and shifts do not.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.conftest import FLAGS, Site, free_port
from tests.services import chromium

TABLE = Path(__file__).with_name("READER_BUDGET.md")
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
SLOWER, RUNS = 4, 5
WATCH = """
window.seen = {lcp: 0, shift: 0};
new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.lcp = one.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.shift += one.value; })
  .observe({type: "layout-shift", buffered: true});
"""
PAGES = """
from django.db.models import Count
from django.db.models.functions import Length
shown = Article.objects.for_everyone()
print(shown.order_by(Length('body').desc())[0].get_absolute_url())
print(shown.annotate(n=Count('figures')).order_by('-n')[0].get_absolute_url())
print(Issue.objects.for_everyone().newest_first()[0].get_absolute_url())
"""


def measure(browser: Browser, address: str, telephone: bool) -> tuple[float, float, int, int]:
    """Largest paint in ms, sum of shifts, bytes of the words and of the pictures."""
    size = {"width": 375, "height": 800} if telephone else {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, device_scale_factor=2 if telephone else 1)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    carried = {"words": 0, "pictures": 0}
    kinds: dict[str, str] = {}
    session.on("Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["type"]}))

    def finished(said: dict[str, Any]) -> None:
        kind = "pictures" if kinds.get(said["requestId"]) == "Image" else "words"
        carried[kind] += int(said["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="networkidle")
    seen = page.evaluate("seen")
    context.close()
    return seen["lcp"], seen["shift"], carried["words"], carried["pictures"]


def rows(site: Site) -> list[str]:
    longest, pictures, issue = site.shell(PAGES).split()[-3:]
    named = {"home": "/", "an issue": issue, "the longest article": longest, "most pictures": pictures}
    made = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        for name, address in named.items():
            for telephone in (False, True):
                runs = [measure(browser, site.base + address, telephone) for _run in range(RUNS)]
                paints = [run[0] for run in runs]
                _paint, shift, words, images = runs[-1]
                made.append(
                    f"| {name}, {375 if telephone else 1280} px | {statistics.median(paints):.0f} "
                    f"({min(paints):.0f}–{max(paints):.0f}) | {shift:.3f} | {words / 1000:.1f} "
                    f"| {images / 1000:.0f} |"
                )
        browser.close()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the table beside this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kanwu-budget-") as folder:
        site = Site(Path(folder) / "data", free_port())
        site.data.mkdir()
        site.manage("migrate", "-v", "0")
        site.manage("load_sample")
        site.manage("bake")
        site.start()
        try:
            table = rows(site)
        finally:
            site.stop()
    text = "\n".join(
        [
            "# What a reader's page costs on a slow line",
            "",
            "Written by `tests/benchmarks/reader_budget.py`: 1.6 Mbit/s, 150 ms, a quarter of the processor.",
            "Goals: largest paint below 1,000 ms, shift below 0.02, 60 kB without pictures.",
            "",
            f"| page | largest paint, ms: median of {RUNS} (least–most) | shift | words, kB | pictures, kB |",
            "|---|---|---|---|---|",
            *table,
            "",
        ]
    )
    print(text)
    if options.write:
        TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
