"""How contributors write who wrote: names, units, posts, in every place and order people put them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

__all__ = ["People", "draw_people"]

NAMES = [
    "陶一苇",
    "莫怀远",
    "顾晓川",
    "商陆",
    "佘青",
    "忻小满",
    "敖包平",
    "逯野",
    "齐放",
    "白露",
    "欧阳清越",
    "司徒静",
    "罗明",
    "江一禾",
    "苗壮",
    "钱多",
    "凌霄汉",
    "于归",
    "左思远",
    "薛白",
    "简鹤鸣",
    "谈笑",
    "韩冰",
    "方向",
    "高山",
    "石磊",
    "成长河",
    "安宁",
    "向阳",
    "洪流",
    "马路遥",
    "华章",
    "常青",
    "田野",
    "闻天",
    "时光",
    "解放军",
    "车前",
    "龙井",
    "支月",
    "覃小舟",
    "亓官明",
]
RARE = [
    "百里明",
    "呼延灼",
    "濮阳青",
    "闾丘露",
    "拓跋海",
    "次仁卓玛",
    "巴特尔",
    "阿依努尔",
    "乌日娜",
    "那仁花",
    "鲜于安",
    "仉晓",
    "妫宁",
    "爨莹",
    "郗望",
    "佴新",
    "黑格",
    "尔玛依",
    "东郭先知",
    "冼星",
    "缪小雨",
    "忽兰",
    "诺布",
    "达瓦",
    "麦麦提",
    "吐尔逊江",
    "买买提江",
    "芈月",
    "祭遵",
    "洛桑",
    "旺堆",
    "格桑花",
    "哈斯",
    "苏和",
    "德吉央宗",
]
FOREIGN = ["阿依古丽·买买提", "巴特尔·乌兰", "扎西·才让"]
UNITS = [
    "岚江市审计局",
    "中共岚江市委组织部",
    "岚江市人民检察院",
    "岚江师范学院文学院",
    "岚江日报社",
    "国网岚江供电公司",
    "上渡区柳荫街道办事处",
    "岚江市第一中学",
    "栖云县石门坳村党支部",
    "岚江市税务局第二稽查局",
    "中共岚江市委党校",
    "岚江市财政局机关党委",
    "省直机关工委",
    "省卫健委",
    "岚江市总工会",
    "石塔县教育局",
    "岚江市水文中心",
    "岚江市妇幼保健院",
    "岚江市交通运输综合行政执法支队",
    "武警岚江支队",
    "岚江大学马克思主义学院",
    "岚江市图书馆",
    "栖云县融媒体中心",
    "省委办公厅",
    "省文化和旅游厅直属机关党委",
    "青浦滩区人大常委会",
    "岚江市政协文史委",
    "岚江海事处",
    "栖云县委宣传部",
    "岚江市公安局上渡分局",
    "石塔县白苎镇人民政府",
    "岚江市住建局",
    "岚江市第三人民医院",
    "岚江农商银行",
    "岚江市委办",
    "石塔县纪委监委",
    "青浦滩区城管局",
    "栖云县林场",
    "岚江市社会科学院",
    "岚江市作家协会",
    "岚江建工集团有限公司",
    "岚江市生态环境局石塔分局",
    "岚江市退役军人事务局",
]
#: Nothing in these words says that they name where somebody works.
ODD_UNITS = [
    "岚江话剧",
    "渡口客栈",
    "柳荫小区三号楼",
    "云上茶寮",
    "石门坳护林点",
    "岚江市民",
    "白苎河放排人家",
    "上渡区流动书车",
    "岚江摄影之友",
    "老船工之家",
]
POSTS = [
    "主任",
    "副局长",
    "党委书记",
    "四级调研员",
    "一级主任科员",
    "副教授",
    "驻村第一书记",
    "研究馆员",
    "科员",
    "高级工程师",
    "院长",
    "党组成员、副局长",
    "专职副书记",
    "博士研究生",
    "主治医师",
    "二级巡视员",
    "讲师",
    "一级教师",
]
GROUPS = ["课题组", "调研组", "写作组", "编写组", "联合课题组"]


@dataclass
class People:
    """Lines under the title, lines behind the text, and what they say."""

    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    authors: list[tuple[str, str, str | None]] = field(default_factory=list)
    credits: list[tuple[str, str]] = field(default_factory=list)
    shape: str = ""


#: {n} a name, {u} a unit, {p} a post, ¶ the next line; the second word is the role it credits.
ONE_HEAD = [
    ("{n}", ""),
    ("{u}　{n}", ""),
    ("{u}  {n}", ""),
    ("{u} {p}　{n}", ""),
    ("{u}{p}　{n}", ""),
    ("{n}　{u}", ""),
    ("{n}（{u}）", ""),
    ("{n}（{u}{p}）", ""),
    ("（{u}　{n}）", ""),
    ("（{n}　{u}）", ""),
    ("{u}¶{n}", ""),
    ("{n}¶{u}", ""),
    ("{n}¶（{u}）", ""),
    ("{n}¶{u}{p}", ""),
    ("作者：{n}", ""),
    ("作者：{n}（{u}）", ""),
    ("作者：{u}　{n}", ""),
    ("作者　{n}", ""),
    ("作者/{n}", ""),
    ("作者：{n}¶单位：{u}", ""),
    ("作者：{n}　单位：{u}", ""),
    ("作者姓名：{n}¶工作单位：{u}¶职务：{p}", ""),
    ("文/{n}", "文"),
    ("文｜{n}", "文"),
    ("文：{n}", "文"),
    ("□ {n}", ""),
    ("◎{n}", ""),
    ("■本刊记者　{n}", "本刊记者"),
    ("本刊记者　{n}", "本刊记者"),
    ("本报通讯员 {n}", "本报通讯员"),
    ("通讯员：{n}", "通讯员"),
    ("记者 {n}", "记者"),
    ("{n}／文", "文"),
    ("{n}　文/图", "文/图"),
    ("撰文：{n}", "撰文"),
    ("撰稿：{n}", ""),
    ("{n}｜{u}", ""),
    ("{n}，{u}", ""),
    ("□ {u}　{n}", ""),
    ("（{u}　{p}　{n}）", ""),
    ("{u}党员　{n}", ""),
    ("{n}　{u}{p}", ""),
    ("{u}·{n}", ""),
    ("（{n}）", ""),
    ("[{u}] {n}", ""),
    ("{u}：{n}", ""),
    ("●{n}（{u}）", ""),
    ("{n}/文", "文"),
    ("文字：{n}", "文字"),
    ("{u}{n}", ""),
    ("{n} / {u}", ""),
    ("作者：{n}，{u}{p}", ""),
    ("作者：{n} {u}{p}", ""),
    ("作者单位：{u}¶作者：{n}", ""),
    ("{u}¶{p}　{n}", ""),
    ("{n}*", ""),
    ("【{u}】{n}", ""),
    ("本刊特约通讯员　{n}", "本刊特约通讯员"),
    ("本文作者：{n}", ""),
    ("作者姓名及单位：{n}　{u}", ""),
    ("单位及姓名：{u}　{n}", ""),
    ("作者（通讯员）：{n}", ""),
    ("投稿作者：{u}　{n}", ""),
    ("口述：{n}", "口述"),
    ("{n}　口述", "口述"),
    ("{o}　{n}", ""),
    ("{o}　{n}", ""),
    ("（{o}　{n}）", ""),
]
ONE_TAIL = [
    ("（作者单位：{u}）", 1),
    ("（作者系{u}{p}）", 1),
    ("作者单位：{u}", 1),
    ("（作者：{u}　{n}）", 0),
    ("作者简介：{n}，{u}{p}。", 1),
    ("作者简介：{n}，男，1980年生，{u}{p}，研究方向为基层治理。", 1),
    ("{u}　{n}", 0),
    ("{n}¶{u}", 0),
    ("{u}¶{n}", 0),
    ("（{u}　{n}）", 0),
    ("（{n}）", 0),
    ("（通讯员　{n}）", 0),
    ("（作者为{u}{p}）", 1),
    ("（{n}，{u}{p}）", 1),
    ("（{n}：{u}）", 1),
    ("（{n}系{u}{p}）", 1),
    ("【作者单位：{u}】", 1),
    ("作者系{u}{p}", 1),
    ("（作者{n}系{u}{p}）", 1),
    ("（作者单位　{u}）", 1),
    ("（单位：{u}）", 1),
    ("（作者现任{u}{p}）", 1),
    ("作者：{n}", 0),
    ("作者：{n}¶单位：{u}", 0),
    ("[作者单位：{u}]", 1),
    ("（作者：{n}，{u}{p}）", 1),
    ("（作者：{n}　单位：{u}）", 0),
    ("作者信息：{n}，{u}{p}", 1),
    ("（作者工作单位：{u}）", 1),
    ("（作者来自{u}）", 1),
    ("（{u}供稿）", 1),
    ("供稿：{u}　{n}", 0),
    ("（{u}　{n}　供稿）", 0),
    ("单位：{u}", 1),
    ("（{u}）", 1),
    ("（作者是{u}{p}）", 1),
    ("作者单位：{u}　姓名：{n}", 0),
    ("姓名：{n}¶单位：{u}¶职务：{p}", 0),
    ("（作者单位：{u}，邮编：000000）", 1),
    ("撰稿人：{n}", 0),
]
MANY_HEAD = [
    "{n1}　{n2}",
    "{n1}、{n2}",
    "{n1}，{n2}",
    "{n1} {n2}",
    "{u1}　{n1}　{n2}",
    "{n1}（{u1}）　{n2}（{u2}）",
    "{n1}（{u1}）、{n2}（{u2}）",
    "{u1}　{n1}　{u2}　{n2}",
    "{u1}　{n1}¶{u2}　{n2}",
    "{n1}　{n2}（{u1}）",
    "{n1}　{n2}¶{u1}",
    "{n1}　{n2}¶（{u1}）",
    "{n1}　{n2}¶（{u1}、{u2}）",
    "{n1}^1　{n2}^2¶（1.{u1}；2.{u2}）",
    "{n1}^1，{n2}^2¶1.{u1}　2.{u2}",
    "{n1}1　{n2}2¶1.{u1}；2.{u2}",
    "{n1}①　{n2}②¶①{u1}　②{u2}",
    "作者：{n1}、{n2}¶单位：{u1}",
    "作者：{n1}（{u1}）、{n2}（{u2}）",
    "作者：{n1}　{n2}",
    "□ 本刊记者　{n1}　通讯员　{n2}",
    "本刊记者　{n1}　{n2}",
    "文/{n1}　图/{n2}",
    "{n1}／文　{n2}／图",
    "{n1}　文　{n2}　摄",
    "{n1}　{n2}　{n3}",
    "{n1}、{n2}、{n3}¶（{u1}）",
    "撰文／{n1}　摄影／{n2}",
    "记者　{n1}　通讯员　{n2}　{n3}",
    "{u1}　{n1}、{n2}",
    "（{u1}　{n1}　{n2}）",
    "文：{n1}　图：{n2}",
    "作者：{u1}　{n1}　{n2}",
    "{n1} {n2}¶{u1}¶{u2}",
    "{n1}^1　{n2}^1,2　{n3}^2¶1.{u1}；2.{u2}",
    "{n1}^a　{n2}^b¶（a.{u1}；b.{u2}）",
    "{n1}*　{n2}**¶*{u1}　**{u2}",
    "记者：{n1}　摄影：{n2}",
    "第一作者：{n1}　第二作者：{n2}",
    "文字｜{n1}　图片｜{n2}",
    "{n1}（{u1}）¶{n2}（{u2}）",
]
MANY_ROLES = {
    "□ 本刊记者　{n1}　通讯员　{n2}": ("本刊记者", "通讯员"),
    "本刊记者　{n1}　{n2}": ("本刊记者", "本刊记者"),
    "文/{n1}　图/{n2}": ("文", "!图"),
    "{n1}／文　{n2}／图": ("文", "!图"),
    "{n1}　文　{n2}　摄": ("文", "!摄"),
    "撰文／{n1}　摄影／{n2}": ("撰文", "!摄影"),
    "记者　{n1}　通讯员　{n2}　{n3}": ("记者", "通讯员", "通讯员"),
    "文：{n1}　图：{n2}": ("文", "!图"),
    "记者：{n1}　摄影：{n2}": ("记者", "!摄影"),
    "文字｜{n1}　图片｜{n2}": ("文字", "!图片"),
}
MANY_TAIL = [
    ("（作者单位：{u1}）", "11"),
    ("（作者单位：{u1}；{u2}）", "12"),
    ("（作者单位：{u1}、{u2}）", "12"),
    ("（作者分别系{u1}{p}、{u2}{p}）", "12"),
    ("（{n1}：{u1}；{n2}：{u2}）", "12"),
    ("（{n1}，{u1}；{n2}，{u2}）", "12"),
    ("作者单位：{n1}，{u1}；{n2}，{u2}", "12"),
    ("（{n1}系{u1}{p}；{n2}系{u2}{p}）", "12"),
    ("作者简介：{n1}，{u1}{p}；{n2}，{u2}{p}。", "12"),
    ("（作者：{n1}　{n2}，单位：{u1}）", "11"),
    ("（作者均为{u1}干部）", "11"),
    ("（作者单位分别为：{u1}、{u2}）", "12"),
    ("（{n1}　{n2}）", "00"),
    ("{u1}　{n1}　{n2}", "11"),
    ("（作者单位：{n1} {u1}；{n2} {u2}）", "12"),
    ("作者：{n1}、{n2}¶单位：{u1}", "11"),
    ("（{n1}单位：{u1}；{n2}单位：{u2}）", "12"),
    ("（第一作者系{u1}{p}，第二作者系{u2}{p}）", "12"),
]
UNIT_ONLY = [
    "{u}",
    "（{u}）",
    "□ {u}",
    "作者：{u}",
    "单位：{u}",
    "供稿：{u}",
    "供稿单位：{u}",
    "{u}供稿",
    "（{u}供稿）",
    "报送单位：{u}",
]
GROUP = [
    "{g}",
    "□ {g}",
    "作者：{g}",
    "{g}¶（执笔：{n1}）",
    "{g}¶课题组组长：{n1}　成员：{n2}、{n3}",
    "{g}¶组长：{n1}¶成员：{n2} {n3}¶执笔：{n3}",
    "{g}|（课题组组长：{n1}；成员：{n2}、{n3}；执笔：{n3}）",
    "{g}|课题组组长：{n1}¶课题组成员：{n2}　{n3}¶执笔人：{n3}",
    "{g}（执笔人：{n1}）",
    "{g}　执笔：{n1}",
    "{g}|（执笔人：{n1}、{n2}）",
    "{g}|课题组成员：{n1}（组长）、{n2}、{n3}",
]


def draw_people(chance: random.Random) -> People:
    """Somebody, several people, a unit or a group, written in one way."""
    names = chance.sample(NAMES + RARE, 3)
    if chance.random() < 0.1:
        names[0] = chance.choice(FOREIGN)
    units = chance.sample(UNITS, 2)
    way = chance.choices([one, many, unit_only, group, nobody], [50, 30, 8, 11, 1])[0]
    return way(chance, names, units)


def padded(name: str, chance: random.Random) -> str:
    return chance.choice([name, f"{name[0]}　{name[1]}", f"{name[0]}  {name[1]}"]) if len(name) == 2 else name


def one(chance: random.Random, names: list[str], units: list[str]) -> People:
    name, unit, post = names[0], units[0], chance.choice(POSTS)
    odd = chance.choice(ODD_UNITS)
    said = {"n": padded(name, chance), "u": unit, "p": post, "o": odd}
    if chance.random() < 0.6:
        shape, role = chance.choice(ONE_HEAD)
        if shape == "{u}{n}":  # without a gap only a known surname tells where the unit ends
            name = said["n"] = chance.choice(["陶一苇", "莫怀远", "顾晓川", "江一禾", "左思远"])
        people = People(head=shape.format(**said).split("¶"), shape=shape)
        with_unit = "{u}" in shape or "{o}" in shape
        unit = odd if "{o}" in shape else unit
        people.credits = [(role, name)] if role else []
        if not with_unit and chance.random() < 0.6:
            tail, _alone = chance.choice([t for t in ONE_TAIL if t[1]])
            people.tail = tail.format(**said).split("¶")
            people.shape += " | " + tail
            with_unit = True
    else:
        shape, needs_name = chance.choice(ONE_TAIL)
        tail = shape.format(**said).split("¶")
        head = [chance.choice(["{n}", "□ {n}", "作者：{n}"]).format(**said)] if needs_name else []
        people = People(head=head, tail=tail, shape=" | ".join([*head[:1], shape]))
        with_unit = "{u}" in shape
        people.credits = [("通讯员", name)] if "通讯员" in shape else []
    people.authors = [(name, "person", unit if with_unit else None)]
    return people


def many(chance: random.Random, names: list[str], units: list[str]) -> People:
    said = {f"n{i + 1}": padded(n, chance) for i, n in enumerate(names)}
    said |= {"u1": units[0], "u2": units[1], "p": chance.choice(POSTS)}
    if chance.random() < 0.65:
        shape = chance.choice(MANY_HEAD)
        people = People(head=shape.format(**said).split("¶"), shape=shape)
        count = 3 if "{n3}" in shape else 2
        roles = MANY_ROLES.get(shape, ("",) * count)
        of = units_of(shape, count, units)
        for name, role, unit in zip(names, roles, of, strict=False):
            if not role.startswith("!"):
                people.authors.append((name, "person", unit))
            if role:
                people.credits.append((role.strip("!"), name))
        return people
    shape, which = chance.choice(MANY_TAIL)
    head = (
        []
        if "{n1}" in shape and ("作者：" in shape or shape.startswith("{u1}") or "00" in which)
        else ["{n1}　{n2}"]
    )
    people = People([h.format(**said) for h in head], shape.format(**said).split("¶"), shape="N N | " + shape)
    units = ["", *units]
    people.authors = [(n, "person", units[int(w)] or None) for n, w in zip(names, which, strict=False)]
    return people


def units_of(shape: str, count: int, units: list[str]) -> list[str | None]:
    """The unit of each name; a lone {u1} is everybody's."""
    if "^1,2" in shape:
        return [units[0], units[0], units[1]]
    if "{u2}" in shape:
        return [units[0], units[1]]
    return [units[0] if "{u1}" in shape else None] * count


def unit_only(chance: random.Random, names: list[str], units: list[str]) -> People:
    shape = chance.choice(UNIT_ONLY)
    line = shape.format(u=units[0])
    behind = "供稿" in shape or "报送" in shape
    people = People([] if behind else [line], [line] if behind else [], shape=shape)
    people.authors = [(units[0], "corporate", None)]
    return people


def group(chance: random.Random, names: list[str], units: list[str]) -> People:
    shape = chance.choice(GROUP)
    name = units[0] + chance.choice(GROUPS)
    said = {f"n{i + 1}": padded(n, chance) for i, n in enumerate(names)}
    head, _bar, tail = shape.format(g=name, **said).partition("|")
    people = People(head.split("¶"), tail.split("¶") if tail else [], [(name, "group", None)], shape=shape)
    one, two, three = names
    if "执笔：{n1}" in shape or "执笔人：{n1}）" in shape:
        people.credits = [("执笔", one)]
    elif "执笔人：{n1}、{n2}" in shape:
        people.credits = [("执笔", one), ("执笔", two)]
    elif "（组长）" in shape:
        people.credits = [("成员", one), ("成员", two), ("成员", three)]
    elif "{n3}" in shape:
        people.credits = [("组长", one), ("成员", two), ("成员", three)]
        people.credits += [("执笔", three)] if "执笔" in shape else []
    return people


def nobody(chance: random.Random, names: list[str], units: list[str]) -> People:
    return People(shape="nobody")
