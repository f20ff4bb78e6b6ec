"""The buttons that move a manuscript or an issue: offered by the domain, carried out by the domain.

Each offer is a small form with the words the rule demands. What is refused comes back with the sentence and
with everything that was typed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from articles import offered_files, press, workflow
from articles.models import Article, Issue
from articles.refusals import Refused
from articles.stages import IssueStage, Stage
from journal.desk.errors import typed
from journal.edition.publish import publish
from journal.edition.store import EditionError
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["ArticleStep", "IssueStep", "StepForm", "step_forms"]

LABELS: dict[str, Any] = {
    "opinion": gettext_lazy("Opinion"),
    "verdict": gettext_lazy("Recommendation"),
    "reason": gettext_lazy("Reason"),
    "note": gettext_lazy("Note"),
    "notice": gettext_lazy("Notice"),
    "due_on": gettext_lazy("Due on"),
    "issue": gettext_lazy("Issue"),
    "article": gettext_lazy("Article"),
    "position": gettext_lazy("Order in the issue"),
    "first_page": gettext_lazy("First page"),
    "last_page": gettext_lazy("Last page"),
    "editor": gettext_lazy("Responsible editor"),
    "number": gettext_lazy("Manuscript number (empty: the next one)"),
    "declarations": gettext_lazy("Declarations"),
    "pages_changed": gettext_lazy("Pages changed"),
    "errors": gettext_lazy("Weighted errors found"),
    "characters": gettext_lazy("Characters read (empty: those of the text)"),
    "wrong": gettext_lazy("As it stands"),
    "right": gettext_lazy("As it should be"),
    "place": gettext_lazy("Place"),
    "weight": gettext_lazy("Weight"),
    "toc_title": gettext_lazy("Title on the contents page (empty: its own)"),
}
VERDICTS = {"use": gettext_lazy("use"), "refuse": gettext_lazy("refuse")}
DECLARED = {
    "original": gettext_lazy("The text is original"),
    "cleared": gettext_lazy("It is cleared for publication"),
}
#: Fields of the domain that other screens fill; here the words themselves are exchanged instead.
AS_PRINTED = "record_as_printed"
#: Actions with a place of their own on other screens.
ELSEWHERE_DONE = {
    "arrange",
    "copy_structure",
    *("open_preview", "close_preview", "schedule", "unschedule", *press.DECISION_FOR.values()),
    *("approve_correction", "approve_retraction", "withdraw_approval", "correct", "take_down"),
    *("carry_correction", "carry_take_down"),
    "mark_error",
    "settle_mark",
    "count_pages",
    *offered_files.DECISIONS,
    "save_version",
    "restore",
}
ELSEWHERE = {"published_at", "publish_at", "mark", "outcome", "kind", "page", "required", "for_whom", "seen"}


class StepForm(forms.Form):
    """The words that come with one action, made from what the action needs and takes."""

    def __init__(self, offer: Any, thing: Article | Issue, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{offer.action}_%s")
        super().__init__(*args, **kwargs)
        self.offer, self.thing = offer, thing
        names = [n for n in (*offer.needs, *offer.takes) if n not in ELSEWHERE]
        if "text" in names:
            names = [n for n in names if n != "text"] + [n for n in ("wrong", "right") if n not in names]
        for name in names:
            self.fields[name] = make_field(name, offer, thing, required=name in offer.needs)

    def words(self) -> dict[str, Any]:
        """What was typed, as the domain's door takes it; empty fields are left out."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}
        wants_text = "text" in (*self.offer.needs, *self.offer.takes)
        if wants_text and isinstance(self.thing, Article) and given.get("wrong"):
            given["text"] = corrected(self.thing, given["wrong"], given.get("right", ""))
        if wants_text and "wrong" not in self.offer.takes:
            given.pop("wrong", None), given.pop("right", None)
        return given


def corrected(article: Article, wrong: str, right: str) -> dict[str, str]:
    """The one signed field in which ``wrong`` stands exactly once, with ``right`` in its place."""
    places = [n for n in ("title", "kicker", "subtitle", "abstract", "body") if wrong in getattr(article, n)]
    if len(places) != 1 or getattr(article, places[0]).count(wrong) != 1:
        raise Refused(
            _("These words do not stand in the text exactly once. Copy a longer piece around the mistake."),
            code="place",
            field="wrong",
        )
    return {places[0]: getattr(article, places[0]).replace(wrong, right)}


def make_field(name: str, offer: Any, thing: Article | Issue, *, required: bool) -> forms.Field:
    common: dict[str, Any] = {"label": LABELS.get(name, name), "required": required}
    if name in {"opinion", "reason", "note", "notice"}:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), **common)
    if name == "verdict":
        choices = [(v, VERDICTS.get(v, v)) for v in offer.verdicts]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    if name == "declarations":
        choices = [(d, DECLARED.get(d, d)) for d in workflow.DECLARATIONS]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if name == "due_on":
        return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **common)
    if name in {"position", "first_page", "last_page", "pages_changed", "characters"}:
        return forms.IntegerField(min_value=0, **common)
    if name in {"errors", "weight"}:
        return forms.DecimalField(min_value=Decimal(0), decimal_places=1, **common)
    if name == "issue":
        open_issues = Issue.objects.exclude(stage__in=IssueStage.closed_stages()).in_order()
        return forms.ModelChoiceField(open_issues, **common)
    if name == "article":
        return forms.ModelChoiceField(Article.objects.filter(issue=thing.pk).in_page_order(), **common)
    if name == "editor":
        return forms.ModelChoiceField(reviewers(), **common)
    return forms.CharField(max_length=2_000, **common)


def reviewers() -> Any:
    """Accounts that may give the first review."""
    right = Q(content_type__app_label="articles", codename="first_review")
    permission = Permission.objects.filter(right)
    people = get_user_model()._default_manager.filter(is_active=True)
    return people.filter(
        Q(groups__permissions__in=permission) | Q(user_permissions__in=permission) | Q(is_superuser=True)
    ).distinct()


def step_forms(thing: Article | Issue, user: Any, case: Any = None) -> list[dict[str, Any]]:
    """What this person may do with it now: each offer with its form, or with what refuses it."""
    door: Any = workflow if isinstance(thing, Article) else press
    offers = [o for o in door.available(thing, user, case) if o.action not in ELSEWHERE_DONE]
    return [{"offer": o, "form": StepForm(o, thing) if is_open(o, thing) else None} for o in offers]


def is_open(offer: Any, thing: Article | Issue) -> bool:
    """A back issue is recorded as printed together with its drafts: their stage does not close the step."""
    with_drafts = offer.action == AS_PRINTED and isinstance(thing, Issue) and has_drafts(thing)
    return not offer.refusal or with_drafts


def has_drafts(issue: Issue) -> bool:
    stages = set(issue.articles.values_list("stage", flat=True))
    return Stage.DRAFT in stages and stages <= {Stage.DRAFT, Stage.RELEASED}


class Step(View):
    """POST ``action`` with its words; the domain decides."""

    http_method_names = ["post"]
    site: Any = None
    door: Any = None
    model: Any = None
    right = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(self.right):
            raise PermissionDenied
        thing = get_object_or_404(self.seen_by(request.user), pk=pk)
        action = request.POST.get("action", "")
        offer = next((o for o in self.door.available(thing, request.user) if o.action == action), None)
        form = StepForm(offer, thing, request.POST) if offer else None
        if form is not None and not form.is_valid():
            return self.again(request, thing, form, _("Something is missing: see below."), 422)
        try:
            words = form.words() if form else {}
            self.carry_out(action, thing, request, words)
        except Refused as refusal:
            return self.again(request, thing, form, str(refusal), refusal.status)
        messages.success(request, _("Done: %(action)s.") % {"action": offer.label if offer else action})
        return self.done(request, thing)

    def seen_by(self, user: Any) -> Any:
        """The things this person may see at all."""
        return self.model.objects.all()

    def done(self, request: HttpRequest, thing: Any) -> HttpResponse:
        """Where a person goes on after a step."""
        return redirect(self.address(), thing.pk)

    def carry_out(self, action: str, thing: Any, request: HttpRequest, words: dict[str, Any]) -> None:
        self.door.perform(
            action,
            thing,
            request.user,
            version=number_in(request.POST.get("version"), -1),
            address=address_of(request),
            **words,
        )

    def address(self) -> str:
        return f"admin:articles_{self.model._meta.model_name}_change"

    def again(self, request: HttpRequest, thing: Any, form: Any, sentence: str, status: int) -> HttpResponse:
        """The same form with what was typed, and why it was refused."""
        fresh = self.model.objects.filter(pk=thing.pk).first() or thing
        context = {
            **self.site.each_context(request),
            "title": form.offer.label if form else _("This is not possible"),
            "thing": fresh,
            "form": form,
            "kept": [] if form else typed(request),
            "refusal": sentence,
            "back": self.address(),
            "act": request.path,
        }
        return render(request, "desk/step.html", context, status=status)


class ArticleStep(Step):
    door, model, right = workflow, Article, "articles.view_article"

    def seen_by(self, user: Any) -> Any:
        return Article.objects.visible_to(user)


class IssueStep(Step):
    """Publishing goes through the edition, which bakes and switches; a back issue takes its drafts along."""

    door, model, right = press, Issue, "articles.view_issue"

    def carry_out(self, action: str, thing: Issue, request: HttpRequest, words: dict[str, Any]) -> None:
        if action == "publish":
            refuse_outdated(thing, request)
            try:
                publish(thing, request.user, note=words.get("note", ""))
            except EditionError as error:
                raise Refused(str(error), code="edition", kind="conflict") from error
            return
        if action == AS_PRINTED and has_drafts(thing):
            refuse_outdated(thing, request)
            with transaction.atomic():
                press.lock_contents(thing)
                for article in thing.articles.filter(stage=Stage.DRAFT).in_page_order():
                    workflow.record_as_printed(article, thing, request.user)
                thing.refresh_from_db()
                press.record_as_printed(thing, request.user, note=words.get("note", ""))
            return
        super().carry_out(action, thing, request, words)


def refuse_outdated(issue: Issue, request: HttpRequest) -> None:
    if request.POST.get("version") != str(issue.version):
        raise press.moved_on(issue)
