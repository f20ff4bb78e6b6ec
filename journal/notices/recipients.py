"""Who gets a notice: accounts, found anew from rights and bylines each time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model

from articles.models import Article, Delegation, Event, SignOff
from articles.stages import Stage
from articles.transitions import LEVEL_OF_STAGE, RIGHT_OF_STAGE
from journal.notices.kinds import Audience, Kind

__all__ = ["Directory", "holders_of"]


def holders_of(right: str) -> list[Any]:
    """Open accounts that hold a right through one of their roles; a superuser without a role gets no mail."""
    app, _dot, codename = right.partition(".")
    people = get_user_model()._default_manager.filter(
        is_active=True,
        groups__permissions__codename=codename,
        groups__permissions__content_type__app_label=app,
    )
    return list(people.distinct().order_by("pk"))


class Directory:
    """Looks people up for a batch of events, each right once."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = list(articles)
        self.by_right: dict[str, list[Any]] = {}

    def people(self, right: str) -> list[Any]:
        if right not in self.by_right:
            self.by_right[right] = holders_of(right)
        return self.by_right[right]

    @cached_property
    def delegates(self) -> list[Any]:
        return [d.holder for d in Delegation.objects.valid_on().select_related("holder")]

    @cached_property
    def signed(self) -> dict[int, list[tuple[int, str]]]:
        """Article → who signed which level of it."""
        found: dict[int, list[tuple[int, str]]] = {}
        rows = SignOff.objects.filter(article__in=self.articles).order_by()
        for article, person, level in rows.values_list("article", "person", "level").distinct():
            found.setdefault(article, []).append((person, level))
        return found

    def find(self, article: Article, event: Event, kind: str, audience: str) -> list[Any]:
        """The recipients; the person who did it is told by the screen, not by a notice."""
        if audience == Audience.AUTHOR:
            found = self.authors(article)
        elif audience == Audience.REVIEWERS:
            found = self.reviewers(article)
        else:
            found = self.in_charge(article, event, kind)
        return [p for p in dict.fromkeys(found) if p.is_active and p.pk != event.actor_id]

    def authors(self, article: Article) -> list[Any]:
        """Who sent it in, the authors of the byline who have an account, and invited co-authors."""
        accounts = [b.author.user for b in article.bylines.all() if b.author.user is not None]
        accounts += [row.person for row in article.co_authors.all() if row.person is not None]
        return [article.submitter, *accounts] if article.submitter is not None else accounts

    def in_charge(self, article: Article, event: Event, kind: str) -> list[Any]:
        """The responsible editor; the registrars where there is none. Whom the event named, if it did."""
        editor = article.editor
        if kind == Kind.ASSIGNED:
            named = event.data.get("editor")
            return [editor] if editor is not None and editor.get_full_name() == named else []
        return [editor] if editor is not None else self.people("articles.register_article")

    def reviewers(self, article: Article) -> list[Any]:
        """Whose work the stage is, but for those who may not act on this manuscript."""
        stage = Stage(article.stage)
        if stage == Stage.FIRST_REVIEW and article.editor is not None:
            return [article.editor]
        found = list(self.people(RIGHT_OF_STAGE[stage]))
        if stage == Stage.FINAL_REVIEW:
            found += self.delegates
        if stage == Stage.SUBMITTED:
            return found
        level = LEVEL_OF_STAGE.get(stage)
        barred = {author.pk for author in self.authors(article)}
        barred |= {person for person, signed in self.signed.get(article.pk, ()) if level and signed != level}
        if stage == Stage.UNIT_CHECK:
            unit = getattr(article.submitter, "unit", "")
            found = [p for p in found if article.submitter is None or getattr(p, "unit", "") == unit]
        return [p for p in found if p.pk not in barred]
