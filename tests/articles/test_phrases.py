"""The office starts with wordings for every kind of opinion, and keeps what it makes of them."""

from __future__ import annotations

import pytest

from articles.models import Phrase
from articles.phrases import DEFAULTS, fill_empty_table

pytestmark = pytest.mark.django_db


def test_every_use_has_wordings_from_the_start() -> None:
    assert set(DEFAULTS) == set(Phrase.Use.values)
    assert set(Phrase.objects.values_list("use", flat=True)) == set(Phrase.Use.values)


def test_titles_and_wordings_fit_their_fields() -> None:
    for phrase in Phrase.objects.all():
        phrase.full_clean()


def test_the_offices_own_table_is_left_alone() -> None:
    kept = Phrase.objects.first()
    assert kept is not None
    Phrase.objects.exclude(pk=kept.pk).delete()
    kept.text = "本刊自己的话。"
    kept.save()
    fill_empty_table()
    assert list(Phrase.objects.values_list("text", flat=True)) == ["本刊自己的话。"]


def test_an_empty_table_is_filled_in_the_order_written() -> None:
    Phrase.objects.all().delete()
    fill_empty_table()
    found = Phrase.objects.filter(use="return").values_list("title", flat=True)
    assert list(found) == [title for title, _text in DEFAULTS["return"]]
