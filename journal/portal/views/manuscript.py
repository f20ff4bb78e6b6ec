"""One manuscript: the filled-in page while its sender may change it, the way it goes afterwards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import workflow
from articles.models import Article
from articles.refusals import Refused
from journal.portal.forms import ManuscriptForm, PictureForm, SendForm, author_lines
from journal.portal.mine import contributor_page, one_of_mine, page, received_by
from journal.portal.progress import history_of, progress_of

__all__ = ["act", "manuscript"]

SENDING = ("submit", "resubmit")


@require_http_methods(["GET", "HEAD", "POST"])
@contributor_page
def manuscript(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows it, POST stores it and, with the button “send”, sends it in."""
    article = one_of_mine(request, pk)
    if not workflow.may_edit_text(article, request.user):
        return follow(request, article, 403 if request.method == "POST" else 200)
    if request.method != "POST":
        return edit(request, article)
    form, authors = ManuscriptForm(request.POST, instance=article), author_lines(article, request.POST)
    send = SendForm(request.POST)
    if not (form.is_valid() and authors.is_valid() and send.is_valid()):
        return edit(request, article, form, authors, send, _("Something is missing: see below."), 422)
    try:
        with transaction.atomic():
            stored = form.save()
            authors.store(stored)
        if action := sending(request, stored):
            words = {"declarations": send.cleaned_data["declarations"]} if action == "submit" else {}
            workflow.perform(
                action,
                stored,
                request.user,
                version=stored.version,
                address=request.META.get("REMOTE_ADDR"),
                **words,
            )
            messages.success(
                request,
                _("Sent in. Your manuscript number is %(number)s.") % {"number": stored.manuscript_number},
            )
        else:
            messages.success(request, _("Stored. It is not sent in yet."))
    except Refused as refusal:
        return again(request, article.pk, form, authors, send, str(refusal), refusal.status)
    except ValidationError as error:
        return again(request, article.pk, form, authors, send, " ".join(error.messages), 422)
    return redirect("portal:manuscript", article.pk)


def sending(request: HttpRequest, article: Article) -> str:
    """The step that hands the manuscript over from where it stands; empty when it is only to be stored."""
    if "send" not in request.POST:
        return ""
    return next(
        (o.action for o in workflow.available(article, request.user) if o.action in SENDING), "submit"
    )


def again(
    request: HttpRequest, pk: int, form: Any, authors: Any, send: Any, sentence: str, status: int
) -> HttpResponse:
    """The page as it was typed, with why it was refused; what could be stored was stored."""
    return edit(request, one_of_mine(request, pk), form, authors, send, sentence, status)


def edit(
    request: HttpRequest,
    article: Article,
    form: Any = None,
    authors: Any = None,
    send: Any = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    pictures = [
        (
            figure,
            PictureForm(
                initial={n: getattr(figure, n) for n in PictureForm.base_fields}, prefix=f"f{figure.pk}"
            ),
        )
        for figure in article.figures.order_by("position", "pk")
    ]
    context = {
        "article": article,
        "form": form or ManuscriptForm(instance=article),
        "authors": authors or author_lines(article),
        "send": send or SendForm(),
        "pictures": pictures,
        "refusal": refusal,
        "progress": progress_of(article),
        "history": history_of(article),
        "remarks": remarks_on(article),
        "files": list(received_by(request).filter(article=article)[:20]),
        "may_recall": article.manuscript_number is not None,
        "room": "manuscripts",
    }
    return page(request, "portal/edit.html", context, status)


def remarks_on(article: Article) -> list[Any]:
    """What the editors ask for: their open comments, with the words they hang on; without their names."""
    if article.stage != "returned":
        return []
    return list(article.comments.filter(parent=None, resolved_at=None).order_by("block", "pk")[:200])


def follow(request: HttpRequest, article: Article, status: int = 200) -> HttpResponse:
    offers = workflow.available(article, request.user)
    context = {
        "article": article,
        "bylines": article.bylines.select_related("author").order_by("position"),
        "figures": article.figures.order_by("position", "pk"),
        "progress": progress_of(article),
        "history": history_of(article),
        "may_recall": any(o.action == "recall" and not o.refusal for o in offers),
        "room": "manuscripts",
    }
    return page(request, "portal/follow.html", context, status)


@require_POST
@contributor_page
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Recall: the one step besides sending that is the sender's."""
    article = one_of_mine(request, pk)
    if request.POST.get("action") != "recall":
        raise PermissionDenied
    version = request.POST.get("version", "")
    try:
        workflow.perform(
            "recall",
            article,
            request.user,
            version=int(version) if version.isdigit() else -1,
            address=request.META.get("REMOTE_ADDR"),
            reason=request.POST.get("reason", "")[:2000],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return follow(request, one_of_mine(request, pk), refusal.status)
    messages.success(request, _("Recalled. The office was told; your text stays here."))
    return redirect("portal:manuscript", pk)
