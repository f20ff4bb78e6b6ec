"""Labels of the masthead (roles, houses, addresses …) and the items a line of it holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ..names import looks_like_person, split_names
from .lines import Line

__all__ = ["REMARK", "Item", "plausible_items"]

_PREFIX = (
    "(?:(?:编委会|编辑委员会|编辑指导委员会|理事会|杂志社|编辑部|社委会|学术委员会|专家委员会|"
    "顾问委员会|专家)?(?:名誉|荣誉|常务|执行|第一|特邀|特约|首席|总|副|代|本期|值班|文字|美术|视觉|"
    "图片|网络|英文|技术|法律|艺术|学术|运营|主任)*)"
)
_PERSON_BASE = (
    "主任委员|主任|主编|总编辑|总编|社长|社委|委员|成员|顾问|编审|责任编辑|执行编辑|编辑部主任|编辑|"
    "责编|美编|校对|校对员|责任校对|编务|通联|记者|摄影|"
    "编委会|编辑委员会|编委|理事会|版式|版面|版面编辑|装帧|版式设计|装帧设计|封面设计|版面设计|"
    "美术设计|设计|排版|出版人|发行人|出品人|特约通讯员|通讯员|特约撰稿|策划|总策划|监制|总监|审读|"
    "终审|复审|初审|统筹|秘书长|理事长|理事|会长|主席|翻译|制作|编校|编辑人员|工作人员|采编|主笔"
)
_CORPORATE = (
    "主管单位|主管部门|出品单位|出品|主管|主办单位|主办|承办单位|承办|协办单位|协办|联合主办|"
    "编辑出版单位|编辑出版|编印单位|编印|编辑单位|出版单位|出版发行|出版|支持单位|指导单位|编辑部|"
    "主管主办"
)
_FACTS = {
    "address": "地址|社址|编辑部地址|通讯地址|通信地址|联系地址|本刊地址|杂志社地址|社 址",
    "postcode": "邮编|邮政编码",
    "phone": "电话|联系电话|编辑部电话|办公电话|电话号码|热线|热线电话|投稿电话|咨询电话|值班电话|"
    "电话传真|电话/传真",
    "fax": "传真|传真号码|传真电话",
    "email": "电子信箱|电子邮箱|电子邮件|投稿邮箱|投稿信箱|投稿|来稿|邮箱|信箱|E-mail|Email|E-Mail|"
    "EMAIL|e-mail|email|编辑部邮箱|来稿邮箱|征稿邮箱|稿件邮箱",
    "website": "网址|网站|官网|官方网站|投稿网址",
    "wechat": "微信公众号|公众号|微信号|官方微信",
    "licence": "准印证号|准印证|准印号|内部资料准印证号|内部资料准印证|内部资料性出版物准印证号|"
    "连续性内部资料准印证|连续性内部资料准印证号|登记证号|内部准印证|内资准印证号|准印证编号|"
    "内部资料性出版物",
    "cn": "国内统一刊号|国内统一连续出版物号|统一刊号|国内刊号|CN|刊号|国内统一连续出版物编号|"
    "国内统一连续出版物刊号",
    "issn": "国际标准刊号|国际标准连续出版物号|国际刊号|ISSN|国际标准连续出版物编号",
    "printer": "印刷企业|印刷单位|印刷厂|印刷|承印单位|承印|承印企业|印制|印刷者|印装",
    "print_run": "印刷册数|印刷数量|印数|印量|册数|发行量|本期印数",
    "distribution": "发送范围|发送对象|发放范围|发行范围|发行对象|赠阅范围|赠阅对象|分发范围|分送|"
    "发送|赠送范围|交流范围|发送单位",
    "distributor": "发行|发行单位|国内发行|订阅|订阅处|订购处|总发行|国外发行|邮局订阅",
    "postal_code_number": "邮发代号|国内邮发代号|国外代号",
    "price": "定价|零售价|每册定价|每期定价|工本费|全年定价|单价",
    "date": "出版日期|印刷日期|出刊日期|出版时间|印刷时间|付印日期|出版|编印日期|刊期日期",
    "frequency": "刊期|出版周期|出版频率",
    "issue_number": "期号|期数|总期号",
    "bank": "开户行|开户银行|户名|账号|帐号|银行账号",
    "advertising": "广告经营许可证|广告许可证|广告经营许可证号|广告发布登记|广告热线|广告",
    "name": "刊名|刊物名称|杂志名称|报刊名称",
    "cover": "封面摄影|封面图片|封面|封面照片|封面题字|刊名题字|题字|封底|封二|封三|本期封面",
}
_PERSON_LABEL = re.compile(f"{_PREFIX}(?:{_PERSON_BASE})(?:（?兼）?)?")
_CORPORATE_LABEL = re.compile(f"(?:{_CORPORATE})")
_FACT_LABELS = {
    label.replace(" ", ""): name for name, labels in _FACTS.items() for label in labels.split("|")
}
_SPACE = re.compile(r"[\s　]+")
SEPARATORS = " \t　:：|｜—/／"
_LATER_LABEL = re.compile(
    r"[\s　;；|｜]+(?=((?:[\u4e00-\u9fffA-Za-z/-]{2,12}|[\u4e00-\u9fff](?:[ 　]+[\u4e00-\u9fff]){1,3}"
    r"))[\s　]*[:：])"
)
REMARK = re.compile(r"[（(](?:以|按|排名|按照)[^（()）]{2,20}[)）]")


@dataclass(slots=True)
class Item:
    line: int
    kind: str  # person, corporate, or the name of a fact
    label: str
    value: str


def _label_kind(label: str) -> str | None:
    if label in _FACT_LABELS:
        return _FACT_LABELS[label]
    if _CORPORATE_LABEL.fullmatch(label):
        return "corporate"
    return "person" if _PERSON_LABEL.fullmatch(label) else None


def _leading_label(text: str) -> tuple[str, str, str] | None:
    """``(kind, label, value)`` when a line begins with a masthead label, however it is spaced out."""
    for size in range(min(len(text), 22), 1, -1):
        label = unicodedata.normalize("NFKC", _SPACE.sub("", text[:size])).strip("【】[]*·")
        if len(label) < 2 or text[size - 1] in SEPARATORS:
            continue
        kind = _label_kind(label)
        if kind is None:
            continue
        rest = text[size:]
        if not rest or rest[0] in SEPARATORS or rest[0] in "】]" or (kind == "licence" and rest[0] in "(（"):
            return kind, label, rest.strip(SEPARATORS + "】]")
        if kind == "person" and all(looks_like_person(n) for n in split_names(rest)):
            return kind, label, rest
        if kind in ("cn", "issn", "postcode", "phone") and re.match(r"[\d\s-]", rest):
            return kind, label, rest.strip(SEPARATORS)
    return None


def _items(index: int, text: str) -> list[Item]:
    found = _leading_label(text) or _hidden_label(text)
    if found is None:
        return []
    kind, label, value = found
    items = []
    while match := next(
        (m for m in _LATER_LABEL.finditer(" " + value) if _label_kind(_SPACE.sub("", m[1]))), None
    ):
        head, tail = (" " + value)[: match.start()], (" " + value)[match.end(1) :].lstrip(SEPARATORS)
        items.append(Item(index, kind, label, head.strip(SEPARATORS + ";；")))
        label = _SPACE.sub("", match[1])
        kind, value = _label_kind(label) or "person", tail.strip()
    items.append(Item(index, kind, label, value.strip(SEPARATORS + ";；")))
    return [i for item in items for i in _labels_inside(item)]


def _hidden_label(text: str) -> tuple[str, str, str] | None:
    """``双月刊　印数：1200册``: a label behind a word or two."""
    match = _LATER_LABEL.search(text[:24])
    label = _SPACE.sub("", match[1]) if match else ""
    kind = _label_kind(label)
    if match is None or kind is None or match.start() > 8:
        return None
    return kind, label, text[match.end(1) :].strip(SEPARATORS)


def _labels_inside(item: Item) -> list[Item]:
    """``总编辑 某某 值班编委 某某``: a label among the names begins a new item."""
    if item.kind != "person":
        return [item]
    found: list[Item] = []
    names: list[str] = []
    label = item.label
    for word in split_names(item.value):
        if names and _label_kind(word) == "person" and not looks_like_person(word):
            found.append(Item(item.line, "person", label, " ".join(names)))
            label, names = word, []
        else:
            names.append(word)
    return [*found, Item(item.line, "person", label, " ".join(names))]


def plausible_items(index: int, line: Line) -> list[Item]:
    """Items of one line; a masthead set in two columns has several fields a line."""
    fields = line.cell_texts()
    if len([f for f in fields if _leading_label(f)]) >= 2:
        return [i for field_ in _paired(fields) for i in _items(index, field_) if _plausible(i)]
    return [i for i in _items(index, line.text) if _plausible(i)]


def _paired(fields: list[str]) -> list[str]:
    """Put a field without a label behind the label before it."""
    joined: list[str] = []
    for text in fields:
        if joined and not _leading_label(text):
            joined[-1] += " " + text
        else:
            joined.append(text)
    return joined


def _plausible(item: Item) -> bool:
    """A label in running text (``编辑 工作是…``) is no masthead line."""
    value = item.value
    if re.search("[。！？]", value) and item.kind != "distribution":
        return False
    if item.kind == "person":
        names = split_names(REMARK.sub("", value))
        people = sum(looks_like_person(n) for n in names)
        short = len(names) <= 12 and all(re.fullmatch("[\u4e00-\u9fff·]{2,4}", n) for n in names)
        return not value or (len(value) <= 120 and (people * 2 >= len(names) or short))
    if item.kind == "corporate":
        return len(value) <= 60
    if item.kind in ("postcode", "phone", "fax", "print_run", "price"):
        return not value or bool(re.search(r"\d|元|免费|赠", value))
    return len(value) <= 120 or item.kind == "distribution"
