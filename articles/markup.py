"""Brings any mark-up into a plain, balanced form before the cleaner parses it the way a browser would.

Why a step before the cleaner: a browser's parser *repairs*, and repairing is where small texts grow
without bound (a bold left open in one paragraph is opened again in each that follows: 33 KB became 8 MB)
and where a guard that reads tags otherwise than the parser is walked past. What leaves here has every tag
of the schema closed, nested at most ``MAX_DEPTH`` deep, with quoted attributes – so the parser has nothing
to repair. It is no security boundary: that is ``richtext.clean_html``, which allows and escapes.

``balanced()`` is linear in the length of its input.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

__all__ = ["MAX_ATTRIBUTES", "MAX_DEPTH", "balanced"]

MAX_DEPTH = 100
MAX_ATTRIBUTES = 50
#: Tags, end tags, comments and stray brackets; ten times what a long article with tables has.
MAX_MARKS = 40_000

#: Elements whose content is not text of the article; the first two hold anything up to their end tag.
SWALLOWED = ("script", "style", "template", "noscript", "iframe", "object", "title", "head", "xml")
VOID = {"br", "img", "hr", "col"}
#: Blocks of other schemas: their words stand in paragraphs of their own.
PARTING = {"div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "center"}
PARTING |= {"pre", "dl", "dt", "dd", "form", "fieldset", "body", "html", "details", "summary", "option"}
RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "strike": "s", "del": "s", "ins": "u"}

HEADINGS = {"h2", "h3", "h4"}
BLOCKS = {"p", "blockquote", "ul", "ol", "li", "figure", "figcaption", "table", "hr"} | HEADINGS
#: Where paragraphs may stand.
CONTAINERS = {"blockquote", "li", "td", "th"}
ROWS = {"thead", "tbody", "tfoot"}
#: Part of a table → where it stands in the nearest table; what is open above that ends first.
HOMES: dict[str, Set[str]] = {
    **{cell: {"tr", "table"} | ROWS for cell in ("td", "th")},
    "tr": {"table"} | ROWS,
    **{part: {"table"} for part in (*ROWS, "caption", "colgroup")},
    "col": {"table", "colgroup"},
}
#: Where only parts of a table may stand.
TABLE_FRAME = ROWS | {"table", "tr", "colgroup"}
#: Whatever starts or ends inside one of these leaves what is outside alone.
WALLS = {"td", "th", "caption", "table"}
#: Start tag → what it ends inside the nearest wall, and further walls of its own.
ENDS: dict[str, tuple[Set[str], Set[str]]] = {
    **{block: ({"p"} | HEADINGS, set()) for block in BLOCKS},
    "li": ({"p", "li"} | HEADINGS, {"ul", "ol"}),
    "a": ({"a"}, BLOCKS),
    "rt": ({"rt", "rp"}, {"ruby"}),
    "rp": ({"rt", "rp"}, {"ruby"}),
}

QUOTE = '"'
LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
# As the HTML standard reads it: a name may hold quotation marks; only behind "=" do they enclose a value.
ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|(?!["'])([^\s>]++)|(?=>)))?+"""
)
TAG_END = re.compile(r"[\s/]*+>")
LOOSE_TAG = re.compile(r"<[^<>]*+>?")
COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)


def balanced(html: str, tags: Set[str], attributes: Mapping[str, Set[str]]) -> str:
    """``html`` with the tags of the schema only, balanced; other tags are dropped, their text is kept.

    Raises ``ValidationError`` where it is nested deeper than ``MAX_DEPTH``, a tag carries more than
    ``MAX_ATTRIBUTES`` or there are more than ``MAX_MARKS`` of them: no editor writes such a text.
    """
    return Balancer(html, tags, attributes).run()


class Balancer:
    """One pass from left to right with a stack of what stands open."""

    def __init__(self, html: str, tags: Set[str], attributes: Mapping[str, Set[str]]) -> None:
        self.html = html
        self.folded = html.translate(LOWER)  # unlike lower(), never another length
        self.tags = tags
        self.attributes = attributes
        self.parts: list[str] = []
        self.stack: list[str] = []
        self.unclosed: set[str] = set()  # swallowed elements without an end tag from here on
        self.marks = 0
        self.parted = False  # the next words begin a paragraph of their own

    def run(self) -> str:
        position, length = 0, len(self.html)
        while position < length:
            start = self.html.find("<", position)
            if start < 0:
                start = length
            if start > position:
                self.text(self.html[position:start])
            position = self.mark_up(start) if start < length else length
        self.close(0)
        return "".join(self.parts)

    def mark_up(self, start: int) -> int:
        """Read what begins with ``<``; returns where it ends."""
        html = self.html
        self.marks += 1
        if self.marks > MAX_MARKS:
            raise ValidationError(
                _("This text carries more than twenty thousand tags. Split it, or paste it as plain text.")
            )
        if tag := TAG.match(html, start):
            found, end = self.read_attributes(tag.end())
            if end < 0:
                return self.give_up(start)
            if tag[1]:
                self.end_tag(tag[2].translate(LOWER))
                return end
            return self.start_tag(tag[2].translate(LOWER), found, end)
        if html.startswith("<!--", start):
            comment = COMMENT.match(html, start)
            return comment.end() if comment else self.give_up(start)
        if html.startswith(("<!", "<?", "</"), start):
            end = html.find(">", start)
            return end + 1 if end >= 0 else self.give_up(start)
        self.text("&lt;")
        return start + 1

    def give_up(self, start: int) -> int:
        """A tag or comment that never ends: a browser drops all that follows, we keep its words."""
        self.text(LOOSE_TAG.sub(" ", self.html[start:]))
        return len(self.html)

    def read_attributes(self, position: int) -> tuple[dict[str, str], int]:
        """The attributes from ``position`` on and the place behind ``>``, or -1 when the tag never ends."""
        found: dict[str, str] = {}
        count = 0
        while not (end := TAG_END.match(self.html, position)):
            attribute = ATTRIBUTE.match(self.html, position)
            if attribute is None:
                return found, -1
            count += 1
            if count > MAX_ATTRIBUTES:
                raise ValidationError(
                    _("A tag in this text carries more than fifty attributes. Paste it as plain text.")
                )
            value = attribute[2] or attribute[3] or attribute[4] or ""
            found.setdefault(attribute[1].translate(LOWER), value)
            position = attribute.end()
        return found, end.end()

    def start_tag(self, name: str, found: Mapping[str, str], end: int) -> int:
        """Open an element; returns where reading goes on."""
        name = RENAMED.get(name, name)
        if name in SWALLOWED:
            closing = -1 if name in self.unclosed else self.folded.find(f"</{name}", end)
            if closing < 0:
                self.unclosed.add(name)
                return len(self.html) if name in SWALLOWED[:2] else end
            return closing
        if name in PARTING:
            self.part()
        elif name in self.tags and self.make_room(name):
            self.open(name, found)
        return end

    def end_tag(self, name: str) -> None:
        name = RENAMED.get(name, name)
        if name in PARTING:
            self.part()
        elif name == "br" and self.make_room("br"):
            self.open("br", {})
        elif name == "table":
            self.end_nearest(name, set())
        else:
            self.end_nearest(name, {"table"} if name in HOMES else WALLS | ENDS.get(name, ((), set()))[1])

    def part(self) -> None:
        """A block of another schema begins or ends: so does a paragraph, unless a heading has just begun."""
        if self.heading_has_begun():
            return
        self.end_outermost({"p"} | HEADINGS, WALLS)
        self.parted = not self.stack or self.stack[-1] in CONTAINERS

    def heading_has_begun(self) -> bool:
        """``<h2><p>title</p></h2>``: the paragraph inside adds nothing."""
        return bool(self.stack) and self.stack[-1] in HEADINGS and self.parts[-1].startswith("<h")

    def make_room(self, name: str) -> bool:
        """End what cannot contain ``name``; ``False`` when it has no place here."""
        if name in HOMES:
            return self.make_room_in_table(HOMES[name])
        if self.stack and self.stack[-1] in TABLE_FRAME:
            return False  # a browser moves it out in front of the table: we keep its words
        if name == "p" and self.heading_has_begun():
            return False
        if name in ENDS:
            ended, walls = ENDS[name]
            self.end_outermost(ended, WALLS | walls)
        if name in BLOCKS:
            self.parted = False
        else:
            self.begin_paragraph()
        return True

    def make_room_in_table(self, homes: Set[str]) -> bool:
        if "table" not in self.stack:
            return False
        table = len(self.stack) - 1 - self.stack[::-1].index("table")
        home = max(i for i in range(table, len(self.stack)) if i == table or self.stack[i] in homes)
        self.close(home + 1)
        self.parted = False
        return True

    def begin_paragraph(self) -> None:
        if self.parted and (not self.stack or self.stack[-1] in CONTAINERS):
            self.open("p", {})
        self.parted = False

    def open(self, name: str, found: Mapping[str, str]) -> None:
        allowed = self.attributes.get(name, set())
        kept = "".join(f' {k}="{v.replace(QUOTE, "&quot;")}"' for k, v in found.items() if k in allowed)
        self.parts.append(f"<{name}{kept}>")
        if name in VOID:
            return
        self.stack.append(name)
        if len(self.stack) > MAX_DEPTH:
            raise ValidationError(
                _("This text is nested more than a hundred levels deep. Paste it as plain text.")
            )

    def end_nearest(self, name: str, walls: Set[str]) -> None:
        for level in range(len(self.stack) - 1, -1, -1):
            if self.stack[level] == name:
                return self.close(level)
            if self.stack[level] in walls:
                return None
        return None

    def end_outermost(self, names: Set[str], walls: Set[str]) -> None:
        """End the outermost element of ``names`` that stands open inside the nearest wall."""
        found = len(self.stack)
        for level in range(len(self.stack) - 1, -1, -1):
            if self.stack[level] in names:
                found = level
            elif self.stack[level] in walls:
                break
        self.close(found)

    def close(self, level: int) -> None:
        """Write the end tags of everything that stands open from ``level`` on."""
        self.parts.extend(f"</{name}>" for name in reversed(self.stack[level:]))
        del self.stack[level:]

    def text(self, words: str) -> None:
        if self.parted and words.strip():
            self.begin_paragraph()
        self.parts.append(words)
