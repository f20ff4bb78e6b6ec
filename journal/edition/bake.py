"""Bake the reader's site: ask for every page, write the answers as files, let readers see them in one step.

The order is what makes it safe (see ``store``): build beside → write through to the disk → rename → switch
the link → note it in the database. Whatever is interrupted, readers see all of the old edition or all of the
new.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from journal.edition import assets, store
from journal.edition.failpoints import reached
from journal.edition.manifest import GroupRecord, Manifest, Writer
from journal.edition.models import Edition
from journal.edition.oven import Oven
from journal.edition.plan import Group, make_plan
from journal.edition.withdraw import withdraw
from journal.variants import shown

__all__ = ["Result", "bake", "bake_locked"]

#: What a page, its two compressed copies and its folder take on the disk, when nothing better is known.
PAGE_BYTES = 40_000
FOLDER_BYTES = 4_096
RESERVE = 1_000_000

Say = Callable[[str], None]


def quiet(_words: str) -> None:
    """Say nothing."""


@dataclass
class Result:
    """``edition`` is what readers see now; ``changed`` is false when there was nothing to do."""

    edition: Edition
    changed: bool
    baked: int = 0
    kept: int = 0


@dataclass
class Work:
    """What there is to do: the groups to bake, and those to take over from the edition before."""

    before: Manifest
    fresh: list[Group] = field(default_factory=list)
    same: list[Group] = field(default_factory=list)
    gone: int = 0


def bake(*, full: bool = False, reason: str = "", say: Say = quiet) -> Result:
    """Bake what changed (with ``full`` everything) and switch. ``EditionError``: nothing changed."""
    with store.lock(say):
        result = bake_locked(full=full, reason=reason, say=say)
        store.sweep_old()
        reached("swept")
        return result


def bake_locked(
    *, full: bool = False, reason: str = "", say: Say = quiet, before_switch: Callable[[], None] | None = None
) -> Result:
    """The same for a caller that holds ``store.lock()``; sees what its open transaction has written.

    ``before_switch`` is called when the new edition is built and readers still see the old one.
    """
    shown = store.current()
    adopt(shown)
    work = plan_work(shown, full=full)
    reached("planned")
    if shown is not None and not work.fresh and not work.gone:
        return Result(Edition.objects.get(number=shown), False, kept=len(work.same))
    store.sweep(set(Edition.objects.values_list("number", flat=True)))
    make_sure_of_room(work)
    reached("room")
    edition, oven = build(next_number(), work, reason, say)
    if before_switch is not None:
        before_switch()
    store.switch(edition.number)
    reached("switched")
    withdraw()  # what was decided while this was being built
    edition.save()
    reached("marked")
    return Result(edition, True, oven.pages_baked, oven.pages_kept)


def adopt(shown: int | None) -> None:
    """Note an edition that was switched to by a process killed before it could say so."""
    if shown is None or Edition.objects.filter(number=shown).exists():
        return
    manifest = Manifest(store.folder(shown))
    pages = sum(group.pages for group in manifest.groups())
    Edition.objects.create(
        number=shown,
        reason=_("taken up after an interruption"),
        pages_baked=pages,
        manifest_hash=manifest.sha256,
    )


def plan_work(shown: int | None, *, full: bool) -> Work:
    work = Work(Manifest(store.folder(shown)) if shown is not None else Manifest(store.folder(0)))
    keys = set()
    for group in make_plan(assets.code_hash()).groups():
        keys.add(group.key)
        same = not full and work.before.fingerprint(group.key) == group.fingerprint
        same = same and work.before.stands(group.key)
        (work.same if same else work.fresh).append(group)
    work.gone = len(work.before.places.keys() - keys - {Oven.STATIC})
    return work


def next_number() -> int:
    newest = Edition.objects.order_by("-number").values_list("number", flat=True).first()
    return max([newest or 0, *store.numbers()]) + 1


def bytes_needed(work: Work) -> int:
    """A careful guess: groups known from before at their size and a half, new ones by the page."""
    need = RESERVE + work.before.path.stat().st_size if work.before.path.is_file() else RESERVE
    for group in work.fresh:
        before = work.before.group(group.key)
        known = sum(entry.size for entry in before.files) * 3 // 2 if before else 0
        need += max(known, len(group.pages) * (1 + len(shown())) * PAGE_BYTES)
        need += sum(picture_bytes(name) for name in group.pictures) if not before else 0
    return need + sum(len(group.pages) for group in work.same) * FOLDER_BYTES


def picture_bytes(name: str) -> int:
    path = Path(settings.MEDIA_ROOT) / name
    return path.stat().st_size if path.is_file() else 0


def make_sure_of_room(work: Work) -> None:
    """Refuse before anything is written."""
    need, free = bytes_needed(work), store.free_bytes()
    if need > free:
        raise no_room(need, free)


def no_room(need: int, free: int) -> store.EditionError:
    return store.EditionError(
        _(
            "The disk has %(free)s MB left and the edition needs about %(need)s MB. Nothing was changed; "
            "readers see what they saw before. Make room, then try again."
        )
        % {"free": free // 1_000_000, "need": -(-need // 1_000_000)}
    )


def build(number: int, work: Work, reason: str, say: Say) -> tuple[Edition, Oven]:
    """Build edition ``number`` beside the others and give it its name; it is not shown yet."""
    top = store.building_folder(number)
    oven = Oven(top, work.before)
    try:
        manifest = fill(oven, top, number, work, say)
        reached("manifest")
        store.sync_tree(top, [*oven.fresh, top / "manifest.json"])
        reached("synced")
    except OSError as error:
        store.discard(number)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise no_room(bytes_needed(work), store.free_bytes()) from error
        raise
    except BaseException:
        store.discard(number)
        raise
    store.settle(number)
    return (
        Edition(
            number=number,
            reason=reason[:200],
            pages_baked=oven.pages_baked,
            pages_kept=oven.pages_kept,
            size=oven.size,
            manifest_hash=manifest,
        ),
        oven,
    )


def fill(oven: Oven, top: Path, number: int, work: Work, say: Say) -> str:
    """Write every group and the static files they name; returns the manifest's hash."""
    top.mkdir()
    reached("building")
    writer = Writer(top, number)
    records: list[GroupRecord] = []
    total = len(work.fresh)
    for place, group in enumerate(work.fresh, start=1):
        say(f"{place}/{total} {group.name}")
        records.append(oven.bake(group))
        writer.add(records[-1])
        if place == (total + 1) // 2:
            reached("half-built")
    for group in work.same:
        writer.add(oven.keep(group))
    writer.add(oven.static())
    reached("built")
    return writer.close()
