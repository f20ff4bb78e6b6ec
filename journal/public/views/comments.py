"""Writing a comment: a page of its own, asked for by a plain link under the article.

The article's page is a baked file, the same bytes for everybody, so it can hold no token against forged
requests, and nothing here goes without one. The form therefore has an address of its own that is always
answered live; without a server the article reads as before, only the link leads nowhere.

Whatever is refused, the words come back in the form.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles import reader_comments
from articles.models import Article
from articles.refusals import Refused
from journal.people.limits import COMMENT, spend
from journal.public.answer import in_its_language, page
from journal.public.views.article import find
from journal.security import address_of, reader_of
from journal.variants import variant_of

__all__ = ["comment", "comment_again", "sent"]

#: Where words wait while their writer signs in.
KEPT = "comment"
#: The field that no reader sees and programs fill in.
TRAP = "website"
LONGEST_KEPT = 20_000


def live_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Made for one reader at a time, kept by nobody, found by no search engine."""

    spoken = in_its_language(view)

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = spoken(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@live_page
def comment(request: HttpRequest, year: int, number: str, code: str) -> HttpResponse:
    """GET: the form. POST ``name`` and ``text``: 303 to the thanks, or the form again with the sentence."""
    article = article_of(request, year, number, code)
    if request.method == "POST":
        return receive(request, article)
    try:
        reader_comments.check_open(article, reader_of(request))
    except Refused as refusal:
        if refusal.code == "sign-in":
            return see_other(sign_in_address(request))
        if refusal.code == "off":
            raise Http404 from refusal
        return form_page(request, article, refusal=refusal)
    kept = request.session.pop(KEPT, None) if request.user.is_authenticated else None
    return form_page(request, article, words=kept)


@require_http_methods(["GET", "HEAD"])
@live_page
def sent(request: HttpRequest, year: int, number: str, code: str) -> HttpResponse:
    """Thanks, and what happens now."""
    article = article_of(request, year, number, code)
    return page(request, "public/comment_sent.html", {"room": "archive", "article": article})


@live_page
def comment_again(request: HttpRequest, year: int, number: str, code: str) -> HttpResponse:
    """The form with its words and a new token, for who sent it with an old one (signed in meanwhile)."""
    sentence = _("This form had been open for too long, or you have signed in since. Send it once more.")
    refusal = Refused(sentence, code="token", kind="forbidden")
    return form_page(request, article_of(request, year, number, code), words=typed(request), refusal=refusal)


def article_of(request: HttpRequest, year: int, number: str, code: str) -> Article:
    """The article this reader may open, by the same gate as its page; raises as that does."""
    _issue, found = find(request, year, number, code)
    if found is None:
        raise Http404
    return found


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:LONGEST_KEPT] for name in ("name", "text")}


def receive(request: HttpRequest, article: Article) -> HttpResponse:
    words = typed(request)
    try:
        spend(COMMENT, source_of(request))
        if request.POST.get(TRAP):
            raise Refused(_("A field that must stay empty was filled in. Send it once more."), code="trap")
        reader_comments.send(article, reader_of(request), **words)
    except Refused as refusal:
        if refusal.code == "sign-in":
            request.session[KEPT] = words
            return see_other(sign_in_address(request))
        return form_page(request, article, words=words, refusal=refusal)
    thanks = reverse("public:comment-sent", args=place_of(article))
    return see_other(variant_of(request.path_info).address(thanks))


def source_of(request: HttpRequest) -> str:
    """Who is counted: the account, else the network address, as a keyed digest nobody can turn back."""
    who = f"account {request.user.pk}" if request.user.is_authenticated else f"address {address_of(request)}"
    return salted_hmac("journal.public.comments", who, algorithm="sha256").hexdigest()


def see_other(address: str) -> HttpResponse:
    """303: whatever was sent, go on by asking for this page."""
    return HttpResponse(status=303, headers={"Location": address})


def sign_in_address(request: HttpRequest) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}"


def place_of(article: Article) -> list[Any]:
    assert article.issue is not None
    return [article.issue.year, article.issue.number, article.code]


def form_page(
    request: HttpRequest,
    article: Article,
    *,
    words: dict[str, str] | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    name = request.user.get_full_name() if request.user.is_authenticated else ""
    context = {
        "room": "archive",
        "article": article,
        "words": words or {"name": name, "text": ""},
        "refusal": refusal,
        "open": refusal is None or refusal.code not in {"closed", "full", "off"},
        "trap": TRAP,
        "longest": reader_comments.LONGEST_TEXT,
    }
    return page(request, "public/comment.html", context, status=refusal.status if refusal else 200)
