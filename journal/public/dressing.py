"""A finished page in the clothes of its variant: addresses, language, characters.

The page is read once as tags and words and changed in place, so every template and view knows only the
simplified edition, and a page nobody thought of is dressed as well. It is our own HTML: attributes are
quoted, ``>`` in them is escaped.

* Links to pages lead to the same variant; those that say their ``hreflang`` lead where they say.
* ``/zh-hant/``: words and human attributes are converted. What says its own ``lang`` stays as it is, as
  do the metas of citations: a work is cited as it was printed. The page is its own canonical address,
  because search engines drop a page from its language whose canonical address is in another.
* ``/en/``: only the frame is English, Chinese words are marked as such. The canonical address stays that
  of the simplified page: the text is the same, and two pages with one text stand in each other's way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from journal.traditional import HAN, is_risky, traditional
from journal.variants import APP, SIMPLIFIED, Variant, shown

__all__ = ["address_in", "dress", "dressed", "put_on"]

TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^>]*)>")
LINK = re.compile(r'\b(?:href|action)="(/[^"]*)"')
ABSOLUTE = re.compile(r'\bcontent="([^"]*)"')
ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
CLASS = re.compile(r'\bclass="([^"]*)"')
HEADER_LINK = re.compile(r"<(/[^>]*)>")
WORD = re.compile(r"[A-Za-z]{2,}")
JSON_ADDRESS = re.compile(r'"url":"([^"]*)"')
JSON_LANGUAGE = re.compile(r'"inLanguage":"([^"]*)"')

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905 - reads as a list
)
INLINE = frozenset("a abbr b cite del em i ins mark q s small span strong sub sup u wbr".split())  # noqa: SIM905
#: Attributes that are not for people, whatever they hold.
NOT_WORDS = frozenset(("id", "class", "href", "src", "srcset", "action", "name", "for", "value", "lang"))
#: Metas of citations name the work, not this page of it.
OF_THE_WORK = re.compile(r'name="(?:citation_|DC\.)')
NAMES = frozenset(("name", "index-name", "author-name"))
#: Inside these all words are the journal's.
CONTENT = frozenset(("article", "piece-title", "entry-title", "work-title", "turn-title"))

#: From the first Chinese character or mark of a text to its last.
CJK = HAN.pattern[:-1] + "\\u3000-\\u303f\\uff00-\\uffef“”‘’…—·]"
CHINESE = re.compile(f"{CJK}(?:.*{CJK})?", re.DOTALL)

Edit = tuple[int, int, str]
View = Callable[..., HttpResponseBase]


@dataclass
class Element:
    """An open element; ``end`` is the place of its tag's ``>``. ``own``: its language is said already."""

    name: str
    end: int = -1
    around: Element | None = None
    own: bool = False
    name_at: int = 0  # where the element for a name around it begins
    frozen: bool = False  # words inside cannot be wrapped: SVG, title, option
    script: bool = False


@dataclass
class Words:
    """Chinese words from ``start`` to ``end``; ``joined``: only inline tags stand before them."""

    start: int
    end: int
    inside: Element
    joined: bool = False


@dataclass
class Page:
    html: str
    tags: list[re.Match[str]] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def read(self) -> Page:
        """Find tags and Chinese words. Unclosed elements end with the one they are in."""
        stack, place, joined = [Element("")], 0, False
        for tag in TAG.finditer(self.html):
            if place < tag.start():
                chinese = HAN.search(self.html, place, tag.start()) is not None
                if chinese:
                    self.words.append(Words(place, tag.start(), stack[-1], joined))
                joined = chinese
            place = tag.end()
            closing, name, rest = tag.groups()
            joined = joined and name in INLINE
            if closing:
                close(stack, name)
            else:
                self.tags.append(tag)
                if name not in VOID and not rest.endswith("/"):
                    stack.append(opened(tag, stack[-1]))
        return self


def close(stack: list[Element], name: str) -> None:
    for place in range(len(stack) - 1, 0, -1):
        if stack[place].name == name:
            del stack[place:]
            return


def opened(tag: re.Match[str], around: Element) -> Element:
    _, name, rest = tag.groups()
    classes = set(found[1].split()) if (found := CLASS.search(rest)) else set()
    return Element(
        name,
        tag.end() - 1,
        around,
        own=around.own or name == "textarea" or (name != "html" and " lang=" in rest),
        name_at=around.name_at if NAMES.isdisjoint(classes) else tag.end(),
        frozen=around.frozen or name in {"svg", "title", "option"},
        script=name in {"script", "style"},
    )


def dressed(view: View, variant: Variant) -> View:
    """The view at an address of ``variant``; not there where the installation does not show it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if variant not in shown():
            raise Http404
        return put_on(view(request, *args, **kwargs), variant)

    return wrapped


def put_on(response: Any, variant: Variant) -> Any:
    """Dress an answer: the page itself, where it leads to, the language it says it is in."""
    if variant == SIMPLIFIED:
        return response
    response.headers["Content-Language"] = variant.tag
    if "Location" in response.headers:
        response.headers["Location"] = address_in(variant, response.headers["Location"])
    if link := response.headers.get("Link"):
        response.headers["Link"] = HEADER_LINK.sub(lambda at: f"<{address_in(variant, at[1])}>", link)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        response.content = dress(response.content.decode(), variant)
    return response


def dress(html: str, variant: Variant) -> str:
    """``html``, a page of the simplified edition or one with an English frame, as a page of ``variant``."""
    page = Page(html).read()
    edits = [*language_of(page, variant), *addresses(page, variant)]
    edits += in_traditional(page, variant) if variant.has_own_text else english_frame(page)
    return changed(html, edits)


def changed(html: str, edits: list[Edit]) -> str:
    parts, place = [], 0
    for start, end, words in sorted(edits):
        parts += [html[place:start], words]
        place = end
    return "".join([*parts, html[place:]])


def language_of(page: Page, variant: Variant) -> Iterator[Edit]:
    for tag in page.tags[:1]:
        if tag[2] == "html" and (at := re.search(r'lang="([^"]*)"', tag[0])):
            yield tag.start() + at.start(1), tag.start() + at.end(1), variant.tag


# -- addresses


def addresses(page: Page, variant: Variant) -> Iterator[Edit]:
    for tag in page.tags:
        rest = tag[3]
        if "hreflang=" in rest:
            continue
        if tag[2] in {"a", "form", "link"} and (at := LINK.search(rest)):
            start = tag.start(3) + at.start(1)
            yield start, start + len(at[1]), address_in(variant, at[1])
        elif variant.has_own_text and '"og:url"' in rest and (at := ABSOLUTE.search(rest)):
            start = tag.start(3) + at.start(1)
            yield start, start + len(at[1]), absolute_in(variant, at[1])


def absolute_in(variant: Variant, address: str) -> str:
    site = settings.SITE_URL
    return site + address_in(variant, address[len(site) :]) if address.startswith(site + "/") else address


def address_in(variant: Variant, address: str) -> str:
    """The variant's address of the page at ``address``, or ``address`` itself where it has none."""
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    return variant.address(address) if variant != SIMPLIFIED and is_page(path, variant) else address


@lru_cache(maxsize=8192)
def is_page(path: str, variant: Variant) -> bool:
    try:
        return resolve(variant.address(path)).app_names == [APP]
    except Resolver404:
        return False


# -- traditional characters


def in_traditional(page: Page, variant: Variant) -> Iterator[Edit]:
    """All words at once, lines between what belongs apart, so that the phrases are found across tags."""
    html, spans, glue = page.html, [], []
    structured = []
    for words in page.words:
        if words.inside.script:
            structured.append(words)
        elif not words.inside.own:
            spans.append((words.start, words.end))
            glue.append("" if words.joined else "\n")
    spans += attributes(page)
    glue += ["\n"] * (len(spans) - len(glue))
    names = {name for name in names_in(page) if is_risky(name)}
    whole = traditional("".join(g + html[s:e] for g, (s, e) in zip(glue, spans, strict=True)), names)
    place = 0
    for g, (start, end) in zip(glue, spans, strict=True):
        place += len(g)
        yield start, end, whole[place : place + end - start]
        place += end - start
    for words in structured:
        yield words.start, words.end, data_in_traditional(html[words.start : words.end], names, variant)
    yield from place_of(page, variant)


def names_in(page: Page) -> set[str]:
    """What stands in elements for names, put together again where a search has marked a part of it."""
    found: dict[int, str] = defaultdict(str)
    for words in page.words:
        if words.inside.name_at:
            found[words.inside.name_at] += page.html[words.start : words.end]
    return {name for text in found.values() for name in text.split()}


def attributes(page: Page) -> Iterator[tuple[int, int]]:
    """Where the attributes with Chinese words for people are."""
    for tag in page.tags:
        rest = tag[3]
        if HAN.search(rest) and not OF_THE_WORK.search(rest) and " lang=" not in rest:
            for at in ATTRIBUTE.finditer(rest):
                if at[1] not in NOT_WORDS and HAN.search(at[2]):
                    yield tag.start(3) + at.start(2), tag.start(3) + at.end(2)


def data_in_traditional(data: str, names: set[str], variant: Variant) -> str:
    """Structured data (JSON-LD): its strings, its addresses, its language."""
    told = JSON_ADDRESS.sub(lambda at: f'"url":"{absolute_in(variant, at[1])}"', data)
    return JSON_LANGUAGE.sub(f'"inLanguage":"{variant.tag}"', traditional(told, names))


def place_of(page: Page, variant: Variant) -> Iterator[Edit]:
    for tag in page.tags:
        if '"og:locale"' in tag[3] and (at := ABSOLUTE.search(tag[3])):
            yield tag.start(3) + at.start(1), tag.start(3) + at.end(1), variant.locale


# -- an English frame


def english_frame(page: Page) -> Iterator[Edit]:
    """Mark each element with Chinese words; where English stands beside them they get one of their own."""
    mark = f' lang="{SIMPLIFIED.tag}"'
    marked = {tag.end() - 1 for tag in page.tags if says_chinese(tag)}
    yield from ((end, end, mark) for end in sorted(marked))
    for words in page.words:
        here = words.inside
        if here.own or here.script or here.name == "text" or is_within(here, marked):
            continue
        chinese = CHINESE.search(page.html, words.start, words.end)
        assert chinese is not None
        start, end = chinese.span()
        if not (WORD.search(page.html, words.start, start) or WORD.search(page.html, end, words.end)):
            marked.add(here.end)
            yield here.end, here.end, mark
        elif not here.frozen:
            yield start, start, f"<span{mark}>"
            yield end, end, "</span>"


def says_chinese(tag: re.Match[str]) -> bool:
    """A holder of the journal's own words, or a picture with Chinese words in place of it."""
    if " lang=" in tag[3]:
        return False
    classes = CLASS.search(tag[3])
    if classes and not CONTENT.isdisjoint(classes[1].split()):
        return True
    return tag[2] == "img" and HAN.search(tag[3]) is not None


def is_within(element: Element | None, marked: set[int]) -> bool:
    while element is not None:
        if element.end in marked:
            return True
        element = element.around
    return False
