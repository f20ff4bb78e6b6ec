"""The head of an article: kicker, title, subtitle, byline, abstract, in the style of the layout."""

from __future__ import annotations

import random

from tests.intake.traps.bylines import Byline
from tests.intake.traps.chunks import Chunk
from tests.intake.traps.layout import Layout
from tests.intake.traps.plan import Article

__all__ = ["break_title", "head", "marked"]


def head(article: Article, who: Byline, layout: Layout, rng: random.Random) -> list[Chunk]:
    """Return the chunks above the text."""
    one = article.text
    style = rng.choice(("h1", "h2", "h3", "plain")) if layout.title_style == "mixed" else layout.title_style
    chunks = _title(article, layout, style, rng)
    if one.kicker:
        chunks = _with_kicker(one.kicker, chunks, layout, style)
    if one.subtitle:
        chunks += _subtitle(one.subtitle, layout)
    if layout.byline == "title_line" and who.head:
        last = chunks[-1].text
        bold = last.endswith("**")
        joined = last.removesuffix("**") + "　　" + who.head[0].text + "**" * bold
        chunks[-1] = chunks[-1].with_(text=joined)
    else:
        chunks += who.head
    if one.abstract:
        chunks.append(Chunk(f"摘要：{one.abstract}", "note"))
    if one.keywords:
        chunks.append(Chunk("关键词：" + "；".join(one.keywords), "note"))
    if one.abstract and layout.academic == "codes":
        chunks += _codes(article)
    if style == "bare":
        chunks = [chunk.with_(before=1) for chunk in chunks]
    return chunks


def marked(words: str, style: str) -> str:
    """Put the mark of a heading before one line."""
    if style in ("h1", "h2", "h3", "h4"):
        return "#" * int(style[1]) + " " + words
    return f"**{words}**" if style == "bold" else words


def break_title(lines: tuple[str, ...], style: str) -> list[str]:
    """Break a title for print; a title of one line is broken at a blank or in its middle."""
    if style == "none":
        return [" ".join(lines)]
    if style == "three" and len("".join(lines)) >= 12:
        words = " ".join(lines)
        third = len(words) // 3
        return [part.strip() for part in (words[:third], words[third : 2 * third], words[2 * third :])]
    if len(lines) > 1:
        return list(lines)
    words = lines[0]
    if " " in words:
        return words.split(" ")
    middle = (len(words) + 1) // 2
    middle += words[middle] in "，、：”》"
    return [words[:middle], words[middle:]] if len(words) >= 9 else [words]


def _title(article: Article, layout: Layout, style: str, rng: random.Random) -> list[Chunk]:
    parts = break_title(article.lines, layout.title_break)
    if article.text.part:
        parts[-1] += f"（{article.text.part}）"
    if layout.title_break == "scrambled":
        return [Chunk(marked(" ".join(reversed(parts)), style), "title", _gap(rng))]
    if layout.title_break == "headings" or style == "bold":
        return [Chunk(marked(part, style), "title", 2 if i else _gap(rng)) for i, part in enumerate(parts)]
    first, *others = parts
    return [Chunk(marked(first, style), "title", _gap(rng)), *(Chunk(part, "title", 1) for part in others)]


def _codes(article: Article) -> list[Chunk]:
    """The codes and the English a learned journal prints before the text."""
    codes = f"中图分类号：G25　文献标识码：A　文章编号：9999-9994(2025)03-{article.page:04}-04"
    english = f"Abstract: This paper looks into {article.text.code.replace('-', ' ')} in one county."
    fund = "基金项目：白苎书院2024年度资助课题（编号：BZ2024-07）"
    return [Chunk(codes, "note"), Chunk(english, "note"), Chunk(fund, "note")]


def _gap(rng: random.Random) -> int:
    return rng.choice((2, 2, 4))


def _with_kicker(kicker: str, title: list[Chunk], layout: Layout, style: str) -> list[Chunk]:
    if layout.kicker_style == "joined":
        first = title[0].text.lstrip("#* ")
        return [title[0].with_(text=marked(f"{kicker} {first.rstrip('*')}", style)), *title[1:]]
    words = f"### {kicker}" if layout.kicker_style == "heading" else kicker
    return [Chunk(words, "kicker", title[0].before), title[0].with_(before=2), *title[1:]]


def _subtitle(subtitle: str, layout: Layout) -> list[Chunk]:
    if layout.subtitle_style == "broken" and len(subtitle) > 12:
        middle = len(subtitle) // 2 + 2
        return [Chunk(subtitle[:middle] + "  ", "subtitle"), Chunk(subtitle[middle:], "subtitle", 1)]
    return [Chunk(f"## {subtitle}" if layout.subtitle_style == "heading" else subtitle, "subtitle")]
