"""Manuscripts made by hand: a source text put together piece by piece, with blocks that know their places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from journal.intake.manuscript import (
    Author,
    AuthorKind,
    Block,
    BlockKind,
    Caption,
    Choice,
    Credit,
    IssueManuscript,
    Manuscript,
    Masthead,
    Question,
    SectionPlan,
    Span,
)

__all__ = ["Source", "small_issue"]


@dataclass
class Source:
    """Grows a source text; every ``block`` covers exactly the characters it added."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)

    def block(self, kind: BlockKind | str, text: str, **extra: Any) -> Block:
        start = len(self.text)
        self.text += text + "\n\n"
        made = Block(f"b{start}", BlockKind(kind), text, text, (Span(start, start + len(text)),), **extra)
        self.blocks.append(made)
        return made


def small_issue(**changes: Any) -> IssueManuscript:
    """Three articles in two sections with a doubt, a caption, a footnote, a table and a stray line."""
    source = Source()
    contents = [
        source.block("contents", "目录"),
        source.block("contents", "渡口的早晨……顾晓川 4"),
        source.block("contents", "借一本旧书……陶一苇 9"),
        source.block("masthead", "主编 沈望川"),
    ]
    first = (
        source.block("title", "渡口的清晨"),
        source.block("byline", "本刊记者 顾晓川"),
        source.block("heading", "一、头班船", level=1),
        source.block("paragraph", "天还没有亮，老周已经把缆绳解开。上船的有十一个人①。"),
        source.block("caption", "老周在解缆绳 郁青 摄"),
        source.block("paragraph", "他说这条线开了三十年，从来没有误过一班。"),
        source.block("footnote", "①据上渡区交通站登记。"),
        source.block("paragraph", "2026年9月1日"),
    )
    stray = source.block("residue", "打印本页")
    second = (
        source.block("kicker", "读书一得"),
        source.block("title", "借一本旧书"),
        source.block("paragraph", "书是从架子最底下抽出来的，封皮补过两回。"),
        source.block("table", "年份 册数 2024 310", rows=(("年份", "册数"), ("2024", "310"))),
        source.block("list_item", "1. 先看版权页"),
        source.block("list_item", "2. 再看借书卡"),
    )
    third = (
        source.block("title", "三把水尺"),
        source.block("paragraph", "三把水尺立在不同的三处，读数却要合成一个数字。"),
    )
    nobody = source.block("paragraph", "这一段没有人认领。")
    issue = IssueManuscript(
        source_text=source.text,
        encoding="utf-8",
        year=2026,
        number="9",
        serial_number=129,
        masthead=(Masthead("主编", ("沈望川",)), Masthead("责任编辑", ("陆小满", "邱岳"))),
        facts={"address": "岚江市桥西区文化路8号", "phone": "0000-1234567"},
        slogans=("记一条江的日常",),
        sections=(SectionPlan("本期关注", ("01", "03")), SectionPlan("读书", ("02",))),
        manuscripts=(
            Manuscript(
                id="01",
                title="渡口的早晨",
                body_title="渡口的清晨",
                toc_title="渡口的早晨",
                page=4,
                last_page=8,
                section="本期关注",
                authors=(Author("顾晓川", role="本刊记者"),),
                captions=(Caption("老周在解缆绳 郁青 摄", "郁青", "摄", first[4].id),),
                footnotes=("①据上渡区交通站登记。",),
                blocks=first,
            ),
            Manuscript(
                id="02",
                title="借一本旧书",
                toc_title="借一本旧书",
                page=9,
                section="读书",
                kicker="读书一得",
                authors=(Author("陶一苇", affiliation="岚江市图书馆", post="副研究馆员"),),
                source="《栖云日报》2026年8月12日",
                blocks=second,
            ),
            Manuscript(
                id="03",
                title="三把水尺",
                page=10,
                section="本期关注",
                authors=(Author("岚江市水文中心课题组", AuthorKind.GROUP),),
                credits=(Credit("组长", ("罗清越",)), Credit("执笔", ("齐放",)), Credit("校阅", ("白露",))),
                blocks=third,
            ),
        ),
        unplaced=(*contents, stray, nobody),
        questions=(
            Question(
                "q1",
                "contents-title-differs",
                "01",
                "title",
                "The contents page says 渡口的早晨, the page says 渡口的清晨.",
                (
                    Choice("渡口的早晨", "渡口的早晨（目录）", contents[1].spans[0]),
                    Choice("渡口的清晨", "渡口的清晨（正文）", first[0].spans[0]),
                ),
                "渡口的早晨",
                (contents[1].spans[0], first[0].spans[0]),
            ),
            Question(
                "q2",
                "unclaimed-text",
                None,
                f"block:{nobody.id}",
                "Which article does this paragraph belong to?",
                (Choice("03", "三把水尺"), Choice("", "none")),
                "",
                nobody.spans,
            ),
        ),
    )
    return replace(issue, **changes)
