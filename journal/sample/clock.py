"""The time of the fictional office: what it did weeks ago carries the dates of weeks ago."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import post_init
from django.utils import timezone

from articles.models import Event

__all__ = ["Clock"]

#: Between one act and the next.
STEP = datetime.timedelta(minutes=11)


class Clock:
    """Stands until it is moved on; never goes back and never ahead of the real time."""

    def __init__(self, moment: datetime.datetime) -> None:
        self.real = timezone.now
        self.moment = moment

    @contextmanager
    def running(self) -> Iterator[Clock]:
        """Inside the block ``timezone.now()`` is this clock's time, for this process."""
        vars(timezone)["now"] = self.now
        post_init.connect(self.stamp, sender=Event)
        try:
            yield self
        finally:
            post_init.disconnect(self.stamp, sender=Event)
            vars(timezone)["now"] = self.real

    def stamp(self, instance: Event, **options: Any) -> None:
        """An event asked the real clock when it was made: its field holds on to that function."""
        if instance.pk is None:
            instance.at = self.moment

    def now(self) -> datetime.datetime:
        return self.moment

    def to(self, day: datetime.date, hour: int, minute: int = 0) -> None:
        """On to this time of the office's day."""
        time = datetime.time(hour, minute)
        self.on_to(timezone.make_aware(datetime.datetime.combine(day, time)))

    def tick(self) -> None:
        self.on_to(self.moment + STEP)

    def on_to(self, moment: datetime.datetime) -> None:
        self.moment = min(max(self.moment, moment), self.real())
