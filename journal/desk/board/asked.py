"""What came with a request to the board: how it is looked at, and what is to be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from articles.board import doing
from articles.board.changes import DEEDS, Change
from articles.board.doing import Seen
from articles.models import Article, Event, Issue
from articles.refusals import Refused
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["KEPT", "VIEWS", "Looking", "act", "asked_again"]

ARRANGE = "articles.assemble_issue"
VIEWS = ("contents", "flatplan", "stages")
#: The fields of a move: what is offered once more when the board has changed meanwhile.
KEPT = ("do", "article", "other", "page", "pages", "words", "side", "reason")
#: Acts on the arrangement alone; the rest also move a manuscript, go back or follow the setting.
ALONE = DEEDS.keys() - {"place", "take_out", "undo", "landing"}


@dataclass(frozen=True)
class Looking:
    """Which view, and what is looked for in the pool."""

    view: str = "contents"
    section: int = 0
    words: str = ""
    page: int = 1

    @classmethod
    def read(cls, given: QueryDict) -> Looking:
        view = given.get("view", "")
        return cls(
            view if view in VIEWS else VIEWS[0],
            number_in(given.get("section")),
            given.get("q", "")[:100].strip(),
            max(1, number_in(given.get("p"), 1)),
        )

    def query(self, **changed: Any) -> str:
        """The same as an address; what is as usual is left out."""
        now = replace(self, **changed)
        said = {"view": now.view, "section": now.section, "q": now.words, "p": now.page}
        usual = {"view": VIEWS[0], "section": 0, "q": "", "p": 1}
        return "?" + urlencode({name: value for name, value in said.items() if value != usual[name]})


def act(issue: Issue, request: HttpRequest) -> Event:
    """Do what was asked; raises ``Refused`` for what cannot be done, also for an act nobody knows."""
    given, by = request.POST, request.user
    if not by.has_perm(ARRANGE):
        raise Refused(
            _("Your role does not include “%(action)s”. Ask the office if it should.")
            % {"action": _("Arrange the issue")},
            code="no-right",
            kind="forbidden",
        )
    seen, address = Seen.read(given.get("seen", "")), address_of(request)
    do = given.get("do", "")
    change = change_in(given, do)
    if do == "undo":
        return doing.undo(issue, by, seen=seen, address=address)
    if do == "copy":
        return doing.copy_structure(issue, by, seen=seen, address=address)
    if do == "landing":
        return doing.take_over_landing(issue, by, seen=seen, address=address)
    if do == "place":
        return doing.place(issue, article_in(change), by, change, seen=seen, address=address)
    if do == "take_out":
        reason = given.get("reason", "")[:2_000].strip()
        return doing.take_out(issue, article_in(change), by, reason, seen=seen, address=address)
    return doing.arrange(issue, by, change, seen=seen, address=address)


def change_in(given: QueryDict, do: str) -> Change:
    def number(name: str) -> int | None:
        written = given.get(name, "").strip()
        return number_in(written, -1) if written else None

    words = given.get("words", "")[:200]
    if do == "place":
        words = "after" if given.get("side") == "after" else "before"
    known = do if do in ALONE or do == "place" else ""
    return Change(known, number("article"), number("other"), number("page"), number("pages"), words)


def article_in(change: Change) -> Article:
    article = Article.objects.filter(pk=change.article or 0).first()
    if article is None:
        raise Refused(_("Choose the article."), code="missing", field="article")
    return article


def asked_again(given: QueryDict) -> list[tuple[str, str]]:
    """The fields of the move, to be offered once more."""
    return [(name, str(given[name])[:200]) for name in KEPT if given.get(name)]
