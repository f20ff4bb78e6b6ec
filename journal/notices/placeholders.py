"""The places in a template that are filled in: a fixed list and plain substitution, nothing that can run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.notices.kinds import SHOWS_OPINION

__all__ = ["PLACEHOLDERS", "Placeholder", "fill", "one_line", "refuse_unknown", "sample_values", "tidy"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """``{name}`` or ``{word}`` in a template; ``label`` explains it, ``sample`` stands in a preview."""

    name: str
    word: str
    label: Any
    sample: str


PLACEHOLDERS = (
    Placeholder("journal", "刊名", gettext_lazy("name of the journal"), "岚江"),
    Placeholder("person", "收件人", gettext_lazy("who gets the notice"), "陶一苇"),
    Placeholder("number", "稿号", gettext_lazy("manuscript number"), "2026-0123"),
    Placeholder("title", "题名", gettext_lazy("title of the manuscript"), "最后一班渡船"),
    Placeholder("author", "作者", gettext_lazy("authors as printed"), "陶一苇、李伟"),
    Placeholder("issue", "期次", gettext_lazy("issue it stands in"), "2026年第9期"),
    Placeholder("stage", "阶段", gettext_lazy("stage it stands in now"), "初审"),
    Placeholder("due_on", "交稿日期", gettext_lazy("day by which the revised text is due"), "2026年12月1日"),
    Placeholder("opinion", "意见", gettext_lazy("opinion given with this decision"), "请补充数据出处。"),
    Placeholder("reason", "原因", gettext_lazy("reason given with this step"), "版面调整。"),
    Placeholder("notice", "附言", gettext_lazy("words written for the author with this step"), "感谢等候。"),
    Placeholder("reviewer", "经办人", gettext_lazy("who took this step"), "陆小满"),
    Placeholder("today", "日期", gettext_lazy("today"), "2026年11月22日"),
    Placeholder("link", "链接", gettext_lazy("address of the page"), "https://journal.example/"),
    Placeholder("office_telephone", "编辑部电话", gettext_lazy("telephone of the office"), "0000-0000129"),
    Placeholder(
        "office_address", "编辑部邮箱", gettext_lazy("e-mail of the office"), "tougao@journal.example"
    ),
)
NAMES = {key: place.name for place in PLACEHOLDERS for key in (place.name, place.word)}
PLACE = re.compile(r"\{([^{}\n]*)\}")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its places filled in one pass: a value that looks like a place stays as it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return PLACE.sub(lambda place: tidy(values.get(NAMES.get(place[1].strip(), ""), "")), text)


def tidy(value: str) -> str:
    """A value without control characters; line breaks stay, they are the writer's."""
    return CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, longest: int = 200) -> str:
    """What may stand in the head of a letter: one line, so that no title can start another header."""
    line = " ".join(CONTROL.sub(" ", text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def refuse_unknown(text: str, kind: str) -> None:
    """Raise ``ValidationError`` with a sentence that names the place nobody can fill."""
    for written in PLACE.findall(text):
        name = NAMES.get(written.strip())
        if name is None:
            known = "、".join(f"{{{place.word}}}" for place in PLACEHOLDERS)
            raise ValidationError(
                _("Nothing can be filled in for “{%(place)s}”. Use one of these: %(known)s.")
                % {"place": written, "known": known},
                code="placeholder",
            )
        if name == "opinion" and kind not in SHOWS_OPINION:
            raise ValidationError(
                _(
                    "“{%(place)s}” cannot stand in this notice: what reviewers write for each other is not "
                    "sent. Only notices of a decision may carry the opinion given with it."
                )
                % {"place": written},
                code="opinion",
            )


def sample_values() -> dict[str, str]:
    """A value for every place, to look at a template before it is used."""
    return {place.name: place.sample for place in PLACEHOLDERS}
