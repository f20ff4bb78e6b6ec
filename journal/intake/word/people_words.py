"""The words a line of people is made of: roles, marks, remarks, and what is no name."""

from __future__ import annotations

import re

from journal.intake.names import looks_like_person

from .labels import About

__all__ = [
    "COLLECTIVE",
    "EITHER",
    "FOREIGN_SIGNS",
    "LEADING",
    "LEADS",
    "LENDER",
    "LONGEST",
    "LONGEST_NAME",
    "LONG_NAME",
    "NO_NAME",
    "OPEN_UNIT",
    "OTHER",
    "PAPER",
    "PLACE_TELLS",
    "REMARK",
    "SURE_UNIT",
    "TAKES",
    "TELLS",
    "TOKEN",
    "WRITER",
    "WRITES",
    "is_person",
]

LONGEST = 100
PAPER = "本[报刊网台社]|[\u4e00-\u9fff]{2,5}(?:日报|晚报|新闻网|融媒体中心|融媒体|融媒)"
LEADS = rf"(?:{PAPER})?(?:全媒体|首席|特约|特派|见习|实习|融媒体)*(?:记者|通讯员|实习生|撰稿人|评论员)"
LEADING = re.compile(
    rf"{LEADS}|第[一二三]作者|(?:通讯|本文|文章|投稿|供稿|责任|执笔)?作者|撰稿人?|供稿人|投稿人|笔者|(?:特约|特邀)撰稿人?"
)
#: Roles that stand before their names or behind them.
EITHER = re.compile(
    "文字?[/、／](?:图片?|摄影?)|图片?[/、／]文字?|摄影[/、／]文字?|图文|文图|文字?|图片?|摄影报道|文并摄|摄影|摄|供图|供稿|绘图|插图|配图|整理|执笔人?|主笔|口述|讲述|撰文|采写|编译|采访|翻译|记录|缩写|改写|缩编|改编|报道"
)
TAKES = re.compile("摄影|摄|图片?|供图|绘图|插图|配图|整理|口述")
WRITES = re.compile("文|撰|写|整理|执笔|主笔|口述|讲述|报道|编译|供稿|翻译|记录|缩编|改编|采访")
WRITER = re.compile("第[一二三]作者|通讯作者|作者|撰稿人?|供稿人|投稿人|笔者|供稿")
LENDER = re.compile("受访者|受访单位|采访对象|被访者|主办方|校方|院方")
COLLECTIVE = re.compile(rf"(?:{PAPER})(?:全媒体|首席|特约)*评论员|特约评论员|(?:本[报刊])编辑部|编者")
TOKEN = re.compile(
    r"(?P<bracket>[（(【\[〔][^（()）【】\[\]〔〕]*[）)】\]〕])"
    rf"|(?P<role>{EITHER.pattern})(?=[\s\u3000/／|｜丨:：、，,（(]|$)"
    r"|(?P<chunk>[\u4e00-\u9fffA-Za-z\d·•“”\-—\ue010]+)|(?P<gap>[\s\u3000、，,；;/／|｜丨∣:：&]+)|(?P<star>[*＊†‡#]+)"
)
REMARK = re.compile(
    "笔名|化名|男|女|.{1,4}族|\\d+岁|\\d{4}级|已故|左起|实习|本名.*|[译著编]|特邀|署名|.{0,4}微信.{0,4}"
)
OTHER = set(About) - {About.AUTHOR, About.CREDIT}
#: A line about somebody, not by them.
TELLS = re.compile("访|专访|记|对话|走近|走进|追记|与|致|写给|悼|怀念|一位|听|我|关于|论|谈|浅|对|从|在")
NO_NAME = re.compile(
    "[的了是在把被这那怎什么们吗呢吧着]|(?<=.)过|^过.?$|^(?:目录|正文|摘要|前言|引言|结语|附件|后记|序言|提要|导语|尾声|楔子|编者)$"
)
#: What may be a unit inside a bracket behind a name.
OPEN_UNIT = re.compile("[\u4e00-\u9fff]{3,24}")
#: A name no list of surnames knows; only its place tells.
LONG_NAME = re.compile("[\u4e00-\u9fff]{4,6}")
LONGEST_NAME = 6
#: The strength of a line that reads so only where names stand.
PLACE_TELLS = 0.35
SURE_UNIT = re.compile(
    "[\u4e00-\u9fff]{2,18}(?:大学|学院|中学|小学|医院|图书馆|博物馆|档案馆|文化馆|公司|集团|委员会|人民政府|中心|[省市县区]委"
    "|[市县区][\u4e00-\u9fff]{2,6}局|检察院|法院|日报社|街道办事处|党校)"
)
#: Signs names of other languages are written with.
FOREIGN_SIGNS = re.compile(
    "[格梅朵阿依古丽尔买提江卓玛次仁央宗德吉扎西多杰尼旺堆桑布巴特图娜其木格吐逊艾力克沙汗拉姆洛嘉措达瓦诺乌兰斯琴哈萨热孜别帕娅]"
)
#: Surnames of two signs the house's list leaves out.
DOUBLE = re.compile(
    "(?:濮阳|淳于|申屠|公冶|宗政|钟离|鲜于|闾丘|亓官|颛孙|巫马|漆雕|拓跋|呼延|完颜|赫连|澹台|万俟|纳兰|耶律|司寇|羊舌|梁丘|左丘|东郭|百里|太叔|单于|公良|谷梁)"
    "(?![市县区省州])[\u4e00-\u9fff]{1,2}"
)


def is_person(text: str) -> bool:
    """A known surname with one or two signs; rare surnames of two signs too."""
    return looks_like_person(text) or bool(DOUBLE.fullmatch(text) and not NO_NAME.search(text))
