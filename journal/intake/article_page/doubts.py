"""What the page importer will not settle by itself, as questions to the editor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from ..manuscript import Choice, Question, Span
from ..punctuation import widen
from .bodies import Body
from .heads import Head
from .items import Item
from .records import Record

__all__ = ["ask_about_article", "ask_about_printings"]


def ask_about_article(
    id: str,
    head: Head,
    body: Body,
    record: Record,
    title: str,
    guesses: Sequence[str],
    doubts: Sequence[Item],
) -> Iterator[Question]:
    """Yield the questions one article leaves open."""
    if not title or title in guesses:
        yield _ask_title(id, title, guesses)
    if head.guessed and title:
        yield _ask_head(id, head, title)
    yield from _ask_facts(id, record)
    yield from _ask_text(id, body)
    for item in body.scenes:
        yield _ask_scene(id, item)
    scenes = [item.line for item in body.scenes]
    for item in (d for d in doubts if not any(d.line is line for line in scenes)):
        yield _ask_boundary(id, item)


def _ask_title(id: str, title: str, guesses: Sequence[str]) -> Question:
    message = _("No title stands above this text. What is its title?")
    choices = tuple(Choice(g, g) for g in guesses)
    return Question(
        f"{id}-title", "title-missing", id, "title", message, choices, title or None, confidence=0.2
    )


def _ask_head(id: str, head: Head, title: str) -> Question:
    lines = sorted([*head.kicker, *head.title, *head.subtitle], key=lambda i: i.line.strand.pieces[0].start)
    texts = [widen(i.text.strip()) for i in lines]
    options = dict.fromkeys([title, *texts, " ".join(texts)])
    spans = tuple(s for i in lines for s in i.line.strand.spans)
    message = _(
        "Several lines stand above the text. Which of them is the title, and which kicker or subtitle?"
    )
    choices = tuple(Choice(t, t) for t in options)
    return Question(f"{id}-head", "title-lines", id, "title", message, choices, title, spans, 0.6)


def _ask_facts(id: str, record: Record) -> Iterator[Question]:
    dates = dict.fromkeys(d.iso for d in record.other_dates)
    if record.date and dates:
        values = [record.date.iso, *dates]
        message = _("The page gives several dates. Which is the date of publication?")
        choices = tuple(Choice(v, v) for v in values)
        yield Question(
            f"{id}-date", "dates-differ", id, "publish_date", message, choices, values[0], confidence=0.6
        )
    sources = dict.fromkeys(record.other_sources)
    if record.source and sources:
        names = [record.source, *sources]
        message = _("The page names several sources. Which one is right?")
        choices = tuple(Choice(v, v) for v in names)
        yield Question(
            f"{id}-source", "sources-differ", id, "source", message, choices, names[0], confidence=0.6
        )


def _ask_text(id: str, body: Body) -> Iterator[Question]:
    if body.jumps_from is not None:
        message = _("This text continues another page (%(jump)s). Is it an article of its own?")
        yield _entry_question(id, "continued-from", message % {"jump": re.sub(r"\s+", "", body.jumps_from)})
    elif body.jumps_to or body.unfinished:
        message = _("The text breaks off. Add its end from the other page, or accept it as it is.")
        yield _entry_question(id, "text-breaks-off", message)


def _entry_question(id: str, code: str, message: str) -> Question:
    choices = (Choice("accept", _("Accept as it is")), Choice("leave-out", _("Leave out")))
    return Question(f"{id}-{code}", code, id, "entry", message, choices, "accept", confidence=0.5)


def _ask_boundary(id: str, item: Item) -> Question:
    text = widen(item.text.strip())
    start = item.line.strand.pieces[0].start
    message = _("“%(text)s” was read as a heading. Does a new article begin here?") % {"text": text}
    choices = (Choice("heading", _("Heading of this article")), Choice("article", _("A new article")))
    return Question(
        f"{id}-boundary-{start}",
        "heading-or-article",
        id,
        f"block:b{start}",
        message,
        choices,
        "heading",
        item.line.strand.spans,
        0.6,
    )


def _ask_scene(id: str, item: Item) -> Question:
    text = widen(item.text.strip())
    start = item.line.strand.pieces[0].start
    message = _("“%(text)s” was read as the caption of a picture. Is it a heading?") % {"text": text}
    choices = (Choice("caption", _("Caption of a picture")), Choice("heading", _("Heading of this article")))
    return Question(
        f"{id}-scene-{start}",
        "caption-or-heading",
        id,
        f"block:b{start}",
        message,
        choices,
        "caption",
        item.line.strand.spans,
        0.7,
    )


def ask_about_printings(
    id: str | None, pairs: Sequence[tuple[str, tuple[Span, ...], str, tuple[Span, ...]]]
) -> Iterator[Question]:
    """Yield a question for every line whose two printings differ: (kept, its spans, dropped, its spans)."""
    for number, (kept, kept_spans, dropped, dropped_spans) in enumerate(pairs, 1):
        message = (
            _("The text is printed twice and the printings differ. Which wording is right?")
            if kept
            else _("The second printing has words the first lacks. Are they part of the text?")
        )
        choices = (
            Choice("kept", kept or _("Leave out"), kept_spans[0] if kept_spans else None),
            Choice("dropped", dropped, dropped_spans[0] if dropped_spans else None),
        )
        block = f"block:b{kept_spans[0].start}" if kept_spans else "entry"
        spans = kept_spans + dropped_spans
        yield Question(
            f"printing-{number}", "printings-differ", id, block, message, choices, "kept", spans, 0.6
        )
