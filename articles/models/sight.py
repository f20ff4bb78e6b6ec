"""Which articles are whose to see, and what waits for whom: the query is the permission."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from articles.models.base import OneDoorQuerySet
from articles.models.byline import Byline
from articles.models.co_author import CoAuthor
from articles.models.issue import Issue
from articles.models.journal import Visibility
from articles.readers import Reader
from articles.stages import Stage

__all__ = ["UNSENT", "Sight"]

#: A contributor has not sent it in, or the unit gave it back: nobody's at the desk.
UNSENT = Q(stage=Stage.DRAFT, submitter__is_staff=False)


class Sight(OneDoorQuerySet):
    """Who may see which article, and what waits for whom."""

    def published(self) -> Self:
        """The one public gate: published itself **and** in an issue that is out."""
        return self.filter(stage=Stage.PUBLISHED, issue__in=Issue.objects.out())

    def seen_as(self, allowed: Collection[Visibility]) -> Self:
        """Published in an issue that is out, of one of these visibilities."""
        return self.filter(stage=Stage.PUBLISHED, issue__in=Issue.objects.seen_as(allowed))

    def for_everyone(self) -> Self:
        """Published in an issue anybody may open: what feeds, sitemap and search may show."""
        return self.seen_as({Visibility.PUBLIC})

    def readable_by(self, who: Any) -> Self:
        """Published in an issue this ``Reader`` may open; an account alone is a reader outside."""
        return self.seen_as(Reader.of(who).opens)

    def readable_with(self, visibility: Visibility) -> Self:
        """Published in an issue that the pages of an issue of this visibility may name."""
        return self.seen_as({Visibility.PUBLIC, visibility})

    def visible_to(self, who: Any) -> Self:
        """What this person (or ``Reader``) may open: the office all that came in, others theirs, their unit's
        to sign, and what is out."""
        reader = Reader.of(who)
        user = reader.user
        if not reader.is_signed_in or not user.is_active:
            return self.readable_by(Reader(inside=reader.inside))
        me: Any = user
        in_byline = Byline.objects.filter(article=OuterRef("pk"), author__user=me)
        invited = CoAuthor.objects.filter(article=OuterRef("pk"), person=me)
        mine = Q(submitter=user) | Q(Exists(in_byline)) | Q(Exists(invited))
        if user.has_perm("articles.view_article"):
            return self.exclude(UNSENT & ~mine)
        if (unit := getattr(user, "unit", "")) and user.has_perm("articles.sign_for_unit"):
            mine |= Q(stage=Stage.UNIT_CHECK, submitter__unit=unit)
        return self.filter(mine | Q(pk__in=self.model.objects.readable_by(reader).values("pk")))

    def awaiting(self, user: Any) -> Self:
        """What waits for this person: own texts to revise, revisions overdue in their charge (a new day is
        theirs to set), and every stage one of their rights moves on, but for manuscripts they may not act on
        (their own, or signed by them at another level)."""
        from articles import workflow
        from articles.models.signoff import SignOff

        signed = SignOff.objects.filter(article=OuterRef("pk"), person=user)
        own = Q(submitter=user) | Q(Exists(Byline.objects.filter(article=OuterRef("pk"), author__user=user)))
        in_charge = Q(editor=user) | Q(editor__isnull=True)
        waits = Q(submitter=user, stage=Stage.RETURNED)
        stages = workflow.stages_awaiting(user)
        if Stage.FIRST_REVIEW in stages:
            late = Q(stage=Stage.RETURNED, due_on__lt=timezone.localdate())
            waits |= late & in_charge & ~own
        for stage in stages:
            here = Q(stage=stage)
            if stage in (Stage.UNIT_CHECK, *workflow.LEVEL_OF_STAGE):
                here &= ~own
            if level := workflow.LEVEL_OF_STAGE.get(stage):
                here &= ~Q(Exists(signed.exclude(level=level)))
            if stage == Stage.FIRST_REVIEW:
                here &= in_charge
            waits |= here
        return self.filter(stage__in=[Stage.RETURNED, *stages]).filter(waits)

    def handed_on_by(self, user: Any, waiting: Self | None = None) -> Self:
        """What this person has moved on and which is still under way, or was decided in the last fortnight;
        not what has come back to them (``waiting``: what ``awaiting`` has found, where it is known)."""
        from articles.models.event import Event

        moved = Event.objects.filter(article=OuterRef("pk"), actor=user).exclude(before=F("after"))
        lately = Q(updated_at__gte=timezone.now() - datetime.timedelta(days=14))
        open_or_new = Q(stage__in=Stage.under_way()) | (Q(stage__in=Stage.decided()) & lately)
        back = self.model.objects.awaiting(user) if waiting is None else waiting
        return self.filter(open_or_new).filter(Exists(moved)).exclude(pk__in=back.values("pk"))

    def in_contents(self) -> Self:
        """What the contents page lists: photo stories stand outside it."""
        return self.filter(photo_story=False)

    def in_page_order(self) -> Self:
        return self.order_by(F("first_page").asc(nulls_last=True), F("position").asc(nulls_last=True), "pk")
