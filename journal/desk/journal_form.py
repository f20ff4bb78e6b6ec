"""The journal's page: what the periodical is, the office's rules, its days, what errors weigh."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Journal
from articles.models.proof import ERROR_WEIGHTS, ErrorClass
from articles.quality import weights_of
from articles.schedule import STEPS

__all__ = ["JOURNAL_FIELDSETS", "JournalForm"]

PREFIX, WEIGHT = "days_", "weight_"
FARTHEST = 365


class JournalFields(forms.ModelForm):
    """One number a step of the back-schedule, an empty one leaves the step out; one weight an error."""

    class Meta:
        model = Journal
        exclude = ["back_schedule", "error_weights"]  # noqa: DJ006 - the page's fieldsets choose the others

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in STEPS:
            self.fields[PREFIX + step].initial = self.instance.back_schedule.get(step)
        for kind, weight in weights_of(self.instance).items():
            self.fields[WEIGHT + kind].initial = weight

    def clean(self) -> dict[str, Any]:
        """A step cannot be due before the one that comes before it."""
        data: dict[str, Any] = super().clean() or {}
        before: int | None = None
        for step in STEPS:
            days = data.get(PREFIX + step)
            if days is not None and before is not None and days > before:
                self.add_error(
                    PREFIX + step, _("This step would be due before the one above it. Enter fewer days.")
                )
            before = days if days is not None else before
        return data

    def save(self, commit: bool = True) -> Any:
        entered = {step: self.cleaned_data.get(PREFIX + step) for step in STEPS}
        self.instance.back_schedule = {step: days for step, days in entered.items() if days is not None}
        weights = {kind: self.cleaned_data.get(WEIGHT + kind) for kind in ErrorClass}
        self.instance.error_weights = {
            str(kind): str(weight)
            for kind, weight in weights.items()
            if weight is not None and weight != ERROR_WEIGHTS[kind]
        }
        return super().save(commit)


def weight_field(label: Any) -> forms.DecimalField:
    narrow = forms.NumberInput(attrs={"class": "vIntegerField", "step": "0.1"})
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_value=100, decimal_places=1, required=False, widget=narrow
    )


def days_field(label: Any) -> forms.IntegerField:
    narrow = forms.NumberInput(attrs={"class": "vIntegerField"})
    return forms.IntegerField(label=label, min_value=0, max_value=FARTHEST, required=False, widget=narrow)


JournalForm: Any = type(
    "JournalForm",
    (JournalFields,),
    {PREFIX + step: days_field(label) for step, label in STEPS.items()}
    | {WEIGHT + kind: weight_field(kind.label) for kind in ErrorClass},
)

FIELDS = [PREFIX + step for step in STEPS]
WEIGHTS = [WEIGHT + kind for kind in ErrorClass]
JOURNAL_FIELDSETS: Any = [
    (
        None,
        {
            "fields": [
                ("name", "pinyin_name"),
                ("publication_type", "frequency"),
                ("authority", "organiser"),
                ("issn", "cn_number"),
                ("licence_number", "licence_expires"),
                "about",
            ]
        },
    ),
    (gettext_lazy("Address"), {"fields": [("address", "postcode"), ("telephone", "submission_address")]}),
    (gettext_lazy("Rules of the office"), {"fields": ["two_person", "same_unit_recusal", "unit_check"]}),
    (
        gettext_lazy("Readers"),
        {
            "fields": ["comments"],
            "description": gettext_lazy(
                "Whether readers may write comments under the articles. An editor reads each before it "
                "stands there. Switched off, what was shown is on no page either."
            ),
        },
    ),
    (
        gettext_lazy("Contributors"),
        {
            "fields": ["contributors_wait", "contributing"],
            "description": gettext_lazy(
                "The page for contributors: a paragraph a line, “## ” before a heading, “- ” before each "
                "item. Left empty, it says the usual."
            ),
        },
    ),
    (
        gettext_lazy("Days before delivery"),
        {
            "fields": [tuple(FIELDS[n : n + 3]) for n in range(0, len(FIELDS), 3)],
            "description": gettext_lazy(
                "How many days before the day of delivery each step is due. Leave a step empty if the office "
                "does not take it. The first page counts down to these days."
            ),
        },
    ),
    (
        gettext_lazy("Error rate"),
        {
            "fields": [
                ("characters_per_line", "lines_per_page"),
                *(tuple(WEIGHTS[n : n + 3]) for n in range(0, len(WEIGHTS), 3)),
            ],
            "description": gettext_lazy(
                "The type area of a page of text, and what each kind of error counts. An empty weight is "
                "that of the national rule."
            ),
        },
    ),
]
