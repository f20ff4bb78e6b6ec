"""Six invented journals of different trades; each prints its issues in its own layout.

One TOML file each: ``identity`` is printed over the contents page, ``sections`` names the section of every
shelf of the pool in the order of the journal, ``facts`` maps a key of the truth to label and value.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.intake.traps.layout import Layout

__all__ = ["Journal", "Role", "journal", "journals"]

HERE = Path(__file__).parent / "journals"


@dataclass(frozen=True, slots=True)
class Role:
    role: str
    names: tuple[str, ...]
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class Journal:
    """``folio`` takes the page, ``page_words`` names it in a jump; ``extra`` is neither role nor fact."""

    code: str
    name: str
    identity: tuple[str, ...]
    year: int
    number: str
    serial_number: int
    frequency: str
    sections: dict[str, str]
    masthead: tuple[Role, ...]
    facts: dict[str, tuple[str, str]]
    slogans: tuple[str, ...]
    extra: tuple[str, ...]
    folio: str
    running_head: str
    page_words: str
    layout: Layout


def journal(code: str) -> Journal:
    """Return one journal by its code."""
    return next(j for j in journals() if j.code == code)


@cache
def journals() -> tuple[Journal, ...]:
    """Return all journals, by file name."""
    return tuple(_read(path) for path in sorted(HERE.glob("*.toml")))


def _read(path: Path) -> Journal:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Journal(
        code=path.stem,
        name=data["name"],
        identity=tuple(data["identity"]),
        year=data["year"],
        number=data["number"],
        serial_number=data["serial_number"],
        frequency=data["frequency"],
        sections=data["sections"],
        masthead=tuple(
            Role(row["role"], tuple(row["names"]), row.get("kind", "person")) for row in data["masthead"]
        ),
        facts={key: (label, value) for key, (label, value) in data["facts"].items()},
        slogans=tuple(data["slogans"]),
        extra=tuple(data["extra"]),
        folio=data["folio"],
        running_head=data["running_head"],
        page_words=data["page_words"],
        layout=Layout(**data["layout"]),
    )
