"""The pictures of a manuscript at the desk: one address that takes files, one page that describes them.

The upload answers JSON and nothing else: ``{"id", "url", "width", "height", "alternative"}`` with 201, or
``{"message": sentence}`` with 401, 403, 404, 405, 409, 413 or 422. It asks for a session, the CSRF token and
the right to change the text of *this* manuscript where it stands now. What the text says of a picture it
shows is the truth (``articles.captions``), so the page writes such words into the text.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_protect

from articles import captions, figures
from articles.models import Article, Figure
from articles.pictures import MAX_BYTES
from articles.refusals import Refused
from journal.editor.figures import answer, figures_of, form_of, taken_picture
from journal.numbers import number_in

__all__ = ["Pictures", "may_add", "picture_addresses", "picture_urls", "upload"]


def may_change(site: Any, request: HttpRequest, article: Article) -> bool:
    """Whether this person may change this text where it stands now: asked of the manuscript's own page."""
    return bool(site.get_model_admin(Article).has_change_permission(request, article))


def may_add(site: Any, request: HttpRequest, article: Article) -> bool:
    return request.user.has_perm("articles.add_figure") and may_change(site, request, article)


def refusal_of(site: Any, request: HttpRequest, pk: int) -> JsonResponse | Article:
    """The manuscript pictures may be added to, or the answer that says why they may not."""
    if not request.user.is_authenticated:
        return answer(_("You are no longer signed in. Sign in in another tab, then send it again."), 401)
    if not site.has_permission(request):
        return answer(_("Pictures are added at the desk, by those who work there."), 403)
    article = Article.objects.visible_to(request.user).filter(pk=pk).first()
    if article is None:
        return answer(_("There is no such manuscript."), 404)
    if not may_add(site, request, article):
        return answer(_("You may not add pictures to this text as it stands now. Nothing was stored."), 403)
    return article


def upload(site: Any) -> Any:
    """The view that takes one picture (field ``upload``) of one manuscript."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return answer(_("Pictures are sent here, not fetched."), 405)
        article = refusal_of(site, request, pk)
        if isinstance(article, JsonResponse):
            return article
        return taken_picture(request, article)

    return csrf_protect(view)


class Pictures(View):
    """The page of a manuscript's pictures; works without a script."""

    site: Any = None

    def get(self, request: HttpRequest, pk: int, status: int = 200, bound: Any = None) -> HttpResponseBase:
        article = self.article(request, pk)
        rows = figures_of(article)
        for row in rows:
            row.form = bound if bound and bound.prefix == f"f{row.pk}" else form_of(row)  # type: ignore[attr-defined]
        loose = [row.pk for row in rows if not row.shown]  # type: ignore[attr-defined]
        context = {
            **self.site.each_context(request),
            "title": _("Pictures of the manuscript"),
            "article": article,
            "figures": rows,
            "loose": loose,
            "last_loose": loose[-1] if loose else None,
            "may_change": may_add(self.site, request, article),
        }
        return TemplateResponse(request, "desk/pictures.html", context, status=status)

    def article(self, request: HttpRequest, pk: int) -> Article:
        article = Article.objects.visible_to(request.user).filter(pk=pk).first()
        if article is None or not self.site.get_model_admin(Article).has_view_permission(request, article):
            raise Http404 if request.user.has_perm("articles.view_article") else PermissionDenied
        return article

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        article = self.article(request, pk)
        if not may_add(self.site, request, article):
            raise PermissionDenied
        try:
            return self.change(request, article)
        except (Refused, ValidationError) as error:
            sentence = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            messages.error(request, sentence)
            return self.get(request, pk, status=getattr(error, "status", 422))

    def change(self, request: HttpRequest, article: Article) -> HttpResponseBase:
        do = request.POST.get("do", "")
        here = reverse("admin:articles_article_pictures", args=[article.pk])
        if do == "add":
            return self.add(request, article, here)
        figure = get_object_or_404(Figure, pk=number_in(request.POST.get("figure")), article=article)
        if do == "words":
            return self.describe(request, article, figure, here)
        if do in {"up", "down"}:
            figures.move_figure(figure, -1 if do == "up" else 1, request.user)
        elif do == "remove":
            if not request.user.has_perm("articles.delete_figure"):
                raise PermissionDenied
            figures.remove_figure(figure, request.user)
            messages.success(request, _("The picture was removed."))
            return redirect(here)
        else:
            raise ValidationError(_("This action is not known here. Reload the page and try again."))
        return redirect(f"{here}#figure-{figure.pk}")

    def add(self, request: HttpRequest, article: Article, here: str) -> HttpResponseBase:
        sent = request.FILES.getlist("upload")
        if not sent:
            raise ValidationError(_("No picture arrived. Choose a file, then send it again."))
        if any((one.size or 0) > MAX_BYTES for one in sent):
            raise ValidationError(
                _("This picture is larger than 40 MB. Save it smaller, then send it again.")
            )
        for one in sent:
            figure = figures.add_figure(article, one.read(), str(one.name), request.user)
        return redirect(f"{here}#figure-{figure.pk}")

    def describe(self, request: HttpRequest, article: Article, figure: Figure, here: str) -> HttpResponseBase:
        form = form_of(figure, request.POST)
        if not form.is_valid():
            return self.get(request, article.pk, status=422, bound=form)
        said = form.cleaned_data
        words = captions.Words(said["caption"], said["photographer"], said["credit"])
        version = number_in(request.POST.get("seen_version"), -1)
        figures.describe_figure(figure, words, said["alternative"], version=version, by=request.user)
        messages.success(request, _("The words of the picture were saved."))
        return redirect(f"{here}#figure-{figure.pk}")


def picture_addresses(article: Article) -> dict[str, str]:
    """Where the editor sends a picture of this manuscript, and the page that shows them all."""
    return {
        "upload": reverse("admin:articles_article_upload", args=[article.pk]),
        "page": reverse("admin:articles_article_pictures", args=[article.pk]),
    }


def picture_urls(site: Any) -> list[Any]:
    """The two addresses, to stand before those of the manuscript's admin."""
    page = site.admin_view(Pictures.as_view(site=site))
    return [
        path("<int:pk>/pictures/", upload(site), name="articles_article_upload"),
        path("<int:pk>/figures/", page, name="articles_article_pictures"),
    ]
