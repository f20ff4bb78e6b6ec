"""How to reach the sender is found and cut out, and what readers need is left alone."""

from __future__ import annotations

import pytest

from journal.intake.word import read_word
from journal.intake.word.contacts import find_contacts
from journal.intake.word_json import word_as_json

from .build import File, p
from .texts import TEXTS as T

pytestmark = pytest.mark.database_free

TITLE = p("渡口与水文站", align="center", bold=True, size=18)


@pytest.mark.parametrize(
    ("line", "rest", "telephones"),
    [
        (
            "（作者单位：岚江市图书馆，联系电话：138 0000 0000）",
            "（作者单位：岚江市图书馆）",
            ("138 0000 0000",),
        ),
        ("陶一苇　岚江市图书馆　13800000000", "陶一苇　岚江市图书馆", ("13800000000",)),
        ("手机：13800000000（微信同号）", "", ("13800000000",)),
        ("（联系人：李伟，电话：000-123456；E-mail：a@b.example；QQ：12345）", "", ("000-123456",)),
        ("电话 0000-1234567", "", ("0000-1234567",)),
        ("热线电话：0000-1234567，咨询", "热线电话：0000-1234567，咨询", ()),
        ("渡口建于1987年，全长1380米。", "渡口建于1987年，全长1380米。", ()),
    ],
)
def test_a_line_is_parted_from_its_numbers(line: str, rest: str, telephones: tuple[str, ...]) -> None:
    found = find_contacts(line)
    assert (found.rest, found.telephones) == (rest, telephones)


@pytest.mark.parametrize(
    "line",
    [
        "岚江市图书馆副研究馆员　陶一苇　13900000001",
        "柳家埠渡管所　陶一苇（电话：139-0000-0001）",
        "上渡区老渡口的一天　13900000001",
        "作者：陶一苇　联系方式：13900000001",
        "（陶一苇，岚江市图书馆，13900000001）",
    ],
)
@pytest.mark.parametrize("place", ["under the title", "behind the text", "over the title"])
def test_no_number_reaches_a_public_field(line: str, place: str) -> None:
    blocks = [TITLE, p(T[0]), p(T[2])]
    blocks.insert(
        {"under the title": 1, "behind the text": 3, "over the title": 0}[place], p(line, align="center")
    )
    word = read_word(File().save(*blocks), "稿件.docx", keep=dict[str, bytes]().__setitem__)
    got = word_as_json(word)
    assert len(got["phone"]) == 1
    public = {name: value for name, value in got.items() if name not in {"phone", "email", "private"}}
    assert "0001" not in str(public)
    assert "0001" not in word.body


def test_a_hot_line_stays_in_the_text() -> None:
    words = "值班室热线0000-1234567全天有人接听，夜里也有人。"
    word = read_word(
        File().save(TITLE, p(T[0]), p(words), p(T[2])), "稿件.docx", keep=dict[str, bytes]().__setitem__
    )
    assert words in word.body
    assert word.telephones == ()
    assert "body" in [remark.field for remark in word.warnings]
