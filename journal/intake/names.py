"""Who is meant by a printed name: a person, an organisation or a group; and where one name ends."""

from __future__ import annotations

import re

from articles.surnames import DOUBLE_SURNAMES, SURNAMES

from .manuscript import AuthorKind

__all__ = [
    "author_kind",
    "join_padded_name",
    "looks_like_group",
    "looks_like_person",
    "looks_like_unit",
    "split_names",
    "split_post",
]

_GROUP = re.compile(
    "(课题组|调研组|编写组|写作组|写作小组|专班|项目组|采访组|报道组|记者组|编辑组|工作组|创作组|联合组|调查组|考察组|研究组|小分队)$"
)
_UNIT = re.compile(
    "(局|厅|部|委|办|署|院|校|馆|所|站|台|中心|公司|集团|学会|协会|党委|党组|支部|工委|编辑部|大学|学院|中学|小学|幼儿园|医院"
    "|法院|检察院|政府|办公室|银行|报社|杂志社|出版社|通讯社|电视台|研究会|委员会|联合会|基金会|理事会|处|科|室|队|社|网|厂|村|镇|乡"
    "|街道|社区|总队|支队|大队|分局|分公司|评论员|联盟|工会|妇联|团委|残联|文联|作协|事务所|股|商会|庭|系|馆内|总站|剧团|园|县|区|市)$"
)
_UNIT_STRONG = re.compile(
    "(局|厅|工会|妇联|团委|残联|文联|作协|事务所|党委|工委|委员会|中心|公司|集团|学会|协会|大学|学院|中学|小学|医院|法院|检察院|政府|办公室|研究院|研究所|图书馆|博物馆"
    "|档案馆|文化馆|编辑部|报社|杂志社|卫生院|合作社|联合会|研究会|支部|总队|支队|大队|评论员|管理站|水文站|服务站|电视台)"
)
_POST = re.compile(
    "(?:专职|兼职|常务|原|副|总|首席|特聘|高级|助理|执行|第一)*"
    "(?:书记|主任|局长|厅长|处长|科长|馆长|站长|院长|校长|所长|部长|会长|主席|秘书长|理事长|董事长|总经理|经理|主编|编辑|记者|教授|研究员"
    "|研究馆员|馆员|工程师|会计师|经济师|医师|讲师|教师|干部|职工|博士|硕士|研究生|博士生|硕士生|组长|队长|专员|委员|镇长|乡长|县长|市长)$"
)
_NOT_A_NAME = re.compile(
    "(?<=.)[的了是在与及和或为被把从到对向让给就都也还又很更最这那哪怎什么们吗呢吧啊着过将要以于年月日期号时第]"
    "|问题|工作|发展|建设|经验|思考|方法|方案|成果|成效|安全|平安|文化|经济|社会|高质|温馨|水平|管理|服务|改革|创新|任务|关键"
    "|路径|全面|全文|全力|严肃|严格|常态|安排|时代|公告|通知|公示|连续|简介|简讯|广告|要闻|农村|农业|农民|家庭|家园|国家|党建"
    "|党员|言论|师生|那些|有关|关于|通讯|车间|空间|山水|山村|江河|海洋|古镇|古城|古树|应急|应对|能力|能源|支部|支持|东西|居民"
    "|向前|向上|怀念|成长|成就|高山|高考|马路|石桥|白天|云端|路灯|夏天|秋天|正文|首页|编者|目录|双减|解读|都市|须知|权威|年度|全市|全县"
    "|全省|全国|全区|权力|利民|利益|通过|通报|相关|相约|後|後来|查看|计划|谈话|谈判|解决|解放|索引|别样|别让|牛年|鱼米|易懂|乐园|于是"
)
_INNER_PAD = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u00a0\u3000\u2002\u2003]{1,4}"
    r"([\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)
#: A surname of two characters is no name by itself: what follows the gap belongs to it.
_DOUBLE_PAD = re.compile(
    rf"(?<![\u4e00-\u9fff])({'|'.join(DOUBLE_SURNAMES)})[ \u00a0\u3000\u2002\u2003]{{1,4}}"
    r"([\u4e00-\u9fff]{1,2})(?![\u4e00-\u9fff])"
)
_BETWEEN_NAMES = re.compile(r"[、，,；;/／|&]+|\s+")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•．][\u4e00-\u9fff]{1,8})+")


def looks_like_person(text: str) -> bool:
    """Return whether ``text`` can be a personal name: a known surname and one or two (or 2+2) more.

    Names with an inner dot (``阿依·古丽``) count. It is a matter of form only: ask it where a byline
    is likely, not of any word.
    """
    name = join_padded_name(text.strip())
    if _FOREIGN.fullmatch(name):
        return True
    if not re.fullmatch("[\u4e00-\u9fff]{2,4}", name) or _NOT_A_NAME.search(name):
        return False
    if name.startswith(DOUBLE_SURNAMES):
        return len(name) >= 3
    return len(name) <= 3 and name[0] in SURNAMES and not (len(name) == 3 and _UNIT_STRONG.search(name[1:]))


def looks_like_group(text: str) -> bool:
    """Return whether the words name a working group (课题组, 调研组 …)."""
    return bool(_GROUP.search(_bare(text)))


def looks_like_unit(text: str) -> bool:
    """Return whether the words name an organisation or group: 4–40 characters ending in a unit's word."""
    bare = _bare(text)
    if not 4 <= len(bare) <= 40 or re.search("[，。；：？！、“”]", bare):
        return False
    return bool(_GROUP.search(bare) or (_UNIT.search(bare) and _UNIT_STRONG.search(bare)))


def author_kind(name: str) -> AuthorKind:
    """Tell a group from an organisation from a person by the form of the name."""
    if looks_like_group(name):
        return AuthorKind.GROUP
    if looks_like_person(name):
        return AuthorKind.PERSON
    return AuthorKind.CORPORATE if _UNIT.search(_bare(name)) and len(_bare(name)) >= 4 else AuthorKind.PERSON


def join_padded_name(text: str) -> str:
    """Close the gap of padded names: ``李　伟`` → ``李伟``, ``欧阳　明`` → ``欧阳明``."""
    return _INNER_PAD.sub(r"\1\2", _DOUBLE_PAD.sub(r"\1\2", text))


def split_names(text: str) -> tuple[str, ...]:
    """Split a printed list of names at 、，/ and spaces, keeping padded names whole."""
    pieces = _BETWEEN_NAMES.split(join_padded_name(text.strip()))
    return tuple(p for p in pieces if p)


def split_post(text: str) -> tuple[str, str | None]:
    """Split ``unit + post`` (``某市图书馆副馆长``) into the two; the post is ``None`` when there is none."""
    found = _POST.search(text.strip())
    if found is None or found.start() < 3:
        return text.strip(), None
    return text[: found.start()].strip(), found.group()


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
