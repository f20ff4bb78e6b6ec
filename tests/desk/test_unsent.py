"""No page of the desk shows a contributor's draft; each answers as if there were none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles import workflow
from articles.models import Article
from articles.stages import Stage
from tests.factories import Cast, make_article, make_journal

pytestmark = pytest.mark.django_db
Sit = Callable[..., Client]
PAGES = ("review", "life", "versions", "duplicates", "slip", "write")


@pytest.fixture
def draft(cast: Cast) -> Article:
    return make_article(cast, title="还没写完的渡口")


@pytest.mark.parametrize("who", ["registrar", "editor", "head", "chief"])
def test_no_list_and_no_search_shows_it(at_desk: Sit, draft: Article, who: str) -> None:
    client = at_desk(who)
    for address in ("/desk/?q=渡口", reverse("admin:articles_article_changelist"), "/desk/"):
        assert draft.title not in client.get(address).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_its_pages_are_not_there(at_desk: Sit, draft: Article, page: str) -> None:
    assert at_desk("chief").get(reverse(f"admin:articles_article_{page}", args=[draft.pk])).status_code == 404


def test_its_form_and_its_steps_are_not_there(at_desk: Sit, draft: Article) -> None:
    client = at_desk("registrar")
    assert client.get(reverse("admin:articles_article_change", args=[draft.pk])).status_code == 404
    act = reverse("admin:articles_article_act", args=[draft.pk])
    assert client.post(act, {"action": "submit", "version": draft.version}).status_code == 404
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT


def test_what_the_unit_wrote_to_its_author_is_no_correspondence_of_the_office(
    at_desk: Sit, cast: Cast
) -> None:
    article = make_article(cast, Stage.UNIT_CHECK, title="单位退回的渡口")
    make_journal(unit_check=True)
    workflow.perform("return_from_unit", article, cast.unit_approver, reason="数字请再核。")
    page = at_desk("chief").get(reverse("admin:notices_notice_changelist")).content.decode()
    assert article.title not in page
