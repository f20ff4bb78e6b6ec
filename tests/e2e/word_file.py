"""A manuscript as people send it: written in Word, headings by hand, a photo, a table, a telephone number."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from PIL import Image

__all__ = ["PARAGRAPHS", "TELEPHONE", "TITLE", "photo", "word_file"]

TITLE = "渡口有个读书会"
TELEPHONE = "13800000000"
PARAGRAPHS = [
    f"第{number}次送书是在雨后的早晨，船工把书箱搬上船，孩子们在岸边等着，谁也没有说话。"
    for number in range(1, 41)
]


def photo(colour: tuple[int, int, int] = (90, 120, 130), size: tuple[int, int] = (900, 600)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


def word_file(folder: Path, name: str = "渡口有个读书会.docx") -> Path:
    """Write the file and return its path."""
    document = Document()
    for text, size, bold in ((TITLE, 22, True), ("——岚江乡镇阅读纪实", 15, False), ("贺苇", 12, False)):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(text)
        run.bold, run.font.size = bold, Pt(size)
    document.add_paragraph("（芦滩镇文化站）").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("摘要：本文记录一个渡口读书会三年的经过，说明小站点怎样把书送到村里。")
    document.add_paragraph("关键词：阅读推广；乡镇；读书会")
    document.add_paragraph().add_run("一、从一只书箱开始").bold = True
    for text in PARAGRAPHS:
        document.add_paragraph(f"\u3000\u3000{text}")
    document.add_picture(io.BytesIO(photo()))
    document.add_paragraph("图1 读书会的第一个晚上 郁青 摄").alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate((("年份", "场次", "人次"), ("2024", "12", "310"), ("2025", "20", "655"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph().add_run("二、灯下").bold = True
    document.add_paragraph("读书会没有名册，来的人自己带凳子。")
    document.add_paragraph(f"联系电话：{TELEPHONE}")
    path = folder / name
    document.save(str(path))
    return path
