"""Figures stand beside the edition, never in it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from articles.models import VisitDay, VisitTotal
from journal.edition.bake import Result, bake
from tests.edition.conftest import Door, Shelf

pytestmark = pytest.mark.django_db


def test_counting_bakes_nothing_again(shelf: Shelf, baked: Result) -> None:
    VisitTotal.objects.create(article=shelf.article, count=4711)
    VisitDay.objects.create(article=shelf.article, day=timezone.localdate(), count=4711)
    assert not bake().changed


def test_figures_are_asked_of_the_application_and_are_no_files(shelf: Shelf, files: Door) -> None:
    for path in ("/visits/2026/9-10.json", "/visits/most-read.json", "/most-read/"):
        assert files.get(path).status == 599
        assert files.asked == [path]
        files.asked.clear()
