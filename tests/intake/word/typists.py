"""The demo's articles typed into Word by people of many habits; what they typed is the truth."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from journal.sample.content import SampleArticle, issues

from .build import File, p, r, table

__all__ = ["typed_articles"]

NAMED = ("作者",)
NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")


def typed_articles(round: int) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """(code, file, truth) of every demo article, each typed by somebody else; other rounds, other people."""
    for issue in issues():
        for article in issue.articles:
            typist = Typist(article, random.Random(f"{round}-{article.code}"))
            yield article.code, typist.type(), typist.truth


class Typist:
    """One person's habits, drawn from ``chance``."""

    def __init__(self, article: SampleArticle, chance: random.Random) -> None:
        people = [a for a in article.meta["authors"] if a["role"] not in {"采访", "受访"}]
        units = {a.get("affiliation") for a in people}
        people = [a for a in people if a["name"] not in units]
        self.meta, self.body, self.chance = {**article.meta, "authors": people}, article.body, chance
        self.file = File()
        self.file.style("a1", "Normal")
        self.file.style("a5", "Title")
        pick = chance.choice
        self.size = pick([0.0, 12.0, 14.0, 16.0])
        self.title_style = pick(["centred", "centred", "larger", "style", "bold"])
        self.indent = pick(["\u3000\u3000", "", "    ", "\u3000\u3000"])
        self.heading_style = pick(["bold", "bold", "indented", "plain", "outline", "counted", "centred"])
        self.people_style = pick(
            ["name", "unit name", "name (unit)", "two lines", "label", "behind", "right"]
        )
        self.caption_style = pick(
            ["{c}　{n}　摄", "{c}（{n} 摄）", "{c}　{n}/摄", "{c} 摄影：{n}", "图{i}　{c}"]
        )
        self.note_style = pick(["word", "word", "typed"])
        self.contact_style = pick(["none", "behind", "behind", "under", "with unit"])
        self.truth: dict[str, Any] = {
            "authors": [], "credits": [], "captions": [], "photo_credits": [], "headings": [],
            "tables": [], "footnotes": [], "images": 0, "body": [], "phone": [],
        }  # fmt: skip
        self.blocks: list[str] = []
        self.notes: list[str] = []

    def line(self, *words: str, **looks: Any) -> None:
        self.blocks.append(p(*words, size=looks.pop("size", self.size), **looks))

    def type(self) -> bytes:
        self.head()
        for element in html.fragments_fromstring(self.body):
            self.block(element)
        self.tail()
        self.truth["body"] = "\n".join(self.truth["body"])
        return self.file.save(*self.blocks)

    # The head

    def head(self) -> None:
        meta, truth = self.meta, self.truth
        styled: dict[str, dict[str, Any]] = {
            "centred": {"align": "center", "bold": True, "size": 22},
            "larger": {"size": 22},
            "style": {"style": "a5"},
            "bold": {"align": "center", "bold": True},
        }
        look = {"align": "center"} if self.title_style != "larger" else {}
        for name in ("kicker", "title", "subtitle"):
            words = meta.get(name, "")
            if words:
                truth[name] = words
                self.line(words, **(styled[self.title_style] if name == "title" else look))
        self.people(look)
        if abstract := meta.get("abstract"):
            truth["abstract"] = abstract
            label = self.chance.choice(["摘　要：", "【内容提要】", "提要："])
            self.line(r(label, bold=True, size=self.size), r(abstract, size=self.size))
        if keywords := meta.get("keywords"):
            truth["keywords"] = keywords
            between = self.chance.choice(["；", "　", "，"])
            self.line("关键词：" + between.join(keywords))

    def people(self, look: dict[str, Any]) -> None:
        writers = [a for a in self.meta["authors"] if a["role"] not in {"摄", "摄影"}]
        others = [a for a in self.meta["authors"] if a not in writers]
        for author in writers:
            unit = (
                author.get("affiliation") if author["kind"] == "person" and author["role"] == "作者" else None
            )
            self.truth["authors"].append((author["name"], author["kind"], unit))
            if author["role"] != "作者":
                self.truth["credits"].append((author["role"], author["name"]))
        words = self.byline(writers, others)
        self.behind = [words] if self.people_style in {"behind", "right"} else []
        if not self.behind:
            for line in words:
                self.line(line, **look)
        if self.contact_style == "under":
            self.contact()

    def byline(self, writers: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[str]:
        """The lines that name people."""
        names = [padded(a["name"]) for a in writers]
        units = [a.get("affiliation") for a in writers if a["kind"] == "person" and a["role"] == "作者"]
        for author in others:
            role = "摄影" if author["role"] in {"摄", "摄影"} else author["role"]
            self.truth["credits"].append((role, author["name"]))
        tail = "".join(
            f"　{padded(a['name'])}　{'摄影' if a['role'] in {'摄', '摄影'} else a['role']}" for a in others
        )
        if others or any(a["role"] != "作者" for a in writers) or not any(units):
            self.truth["authors"] = [(name, kind, None) for name, kind, _unit in self.truth["authors"]]
            roles = [a["role"] for a in writers]
            if roles and roles[0] == "文":
                return [f"{names[0]}　文{tail}"]
            if len(set(roles)) > 1:
                return ["　".join(f"{role}　{name}" for role, name in zip(roles, names, strict=True)) + tail]
            lead = f"{roles[0]}　" if roles and roles[0] != "作者" else ""
            return [lead + "　".join(names) + tail] if names or tail else []
        if self.people_style == "label":
            return [f"作者：{'、'.join(names)}", f"单位：{'；'.join(filter(None, units))}"]
        if self.people_style == "two lines":
            return [line for a in writers for line in (padded(a["name"]), a.get("affiliation")) if line]
        if self.people_style == "name (unit)":
            return [
                "　".join(
                    f"{padded(a['name'])}（{a['affiliation']}）" if a.get("affiliation") else a["name"]
                    for a in writers
                )
            ]
        if self.people_style == "name" and len(writers) == 1:
            self.unit_behind = units[0]
            return names
        return [
            f"{a['affiliation']}　{padded(a['name'])}" if a.get("affiliation") else a["name"] for a in writers
        ]

    # The text

    def block(self, element: Any) -> None:
        if element.tag in {"h2", "h3"}:
            self.heading(" ".join(element.text_content().split()), element.tag)
        elif element.tag == "table":
            self.table(element)
        elif element.tag == "figure":
            self.figure(element.get("data-figure"))
        elif element.tag in {"ul", "ol"}:
            for n, item in enumerate(element):
                self.paragraph(item, f"{n + 1}." if element.tag == "ol" else "")
        elif element.tag == "blockquote":
            for inner in element:
                self.paragraph(inner)
        elif "sign" not in (element.get("class") or ""):
            self.paragraph(element)

    def heading(self, words: str, tag: str) -> None:
        self.truth["headings"].append(words)
        self.truth["body"].append(words)
        style = self.heading_style if NUMBER.match(words) or self.heading_style != "plain" else "bold"
        if style == "outline":
            self.line(words, outline=int(tag[1]) - 2)
        elif style == "centred":
            self.line(words, align="center", bold=True)
        elif style == "plain":
            self.line(self.indent + words)
        else:
            self.line((self.indent if style == "indented" else "") + words, bold=True)

    def paragraph(self, element: Any, label: str = "") -> None:
        runs = [r(self.indent + label, size=self.size)] if self.indent + label else []
        plain = label
        for words, bold, is_note in pieces(element):
            if is_note:
                self.truth["footnotes"].append(words)
                runs.append(self.note(words))
            else:
                plain += words
                runs.append(r(words, bold=bold, size=self.size))
        self.truth["body"].append(plain)
        self.blocks.append(p(*runs))

    def note(self, words: str) -> str:
        if self.note_style == "word":
            return self.file.note(words)
        self.notes.append(words)
        return r(chr(0x245F + len(self.notes)), raised=True, size=self.size)

    def table(self, element: Any) -> None:
        caption = element.findtext("caption") or ""
        rows, plain = [], []
        for row in element.iter("tr"):
            cells = [" ".join(cell.text_content().split()) for cell in row]
            spans = [cell.get("colspan") for cell in row]
            rows.append([(c, {"span": s}) if s else c for c, s in zip(cells, spans, strict=True)])
            plain.append(cells)
            if any(cell.get("rowspan") for cell in row):
                return
        self.truth["tables"].append((caption, plain))
        if caption:
            self.line(caption, align="center", bold=self.chance.random() < 0.5)
        self.blocks.append(table(*rows))

    def figure(self, key: str) -> None:
        said = next(f for f in self.meta["figures"] if f["id"] == key)
        self.truth["images"] += 1
        style = self.caption_style if said.get("credit", "摄") == "摄" else "{c}　{n}供图"
        if not said.get("photographer"):
            style = "{c}"
        printed = style.format(c=said["caption"], n=said.get("photographer"), i=self.truth["images"])
        self.truth["captions"].append(said["caption"] if "{n}" in style else printed)
        if "{n}" in style:
            self.truth["photo_credits"].append((said["caption"], said["photographer"]))
        picture = self.file.picture(said["alt"])
        if self.chance.random() < 0.3:
            self.blocks.append(p(picture, r("\n" + printed, size=9), align="center"))
        else:
            self.blocks.append(p(picture, align="center"))
            self.line(printed, align="center", size=9)

    # The end

    def tail(self) -> None:
        meta, truth = self.meta, self.truth
        if self.notes:
            self.line("注释：")
            for n, words in enumerate(self.notes):
                self.line(f"{chr(0x2460 + n)}{words}")
        for lines in self.behind:
            for line in lines:
                self.line(line, align="right" if self.people_style == "right" else "")
        if source := meta.get("source"):
            truth["source"] = source
            self.line(self.chance.choice(["（来源：{}）", "（转自{}）", "来源：{}"]).format(source))
        unit = getattr(self, "unit_behind", None)
        phone = self.phone() if self.contact_style == "with unit" else ""
        if unit:
            self.line(f"（作者单位：{unit}{'，联系电话：' + phone if phone else ''}）")
        elif phone:
            self.line(f"联系电话：{phone}")
        if self.contact_style == "behind":
            self.contact()

    def phone(self) -> str:
        self.truth["phone"] = ["1" + "".join(self.chance.choices("3456789", k=10))]
        return str(self.truth["phone"][0])

    def contact(self) -> None:
        self.truth["email"] = "someone@lanjiang.example"
        phone = self.phone()
        self.line(
            self.chance.choice(
                [
                    f"联系电话：{phone}　电子邮箱：someone@lanjiang.example",
                    f"手机：{phone}（微信同号），邮箱：someone@lanjiang.example",
                    f"邮箱：someone@lanjiang.example，手机：{phone}，微信同号",
                    f"（联系人：本人，电话：{phone}，E-mail：someone@lanjiang.example）",
                    "地址：岚江市上渡区河沿路8号　邮编：000000　"
                    f"电话：{phone}　Email：someone@lanjiang.example",
                ]
            )
        )


def padded(name: str) -> str:
    """李　伟"""
    return f"{name[0]}　{name[1]}" if len(name) == 2 else name


def pieces(element: Any, bold: bool = False) -> Iterator[tuple[str, bool, bool]]:
    """(words, bold, is a note) in reading order."""
    if element.text:
        yield element.text, bold, False
    for child in element:
        if child.tag == "sup" and "footnote" in (child.get("class") or ""):
            yield child.text_content(), False, True
        elif child.tag == "br":
            yield "\n", bold, False
        else:
            yield from pieces(child, bold or child.tag == "strong")
        if child.tail:
            yield child.tail, bold, False
