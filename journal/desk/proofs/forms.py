"""What is typed on the proof screens: a mark, a signature, how pages count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import quality
from articles.models import Article, Issue, Journal, ProofMark
from articles.models.proof import ErrorClass
from articles.proof_rules import LONGEST_PLACE, LONGEST_WORDS, MOST_COVERS
from articles.refusals import Refused

__all__ = ["MarkForm", "PagesForm", "SignForm", "add_refusal", "pages_in", "pages_line"]

ARTICLE = "article-"
MENDERS = ("release_article", "assemble_issue")


def menders() -> Any:
    """Who can mend an error: the editors who correct on the proof and who assemble the issue."""
    rights = Permission.objects.filter(content_type__app_label="articles", codename__in=MENDERS)
    people = get_user_model()._default_manager.filter(is_active=True)
    may = Q(groups__permissions__in=rights) | Q(user_permissions__in=rights)
    return people.filter(may).distinct().order_by("name", "pk")


class KindSelect(forms.Select):
    """Each kind tells its weight, so that the page can show it before anything is sent."""

    weights: dict[str, Decimal] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.weights:
            option["attrs"]["data-weight"] = str(self.weights[str(value)])
        return option


class MarkForm(forms.Form):
    """An error: where it stands, what kind it is, what it should be, who mends it.

    For an article the place is a ``line`` of its proof; elsewhere it is ``where`` (a part, or an article of
    the printed copy) with a page and a few words.
    """

    line = forms.IntegerField(label=gettext_lazy("Line"), min_value=1, max_value=100_000)
    where = forms.ChoiceField(label=gettext_lazy("Where"))
    page = forms.IntegerField(label=gettext_lazy("Page"), required=False, min_value=1, max_value=9_999)
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=LONGEST_PLACE)
    wrong = forms.CharField(label=gettext_lazy("As it stands"), required=False, max_length=LONGEST_WORDS)
    right = forms.CharField(label=gettext_lazy("As it should be"), required=False, max_length=LONGEST_WORDS)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of error"), widget=KindSelect)
    weight = forms.DecimalField(
        label=gettext_lazy("Weight"), required=False, min_value=0, max_value=100, decimal_places=1
    )
    for_whom: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("For whom"),
        required=False,
        empty_label=gettext_lazy("whoever has it in hand"),
    )
    important = forms.BooleanField(
        label=gettext_lazy("In an important name, date or picture: counts double"), required=False
    )
    required = forms.BooleanField(
        label=gettext_lazy("Must be corrected before the press order"), required=False, initial=True
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        self.articles: Iterable[Article] = kwargs.pop("articles", ())
        journal = kwargs.pop("journal", None) or Journal.objects.current()
        kwargs.setdefault("auto_id", "mark_%s")
        super().__init__(*args, **kwargs)
        self.article = article
        for name in ("where", "page", "place") if article else ("line", "seen"):
            del self.fields[name]
        if article is None:
            self.fields["where"].choices = self.places()  # type: ignore[attr-defined]
        else:
            self.fields["seen"].initial = article.text_hash
        weights = quality.weights_of(journal)
        kind: Any = self.fields["kind"]
        kind.widget.weights = weights
        kind.choices = [("", _("choose"))] + [(k.value, f"{k.label} · {weights[k]}") for k in ErrorClass]
        self.fields["for_whom"].queryset = menders()  # type: ignore[attr-defined]

    def places(self) -> list[tuple[str, Any]]:
        parts = [(p.value, p.label) for p in ProofMark.Part if p != ProofMark.Part.TEXT]
        return parts + [(f"{ARTICLE}{a.pk}", f"{a.first_page or '–'} {a.title_line}") for a in self.articles]

    def given(self) -> dict[str, Any]:
        """What ``press.perform("mark_error")`` takes; raises ``Refused`` for what does not fit its field."""
        check(self)
        data = dict(self.cleaned_data)
        if self.article is not None:
            place = str(data.pop("line"))
            return {**data, "article": self.article, "place": place}
        where = data.pop("where")
        if where.startswith(ARTICLE):
            key = where.removeprefix(ARTICLE)
            return {**data, "article": next(a for a in self.articles if str(a.pk) == key)}
        return {**data, "part": where}


class SignForm(forms.Form):
    """An article read and signed for; empty figures are those of the marks and of the text."""

    characters = forms.IntegerField(label=gettext_lazy("Characters read"), required=False, min_value=1)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "sign_%s")
        super().__init__(*args, **kwargs)
        self.fields["errors"] = forms.DecimalField(
            label=_("Weighted errors found"), required=False, min_value=0, decimal_places=1
        )
        self.order_fields(["errors"])

    def given(self) -> dict[str, Any]:
        check(self)
        return dict(self.cleaned_data)


class PagesForm(forms.Form):
    """Which pages carry what, each as a list such as ``3, 12-14``; all others are text."""

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "pages_%s")
        super().__init__(*args, **kwargs)
        self.issue = issue
        for kind in (quality.PageKind.PICTURE_TEXT, quality.PageKind.PICTURE, quality.PageKind.BLANK):
            pages = [int(page) for page, carried in issue.page_kinds.items() if carried == kind]
            self.fields[kind.value] = forms.CharField(
                label=kind.label, required=False, max_length=500, initial=pages_line(pages)
            )
        self.fields["cover_pages"] = forms.IntegerField(
            label=_("Cover pages"), min_value=0, max_value=MOST_COVERS, initial=issue.cover_pages
        )

    def given(self) -> dict[str, Any]:
        check(self)
        kinds: dict[str, str] = {}
        for name, words in self.cleaned_data.items():
            if name == "cover_pages":
                continue
            for page in pages_in(words, name):
                if str(page) in kinds:
                    raise Refused(
                        _("Page %(page)s stands in two lists.") % {"page": page}, code="page-kind", field=name
                    )
                kinds[str(page)] = name
        return {"page_kinds": kinds, "cover_pages": self.cleaned_data["cover_pages"]}


def pages_in(words: str, field: str = "pages") -> list[int]:
    """``3, 12-14`` → 3, 12, 13, 14; raises ``Refused`` for anything that is no list of pages."""
    found: set[int] = set()
    for part in re.split(r"[,，、;；\s]+", words.strip()):
        match = re.fullmatch(r"(\d{1,4})(?:[-–—~～](\d{1,4}))?", part, re.ASCII)
        if part and (match is None or int(match[2] or match[1]) < int(match[1])):
            raise Refused(
                _("“%(part)s” is no page: write 3, 12-14.") % {"part": part[:40]}, code="pages", field=field
            )
        if match:
            found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return sorted(found)


def pages_line(pages: Iterable[int]) -> str:
    """3, 12, 13, 14 → ``3, 12-14``."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def check(form: forms.Form) -> None:
    if not form.is_valid():
        raise Refused(_("Something is missing: see below."), code="form")


def add_refusal(form: forms.Form, refusal: Refused) -> None:
    """Show the sentence at the field that would mend it."""
    form.full_clean()
    name = "where" if refusal.field in {"part", "article"} else refusal.field
    if name in form.fields and not form.has_error(name):
        form.add_error(name, str(refusal))
