"""Forms for paper: the registration slip 稿件登记表 and the letters of return, acceptance and rejection.

One A4 page each, ``?form=`` registration, returned, accepted or rejected.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from articles.models import Article, Journal
from journal.notices.kinds import Kind
from journal.notices.letters import ON_PAPER, printed_letter

__all__ = ["Slip"]


@method_decorator(permission_required("articles.view_article", raise_exception=True), name="dispatch")
class Slip(View):
    """A printed form of one manuscript; 404 with a sentence for a letter it has not come to."""

    http_method_names = ["get"]
    site: Any = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        seen = Article.objects.visible_to(request.user)
        found = seen.select_related("section", "submitter", "editor", "issue")
        article = get_object_or_404(found, pk=pk)
        form = request.GET.get("form", "registration")
        context = {"article": article, "journal": Journal.objects.current()}
        if form == "registration":
            return render(request, "desk/slip_registration.html", {**context, **registration(article)})
        if form not in {str(kind) for kind in ON_PAPER}:
            return self.none(request, article, _("There is no such form."))
        letter = printed_letter(article, Kind(form))
        if letter is None:
            told = _("This letter has not been called for: the manuscript has not come to that.")
            return self.none(request, article, told)
        return render(
            request, "desk/slip_letter.html", {**context, "form_title": Kind(form).label, "words": letter[1]}
        )

    def none(self, request: HttpRequest, article: Article, sentence: str) -> HttpResponse:
        context = {**self.site.each_context(request), "title": _("This is not possible"), "thing": article}
        context |= {"refusal": sentence, "back": "admin:articles_article_change"}
        return render(request, "desk/step.html", context, status=404)


def registration(article: Article) -> dict[str, Any]:
    """What the registration slip says besides the manuscript itself: from the record, in three queries."""
    events = article.events.filter(action__in=["submit", "register"]).order_by("pk")
    steps = {event.action: event for event in events}
    return {
        "bylines": list(article.bylines.select_related("author")),
        "figures": article.figures.count(),
        "submitted": steps.get("submit"),
        "registered": steps.get("register"),
    }
