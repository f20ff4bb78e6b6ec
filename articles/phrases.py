"""The wordings an office starts with for its reports and reasons; its own take their place at the desk.

These are words of the office, not of the program: stored as they stand here, once, in an empty table.
"""

from __future__ import annotations

from typing import Any

__all__ = ["DEFAULTS", "fill_empty_table"]

#: Use → (title, wording), in the order shown. ``__`` marks what the writer fills in.
DEFAULTS: dict[str, tuple[tuple[str, str], ...]] = {
    "first": (
        (
            "建议采用",
            "稿件主题明确，材料具体，文字通顺，符合本栏目要求。政治导向、事实表述未见问题，引文和数据已逐条核对。"
            "建议采用，送请复审。",
        ),
        ("修改后可用", "选题有价值，基础较好，__部分需压缩，数据来源需注明。责任编辑加工后可用，送请复审。"),
        ("选题重复", "本刊近期已刊发同类选题，本文未提供新的材料或见解。建议不采用，送请复审。"),
        ("图片说明", "配图__幅，图说、拍摄者齐全，已取得使用许可，与正文内容相符。"),
    ),
    "second": (
        ("同意初审意见", "同意初审意见。选题符合本期安排，结构、篇幅合适，可以采用，送请终审。"),
        ("同意，另有修改", "同意采用。编辑加工时请注意：一、__；二、__。送请终审。"),
        ("不同意采用", "稿件__，与本刊定位不符。建议不采用，送请终审决定。"),
        ("核实后再议", "__处事实（数据、职务、时间）依据不足，请初审核实后再送。"),
    ),
    "final": (
        ("同意录用", "同意初审、复审意见，录用。"),
        ("录用，安排栏目", "录用，安排在“__”栏目。标题可再斟酌。"),
        ("留作备用", "质量合格，本期版面已满，留作备用，请告知作者。"),
        ("退回复审", "__问题复审意见未作说明，请补充意见后再送。"),
    ),
    "return": (
        (
            "补充出处",
            "请补充文中数据、引文的出处（文件名称、文号、发布单位和日期），无法核实的内容请删去。",
        ),
        ("压缩篇幅", "全文请压缩到__字以内，背景介绍从简，突出本单位的做法和实例。"),
        ("充实实例", "概括叙述较多，请补充具体的人、事、时间、地点和前后对比的数据。"),
        ("调整结构", "请按“一、（一）1.（1）”的层次重新编排小标题，删去与题目无关的段落。"),
        ("补交图片", "请另附原始图片（单张不小于1 MB），写明图说和拍摄者，并确认图中人物同意刊登。"),
        ("单位审核", "请经单位审核同意后再交，并注明作者单位、职务和联系人。"),
    ),
    "refuse": (
        ("不合定位", "来稿已阅，选题与本刊宗旨、栏目设置不合，不拟采用。感谢赐稿。"),
        ("已有同类稿件", "本刊已安排同类选题的稿件，本文不拟采用。感谢赐稿，欢迎另投。"),
        ("重复发表", "经查，本文已在其他刊物或网站公开发表，按本刊规定不予采用。"),
        ("新意不足", "文稿结构完整，但材料和观点新意不足，不拟采用。欢迎结合工作实际另写新稿。"),
    ),
}


def fill_empty_table(**kwargs: Any) -> None:
    """Store the defaults where the office has no phrase at all; listens to ``post_migrate``."""
    from articles.models import Phrase

    if Phrase.objects.exists():
        return
    Phrase.objects.bulk_create(
        Phrase(use=use, title=title, text=text, position=position)
        for use, phrases in DEFAULTS.items()
        for position, (title, text) in enumerate(phrases, start=1)
    )
