"""A cleaned body as a row of blocks: paragraphs, headings, items, table rows, figures.

Reads the cleaner's own writing (balanced tags, attributes in double quotes). The words of a block are those
``richtext.plain_text`` gives: a note stands in its place, a cell begins with a tab, a forced line with a
newline; every character keeps its formatting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from articles.difference.runs import Marked
from articles.richtext import INLINE

__all__ = ["OBJECT", "Block", "blocks", "tokens"]

#: Stands for what has no words: a picture, an empty note.
OBJECT = "\ufffc"

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
SPACE = re.compile(r"[ \t\n\r\f]+")
#: One block from start to end, whatever stands inside.
WHOLE = {"tr", "figure"}
CELLS = {"td", "th"}
#: What a reader takes in as a block even when it holds no words.
LEAVES = {"p", "h2", "h3", "h4", "li", "blockquote"}


@dataclass(frozen=True)
class Block:
    """``look`` is the way to it (``ol start=3>li``, ``p.sign``), ``shared`` the containers it shares with the
    block before – two lists in a row are not one list."""

    tag: str
    look: str
    words: Marked
    shared: str = ""

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        return (self.look, self.words.text, self.words.marks)

    @property
    def kind(self) -> str:
        """Only blocks of one kind can turn into one another."""
        return self.tag if self.tag in {"tr", "figure", "table", "hr"} else "text"


@dataclass
class Open:
    """An element that stands open."""

    tag: str
    look: str
    number: int
    filled: int  # how many blocks there were when it began


@dataclass
class Draft:
    """The block being read."""

    tag: str
    look: str
    numbers: tuple[int, ...]
    chars: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    fresh_line: bool = False

    def add(self, char: str, mark: str) -> None:
        if char in "\n\t" and self.chars and self.chars[-1] == " ":
            self.chars.pop()
            self.marks.pop()
        self.chars.append(char)
        self.marks.append(mark)

    def say(self, words: str, mark: str) -> None:
        """Add running text, its white space as a browser shows it."""
        if self.fresh_line and words.strip(" "):
            self.fresh_line = False
            if self.chars and self.chars[-1] not in "\n\t":
                self.add("\n", "")
        if words[0] == " " and (not self.chars or self.chars[-1] in " \n\t"):
            words = words[1:]
        self.chars.extend(words)
        self.marks.extend([mark] * len(words))


def tokens(html: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Tags and the text between them, as they are written."""
    place = 0
    for tag in TAG.finditer(html):
        if tag.start() > place:
            yield html[place : tag.start()], None
        yield tag[0], tag
        place = tag.end()
    if place < len(html):
        yield html[place:], None


def blocks(html: str) -> tuple[Block, ...]:
    """The blocks of a cleaned body in order; an empty body has none."""
    reader = BlockReader()
    for written, tag in tokens(html):
        if tag is None:
            reader.text(SPACE.sub(" ", unescape(written)))
        elif tag[1]:
            reader.end(tag[2])
        else:
            reader.start(tag[2], dict(ATTRIBUTE.findall(tag[3])))
    reader.flush()
    return tuple(reader.found)


def look_of(tag: str, attributes: dict[str, str]) -> str:
    """``p.sign``, ``ol start=3``: the tag with all that changes how it looks."""
    classes = "".join(f".{name}" for name in attributes.get("class", "").split())
    rest = "".join(f" {k}={unescape(v)}" for k, v in sorted(attributes.items()) if k != "class")
    return tag + classes + rest


class BlockReader:
    """Walks the tags with a stack of blocks and one of inline formatting."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.stack: list[Open] = []
        self.inline: list[tuple[str, str]] = []  # tag, mark
        self.draft: Draft | None = None
        self.whole = 0  # depth of the row or figure we are in
        self.number = 0
        self.last_numbers: tuple[int, ...] = ()
        self.note_end = -1  # characters in the draft when the last note ended

    # -- tokens

    def text(self, words: str) -> None:
        if self.draft is None:
            if not words.strip(" "):
                return
            self.begin()
        assert self.draft is not None
        self.draft.say(words, self.mark())

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self.sign("\n")
        elif tag == "img":
            self.sign(OBJECT, "img:" + look_of("", attributes).strip())
        elif tag == "hr":
            self.flush()
            self.stack.append(Open("hr", "hr", 0, 0))
            self.begin()
            self.flush()
            self.stack.pop()
        elif tag in INLINE:
            self.open_inline(tag, attributes)
        elif self.whole:
            self.open_inside(tag, attributes)
        elif tag not in {"col", "caption"}:
            self.open_block(tag, attributes)

    def end(self, tag: str) -> None:
        if tag in INLINE:
            self.close_inline(tag)
        elif self.stack and self.stack[-1].tag == tag:
            self.close_block()
        elif self.whole:
            self.close_inside(tag)
        elif tag == "caption":
            self.flush()

    # -- blocks

    def open_block(self, tag: str, attributes: dict[str, str]) -> None:
        self.flush()
        self.number += 1
        self.stack.append(Open(tag, look_of(tag, attributes), self.number, len(self.found)))
        if tag in WHOLE:
            self.whole = len(self.stack)
        if tag in WHOLE or tag == "table":
            self.begin()

    def close_block(self) -> None:
        self.flush()
        closed = self.stack[-1]
        if closed.tag in LEAVES and closed.filled == len(self.found):
            self.begin()
            self.flush()
        self.stack.pop()
        self.whole = 0 if len(self.stack) < self.whole else self.whole

    def open_inside(self, tag: str, attributes: dict[str, str]) -> None:
        """A cell, a caption, a paragraph in a cell: no blocks of their own."""
        if tag in CELLS:
            self.sign("\t", look_of(tag, attributes))
        if self.draft:
            self.draft.fresh_line = tag not in CELLS
        look = look_of(tag, attributes)
        self.inline.append((tag, look if tag not in CELLS and look != tag else ""))

    def close_inside(self, tag: str) -> None:
        self.close_inline(tag)
        if self.draft and tag not in CELLS:
            self.draft.fresh_line = True

    def begin(self) -> None:
        tag = self.stack[-1].tag if self.stack else "p"
        if tag == "p" and len(self.stack) > 1 and self.stack[-2].tag in {"blockquote", "li"}:
            tag = self.stack[-2].tag
        self.draft = Draft(tag, self.look(), tuple(opened.number for opened in self.stack))
        self.note_end = -1

    def look(self) -> str:
        """What stands open from the outside in; a table's own look is told once, on the table."""
        way = [
            opened.tag if opened.tag == "table" and opened is not self.stack[-1] else opened.look
            for opened in self.stack
            if opened.tag != "tbody"
        ]
        return ">".join(way) or "text"

    def flush(self) -> None:
        if self.draft is None:
            return
        draft, self.draft = self.draft, None
        while draft.chars and draft.chars[-1] == " ":
            draft.chars.pop()
            draft.marks.pop()
        kept = 0
        while kept < min(len(draft.numbers), len(self.last_numbers)) and (
            draft.numbers[kept] == self.last_numbers[kept]
        ):
            kept += 1
        shared = ">".join(opened.tag for opened in self.stack[:kept])
        words = Marked("".join(draft.chars), tuple(draft.marks))
        self.found.append(Block(draft.tag, draft.look, words, shared))
        self.last_numbers = draft.numbers

    # -- inline

    def mark(self) -> str:
        return " ".join(mark for _, mark in self.inline if mark)

    def sign(self, char: str, mark: str = "") -> None:
        if self.draft is None:
            self.begin()
        assert self.draft is not None
        if self.draft.fresh_line and char != "\t":
            self.draft.say(char, " ".join(filter(None, (self.mark(), mark))))
            return
        self.draft.add(char, " ".join(filter(None, (self.mark(), mark))))

    def open_inline(self, tag: str, attributes: dict[str, str]) -> None:
        mark = tag
        if tag == "a":
            mark = f"a:{unescape(attributes.get('href', ''))}"
        elif tag == "sup" and "footnote" in attributes.get("class", "").split():
            mark = "footnote"
            if self.draft and len(self.draft.chars) == self.note_end:
                mark = "footnote:next"  # two notes side by side are not one
            self.note_begin = len(self.draft.chars) if self.draft else 0
        self.inline.append((tag, mark))

    def close_inline(self, tag: str) -> None:
        for place in range(len(self.inline) - 1, -1, -1):
            if self.inline[place][0] != tag:
                continue
            mark = self.inline[place][1]
            if mark.startswith("footnote"):
                self.close_note(mark)
            del self.inline[place:]
            return

    def close_note(self, mark: str) -> None:
        if self.draft is None or len(self.draft.chars) == self.note_begin:
            self.sign(OBJECT)
        assert self.draft is not None
        self.note_end = len(self.draft.chars) if mark == "footnote" else -1
