"""Writes the fictional journal: every article goes the whole road, nothing is set round the doors."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Byline,
    Event,
    Figure,
    GroupMember,
    Issue,
    Journal,
    MastheadLine,
    Section,
)
from articles.models.author import normalise_name
from articles.pictures import derive
from journal.sample import desk_day, road
from journal.sample.cast import hire, sender
from journal.sample.clock import Clock
from journal.sample.content import JOURNAL, SECTIONS, SampleArticle, SampleIssue, issues
from journal.sample.drawing import Drawing

__all__ = ["load"]

PLACE = re.compile(r'<figure data-figure="(\w+)"></figure>')
#: Roles an article's front matter spells in full.
ROLES = {"摄影": "摄"}
OPENED = datetime.datetime(2026, 7, 1, 9)
#: The next issue is delivered so far from today: some steps of its back-schedule are late.
IN_DAYS = datetime.timedelta(days=18)
#: Its manuscripts arrive so long before an issue comes out.
WORK = datetime.timedelta(days=27)


def load(say: Callable[[str], None]) -> None:
    """Load what is missing; an issue already there is left as it is. What breaks off leaves no half issue."""
    missing = [sample for sample in issues() if not is_there(sample)]
    with Drawing(missing) as pictures, Clock(opening()).running() as clock:
        people = hire()
        found()
        for sample in missing:
            with transaction.atomic():
                issue = make(sample, people, pictures, clock)
            if issue.is_out:
                read_letters(clock)
            say(str(issue))


def read_letters(clock: Clock) -> None:
    """Whoever got a letter about a printed issue has read it."""
    letters: Any = apps.get_model("notices", "Notice")
    letters.objects.filter(read_at=None).update(read_at=clock.now())


def opening() -> datetime.datetime:
    """When the office begins; in a house that has a record, nothing happens before its last line."""
    last = Event.objects.last()
    return last.at if last else timezone.make_aware(OPENED)


def found() -> None:
    """The journal and its sections, where there are none."""
    Journal.objects.get_or_create(only=True, defaults=JOURNAL)
    for position, (name, code, characters) in enumerate(SECTIONS, start=1):
        Section.objects.get_or_create(
            code=code, defaults={"name": name, "position": position, "characters_per_page": characters}
        )


def is_there(sample: SampleIssue) -> bool:
    return Issue.objects.filter(year=sample.meta["year"], number=sample.meta["number"]).exists()


def make(sample: SampleIssue, people: dict[str, Any], pictures: Drawing, clock: Clock) -> Issue:
    """An issue with everything that happened to its manuscripts: printed, or still in the making."""

    def draft(article: SampleArticle, body: str) -> Article:
        names = {entry["name"] for entry in article.meta["authors"]}
        return make_article(article, body, sender(names, people), pictures)

    if sample.meta.get("planning"):
        issue = make_issue(sample, delivery_date=timezone.localdate(clock.real()) + IN_DAYS)
        desk_day.tell(sample.articles, draft, people, clock)
        return issue
    clock.to(sample.meta["publication_date"] - WORK, 9)
    issue = make_issue(sample)
    road.travel(
        issue, [(draft(article, article.body), article) for article in sample.articles], people, clock
    )
    return issue


def make_issue(sample: SampleIssue, delivery_date: datetime.date | None = None) -> Issue:
    """With its masthead; the next issue has none yet: the desk copies the structure of the last one."""
    plain = ("year", "number", "serial_number", "page_count")
    issue = Issue.objects.create(
        **{name: sample.meta[name] for name in plain},
        slogans=sample.meta.get("slogans", []),
        delivery_date=delivery_date,
        publication_date=delivery_date or sample.meta["publication_date"],
    )
    MastheadLine.objects.bulk_create(
        MastheadLine(issue=issue, position=position, **masthead_line(line))
        for position, line in enumerate(sample.meta.get("masthead", []), start=1)
    )
    return issue


def masthead_line(line: dict[str, Any]) -> dict[str, Any]:
    if "role" in line:
        return {"kind": MastheadLine.Kind.PEOPLE, "label": line["role"], "values": line["names"]}
    return {"kind": MastheadLine.Kind.FACT, "label": line["label"], "values": [line["value"]]}


def make_article(sample: SampleArticle, body: str, submitter: Any, pictures: Drawing) -> Article:
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
    figures = dict(add_figures(article, meta.get("figures", []), pictures))
    article.body = PLACE.sub(lambda place: figures[place[1]], body)
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


def add_figures(
    article: Article, entries: list[dict[str, str]], pictures: Drawing
) -> Iterator[tuple[str, str]]:
    """Store the pictures of an article; yields each one's id with the HTML that stands at its place."""
    for position, entry in enumerate(entries, start=1):
        original = pictures.of(article.code, entry)
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
