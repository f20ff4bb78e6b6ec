"""Words of a letter around a manuscript: to the editors, not to readers."""

from __future__ import annotations

import re

__all__ = ["is_furniture", "is_polite", "is_salutation"]

SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的)?[^，。！？]{0,14}?(?:编辑部|编辑老师|编辑同志|各位编辑|编辑|编委会|主编|杂志社|老师|责编|贵刊)(?:老师|同志|部|们)?"
    r"(?:您好|你好|你们好|好)?\s*[：:！!，,。]?(?:您好|你好|你们好)?[！!。：:]?"
)
GREETING = re.compile(
    "(?:编辑|老师|主编|杂志社|编辑部)(?:老师|同志|部|们)?[：:，,！!]?\\s*(?:您好|你好|你们好)"
)
POLITE = re.compile(
    "(?:请|敬请|恳请|望|盼|祈)[^。]{0,14}(?:审阅|审稿|采用|刊用|指正|斧正|查收|批评指正|审核|审定|录用|赐教|不吝赐教)"
    "|(?:未|没有|无)[^。]{0,6}(?:一稿多投|一稿两投|在其他|公开发表)|不?存在一稿多投|首次投稿|原创声明|文责自负"
    "|如[蒙获能]?[^。]{0,4}(?:采用|刊用|录用|发表)|(?:贵刊|贵社)|样刊(?:请)?寄|稿费|稿酬"
    "|现将[^。]{0,30}(?:发给|寄给|呈上|奉上|报送)|(?:稿件|文章|作品)[^。]{0,8}(?:见下|如下|附后|附上)|^附上|随信附"
    "|本人承诺|版权(?:归|事宜)|仅供编辑|请勿刊登|请勿外传|仅供审阅|不刊登|编辑部留存|仅供联系"
)
#: What a speaker says to those who listen is part of the speech.
SPOKEN = re.compile(
    "大家|各位|同志们|[我的](?:发言|讲话|汇报|演讲|报告|话|课)"
    "(?:就|到|都|也)*(?:完|到此|到这|讲完|结束|说完)|(?:汇报|发言|讲|说)完了?"
)
CLOSING = re.compile(
    "(?:此致|敬礼|顺颂|顺祝|谨祝|祝好|谢谢|感谢|致谢|编安|编祺|撰安|夏安|秋安|冬安|春安|祺|[，、！!。\\s])+"
)
FURNITURE = re.compile(
    r"[（(【\[]?(?:投稿|来稿|稿件|约稿|征文|(?:征文|应征|参赛|参评|投稿)(?:稿件|作品|文章|投稿|稿)|送审稿|修改稿|定稿|初稿|终稿|第[一二三四五\d]稿|原创|首发|原创首发|正文|附件\s*\d*[：:]?|自由投稿)[）)】\]]?[：:]?"
    r"|.{0,16}(?:登记表|投稿表|信息表|投稿单|审批表|报送单|报送表|采用通知|投稿|来稿)|《[^《》]{2,12}》(?:杂志|月刊|编辑部)?(?:\d{4}年第\d{1,2}期|投稿|来稿|稿件|征文|约稿|供稿)[^。]{0,6}|第?\s*\d{1,3}\s*页?(?:\s*[/共]\s*\d{1,3}\s*页?)?"
    r"|(?:[【\[][^【】\[\]]{1,12}[】\]]\s*){2,}|[【\[（(]?(?:打印|关闭|收藏|分享|字体|字号|返回|大|中|小)(?:[\s：:/|]+.{1,12})?[】\]）)]?"
    r"|[-—\s]*\d{1,3}[-—\s]*|[＊*·•~～=_—━─＿﹏\-\s]{2,}"
)
#: What the buttons of a web page say once it is pasted.
WEB = re.compile(
    r"[【\[（(]?\s*(?:字[号体]\s*[：:【\[\s大]|打印(?:本[页文]|此[页文]|文章|预览|$|[\s】\]：:])|关闭(?:窗口|本页|页面|$|[\s】\]])"
    r"|收藏(?:本[页文]|此[页文]|$|[\s】\]])|分享(?:到|至|$|[\s】\]：:])|扫(?:描|一扫|码)?[^。，]{0,6}(?:二维码|微信|关注)|长按|微信扫"
    r"|返回(?:顶部|首页|列表|上[一页])|上一[篇条页]|下一[篇条页]|(?:相关|延伸|推荐)(?:阅读|新闻|链接|文章)\s*(?:[：:]|$)|阅读(?:原文|全文|量|次数|数)"
    r"|浏览(?:次数|量|[：:])|点击(?:量|数|率|次数|查看|进入|阅读|关注|下方|上方|[：:])|访问(?:量|次数)|(?:欢迎)?关注(?:我们|微信|公众号)"
    r"|微信公众号|(?:版权|免责)声明|更多精彩|更多(?:内容|资讯)请|(?:当前|您的?|您现在的)位置|首页\s*[>＞»]|点赞|在看|窗体[顶底]端|举报$|我要评论|网友评论)[^。]{0,30}"
)
SENTENCE = 30
#: A longer sentence is to the editors only when it speaks of the journal or the manuscript.
TO_EDITORS = re.compile(
    "贵[刊社报]|编辑|投稿|来稿|拙[作文]|一稿|刊用|录用|采用|样刊|稿[费酬件]|本稿|此稿|原创|首发|本人|附上|附后"
)
SENT_TO = re.compile("(?:投稿|投|拟投|应征)(?:栏目|至|给|到)?[：:][^。]{1,20}")
LETTER_LONGEST = 160


def is_salutation(text: str) -> bool:
    """编辑老师：您好！"""
    return len(text) <= LETTER_LONGEST and bool(SALUTATION.fullmatch(text) or GREETING.search(text[:24]))


def is_polite(text: str) -> bool:
    """A sentence to the editors, or the end of a letter."""
    if SPOKEN.search(text) and not TO_EDITORS.search(text):
        return False
    if len(text) > LETTER_LONGEST or (len(text) > SENTENCE and not TO_EDITORS.search(text)):
        return False
    return bool(POLITE.search(text) or CLOSING.fullmatch(text))


def is_furniture(text: str) -> bool:
    """投稿, 附件1, page numbers, rules of stars: about the file."""
    bare = text.strip()
    return bool(FURNITURE.fullmatch(bare) or WEB.fullmatch(bare) or SENT_TO.fullmatch(bare))
