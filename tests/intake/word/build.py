"""Word files written by hand, part by part: what WPS, old Word and people really put into them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

__all__ = ["File", "br", "p", "r", "table", "tag"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = {"document": "document.main"} | {
    name: name for name in ("styles", "numbering", "footnotes", "comments")
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def tag(name: str, *inside: str, **attributes: str | int) -> str:
    """``tag("jc", val="center")`` → ``<w:jc w:val="center"/>``."""
    said = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<w:{name}{said}>{''.join(inside)}</w:{name}>"


def r(
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    raised: bool = False,
    size: float = 0,
    hidden: bool = False,
) -> str:
    """A run; ``\\n`` is a line break, ``\\t`` a tab."""
    looks = tag("b") * bold + tag("i") * italic + tag("vanish") * hidden
    looks += tag("vertAlign", val="superscript") if raised else ""
    looks += tag("sz", val=int(size * 2)) if size else ""
    words = []
    for n, line in enumerate(text.split("\n")):
        words.append("<w:br/>" if n else "")
        pieces = line.split("\t")
        words.append("<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces))
    return tag("r", tag("rPr", looks) if looks else "", "".join(words))


def br(kind: str = "page") -> str:
    return tag("r", tag("br", type=kind))


def p(
    *runs: str,
    align: str = "",
    style: str = "",
    bold: bool = False,
    size: float = 0,
    number: tuple[int, int] | None = None,
    outline: int | None = None,
) -> str:
    """A paragraph; plain strings become runs of its look, strings that begin with ``<`` are mark-up."""
    properties = tag("pStyle", val=style) if style else ""
    if number is not None:
        properties += tag("numPr", tag("ilvl", val=number[1]), tag("numId", val=number[0]))
    properties += tag("jc", val=align) if align else ""
    properties += tag("outlineLvl", val=outline) if outline is not None else ""
    inside = "".join(run if run.startswith("<") else r(run, bold=bold, size=size) for run in runs)
    return tag("p", tag("pPr", properties) if properties else "", inside)


def table(*rows: list[str | tuple[str, dict[str, str]]]) -> str:
    """Cells are words, or words with ``span`` (columns) and ``merge`` (``restart`` or ``continue``)."""
    lines = []
    for row in rows:
        cells = []
        for cell in row:
            words, said = cell if isinstance(cell, tuple) else (cell, {})
            properties = tag("gridSpan", val=said["span"]) if "span" in said else ""
            properties += tag("vMerge", val=said["merge"]) if "merge" in said else ""
            inside = "".join(part if part.startswith("<") else p(part) for part in words.split("\n"))
            cells.append(tag("tc", tag("tcPr", properties), inside))
        lines.append(tag("tr", *cells))
    return tag("tbl", *lines)


class File:
    """Collects what the text needs beside it, then gives the whole file."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}
        self.relations: list[tuple[str, str, str, bool]] = []
        self.footnotes: list[str] = []
        self.styles = ""
        self.lists: list[list[tuple[str, str]]] = []
        self.comments = ""

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        key = f"rId{len(self.relations) + 1}"
        self.relations.append((key, kind, target, external))
        return key

    def style(self, key: str, name: str, inside: str = "", based: str = "") -> str:
        above = tag("basedOn", val=based) if based else ""
        self.styles += tag("style", tag("name", val=name), above, inside, type="paragraph", styleId=key)
        return key

    def list(self, *levels: tuple[str, str]) -> int:
        """``list(("chineseCounting", "%1、"), …)`` → the number of the list."""
        self.lists.append(list(levels))
        return len(self.lists)

    def note(self, words: str) -> str:
        self.footnotes.append(words)
        return tag("r", tag("footnoteReference", id=len(self.footnotes) + 1))

    def link(self, address: str, words: str) -> str:
        key = self.relate("hyperlink", address, True)
        return f'<w:hyperlink r:id="{key}">{r(words)}</w:hyperlink>'

    def picture(self, described: str = "", name: str = "", data: bytes | None = None) -> str:
        """A photograph as a run."""
        number = sum(part.startswith("word/media") for part in self.parts) + 1
        name = name or f"image{number}.jpeg"
        self.parts[f"word/media/{name}"] = jpeg(number) if data is None else data
        key = self.relate("image", f"media/{name}")
        return tag(
            "r",
            "<w:drawing><wp:inline>"
            f'<wp:docPr id="{number}" name="图片 {number}" descr={quoteattr(described)}/>'
            f'<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{key}"/>'
            "</pic:blipFill></pic:pic>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing>",
        )

    def picture_cell(self) -> str:
        return p(self.picture())

    def box(self, *paragraphs: str) -> str:
        """A text box as Word writes it: once for itself, once more for old programs."""
        inside = tag("txbxContent", *paragraphs)
        return tag(
            "r",
            "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData>"
            f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
            "</mc:Fallback></mc:AlternateContent>",
        )

    def save(self, *blocks: str) -> bytes:
        parts: dict[str, str | bytes] = dict(self.parts)
        if self.footnotes:
            rows = [
                tag("footnote", p(), type="separator", id=0),
                tag("footnote", p(), type="continuationSeparator", id=1),
            ]
            rows += [tag("footnote", p(words), id=n + 2) for n, words in enumerate(self.footnotes)]
            parts["word/footnotes.xml"] = part("footnotes", "".join(rows))
            self.relate("footnotes", "footnotes.xml")
        if self.styles:
            parts["word/styles.xml"] = part("styles", self.styles)
            self.relate("styles", "styles.xml")
        if self.lists:
            parts["word/numbering.xml"] = part("numbering", "".join(self.numbering()))
            self.relate("numbering", "numbering.xml")
        if self.comments:
            parts["word/comments.xml"] = part("comments", self.comments)
            self.relate("comments", "comments.xml")
        parts["word/document.xml"] = part("document", tag("body", *blocks))
        parts["word/_rels/document.xml.rels"] = relations(self.relations)
        parts["_rels/.rels"] = relations([("rId1", "officeDocument", "word/document.xml", False)])
        parts["[Content_Types].xml"] = HEAD + (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="jpeg" ContentType="image/jpeg"/>'
            + "".join(
                f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-'
                f'officedocument.wordprocessingml.{kind}+xml"/>'
                for name, kind in KINDS.items()
                if f"word/{name}.xml" in parts
            )
            + "</Types>"
        )
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return buffer.getvalue()

    def numbering(self) -> list[str]:
        kinds = [
            tag(
                "abstractNum",
                *(
                    tag(
                        "lvl",
                        tag("start", val=1),
                        tag("numFmt", val=kind),
                        tag("lvlText", val=text),
                        ilvl=level,
                    )
                    for level, (kind, text) in enumerate(levels)
                ),
                abstractNumId=n,
            )
            for n, levels in enumerate(self.lists)
        ]
        return kinds + [tag("num", tag("abstractNumId", val=n), numId=n + 1) for n in range(len(self.lists))]


def part(name: str, inside: str) -> str:
    return f"{HEAD}<w:{name} {SPACES}>{inside}</w:{name}>"


def relations(rows: list[tuple[str, str, str, bool]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target={quoteattr(target)}'
        f"{' TargetMode=' + quoteattr('External') if external else ''}/>"
        for key, kind, target, external in rows
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def jpeg(shade: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (48, 32), (40 * shade % 255, 90, 120)).save(buffer, "JPEG")
    return buffer.getvalue()
