"""In whose hand a manuscript is: one person at a time, given up, asked for, taken over on the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from articles import check_outs
from articles.models import Article, CheckOut
from articles.refusals import Refused
from articles.workflow import Stage
from tests.factories import Cast, make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def other(cast: Cast) -> Any:
    """A second responsible editor."""
    return make_user("responsible-editor", name="程以宁")


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put the clock forward."""
    real = timezone.now

    def forward(delta: Any) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + delta)

    return forward


def test_the_first_who_takes_it_has_it(cast: Cast, article: Article, other: Any) -> None:
    check_outs.take(article, cast.editor)
    with pytest.raises(Refused) as refused:
        check_outs.take(article, other)
    assert (refused.value.status, refused.value.code) == (409, "held")
    assert cast.editor.name in str(refused.value)
    holder = check_outs.holder_of(article)
    assert holder is not None
    assert holder.person == cast.editor


def test_taking_it_again_keeps_the_hour_it_was_taken(cast: Cast, article: Article, later: Any) -> None:
    taken = check_outs.take(article, cast.editor).taken_at
    later(CheckOut.BEAT)
    again = check_outs.take(article, cast.editor)
    assert again.taken_at == taken
    assert again.beat_at > taken


def test_a_heartbeat_holds_it_and_silence_frees_it(
    cast: Cast, article: Article, other: Any, later: Any
) -> None:
    check_outs.take(article, cast.editor)
    later(CheckOut.EXPIRES * 0.9)
    check_outs.beat(article, cast.editor)
    later(CheckOut.EXPIRES * 1.8)
    assert check_outs.holder_of(article) is not None
    later(CheckOut.EXPIRES * 2)
    assert check_outs.holder_of(article) is None
    assert check_outs.take(article, other).person == other


def test_a_late_heartbeat_does_not_take_it_back(cast: Cast, article: Article, other: Any, later: Any) -> None:
    check_outs.take(article, cast.editor)
    later(CheckOut.EXPIRES * 2)
    check_outs.take(article, other)
    with pytest.raises(Refused) as refused:
        check_outs.beat(article, cast.editor)
    assert refused.value.code == "held"
    check_outs.release(article, other)
    with pytest.raises(Refused) as refused:
        check_outs.beat(article, cast.editor)
    assert refused.value.code == "free"


def test_who_is_asked_sees_it_and_hands_over(cast: Cast, article: Article, other: Any) -> None:
    check_outs.take(article, cast.editor)
    check_outs.ask(article, other)
    assert check_outs.beat(article, cast.editor).asked_by == other
    given = check_outs.hand_over(article, cast.editor)
    assert (given.person, given.asked_by, given.asked_at) == (other, None, None)


def test_who_is_asked_may_go_on(cast: Cast, article: Article, other: Any) -> None:
    check_outs.take(article, cast.editor)
    check_outs.ask(article, other)
    check_outs.decline(article, cast.editor)
    holder = check_outs.holder_of(article)
    assert holder is not None
    assert (holder.person, holder.asked_by) == (cast.editor, None)


def test_nobody_hands_over_what_nobody_asks_for_or_what_is_not_theirs(
    cast: Cast, article: Article, other: Any
) -> None:
    check_outs.take(article, cast.editor)
    with pytest.raises(Refused) as refused:
        check_outs.hand_over(article, cast.editor)
    assert refused.value.code == "nobody-asks"
    for act in (check_outs.hand_over, check_outs.decline):
        with pytest.raises(Refused) as refused:
            act(article, other)
        assert refused.value.code == "held"


def test_who_may_not_write_here_any_more_is_handed_nothing(cast: Cast, article: Article, other: Any) -> None:
    check_outs.take(article, cast.editor)
    check_outs.ask(article, other)
    other.groups.clear()
    with pytest.raises(Refused) as refused:
        check_outs.hand_over(article, cast.editor)
    assert refused.value.code == "nobody-asks"
    holder = check_outs.holder_of(article)
    assert holder is not None
    assert holder.person == cast.editor


def test_asking_for_what_nobody_has_asks_nobody(article: Article, other: Any) -> None:
    assert check_outs.ask(article, other) is None
    assert not CheckOut.objects.exists()


def test_taking_over_stands_in_the_record_with_both_names(cast: Cast, article: Article, other: Any) -> None:
    check_outs.take(article, cast.editor)
    version = article.version
    assert check_outs.take_over(article, other, address="127.0.0.1").person == other
    event = article.events.last()
    assert (event.action, event.actor_name, event.address) == ("take_over", other.name, "127.0.0.1")
    assert event.data["from"] == cast.editor.name
    assert event.before == event.after == article.stage
    article.refresh_from_db()
    assert article.version == version


def test_taking_what_is_free_is_no_event(cast: Cast, article: Article, other: Any, later: Any) -> None:
    events = article.events.count()
    check_outs.take_over(article, cast.editor)
    check_outs.take_over(article, cast.editor)
    later(CheckOut.EXPIRES * 2)
    check_outs.take_over(article, other)
    assert article.events.count() == events


@pytest.mark.parametrize("who", ["head", "chief", "proofreader", "reader", "audit_officer", "contributor"])
@pytest.mark.parametrize("act", ["take", "beat", "ask", "hand_over", "decline", "take_over"])
def test_who_may_not_write_here_touches_no_check_out(
    cast: Cast, article: Article, who: str, act: str
) -> None:
    check_outs.take(article, cast.editor)
    with pytest.raises(Refused) as refused:
        getattr(check_outs, act)(article, getattr(cast, who))
    assert refused.value.status == 403
    assert CheckOut.objects.get().person == cast.editor


def test_only_ones_own_is_laid_down(cast: Cast, article: Article, other: Any) -> None:
    check_outs.take(article, cast.editor)
    check_outs.release(article, other)
    assert check_outs.holder_of(article) is not None
    check_outs.release(article, cast.editor)
    assert check_outs.holder_of(article) is None
