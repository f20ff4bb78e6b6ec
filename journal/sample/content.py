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

#: name, code, characters a page, in the usual order
SECTIONS = (
    ("卷首", "preface", 900),
    ("本期关注", "focus", 1500),
    ("调查", "inquiry", 1600),
    ("人物", "people", 1500),
    ("手艺", "craft", 1500),
    ("地方记忆", "memory", 1600),
    ("读书", "books", 1500),
    ("文摘", "digest", 1600),
    ("图片故事", "photo-story", 600),
    ("资料", "reference", 1600),
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


@dataclass(frozen=True)
class SampleIssue:
    meta: dict[str, Any]
    articles: tuple[SampleArticle, ...] = field(default=())


def read_article(path: Path) -> SampleArticle:
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return SampleArticle(int(path.name[:2]), tomllib.loads(front), body.strip())


def issues() -> Iterator[SampleIssue]:
    """The sample issues, oldest first, each with its articles in the order of the contents."""
    for folder in sorted(path for path in CONTENT.iterdir() if path.is_dir()):
        meta = tomllib.loads((folder / "issue.toml").read_text(encoding="utf-8"))
        yield SampleIssue(meta, tuple(read_article(path) for path in sorted(folder.glob("*.html"))))
