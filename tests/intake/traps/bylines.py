"""Who wrote it: the line under the title, the note at the end, and what a careful reader takes from both."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.intake.traps.chunks import Chunk
from tests.intake.traps.layout import Layout
from tests.intake.traps.plan import Article
from tests.intake.traps.texts import Writer

__all__ = ["Byline", "byline", "spread"]


@dataclass(slots=True)
class Byline:
    """``head`` stands under the title, ``tail`` after the text; ``authors`` is the truth for both."""

    head: list[Chunk] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    authors: list[dict[str, object]] = field(default_factory=list)
    credits: list[dict[str, object]] = field(default_factory=list)


def spread(name: str, layout: Layout) -> str:
    """Return a name as a justified line prints it: two characters are parted by a blank."""
    blank = {"space": " ", "wide": "\u3000"}.get(layout.padding, "")
    return blank.join(name) if len(name) == 2 else name


def byline(article: Article, layout: Layout) -> Byline:
    """Return the byline of an article in the style of the layout."""
    writers = list(article.text.writers)
    if not writers:
        return Byline()
    people = all(w.kind == "person" for w in writers)
    unit = next((w.affiliation for w in writers if w.affiliation), None)
    made = _styled(article, writers, layout, people, unit)
    made.authors = [_truth(w, made, article) for w in writers]
    return made


def _styled(
    article: Article, writers: list[Writer], layout: Layout, people: bool, unit: str | None
) -> Byline:
    style = layout.byline
    names = _names(article, writers, layout)
    joined = ("、" if layout.names_joined == "comma" else " ").join(names)
    reporter = " ".join(f"{w.role} {n}" for w, n in zip(writers, names, strict=True))
    if style in PREFIXED:
        return Byline([_line(PREFIXED[style].format(joined))])
    if style == "tail_author" and people:
        return Byline([], [f"作者：{joined}"])
    if any("记者" in w.role for w in writers) and style not in ("photo", "tail_author"):
        return Byline([_line(f"**{reporter}**" if style == "bold" else reporter)])
    if style == "photo":
        return _with_photographer(article, joined, layout)
    if style == "broken" and not people:
        half = len(joined) - 4
        return Byline([_line(joined[:half] + "  "), Chunk(joined[half:], "byline", 1)])
    if unit and people and style in WITH_UNIT:
        return WITH_UNIT[style](writers, names, joined, unit)
    return Byline([_line(f"**{joined}**" if style == "bold" else joined)])


PREFIXED = {
    "slash": "文/{}",
    "bar": "文 | {}",
    "colon": "文：{}",
    "author": "作者：{}",
    "square": "□ {}",
    "circle": "◎ {}",
}


def _line(words: str, before: int = 2) -> Chunk:
    return Chunk(words, "byline", before)


def _names(article: Article, writers: list[Writer], layout: Layout) -> list[str]:
    names = [spread(w.name, layout) for w in writers]
    if article.other_name:
        first = next(i for i, w in enumerate(writers) if w.kind == "person" and len(w.name) == 3)
        names[first] = article.other_name
    return names


def _with_photographer(article: Article, joined: str, layout: Layout) -> Byline:
    picture = next((p for p in article.text.pictures if p.role == "摄" and p.photographer), None)
    if not picture or not picture.photographer:
        return Byline([_line(f"文/{joined}")])
    credit: dict[str, object] = {"role": "图", "names": [picture.photographer]}
    return Byline([_line(f"文/{joined}　图/{spread(picture.photographer, layout)}")], credits=[credit])


def _unit_name(writers: list[Writer], names: list[str], joined: str, unit: str) -> Byline:
    rows = [f"{w.affiliation or ''}{w.post or ''} {n}".strip() for w, n in zip(writers, names, strict=True)]
    return Byline([_line(row, 1 if i else 2) for i, row in enumerate(rows)])


def _name_unit(writers: list[Writer], names: list[str], joined: str, unit: str) -> Byline:
    rows = [f"{n}（{w.affiliation}）" if w.affiliation else n for w, n in zip(writers, names, strict=True)]
    return Byline([_line(" ".join(rows))])


def _unit_line(writers: list[Writer], names: list[str], joined: str, unit: str) -> Byline:
    units = "；".join(dict.fromkeys(w.affiliation for w in writers if w.affiliation))
    return Byline([_line(joined), _line(f"（{units}）")])


def _numbered(writers: list[Writer], names: list[str], joined: str, unit: str) -> Byline:
    if len(writers) == 1:
        return _unit_line(writers, names, joined, unit)
    marked = "，".join(f"{name}{i}" for i, name in enumerate(names, 1))
    units = "；".join(f"{i}.{w.affiliation}" for i, w in enumerate(writers, 1))
    return Byline([_line(marked), _line(f"（{units}）")])


def _tail_unit(writers: list[Writer], names: list[str], joined: str, unit: str) -> Byline:
    units = "；".join(dict.fromkeys(w.affiliation for w in writers if w.affiliation))
    return Byline([_line(joined)], [f"作者单位：{units}"])


def _bio(writers: list[Writer], names: list[str], joined: str, unit: str) -> Byline:
    lives = [f"{w.name}，{w.affiliation}{w.post or '工作人员'}" for w in writers if w.affiliation]
    return Byline([_line(joined)], ["作者简介：" + "；".join(lives) + "。"])


def _tail_is(writers: list[Writer], names: list[str], joined: str, unit: str) -> Byline:
    if len(writers) > 1:
        return _tail_unit(writers, names, joined, unit)
    return Byline([_line(joined)], [f"作者系{unit}{writers[0].post or '研究人员'}"])


WITH_UNIT = {
    "unit_name": _unit_name,
    "name_unit": _name_unit,
    "unit_line": _unit_line,
    "numbered": _numbered,
    "tail_unit": _tail_unit,
    "tail_is": _tail_is,
    "bio": _bio,
}


def _truth(writer: Writer, made: Byline, article: Article) -> dict[str, object]:
    """An affiliation is true only where it is printed."""
    printed = "".join([c.text for c in made.head] + made.tail)
    shown = writer.affiliation if writer.affiliation and writer.affiliation in printed else None
    wrong = article.other_name if article.other_name and article.other_name[0] == writer.name[0] else None
    return {
        "name": writer.name,
        "kind": writer.kind,
        "affiliation": shown,
        "aliases": [wrong] if wrong else [],
        "role": "作者" if made.head and "记者" not in printed else writer.role,
    }
