"""How the domain says no: one sentence for the person who pressed, one code for the program."""

from __future__ import annotations

from typing import Any, Literal

__all__ = ["Kind", "Refused"]

Kind = Literal["forbidden", "conflict", "invalid", "too-many"]


class Refused(Exception):
    """An action that was not carried out; nothing was changed.

    ``sentence`` says why and what to do (translated when it is shown). ``code`` names the rule.
    ``kind`` tells a view how to answer: ``forbidden`` 403, ``conflict`` 409, ``invalid`` 422,
    ``too-many`` 429.
    ``field`` names the input that would mend it, if there is one.
    """

    STATUS = {"forbidden": 403, "conflict": 409, "invalid": 422, "too-many": 429}

    def __init__(self, sentence: Any, *, code: str, kind: Kind = "invalid", field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.kind: Kind = kind
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def status(self) -> int:
        return self.STATUS[self.kind]
