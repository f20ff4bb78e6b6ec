"""The line of affiliations under a byline: ``（1.单位；2.单位）``, ``某市 某局``, ``单位一；单位二``."""

from __future__ import annotations

import re

from ..manuscript import AuthorKind
from ..names import looks_like_unit, split_post
from .bylines import Byline

__all__ = ["read_units"]

_NUMBERED = re.compile(r"(?:^|[；;，,、\s])[\[［(（]?(\d)[\]］)）]?[.．、\s]*(?=[\u4e00-\u9fff])")
_LABEL = re.compile(r"^(?:作者)?单位[:：]\s*")
_ADDRESS = re.compile(r"[，,]?\s*[\u4e00-\u9fff]{2,10}(?:省|市|县|区)?[，,\s]*\d{6}\s*$|\s*\d{6}\s*$")


def read_units(text: str, bylines: list[Byline]) -> list[str]:
    """Units of a line, in order, when every part of it is one and the byline has persons only."""
    people = [a for b in bylines for a in b.authors]
    if not people or any(a.kind is not AuthorKind.PERSON or a.affiliation for a in people) or len(text) > 200:
        return []
    words = _LABEL.sub("", text.strip().strip("（()）[]【】").strip())
    numbered = list(_NUMBERED.finditer(words))
    if numbered and numbered[0].start() == 0:
        ends = [m.start() for m in numbered[1:]] + [len(words)]
        parts = [f"{m[1]}.{_bare(words[m.end() : end])}" for m, end in zip(numbered, ends, strict=True)]
        return parts if all(_is_unit(p[2:]) for p in parts) else []
    parts = [_bare(p) for p in re.split(r"[；;]", words) if p.strip()]
    return parts if parts and all(_is_unit(p) for p in parts) else []


def _bare(text: str) -> str:
    return _ADDRESS.sub("", text.strip(" 　；;，,、"))


def _is_unit(text: str) -> bool:
    unit, _post = split_post(text)
    return looks_like_unit(unit) or (looks_like_unit(text) and len(text) <= 40)
