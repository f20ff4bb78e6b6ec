"""The same or nearly the same text is found, whatever its title; what is alike by chance is not."""

from __future__ import annotations

import random

import pytest

from articles import checklist, likeness, workflow
from articles.likeness.marks import fingerprint, folded
from articles.models import Article, Fingerprint
from articles.stages import Stage
from tests.benchmarks.duplicates import Writer, changed, html
from tests.factories import Cast, make_article, make_draft, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Writer:
    return Writer(20261122)


def found(article: Article) -> list[tuple[int, bool]]:
    return [(same.article.pk, same.same_title) for same in checklist.same_elsewhere(article)]


@pytest.mark.parametrize("how", ["characters", "every tenth", "left out", "put in", "paragraphs", "moved"])
def test_a_text_sent_again_with_a_tenth_changed_is_found(writer: Writer, how: str) -> None:
    cast, dice = Cast(), random.Random(7)
    text = writer.text(1500)
    first = make_article(cast, Stage.SUBMITTED, body=html(text))
    make_article(cast, Stage.SUBMITTED, body=html(writer.text(1500)))
    again = make_draft(cast, body=html(changed(text, how, 0.1, dice, writer)))
    (same,) = checklist.same_elsewhere(again)
    assert (same.article, same.same_title) == (first, False)
    assert 60 <= same.share <= 100
    assert str(same) == f"{first.manuscript_number} {first.title} {same.share}%"


def test_another_text_by_the_same_hand_is_not_the_same(writer: Writer) -> None:
    cast = Cast()
    for _ in range(5):
        make_article(cast, Stage.SUBMITTED, body=html(writer.text(1200)))
    assert found(make_draft(cast, body=html(writer.text(1200)))) == []


def test_spaces_signs_and_mark_up_make_no_difference(writer: Writer) -> None:
    cast = Cast()
    text = writer.text(600)
    first = make_article(cast, Stage.SUBMITTED, body=html(text))
    dressed = [f"<h2>{line[:9]}</h2><p>　　{line[9:].replace('，', ', ')}</p>" for line in text]
    again = make_draft(cast, body="".join(dressed))
    assert checklist.same_elsewhere(again)[0].share == 100
    assert found(again) == [(first.pk, False)]


def test_a_short_notice_is_the_same_only_letter_by_letter() -> None:
    cast = Cast()
    notice = "<p>本刊编辑部自即日起迁至新址办公，电话不变，敬请读者周知。</p>"
    first = make_article(cast, Stage.SUBMITTED, body=notice)
    assert found(make_draft(cast, body=notice.replace("即日", "下月"))) == []
    assert found(make_draft(cast, body=notice.replace("，", ""))) == [(first.pk, False)]
    assert fingerprint(folded("短")) == []


def test_a_part_of_a_series_is_no_duplicate_unless_its_text_is(writer: Writer) -> None:
    cast = Cast()
    text = writer.text(800)
    part = {"title": "渡口往事", "series": "渡口往事"}
    first = make_article(cast, Stage.SUBMITTED, body=html(text), series_part="上", **part)
    second = make_draft(cast, body=html(writer.text(800)), series_part="下", **part)
    assert found(second) == []
    second.body = html(text)
    second.save()
    assert found(second) == [(first.pk, True)]
    second.series_part, second.body = "上", html(writer.text(800))
    second.save()
    assert found(second) == [(first.pk, True)]


def test_the_draft_nobody_has_sent_in_is_nobodys_business(writer: Writer) -> None:
    cast = Cast()
    text = writer.text(500)
    make_draft(cast, title="渡口往事", body=html(text), submitter=make_user("contributor"))
    at_the_office = make_draft(cast, body=html(text), submitter=cast.registrar)
    assert found(make_draft(cast, title="渡口往事", body=html(text))) == [(at_the_office.pk, False)]


def test_a_text_that_was_rewritten_is_found_by_its_new_words_and_by_its_old_version(writer: Writer) -> None:
    cast = Cast()
    old, new = writer.text(500), writer.text(500)
    article = make_draft(cast, body=html(old))
    article.body = html(new)
    article.save()
    assert found(make_draft(cast, body=html(new))) == [(article.pk, False)]
    assert likeness.alike(html(old)) == {}


def test_registering_asks_for_a_word_about_the_same_text(writer: Writer) -> None:
    cast = Cast()
    text = writer.text(500)
    first = make_article(cast, Stage.FIRST_REVIEW, body=html(text))
    again = make_article(cast, Stage.SUBMITTED, body=html(text[:-1]))
    with pytest.raises(workflow.Refused) as refused:
        workflow.perform("register", again, cast.registrar)
    assert refused.value.code == "duplicate"
    assert f"{first.manuscript_number} {first.title} 100%" in str(refused.value)
    event = workflow.perform("register", again, cast.registrar, reason="作者改投本刊。")
    assert event.data["duplicates"] == [f"{first.manuscript_number} {first.title} 100%"]


def test_fingerprints_go_with_every_write_and_can_be_made_anew(writer: Writer) -> None:
    cast = Cast()
    body = html(writer.text(500))
    article = make_draft(cast, body=body)
    bulk = Article.objects.bulk_create([Article(title="成批", code="bulk", body=body)])[0]
    marks = sorted(Fingerprint.objects.filter(article=article).values_list("value", flat=True))
    assert len(marks) == 40
    assert sorted(Fingerprint.objects.filter(article=bulk).values_list("value", flat=True)) == marks
    Fingerprint.objects.all().delete()
    assert likeness.rebuild() == 2
    assert sorted(Fingerprint.objects.filter(article=article).values_list("value", flat=True)) == marks
    bulk.delete()
    assert not Fingerprint.objects.exclude(article=article).exists()


def test_a_save_that_leaves_the_text_alone_writes_no_marks(
    writer: Writer, django_assert_num_queries: object
) -> None:
    article = make_draft(Cast(), body=html(writer.text(500)))
    before = set(Fingerprint.objects.values_list("pk", flat=True))
    article.title = "换个题目"
    article.save()
    assert set(Fingerprint.objects.values_list("pk", flat=True)) == before


def test_looking_for_the_same_text_asks_five_times_however_many_there_are(
    writer: Writer, django_assert_max_num_queries: object
) -> None:
    cast = Cast()
    text = writer.text(500)
    for _ in range(6):
        make_article(cast, Stage.SUBMITTED, body=html(text))
    article = make_draft(cast, body=html(text))
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert len(checklist.same_elsewhere(article)) == 6
