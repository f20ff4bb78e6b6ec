"""Finds issues by what people call them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.db.models import Q

from articles.models import Issue

__all__ = ["issues_named"]

NUMBER = re.compile(r"S?\d+(?:-\d+)?")
FILLING = re.compile(r"[S\d\-年第期总号.\s]|no", re.IGNORECASE)


def issues_named(words: str) -> Any:
    """``2026``, ``9-10``, ``243``, ``2026年第7期``, ``总第243期``; none when other words stand there."""
    text = unicodedata.normalize("NFKC", words).replace("–", "-")
    numbers = NUMBER.findall(re.sub(r"(?<=\d{4})-(?=\d)", " ", text))
    if not numbers or FILLING.sub("", text):
        return Issue.objects.none()
    if len(numbers) == 1:
        only = as_number(numbers[0])
        return Issue.objects.filter(Q(number=numbers[0]) | Q(year=only) | Q(serial_number=only))
    return Issue.objects.filter(year=as_number(numbers[0]), number=numbers[1])


def as_number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None
