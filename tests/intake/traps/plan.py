"""What an issue holds before it is printed: which texts, in which section and page, under which title."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from tests.intake.traps.layout import Layout
from tests.intake.traps.mastheads import Journal
from tests.intake.traps.texts import Text, pool, text

__all__ = ["Article", "plan"]

PLAIN = (
    "bamboo",
    "book-stops",
    "canteen-salt",
    "map-novel",
    "night-bus",
    "old-bridges",
    "old-lift",
    "small-book",
    "store-room",
    "water-gauge",
    "followup-table",
    "watch-shop",
    "ditch",
    "troupe",
    "forms",
)
SPECIAL = {
    "poem": ("ferry-poem",),
    "table": ("followup-table",),
    "footnotes": ("old-bridges", "followup-table"),
    "interview": ("water-gauge",),
    "briefs": ("briefs",),
    "serial": ("upriver-1",),
    "list": ("store-room",),
    "letter": ("letter-teacher",),
    "all": ("briefs", "letter-teacher", "book-stops", "upriver-2", "water-gauge", "night-bus", "bamboo"),
}
# pairs that optical recognition takes for each other: right, wrong
LOOKALIKES = dict(
    zip("把渠夜桥记档盐图表竹水楼账铺格减信书旧只", "杷渔液侨纪挡盘圄衣行永搂帐辅洛咸言节归兄", strict=True)
)
NAMESAKES = dict(zip("岚水秋川微明小枕砚", "风永秩州徽朋少忱现", strict=True))


@dataclass(frozen=True, slots=True)
class Article:
    """``toc_title`` is None for a stray; ``printed`` is ``full``, ``title`` (no text) or ``none``."""

    text: Text
    section: str
    page: int
    title: str
    lines: tuple[str, ...]
    toc_title: str | None
    printed: str = "full"
    other_name: str | None = None  # how the text misspells its first author
    also: tuple[str, ...] = ()  # other titles a careful person could choose

    @property
    def body_length(self) -> int:
        return sum(len(piece.text) for piece in self.text.pieces)


def plan(
    journal: Journal, layout: Layout, rng: random.Random, held_out: bool, size: int = 8
) -> list[Article]:
    """Return the articles in the order of their pages, contents promises already broken where asked."""
    shelves = list(journal.sections)
    chosen = sorted(_choose(layout, rng, held_out, size), key=lambda t: (shelves.index(t.shelf), t.code))
    articles: list[Article] = []
    page = 1
    for one in chosen:
        articles.append(Article(one, journal.sections[one.shelf], page, one.title, one.lines, one.title))
        page += _pages(articles[-1], journal)
    articles = _mismatch(articles, layout, rng)
    articles = _absent(articles, layout, rng)
    return _strays(articles, layout, journal, rng, held_out)


def _choose(layout: Layout, rng: random.Random, held_out: bool, size: int) -> list[Text]:
    """Held-out texts are never seen in a development issue; a held-out issue has at least two of them."""
    wanted = [text(code) for code in SPECIAL.get(layout.mix, ())]
    rest = [text(code) for code in PLAIN if text(code) not in wanted]
    reserved = [t for t in rest if t.held_out]
    open_ = [t for t in rest if not t.held_out]
    chosen = wanted + (rng.sample(reserved, 2) if held_out else [])
    return chosen + rng.sample(open_, max(size - len(chosen), 2))


def _pages(article: Article, journal: Journal) -> int:
    if "版" in journal.page_words:
        return int(article.body_length > 430)
    return max(1, round(article.body_length / 300))


def _confuse(words: str) -> str | None:
    for right, wrong in LOOKALIKES.items():
        if right in words:
            return words.replace(right, wrong, 1)
    return None


def _mismatch(articles: list[Article], layout: Layout, rng: random.Random) -> list[Article]:
    change = {
        "typo_contents": _typo_in_contents,
        "typo_body": _typo_in_body,
        "short": _short_in_contents,
        "author": _typo_in_author,
    }.get(layout.mismatch)
    if change is None:
        return articles
    able = [i for i, a in enumerate(articles) if change(a) is not None]
    for i in rng.sample(able, min(3, len(able))):
        articles[i] = change(articles[i]) or articles[i]
    return articles


def _typo_in_contents(article: Article) -> Article | None:
    wrong = _confuse(article.title)
    return replace(article, toc_title=wrong, also=(wrong,)) if wrong else None


def _typo_in_body(article: Article) -> Article | None:
    wrong = tuple(_confuse(line) or line for line in article.lines)
    return replace(article, lines=wrong, also=(" ".join(wrong),)) if wrong != article.lines else None


def _short_in_contents(article: Article) -> Article | None:
    """The contents page leaves out one line or one half of the title."""
    halves = article.lines if len(article.lines) > 1 else article.title.replace("，", " ").split(" ")
    if len(halves) < 2 or article.text.part:
        return None
    longest = max(halves, key=len)
    return replace(article, toc_title=longest, also=(longest,))


def _typo_in_author(article: Article) -> Article | None:
    person = next((w for w in article.text.writers if w.kind == "person" and len(w.name) == 3), None)
    if person is None:
        return None
    letter = next((c for c in person.name[1:] if c in NAMESAKES), None)
    return replace(article, other_name=person.name.replace(letter, NAMESAKES[letter])) if letter else None


def _absent(articles: list[Article], layout: Layout, rng: random.Random) -> list[Article]:
    if layout.absent != "none":
        printed = "none" if layout.absent == "entry" else "title"
        for i in rng.sample(range(1, len(articles) - 1), 2):
            articles[i] = replace(articles[i], printed=printed)
    return articles


def _strays(
    articles: list[Article], layout: Layout, journal: Journal, rng: random.Random, held_out: bool
) -> list[Article]:
    if layout.strays == "none":
        return articles
    used = {a.text.code for a in articles}
    kind = "photo" if layout.strays == "photo" else None
    codes = [t for t in pool() if t.code not in used and (t.shelf == "photo") == bool(kind)]
    able = [t for t in codes if (held_out or not t.held_out) and t.shelf != "literature"]
    one = rng.choice(able)
    at = rng.randrange(1, len(articles))
    stray = Article(one, journal.sections[one.shelf], articles[at].page, one.title, one.lines, None)
    return [*articles[:at], stray, *articles[at:]]
