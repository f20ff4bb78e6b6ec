"""A Word file as a contributor types it: title, names, headings and paragraphs in plain styles."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from xml.sax.saxutils import escape

__all__ = ["word_file"]

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org"
TYPES = (
    f'{HEAD}<Types xmlns="{OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
LINKS = (
    f'{HEAD}<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
BLOCK = re.compile(r"<(p|h2)>(.*?)</\1>", re.DOTALL)
CENTRED = '<w:jc w:val="center"/>'
#: A file is the same each time it is written.
WRITTEN = (2026, 1, 1, 0, 0, 0)


def word_file(title: str, names: list[str], body: str) -> bytes:
    """A ``.docx`` of a sample body made of ``p`` and ``h2``; headings are bold, as people type them."""
    lines = [paragraph(title, CENTRED, bold=True), paragraph("　".join(names), CENTRED)]
    for tag, html in BLOCK.findall(body):
        lines.append(paragraph(unescape(re.sub(r"<[^>]+>", "", html)), bold=tag == "h2"))
    document = (
        f'{HEAD}<w:document xmlns:w="{OFFICE}/wordprocessingml/2006/main"><w:body>'
        f"{''.join(lines)}</w:body></w:document>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", LINKS),
            ("word/document.xml", document),
        ):
            archive.writestr(zipfile.ZipInfo(name, WRITTEN), text)
    return buffer.getvalue()


def paragraph(text: str, layout: str = "", bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p><w:pPr>{layout}</w:pPr><w:r>{style}<w:t>{escape(text)}</w:t></w:r></w:p>"
