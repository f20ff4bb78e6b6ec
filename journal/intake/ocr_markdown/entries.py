"""What the contents page promises: sections, titles, authors, pages – whatever the layout.

Every group of words that belongs to one page number is cut into *before · title · after* in the
way that the body confirms best (the title is found there) and that leaves the least unexplained:
what stands before is a section, what stands after is authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..names import join_padded_name, looks_like_person, looks_like_unit
from .bylines import may_be_unit, parse_byline
from .columns import read_columns
from .contents import Region, Token, is_contents_heading, tokenize
from .identity import is_issue_line
from .lines import Line, width
from .shelf import Shelf, is_prose
from .wording import key

__all__ = ["Contents", "Entry", "is_residue", "read_contents"]

_RESIDUE = re.compile(
    r"窗体(?:顶端|底端)|返回首页|返回目录|返回顶部|上一[篇页条]|下一[篇页条]|打印本页|关闭窗口|分享到|扫一扫.{0,12}|点击查看.{0,8}|字体[:：]?\s*大?\s*中?\s*小?|加载更多|阅读全文|责编[:：]?$"
)
_FENCE = "▶►▸▷☞➤▌█■【】[]〖〗「」『』◆◇●○■□▲△★☆※◎▪•·＊*|｜—–-:： 　#<>〈〉《》/／"
_FENCED = re.compile(r"^[▶►▸▷☞➤▌█【\[〖「『◆◇●○■□▲△★☆※◎▪•＊|｜<〈]")
_SPLIT = re.compile(r"[ 　\t]+|[/／|｜]|[:：](?=\S)|(?=[（(【\[])|(?<=[)）】\]])")


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


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece of a group: its text, the line it stands on and what divides it from the piece before."""

    text: str
    line: int
    divide: str  # "line", "field", "space", "mark", "colon", "bracket", ""
    behind: bool = False  # between the leader and the page
    marked: bool = False
    glue: str = " "  # what was printed before it


@dataclass(slots=True)
class _Group:
    words: list[_Word] = field(default_factory=list)
    page: int | None = None
    last: int | None = None


def is_residue(text: str) -> bool:
    """Left-overs of word processors and web pages that nobody printed."""
    return bool(_RESIDUE.fullmatch(text.strip()))


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
    falls = sum(b < a for a, b in zip(pages, pages[1:], strict=False))
    return falls > 0


class _Reader:
    """Goes through the lines of the contents page and remembers the section it is in."""

    def __init__(self, lines: list[Line], shelf: Shelf, contents: Contents) -> None:
        self.lines, self.shelf, self.contents = lines, shelf, contents
        self.section: str | None = None
        self.marks_mean = True

    def read(self, members: list[int]) -> None:
        rows = [(i, tokenize(self.lines[i])) for i in members]
        self.marks_mean = _marks_mean_something(self.lines, rows)
        self.sections_marked = self.sections_marked or self._count_marked(rows) >= 2
        if self._tabular(members):
            return
        for column in _columns(self.lines, rows):
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
            before, title, after = _best_cut(words, self.shelf) if not row.author else ([], words, [])
            author = [*after, _Word(row.author, lines[row.number], "field")] if row.author else after
            self._enter(before, title, author, row.page, row.last)
        return True

    def _count_marked(self, rows: list[tuple[int, list[Token]]]) -> int:
        """Marked lines without a page: sections, in all likelihood."""
        bare = [i for i, tokens in rows if all(t.kind == "text" for t in tokens)]
        return sum(
            (self.marks_mean and self.lines[i].marked) or bool(_FENCED.match(self.lines[i].text))
            for i in bare
        )

    def _column(self, rows: list[tuple[int, list[Token]]]) -> None:
        pages = [t for _, tokens in rows for t in tokens if t.kind == "page"]
        if not pages:
            self._listed(rows, [])
        elif _in_blocks(rows):
            self._listed([(i, [t for t in ts if t.kind != "page"]) for i, ts in rows], pages)
        elif _pages_first(rows):
            self._groups(_group_after(self, rows), leading=True)
        else:
            self._groups(_group_before(self, rows), leading=False)

    def words(self, index: int, tokens: list[Token]) -> list[_Word]:
        """The words among some tokens of one line, split as finely as a title may be."""
        line = self.lines[index]
        marked = (self.marks_mean and line.marked) or bool(_FENCED.match(line.text))
        found: list[_Word] = []
        behind = False
        for token in tokens:
            if token.kind == "leader":
                behind = bool(found) or behind or tokens[0] is token
            elif token.kind == "text":
                divide = "field" if found else "line"
                for text, by, glue in _pieces(token.text):
                    found.append(_Word(text, index, divide or by, behind, marked, " " if divide else glue))
                    divide = ""
        return found

    def _groups(self, groups: list[_Group], leading: bool) -> None:
        self.inline = self._inline_means(groups)
        if leading:
            self._leading(groups)
            return
        for group in groups:
            words = self._take_sections(group.words)
            if words:
                self._enter(*_best_cut(words, self.shelf), group.page, group.last)

    def _leading(self, groups: list[_Group]) -> None:
        """Pages stand before the titles: what follows a title may already belong to the next one."""
        shifted = self._authors_lead(groups)
        carried: list[_Word] = self.opening if shifted else []
        for group in groups:
            words = self._take_sections(group.words)
            if not words:
                continue
            before, title, after = _best_cut(words, self.shelf)
            if not shifted:
                self._enter(before, title, self._trailing_section(after), group.page, group.last)
                continue
            authors = [w for w in carried if w.line == carried[-1].line] if carried else []
            if section := [w for w in carried if w not in authors]:
                self.section = clean_section(_text(section))
            self._enter(before, title, authors, group.page, group.last)
            carried = after

    opening: list[_Word] = []

    def _authors_lead(self, groups: list[_Group]) -> bool:
        """Whether the last words of a group are rather the authors of the next title than of this one."""
        titles = [_best_cut(g.words, self.shelf) for g in groups if g.words]
        own = following = 0.0
        for number, (_before, title, after) in enumerate(titles):
            if after:
                last = _text([w for w in after if w.line == after[-1].line])
                own += self.shelf.names_below(_text(title), last)
                if number + 1 < len(titles):
                    following += self.shelf.names_below(_text(titles[number + 1][1]), last)
        return following > own and following >= 2

    inline: str | None = None

    def _inline_means(self, groups: list[_Group]) -> str | None:
        """What stands before the titles in their own lines on the whole: sections or authors."""
        found = []
        for group in groups:
            words = [w for w in group.words if w.line == group.words[-1].line]
            before, title, _after = _best_cut(words, self.shelf) if words else ([], [], [])
            if before and title and title[0].divide in ("mark", "field", "bracket", "space", "colon"):
                found.append(parse_byline(_text(before)) is not None)
        if len(found) < max(2, 0.4 * len(groups)):
            return None
        return "author" if sum(found) > 0.5 * len(found) else "section"

    def _is_aside(self, words: list[_Word]) -> bool:
        """Where sections are marked, a bare short line of its own that the body does not know is a slogan."""
        text = _text(words)
        return (
            self.sections_marked
            and not words[0].marked
            and width(text) <= 14
            and words[0].divide == "line"
            and parse_byline(text) is None
            and self.shelf.best(text) < 0.6
        )

    sections_marked = False

    def _take_sections(self, words: list[_Word]) -> list[_Word]:
        """Marked lines at the head of a group are sections or slogans, never the title alone."""
        while words:
            first = [w for w in words if w.line == words[0].line]
            text = _text(first)
            rest = words[len(first) :]
            if is_residue(text):
                self.contents.residue.append(first[0].line)
            elif rest and is_prose(text) and text[-1] in "。…":
                pass  # a teaser of the entry above
            elif not rest:
                break
            elif _is_slogan(text) and self.shelf.best(text) < 0.8:
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

    def _names_section(self, text: str, rest: list[_Word]) -> bool:
        """A marked line is a section unless the body has it as (part of) this very title."""
        joined = self.shelf.best(f"{text} {_text(rest)}")
        return width(text) <= 20 and not (joined >= 0.8 and joined > self.shelf.best(_text(rest)) + 0.1)

    def _trailing_section(self, after: list[_Word]) -> list[_Word]:
        """Where pages lead, the next section stands at the end of the group before it."""
        if not after:
            return after
        last = [w for w in after if w.line == after[-1].line]
        text = _text(last)
        own_line = last[0].divide == "line"
        if own_line and width(text) <= 20 and (last[0].marked or not parse_byline(text)):
            self.pending = clean_section(text)
            return after[: len(after) - len(last)]
        return after

    pending: str | None = None

    def _enter(
        self, before: list[_Word], title: list[_Word], after: list[_Word], page: int | None, last: int | None
    ) -> None:
        authors = list(after)
        if before:
            rest = self._before(before)
            authors = rest + authors
        raw = _text(title)
        clean, residue = _without_residue(raw)
        author = _text(authors).strip(" /／|｜:：（()）") or None
        lines = sorted({w.line for w in (*before, *title, *after)})
        shown = _join_title(title, self.lines, self.shelf) if not residue else clean
        self.contents.entries.append(Entry(shown, raw, page, last, author, self.section, lines, residue))
        if self.pending:
            self.section, self.pending = self.pending, None

    def _before(self, before: list[_Word]) -> list[_Word]:
        """Words before the title: lines are sections, a name is the author; returns the authors' words."""
        authors: list[_Word] = []
        for line in dict.fromkeys(w.line for w in before):
            words = [w for w in before if w.line == line]
            text = _text(words)
            if is_residue(text):
                self.contents.residue.append(line)
            elif self.inline != "section" and parse_byline(text) and not words[0].marked:
                authors += words
            elif _is_slogan(text):
                self.contents.slogans += text.split()
            else:
                self.section = clean_section(text)
        return authors

    def _listed(self, rows: list[tuple[int, list[Token]]], pages: list[Token]) -> None:
        """Titles in one block, pages in another (or nowhere): the body tells which lines are one title."""
        words = [self.words(i, tokens) for i, tokens in rows]
        groups, sections = _partition([w for w in words if w], self.shelf, len(pages))
        for number, (group, section) in enumerate(zip(groups, sections, strict=True)):
            if section is not None:
                self.section = section
            before, title, after = _best_cut(group, self.shelf)
            page = pages[number] if number < len(pages) and len(groups) == len(pages) else None
            if page is None and number < len(pages) and len(groups) - len(pages) in (-1, 1):
                page = pages[number]
            self._enter(before, title, after, page.page if page else None, page.last if page else None)


def _holds_title(words: list[_Word]) -> bool:
    """Whether anything but authors is left for a title."""
    front = [w for w in words if not w.behind]
    return bool(front) and parse_byline(_text(front)) is None


def clean_section(text: str) -> str:
    """``【卷 首 语】`` → ``卷首语``."""
    bare = text.strip(_FENCE)
    pieces = bare.split()
    if len(pieces) > 1 and all(len(p) == 1 for p in pieces):
        return "".join(pieces)
    return " ".join(pieces)


def _is_slogan(text: str) -> bool:
    """Parallel phrases of equal length on one line; a section's name is a single phrase."""
    phrases = text.split()
    lengths = {len(p) for p in phrases}
    if len(phrases) < 2 or len(lengths) != 1 or not 4 <= len(phrases[0]) <= 12:
        return False
    return not any(looks_like_person(p) or looks_like_unit(p) for p in phrases)


def _without_residue(raw: str) -> tuple[str, str | None]:
    match = _RESIDUE.match(raw.strip())
    if match and match.end() < len(raw.strip()) and len(raw) - match.end() >= 4:
        return raw.strip()[match.end() :].strip(), match.group()
    return raw, None


def _marks_mean_something(lines: list[Line], rows: list[tuple[int, list[Token]]]) -> bool:
    """Mark-up shows sections only while the entries themselves are not marked as well."""
    paged = [lines[i].marked for i, tokens in rows if any(t.kind == "page" for t in tokens)]
    return not paged or sum(paged) <= 0.4 * len(paged)


def _pieces(text: str) -> list[tuple[str, str, str]]:
    """``(piece, kind of divider before it, the divider as printed)``."""
    found: list[tuple[str, str, str]] = []
    last, glue = 0, ""
    for match in _SPLIT.finditer(text):
        if piece := text[last : match.start()]:
            found.append((piece, _divider(glue) if found else "", glue))
            glue = ""
        glue += match.group()
        last = match.end()
    if text[last:]:
        found.append((text[last:], _divider(glue) if found else "", glue))
    return found[:24]


def _divider(glue: str) -> str:
    bare = glue.strip(" 　\t")
    if bare:
        return "colon" if bare in ":：" else "mark"
    return "space" if glue else "bracket"


def _text(words: list[_Word]) -> str:
    """The words as printed; lines and fields are joined with a blank."""
    return "".join((word.glue if number else "") + word.text for number, word in enumerate(words))


def _columns(lines: list[Line], rows: list[tuple[int, list[Token]]]) -> list[list[tuple[int, list[Token]]]]:
    """Undo a contents page set in two columns and read across."""
    double = [tokens for _, tokens in rows if _two_entries(tokens)]
    if len(double) >= max(2, 0.25 * len(rows)):
        return _halves(lines, rows)
    pages = [t.page for _, tokens in rows for t in tokens if t.kind == "page" and t.page is not None]
    border = _border(pages)
    return _woven(rows, border) if border is not None else [rows]


def _border(pages: list[int]) -> int | None:
    """First page of the right column when two rising series are woven into each other."""
    falls = sum(b < a for a, b in zip(pages, pages[1:], strict=False))
    if len(pages) < 5 or falls < 2 or falls < 0.2 * len(pages):
        return None
    for border in sorted(set(pages))[1:]:
        left, right = [p for p in pages if p < border], [p for p in pages if p >= border]
        if min(len(left), len(right)) >= 2 and left == sorted(left) and right == sorted(right):
            return border
    return None


def _woven(rows: list[tuple[int, list[Token]]], border: int) -> list[list[tuple[int, list[Token]]]]:
    """Give every row its column: entries by their page, lines without one by the alternation of the weave."""
    sides = [_side(tokens, border) for _, tokens in rows]
    columns: list[list[tuple[int, list[Token]]]] = [[], []]
    for number, row in enumerate(rows):
        side = sides[number]
        if side is None:
            side = _by_turns(sides, number)
        columns[side].append(row)
    return columns


def _side(tokens: list[Token], border: int) -> int | None:
    page = next((t.page for t in tokens if t.kind == "page"), None)
    return None if page is None else int(page >= border)


def _by_turns(sides: list[int | None], number: int) -> int:
    """The side of a line without a page: alternately from the entry above, but never an exhausted side."""
    ahead = {s for s in sides[number + 1 :] if s is not None}
    if len(ahead) == 1:
        return ahead.pop()
    for above in range(number - 1, -1, -1):
        if (side := sides[above]) is not None:
            return (side + number - above) % 2
    for below in range(number + 1, len(sides)):
        if (side := sides[below]) is not None:
            return (side + below - number) % 2
    return 0


def _two_entries(tokens: list[Token]) -> bool:
    kinds = "".join(t.kind[0] for t in tokens if t.kind != "leader")
    return bool(re.search("t+pt+p|pt+pt+", kinds))


def _halves(lines: list[Line], rows: list[tuple[int, list[Token]]]) -> list[list[tuple[int, list[Token]]]]:
    left: list[tuple[int, list[Token]]] = []
    right: list[tuple[int, list[Token]]] = []
    first_right = min((t.page for _, ts in rows if _two_entries(ts) for t in ts[-1:] if t.page), default=None)
    for index, tokens in rows:
        cut = _half(tokens)
        if cut is None:
            side = right if _belongs_right(lines[index], tokens, first_right) else left
            side.append((index, tokens))
        else:
            left.append((index, tokens[:cut]))
            right.append((index, tokens[cut:]))
    return [left, right]


def _half(tokens: list[Token]) -> int | None:
    """Where the right column begins in a row of two."""
    pages = [n for n, t in enumerate(tokens) if t.kind == "page"]
    if len(pages) >= 2:
        return pages[0] + 1 if tokens[0].kind != "page" else pages[1]
    texts = [n for n, t in enumerate(tokens) if t.kind == "text"]
    if len(texts) >= 2 and not pages:
        return texts[1]
    return (
        pages[0] + 1
        if len(pages) == 1 and texts and texts[-1] > pages[0] and tokens[0].kind == "text"
        else None
    )


def _belongs_right(line: Line, tokens: list[Token], first_right: int | None) -> bool:
    page = next((t.page for t in tokens if t.kind == "page"), None)
    if page is not None and first_right is not None:
        return page >= first_right
    return line.indent >= 16


def _in_blocks(rows: list[tuple[int, list[Token]]]) -> bool:
    """Three pages or more in a row without words between them."""
    run = best = total = 0
    for _, tokens in rows:
        for token in tokens:
            if token.kind == "page":
                run, total = run + 1, total + 1
                best = max(best, run)
            elif token.kind == "text":
                run = 0
    return best >= 3 and best >= 0.4 * total


def _pages_first(rows: list[tuple[int, list[Token]]]) -> bool:
    """Whether pages stand before the titles: on most lines with both, the number comes first."""
    before = after = 0
    for _, tokens in rows:
        kinds = [t.kind for t in tokens if t.kind != "leader"]
        if "page" in kinds and "text" in kinds:
            before += kinds.index("page") < kinds.index("text")
            after += kinds.index("page") > kinds.index("text")
    if before or after:
        return before > after
    kinds = [t.kind for _, tokens in rows for t in tokens if t.kind != "leader"]
    return kinds[-1:] == ["text"]


def _group_before(reader: _Reader, rows: list[tuple[int, list[Token]]]) -> list[_Group]:
    """Words up to and including their page number."""
    groups, current = [], _Group()
    for index, tokens in rows:
        held: list[Token] = []
        for token in tokens:
            if token.kind == "page":
                current.words += reader.words(index, held)
                held = []
                current.page, current.last = token.page, token.last
                groups.append(current)
                current = _Group()
            else:
                held.append(token)
        current.words += reader.words(index, held)
    if groups and current.words and len({w.line for w in current.words}) <= 2:
        leftover = _text(current.words)
        if parse_byline(leftover):
            groups[-1].words += [replace(w, behind=True, marked=False) for w in current.words]
        elif reader.shelf.best(leftover) >= 0.8:
            groups.append(current)
    return groups


def _group_after(reader: _Reader, rows: list[tuple[int, list[Token]]]) -> list[_Group]:
    """A page number and the words after it; words before the first number open the first group."""
    groups: list[_Group] = []
    opening: list[_Word] = []
    for index, tokens in rows:
        held: list[Token] = []
        for token in tokens:
            if token.kind != "page":
                held.append(token)
                continue
            (groups[-1].words if groups else opening).extend(reader.words(index, held))
            held = []
            groups.append(_Group(page=token.page, last=token.last))
        (groups[-1].words if groups else opening).extend(reader.words(index, held))
    reader.opening = opening
    if groups and opening:
        reader.section = clean_section(_text([w for w in opening if w.line == opening[-1].line]))
    return groups


def _best_cut(words: list[_Word], shelf: Shelf) -> tuple[list[_Word], list[_Word], list[_Word]]:
    """Cut a group into before · title · after, by the body's word and by what the rest looks like."""
    words = words[:28]
    best: tuple[float, int, int] | None = None
    for a in range(len(words)):
        for b in range(a + 1, len(words) + 1):
            if _breaks_apart(words, a, b):
                continue
            score = _score_cut(words, a, b, shelf)
            if best is None or score > best[0]:
                best = (score, a, b)
    if best is None:
        return [], words, []
    _, a, b = best
    return words[:a], words[a:b], words[b:]


def _breaks_apart(words: list[_Word], a: int, b: int) -> bool:
    """A title ends where something divides it from the rest, not inside a word."""
    return (a > 0 and words[a].divide == "") or (b < len(words) and words[b].divide == "")


def _score_cut(words: list[_Word], a: int, b: int, shelf: Shelf) -> float:
    title = _text(words[a:b])
    size = len(key(title))
    found = shelf.best(title)
    score = (7 * found if found >= 0.55 else 0.0) + (found >= 0.98)
    score += min(size, 8) * 0.1 + min(size, 40) * 0.03 - (1.5 if size < 4 else 0.0)
    if re.match("——|—|－－|--", title):
        score -= 3.0
    if any(w.behind for w in words[a:b]):
        score -= 2.0
    if len({w.marked for w in words[a:b]}) > 1:
        score -= 3.0
    if parse_byline(title) and found < 0.9:
        score -= 2.5
    if b < len(words) and words[b].line == words[b - 1].line:
        score += 3.0 * _signed_below(title, _text(words[b:]), shelf)
    if b - a > 1 and words[b - 1].divide == "space" and looks_like_person(words[b - 1].text):
        score -= 1.0
    divide = words[b].divide if b < len(words) else ""
    return score + _score_before(words[:a], words[a].divide) + _score_after(words[b:], divide)


def _signed_below(title: str, words: str, shelf: Shelf) -> float:
    """Whether the body has these words as the author under the title (not as its second line)."""
    if re.search("[“”《》]|——|[？！。，]", words) or (
        shelf.best(f"{title} {words}") >= 0.98 and not may_be_unit(words)
    ):
        return 0.0
    return shelf.names_below(title, words)


def _score_before(before: list[_Word], divide: str) -> float:
    """What speaks for words before a title being a section or authors; a colon mostly belongs to the title."""
    if not before:
        return 0.0
    text = _text(before)
    if divide == "line":
        lines = {w.line for w in before}
        if all(w.marked for w in before):
            return 1.0
        if parse_byline(text):
            return 0.8
        short = all(width(_text([w for w in before if w.line == n])) <= 11 for n in lines)
        long = any(width(_text([w for w in before if w.line == n])) > 18 for n in lines)
        return (0.2 if short else -1.5 if long else -0.4) - 0.6 * (len(lines) - 1)
    if parse_byline(text):
        return 0.6 if divide in ("field", "mark", "colon") else 0.2
    return 0.3 if divide in ("mark", "bracket", "field") and width(text) <= 10 else -2.0


def _score_after(after: list[_Word], divide: str) -> float:
    """What speaks for words behind a title, line by line: authors, then perhaps the next section."""
    score = 0.0
    for line in dict.fromkeys(w.line for w in after):
        words = [w for w in after if w.line == line]
        score += _score_tail(words, divide if words[0] is after[0] else "line")
    return score


def _score_tail(words: list[_Word], divide: str) -> float:
    text = _text(words)
    if words[0].marked and divide == "line":
        return 0.3
    if re.match(r"[（(](?:上|中|下|[一二三四五六七八九十]|续)[)）]", text):
        return -1.5
    byline = parse_byline(text.strip("/／|｜ "))
    clear = 0.4 if words[0].behind or divide in ("field", "mark", "line") else 0.0
    if byline:
        return 1.5 * byline.certainty + clear
    if divide in ("field", "mark") and re.fullmatch(
        "[\u4e00-\u9fff]{2,4}", join_padded_name(text.strip("/／|｜ "))
    ):
        return 0.8  # a pen name in its own field
    return -0.3 if words[0].behind else -1.5 if divide != "space" else -2.5


def _join_title(words: list[_Word], lines: list[Line], shelf: Shelf) -> str:
    """Join a title set on several lines: with a blank where the body breaks it too, else without."""
    found = shelf.matches(_text(words), 0.7)
    model = found[0][1].text if found else None
    text = ""
    for word in words:
        glue = word.glue if text else ""
        if text and word.divide == "line":
            glue = " " if _divided_in(model, text, word.text, words, lines) else ""
        text += glue + word.text
    return text


def _divided_in(model: str | None, head: str, tail: str, words: list[_Word], lines: list[Line]) -> bool:
    if model is None:
        longest = max(width(lines[w.line].text) for w in words)
        return width(head.split(" ")[-1]) < longest - 2 and width(head) < longest - 2
    match = re.search(re.escape(head[-2:]) + r"([\s　]*)" + re.escape(tail[:2]), model)
    return bool(match and match.group(1))


def _partition(
    rows: list[list[_Word]], shelf: Shelf, wanted: int
) -> tuple[list[list[_Word]], list[str | None]]:
    """Divide lines into titles of one to three lines, sections and authors (dynamic programming)."""
    rows = rows[:240]
    best: list[tuple[float, int, str]] = [(0.0, 0, "")]
    for end in range(1, len(rows) + 1):
        options = []
        for size in (1, 2, 3):
            if end - size >= 0:
                above = _text(rows[end - size - 1]) if end > size else ""
                value, kind = _row_value(rows[end - size : end], shelf, above)
                options.append((best[end - size][0] + value, size, kind))
        best.append(max(options))
    steps: list[tuple[int, int, str]] = []
    end = len(rows)
    while end:
        _, size, kind = best[end]
        steps.append((end - size, end, kind))
        end -= size
    return _steps_to_groups(rows, steps[::-1], wanted)


def _row_value(rows: list[list[_Word]], shelf: Shelf, above: str) -> tuple[float, str]:
    if len(rows) > 1 and any(r[0].marked for r in rows):
        return -9.0, "title"
    text = " ".join(_text(r) for r in rows)
    found = shelf.best(text)
    title = 5 * found if found >= 0.6 else 0.3
    if len(rows) == 1:
        if (parse_byline(text) and found < 0.9) or _signed_below(above, text, shelf) == 1.0:
            return 2.0, "author"
        if rows[0][0].marked or (width(text) <= 8 and found < 0.8):
            return (1.0 if rows[0][0].marked else 0.5), "section"
        _, _, after = _best_cut(rows[0], shelf)
        if after:
            title = max(title, 5 * shelf.best(_text(rows[0][: len(rows[0]) - len(after)])))
    return title - 0.4 * (len(rows) - 1), "title"


def _steps_to_groups(
    rows: list[list[_Word]], steps: list[tuple[int, int, str]], wanted: int
) -> tuple[list[list[_Word]], list[str | None]]:
    groups: list[list[_Word]] = []
    sections: list[str | None] = []
    section: str | None = None
    authors: list[list[_Word]] = []
    for a, b, kind in steps:
        words = [w for r in rows[a:b] for w in r]
        if kind == "section":
            section = clean_section(_text(words))
        elif kind == "title":
            groups.append(words)
            sections.append(section)
            section = None
        elif groups:
            authors.append(words)
            groups[-1] += [replace(w, behind=True, marked=False) for w in words]
    return groups, sections


def names_in(entries: Iterable[Entry]) -> set[str]:
    """Every name the contents page prints as an author."""
    found: set[str] = set()
    for entry in entries:
        byline = parse_byline(entry.author) if entry.author else None
        found |= {a.name for a in byline.authors} if byline else set()
    return found
