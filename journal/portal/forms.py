"""The one page a contributor fills in, already filled in from the file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import captions, richtext, workflow
from articles.bylines import LONGEST_NAME, LONGEST_POST, LONGEST_UNIT, BylineLine, set_bylines
from articles.models import Article, Byline, Section
from articles.models.author import AuthorKind
from articles.models.byline import BylineRole
from journal.editor.field import BodyField, BodyWidget
from journal.editor.figures import figures_of, form_of

__all__ = ["AuthorLines", "ManuscriptForm", "SendForm", "author_lines", "picture_forms"]

ROLES = (
    BylineRole.AUTHOR,
    BylineRole.CORRESPONDENT,
    BylineRole.PHOTOGRAPH,
    BylineRole.TEXT,
    BylineRole.COMPILED,
)


def is_plain(body: str) -> bool:
    """Whether a body is nothing but paragraphs, so that a plain field can hold it without loss."""
    return richtext.paragraphs_html(richtext.plain_text(body).split("\n")) == body


class ManuscriptForm(forms.ModelForm):
    """Title, text and section. The text comes in one of two fields, or in none and stays as it is.

    ``body`` is the rich editor of wide screens; ``words`` is a plain field for small screens and for browsers
    without scripts, and only for a text that is nothing but paragraphs.
    """

    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    body = BodyField(
        label=_("Text"), required=False, widget=BodyWidget(attrs={"disabled": True, "aria-label": _("Text")})
    )
    words = forms.CharField(
        label=_("Text, one paragraph a line"), required=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    keywords = forms.CharField(label=_("Keywords"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = ["section", "kicker", "title", "subtitle", "abstract", "source"]
        widgets = {"abstract": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        section: Any = self.fields["section"]
        section.queryset = Section.objects.filter(active=True)
        section.empty_label = _("Let the office choose")
        self.fields["source"].label = _("Published before in (leave empty if nowhere)")
        self.initial["version"] = self.instance.version
        self.initial["keywords"] = "、".join(self.instance.keywords)
        upload = reverse("portal:upload", args=[self.instance.pk])
        body: Any = self.fields["body"]
        self.initial["body"] = body.open_for(self.instance, upload=upload)
        if data is not None:
            self.data = self.completed(data)
        text = self.data["body"] if data is not None else self.instance.body
        self.plain = is_plain(text)
        if self.plain:
            self.initial["words"] = richtext.plain_text(text)
        else:
            del self.fields["words"]

    def completed(self, data: Any) -> Any:
        """What was sent, with the text in the field the page did not show: neither may come back empty."""
        data = data.copy()
        if "body" not in data:
            written = "words" in data and is_plain(self.instance.body)
            data["body"] = (
                richtext.paragraphs_html(data["words"].splitlines()) if written else self.initial["body"]
            )
        elif is_plain(data["body"]):
            data["words"] = richtext.plain_text(data["body"])
        return data

    def clean_keywords(self) -> list[str]:
        text = self.cleaned_data["keywords"]
        for sign in "，,；; 　":
            text = text.replace(sign, "、")
        return [word for word in text.split("、") if word]

    def save(self, commit: bool = True) -> Article:
        article: Article = self.instance
        # The token of the page the person saw; the domain compares it with the row's.
        article.version = self.cleaned_data["version"]
        article.keywords = self.cleaned_data["keywords"]
        article.body = self.cleaned_data["body"]
        article.save()
        body: Any = self.fields["body"]
        if body.touched:
            captions.follow(article, complete=True)
        return article


class AuthorLine(forms.Form):
    """One author as printed; an empty name is no author."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=LONGEST_UNIT, required=False)
    post = forms.CharField(label=_("Post"), max_length=LONGEST_POST, required=False)
    role = forms.ChoiceField(label=_("As"), choices=[(r.value, r.label) for r in ROLES], required=False)
    kind = forms.ChoiceField(choices=AuthorKind.choices, widget=forms.HiddenInput, initial=AuthorKind.PERSON)

    def clean_role(self) -> str:
        return str(self.cleaned_data["role"] or BylineRole.AUTHOR)


class BaseAuthorLines(forms.BaseFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """No line is taken for an empty one because it says what is stored already: it would be dropped."""
        return {} if index is None else {"empty_permitted": False}

    def store(self, article: Article, by: Any) -> None:
        lines = [
            BylineLine(f["name"].strip(), f["kind"], f["role"], f["unit"].strip(), f["post"].strip())
            for f in (form.cleaned_data for form in self.forms)
            if f.get("name", "").strip()
        ]
        set_bylines(article, lines, by)


AuthorLines: Any = forms.formset_factory(AuthorLine, formset=BaseAuthorLines, extra=1, max_num=50)


def author_lines(article: Article, data: Any = None) -> Any:
    """The article's bylines as lines, and an empty one; on a first visit the sender stands in it."""
    bylines: list[Byline] = list(article.bylines.select_related("author").order_by("position"))
    initial = [
        {
            "name": b.name,
            "unit": b.printed_unit,
            "post": b.printed_post,
            "role": b.role,
            "kind": b.author.kind,
        }
        for b in bylines
    ]
    if not initial and article.submitter is not None and article.stage == "draft":
        sender: Any = article.submitter
        initial = [{"name": sender.get_full_name(), "unit": sender.unit, "post": sender.post}]
    lines = AuthorLines(data, initial=initial, prefix="authors")
    known = {value for value, _label in lines.empty_form.fields["role"].choices}
    for form, byline in zip(lines.forms, bylines, strict=False):
        if byline.role not in known:  # read from the file; not offered, and not lost either
            form.fields["role"].choices = [
                *form.fields["role"].choices,
                (byline.role, byline.get_role_display()),
            ]
    return lines


def picture_forms(article: Article, data: Any = None) -> list[tuple[Any, Any]]:
    """Each picture with the form of its words; bound where ``data`` holds words of it."""
    return [
        (row, form_of(row, data if data is not None and f"f{row.pk}-caption" in data else None))
        for row in figures_of(article)
    ]


class SendForm(forms.Form):
    """The declarations; they are asked every time and never ticked beforehand."""

    declarations = forms.MultipleChoiceField(
        label=_("Declarations"),
        choices=list(workflow.DECLARATIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
