"""The page's furniture: menus, buttons, counters, links to other pages, legal lines. Never part of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = [
    "closes_page",
    "find_furniture",
    "is_breadcrumb",
    "is_furniture",
    "is_menu",
    "opens_comments",
    "opens_link_list",
]

_BUTTONS = (
    "返回首页|网站首页|返回顶部|回到顶部|返回列表|返回上页|返回上一页|返回目录|返回|首页|主页|往期书刊|"
    "往期回顾|往期期刊|往期目录|期刊首页|上一页|下一页|尾页|末页|上一期|下一期|"
    "打印本页|打印此页|打印|关闭窗口|关闭本页|关闭|收藏本页|加入收藏|收藏|设为首页|我要纠错|纠错|"
    "字体[：:]?|字号[：:]?|浏览字号[：:]?|分享到[：:]?|分享至[：:]?|分享|一键分享|转发|点赞|在看|赞|"
    "微信好友|朋友圈|微信|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ|人人网|豆瓣|复制链接|更多|举报|投诉|"
    "大字|中字|小字|踩|放大|缩小|默认|大|中|小|"
    "登录|注册|退出|我的|手机版|电脑版|客户端|APP下载|下载APP|无障碍(?:阅读|浏览)?|长者模式|关怀版|"
    "适老化|繁體|繁体(?:版|中文)?|简体(?:版|中文)?|English|EN|RSS(?:订阅)?|网站地图|站点地图|"
    "联系我们|关于我们|版权声明|法律声明|隐私(?:政策|保护|声明)|网站声明|免责声明|友情链接|加入我们|"
    "广告服务|诚聘英才|招聘信息|"
    "我要评论|发表评论|查看评论|网友评论|评论|阅读原文|阅读全文|查看原文|点击查看更多|查看更多|展开全文|"
    "展开|收起|语音播报|语音阅读|在小说阅读器(?:读本章|中沉浸阅读)|去阅读|听新闻|朗读|播放|暂停|全文朗读|全屏|搜索|站内搜索|请输入关键[词字]|"
    "下载|下载PDF|PDF下载|PDF|导出|引用本文|版面概览|版面导航|标题导航|本版标题导航|版面目录|上一版|"
    "下一版|上一篇|下一篇|告诉好友|打印此文|上一条|下一条|前一篇|后一篇|正文"
)
_BUTTON = re.compile(
    rf"[\[【（(<《「]?(?:{_BUTTONS})[\]】）)>》」]?(?=$|[\s\u3000|｜·/、,，:：\[\]【】（）()<>«»＞＜+—-])",
    re.I,
)
_TO_END = re.compile(
    r"(?:上一[篇条页则]|下一[篇条页则]|前一[篇条]|后一[篇条])(?:文章|新闻)?\s*[：:].*"
    r"|(?:您?(?:现在|当前)?(?:的)?(?:所在)?(?:当前)?位置|您在这里|当前栏目)\s*(?:是|[：:]).*"
    r"|.{0,24}版权所有.*|版权归.{0,12}所有.*|没有(?:相关|任何)(?:文章|评论|新闻)|附件\d?\s*[：:].{2,60}|"
    r"Copyright.*|©.*|.{0,12}ICP[备证].{0,40}|.{0,8}公网安备.*|技术支持\s*[：:].*|网站标识码.*|备案(?:号|"
    r"编号)?\s*[：:].*"
    r"|(?:您是|今日|本站)?第?\s*\d+\s*(?:位|次)(?:访客|访问者|浏览).*|在线人数.*"
    r"|今天是.*|预览时标签不可点|微信扫一扫.*|继续滑动看下一个|[向上]滑动看下一个|轻[点触].{0,6}取消(?:赞|在看)"
    r"|扫一扫.*|扫码.*|扫描(?:上方|下方|左侧|右侧)?二维码.*|长按.{0,10}(?:二维码|识别|图片).*|"
    r"(?:欢迎)?关注.{0,14}(?:公众号|微信|微博|视频号).*|点击.{0,14}(?:关注|订阅|蓝字).*"
    r"|(?:特别|本网|本站|版权|免责)?声明\s*[：:].*|未经.{0,14}(?:授权|许可|同意).{0,40}|"
    r"凡(?:本[网站报刊]|注明).{0,80}(?:转载|版权|来源).*"
    r"|(?:已有|共有?)?\s*\d+\s*(?:人|条|次)(?:评论|参与|点赞|阅读|浏览|转发|在看).*|(?:评论|回复|查看|回帖|点赞|阅读|"
    r"浏览|转发|收藏|在看|赞)\s*[（(]?\s*\d+(?:\.\d+)?万?\+?\s*[)）]?"
    r"|主办(?:单位)?\s*[：:].{2,60}|承办(?:单位)?\s*[：:].*|(?:联系)?地址\s*[：:].{4,60}|(?:联系|举报|广告|发行|订报|新闻|"
    r"投稿|新闻|服务|监督)?(?:电话|热线|邮箱|信箱)\s*[：:].*|邮编\s*[：:].*"
    r"|(?:新闻|违法和不良信息)?举报(?:电话|邮箱).*|增值电信业务.*|互联网新闻信息服务许可证.*|"
    r"广播电视节目制作.*|建议使用.{0,40}(?:浏览|分辨率).*|Powered by.*"
    r"|https?://\S+|www\.\S+",
    re.I,
)
_COUNTER = re.compile(
    r"(?:阅读|浏览|点赞|在看|赞)\s*\d+\.?\d*万\+?|(?:访问|浏览|点击|阅读)(?:次数|量|数|率)?\s*[：:]?\s*\d*\+?\s*次?|"
    r"\d+\s*(?:阅读|浏览|评论|点赞|收藏)|第?\s*\d+\s*/\s*\d+\s*页?"
)
_LINK_LIST = re.compile(
    r"(?:[\[【◆■▶▷>»]*\s*(?:(?:本版|要闻|今日|头版)?导读|相关(?:阅读|新闻|链接|文章|报道|资讯|专题|稿件|推荐|信息|附件)|延伸阅读|"
    r"推荐阅读|推荐文章|推荐新闻|热门(?:文章|新闻|推荐|阅读|点击|排行)|热点(?:新闻|推荐|排行)|猜你喜欢|喜欢此内容的人还喜欢|"
    r"为您推荐|为你推荐|精彩推荐|大家都在看|更多(?:新闻|精彩|阅读)|往期(?:回顾|精选|推荐)|阅读排行|"
    r"点击排行|最新(?:文章|新闻|发布|资讯|热点|推荐)|编辑推荐|今日推荐|今日要闻|友情链接|本版其他(?:文章|新闻)|"
    r"本期其他文章|同类文章|"
    r"本版(?:新闻|文章|标题导航|目录)|本期目录|新闻排行|24小时热点)\s*[\]】]*\s*[：:]?\s*(?:更多\s*[>»+]*)?)+"
)
_COMMENTS = re.compile(
    r"[\[【]?(?:(?:网友|最新|全部|精彩|热门|用户|读者)?(?:评论|留言|跟帖)(?:列表|区)?|精选留言|"
    r"我来说两句|发表(?:您的)?评论|我要(?:评论|留言))[\]】]?\s*[（(]?\s*\d*\s*条?\s*[)）]?\s*[：:]?"
)
_CRUMB = re.compile(r"\s*(?:>{1,2}|›|»|＞|→|&gt;|❯|/)\s*")
_MENU_WORD = re.compile(
    "首页|主页|关于我们|联系我们|登录|注册|搜索|简介|概况|新闻|要闻|动态|公告|专题|在线|服务|互动|公开|"
    "视频|图片|专栏|论坛|会员|下载|导航"
)


def find_furniture(text: str) -> list[tuple[int, int]]:
    """Return the ranges of ``text`` that are furniture by their words, left to right."""
    ranges: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        if text[at].isspace() or text[at] in "|｜·、,，/[]【】（）()<>«»＞＜+-—：:!！_":
            at += 1
            continue
        found = _TO_END.match(text, at) or _BUTTON.match(text, at) or _counter(text, at)
        if found and found.end() > at:
            ranges.append((at, found.end()))
            at = found.end()
            continue
        step = re.compile(r"[^\s\u3000|｜【\[（(]+").match(text, at)
        at = step.end() if step and step.end() > at else at + 1
    return ranges


def _counter(text: str, at: int) -> re.Match[str] | None:
    found = _COUNTER.match(text, at)
    return found if found and (found.end() == len(text) or not text[found.end()].isalnum()) else None


def is_furniture(text: str) -> bool:
    """Return whether nothing but furniture stands in the line."""
    bare = text.strip()
    if len(bare) > 160:
        return False
    if is_breadcrumb(bare) or is_menu(bare):
        return True
    ranges = find_furniture(bare)
    return bool(ranges) and not _left_over(bare, ranges)


def _left_over(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    kept, at = "", 0
    for first, last in ranges:
        kept, at = kept + text[at:first], last
    return re.sub(r"[\W_]+", "", kept + text[at:])


def is_breadcrumb(text: str) -> bool:
    """``首页 > 新闻 > 正文``: short steps, beginning at a home page or of three and more."""
    steps = [s.strip() for s in _CRUMB.split(text.strip()) if s.strip()]
    if len(text) > 120 or len(steps) < 2 or not re.search(">|›|»|＞|→|❯|/", text):
        return False
    home = re.search("首页|主页|Home|当前位置|所在位置", steps[0], re.I)
    arrows = re.search("[>›»＞❯]", text)
    if home or not arrows:
        return bool(home)
    issue = re.search("(?:19|20)\\d\\d年第?.{1,6}期", steps[0])
    short = all(len(s) <= 10 and not re.search("[，。！？：]", s) for s in steps)
    return bool(issue) or short or (len(steps) >= 3 and all(len(s) <= 10 for s in steps[:-1]))


def is_menu(text: str) -> bool:
    """Four or more short words in a row, one of them a menu's."""
    words = [w for w in re.split(r"[\s\u3000|｜·]+", text.strip()) if w]
    if len(words) < 4 or any(len(w) > 7 for w in words):
        return False
    return len([w for w in words if _MENU_WORD.search(w)]) >= 2


def opens_link_list(text: str) -> bool:
    """Return whether the line heads a list of links to other pages (相关阅读 …)."""
    return _LINK_LIST.fullmatch(text.strip()) is not None


def opens_comments(text: str) -> bool:
    """Return whether readers' comments begin here."""
    bare = text.strip()
    if re.match(r"(?:\d{1,4}\s*(?:楼|#)|沙发|板凳|地板)[\s：:]", bare):
        return True
    return _COMMENTS.fullmatch(bare) is not None or bool(re.match("网友评论[：:]|评论内容只代表", bare))


def closes_page(text: str) -> bool:
    """Return whether only the page's foot can follow such a line."""
    return (
        re.search(r"版权所有|Copyright|ICP备|公网安备|[上下]一[篇条](?:文章|新闻)?\s*[：:]", text, re.I)
        is not None
    )
