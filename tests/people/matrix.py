"""The whole matrix role × action × own/other, tried out: every cell is really done by a real account.

Each cell runs in a savepoint that is rolled back, so cells do not meet. Nothing here asks the policy; the
table in MATRIX.md is what happened. ``python -m tests.people.matrix --write`` writes it anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Table", "as_text", "tables"]

COMMITTED = Path(__file__).with_name("MATRIX.md")
YES = "✓"
#: The codes that say "this is not for you" and nothing more.
NO_RIGHT = {"no-right", "not-own", "not-writer", "closed-account"}
HEAD = """# Who may do what

Every cell was tried by an account of that role, on a manuscript that stands where the action is possible,
with the words it needs. Written by `python -m tests.people.matrix --write`; `tests/people/test_matrix.py`
tries all of it again and names the lines that changed.

`✓` done. `·` the role does not include it. Anything else is the code of the rule that refused, or at the desk
the status of the answer.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """``rows``: the name of a deed → what came of it for each of ``people``, in that order."""

    title: str
    people: tuple[str, ...]
    rows: dict[str, list[str]]


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is rolled back, the savepoint's own failures included."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tried(deed: Callable[[], Any]) -> str:
    """What came of a deed: ``✓``, ``·`` or the code of the refusal."""
    from articles.refusals import Refused

    result = YES
    with undone():
        try:
            said = deed()
            result = said if isinstance(said, str) else YES if said is not False else "·"
        except Refused as refused:
            result = "·" if refused.code in NO_RIGHT else refused.code
    return result


def people_of(cast: Any) -> dict[str, Any]:
    """One account a role, by its code, the superuser and nobody. The manuscripts are of none of them."""
    from django.contrib.auth.models import AnonymousUser

    from tests.factories import make_user

    staff = {name: getattr(cast, name) for name in cast.ROLES}
    staff["contributor"] = make_user("contributor", name="另一位投稿人", unit="外单位")
    found = {person.groups.get().name: person for person in staff.values()}
    superuser = make_user(name="超级用户", is_superuser=True, is_staff=True)
    return {**found, "superuser": superuser, "anonymous": AnonymousUser()}


def tables() -> list[Table]:
    """Try everything. Needs a database with the roles in it; leaves nothing behind."""
    from django.conf import settings
    from django.test import override_settings

    from tests.factories import Cast, make_journal

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    quick = override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with quick, undone():
        make_journal()
        cast = Cast()
        people = people_of(cast)
        names = tuple(people)

        def table(title: str, rows: Iterable[tuple[str, Callable[[Any], str]]]) -> Table:
            found = {name: [cell(people[who]) for who in names] for name, cell in rows}
            return Table(title, names, found)

        from tests.people import deeds

        return [
            table("Somebody else's manuscript", deeds.on_articles(cast, deeds.nothing)),
            table("One's own manuscript (sent in by oneself)", deeds.on_articles(cast, deeds.sent_in)),
            table("A manuscript one's name stands over", deeds.reviews(cast, deeds.in_byline)),
            table(
                "A manuscript of one's own unit, where the office recuses units",
                deeds.reviews(cast, deeds.same_unit),
            ),
            table(
                "A manuscript on which one signed another level in an earlier round",
                deeds.reviews(cast, deeds.signed_elsewhere),
            ),
            table(
                "The final review, delegated to oneself today", deeds.reviews(cast, deeds.holding, "final")
            ),
            table("The final review, delegated until yesterday", deeds.reviews(cast, deeds.held, "final")),
            table("An issue of others' articles", deeds.on_issues(cast, own=False)),
            table("An issue with an article of one's own", deeds.on_issues(cast, own=True)),
            table("Delegations, accounts, roles, the record", deeds.office(cast)),
            table("Readers' comments, where signed-in readers write them", deeds.on_comments(cast)),
        ]


def as_text(found: Iterable[Table]) -> str:
    """The tables as Markdown, one line a deed, columns aligned."""
    parts = [HEAD]
    for table in found:
        rows = [["", *table.people], *([name, *cells] for name, cells in table.rows.items())]
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        lines = [
            "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in rows
        ]
        lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
        parts.append(f"## {table.title}\n\n" + "\n".join(line.rstrip() for line in lines) + "\n")
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Print the matrix tried out on a new database, or write it to its place."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
    os.environ["KANWU_DATA"] = tempfile.mkdtemp(prefix="kanwu-matrix-")
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        text = as_text(tables())
    finally:
        teardown_databases(databases, verbosity=0)
    if "--write" in arguments:
        COMMITTED.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
