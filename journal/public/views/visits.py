"""Visits: a page that was looked at says so, and the figures go back to the pages as small files.

The pages are baked, the same for everybody, and whole without any of this.
"""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article, Issue
from articles.visits import figures, spool
from journal.people.idle import sent_by_itself
from journal.public.answer import page, reader_page
from journal.public.listing import signed
from journal.security import address_of

__all__ = ["most_read", "most_read_figures", "of_issue", "visit"]

logger = logging.getLogger(__name__)

#: Programs that run a page's scripts and are no readers; those that run none never come here.
ROBOTS = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|headless|lighthouse|phantomjs|ptst|gtmetrix|pingdom|monitor|archiver"
    r"|preview|curl|wget|python|java/|http-?client|okhttp|go-http|libwww|axios|node-fetch",
    re.IGNORECASE,
)
#: How browsers say that nobody has opened the page yet.
AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
#: Seconds a browser or a proxy may show the same figures.
FRESH = 300
IN_SHORT = 5


# A baked page is the same bytes for everybody and can carry no token; what a forged request could do here is
# to count a visit, and ``same_origin`` leaves those out.
@csrf_exempt
@require_POST
def visit(request: HttpRequest) -> HttpResponse:
    """Somebody looks at the article whose code is the body: a line in the spool, nothing in the database.

    204 whether it will be counted or not; 400 for what cannot be a code.
    """
    sent_by_itself(request)
    code = body_of(request)
    if code is None:
        return HttpResponseBadRequest()
    if is_reading(request):
        try:
            spool.note(code, address_of(request) or "", request.headers.get("User-Agent", ""))
        except ValueError:
            return HttpResponseBadRequest()
        except OSError:  # the reader has done nothing wrong, and the office can mend it
            logger.exception("a visit could not be written down")
    return HttpResponse(status=204)


def body_of(request: HttpRequest) -> str | None:
    """The body, which is not read at all when it is longer than any code."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or not 0 < int(length) <= spool.LONGEST_CODE:
        return None
    return request.body.decode("ascii", errors="replace")


def is_reading(request: HttpRequest) -> bool:
    """Whether a reader sent this from a page of ours: no program, nothing fetched ahead, not the office."""
    agent = request.headers.get("User-Agent", "")
    ahead = any(re.search("fetch|render", request.headers.get(name, "")) for name in AHEAD)
    if not agent or ROBOTS.search(agent) or ahead:
        return False
    return same_origin(request) and not at_work(request)


def same_origin(request: HttpRequest) -> bool:
    """``Sec-Fetch-Site`` where the browser sends it (over HTTPS), else ``Origin``, which any POST carries."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def at_work(request: HttpRequest) -> bool:
    """Whether somebody of the office is signed in. Without a session's cookie no database is asked."""
    user: Any = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    return user is not None and user.is_active and user.is_staff


@require_safe
@cache_control(public=True, max_age=FRESH)
def of_issue(request: HttpRequest, year: int, number: str) -> HttpResponse:
    """``{code: visits}`` of an issue's articles; empty unless it is there for everybody."""
    sent_by_itself(request)
    return JsonResponse(figures.of_issue(year, number))


@require_safe
@cache_control(public=True, max_age=FRESH)
def most_read_figures(request: HttpRequest) -> HttpResponse:
    """``{"lately": [[title, address, visits], …]}``, the most read first."""
    sent_by_itself(request)
    rank = figures.most_read(Article.objects.for_everyone(), lately=True, most=IN_SHORT)
    found = Article.objects.select_related("issue").defer("body", "raw_body").in_bulk(list(rank))
    articles = ((found[key], visits) for key, visits in rank.items())
    lately = [[article.title_line, article.get_absolute_url(), visits] for article, visits in articles]
    return JsonResponse({"lately": lately})


@cache_control(public=True, max_age=FRESH)
@reader_page
def most_read(request: HttpRequest) -> HttpResponse:
    """What is read most of the newest issue, lately and ever. Live: it says something else every hour."""
    shown = Article.objects.for_everyone()
    newest = newest_issue()
    of_issue, ever = figures.most_read_ever(shown, newest)
    ranks = {"issue": of_issue, "lately": figures.most_read(shown, lately=True), "ever": ever}
    found = signed(Article.objects.all()).in_bulk({key for rank in ranks.values() for key in rank})
    lists = {name: [(found[key], rank[key]) for key in rank] for name, rank in ranks.items()}
    context = {"room": "archive", "newest": newest, "lists": lists, "days": figures.DAYS}
    if newest:
        context["has_issues_for_few"] = newest.others_are_for_few
    return page(request, "public/most_read.html", context | {"canonical": "/most-read/"})


def newest_issue() -> Any:
    """The issue on the front page; ``others_are_for_few`` if some that are out are not for everybody."""
    public = Issue.objects.for_everyone()
    closed = Issue.objects.out().exclude(pk__in=public)
    return public.newest_first().annotate(others_are_for_few=Exists(closed)).first()
