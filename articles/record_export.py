"""The record as JSON lines, for an auditor who checks it without this program.

Each line is one event as a JSON object, written like the canonical form (``articles.record_chain`` states
it): its fields, ``hash``, and – with words – ``note`` and ``data``. To check a line, take ``hash``, ``note``
and ``data`` out, write the rest with sorted keys and without spaces, and compare the SHA-256 with ``hash``;
compare the SHA-256 of ``note`` with ``note_sha256`` and that of ``data``, written the same way, with
``data_sha256``. In an export of the whole record the ``previous_hash`` of each line is the ``hash`` of the
line before. The same record gives the same bytes, on every database.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from articles.record_chain import canonical_json, line_of

__all__ = ["export_lines"]

PAGE = 1_000


def export_lines(events: Any, *, words: bool) -> Iterator[str]:
    """The events of a query set in the order they were written, one line each without its line break.

    ``words=False`` leaves note and data out, but for events about an account, which hold no words of a
    manuscript: the hashes stay. Reads in pages. Raises ``ValueError`` for an event that holds something no
    event holds: verify the record then.
    """
    last = 0
    while page := list(events.filter(sequence__gt=last).order_by("sequence").values()[:PAGE]):
        for row in page:
            event = SimpleNamespace(**row)
            line = {**line_of(event), "hash": event.hash}
            if words or event.account_id is not None:
                line |= {"note": event.note, "data": event.data}
            yield canonical_json(line)
        last = page[-1]["sequence"]
