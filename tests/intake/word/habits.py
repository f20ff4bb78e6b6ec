"""Manuscripts as people make them, each with what a careful reader would say is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .build import File, br, p, r, table, tag
from .texts import TEXTS as T

__all__ = ["HABITS", "Habit", "habit"]

INDENT = "\u3000\u3000"
HABITS: dict[str, Habit] = {}


@dataclass
class Habit:
    """One file and its truth; fields the truth leaves out are empty."""

    name: str
    data: Callable[[], bytes]
    truth: dict[str, Any] = field(default_factory=dict)
    filename: str = "稿件.docx"


def habit(
    name: str, filename: str = "稿件.docx", **truth: Any
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        HABITS[name] = Habit(name, make, truth, filename)
        return make

    return keep


def person(name: str, unit: str | None = None) -> tuple[str, str, str | None]:
    return name, "person", unit


def lines(*texts: str) -> str:
    return "\n".join(texts)


@habit(
    "typed by hand in WPS",
    title="老渡口的第一趟船",
    authors=[person("陶一苇", "岚江市图书馆")],
    headings=["一、灯先亮起来", "二、登记簿里的十一年"],
    body=lines("一、灯先亮起来", T[0], T[2], "二、登记簿里的十一年", T[1]),
    phone=["0000-0000001"],
    email="tao@lanjiang.example",
)
def typed() -> bytes:
    return File().save(
        p("老渡口的第一趟船", align="center", bold=True, size=22),
        p("陶一苇", align="center", size=14),
        p(""),
        p(INDENT + "一、灯先亮起来", bold=True, size=16),
        p(INDENT + T[0], size=16),
        p(INDENT + T[2], size=16),
        p(INDENT + "二、登记簿里的十一年", bold=True, size=16),
        p(INDENT + T[1], size=16),
        p(""),
        p("（作者单位：岚江市图书馆）", size=16),
        p("联系电话：0000-0000001　　电子邮箱：tao@lanjiang.example", size=16),
    )


@habit(
    "counted by Word, kicker and subtitle",
    kicker="岚江渡运调查之一：",
    title="一条航线\n二十六趟船",
    subtitle="——上渡区老渡口的一天",
    authors=[person("顾晓川", None)],
    credits=[("本刊记者", "顾晓川")],
    headings=["一、清晨", "（一）卖菜人", "（二）学生", "二、傍晚"],
    body=lines("一、清晨", "（一）卖菜人", T[0], "（二）学生", T[9], "二、傍晚", T[1]),
)
def counted() -> bytes:
    file = File()
    count = file.list(("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"))
    return file.save(
        p("岚江渡运调查之一：", align="center", size=15),
        p("一条航线\n二十六趟船", align="center", bold=True, size=22),
        p("——上渡区老渡口的一天", align="center", size=15),
        p("本刊记者　顾晓川", align="center"),
        p("清晨", number=(count, 0), bold=True),
        p("卖菜人", number=(count, 1)),
        p(T[0]),
        p("学生", number=(count, 1)),
        p(T[9]),
        p("傍晚", number=(count, 0), bold=True),
        p(T[1]),
    )


@habit(
    "scholarly: raised figures, abstract, notes",
    title="流动书车的路线与借阅",
    authors=[person("陶一苇", "岚江市图书馆"), person("莫怀远", "石塔县教育局")],
    abstract="本文记录流动书车三年的路线，说明停靠点怎样影响借阅。",
    keywords=["流动书车", "借阅", "乡镇"],
    headings=["一、路线", "二、借阅", "参考文献"],
    footnotes=["据岚江市图书馆2025年借阅登记。", "访谈时间为2026年5月。"],
    email="tao@lanjiang.example",
    body=lines(
        "一、路线", T[3], T[5], "二、借阅", T[4], "参考文献", "[1] 陶一苇.书车记[M].岚江:岚江出版社,2020."
    ),
)
def scholarly() -> bytes:
    file = File()
    return file.save(
        p("流动书车的路线与借阅", align="center", bold=True, size=18),
        p(r("陶一苇"), r("1", raised=True), r("　莫怀远"), r("2", raised=True), align="center"),
        p("（1.岚江市图书馆，岚江 000000；2.石塔县教育局，石塔 000001）", align="center", size=9),
        p(r("摘　要：", bold=True), "本文记录流动书车三年的路线，说明停靠点怎样影响借阅。", size=9),
        p(r("关键词：", bold=True), "流动书车；借阅；乡镇", size=9),
        p("一、路线", bold=True),
        p(r(INDENT + T[3]), file.note("据岚江市图书馆2025年借阅登记。")),
        p(INDENT + T[5]),
        p("二、借阅", bold=True),
        p(r(T[4]), file.note("访谈时间为2026年5月。")),
        p("参考文献", bold=True),
        p("[1] 陶一苇.书车记[M].岚江:岚江出版社,2020."),
        p("作者简介：陶一苇，女，岚江市图书馆副研究馆员。E-mail：tao@lanjiang.example"),
    )


@habit(
    "a group with its members at the end",
    title="白苎河三处断面的测流报告",
    authors=[("岚江市水文中心课题组", "group", None)],
    credits=[("组长", "罗清越"), ("成员", "齐放"), ("成员", "白露"), ("执笔", "齐放")],
    headings=["一、断面", "二、水位"],
    body=lines("一、断面", T[2], "二、水位", T[8]),
    phone=["13900000002"],
)
def group() -> bytes:
    return File().save(
        p("白苎河三处断面的测流报告", align="center", size=20, bold=True),
        p("岚江市水文中心课题组", align="center"),
        p("一、断面", bold=True),
        p(T[2]),
        p("二、水位", bold=True),
        p(T[8]),
        p("（课题组组长：罗清越；成员：齐放、白露；执笔：齐放。联系人：齐放，手机：13900000002）").replace(
            "课题组组长", "组长"
        ),
    )


@habit(
    "a letter to the editors before the text",
    title="窑火三夜",
    authors=[person("李伟", "芦门县卫生院")],
    section="手艺",
    body=lines(T[6], T[10]),
    phone=["000-00000003"],
)
def letter() -> bytes:
    return File().save(
        p("尊敬的编辑老师："),
        p("　　您好！现将拙作一篇发给贵刊，请审阅。我的电话是000-00000003，随时可以联系。"),
        p("　　此致"),
        p("敬礼！"),
        p("李　伟", align="right"),
        p("2026年9月3日", align="right"),
        p("投稿栏目：手艺"),
        p("窑火三夜", align="center", bold=True, size=18),
        p("李　伟", align="center"),
        p("芦门县卫生院", align="center"),
        p("　　" + T[6]),
        p("　　" + T[10]),
        p("（未一稿多投，文责自负）"),
    )


@habit(
    "a form over the text",
    title="修复室朝北的窗",
    authors=[("岚江市档案馆", "corporate", None)],
    section="地方记忆",
    headings=["虫眼", "旧图"],
    body=lines(T[11], "虫眼", T[4], "旧图", T[8]),
    phone=["0000-0000004"],
    email="dag@lanjiang.example",
)
def form() -> bytes:
    return File().save(
        p("《岚江》投稿登记表", align="center", bold=True),
        table(
            ["稿件题目", ("修复室朝北的窗", {"span": "3"})],
            ["作者", "岚江市档案馆", "投稿栏目", "地方记忆"],
            ["联系电话", "0000-0000004", "邮箱", "dag@lanjiang.example"],
            ["通讯地址", ("岚江市上渡区河沿路8号", {"span": "3"})],
        ),
        p("修复室朝北的窗", align="center", bold=True, size=18),
        p(T[11]),
        p("虫眼", bold=True),
        p(T[4]),
        p("旧图", bold=True),
        p(T[8]),
    )


@habit(
    "pictures with captions under, over and beside",
    title="站牌下的桌子",
    authors=[person("季明珠")],
    credits=[("本刊记者", "季明珠"), ("摄影", "郁青")],
    captions=[
        "图1 居民在站牌下提意见",
        "换乘站",
        "改线前的站牌",
        "改线后的站牌",
        "图为调度室",
    ],
    photo_credits=[("图1 居民在站牌下提意见", "郁青"), ("换乘站", "段小北"), ("图为调度室", "岚江公交公司")],
    images=5,
    body=lines(T[9], T[0], T[7], T[10]),
)
def pictures() -> bytes:
    file = File()
    return file.save(
        p("站牌下的桌子", align="center", bold=True, size=20),
        p("本刊记者　季明珠　文　　郁青　摄影", align="center"),
        p(T[9]),
        p(file.picture("站牌"), align="center"),
        p("图1　居民在站牌下提意见（郁青　摄）", align="center", size=9),
        p(T[0]),
        p(file.picture(), r("\n换乘站　段小北/摄"), align="center"),
        p(T[7]),
        table([file.picture_cell(), file.picture_cell()], ["改线前的站牌", "改线后的站牌"]),
        p(T[10]),
        p(file.picture()),
        p("（图为调度室　岚江公交公司供图）"),
    )


@habit(
    "tables with spans, unit and caption",
    title="三年量血压的账",
    authors=[person("李伟", "芦门县卫生院")],
    headings=["一、来的人", "二、去的人"],
    tables=[
        (
            "表1 2023—2025年测量人数（单位：人）",
            [["年份", "测量人数"], ["到院", "入户"], ["2023", "812", "96"]],
        ),
    ],
    body=lines("一、来的人", T[7], "二、去的人", T[10]),
)
def tables() -> bytes:
    return File().save(
        p("三年量血压的账", align="center", bold=True, size=18),
        p("芦门县卫生院　李　伟", align="center"),
        p("一、来的人"),
        p(T[7]),
        p("表1　2023—2025年测量人数", align="center"),
        p("单位：人", align="right"),
        table(
            [("年份", {"merge": "restart"}), ("测量人数", {"span": "2"})],
            [("", {"merge": "continue"}), "到院", "入户"],
            ["2023", "812", "96"],
        ),
        p("二、去的人"),
        p(T[10]),
    )


@habit(
    "labels everywhere",
    kicker="教学点走访",
    title="山坳里的一间教室",
    subtitle="石塔县教学点见闻",
    authors=[person("莫怀远", "石塔县教育局"), person("罗清越", "石塔县教育局")],
    section="调查",
    abstract="记两个山坳教学点的留与撤。",
    keywords=["教学点", "山区", "上学路"],
    headings=["（一）留下的理由", "（二）路上的时间"],
    body=lines("（一）留下的理由", T[5], "（二）路上的时间", T[9]),
    phone=["13700000005"],
)
def labels() -> bytes:
    return File().save(
        p("栏目：调查"),
        p("引题：教学点走访"),
        p("标题：山坳里的一间教室"),
        p("副标题：石塔县教学点见闻"),
        p("作者：莫怀远、罗清越"),
        p("单位：石塔县教育局　手机：13700000005"),
        p("字数：1200"),
        p("【内容提要】记两个山坳教学点的留与撤。"),
        p("【关键词】教学点 山区 上学路"),
        p("正文："),
        p("（一）留下的理由"),
        p(T[5]),
        p("（二）路上的时间"),
        p(T[9]),
    )


@habit(
    "pasted from a web page: one paragraph of line breaks",
    title="果园里的铅笔账",
    authors=[person("顾晓川")],
    body=lines(T[10], T[6], T[3]),
    source="《栖云日报》2026年8月12日",
)
def pasted() -> bytes:
    nbsp = "\u00a0" * 4
    return File().save(
        p(f"果园里的铅笔账\n顾晓川\n{nbsp}{T[10]}\n{nbsp}{T[6]}\n{nbsp}{T[3]}"),
        p("（来源：《栖云日报》2026年8月12日）"),
    )


@habit(
    "tracked changes, comments, hidden and moved words",
    title="加一个值班的人",
    authors=[person("罗清越", "栖云县水利局")],
    body=lines(T[2], "改后的一句话在这里。", T[8]),
    said=["修订", "批注", "隐藏"],
)
def tracked() -> bytes:
    file = File()
    file.comments = tag("comment", p("请核对数字"), id=0, author="甲")
    return file.save(
        p("加一个值班的人", align="center", bold=True, size=18),
        p("罗清越（栖云县水利局）", align="center"),
        p(r(T[2]), tag("commentRangeStart", id=0), tag("r", tag("commentReference", id=0))),
        p(
            tag("del", tag("r", tag("delText", "改前")), id=1, author="甲"),
            tag("ins", r("改后"), id=2, author="甲"),
            r("的一句话在这里。"),
            r("内部意见勿登", hidden=True),
        ),
        tag("p", tag("moveFrom", r("搬走的话"), id=3)),
        p(T[8]),
    )


@habit(
    "boxes, drawings, equations",
    title="桥墩在河床下",
    authors=[person("李伟", "岚江大学建筑系")],
    body=lines(
        T[8], "框里的一段话，摘自县志。", "流量按Q=vA计算，三处断面各测两次，取平均值记入登记簿。", T[0]
    ),
    said=["文本框", "EMF", "公式"],
)
def boxes() -> bytes:
    file = File()
    equation = "<m:oMath><m:r><m:t>Q=vA</m:t></m:r></m:oMath>"
    drawing = file.picture(name="image9.emf", data=b"\x01\x00\x00\x00emf")
    return file.save(
        p("桥墩在河床下", align="center", bold=True, size=18),
        p("李伟　岚江大学建筑系", align="center"),
        p(r(T[8]), file.box(p("框里的一段话，摘自县志。"))),
        p(r("流量按"), equation, r("计算，三处断面各测两次，取平均值记入登记簿。"), drawing),
        p(T[0]),
    )


@habit(
    "signed at the end, right-aligned",
    title="十一本登记簿",
    authors=[person("郁青", "岚江市图书馆")],
    body=lines(T[1], T[4], T[0]),
    phone=["13600000006"],
)
def signed() -> bytes:
    return File().save(
        p("十一本登记簿", align="center", size=16),
        p(T[1]),
        p(T[4]),
        p(T[0]),
        p("岚江市图书馆　郁　青", align="right"),
        p("2026年10月8日", align="right"),
        p("电话：13600000006", align="right"),
    )


@habit(
    "an interview with bold questions and bare headings",
    title="“书要有人借才算活着”",
    subtitle="——访岚江市图书馆管理员",
    authors=[person("季明珠")],
    credits=[("本刊记者", "季明珠")],
    headings=["书车上的八百册", "卡片的边"],
    body=lines(
        "书车上的八百册",
        "记者：书车一周开几次？",
        "管理员：" + T[3],
        "卡片的边",
        "记者：最旧的卡片还在用吗？",
        "管理员：" + T[4],
    ),
)
def interview() -> bytes:
    return File().save(
        p("“书要有人借才算活着”", align="center", bold=True, size=20),
        p("——访岚江市图书馆管理员", align="center", size=14),
        p("□　本刊记者　季明珠", align="center"),
        p("书车上的八百册", bold=True),
        p("记者：书车一周开几次？", bold=True),
        p("管理员：" + T[3]),
        p("卡片的边", bold=True),
        p("记者：最旧的卡片还在用吗？", bold=True),
        p("管理员：" + T[4]),
    )


@habit(
    "a reprint with notes behind",
    title="冬天量血压",
    authors=[("芦门县卫生院", "corporate", None)],
    source="《栖云日报》2026年8月12日",
    closing_notes=["（本文有删节）"],
    body=lines(T[7], T[2]),
)
def reprint() -> bytes:
    return File().save(
        p("冬天量血压", align="center", bold=True, size=18),
        p("芦门县卫生院", align="center"),
        p(T[7]),
        p(T[2] + "（完）"),
        p("（转自《栖云日报》2026年8月12日）"),
        p("（本文有删节）"),
    )


@habit(
    "outline levels, links and content controls",
    title="三个断面",
    authors=[person("齐放", "岚江市水文中心"), person("白露", "岚江市水文中心")],
    headings=["1. 测船", "2. 报汛"],
    body=lines(
        "1. 测船", T[2], "水情见岚江水文网和历史水位，每天八点更新，汛期每两小时更新一次。", "2. 报汛", T[8]
    ),
    said=["链接"],
)
def outlined() -> bytes:
    file = File()
    file.style("a1", "Normal")
    title = file.style(
        "a5", "Title", tag("pPr", tag("jc", val="center")) + tag("rPr", tag("b"), tag("sz", val=44))
    )
    return file.save(
        tag("sdt", tag("sdtContent", p("三个断面", style=title))),
        p("齐放　白露", align="center"),
        p("（岚江市水文中心）", align="center"),
        p("1. 测船", outline=0),
        p(T[2]),
        p(
            r("水情见"),
            file.link("https://water.lanjiang.example/", "岚江水文网"),
            r("和"),
            file.link("javascript:alert(1)", "历史水位"),
            r("，每天八点更新，汛期每两小时更新一次。"),
        ),
        p("2. 报汛", outline=0),
        p(T[8]),
        p(br()),
    )
