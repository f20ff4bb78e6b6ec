"""The one page a contributor fills in, already filled in from the file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from articles import richtext, workflow
from articles.bylines import LONGEST_NAME, LONGEST_POST, LONGEST_UNIT, BylineLine, set_bylines
from articles.models import Article, Byline, Section
from articles.models.author import AuthorKind
from articles.models.byline import BylineRole

__all__ = ["AuthorLines", "ManuscriptForm", "PictureForm", "SendForm", "author_lines"]

ROLES = (
    BylineRole.AUTHOR,
    BylineRole.CORRESPONDENT,
    BylineRole.PHOTOGRAPH,
    BylineRole.TEXT,
    BylineRole.COMPILED,
)
PLAIN = {"p", "br"}


def is_plain(body: str) -> bool:
    """Whether a body is nothing but paragraphs, so that a plain field can hold it without loss."""
    return richtext.paragraphs_html(richtext.plain_text(body).split("\n")) == body


class ManuscriptForm(forms.ModelForm):
    """Title, text and section. A text with tables, pictures or notes is kept as it was read."""

    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    words = forms.CharField(
        label=_("Text, one paragraph a line"), required=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    keywords = forms.CharField(label=_("Keywords"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = ["section", "kicker", "title", "subtitle", "abstract", "source"]
        widgets = {"abstract": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.queryset = Section.objects.filter(active=True)
        section.empty_label = _("Let the office choose")
        self.fields["source"].label = _("Published before in (leave empty if nowhere)")
        self.initial["version"] = self.instance.version
        self.initial["keywords"] = "、".join(self.instance.keywords)
        self.plain = not self.instance.body or is_plain(self.instance.body)
        if self.plain:
            self.initial["words"] = richtext.plain_text(self.instance.body)
        else:
            del self.fields["words"]

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
        if self.plain:
            article.body = richtext.paragraphs_html(self.cleaned_data["words"].splitlines())
        article.save()
        return article


class AuthorLine(forms.Form):
    """One author as printed; an empty name is no author."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=LONGEST_UNIT, required=False)
    post = forms.CharField(label=_("Post"), max_length=LONGEST_POST, required=False)
    role = forms.ChoiceField(label=_("As"), choices=[(r.value, r.label) for r in ROLES])
    kind = forms.ChoiceField(choices=AuthorKind.choices, widget=forms.HiddenInput, initial=AuthorKind.PERSON)


class BaseAuthorLines(forms.BaseFormSet):
    def store(self, article: Article) -> None:
        lines = [
            BylineLine(f["name"].strip(), f["kind"], f["role"], f["unit"].strip(), f["post"].strip())
            for f in (form.cleaned_data for form in self.forms)
            if f.get("name", "").strip()
        ]
        set_bylines(article, lines)


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


class SendForm(forms.Form):
    """The declarations; they are asked every time and never ticked beforehand."""

    declarations = forms.MultipleChoiceField(
        label=_("Declarations"),
        choices=list(workflow.DECLARATIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PictureForm(forms.Form):
    """What stands under a picture."""

    caption = forms.CharField(label=_("Caption"), max_length=500, required=False)
    photographer = forms.CharField(label=_("Photographer or supplier"), max_length=100, required=False)
    credit = forms.ChoiceField(
        label=_("Credit"),
        choices=[("", "—"), ("摄", _("photograph")), ("供图", _("picture supplied"))],
        required=False,
    )
    alternative = forms.CharField(
        label=_("What can be seen, for people who cannot"), max_length=500, required=False
    )


def first_problem(errors: ErrorDict) -> str:
    return next((str(message) for messages in errors.values() for message in messages), "")
