"""The chain of the record: each event carries the hash of the one before, so that no line can be changed,
taken out, put in or moved without breaking it.

Canonical form 2 of an event; what was written in form 1 stays as it is. ``hash`` is the SHA-256, as 64
lower-case hex digits, of the UTF-8 bytes of one JSON object: keys sorted, separators ``,`` and ``:`` without
spaces, characters beyond ASCII as they are. Its keys:

- ``form`` (2), ``sequence`` (1, 2, 3 … without a gap), ``id`` (the key of the row),
- ``at``: UTC, ``2026-11-22T08:00:00.123456Z``, always six digits,
- ``action``, ``actor_name``, ``before``, ``after``: texts,
- ``actor``, ``article``, ``issue``, ``delegation``, ``account``: keys of other rows, or ``null``; form 1
  has no ``account``, and an event of form 1 is about none,
- ``address``: text or ``null``; an IPv4 address written inside an IPv6 one is written as IPv4,
- ``note_sha256``: the SHA-256 of the note in UTF-8,
- ``data_sha256``: the SHA-256 of the data written like the object itself; a number without fraction is
  written as an integer, because PostgreSQL does not tell 1e16 from 10000000000000000,
- ``previous_hash``: the ``hash`` of the event with the sequence before; 64 zeros for the first.

Note and data count by their own hashes: whoever may not read the words of a manuscript can still check
every line.
"""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import json
from typing import Any

__all__ = ["FORM", "GENESIS", "canonical_json", "clean_address", "digest", "line_of", "signature_digest"]

#: The form new events are written in.
FORM = 2
#: What the first event follows.
GENESIS = "0" * 64

PLAIN = ("form", "sequence", "id", "action", "actor_name", "before", "after", "previous_hash")
#: The other rows an event of each form names.
KEYS: dict[int, tuple[str, ...]] = {1: ("actor", "article", "issue", "delegation")}
KEYS[2] = (*KEYS[1], "account")


#: What counts of a signature, on a manuscript or on an issue; a column added later does not.
SIGNATURE = (
    *("id", "article_id", "issue_id", "revision_id", "round", "level", "step", "verdict", "opinion", "note"),
    *("person_id", "person_name", "role", "delegation_id", "text_hash", "contents_hash"),
)


def signature_digest(row: Any) -> str:
    """The SHA-256 of a signature: its event keeps it, and the chain keeps the event."""
    line = {name: getattr(row, name) for name in SIGNATURE if hasattr(row, name)}
    line["at"] = moment(row.at)
    return hashlib.sha256(canonical_json(line).encode()).hexdigest()


def moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(event: Any) -> str:
    """The hash this event must have; raises ``ValueError`` for a form nobody knows."""
    return hashlib.sha256(canonical_json(line_of(event)).encode()).hexdigest()


def line_of(event: Any) -> dict[str, Any]:
    """The object that is hashed; ``event`` has a model's attributes and is read, not asked."""
    if event.form not in KEYS:
        raise ValueError(f"unknown form {event.form!r}")
    if event.form == 1 and getattr(event, "account_id", None) is not None:
        raise ValueError("an event of form 1 is about no account")
    line: dict[str, Any] = {name: getattr(event, name) for name in PLAIN}
    line.update({name: getattr(event, f"{name}_id") for name in KEYS[event.form]})
    line["at"] = moment(event.at)
    line["address"] = clean_address(event.address)
    line["note_sha256"] = hashlib.sha256(event.note.encode()).hexdigest()
    line["data_sha256"] = hashlib.sha256(canonical_json(event.data).encode()).hexdigest()
    return line


def canonical_json(value: Any) -> str:
    """One way to write a value; raises ``ValueError`` for what JSON cannot keep (NaN, infinity)."""
    plain = json.loads(json.dumps(value, allow_nan=False))
    return json.dumps(whole(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def whole(value: Any) -> Any:
    """The same value with every number that has no fraction as an integer."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {name: whole(item) for name, item in value.items()}
    return value


def clean_address(address: str | None) -> str | None:
    """One way to write an address, on every database; raises ``ValueError`` when it is none."""
    if not address:
        return None
    found = ipaddress.ip_address(address.partition("%")[0])
    return str(getattr(found, "ipv4_mapped", None) or found)
