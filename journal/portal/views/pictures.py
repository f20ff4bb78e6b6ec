"""Photos of a manuscript: several at once, described, put in order, taken out again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import workflow
from articles.captions import Words
from articles.figures import add_figure, describe_figure, move_figure, remove_figure
from articles.models import Article
from articles.pictures import MAX_BYTES
from articles.refusals import Refused
from journal.portal.forms import PictureForm
from journal.portal.mine import contributor_page, one_of_mine

__all__ = ["add", "change"]


def open_one(request: HttpRequest, pk: int) -> Article:
    article = one_of_mine(request, pk)
    if not workflow.may_edit_text(article, request.user):
        raise PermissionDenied
    return article


@require_POST
@contributor_page
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in every photo sent; one that is no picture does not keep the others out."""
    article = open_one(request, pk)
    problems, taken = [], 0
    for file in request.FILES.getlist("pictures"):
        try:
            if (file.size or 0) > MAX_BYTES:
                raise ValidationError(
                    _("This picture is larger than 40 MB. Save it smaller, then send it again.")
                )
            add_figure(article, file.read(), file.name or "", request.user)
            taken += 1
        except (ValidationError, Refused) as error:
            words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            problems.append(f"{file.name}：{words}")
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(
            {"taken": taken, "problems": problems}, status=422 if problems and not taken else 200
        )
    for problem in problems:
        messages.error(request, problem)
    if taken:
        messages.success(request, ngettext("%(n)s photo added.", "%(n)s photos added.", taken) % {"n": taken})
    return redirect("portal:manuscript", pk)


@require_POST
@contributor_page
def change(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """Store a picture's words, move it, or remove it."""
    article = open_one(request, pk)
    row = get_object_or_404(article.figures, pk=figure)
    do = request.POST.get("do", "describe")
    try:
        carry_out(do, row, article, request)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("portal:manuscript", pk)


def carry_out(do: str, row: Any, article: Article, request: HttpRequest) -> None:
    if do in {"up", "down"}:
        move_figure(row, -1 if do == "up" else 1)
    elif do == "remove":
        remove_figure(row, request.user)
        messages.success(request, _("Photo removed."))
    else:
        form = PictureForm(request.POST, prefix=f"f{row.pk}")
        if not form.is_valid():
            raise ValidationError([m for found in form.errors.values() for m in found])
        said = form.cleaned_data
        words = Words(said["caption"], said["photographer"], said["credit"])
        describe_figure(row, words, said["alternative"], version=article.version)
        messages.success(request, _("Stored."))
