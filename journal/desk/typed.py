"""The words of a manuscript's form as plain texts, so that three states of them can be laid side by side.

``shown()`` are the fields as a page shows them, ``typed()`` the same fields as they came back, both as
strings under the field's name; bylines are rows of strings. ``byline_fields()`` writes rows back as the form
sends them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.models import Article, Byline
from articles.richtext import clean_html
from journal.editor.field import settled
from journal.numbers import number_in

__all__ = ["BYLINES", "HIDDEN", "ROW", "byline_fields", "byline_rows", "same", "shown", "typed"]

HIDDEN = ("seen_version", "seen_base", "keeping_page")
BYLINES = "bylines"
ROW = ("author", "role", "position", "printed_name", "printed_unit", "printed_post")
MOST_ROWS = 200


def shown(form: forms.ModelForm) -> dict[str, Any]:
    """The fields as the page shows them before anybody types."""
    words: dict[str, Any] = {}
    for name, field in form.fields.items():
        if name not in HIDDEN:
            value = field.prepare_value(form.get_initial_for_field(field, name))
            words[name] = as_text(name, value)
    if form.instance.pk:
        words[BYLINES] = byline_rows(form.instance)
    return words


def typed(form: forms.ModelForm, given: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields as they were sent. Bylines that were not sent at all (read only) are left out."""
    words: dict[str, Any] = {}
    for name, field in form.fields.items():
        if name not in HIDDEN and not field.disabled:
            words[name] = as_text(name, given.get(name, ""))
    rows = typed_bylines(given)
    return words if rows is None else {**words, BYLINES: rows}


def as_text(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    text = str(value).replace("\r\n", "\n").strip()
    if name == "body":
        try:
            return clean_html(text)
        except ValidationError:
            return text
    return text


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two states of a field say the same; the editor's own way of writing is no change."""
    if name == "body":
        return settled(str(one or "")) == settled(str(other or ""))
    if name == BYLINES:
        return plain_rows(one) == plain_rows(other)
    return (one or "") == (other or "")


def plain_rows(rows: Any) -> list[list[str]]:
    return [[str(row.get(name, "")) for name in ROW] for row in rows or []]


def byline_rows(article: Article) -> list[dict[str, str]]:
    rows = (
        Byline.objects.filter(article=article).order_by("position", "pk").values("pk", "author_id", *ROW[1:])
    )
    return [
        {"id": str(row["pk"]), "author": str(row["author_id"]), **{n: str(row[n]) for n in ROW[1:]}}
        for row in rows
    ]


def typed_bylines(given: Mapping[str, Any]) -> list[dict[str, str]] | None:
    total = number_in(str(given.get(f"{BYLINES}-TOTAL_FORMS", "")), -1)
    if total < 0 or (total and f"{BYLINES}-0-author" not in given):
        return None
    rows = []
    for place in range(min(total, MOST_ROWS)):
        row = {n: str(given.get(f"{BYLINES}-{place}-{n}", "")).strip() for n in ("id", *ROW)}
        if row["author"] and not given.get(f"{BYLINES}-{place}-DELETE"):
            rows.append(row)
    return sorted(rows, key=lambda row: number_in(row["position"]))


def byline_fields(article: Article, rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """What a form sends to make the bylines of ``article`` these ``rows``, whatever they are now."""
    now = {row["id"]: row for row in byline_rows(article)}
    wanted = {row["id"]: row for row in rows if row.get("id") in now}
    fresh = [{**row, "id": ""} for row in rows if row.get("id") not in now]
    lines = [{**(wanted.get(key) or row), "gone": key not in wanted} for key, row in now.items()] + [
        {**row, "gone": False} for row in fresh
    ]
    fields = {
        f"{BYLINES}-TOTAL_FORMS": str(len(lines)),
        f"{BYLINES}-INITIAL_FORMS": str(len(now)),
        f"{BYLINES}-MIN_NUM_FORMS": "0",
        f"{BYLINES}-MAX_NUM_FORMS": "1000",
    }
    for place, line in enumerate(lines):
        fields[f"{BYLINES}-{place}-article"] = str(article.pk)
        fields.update({f"{BYLINES}-{place}-{name}": str(line[name]) for name in ("id", *ROW)})
        if line["gone"]:
            fields[f"{BYLINES}-{place}-DELETE"] = "on"
    return fields
