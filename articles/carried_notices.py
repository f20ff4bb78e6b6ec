"""Dated notices that come with the archive of an issue: carried over with their day, once, and no others.

The first line of the record of such an issue lists the notices its archive holds (``listed``). Only what
stands there can be carried over, so these two rows of ``transitions.TRANSITIONS`` are no way round the
approval that a new correction or take-down needs.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from articles import record
from articles.case import Case
from articles.refusals import Refused

__all__ = [
    "TAKE_DOWN",
    "carry_correction",
    "carry_take_down",
    "correction_is_listed",
    "listed",
    "take_down_is_listed",
]

CORRECTION, TAKE_DOWN = "correction", "retraction"


def listed(notices: Iterable[tuple[str, str, str, datetime.datetime]]) -> list[str]:
    """What the record keeps of the notices of an article, each ``(kind, notice, reason, at)``."""
    return [digest(*notice) for notice in notices]


def digest(kind: str, notice: str, reason: str, at: datetime.datetime) -> str:
    whole = [kind, notice, reason, at.astimezone(datetime.UTC).isoformat()]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


# Rules.


def correction_is_listed(case: Case) -> Refused | None:
    return is_listed(case, CORRECTION)


def take_down_is_listed(case: Case) -> Refused | None:
    return is_listed(case, TAKE_DOWN)


def is_listed(case: Case, kind: str) -> Refused | None:
    """As often as the archive has it, and no oftener."""
    issue, given = case.article.issue, case.given
    assert issue is not None  # it is out
    assert given.at is not None  # needed by the row
    event = issue.events.filter(action="imported", article__isnull=True).last()
    held = event.data.get("notices", {}).get(case.article.code, []) if event else []
    here = listed((e.kind, e.notice, e.reason, e.at) for e in case.article.errata.all())
    wanted = digest(kind, given.notice, given.reason, given.at)
    if here.count(wanted) < held.count(wanted):
        return None
    return Refused(
        _("This notice is none of the archive the issue was imported from, or it is carried over already."),
        code="not-in-archive",
        kind="conflict",
    )


# Effects.


def carry_correction(case: Case) -> dict[str, Any]:
    return carry(case, CORRECTION)


def carry_take_down(case: Case) -> dict[str, Any]:
    return carry(case, TAKE_DOWN)


def carry(case: Case, kind: str) -> dict[str, Any]:
    """Write the notice under its own day: as stored data is loaded, the clock is not asked."""
    from articles.models import Erratum

    assert case.given.at is not None  # needed by the row
    erratum = Erratum(
        article=case.article,
        kind=kind,
        notice=case.given.notice,
        reason=case.given.reason,
        revision=record.make_revision(case.article, "signed", case.by),
        by=case.by,
        at=case.given.at,
    )
    erratum.save_base(raw=True, force_insert=True)
    return {"erratum": erratum.pk, "at": erratum.at.isoformat()}
