"""The record is a chain: what is changed, taken out, put in or moved behind its back is found and named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import press, record, record_guard, workflow
from articles.models import Comment, Event, IssueSignOff, RecordHead, Revision, SignOff
from articles.press import IssueStage
from articles.record_chain import FORM, GENESIS, KEYS, PLAIN, canonical_json, digest
from articles.record_check import Verification
from articles.workflow import Stage
from tests.factories import Cast, make_article, make_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def lived(cast: Cast) -> int:
    """A record of some length, with opinions, data and addresses; returns how many events it has."""
    with record.asked_from("10.0.0.7"):
        make_article(cast, Stage.SECOND_REVIEW)
        make_issue(cast, IssueStage.PROOFING)
    connection.check_constraints()  # as after a commit: PostgreSQL alters no table that waits for a check
    return Event.objects.count()


@pytest.fixture
def unguarded() -> None:
    """Somebody who owns the database has dropped its guards."""
    record_guard.take_down()


def found(**options: Any) -> list[str]:
    return [finding.kind for finding in Verification(**options).findings()]


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


# How it is written.


def test_a_record_as_it_was_written_has_nothing_amiss(lived: int) -> None:
    walk = Verification()
    assert list(walk.findings()) == []
    head = RecordHead.objects.get()
    assert (walk.count, walk.last_sequence, walk.last_hash) == (lived, head.count, head.last_hash)


def test_numbers_have_no_gap_and_each_event_follows_the_one_before(lived: int) -> None:
    previous = GENESIS
    for number, event in enumerate(Event.objects.order_by("pk"), start=1):
        assert (event.sequence, event.previous_hash, event.form) == (number, previous, FORM)
        previous = event.hash


def test_the_newest_form_covers_every_field(lived: int) -> None:
    covered = {*PLAIN, *KEYS[FORM], "at", "address", "note", "data", "hash"}
    assert {field.name for field in Event._meta.concrete_fields} == covered


def test_what_is_rolled_back_leaves_no_gap(cast: Cast) -> None:
    article = make_article(cast)
    with transaction.atomic():
        workflow.perform("submit", article, cast.contributor, declarations=set(workflow.DECLARATIONS))
        transaction.set_rollback(True)
    make_article(cast, Stage.SUBMITTED)
    assert found() == []


def test_events_written_in_bulk_are_chained_too(cast: Cast) -> None:
    article = make_article(cast)
    Event.objects.bulk_create(
        (Event(action="told", actor=cast.editor, actor_name="贺", article=article) for _n in range(5)),
        batch_size=2,
    )
    assert found() == []
    with pytest.raises(TypeError):
        Event.objects.bulk_create([Event(action="x", actor_name="x", article=article)], ignore_conflicts=True)


@pytest.mark.parametrize(
    ("given_address", "kept"),
    [
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:DB8:0:0:0::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("", None),
    ],
)
def test_an_address_reads_back_as_it_was_hashed(cast: Cast, given_address: str, kept: str | None) -> None:
    record.write_event("told", cast.editor, article=make_article(cast), address=given_address)
    event = Event.objects.get(action="told")
    assert event.address == kept
    assert digest(event) == event.hash


@pytest.mark.parametrize(
    "data",
    [
        {"a": [1, 2.0, 1e16, 0.1, 1e-7, -0.0, 10**30, True, None]},
        {"乙": "岚江\u2028", "é": {"b": (1, 2)}, "10": 1, "9": 2},
        {1: "a", "0": "b"},
    ],
)
def test_data_reads_back_as_it_was_hashed(cast: Cast, data: Any) -> None:
    record.write_event("told", cast.editor, article=make_article(cast), data=data)
    assert found() == []


def test_an_event_says_where_its_request_came_from(cast: Cast) -> None:
    article = make_article(cast)
    with record.asked_from("192.0.2.9"):
        event = record.write_event("told", cast.editor, article=article)
    assert (event.address, record.write_event("told", cast.editor, article=article).address) == (
        "192.0.2.9",
        None,
    )


def test_publishing_an_issue_says_where_it_came_from_on_every_article(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.SIGNED)
    with record.asked_from("192.0.2.9"):
        press.perform("publish", issue, cast.publisher)
    events = Event.objects.filter(action="publish")
    assert events.count() > 1
    assert set(events.values_list("address", flat=True)) == {"192.0.2.9"}


# What the database refuses.

RECORD = (Event, Revision, SignOff, IssueSignOff, Comment)


@pytest.mark.parametrize("model", RECORD, ids=lambda m: m.__name__)
def test_the_database_refuses_to_change_or_delete_a_row(cast: Cast, lived: int, model: Any) -> None:
    if model is IssueSignOff:
        make_issue(cast, IssueStage.SIGNED)
    if model is Comment:
        Comment.objects.create(article=Revision.objects.first().article, text="核对", by=cast.editor)
    table = model._meta.db_table
    assert model.objects.exists()
    for column in (f.column for f in model._meta.concrete_fields if f.name not in model.FILLED_LATER):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(table, column)
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f'DELETE FROM "{table}"')
    assert found() == []


def change(table: str, column: str) -> None:
    """Give one column of every row another value of its type."""
    other = {"jsonb": "'{}'", "timestamp with time zone": "now()", "inet": "'10.9.9.9'"}
    if connection.vendor == "sqlite":
        sql(f'UPDATE "{table}" SET "{column}" = \'another\'')
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
            [table, column],
        )
        kind = cursor.fetchone()[0]
    value = other.get(kind, "NULL" if kind in {"boolean", "bigint", "integer", "smallint"} else "'another'")
    sql(f'UPDATE "{table}" SET "{column}" = {value if value != "NULL" else otherwise(column, kind)}')


def otherwise(column: str, kind: str) -> str:
    return f'NOT "{column}"' if kind == "boolean" else f'coalesce("{column}", 0) + 1000'


def test_what_is_filled_in_later_may_be_filled_in(cast: Cast) -> None:
    comment = Comment.objects.create(article=make_article(cast), text="核对", by=cast.editor)
    sql(
        "UPDATE articles_comment SET resolved_at = %s, resolved_by_id = %s",
        "2026-11-22 10:00:00+00:00",
        cast.chief.pk,
    )
    comment.refresh_from_db()
    assert comment.resolved_by == cast.chief


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has REPLACE")
def test_a_row_is_not_replaced(lived: int) -> None:
    columns = ", ".join(f'"{f.column}"' for f in Event._meta.concrete_fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"INSERT OR REPLACE INTO articles_event ({columns}) SELECT {columns} FROM articles_event LIMIT 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("INSERT OR REPLACE INTO articles_recordhead SELECT * FROM articles_recordhead")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has TRUNCATE")
def test_a_table_is_not_emptied_nor_changed_as_a_replica(lived: int) -> None:
    for table in ("articles_event", "articles_revision", "articles_recordhead"):
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(f"TRUNCATE {table} CASCADE")
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("SET LOCAL session_replication_role = replica; UPDATE articles_event SET note = 'x'")


@pytest.mark.parametrize(
    "move",
    [
        "count = count - 1",
        "count = count + 1",
        "last_hash = previous_hash_of_nobody",
        "count = 0",
        "last_id = last_id + 1, count = count + 1",
    ],
)
def test_the_head_moves_forward_only_and_to_an_event_that_is_there(lived: int, move: str) -> None:
    move = move.replace("previous_hash_of_nobody", f"'{GENESIS}'")
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"UPDATE articles_recordhead SET {move}")
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("DELETE FROM articles_recordhead")


def test_an_event_that_follows_nothing_is_refused(cast: Cast, lived: int) -> None:
    last = Event.objects.latest("pk")
    for number, previous in ((lived + 2, last.hash), (lived + 1, GENESIS), (lived, last.previous_hash)):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_copy(last.pk, id=last.pk + 1, sequence=number, previous_hash=previous)


def insert_copy(pk: int, **other: Any) -> None:
    """Put a row in by hand: the one of ``pk`` with other values."""
    columns = [f.column for f in Event._meta.concrete_fields]
    chosen = ", ".join("%s" if c in other else f'"{c}"' for c in columns)
    names = ", ".join(f'"{c}"' for c in columns)
    values = [other[c] for c in columns if c in other]
    sql(
        f"INSERT INTO articles_event ({names}) SELECT {chosen} FROM articles_event WHERE id = %s", *values, pk
    )


def test_a_missing_guard_is_found_and_migrate_puts_it_up_again(lived: int) -> None:
    name = next(n for n in standing() if n.startswith("kanwu_record_articles_signoff_"))
    on = "" if connection.vendor == "sqlite" else " ON articles_signoff"
    sql(f'DROP TRIGGER "{name}"{on}')
    assert [f.sentence for f in Verification().findings() if name in f.sentence]
    record_guard.set_up()
    assert found() == []


def standing() -> list[str]:
    record_guard.take_down()
    names = record_guard.flaws()
    record_guard.set_up()
    return names


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite cannot disable a trigger")
def test_a_guard_that_is_disabled_or_hollow_is_found(lived: int) -> None:
    sql("ALTER TABLE articles_event DISABLE TRIGGER kanwu_record_articles_event_rows")
    assert found() == ["guard"]
    record_guard.set_up()
    sql(
        "CREATE OR REPLACE FUNCTION kanwu_record_articles_event() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NEW; END;'"
    )
    assert set(found()) == {"guard"}
    record_guard.set_up()
    assert found() == []


# What the verification finds once the guards are gone.

OTHER: dict[str, Callable[[Any], Any]] = {
    "id": lambda v: v + 1_000_000,
    "sequence": lambda v: v + 1_000_000,
    "form": lambda v: v + 1,
    "hash": lambda v: v[::-1] if v[::-1] != v else GENESIS,
    "previous_hash": lambda v: hashlib.sha256(v.encode()).hexdigest(),
    "at": lambda v: v.replace(microsecond=(v.microsecond + 1) % 1_000_000),
    "address": lambda v: "10.0.0.8" if v is None else None,
    "data": lambda v: json.dumps({**v, "was": "put in"}),
}


def other_value(column: str, value: Any) -> Any:
    if column in OTHER:
        return OTHER[column](value)
    if column.endswith("_id"):
        return 1_000_000 if value is None else value + 1
    return value + "。"


COLUMNS = [f.column for f in Event._meta.concrete_fields]


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(column=st.sampled_from(COLUMNS), place=st.floats(0, 0.999))
def test_any_change_of_any_field_of_any_event_is_found(
    lived: int, unguarded: None, column: str, place: float
) -> None:
    event = Event.objects.order_by("pk")[int(place * lived)]
    with undone():
        value = other_value(column, Event.objects.values_list(column, flat=True).get(pk=event.pk))
        sql(f'UPDATE articles_event SET "{column}" = %s WHERE id = %s', value, event.pk)
        findings = [f for f in Verification().findings() if f.kind != "guard"]
        assert findings, (column, event.sequence)
        assert len(findings) < 4
        assert {f.sequence for f in findings} & {event.sequence, event.sequence + 1}


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of what is done inside stays; keys point where they like, they are checked at a commit only."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("which", ["first", "middle", "last", "last three"])
def test_a_deletion_is_found_and_numbered(lived: int, unguarded: None, which: str) -> None:
    gone = {
        "first": [1],
        "middle": [lived // 2],
        "last": [lived],
        "last three": [lived - 2, lived - 1, lived],
    }
    sql("DELETE FROM articles_event WHERE sequence BETWEEN %s AND %s", gone[which][0], gone[which][-1])
    findings = [f for f in Verification().findings() if f.kind not in {"guard", "signature"}]
    assert [(f.kind, f.sequence) for f in findings] == [("missing", gone[which][0])]


def test_taking_away_the_newest_and_turning_the_head_back_is_found_by_a_known_point(
    lived: int, unguarded: None
) -> None:
    known = {lived: Event.objects.latest("pk").hash}
    sql("DELETE FROM articles_event WHERE sequence = %s", lived)
    last = Event.objects.latest("pk")
    sql(
        "UPDATE articles_recordhead SET count = %s, last_id = %s, last_hash = %s",
        lived - 1,
        last.pk,
        last.hash,
    )
    assert "known" not in found()
    assert "known" in found(known=known)


def test_a_chain_written_anew_is_found_by_a_known_point(lived: int, unguarded: None) -> None:
    known = {lived: Event.objects.latest("pk").hash}
    previous = Event.objects.get(sequence=3).previous_hash
    for event in Event.objects.filter(sequence__gte=3).order_by("sequence"):
        event.note, event.previous_hash = "改写", previous
        previous = digest(event)
        sql(
            "UPDATE articles_event SET note = '改写', previous_hash = %s, hash = %s WHERE id = %s",
            event.previous_hash,
            previous,
            event.pk,
        )
    sql("UPDATE articles_recordhead SET last_hash = %s", previous)
    assert set(found()) == {"guard"}
    assert "known" in found(known=known)


def test_an_event_put_in_is_found(lived: int, unguarded: None) -> None:
    last = Event.objects.latest("pk")
    forged = Event.objects.get(pk=last.pk)
    forged.id, forged.sequence, forged.previous_hash = last.pk + 1, lived + 1, last.hash
    insert_copy(last.pk, id=forged.id, sequence=lived + 1, previous_hash=last.hash, hash=digest(forged))
    assert [k for k in found() if k != "guard"] == ["head"]


def test_two_events_that_changed_places_are_found(lived: int, unguarded: None) -> None:
    a, b = Event.objects.get(sequence=3), Event.objects.get(sequence=4)
    sql("UPDATE articles_event SET id = %s WHERE id = %s", b.pk + 500_000, a.pk)
    sql("UPDATE articles_event SET id = %s WHERE id = %s", a.pk, b.pk)
    sql("UPDATE articles_event SET id = %s WHERE id = %s", b.pk, b.pk + 500_000)
    assert len([k for k in found() if k != "guard"]) >= 2


@pytest.mark.parametrize("head", ["count = count + 5", "count = count - 1", "last_id = 1", "last_hash = ''"])
def test_a_head_that_was_moved_is_found(lived: int, unguarded: None, head: str) -> None:
    sql(f"UPDATE articles_recordhead SET {head}")
    assert [k for k in found() if k != "guard"] in (["head"], ["missing"])


def test_a_head_that_is_gone_is_found_and_stops_every_action(cast: Cast, lived: int, unguarded: None) -> None:
    sql("DELETE FROM articles_recordhead")
    assert [k for k in found() if k != "guard"] == ["head"]
    record_guard.set_up()
    assert found() == ["head"], "a head is not made up for a record that has events"
    with pytest.raises(RecordHead.DoesNotExist):
        record.write_event("told", cast.editor, article=make_article(cast))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps types")
@pytest.mark.parametrize(
    ("column", "rubbish"),
    [("at", "gestern"), ("at", 5), ("sequence", "x"), ("note", b"\xff"), ("form", "one")],
)
def test_rubbish_in_a_column_is_a_finding_not_a_crash(
    lived: int, unguarded: None, column: str, rubbish: Any
) -> None:
    sql(f'UPDATE articles_event SET "{column}" = %s WHERE sequence = 3', rubbish)
    findings = [f for f in Verification().findings() if f.kind != "guard"]
    assert [f.sequence for f in findings][:1] == [3]


# What the chain vouches for.


def signature_findings() -> list[str]:
    return [f.kind for f in Verification().findings() if f.kind in {"signature", "version"}]


@pytest.mark.parametrize(
    "change",
    [
        "verdict = 'refuse'",
        "opinion = '不同意。'",
        "role = 'x'",
        "round = round + 1",
        "level = 'final'",
        "person_name = '别人'",
    ],
)
def test_a_signature_that_was_changed_is_found(lived: int, unguarded: None, change: str) -> None:
    sql(f"UPDATE articles_signoff SET {change} WHERE id = (SELECT min(id) FROM articles_signoff)")
    assert signature_findings() == ["signature"]


def test_a_signature_on_an_issue_is_vouched_for_too(cast: Cast) -> None:
    make_issue(cast, IssueStage.SIGNED)
    connection.check_constraints()
    record_guard.take_down()
    sql("UPDATE articles_issuesignoff SET note = '照付' WHERE step = 'press'")
    assert signature_findings() == ["signature"]


def test_a_signature_that_is_gone_or_put_in_is_found(lived: int, unguarded: None) -> None:
    sql("DELETE FROM articles_signoff WHERE id = (SELECT min(id) FROM articles_signoff)")
    assert signature_findings() == ["signature"]
    columns = [f.column for f in SignOff._meta.concrete_fields if f.column != "id"]
    names = ", ".join(f'"{c}"' for c in columns)
    last = SignOff.objects.latest("pk").pk
    sql(
        f"INSERT INTO articles_signoff (id, {names}) "
        f"SELECT id + 1000, {names} FROM articles_signoff WHERE id = %s",
        last,
    )
    assert signature_findings() == ["signature", "signature"]


def test_a_version_whose_text_was_changed_is_found(lived: int, unguarded: None) -> None:
    version = Revision.objects.first()
    changed = json.dumps({**version.content, "title": "另一题"})
    sql("UPDATE articles_revision SET content = %s WHERE id = %s", changed, version.pk)
    assert signature_findings() == ["version"]


# The commands.


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_saw_and_fails_on_a_finding(lived: int, unguarded: None) -> None:
    record_guard.set_up()
    point = f"{lived}:{RecordHead.objects.get().last_hash}"
    assert point in run("verify_record")
    assert json.loads(run("verify_record", "--json", "--known", point))["head"] == point
    record_guard.take_down()
    sql("UPDATE articles_event SET note = '同意，不改。' WHERE sequence = 4")
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("verify_record", "--json", stdout=out)
    assert failure.value.returncode == 1
    *findings, result = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [f["sequence"] for f in findings if f["kind"] != "guard"] == [4]
    assert result["findings"] == len(findings)


@pytest.mark.parametrize("point", ["", "3", "0:" + "a" * 64, "3:xyz", "a" * 64])
def test_a_point_that_is_none_is_refused(point: str) -> None:
    with pytest.raises(CommandError):
        call_command("verify_record", "--known", point)


def test_the_export_can_be_checked_outside(lived: int, tmp_path: Path) -> None:
    out = tmp_path / "record.jsonl"
    run("export_record", str(out))
    previous = GENESIS
    for text in out.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        assert canonical_json(line) == text
        stated, note, data = line.pop("hash"), line.pop("note"), line.pop("data")
        plain = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(plain.encode()).hexdigest() == stated
        assert hashlib.sha256(note.encode()).hexdigest() == line["note_sha256"]
        told = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(told.encode()).hexdigest() == line["data_sha256"]
        assert line["previous_hash"] == previous
        previous = stated
    assert previous == RecordHead.objects.get().last_hash


def test_the_export_is_the_same_twice_and_can_be_narrowed(cast: Cast, lived: int, tmp_path: Path) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    names = [tmp_path / name for name in ("a", "b", "c", "d")]
    for name in names[:2]:
        run("export_record", str(name))
    assert names[0].read_bytes() == names[1].read_bytes()
    run("export_record", "--article", str(article.manuscript_number), str(names[2]))
    assert len(names[2].read_text().splitlines()) == article.events.count()
    run("export_record", "--since", "2999-01-01", str(names[3]))
    assert names[3].read_bytes() == b""


@pytest.mark.parametrize("wrong", [["--since", "gestern"], ["--article", "1999-9999"]])
def test_an_export_of_nothing_known_is_refused(tmp_path: Path, wrong: list[str]) -> None:
    with pytest.raises(CommandError):
        run("export_record", *wrong, str(tmp_path / "out"))
    assert list(tmp_path.glob("out*")) == []


def test_an_export_overwrites_nothing(lived: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    with pytest.raises(CommandError):
        run("export_record", str(out))
    assert out.read_text() == "mine"
