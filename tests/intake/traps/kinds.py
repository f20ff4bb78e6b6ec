"""The kinds of trap, by name: what each changes on a plain layout, and the issues that show it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.intake.traps.layout import Layout, random_layout
from tests.intake.traps.mastheads import journals
from tests.intake.traps.press import Printed, print_issue

__all__ = ["DEV_SEEDS", "HELD_OUT_SEEDS", "KINDS", "Case", "cases"]

DEV_SEEDS = (11, 12, 13, 14)
HELD_OUT_SEEDS = (901, 902, 903, 904)
SCAN = Layout(
    contents_wrap="author",
    contents_gap="hard",
    title_break="two",
    heading_style="mixed",
    byline="unit_name",
    padding="space",
    jump="silent",
    breaks="pages",
    captions="mid",
    punctuation="mixed",
    spacing="latin",
    mismatch="typo_body",
    strays="photo",
)
# each trap is shown twice on a clean page and twice in an ordinary scan, in journals that count pages
GROUNDS = (("bulletin", Layout()), ("fortnightly", Layout()), ("service", SCAN), ("quarterly", SCAN))
RANDOM_ROWS = 8


def _styles(field: str, *values: str, **more: str) -> dict[str, dict[str, str]]:
    return {f"{field.replace('_', ' ')}: {value}": {field: value, **more} for value in values}


KINDS: dict[str, dict[str, str]] = {
    "plain": {},
    # contents page
    **_styles("contents_style", "ellipsis", "middots", "tab", "spaces", "bare", "md_table", "html_table"),
    **_styles("contents_style", "page_first", "page_p", "author_first", "parens", "slash", "lines"),
    **_styles("contents_style", "columns", "columns_line", "pages_block", "authors_block"),
    **_styles("contents_style", "spaced_dots", "dash", "ranges", "wide_digits"),
    **_styles("contents_more", "teasers", "english"),
    **_styles("contents_word", "目次", "目　录", "CONTENTS 目录", "本期要目", "none"),
    **_styles("contents_place", "after_first", "end", "missing"),
    **_styles("contents_wrap", "title", "author"),
    **_styles("contents_gap", "single", "hard"),
    **_styles("contents_authors", "none", "comma"),
    **_styles("section_style", "h3", "flip", "bold", "brackets", "diamond", "plain", "inline", "none"),
    **_styles("section_in_body", "brackets", "heading", "plain"),
    **_styles("slogans", "heading", "plain"),
    # heads
    **_styles("title_style", "h2", "h3", "mixed", "bold", "plain", "bare"),
    **_styles("title_break", "two", "three", "scrambled", "headings"),
    **_styles("kicker_style", "heading", "joined"),
    **_styles("subtitle_style", "heading", "broken", mix="interview"),
    **_styles("heading_style", "h3", "mixed", "bold", "plain"),
    **_styles("byline", "unit_name", "name_unit", "unit_line", "slash", "bar", "colon", "author", "square"),
    **_styles("byline", "photo", "bold", "numbered", "broken", "tail_author", "tail_unit", "tail_is"),
    **_styles("byline", "title_line", "circle", "bio"),
    **_styles("names_joined", "comma"),
    **_styles("padding", "space", "wide"),
    # flow
    **_styles("end_mark", "■", "◆", "（完）", "own_line", "none"),
    **_styles("jump", "silent", "marked", "inside", "double", "to_end"),
    **_styles("jump_words", "short", "bare", "titled", jump="marked"),
    "jump without end marks": {"jump": "silent", "end_mark": "none"},
    "jump over pages": {"jump": "inside", "breaks": "pages"},
    **_styles("furniture", "heads", "folios", "both", "titles", breaks="pages"),
    **_styles("run_ins", "bold"),
    **_styles("closing", "editor"),
    **_styles("academic", "codes", mix="footnotes"),
    **_styles("breaks", "columns", "pages"),
    **_styles("captions", "mid", "after_mark", "labelled", "parens"),
    **_styles("paragraphs", "indent", "indent_blank"),
    **_styles("wrap", "blank", "indent", "bare", "hyphen"),
    **_styles("punctuation", "half", "mixed"),
    **_styles("spacing", "latin"),
    **_styles("residue", "html", "hypertext", "tags", "word", "invisible", "images", "escapes"),
    **_styles("notes", "full", "joined", mix="serial"),
    # promises not kept
    **_styles("absent", "entry", "title_only"),
    **_styles("strays", "photo", "article"),
    **_styles("mismatch", "typo_contents", "typo_body", "short", "author"),
    # masthead
    **_styles("masthead_place", "end", "none"),
    **_styles("masthead_style", "colon", "above", "columns", "wide_labels"),
    # the file
    **_styles("encoding", "utf-8-sig", "gb18030", "utf-16"),
    **_styles("newline", "crlf", "cr"),
    # forms
    **_styles("mix", "all", "poem", "table", "footnotes", "interview", "briefs", "serial", "list", "letter"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One printed issue of one kind; ``kind`` is a name of ``KINDS``, ``journal …`` or ``random …``."""

    kind: str
    seed: int
    code: str
    layout: Layout
    held_out: bool
    scan: bool = True  # not on a clean page

    def print(self) -> Printed:
        return print_issue(self.layout, self.seed, self.code, self.held_out)


def cases(held_out: bool = False) -> Iterator[Case]:
    """Yield every issue of one split: the kinds, each journal with all its habits, random layouts."""
    seeds = HELD_OUT_SEEDS if held_out else DEV_SEEDS
    for kind, values in KINDS.items():
        for seed, (code, ground) in zip(seeds, GROUNDS, strict=True):
            yield Case(kind, seed, code, ground.with_(**values), held_out, ground is SCAN)
    for journal in journals():
        for seed in seeds:
            yield Case(f"journal: {journal.code}", seed, journal.code, journal.layout, held_out)
    rng = random.Random(f"random layouts, held out: {held_out}")
    for number in range(RANDOM_ROWS * len(seeds)):
        layout = random_layout(rng, 0.25)
        code = rng.choice(journals()).code
        yield Case("random layouts", seeds[0] * 1000 + number, code, layout, held_out)
