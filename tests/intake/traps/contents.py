"""The contents page: entries in twenty shapes, sections in nine, slogans, and what makes it hard to read."""

from __future__ import annotations

import html

from tests.intake.traps.bylines import spread
from tests.intake.traps.chunks import Chunk
from tests.intake.traps.heads import break_title
from tests.intake.traps.layout import Layout
from tests.intake.traps.mastheads import Journal
from tests.intake.traps.plan import Article

__all__ = ["contents", "entry_title", "toc_author"]

WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
LEADERS = {
    "dots": "{t} ..... {a} {p}",
    "ellipsis": "{t}……………{a} {p}",
    "middots": "{t} ········ {a} ({p})",
    "tab": "{t}\t{a}\t{p}",
    "spaces": "{t}    {a}    {p}",
    "bare": "{t} {a} {p}",
    "page_first": "{p:0>2}  {t}  {a}",
    "page_p": "P{p}  {t} / {a}",
    "author_first": "{a}  {t} …… {p}",
    "parens": "{t}　{a}（{p}）",
    "slash": "{t}/{a}/{p}",
    "columns": "{t} ..... {a} {p}",
    "columns_line": "{t} ..... {a} {p}",
    "pages_block": "{t}  {a}",
    "authors_block": "{t} ..... {p}",
    "spaced_dots": "{t} . . . . . . . {a} {p}",
    "dash": "{t} —— {a} —— {p}",
    "ranges": "{t} ..... {a} {p}",
    "wide_digits": "{t}……{a}　{p}",
}
LEADERS_ALONE = {  # entries without an author
    "middots": "{t} ········ ({p})",
    "page_p": "P{p}  {t}",
    "author_first": "{t} …… {p}",
    "parens": "{t}（{p}）",
    "slash": "{t}/{p}",
    "dash": "{t} —— {p}",
}
BREAKABLE = {"dots": " ..... ", "ellipsis": "……………", "middots": " ········ ", "spaces": "    ", "tab": "\t"}


def contents(journal: Journal, articles: list[Article], layout: Layout) -> list[Chunk]:
    """Return the entries with their sections; nothing else of the contents page."""
    rows = [a for a in articles if a.toc_title is not None]
    if layout.contents_style == "md_table":
        return [Chunk(_md_table(rows, layout), "contents")]
    if layout.contents_style == "html_table":
        return [Chunk(_html_table(rows, layout), "contents")]
    lines = _lines(rows, journal, layout)
    if layout.contents_style in ("columns", "columns_line"):
        lines = _columns(lines, layout)
    if layout.contents_more == "english":
        lines += _english(rows)
    if layout.contents_style == "pages_block":
        lines += [Chunk(str(a.page), "contents", 1 if i else 2) for i, a in enumerate(rows)]
    if layout.contents_style == "authors_block":
        names = [toc_author(a, layout) for a in rows]
        lines += [Chunk(name, "contents", 1 if i else 2) for i, name in enumerate(n for n in names if n)]
    return lines


def toc_author(article: Article, layout: Layout) -> str:
    """Return the names as the contents page prints them; empty where there are none."""
    if layout.contents_authors == "none":
        return ""
    joint = "、" if layout.contents_authors == "comma" else " "
    return joint.join(spread(w.name, layout) for w in article.text.writers)


def _lines(rows: list[Article], journal: Journal, layout: Layout) -> list[Chunk]:
    lines: list[Chunk] = []
    section = None
    slogans_at = len(rows) * 3 // 5
    for i, article in enumerate(rows):
        if i == slogans_at:
            lines += _slogans(journal, layout)
        if article.section != section and layout.section_style not in ("inline", "none"):
            section = article.section
            lines.append(_section(section, layout, later=i >= slogans_at))
        lines += _entry(article, layout, first=bool(lines) and lines[-1].kind == "section")
    return lines


def _slogans(journal: Journal, layout: Layout) -> list[Chunk]:
    words = journal.slogans
    if layout.slogans == "none" or not words:
        return []
    half = (len(words) + 1) // 2
    rows = [" ".join(words[:half])] + ([" ".join(words[half:])] if words[half:] else [])
    heads = ("# ", "## ") if layout.slogans == "heading" else ("", "")
    return [Chunk(mark + row, "slogan") for mark, row in zip(heads, rows, strict=False)]


def _section(name: str, layout: Layout, later: bool) -> Chunk:
    shapes = {
        "h2": "## {}",
        "h3": "### {}",
        "flip": "### {}" if later else "## {}",
        "bold": "**{}**",
        "brackets": "【{}】",
        "diamond": "◆ {}",
        "plain": "{}",
    }
    return Chunk(shapes[layout.section_style].format(name), "section")


def _entry(article: Article, layout: Layout, first: bool) -> list[Chunk]:
    style = layout.contents_style
    before = 2 if first or layout.contents_gap == "blank" else 1
    tail = "  " if layout.contents_gap == "hard" else ""
    title, author, page = _title(article, layout), toc_author(article, layout), _page(article, layout)
    if style == "lines":
        parts = [part for part in (title, author, page) if part]
        return [Chunk(part + tail, "contents", before if i == 0 else 1) for i, part in enumerate(parts)]
    if layout.contents_wrap == "author" and style in BREAKABLE:
        rest = f"{BREAKABLE[style].strip(' ')}{' ' if style == 'dots' else ''}{author} {page}"
        gap = 2 if layout.contents_gap == "blank" else 1
        return [Chunk(title + tail, "contents", before), Chunk(rest + tail, "contents", gap)]
    shape = LEADERS[style] if author else LEADERS_ALONE.get(style, LEADERS[style])
    line = shape.format(t=title, a=author, p=page).replace("  \t", "\t").rstrip()
    line = line if author else _close(line)
    head, *others = line.split("\n")
    if layout.contents_more == "teasers" and article.text.pieces[0].kind == "paragraph":
        others.append(article.text.pieces[0].text[:26] + "……")
    return [Chunk(head + tail, "contents", before), *(Chunk(other + tail, "contents", 1) for other in others)]


def _page(article: Article, layout: Layout) -> str:
    if layout.contents_style == "ranges":
        return f"{article.page}-{article.page + max(1, article.body_length // 300)}"
    if layout.contents_style == "wide_digits":
        return str(article.page).translate(WIDE_DIGITS)
    return str(article.page)


def _english(rows: list[Article]) -> list[Chunk]:
    """Print the contents once more in English."""
    names = [a.text.code.replace("-", " ").title() for a in rows]
    lines = [f"{name} ..... ({a.page})" for name, a in zip(names, rows, strict=True)]
    return [
        Chunk("CONTENTS", "contents"),
        *(Chunk(line, "contents", 1 if i else 2) for i, line in enumerate(lines)),
    ]


def _close(line: str) -> str:
    """Take out the blank an absent author leaves behind."""
    return (
        line.replace(".....  ", "..... ").replace("\t\t", "\t").replace("        ", "    ").replace("  ", " ")
    )


def entry_title(article: Article, layout: Layout) -> list[str]:
    """Return the lines on which the contents page prints a title."""
    title = article.toc_title or ""
    if layout.contents_wrap == "title" and layout.contents_style in BREAKABLE and len(title) > 9:
        return break_title((title,), "two")
    return [title]


def _title(article: Article, layout: Layout) -> str:
    section = f"{article.section}｜" if layout.section_style == "inline" else ""
    return section + "\n".join(entry_title(article, layout))


def _columns(lines: list[Chunk], layout: Layout) -> list[Chunk]:
    """Read two columns across: line by line, or two entries on one line."""
    middle = next(
        i for i in range((len(lines) + 1) // 2, len(lines)) if lines[i].kind in ("section", "contents")
    )
    left, right = lines[:middle], lines[middle:]
    if layout.contents_style == "columns":
        woven = [one for pair in zip(left, right, strict=False) for one in pair]
        return woven + left[len(right) :] + right[len(left) :]
    wide = [f"{a.text.lstrip('#')}        {b.text.lstrip('#')}" for a, b in zip(left, right, strict=False)]
    rest = [one.text for one in left[len(right) :] + right[len(left) :]]
    return [Chunk(line, "contents", 1 if i else 2) for i, line in enumerate(wide + rest)]


def _md_table(rows: list[Article], layout: Layout) -> str:
    out = ["| 题目 | 作者 | 页码 |", "| --- | --- | ---: |"]
    section = None
    for article in rows:
        if article.section != section and layout.section_style != "none":
            section = article.section
            out.append(f"| **{section}** |  |  |")
        out.append(f"| {article.toc_title} | {toc_author(article, layout)} | {article.page} |")
    return "\n".join(out)


def _html_table(rows: list[Article], layout: Layout) -> str:
    out = ['<table border="1">']
    section = None
    for article in rows:
        if article.section != section and layout.section_style != "none":
            section = article.section
            out.append(f'<tr><td colspan="3"><b>{html.escape(section)}</b></td></tr>')
        cells = (article.toc_title or "", toc_author(article, layout), str(article.page))
        out.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
    return "\n".join([*out, "</table>"])
