"""What the pages say: the words of the journal in the order and the form of print."""

from __future__ import annotations

import datetime
import json
import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone

from articles.models import Issue, MastheadLine, Section
from articles.models.byline import Byline
from tests.factories import make_section, printed_issue
from tests.public.conftest import Shelf, add_author, add_figure, set_fields

pytestmark = pytest.mark.django_db


def soup_of(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_home_shows_the_newest_issue_for_everybody(client: Client, shelf: Shelf) -> None:
    soup = soup_of(client, "/")
    assert soup.html is not None
    assert soup.html["lang"] == "zh-Hans"
    assert len(soup.select(".entry")) == 3
    assert soup.select_one(".title-issue").get_text() == shelf.new.label  # type: ignore[union-attr]
    assert soup.select_one(f'.spread-links a[href="{shelf.old.get_absolute_url()}"]')


def test_sections_stand_in_their_usual_order(client: Client, shelf: Shelf) -> None:
    for position, (name, code) in enumerate([("调查", "reports"), ("读书", "books")], start=1):
        Section.objects.create(name=name, code=code, position=position)
    Section.objects.filter(code="people").update(position=3)
    names = [line.get_text() for line in soup_of(client, "/sections/").select(".section-name")]
    assert names == ["调查", "读书", "人物"]


def test_home_of_an_empty_journal_says_so(client: Client, db: None) -> None:
    assert soup_of(client, "/").select_one(".empty")


def test_the_contents_follow_the_pages_and_gather_sections(client: Client, shelf: Shelf) -> None:
    first, second, third = shelf.new.articles.in_page_order()  # type: ignore[attr-defined]
    other = make_section("读书", "books")
    set_fields(second, section=other, title="第二\n行", toc_title="目录上的题目")
    soup = soup_of(client, shelf.new.get_absolute_url())
    names = [name.get_text() for name in soup.select(".group .section-name")]
    assert names == ["人物", "读书"]
    titles = [title.get_text() for title in soup.select(".entry-title")]
    assert titles == [first.title, third.title, "目录上的题目"]
    pages = [page.get_text().strip()[-1] for page in soup.select(".entry-page")]
    assert pages == ["1", "3", "2"]


def test_a_photo_story_stands_outside_the_contents_list(client: Client, shelf: Shelf) -> None:
    set_fields(shelf.article, photo_story=True)
    soup = soup_of(client, shelf.new.get_absolute_url())
    assert len(soup.select(".entry")) == 2
    assert soup.select_one(".story-title").get_text() == shelf.article.title  # type: ignore[union-attr]


def test_an_article_keeps_the_line_break_of_its_title(client: Client, shelf: Shelf) -> None:
    set_fields(
        shelf.article, title="对岸还在那里\n末班船改到六点", kicker="减班一个月", subtitle="——谁在过江"
    )
    soup = soup_of(client, shelf.article.get_absolute_url())
    title = soup.select_one("h1")
    assert title is not None
    assert [str(child) for child in title.children] == ["对岸还在那里", "<br/>", "末班船改到六点"]
    assert soup.title is not None
    assert soup.title.get_text().startswith("对岸还在那里 末班船改到六点")
    assert soup.select_one(".kicker").get_text() == "减班一个月"  # type: ignore[union-attr]


def test_the_provenance_line_names_issue_pages_date_source_and_editor(client: Client, shelf: Shelf) -> None:
    MastheadLine.objects.create(issue=shelf.new, label="责任编辑", values=["陆小满", "邱岳"])
    set_fields(shelf.article, source="《栖云日报》2026年8月12日")
    items = [
        item.get_text() for item in soup_of(client, shelf.article.get_absolute_url()).select(".provenance li")
    ]
    line = " ".join(items)
    for words in (str(shelf.new), "《栖云日报》2026年8月12日", "陆小满 邱岳"):
        assert words in line
    today = timezone.localdate()
    assert f"{today.year}年{today.month}月{today.day}日" in line


def test_bylines_carry_roles_and_units_and_lead_to_the_authors(client: Client, shelf: Shelf) -> None:
    Byline.objects.filter(article=shelf.article).delete()
    add_author(shelf.article, "顾晓川", role="本刊记者")
    add_author(shelf.article, "季明珠", role="本刊记者")
    writer = add_author(shelf.article, "陶一苇", "岚江市图书馆", printed_post="馆员")
    add_author(shelf.article, "郁青", role="摄")
    soup = soup_of(client, shelf.article.get_absolute_url())
    lines = [" ".join(line.get_text().split()) for line in soup.select(".credit-line")]
    assert len(lines) == 3
    assert lines[0].endswith("顾晓川 季明珠")
    assert lines[1] == "陶一苇 岚江市图书馆 馆员"
    assert lines[2].startswith("郁青 ")
    assert soup.select_one(f'.byline a[href="{writer.get_absolute_url()}"]')


def test_a_group_shows_its_members_unless_the_closing_note_names_them(client: Client, shelf: Shelf) -> None:
    group = add_author(shelf.article, "水文中心课题组", kind="group")
    member = add_author(shelf.article, "齐放")
    Byline.objects.filter(author=member).delete()
    group.members.create(author=member, role="执笔")
    soup = soup_of(client, shelf.article.get_absolute_url())
    assert "齐放" in soup.select_one(".members").get_text()  # type: ignore[union-attr]
    set_fields(shelf.article, closing_notes=["执笔：齐放"])
    assert not soup_of(client, shelf.article.get_absolute_url()).select(".members")
    assert shelf.article.title in soup_of(client, member.get_absolute_url()).get_text()


def test_before_contents_and_after_lead_through_the_issue(client: Client, shelf: Shelf) -> None:
    first, second, third = shelf.new.articles.in_page_order()  # type: ignore[attr-defined]
    soup = soup_of(client, second.get_absolute_url())
    ways = {tuple(link["rel"]): link["href"] for link in soup.select(".turn a")}
    assert ways == {
        ("prev",): first.get_absolute_url(),
        ("contents",): shelf.new.get_absolute_url(),
        ("next",): third.get_absolute_url(),
    }


def test_the_parts_of_a_serial_are_boxed_together_across_issues(client: Client, shelf: Shelf) -> None:
    part_one = shelf.old.articles.in_page_order().first()  # type: ignore[attr-defined]
    set_fields(part_one, series="白苎河上溯", series_part="上", series_status="待续")
    set_fields(shelf.article, series="白苎河上溯", series_part="下", series_status="续完")
    set_fields(shelf.secret, series="白苎河上溯", series_part="补")
    soup = soup_of(client, shelf.article.get_absolute_url())
    assert [part.get_text() for part in soup.select(".series-part")] == ["上", "下"]
    assert soup.select_one(f'.series a[href="{part_one.get_absolute_url()}"]')
    assert "（续完）" in soup.select_one(".status").get_text()  # type: ignore[union-attr]


def test_back_issues_show_runs_of_missing_numbers_as_one_gap(client: Client, shelf: Shelf) -> None:
    soup = soup_of(client, "/issues/2026/")
    places = [place.get_text(" ", strip=True) for place in soup.select(".shelf > li")]
    assert len(places) == 2
    assert "8" in places[0]
    assert "9-10" in places[1]
    past = soup_of(client, "/issues/2025/").select(".shelf > li")
    assert [bool(place.select(".hole")) for place in past] == [True, False, True]


def test_years_without_an_issue_for_everybody_are_not_there(client: Client, shelf: Shelf) -> None:
    assert client.get("/issues/2024/").status_code == 404


def test_namesakes_are_told_apart_by_unit(client: Client, shelf: Shelf) -> None:
    one = add_author(shelf.article, "李伟", "芦门县卫生院")
    two = add_author(shelf.old.articles.first(), "李 伟", "岚江大学建筑系")  # type: ignore[arg-type]
    soup = soup_of(client, one.get_absolute_url())
    assert len(soup.select(".work")) == 1
    link = soup.select_one(".namesakes a")
    assert link is not None
    assert link["href"] == two.get_absolute_url()
    assert "岚江大学建筑系" in link.get_text()


def test_an_author_without_public_work_has_no_page(client: Client, shelf: Shelf) -> None:
    author = add_author(shelf.secret, "只写内刊的人")
    assert client.get(author.get_absolute_url()).status_code == 404


def test_lists_are_paged_with_addresses_of_their_own(client: Client, shelf: Shelf) -> None:
    big = printed_issue(shelf.cast, 45, year=2026, number="1")
    for article in big.articles.all():
        set_fields(article, section=shelf.section)
    first = client.get("/sections/people/")
    assert first["Link"] == '</sections/people/2/>; rel="next"'
    seen: list[str] = []
    for path in ("/sections/people/", "/sections/people/2/", "/sections/people/3/"):
        seen += [link["href"] for link in soup_of(client, path).select(".work-title a")]
    assert len(seen) == len(set(seen)) == 50
    assert client.get("/sections/people/4/").status_code == 404
    assert client.get("/sections/people/0/").status_code == 404


def test_the_feed_is_atom_and_newest_first(client: Client, shelf: Shelf) -> None:
    response = client.get("/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(response.content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = tree.findall(f"{atom}entry")
    assert len(entries) == 5
    dates = [entry.findtext(f"{atom}published") or "" for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert all(entry.find(f"{atom}link") is not None for entry in entries)


def test_a_feed_survives_characters_xml_has_no_place_for(client: Client, shelf: Shelf) -> None:
    set_fields(shelf.article, abstract="坏\x01字\x08符")
    tree = ElementTree.fromstring(client.get("/feed/").content)
    assert "坏字符" in "".join(tree.itertext())


def test_the_sitemap_has_every_public_page_once_with_its_date(client: Client, shelf: Shelf) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = [url.findtext(f"{name}loc") or "" for url in tree]
    assert len(places) == len(set(places))
    assert sum("/issues/" in place and place.count("/") == 7 for place in places) == 5
    undated = [url.findtext(f"{name}loc") or "" for url in tree if not url.findtext(f"{name}lastmod")]
    assert [place.split("/", 3)[3] for place in undated] == ["contribute/"]  # it changes with no article
    for place in places:
        assert client.get("/" + place.split("/", 3)[3]).status_code == 200


def test_a_large_sitemap_is_split(client: Client, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    from journal.public.views import machines

    monkeypatch.setattr(machines, "PART", 4)
    parts = re.findall(r"<loc>[^<]*(/sitemap-\d+\.xml)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(parts) > 1
    total = sum(client.get(part).content.decode().count("<url>") for part in parts)
    monkeypatch.undo()
    assert total == client.get("/sitemap.xml").content.decode().count("<url>")


def test_machines_find_who_wrote_what_where(client: Client, shelf: Shelf) -> None:
    Issue.objects.filter(pk=shelf.new.pk).update(publication_date=datetime.date(2026, 9, 5))
    add_figure(shelf.article, caption="渡口")
    soup = soup_of(client, shelf.article.get_absolute_url())
    metas = {meta.get("name") or meta.get("property"): meta.get("content") for meta in soup.select("meta")}
    assert metas["citation_title"] == shelf.article.title
    assert metas["citation_journal_title"] == "澜江"
    assert metas["citation_issue"] == "9-10"
    assert metas["citation_publication_date"] == "2026/09/05"
    assert metas["citation_firstpage"] == "1"
    assert metas["DC.creator"] == metas["citation_author"] == metas["Author"] == "贺苇"
    assert metas["ArticleTitle"] == shelf.article.title
    assert metas["ColumnName"] == "人物"
    assert metas["og:image"].endswith(".jpg")  # type: ignore[union-attr]
    script = soup.select_one('script[type="application/ld+json"]')
    assert script is not None
    data = json.loads(script.get_text())
    assert data["@type"] == "Article"
    assert data["isPartOf"]["isPartOf"]["issn"] == "2049-3630"


def test_a_correction_stands_dated_above_the_text(client: Client, shelf: Shelf) -> None:
    from articles.models import Erratum

    Erratum.objects.create(
        article=shelf.article, notice="第2页“62班”应为“60班”。", reason="核对有误", by=shelf.cast.chief
    )
    notice = soup_of(client, shelf.article.get_absolute_url()).select_one(".notices")
    assert notice is not None
    assert "应为“60班”" in notice.get_text()
    assert notice.select_one("time")
    assert "核对有误" not in notice.get_text()


def test_the_year_index_lists_by_section_and_by_author(client: Client, shelf: Shelf) -> None:
    soup = soup_of(client, "/issues/2026/index/")
    assert len(soup.select(".index-list li")) == 3
    assert [name.get_text() for name in soup.select(".index-name")] == ["贺苇"]
    assert len(soup.select(".index-authors a")) == 3


def test_lost_readers_are_led_on(client: Client, shelf: Shelf) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    soup = BeautifulSoup(response.content, "html.parser")
    assert {link["href"] for link in soup.select(".lost-ways a")} == {"/", "/issues/", "/sections/"}


def test_the_index_has_letters_and_reads_surnames_as_surnames(client: Client, shelf: Shelf) -> None:
    for name in ("单成", "曾念", "Anna Baker", "3号采访组"):
        add_author(shelf.article, name)
    add_author(shelf.article, "李伟", "芦门县卫生院")
    add_author(shelf.article, "李伟", "岚江大学建筑系")
    letters = {
        block.select_one(".letter").get_text(): [name.get_text() for name in block.select(".index-name")]  # type: ignore[union-attr]
        for block in soup_of(client, "/issues/2026/index/").select(".index-letter")
    }
    assert list(letters) == ["A", "H", "L", "S", "Z", "#"]
    assert letters["S"] == ["单成"]
    assert letters["Z"] == ["曾念"]
    assert sorted(letters["L"]) == ["李伟（岚江大学建筑系）", "李伟（芦门县卫生院）"]


def test_a_supplement_is_called_one(client: Client, shelf: Shelf) -> None:
    extra = printed_issue(shelf.cast, 1, year=2026, number="S1")
    assert str(extra) == "2026年增刊1"
    labels = [label.get_text() for label in soup_of(client, "/issues/2026/").select(".place-number")]
    assert labels[-1] == "增刊1"


def test_home_leads_to_back_issues_and_to_contributing(client: Client, shelf: Shelf) -> None:
    links = {link["href"] for link in soup_of(client, "/").select(".spread-links a")}
    assert {"/issues/", "/contribute/", shelf.old.get_absolute_url()} <= links


def test_the_structured_data_are_of_the_kinds_they_say(client: Client, shelf: Shelf) -> None:
    kinds = {}
    for path in ("/", shelf.new.get_absolute_url(), shelf.article.get_absolute_url()):
        data = json.loads(soup_of(client, path).select_one('script[type="application/ld+json"]').get_text())  # type: ignore[union-attr]
        assert data["@context"] == "https://schema.org"
        kinds[path] = data
    home, issue, article = kinds.values()
    assert [part["@type"] for part in home["@graph"]] == ["Periodical", "WebSite"]
    home = home["@graph"][0]
    assert [issue["@type"], article["@type"]] == ["PublicationIssue", "Article"]
    assert issue["isPartOf"]["name"] == article["isPartOf"]["isPartOf"]["name"] == home["name"] == "澜江"
    assert issue["hasPart"][0]["url"] == article["url"]
    assert article["pageEnd"] >= article["pageStart"]
    for address in (home["url"], issue["url"], article["url"]):
        assert address.startswith("http")
    assert datetime.datetime.fromisoformat(article["datePublished"]).tzinfo


def test_the_front_page_tells_search_engines_of_its_search(client: Client, shelf: Shelf) -> None:
    script = soup_of(client, "/").select_one('script[type="application/ld+json"]')
    periodical, site = json.loads(script.get_text())["@graph"]  # type: ignore[union-attr]
    assert periodical["@type"] == "Periodical"
    action = site["potentialAction"]
    template = action["target"]["urlTemplate"]
    assert action["query-input"] == "required name=search_term_string"
    address = template.replace(settings.SITE_URL, "").replace("{search_term_string}", "船工")
    assert "船工" in client.get(address).content.decode()


def room_marked(client: Client, address: str) -> tuple[str, str]:
    """The word of the room a page belongs to, and whether it is that very page."""
    link = soup_of(client, address).select_one(".nav [aria-current]")
    return link.get_text(), str(link["aria-current"])  # type: ignore[union-attr, index]


def test_what_is_of_the_current_issue_says_so(client: Client, shelf: Shelf) -> None:
    assert room_marked(client, "/") == ("本期", "page")
    for address in (shelf.new.get_absolute_url(), shelf.article.get_absolute_url()):
        assert room_marked(client, address) == ("本期", "true")
    before = shelf.old.articles.first()
    assert before is not None
    for address in (shelf.old.get_absolute_url(), before.get_absolute_url()):
        assert room_marked(client, address) == ("往期", "true")
