"""A cleaned body as readers see it: numbered notes, anchored headings, figures, tables that scroll in a box.

The text is read token by token and written again from a closed list of tags, every word and every attribute
escaped, so nothing here depends on the cleaner having run. Nothing is ever styled in line (the page's policy
forbids it): the two styles the cleaner allows become classes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext

from articles.models import Figure
from articles.richtext import INLINE, MEDIA_IMAGE
from journal.edition.formats.wording import note_mark
from journal.public.pictures import picture

__all__ = ["END_MARK", "Rendered", "render", "standing_alone"]

END_MARK = '<span class="end-mark" aria-hidden="true">■</span>'
HEADINGS = {"h2", "h3", "h4"}
#: Written as they came, without attributes; the rest has a method of its own or is dropped.
PLAIN = (INLINE - {"a", "img", "sup"}) | {"blockquote", "ul", "li", "thead", "tbody", "tfoot", "tr", "hr"}
VOID = {"br", "hr", "col"}
STYLES = {
    r"text-align:\s*right": "right",
    r"text-align:\s*center": "center",
    r"text-indent:\s*0": "no-indent",
}
NUMERIC = re.compile(r"[+\-−—–±<>≤≥]?\s*[\d.,\s]*\d\s*[%‰]?|[—–-]")
LINK = re.compile(r"https?://|mailto:|/(?![/\\])|#", re.IGNORECASE)


@dataclass
class Rendered:
    """``html`` is the text, ``notes`` the inner HTML of each note in order, ``shown`` the pictures used."""

    html: str
    notes: list[str] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)


def figure_html(
    figure: Figure | None, src: str, attributes: Mapping[str, str], *, first: bool, linked: bool = True
) -> str:
    """One picture with its measures, so that the page does not jump while it loads, leading to its file."""
    words = (figure and (figure.alternative or figure.caption)) or attributes.get("alt", "")
    if figure:
        image = str(picture(figure, words, lazy=not first))
    else:
        width, height = attributes.get("width", ""), attributes.get("height", "")
        size = f' width="{escape(width)}" height="{escape(height)}"' if width and height else ""
        lazy = "" if first else ' loading="lazy"'
        image = f'<img src="{escape(src)}" alt="{escape(words)}"{size}{lazy} decoding="async">'
    if not linked:
        return image
    label = escape(gettext("Look at the picture: %(words)s") % {"words": words})
    return f'<a class="picture" href="{escape(src)}" aria-label="{label}">{image}</a>'


def caption_html(figure: Figure | None, written: str = "") -> str:
    """Caption, then who took it; the figure's own words go before those in the body."""
    words = escape(figure.caption) if figure and figure.caption else written.strip()
    credit = escape(figure.credit_line) if figure else ""
    if credit and credit in words:
        credit = ""
    if credit:
        words = f'{words} <span class="credit">{credit}</span>'.strip()
    return f"<figcaption>{words}</figcaption>" if words else ""


def standing_alone(figure: Figure) -> str:
    """A picture the text does not place, as it stands after it."""
    image = figure_html(figure, figure.image.url, {}, first=False)
    return f"<figure>{image}{caption_html(figure)}</figure>"


def render(html: str, figures: Mapping[str, Figure] | None = None, *, end_mark: bool = True) -> Rendered:
    """Render ``html``; ``figures`` maps a picture's name in the media folder to its row."""
    writer = BodyWriter(figures or {})
    writer.feed(html)
    writer.close()
    return writer.finish(end_mark)


class BodyWriter(HTMLParser):
    """Walks the tags; ``self.out`` is where words go now: the text, or a note, caption or cell begun."""

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        super().__init__(convert_charrefs=True)
        self.figures = figures
        self.out: list[str] = []
        self.kept: list[list[str]] = []
        self.stack: list[tuple[str, str]] = []  # open tag, what closes it
        self.notes: list[str] = []
        self.shown: set[str] = set()
        self.numbers = [0, 0, 0]
        self.figure: Figure | None = None
        self.caption = ""
        self.table: tuple[int, str] = (0, "")
        self.last_paragraph: int | None = None

    # -- buffers

    def begin(self) -> None:
        self.kept.append(self.out)
        self.out = []

    def end(self) -> str:
        text, self.out = "".join(self.out), self.kept.pop()
        return text

    def inside(self, *tags: str) -> bool:
        return any(tag in tags for tag, _ in self.stack)

    # -- tokens

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data, quote=False))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in VOID:
            self.out.append(f"<{tag}>")
        elif tag == "img":
            self.open_img(given)
        elif tag in HEADINGS:
            self.open_heading(tag, given)
        elif special := getattr(self, f"open_{tag}", None):
            special(given)
        elif tag in PLAIN:
            self.write(tag)

    def handle_endtag(self, tag: str) -> None:
        if not any(open_tag == tag for open_tag, _ in self.stack):
            return
        while self.stack:
            open_tag, closing = self.stack.pop()
            if special := getattr(self, f"close_{open_tag}", None):
                special(closing)
            else:
                self.out.append(closing)
            if open_tag == tag:
                return

    def write(self, tag: str, attributes: str = "", before: str = "", after: str = "") -> None:
        self.out.append(f"{before}<{tag}{attributes}>")
        self.stack.append((tag, f"</{tag}>{after}"))

    def classes(self, given: Mapping[str, str], allowed: set[str] = frozenset()) -> str:  # type: ignore[assignment]
        names = [name for name in given.get("class", "").split() if name in allowed]
        names += [name for style, name in STYLES.items() if re.search(style, given.get("style", ""))]
        return f' class="{" ".join(names)}"' if names else ""

    # -- paragraphs, headings, links

    def open_p(self, given: Mapping[str, str]) -> None:
        attributes = self.classes(given, {"no-indent", "sign"})
        self.out.append(f"<p{attributes}>")
        self.stack.append(("p", "sign" if "sign" in attributes or "right" in attributes else ""))

    def close_p(self, kind: str) -> None:
        if not self.kept and not kind and not self.inside("figure", "td", "th"):
            self.last_paragraph = len(self.out)
        self.out.append("</p>")

    def open_heading(self, tag: str, given: Mapping[str, str]) -> None:
        level = int(tag[1]) - 2
        self.numbers[level] += 1
        self.numbers[level + 1 :] = [0] * (2 - level)
        anchor = "s" + "-".join(str(n) for n in self.numbers[: level + 1])
        self.out.append(f'<{tag} id="{anchor}"{self.classes(given)}><a class="here" href="#{anchor}">')
        self.stack.append((tag, f"</a></{tag}>"))

    def open_a(self, given: Mapping[str, str]) -> None:
        href = given.get("href", "").strip()
        if not LINK.match(href) or self.inside(*HEADINGS, "a"):
            self.stack.append(("a", ""))
            return
        outside = ' rel="noopener noreferrer"' if re.match(r"https?:", href, re.IGNORECASE) else ""
        self.write("a", f' href="{escape(href)}"{outside}')

    def open_ol(self, given: Mapping[str, str]) -> None:
        start = given.get("start", "")
        self.write("ol", f' start="{start}"' if start.isdecimal() else "")

    # -- notes

    def open_sup(self, given: Mapping[str, str]) -> None:
        if "footnote" not in given.get("class", "").split() or self.inside("footnote"):
            self.write("sup")
            return
        self.begin()
        self.stack.append(("sup", "note"))

    def close_sup(self, closing: str) -> None:
        if closing != "note":
            self.out.append(closing)
            return
        self.notes.append(self.end())
        number = len(self.notes)
        label = escape(gettext("Note %(number)s") % {"number": number})
        self.out.append(
            f'\u2060<sup class="note-mark"><a class="note-ref" id="ref-{number}" href="#note-{number}"'
            f' role="doc-noteref" aria-label="{label}">{note_mark(number)}</a></sup>'
        )

    # -- figures

    def open_figure(self, given: Mapping[str, str]) -> None:
        self.figure, self.caption = None, ""
        self.write("figure", self.classes(given, {"wide", "half"}))

    def close_figure(self, closing: str) -> None:
        self.out.append(caption_html(self.figure, self.caption) + closing)

    def open_figcaption(self, given: Mapping[str, str]) -> None:
        self.begin()
        self.stack.append(("figcaption", ""))

    def close_figcaption(self, closing: str) -> None:
        self.caption = self.end()
        if not self.inside("figure"):
            self.out.append(self.caption)

    def open_img(self, given: Mapping[str, str]) -> None:
        match = MEDIA_IMAGE.fullmatch(given.get("src", ""))
        if not match:
            return
        row = self.figures.get(match[1])
        self.figure = self.figure or row
        linked = not self.inside("a", *HEADINGS)
        self.out.append(figure_html(row, given["src"], given, first=not self.shown, linked=linked))
        self.shown.add(match[1])

    # -- tables

    def open_table(self, given: Mapping[str, str]) -> None:
        self.table = (len(self.out), gettext("Table"))
        self.out.append("")
        self.write("table", self.classes(given, {"wide"}), after="</div>")

    def close_table(self, closing: str) -> None:
        place, name = self.table
        self.out[place] = f'<div class="table-box" role="region" tabindex="0" aria-label="{escape(name)}">'
        self.out.append(closing)

    def open_caption(self, given: Mapping[str, str]) -> None:
        self.begin()
        self.stack.append(("caption", ""))

    def close_caption(self, closing: str) -> None:
        words = self.end()
        self.table = (self.table[0], re.sub(r"<[^>]+>", "", words) or self.table[1])
        self.out.append(f"<caption>{words}</caption>")

    def open_th(self, given: Mapping[str, str]) -> None:
        spans = spans_of(given)
        scope = given.get("scope", "")
        if scope not in {"row", "col", "rowgroup", "colgroup"}:
            head = self.inside("thead")
            scope = ("colgroup" if "colspan" in spans else "col") if head else "row"
        self.write("th", f' scope="{scope}"{spans}')

    def open_td(self, given: Mapping[str, str]) -> None:
        self.begin()
        self.stack.append(("td", spans_of(given) + self.classes(given)))

    def close_td(self, attributes: str) -> None:
        words = self.end()
        number = NUMERIC.fullmatch(re.sub(r"<[^>]+>", "", words).strip())
        if number and "class=" not in attributes:
            attributes += ' class="number"'
        self.out.append(f"<td{attributes}>{words}</td>")

    # -- the end

    def finish(self, end_mark: bool) -> Rendered:
        while self.stack:
            self.handle_endtag(self.stack[-1][0])
        if end_mark and self.last_paragraph is not None:
            self.out.insert(self.last_paragraph, END_MARK)
        return Rendered("".join(self.out).strip(), self.notes, self.shown)


def spans_of(given: Mapping[str, str]) -> str:
    kept = ((name, given.get(name, "")) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{value}"' for name, value in kept if value.isdecimal() and int(value) > 1)
