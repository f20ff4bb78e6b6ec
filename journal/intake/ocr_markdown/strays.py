"""Titles that no contents page promised: a photo story, a late page, a file without a contents page.

Evidence adds up: mark-up of the rank other titles have, a finished text (or none) above, a byline
below, room above. A numbered heading or a caption is never a title.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from .bylines import parse_byline
from .lines import Line, width
from .marks import caption_strength, find_jump, read_note
from .shelf import Run, is_prose
from .titles import Body, Place
from .wording import Ending, ending, key, number_rank
from .words import is_residue

__all__ = ["find_strays"]

_NOTICE = re.compile(
    "(?:启事|更正|致歉|敬告(?:作者|读者)?|告读者|致读者|致作者|征稿|约稿|征订|下期预告|稿约)$|"
    "^[\u4e00-\u9fff]{0,4}(?:启事|更正|征文|征稿|征集|预告|征订)[:：]"
)

_COLUMN = re.compile("简讯|短讯|快讯|要闻|补白|信息窗|信息|动态|卷首语?|刊首语?|寄语|文摘|通知|公告")


def find_strays(places: list[Place], body: Body, sections: list[str]) -> list[Place]:
    """Return places of titles without an entry, the most convincing first."""
    scout = _Scout(places, body, {key(s) for s in sections})
    found: list[Place] = []
    while (run := scout.best()) is not None:
        found.append(Place(run, None, 0.5))
        scout.accept(run)
    return found


class _Scout:
    """Walks down the body and judges every line that could open an article."""

    def __init__(self, places: list[Place], body: Body, sections: set[str]) -> None:
        self.body, self.sections = body, sections
        self.claimed = {i for p in places for i in range(p.run.first, p.run.last + 1)}
        self.starts = sorted(p.run.first for p in places)
        self.promised = bool(places)
        levels = [body.lines[p.run.first].level for p in places]
        self.levels = {level for level in levels if level}
        self.own_level = _own_level(places, body)
        self.title_keys = {key(p.run.text) for p in places}
        self.marked_share = (
            sum(body.lines[p.run.first].marked for p in places) / len(places) if places else 0.0
        )
        self.by_level: dict[int, list[int]] = {}
        for index in body.order:
            if body.lines[index].marked:
                self.by_level.setdefault(body.lines[index].level, []).append(index)
        if not places:
            self.levels = self._signed_levels() or _top_level(body)
        self.ends_marked = _ends_marked(body, len(places))
        self.least = 3.0 if self.promised else 2.6
        self.hopeful = [i for i in body.order if self._could_be(body.lines[i]) and i not in self.claimed]
        self.scores = {i: self._judge(i) for i in self.hopeful}
        self.scores = {i: score for i, score in self.scores.items() if score >= self.least - 2.0}

    def _signed_levels(self) -> set[int]:
        """Without a contents page: the ranks of marked lines that have a byline right under them."""
        lines = self.body.lines
        return {
            lines[i].level
            for i in self.body.order
            if lines[i].level and self._could_be(lines[i]) and self._after(self._run(i)) >= 1.5
        }

    def accept(self, run: Run) -> None:
        """Take a title; only its own neighbourhood has to be judged again."""
        self.claimed.update(range(run.first, run.last + 1))
        where = bisect_left(self.starts, run.first)
        self.starts.insert(where, run.first)
        low = run.first - 40
        high = self.starts[where + 1] if where + 1 < len(self.starts) else run.first + 400
        for index in self.hopeful[bisect_left(self.hopeful, low) : bisect_right(self.hopeful, high)][:400]:
            if index in self.claimed:
                self.scores.pop(index, None)
            elif index in self.scores:
                self.scores[index] = self._judge(index)

    def best(self) -> Run | None:
        """The likeliest title not yet taken; ``None`` when no line convinces any more."""
        if not self.scores:
            return None
        index = max(self.scores, key=lambda i: (self.scores[i], -i))
        return self._run(index) if self.scores[index] >= self.least else None

    def _judge(self, index: int) -> float:
        line = self.body.lines[index]
        run = self._run(index)
        score = self._before(index) + self._after(run)
        if self.marked_share >= 0.7 and not line.marked and self._before(index) < 1.6:
            score -= 1.0
        if line.level:
            score += 1.6 if line.level in self.own_level else 0.0
            score += (1.2 if self.promised else 1.8) if line.level in self.levels else -0.5
        elif line.all_bold or line.centred:
            score += 0.6
        score += 0.4 if line.gap >= 3 else 0.0
        score += self._signed(run, line) + self._opens_anew(index, run) + self._announces(index, run)
        return score - self._subheads(index, line) - self._outshone(run, line)

    def _opens_anew(self, index: int, run: Run) -> float:
        """A line apart between an article's explicit end and a full paragraph, or with a name under it."""
        line, after = self.body.lines[index], self.body.after(run.last, 1)
        score = 0.0
        apart = width(line.text) <= 26 and not re.search("[，；,;]", line.text)
        follows_end = self.ends_marked and self._before(index) >= 1.6
        if apart and follows_end and after and is_prose(self.body.text(after[0])):
            score += 1.4
        if not line.marked and self._after(run) >= 1.5 and line.gap >= 2:
            score += 1.0
        if not self.promised and line.level in self.levels and len(self.by_level[line.level]) >= 3:
            score += 0.6
        return score

    def _announces(self, index: int, run: Run) -> float:
        """``征文启事``, ``更正``, ``简讯：题目``: a notice, or a section and its title in one line."""
        after = self.body.after(run.last, 1)
        label = re.match(r"[【\[]?([\u4e00-\u9fff]{2,8})[】\]]?[:：](?=.{4})", run.text)
        opens = bool(label and (key(label[1]) in self.sections or _COLUMN.fullmatch(label[1])))
        if not (opens or _NOTICE.search(run.text)) or width(run.text) > 26:
            return 0.0
        if not after or after[0] in self.claimed:
            return 0.0
        return 2.8 if self._before(index) > 0 and is_prose(self.body.text(after[0])) else 0.0

    def _signed(self, run: Run, line: Line) -> float:
        """A marked line with a byline right under it is a title whatever its rank."""
        if not (line.level or line.all_bold) or self._after(run) < 1.5:
            return 0.0
        return 1.5 if not self.promised else 0.4

    def _outshone(self, run: Run, line: Line) -> float:
        """A label, kicker or caption stands above the real title: the line below is the better one."""
        for index in self.body.after(run.last, 1):
            below = self.body.lines[index]
            if index in self.claimed or not self._could_be(below):
                continue
            other = self._after(self._run(index))
            if other >= 1.5 and (below.marked or not line.marked) and self._run(index).last > run.last:
                return 3.5
        return 0.0

    def _could_be(self, line: Line) -> bool:
        text = line.text
        return (
            (4 if not line.marked else 2) <= len(key(text)) <= 60
            and not is_prose(text)
            and number_rank(text) is None
            and not caption_strength(text)
            and not read_note(text.strip("（()）"))
            and find_jump(text) is None
            and not is_residue(text)
            and key(text) not in self.sections
            and key(text) not in self.title_keys
            and re.search("[\u4e00-\u9fff].*[\u4e00-\u9fff]", text) is not None
            and not re.match(r"[\[［【〔]\d|[①-⑳]", text)
            and text[0] not in "，。、；：）)”—（(▲"
            and (ending(text) is not Ending.SOFT or text[-1] in "”》）)")
            and text[-1] not in "，,、"
            and parse_byline(text) is None
        )

    def _run(self, index: int) -> Run:
        last, text = index, self.body.text(index)
        for following in self.body.after(index, 2):
            line, piece = self.body.lines[following], self.body.text(following)
            first = self.body.lines[index]
            same = (line.level == first.level and line.level > 0) or (line.all_bold and first.all_bold)
            if following in self.claimed or not same or not self._could_be(line) or line.gap > 1:
                break
            last, text = following, f"{text} {piece}"
        return Run(index, last, text)

    def _before(self, index: int) -> float:
        """Nothing open before it: the beginning of the text, an end mark, a closing note."""
        before = [i for i in self.body.before(index, 5) if not self._is_label(i)]
        if not before:
            return self._fresh(index)
        for above in before:
            text = self.body.text(above)
            if above in self.claimed:
                return -3.0  # directly under another title
            jump = find_jump(text)
            if jump is not None and jump.leaves:
                return 1.6
            over = 2.0 if self.body.lines[index].marked else 1.6
            if text[-1:] in "□■◆" or re.search(r"[（(](?:完|续完|全文完)[)）]$", text):
                return over
            if text[:1] in "（(" and text[-1:] in "）)" and read_note(text.strip("（()）")):
                return over
            if is_prose(text) or len(text) > 30:
                break
        state = ending(self.body.text(before[0]))
        return 0.3 if state is Ending.FINAL else -0.5

    def _is_label(self, index: int) -> bool:
        """A section's name set apart above a title."""
        line = self.body.lines[index]
        fenced = line.text[:1] in "【[〖◆●■▲★" or key(line.text) in self.sections
        return index not in self.claimed and width(line.text) <= 14 and (line.marked or fenced)

    def _fresh(self, index: int) -> float:
        """At the very beginning, or behind a contents page with the text before it complete."""
        position = self.body.position[index]
        over = position == 0 or ending(self.body.text(self.body.order[position - 1])) is Ending.FINAL
        return 3.0 if over else 0.5

    def _after(self, run: Run) -> float:
        after = self.body.after(run.last, 6)
        own = [i for n, i in enumerate(after) if not self.claimed.intersection(after[: n + 1])]
        if not any(is_prose(self.body.text(i)) or width(self.body.text(i)) >= 18 for i in own[:5]):
            return -4.0
        for number, index in enumerate(after[:3]):
            if index in self.claimed:
                return -4.0
            byline = parse_byline(self.body.text(index))
            if byline and byline.certainty >= 0.6:
                return 1.8 - 0.3 * number + (0.4 if byline.certainty >= 0.95 else 0.0)
            if is_prose(self.body.text(index)):
                break
        return 0.0

    def _subheads(self, index: int, line: Line) -> float:
        """Headings of the same rank right before it in the same article speak for a subhead."""
        if not line.marked:
            return 0.0
        where = bisect_left(self.starts, index)
        start = self.starts[where - 1] if where else 0
        level = self.by_level.get(line.level, [])
        between = level[bisect_right(level, start) : bisect_left(level, index)][-30:]
        same = any(i not in self.claimed for i in between)
        own = 0 if self._before(index) >= 1.6 else self.body.lines[start].level
        return (1.5 if same else 0.0) + (0.8 if own and line.level > own else 0.0)


def _ends_marked(body: Body, articles: int) -> bool:
    """Whether this file closes its articles with an end mark."""
    marks = sum(body.text(i)[-1:] in "□■◆" for i in body.order)
    return marks >= max(2, 0.5 * articles)


def _own_level(places: list[Place], body: Body) -> set[int]:
    """Heading ranks that this file keeps for titles: nearly every line of that rank is one."""
    titles = {i for p in places for i in range(p.run.first, p.run.last + 1)}
    found = set()
    for level in {body.lines[i].level for i in titles} - {0}:
        of_level = [i for i in body.order if body.lines[i].level == level]
        if len(of_level) >= 3 and sum(i in titles for i in of_level) >= 0.7 * len(of_level):
            found.add(level)
    return found


def _top_level(body: Body) -> set[int]:
    levels = sorted({body.lines[i].level for i in body.order if body.lines[i].level})
    return set(levels[:1])
