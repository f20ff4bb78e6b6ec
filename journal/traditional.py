"""Simplified words in traditional characters: phrases by OpenCC, personal names character by character.

OpenCC's ``s2tw``: the characters of Taiwan's standard, because those are what fonts draw for ``zh-Hant``
(plain ``s2t`` writes 爲 羣 裏, which nobody prints), but not its words (``s2twp`` makes 软件 軟體: a printed
text is not reworded). It answers character for character, so a phrase may run across tags.

Phrases do harm in names: 范 becomes 範, and 谷雨 the day of the calendar, 穀雨. So a name is written one
character at a time, and where a simplified character is a surname, or usual in names, in its own right,
it stays. Quotation marks become 「」 and 『』, as traditional text is set.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from opencc import OpenCC

__all__ = ["HAN", "is_risky", "name_in_traditional", "traditional"]

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: As a surname these are not the simplified form of another character (余 is not 餘, 党 not 黨) …
OF_SURNAMES = frozenset("党干种涂丑余占")
#: … and these stay wherever they stand in a name: 范, 于, 后, 岳; 郁达夫, 张采, 李杰, 赵朴初.
OF_NAMES = frozenset("范于后岳郁采里岩咸征筑游朴斗杰准")
#: Surnames of two characters that are not the sum of theirs.
COMPOUND = {"万俟": "万俟", "谷梁": "穀梁"}
PERSON = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)+")
#: What signs and ends so is an office, a school, a team.
BODIES = frozenset("部处办室局会委院校社组队所科厅站团网报刊台司府")
QUOTES = str.maketrans("“”", "「」")
INNER = re.compile(r"(?<![A-Za-z])‘([^‘’\n]*)’(?![A-Za-z])")


@lru_cache(maxsize=1)
def converter() -> OpenCC:
    return OpenCC("s2tw")


def traditional(text: str, names: Collection[str] = ()) -> str:
    """``text`` in traditional characters, as long as before; ``names`` are people, wherever they occur."""
    if not names:
        return phrases(text)
    found = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    parts = re.split(f"({found})", text)
    return "".join(
        name_in_traditional(part) if place % 2 else phrases(part) for place, part in enumerate(parts)
    )


def phrases(text: str) -> str:
    quoted = INNER.sub(r"『\1』", text.translate(QUOTES))
    return str(converter().convert(quoted))


@lru_cache(maxsize=4096)
def character(one: str) -> str:
    return str(converter().convert(one))


@lru_cache(maxsize=4096)
def name_in_traditional(name: str) -> str:
    """A person's name, one character after the other."""
    head = COMPOUND.get(name[:2], "")
    if not head and name[:1] in OF_SURNAMES:
        head = name[:1]
    return head + "".join(one if one in OF_NAMES else character(one) for one in name[len(head) :])


@lru_cache(maxsize=4096)
def is_risky(name: str) -> bool:
    """Whether this is a person whose name phrases would spoil, here or beside other words."""
    if not PERSON.fullmatch(name) or name[-1] in BODIES:
        return False
    kept = name[0] in OF_SURNAMES or not OF_NAMES.isdisjoint(name)
    return kept or name_in_traditional(name) != phrases(name)
