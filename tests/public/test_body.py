"""A cleaned body as readers see it: notes numbered, headings anchored, nothing let through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Figure
from journal.edition.formats.wording import note_mark
from journal.public.body import END_MARK, render

NAME = "figures/" + "0" * 32 + ".jpg"
IMAGE = f'<img src="/media/{NAME}" alt="旧">'


def test_notes_become_numbered_references_and_a_list() -> None:
    rendered = render(
        '<p>甲<sup class="footnote">注<em>一</em>。</sup>，乙<sup class="footnote">注二。</sup>。</p>'
    )
    assert rendered.notes == ["注<em>一</em>。", "注二。"]
    assert re.findall(r'href="(#note-\d)"', rendered.html) == ["#note-1", "#note-2"]
    assert re.findall(r'id="(ref-\d)"', rendered.html) == ["ref-1", "ref-2"]
    assert "注二" not in rendered.html
    assert "①" in rendered.html


def test_a_reference_never_begins_a_line() -> None:
    assert '甲\u2060<sup class="note-mark">' in render('<p>甲<sup class="footnote">注。</sup></p>').html


def test_other_superscripts_stay_where_they_are() -> None:
    assert "10<sup>3</sup>" in render("<p>10<sup>3</sup></p>").html


@pytest.mark.parametrize(("number", "mark"), [(1, "①"), (20, "⑳"), (21, "㉑"), (36, "㊱"), (51, "[51]")])
def test_marks_are_circled_as_long_as_there_are_circles(number: int, mark: str) -> None:
    assert note_mark(number) == mark


def test_headings_get_anchors_that_follow_their_rank() -> None:
    html = render("<h2>一、</h2><h3>（一）</h3><h3>（二）</h3><h2>二、</h2><h3>（一）</h3>").html
    assert re.findall(r'id="(s[\d-]+)"', html) == ["s1", "s1-1", "s1-2", "s2", "s2-1"]


def test_a_link_in_a_heading_does_not_nest_in_its_anchor() -> None:
    assert render('<h2>见<a href="https://example.org">此</a></h2>').html.count("<a ") == 1


def test_the_end_mark_stands_after_the_last_paragraph_but_not_after_a_signature() -> None:
    assert render("<p>甲</p><p>乙</p><p class='sign'>丙</p>").html.endswith(
        f'乙{END_MARK}</p><p class="sign">丙</p>'
    )
    assert END_MARK in render("<p>甲</p><table><tr><td>1</td></tr></table>").html
    assert END_MARK not in render("<p>甲</p>", end_mark=False).html


def test_a_paragraph_in_a_cell_or_a_caption_does_not_end_the_article() -> None:
    html = render("<p>甲</p><table><tr><td><p>乙</p></td></tr></table>").html
    assert html.startswith(f"<p>甲{END_MARK}</p>")


def test_figures_take_measures_words_and_credit_from_their_row() -> None:
    row = Figure(
        image=NAME,
        width=600,
        height=400,
        caption="渡口的早晨",
        photographer="郁青",
        credit="摄",
        alternative="船",
    )
    html = render(f"<figure>{IMAGE}<figcaption>旧图说</figcaption></figure>", {NAME: row}).html
    assert 'width="600" height="400"' in html
    assert 'alt="船"' in html
    assert '<figcaption>渡口的早晨 <span class="credit">郁青 摄</span></figcaption>' in html
    assert "旧图说" not in html


def test_a_browser_may_choose_a_smaller_file_in_a_newer_format_but_no_larger_one() -> None:
    row = Figure(image=NAME, width=1000, height=400)
    html = render(f"<figure>{IMAGE}</figure>", {NAME: row}).html
    stem = "/media/figures/" + "0" * 32
    sources = re.findall(r'<source type="([^"]+)" srcset="([^"]+)"', html)
    assert sources == [
        (f"image/{kind}", f"{stem}-480.{kind} 480w, {stem}-960.{kind} 960w") for kind in ("avif", "webp")
    ]
    assert html.index("</picture>") > html.index(f'<img src="{stem}.jpg"')


def test_a_small_picture_is_sent_as_it_is() -> None:
    html = render(f"<figure>{IMAGE}</figure>", {NAME: Figure(image=NAME, width=479, height=400)}).html
    assert "<picture>" not in html


def test_only_pictures_after_the_first_load_late() -> None:
    other = IMAGE.replace("0" * 32, "1" * 32)
    html = render(f"<figure>{IMAGE}</figure><figure>{other}</figure>").html
    assert html.count('loading="lazy"') == 1


def test_a_credit_already_in_the_caption_is_not_said_twice() -> None:
    row = Figure(image=NAME, width=6, height=4, photographer="郁青", credit="摄")
    html = render(f"<figure>{IMAGE}<figcaption>渡口　郁青 摄</figcaption></figure>", {NAME: row}).html
    assert html.count("郁青") == 1


def test_tables_scroll_in_a_named_box_and_their_cells_know_their_heads() -> None:
    html = render(
        "<table><caption>表1 水位</caption><thead><tr><th>站</th><th colspan='2'>缺测</th></tr></thead>"
        "<tbody><tr><th>合计</th><td>1,080</td><td>芦门</td></tr></tbody></table>"
    ).html
    assert html.startswith('<div class="table-box" role="region" tabindex="0" aria-label="表1 水位"><table>')
    assert '<th scope="col">站</th><th scope="colgroup" colspan="2">' in html
    assert '<th scope="row">合计</th>' in html
    assert '<td class="number">1,080</td><td>芦门</td>' in html
    assert html.endswith("</table></div>")


def test_the_two_allowed_styles_become_classes() -> None:
    html = render('<p style="text-align: right">甲</p><p style="text-indent: 0">乙</p>', end_mark=False).html
    assert html == '<p class="right">甲</p><p class="no-indent">乙</p>'


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">甲</p>',
        '<a href="javascript:alert(1)">甲</a>',
        '<img src="https://example.org/x.png">',
        '<img src="/media/figures/x.svg" onerror="alert(1)">',
        "<svg onload=alert(1)></svg>",
        '<p style="background:url(https://example.org)">甲</p>',
        '<figure class="x&quot; onload=alert(1)"></figure>',
        f'<figure>{IMAGE[:-1]} onerror="alert(1)"></figure>',
        '<ol start="1&quot; onclick=&quot;x"><li>甲</li></ol>',
    ],
)
def test_what_the_schema_does_not_know_does_not_get_through(html: str) -> None:
    written = render(html).html
    assert not re.search(r"<script|<svg|\son\w+=|javascript:|style=|https://example", written)


@given(st.text(alphabet="<>/\"'=& apbhr23supclassfootnote甲\n", max_size=120))
def test_any_string_gives_only_known_tags_and_closes_them(text: str) -> None:
    written = render(text).html
    tags = re.findall(r"<(/?)([a-z0-9]+)", written)
    known = [
        "p",
        "h2",
        "h3",
        "a",
        "b",
        "s",
        "u",
        "sup",
        "sub",
        "span",
        "hr",
        "br",
        "ul",
        "ol",
        "i",
        "th",
        "tr",
        "rt",
        "rp",
        "em",
        "li",
        "td",
    ]
    assert {name for _, name in tags} <= set(known)
    for name in {name for _, name in tags} - {"br", "hr"}:
        assert tags.count(("", name)) == tags.count(("/", name))
