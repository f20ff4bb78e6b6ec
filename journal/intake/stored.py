"""Manuscripts to JSON and back: what the parsing child hands over and what an import keeps."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import json
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

from .manuscript import Span

__all__ = ["fingerprint", "from_json", "to_json"]

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """A dataclass as plain JSON: spans as ``[start, end]``, enums as their values, defaults left out."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value):
        fields = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {f.name: to_json(v) for f, v in fields if not _is_default(f, v)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [to_json(v) for v in value]
    if isinstance(value, dict):
        return {k: to_json(v) for k, v in value.items()}
    return value


def from_json(kind: type[T], data: Any) -> T:
    """The object ``to_json`` was given; raises ``TypeError`` or ``KeyError`` for data of another shape."""
    return cast(T, _load(kind, data))


def fingerprint(value: Any) -> str:
    """SHA-256 of what was understood, questions apart: the same import has the same fingerprint."""
    data = to_json(value)
    data.pop("questions", None)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    return field.default_factory is not dataclasses.MISSING and not value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _load(kind: Any, data: Any) -> Any:
    if data is None or kind is Any:
        return data
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _load(next(a for a in arguments if a is not type(None)), data)
    if origin is tuple:
        return tuple(_load(arguments[0], item) for item in data)
    if origin is dict:
        return {key: _load(arguments[1], item) for key, item in data.items()}
    if kind is Span:
        return Span(*data)
    if dataclasses.is_dataclass(kind):
        hints = _hints(cast(type, kind))
        make = cast(Callable[..., Any], kind)
        return make(**{name: _load(hints[name], item) for name, item in data.items()})
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind(data)
    return data
