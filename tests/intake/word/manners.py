"""Whole manuscripts drawn from many manners of typing them, built with python-docx."""

from __future__ import annotations

import io
import random
import struct
import unicodedata
import zlib
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from .manners_people import NAMES, RARE, draw_people
from .texts import TEXTS

__all__ = ["manuscript"]

ALIGN = {
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
TITLES = [
    "老渡口的第一趟船",
    "谁来守这片江",
    "山坳里的一间教室",
    "流动书车开进集镇以后",
    "以清廉建设护航基层治理",
    "关于完善渡运安全管理机制的几点思考",
    "一页一页补出来的县志",
    "春江水暖",
    "做实“四下基层” 办好民生实事",
    "把支部建在船上",
    "听窑火",
    "三个镇的换乘难题怎么解",
    "聚焦主责主业 强化监督执纪",
    "铅笔账",
    "一箱底图",
    "“小板凳”议出大民生",
    "学思践悟强党性 真抓实干促发展",
    "乡村公共图书馆夜间开放调查",
    "我的父亲",
    "向着光走",
]
SUBTITLES = [
    "——岚江市上渡区的实践",
    "——写在老渡口停航之前",
    "——基于三个乡镇的调查",
    "以岚江市为例",
    "岚江市推进基层治理纪实",
    "——记驻村干部陶一苇",
    "——关于山区教学点的思考",
]
KICKERS = [
    "岚江渡运调查之一",
    "省直机关主题征文",
    "聚焦基层治理",
    "在全市教育工作会议上强调",
    "学习贯彻全会精神",
]
HEADINGS = [
    "提高认识，压实责任",
    "健全机制，形成合力",
    "灯先亮起来",
    "登记簿里的十一年",
    "问题在哪里",
    "几点建议",
    "抓实教育培训",
    "结语",
    "从一条线到一张网",
    "数据说话",
    "守住底线",
    "坚持问题导向，靶向整治",
]
HAN = "一二三四五六七八九"
SCENES = ["清晨的老渡口", "志愿者在整理借阅卡", "修复室里的底图", "流动书车停在集镇上", "村民在议事会上发言"]
SENDERS = ["陶一苇", "岚江市图书馆", "岚江市文化馆"]
CAPTIONS = [
    ("{c}", 0),
    ("{c}　{w}　摄", 1),
    ("{c}（{w} 摄）", 1),
    ("{c}（{w}／摄）", 1),
    ("图{i}　{c}", 0),
    ("图{i} {c}（{w}摄）", 1),
    ("图为{c}。{w}摄", 1),
    ("▲{c}　{w}/摄", 1),
    ("{c}　摄影：{w}", 1),
    ("{c}（摄影：{w}）", 1),
    ("{c}（{w}供图）", 1),
    ("{c}。", 0),
    ("图{i}：{c}", 0),
    ("{c}¶（{w} 摄）", 1),
    ("{c}¶{w}　摄", 1),
    ("{c}¶摄影：{w}", 1),
    ("{c}（图片由{w}提供）", 1),
    ("{c} 图/{w}", 1),
    ("图{i}.{c}", 0),
    ("{c}　{w}供图", 1),
    ("（图为{c}）", 0),
    ("{c}（图/{w}）", 1),
    ("{c}（资料图片）", 0),
]


def png(width: int, height: int, colour: int) -> bytes:
    """A plain picture of one colour."""
    rows = b"".join(b"\0" + bytes([colour, 90, 120]) * width for _ in range(height))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def manuscript(seed: int) -> tuple[str, bytes, dict[str, Any]]:
    """(what was drawn, the file, what it says)."""
    typist = Typist(random.Random(f"manner {seed}"))
    return typist.type()


class Typist:
    def __init__(self, chance: random.Random) -> None:
        self.chance, self.document = chance, Document()
        pick = chance.choice
        self.size = pick([None, 10.5, 12, 14, 16])
        self.font = pick([None, "宋体", "仿宋_GB2312", "仿宋"])
        self.indent = pick(["", "setting", "\u3000\u3000", "    "])
        self.align = pick(["", "", "both"])
        self.blank = chance.random() < 0.5
        self.people = draw_people(chance)
        self.truth: dict[str, Any] = {
            "authors": self.people.authors,
            "credits": self.people.credits,
            "captions": [],
            "photo_credits": [],
            "headings": [],
            "tables": [],
            "footnotes": [],
            "images": 0,
            "body": [],
            "phone": [],
        }
        self.drawn = [self.people.shape]

    def line(
        self,
        words: str,
        *,
        size: float | None = None,
        bold: bool = False,
        align: str = "",
        font: str = "",
        style: str = "",
        indent: bool = False,
        keep: bool = False,
    ) -> Any:
        paragraph = self.document.add_paragraph(style=style or None)
        if align:
            paragraph.alignment = ALIGN[align]
        if indent and self.indent == "setting":
            paragraph.paragraph_format.first_line_indent = Pt(2 * (self.size or 11))
        elif indent:
            words = self.indent + words
        for n, piece in enumerate(words.split("^")):
            raised = n > 0
            marks = ""
            if raised:
                marks = piece[: len(piece) - len(piece.lstrip("0123456789,ab"))]
                piece = piece[len(marks) :]
            for text, high in ((marks, True), (piece, False)):
                if text:
                    self.run(paragraph, text, size, bold, font, high)
        return paragraph

    def run(
        self, paragraph: Any, text: str, size: float | None, bold: bool, font: str, high: bool = False
    ) -> None:
        run = paragraph.add_run(text)
        if bold:
            run.bold = True
        if high:
            run.font.superscript = True
        if size or self.size:
            run.font.size = Pt(size or self.size)
        if font or self.font:
            run.font.name = font or self.font
            run._element.rPr.rFonts.set(qn("w:eastAsia"), font or self.font)

    def type(self) -> tuple[str, bytes, dict[str, Any]]:
        contact = self.contact()
        self.debris()
        self.title()
        place = self.chance.choice(["center", "center", "center", "right", ""])
        for line in self.people.head:
            self.line(line, align=place, font=self.chance.choice(["", "楷体"]))
        self.drawn.append(f"people {place or 'left'}")
        if contact and contact[0] == "head":
            self.line(contact[1], align=place)
        if self.blank:
            self.line("")
        self.abstract()
        self.body()
        for note in self.tail_source():
            self.line(note, indent=True)
        place = self.chance.choice(["", "right", "right"])
        for line in self.people.tail:
            self.line(line, align=place, indent=not place)
        self.drawn.append(f"tail {place or 'left'}" if self.people.tail else "")
        if contact and contact[0] == "tail":
            self.line(contact[1], indent=self.chance.random() < 0.5)
        self.truth["body"] = "\n".join(self.truth["body"])
        out = io.BytesIO()
        self.document.save(out)
        return "; ".join(filter(None, self.drawn)), out.getvalue(), self.truth

    def contact(self) -> tuple[str, str] | None:
        if self.chance.random() < 0.5:
            return None
        phone = self.chance.choice(
            ["13900000002", "0000-0000001", "139 0000 0002", "139-0000-0002", "１３９００００００００"]
        )
        mail = "someone@lanjiang.example"
        words = self.chance.choice(
            [
                "联系电话：{t}",
                "电话：{t}　邮箱：{m}",
                "（联系电话：{t}）",
                "手机：{t}",
                "Tel：{t}",
                "E-mail：{m}",
                "联系人：陶一苇　电话：{t}",
                "（电话：{t}；电子邮箱：{m}）",
                "联系方式：{t}（微信同号）",
                "{t}",
                "邮箱：{m}",
                "通讯地址：岚江市上渡区河沿路8号　邮编：000000　联系电话：{t}",
                "联系电话/微信：{t}",
                "手机号码 {t}",
            ]
        )
        if "{t}" in words:
            self.truth["phone"] = [unicodedata.normalize("NFKC", phone)]
        if "{m}" in words:
            self.truth["email"] = mail
        self.drawn.append(words)
        return self.chance.choice(["head", "tail", "tail"]), words.format(t=phone, m=mail)

    def debris(self) -> None:
        words = self.chance.choice(
            [""] * 12 + ["【投稿】", "征文稿件", "栏目：基层治理", "（投稿栏目：基层治理）", "第2稿"]
        )
        if words:
            self.drawn.append(words)
            self.line(words)

    def title(self) -> None:
        pick, chance = self.chance.choice, self.chance
        title = pick(TITLES)
        kicker = pick(KICKERS) if chance.random() < 0.15 else ""
        subtitle = pick(SUBTITLES) if chance.random() < 0.3 else ""
        self.truth |= {"title": title, "kicker": kicker or None, "subtitle": subtitle or None}
        way = pick(
            ["large", "large", "style", "heading 1", "bold", "black", "size only", "label", "frame", "plain"]
        )
        if kicker or subtitle:
            way = pick(["large", "style", "black"])
        self.drawn.append(f"title {way}")
        if kicker:
            self.line(kicker, align="center", size=15)
        if way == "large":
            self.line(title, align="center", bold=True, size=22)
        elif way == "style":
            self.document.add_paragraph(title, style="Title")
        elif way == "heading 1":
            self.document.add_heading(title, 1)
        elif way == "bold":
            self.line(title, align="center", bold=True)
        elif way == "black":
            self.line(title, align="center", size=22, font="方正小标宋简体")
        elif way == "size only":
            self.line(title, size=20)
        elif way == "label":
            self.line(pick(["标题：", "题目：", "文章标题："]) + title)
        elif way == "frame":
            self.line(f"{title}", align="center", size=18, bold=True)
        else:
            self.line(title, align="center")
        if subtitle:
            font = pick(["", "楷体"])
            self.line(subtitle, align="center", font=font, size=pick([None, 15]))

    def abstract(self) -> None:
        if self.chance.random() > 0.25:
            return
        words = "本文记录流动书车三年的路线，说明停靠点怎样影响借阅，并提出三点建议。"
        keys = ["流动书车", "借阅", "乡镇"]
        label = self.chance.choice(
            [
                "摘要：",
                "摘　要：",
                "【摘要】",
                "[摘要]",
                "内容提要：",
                "提要：",
                "摘要　",
                "【内容摘要】：",
                "〔摘要〕",
                "内容摘要：",
                "［摘　要］",
                "摘要:",
                "Abstract",
            ][:12]
        )
        self.drawn.append(label)
        paragraph = self.line("", indent=False)
        self.run(paragraph, label, None, True, "")
        self.run(paragraph, words, None, False, "")
        self.truth["abstract"] = words
        if self.chance.random() < 0.7:
            between = self.chance.choice(["；", "　", "，", ";", " ", "、"])
            label = self.chance.choice(
                [
                    "关键词：",
                    "【关键词】",
                    "关键词　",
                    "[关键词]",
                    "〔关键词〕",
                    "关 键 词：",
                    "主题词：",
                    "关键字：",
                ]
            )
            self.drawn.append(label + between)
            self.line(label + between.join(keys))
            self.truth["keywords"] = keys

    # The text

    def body(self) -> None:
        texts = list(TEXTS)
        self.chance.shuffle(texts)
        way = self.chance.choice(
            [
                "none",
                "一、",
                "一、",
                "一、 bold",
                "（一）",
                "1.",
                "1.1",
                "bold",
                "style",
                "第一部分",
                "centre",
                "（一） run in",
                "bare number",
                "black",
                "◆",
                "PART",
                "壹、",
                "一是",
                "number style",
            ]
        )
        self.drawn.append(f"headings {way}")
        count = self.chance.randint(2, 4)
        heads = self.chance.sample(HEADINGS, count)
        at = iter(texts * 2)
        self.paragraph(next(at))
        figure = self.chance.random() < 0.45
        table = self.chance.random() < 0.15
        for n, words in enumerate(heads):
            self.heading(way, n, words, at)
            for m in range(self.chance.randint(1, 3)):
                self.paragraph(next(at))
                if figure and m == 0 and n < 2:
                    self.figure()
            if table and n == 0:
                self.table()
        self.paragraph(next(at))

    def paragraph(self, words: str) -> None:
        self.truth["body"].append(words)
        self.line(words, indent=True, align=self.align)

    def heading(self, way: str, n: int, words: str, at: Any) -> None:
        one = HAN[n]
        typed = {
            "一、": f"{one}、{words}",
            "一、 bold": f"{one}、{words}",
            "（一）": f"（{one}）{words}",
            "1.": f"{n + 1}. {words}",
            "1.1": f"1.{n + 1} {words}",
            "第一部分": f"第{one}部分　{words}",
            "bare number": one,
            "◆": f"◆{words}",
            "PART": f"PART {n + 1} {words}",
            "壹、": f"{'壹贰叁肆'[n]}、{words}",
        }.get(way, words)
        if way == "none":
            return
        if way in {"（一） run in", "一是"}:
            text = next(at)
            lead = f"（{one}）{words}。" if way != "一是" else f"{one}是{words}。"
            self.truth["body"].append(lead + text)
            paragraph = self.line("", indent=True)
            self.run(paragraph, lead, None, way != "一是", "")
            self.run(paragraph, text, None, False, "")
            return
        if way == "style":
            self.document.add_heading(typed, 2)
        elif way == "centre":
            self.line(typed, align="center", bold=True)
        elif way == "bare number":
            self.line(typed, align="center")
        elif way == "black":
            self.line(typed, font="黑体", indent=True)
        elif way == "number style":
            self.line(typed, style="List Number", bold=True)
            typed = f"{n + 1}. {typed}"
        else:
            self.line(
                typed, bold=way in {"一、 bold", "bold", "◆", "PART", "1.1", "第一部分", "壹、"}, indent=True
            )
        self.truth["headings"].append(typed)
        self.truth["body"].append(typed)

    def figure(self) -> None:
        chance, truth = self.chance, self.truth
        truth["images"] += 1
        number = truth["images"]
        scene, who = (
            SCENES[(number - 1) * 2 + chance.randint(0, 1)],
            chance.choice(SENDERS[:1] if chance.random() < 0.6 else SENDERS[1:]),
        )
        shape, credited = chance.choice(CAPTIONS)
        if "摄" in shape:
            who = chance.choice([*SENDERS[:1], chance.choice(NAMES), chance.choice(RARE)])
        place = chance.choice(["under", "under", "under", "in", "style", "over", "frame"])
        if place == "over" and not shape.startswith(("图", "▲")):
            place = "under"
        caption = shape.format(c=scene, w=who, i=number)
        self.drawn.append(f"figure {place} {shape}")
        bare = shape.split("¶")[0].format(c=scene, w="@", i=number)
        head = bare[: bare.index(scene)].lstrip("▲（")
        truth["captions"].append(head + scene + ("（资料图片）" if "资料" in shape else ""))
        if credited:
            truth["photo_credits"].append((truth["captions"][-1], who))
        picture = io.BytesIO(png(40, 30, number * 40))
        lines = caption.split("¶")
        align = chance.choice(["center", "center", "center", ""])
        if place == "over":
            for words in lines:
                self.line(words, align="center", size=9)
        if place == "frame":
            cells = self.document.add_table(rows=2, cols=1).columns[0].cells
            cells[0].paragraphs[0].add_run().add_picture(picture, width=Cm(6))
            cells[1].paragraphs[0].add_run("\n".join(lines))
            return
        paragraph = self.document.add_paragraph()
        paragraph.alignment = ALIGN["center"]
        paragraph.add_run().add_picture(picture, width=Cm(6))
        if place == "in":
            for words in lines:
                paragraph.add_run().add_break(WD_BREAK.LINE)
                paragraph.add_run(words)
        elif place != "over":
            for words in lines:
                self.line(
                    words,
                    align=align,
                    size=chance.choice([9, None]),
                    style="Caption" if place == "style" else "",
                )

    def table(self) -> None:
        rows = [["乡镇", "停靠点", "借阅册次"], ["白苎镇", "3", "812"], ["柳荫镇", "2", "640"]]
        caption = self.chance.choice(["表1　三个乡镇的停靠点与借阅", "三个乡镇的停靠点与借阅", ""])
        self.truth["tables"].append((caption, rows))
        self.drawn.append(f"table {caption}")
        if caption:
            self.line(caption, align="center", bold=self.chance.random() < 0.5)
        made = self.document.add_table(rows=3, cols=3, style="Table Grid")
        for row, cells in zip(made.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words

    def tail_source(self) -> list[str]:
        if self.chance.random() > 0.12:
            return []
        shape, source = self.chance.choice(
            [
                ("（来源：《岚江日报》2026年3月5日）", "《岚江日报》2026年3月5日"),
                ("来源：岚江新闻网", "岚江新闻网"),
                ("（转自《岚江学刊》2026年第3期）", "《岚江学刊》2026年第3期"),
                ("（摘自《岚江日报》）", "《岚江日报》"),
                ("文章来源：岚江新闻网", "岚江新闻网"),
                ("（原载《岚江学刊》2026年第3期）", "《岚江学刊》2026年第3期"),
                ("（来源：新华社）", "新华社"),
                ("（据新华社）", "新华社"),
                ("【来源：岚江发布】", "岚江发布"),
                ("稿件来源：岚江日报", "岚江日报"),
            ]
        )
        self.truth["source"] = source
        self.drawn.append(shape)
        return [shape]


def score_of(truth: dict[str, Any], got: dict[str, Any]) -> dict[str, float]:
    """The fields that are told or were found; labels of roles count without their flourish."""
    from .compare import FIELDS

    skipped = {"section", "closing_notes", "said"}
    plain = {**got, "credits": [{**c, "role": role(c["role"])} for c in got["credits"]]}
    wanted = {**truth, "credits": [(role(r), n) for r, n in truth["credits"]]}
    scores = {name: measure(wanted, plain) for name, measure in FIELDS.items() if name not in skipped}
    return {name: value for name, value in scores.items() if value < 1 or truth.get(name)}


def role(words: str) -> str:
    return words.removeprefix("课题组").removesuffix("人").replace("摄影", "摄").replace("图片", "图")
