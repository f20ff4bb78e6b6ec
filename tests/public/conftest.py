"""A small journal on line: two issues for everybody, one for signed-in readers, one not out."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import QuerySet
from PIL import Image

from articles import press
from articles.models import Article, Author, Byline, Figure, Issue, Section
from articles.pictures import derive
from tests.factories import Cast, make_draft, make_issue, make_journal, make_section, printed_issue

pytestmark = pytest.mark.django_db


def add_figure(article: Article, **fields: Any) -> Figure:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "#456").save(buffer, "JPEG")
    figure = Figure(article=article, **fields)
    derived = derive(buffer.getvalue())
    figure.image.save(str(derived.name), derived, save=False)
    figure.save()
    return figure


def set_fields(article: Article, **fields: Any) -> Article:
    """Words an article was printed with: written past the doors, which rightly refuse it by now."""
    QuerySet.update(Article.objects.filter(pk=article.pk), **fields)
    article.refresh_from_db()
    return article


def add_author(article: Article, name: str, unit: str = "", role: str = "作者", **fields: Any) -> Author:
    author = Author.objects.named(name, unit, fields.pop("kind", "person"))
    position = article.bylines.count() + 1
    Byline.objects.create(
        article=article, author=author, position=position, role=role, printed_unit=unit, **fields
    )
    return author


@dataclass
class Shelf:
    cast: Cast
    section: Section
    old: Issue
    new: Issue
    members: Issue
    hidden: Issue
    article: Article
    secret: Article
    unpublished: Article

    @property
    def secrets(self) -> list[str]:
        return [self.secret.title, self.unpublished.title]


@pytest.fixture
def shelf(db: None) -> Shelf:
    cast = Cast()
    make_journal(
        name="澜江", publication_type="serial", issn="2049-3630", organiser="澜江杂志社", about="写河边的事。"
    )
    section = make_section()
    old = printed_issue(cast, 2, year=2025, number="3", serial_number=11)
    new = printed_issue(cast, 3, year=2026, number="9-10", serial_number=12)
    members = printed_issue(cast, 2, year=2026, number="11", serial_number=13)
    press.perform("close", members, cast.chief, reason="供登录读者阅读")
    hidden = make_issue(cast, year=2026, number="12", serial_number=14)
    for issue in (old, new, members):
        for article in issue.articles.all():
            set_fields(article, section=section)
    article = new.articles.in_page_order().first()  # type: ignore[attr-defined]
    secret = set_fields(members.articles.in_page_order().first(), title="只给登录读者")  # type: ignore[attr-defined]
    unpublished = make_draft(cast, title="还没有刊发")
    return Shelf(cast, section, old, new, members, hidden, article, secret, unpublished)
