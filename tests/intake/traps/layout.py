"""How an issue is printed: every dimension of the layout with all its values, the first one plain.

A trap is a plain layout with one or two values changed; a journal's own layout changes many at once.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace

__all__ = ["CHOICES", "Layout", "random_layout"]

CHOICES: dict[str, tuple[str, ...]] = {
    # contents page
    "contents_place": ("front", "after_first", "end", "missing"),
    "contents_word": ("目录", "目次", "CONTENTS 目录", "本期要目", "目　录", "none"),
    "contents_style": (
        "dots",
        "ellipsis",
        "middots",
        "tab",
        "spaces",
        "bare",
        "md_table",
        "html_table",
        "page_first",
        "page_p",
        "author_first",
        "parens",
        "slash",
        "lines",
        "columns",
        "columns_line",
        "pages_block",
        "authors_block",
        "spaced_dots",
        "dash",
        "ranges",
        "wide_digits",
    ),
    "contents_more": ("none", "teasers", "english"),
    "contents_wrap": ("none", "title", "author"),
    "contents_gap": ("blank", "single", "hard"),
    "contents_authors": ("space", "comma", "none"),
    "section_style": ("h2", "h3", "flip", "bold", "brackets", "diamond", "plain", "inline", "none"),
    "section_in_body": ("none", "brackets", "heading", "plain"),
    # heads of articles
    "title_style": ("h1", "h2", "h3", "mixed", "bold", "plain", "bare"),
    "title_break": ("none", "two", "three", "scrambled", "headings"),
    "kicker_style": ("plain", "heading", "joined"),
    "subtitle_style": ("plain", "heading", "broken"),
    "heading_style": ("h2", "h3", "mixed", "bold", "plain"),
    "byline": (
        "name",
        "unit_name",
        "name_unit",
        "unit_line",
        "slash",
        "bar",
        "colon",
        "author",
        "square",
        "photo",
        "bold",
        "numbered",
        "broken",
        "tail_author",
        "tail_unit",
        "tail_is",
        "title_line",
        "circle",
        "bio",
    ),
    "names_joined": ("space", "comma"),
    "padding": ("none", "space", "wide"),
    # flow of the text
    "end_mark": ("□", "■", "◆", "（完）", "own_line", "none"),
    "jump": ("none", "silent", "marked", "inside", "double", "to_end"),
    "run_ins": ("plain", "bold"),
    "closing": ("none", "editor"),
    "academic": ("none", "codes"),
    "jump_words": ("turn", "short", "bare", "titled"),
    "furniture": ("none", "heads", "folios", "both", "titles"),
    "breaks": ("none", "columns", "pages"),
    "captions": ("between", "mid", "after_mark", "labelled", "parens"),
    "paragraphs": ("blank", "indent", "indent_blank"),
    "wrap": ("none", "blank", "indent", "bare", "hyphen"),
    "punctuation": ("full", "half", "mixed"),
    "spacing": ("none", "latin"),
    "residue": ("none", "html", "hypertext", "tags", "word", "invisible", "images", "escapes"),
    "notes": ("half", "full", "joined"),
    # promises that are not kept
    "absent": ("none", "entry", "title_only"),
    "strays": ("none", "photo", "article"),
    "mismatch": ("none", "typo_contents", "typo_body", "short", "author"),
    # masthead
    "masthead_place": ("contents", "end", "none"),
    "masthead_style": ("lines", "colon", "above", "columns", "wide_labels"),
    "slogans": ("none", "heading", "plain"),
    # the file
    "encoding": ("utf-8", "utf-8-sig", "gb18030", "utf-16"),
    "newline": ("lf", "crlf", "cr"),
    # which texts
    "mix": ("plain", "all", "poem", "table", "footnotes", "interview", "briefs", "serial", "list", "letter"),
}


@dataclass(frozen=True, slots=True)
class Layout:
    contents_place: str = "front"
    contents_word: str = "目录"
    contents_style: str = "dots"
    contents_more: str = "none"
    contents_wrap: str = "none"
    contents_gap: str = "blank"
    contents_authors: str = "space"
    section_style: str = "h2"
    section_in_body: str = "none"
    title_style: str = "h1"
    title_break: str = "none"
    kicker_style: str = "plain"
    subtitle_style: str = "plain"
    heading_style: str = "h2"
    byline: str = "name"
    names_joined: str = "space"
    padding: str = "none"
    end_mark: str = "□"
    jump: str = "none"
    run_ins: str = "plain"
    closing: str = "none"
    academic: str = "none"
    jump_words: str = "turn"
    furniture: str = "none"
    breaks: str = "none"
    captions: str = "between"
    paragraphs: str = "blank"
    wrap: str = "none"
    punctuation: str = "full"
    spacing: str = "none"
    residue: str = "none"
    notes: str = "half"
    absent: str = "none"
    strays: str = "none"
    mismatch: str = "none"
    masthead_place: str = "contents"
    masthead_style: str = "lines"
    slogans: str = "none"
    encoding: str = "utf-8"
    newline: str = "lf"
    mix: str = "plain"

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value not in CHOICES[field.name]:
                raise ValueError(f"{field.name} has no value {value!r}")

    def with_(self, **values: str) -> Layout:
        """Return this layout with some values changed."""
        return replace(self, **values)


def random_layout(rng: random.Random, share: float = 0.35) -> Layout:
    """Return a layout in which every dimension leaves its plain value with probability ``share``."""
    values = {name: rng.choice(some[1:]) for name, some in CHOICES.items() if rng.random() < share}
    return Layout(**values)
