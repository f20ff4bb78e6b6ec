"""Manners seldom met: each a few lines above and below the text, and what a careful reader sees in them.

Lines under the title are centred; ``<`` before one sets it left, ``>`` right, ``!`` makes it bold.
``T`` is the title, ``|`` parts the head from the tail. The people are ``name/unit`` or ``name``,
``=unit`` an institution, ``#group`` a group, ``role:name`` a credit; anything else is ``field=value``.
A text of its own marks a heading ``#`` (``!`` a bold one), a picture ``@``, its words ``^``.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

from .manners import ALIGN, png
from .texts import TEXTS

__all__ = ["U1", "U2", "UNUSUAL", "Unusual", "built"]

TITLE = "老渡口的第一趟船"
SIGNS = {"<": ("both", None, False), ">": ("right", None, False), "!": ("center", None, True)}


@dataclass(frozen=True)
class Unusual:
    """``lines`` are head and tail, ``says`` the people and fields; ``first`` opens the first paragraph."""

    lines: str
    says: str = ""
    first: str = ""
    last: str = ""
    text: tuple[str, ...] = ()


def built(case: Unusual) -> tuple[bytes, dict[str, Any]]:
    """The file, and its truth in the words of ``compare``."""
    document = Document()
    head, _bar, tail = case.lines.partition("|")
    for line in head.split("¶"):
        typed(document, line)
    body = list(case.text) or [TEXTS[0], "#一、船从雾里来", TEXTS[1], "#二、票价三十年", TEXTS[2]]
    body += filter(None, [case.last])
    for place, words in enumerate(body):
        paragraph = document.add_paragraph((case.first if place == 0 else "") + words.lstrip("#@^!"))
        paragraph.alignment = ALIGN["center"] if words[0] in "^@" else None
        if words[0] == "@":
            paragraph.add_run().add_picture(io.BytesIO(png(40, 30, place)), width=Cm(6))
        if words[0] == "!":
            paragraph.runs[0].bold = True
    if "讯（" in case.first:
        body[0] = case.first + body[0]
    for line in filter(None, tail.split("¶")):
        typed(document, line if line[0] in "<>!" else "<" + line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue(), truth_of(case, body)


def typed(document: Any, line: str) -> None:
    align, size, bold = SIGNS.get(line[:1], ("center", None, False))
    words = line[1:] if line[:1] in SIGNS else line
    if words == "T":
        align, size, bold, words = "center", 22, True, TITLE
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.get(align)
    for piece in words.split("^"):  # ``甲^1^``: a raised figure
        run = paragraph.add_run(piece)
        run.bold = bold or None
        run.font.superscript = (words.split("^").index(piece) % 2 == 1) or None
        run.font.size = Pt(size) if size else None


def truth_of(case: Unusual, body: list[str]) -> dict[str, Any]:
    truth: dict[str, Any] = {"title": TITLE, "authors": [], "credits": []}
    truth["headings"] = [line.lstrip("#!") for line in body if line[0] in "#!"]
    truth["body"] = "\n".join(line.lstrip("#!") for line in body if line[0] not in "@^")
    truth["images"] = sum(line[0] == "@" for line in body)
    for said in case.says.split():
        name, _equals, value = said.partition("=")
        role, colon, who = said.partition(":")
        if said[0] in "=#":
            truth["authors"].append((said[1:], "corporate" if said[0] == "=" else "group", None))
        elif name == "pic":
            shown, _at, who = value.partition("@")
            truth.setdefault("captions", []).append(shown)
            truth.setdefault("photo_credits", []).extend([(shown, who)] if who else [])
        elif value:
            listed = name in {"keywords", "phone", "footnotes", "captions"}
            truth[name] = value.split(",") if listed else value
        elif colon:
            truth["credits"].append((role, who))
        else:
            person, _slash, unit = said.partition("/")
            truth["authors"].append((person.replace("_", " "), "person", unit or None))
    return truth


U1, U2 = "岚江市审计局", "石塔县教育局"
UNUSUAL = [
    # Labels without a colon, in brackets of every kind
    Unusual(
        f"<【征文作者】覃小舟¶<【工作单位】{U1}¶<【联系电话】13600000000¶T", f"覃小舟/{U1} phone=13600000000"
    ),
    Unusual(f"T¶【作者】覃小舟¶【单位】{U1}", f"覃小舟/{U1}"),
    Unusual(f"T¶［作者］爨莹　［单位］{U1}", f"爨莹/{U1}"),
    Unusual(f"T¶〖作　者〗爨莹¶〖单　位〗{U1}", f"爨莹/{U1}"),
    Unusual(f"T¶（作者）陶一苇¶（单位）{U1}", f"陶一苇/{U1}"),
    Unusual(f"T¶参赛作者：陶一苇¶参赛单位：{U1}", f"陶一苇/{U1}"),
    Unusual(f"<应征者姓名：陶一苇¶<所在单位及职务：{U1}科员¶T", f"陶一苇/{U1}"),
    # Names with a note on each
    Unusual("T¶莫怀远^1^　爨莹^2^¶" + f"1.{U1}　2.{U2}", f"莫怀远/{U1} 爨莹/{U2}"),
    Unusual(f"T¶莫怀远^①^　佴新^②^|①莫怀远，{U1}科员；②佴新，{U2}副局长。", f"莫怀远/{U1} 佴新/{U2}"),
    Unusual("T¶百里明　佘青|（作者单位：" + f"{U1}；{U2}）", f"百里明/{U1} 佘青/{U2}"),
    Unusual("T¶濮阳怀瑾　佘青", "濮阳怀瑾 佘青"),
    Unusual("T¶佘青　濮阳怀瑾", "佘青 濮阳怀瑾"),
    # Several institutions on one line
    Unusual(f"T¶{U1}　{U2}", f"={U1} ={U2}"),
    Unusual(f"T¶{U1}、{U2}", f"={U1} ={U2}"),
    Unusual(f"T¶{U1}¶{U2}", f"={U1} ={U2}"),
    Unusual(f"T|（{U1}　{U2}供稿）", f"={U1} ={U2}"),
    Unusual(f"T¶中共{U1}党组", f"=中共{U1}党组"),
    # People with roles at the head of the first paragraph
    Unusual("T", "莫怀远 佘青 记者:莫怀远 通讯员:佘青", first="本刊讯（记者 莫怀远 通讯员 佘青）"),
    Unusual("T", "莫怀远 佘青 通讯员:莫怀远 记者:佘青", first="本刊讯（通讯员　莫怀远　记者　佘青）"),
    Unusual("T", "爨莹 通讯员:爨莹", first="（通讯员　爨莹）"),
    Unusual("T", "陶一苇 佘青 本刊记者:陶一苇 通讯员:佘青", first="本刊岚江讯（本刊记者陶一苇　通讯员佘青）"),
    Unusual("T", f"陶一苇/{U1}", first=f"（{U1}　陶一苇）"),
    Unusual("T¶陶一苇口述　佘青整理", "陶一苇 佘青 口述:陶一苇 整理:佘青"),
    Unusual("T¶口述/陶一苇　整理/佘青", "陶一苇 佘青 口述:陶一苇 整理:佘青"),
    Unusual("T¶讲述人：陶一苇¶整理人：佘青", "陶一苇 佘青 讲述:陶一苇 整理:佘青"),
    Unusual("T¶（陶一苇 口述　爨莹 整理）", "陶一苇 爨莹 口述:陶一苇 整理:爨莹"),
    # Names and units nobody lists
    Unusual("T¶>岚江机务段白苎检修车间　阿木古楞", "阿木古楞/岚江机务段白苎检修车间"),
    Unusual("T¶岚江机务段白苎检修车间　阿木古楞", "阿木古楞/岚江机务段白苎检修车间"),
    Unusual("T¶>云上茶寮　爨莹", "爨莹/云上茶寮"),
    Unusual("T¶>石门坳护林点　格桑梅朵", "格桑梅朵/石门坳护林点"),
    Unusual("T¶格桑梅朵（石门坳护林点）", "格桑梅朵/石门坳护林点"),
    Unusual("T|>石门坳护林点　格桑梅朵", "格桑梅朵/石门坳护林点"),
    Unusual("T|（石门坳护林点　佴新）", "佴新/石门坳护林点"),
    Unusual("T¶>爨莹", "爨莹"),
    Unusual("T¶——写在停航之前¶陶一苇", "陶一苇 subtitle=——写在停航之前"),
    Unusual("T¶——写在停航之前¶爨莹", "爨莹 subtitle=——写在停航之前"),
    # Abstracts and key words
    *(
        Unusual(
            f"T¶陶一苇¶<{a}渡船停航以后，渡口成了集市。¶<{k}渡口；集市",
            "陶一苇 abstract=渡船停航以后，渡口成了集市。 keywords=渡口,集市",
        )
        for a, k in [
            ("[摘　要] ", "[关键词] "),
            ("[摘要]", "[关键词]"),
            ("〔摘要〕", "〔关键词〕"),
            ("［摘要］：", "［关键词］："),
            ("〖摘要〗", "〖关键词〗"),
            ("（摘要）", "（关键词）"),
            ("「摘要」", "「关键词」"),
            ("『摘要』", "『关键词』"),
            ("<摘要>", "<关键词>"),
            ("《摘要》", "《关键词》"),
            ("〈摘要〉", "〈关键词〉"),
            ("摘  要  ", "关键词  "),
            ("［内容摘要］", "［关键词］"),
            ("摘要——", "关键词——"),
            ("摘要｜", "关键词｜"),
            ("◆摘要：", "◆关键词："),
        ]
    ),
    # Sentences at the end that only sound polite
    Unusual("T¶陶一苇", "陶一苇", last="我的话讲完了，请大家批评指正。"),
    Unusual("T¶陶一苇", "陶一苇", last="谢谢大家！"),
    Unusual("T¶陶一苇|恳请编辑老师批评指正，谢谢！", "陶一苇"),
    # A contact beside the name
    Unusual("T¶陶一苇　taoyiwei@example.com", "陶一苇 email=taoyiwei@example.com"),
    Unusual("T¶爨莹 13600000000", "爨莹 phone=13600000000"),
    # Roles in many shapes
    Unusual("T¶文／图　陶一苇", "陶一苇 文／图:陶一苇"),
    Unusual("T¶图文/陶一苇", "陶一苇 图文:陶一苇"),
    Unusual("T¶文图｜爨莹", "爨莹 文图:爨莹"),
    Unusual("T¶● 陶一苇", "陶一苇"),
    Unusual("T¶□ 爨莹", "爨莹"),
    Unusual("T¶◇陶一苇　佘青", "陶一苇 佘青"),
    Unusual("T¶▲ 格桑梅朵", "格桑梅朵"),
    Unusual("T¶@陶一苇", "陶一苇"),
    Unusual("T¶by 陶一苇", "陶一苇"),
    Unusual("T¶文丨本刊记者　陶一苇", "陶一苇 本刊记者:陶一苇"),
    Unusual("T¶陶一苇/撰文　佘青/摄影", "陶一苇 撰文:陶一苇 摄:佘青"),
    # English names
    Unusual("T¶Mary Lee", "Mary_Lee"),
    # Forms
    Unusual(f"T¶单位：{U1}　姓名：陶一苇", f"陶一苇/{U1}"),
    Unusual(f"T¶单位：{U1}¶姓名：爨莹¶职务：科员", f"爨莹/{U1}"),
    Unusual(f"T¶作者：陶一苇，{U1}科员。", f"陶一苇/{U1}"),
    Unusual(f"T¶作者：爨莹，{U1}科员。", f"爨莹/{U1}"),
    Unusual(f"T¶作者：陶一苇|单位：{U1}", f"陶一苇/{U1}"),
    Unusual(f"T¶陶一苇|（作者系{U1}副局长）", f"陶一苇/{U1}"),
    Unusual(f"T¶爨莹|（作者系{U1}一级科员、中国作家协会会员）", f"爨莹/{U1}"),
    Unusual(f"T¶陶一苇¶（{U1}）|责任编辑：莫怀远", f"陶一苇/{U1} 责任编辑:莫怀远"),
    Unusual("T¶陶一苇|（责任编辑　莫怀远）", "陶一苇 责任编辑:莫怀远"),
    Unusual("T¶陶一苇|责编/莫怀远　校对/佘青", "陶一苇 责编:莫怀远 校对:佘青"),
    Unusual("T¶陶一苇¶2026年9月6日", "陶一苇"),
    Unusual("T¶（2026年9月6日）¶陶一苇", "陶一苇"),
    Unusual(f"T¶{U1}科员　陶一苇¶（2026年9月6日）", f"陶一苇/{U1}"),
    Unusual("T¶爨莹¶二〇二六年九月", "爨莹"),
    Unusual(f"T¶陶一苇|{U1}¶2026年9月6日", f"陶一苇/{U1}"),
    Unusual(f"T|{U1}：陶一苇　{U2}：佘青", f"陶一苇/{U1} 佘青/{U2}"),
    Unusual(f"T|（{U1}：陶一苇　{U2}：爨莹）", f"陶一苇/{U1} 爨莹/{U2}"),
    Unusual(f"T|（作者单位分别为：{U1}、{U2}）¶陶一苇　佘青", f"陶一苇/{U1} 佘青/{U2}"),
    Unusual(f"T¶{U1}课题组|课题组成员：陶一苇、佘青", f"#{U1}课题组 成员:陶一苇 成员:佘青"),
    Unusual(f"T¶{U1}课题组|（执笔人：陶一苇）", f"#{U1}课题组 执笔:陶一苇"),
    Unusual(f"T¶陶一苇1，爨莹2|（1.{U1}；2.{U2}）", f"陶一苇/{U1} 爨莹/{U2}"),
    Unusual(f"T¶陶一苇　佘青|（陶一苇单位：{U1}；佘青单位：{U2}）", f"陶一苇/{U1} 佘青/{U2}"),
    Unusual(f"T¶陶一苇|作者：陶一苇，女，1990年生，{U1}科员，著有诗集多部。", f"陶一苇/{U1}"),
    Unusual(
        f"T¶陶一苇|作者简介：陶一苇（1980—），女，岚江人，{U1}科员，主要从事基层治理研究。", f"陶一苇/{U1}"
    ),
    Unusual(f"T¶陶一苇|通讯地址：岚江市上渡区柳荫街1号　{U1}", f"陶一苇/{U1}"),
    # Roles and units in rows
    Unusual(
        "T¶记者　陶一苇　通讯员　爨莹　文/图", "陶一苇 爨莹 记者:陶一苇 通讯员:爨莹 文/图:陶一苇 文/图:爨莹"
    ),
    Unusual("T¶文/图　陶一苇　佘青", "陶一苇 佘青 文/图:陶一苇 文/图:佘青"),
    Unusual("T¶陶一苇　佘青/文　爨莹/图", "陶一苇 佘青 文:陶一苇 文:佘青 图:爨莹"),
    Unusual("T¶撰稿/陶一苇　摄影/佘青", "陶一苇 摄:佘青"),
    Unusual(f"T¶作者 ｜ 陶一苇¶单位 ｜ {U1}", f"陶一苇/{U1}"),
    Unusual(f"T¶作者：陶一苇 佘青 爨莹（{U1}）", f"陶一苇/{U1} 佘青/{U1} 爨莹/{U1}"),
    Unusual(f"T¶第一作者：陶一苇，{U1}；第二作者：佘青，{U2}", f"陶一苇/{U1} 佘青/{U2}"),
    Unusual(f"T¶{U1}　陶一苇　佘青　{U2}　爨莹", f"陶一苇/{U1} 佘青/{U1} 爨莹/{U2}"),
    Unusual(f"T¶陶一苇（{U1}，岚江　000000）", f"陶一苇/{U1}"),
    Unusual(f"T¶陶一苇¶（{U1}　岚江　000000）", f"陶一苇/{U1}"),
    Unusual(f"T¶陶一苇¶（{U1}，岚江 000000）", f"陶一苇/{U1}"),
    Unusual(f"T¶{U1}党委书记、局长　陶一苇", f"陶一苇/{U1}"),
    Unusual(f"T¶{U1}　党组书记　局长　陶一苇", f"陶一苇/{U1}"),
    Unusual(f"T¶陶一苇（{U1}党组书记、局长）", f"陶一苇/{U1}"),
    Unusual("T¶特约撰稿　陶一苇", "陶一苇 特约撰稿:陶一苇"),
    Unusual("T¶特约撰稿人：爨莹", "爨莹 特约撰稿:爨莹"),
    Unusual(f"T¶陶一苇　{U1}¶爨莹　{U2}", f"陶一苇/{U1} 爨莹/{U2}"),
    Unusual(f"T¶陶一苇，{U1}¶爨莹，{U2}", f"陶一苇/{U1} 爨莹/{U2}"),
    Unusual(f"T¶（陶一苇，{U1}）", f"陶一苇/{U1}"),
    Unusual(f"T¶供稿单位：{U1}¶执笔：陶一苇", f"={U1} 执笔:陶一苇"),
    Unusual(f"T|供稿：{U1}　陶一苇　摄影：佘青", f"陶一苇/{U1} 摄:佘青"),
    Unusual("T¶文　陶一苇¶图　佘青", "陶一苇 文:陶一苇 图:佘青"),
    Unusual("T¶文：陶一苇¶图：佘青", "陶一苇 文:陶一苇 图:佘青"),
    Unusual("T¶文\\陶一苇", "陶一苇 文:陶一苇"),
    Unusual("T¶陶一苇∣文　佘青∣图", "陶一苇 文:陶一苇 图:佘青"),
    Unusual(f"T|（本文作者陶一苇，系{U1}局长）", f"陶一苇/{U1}"),
    Unusual(f"T|（作者：{U1}局长　陶一苇）", f"陶一苇/{U1}"),
    Unusual("T|>陶一苇¶>2026年9月6日", "陶一苇"),
    Unusual(f"T|>{U1}¶>陶一苇¶>2026年9月6日", f"陶一苇/{U1}"),
    Unusual(f"T|>{U1}　爨莹¶>二〇二六年九月六日", f"爨莹/{U1}"),
    Unusual(f"T¶陶一苇|作者单位：{U1}　邮编：000000　电话：13600000000", f"陶一苇/{U1} phone=13600000000"),
    Unusual(
        "T¶陶一苇|地址：岚江市上渡区柳荫街1号¶邮编：000000¶电话：13600000000", "陶一苇 phone=13600000000"
    ),
    Unusual("T¶陶一苇|联系人：陶一苇　13600000000", "陶一苇 phone=13600000000"),
    Unusual(f"T¶陶一苇|*作者系{U1}科员", f"陶一苇/{U1}"),
    Unusual(f"T¶陶一苇*|* {U1}科员", f"陶一苇/{U1}"),
    Unusual(f"T¶陶一苇*|*陶一苇，{U1}科员。", f"陶一苇/{U1}"),
    Unusual(f"T¶陶一苇^1,2^　爨莹^2^¶1.{U1}　2.{U2}", f"陶一苇/{U1} 爨莹/{U2}"),
    Unusual(f"<题目：{TITLE}¶<作者：爨莹¶<单位：{U1}", f"爨莹/{U1}"),
    Unusual(f"<标题：《{TITLE}》¶<作者：陶一苇", "陶一苇"),
    Unusual(f"T¶——写在停航之前¶{U1}　爨莹", f"爨莹/{U1} subtitle=——写在停航之前"),
    Unusual("T¶陶一苇¶", "陶一苇"),
    Unusual("T¶陶一苇¶编辑：佘青　审核：莫怀远", "陶一苇 编辑:佘青 审核:莫怀远"),
    Unusual("T¶发布时间：2026-09-06　来源：岚江日报　作者：陶一苇", "陶一苇 source=岚江日报"),
    Unusual("T¶2026-09-06 10:20　来源：岚江新闻网", "source=岚江新闻网"),
    Unusual("T¶来源：岚江日报¶作者：爨莹", "爨莹 source=岚江日报"),
    Unusual("T¶陶一苇|一审：佘青　二审：莫怀远　三审：顾晓川", "陶一苇 一审:佘青 二审:莫怀远 三审:顾晓川"),
    Unusual("T¶陶一苇|编辑：佘青 校对：爨莹", "陶一苇 编辑:佘青 校对:爨莹"),
    Unusual("T¶陶一苇|（本文有删节）", "陶一苇"),
    Unusual("T¶佘青\u3000方向", "佘青 方向"),
    Unusual("T¶作者：陶 一 苇", "陶一苇"),
    Unusual("T¶陶\u3000\u3000青\u3000爨\u3000莹", "陶青 爨莹"),
    Unusual(f"T¶{U1}陶一苇", f"陶一苇/{U1}"),
    Unusual(f"T¶{U1}党委副书记陶一苇", f"陶一苇/{U1}"),
    Unusual(f"T¶{U1}　爨莹|（责编：佘青）", f"爨莹/{U1} 责编:佘青"),
    # Captions
    Unusual(
        "T¶陶一苇", "陶一苇 pic=渡口的早晨@爨莹", text=(TEXTS[0], "@", "^▲渡口的早晨（爨莹　摄）", TEXTS[1])
    ),
    Unusual(
        "T¶陶一苇",
        "陶一苇 pic=图为渡口的早晨@岚江海事处",
        text=(TEXTS[0], "@", "^图为渡口的早晨。岚江海事处供图", TEXTS[1]),
    ),
    Unusual("T¶陶一苇", "陶一苇 pic=图为渡口的早晨", text=(TEXTS[0], "@", "^图为渡口的早晨。", TEXTS[1])),
    Unusual(
        "T¶陶一苇",
        "陶一苇 pic=渡口的早晨（资料图片）",
        text=(TEXTS[0], "@", "^渡口的早晨（资料图片）", TEXTS[1]),
    ),
    Unusual(
        "T¶陶一苇", "陶一苇 pic=渡口的早晨@爨莹", text=(TEXTS[0], "@", "^渡口的早晨　摄影：爨莹", TEXTS[1])
    ),
    Unusual(
        "T¶陶一苇", "陶一苇 pic=渡口的早晨@爨莹", text=(TEXTS[0], "@", "^渡口的早晨 | 爨莹 摄", TEXTS[1])
    ),
    Unusual(
        "T¶陶一苇",
        "陶一苇 pic=渡口的早晨@爨莹",
        text=(TEXTS[0], "@", "^渡口的早晨", "^（爨莹/摄）", TEXTS[1]),
    ),
    Unusual(
        "T¶陶一苇", "陶一苇 pic=渡口的早晨@爨莹", text=(TEXTS[0], "@", "^渡口的早晨。爨莹摄影", TEXTS[1])
    ),
    Unusual(
        "T¶陶一苇",
        "陶一苇 pic=图1：渡口的早晨@爨莹",
        text=(TEXTS[0], "@", "^图1：渡口的早晨（通讯员　爨莹　摄）", TEXTS[1]),
    ),
    Unusual(
        "T¶陶一苇",
        "陶一苇 pic=渡口的早晨@石门坳护林点",
        text=(TEXTS[0], "@", "^渡口的早晨（图片由石门坳护林点提供）", TEXTS[1]),
    ),
    # Texts whose lines look like something else
    Unusual("T¶陶一苇", "陶一苇", text=("那年我七岁。", TEXTS[0], TEXTS[1])),
    Unusual(
        "T¶陶一苇", "陶一苇", text=("各位代表、同志们：", TEXTS[0], "#一、船从雾里来", TEXTS[1], "谢谢大家！")
    ),
    Unusual(
        "T¶陶一苇", "陶一苇", text=(TEXTS[0], "问：船什么时候停？", TEXTS[1], "答：雾一起就停。", TEXTS[2])
    ),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], "记者：船什么时候停？", "商陆：雾一起就停。", TEXTS[2])),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], "#第一部分　船", TEXTS[1], "#第二部分　票", TEXTS[2])),
    Unusual(
        "T¶陶一苇", "陶一苇", text=(TEXTS[0], "#第一章 船从雾里来", TEXTS[1], "#第二章 票价三十年", TEXTS[2])
    ),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], "!船从雾里来", TEXTS[1], "!票价三十年", TEXTS[2])),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], "!（一）", TEXTS[1], "!（二）", TEXTS[2])),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], "!01 船从雾里来", TEXTS[1], "!02 票价三十年", TEXTS[2])),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], "!【船从雾里来】", TEXTS[1], "!【票价三十年】", TEXTS[2])),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], "!“灯先亮起来”", TEXTS[1], "!船为什么停？", TEXTS[2])),
    Unusual(
        "T¶陶一苇", "陶一苇", text=(TEXTS[0], "#（一）船从雾里来", TEXTS[1], "#（二）票价三十年", TEXTS[2])
    ),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], "#1.船从雾里来", TEXTS[1], "#2.票价三十年", TEXTS[2])),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], "灯亮着，", "船在雾里，", "江水不说话。", TEXTS[1])),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], TEXTS[1], "2026年，渡口停航了。")),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], TEXTS[1], "“船还在。”他说。")),
    Unusual("T¶陶一苇", "陶一苇", text=(TEXTS[0], TEXTS[1], "我要感谢岚江市图书馆。")),
    Unusual("T¶陶一苇", "陶一苇", text=("9月6日　晴", TEXTS[0], "9月7日　雾", TEXTS[1])),
    Unusual(
        "T¶陶一苇", "陶一苇", text=("来稿里常有人问起这条船，编辑部请人去坐了一趟。", TEXTS[0], TEXTS[1])
    ),
]
