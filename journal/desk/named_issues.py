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
    first = int(numbers[0]) if numbers[0].isdecimal() and len(numbers[0]) < 9 else 0
    if len(numbers) == 1:
        return Issue.objects.filter(Q(number=numbers[0]) | Q(year=first) | Q(serial_number=first))
    return Issue.objects.filter(year=first, number=numbers[1])
