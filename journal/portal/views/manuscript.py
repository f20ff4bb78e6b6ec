"""One manuscript: stored and sent in by its sender, recalled by them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import workflow, working_drafts
from articles.captions import Words
from articles.figures import describe_figure
from articles.models import Article
from articles.refusals import Refused
from journal.numbers import number_in
from journal.portal.forms import ManuscriptForm, SendForm, author_lines, picture_forms
from journal.portal.mine import contributor_page, may_write, one_of_mine, one_to_see
from journal.portal.views.pictures import carry_out, take_photos
from journal.portal.views.showing import edit, follow
from journal.security import address_of

__all__ = ["act", "manuscript"]

SENDING = ("submit", "resubmit")


@require_http_methods(["GET", "HEAD", "POST"])
@contributor_page
def manuscript(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows it, POST stores it; the button pressed says what comes after storing."""
    article = one_to_see(request, pk)
    if not may_write(request, article):
        return follow(request, article, 403 if request.method == "POST" else 200)
    if request.method != "POST":
        return edit(request, article)
    typed = Typed(request, article)
    if not typed.is_valid():
        return typed.again(_("Something is missing: see below."), 422)
    try:
        stored = typed.store()
        return go_on(request, stored, typed)
    except Refused as refusal:
        return typed.again(str(refusal), refusal.status)
    except ValidationError as error:
        return typed.again(" ".join(error.messages), 422)


class Typed:
    """Everything on the page as it was sent: the manuscript, its authors, its pictures, the declarations."""

    def __init__(self, request: HttpRequest, article: Article) -> None:
        self.request, self.pk = request, article.pk
        self.form = ManuscriptForm(request.POST, instance=article)
        self.authors = author_lines(article, request.POST)
        self.pictures = picture_forms(article, request.POST)
        self.send = SendForm(request.POST)

    def is_valid(self) -> bool:
        """Asks every form, so that every problem is shown at once."""
        sent = [words for _figure, words in self.pictures if words.is_bound]
        answers = [form.is_valid() for form in (self.form, self.authors, self.send, *sent)]
        return all(answers)

    @transaction.atomic
    def store(self) -> Article:
        """Write what was typed, or nothing; raises ``Refused`` for an old page."""
        bound = [(figure.pk, words) for figure, words in self.pictures if words.is_bound]
        changed = [(pk, words) for pk, words in bound if words.has_changed()]
        article = self.form.save()
        self.authors.store(article, self.request.user)
        for pk, words in changed:
            said = words.cleaned_data
            line = Words(said["caption"], said["photographer"], said["credit"])
            by: Any = self.request.user
            describe_figure(article.figures.get(pk=pk), line, said["alternative"], version=None, by=by)
        if changed:
            article.refresh_from_db()
        working_drafts.stored(article, self.request.user, self.request.POST.get("keeping_page", ""))
        sent: Any = self.form.data
        sent["version"] = str(article.version)  # what comes back refused goes on from here
        return article

    def again(self, sentence: str, status: int) -> HttpResponse:
        """The page as it was typed, with why it was refused; what could be stored was stored."""
        article = one_of_mine(self.request, self.pk)
        return edit(
            self.request, article, self.form, self.authors, self.send, self.pictures, sentence, status
        )


def go_on(request: HttpRequest, article: Article, typed: Typed) -> HttpResponse:
    """After storing: take photos in, move one, send the manuscript in – or stay."""
    here = reverse("portal:manuscript", args=[article.pk])
    problems = take_photos(request, article)
    if "picture" in request.POST:
        do, _blank, key = request.POST["picture"].partition(" ")
        carry_out(request, article, do, key)
        return redirect(f"{here}#photos")
    if problems or "add" in request.POST:
        return redirect(f"{here}#photos")
    if "send" not in request.POST:
        messages.success(request, _("Stored. It is not sent in yet."))
        return redirect(here)
    hand_over(request, article, typed.send.cleaned_data["declarations"])
    return redirect(here)


def hand_over(request: HttpRequest, article: Article, declarations: list[str]) -> None:
    """Submit or resubmit; raises ``Refused`` with what is missing."""
    offers = workflow.available(article, request.user)
    action = next((o.action for o in offers if o.action in SENDING), "submit")
    words: dict[str, Any] = {"declarations": declarations} if action == "submit" else {}
    address = address_of(request)
    workflow.perform(action, article, request.user, version=article.version, address=address, **words)
    number = article.manuscript_number
    messages.success(request, _("Sent in. Your manuscript number is %(number)s.") % {"number": number})


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
            version=number_in(version, -1),
            address=address_of(request),
            reason=request.POST.get("reason", "")[:2000],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return follow(request, one_of_mine(request, pk), refusal.status)
    messages.success(request, _("Recalled. The office was told; your text stays here."))
    return redirect("portal:manuscript", pk)
