"""Authors in the order of the alphabet, under its letters: the second half of a year's index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby

from pypinyin import lazy_pinyin

from articles.models import Article, Author
from articles.models.author import AuthorKind

__all__ = ["Letter", "by_letter", "sound_of"]

#: Surnames that are read otherwise than the same character elsewhere.
READINGS = """
曾 zeng 单 shan 解 xie 仇 qiu 区 ou 查 zha 盖 ge 朴 piao 翟 zhai 乐 yue 缪 miao 员 yun 宓 mi 召 shao
折 she 种 chong 秘 bi 洗 xian 冼 xian 繁 po 黑 he 祭 zhai 宿 su 逄 pang
万俟 moqi 尉迟 yuchi 长孙 zhangsun 澹台 tantai 单于 chanyu
"""
SURNAMES = dict(zip(READINGS.split()[::2], READINGS.split()[1::2], strict=True))

#: A letter with its authors: how each is printed, and the articles of theirs.
Letter = tuple[str, list[tuple[str, list[Article]]]]


def by_letter(articles: Iterable[Article]) -> list[Letter]:
    """Authors with their articles; namesakes told apart by unit. Other signs stand last, under #."""
    works: dict[int, list[Article]] = defaultdict(list)
    authors: dict[int, tuple[str, Author]] = {}
    for article in articles:
        for byline in article.bylines.all():
            authors[byline.author_id] = byline.name, byline.author
            works[byline.author_id].append(article)
    namesakes = Counter(name for name, _ in authors.values())
    lines = sorted(
        (letter == "#", letter, sound, name, author.unit, key)
        for key, (name, author) in authors.items()
        for sound in [sound_of(author, name)]
        for letter in [letter_of(sound)]
    )
    return [
        (
            letter,
            [(printed(line[3], line[4], namesakes), list(dict.fromkeys(works[line[5]]))) for line in run],
        )
        for letter, run in groupby(lines, key=lambda line: line[1])
    ]


def printed(name: str, unit: str, namesakes: Counter[str]) -> str:
    return f"{name}（{unit}）" if unit and namesakes[name] > 1 else name


def sound_of(author: Author, name: str) -> str:
    """The name in pinyin, a person's surname as surnames are read."""
    if author.kind == AuthorKind.PERSON:
        for length in (2, 1):
            if surname := SURNAMES.get(name[:length]):
                return " ".join([surname, *lazy_pinyin(name[length:])]).lower()
    return " ".join(lazy_pinyin(name)).lower()


def letter_of(sound: str) -> str:
    return sound[0].upper() if sound[:1].isascii() and sound[:1].isalpha() else "#"
