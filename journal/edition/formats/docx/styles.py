"""How each kind of line looks: one row a style, named in Chinese, as the printer's people call it.

The names are the same in every language: templates of printers go by them. What Word itself looks for
(headings for its navigation, footnotes, links) keeps Word's name, and ours are based on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .markup import w

__all__ = ["STYLES", "TEXT_WIDTH", "font_table", "fonts", "styles"]

SONG, HEI, KAI = "宋体", "黑体", "楷体"
LATIN = "Times New Roman"
#: Chinese face → its name in English systems, what stands in for it, its Panose number.
FACES = {
    SONG: ("SimSun", "02010600030101010101"),
    HEI: ("SimHei", "02010609060101010101"),
    KAI: ("KaiTi", "02010609060101010101"),
}
FALLBACKS = {SONG: "Noto Serif CJK SC", HEI: "Noto Sans CJK SC", KAI: "LXGW WenKai"}
BODY_SIZE = 10.5  # points: 五号
#: Of both page sizes, in twentieths of a point: 158 mm.
TEXT_WIDTH = 8958


@dataclass(frozen=True)
class Style:
    """``size``, ``before`` and ``after`` in points, ``first``, ``left`` and ``right`` in signs.

    ``line``: the distance of lines, 1 being single; ``keep``: stays with what follows.
    """

    id: str
    name: str
    based_on: str = "Normal"
    next: str = ""
    font: str = ""
    size: float = 0
    bold: bool | None = None
    align: str = ""
    before: float = 0
    after: float = 0
    line: float = 0
    first: float = 0
    hanging: float = 0
    left: float = 0
    right: float = 0
    outline: int | None = None
    keep: bool = False
    page: bool = False  # begins a page
    close: bool = False  # no gap between two of this style
    border: str = ""  # top or bottom
    tab: str = ""  # at the right edge: dot or none before it
    color: str = ""


STYLES = (
    # Word's own.
    Style("Normal", "Normal", "", font=SONG, size=BODY_SIZE, line=1.25),
    *(Style(f"Heading{n}", f"heading {n}", next="Body", outline=n - 1, keep=True) for n in range(1, 5)),
    Style("Caption", "caption", size=9),
    Style("FootnoteText", "footnote text", size=9, line=1.1, align="left"),
    Style("Header", "header", size=9, border="bottom", tab="none", color="444444"),
    Style("Footer", "footer", size=9, align="center", color="444444"),
    # The head of an article.
    Style("Place", "版位", font=HEI, size=9, after=14, keep=True, color="8A1F1F"),
    Style("Kicker", "引题", next="Title1", font=KAI, size=14, align="center", before=6, after=4, keep=True),
    Style("Title1", "正题", "Heading1", "Subhead", HEI, 22, align="center", before=6, after=10, line=1.15),
    Style("Subhead", "副题", next="Byline", font=KAI, size=14, align="center", after=6, keep=True),
    Style("Byline", "署名", next="Body", font=KAI, size=12, align="center", after=8, close=True, keep=True),
    Style("Abstract", "提要", next="Body", font=KAI, left=2, right=2, before=4, after=8, close=True),
    Style("Keywords", "关键词", "Abstract", before=0, after=10),
    # The text.
    Style("Body", "文章正文", first=2, align="both"),
    Style("Flush", "文章正文顶格", "Body"),
    Style("Rank1", "一级标题", "Heading2", "Body", HEI, 14, align="center", before=12, after=6),
    Style("Rank2", "二级标题", "Heading3", "Body", KAI, 12, bold=True, first=2, before=6, after=3),
    Style("Rank3", "三级标题", "Heading4", "Body", SONG, bold=True, first=2, before=3),
    Style("Quotation", "引文", font=KAI, left=2, right=2, first=2, before=3, after=3, align="both"),
    Style("Item", "列表项", align="both"),
    Style("Signed", "落款", align="right", right=2),
    Style("Status", "待续", align="right", right=2, font=KAI),
    Style("Picture", "图片", align="center", before=8, line=1),
    Style("PictureWords", "图说", "Caption", "Body", KAI, 9, align="center", before=3, after=8),
    Style("TableWords", "表题", "Caption", font=HEI, size=9, align="center", before=8, after=4, keep=True),
    Style("TableHead", "表头", font=HEI, size=9, align="center", line=1.1),
    Style("TableCell", "表文", size=9, align="left", line=1.1),
    Style("TableEnd", "表后", size=4, line=1),
    Style("Parting", "分隔线", border="bottom", after=8, size=4, line=1, left=12, right=12),
    # Behind the text.
    Style("Source", "来源", font=KAI, align="right", right=2, before=6),
    Style("Closing", "文末注", font=KAI, size=9, first=2, before=2),
    Style("Notice", "更正", font=KAI, size=9, first=2, before=4),
    # The issue.
    Style("JournalName", "刊名", font=HEI, size=48, align="center", before=48, after=10, line=1),
    Style("CoverWords", "封面文字", font=SONG, size=16, align="center", after=6),
    Style("Slogan", "刊语", font=KAI, size=18, align="center", before=10, after=6),
    Style("PageTitle", "页题", "Heading1", font=HEI, size=20, align="center", after=16, page=True),
    Style("Imprint", "版权项", hanging=7, left=7, after=3),
    Style("Section", "栏目", font=HEI, size=12, before=10, after=3, keep=True, color="8A1F1F"),
    Style("Entry", "目录项", hanging=2, left=2, after=2, tab="dot"),
)


def styles() -> Any:
    """The root of ``styles.xml``."""
    return w(
        "styles",
        defaults(),
        *(paragraph_style(style) for style in STYLES),
        w("style", w("name", val="Default Paragraph Font"), type="character", default="1", styleId="Plain"),
        character_style("FootnoteReference", "footnote reference", w("vertAlign", val="superscript")),
        character_style("Hyperlink", "Hyperlink", w("color", val="1F4E79"), w("u", val="single")),
        table_style(),
    )


def defaults() -> Any:
    """What no style says: hanging punctuation, no forbidden line starts, no lonely lines."""
    lines = ("widowControl", "kinsoku", "overflowPunct", "autoSpaceDE", "autoSpaceDN")
    return w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                fonts(SONG),
                w("kern", val=2),
                w("sz", val=21),
                w("szCs", val=21),
                w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
            ),
        ),
        w("pPrDefault", w("pPr", *(w(name) for name in lines))),
    )


def fonts(face: str) -> Any:
    """Chinese in ``face``; figures and Latin in its companion; “ and … set as Chinese signs."""
    return w("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=face, cs=LATIN, hint="eastAsia")


def paragraph_style(style: Style) -> Any:
    own = {"type": "paragraph", "styleId": style.id}
    own |= {"default": "1"} if style.id == "Normal" else {}
    own |= {} if style.name.isascii() else {"customStyle": "1"}
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val=style.based_on) if style.based_on else None,
        w("next", val=style.next) if style.next else None,
        w("qFormat"),
        paragraph_look(style),
        run_look(style),
        **own,
    )


def paragraph_look(style: Style) -> Any:
    return w(
        "pPr",
        *((w("keepNext"), w("keepLines")) if style.keep else ()),
        w("pageBreakBefore") if style.page else None,
        border(style.border) if style.border else None,
        w("tabs", w("tab", val="right", leader=style.tab, pos=TEXT_WIDTH)) if style.tab else None,
        spacing(style),
        indents(style),
        w("contextualSpacing") if style.close else None,
        w("jc", val=style.align) if style.align else None,
        w("outlineLvl", val=style.outline) if style.outline is not None else None,
    )


def border(side: str) -> Any:
    return w("pBdr", w(side, val="single", sz=4, space=4, color="888888"))


def spacing(style: Style) -> Any:
    said: dict[str, object] = {}
    if style.before or style.after or style.id == "Normal":
        said |= {"before": round(style.before * 20), "after": round(style.after * 20)}
    if style.line:
        said |= {"line": round(style.line * 240), "lineRule": "auto"}
    return w("spacing", **said) if said else None


def indents(style: Style) -> Any:
    """In hundredths of a sign, and in twips for programs that do not count signs."""
    sign = (style.size or BODY_SIZE) * 20
    said: dict[str, object] = {}
    own = {"left": style.left, "right": style.right, "firstLine": style.first, "hanging": style.hanging}
    for name, signs in own.items():
        if signs or (name == "firstLine" and style.id == "Flush"):
            said |= {f"{name}Chars": round(signs * 100), name: round(signs * sign)}
    return w("ind", **said) if said else None


def run_look(style: Style) -> Any:
    return w(
        "rPr",
        fonts(style.font) if style.font else None,
        w("b", val=int(style.bold)) if style.bold is not None else None,
        w("color", val=style.color) if style.color else None,
        *((w("sz", val=round(style.size * 2)), w("szCs", val=round(style.size * 2))) if style.size else ()),
    )


def character_style(id: str, name: str, *look: Any) -> Any:
    based_on = w("basedOn", val="Plain")
    return w("style", w("name", val=name), based_on, w("rPr", *look), type="character", styleId=id)


def table_style() -> Any:
    """Lines of a printed table: strong above and below, thin inside."""
    strong = {"val": "single", "sz": 8, "space": 0, "color": "000000"}
    thin = {**strong, "sz": 4, "color": "888888"}
    sides = {"top": strong, "bottom": strong, "insideH": thin, "insideV": thin}
    borders = w("tblBorders", *(w(side, **line) for side, line in sides.items()))
    margins = w("tblCellMar", *(w(side, w=80, type="dxa") for side in ("left", "right")))
    return w(
        "style",
        w("name", val="文章表格"),
        w("tblPr", borders, margins),
        type="table",
        customStyle="1",
        styleId="ArticleTable",
    )


def font_table() -> Any:
    """The root of ``fontTable.xml``: what stands in where a Chinese face is not installed."""
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=f"{english},{FALLBACKS[face]}"),
                w("panose1", val=panose),
                w("charset", val="86"),
                w("family", val="auto"),
                w("pitch", val="variable"),
                name=face,
            )
            for face, (english, panose) in FACES.items()
        ),
        w("font", w("charset", val="00"), w("family", val="roman"), w("pitch", val="variable"), name=LATIN),
    )
