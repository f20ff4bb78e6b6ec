"""More manuscripts: units before names, notes typed by hand, letters behind the text, poems, lists."""

from __future__ import annotations

import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from .build import File, jpeg, p, r, table, tag
from .habits import INDENT, habit, lines, person
from .texts import TEXTS as T


@habit(
    "python-docx with its own styles",
    title="流动书车的八百册书",
    subtitle="——青浦滩区三年记录",
    authors=[person("陶一苇", "岚江市图书馆")],
    headings=["一、出车", "（一）三个集镇", "二、回车"],
    images=1,
    captions=["书车停在集镇口"],
    photo_credits=[("书车停在集镇口", "段小北")],
    tables=[("", [["集镇", "册次"], ["南渡", "1204"]])],
    body=lines("一、出车", "（一）三个集镇", T[3], "农技书", "儿童读物", "二、回车", T[4]),
)
def styled() -> bytes:
    document = docx.Document()
    document.add_heading("流动书车的八百册书", 0)
    document.add_paragraph("——青浦滩区三年记录", style="Subtitle")
    document.add_paragraph("岚江市图书馆　陶一苇").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("一、出车", 1)
    document.add_heading("（一）三个集镇", 2)
    document.add_paragraph(T[3])
    document.add_paragraph("农技书", style="List Bullet")
    document.add_paragraph("儿童读物", style="List Bullet")
    document.add_picture(io.BytesIO(jpeg(3)))
    document.add_paragraph("书车停在集镇口　段小北　摄", style="Caption")
    document.add_heading("二、回车", 1)
    document.add_paragraph(T[4])
    grid = document.add_table(2, 2)
    for cell, words in zip(grid._cells, ("集镇", "册次", "南渡", "1204"), strict=True):
        cell.text = words
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@habit(
    "larger, not centred; writer and photographer before the text",
    title="第三次改线",
    authors=[person("季明珠")],
    credits=[("文", "季明珠"), ("图", "郁青")],
    headings=["桌子", "九分钟"],
    body=lines("桌子", T[9], "九分钟", T[0]),
)
def larger() -> bytes:
    document = docx.Document()

    def add(words: str, size: float = 12, bold: bool = False) -> None:
        run = document.add_paragraph().add_run(words)
        run.font.size, run.bold = Pt(size), bold

    add("第三次改线", 22)
    add("文/季明珠　图/郁青")
    add("桌子", bold=True)
    add(INDENT + T[9])
    add("九分钟", bold=True)
    add(INDENT + T[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@habit(
    "units before names, several of them",
    title="给老桥墩画一张图",
    authors=[person("李伟", "岚江大学建筑系"), person("罗清越", "栖云县水利局")],
    headings=["第一章 底图", "第二章 桥墩"],
    body=lines("第一章 底图", T[8], "第二章 桥墩", T[2]),
)
def units_first() -> bytes:
    return File().save(
        p("给老桥墩画一张图", align="center", bold=True, size=20),
        p("岚江大学建筑系　李　伟", align="center"),
        p("栖云县水利局　罗清越", align="center"),
        p("第一章　底图", bold=True, align="center"),
        p(T[8]),
        p("第二章　桥墩", bold=True, align="center"),
        p(T[2]),
    )


@habit(
    "notes typed by hand",
    title="一页补三天",
    authors=[person("白露", "岚江市档案馆")],
    footnotes=["见岚江市档案馆2025年修复登记。", "访谈，2026年6月。"],
    body=lines(T[11], T[8], T[4]),
)
def typed_notes() -> bytes:
    return File().save(
        p("一页补三天", align="center", bold=True, size=18),
        p("白　露", align="center"),
        p(T[11] + "①"),
        p(r(T[8]), r("②", raised=True)),
        p(T[4]),
        p("注释："),
        p("①见岚江市档案馆2025年修复登记。"),
        p("②访谈，2026年6月。"),
        p("（作者白露系岚江市档案馆馆员）"),
    )


@habit(
    "heads that run into their paragraphs",
    title="卫生院的两本账",
    kicker="芦门县基层走访",
    authors=[person("顾晓川"), person("李伟")],
    credits=[("本刊记者", "顾晓川"), ("通讯员", "李伟")],
    headings=["一、账怎么记", "二、账怎么用"],
    body=lines(
        "一、账怎么记",
        "（一）先记人。" + T[7],
        "（二）再记路。" + T[5],
        "二、账怎么用",
        "一是看总数；二是看远近；三是看谁没有来。账用完了不扔，压在抽屉里。",
        T[1],
    ),
)
def run_in() -> bytes:
    return File().save(
        p("芦门县基层走访", align="center", size=14),
        p("卫生院的两本账", align="center", bold=True, size=22),
        p("本刊记者　顾晓川　通讯员　李　伟", align="center", size=12),
        p("一、账怎么记", bold=True, size=12),
        p(r("（一）先记人。", bold=True, size=12), r(T[7], size=12)),
        p(r("（二）再记路。", bold=True, size=12), r(T[5], size=12)),
        p("二、账怎么用", bold=True, size=12),
        p("一是看总数；二是看远近；三是看谁没有来。账用完了不扔，压在抽屉里。", size=12),
        p(T[1], size=12),
    )


@habit(
    "everything about the sender in a block behind the text",
    title="铅笔和表格",
    authors=[person("莫怀远", "石塔县教育局")],
    body=lines(T[10], T[6], "想摘果的人可拨打果园预约电话0000-7654321。", T[1]),
    phone=["0000-0000007", "13500000008"],
    email="mo@shita.example",
    said=["电话号码"],
)
def block_behind() -> bytes:
    return File().save(
        p("铅笔和表格", align="center", bold=True, size=18),
        p(T[10]),
        p(T[6]),
        p("想摘果的人可拨打果园预约电话0000-7654321。"),
        p(T[1]),
        p(""),
        p("作者：莫怀远"),
        p("单位：石塔县教育局"),
        p("地址：石塔县城关镇学前路2号　邮编：000003"),
        p("电话：0000-0000007　13500000008"),
        p("E-mail：mo@shita.example　QQ：100000"),
        p("开户行：岚江农商行学前路支行　账号：6200 0000 0000 0000"),
    )


@habit(
    "a section over the title, photos credited at the end",
    title="窑火\n烧了三夜",
    section="手艺",
    authors=[person("郁青")],
    credits=[("摄影", "段小北")],
    images=2,
    captions=["第一夜看火色", "第三天早上开窑"],
    body=lines(T[6], T[11]),
)
def banner() -> bytes:
    file = File()
    return file.save(
        p("【手艺】", align="center"),
        p("窑火", align="center", bold=True, size=22),
        p("烧了三夜", align="center", bold=True, size=22),
        p("郁　青", align="center"),
        p(T[6]),
        p(file.picture()),
        p("第一夜看火色", align="center"),
        p(file.picture()),
        p("第三天早上开窑", align="center"),
        p(T[11]),
        p("摄影：段小北"),
    )


@habit(
    "a poem",
    title="渡口",
    authors=[person("温如墨")],
    body=lines("雾还没有散", "船已经靠岸", "卖菜的人把秤放下", "先听一听水声"),
)
def poem() -> bytes:
    return File().save(
        p("渡口", align="center", bold=True, size=18),
        p("温如墨", align="center"),
        p("雾还没有散"),
        p("船已经靠岸"),
        p("卖菜的人把秤放下"),
        p("先听一听水声"),
    )


@habit(
    "typed lists and a table with a bold caption and a note",
    title="书车出车须知",
    authors=[("岚江市图书馆", "corporate", None)],
    headings=["一、带什么", "二、停哪里"],
    tables=[("表2：停靠点与时间", [["停靠点", "时间"], ["南渡", "周二"], ["北渡", "周五"]])],
    body=lines(
        "一、带什么",
        "出车前由当班的人清点，一样不少才能开出院门：",
        "1.借阅机和充电器；",
        "2.八百册书的清单；",
        "3.雨布两块。",
        "二、停哪里",
        T[3],
        "注：遇大雨顺延一天。",
        T[0],
    ),
)
def lists() -> bytes:
    return File().save(
        p("书车出车须知", align="center", bold=True, size=18),
        p("岚江市图书馆", align="center"),
        p("一、带什么", bold=True),
        p("出车前由当班的人清点，一样不少才能开出院门："),
        p("1.借阅机和充电器；"),
        p("2.八百册书的清单；"),
        p("3.雨布两块。"),
        p("二、停哪里", bold=True),
        p(T[3]),
        p("表2：停靠点与时间", bold=True),
        table(["停靠点", "时间"], ["南渡", "周二"], ["北渡", "周五"]),
        p("注：遇大雨顺延一天。", size=9),
        p(T[0]),
    )


@habit(
    "styles of the house: heading 1 is the title, heading 2 the headings",
    title="白苎河上溯（上）",
    authors=[person("顾晓川")],
    credits=[("本刊记者", "顾晓川")],
    abstract="记者沿白苎河走了四天，记下三处断面和两个渡口。",
    headings=["出发", "断面", "一夜的雨"],
    closing_notes=["（未完待续）"],
    body=lines("出发", T[0], "断面", T[2], "一夜的雨", T[8]),
)
def house_styles() -> bytes:
    file = File()
    file.style(
        "1", "heading 1", tag("pPr", tag("outlineLvl", val=0)) + tag("rPr", tag("b"), tag("sz", val=44))
    )
    file.style(
        "2", "heading 2", tag("pPr", tag("outlineLvl", val=1)) + tag("rPr", tag("b"), tag("sz", val=32))
    )
    return file.save(
        p("白苎河上溯（上）", style="1"),
        p("本刊记者　顾晓川"),
        p("2026年10月12日"),
        p(r("提要：", bold=True), r("记者沿白苎河走了四天，记下三处断面和两个渡口。")),
        p("出发", style="2"),
        p(T[0]),
        p("断面", style="2"),
        p(T[2]),
        p("一夜的雨", style="2"),
        p(T[8]),
        p("（未完待续）", align="right"),
    )
