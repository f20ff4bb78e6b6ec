"""The one cleaner: the schema, nothing lost, nothing dangerous, nothing twice, no stalling."""

from __future__ import annotations

import json
import re
import tracemalloc
from pathlib import Path

import nh3
import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from articles import markup, richtext
from articles.richtext import clean_html, figure_names, paragraphs_html, plain_text

PICTURE = "/media/figures/0123456789abcdef0123456789abcdef.jpg"

pytestmark = pytest.mark.database_free


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        # the schema stays as it is
        ("<p>一<strong>二</strong><em>三</em></p>", None),
        ('<p class="no-indent">落款</p><p class="sign">作者</p>', None),
        ('<h2>一、</h2><h3>（一）</h3><h4 style="text-align:center">1.</h4>', None),
        ('<p>渡口<sup class="footnote">见<em>县志</em>卷三。</sup>减班。</p>', None),
        (
            f'<figure class="wide"><img src="{PICTURE}" alt="渡口"><figcaption>清晨</figcaption></figure>',
            None,
        ),
        ('<table><tbody><tr><td colspan="2">站</td></tr></tbody></table>', None),
        ("<ruby>岚<rp>(</rp><rt>lán</rt><rp>)</rp></ruby>", None),
        ('<ol start="3"><li>三</li></ol>', None),
        # what is not of the schema goes, its words stay
        ("<p><font color=red>红</font><span>字</span></p>", "<p>红字</p>"),
        ("<h1>题</h1><h5>目</h5>", "<h2>题</h2><h4>目</h4>"),
        ("<p><o:p>一</o:p><![if !supportLists]>二<![endif]></p>", "<p>一二</p>"),
        ('<p class="MsoNormal sign" id="x" data-a="b" onclick="x()">字</p>', '<p class="sign">字</p>'),
        ("<style>p{}</style><script>var x='</p>'</script><p>字</p><!-- 注 -->", "<p>字</p>"),
        # words of foreign blocks stay apart
        ("<div>一</div><div>二</div>", "<p>一</p><p>二</p>"),
        (
            "<table><tr><td><div>一</div><div>二</div></td></tr></table>",
            "<table><tbody><tr><td><p>一</p><p>二</p></td></tr></tbody></table>",
        ),
        ("<h2><p>题</p></h2><p>文</p>", "<h2>题</h2><p>文</p>"),
        # what is left open is closed once
        ("<p>一<b>二<p>三", "<p>一<b>二</b></p><p>三</p>"),
        ("<ul><li>一<li>二</ul>三", "<ul><li>一</li><li>二</li></ul>三"),
        ("<table><tr><td>一<td>二<tr><td>三</table>", None.__class__),
        # indents typed with spaces
        ("<p>\u3000\u3000一</p><li>&nbsp;二</li>", "<p>一</p><li>二</li>"),
        ("<p>一\u3000二</p>", None),
        # text that looks like mark-up is text
        ('<p>写作 class="" 与 style="" 的区别</p>', None),
        ("三 < 五 & 七 > 二", "三 &lt; 五 &amp; 七 &gt; 二"),
        ("<p>一<b", "<p>一 </p>"),
        ('<a href="x>链接</a> 后文', '<a rel="noopener noreferrer">链接</a> 后文'),
        ("一\x00二\r\n三\x1b&#27;\ud800\uffff", "一二\n三"),
    ],
)
def test_what_goes_in_and_what_is_kept(sent: str, kept: str | type | None) -> None:
    cleaned = clean_html(sent)
    if isinstance(kept, type):
        assert plain_text(cleaned) == "一 二\n三"
    else:
        assert cleaned == (sent if kept is None else kept)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("mailto:a@example.org", True),
        ("/2026/9/", True),
        ("#note", True),
        ("javascript:x()", False),
        ("java\tscript:x()", False),
        ("data:text/html,x", False),
        ("//example.org/", False),
        ("/\t/example.org/", False),
        ("/\\example.org", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("relative/page", False),
    ],
)
def test_links_lead_where_a_reader_may_be_sent(address: str, kept: bool) -> None:
    cleaned = clean_html(f'<a href="{address}">去</a>')
    assert ("href=" in cleaned) is kept
    assert 'rel="noopener noreferrer"' in cleaned


@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/a.jpg",
        "//example.org/a.jpg",
        "data:image/png;base64,AAAA",
        "/media/originals/0123456789abcdef0123456789abcdef.jpg",
        "/media/figures/../../secret.jpg",
        "/media/figures/0123456789abcdef0123456789abcdef.svg",
        PICTURE + "?x",
        "",
    ],
)
def test_a_picture_that_is_none_of_ours_is_taken_out(source: str) -> None:
    for alternative in ("", ' alt="&lt;b&gt; src=&quot;x"', ' alt="> <b>"'):
        assert clean_html(f'<p>前<img{alternative} src="{source}">后</p>') == "<p>前后</p>"


def test_styles_are_alignment_and_indent_with_sound_values() -> None:
    style = "text-align: CENTER; text-indent:2em; color:red; position:fixed; background:url(//x)"
    assert clean_html(f'<p style="{style}">字</p>') == '<p style="text-align:center;text-indent:2em">字</p>'
    for bad in ("text-align:url(x)", "text-indent:calc(1px)", "text-indent:9999em", "color:red", ""):
        assert clean_html(f'<p style="{bad}">字</p>') == "<p>字</p>"


# Cleaning twice changes nothing, and nothing gets lost.

NAMES = st.sampled_from(
    [*sorted(richtext.TAGS), "div", "span", "font", "button", "select", "svg", "math", "form", "h1", "center"]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' class="footnote sign wide"',
        ' style="text-align:center;x:y"',
        f' src="{PICTURE}"',
        " href=/x>y",
        ' alt="<p>"',
        " '\"",
        ' colspan=2 start="3"',
    ]
)
PIECES = st.one_of(
    st.builds(lambda name, attributes: f"<{name}{attributes}>", NAMES, ATTRIBUTES),
    st.builds(lambda name: f"</{name}>", NAMES),
    st.sampled_from(
        ["一", "二 ", "\u3000", "&nbsp;", "&lt;", "<", ">", '"', "<!--", "-->", "\n", "</", "&amp;amp;"]
    ),
    st.text(max_size=4),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
@example("<p><button><p>x</button>")
@example("<a><table><a><td><a>")
@example("<table><b><tr>x<td></b>y<caption>z")
@example("<ul><li><b><li><p></b><ol><a><li><a>")
@example("<h2><p><h3><div>x</h2></p>y")
@example("<ruby><rt><p><rp></ruby><rt>")
def test_cleaning_twice_changes_nothing(html: str) -> None:
    cleaned = clean_html(html)
    assert clean_html(cleaned) == cleaned
    assert dangers(cleaned) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(NAMES, st.sampled_from("甲乙丙丁")), min_size=1, max_size=12))
def test_no_word_is_lost_whatever_stands_around_it(pieces: list[tuple[str, str]]) -> None:
    """Words in every tag, closed or not, come out again (what stands wrong in a table in front of it)."""
    html = "".join(
        f"<{name}>{word}</{name}>" if i % 2 else f"<{name}>{word}" for i, (name, word) in enumerate(pieces)
    )
    kept = "".join(plain_text(clean_html(html)).split())
    assert sorted(kept) == sorted(word for _name, word in pieces)


# Monsters: refused or cleaned with an effort that follows their length.

MONSTERS = {
    "nested": "<blockquote>" * 50_000,
    "nested behind a quotation mark": '<a "> ' + "<blockquote>" * 20_000 + '<b ">',
    "nested in a comment that is none": "<!--> " + "<blockquote>" * 20_000,
    "bold left open": "".join(f'<p><b class="c{i}">x</p>' for i in range(30_000)),
    "attributes": "<p " + " ".join(f"a{i}" for i in range(100_000)) + ">",
    "tags": "<p>x</p>" * 60_000,
    "brackets": "<" * 500_000,
    "too long": "字" * 1_000_001,
}


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters_are_refused_with_a_sentence_before_the_cleaner_sees_them(
    name: str, monkeypatch: pytest.MonkeyPatch, english: None
) -> None:
    def never(*args: object, **kwargs: object) -> str:
        raise AssertionError("the cleaner was asked to digest a monster")

    monkeypatch.setattr(nh3, "clean", never)
    with pytest.raises(ValidationError) as refused:
        clean_html(MONSTERS[name])
    assert refused.value.messages[0].endswith(".")


def test_a_text_of_allowed_depth_and_width_passes() -> None:
    deep = "<blockquote>" * 99 + "<p>底</p>" + "</blockquote>" * 99
    assert clean_html(deep) == deep
    with pytest.raises(ValidationError):
        clean_html("<blockquote>" + deep + "</blockquote>")
    attributes = " ".join(f"a{i}=x" for i in range(50))
    assert clean_html(f"<p {attributes}>字</p>") == "<p>字</p>"
    with pytest.raises(ValidationError):
        clean_html(f"<p {attributes} b=x>字</p>")


BOLD = "".join(f'<b class="c{i}">' for i in range(80))  # each another, so that none is left out


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "<p>" + BOLD + "<p>x" * n,
        lambda n: "".join(f'<p><b class="c{i}">x</p>' for i in range(n)),
        lambda n: "<ul><li>" + BOLD + "<li>x" * n,
        lambda n: "<table><tr>" + BOLD + "<td></td>x" * n,
    ],
)
def test_what_comes_out_is_never_much_longer_than_what_went_in(make: object) -> None:
    """A browser's repair of these grows with the square of their length."""
    sent = make(1500)  # type: ignore[operator]
    assert len(clean_html(sent)) < 5 * len(sent)
    assert len(nh3.clean(sent)) > 10 * len(sent)


@pytest.mark.parametrize(
    "unit",
    [
        "<iframe>",
        "<a",
        "<a x='",
        '<a x="',
        "<!--",
        "<a/" + "b" * 200,
        "</p",
        "<a =",
        "&",
        "<script",
        "<![CDATA[",
    ],
)
def test_the_work_follows_the_length(unit: str) -> None:
    """Counted, not timed: regular expressions and searches touch each character a few times at most."""
    steps = [work_of(unit * (count // len(unit))) for count in (20_000, 40_000)]
    assert steps[1] <= 2.5 * steps[0] + 1000


def work_of(html: str) -> int:
    """Characters looked at by the searches of the balancing pass."""
    looked = 0

    class Counted(str):
        def find(self, *args: object) -> int:  # type: ignore[override]
            nonlocal looked
            found = str.find(self, *args)  # type: ignore[arg-type]
            start = args[1] if len(args) > 1 else 0
            looked += (len(self) if found < 0 else found) - int(start)  # type: ignore[call-overload]
            return found

    balancer = markup.Balancer(html, richtext.TAGS, richtext.ATTRIBUTES)
    balancer.html, balancer.folded = Counted(balancer.html), Counted(balancer.folded)
    try:
        balancer.run()
    except ValidationError:
        return looked
    return looked


# The payloads that run in a browser when they are not cleaned.


def dangers(cleaned: str) -> list[str]:
    """Whatever a cleaned text holds that the schema does not name, as lxml's parser sees it."""
    found = []
    for element in lxml_html.fragment_fromstring(cleaned, create_parent="main").iterdescendants():
        if not isinstance(element.tag, str):
            found.append(f"comment or instruction: {element}")
            continue
        if element.tag not in richtext.TAGS:
            found.append(f"tag {element.tag}")
        for name, value in element.attrib.items():
            if name not in richtext.ATTRIBUTES.get(element.tag, set()) | {"rel"}:
                found.append(f"attribute {name}")
            if name == "href" and not re.match(r"https?://|mailto:|/(?![/\\])|#", value, re.IGNORECASE):
                found.append(f"address {value}")
            if name == "src" and not richtext.MEDIA_IMAGE.fullmatch(value):
                found.append(f"source {value}")
            if name == "style" and not re.fullmatch(r"(text-(align|indent):[a-z0-9.%-]+;?)+", value):
                found.append(f"style {value}")
            if name in {"class", "rel"} and not re.fullmatch(r"[a-z -]+", value):
                found.append(f"{name} {value}")
    return found


def test_no_payload_that_runs_in_a_browser_comes_through(shared: Path) -> None:
    payloads = [row["p"] for row in json.loads((shared / "safety" / "xss-executing.json").read_text("utf-8"))]
    assert len(payloads) >= 500
    for number, payload in enumerate(payloads):
        for wrapped in (payload, f"<p>字{payload}字</p>", f'<p title="{payload}">字</p>', payload.upper()):
            cleaned = clean_html(wrapped)
            assert dangers(cleaned) == [], number
            assert clean_html(cleaned) == cleaned, number


def test_what_is_dangerous_would_be_noticed() -> None:
    for bad in (
        "<script>x</script>",
        "<p onclick=x>",
        '<a href="javascript:x">',
        '<a href="//x">',
        "<img src=x>",
        '<p style="color:red">',
    ):
        assert dangers(bad), bad


# Questions to a cleaned body.


def test_plain_text_is_a_line_for_each_block() -> None:
    body = "<h2>一、</h2><p>甲<br>乙</p><ul><li>丙</li></ul><table><tr><td>丁</td><td>戊</td></tr></table>"
    assert plain_text(body) == "一、\n甲\n乙\n丙\n丁 戊"


def test_pictures_are_found_in_order() -> None:
    other = PICTURE.replace("0123", "9876")
    body = f'<figure><img src="{other}"></figure><p><img src="{PICTURE}"><img src="/x.jpg"></p>'
    assert figure_names(body) == [other.removeprefix("/media/"), PICTURE.removeprefix("/media/")]


def test_typed_paragraphs_become_a_body() -> None:
    body = paragraphs_html(["甲 < 乙", " ", "丙"])
    assert body == "<p>甲 &lt; 乙</p>\n<p>丙</p>"
    assert clean_html(body) == body


def test_cleaning_a_long_article_needs_little_memory() -> None:
    article = f"<p>{'渡口减了班，有人替它算账。' * 20}<b>字</b></p>\n" * 200
    tracemalloc.start()
    clean_html(article)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 * len(article)
