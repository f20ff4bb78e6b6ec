"""The issue in the making on a busy day: every manuscript at its own point of the road, told day by day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.utils import timezone

from articles import comments, workflow
from articles.models import Article, Comment
from articles.stages import Stage
from journal.sample.clock import Clock
from journal.sample.content import SampleArticle
from journal.sample.road import AFTER, reviews
from journal.sample.word_file import word_file

__all__ = ["tell"]

#: How many reviews a manuscript has behind it in a stage.
BEHIND = {
    Stage.SUBMITTED: 0,
    Stage.FIRST_REVIEW: 1,
    Stage.SECOND_REVIEW: 2,
    Stage.FINAL_REVIEW: 3,
    Stage.ACCEPTED: 4,
}
OFFICE_HOURS = (9, 15, 11, 16)
RETURNED_AFTER, REPLIED_AFTER = 3, 12

#: (when, what): the act of one moment.
Act = tuple[datetime.datetime, Callable[[], None]]
Make = Callable[[SampleArticle, str], Article]


def tell(samples: tuple[SampleArticle, ...], make: Make, people: dict[str, Any], clock: Clock) -> None:
    """Let the last fortnight of these manuscripts happen, act by act in the order of time.

    ``make`` writes a draft from a sample and a body. Raises ``workflow.Refused`` where a rule says no.
    """
    today = timezone.localdate(clock.real())
    acts = [act for sample in samples for act in Life(sample, make, people, clock, today).acts()]
    for moment, act in sorted(acts, key=lambda pair: pair[0]):
        clock.on_to(moment)
        act()


class Life:
    """One manuscript from the day it came in to where it stands today.

    Front matter: ``stage`` is where it stands, ``arrived`` how many days ago it came, ``asked`` what the
    first reviewer wrote on returning it, due ``due_after`` days later; ``remarks`` hang on the first text;
    with ``resubmitted_after`` days its author answers (``answer``) with the text of today.
    """

    article: Article

    def __init__(
        self, sample: SampleArticle, make: Make, people: dict[str, Any], clock: Clock, today: datetime.date
    ) -> None:
        self.sample, self.make, self.people, self.clock = sample, make, people, clock
        self.arrived = today - datetime.timedelta(days=sample.meta["arrived"])

    def acts(self) -> Iterator[Act]:
        stage, meta = self.sample.meta["stage"], self.sample.meta
        if stage == "file":
            yield self.at(0, 8), self.send_file
            return
        yield self.at(0, 8), self.come_in
        if stage == Stage.DRAFT:
            return
        yield self.at(0, 10), self.submit
        if "asked" in meta:
            yield self.at(1, 9), partial(self.review, 0)
            yield self.at(RETURNED_AFTER, 15), self.send_back
            if "resubmitted_after" in meta:
                yield self.at(REPLIED_AFTER, 16), self.reply
                yield self.at(meta["resubmitted_after"], 20), self.resubmit
            return
        held = stage == Stage.RESERVE
        for number in range(BEHIND[Stage.ACCEPTED if held else Stage(stage)]):
            yield self.at(AFTER[number], OFFICE_HOURS[number]), partial(self.review, number, held)

    def at(self, after: int, hour: int) -> datetime.datetime:
        """So many days after it came in; no two manuscripts at the same minute."""
        day = self.arrived + datetime.timedelta(days=after)
        moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
        return moment + datetime.timedelta(minutes=3 * (self.sample.number % 20))

    def come_in(self) -> None:
        self.article = self.make(self.sample, self.sample.first_body)

    def submit(self) -> None:
        """By its sender; the office sends in what came by post."""
        self.act("submit", self.article.submitter, declarations=tuple(workflow.DECLARATIONS))

    def review(self, number: int, held: bool = False) -> None:
        action, person, words = reviews(self.article, self.sample.number, self.people)[number]
        if held and action == "accept":
            action, words = "hold", {"opinion": "文章有味道，与本期题目远，留作明年“读书”用。"}
        self.act(action, person, **words)

    def act(self, action: str, person: Any, **words: Any) -> None:
        """Its letters are written at once, not when all is over: they say the day."""
        self.clock.tick()
        event = workflow.perform(action, self.article, person, **words)
        workflow.stage_changed.send(sender=Article, article=self.article, event=event)

    def send_back(self) -> None:
        """The responsible editor hangs remarks on the text and returns it."""
        editor = self.article.editor
        for remark in self.sample.meta.get("remarks", []):
            self.clock.tick()
            words = {name: remark[name] for name in ("text", "quotation")}
            comments.add_comment(self.article, editor, required=remark.get("required", False), **words)
        due_on = timezone.localdate() + datetime.timedelta(days=self.sample.meta["due_after"])
        self.act("return", editor, opinion=self.sample.meta["asked"], due_on=due_on)

    def reply(self) -> None:
        """A colleague notes under a remark what the author has said to it."""
        for remark in self.sample.meta["remarks"]:
            if "replied" in remark:
                parent = Comment.objects.get(article=self.article, text=remark["text"])
                comments.add_comment(
                    self.article, self.people["editor2"], text=remark["replied"], parent=parent
                )

    def resubmit(self) -> None:
        self.article.body = self.sample.body
        self.article.save()
        self.act("resubmit", self.article.submitter, reason=self.sample.meta["answer"])

    def send_file(self) -> None:
        """A Word file whose reading was interrupted: kept, and waiting for its sender."""
        received: Any = apps.get_model("intake", "ReceivedFile")
        meta = self.sample.meta
        data = word_file(meta["title"], [a["name"] for a in meta["authors"]], self.sample.body)
        received.objects.receive(data, meta["file"], self.people["contributor"])
