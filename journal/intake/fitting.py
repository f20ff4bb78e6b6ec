"""What a block says of its article: the fields it fills while it stands there, and empties when it goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .bylines import read_byline, read_people
from .manuscript import Author, AuthorKind, Block, BlockKind, Caption, Manuscript
from .names import author_kind, looks_like_unit, split_post

__all__ = ["authors_line", "gain", "lose", "read_authors"]

_ONE = {
    BlockKind.KICKER: "kicker",
    BlockKind.SUBTITLE: "subtitle",
    BlockKind.SOURCE: "source",
    BlockKind.ABSTRACT: "abstract",
}
_MANY = {BlockKind.FOOTNOTE: "footnotes", BlockKind.CLOSING_NOTE: "closing_notes"}
_WITH_UNIT = re.compile(r"(.+?)\s*[（(]([^（）()]+)[）)]\s*")


def lose(manuscript: Manuscript, block: Block) -> Manuscript:
    """The manuscript without ``block`` and without what only this block said."""
    rest = replace(manuscript, blocks=tuple(b for b in manuscript.blocks if b.id != block.id))
    if field := _ONE.get(block.kind):
        value = getattr(rest, field)
        return _with(rest, field, None) if value and _bare(value) == _bare(block.text) else rest
    if field := _MANY.get(block.kind):
        return _with(rest, field, _without(getattr(rest, field), block.text))
    return LOSERS.get(block.kind, _same)(rest, block)


def gain(manuscript: Manuscript, block: Block) -> Manuscript:
    """The manuscript with what ``block`` says; the block itself must stand in it already."""
    if field := _ONE.get(block.kind):
        value = getattr(manuscript, field)
        return _with(manuscript, field, f"{value} {block.text}" if value else block.text)
    if field := _MANY.get(block.kind):
        return _with(manuscript, field, (*getattr(manuscript, field), block.text))
    return GAINERS.get(block.kind, _same)(manuscript, block)


def _with(manuscript: Manuscript, field: str, value: Any) -> Manuscript:
    return replace(manuscript, **{field: value})


def _same(manuscript: Manuscript, block: Block) -> Manuscript:
    return manuscript


def _bare(text: str) -> str:
    return "".join(text.split())


def _without(texts: tuple[str, ...], text: str) -> tuple[str, ...]:
    left = list(texts)
    if text in left:
        left.remove(text)
    return tuple(left)


def _lose_title(manuscript: Manuscript, block: Block) -> Manuscript:
    """The title given stays until another is given; only what the page printed is forgotten."""
    gone = manuscript.body_title and _bare(manuscript.body_title) == _bare(block.text)
    return replace(manuscript, body_title=None) if gone else manuscript


def _gain_title(manuscript: Manuscript, block: Block) -> Manuscript:
    """Several title lines are one title with its line breaks."""
    title = "\n".join(b.text.strip() for b in manuscript.blocks if b.kind is BlockKind.TITLE)
    return replace(manuscript, title=title, body_title=title)


def _lose_people(manuscript: Manuscript, block: Block) -> Manuscript:
    others = "".join(
        _bare(b.text) for b in manuscript.blocks if b.kind in {BlockKind.BYLINE, BlockKind.CREDITS}
    )
    here = _bare(block.text)

    def stays(name: str) -> bool:
        return _bare(name) not in here or _bare(name) in others

    authors = tuple(a for a in manuscript.authors if stays(a.name))
    pairs = ((c, tuple(n for n in c.names if stays(n))) for c in manuscript.credits)
    credits = tuple(replace(c, names=names) for c, names in pairs if names)
    return replace(manuscript, authors=authors, credits=credits)


def _gain_people(manuscript: Manuscript, block: Block) -> Manuscript:
    byline = read_byline(block.text)
    authors = byline.authors if byline else read_people(block.text)
    known = {a.name for a in manuscript.authors}
    credits = byline.credits if byline else ()
    return replace(
        manuscript,
        authors=manuscript.authors + tuple(a for a in authors if a.name not in known),
        credits=manuscript.credits + tuple(c for c in credits if c not in manuscript.credits),
    )


def _gain_credits(manuscript: Manuscript, block: Block) -> Manuscript:
    byline = read_byline(block.text)
    if byline is None or not byline.credits:
        return replace(manuscript, closing_notes=(*manuscript.closing_notes, block.text))
    new = tuple(c for c in byline.credits if c not in manuscript.credits)
    return replace(manuscript, credits=manuscript.credits + new)


def _lose_credits(manuscript: Manuscript, block: Block) -> Manuscript:
    rest = _lose_people(manuscript, block)
    return replace(rest, closing_notes=_without(rest.closing_notes, block.text))


def _lose_caption(manuscript: Manuscript, block: Block) -> Manuscript:
    return replace(manuscript, captions=tuple(c for c in manuscript.captions if c.block != block.id))


def _gain_caption(manuscript: Manuscript, block: Block) -> Manuscript:
    return replace(manuscript, captions=(*manuscript.captions, Caption(block.text, block=block.id)))


def _mark_end(manuscript: Manuscript, block: Block) -> Manuscript:
    return replace(manuscript, end_mark=any(b.kind is BlockKind.END_MARK for b in manuscript.blocks))


def _gain_keywords(manuscript: Manuscript, block: Block) -> Manuscript:
    words = re.split(r"[\s；;，,、]+", re.sub(r"^\s*关键词\s*[:：]?", "", block.text))
    return replace(manuscript, keywords=tuple(w for w in words if w))


def _lose_keywords(manuscript: Manuscript, block: Block) -> Manuscript:
    return replace(manuscript, keywords=tuple(w for w in manuscript.keywords if w not in block.text))


Change = Callable[[Manuscript, Block], Manuscript]
LOSERS: dict[BlockKind, Change] = {
    BlockKind.TITLE: _lose_title,
    BlockKind.BYLINE: _lose_people,
    BlockKind.CREDITS: _lose_credits,
    BlockKind.CAPTION: _lose_caption,
    BlockKind.END_MARK: _mark_end,
    BlockKind.KEYWORDS: _lose_keywords,
}
GAINERS: dict[BlockKind, Change] = {
    BlockKind.TITLE: _gain_title,
    BlockKind.BYLINE: _gain_people,
    BlockKind.CREDITS: _gain_credits,
    BlockKind.CAPTION: _gain_caption,
    BlockKind.END_MARK: _mark_end,
    BlockKind.KEYWORDS: _gain_keywords,
}


def authors_line(authors: tuple[Author, ...]) -> str:
    """One person a line, as ``read_authors`` takes it: ``本刊记者 甲（某单位 职务）``."""
    lines = []
    for author in authors:
        role = "" if author.role == "作者" else f"{author.role} "
        place = " ".join(p for p in (author.affiliation, author.post) if p)
        lines.append(f"{role}{author.name}（{place}）" if place else f"{role}{author.name}")
    return "\n".join(lines)


def read_authors(text: str) -> tuple[Author, ...]:
    """Read what an editor typed or chose: one person a line, or names joined by 、."""
    found: list[Author] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        place = _WITH_UNIT.fullmatch(line)
        people = [_one(place[1])] if place else list(_several(line))
        if place:
            unit, __, post = place[2].strip().partition(" ")
            if not post:
                unit, post = _unit_and_post(unit)
            people = [replace(p, affiliation=unit or None, post=post.strip() or None) for p in people]
        found += people
    return tuple(dict.fromkeys(found))


def _unit_and_post(text: str) -> tuple[str, str]:
    unit, post = split_post(text)
    return (unit, post or "") if looks_like_unit(unit) else (text, "")


def _one(text: str) -> Author:
    role, __, name = text.strip().rpartition(" ")
    name = name or text.strip()
    if role and not any(c in role for c in "记者通讯员文摄整理译编"):
        role, name = "", text.strip()
    kind = author_kind(name)
    return Author(name, kind, role=role.strip() or "作者")


def _several(line: str) -> tuple[Author, ...]:
    byline = read_byline(line)
    if byline is not None and byline.authors:
        return byline.authors
    if len(parts := [p for p in re.split(r"[、，,；;]\s*", line) if p]) > 1:
        return tuple(_one(p) for p in parts)
    one = _one(line)
    return (one if one.kind is not AuthorKind.PERSON else replace(one, kind=author_kind(one.name)),)
