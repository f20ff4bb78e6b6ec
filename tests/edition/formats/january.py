"""《岚江》 2027年第1期, which nobody has written but these tests: fiction, like the sample journal."""

from __future__ import annotations

import datetime

from journal.edition.formats.blocks import (
    Break,
    Cell,
    ListBlock,
    PictureBlock,
    Quote,
    Ruby,
    Rule,
    Table,
)
from journal.edition.formats.text import ArticleText, Credit, IssueText, Line, Notice
from tests.edition.formats.making import (
    SITE,
    article,
    cell,
    figure,
    heading,
    issue,
    marked,
    note,
    paragraph,
    person,
    plain_list,
    quote,
    words,
    written_by,
)

__all__ = ["january"]


def january() -> IssueText:
    return issue(
        preface(),
        ferry_first_part(),
        ferry_second_part(),
        lamp_keeper(),
        boat_nail(),
        translated(),
        digest("tide-table", "潮汐表上的铅笔字", 23, 23),
        digest("spare-oar", "多带一支桨", 23, 23),
        market_pictures(),
        call_for_papers(),
        masthead=(
            Line("主编", ("沈砚秋",), people=True),
            Line("副主编", ("顾晓川", "李　伟"), people=True),
            Line("责任编辑", ("陆小满", "何田"), people=True),
            Line("印刷", ("岚江市上渡印务有限公司",), people=False),
            Line("定价", ("每册10.00元",), people=False),
        ),
        slogans=("记一条江两岸的日常", "重事实 & 讲来历"),
        fixed_pages={2: "目录", 3: "目录", 31: "征订", 32: "封底"},
        cover=figure("cover", size=(300, 420), alternative="封面：晨雾里的上渡码头", credit="郁青 摄"),
    )


def preface() -> ArticleText:
    return article(
        "new-water-year",
        "新的水文年",
        paragraph("江上的一年不从元旦算起，从第一场桃花水算起。"),
        quote("水来了，先看石阶；水退了，再看石阶。", "——老船工的话"),
        paragraph("我们照旧把这一年的水位写在扉页上，留出空白的一行。"),
        paragraph("本刊编辑部", sign=True, indent=False),
        paragraph("2026年12月20日", sign=True, indent=False),
        section="卷首",
        section_code="preface",
        credits=written_by(person("本刊编辑部", kind="corporate")),
        first_page=1,
        last_page=1,
    )


def ferry_first_part() -> ArticleText:
    survey = person(
        "渡口调查组",
        kind="group",
        unit="岚江杂志社",
        members=(("组长", ("沈砚秋",)), ("成员", ("陆小满", "何田", "欧阳砚")), ("执笔", ("何田",))),
    )
    return article(
        "last-ferries-1",
        ("十一个渡口", "还剩几条船"),
        paragraph(
            "岚江境内原有渡口",
            marked("11个", "strong"),
            "，2026年底还在开的",
            marked("只剩4个", "em"),
            note(1, "据", marked("岚江市航运志", href=f"{SITE}/about/"), "，1998年。"),
            "。",
            Break(),
            "这四个渡口的名字是：上渡、沙田、",
            Ruby("垟", "yáng"),
            "口和",
            Ruby("白箸", "bái zhù"),
            "。",
        ),
        heading(1, "一、渡口在哪里"),
        paragraph(
            "我们按水文站的编号走，H",
            marked("2", "sub"),
            "O 取样三次，河宽 10",
            marked("2", "sup"),
            " 米；旧图上写作",
            marked("上埠", "s"),
            "，今作",
            marked("上渡", "u"),
            "，英文叫 ",
            marked("Upper Ferry", "i"),
            "，见",
            marked("“渡”字条", "em", "strong", href="#f1"),
            "或写信给",
            marked("编辑部", href="mailto:tougao@lanjiang.example"),
            "。",
        ),
        PictureBlock(
            (figure("upper", caption=words("上渡码头"), credit="郁青 摄", alternative="一条渡船靠在石阶边"),),
            caption=words("上渡码头的早班船", note(2, "摄于2026年11月3日清晨。")),
            credit="郁青 摄",
        ),
        heading(2, "（一）还在开的"),
        passengers(),
        heading(3, "1.沙田渡"),
        paragraph("沙田渡一天六班，逢集加两班。", indent=False),
        plain_list("船要有证。", "人要会水。", "雾天不开。", start=3),
        ListBlock(
            (
                (paragraph("停渡的原因：", indent=False), plain_list("通了桥", "没有人坐", start=1)),
                (paragraph("复渡的办法", note(4, "其中两处尚在商议。")), paragraph("另见下期。")),
            )
        ),
        Quote((paragraph("渡船慢，慢有慢的话说。", align="center"), plain_list("说天", "说地"))),
        PictureBlock(
            (
                figure("left-bank", "PNG", alternative="左岸的石阶"),
                figure("right-bank", "WEBP", alternative="右岸的石阶"),
            ),
            caption=words("左岸与右岸"),
            width="wide",
        ),
        PictureBlock((figure("ticket", "PNG", (90, 120), alternative="一张旧船票"),), width="half"),
        Rule(),
        paragraph("（未完）", align="right", indent=False),
        paragraph("文中船班以2026年12月为准，此后如有变动，以渡口木牌为准。", align="justify"),
        section="本期关注",
        section_code="focus",
        kicker="岚江渡口调查之一",
        subtitle="——一次从水文站出发的清点",
        contents_title="十一个渡口还剩几条船",
        abstract=("清点了岚江两岸的十一个渡口。", "四个还在开，七个只剩石阶。"),
        keywords=("渡口", "航运", "地方交通"),
        credits=(
            *written_by(survey, person("岚江市航道管理所", kind="corporate")),
            *written_by(person("郁青", "摄", unit="本刊", post="摄影记者")),
        ),
        closing_notes=("（作者单位：岚江杂志社）", "责任编辑：陆小满"),
        series="岚江渡口调查",
        series_part="上",
        part_mark="（上）",
        series_status="待续",
        first_page=4,
        last_page=9,
    )


def passengers() -> Table:
    return Table(
        (
            (
                cell("渡口", header=True, rows=2),
                cell("每日乘客", note(3, "2026年10月平均数。"), header=True, columns=2, align="center"),
            ),
            (cell("工作日", header=True, align="right"), cell("集日", header=True, align="right")),
            (cell("上渡"), cell("312", align="right"), cell("645", align="right")),
            (cell("沙田", marked("※", "sup")), cell("停航检修", columns=2, align="center")),
            (
                cell("垟口", rows=2),
                Cell((paragraph("一百余", indent=False), plain_list("多为学生"))),
                cell("208", align="right"),
            ),
            (cell(figure("badge", "PNG", (24, 24), alternative="渡口徽记"), "学生另计"), cell()),
        ),
        head=2,
        caption=words("表1　2026年三个渡口的乘客"),
        wide=True,
    )


def ferry_second_part() -> ArticleText:
    return article(
        "last-ferries-2",
        "石阶留给水（下）",
        paragraph("第七级石阶上刻着1954年的水位。", note(1, "同上篇", marked("注1", "i"), "。")),
        paragraph("水退的时候数得出来。", align="center", indent=False),
        section="本期关注",
        section_code="focus",
        credits=(
            *written_by(person("顾晓川", "本刊记者", unit="本刊"), person("李　伟", "本刊记者", unit="本刊")),
            *written_by(person("闻秋", "通讯员", unit="沙田乡文化站", post="站长")),
        ),
        series="岚江渡口调查",
        series_part="下",
        series_status="续完",
        first_page=10,
        last_page=13,
    )


def lamp_keeper() -> ArticleText:
    return article(
        "lamp-keeper",
        "灯在，人就看得见岸",
        paragraph(marked("何田：", "strong"), "灯一夜要看几次？"),
        paragraph(marked("邵守灯：", "strong"), "“看三次。”他停了停，“雾天不算。”"),
        section="人物",
        section_code="people",
        subtitle="——访航标工邵守灯",
        credits=(
            *written_by(person("邵守灯", "口述", unit="岚江航道管理所", post="航标工")),
            *written_by(person("何田", "整理", unit="本刊")),
        ),
        loose_figures=(
            figure("lamp", caption=words("江心的航标灯"), credit="邵守灯 供图", alternative="夜里的一盏灯"),
            figure("boat", "WEBP", caption=words("巡灯船，1987年下水"), alternative="一条小船"),
        ),
        first_page=14,
        last_page=18,
        corrected_at=datetime.datetime(2027, 1, 12, 1, 0, tzinfo=datetime.UTC),
        notices=(Notice(datetime.date(2027, 1, 12), "文中“二十三座”应为“三十二座”。"),),
    )


def boat_nail() -> ArticleText:
    return article(
        "boat-nail",
        ("一枚船钉", "三道火"),
        paragraph("船钉打三道火，头一道红，二道黄，三道不说颜色，说“到了”。"),
        heading(1, "火"),
        paragraph("炭是栗木炭。"),
        heading(1, "水"),
        paragraph("水是江水。"),
        section="手艺",
        section_code="craft",
        kicker="手艺人",
        credits=(
            Credit((person("何田", "文", unit="上渡区文化馆", post="馆员"),), after="文"),
            Credit((person("郁青", "摄"), person("段小北", "摄")), after="摄"),
        ),
        first_page=19,
        last_page=21,
    )


def translated() -> ArticleText:
    return article(
        "letters-from-the-lock",
        "船闸来信",
        paragraph("亲爱的朋友：", indent=False),
        paragraph("闸门今天开了四次，每次 12 分钟。"),
        section="读书",
        section_code="books",
        credits=(*written_by(person("安·沃特斯")), *written_by(person("许知远舟", "译"))),
        source="《内河》2026年第3期",
        first_page=22,
        last_page=22,
    )


def digest(code: str, title: str, first_page: int, last_page: int) -> ArticleText:
    return article(
        code,
        title,
        paragraph("短文一则：船上多带的东西，一年用不着一回，用着的那一回就值一年。"),
        section="文摘",
        section_code="digest",
        source="《岸上》2026年12月5日",
        first_page=first_page,
        last_page=last_page,
    )


def market_pictures() -> ArticleText:
    return article(
        "wharf-market",
        "码头早市",
        PictureBlock((figure("fish", alternative="鱼摊"),), words("鱼要活的"), "郁青 摄", "wide"),
        PictureBlock((figure("greens", alternative="菜摊"),), words("菜带着露水"), "郁青 摄"),
        section="图片故事",
        section_code="photo-story",
        credits=written_by(person("郁青", "摄")),
        photo_story=True,
        first_page=24,
        last_page=25,
    )


def call_for_papers() -> ArticleText:
    return article(
        "call-for-papers",
        "本刊征稿启事",
        paragraph("来稿请寄编辑部，三个月内答复。"),
        section="",
        section_code="",
        first_page=30,
        last_page=30,
    )
