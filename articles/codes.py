"""Permanent ASCII codes: what stands in an address for ever, made once from the words it names."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import models
from pypinyin import lazy_pinyin

__all__ = ["code_for", "free_code", "unique_code"]

LONGEST = 60


def code_for(text: str, longest: int = LONGEST) -> str:
    """``text`` as lower-case pinyin and Latin words joined by hyphens, cut at a syllable; may be empty."""
    words = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(text, errors=lambda rest: f" {rest} ")).lower())
    code = ""
    for word in words:
        if len(code) + len(word) + 1 > longest:
            break
        code = f"{code}-{word}" if code else word
    return code or (words[0][:longest] if words else "")


def free_code(base: str, taken: Callable[[str], bool]) -> str:
    """``base``, or ``base-2``, ``base-3`` … : the first that is not taken."""
    code, number = base, 1
    while taken(code):
        number += 1
        code = f"{base}-{number}"
    return code


def unique_code(model: type[models.Model], text: str) -> str:
    """A code for ``text`` that no row of ``model`` has yet; without letters it is the model's name."""
    base = code_for(text) or str(model._meta.model_name)
    return free_code(base, lambda code: model._default_manager.filter(code=code).exists())
