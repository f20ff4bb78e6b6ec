"""The page of a manuscript's whole life and its two exports."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.record_chain import canonical_json, line_of
from journal.desk.life import PAGE, Life, Moment

__all__ = ["Echo", "as_text", "life_urls"]

SEE_RECORD = "articles.view_event"
SEE_LETTERS = "notices.view_notice"
#: What makes a spreadsheet calculate, in both widths.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def life_urls(site: Any) -> list[Any]:
    return [
        path(
            "articles/article/<int:pk>/life/",
            site.admin_view(partial(life_page, site=site)),
            name="articles_article_life",
        ),
        *(
            path(
                f"articles/article/<int:pk>/life.{kind}",
                site.admin_view(partial(life_file, kind=kind)),
                name=f"articles_article_life_{kind}",
            )
            for kind in ("csv", "jsonl")
        ),
    ]


def find(request: HttpRequest, pk: int) -> Article:
    """The article, for who may see manuscripts; 403 without the right, 404 for what they may not see."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    return get_object_or_404(
        Article.objects.visible_to(request.user).select_related("issue", "section"), pk=pk
    )


@require_safe
def life_page(request: HttpRequest, pk: int, *, site: Any) -> HttpResponse:
    article = find(request, pk)
    newest = request.GET.get("order") == "newest"
    life = Life(article, newest_first=newest, letters=request.user.has_perm(SEE_LETTERS))
    context = {
        **site.each_context(request),
        "title": _("The whole record"),
        "article": article,
        "page": Paginator(life, PAGE).get_page(request.GET.get("page")),  # type: ignore[arg-type]
        "newest": newest,
        "order": "newest" if newest else "oldest",
        "sees_addresses": request.user.has_perm(SEE_RECORD),
    }
    return render(request, "desk/life.html", context)


@require_safe
def life_file(request: HttpRequest, pk: int, kind: str) -> StreamingHttpResponse:
    """The whole life as a file of one of the ``WRITERS``, always as an attachment."""
    article = find(request, pk)
    content_type, lines = WRITERS[kind]
    life = Life(article, letters=request.user.has_perm(SEE_LETTERS))
    body = lines(life, addresses=request.user.has_perm(SEE_RECORD))
    response = StreamingHttpResponse(body, content_type=f"{content_type}; charset=utf-8")
    name = article.manuscript_number or article.code
    response["Content-Disposition"] = f'attachment; filename="{name}-life.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def json_lines(life: Life, *, addresses: bool) -> Iterator[str]:
    """One object a moment: its kind and its row.

    An event is written as ``articles.record_export`` says, so it can be checked – but not by who may not see
    where people sit: their lines have no address.
    """
    for moment in life:
        yield canonical_json({"kind": moment.kind, moment.kind: plain(moment, addresses)}) + "\n"


def plain(moment: Moment, addresses: bool) -> dict[str, Any]:
    if moment.event is not None:
        event = moment.event
        line = {**line_of(event), "hash": event.hash, "note": event.note, "data": event.data}
        if not addresses:
            del line["address"]
        return line
    row = moment.row
    kept = {f.attname: f.value_from_object(row) for f in row._meta.concrete_fields}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in kept.items()}


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(life: Life, *, addresses: bool) -> Iterator[str]:
    """A table a spreadsheet opens as text: no cell is a formula."""
    write = csv.writer(Echo()).writerow
    head = [_("number in the record"), _("When"), _("What"), _("Who"), _("From stage"), _("To stage")]
    head += [
        _("Words"),
        _("Quotation"),
        _("Details"),
        "SHA-256",
        *([_("network address")] if addresses else []),
    ]
    yield "\ufeff" + write(head)
    for moment in life:
        event = moment.event
        cells = [
            str(event.sequence) if event else "",
            timezone.localtime(moment.at).strftime("%Y-%m-%d %H:%M:%S"),
            *(moment.what, moment.who, moment.before, moment.after, moment.said, moment.quotation),
            "；".join(f"{name}：{value}" for name, value in moment.facts),
            event.hash if event else "",
        ]
        if addresses:
            cells.append((event.address or "") if event else "")
        yield write([as_text(cell) for cell in cells])


def as_text(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(FORMULA) else cell


WRITERS = {"jsonl": ("application/jsonl", json_lines), "csv": ("text/csv", csv_lines)}
