"""What the matrix tries: one row a deed, on things that stand where it is possible."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import comments, press, reader_comments, record, workflow
from articles.delegations import withdraw_delegation
from articles.models import Article, Author, Byline, Delegation, Event, Issue, Journal, ReaderComment, SignOff
from articles.stages import Stage
from articles.workflow import delegate
from tests.articles import test_press, test_workflow_table
from tests.factories import Cast, make_article, make_journal, make_user, printed_issue
from tests.people.matrix import YES, tried

__all__ = [
    "held",
    "holding",
    "in_byline",
    "nothing",
    "office",
    "on_articles",
    "on_comments",
    "on_issues",
    "reviews",
    "same_unit",
    "sent_in",
    "signed_elsewhere",
]

#: What is so about a person and an article before the deed.
Relation = Callable[[Article, Any, "str | None"], None]
Row = tuple[str, Callable[[Any], str]]
LEVELS = {(row.action, source): row.level for row in workflow.TRANSITIONS for source in row.sources}


def nothing(article: Article, person: Any, level: str | None) -> None:
    """Somebody else's."""


def sent_in(article: Article, person: Any, level: str | None) -> None:
    if person.pk is not None:
        Article.objects.filter(pk=article.pk).update(submitter=person)


def in_byline(article: Article, person: Any, level: str | None) -> None:
    author, _made = Author.objects.get_or_create(
        name="同名人", unit="外单位", kind="person", defaults={"code": "own-name"}
    )
    Author.objects.filter(pk=author.pk).update(user=person.pk)
    Byline.objects.bulk_create([Byline(article=article, author=author, position=9)])


def same_unit(article: Article, person: Any, level: str | None) -> None:
    Journal.objects.update(same_unit_recusal=True)
    if person.pk is not None:
        type(person).objects.filter(pk=person.pk).update(unit=article.submitter.unit)
        person.unit = article.submitter.unit


def signed_elsewhere(article: Article, person: Any, level: str | None) -> None:
    if person.pk is None:
        return
    with record.performing():
        revision = record.make_revision(article, "signed", person)
    SignOff.objects.create(
        article=article,
        revision=revision,
        round=article.review_round + 20,
        level="first" if level != "first" else "second",
        verdict="back",
        opinion="另一级的意见。",
        person=person,
        person_name=person.get_full_name(),
        text_hash=article.text_hash,
    )


def given_final(person: Any, first: int, last: int) -> None:
    """A delegation from one day to another, counted from today; written past the door that gives it."""
    if person.pk is None:
        return
    today, giver = timezone.localdate(), make_user("chief-editor", name="另一位主编")
    days = {"starts_on": today + datetime.timedelta(first), "ends_on": today + datetime.timedelta(last)}
    Delegation.objects.create(giver=giver, holder=person, **days)


def holding(article: Article, person: Any, level: str | None) -> None:
    given_final(person, 0, 0)


def held(article: Article, person: Any, level: str | None) -> None:
    given_final(person, -9, -1)


# Manuscripts.


def on_articles(cast: Cast, relation: Relation) -> Iterator[Row]:
    """Every row of the table of manuscripts, and what is done to one besides."""
    yield from presses(cast, relation)
    for stage in Stage:
        article = make_article(cast, stage)
        yield f"read ({stage})", cell(article, relation, sees)
        yield f"edit the text ({stage})", cell(article, relation, workflow.may_edit_text)
    article = make_article(cast, Stage.FIRST_REVIEW)
    remark = comments.add_comment(article, cast.proofreader, text="请核对。", required=True)
    yield "remark", cell(article, relation, lambda a, p: comments.add_comment(a, p, text="请补出处。"))
    yield "settle a remark", cell(article, relation, lambda _a, p: comments.settle_comment(remark, p))


def reviews(cast: Cast, relation: Relation, only: str | None = None) -> Iterator[Row]:
    """The rows that are signatures of a review."""
    yield from presses(cast, relation, lambda level: level is not None and only in (None, level))


def presses(
    cast: Cast, relation: Relation, wanted: Callable[[Any], bool] = lambda _level: True
) -> Iterator[Row]:
    for action, situation, _allowed, _target, given in test_workflow_table.ROWS:
        article = situation(cast)
        level = LEVELS.get((action, Stage(article.stage)))
        if wanted(level):
            words = words_for(given, cast, article)
            yield (
                f"{action} ({article.stage})",
                cell(
                    article,
                    relation,
                    lambda a, p, action=action, words=words: workflow.perform(action, a, p, **words),
                    level,
                ),
            )


def words_for(given: Any, cast: Cast, *thing: Any) -> dict[str, Any]:
    if not callable(given):
        return dict(given)
    try:
        return dict(given(cast, *thing))
    except TypeError:
        return dict(given(cast))


def cell(
    article: Article, relation: Relation, deed: Callable[[Article, Any], Any], level: str | None = None
) -> Callable[[Any], str]:
    def attempt(person: Any) -> str:
        def whole() -> Any:
            relation(Article.objects.get(pk=article.pk), person, level)
            return deed(Article.objects.get(pk=article.pk), person)

        return tried(whole)

    return attempt


def sees(article: Article, person: Any) -> bool:
    return Article.objects.visible_to(person).filter(pk=article.pk).exists()


# Issues.


def on_issues(cast: Cast, *, own: bool) -> Iterator[Row]:
    """Every row of the table of issues; ``own``: the person sent in the articles that stand in it."""
    for action, situation, _allowed, _target, given in test_press.ROWS:
        issue = situation(cast)
        words = words_for(given, cast, issue)
        yield f"{action} ({issue.stage})", issue_cell(issue, action, words, own)


def issue_cell(issue: Issue, action: str, words: dict[str, Any], own: bool) -> Callable[[Any], str]:
    def attempt(person: Any) -> str:
        def whole() -> Any:
            if own and person.pk is not None:
                issue.articles.update(submitter=person)
            fresh = dict(words)
            if "article" in fresh:
                fresh["article"] = Article.objects.get(pk=fresh["article"].pk)
            return press.perform(action, Issue.objects.get(pk=issue.pk), person, **fresh)

        return tried(whole)

    return attempt


# Delegations, accounts, roles, the record.


def office(cast: Cast) -> Iterator[Row]:
    today = timezone.localdate()
    standing = delegate(make_user("chief-editor", name="另一位主编"), cast.head, today, today)
    editor, somebody = make_user("responsible-editor", name="受托人"), make_user("reader", name="某读者")
    yield "delegate the final review", lambda p: tried(lambda: delegate(p, editor, today, today))
    yield "delegate it to oneself", lambda p: tried(lambda: delegate(p, p, today, today))
    yield "withdraw a delegation", lambda p: tried(lambda: withdraw_delegation(standing, p))
    yield "see the delegations", lambda p: opened(p, "admin:delegations")
    yield "see the accounts", lambda p: opened(p, "admin:people_user_changelist")
    yield "make an account", makes_account
    yield "close an account", lambda p: changes(p, somebody, {"is_active": ""}, "account_closed")
    yield "change one's own name there", lambda p: changes(p, p, {"name": "新名字"}, "account_changed")
    yield "set somebody's password", lambda p: sets_password(p, somebody)
    yield "lift a lockout, reset a second proof", lambda p: opened(p, "admin:sign_in")
    yield "give a role", lambda p: gives(p, somebody, "proofreader")
    yield "give a role to oneself", lambda p: gives(p, p, "chief-editor")
    yield (
        "give an officer's role to an editor",
        lambda p: gives(p, editor, "audit-officer", "responsible-editor"),
    )
    yield "take a role away", lambda p: changes(p, editor, {"groups": []}, "role_taken")
    yield "make a superuser", lambda p: changes(p, somebody, {"is_superuser": "on"}, "account_changed")
    yield "read the record", lambda p: opened(p, "admin:articles_event_changelist")
    yield "change the record", lambda p: opened(p, "admin:articles_event_delete", Event.objects.first().pk)


# Readers' comments.


def on_comments(cast: Cast) -> Iterator[Row]:
    """Every decision on a comment that stands where it is possible; who may write one; closing an article."""
    make_journal(comments="signed-in", publication_type="serial")
    article = printed_issue(cast, 1).articles.get()
    for action, move in reader_comments.ACTIONS.items():
        comment = comment_in(move.sources[0], article, cast)
        yield (
            f"{action} ({comment.state})",
            lambda p, a=action, c=comment: tried(
                lambda: reader_comments.decide(a, [c.pk], p, reason="本人要求")
            ),
        )
    yield "close to comments", lambda p: tried(lambda: reader_comments.set_closed(article, True, p))
    yield (
        "write a comment",
        lambda p: tried(lambda: bool(reader_comments.send(article, p, name="某人", text="来函照登。"))),
    )


def comment_in(state: str, article: Article, cast: Cast) -> ReaderComment:
    with record.performing():
        comment = ReaderComment.objects.create(article=article, name="甲", text=f"来函之{state}。")
    for action in {"shown": ["show_comment"], "refused": ["refuse_comment"]}.get(state, []):
        reader_comments.decide(action, [comment.pk], cast.chief, reason="本人要求")
    comment.refresh_from_db()
    return comment


def client_of(person: Any) -> Client:
    client = Client()
    if not isinstance(person, AnonymousUser):
        client.force_login(person)
    return client


def opened(person: Any, name: str, *keys: Any) -> str:
    status = client_of(person).get(reverse(name, args=keys)).status_code
    return YES if status == 200 else "·" if status in {302, 403} else str(status)


def done(person: Any, address: str, data: dict[str, Any], action: str) -> str:
    """Send a form: ``✓`` when the record tells the action afterwards."""

    def whole() -> str:
        before = Event.objects.filter(action=action).count()
        client_of(person).post(address, data)
        return YES if Event.objects.filter(action=action).count() > before else "·"

    return tried(whole)


def makes_account(person: Any) -> str:
    words = {"username": "new-one", "name": "新人", "email": "new@example.org", "usable_password": "true"}
    words |= {"password1": "long-enough-for-us-1", "password2": "long-enough-for-us-1"}
    return done(person, reverse("admin:people_user_add"), words, "account_made")


def sets_password(person: Any, account: Any) -> str:
    words = {"password1": "long-enough-for-us-1", "password2": "long-enough-for-us-1"}
    words |= {"usable_password": "true"}
    return done(person, reverse("admin:auth_user_password_change", args=[account.pk]), words, "password_set")


def changes(person: Any, account: Any, words: dict[str, Any], action: str) -> str:
    if account.pk is None:
        return "·"
    data = {"username": account.username, "name": account.name, "email": account.email, "is_active": "on"}
    data["groups"] = list(account.groups.values_list("pk", flat=True))
    data = {name: value for name, value in {**data, **words}.items() if value != ""}
    return done(person, reverse("admin:people_user_change", args=[account.pk]), data, action)


def gives(person: Any, account: Any, *codes: str) -> str:
    groups = list(Group.objects.filter(name__in=codes).values_list("pk", flat=True))
    return changes(person, account, {"groups": groups}, "role_given")
