"""Below the screens: no other way to a stage, nothing of the record changed, impossible rows refused."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from articles import press, workflow
from articles.models import (
    Article,
    Author,
    Comment,
    Delegation,
    Event,
    Figure,
    Issue,
    Journal,
    ProofRound,
    Revision,
    Section,
    SignOff,
)
from articles.press import IssueStage
from articles.workflow import Refused, Stage
from tests.factories import Cast, due_day, make_article, make_draft, make_issue, make_journal, make_user

pytestmark = pytest.mark.django_db


# One door for every stage.


@pytest.mark.parametrize("manager", ["objects", "_base_manager", "_default_manager"])
def test_no_query_writes_the_stage_of_an_article(manager: str) -> None:
    article = make_article(Cast(), Stage.FIRST_REVIEW)
    rows = getattr(Article, manager).filter(pk=article.pk)
    for fields in ({"stage": "published"}, {"published_at": timezone.now()}, {"review_round": 7}):
        with pytest.raises(TypeError):
            rows.update(**fields)
    article.stage = Stage.PUBLISHED
    with pytest.raises(TypeError):
        getattr(Article, manager).bulk_update([article], ["stage"])
    assert Article.objects.get(pk=article.pk).stage == Stage.FIRST_REVIEW


@pytest.mark.parametrize("manager", ["objects", "_base_manager"])
def test_no_query_writes_the_stage_or_visibility_of_an_issue(manager: str) -> None:
    issue = make_issue()
    rows = getattr(Issue, manager).filter(pk=issue.pk)
    for fields in ({"stage": "published"}, {"visibility": "public"}, {"published_at": timezone.now()}):
        with pytest.raises(TypeError):
            rows.update(**fields)
    assert Issue.objects.get(pk=issue.pk).stage == IssueStage.PLANNING


def test_saving_an_object_does_not_move_it() -> None:
    cast = Cast()
    article, issue = make_article(cast, Stage.FIRST_REVIEW), make_issue(cast)
    article.stage, issue.stage = Stage.ACCEPTED, IssueStage.SIGNED
    for thing in (article, issue):
        with pytest.raises(TypeError):
            thing.save()
        with pytest.raises(TypeError):
            thing.save(update_fields=["stage"])
    issue.refresh_from_db()
    issue.visibility = "public"
    with pytest.raises(TypeError):
        issue.save()


def test_nothing_is_born_further_down_the_road() -> None:
    article = Article(title="空降", code="from-nowhere", stage=Stage.ACCEPTED)
    issue = Issue(year=2030, number="1", stage=IssueStage.SIGNED)
    for thing in (article, issue):
        with pytest.raises(TypeError):
            thing.save()
        with pytest.raises(TypeError):
            type(thing).objects.bulk_create([thing])
    with pytest.raises(TypeError):
        Article.objects.create(title="空降", code="from-nowhere", stage=Stage.PUBLISHED)


def test_an_object_fetched_in_part_does_not_move_either() -> None:
    article = make_article(Cast(), Stage.FIRST_REVIEW)
    part = Article.objects.only("title").get(pk=article.pk)
    part.stage = Stage.ACCEPTED
    with pytest.raises(TypeError):
        part.save()
    whole = Article.objects.defer("stage").get(pk=article.pk)
    whole.title = "只改题目"
    whole.save()
    assert Article.objects.get(pk=article.pk).stage == Stage.FIRST_REVIEW


def test_an_article_changes_its_issue_only_through_the_door() -> None:
    cast = Cast()
    article = make_article(cast, Stage.EDITING)
    article.issue = make_issue(cast)
    with pytest.raises(TypeError):
        article.save()


def test_texts_are_cleaned_on_every_write_and_the_raw_one_kept() -> None:
    raw = '<p onclick="x()">字</p><script>1</script>'
    saved = Article.objects.create(title="甲", code="a", body=raw)
    (in_bulk,) = Article.objects.bulk_create([Article(title="乙", code="b", body=raw)])
    for article in (saved, Article.objects.get(pk=in_bulk.pk)):
        assert (article.body, article.raw_body) == ("<p>字</p>", raw)
    for fields in ({"body": raw}, {"title": "丙"}, {"raw_body": ""}):
        with pytest.raises(TypeError):
            Article.objects.filter(pk=saved.pk).update(**fields)
    with pytest.raises(TypeError):
        Article.objects.bulk_create([Article(title="乙", code="a", body=raw)], update_conflicts=True)


# Nobody overwrites what they have not seen.


def test_a_stale_object_is_refused_and_overwrites_nothing() -> None:
    first = make_article(Cast())
    second = Article.objects.get(pk=first.pk)
    first.title = "先存的题目"
    first.save()
    second.title = "后存的题目"
    for _attempt in (1, 2):
        with pytest.raises(Refused) as refused:
            second.save()
        assert (refused.value.status, refused.value.code) == (409, "stale")
    assert Article.objects.get(pk=first.pk).title == "先存的题目"


def test_the_token_moves_with_every_save_and_every_action() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    tokens = [article.version]
    article.save()
    tokens.append(article.version)
    article.save(update_fields=["keywords"])
    tokens.append(article.version)
    workflow.perform("assign", article, cast.registrar, editor=cast.editor)
    tokens.append(article.version)
    assert tokens == list(range(tokens[0], tokens[0] + 4))
    assert Article.objects.get(pk=article.pk).version == article.version


def test_a_save_that_fails_leaves_the_token_alone() -> None:
    article = make_article(Cast())
    before = article.version
    article.title = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        article.save()
    assert article.version == before
    article.title = "有题"
    article.save()


def test_a_failing_action_writes_nothing_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    before = (article.version, Event.objects.count(), Revision.objects.count())

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("articles.record.write_event", fail)
    with pytest.raises(OSError, match="disk"):
        workflow.perform("pass_up", article, cast.editor, opinion="好。", verdict="use")
    article.refresh_from_db()
    assert (article.stage, article.version) == (Stage.FIRST_REVIEW, before[0])
    assert (Event.objects.count(), Revision.objects.count()) == before[1:]
    assert not SignOff.objects.exists()
    assert not workflow.is_performing()


# The record is only ever added to.


def a_row(kind: str, cast: Cast) -> Any:
    issue = make_issue(cast, IssueStage.PROOFING)
    article = issue.articles.first()
    press.perform("mark_error", issue, cast.proofreader, article=article, kind="sense") if kind else None
    workflow.delegate(cast.chief, cast.head, due_day(0), due_day(1))
    Comment.objects.create(article=article, text="请核对。", by=cast.editor)
    rows: dict[str, Callable[[], Any]] = {
        "event": article.events.first,
        "revision": article.revisions.first,
        "signoff": article.signoffs.first,
        "comment": article.comments.first,
        "issue sign-off": issue.signoffs.first,
        "proof round": issue.proof_rounds.first,
        "proof signature": article.proof_signatures.first,
        "proof mark": article.proof_marks.first,
        "delegation": Delegation.objects.first,
    }
    return rows[kind]()


@pytest.mark.parametrize(
    "kind",
    [
        "event",
        "revision",
        "signoff",
        "comment",
        "issue sign-off",
        "proof round",
        "proof signature",
        "proof mark",
        "delegation",
    ],
)
def test_a_row_of_the_record_is_never_changed_or_deleted(kind: str) -> None:
    row = a_row(kind, Cast())
    model = type(row)
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()
    column = next(f for f in model._meta.concrete_fields if f.name in {"at", "opened_at", "created_at"})
    for manager in (model.objects, model._base_manager):
        with pytest.raises(TypeError):
            manager.filter(pk=row.pk).update(**{column.name: timezone.now()})
        with pytest.raises(TypeError):
            manager.filter(pk=row.pk).delete()
        with pytest.raises(TypeError):
            manager.bulk_update([row], [column.name])
        with pytest.raises(TypeError):
            manager.bulk_create([row], update_conflicts=True)


def test_a_new_row_with_an_old_key_overwrites_nothing() -> None:
    event = make_article(Cast(), Stage.SUBMITTED).events.get()
    forged = Event(pk=event.pk, action="forged", actor_name="x", article=event.article)
    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save()
    assert Event.objects.get(pk=event.pk).action == "submit"


def test_an_article_with_a_record_cannot_be_deleted() -> None:
    article = make_article(Cast(), Stage.SUBMITTED)
    with pytest.raises(ProtectedError):
        article.delete()
    with pytest.raises(ProtectedError):
        Article.objects.filter(pk=article.pk).delete()
    draft = make_draft(Cast())
    draft.delete()


# What the database itself refuses.


def refused_by_database(write: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_one_journal() -> None:
    make_journal()
    refused_by_database(lambda: Journal(name="另一本").save(force_insert=True))
    refused_by_database(lambda: Journal.objects.update(publication_type="internal", cn_number="65-5999/G0"))


def test_years_numbers_and_serial_numbers_of_issues_are_unique() -> None:
    Issue.objects.create(year=2026, number="9", serial_number=129)
    refused_by_database(lambda: Issue.objects.create(year=2026, number="9"))
    refused_by_database(lambda: Issue.objects.create(year=2026, number="10", serial_number=129))
    refused_by_database(lambda: Issue.objects.create(year=26, number="10"))
    refused_by_database(lambda: Issue.objects.create(year=2026, number="11", page_count=0))


@pytest.mark.parametrize(("first", "last"), [(0, 0), (5, 4), (None, 4)])
def test_page_ranges_are_sound(first: int | None, last: int | None) -> None:
    issue = make_issue()
    refused_by_database(lambda: make_draft(Cast(), issue=issue, first_page=first, last_page=last))


def test_one_place_one_article_and_no_place_without_issue() -> None:
    cast, issue = Cast(), make_issue()
    make_draft(cast, issue=issue, position=1)
    refused_by_database(lambda: make_draft(cast, issue=issue, position=1))
    refused_by_database(lambda: make_draft(cast, position=2))
    refused_by_database(lambda: make_draft(cast, first_page=2, last_page=2))


def test_codes_and_numbers_of_articles_are_unique_and_titles_there() -> None:
    cast = Cast()
    make_draft(cast, code="the-ferry", manuscript_number="2026-0001")
    refused_by_database(lambda: make_draft(cast, code="the-ferry"))
    refused_by_database(lambda: make_draft(cast, manuscript_number="2026-0001"))
    refused_by_database(lambda: make_draft(cast, title=" \n "))


def test_an_issue_has_one_cover_and_a_figure_one_home() -> None:
    issue, article = make_issue(), make_draft(Cast())
    size = {"width": 8, "height": 6}
    cover = {"image": "figures/a.png", "role": "cover", **size}
    Figure.objects.bulk_create([Figure(issue=issue, **cover)])
    refused_by_database(lambda: Figure.objects.bulk_create([Figure(issue=issue, **cover)]))
    refused_by_database(lambda: Figure.objects.bulk_create([Figure(article=article, **cover)]))
    refused_by_database(lambda: Figure.objects.bulk_create([Figure(image="figures/b.png", **size)]))
    refused_by_database(
        lambda: Figure.objects.bulk_create(
            [Figure(issue=issue, article=article, image="figures/c.png", **size)]
        )
    )


def test_namesakes_are_told_apart_by_unit() -> None:
    Author.objects.create(name="李　伟", unit="上渡区", code="li-wei")
    Author.objects.create(name="李伟", unit="下渡区", code="li-wei-2")
    refused_by_database(lambda: Author.objects.create(name="李 伟", unit="上渡区", code="li-wei-3"))
    group = Author.objects.create(name="课题组", kind="group", code="group")
    refused_by_database(lambda: group.members.create(author=group))


def test_other_impossible_rows_are_refused() -> None:
    cast = Cast()
    article, issue, person = make_article(cast), make_issue(cast), make_user()
    day = datetime.date(2026, 1, 1)
    refused_by_database(lambda: Section.objects.create(name="空", code="none", characters_per_page=0))
    refused_by_database(lambda: Comment.objects.create(article=article, text="", by=person))
    refused_by_database(
        lambda: Comment.objects.create(article=article, text="字", by=person, resolved_at=timezone.now())
    )
    refused_by_database(
        lambda: Delegation.objects.create(giver=person, holder=person, starts_on=day, ends_on=day)
    )
    refused_by_database(
        lambda: Delegation.objects.create(
            giver=person, holder=cast.chief, starts_on=day, ends_on=day - datetime.timedelta(days=1)
        )
    )
    refused_by_database(lambda: Event.objects.create(action="x", actor_name="某"))
    refused_by_database(lambda: Event.objects.create(action="x", actor_name="", article=article))
    ProofRound.objects.create(issue=issue, number=1)
    refused_by_database(lambda: ProofRound.objects.create(issue=issue, number=1))
    refused_by_database(lambda: ProofRound.objects.create(issue=issue, number=2))
    refused_by_database(lambda: ProofRound.objects.create(issue=make_issue(cast), number=0))
