"""Run axe-core in a page; the answer is a list of sentences, empty when nothing is wrong."""

from __future__ import annotations

from pathlib import Path

import axe_core_python
from playwright.sync_api import Page

__all__ = ["violations"]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: A colour on its way from one scheme to the other is neither: look when every transition has ended.
SETTLED = """async () => {
  const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(changing.map((one) => one.finished));
}"""
SOURCE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Every violation of WCAG 2.2 A and AA axe finds, with the elements it names.

    The script is put in by the driver, outside the page's policy, so the policy need not be weakened.
    """
    page.evaluate(SETTLED)
    page.evaluate(SOURCE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{page.url} {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
