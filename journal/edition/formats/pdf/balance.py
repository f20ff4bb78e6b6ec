"""Lets the columns of an article's last page end side by side, and takes back a last page of a few lines.

Typst fills one column after the other. Where each article ended in one setting tells how much room to keep
free under its last page in the next; a text that then runs over gets a line more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import Any

__all__ = ["settled", "spans_of"]

SIT = 0.88  # share of a sign above its foot: look.typ, top-edge
TITLE = 120  # about what a title takes
TOP, FOOT = 27 * 72 / 25.4, (285 - 24) * 72 / 25.4  # edges of the text on the page, in points
#: look.typ, settings: size of a sign, from line to line.
SETTINGS = ((12.0, 20.0), (10.5, 18.0), (10.5, 17.0), (10.5, 16.2), (10.5, 15.6), (10.0, 15.0))
ROUNDS = 5  # a picture may ask for some
#: A last page filled less than this is taken back by tighter lines, where they suffice.
POOR = 0.2

Fits = dict[str, dict[str, Any]]


def settled(articles: list[dict[str, Any]], setting: Callable[[Fits], dict[str, Any]]) -> Fits:
    """The best fits found; ``setting`` sets the pages with some and says where everything landed.

    Each setting costs time and memory, so one serves several ends: what need not be tightened is balanced
    while the others are.
    """
    by_id = {article["id"]: article for article in articles if not article["shares"]}
    fits: Fits = {str(key): {"step": 0 if article["large"] else 1} for key, article in by_id.items()}
    found = setting(fits)
    waiting = tighten(fits, by_id, found)
    spans = {key: span for key, span in spans_of(found).items() if key in by_id and key not in waiting}
    changed = spare(fits, by_id, found, spans.keys()) | grow(fits, found) | bool(waiting)
    for _round in range(ROUNDS):
        if not changed:
            break
        found = setting(fits)
        changed = give_back(fits, spans, found) | grow(fits, found)
        if waiting:
            spans |= {key: span for key, span in spans_of(found).items() if key in waiting}
            changed |= spare(fits, by_id, found, waiting)
            waiting = set()
    return fits


def arts(found: dict[str, Any]) -> dict[int, dict[str, Any]]:
    each: dict[int, dict[str, Any]] = {}
    for spot in (spot for spot in found["arts"] if spot["at"] != "part"):
        each.setdefault(spot["id"], {})[spot["at"]] = spot
    return each


def spans_of(found: dict[str, Any]) -> dict[int, int]:
    """Article → how many pages it takes, with the pictures that follow its text."""
    opens = [spot for spot in found["arts"] if spot["at"] != "end"]
    nexts = [spot["page"] for spot in opens[1:]] + [found["pages"] + 1]
    return {
        spot["id"]: max(following - spot["page"], 1)
        for spot, following in zip(opens, nexts, strict=True)
        if spot["at"] == "start"
    }


def filled(article: dict[str, Any], end: dict[str, Any], top: float, setting: tuple[float, float]) -> int:
    """Lines on the last page, over all its columns; ``top`` is the foot of the first line of a column."""
    size, pitch = setting
    a_column = int((FOOT - top - 0.12 * size + pitch + 0.5) // pitch)
    here = round((end["y"] - top) / pitch) + 1
    return column_at(article, end) * a_column + max(here, 0)


def column_at(article: dict[str, Any], spot: dict[str, Any]) -> int:
    inside, outside = (210 - 19) * 72 / 25.4 - 483, 19 * 72 / 25.4
    left = inside if spot["number"] % 2 else outside
    return min(int((spot["x"] - left + 5) / (483 / article["columns"])), article["columns"] - 1)


def tighten(fits: Fits, by_id: dict[int, dict[str, Any]], found: dict[str, Any]) -> set[int]:
    """Give those whose last page is poor, or who stand large on two, the setting that takes a page less."""
    changed = set()
    for key, spots in arts(found).items():
        article = by_id.get(key)
        pages = spots["end"]["page"] - spots["start"]["page"]
        if article is None or not pages:
            continue
        fit = fits[str(key)]
        setting = SETTINGS[fit["step"]]
        room = article["columns"] * (FOOT - TOP)
        used = filled(article, spots["end"], TOP + SIT * setting[0], setting) * setting[1]
        if used < POOR * room or fit["step"] == 0:
            step = tighter(fit["step"], pages * room - article["columns"] * TITLE, used)
            if step != fit["step"]:
                fit["step"] = step
                changed.add(key)
    return changed


def tighter(step: int, room: float, over: float) -> int:
    """The first setting in which what runs over fits into the room as well; 1 when there is none."""
    area = SETTINGS[step][0] * SETTINGS[step][1]
    for later in range(step + 1, len(SETTINGS)):
        if SETTINGS[later][0] * SETTINGS[later][1] * (room + over) < area * room:
            return later
    return max(step, 1)


def spare(fits: Fits, by_id: dict[int, dict[str, Any]], found: dict[str, Any], keys: Collection[int]) -> bool:
    """Keep as much room under the last pages of ``keys`` as lets their columns share the lines."""
    changed = False
    for key, spots in arts(found).items():
        if key not in keys:
            continue
        article, end = by_id[key], spots["end"]
        here = [s for s in found["spots"] if s["id"] == key and s["page"] == end["page"]]
        if not here:
            continue
        opening = spots["start"]["page"] == end["page"]
        size, pitch = SETTINGS[fits[str(key)]["step"]]
        top = min(s["y"] for s in here) if opening else TOP + SIT * size
        lines = math.ceil(filled(article, end, top, (size, pitch)) / article["columns"])
        left = FOOT - (top + (lines - 1) * pitch + 0.12 * size) - 1
        if left > pitch / 2:
            fits[str(key)] |= {"spare": left, "from": min(s["n"] for s in here)}
            changed = True
    return changed


def give_back(fits: Fits, spans: dict[int, int], found: dict[str, Any]) -> bool:
    """Lines more for each text that takes more pages than it needs; the room is all given back at last."""
    changed = False
    for key, span in spans_of(found).items():
        fit = fits.get(str(key), {})
        if span > spans.get(key, span) and fit.get("spare", 0) > 0:
            fit["tries"] = fit.get("tries", 0) + 1
            lines = SETTINGS[fit["step"]][1] * 3 ** (fit["tries"] - 1)
            fit["spare"] = max(fit["spare"] - lines, 0) if fit["tries"] < ROUNDS - 1 else 0
            changed = True
    return changed


def grow(fits: Fits, found: dict[str, Any]) -> bool:
    """A line more for each short piece that does not fit into the height of its columns."""
    changed = False
    spots = arts(found)
    for room in found["rooms"]:
        end = spots[room["id"]]["end"]
        own = [s["y"] for s in found["spots"] if s["id"] == room["id"] and s["page"] == end["page"]]
        if own and end["y"] > min(own) + room["high"] + 1:
            fit = fits.setdefault(str(room["id"]), {"lines": 0})
            fit["lines"] += 1
            changed = True
    return changed
