"""Where a unit ends and a post begins, and what may be called a unit at all, in lines about people."""

from __future__ import annotations

import re

from journal.intake.names import looks_like_unit

__all__ = ["AND", "LISTED", "OPENS", "is_post", "is_unit", "split_unit", "without_place"]

PLACE = re.compile(
    r"[，,\s\u3000]+[\u4e00-\u9fff]{0,10}[\s\u3000]*[\u4e00-\u9fff]{0,6}[\s\u3000]*(?:邮编[：:]?)?[\d０-９]{6}\s*$"
)
GAP = re.compile(r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff])")
RANKS = (
    "专职|兼职|常务|原|副|总|首席|特聘|特约|高级|中级|初级|助理|执行|第一|代理|名誉|荣誉|客座|见习|实习|返聘|退休|在读|青年|骨干"
    "|[一二三四五六七八九]级|正[高处科]级|副[高处科]级|正|驻村|挂职|党组|党委|纪检"
    "|主治|主管|副主任|主任|硕士生|博士生|本科|硕士|博士|研究生|专技|专业技术|法律|财务|宣传|组织|党建|行政|人事|办公|政治|文物|策划"
)
CORES = (
    "书记|主任科员|主任|局长|厅长|部长|处长|科长|股长|司长|署长|馆长|站长|院长|校长|园长|所长|会长|主席|秘书长|秘书|理事长|理事|董事长|总裁|总经理|经理"
    "|台长|社长|社员|总编辑|主编|编辑|编审|记者|作家|诗人|导演|演员|教授|研究员|研究馆员|馆员|工程师|会计师|经济师|统计师|审计师|农艺师|医师|护师|护士长|护士|药师|技师|技术员"
    "|讲师|教师|老师|教员|本科生|学员|会员|医生|导师|辅导员|干部|职工|员工|工人|博士后|博士|硕士|研究生|学生|博士生|硕士生|组长|队长|政委|政治教导员|教导员|指导员|战士|民警|警长|专员|委员|成员|党员"
    "|镇长|乡长|县长|区长|市长|州长|省长|村主任|调研员|巡视员|科员|办事员|专家|顾问|负责人|工作者|通讯员|网格员|法官|检察官|审判员|律师|庭长|行长|厂长|矿长|场长|段长|车间主任|班长|班主任|船长|大使|代表|常委|工作人员|志愿者|文员"
)
POST = rf"(?:{RANKS})*(?:{CORES})"
#: Stands for the 、 between two posts while a line is cut at its marks.
AND = "\ue010"
#: 市委常委、宣传部部长
OFFICE = "(?:宣传部|组织部|统战部|政法委|纪委|监委|办公厅|办公室|党校)?"
POSTS = re.compile(rf"{POST}(?:[、兼及{AND}]+{OFFICE}{POST})*")
LISTED = re.compile(rf"(?P<first>{POST})、(?={OFFICE}{POST})")
#: 机关党委专职副书记 is a post in a unit of its own: 某厅机关党委
BEFORE_POST = re.compile(r"(?:机关|直属)$")
ENDS = re.compile(
    "(?:局|厅|署|委|办|院|校|馆|所|站|台|中心|公司|集团|学会|协会|大学|学院|中学|小学|医院|银行|政府|党校|党委|党组|总支|支部|工委|委员会|常委会"
    "|研究会|联合会|促进会|理事会|基金会|商会|社|队|部|处|科|室|司|庭|厂|矿|场|店|网|村|镇|乡|县|区|市|州|街道|社区|事务所|学校|幼儿园|园|宫"
    "|剧团|文联|作协|工会|妇联|残联|科协|侨联|社科联|股|段|车间|营|连|团|旅|基地|分行|支行|联社|总站|专班|系|组|战区|部队|海关|高中|初中|融媒体|电视台|志办|史办|纪检组|监察组)$"
)
SURE_ENDS = re.compile(
    "(?:海事处|管理处|办事处|代表处|派出所|司法所|供电所|税务所|财政所|研究所|事务所|林业站|水文站|文化站|服务站|管理站|电视台|气象台|广播台"
    "|[农林渔茶牧]场|电厂|水厂|船厂|工厂|矿区|党校|学校|高中|初中|[少青]年宫|文化宫|工人宫|日报|晚报|月刊|书店|书院|书社|茶社|工作室|养老院|敬老院|驿站|剧院"
    "|影院|纪念馆|陈列馆|博物馆|图书馆|文化馆|档案馆|体育馆|渡口|轮渡|航运站|商行|药店|诊所|工委|党委|党组|支部|总支|纪委|监委|团委|卫健委|发改委|国资委|常委会"
    "|委员会|政协|人大|编办|供销社|合作社|联社|银行|分行|支行|分局|公司|集团|项目部|指挥部|人武部|编辑部|宣传部|组织部|统战部|武装部|海关|供电所|收费站|幼儿园|消防站"
    "|支队|总队|大队|中队|社区|街道|志愿队|调查队|政府|党工委|管委会|居委会|村委会|办公室|办公厅|政研室|融媒体|志办|史办|研究室|社会科学院|科学院|设计院|画院|分院|检察院|法院|卫生院|委办|社联|文联|作协)$"
)
OPENS = re.compile(
    "(?:中共|中国|国家|全国|国网|国投|武警|消防|解放军|省|市|县|区|州|我[省市县区]|[\u4e00-\u9fff]{1,7}?(?:省|市|县|区|州|盟|旗|镇|乡|村|街道|社区|大学|学院|集团|公司|局|厅|委|院|校|馆|段|厂|矿|所|站|队|处))"
)
#: Words of sentences: no unit is called so.
WORDS = re.compile(
    "[的了着把这那谁怎吗呢吧们你他她它啦]|什么|关于|如何|我们|怎样|推动|推进|走进|开进|落实|聚焦|提升"
)
LETTERS = re.compile(r"[\u4e00-\u9fff\dA-Za-z（）()“”·—\-、\ue010]{3,40}")


def without_place(unit: str) -> str:
    """``某大学，某市 000000`` without city and postcode."""
    return GAP.sub("", PLACE.sub("", unit.strip(" \u3000。；;，,：:")))


def is_post(text: str) -> bool:
    return bool(POSTS.fullmatch(text))


def is_unit(text: str) -> bool:
    """Whether words name an organisation: by how they end, and for common ends by how they begin."""
    bare = re.sub(r"[（(][^（()）]*[）)]$", "", without_place(text))
    if re.fullmatch("本[刊报社网台]", bare):
        return True
    if not LETTERS.fullmatch(bare) or WORDS.search(bare) or is_post(bare):
        return False
    if len(bare) == 3:
        return bool(re.fullmatch("[省市县区州盟旗镇乡村]..", bare) and ENDS.search(bare))
    if "、" in bare:
        return all(map(is_unit, bare.split("、")))
    sure = SURE_ENDS.search(bare) or looks_like_unit(bare)
    return bool(sure or (ENDS.search(bare) and OPENS.match(bare)))


def split_unit(text: str) -> tuple[str, str | None]:
    """Unit and post: the post is ``None`` where there is none."""
    bare = text.strip(" \u3000，,")
    gap = re.fullmatch(rf"(?P<unit>\S.*?)[\s\u3000，,]+(?P<post>{POSTS.pattern})", bare)
    if gap and (is_unit(gap["unit"]) or len(gap["unit"]) >= 4):
        return without_place(gap["unit"]), gap["post"]
    joined = GAP.sub("", bare)
    if is_unit(joined) and not post_at(joined, strict=True):
        return without_place(joined), None
    at = post_at(joined, strict=True) or post_at(joined, strict=False)
    return (joined[:at].strip("、，, "), joined[at:]) if at else (without_place(bare), None)


def post_at(text: str, *, strict: bool) -> int:
    """Where the post begins that the words end with; 0 for none. Strictly, a known unit stands before it."""
    for start in range(3, len(text) - 1):
        before = text[:start]
        if not POSTS.fullmatch(text, start) or BEFORE_POST.search(before):
            continue
        if is_unit(before) or (not strict and not POSTS.search(before[-1])):
            return start
    return 0
