"""What the sender is told of things in the file that are no text, or that should be looked at."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

__all__ = ["not_taken", "remarks"]


def not_taken(seen: Counter[str]) -> list[str]:
    """What the file holds and the text does not, a sentence each."""
    said = (
        (
            "box",
            ngettext(
                "%(n)s text box: its words now stand behind the paragraph it hung on.",
                "%(n)s text boxes: their words now stand behind the paragraphs they hung on.",
                seen["box"],
            ),
        ),
        (
            "equation",
            ngettext(
                "%(n)s equation: only its plain signs were taken.",
                "%(n)s equations: only their plain signs were taken.",
                seen["equation"],
            ),
        ),
        (
            "vector",
            ngettext(
                "%(n)s drawing (EMF or WMF): save it as a picture and add it.",
                "%(n)s drawings (EMF or WMF): save them as pictures and add them.",
                seen["vector"],
            ),
        ),
        (
            "chart",
            ngettext(
                "%(n)s chart: save it as a picture and add it.",
                "%(n)s charts: save them as pictures and add them.",
                seen["chart"],
            ),
        ),
        (
            "object",
            ngettext(
                "%(n)s embedded object (a table or file inside the text).",
                "%(n)s embedded objects (tables or files inside the text).",
                seen["object"],
            ),
        ),
        (
            "linked",
            ngettext(
                "%(n)s picture that is only linked: insert the picture itself.",
                "%(n)s pictures that are only linked: insert the pictures themselves.",
                seen["linked"],
            ),
        ),
        ("page furniture", _("Words at the head or foot of the pages.")),
        (
            "comment",
            ngettext("%(n)s comment in the margin.", "%(n)s comments in the margin.", seen["comment"]),
        ),
        (
            "hidden",
            ngettext("%(n)s piece of hidden text.", "%(n)s pieces of hidden text.", seen["hidden"]),
        ),
        (
            "inserted file",
            ngettext(
                "%(n)s file inserted into the text.",
                "%(n)s files inserted into the text.",
                seen["inserted file"],
            ),
        ),
        (
            "unsafe link",
            ngettext(
                "%(n)s link that leads to no address of the web.",
                "%(n)s links that lead to no address of the web.",
                seen["unsafe link"],
            ),
        ),
        (
            "ruby",
            ngettext("%(n)s reading set above a word.", "%(n)s readings set above words.", seen["ruby"]),
        ),
    )
    return [words % {"n": seen[name]} for name, words in said if seen[name]]


def remarks(seen: Counter[str]) -> list[str]:
    """What was taken, but should be looked at."""
    said = (
        ("deleted", _("The file holds tracked changes; they were taken as accepted.")),
        ("inserted", _("The file holds tracked changes; they were taken as accepted.")),
        ("nested table", _("A table inside a table was taken as lines of its cell.")),
    )
    return list(dict.fromkeys(words for name, words in said if seen[name]))
