"""Lines of ``label：value`` as contributors type them: 作者：, 摘　要：, 【关键词】, 联系电话："""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["About", "Pair", "about", "read_pairs"]


class About(enum.StrEnum):
    TITLE = "title"
    KICKER = "kicker"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    UNIT = "unit"
    POST = "post"
    CURRICULUM = "curriculum"  # 作者简介
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    SOURCE = "source"
    SECTION = "section"
    CREDIT = "credit"
    LEFT_OUT = "left out"  # counts and dates: about the file, not of the text
    PHONE = "phone"
    EMAIL = "email"
    PRIVATE = "private"


LABELS: dict[About, str] = {
    About.TITLE: (
        "标题 题目 题名 篇名 文章题目 文章标题 稿件题目 稿件标题 稿件名称 作品名称 作品题目 "
        "主标题 主题 正题 正标题"
    ),
    About.KICKER: ("引题 肩题 眉题"),
    About.SUBTITLE: ("副题 副标题"),
    About.AUTHOR: (
        "作者 文字作者 本文作者 文章作者 投稿作者 供稿作者 撰稿作者 作者及单位 作者姓名及单位 作者单位及姓名 "
        "单位及作者 单位及姓名 姓名及单位 作者、单位 单位、作者 单位、姓名 署名作者 作者署名 "
        "作者姓名 第一作者 第二作者 姓名 撰稿 撰稿人 投稿人 供稿人 撰文 文/图 图/文 文/摄影 "
        "图文 文 文字 采写 记者 本刊记者 本报记者 通讯员 特约记者 特约通讯员 署名 笔者"
    ),
    About.UNIT: (
        "单位 作者单位 工作单位 所在单位 供稿单位 报送单位 投稿单位 单位名称 供稿 来稿单位 "
        "作者所在单位 服务单位"
    ),
    About.POST: ("职务 职称 职务职称 职务/职称 职称/职务 单位及职务"),
    About.CURRICULUM: ("作者简介 个人简介 作者介绍 作者简历 第一作者简介 作者信息"),
    About.ABSTRACT: ("摘要 提要 内容提要 内容摘要 文章摘要 中文摘要 核心提示 内容简介 导读 提示"),
    About.KEYWORDS: ("关键词 关键字 关键词语 主题词"),
    About.SOURCE: ("来源 稿件来源 文章来源 转自 转载自 摘自 选自 原载 原刊 原载于 出处"),
    About.SECTION: (
        "栏目 投稿栏目 拟投栏目 建议栏目 所投栏目 拟用栏目 推荐栏目 投稿板块 适用栏目 申报栏目 栏目名称"
    ),
    About.CREDIT: (
        "摄影 摄 图片 图 供图 图片提供 图片摄影 配图 插图 组长 副组长 成员 执笔 执笔人 主执笔 "
        "课题组组长 课题组副组长 课题组长 课题组成员 课题组执笔 课题负责人 课题组负责人 "
        "课题主持人 项目负责人 主要成员 调研组组长 调研组成员 项目组组长 项目组成员 编写组组长 "
        "编写组成员 统稿 整理 口述 采访 编辑 责任编辑 责编 校对 审核 审核人 审稿 审稿人 签发 "
        "口述人 讲述 讲述人 整理人 文字整理 采访整理 采编 记录 记录人 特约编辑 "
        "一审 二审 三审 策划 总策划 监制 总监制 编审 美编 值班编辑 执行编辑 值班主任 制图 "
        "签发人 初审 复审 终审 指导老师 指导教师 参与人 参加人员 其他成员 参与成员"
    ),
    About.LEFT_OUT: (
        "字数 全文字数 正文字数 稿件字数 总字数 字数统计 日期 投稿日期 投稿时间 撰稿日期 撰稿时间 "
        "写作时间 写作日期 完稿时间 完稿日期 成稿时间 成稿日期 报送时间 报送日期 稿件类型 "
        "发布时间 发布日期 发表时间 更新时间 发稿时间 "
        "稿件类别 体裁 类别 中图分类号 文献标识码 文献标志码 文章编号 收稿日期 稿件编号 是否首发 "
        "是否原创 版本 稿次"
    ),
    About.PHONE: (
        "电话 联系电话 手机 手机号 手机号码 联系手机 联系方式 办公电话 座机 固定电话 传真 "
        "电话号码 移动电话 "
        "联系电话/微信 联系电话（微信） 电话（微信同号） 联系电话（微信同号） 联系人电话 "
        "联系人及电话 作者联系方式 作者联系电话 手机电话 作者电话 电话/微信 手机/微信 手机(微信同号) "
        "手机（微信同号） Tel TEL tel 联系号码 单位电话"
    ),
    About.EMAIL: (
        "邮箱 电子邮箱 电子邮件 电子信箱 联系邮箱 邮箱地址 E-mail E-Mail e-mail Email email EMAIL 信箱"
    ),
    About.PRIVATE: (
        "QQ qq QQ号 QQ号码 微信 微信号 地址 通讯地址 通信地址 联系地址 单位地址 邮寄地址 收件地址 "
        "收件人 样刊地址 样刊邮寄地址 样刊寄送地址 家庭住址 住址 邮编 邮政编码 身份证 身份证号 "
        "身份证号码 银行账号 银行帐号 银行卡号 银行卡 卡号 账号 帐号 账户 开户行 开户银行 开户名 "
        "户名 收款人 联系人 稿费账户 稿酬账户 稿费收款人 出生年月 性别 民族"
    ),
}
ABOUT = {label: about for about, labels in LABELS.items() for label in labels.split()}
GAP = r"[ \t\u3000\u00a0]{0,4}"
ANY = "|".join(
    GAP.join(map(re.escape, label)) if not label.isascii() else re.escape(label)
    for label in sorted(ABOUT, key=len, reverse=True)
)
SECRETS = "|".join(
    re.escape(label)
    for about in (About.PHONE, About.EMAIL, About.PRIVATE)
    for label in sorted(LABELS[about].split(), key=len, reverse=True)
)
#: 微信/手机, 电话及邮箱
JOINED = rf"(?:{SECRETS})(?:[/／、和及与或](?:{SECRETS}))+(?:号码?)?"
#: What a call for papers puts before a label, and what a form hangs behind one.
CALLED = "(?:(?:征文|参赛|应征|参评|来稿|申报|荐稿|本稿|作品)[者人]?)?"
HUNG = "(?:(?:[及和与、/／](?:其)?)?(?:职务|职称)(?:[/／、](?:职务|职称))?)?"
PAIR = re.compile(
    r"(?:^[◆◇●○■□▲★☆※]?\s*|(?<=[\s\u3000|｜（(【\[;；，,、。）)】/]))"
    r"(?:[【\[〔［〖]|(?P<round>(?<![^\s])[（(「『<《〈]"
    r"(?=[^\s（()）「」『』<>《》〈〉：:]{1,10}[）)」』>》〉])))?[ \t\u3000]*"
    rf"(?P<label>{JOINED}|{CALLED}(?:{ANY}){HUNG}|[\u4e00-\u9fff]{{2,10}}组(?:副?组长|成员|执笔人?))"
    r"(?:[（(][^（()）：:\d]{1,8}[）)](?=[ \t\u3000]*[：:]))?"
    r"[ \t\u3000]*(?(round)[）)」』>》〉][ \t\u3000]*[：:]?"
    r"|(?:[】\]〕］〗][ \t\u3000]*[：:]?|[：:]|(?<=[摘提]要)[ \t\u3000]{2,}"
    r"|(?<=关键词)[ \t\u3000]+|(?:(?<=摘要)|(?<=关键词)|(?<=提要))(?:—{1,2}|[｜|丨／/])"
    r"|(?:(?<=作者)|(?<=单位)|(?<=姓名))[ \t\u3000]*[｜|/／]|(?<=编辑)[｜|/／]"
    r"|(?:(?<=责任编辑)|(?<=责编)|(?<=校对)|(?<=特约编辑))[ \t\u3000]*[／/｜|丨\s\u3000]))"
    r"[ \t\u3000]*"
)
#: 电话 0000-0000000 without a colon
LOOSE_PHONE = re.compile(
    r"(?:^|(?<=[\s\u3000（(;；，,、]))(?P<label>(?:联系|办公)?电话|手机号?码?|邮箱|电子邮箱|QQ号?|微信号?|邮编)"
    r"(?=[ \t\u3000]*(?:[+\d]|[\w.+-]+@))[ \t\u3000]*"
)
EDGES = " \t\n\u3000\u00a0|｜;；，,、·"
#: Sentences that may hold what looks like a label; only these end them.
LONG_VALUES = {
    About.ABSTRACT: {About.KEYWORDS},
    About.CURRICULUM: {About.KEYWORDS, About.PHONE, About.EMAIL, About.PRIVATE},
}


@dataclass(frozen=True, slots=True)
class Pair:
    """``[start, end)`` is the pair with its label, ``value_start`` where its value begins."""

    label: str
    about: About
    value: str
    start: int
    end: int
    value_start: int


def about(label: str) -> About | None:
    """What a lone label (a cell of a form) is about; ``None`` for other words."""
    bare = re.sub(r"\s+", "", label).strip("：:【】[]（）()*＊")
    return ABOUT.get(bare) or ABOUT.get(plain(bare))


def plain(label: str) -> str:
    """A label without what a call for papers or a form adds: 征文作者, 所在单位及职务."""
    return re.sub(f"(?<=[位人名]){HUNG}$", "", re.sub(f"^{CALLED}", "", label))


def read_pairs(text: str) -> tuple[str, tuple[Pair, ...]]:
    """The words before the first label and the pairs; no pairs when the line has none."""
    found = sorted([*PAIR.finditer(text), *LOOSE_PHONE.finditer(text)], key=lambda m: m.start())
    kept: list[re.Match[str]] = []
    for match in found:
        if kept and match.start() < kept[-1].end():
            continue
        if kept and kind_of(match) not in LONG_VALUES.get(kind_of(kept[-1]), About):
            continue
        kept.append(match)
    if not kept:
        return text, ()
    return text[: kept[0].start()].strip(EDGES + "（(【["), tuple(pairs(text, kept))


def kind_of(match: re.Match[str]) -> About:
    label = re.sub(r"\s+", "", match["label"])
    if label in ABOUT or not re.fullmatch(JOINED, label):
        return about(label) or About.CREDIT
    kinds = {ABOUT.get(part) for part in re.split("[/／、和及与或]", label)}
    return About.PHONE if About.PHONE in kinds else About.PRIVATE


def pairs(text: str, found: list[re.Match[str]]) -> Iterator[Pair]:
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        value = unwrapped(text[match.end() : end].strip(EDGES))
        label = re.sub(r"\s+", "", match["label"])
        yield Pair(label, kind_of(match), value, match.start(), end, match.end())


def unwrapped(value: str) -> str:
    """Without a bracket whose partner stands before the label: ``（来源：甲`` … ``）``."""
    if value[-1:] in {"）", ")"} and value.count("）") + value.count(")") > value.count("（") + value.count(
        "("
    ):
        value = value[:-1]
    if value[-1:] in set("】］〕〗") and not re.search("[【［〔〖]", value):
        value = value[:-1]
    if value[-1:] in {"（", "(", "【", "["}:
        value = value[:-1]
    return value.strip(EDGES)
