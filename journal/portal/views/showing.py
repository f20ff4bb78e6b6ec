"""The two faces of a manuscript: the page its sender fills in, and the way it goes afterwards."""

from __future__ import annotations

import secrets
from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from articles import workflow, working_drafts
from articles.models import Article
from journal.editor.field import EDITOR_POLICY
from journal.editor.figures import figures_of
from journal.intake.models import ReceivedFile
from journal.notices.letters import notices_of
from journal.portal.changed import changed_since_return
from journal.portal.forms import ManuscriptForm, SendForm, author_lines, picture_forms
from journal.portal.mine import files_of, page
from journal.portal.progress import history_of, progress_of

__all__ = ["edit", "follow"]

MOST_FILES = 20
MOST_ASKED = 200
MOST_NOTICES = 50


def edit(
    request: HttpRequest,
    article: Article,
    form: Any = None,
    authors: Any = None,
    send: Any = None,
    pictures: Any = None,
    refusal: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page to fill in; bound forms show what was typed, ``refusal`` why it was not stored."""
    form = form or ManuscriptForm(instance=article)
    files = list(files_of(article)[:MOST_FILES])
    pictures = pictures or picture_forms(article)
    context = {
        "article": article,
        "form": form,
        "authors": authors or author_lines(article),
        "send": send or SendForm(),
        "pictures": pictures,
        "refusal": refusal,
        "progress": progress_of(article),
        "history": history_of(article),
        "asked": ask_beside(form, article),
        "files": files,
        "said": put_beside(form, files, pictures),
        "may_recall": article.manuscript_number is not None,
        "draft": None if more.get("resumed") else working_drafts.draft_of(article, request.user),
        "invited": list(article.co_authors.select_related("person")),
        "keeping_page": page_token(request),
        "notices": letters_to(request, article),
        "room": "manuscripts",
        **more,
    }
    answer = page(request, "portal/edit.html", context, status)
    answer.headers["Content-Security-Policy"] = EDITOR_POLICY
    return answer


def page_token(request: HttpRequest) -> str:
    """What this page calls itself when it keeps what is typed; the same again after a refusal."""
    return request.POST.get("keeping_page") or secrets.token_hex(8)


def put_beside(form: Any, files: list[ReceivedFile], pictures: list[Any]) -> dict[str, list[str]]:
    """Give each field what the reader of the newest file said of it; returns the sentences of no field."""
    said: dict[str, list[str]] = defaultdict(list)
    for remark in files[0].all_remarks if files else []:
        place = remark.field if remark.field in form.fields or remark.field in OTHER_PLACES else ""
        said[place].append(remark.sentence)
    for name in form.fields:
        form[name].remarks = said.pop(name, [])
    said["pictures"] += missing_words(pictures)
    return dict(said)


#: Where remarks stand that belong to no field of the form.
OTHER_PLACES = {"authors", "pictures"}


def missing_words(pictures: list[Any]) -> list[str]:
    """What the office will ask for: pictures without a caption, and without somebody to credit."""
    rows = [figure for figure, _words in pictures]
    bare = sum(not figure.caption for figure in rows)
    nobodys = sum(not figure.photographer for figure in rows)
    said = []
    if bare:
        said.append(
            ngettext("%(n)d picture has no caption.", "%(n)d pictures have no caption.", bare) % {"n": bare}
        )
    if nobodys:
        said.append(
            ngettext(
                "%(n)d picture does not say who took it.",
                "%(n)d pictures do not say who took them.",
                nobodys,
            )
            % {"n": nobodys}
        )
    return said


def letters_to(request: HttpRequest, article: Article) -> list[Any]:
    """What this person was told of the manuscript, newest first."""
    person: Any = request.user
    return list(notices_of(article).filter(recipient=person)[:MOST_NOTICES])


QUOTED = ("title", "subtitle", "kicker", "abstract")


def ask_beside(form: Any, article: Article) -> list[Any]:
    """Give each field the editors' open comments whose quotation stands in it; returns those on the whole.

    The words and what they hang on, never the names of who asks.
    """
    if article.stage != "returned":
        return []
    found: dict[str, list[Any]] = defaultdict(list)
    for comment in article.comments.filter(parent=None, resolved_at=None).order_by("block", "pk")[
        :MOST_ASKED
    ]:
        words = comment.quotation
        place = next((name for name in QUOTED if words and words in getattr(article, name)), "")
        found[place or ("body" if words or comment.block is not None else "")].append(comment)
    for name in (*QUOTED, "body"):
        form[name].asked = found[name]
    return found[""]


def follow(request: HttpRequest, article: Article, status: int = 200) -> HttpResponse:
    """What its sender and the invited co-authors see once it is with the office."""
    offers = workflow.available(article, request.user)
    own = article.submitter_id == request.user.pk
    context = {
        "article": article,
        "bylines": article.bylines.select_related("author").order_by("position"),
        "loose": [figure for figure in figures_of(article) if not figure.shown],  # type: ignore[attr-defined]
        "progress": progress_of(article),
        "history": history_of(article),
        "files": list(files_of(article)[:MOST_FILES]) if own else [],
        "changed": changed_since_return(article),
        "may_recall": any(o.action == "recall" and not o.refusal for o in offers),
        "notices": letters_to(request, article),
        "invited": list(article.co_authors.select_related("person")) if own else [],
        "room": "manuscripts",
    }
    return page(request, "portal/follow.html", context, status)
