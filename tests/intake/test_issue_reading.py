"""What the reader of issues makes of a small issue in many dresses; all of it is our own writing."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from journal.intake.manuscript import BlockKind, IssueManuscript, Manuscript, NotAManuscript
from journal.intake.ocr_markdown import read_issue

pytestmark = pytest.mark.database_free

FERRY = [
    "天还没有亮，老周已经把缆绳解开。头班船上有十一个人，七副担子，一只装着小猪的竹笼。",
    "这条线开了三十年，票价从五分涨到两元。老周说，涨的是票，不是船，船还是那条船，只是换过两次底板。",
    "去年冬天水枯，渡口停了四十天。停航的第一天，他照旧五点起来，站在码头上，看了一会儿水，又回去睡了。",
]
BOOKS = [
    "图书室在乡卫生院的二楼，只有一间。管书的人姓简，白天在楼下抓药，傍晚上来开门。",
    "书一共四千零三册，借得最多的是一本讲养蜂的小册子，封面换过三回，里面夹着一片晒干的槐叶。",
    "简师傅有一个规矩：还书的人要说一句话，好也行，坏也行。他把这句话记在卡片背面，下一个人借书，先看这句话。",
]
DYKE = [
    "堤是一九五四年修的，石头从上游的采石场用木船运来，一船六吨，运了一个冬天。",
    "巡堤的人两班倒，每班走九公里。夜里下雨，手电照出去只有三步远，脚下软不软，全靠棍子敲。",
    "今年加固，设计上把坡度放缓，种了两排水杉。老巡堤员说，树根会不会把石头拱开，要二十年以后才知道。",
]
CONTENTS = [
    ("纪事", "渡口的第一班船", "顾晓川", 3),
    ("纪事", "卫生院楼上的图书室", "陶一苇", 6),
    ("水利", "一道石堤的七十年", "罗清越", 9),
]
TEXTS = {"渡口的第一班船": FERRY, "卫生院楼上的图书室": BOOKS, "一道石堤的七十年": DYKE}


def contents(entry: str, section: str = "## {}") -> str:
    lines, last = [], None
    for name, title, author, page in CONTENTS:
        if name != last:
            lines += ["", section.format(name), ""]
            last = name
        lines.append(entry.format(title=title, author=author, page=page))
    return "\n".join(lines)


def article(title: str, author: str, paragraphs: list[str], mark: str = "□") -> str:
    return "\n\n".join([f"# {title}", author, *paragraphs[:-1], paragraphs[-1] + mark])


def bodies() -> str:
    return "\n\n\n\n".join(article(title, author, TEXTS[title]) for _s, title, author, _p in CONTENTS)


HEAD = (
    "# 目录\n\n2026年第9期\n（月刊·总第129期）\n\n主办单位 岚江杂志社\n主编 沈望川\n"
    "责任编辑 陆小满 邱 岳\n邮编 650001\n"
)
PLAIN = contents("{title} ..... {author} {page}")


def issue(page: str = PLAIN, body: str | None = None) -> IssueManuscript:
    return read_issue(f"{HEAD}\n{page}\n\n\n\n{body or bodies()}\n".encode())


def one(read: IssueManuscript, title: str) -> Manuscript:
    found = [m for m in read.manuscripts if title in (m.title, m.toc_title, m.body_title)]
    assert len(found) == 1, [m.title for m in read.manuscripts]
    return found[0]


def codes(read: IssueManuscript) -> set[str]:
    return {q.code for q in read.questions}


def test_a_clean_issue_raises_no_question() -> None:
    read = issue()
    assert [(m.section, m.title, m.authors[0].name, m.page) for m in read.manuscripts] == CONTENTS
    assert all(m.body_text == "\n".join(TEXTS[m.title]) for m in read.manuscripts)
    assert (read.year, read.number, read.serial_number, read.frequency) == (2026, "9", 129, "月刊")
    assert [(m.role, m.names) for m in read.masthead] == [
        ("主办单位", ("岚江杂志社",)),
        ("主编", ("沈望川",)),
        ("责任编辑", ("陆小满", "邱岳")),
    ]
    assert not read.questions


@pytest.mark.parametrize(
    "page",
    [
        contents("{title}……{author}{page}"),
        contents("{title} ·········· {author} ({page})"),
        contents("{title}\t{author}\t{page}", "【{}】"),
        contents("{title} / {author} / {page}", "◆ {}"),
        contents("{page:02d}  {title}  {author}", "**{}**"),
        contents("{title}\n..... {author} {page}", "{}"),
        contents("{title}　{author} →{page}版", "▶{}"),
        "| 栏目 | 题目 | 作者 | 页码 |\n| --- | --- | --- | --- |\n"
        + "".join(f"| {s} | {t} | {a} | {p} |\n" for s, t, a, p in CONTENTS),
        "<table>"
        + "".join(f"<tr><td>{s}</td><td>{t}</td><td>{a}</td><td>{p}</td></tr>" for s, t, a, p in CONTENTS)
        + "</table>",
        contents("{title}  {author}") + "\n\n" + "\n".join(str(p) for *_rest, p in CONTENTS),
    ],
    ids=[
        "ellipsis",
        "dots",
        "tabs",
        "slashes",
        "page first",
        "two lines",
        "arrow",
        "table",
        "html",
        "pages apart",
    ],
)
def test_a_contents_page_is_read_in_any_dress(page: str) -> None:
    read = issue(page)
    assert [(m.section, m.title, m.authors[0].name, m.page) for m in read.manuscripts] == CONTENTS


def test_the_contents_page_may_stand_at_the_end() -> None:
    read = read_issue(f"{bodies()}\n\n\n\n{HEAD}\n{PLAIN}\n".encode())
    assert [(m.title, m.page) for m in read.manuscripts] == [(t, p) for _s, t, _a, p in CONTENTS]


@pytest.mark.parametrize("mark", ["", "■", "◆", "（完）"])
def test_headings_need_no_mark_up_and_articles_no_end_mark(mark: str) -> None:
    body = bodies().replace("# ", "").replace("□", mark)
    read = issue(PLAIN, body)
    assert [m.body_text for m in read.manuscripts] == ["\n".join(TEXTS[t]) for _s, t, _a, _p in CONTENTS]


def wrapped(text: str, size: int, indent: str) -> str:
    lines = []
    for line in text.split("\n"):
        words = indent + line if len(line) > size else line
        lines += [words[i : i + size] for i in range(0, len(words), size)] or [""]
    return "\n".join(lines)


@pytest.mark.parametrize(("indent", "blank"), [("", True), ("　　", True), ("　　", False)])
def test_hard_wrapped_lines_become_paragraphs_again(indent: str, blank: bool) -> None:
    body = wrapped(bodies(), 22, indent)
    read = issue(PLAIN, body if blank else re.sub(r"\n+", "\n", body))
    assert [m.body_text for m in read.manuscripts] == ["\n".join(TEXTS[t]) for _s, t, _a, _p in CONTENTS]


def test_a_paragraph_cut_by_a_page_is_one_with_two_places() -> None:
    cut = FERRY[1][:30] + "\n\n— 4 —\n\n岚江 2026.9\n\n" + FERRY[1][30:]
    read = issue(PLAIN, bodies().replace(FERRY[1], cut))
    block = one(read, "渡口的第一班船").body[1]
    assert block.text == FERRY[1]
    assert len(block.spans) == 2


def test_a_caption_inside_a_sentence_is_lifted_out() -> None:
    cut = BOOKS[1][:20] + "\n\n\n\n简师傅在整理书架 郁青 摄\n\n" + BOOKS[1][20:]
    manuscript = one(issue(PLAIN, bodies().replace(BOOKS[1], cut)), "卫生院楼上的图书室")
    assert manuscript.body[1].text == BOOKS[1]
    assert [(c.text, c.photographer, c.role) for c in manuscript.captions] == [
        ("简师傅在整理书架 郁青 摄", "郁青", "摄")
    ]


def jumping(leave: str, arrive: str) -> str:
    """The first article leaves its page in mid-sentence; its rest stands behind the second."""
    first = article("渡口的第一班船", "顾晓川", [FERRY[0], FERRY[1][:26]], leave)
    second = article("卫生院楼上的图书室", "陶一苇", BOOKS)
    rest = "\n\n".join([arrive + FERRY[1][26:], FERRY[2] + "□"])
    return "\n\n".join([first, second, rest, article("一道石堤的七十年", "罗清越", DYKE)])


@pytest.mark.parametrize(
    ("leave", "arrive"), [("", ""), ("（下转第7页）", "（上接第3页）"), ("\n\n下转第7页", "上接第3页\n\n")]
)
def test_a_text_that_jumps_is_whole_again(leave: str, arrive: str) -> None:
    read = issue(PLAIN, jumping(leave, arrive))
    assert one(read, "渡口的第一班船").body_text == "\n".join(FERRY)
    assert one(read, "卫生院楼上的图书室").body_text == "\n".join(BOOKS)


def test_title_lines_in_the_wrong_order_follow_the_contents_page_and_ask() -> None:
    body = bodies().replace("# 卫生院楼上的图书室", "# 的图书室\n# 卫生院楼上")
    read = issue(PLAIN, body)
    manuscript = one(read, "卫生院楼上的图书室")
    assert manuscript.title == "卫生院楼上的图书室"
    assert manuscript.body_title == "的图书室 卫生院楼上"
    assert codes(read) == {"title-order"}


def test_a_title_spelled_in_two_ways_is_asked_about() -> None:
    read = issue(PLAIN, bodies().replace("# 一道石堤的七十年", "# 一道石坝的七十年"))
    question = next(q for q in read.questions if q.code == "contents-title-differs")
    assert {c.value for c in question.choices} == {"一道石堤的七十年", "一道石坝的七十年"}
    assert question.proposal == one(read, "一道石堤的七十年").title


def test_an_author_spelled_in_two_ways_is_asked_about() -> None:
    read = issue(PLAIN, bodies().replace("\n\n陶一苇\n", "\n\n陶一伟\n"))
    question = next(q for q in read.questions if q.code == "byline-differs")
    assert [c.value for c in question.choices] == ["陶一伟", "陶一苇"]


def test_an_entry_without_text_and_a_text_without_entry_are_both_kept() -> None:
    body = bodies().replace(
        article("一道石堤的七十年", "罗清越", DYKE), article("晒场上的秋天", "季明珠", DYKE)
    )
    read = issue(PLAIN, body)
    assert {"entry-without-text", "article-without-entry"} <= codes(read)
    assert not one(read, "一道石堤的七十年").body
    assert one(read, "晒场上的秋天").toc_title is None
    assert one(read, "晒场上的秋天").body_text == "\n".join(DYKE)


def test_a_text_that_stops_in_mid_sentence_is_asked_about() -> None:
    read = issue(PLAIN, bodies().replace(DYKE[2] + "□", DYKE[2][:25]))
    assert codes(read) == {"text-unfinished"}


def test_half_width_marks_become_full_width_and_the_source_is_kept() -> None:
    scanned = BOOKS[0].replace("，", ",")
    block = one(issue(PLAIN, bodies().replace(BOOKS[0], scanned)), "卫生院楼上的图书室").body[0]
    assert block.text == BOOKS[0]
    assert block.raw == scanned


def test_words_are_never_corrected() -> None:
    misread = DYKE[1].replace("两班倒", "两斑倒")
    assert misread in one(issue(PLAIN, bodies().replace(DYKE[1], misread)), "一道石堤的七十年").body_text


def test_notes_behind_the_text_become_facts() -> None:
    notes = "□\n\n（作者单位：岚江市水文中心）（来源：《栖云日报》2026年8月12日）"
    manuscript = one(issue(PLAIN, bodies().replace(DYKE[2] + "□", DYKE[2] + notes)), "一道石堤的七十年")
    assert manuscript.source == "《栖云日报》2026年8月12日"
    assert manuscript.authors[0].affiliation == "岚江市水文中心"
    assert manuscript.end_mark
    assert manuscript.body_text == "\n".join(DYKE)


def test_a_text_that_is_no_issue_is_refused_in_one_sentence() -> None:
    with pytest.raises(NotAManuscript) as refused:
        read_issue("\n".join(FERRY).encode())
    assert str(refused.value).count("。") == 2


PIECES = [
    *PLAIN.split("\n"),
    *HEAD.split("\n"),
    *bodies().split("\n"),
    *jumping("（下转第7页）", "（上接第3页）").split("\n"),
    "<p>", "</p>", "<br>", "<!-- 注", "-->", "<table><tr><td>渡口</td><td>3</td></tr>",
    "| 渡口 | 3 |", "***", "— 12 —",
    "（图为渡口 郁青 摄）", "　　", "&nbsp;&nbsp;缆绳", "$4 2$", "（完）", "□", "{3}------", "2026.9 岚江",
]  # fmt: skip


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60), st.sampled_from(["\n", "\n\n"]))
def test_no_character_is_lost_or_claimed_twice(pieces: list[str], between: str) -> None:
    text = HEAD + PLAIN + "\n\n" + between.join(pieces)
    try:
        read = read_issue(text.encode())
    except NotAManuscript:
        reject()  # so torn that it is refused whole: nothing is taken, nothing is lost
    covered = [0] * len(read.source_text)
    blocks = [b for m in read.manuscripts for b in m.blocks] + list(read.unplaced)
    for block in blocks:
        assert block.raw == "".join(read.source_text[s.start : s.end] for s in block.spans)
        for span in block.spans:
            for at in range(span.start, span.end):
                covered[at] += 1
    for at, letter in enumerate(read.source_text):
        if not letter.isspace():
            assert covered[at] == 1, read.source_text[max(0, at - 20) : at + 20]
    assert len({b.id for b in blocks}) == len(blocks)


def test_pure_mark_up_is_residue_and_never_text() -> None:
    body = bodies().replace(DYKE[1], f"<p>{DYKE[1]}</p>\n\n![](images/dyke.jpg)\n\n<!-- 第二版 -->")
    read = issue(PLAIN, body)
    manuscript = one(read, "一道石堤的七十年")
    assert manuscript.body_text == "\n".join(DYKE)
    assert any(b.kind is BlockKind.RESIDUE and "dyke.jpg" in b.raw for b in read.unplaced)
