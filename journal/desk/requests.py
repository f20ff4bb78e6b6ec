"""The check screen's forms as decisions: one form may hold several, all or none of which are stored."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from journal.intake.decisions import Decision, NotADecision
from journal.intake.fitting import authors_line
from journal.intake.manuscript import Manuscript
from journal.intake.models import IssueImport

__all__ = ["OWN", "wanted_decisions"]

OWN = "__own__"
OTHER = "__other__"
ARTICLE_FIELDS = (
    "title",
    "kicker",
    "subtitle",
    "toc_title",
    "section",
    "page",
    "last_page",
    "authors",
    "source",
    "photo_story",
)
ISSUE_FIELDS = ("year", "number", "serial_number")


def wanted_decisions(form: QueryDict, row: IssueImport) -> list[Decision]:
    """The decisions a form asks for; empty when it changes nothing. Raises ``NotADecision``."""
    readers = {
        "answer": _answer,
        "fields": _fields,
        "identity": _fields,
        "move": _blocks,
        "out": _blocks,
        "up": _blocks,
        "down": _blocks,
        "split": _blocks,
        "drop": _article,
        "merge": _article,
    }
    reader = readers.get(form.get("do", ""))
    if reader is None:
        raise NotADecision(_("This kind of decision is not known here. Reload the page and try again."))
    return reader(form, row)


def _answer(form: QueryDict, row: IssueImport) -> list[Decision]:
    value = form.get("value")
    if value == OWN:
        value = form.get("own", "").strip()
        if not value:
            raise NotADecision(_("Type your own answer, or choose one of the others."))
        if _asks_about_block(form, row):
            value = f"text:{value}"
    elif value == OTHER:
        value = form.get("other", "")
    if value is None:
        raise NotADecision(_("Choose an answer first."))
    return [{"do": "answer", "question": form.get("question", ""), "value": value}]


def _asks_about_block(form: QueryDict, row: IssueImport) -> bool:
    asked = next((q for q in row.base.questions if q.id == form.get("question")), None)
    return asked is not None and asked.field.startswith("block:")


def _fields(form: QueryDict, row: IssueImport) -> list[Decision]:
    """Only the fields whose value is no longer what it was."""
    result = row.result()
    id = form.get("article", "")
    wanted: list[Decision] = []
    if not id:
        now = {name: _shown(getattr(result, name, None)) for name in ISSUE_FIELDS}
    else:
        manuscript = next((m for m in result.manuscripts if m.id == id), None)
        if manuscript is None:
            raise NotADecision(_("This article is no longer here. Reload the page and look again."))
        now = {name: _field(manuscript, name) for name in ARTICLE_FIELDS}
    for name, old in now.items():
        new = _new(form, name)
        if new is not None and new != old:
            wanted.append({"do": "set", "article": id, "field": name, "value": new})
    return wanted


def _new(form: QueryDict, name: str) -> str | None:
    """The value typed; ``None`` when the form has no such field. An unticked box sends nothing."""
    if name == "photo_story":
        return ("1" if form.get(name) else "") if "has_photo_story" in form else None
    value = form.get(name)
    return None if value is None else "\n".join(line.strip() for line in value.strip().splitlines())


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _field(manuscript: Manuscript, name: str) -> str:
    if name == "authors":
        return authors_line(manuscript.authors)
    if name == "photo_story":
        return "1" if manuscript.photo_story else ""
    return _shown(getattr(manuscript, name))


def _blocks(form: QueryDict, row: IssueImport) -> list[Decision]:
    blocks = form.getlist("block")
    do = form["do"]
    if not blocks:
        raise NotADecision(_("Tick the paragraphs first, then say where they go."))
    if do == "split":
        return [{"do": "split", "block": blocks[0]}]
    if do in {"up", "down"}:
        step = -1 if do == "up" else 1
        return [{"do": "order", "block": b, "by": step} for b in blocks[::-step]]
    to, kind = ("", "") if do == "out" else (form.get("to", ""), form.get("kind", ""))
    if do == "move" and not to:
        return [_same_article(row, block, kind) for block in blocks]
    return [{"do": "move", "block": block, "to": to, "kind": kind} for block in blocks]


def _same_article(row: IssueImport, block: str, kind: str) -> Decision:
    """Without a target the block stays where it is and only its role changes."""
    if not kind:
        raise NotADecision(_("Say where the paragraphs go, or which role they have."))
    home = next((m.id for m in row.result().manuscripts if block in {b.id for b in m.blocks}), None)
    if home is None:
        raise NotADecision(_("This text stands in no article yet. Choose the article it goes to."))
    return {"do": "move", "block": block, "to": home, "kind": kind}


def _article(form: QueryDict, row: IssueImport) -> list[Decision]:
    article = form.get("article", "")
    if form["do"] == "drop":
        return [{"do": "drop", "article": article}]
    return [{"do": "merge", "article": article, "into": form.get("into", "")}]
