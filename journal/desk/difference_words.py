"""Formatting in the office's words: the looks and marks of ``articles.difference``."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from articles.richtext import MEDIA_IMAGE

__all__ = ["alternative_of", "classes_of", "look_words", "mark_words", "picture_of", "tag_words"]

ALTERNATIVE = re.compile(r"img:(?:alt=(.*?)(?: height=| src=| width=|$))?")
KNOWN_CLASSES = {
    "a",
    "b",
    "em",
    "footnote",
    "i",
    "rp",
    "rt",
    "ruby",
    "s",
    "strong",
    "sub",
    "sup",
    "td",
    "th",
    "u",
}


def tag_words(tag: str) -> str:
    """The name of a kind of block."""
    names = {
        "p": _("paragraph"),
        "h2": _("heading"),
        "h3": _("subheading"),
        "h4": _("third heading"),
        "li": _("list item"),
        "blockquote": _("block quotation"),
        "table": _("table"),
        "tr": _("table row"),
        "figure": _("picture"),
        "hr": _("dividing line"),
    }
    return names.get(tag, _("loose text"))


def look_words(look: str) -> str:
    """``ul>li`` as “list item, in a bulleted list”: enough to see what a block was and what it is."""
    way, _in, shared = look.partition(" in ")
    steps = way.split(">")
    told = [tag_words(re.split(r"[. ]", steps[-1])[0])]
    told += [class_words(name) for name in re.findall(r"\.([a-z-]+)", steps[-1].split(" ")[0])]
    told += [style_words(step) for step in steps if " " in step]
    told += [container_words(step) for step in steps[:-1]]
    if _in:
        told.append(_("goes on what stands before") if shared else _("begins anew"))
    return _(", ").join(filter(None, told))


def class_words(name: str) -> str:
    names = {
        "no-indent": _("without indent"),
        "sign": _("signature line"),
        "wide": _("wide"),
        "half": _("half width"),
    }
    return names.get(name, name)


def container_words(step: str) -> str:
    names = {
        "ul": _("in a bulleted list"),
        "ol": _("in a numbered list"),
        "blockquote": _("in a quotation"),
        "thead": _("in the table's head"),
        "tfoot": _("in the table's foot"),
        "td": _("in a table"),
        "th": _("in a table"),
    }
    return names.get(re.split(r"[. ]", step)[0], "")


def style_words(step: str) -> str:
    """``ol start=3``, ``p style=text-align:center``: alignment in words, any other as it is written."""
    known = {
        "text-align:center": _("centred"),
        "text-align:right": _("to the right"),
        "text-align:end": _("to the right"),
        "text-align:left": _("to the left"),
        "text-align:start": _("to the left"),
        "text-align:justify": _("justified"),
    }
    attributes = step.split(" ", 1)[1].removeprefix("style=")
    if match := re.fullmatch(r"start=(\d+)", attributes):
        return _("numbers from %(number)s") % {"number": match[1]}
    return _(", ").join(known.get(part, part) for part in attributes.split(";"))


def mark_words(mark: str) -> str:
    """``strong a:https://…`` as “bold, link to https://…”."""
    names = {
        "strong": _("bold"),
        "b": _("bold (b)"),
        "em": _("emphasised"),
        "i": _("italic"),
        "u": _("underlined"),
        "s": _("struck through"),
        "sub": _("subscript"),
        "sup": _("superscript"),
        "footnote": _("note"),
        "footnote:next": _("next note"),
        "ruby": _("with reading"),
        "rt": _("reading"),
        "td": _("cell"),
        "th": _("head cell"),
    }
    told = [
        _("link to %(address)s") % {"address": word[2:]} if word.startswith("a:") else names.get(word, word)
        for word in mark.split(" ")
        if word
    ]
    return _(", ").join(told) or _("plain")


def classes_of(mark: str) -> str:
    """CSS classes for a run's formatting: ``m-strong m-a``."""
    names = {word.split(":")[0] for word in mark.split(" ")} & KNOWN_CLASSES
    return " ".join(sorted(f"m-{name}" for name in names))


def picture_of(mark: str) -> str:
    """The address of a picture that stands in the text; only ever one of our own."""
    found = MEDIA_IMAGE.search(mark) if "img:" in mark else None
    return found[0] if found else ""


def alternative_of(mark: str) -> str:
    found = ALTERNATIVE.search(mark)
    return (found[1] or "") if found else ""
