"""The fictional journal as files: a TOML front matter between ``+++`` lines, then the body as HTML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["CONTENT", "JOURNAL", "SECTIONS", "SampleArticle", "SampleIssue", "issues"]

CONTENT = Path(__file__).parent / "content"

JOURNAL = {
    "name": "岚江",
    "pinyin_name": "Lanjiang",
    "publication_type": "serial",
    "frequency": "monthly",
    "authority": "岚江市文化和公共服务联合会",
    "organiser": "岚江杂志社",
    "issn": "9999-9994",
    "cn_number": "65-5999/G0",
    "address": "岚江市上渡区旧码头街16号",
    "postcode": "000000",
    "telephone": "0000-0000129",
    "submission_address": "tougao@lanjiang.example",
    "about": (
        "《岚江》创刊于2016年1月，每月5日出版，记一条江两岸的日常：渡船和公交怎样开，水位怎样量，"
        "书怎样送到山里，手艺怎样传下来。刊物由岚江市文化和公共服务联合会主管，岚江杂志社主办。\n"
        "我们登载调查、人物、回忆和资料，重事实，讲来历，写得清楚。稿件经过初审、复审、终审，"
        "校样至少读三遍；错了就更正，更正写明日期，留在原处。\n"
        "刊中的城市、人物和机构都是虚构的：这是“刊务”随附的样刊，供新用户看清一份刊物从来稿到出刊的全过程。"
    ),
}

#: name, code, characters a page, in the usual order: a small page, large type, room for titles and headings.
SECTIONS = (
    ("卷首", "preface", 900),
    ("本期关注", "focus", 450),
    ("调查", "inquiry", 420),
    ("人物", "people", 450),
    ("手艺", "craft", 450),
    ("地方记忆", "memory", 460),
    ("读书", "books", 480),
    ("文摘", "digest", 480),
    ("图片故事", "photo-story", 300),
    ("资料", "reference", 420),
)


@dataclass(frozen=True)
class SampleArticle:
    """One article file: ``meta`` is its front matter, ``body`` the HTML with ``data-figure`` places."""

    number: int
    meta: dict[str, Any]
    body: str

    @property
    def code(self) -> str:
        return str(self.meta["code"])

    @property
    def first_body(self) -> str:
        """The text as it was sent in, before its author revised it (``before``)."""
        return replaced(self.body, self.meta.get("before", []), "now", "then")


@dataclass(frozen=True)
class SampleIssue:
    meta: dict[str, Any]
    articles: tuple[SampleArticle, ...] = field(default=())


def read_article(path: Path) -> SampleArticle:
    """An article file; ``copy_of`` names another whose text comes in again, with ``changes``."""
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    meta = tomllib.loads(front)
    if "copy_of" in meta:
        copied = read_article(path.with_name(f"{meta['copy_of']}.html")).body
        body = replaced(copied, meta["changes"], "then", "now")
    return SampleArticle(int(path.name[:2]), meta, body.strip())


def replaced(text: str, pairs: list[dict[str, str]], old: str, new: str) -> str:
    """Each passage put for another; raises ``ValueError`` for one that does not stand there exactly once."""
    for pair in pairs:
        if text.count(pair[old]) != 1:
            raise ValueError(f"this passage must stand in the text once: {pair[old]}")
        text = text.replace(pair[old], pair[new])
    return text


def issues() -> Iterator[SampleIssue]:
    """The sample issues, oldest first, each with its articles in the order of the contents."""
    for folder in sorted(path for path in CONTENT.iterdir() if path.is_dir()):
        meta = tomllib.loads((folder / "issue.toml").read_text(encoding="utf-8"))
        yield SampleIssue(meta, tuple(read_article(path) for path in sorted(folder.glob("*.html"))))
