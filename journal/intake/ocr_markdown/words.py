"""The words of a contents page: pieces as fine as a title may be cut, and what some of them are by form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..names import looks_like_person, looks_like_unit

__all__ = [
    "FENCED",
    "Group",
    "Word",
    "clean_section",
    "is_residue",
    "is_slogan",
    "pieces",
    "text_of",
    "without_residue",
]

_RESIDUE = re.compile(
    r"窗体(?:顶端|底端)|返回首页|返回目录|返回顶部|上一[篇页条]|下一[篇页条]|打印本页|关闭窗口|分享到|"
    r"扫一扫.{0,12}|点击查看.{0,8}|字体[:：]?\s*大?\s*中?\s*小?|加载更多|阅读全文|责编[:：]?$"
)
_FENCE = "▶►▸▷☞➤▌█■【】[]〖〗「」『』◆◇●○■□▲△★☆※◎▪•·＊*|｜—–-:： 　#<>〈〉《》/／"
FENCED = re.compile(r"^[▶►▸▷☞➤▌█【\[〖「『◆◇●○■□▲△★☆※◎▪•＊|｜<〈]")
_SPLIT = re.compile(r"[ 　\t]+|[/／|｜]|[:：](?=\S)|(?=[（(【\[])|(?<=[)）】\]])")


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a group: its text, the line it stands on and what divides it from the piece before."""

    text: str
    line: int
    divide: str  # "line", "field", "space", "mark", "colon", "bracket", ""
    behind: bool = False  # between the leader and the page
    marked: bool = False
    glue: str = " "  # what was printed before it


@dataclass(slots=True)
class Group:
    words: list[Word] = field(default_factory=list)
    page: int | None = None
    last: int | None = None


def is_residue(text: str) -> bool:
    """Left-overs of word processors and web pages that nobody printed."""
    return bool(_RESIDUE.fullmatch(text.strip()))


def clean_section(text: str) -> str:
    """``【卷 首 语】`` → ``卷首语``."""
    bare = text.strip(_FENCE)
    pieces = bare.split()
    if len(pieces) > 1 and all(len(p) == 1 for p in pieces):
        return "".join(pieces)
    return " ".join(pieces)


def is_slogan(text: str) -> bool:
    """Parallel phrases of equal length on one line; a section's name is a single phrase."""
    phrases = text.split()
    lengths = {len(p) for p in phrases}
    if len(phrases) < 2 or len(lengths) != 1 or not 4 <= len(phrases[0]) <= 12:
        return False
    return not any(looks_like_person(p) or looks_like_unit(p) for p in phrases)


def without_residue(raw: str) -> tuple[str, str | None]:
    match = _RESIDUE.match(raw.strip())
    if match and match.end() < len(raw.strip()) and len(raw) - match.end() >= 4:
        return raw.strip()[match.end() :].strip(), match.group()
    return raw, None


def pieces(text: str) -> list[tuple[str, str, str]]:
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


def text_of(words: list[Word]) -> str:
    """The words as printed; lines and fields are joined with a blank."""
    return "".join((word.glue if number else "") + word.text for number, word in enumerate(words))
