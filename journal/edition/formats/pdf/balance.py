"""Lets the columns of an article's last page end side by side, and takes back a last page of a few lines.

Typst fills one column after the other. Where each article ended in one setting tells how much room to keep
free under its last page in the next; a text that then runs over gets a line more.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

__all__ = ["TOP", "settled"]

TOP, FOOT = 27 * 72 / 25.4, (285 - 24) * 72 / 25.4  # edges of the text on the page, in points
PITCH = (20.0, 18.0, 17.0, 16.2, 15.6)  # look.typ, settings
ROUNDS = 6
#: A last page filled less than this is taken back by setting the text tighter, if that suffices.
POOR = 0.2

Fits = dict[str, dict[str, Any]]


def settled(articles: list[dict[str, Any]], setting: Callable[[Fits], dict[str, Any]]) -> Fits:
    """The best fits found; ``setting`` sets the pages with some and says where everything landed."""
    fits: Fits = {}
    by_id = {article["id"]: article for article in articles if not article["shares"]}
    found = setting(fits)
    for _round in range(len(PITCH) - 1):
        if not tighten(fits, by_id, found):
            break
        found = setting(fits)
    ends = closes(found)
    if not (spare(fits, by_id, found) | grow(fits, found)):
        return fits
    for _round in range(ROUNDS):
        found = setting(fits)
        if not (give_back(fits, by_id, found, ends) | grow(fits, found)):
            break
    return fits


def arts(found: dict[str, Any]) -> dict[int, dict[str, Any]]:
    each: dict[int, dict[str, Any]] = {}
    for spot in (spot for spot in found["arts"] if spot["at"] != "part"):
        each.setdefault(spot["id"], {})[spot["at"]] = spot
    return each


def closes(found: dict[str, Any]) -> dict[int, int]:
    """Article → the last page it takes, with the pictures that follow its text."""
    opens = [spot for spot in found["arts"] if spot["at"] != "end"]
    nexts = [spot["page"] for spot in opens[1:]] + [found["pages"] + 1]
    return {
        spot["id"]: max(following - 1, spot["page"])
        for spot, following in zip(opens, nexts, strict=True)
        if spot["at"] == "start"
    }


def filled(article: dict[str, Any], end: dict[str, Any], top: float) -> tuple[float, int]:
    """Height of text on the last page, over all its columns, and in which of them it ends (from 0)."""
    column = column_at(article, end)
    return column * (FOOT - top) + max(end["y"] - top, 0), column


def column_at(article: dict[str, Any], spot: dict[str, Any]) -> int:
    inside, outside = (210 - 19) * 72 / 25.4 - 483, 19 * 72 / 25.4
    left = inside if spot["number"] % 2 else outside
    return min(int((spot["x"] - left + 5) / (483 / article["columns"])), article["columns"] - 1)


def tighten(fits: Fits, by_id: dict[int, dict[str, Any]], found: dict[str, Any]) -> bool:
    """Whether some article was given the next tighter setting."""
    changed = False
    for key, spots in arts(found).items():
        article = by_id.get(key)
        if article is None or spots["start"]["page"] == spots["end"]["page"]:
            continue
        step = fits.get(str(key), {}).get("step", 0 if article["large"] else 1)
        poor = filled(article, spots["end"], TOP)[0] < POOR * (FOOT - TOP) * article["columns"]
        if (poor or step == 0) and step < len(PITCH) - 1:
            fits[str(key)] = {"step": step + 1}
            changed = True
    return changed


def spare(fits: Fits, by_id: dict[int, dict[str, Any]], found: dict[str, Any]) -> bool:
    changed = False
    for key, spots in arts(found).items():
        article, end = by_id.get(key), spots["end"]
        if article is None:
            continue
        here = [s for s in found["spots"] if s["id"] == key and s["page"] == end["page"]]
        if not here:
            continue
        opening = spots["start"]["page"] == end["page"]
        top = min(s["y"] for s in here) if opening else TOP
        fit = fits.setdefault(str(key), {"step": 0 if article["large"] else 1})
        pitch = PITCH[fit["step"]]
        used, _column = filled(article, end, top)
        high = math.ceil((used / pitch + 0.7) / article["columns"]) * pitch + pitch * 0.2
        if FOOT - top - high > pitch:
            fit |= {"spare": FOOT - top - high, "from": min(s["n"] for s in here)}
            changed = True
    return changed


def give_back(
    fits: Fits, by_id: dict[int, dict[str, Any]], found: dict[str, Any], ends: dict[int, int]
) -> bool:
    """A line more for each text that runs over the page it ended on before."""
    changed, shift = False, 0
    for key, page in closes(found).items():
        fit = fits.get(str(key), {})
        over = page - ends[key] - shift
        if over > 0:
            shift += over
            if key in by_id and fit.get("spare", 0) > 0:
                fit["spare"] = max(fit["spare"] - PITCH[fit["step"]], 0)
                changed = True
    return changed


def grow(fits: Fits, found: dict[str, Any]) -> bool:
    """A line more for each short piece that does not fit into the height of its columns."""
    changed = False
    spots = arts(found)
    for room in found["rooms"]:
        first = min((s["y"] for s in found["spots"] if s["id"] == room["id"]), default=None)
        end = spots[room["id"]]["end"]
        if first is not None and end["y"] > first + room["high"] + 1:
            fit = fits.setdefault(str(room["id"]), {"lines": 0})
            fit["lines"] += 1
            changed = True
    return changed
