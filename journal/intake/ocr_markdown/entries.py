"""What the contents page promises: sections, titles, authors, pages – whatever the layout.

Every group of words that belongs to one page number is cut into *before · title · after* in the
way that the body confirms best (the title is found there) and that leaves the least unexplained:
what stands before is a section, what stands after is authors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from .bylines import parse_byline
from .columns import read_columns
from .contents import Region, Token, is_contents_heading, tokenize
from .cuts import best_cut, join_title
from .groups import group_after, group_before, in_blocks, marks_mean_something, pages_first
from .identity import is_issue_line
from .lines import Line, width
from .listing import partition
from .shelf import Shelf, is_prose
from .weave import undo_columns
from .wording import key
from .words import FENCED, Group, Word, clean_section, is_residue, is_slogan, pieces, text_of, without_residue

__all__ = ["Contents", "Entry", "read_contents"]


@dataclass(slots=True)
class Entry:
    """One promise: a title as printed (lines joined), its authors' words, page and section."""

    title: str
    raw: str
    page: int | None = None
    last_page: int | None = None
    author: str | None = None
    section: str | None = None
    lines: list[int] = field(default_factory=list)
    residue: str | None = None


@dataclass(slots=True)
class Contents:
    entries: list[Entry] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    slogans: list[str] = field(default_factory=list)
    residue: list[int] = field(default_factory=list)


def read_contents(lines: list[Line], regions: list[Region], taken: set[int], shelf: Shelf) -> Contents:
    """Read all parts of the contents page in order."""
    contents = Contents()
    state = _Reader(lines, shelf, contents)
    for region in regions:
        members = [i for i in region.members if i not in taken and not _heading(lines[i].text)]
        state.read(members)
    _close(contents)
    return contents


def _heading(text: str) -> bool:
    return is_contents_heading(text) or is_issue_line(text)


def _close(contents: Contents) -> None:
    """Drop promises made twice (a list of highlights) and sections that promise nothing."""
    kept: list[Entry] = []
    for entry in _in_chinese(contents.entries):
        twin = next((e for e in kept if key(e.title) == key(entry.title)), None)
        if twin is None:
            kept.append(entry)
            continue
        twin.page = twin.page or entry.page
        twin.author = twin.author or entry.author
        twin.section = twin.section or entry.section
        twin.lines += entry.lines
    if sum(e.page is not None for e in kept) >= len(kept) / 2 and _out_of_order(kept):
        kept.sort(key=lambda e: e.page or 10_000)
    contents.entries = kept
    contents.sections = list(dict.fromkeys(e.section for e in kept if e.section))


def _in_chinese(entries: list[Entry]) -> list[Entry]:
    """Leave out the English contents page of a Chinese journal."""
    chinese = [e for e in entries if re.search("[\u4e00-\u9fff]", e.title)]
    return chinese if len(chinese) >= 0.4 * len(entries) else entries


def _out_of_order(entries: list[Entry]) -> bool:
    pages = [e.page for e in entries if e.page is not None]
    falls = sum(b < a for a, b in pairwise(pages))
    return falls > 0


class _Reader:
    """Goes through the lines of the contents page and remembers the section it is in."""

    def __init__(self, lines: list[Line], shelf: Shelf, contents: Contents) -> None:
        self.lines, self.shelf, self.contents = lines, shelf, contents
        self.section: str | None = None
        self.marks_mean = True

    def read(self, members: list[int]) -> None:
        rows = [(i, tokenize(self.lines[i])) for i in members]
        self.marks_mean = marks_mean_something(self.lines, rows)
        self.sections_marked = self.sections_marked or self._count_marked(rows) >= 2
        if self._tabular(members):
            return
        for column in undo_columns(self.lines, rows):
            self._column(column)

    def _tabular(self, members: list[int]) -> bool:
        """A contents page set as a table with columns of its own."""
        lines = [i for i in members if self.lines[i].table and len(self.lines[i].cells) >= 2]
        if len(lines) < 2 or len(lines) < 0.6 * len(members):
            return False
        found = read_columns([self.lines[i].cell_texts() for i in lines])
        if not found:
            return False
        for row in found:
            self.section = clean_section(row.section) or self.section
            if not row.title:
                continue
            if row.page is None and not row.author and not row.section and self.shelf.best(row.title) < 0.6:
                self.section = clean_section(row.title)
                continue
            words = self.words(lines[row.number], [Token("text", row.title, 0, 0)])
            before, title, after = best_cut(words, self.shelf) if not row.author else ([], words, [])
            author = [*after, Word(row.author, lines[row.number], "field")] if row.author else after
            self._enter(before, title, author, row.page, row.last)
        return True

    def _count_marked(self, rows: list[tuple[int, list[Token]]]) -> int:
        """Marked lines without a page: sections, in all likelihood."""
        bare = [i for i, tokens in rows if all(t.kind == "text" for t in tokens)]
        return sum(
            (self.marks_mean and self.lines[i].marked) or bool(FENCED.match(self.lines[i].text)) for i in bare
        )

    def _column(self, rows: list[tuple[int, list[Token]]]) -> None:
        pages = [t for _, tokens in rows for t in tokens if t.kind == "page"]
        if not pages:
            self._listed(rows, [])
        elif in_blocks(rows):
            self._listed([(i, [t for t in ts if t.kind != "page"]) for i, ts in rows], pages)
        elif pages_first(rows):
            groups, self.opening = group_after(self.words, rows)
            if groups and self.opening:
                last = self.opening[-1].line
                self.section = clean_section(text_of([w for w in self.opening if w.line == last]))
            self._groups(groups, leading=True)
        else:
            self._groups(group_before(self.words, self.shelf, rows), leading=False)

    def words(self, index: int, tokens: list[Token]) -> list[Word]:
        """The words among some tokens of one line, split as finely as a title may be."""
        line = self.lines[index]
        marked = (self.marks_mean and line.marked) or bool(FENCED.match(line.text))
        found: list[Word] = []
        behind = False
        for token in tokens:
            if token.kind == "leader":
                behind = bool(found) or behind or tokens[0] is token
            elif token.kind == "text":
                divide = "field" if found else "line"
                for text, by, glue in pieces(token.text):
                    found.append(Word(text, index, divide or by, behind, marked, " " if divide else glue))
                    divide = ""
        return found

    def _groups(self, groups: list[Group], leading: bool) -> None:
        self.inline = self._inline_means(groups)
        if leading:
            self._leading(groups)
            return
        for group in groups:
            words = self._take_sections(group.words)
            if words:
                self._enter(*best_cut(words, self.shelf), group.page, group.last)

    def _leading(self, groups: list[Group]) -> None:
        """Pages stand before the titles: what follows a title may already belong to the next one."""
        shifted = self._authors_lead(groups)
        carried: list[Word] = self.opening if shifted else []
        for group in groups:
            words = self._take_sections(group.words)
            if not words:
                continue
            before, title, after = best_cut(words, self.shelf)
            if not shifted:
                self._enter(before, title, self._trailing_section(after), group.page, group.last)
                continue
            authors = [w for w in carried if w.line == carried[-1].line] if carried else []
            if section := [w for w in carried if w not in authors]:
                self.section = clean_section(text_of(section))
            self._enter(before, title, authors, group.page, group.last)
            carried = after

    opening: list[Word] = []

    def _authors_lead(self, groups: list[Group]) -> bool:
        """Whether the last words of a group are rather the authors of the next title than of this one."""
        titles = [best_cut(g.words, self.shelf) for g in groups if g.words]
        own = following = 0.0
        for number, (_before, title, after) in enumerate(titles):
            if after:
                last = text_of([w for w in after if w.line == after[-1].line])
                own += self.shelf.names_below(text_of(title), last)
                if number + 1 < len(titles):
                    following += self.shelf.names_below(text_of(titles[number + 1][1]), last)
        return following > own and following >= 2

    inline: str | None = None

    def _inline_means(self, groups: list[Group]) -> str | None:
        """What stands before the titles in their own lines on the whole: sections or authors."""
        found = []
        for group in groups:
            words = [w for w in group.words if w.line == group.words[-1].line]
            before, title, _after = best_cut(words, self.shelf) if words else ([], [], [])
            if before and title and title[0].divide in ("mark", "field", "bracket", "space", "colon"):
                found.append(parse_byline(text_of(before)) is not None)
        if len(found) < max(2, 0.4 * len(groups)):
            return None
        return "author" if sum(found) > 0.5 * len(found) else "section"

    def _is_aside(self, words: list[Word]) -> bool:
        """Where sections are marked, a bare short line of its own that the body does not know is a slogan."""
        text = text_of(words)
        return (
            self.sections_marked
            and not words[0].marked
            and width(text) <= 14
            and words[0].divide == "line"
            and parse_byline(text) is None
            and self.shelf.best(text) < 0.6
        )

    sections_marked = False

    def _take_sections(self, words: list[Word]) -> list[Word]:
        """Marked lines at the head of a group are sections or slogans, never the title alone."""
        while words:
            first = [w for w in words if w.line == words[0].line]
            text = text_of(first)
            rest = words[len(first) :]
            if is_residue(text):
                self.contents.residue.append(first[0].line)
            elif rest and is_prose(text) and text[-1] in "。…":
                pass  # a teaser of the entry above
            elif not rest:
                break
            elif is_slogan(text) and self.shelf.best(text) < 0.8:
                self.contents.slogans += text.split()
            elif (first[0].marked or self._plainly_section(text)) and self._names_section(text, rest):
                self.section = clean_section(text)
            elif self._is_aside(first) and _holds_title(rest) and self._names_section(text, rest):
                self.contents.slogans += text.split()
            else:
                break
            words = rest
        return words

    def _plainly_section(self, text: str) -> bool:
        return clean_section(text) in self.contents.sections

    def _names_section(self, text: str, rest: list[Word]) -> bool:
        """A marked line is a section unless the body has it as (part of) this very title."""
        joined = self.shelf.best(f"{text} {text_of(rest)}")
        return width(text) <= 20 and not (joined >= 0.8 and joined > self.shelf.best(text_of(rest)) + 0.1)

    def _trailing_section(self, after: list[Word]) -> list[Word]:
        """Where pages lead, the next section stands at the end of the group before it."""
        if not after:
            return after
        last = [w for w in after if w.line == after[-1].line]
        text = text_of(last)
        own_line = last[0].divide == "line"
        if own_line and width(text) <= 20 and (last[0].marked or not parse_byline(text)):
            self.pending = clean_section(text)
            return after[: len(after) - len(last)]
        return after

    pending: str | None = None

    def _enter(
        self, before: list[Word], title: list[Word], after: list[Word], page: int | None, last: int | None
    ) -> None:
        authors = list(after)
        if before:
            authors = self._before(before, signed=bool(after)) + authors
        raw = text_of(title)
        clean, residue = without_residue(raw)
        author = text_of(authors).strip(" /／|｜:：（()）") or None
        lines = sorted({w.line for w in (*before, *title, *after)})
        shown = join_title(title, self.lines, self.shelf) if not residue else clean
        self.contents.entries.append(Entry(shown, raw, page, last, author, self.section, lines, residue))
        if self.pending:
            self.section, self.pending = self.pending, None

    def _before(self, before: list[Word], signed: bool) -> list[Word]:
        """Words before the title: lines are sections, a name is the author; returns the authors' words.

        Where the authors stand behind the title already (``signed``), a line above it is a section,
        even if its name could be a person's.
        """
        authors: list[Word] = []
        for line in dict.fromkeys(w.line for w in before):
            words = [w for w in before if w.line == line]
            text = text_of(words)
            if is_residue(text):
                self.contents.residue.append(line)
            elif self._names_author(text, words, signed):
                authors += words
            elif is_slogan(text):
                self.contents.slogans += text.split()
            else:
                self.section = clean_section(text)
        return authors

    def _names_author(self, text: str, words: list[Word], signed: bool) -> bool:
        if self.inline == "section" or words[0].marked or (signed and words[0].divide == "line"):
            return False
        return parse_byline(text) is not None

    def _listed(self, rows: list[tuple[int, list[Token]]], pages: list[Token]) -> None:
        """Titles in one block, pages in another (or nowhere): the body tells which lines are one title."""
        words = [self.words(i, tokens) for i, tokens in rows]
        groups, sections = partition([w for w in words if w], self.shelf, len(pages))
        for number, (group, section) in enumerate(zip(groups, sections, strict=True)):
            if section is not None:
                self.section = section
            before, title, after = best_cut(group, self.shelf)
            page = pages[number] if number < len(pages) and len(groups) == len(pages) else None
            if page is None and number < len(pages) and len(groups) - len(pages) in (-1, 1):
                page = pages[number]
            self._enter(before, title, after, page.page if page else None, page.last if page else None)


def _holds_title(words: list[Word]) -> bool:
    """Whether anything but authors is left for a title."""
    front = [w for w in words if not w.behind]
    return bool(front) and parse_byline(text_of(front)) is None
