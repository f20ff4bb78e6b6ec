"""The running text of an article: paragraphs, captions, end mark, notes; columns, pages, their furniture."""

from __future__ import annotations

import random

from tests.intake.traps.bylines import Byline, spread
from tests.intake.traps.chunks import Chunk, cut
from tests.intake.traps.heads import marked
from tests.intake.traps.layout import Layout
from tests.intake.traps.mastheads import Journal
from tests.intake.traps.plan import Article
from tests.intake.traps.texts import RUN_IN, Picture, Piece

__all__ = ["body", "caption_line", "paged"]

STATUS = {
    "half": {"上": "待续", "下": "续完"},
    "full": {"上": "未完待续", "下": "全文完"},
    "joined": {"上": "下期续完", "下": "续完"},
}
NOTE_BRACKETS = {"half": "({})", "full": "（{}）", "joined": "（{}）"}
HEADINGS = {"h2": ("h2", "h3"), "h3": ("h3", "h4"), "bold": ("bold", "bold"), "plain": ("plain", "plain")}


def body(article: Article, who: Byline, layout: Layout, rng: random.Random) -> list[Chunk]:
    """Return text, captions and notes, not yet broken into columns."""
    chunks = [_piece(piece, layout, rng) for piece in article.text.pieces]
    chunks = _rows_together(chunks)
    chunks = _with_captions(article, chunks, layout, rng)
    chunks = _ended(chunks, layout)
    chunks += [Chunk(caption_line(p, layout), "caption") for p in _late(article, layout)]
    return _with_notes(chunks, _notes(article, who, layout), article, layout)


def caption_line(picture: Picture, layout: Layout) -> str:
    """Return a caption as printed, with its photographer."""
    credit = ""
    if picture.photographer:
        name = spread(picture.photographer, layout)
        credit = f"（{name}/{picture.role}）" if layout.captions == "labelled" else f" {name} {picture.role}"
    if layout.captions == "parens":
        return f"（图为{picture.caption}{credit}）"
    return ("图1　" if layout.captions == "labelled" else "") + picture.caption + credit


def _piece(piece: Piece, layout: Layout, rng: random.Random) -> Chunk:
    if piece.kind == "heading":
        style = rng.choice(("h2", "h3")) if layout.heading_style == "mixed" else layout.heading_style
        return Chunk(marked(piece.text, HEADINGS[style][piece.level - 1]), "heading")
    if piece.kind == "row":
        return Chunk(piece.text, "row")
    words = piece.text
    if layout.run_ins == "bold" and (lead := RUN_IN.match(words)):
        words = f"**{lead.group()}**{words[lead.end() :]}"
    return Chunk(words, "body" if len(words) > 18 else "verse")


def _rows_together(chunks: list[Chunk]) -> list[Chunk]:
    """Print the rows of one table tight, with the rule of Markdown under the first."""
    out: list[Chunk] = []
    for chunk in chunks:
        tight = chunk.kind == "row" and bool(out) and out[-1].kind == "row"
        out.append(chunk.with_(before=1) if tight else chunk)
        if chunk.kind == "row" and not tight:
            out.append(Chunk("|" + " --- |" * (chunk.text.count("|") - 1), "row", 1))
    return out


def _with_captions(article: Article, chunks: list[Chunk], layout: Layout, rng: random.Random) -> list[Chunk]:
    if layout.captions == "after_mark":
        return chunks
    for picture in article.text.pictures:
        words = Chunk(caption_line(picture, layout), "caption")
        long = [i for i, c in enumerate(chunks) if c.kind == "body" and len(c.text) > 80]
        at = rng.choice(long) if long else len(chunks) - 1
        halves = cut(chunks[at], len(chunks[at].text) // 2, rng) if layout.captions == "mid" else None
        between = [halves[0], words.with_(before=4), halves[1]] if halves else [chunks[at], words]
        chunks = [*chunks[:at], *between, *chunks[at + 1 :]]
    return chunks


def _late(article: Article, layout: Layout) -> tuple[Picture, ...]:
    return article.text.pictures if layout.captions == "after_mark" else ()


def _ended(chunks: list[Chunk], layout: Layout) -> list[Chunk]:
    if layout.end_mark == "none":
        return chunks
    if layout.end_mark == "own_line":
        return [*chunks, Chunk("□", "note")]
    last = max(i for i, chunk in enumerate(chunks) if chunk.kind in ("body", "verse"))
    ended = chunks[last].with_(text=chunks[last].text + layout.end_mark)
    return [*chunks[:last], ended, *chunks[last + 1 :]]


def _notes(article: Article, who: Byline, layout: Layout) -> list[str]:
    one = article.text
    status = STATUS[layout.notes].get(one.part or "")
    credits = " ".join(f"{c.role}：{' '.join(spread(n, layout) for n in c.names)}" for c in one.credits)
    source = f"来源：{one.source}" if one.source else ""
    shape = NOTE_BRACKETS[layout.notes]
    editor = "责任编辑：曲默" if layout.closing == "editor" else ""
    return [shape.format(note) for note in (status, credits, *who.tail, source, editor) if note]


def _with_notes(chunks: list[Chunk], notes: list[str], article: Article, layout: Layout) -> list[Chunk]:
    if layout.notes == "joined" and notes and chunks[-1].kind in ("body", "verse"):
        chunks = [*chunks[:-1], chunks[-1].with_(text=chunks[-1].text + "".join(notes))]
    else:
        chunks = chunks + [Chunk(note, "note") for note in notes]
    chunks += [Chunk(note, "note", 1 if i else 2) for i, note in enumerate(article.text.footnotes)]
    if article.text.references:
        chunks.append(Chunk("参考文献", "note"))
        chunks += [Chunk(line, "note", 1) for line in article.text.references]
    return chunks


def paged(
    chunks: list[Chunk], article: Article, journal: Journal, layout: Layout, rng: random.Random
) -> list[Chunk]:
    """Break the text into columns and pages and set running heads and folios at the page ends."""
    if layout.breaks == "none" and layout.furniture == "none":
        return chunks
    out: list[Chunk] = []
    room, columns, page = rng.randint(190, 320), 0, article.page
    for chunk in chunks:
        while chunk.kind == "body" and len(chunk.text) > room + 15 and (halves := cut(chunk, room, rng)):
            out.append(halves[0])
            columns += 1
            ends = columns % 2 == 0
            furniture = _furniture(article, journal, layout, page) if ends else []
            page += ends
            gap = rng.choice((4, 4, 6)) if ends and layout.breaks == "pages" else 2
            out += furniture
            chunk = halves[1].with_(before=gap)
            room = rng.randint(190, 320)
        out.append(chunk)
        room = max(room - len(chunk.text), 40)
    return out


def _furniture(article: Article, journal: Journal, layout: Layout, page: int) -> list[Chunk]:
    folio = Chunk(journal.folio.format(page), "furniture")
    running = Chunk(journal.running_head, "furniture", 4 if layout.breaks == "pages" else 2)
    titled = running.with_(text=f"{article.title}　{article.page}")
    wanted = {"heads": [running], "folios": [folio], "both": [folio, running], "titles": [titled]}
    return wanted.get(layout.furniture, [])
