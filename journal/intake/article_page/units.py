"""Scholarly front matter: affiliations numbered under the authors (``1. 某大学 某系，城市 邮编；2. …``)."""

from __future__ import annotations

import re

from ..names import looks_like_unit

__all__ = ["read_numbered_units", "without_marks"]

_MARK = re.compile(r"(?<=[\u4e00-\u9fff])\s?[\d*＊†‡①-⑨¹²³⁴⁵]{1,3}(?:[,，][\d*①-⑨¹²³⁴⁵])*(?=$|[\s，,、；;])")
_NUMBER = re.compile(r"(?:^|(?<=[；;。\s]))\s*[\[［]?\d{1,2}\s*[\]］.．、]?\s*(?=[\u4e00-\u9fff])")
_PLACE = re.compile(r"[，,]\s*[\u4e00-\u9fff]{0,8}[\s\u3000]*(?:[\u4e00-\u9fff]{0,6}[\s\u3000]*)?\d{6}\s*$")


def without_marks(text: str) -> str:
    """``甲1，乙2*``: names without the figures that point to their units."""
    return _MARK.sub("", text)


def read_numbered_units(text: str) -> tuple[str, ...]:
    """Return the units of a line in the order of their numbers, without city and postcode; else nothing."""
    bare = re.sub(r"^\s*[（(](.*)[）)]\s*$", r"\1", text)
    if len(bare) > 300 or not _NUMBER.match(bare):
        return ()
    parts = [p.strip(" ；;。\u3000") for p in _NUMBER.split(bare)]
    units = tuple(re.sub(r"\s+", "", _PLACE.sub("", p)) for p in parts if p)
    return units if units and all(looks_like_unit(u) for u in units) else ()
