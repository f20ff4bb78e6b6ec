"""``{% shown_difference difference fields as shown %}``: what ``desk/_difference.html`` draws.

Every place that changed has a number from 1 on, in reading order: the fields first, then the text. The keys
``n`` and ``p`` walk along these numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any, NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.difference import Difference, Row, Run
from articles.difference.blocks import OBJECT
from articles.models import Article
from journal.desk.difference_words import (
    alternative_of,
    classes_of,
    look_words,
    mark_words,
    picture_of,
    tag_words,
)

__all__ = ["Line", "Shown", "drawn", "drawn_bare", "register", "shown_difference"]

register = template.Library()

#: Ways to show a difference; the first is the usual one.
VIEWS = ("side", "line", "clean")
#: Unchanged blocks that stay in sight on either side of a change.
CONTEXT = 2
#: Fewer than that are not worth folding.
LEAST_FOLDED = 3


class Words(NamedTuple):
    """A run as it is drawn. ``kind`` "look": the same words in another formatting, ``was`` and ``now``."""

    kind: str
    text: str
    classes: str = ""
    was: str = ""
    now: str = ""
    picture: str = ""
    alternative: str = ""


class Place(NamedTuple):
    """Words that belong together: unchanged (number 0), or one numbered change. ``gone``: nothing came."""

    number: int
    gone: bool
    words: list[Words]


@dataclass
class Line:
    """One block, or one field under its ``label``."""

    kind: str
    tag: str
    old: list[Words]
    places: list[Place]
    number: int = 0  # of a change of the block as a whole
    was: str = ""
    now: str = ""
    block: int | None = None  # 1, 2, 3 … in the text as it is
    anchor: bool = False
    label: str = ""
    name: str = ""


@dataclass
class Shown:
    view: str
    views: list[tuple[str, str]]
    kept: list[tuple[str, str]]
    fields: list[Line]
    stretches: list[tuple[bool, list[Line]]]
    changes: int
    unseen: bool


@register.simple_tag(takes_context=True)
def shown_difference(
    context: template.RequestContext,
    difference: Difference,
    fields: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
) -> Shown:
    """``fields``: pairs of label and runs, or the answer of ``compare_texts`` without the body."""
    query = getattr(context.get("request"), "GET", {})
    view = query.get("view", "")
    numbers = count(1)
    told = [field_line(label, runs, numbers) for label, runs in labelled(fields or ())]
    lines = list(text_lines(difference.rows, numbers))
    return Shown(
        view if view in VIEWS else VIEWS[0],
        [("side", _("side by side")), ("line", _("in line")), ("clean", _("clean"))],
        [(name, value) for name, value in query.items() if name != "view"],
        told,
        stretches(lines, folding=not difference.is_empty),
        next(numbers) - 1,
        difference.unseen,
    )


def labelled(fields: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    if not isinstance(fields, Mapping):
        yield from fields
        return
    for name, runs in fields.items():
        yield str(getattr(Article._meta.get_field(name), "verbose_name", name)), runs


def field_line(label: str, runs: Iterable[Run], numbers: Iterator[int]) -> Line:
    """A field is one change, however many words of it changed."""
    runs = list(runs)
    old = [words(run) for run in runs if run.kind != "ins"]
    return Line("changed", "field", old, [Place(0, False, as_words(runs))], next(numbers), label=label)


def text_lines(rows: Iterable[Row], numbers: Iterator[int]) -> Iterator[Line]:
    last = None
    for row in rows:
        drawn = line(row, numbers)
        drawn.anchor = row.new_index is not None and row.new_index != last
        last = row.new_index if row.new_index is not None else last
        yield drawn


def line(row: Row, numbers: Iterator[int]) -> Line:
    drawn = Line(row.kind, row.tag, [words(run) for run in row.old], [], name=tag_words(row.tag))
    if row.new_index is not None:
        drawn.block = row.new_index + 1
    if row.look_changed:
        drawn.number = next(numbers)
        drawn.was, drawn.now = look_words(row.old_look), look_words(row.new_look)
        if drawn.was == drawn.now:
            drawn.was, drawn.now = row.old_look, row.new_look
    if row.kind in ("added", "removed"):
        drawn.number = next(numbers)
        drawn.places = [Place(0, row.kind == "removed", as_words(row.merged))]
    else:
        drawn.places = places(row.merged, numbers)
    return drawn


def places(runs: Iterable[Run], numbers: Iterator[int]) -> list[Place]:
    found = []
    for changed, group in groupby(runs, key=lambda run: run.kind != "same"):
        here = list(group)
        gone = changed and all(run.kind == "del" for run in here)
        found.append(Place(next(numbers) if changed else 0, gone, as_words(here)))
    return found


def as_words(runs: Iterable[Run]) -> list[Words]:
    """Runs as they are drawn; words that only changed their formatting stand once."""
    found: list[Words] = []
    last: Run | None = None
    for run in runs:
        if last and (last.kind, run.kind) == ("del", "ins") and last.text == run.text != OBJECT and run.text:
            was, now = mark_words(last.mark), mark_words(run.mark)
            found[-1] = Words("look", run.text, classes_of(run.mark), was, now)
        else:
            found.append(words(run))
        last = run
    return found


def words(run: Run) -> Words:
    if run.mark == "break":
        return Words(run.kind, "¶", "break")
    if OBJECT not in run.text:
        blank = " m-blank" if run.kind != "same" and not run.text.strip() and "\t" not in run.text else ""
        return Words(run.kind, run.text, classes_of(run.mark) + blank)
    if address := picture_of(run.mark):
        return Words(run.kind, "", "m-picture", picture=address, alternative=alternative_of(run.mark))
    return Words(run.kind, _("[empty]"), classes_of(run.mark))


def stretches(lines: list[Line], *, folding: bool) -> list[tuple[bool, list[Line]]]:
    """Lines in stretches, each with whether it is folded: what stands far from any change."""
    near = [not folding] * len(lines)
    for place, drawn in enumerate(lines):
        if drawn.kind != "same":
            for other in range(max(0, place - CONTEXT), min(len(lines), place + CONTEXT + 1)):
                near[other] = True
    found: list[tuple[bool, list[Line]]] = []
    for close, group in groupby(zip(near, lines, strict=True), key=lambda pair: pair[0]):
        part = [drawn for _close, drawn in group]
        if not close and len(part) >= LEAST_FOLDED:
            found.append((True, part))
        elif found and not found[-1][0]:
            found[-1][1].extend(part)
        else:
            found.append((False, part))
    return found


# -- drawing


@register.simple_tag
def drawn(run: Words) -> SafeString | str:
    """One run as HTML without white space around it, which would stand in the text."""
    inner: SafeString | str = run.text
    if run.picture:
        inner = format_html('<img src="{}" alt="{}" loading="lazy">', run.picture, run.alternative)
    if run.kind == "same":
        return format_html('<span class="{}">{}</span>', run.classes, inner) if run.classes else inner
    if run.kind == "look":
        told = _("[formatting, before %(was)s, now %(now)s:") % {"was": run.was, "now": run.now}
        sign = pgettext("sign on changed formatting", "F")
        return marked("ins", f"look {run.classes}", sign, told, inner, title=f"{run.was} → {run.now}")
    if run.kind == "ins":
        told = _("[new paragraph") if run.classes == "break" else _("[added:")
        return marked("ins", run.classes, pgettext("sign on what was added", "+"), told, inner)
    told = _("[paragraphs joined") if run.classes == "break" else _("[deleted:")
    return marked("del", run.classes, pgettext("sign on what was deleted", "-"), told, inner)


@register.simple_tag
def drawn_bare(bare: Line) -> SafeString | str:
    """The name of a whole block that came or went without a word of its own; else nothing."""
    if bare.kind not in ("added", "removed") or any(place.words for place in bare.places):
        return ""
    return drawn(Words("ins" if bare.kind == "added" else "del", bare.name, "bare"))


def marked(
    tag: str, classes: str, sign: str, told: str, inner: SafeString | str, title: str = ""
) -> SafeString:
    """``told`` is for the ear: what is drawn with colour, line and sign."""
    attributes = format_html(' class="{}"', classes.strip()) if classes.strip() else ""
    if title:
        attributes = format_html('{} title="{}"', attributes, title)
    return format_html(
        '<{}{} data-sign="{}"><span class="visually-hidden">{} </span>{}'
        '<span class="visually-hidden">]</span></{}>',
        tag, attributes, sign, told, inner, tag,
    )  # fmt: skip
