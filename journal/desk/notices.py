"""Notices at the desk: mine, a letter to the author, another try for what was not sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views import View

from articles.models import Article
from articles.refusals import Refused
from journal.notices.deliver import try_again
from journal.notices.kinds import Audience, Kind
from journal.notices.letters import correspondents, draft, letters_come_to, mark_read, write
from journal.notices.models import Notice, NoticeTemplate, State
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["LetterForm", "NoticeRetry", "TemplatePreview", "notice_urls", "notices_on_page"]

PAGE_SIZE = 30
SHOWN = 10


def notices_on_page(article: Article, user: Any) -> dict[str, Any]:
    """What the manuscript's page shows of its correspondence."""
    if not user.has_perm("notices.view_notice"):
        return {}
    found = Notice.objects.filter(article=article).select_related("recipient")
    rows = list(found.defer("body")[: SHOWN + 1])
    return {
        "notices": rows[:SHOWN],
        "more_notices": len(rows) > SHOWN,
        "may_write": user.has_perm("notices.add_notice"),
        "printed_letters": letters_come_to(article),
    }


class SiteView(View):
    """What every view of this room shares: the site's own context."""

    site: Any = None

    def show(self, request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
        return render(request, template, {**self.site.each_context(request), **context}, status=status)


class MyNotices(SiteView):
    """What was told to me; new ones first of all."""

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = Notice.objects.filter(recipient=request.user.pk).select_related("article")
        rows = mine.defer("article__body", "article__raw_body").order_by("-pk")
        unread_only = request.GET.get("show") != "all"
        rows = rows.filter(read_at=None) if unread_only else rows
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.show(
            request, "desk/my_notices.html", page=page, unread_only=unread_only, title=_("My notices")
        )


class MarkRead(SiteView):
    """POST ``notice`` (one or more), or ``newest`` for all up to that one; touches one's own notices only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = [number_in(key) for key in request.POST.getlist("notice")]
        newest = number_in(request.POST.get("newest"))
        if not (chosen or newest) or not all(chosen):
            return HttpResponse(_("There is no such notice. Reload the page."), status=422)
        if chosen:
            mark_read(request.user, chosen)
        else:
            mark_read(request.user, newest=newest)
        return redirect("admin:my_notices")


class NoticeRetry(SiteView):
    """Put a notice that was not sent back into the queue."""

    http_method_names = ["post"]

    @method_decorator(permission_required("notices.change_notice", raise_exception=True))
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        notice = get_object_or_404(Notice, pk=pk)
        if try_again(notice):
            messages.success(request, _("It is in the queue again and will be sent with the next run."))
        else:
            messages.error(
                request,
                _("This notice is not one that failed: it stands in “%(state)s”. Nothing was done.")
                % {"state": State(notice.state).label},
            )
        return redirect("admin:notices_notice_change", pk)


class TemplatePreview(SiteView):
    """POST a wording, stored or not: what it looks like with sample values, or what is wrong with it."""

    http_method_names = ["post"]

    @method_decorator(permission_required("notices.view_noticetemplate", raise_exception=True))
    def post(self, request: HttpRequest) -> HttpResponse:
        kind = request.POST.get("kind", "")
        template = NoticeTemplate(
            kind=kind if kind in Kind.values else Kind.LETTER,
            audience=Audience.AUTHOR,
            subject=request.POST.get("subject", "")[:200],
            body=request.POST.get("body", "")[:20_000],
        )
        try:
            template.clean()
        except ValidationError as refused:
            return self.page(request, None, refused.messages, 422)
        return self.page(request, template.preview(), [], 200)

    def page(self, request: HttpRequest, preview: Any, errors: list[str], status: int) -> HttpResponse:
        context = {"preview": preview, "errors": errors, "title": _("Preview with sample values")}
        return self.show(request, "desk/notice_preview.html", status, **context)


class LetterForm(forms.Form):
    to = forms.ModelChoiceField(
        get_user_model()._default_manager.none(), label=pgettext_lazy("of a letter", "To")
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Letter"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 16})
    )
    by_email = forms.BooleanField(label=gettext_lazy("By e-mail, too"), required=False, initial=True)

    def __init__(self, people: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = get_user_model()._default_manager.filter(pk__in=[person.pk for person in people])
        to.empty_label = None


@method_decorator(permission_required("notices.add_notice", raise_exception=True), name="dispatch")
class WriteLetter(SiteView):
    """A letter to the people of a manuscript: start from a template, edit, send."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.article(request, pk)
        people, templates = correspondents(article), self.templates()
        asked = request.GET.get("template", "")
        template = next((t for t in templates if str(t.pk) == asked), templates[0] if templates else None)
        initial: dict[str, Any] = {"by_email": template.by_email if template else True}
        if template is not None and people:
            initial["subject"], initial["body"] = draft(template, article, people[0])
        form = LetterForm(people, initial=initial)
        return self.page(request, article, form, people, chosen=template)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.article(request, pk)
        people = correspondents(article)
        form = LetterForm(people, request.POST)
        if not form.is_valid():
            return self.page(request, article, form, people, status=422)
        try:
            notice = write(article, request.user, address=address_of(request), **form.cleaned_data)
        except Refused as refusal:
            return self.page(request, article, form, people, status=refusal.status, refusal=str(refusal))
        messages.success(request, written(notice))
        return redirect("admin:articles_article_change", pk)

    def article(self, request: HttpRequest, pk: int) -> Article:
        found = Article.objects.visible_to(request.user).prefetch_related("bylines__author__user")
        return get_object_or_404(found.defer("raw_body"), pk=pk)

    def templates(self) -> list[NoticeTemplate]:
        return list(NoticeTemplate.objects.filter(kind=Kind.LETTER, active=True))

    def page(
        self,
        request: HttpRequest,
        article: Article,
        form: LetterForm,
        people: list[Any],
        *,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        context = {"thing": article, "form": form, "people": people, "templates": self.templates(), **more}
        return self.show(request, "desk/letter.html", status, title=_("Write to the author"), **context)


def written(notice: Notice) -> str:
    told = {"name": notice.recipient}
    if notice.state == State.DESK:
        return _("The letter to %(name)s is kept with the manuscript and shown to them; no e-mail.") % told
    return _("The letter to %(name)s is written and goes out by e-mail.") % told


def notice_urls(site: Any) -> list[Any]:
    """The addresses of this room, for the site that shows it."""
    from journal.desk.slips import Slip

    views = [
        ("notices/", MyNotices, "my_notices"),
        ("notices/read/", MarkRead, "my_notices_read"),
        ("articles/article/<int:pk>/write/", WriteLetter, "articles_article_write"),
        ("articles/article/<int:pk>/slip/", Slip, "articles_article_slip"),
    ]
    return [path(route, site.admin_view(view.as_view(site=site)), name=name) for route, view, name in views]
