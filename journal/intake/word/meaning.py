"""What the paragraphs of a Word file mean: title, people, headings, text."""

from __future__ import annotations

from journal.intake.manuscript import Block, BlockKind, Manuscript

from .html import body_html
from .layout import Layout, Paragraph
from .understood import Remark, WordManuscript, WordPicture

__all__ = ["understand"]


def understand(layout: Layout, filename: str) -> WordManuscript:
    """The first words are the title, the rest is the text."""
    items = [item for item in layout.items if not isinstance(item, Paragraph) or not item.is_empty]
    title = ""
    if items and isinstance(items[0], Paragraph):
        title, items = items[0].text.strip(), items[1:]
    blocks = tuple(
        Block(f"b{place}", BlockKind.PARAGRAPH, item.text.strip(), item.text, ())
        for place, item in enumerate(items)
        if isinstance(item, Paragraph)
    )
    return WordManuscript(
        filename=filename,
        manuscript=Manuscript(id="01", title=title, blocks=blocks),
        body=body_html(items, {}),
        pictures=tuple(WordPicture(id, part, alternative=words) for id, part, words in layout.pictures),
        not_taken=layout.not_taken,
        warnings=tuple(Remark("", words) for words in layout.remarks),
    )
