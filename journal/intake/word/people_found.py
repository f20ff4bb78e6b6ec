"""What a line of people has said so far, read from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from journal.intake.manuscript import Credit
from journal.intake.names import looks_like_group

from .people_words import LEADING, TAKES
from .posts import OPENS

__all__ = ["Entry", "Reading"]


@dataclass(slots=True)
class Entry:
    name: str
    unit: str | None = None
    post: str | None = None
    roles: list[str] = field(default_factory=list)
    sure: bool = True
    is_unit: bool = False
    joined: bool = False  # to the name before by a mark, not by a gap


@dataclass(slots=True)
class Reading:
    """One line, read from left to right."""

    entries: list[Entry] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    lead: str = ""
    habit: str = ""
    pending: int = 0
    roles: int = 0
    unit: str | None = None
    post: str | None = None
    used: bool = True
    units_first: bool | None = None
    brackets: int = 0
    guessed: bool = False  # unit and name are told by nothing but the line's place
    marked: bool = False  # the line opens with □ or the like
    listed: bool = False  # what stands before is a mark such as 、
    more: list[str] = field(default_factory=list)  # units in a list, without names

    def add_name(self, name: str, sure: bool) -> None:
        if self.units_first is None:
            self.units_first = self.unit is not None
        roles = [self.lead] if self.lead else []
        self.entries.append(Entry(name, self.unit, self.post, roles, sure, joined=self.listed))
        self.post, self.used = None, True

    def add_unit(self, unit: str, post: str | None) -> None:
        """Before names: theirs; behind names: of everybody who has none."""
        lead = [self.lead] if self.lead else []
        bare = [e for e in self.entries if e.unit is None and e.roles[:1] == lead]
        if bare and not self.units_first:
            for entry in bare:
                entry.unit, entry.post = unit, entry.post or post
        elif self.unit and not self.used and not looks_like_group(self.unit):
            if self.listed or OPENS.match(unit):
                self.more.append(self.unit)
                self.unit, self.post = unit, post
            else:
                self.unit, self.post = self.unit + unit, post
        else:
            self.unit, self.post, self.used = unit, post, False

    def add_post(self, post: str) -> bool:
        if self.unit and not self.used:
            self.post = post
        elif self.entries and self.entries[-1].post is None:
            self.entries[-1].post = post
        elif not self.entries and self.post is None:
            self.post = post
        else:
            return False
        return True

    def add_role(self, role: str) -> bool:
        self.roles += 1
        if LEADING.fullmatch(role):
            self.lead, self.unit, self.post, self.used = role, None, None, True
            return True
        if not self.habit:
            self.habit = "after" if self.entries[self.pending :] else "before"
        if self.habit == "before":
            self.lead = role
            self.unit, self.post = (self.unit, self.post) if not self.used else (None, None)
            return True
        claimed = self.entries[self.pending :]
        if TAKES.fullmatch(role) and len(claimed) > 1:  # behind a gap the role is the last person's alone
            first = len(claimed) - 1
            while first and claimed[first].joined:
                first -= 1
            claimed = claimed[first:]
            for entry in claimed if first else ():
                entry.roles = []
        for entry in claimed:
            if not (entry.roles and re.fullmatch("文字?|撰文|采写", role)):
                entry.roles.append(role)
        self.pending = len(self.entries)
        self.lead = ""
        return bool(self.entries)
