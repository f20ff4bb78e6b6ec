"""Rules a single value must keep; each names the standard it comes from."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

__all__ = [
    "validate_article_code",
    "validate_cn_number",
    "validate_issn",
    "validate_issue_number",
    "validate_manuscript_number",
]

validate_article_code = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$", _("Use lower-case letters, digits and single hyphens.")
)
validate_issue_number = RegexValidator(
    r"^(?:[1-9]\d?(?:-[1-9]\d?)?|S[1-9]\d?)$",
    _("Write the number as 7, merged numbers as 9-10, a supplement as S1."),
)
validate_manuscript_number = RegexValidator(r"^\d{4}-\d{4,}$", _("Write the manuscript number as 2026-0123."))


def validate_issn(value: str) -> None:
    """ISO 3297 (GB/T 9999.1): eight digits, the last a check digit modulo 11, ``X`` for ten."""
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", value):
        raise ValidationError(_("Write the ISSN as 1234-5679."))
    digits = value.replace("-", "")
    total = sum(int(d) * w for d, w in zip(digits[:7], range(8, 1, -1), strict=True))
    check = "0123456789X"[-total % 11]
    if digits[7] != check:
        raise ValidationError(_("The check digit of this ISSN should be %(check)s."), params={"check": check})


def validate_cn_number(value: str) -> None:
    """GB/T 9999.1: ``CN`` region 10–65, serial 1000–5999, optionally ``/`` and a class."""
    match = re.fullmatch(r"(?:CN\s*)?(\d{2})-(\d{4})(?:/[A-Z]{1,2}\d{0,2})?", value)
    if not match or not 10 <= int(match[1]) <= 65 or not 1000 <= int(match[2]) <= 5999:
        raise ValidationError(_("Write the CN number as 22-1234/D: region 10 to 65, then 1000 to 5999."))
