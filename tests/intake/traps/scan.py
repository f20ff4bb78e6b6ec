"""What scanning and conversion do to a page: narrow punctuation, hard lines, left-over mark-up, encodings."""

from __future__ import annotations

import random
import re

from tests.intake.traps.chunks import Chunk, is_cjk
from tests.intake.traps.layout import Layout

__all__ = ["WIDTH", "encoded", "scanned"]

WIDTH = 24  # characters of a hard-wrapped line
NARROW = str.maketrans("，；：？！（）", ",;:?!()")
RUNNING = ("body", "verse")
BEFORE_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")


def scanned(chunks: list[Chunk], layout: Layout, rng: random.Random) -> list[Chunk]:
    """Return the chunks as the scan shows them."""
    chunks = _punctuation(chunks, layout)
    if layout.spacing == "latin":
        chunks = [c.with_(text=BEFORE_LATIN.sub(" ", c.text)) if c.kind in RUNNING else c for c in chunks]
    chunks = _residue(chunks, layout, rng)
    chunks = _paragraphs(chunks, layout)
    return _wrapped(chunks, layout, rng)


def encoded(text: str, layout: Layout) -> bytes:
    """Return the file."""
    ends = {"crlf": "\r\n", "cr": "\r"}.get(layout.newline, "\n")
    return text.replace("\n", ends).encode(layout.encoding)


def _punctuation(chunks: list[Chunk], layout: Layout) -> list[Chunk]:
    """Two recognizers take turns by page: a page gap flips the width."""
    if layout.punctuation == "full":
        return chunks
    out, narrow = [], True
    for chunk in chunks:
        if layout.punctuation == "mixed" and chunk.before >= 4:
            narrow = not narrow
        out.append(chunk.with_(text=chunk.text.translate(NARROW)) if narrow else chunk)
    return out


def _residue(chunks: list[Chunk], layout: Layout, rng: random.Random) -> list[Chunk]:
    made = {
        "html": _html,
        "hypertext": _hypertext,
        "tags": _tags,
        "word": _word,
        "invisible": _invisible,
        "images": _images,
        "escapes": _escapes,
    }
    return made[layout.residue](chunks, rng) if layout.residue in made else chunks


def _html(chunks: list[Chunk], rng: random.Random) -> list[Chunk]:
    shapes = {"body": "<p>{}</p>", "verse": "<p>{}</p>", "caption": "<center>{}</center>", "title": "{}<br/>"}
    return [c.with_(text=shapes.get(c.kind, "{}").format(c.text)) for c in chunks]


def _hypertext(chunks: list[Chunk], rng: random.Random) -> list[Chunk]:
    """A page saved from the web: every kind of line in its own tag."""
    out = []
    for chunk in chunks:
        words = re.sub(r"^#+ |^\*\*|\*\*$", "", chunk.text)
        shape = {
            "title": "<h1>{}</h1>",
            "heading": "<h3>{}</h3>",
            "byline": '<p class="author" align="center">{}</p>',
            "body": "<p>{}</p>",
            "verse": "<p>{}</p>",
            "note": "<div>{}</div>",
            "caption": '<figure><img src="1.jpg"/><figcaption>{}</figcaption></figure>',
        }.get(chunk.kind)
        out.append(chunk.with_(text=shape.format(words)) if shape else chunk)
    return out


def _tags(chunks: list[Chunk], rng: random.Random) -> list[Chunk]:
    out = []
    for chunk in chunks:
        words = chunk.text
        if chunk.kind == "body" and not chunk.continued:
            words = "&nbsp;&nbsp;" + words.replace("“", "&ldquo;").replace("”", "&rdquo;")
        if chunk.kind == "body" and rng.random() < 0.3:
            words += "<br>"
        if chunk.kind in ("body", "byline") and rng.random() < 0.3:
            words = f'<span style="font-size:12px">{words}</span>'
        out.append(chunk.with_(text=words))
    return out


def _word(chunks: list[Chunk], rng: random.Random) -> list[Chunk]:
    """The names of form controls that a word processor leaves behind."""
    out: list[Chunk] = []
    titles = [i for i, c in enumerate(chunks) if c.kind == "title" and c.before > 1]
    entries = [i for i, c in enumerate(chunks) if c.kind == "contents" and is_cjk(c.text[0])]
    on_title = set(rng.sample(titles, min(2, len(titles))))
    on_entry = {rng.choice(entries)} if entries else set()
    for i, chunk in enumerate(chunks):
        if i in on_title:
            out.append(Chunk("# 窗体顶端", "residue", chunk.before))
            chunk = chunk.with_(before=2)
        out.append(chunk.with_(text="窗体顶端" + chunk.text) if i in on_entry else chunk)
    return out


def _invisible(chunks: list[Chunk], rng: random.Random) -> list[Chunk]:
    out = []
    for chunk in chunks:
        words = chunk.text
        if chunk.kind in ("body", "title", "byline") and len(words) > 3:
            at = rng.randrange(1, len(words))
            words = words[:at] + rng.choice("\u200b\u00ad\ufeff\u2060") + words[at:]
        if chunk.before >= 4 or chunk.kind == "furniture":
            words = "\f" + words
        out.append(chunk.with_(text=words))
    return out


def _escapes(chunks: list[Chunk], rng: random.Random) -> list[Chunk]:
    """A converter guards what Markdown could misread."""
    shape = re.compile(r"(?<=\d)\.(?=\D)|[\[\]_+]|^-")
    return [c.with_(text=shape.sub(lambda m: "\\" + m.group(), c.text)) for c in chunks]


def _images(chunks: list[Chunk], rng: random.Random) -> list[Chunk]:
    out: list[Chunk] = []
    for i, chunk in enumerate(chunks):
        if chunk.kind == "caption" or (chunk.kind == "body" and rng.random() < 0.06):
            shape = rng.choice(
                ("![](images/p{}.jpg)", '<img src="images/p{}.png" alt=""/>', "![图片](p{}.jpeg)")
            )
            out.append(Chunk(shape.format(i), "residue", chunk.before))
            chunk = chunk.with_(before=2)
        out.append(chunk)
    return out


def _paragraphs(chunks: list[Chunk], layout: Layout) -> list[Chunk]:
    """Set typed indents, with or without blank lines between the paragraphs."""
    if layout.paragraphs == "blank":
        return chunks
    out: list[Chunk] = []
    for chunk in chunks:
        if chunk.kind in RUNNING and not chunk.continued:
            follows = bool(out) and out[-1].kind in RUNNING and chunk.before == 2
            tight = follows and layout.paragraphs == "indent"
            chunk = chunk.with_(text="\u3000\u3000" + chunk.text, before=1 if tight else chunk.before)
        out.append(chunk)
    return out


def _wrapped(chunks: list[Chunk], layout: Layout, rng: random.Random) -> list[Chunk]:
    if layout.wrap == "none":
        return chunks
    out: list[Chunk] = []
    for chunk in chunks:
        if chunk.kind in RUNNING:
            chunk = _wrap(chunk, layout, rng, bool(out) and out[-1].kind in RUNNING)
        out.append(chunk)
    return out


def _wrap(chunk: Chunk, layout: Layout, rng: random.Random, follows: bool) -> Chunk:
    words = chunk.text
    if layout.wrap == "indent" and not chunk.continued:
        words = "\u3000\u3000" + words.lstrip("\u3000")
    lines = _lines(words)
    if layout.wrap == "hyphen":
        inner = [line + "-" if rng.random() < 0.25 and is_cjk(line[-1]) else line for line in lines[:-1]]
        lines = [*inner, lines[-1]]
    tight = follows and layout.wrap in ("indent", "bare") and chunk.before == 2
    return chunk.with_(text="\n".join(lines), before=1 if tight else chunk.before)


def _lines(words: str) -> list[str]:
    """Set a paragraph in lines of ``WIDTH``; no line begins with a stop or ends with an opening mark."""
    lines = []
    while words:
        end = WIDTH
        while words[end : end + 1] and words[end] in "，。、；：？！”’》）,;:?!)":
            end += 1
        if words[end - 1 : end] in tuple("“‘《（("):
            end -= 1
        lines.append(words[:end])
        words = words[end:]
    return lines
