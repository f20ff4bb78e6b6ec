"""Lines of ``label：value`` pairs: 来源、作者、编辑、时间 … and what each label is about."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..names import looks_like_person, split_names
from .furniture import find_furniture

__all__ = ["About", "Pair", "read_pairs"]


class About(enum.StrEnum):
    SOURCE = "source"
    AUTHOR = "author"
    UNIT = "unit"
    DATE = "date"
    VISITS = "visits"
    CREDIT = "credit"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    NOISE = "noise"


_LABELS: dict[About, str] = {
    About.SOURCE: (
        "来源 信息来源 文章来源 稿件来源 文稿来源 新闻来源 内容来源 稿源 出处 文章出处 转载自 转自 "
        "摘自 来源于"
    ),
    About.AUTHOR: (
        "作者 文章作者 撰稿人 撰稿 作者姓名 文/图 图/文 图文 撰文 记者 本报记者 本刊记者 本网记者 "
        "通讯员 特约记者 文 文字 采写"
    ),
    About.UNIT: "单位 作者单位 作者简介 工作单位 供稿单位 所在单位",
    About.DATE: (
        "发布时间 发布日期 时间 日期 发表时间 发表日期 发稿时间 刊发时间 刊发日期 更新时间 更新日期 "
        "录入时间 添加时间 发表于 发布于 成文日期 生成日期 信息时间 上传时间"
    ),
    About.VISITS: (
        "访问次数 访问量 浏览次数 浏览量 浏览 点击数 点击次数 点击量 点击率 点击 阅读量 阅读次数 "
        "阅读数 阅读 人气 热度 访问"
    ),
    About.CREDIT: (
        "编辑 责编 责任编辑 本文编辑 本期编辑 校对 责任校对 责校 审核 审校 审稿 初审 复审 终审 一审 "
        "二审 三审 监制 编审 主编 执行主编 值班编辑 值班主任 值班总编 见习编辑 美编 美术编辑 版式 "
        "版面 版面编辑 组版 排版 摄影 摄 图 图片 供图 图片来源 翻译 编译 策划 统筹 制图 绘图 视频 "
        "音频 剪辑 录入 录入员 录入者 课题组组长 课题组副组长 课题组成员 课题负责人 课题组长 组长 "
        "副组长 成员 执笔 执笔人 主持人 发布 发布人 发布者 供稿 供稿人 投稿 签发 口述 整理 朗读 配图 插图 "
        "题字"
    ),
    About.ABSTRACT: "摘要 提要 内容提要 内容摘要 核心提示 导读 编者按 导语 阅读提示",
    About.KEYWORDS: "关键词 关键字",
    About.KICKER: "引题 肩题 眉题",
    About.TITLE: "标题 名称 题目 正题 主题 主标题 文章标题",
    About.SUBTITLE: "副题 副标题",
    About.NOISE: (
        "字体 字号 字体大小 浏览字号 分享 分享到 分享至 打印 收藏 索引号 文号 主题分类 栏目 所属栏目 "
        "所属类别 分类 类别 标签 保护视力色 背景色 信息编号 视力保护色 语言 评论 评论数 发布机构 "
        "发布机关 信息公开类别 有效性 背景颜色 大小 分享按钮 责任单位 主办单位 承办单位 主管单位 邮编 "
        "电话 地址 网址 联系电话 传真 发文字号 发文机关 制发机关 公开方式 公开时限 主题词 体裁分类 "
        "组配分类 服务对象 生效日期 废止日期 "
        "中图分类号 分类号 文献标识码 文献标志码 文章编号 收稿日期 修回日期 "
        "基金项目 DOI doi 楼主 引用格式 网络首发"
    ),
}
_ABOUT = {label: about for about, labels in _LABELS.items() for label in labels.split()}
_ANY = "|".join(
    r"[ \u3000]{0,3}".join(map(re.escape, label)) for label in sorted(_ABOUT, key=len, reverse=True)
)
_PAIR = re.compile(
    rf"(?:^|(?<=[\s\u3000|｜【\[（(;；，,、·》\]）)】/□■◎●]))(?P<label>{_ANY}|[\u4e00-\u9fff]{{2,4}}组(?:副?组长|成员|执笔))"
    r"[ \u3000]*(?:[：:|｜丨/／]|[】\]](?=\s*\S))"
)
_LOOSE = re.compile(
    r"(?:^|(?<=[\s（(【\[]))(?P<label>责任编辑|责任校对|美术编辑|见习编辑|值班编辑|执行编辑|版面编辑|"
    r"值班主任|值班总编|"
    r"责编|编辑|校对|审核|美编|版式|组版)[ \u3000]+(?=[\u4e00-\u9fff])"
)
_SEPARATORS = " \t\u3000\u00a0|｜;；，,、·/□■◎●"


@dataclass(frozen=True, slots=True)
class Pair:
    """One label with its value; offsets are those of the whole pair and of the value in the line."""

    label: str
    about: About
    value: str
    start: int
    end: int
    value_start: int


def read_pairs(text: str) -> tuple[str, tuple[Pair, ...]]:
    """Return the words before the first label and the pairs; no pairs when the line has none."""
    found = [m for m in _PAIR.finditer(text) if _is_label(text, m)] or _find_loose(text)
    if not found:
        return text, ()
    return text[: found[0].start()].strip(_SEPARATORS + "（(【["), tuple(_pairs(text, found))


def _is_label(text: str, match: re.Match[str]) -> bool:
    """``作者 | 甲`` begins a line, ``【来源】某报`` stands in brackets; a colon makes a label anywhere."""
    mark, before = match.group()[-1], text[: match.start()].strip()
    if mark in "】]":
        return before[-1:] in ("【", "[")
    if mark in "/／":
        following = re.match("[\u4e00-\u9fff]{2,4}", text[match.end() :].lstrip())
        editors = (
            _ABOUT.get(re.sub(r"\s+", "", match.group("label"))) is About.CREDIT and "图" not in match.group()
        )
        return (
            editors and "摄" not in match.group() and bool(following and looks_like_person(following.group()))
        )
    return mark in "：:" or not before


def _find_loose(text: str) -> list[re.Match[str]]:
    """Editors' labels may stand without a colon (``责任编辑 甲 校对 乙``) when only names follow them."""
    found = list(_LOOSE.finditer(text))
    if not found or text[: found[0].start()].strip(_SEPARATORS + "（(【["):
        return []
    names = split_names(_LOOSE.sub(" ", text).strip(_SEPARATORS + "（）()【】[]"))
    return found if names and all(looks_like_person(n) for n in names) else []


def _pairs(text: str, found: list[re.Match[str]]) -> Iterator[Pair]:
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        raw = text[match.end() : end]
        lead = len(raw) - len(raw.lstrip(_SEPARATORS))
        value = _unwrap(_without_buttons(raw.strip(_SEPARATORS)))
        label = re.sub(r"\s+", "", match.group("label"))
        yield Pair(label, _ABOUT.get(label, About.CREDIT), value, match.start(), end, match.end() + lead)


def _without_buttons(value: str) -> str:
    """``某馆 【打印本页】``: a button behind the value is no part of it."""
    unknown = re.search(r"\s[^\s\d]{2,6}[：:]", value)
    value = value[: unknown.start()] if unknown and not value.startswith("http") else value
    for first, _last in find_furniture(value):
        if first and value[first - 1] in " \t\u3000\u00a0【[（(|":
            return value[:first].rstrip(_SEPARATORS + "【[（(")
    return value


def _unwrap(value: str) -> str:
    """Drop brackets that hold the pair, not the value: ``（来源：甲`` … ``）``."""
    for opening, closing in ("（(", "）)"), ("【[", "】]"):
        if (
            value[-1:]
            and value[-1:] in closing
            and sum(map(value.count, opening)) < sum(map(value.count, closing))
        ):
            value = value[:-1]
        if value[-1:] and value[-1:] in opening:
            value = value[:-1]
    return value.strip(_SEPARATORS)
