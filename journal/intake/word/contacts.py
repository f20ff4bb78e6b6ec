"""How to reach the sender: found, kept apart, and cut out of the line, so that no reader ever sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .labels import About, Pair, read_pairs

__all__ = ["Contacts", "find_contacts", "has_number"]

EMAIL = re.compile(r"[A-Za-z0-9_.+-]+[@＠][A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+")
MOBILE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")
LANDLINE = re.compile(
    r"(?<![\d.])(?:[（(]0\d{2,3}[）)]|0\d{2,3}[-—－ ])[-—－ ]?\d{7,8}(?:[-—－转]\d{1,5})?(?!\d)"
)
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
ANY_NUMBER = re.compile(r"[（(+]?\d[\d\-—－+ （()）]{3,}\d(?:转\d{1,5})?")
FIGURES = str.maketrans("０１２３４５６７８９－＋", "0123456789-+")
SECRET = {About.PHONE, About.EMAIL, About.PRIVATE}
#: Where a public number is named, it belongs to the text.
PUBLIC = re.compile("热线|服务电话|咨询电话|预约|报名|举报|投诉|咨询|拨打|求助|报警|急救")
END_OF_VALUE = re.compile(r"[；;。\n）)】，,]|\s{2,}|\u3000")
#: What is said of a number already taken away.
REMARK = re.compile(
    r"[（(，,;；、]?\s*(?:(?:与|和)?微信(?:号)?(?:同步|同号|同电话|同手机号?)|同微信号?|(?:QQ|qq)同号)[）)]?"
)
HOLLOW = re.compile(r"[（(【\[][\s，,；;、：:。]*[）)】\]]")
STRAY = re.compile(
    r"[，,；;、][\s\u3000]*(?=[，,；;、。）)】\]])|(?<=[（(【\[])[\s，,；;、]+|[\s，,；;、]+(?=[）)】\]])"
)


@dataclass(frozen=True, slots=True)
class Contacts:
    """What was found; ``rest`` is the line without it, empty where nothing but that stood in it."""

    rest: str
    telephones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.telephones or self.emails or self.private)


def has_number(text: str) -> bool:
    text = text.translate(FIGURES)
    return bool(MOBILE.search(text) or EMAIL.search(text) or LANDLINE.search(text))


def find_contacts(text: str, *, bare: bool = True) -> Contacts:
    """``bare`` numbers count too (a head, a tail); in running text only those behind a private label do.

    A number the words before it call public (a hot line) belongs to the text.
    """
    said, text = text, text.translate(FIGURES)
    _lead, pairs = read_pairs(text)
    telephones: list[str] = []
    emails: list[str] = []
    private: list[str] = []
    spans: list[tuple[int, int]] = []
    for pair in pairs:
        if pair.about in SECRET and not is_public(text, pair.value_start):
            spans.append(value_span(text, pair))
            words = text[slice(*spans[-1])].strip(" \t\u3000，,；;、。")
            value = text[pair.value_start : spans[-1][1]]
            if pair.about is About.PHONE:
                telephones += [tidy_number(m.group()) for m in ANY_NUMBER.finditer(value)]
            elif pair.about is About.PRIVATE:
                private.append(words)
            emails += EMAIL.findall(value) if pair.about is not About.PHONE or "@" in value else []
    if bare:
        for pattern, found in (
            (EMAIL, emails),
            (IDENTITY, private),
            (MOBILE, telephones),
            (LANDLINE, telephones),
        ):
            for match in pattern.finditer(text):
                if is_public(text, match.start()):
                    continue
                if not any(start <= match.start() < end for start, end in spans):
                    spans.append(match.span())
                    found.append(tidy_number(match.group()) if found is telephones else match.group())
    return Contacts(
        without(said, spans),
        tuple(dict.fromkeys(telephones)),
        tuple(dict.fromkeys(mail.replace("＠", "@") for mail in emails)),
        tuple(private),
        tuple(sorted(spans)),
    )


def is_public(text: str, place: int) -> bool:
    return bool(PUBLIC.search(text[:place][-12:]))


def value_span(text: str, pair: Pair) -> tuple[int, int]:
    """The label and as much behind it as belongs to it."""
    value = text[pair.value_start : pair.end]
    if pair.about is About.PHONE:
        last = 0
        for found in re.finditer(rf"{ANY_NUMBER.pattern}|{EMAIL.pattern}", value):
            between = value[last : found.start()]
            if last and not re.fullmatch(r"[\s/、，,;；或和]*", between):
                break
            last = found.end()
        tail = re.match(r"[（(][^）)]{0,8}[）)]", value[last:])
        return pair.start, pair.value_start + last + (tail.end() if last and tail else 0)
    if pair.about is About.EMAIL and (found_mail := EMAIL.search(value)):
        return pair.start, pair.value_start + found_mail.end()
    end = END_OF_VALUE.search(value.rstrip())
    return pair.start, pair.value_start + (end.start() if end and end.start() else len(value.rstrip()))


def without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + ("\u3000" if text[:start].strip() and text[end:].strip() else "") + text[end:]
    text = HOLLOW.sub("", STRAY.sub("", REMARK.sub("", text) if spans else text))
    return re.sub(r"[\s\u3000]*[，,；;、]?[\s\u3000]+(?=[）)。]|$)", "", text).strip(" \t\n\u3000，,；;、")


def tidy_number(number: str) -> str:
    return re.sub(r"\s+", " ", number.replace("—", "-").replace("－", "-")).strip(" -")
