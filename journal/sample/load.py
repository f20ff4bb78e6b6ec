"""Writes the fictional journal: every article goes the whole road, nothing is set round the doors."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from articles.models import (
    Article,
    Author,
    Byline,
    Figure,
    GroupMember,
    Issue,
    Journal,
    MastheadLine,
    Section,
)
from articles.models.author import normalise_name
from articles.pictures import derive
from journal.sample import road
from journal.sample.cast import hire
from journal.sample.content import JOURNAL, SECTIONS, SampleArticle, SampleIssue, issues
from journal.sample.pictures import draw

__all__ = ["load"]

PLACE = re.compile(r'<figure data-figure="(\w+)"></figure>')
#: Roles an article's front matter spells in full.
ROLES = {"摄影": "摄"}


def load(say: Callable[[str], None]) -> None:
    """Load what is missing; an issue already there is left as it is."""
    people = hire()
    Journal.objects.get_or_create(only=True, defaults=JOURNAL)
    for position, (name, code, characters) in enumerate(SECTIONS, start=1):
        Section.objects.get_or_create(
            code=code, defaults={"name": name, "position": position, "characters_per_page": characters}
        )
    for sample in issues():
        if Issue.objects.filter(year=sample.meta["year"], number=sample.meta["number"]).exists():
            continue
        with transaction.atomic():
            issue = make_issue(sample)
            say(str(issue))
            articles = [
                (make_article(article, people["contributor"]), article) for article in sample.articles
            ]
            travel = road.prepare if sample.meta.get("planning") else road.travel
            travel(issue, articles, people)


def make_issue(sample: SampleIssue) -> Issue:
    plain = ("year", "number", "serial_number", "publication_date", "page_count", "slogans")
    issue = Issue.objects.create(**{name: sample.meta[name] for name in plain})
    MastheadLine.objects.bulk_create(
        MastheadLine(issue=issue, position=position, **masthead_line(line))
        for position, line in enumerate(sample.meta["masthead"], start=1)
    )
    return issue


def masthead_line(line: dict[str, Any]) -> dict[str, Any]:
    if "role" in line:
        return {"kind": MastheadLine.Kind.PEOPLE, "label": line["role"], "values": line["names"]}
    return {"kind": MastheadLine.Kind.FACT, "label": line["label"], "values": [line["value"]]}


def make_article(sample: SampleArticle, submitter: Any) -> Article:
    """One article as its contributor would send it: text, bylines and pictures, not yet in an issue."""
    meta = sample.meta
    texts = ("kicker", "title", "subtitle", "toc_title", "abstract", "source", "series", "series_status")
    article = Article.objects.create(
        code=sample.code,
        section=Section.objects.get(code=meta["section"]),
        submitter=submitter,
        keywords=meta.get("keywords", []),
        closing_notes=meta.get("closing_notes", []),
        series_part=meta.get("part", ""),
        photo_story=meta.get("photo_story", False),
        **{name: meta.get(name, "") for name in texts},
    )
    for position, entry in enumerate(meta.get("authors", []), start=1):
        add_byline(article, position, entry)
    figures = dict(add_figures(article, meta.get("figures", [])))
    article.body = PLACE.sub(lambda place: figures[place[1]], sample.body)
    article.save()
    return article


def add_byline(article: Article, position: int, entry: dict[str, Any]) -> None:
    unit, post = entry.get("affiliation", ""), entry.get("post", "")
    author = Author.objects.named(entry["name"], unit, entry["kind"], post)
    for order, member in enumerate(entry.get("members", []), start=1):
        GroupMember.objects.get_or_create(
            group=author,
            author=Author.objects.named(member["name"]),
            role=member["role"],
            defaults={"position": order},
        )
    Byline.objects.create(
        article=article,
        author=author,
        position=position,
        role=ROLES.get(entry["role"], entry["role"]),
        printed_name=normalise_name(entry["name"]),
        printed_unit=unit,
        printed_post=post,
    )


def add_figures(article: Article, entries: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Draw the pictures of an article; yields each one's id with the HTML that stands at its place."""
    for position, entry in enumerate(entries, start=1):
        # The words of caption and description choose hour, weather and scene.
        seed = " ".join((f"{article.code}-{entry['id']}", entry["caption"], entry["alt"]))
        original = draw_jpeg(entry["motif"], seed)
        figure = Figure(
            article=article,
            position=position,
            original_name=f"{entry['motif']}.jpg",
            caption=entry["caption"],
            photographer=entry.get("photographer", ""),
            credit=entry.get("credit", ""),
            alternative=entry["alt"],
        )
        figure.original.save(figure.original_name, ContentFile(original), save=False)
        derived = derive(original)
        figure.image.save(str(derived.name), derived, save=False)
        figure.save()
        yield (
            entry["id"],
            f'<figure><img src="{figure.image.url}" alt="{escape(figure.alternative)}">'
            f"<figcaption>{escape(figure.caption, quote=False)}</figcaption></figure>",
        )


def draw_jpeg(motif: str, seed: str) -> bytes:
    buffer = io.BytesIO()
    draw(motif, seed).save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
