"""Chinese surnames, and where the surname ends in a name."""

from __future__ import annotations

import re

__all__ = ["DOUBLE_SURNAMES", "SURNAMES", "split_name"]

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋"
    "茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗"
    "丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰"
    "秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄"
    "姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文"
    "寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑"
    "亢况郈有琴归海墨哈谯年爱阳佟言福苟肖闫付涂佘展英代运冼楼覃隋占仝逄粟邸苑闾"
)
DOUBLE_SURNAMES = tuple(
    re.findall("..", "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐司徒长孙夏侯端木宇文轩辕南宫独孤")
)

HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")


def split_name(name: str) -> tuple[str, str] | None:
    """Surname and given name of a Chinese person, padded (``李　伟``) or not; ``None`` for any other name.

    A pen name that reads like a name is split like one: nothing on the page tells them apart.
    """
    bare = "".join(name.split())
    if not HAN_NAME.fullmatch(bare):
        return None
    if bare.startswith(DOUBLE_SURNAMES) and len(bare) > 2:
        return bare[:2], bare[2:]
    return (bare[0], bare[1:]) if bare[0] in SURNAMES and len(bare) < 4 else None
