"""The pictures of a text: as the editor is told of them, as it sends them, and their words as a form."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles import captions, figures, richtext
from articles.models import Article, Figure
from articles.pictures import MAX_BYTES
from articles.refusals import Refused

__all__ = ["FigureForm", "answer", "figures_of", "form_of", "taken_picture", "told", "too_large"]

#: What travels around the file in a form.
ENVELOPE = 64 * 1024


def figures_of(article: Article) -> list[Figure]:
    """Those of the text, in order; each says whether the text shows it (``shown``)."""
    shown = set(richtext.figure_names(article.body))
    rows = list(article.figures.filter(role=Figure.Role.BODY).order_by("position", "pk"))
    for row in rows:
        row.shown = row.image.name in shown  # type: ignore[attr-defined]
    return rows


def told(figure: Figure) -> dict[str, Any]:
    """A picture as the editor is told of it."""
    return {
        "id": figure.pk,
        "url": figure.image.url,
        "width": figure.width,
        "height": figure.height,
        "alternative": figure.alternative,
        "line": captions.Words(figure.caption, figure.photographer, figure.credit).line,
    }


def too_large() -> str:
    return _("This picture is larger than 40 MB. Save it smaller, then send it again.")


def answer(sentence: Any, status: int) -> JsonResponse:
    return JsonResponse({"message": str(sentence)}, status=status)


def taken_picture(request: HttpRequest, article: Article) -> JsonResponse:
    """Take the picture in the field ``upload``; who may send one was asked before.

    201 with what ``told()`` says of it, or ``{"message": sentence}`` with 409, 413 or 422.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + ENVELOPE:
        return answer(too_large(), 413)
    sent = request.FILES.get("upload")
    if sent is None:
        return answer(_("No picture arrived. Choose a file, then send it again."), 422)
    try:
        figure = figures.add_figure(article, sent.read(), str(sent.name), request.user)
    except ValidationError as error:
        return answer(" ".join(error.messages), 422)
    except Refused as refusal:
        return answer(refusal, refusal.status)
    return JsonResponse(told(figure), status=201)


class FigureForm(forms.Form):
    """The words of one picture."""

    caption = forms.CharField(
        label=gettext_lazy("Caption"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photographer = forms.CharField(
        label=gettext_lazy("Photographer or supplier"), max_length=100, required=False
    )
    credit = forms.ChoiceField(
        label=gettext_lazy("Kind of credit"),
        choices=[("", pgettext_lazy("no kind of credit", "none")), *((c, c) for c in captions.CREDITS)],
        required=False,
    )
    alternative = forms.CharField(
        label=gettext_lazy("Alternative text"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("What the picture shows, for those who cannot see it."),
    )

    def clean_caption(self) -> str:
        return " ".join(self.cleaned_data["caption"].split())

    def clean_photographer(self) -> str:
        """Several names are told apart by 、; a name of two padded characters is one name."""
        text = self.cleaned_data["photographer"].strip()
        if re.fullmatch(r"\S\s+\S", text):
            return re.sub(r"\s", "", text)
        return re.sub(r"([\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", r"\1、", " ".join(text.split()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("credit") and not data.get("photographer") and not self.errors:
            self.add_error("photographer", _("Say who took or supplied the picture, or choose no credit."))
        return data


def form_of(figure: Figure, data: Any = None) -> FigureForm:
    kinds = {"摄影": "摄"}
    first = {name: getattr(figure, name) for name in FigureForm.base_fields}
    first["credit"] = kinds.get(figure.credit, figure.credit)
    return FigureForm(data, initial=first, prefix=f"f{figure.pk}")
