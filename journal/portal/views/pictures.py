"""Photos of a manuscript: several at once, put in order, taken out; their words are stored with the page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.figures import add_figure, move_figure, remove_figure
from articles.models import Article
from articles.pictures import MAX_BYTES
from articles.refusals import Refused
from journal.editor.figures import answer, form_of, taken_picture, too_large
from journal.numbers import number_in
from journal.portal.mine import contributor_page, may_write, one_of_mine

__all__ = ["add", "carry_out", "change", "take_photos", "upload"]


def open_one(request: HttpRequest, pk: int) -> Article:
    article = one_of_mine(request, pk)
    if not may_write(request, article):
        raise PermissionDenied
    return article


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The address the editor sends a picture to (field ``upload``); always JSON, as at the desk."""
    if not request.user.is_authenticated:
        return answer(_("You are no longer signed in. Sign in in another tab, then send it again."), 401)
    try:
        article = open_one(request, pk)
    except Http404:
        return answer(_("There is no such manuscript."), 404)
    except PermissionDenied:
        return answer(_("You may not add pictures to this text as it stands now. Nothing was stored."), 403)
    return taken_picture(request, article)


@require_POST
@contributor_page
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in photos. A script sends them one by one and gets each one's fields to put on the page."""
    article = open_one(request, pk)
    if request.headers.get("Accept") == "application/json":
        return add_one(request, article)
    take_photos(request, article)
    return redirect("portal:manuscript", pk)


def add_one(request: HttpRequest, article: Article) -> JsonResponse:
    file = request.FILES.get("pictures")
    if file is None:
        return answer(_("No picture arrived. Choose a file, then send it again."), 422)
    try:
        figure = taken(article, file, request)
    except (ValidationError, Refused) as error:
        return answer(sentence_of(error), 422)
    figure.shown = False
    context = {"figure": figure, "words": form_of(figure)}
    html = render_to_string("portal/_picture.html", context, request)
    return JsonResponse({"id": figure.pk, "html": html}, status=201)


def taken(article: Article, file: Any, request: HttpRequest) -> Any:
    if (file.size or 0) > MAX_BYTES:
        raise ValidationError(too_large())
    return add_figure(article, file.read(), file.name or "", request.user)


def take_photos(request: HttpRequest, article: Article) -> int:
    """Take in every photo sent; one that is no picture does not keep the others out. How many failed."""
    done, failed = 0, 0
    for file in request.FILES.getlist("pictures"):
        try:
            taken(article, file, request)
            done += 1
        except (ValidationError, Refused) as error:
            messages.error(request, f"{file.name}：{sentence_of(error)}")
            failed += 1
    if done:
        messages.success(request, ngettext("%(n)s photo added.", "%(n)s photos added.", done) % {"n": done})
    return failed


def sentence_of(error: ValidationError | Refused) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


@require_POST
@contributor_page
def change(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """Move or remove one photo: ``do`` is ``up``, ``down``, ``remove`` or a number of places; JSON."""
    article = open_one(request, pk)
    try:
        carry_out(request, article, request.POST.get("do", ""), str(figure))
    except Refused as refusal:
        return answer(refusal, refusal.status)
    except ValidationError as error:
        return answer(sentence_of(error), 422)
    return JsonResponse(
        {"order": list(article.figures.order_by("position", "pk").values_list("pk", flat=True))}
    )


STEPS = {"up": -1, "down": 1}


def carry_out(request: HttpRequest, article: Article, do: str, key: str) -> None:
    """Move or remove the photo with this key; ``Http404`` when it is none of the manuscript's."""
    row = article.figures.filter(pk=number_in(key)).first()
    if row is None:
        raise Http404
    if do == "remove":
        remove_figure(row, request.user)
        return
    step = STEPS[do] if do in STEPS else number_in(do.removeprefix("-")) * (-1 if do[:1] == "-" else 1)
    if not step:
        raise ValidationError(_("This action is not known here. Reload the page and try again."))
    move_figure(row, step, request.user)
