"""The same pages in traditional characters and in an English frame: found, linked, and no more open."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import MastheadLine
from journal.public.dressing import dress
from journal.traditional import name_in_traditional, traditional
from journal.variants import VARIANTS, Variant, shown
from tests.factories import make_article
from tests.public.conftest import Shelf, add_author, add_figure, set_fields

TRADITIONAL, ENGLISH = VARIANTS
HAN = re.compile(r"[\u4e00-\u9fff]")
both = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.prefix)


def links_of(page: bytes, here: str) -> set[str]:
    """Paths of this site that the page leads to by links a reader presses, other languages left out."""
    tree = lxml.html.fromstring(page)
    found = {urljoin(here, a.get("href")) for a in tree.iter("a") if a.get("href") and not a.get("hreflang")}
    return {urlsplit(address).path for address in found if address.startswith("/")}


def walk(client: Client, start: str) -> dict[str, bytes]:
    """Every HTML page that can be reached from ``start`` inside its own prefix."""
    prefix = start if start != "/" else ""
    seen: dict[str, bytes] = {}
    queue = [start]
    while queue:
        path = queue.pop()
        if path in seen or not path.startswith(prefix or "/"):
            continue
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        seen[path] = answer.content
        queue += sorted(links_of(answer.content, path))
    return seen


def of_readers(paths: Any) -> set[str]:
    """Without what is of other rooms: signing in, sending in, the desk."""
    rooms = ("/register", "/login", "/password", "/manuscripts", "/desk", "/zh-hant/", "/en/")
    return {path for path in paths if not path.startswith(rooms)}


@pytest.fixture
def full(shelf: Shelf) -> Shelf:
    """The shelf with words of every kind on it."""
    MastheadLine.objects.create(
        issue=shelf.new, position=1, label="责任编辑", values=["范后岳", "干于飞"], kind="people"
    )
    set_fields(
        shelf.article,
        title="头发和干部",
        abstract="理发店里的“后来”。",
        keywords=["里程", "发展"],
        body="<h2>一、头<strong>发</strong></h2><p>关<em>于</em>面条，他说：“我‘只有’一只。”</p>"
        '<p><a href="https://example.org/发">里面</a> It’s 5G时代</p>',
    )
    add_author(shelf.article, "范于后", "干余厂")
    add_figure(shelf.article, caption="干净的里程碑", alternative="一只面碗")
    return shelf


# -- every page


@both
@pytest.mark.django_db
def test_every_page_of_readers_has_its_variant_in_its_language(
    client: Client, full: Shelf, variant: Variant
) -> None:
    pages = of_readers(walk(client, "/"))
    assert len(pages) > 15
    for path in pages:
        answer = client.get(variant.address(path))
        assert answer.status_code == 200, path
        assert lxml.html.fromstring(answer.content).get("lang") == variant.tag, path
        assert answer["Content-Language"] == variant.tag


@both
@pytest.mark.django_db
def test_links_stay_inside_the_variant(client: Client, full: Shelf, variant: Variant) -> None:
    inside = walk(client, f"/{variant.prefix}/")
    assert {variant.bare(path) for path in inside} == of_readers(walk(client, "/"))
    others = of_readers(path for path, page in inside.items() for path in links_of(page, path))
    assert {path for path in others if client.get(variant.address(path)).status_code == 200} == set()


@both
@pytest.mark.django_db
def test_every_page_leads_to_itself_in_each_language(client: Client, full: Shelf, variant: Variant) -> None:
    path = full.article.get_absolute_url()
    tree = lxml.html.fromstring(client.get(variant.address(path)).content)
    found = [
        (a.get("lang"), a.get("href"), a.text, a.get("aria-current"))
        for a in tree.xpath("//nav[@class='languages']//a")
    ]
    here = {variant.tag: "true"}
    assert found == [
        ("zh-Hans", path, "简体", None),
        ("zh-Hant", f"/zh-hant{path}", "繁體", here.get("zh-Hant")),
        ("en", f"/en{path}", "English", here.get("en")),
    ]


@pytest.mark.django_db
def test_search_engines_are_told_of_the_two_scripts_and_of_one_english_frame_less(
    client: Client, full: Shelf, settings: Any
) -> None:
    path = full.article.get_absolute_url()
    site = settings.SITE_URL
    for prefix, own in (("", path), ("/zh-hant", f"/zh-hant{path}"), ("/en", path)):
        tree = lxml.html.fromstring(client.get(prefix + path).content)
        assert tree.xpath("//link[@rel='canonical']/@href") == [site + own]
        assert tree.xpath("//meta[@property='og:url']/@content") == [site + own]
        alternates = {a.get("hreflang"): a.get("href") for a in tree.xpath("//link[@hreflang]")}
        assert alternates == {
            "zh-Hans": site + path,
            "x-default": site + path,
            "zh-Hant": f"{site}/zh-hant{path}",
        }


@both
@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(
    client: Client, full: Shelf, variant: Variant
) -> None:
    answer = client.get(f"/{variant.prefix}/nowhere/")
    tree = lxml.html.fromstring(answer.content)
    assert (answer.status_code, tree.get("lang")) == (404, variant.tag)
    assert f"/{variant.prefix}/issues/" in links_of(answer.content, "/")
    assert tree.xpath("//nav[@class='languages']") == []


@both
@pytest.mark.parametrize("path", ["/feed/", "/sitemap.xml", "/robots.txt", "/sections/people/feed/"])
@pytest.mark.django_db
def test_what_machines_read_has_no_variant(client: Client, full: Shelf, variant: Variant, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.get(variant.address(path)).status_code == 404
    assert (
        client.get(variant.address(f"{full.article.get_absolute_url()}{full.article.code}.bib")).status_code
        == 404
    )


@both
@pytest.mark.django_db
def test_long_lists_go_on_in_their_variant(client: Client, full: Shelf, variant: Variant) -> None:
    for number in range(25):
        set_fields(make_article(full.cast, "published", title=f"第{number}篇"), section=full.section)
    answer = client.get(f"/{variant.prefix}/sections/people/")
    assert answer["Link"] == f'</{variant.prefix}/sections/people/2/>; rel="next"'
    assert client.get(f"/{variant.prefix}/sections/people/2/").status_code == 200


@both
@pytest.mark.django_db
def test_an_installation_may_do_without_a_variant(
    client: Client, full: Shelf, variant: Variant, settings: Any
) -> None:
    settings.READER_VARIANTS = [other.prefix for other in VARIANTS if other != variant]
    for path in ("/", "/about/", full.article.get_absolute_url()):
        assert client.get(variant.address(path)).status_code == 404
        assert f'href="/{variant.prefix}/' not in client.get(path).content.decode()
    settings.READER_VARIANTS = []
    assert b"hreflang" not in client.get("/").content


@both
@pytest.mark.django_db
def test_a_variant_costs_the_queries_of_its_page(client: Client, full: Shelf, variant: Variant) -> None:
    for path in ("/", full.new.get_absolute_url(), full.article.get_absolute_url(), "/sections/people/"):
        counts = []
        for address in (path, variant.address(path)):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        assert counts[0] == counts[1], path


@both
@pytest.mark.django_db
def test_a_search_is_answered_in_the_variant_and_goes_on_in_another(
    client: Client, full: Shelf, variant: Variant
) -> None:
    search = f"/{variant.prefix}/search/"
    tree = lxml.html.fromstring(client.get(search, {"q": "头发"}).content)
    assert tree.get("lang") == variant.tag
    assert variant.address(full.article.get_absolute_url()) in tree.xpath("//main//a/@href")
    assert tree.xpath("//main//input[@name='q']/@value") == ["头发"]
    assert set(tree.xpath("//form/@action")) == {search}
    assert "/search/?q=%E5%A4%B4%E5%8F%91" in tree.xpath("//nav[@class='languages']//a/@href")


# -- no more open than the page itself


@both
@pytest.mark.django_db
def test_what_is_not_for_everybody_is_as_closed_behind_the_prefix(
    client: Client, full: Shelf, variant: Variant
) -> None:
    for path in walk(client, f"/{variant.prefix}/").values():
        assert [words for words in full.secrets if traditional(words).encode() in path] == []
        assert [words for words in full.secrets if words.encode() in path] == []
    for path in (full.members.get_absolute_url(), full.secret.get_absolute_url(), "/members/"):
        assert client.get(variant.address(path)).status_code == client.get(path).status_code == 403
    hidden = full.hidden.get_absolute_url()
    assert client.get(variant.address(hidden)).status_code == client.get(hidden).status_code == 404
    client.force_login(full.cast.reader)
    assert client.get(variant.address(full.secret.get_absolute_url())).status_code == 200
    assert client.get(variant.address(hidden)).status_code == 404


@both
@pytest.mark.django_db
def test_who_is_sent_to_sign_in_comes_back_to_the_variant(
    client: Client, full: Shelf, variant: Variant
) -> None:
    there = variant.address(full.secret.get_absolute_url())
    page = client.get(there).content.decode()
    assert f"next={there}" in page.replace("%2F", "/")
    assert f'href="{reverse("people:login")}?' in page


# -- traditional characters


def machines_see(tree: Any) -> list[Any]:
    """Everything a program goes by: the order of elements, classes, names, where pictures come from."""
    names = ("id", "class", "src", "for", "name", "type", "datetime", "aria-labelledby", "width")
    return [
        (e.tag, *((n, e.get(n)) for n in names if e.get(n))) for e in tree.iter() if isinstance(e.tag, str)
    ]


@pytest.mark.django_db
def test_only_words_change_and_all_of_them(client: Client, full: Shelf) -> None:
    path = full.article.get_absolute_url()
    plain, dressed = (lxml.html.fromstring(client.get(p + path).content) for p in ("", "/zh-hant"))
    assert machines_see(plain) == machines_see(dressed)
    text = dressed.text_content()
    for words in (
        "頭髮和幹部",
        "理髮店裡的「後來」。",
        "里程 發展",
        "一、頭髮",
        "關於麵條，他說：「我『只有』一隻。」",
        "裡面",
        "It’s 5G時代",
    ):
        assert words in text, words
    assert dressed.xpath("//a[text()='裡面']/@href") == ["https://example.org/发"]
    assert "一隻麵碗" in dressed.xpath("//img/@alt")
    assert dressed.xpath("//meta[@name='description']/@content") == ["理髮店裡的「後來」。"]


@pytest.mark.django_db
def test_a_work_is_cited_as_it_was_printed(client: Client, full: Shelf) -> None:
    tree = lxml.html.fromstring(client.get(f"/zh-hant{full.article.get_absolute_url()}").content)
    assert tree.xpath("//meta[@name='citation_title']/@content") == ["头发和干部"]
    assert tree.xpath("//meta[@name='DC.title']/@content") == ["头发和干部"]
    cited = tree.get_element_by_id("citation")
    assert cited.get("lang") == "zh-Hans"
    assert "头发和干部[J]" in cited.text_content()


@pytest.mark.django_db
def test_structured_data_is_of_the_page_it_stands_on(client: Client, full: Shelf, settings: Any) -> None:
    path = full.article.get_absolute_url()
    page = client.get(f"/zh-hant{path}").content.decode()
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert (data["headline"], data["inLanguage"]) == ("頭髮和幹部", "zh-Hant")
    assert data["url"] == f"{settings.SITE_URL}/zh-hant{path}"
    assert data["isPartOf"]["url"] == f"{settings.SITE_URL}/zh-hant{full.new.get_absolute_url()}"
    assert "范于后" in [author["name"] for author in data["author"]]
    assert 'property="og:locale" content="zh_TW"' in page


@pytest.mark.django_db
def test_people_keep_their_names_wherever_they_stand(client: Client, full: Shelf) -> None:
    set_fields(full.article, body="<p>范于后说，干于飞和后勤处的干部都在。</p>")
    tree = lxml.html.fromstring(client.get(f"/zh-hant{full.article.get_absolute_url()}").content)
    text = tree.text_content()
    assert "范于后說，干于飛和後勤處的幹部都在。" in text
    assert "乾餘廠" in text or "幹餘廠" in text  # a unit is no person
    assert tree.xpath("//span[@class='name'][text()='范后岳']")
    index = client.get("/zh-hant/issues/2026/index/").content.decode()
    assert "范于后" in index


@pytest.mark.parametrize(
    ("simplified", "name"),
    [
        ("范晓川", "范曉川"),
        ("余华", "余華"),
        ("于敏", "于敏"),
        ("后羿", "后羿"),
        ("沈从文", "沈從文"),
        ("钟南山", "鍾南山"),
        ("姜文", "姜文"),
        ("谷雨", "谷雨"),
        ("郁达夫", "郁達夫"),
        ("岳云鹏", "岳雲鵬"),
        ("涂一鸣", "涂一鳴"),
        ("党建国", "党建國"),
        ("干宝", "干寶"),
        ("种师道", "种師道"),
        ("游本昌", "游本昌"),
        ("周杰", "周杰"),
        ("曲波", "曲波"),
        ("万里", "萬里"),
        ("万俟卨", "万俟卨"),
        ("谷梁赤", "穀梁赤"),
        ("叶圣陶", "葉聖陶"),
        ("淳于髡", "淳于髡"),
        ("丰子恺", "豐子愷"),
        ("宁静", "寧靜"),
        ("胡适", "胡適"),
        ("萧乾", "蕭乾"),
        ("台静农", "臺靜農"),
        ("张云松", "張雲松"),
        ("朴树", "朴樹"),
        ("仇英", "仇英"),
        ("余秋里", "余秋里"),
        ("卜发党", "卜發黨"),
    ],
)
@pytest.mark.database_free
def test_a_name_is_written_one_character_at_a_time(simplified: str, name: str) -> None:
    assert name_in_traditional(simplified) == name


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>头<b>发</b></p>", "<p>頭<b>髮</b></p>"),
        ("<p>头</p><p>发</p>", "<p>頭</p><p>發</p>"),
        ('<p>干<a href="/x">部</a>和干<em>净</em></p>', '<p>幹<a href="/x">部</a>和乾<em>淨</em></p>'),
        ('<p title="理发">面</p>', '<p title="理髮">面</p>'),
        ('<p lang="zh-Hans">头发</p><p>头发</p>', '<p lang="zh-Hans">头发</p><p>頭髮</p>'),
        ("<p>甲 &lt;发&gt; &quot;里&quot;</p>", "<p>甲 &lt;發&gt; &quot;裡&quot;</p>"),
        ("<textarea>头发</textarea>", "<textarea>头发</textarea>"),
        ('<input value="头发" placeholder="头发">', '<input value="头发" placeholder="頭髮">'),
        ('<span class="name">谷雨</span>谷雨', '<span class="name">谷雨</span>谷雨'),
        (
            '<p class="name">干<mark>于</mark>飞 郁青</p>郁青',
            '<p class="name">干<mark>于</mark>飛 郁青</p>郁青',
        ),
        ('<span class="name">党委办公室</span>', '<span class="name">黨委辦公室</span>'),
        ("<p>the readers’ ‘只有’ ‘a’</p>", "<p>the readers’ 『只有』 『a』</p>"),
    ],
)
@pytest.mark.database_free
def test_words_are_converted_by_phrases_and_nothing_else_is(html: str, expected: str) -> None:
    assert dress(html, TRADITIONAL) == expected


@pytest.mark.database_free
def test_conversion_never_changes_the_length() -> None:
    """The dressing cuts the converted words where the plain ones were cut."""
    everything = "".join(map(chr, [*range(0x3400, 0xA000), *range(0xF900, 0xFB00)]))
    assert len(traditional(everything)) == len(everything)
    for words in ("了解头发干部面条台风", "“‘’”’s", "𠮷野家", "内存软件"):
        assert len(traditional(words)) == len(words)


# -- an English frame


@pytest.mark.django_db
def test_in_the_english_frame_every_chinese_word_is_marked_as_chinese(client: Client, full: Shelf) -> None:
    pages = walk(client, "/en/")
    assert len(pages) > 15
    for path, page in pages.items():
        tree = lxml.html.fromstring(page)
        for element in tree.xpath("//*[@lang='zh-Hans' or @lang='zh-Hant']|//svg|//title|//script"):
            element.drop_tree()
        unmarked = [text for text in tree.itertext() if HAN.search(text)]
        assert unmarked == [], path


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>头发</p>", '<p lang="zh-Hans">头发</p>'),
        ("<p>Source: 渡口</p>", '<p>Source: <span lang="zh-Hans">渡口</span></p>'),
        ("<p>About 渡口</p>", '<p>About <span lang="zh-Hans">渡口</span></p>'),
        ("<h1>5G时代</h1>", '<h1 lang="zh-Hans">5G时代</h1>'),
        (
            '<div class="article"><p>AI <b>时代</b></p></div>',
            '<div class="article" lang="zh-Hans"><p>AI <b>时代</b></p></div>',
        ),
        ('<img src="/a.png" alt="碗">', '<img src="/a.png" alt="碗" lang="zh-Hans">'),
        ("<title>About 渡口</title>", "<title>About 渡口</title>"),
        ("<p>渡<b>口</b></p><p>Older</p>", '<p lang="zh-Hans">渡<b>口</b></p><p>Older</p>'),
    ],
)
@pytest.mark.database_free
def test_chinese_words_are_marked_where_they_stand(html: str, expected: str) -> None:
    assert dress(html, ENGLISH) == expected


@pytest.mark.django_db
def test_the_english_frame_leaves_the_text_alone(client: Client, full: Shelf) -> None:
    path = full.article.get_absolute_url()
    plain, english = (lxml.html.fromstring(client.get(p + path).content) for p in ("", "/en"))
    for place in ("//div[@class='article']", "//h1", "//p[@id='citation']"):
        assert plain.xpath(place)[0].text_content() == english.xpath(place)[0].text_content()
    assert "Contents" in english.text_content()


@pytest.mark.django_db
def test_in_english_what_somebody_did_stands_before_the_name(client: Client, full: Shelf) -> None:
    add_author(full.article, "贺苇", role="摄")
    path = full.article.get_absolute_url()
    lines = {
        prefix: lxml.html.fromstring(client.get(prefix + path).content).xpath("//p[@class='credit-line']")
        for prefix in ("", "/en")
    }
    assert lines[""][-1].text_content() == "贺苇 芦滩镇文化站 摄"
    assert lines["/en"][-1].text_content() == "photograph 贺苇 芦滩镇文化站"


@pytest.mark.database_free
def test_both_variants_are_shown_unless_an_installation_says_otherwise() -> None:
    assert shown() == [TRADITIONAL, ENGLISH]
