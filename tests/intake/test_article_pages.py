"""Saved pages: each kind of trap on a fictional page of our own, and the real page beside the checkout."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from journal.intake.article_page import read_page
from journal.intake.decisions import apply_one
from journal.intake.manuscript import AuthorKind, BlockKind
from journal.intake.page_json import page_as_json
from tests.benchmarks.article_scores import PAGES, failures, read_truth, truths

pytestmark = pytest.mark.database_free


def read(name: str) -> dict[str, Any]:
    return page_as_json(read_page((PAGES / name).read_bytes(), name))


def of(text: str, filename: str = "") -> Any:
    return read_page(text.encode(), filename)


@pytest.mark.parametrize("path", truths(), ids=lambda p: p.name.removesuffix(".truth.json"))
def test_a_page_of_this_kind_is_read_as_a_careful_person_would(path: Path) -> None:
    truth = read_truth(path)
    assert failures(read(truth["file"]), truth) == []


def test_there_are_at_least_fifteen_kinds_of_pages() -> None:
    assert len({read_truth(p)["trap"] for p in truths()}) >= 15


def fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def test_the_real_page_comes_out_with_every_field_right(shared: Path) -> None:
    folder = shared / "import" / "web-page"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    wanted = truth["articles"][0]
    result = page_as_json(read_page((folder / "source.txt").read_bytes(), "source.txt"))
    (article,) = result["articles"]
    assert result["issue"] == truth["issue"]
    assert result["duplicates_removed"] == truth["duplicates_removed"]
    for field in (
        "title",
        "title_repeated",
        "publish_date",
        "publish_date_raw",
        "source",
        "visits",
        "visits_raw",
    ):
        assert article[field] == wanted[field], field
    assert [{k: a[k] for k in ("name", "kind", "affiliation", "role")} for a in article["authors"]] == wanted[
        "authors"
    ]
    assert [(h["level"], fold(h["text"])) for h in article["headings"]] == [
        (h["level"], fold(h["text"])) for h in wanted["headings"]
    ]
    assert [fold(h) for h in article["runin_headings"]] == [fold(h) for h in wanted["runin_headings"]]
    assert article["captions"] == wanted["captions"]
    body = (folder / "body.txt").read_text(encoding="utf-8")
    assert [fold(line) for line in article["body_text"].split("\n")] == [
        fold(x) for x in body.split("\n") if fold(x)
    ]
    assert all(
        any(r.split(" ")[0] in left for left in result["residue_removed"]) for r in truth["residue_removed"]
    )


def test_no_title_is_asked_about_and_not_invented() -> None:
    page = read_page((PAGES / "no-title.txt").read_bytes(), "桥西区廊桥修缮侧记.txt")
    (question,) = [q for q in page.questions if q.code == "title-missing"]
    assert page.manuscripts[0].title == ""
    assert question.field == "title"
    assert question.proposal is None
    assert "桥西区廊桥修缮侧记" in [c.value for c in question.choices]


def test_differing_printings_are_asked_about_word_for_word() -> None:
    page = read_page((PAGES / "twice-with-differences.txt").read_bytes())
    questions = [q for q in page.questions if q.code == "printings-differ"]
    assert any("六十八岁" in q.choices[0].label and "六十九岁" in q.choices[1].label for q in questions)


def test_words_are_never_corrected_and_the_raw_text_is_kept() -> None:
    page = of("渡囗的新时刻表\n顾晓川\n清晨的码头,有人等船,有人等信,天色还没有亮透,灯先亮了(一盏).\n")
    (paragraph,) = page.manuscripts[0].body
    assert page.manuscripts[0].title == "渡囗的新时刻表"
    assert paragraph.text.endswith("，灯先亮了（一盏）。")
    assert paragraph.raw.endswith(",灯先亮了(一盏).")


def test_every_block_can_be_found_in_the_source() -> None:
    page = read_page((PAGES / "browser-page.html").read_bytes())
    blocks = [b for m in page.manuscripts for b in m.blocks] + list(page.unplaced)
    for block in blocks:
        assert block.raw == "".join(page.source_text[s.start : s.end] for s in block.spans)
    assert len({b.id for b in blocks}) == len(blocks)


def test_a_square_before_the_name_is_a_byline_and_behind_the_text_an_end() -> None:
    page = of(
        "河边的量雨筒\n□ 罗清越\n" + "雨量每天早上八点读一次，读数写在本子上，一写就是三十年。" * 2 + "□\n"
    )
    manuscript = page.manuscripts[0]
    assert [a.name for a in manuscript.authors] == ["罗清越"]
    assert manuscript.end_mark
    assert not manuscript.body_text.endswith("□")


def test_a_paragraph_that_ends_in_labelled_credits_loses_only_the_credits() -> None:
    last = "站长的理由很实在：本子放在站里，年轻人每天还会翻，放进库房就只剩下温度和湿度了。"
    first = "水尺立了五十三年，换过四次，每天八点有人下到河边，弯腰，读数，在本子上写一行字。"
    page = of(f"读水尺的人\n{first}\n{last}（课题组成员：罗清越、齐放；执笔：白露）\n")
    manuscript = page.manuscripts[0]
    assert manuscript.body_text.split("\n")[-1] == last
    assert [(c.role, c.names) for c in manuscript.credits] == [
        ("课题组成员", ("罗清越", "齐放")),
        ("执笔", ("白露",)),
    ]


def test_a_paragraph_that_repeats_another_is_kept() -> None:
    refrain = "水还是那样的水，人还是那样的人，只是渡口的灯比从前亮得早了一些，也灭得晚了一些，船却少了。"
    page = of(f"渡口\n顾晓川\n{refrain}\n船工把缆绳绕下来，朝岸上喊了一声，等船的人便踏上跳板。\n{refrain}\n")
    assert page.duplicates == ()
    assert len(page.manuscripts[0].body) == 3


def test_a_question_in_an_interview_is_no_headline() -> None:
    question = "季明珠：电话接起来，第一句问什么？"
    answer = "调度员：先问看得见什么，桥、塔、路牌，说出一样，就知道车往哪里开。"
    page = of("\n\n".join(["看得见什么", "本刊记者 季明珠", *[question, answer] * 3]) + "\n")
    assert len(page.manuscripts) == 1
    assert page.manuscripts[0].headings == ()


def test_a_working_group_is_a_group() -> None:
    manuscript = read_page((PAGES / "group-author.txt").read_bytes()).manuscripts[0]
    assert [a.kind for a in manuscript.authors] == [AuthorKind.GROUP]


def test_a_page_that_breaks_off_asks_for_its_end() -> None:
    head, body = (
        "最后一班渡船\n本报记者 顾晓川\n",
        "船工把缆绳从铁桩上绕下来，等船的人便一个接一个踏上（下转第4版）\n",
    )
    text = head + body
    assert "text-breaks-off" in [q.code for q in of(text).questions]


SCENE = (
    "茶园里的药箱\n记者 顾晓川\n"
    "六名家庭医生背着药箱走进茶园，给正在采茶的村民量血压，三天走了十一个村民小组。\n"
    "医生在茶垄边为采茶人量血压\n"
    "量出偏高的，当场开药，写一张纸条带回家，纸条上写着什么时候吃、一次吃几片。\n"
)


def test_a_lone_scene_between_paragraphs_is_a_caption_and_asked_about() -> None:
    page = of(SCENE)
    assert [c.text for c in page.manuscripts[0].captions] == ["医生在茶垄边为采茶人量血压"]
    assert page.manuscripts[0].headings == ()
    assert [q.proposal for q in page.questions if q.code == "caption-or-heading"] == ["caption"]


@pytest.mark.parametrize(("answer", "kind"), [("caption", BlockKind.CAPTION), ("heading", BlockKind.HEADING)])
def test_the_editor_says_whether_the_scene_is_a_heading(answer: str, kind: BlockKind) -> None:
    page = of(SCENE)
    (question,) = [q for q in page.questions if q.code == "caption-or-heading"]
    settled = apply_one(page, {"do": "answer", "question": question.id, "value": answer})
    (block,) = [b for b in settled.manuscripts[0].blocks if b.text.startswith("医生在茶垄边")]
    assert block.kind is kind


def test_a_row_of_such_lines_is_a_set_of_headings() -> None:
    prose = "柑橘园里修了三条水渠，每条都从山脚的水库引水，旱季每十天放一次水，一次放四个钟头。"
    texts = (
        "那时没有水泥，石头一块一块从河滩背上来，背了两个冬天，渠修到半山就断了钱。",
        "他把断了的那一截接上，用的是拖拉机和炸药，接好那年柑橘第一次没有旱死，卖了六千块。",
        "渠里装了水表和闸门，手机上就能放水，他还是每天上山走一趟，看看有没有落叶堵住口子。",
    )
    whose = zip(("父亲", "儿子", "孙子"), texts, strict=True)
    page = of(f"三代修渠人\n记者 顾晓川\n{prose}\n" + "".join(f"{w}在山上修渠\n{t}\n" for w, t in whose))
    assert len(page.manuscripts[0].headings) == 3


def test_a_form_of_labels_names_the_day_of_publication_before_that_of_drafting() -> None:
    rows = "<tr><td>成文日期</td><td>2024-05-16</td></tr><tr><td>发布日期</td><td>2024-05-20</td></tr>"
    text = (
        "渡口的渡船每船最多载二十四人，任何时候不得超载，遇到大风大雾一律停航，停航的消息写在渡口的木牌上。"
    )
    page = of(f"<html><body><h1>渡口安全办法</h1><table>{rows}</table><p>{text}</p></body></html>")
    assert page.manuscripts[0].publish_date == "2024-05-20"


def test_a_table_of_data_keeps_its_rows() -> None:
    page = read_page((PAGES / "gov-metadata-table.html").read_bytes())
    (table,) = [b for b in page.manuscripts[0].body if b.kind is BlockKind.TABLE]
    assert table.rows[1] == ("栖云渡", "2", "24")


def test_traditional_characters_in_big5_are_read() -> None:
    first = "船工把纜繩從鐵樁上繞下來，等船的人便一個接一個踏上跳板。他在這條河上擺了三十一年的渡。"
    page = read_page(f"最後一班渡船\n2024年5月9日\n{first}\n".encode("big5"))
    assert page.encoding == "big5"
    assert page.manuscripts[0].body_text == first
