"""What a contributor has not sent in is nobody's at the office, whatever their rights."""

from __future__ import annotations

from typing import Any

import pytest

from articles import workflow
from articles.models import Article, Author, Byline, CoAuthor
from articles.refusals import Refused
from articles.search import search
from articles.stages import Stage
from tests.factories import DECLARED, Cast, make_article, make_journal

pytestmark = pytest.mark.django_db

OFFICE = ("registrar", "editor", "head", "chief", "proofreader", "publisher", "superuser")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def draft(cast: Cast) -> Article:
    return make_article(cast, title="还没写完的渡口")


def sees(person: Any, article: Article) -> bool:
    return Article.objects.visible_to(person).filter(pk=article.pk).exists()


@pytest.mark.parametrize("who", OFFICE)
def test_nobody_of_the_office_sees_a_contributors_draft(cast: Cast, draft: Article, who: str) -> None:
    person = getattr(cast, who)
    assert not sees(person, draft)
    assert search("渡口", among=Article.objects.visible_to(person)).hits == []
    workflow.perform("submit", draft, cast.contributor, declarations=DECLARED)
    assert sees(person, draft)


def test_its_sender_sees_it_and_who_writes_or_was_invited(cast: Cast, draft: Article) -> None:
    for person in (cast.contributor, cast.editor, cast.reader):
        assert sees(person, draft) == (person == cast.contributor)
    author = Author.objects.create(name="陆小满", code="lu-xiao-man", user=cast.editor)
    Byline.objects.create(article=draft, author=author, position=2)
    CoAuthor.objects.create(article=draft, email="reader@example.org", person=cast.reader)
    assert [sees(person, draft) for person in (cast.editor, cast.reader, cast.head)] == [True, True, False]


def test_each_is_seen_once_however_often_one_is_named(cast: Cast, draft: Article) -> None:
    author = Author.objects.create(name="贺苇", code="he-wei-2", user=cast.contributor)
    for place in (2, 3):
        Byline.objects.create(article=draft, author=author, position=place, role="文" if place == 2 else "图")
    for place in (1, 2):
        address = f"guest{place}@example.org"
        CoAuthor.objects.create(article=draft, email=address, person=cast.contributor)
    assert Article.objects.visible_to(cast.contributor).count() == 1


def test_what_the_office_takes_in_or_imports_is_the_offices(cast: Cast) -> None:
    taken = make_article(cast, submitter=cast.registrar)
    imported = make_article(cast, submitter=None)
    assert set(Article.objects.visible_to(cast.editor)) == {taken, imported}
    workflow.perform("submit", taken, cast.registrar, declarations=DECLARED)


def test_what_the_unit_gave_back_is_the_senders_again(cast: Cast) -> None:
    article = make_article(cast, Stage.UNIT_CHECK)
    make_journal(unit_check=True)
    assert sees(cast.unit_approver, article)
    workflow.perform("return_from_unit", article, cast.unit_approver, reason="数字请再核。")
    everybody = (cast.unit_approver, cast.registrar, cast.chief, cast.contributor)
    assert [sees(person, article) for person in everybody] == [False, False, False, True]


def test_the_registrar_neither_writes_in_it_nor_sends_it(cast: Cast, draft: Article) -> None:
    assert not workflow.may_edit_text(draft, cast.registrar)
    with pytest.raises(Refused) as refused:
        workflow.perform("submit", draft, cast.registrar, declarations=DECLARED)
    assert refused.value.code == "not-own"
