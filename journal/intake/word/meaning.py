"""What the lines of a Word file mean: title, people, headings, captions, contacts; the rest is the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.intake.manuscript import Block, BlockKind, Caption, Manuscript

from .beside import Words, read_beside
from .contacts import find_contacts, has_number
from .edits import edited
from .facts import Facts
from .forms import read_forms
from .head import read_head
from .headings import rank_headings
from .html import body_html
from .layout import Item, Layout, Paragraph, Table
from .lines import Line, Page, Part, page_of
from .notes import read_typed_notes
from .opening import read_opening
from .tail import read_tail
from .understood import Remark, WordManuscript, WordPicture, WordTable

__all__ = ["understand"]

KINDS = {
    Part.TEXT: BlockKind.PARAGRAPH,
    Part.HEADING: BlockKind.HEADING,
    Part.TITLE: BlockKind.TITLE,
    Part.KICKER: BlockKind.KICKER,
    Part.SUBTITLE: BlockKind.SUBTITLE,
    Part.PEOPLE: BlockKind.BYLINE,
    Part.ABSTRACT: BlockKind.ABSTRACT,
    Part.CAPTION: BlockKind.CAPTION,
    Part.TABLE_CAPTION: BlockKind.CAPTION,
    Part.NOTE: BlockKind.CLOSING_NOTE,
}
#: A short line that asks to get in touch is to the editors, wherever it stands.
ASIDE = 30
SHORT = 40
ASKS = re.compile("联系我|与我联系|联系本人|联系作者|找我|加我|微信同号")
#: What programs write where nobody described the picture.
NO_WORDS = re.compile(
    r"(?:图片|图像|image|picture|img|dsc|mmexport|微信图片|wps)?[\s_\-\d()（）]*(?:\.\w{2,4})?|.*(?:描述已自动生成|自动生成的说明).*",
    re.I | re.S,
)


def understand(layout: Layout, filename: str) -> WordManuscript:
    """Read the lines of a file; every one of them is in the text, in a field, or said to be left out."""
    page = page_of(layout.items)
    facts = Facts()
    read_forms(page, facts)
    words = read_beside(page)
    read_head(page, facts)
    start = next((n for n, line in enumerate(page.lines) if line.free or is_table(line)), len(page.lines))
    read_opening(page, start, facts)
    read_typed_notes(page, start)
    read_tail(page, facts, start)
    for line in page.lines:
        if line.free:
            cut_contacts(line, facts)
    rank_headings(page, start)
    facts.sweep()
    words = {id: swept(said, facts) for id, said in words.items()}
    text = [line for line in page.lines if line.part in {Part.TEXT, Part.HEADING} or line.pictures]
    return WordManuscript(
        filename=filename,
        manuscript=manuscript_of(page, text, facts, words),
        body=html_of(text),
        pictures=tuple(pictures_of(layout, words)),
        tables=tuple(tables_of(text)),
        telephones=tuple(facts.telephones),
        emails=tuple(facts.emails),
        private=(*facts.private, *facts.cover),
        affiliations=tuple(dict.fromkeys(facts.affiliations)),
        section=facts.section,
        not_taken=(*layout.not_taken, *left_out(facts)),
        warnings=tuple(remarks(layout, page, facts, words)),
    )


def is_table(line: Line) -> bool:
    return isinstance(line.item, Table) and line.part is Part.TEXT


def swept(said: Words, facts: Facts) -> Words:
    """The words under a picture without numbers nobody should read there."""
    printed = facts.keep_private(said.printed)
    return (
        said
        if printed == said.printed
        else replace(said, printed=printed, caption=facts.keep_private(said.caption))
    )


def cut_contacts(line: Line, facts: Facts) -> None:
    """Numbers behind a private label go, even out of running text; what is left must not limp."""
    paragraph = line.paragraph
    if paragraph is None:
        return
    sentence = len(paragraph.text) > SHORT or paragraph.text.endswith(("。", "”", "！", "？"))
    found = find_contacts(paragraph.text, bare=not sentence)
    if not found.spans:
        return
    facts.add_contacts(found)
    if not found.rest or (len(found.rest) <= ASIDE and ASKS.search(found.rest)):
        facts.private += [found.rest] if found.rest else []
        line.part = Part.PRIVATE
        return
    text = paragraph.text
    edits = []
    for start, end in found.spans:
        bracket = re.compile(r"[（(][\s，,；;、]*$").search(text[:start])
        closing = re.compile(r"^[\s，,；;、]*[）)]").match(text[end:])
        if bracket and closing:
            start, end = bracket.start(), end + closing.end()
        elif lead := re.search(r"[，,；;、]\s*$", text[:start]):
            start = lead.start()
        edits.append((start, end, ""))
    line.item = edited(paragraph, edits)


def html_of(text: list[Line]) -> str:
    items: list[Item] = [line.item for line in text]
    ranks = {n: line.rank for n, line in enumerate(text) if line.part is Part.HEADING}
    captions = {n: line.caption for n, line in enumerate(text) if line.caption}
    return body_html(items, ranks, captions)


def manuscript_of(page: Page, text: list[Line], facts: Facts, words: Mapping[str, Words]) -> Manuscript:
    return Manuscript(
        id="01",
        title=facts.title,
        section=facts.section or None,
        kicker=facts.kicker or None,
        subtitle=facts.subtitle or None,
        authors=facts.finished_authors(),
        credits=tuple(facts.credits),
        source=facts.source or None,
        abstract=facts.abstract or None,
        keywords=facts.keywords,
        captions=tuple(Caption(w.printed, w.photographer or None, w.credit or None) for w in words.values()),
        footnotes=tuple(notes_of(text)),
        closing_notes=tuple(dict.fromkeys(facts.closing_notes)),
        end_mark=facts.end_mark,
        blocks=tuple(blocks_of(page)),
    )


def blocks_of(page: Page) -> Iterator[Block]:
    for place, line in enumerate(page.lines):
        id = f"b{place + 1}"
        if isinstance(line.item, Table):
            if line.part is Part.TEXT:
                rows = tuple(tuple(cell.text for cell in row) for row in line.item.rows)
                plain = "\n".join(" ".join(filter(None, row)) for row in rows)
                yield Block(id, BlockKind.TABLE, plain, plain, (), rows=rows)
        elif line.text and line.part in KINDS:
            kind = BlockKind.LIST_ITEM if line.is_list_item and line.part is Part.TEXT else KINDS[line.part]
            yield Block(id, kind, line.text, line.text, (), level=line.rank or None)


def tables_of(text: list[Line]) -> Iterator[WordTable]:
    for line in text:
        if isinstance(line.item, Table):
            yield WordTable(line.caption, tuple(tuple(cell.text for cell in row) for row in line.item.rows))


def notes_of(text: list[Line]) -> Iterator[str]:
    for line in text:
        for paragraph in paragraphs_of(line.item):
            yield from (run.note for run in paragraph.runs if run.note)


def paragraphs_of(item: Item) -> Iterator[Paragraph]:
    if isinstance(item, Paragraph):
        yield item
    else:
        yield from (paragraph for row in item.rows for cell in row for paragraph in cell.paragraphs)


def pictures_of(layout: Layout, words: Mapping[str, Words]) -> Iterator[WordPicture]:
    for id, part, described in layout.pictures:
        said = words.get(id, Words())
        alternative = "" if NO_WORDS.fullmatch(described.strip()) else described.strip()
        name = PurePosixPath(part).name
        yield WordPicture(id, name, said.caption, said.photographer, said.credit, alternative)


def left_out(facts: Facts) -> Iterator[str]:
    if facts.cover:
        yield _("A note to the editors: it is kept for them and stands nowhere in the text.")
    if facts.left_out:
        words = "；".join(dict.fromkeys(facts.left_out))
        yield _("Lines about the file, not of the text: %(words)s.") % {"words": words[:300]}


def remarks(layout: Layout, page: Page, facts: Facts, words: Mapping[str, Words]) -> Iterator[Remark]:
    yield from (Remark("", sentence) for sentence in layout.remarks)
    if not facts.title:
        yield Remark("title", _("No title was found. Write it here."))
    if not facts.finished_authors():
        yield Remark("authors", _("No author was found. Write the names here."))
    bare = sum(not words.get(id, Words()).caption for id, _part, _words in layout.pictures)
    if bare:
        sentence = ngettext("%(n)s picture has no caption.", "%(n)s pictures have no caption.", bare)
        yield Remark("pictures", sentence % {"n": bare})
    if any(line.free and has_number(line.text) for line in page.lines):
        yield Remark(
            "body", _("A telephone number or an address stands in the text: look whether readers may see it.")
        )
