"""Draws the pictures of the sample ahead of the articles that show them, on every core there is."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from journal.sample.content import SampleIssue
from journal.sample.pictures import draw

__all__ = ["Drawing"]

#: Pixels; sharp in the width of a page.
SIZE = (1280, 853)


class Drawing:
    """The pictures of some issues; ``of()`` waits for one of them. Use it as a context manager."""

    def __init__(self, issues: Iterable[SampleIssue]) -> None:
        self.pool = ThreadPoolExecutor(max_workers=os.cpu_count())
        self.drawn: dict[tuple[str, str], Future[bytes]] = {}
        for issue in issues:
            for article in issue.articles:
                for entry in article.meta.get("figures", []):
                    self.drawn[article.code, entry["id"]] = self.pool.submit(jpeg, article.code, entry)

    def __enter__(self) -> Drawing:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.pool.shutdown(cancel_futures=True)

    def of(self, code: str, entry: dict[str, str]) -> bytes:
        """The JPEG of an article's figure; raises what drawing it raised."""
        return self.drawn.pop((code, entry["id"])).result()


def jpeg(code: str, entry: dict[str, str]) -> bytes:
    # The words of caption and description choose hour, weather and scene.
    seed = " ".join((f"{code}-{entry['id']}", entry["caption"], entry["alt"]))
    buffer = io.BytesIO()
    draw(entry["motif"], seed, SIZE).save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
