"""Random people press random buttons: no impossible stage, one event for each change, invariants whole."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from articles import press, workflow
from articles.models import Article, Event, Issue, Journal
from articles.workflow import LEVEL_OF_STAGE, TRANSITIONS, Refused, Stage
from tests.factories import DECLARED, Cast, due_day, make_draft, make_issue, make_journal

PEOPLE = st.sampled_from([*Cast.ROLES, "superuser", "second_proofreader"])
ACTIONS = st.sampled_from(sorted({row.action for row in TRANSITIONS}))
PRESS = st.sampled_from(sorted({row.action for row in press.TRANSITIONS}))
ONWARD = ["submit", "register", "pass_up", "accept", "use", "resubmit", "place", "release"]
ONWARD += ["approve_correction", "correct", "take_down"]
ISSUE_ROAD = [
    ("publish", "publisher"),
    ("sign", "chief"),
    ("sign_reading", "editor"),
    ("start_reading", "head"),
    ("close_round", "head"),
    ("open_round", "head"),
    ("typeset", "head"),
    ("approve_contents", "chief"),
]
#: Steps of an issue whose event names the article it is about.
OF_THE_ISSUE = {row.action for row in press.TRANSITIONS if "article" in (*row.needs, *row.takes)}
#: The policies send some steps elsewhere; every arrow of the table, detours included.
ARROWS = {
    (row.action, source, target)
    for row in TRANSITIONS
    for source in row.sources
    for target in ({row.target or source} | ({row.detour[1]} if row.detour else set()))
} | {("publish", Stage.RELEASED, Stage.PUBLISHED)}


class Lives(RuleBasedStateMachine):
    """Two manuscripts and an issue in an office where everybody tries everything."""

    def __init__(self) -> None:
        super().__init__()
        make_journal(two_person=False, unit_check=False)
        self.cast = Cast()
        self.articles = [make_draft(self.cast), make_draft(self.cast)]
        self.issue = make_issue(self.cast, page_count=2)
        self.stages = {a.pk: Stage(a.stage) for a in self.articles}

    def words(self, data: Any, article: Article) -> dict[str, Any]:
        """What a person might have typed: mostly enough, sometimes not."""
        return self.sound_words(article) | {
            "opinion": data.draw(st.sampled_from(["可用。", ""])),
            "verdict": data.draw(st.sampled_from(["use", "refuse", None])),
            "due_on": due_day(data.draw(st.sampled_from([5, -1]))),
        }

    def sound_words(self, article: Article) -> dict[str, Any]:
        return {
            "opinion": "可用。",
            "verdict": "use",
            "reason": "缘由。",
            "notice": "通知。",
            "due_on": due_day(5),
            "issue": self.issue,
            "first_page": article.pk - self.articles[0].pk + 1,
            "declarations": DECLARED,
        }

    @rule(data=st.data(), which=st.integers(0, 1), who=PEOPLE, action=ACTIONS)
    def somebody_presses_a_button(self, data: Any, which: int, who: str, action: str) -> None:
        article = self.articles[which]
        self.press_button(action, article, getattr(self.cast, who), self.words(data, article))

    @rule(which=st.integers(0, 1), steps=st.integers(1, 5))
    def the_office_goes_on(self, which: int, steps: int) -> None:
        """Random presses alone seldom come far: now and then those who may do the next thing."""
        for _step in range(steps):
            article = Article.objects.get(pk=self.articles[which].pk)
            for who in Cast.ROLES:
                person = getattr(self.cast, who)
                offers = [o for o in workflow.available(article, person) if o.refusal is None]
                if action := next((o.action for o in offers if o.action in ONWARD), None):
                    self.press_button(action, article, person, self.sound_words(article))
                    break

    @rule(steps=st.integers(1, 12))
    def the_issue_goes_on(self, steps: int) -> None:
        """The steps of the issue, each by whoever may, as far as its rules let it."""
        readers = [self.cast.proofreader, self.cast.second_proofreader]
        for _step in range(steps):
            number = self.issue.proof_rounds.count()
            for article in Issue.objects.get(pk=self.issue.pk).articles.all():
                self.turn("sign_proof", readers[number % 2], article=article)
            for action, who in ISSUE_ROAD:
                if self.turn(action, getattr(self.cast, who), pages_changed=0):
                    break

    def turn(self, action: str, person: Any, **given: Any) -> bool:
        """Press a button on the issue; whether it was carried out. A refusal writes nothing."""
        events = Event.objects.count()
        try:
            press.perform(action, self.issue, person, **given)
        except Refused:
            assert Event.objects.count() == events
            return False
        return True

    def press_button(self, action: str, article: Article, person: Any, words: dict[str, Any]) -> None:
        before = Article.objects.get(pk=article.pk)
        events = before.events.count()
        try:
            event = workflow.perform(action, article, person, **words)
        except Refused:
            after = Article.objects.get(pk=article.pk)
            assert (after.stage, after.version, after.events.count()) == (
                before.stage,
                before.version,
                events,
            )
        else:
            after = Article.objects.get(pk=article.pk)
            assert (event.before, event.after) == (before.stage, after.stage)
            assert after.events.count() == events + 1
            assert after.version == before.version + 1

    @rule(who=PEOPLE, action=PRESS, which=st.integers(0, 1))
    def somebody_turns_to_the_issue(self, who: str, action: str, which: int) -> None:
        given = {"reason": "缘由。", "pages_changed": 0, "kind": "sense", "article": self.articles[which]}
        self.turn(action, getattr(self.cast, who), **given)

    @rule(which=st.integers(0, 1), words=st.sampled_from(["<p>改一稿。</p>", "<p>改二稿。</p>"]))
    def somebody_rewrites_the_text(self, which: int, words: str) -> None:
        article = Article.objects.get(pk=self.articles[which].pk)
        before = article.body
        article.body = words
        try:
            article.save()
        except Refused:
            assert Article.objects.get(pk=article.pk).body == before
            assert article.stage in Stage.text_closed()

    @invariant()
    def the_record_tells_the_whole_way_and_every_step_is_in_the_table(self) -> None:
        for article in Article.objects.filter(pk__in=self.stages):
            stage = Stage.DRAFT
            for event in article.events.exclude(action__in=OF_THE_ISSUE).order_by("pk"):
                assert event.before == stage
                assert (event.action, Stage(event.before), Stage(event.after)) in ARROWS
                stage = Stage(event.after)
            assert article.stage == stage

    @invariant()
    def nobody_signed_two_levels_or_their_own(self) -> None:
        for article in Article.objects.filter(pk__in=self.stages).prefetch_related("signoffs"):
            levels: dict[int, set[str]] = {}
            for signoff in article.signoffs.all():
                levels.setdefault(signoff.person_id, set()).add(signoff.level)
                assert signoff.person_id != article.submitter_id
            assert all(len(found) == 1 for found in levels.values())

    @invariant()
    def what_is_accepted_was_signed_three_times(self) -> None:
        later = {Stage.ACCEPTED, Stage.EDITING, Stage.RELEASED, Stage.PUBLISHED}
        for article in Article.objects.filter(pk__in=self.stages, stage__in=later):
            if article.events.filter(action="record_as_printed").exists():
                continue
            assert {s.level for s in article.signoffs.all()} == set(LEVEL_OF_STAGE.values())
            assert len({s.person_id for s in article.signoffs.all()}) >= 3

    @invariant()
    def only_an_issue_that_is_out_holds_published_articles(self) -> None:
        for article in Article.objects.filter(pk__in=self.stages, stage=Stage.PUBLISHED):
            assert article.issue is not None
            assert article.issue.is_out
        issue = Issue.objects.get(pk=self.issue.pk)
        if issue.is_out:
            assert not issue.articles.exclude(stage__in=[Stage.PUBLISHED, Stage.RETRACTED]).exists()
        assert Journal.objects.count() == 1


class TestLives(TestCase):
    def test_no_sequence_of_presses_leads_anywhere_impossible(self) -> None:
        from hypothesis.stateful import run_state_machine_as_test

        run_state_machine_as_test(
            Lives,
            settings=settings(
                max_examples=15,
                stateful_step_count=50,
                deadline=None,
                # Shrinking replays whole lives for minutes; the failing seed is printed anyway.
                phases=[Phase.explicit, Phase.reuse, Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
