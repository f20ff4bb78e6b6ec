"""When two people changed one manuscript: what it was, what I made of it, what they made of it, side by side.

``Screen`` is what the page shows; ``Screen.chosen(form)`` is the text somebody put together on it. What only
one side touched is taken as that side left it; what both touched differently waits for a choice. Nothing here
writes: the choice goes back through the manuscript's own form, with the version the screen was made for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.difference import Merge, Piece, compare, compare_text, merge
from articles.models import Article, Author, WorkingDraft
from articles.refusals import Refused
from journal.desk.typed import BYLINES, ROW, byline_fields, same, shown, typed
from journal.numbers import number_in

__all__ = ["CHOICES", "Field", "Place", "Screen"]

CHOICES = {
    "mine": gettext_lazy("Mine"),
    "theirs": gettext_lazy("Theirs"),
    "both": gettext_lazy("Both, mine first"),
}


@dataclass(frozen=True)
class Side:
    """One side of a place: ``rows`` of runs against what stood there, or ``gone`` when nothing is left."""

    rows: list[list[Any]]
    gone: bool


@dataclass
class Field:
    """A plain field that differs. ``state`` says who changed it: mine, theirs or conflict."""

    name: str
    label: str
    state: str
    base: Any
    mine: Any
    theirs: Any
    options: list[str]
    chosen: str = ""
    missing: bool = False
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def before(self) -> list[list[Any]]:
        return [list(compare_text(self.texts["base"], self.texts["base"]))]

    @property
    def input_name(self) -> str:
        return f"field-{self.name}"

    @property
    def sides(self) -> dict[str, Side]:
        base = self.texts["base"]
        return {
            name: Side([list(compare_text(base, self.texts[name]))], not self.texts[name])
            for name in ("mine", "theirs")
        }


@dataclass
class Place:
    """A place of the body; the unchanged ones only give the eye something to hold on to."""

    number: int
    piece: Piece
    options: list[str]
    chosen: str = ""
    missing: bool = False

    @property
    def name(self) -> str:
        return f"place-{self.number}"

    @property
    def label(self) -> str:
        return _("Paragraph %(number)d") % {"number": self.number + 1}

    @property
    def changed(self) -> bool:
        return self.piece.kind not in {"same", "both"}

    @property
    def state(self) -> str:
        return self.piece.kind

    @property
    def before(self) -> list[list[Any]]:
        return plain(self.piece.base)

    @property
    def text(self) -> list[list[Any]]:
        return plain(self.piece.taken())

    @property
    def sides(self) -> dict[str, Side]:
        return {name: side(self.piece.base, getattr(self.piece, name)) for name in ("mine", "theirs")}


def side(base: str, text: str) -> Side:
    return Side([list(row.merged) for row in compare(base, text).rows], not text.strip())


def plain(html: str) -> list[list[Any]]:
    return [list(row.new) for row in compare(html, html).rows]


class Screen:
    """The three states of one manuscript for one person.

    ``form`` is the manuscript's form, unbound: it names the fields and shows the other side. ``draft`` holds
    my words and what they started from; where that is not known, every difference is a conflict.
    """

    choices = CHOICES

    def __init__(self, article: Article, draft: WorkingDraft, form: forms.ModelForm) -> None:
        self.article, self.draft, self.form = article, draft, form
        self.theirs = shown(form)
        base = known(draft.base)
        self.base = {name: base.get(name, [] if name == BYLINES else "") for name in self.theirs}
        self.mine = {**self.base, **typed(form, draft.content["fields"])}

    @cached_property
    def fields(self) -> list[Field]:
        """Every field but the body that is not the same on both sides, my untouched ones left out."""
        found = []
        for name in self.theirs:
            base, mine, theirs = self.base[name], self.mine[name], self.theirs[name]
            if name == "body" or same(name, mine, theirs):
                continue
            state = "theirs" if same(name, base, mine) else "mine" if same(name, base, theirs) else "conflict"
            options = ["mine", "theirs"]
            texts = {
                side: self.said(name, value)
                for side, value in zip(("base", "mine", "theirs"), (base, mine, theirs), strict=True)
            }
            label = _("Bylines") if name == BYLINES else str(self.form.fields[name].label or name)
            chosen = "" if state == "conflict" else state
            found.append(Field(name, label, state, base, mine, theirs, options, chosen, texts=texts))
        return found

    @cached_property
    def merge(self) -> Merge:
        mine = self.base["body"] if same("body", self.base["body"], self.mine["body"]) else self.mine["body"]
        return merge(self.base["body"], mine, self.theirs["body"])

    @cached_property
    def places(self) -> list[Place]:
        return [
            Place(
                number,
                piece,
                ["mine", "theirs", "both"]
                if piece.kind == "conflict" and piece.mine and piece.theirs
                else ["mine", "theirs"],
                "" if piece.kind == "conflict" else piece.kind,
            )
            for number, piece in enumerate(self.merge.pieces)
        ]

    @property
    def groups(self) -> Iterator[tuple[bool, list[Place]]]:
        """The places in order, neighbours that nobody changed together: those are folded away."""
        run: list[Place] = []
        for place in self.places:
            if place.changed:
                if run:
                    yield False, run
                run = []
                yield True, [place]
            else:
                run.append(place)
        if run:
            yield False, run

    @property
    def open(self) -> list[Field | Place]:
        """What a person has to decide."""
        return [*(f for f in self.fields if f.state == "conflict"), *self.open_places]

    @property
    def open_places(self) -> list[Place]:
        return [place for place in self.places if place.state == "conflict"]

    @property
    def changed_places(self) -> list[Place]:
        return [place for place in self.places if place.changed]

    def said(self, name: str, value: Any) -> str:
        """A field's value as a reader sees it: the section's name, the names of a byline."""
        if name == BYLINES:
            return "\n".join(self.byline_line(row) for row in value or [])
        choices = getattr(self.form.fields[name], "choices", None)
        if choices is not None and value:
            return next((str(label) for key, label in choices if str(key) == str(value)), str(value))
        if isinstance(self.form.fields[name], forms.BooleanField):
            return _("yes") if value else _("no")
        return str(value or "")

    def byline_line(self, row: Mapping[str, str]) -> str:
        name = row.get("printed_name") or self.names.get(str(row.get("author")), "")
        more = "，".join(filter(None, (row.get("printed_unit"), row.get("printed_post"))))
        return f"{row.get('position')}　{row.get('role')}　{name}" + (f"（{more}）" if more else "")

    @cached_property
    def names(self) -> dict[str, str]:
        rows = [*self.base[BYLINES], *self.mine[BYLINES], *self.theirs[BYLINES]]
        keys = {number_in(str(row.get("author", ""))) for row in rows}
        return {str(pk): name for pk, name in Author.objects.filter(pk__in=keys).values_list("pk", "name")}

    def decide(self, given: Mapping[str, Any]) -> None:
        """Take over what was chosen. ``Refused`` (422) while a conflict is undecided: nothing is guessed."""
        items: list[Field | Place] = [*self.fields, *self.changed_places]
        for item in items:
            choice = str(given.get(item.name if isinstance(item, Place) else item.input_name, ""))
            item.chosen = choice if choice in item.options else item.chosen
            item.missing = not item.chosen
        if any(item.missing for item in items):
            raise Refused(
                _("Choose for every marked place whose words stand. Nothing has been stored yet."),
                code="undecided",
            )

    def body(self) -> str:
        """The body as chosen, cleaned."""
        return self.merge.html({place.number: cast(Any, place.chosen) for place in self.changed_places})

    def form_data(self) -> dict[str, str]:
        """What the manuscript's form would send to store the choice."""
        words: dict[str, Any] = dict(self.mine)
        for item in self.fields:
            words[item.name] = item.mine if item.chosen == "mine" else item.theirs
        words["body"] = self.body()
        rows = words.pop(BYLINES)
        data = {name: str(value) for name, value in words.items() if value}
        return {**data, **byline_fields(self.article, rows)}


def known(base: Any) -> dict[str, Any]:
    """What the page showed, as far as it is readable: the browser sent it."""
    found = json.loads(base) if isinstance(base, str) else base
    words = found if isinstance(found, dict) else {}
    kept: dict[str, Any] = {name: value for name, value in words.items() if isinstance(value, str)}
    rows = words.get(BYLINES)
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        kept[BYLINES] = [{name: str(row.get(name, "")) for name in ("id", *ROW)} for row in rows]
    return kept
