"""JSON to dataclasses, strictly: exactly the fields there are, each of its type, no text the house cannot
store. Unlike ``journal.intake.stored``, which reads back what the house wrote itself."""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Callable
from typing import Any, TypeVar, cast

from articles.richtext import storable

__all__ = ["Misshapen", "shaped"]

T = TypeVar("T")
MOST_INTEGER = 2**31 - 1
MOST_CHARACTERS = 1_000_000
MOST_ITEMS = 10_000


class Misshapen(ValueError):
    """What is said names the place: ``articles[3].bylines[0].role``."""


def shaped(kind: type[T], data: Any, place: str = "") -> T:
    """``data`` as an object of ``kind``, a dataclass; raises ``Misshapen``."""
    return cast(T, load(kind, data, place))


def load(kind: Any, data: Any, place: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if data is None else load(arguments[0], data, place)
    if origin is tuple:
        items = checked(list, data, place, len(data) <= MOST_ITEMS if isinstance(data, list) else False)
        return tuple(load(arguments[0], item, f"{place}[{number}]") for number, item in enumerate(items))
    if origin is dict:
        pairs = checked(dict, data, place).items()
        return {load(str, key, place): load(str, item, place) for key, item in pairs}
    if dataclasses.is_dataclass(kind):
        return load_fields(cast(type, kind), data, place)
    return LEAVES[kind](data, place)


def load_fields(kind: type, data: Any, place: str) -> Any:
    hints = typing.get_type_hints(kind)
    fields = checked(dict, data, place)
    if odd := sorted(set(hints) ^ set(fields), key=str):
        raise Misshapen(f"{place}.{odd[0]}".lstrip("."))
    loaded = {name: load(hint, fields[name], f"{place}.{name}".lstrip(".")) for name, hint in hints.items()}
    return cast(Callable[..., Any], kind)(**loaded)


def checked(kind: type[T], data: Any, place: str, sound: bool = True) -> T:
    if type(data) is not kind or not sound:
        raise Misshapen(place)
    return data


def text(data: Any, place: str) -> str:
    words = checked(str, data, place)
    return checked(str, words, place, len(words) <= MOST_CHARACTERS and storable(words) == words)


def integer(data: Any, place: str) -> int:
    number = checked(int, data, place)
    return checked(int, number, place, 0 <= number <= MOST_INTEGER)


def day(data: Any, place: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text(data, place))
    except ValueError:
        raise Misshapen(place) from None


def moment(data: Any, place: str) -> datetime.datetime:
    try:
        found = datetime.datetime.fromisoformat(text(data, place))
    except ValueError:
        raise Misshapen(place) from None
    if found.tzinfo is None or found.year < 1800:
        raise Misshapen(place)
    return found


LEAVES: dict[Any, Callable[[Any, str], Any]] = {
    str: text,
    int: integer,
    bool: lambda data, place: checked(bool, data, place),
    datetime.date: day,
    datetime.datetime: moment,
}
