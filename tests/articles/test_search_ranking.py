"""What stands first among the hits, what they can be narrowed by, and what is shown of each."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Author, Byline, Section
from articles.search import finding, marked, pattern, search, snippet, terms, text_of
from articles.search.variants import FILE, GROUPS, SIMPLIFIED, derived
from articles.search.words import fold, has_phrase, units
from tests.articles.test_search import make
from tests.factories import Cast, make_journal, make_section, printed_issue
from tests.public.conftest import add_author, set_fields

ALPHABET = "江船一的渡國国发發髮后後〇○Aaｂ１2 ０９3ＧＢ/.%_*\"'()&|!<>:-^~·…，。、《》\u3000"


def titles(query: str, **options: Any) -> list[str]:
    return [hit.title for hit in search(query, among=Article.objects.all(), **options).hits]


def signed(title: str, name: str, body: str = "正文") -> Article:
    article = make(body, title=title)
    add_author(article, name)
    return article


@pytest.mark.django_db
class TestRank:
    def test_titles_come_before_names_these_before_the_head_and_the_text_is_last(self) -> None:
        make("芦花", title="文中")
        make("正文", title="提要", abstract="芦花")
        signed("署名", "芦花")
        make("正文", title="芦花", subtitle="题中")
        make("又见芦花", title="文中，较新")
        assert titles("芦花") == ["芦花", "署名", "提要", "文中，较新", "文中"]

    def test_side_by_side_as_typed_comes_before_scattered_even_in_a_title(self) -> None:
        make("正文", title="芦花与渡口")
        make("江边芦花渡口人家", title="连在一起")
        make("渡口旁有芦花", title="分散")
        assert titles("芦花 渡口") == ["连在一起", "芦花与渡口", "分散"]

    def test_a_term_in_the_title_and_one_in_the_name_counts_as_head(self) -> None:
        make("芦花，李伟", title="文中")
        signed("芦花", "李伟")
        assert titles("李伟 芦花") == ["芦花", "文中"]

    def test_a_name_and_a_word_of_the_text_are_found_together(self) -> None:
        signed("题", "李伟", "芦花")
        assert titles("李伟 芦花") == titles("芦花 李伟") == ["题"]
        assert titles("李伟 冬麦") == []

    def test_inside_a_rank_the_newest_issue_comes_first_whenever_it_was_entered(self) -> None:
        cast = Cast()
        new, old = (printed_issue(cast, 1, year=year, number="1") for year in (2026, 2020))
        for issue in (new, old):
            set_fields(issue.articles.get(), title=f"芦花{issue.year}")
        assert titles("芦花") == titles("芦花", newest_first=True) == []  # written past the index
        for article in Article.objects.all():
            finding_again(article)
        assert titles("芦花") == ["芦花2026", "芦花2020"]

    def test_newest_first_asks_for_no_rank(self) -> None:
        make("正文", title="芦花")
        make("芦花", title="较新")
        assert titles("芦花", newest_first=True) == ["较新", "芦花"]

    def test_what_is_cut_is_said_and_titles_are_never_cut_for_texts(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(finding, "CANDIDATES", 5)
        make("正文", title="芦花")
        for n in range(9):
            make("芦花", title=f"文{n}")
        page = search("芦花", among=Article.objects.all())
        assert page.cut
        assert page.count == 5
        assert page.hits[0].title == "芦花"
        assert titles("芦花", newest_first=True)[:3] == ["文8", "文7", "文6"]
        assert not search("文8", among=Article.objects.all()).cut


def finding_again(article: Article) -> None:
    from articles.search import keep

    keep([article.pk])


@pytest.mark.django_db
class TestFacets:
    def test_hits_are_counted_by_section_year_and_author(self) -> None:
        cast = Cast()
        people, press = make_section(), make_section("业务", "trade")
        for place, section, name in (
            ((2025, "2"), people, "柳岸"),
            ((2026, "1"), press, "柳岸"),
            ((2026, "2"), people, "方蕙"),
        ):
            article = printed_issue(cast, 1, year=place[0], number=place[1]).articles.get()
            set_fields(article, section=section)
            add_author(article, name)
        facets = search("船工", among=Article.objects.all()).facets
        assert [(v.name, v.count) for v in facets.sections] == [(people.name, 2), ("业务", 1)]
        assert [(v.code, v.count) for v in facets.years] == [("2026", 2), ("2025", 1)]
        assert {v.name: v.count for v in facets.authors}["柳岸"] == 2

    def test_they_count_what_may_be_seen_only(self) -> None:
        make("芦花", section=make_section())
        assert search("芦花", among=Article.objects.filter(section__code="none")).facets.sections == []
        assert search("芦花").count == 0

    def test_an_author_counts_an_article_once_in_two_roles(self) -> None:
        article = signed("题", "贺苇", "芦花")
        author = Author.objects.get(name="贺苇")
        Byline.objects.create(article=article, author=author, position=9, role="摄影", printed_name="阿苇")
        assert [(v.code, v.count) for v in search("芦花", among=Article.objects.all()).facets.authors] == [
            (author.code, 1)
        ]


class TestMarks:
    pytestmark = pytest.mark.database_free

    @given(st.text(ALPHABET, max_size=40), st.text(ALPHABET, max_size=8))
    def test_what_is_marked_is_what_the_index_found(self, text: str, query: str) -> None:
        pieces = marked(text, pattern(query))
        assert "".join(part for part, _ in pieces) == text
        asked = terms(query)
        hits = [units(part) for part, hit in pieces if hit]
        assert [hit for hit in hits if hit not in asked] == []
        assert bool(hits) == any(has_phrase(text, term) for term in asked)

    def test_every_hit_is_marked_however_it_is_written(self) -> None:
        text = "發展：後來的头发，Ｌｉｎｕｘ与linux，二○二四年"
        assert hits_in(text, "发展 后来 頭髮 LINUX 二〇二四") == [
            "發展",
            "後來",
            "头发",
            "Ｌｉｎｕｘ",
            "linux",
            "二○二四",
        ]
        assert hits_in("党、建（党建）", "党建") == ["党、建", "党建"]
        assert hits_in("linuxes 120", "linux 12") == []

    def test_a_snippet_is_cut_round_the_place_with_most_of_the_terms(self) -> None:
        text = "芦花。" + "江" * 200 + "渡口旁有芦花。" + "河" * 200
        pieces = snippet(text, pattern("芦花 渡口"))
        assert [part for part, hit in pieces if hit] == ["渡口", "芦花"]
        assert (pieces[0], pieces[-1]) == (("……", False), ("……", False))
        assert sum(len(part) for part, _ in pieces) < 110

    def test_a_snippet_of_what_is_not_there_is_empty(self) -> None:
        assert (
            snippet("渡口", pattern("芦花"))
            == snippet("渡口", pattern("。"))
            == snippet("", pattern("江"))
            == []
        )

    def test_the_words_of_a_body_are_read_as_the_index_reads_them(self) -> None:
        body = '<h2>一、渡口</h2><p>芦<strong>花</strong>&lt;b&gt;<a href="/x?a=1">开</a><br>时</p><p>完</p>'
        assert text_of(body).split() == ["一、渡口", "芦花<b>开", "时", "完"]


def hits_in(text: str, query: str) -> list[str]:
    return [part for part, hit in marked(text, pattern(query)) if hit]


class TestFolding:
    pytestmark = pytest.mark.database_free

    @pytest.mark.parametrize(
        "words",
        [
            "乾幹干榦",
            "後后",
            "髮發发",
            "著着",
            "裏裡里",
            "藉借",
            "瞭了",
            "○〇",
            "臺檯颱台",
            "Ａａ",
            "１1",
            "說説说",
        ],
    )
    def test_each_way_of_writing_finds_the_others(self, words: str) -> None:
        assert len({fold(char) for char in words}) == 1

    def test_a_character_stands_in_one_group_and_is_never_folded_twice(self) -> None:
        everything = "".join(GROUPS)
        assert len(set(everything)) == len(everything)
        assert not {ord(first) for first in SIMPLIFIED.values()} & SIMPLIFIED.keys()

    def test_the_table_is_the_one_the_rules_were_numbered_for(self) -> None:
        """Where this fails OpenCC has new characters: write the table anew and move ``keeping.RULES``."""
        assert FILE.read_text(encoding="utf-8").split() == list(derived())


@pytest.mark.django_db
class TestCommand:
    def answer(self, capsys: Any, *arguments: str) -> str:
        call_command("search", *arguments)
        return str(capsys.readouterr().out)

    def test_it_prints_what_everybody_may_read(self, capsys: Any) -> None:
        make_journal(publication_type="serial")
        issue = printed_issue(Cast(), 2)
        make("船工", title="手稿")
        answer = json.loads(self.answer(capsys, "船工", "--json"))
        assert (answer["count"], answer["more_than_counted"]) == (2, False)
        hit = answer["hits"][0]
        assert hit["url"].endswith(f"{issue.articles.get(title=hit['title']).code}/")
        assert hit["issue"] == str(issue)
        assert "船工" in hit["snippet"] or "船工" in hit["title"]
        assert json.loads(self.answer(capsys, "船工", "--json", "--all"))["count"] == 3
        assert len(json.loads(self.answer(capsys, "船工", "--json", "--limit", "1"))["hits"]) == 1

    def test_lines_for_a_person_and_a_sentence_for_nothing(self, capsys: Any) -> None:
        article = make("江边有芦花。", title="渡口")
        lines = self.answer(capsys, "芦花", "--all").splitlines()
        assert lines[0].startswith(article.title)
        assert lines[1].strip() == "江边有芦花。"
        assert re.fullmatch(r"\S.+", self.answer(capsys, "冬麦").strip())
        with pytest.raises(CommandError):
            call_command("search", "。")


@pytest.mark.django_db
def test_sections_are_counted_without_a_query_each(django_assert_num_queries: Any) -> None:
    for n in range(8):
        make("芦花", section=Section.objects.create(name=f"栏{n}", code=f"s-{n}"))
    with django_assert_num_queries(4):
        assert len(search("芦花", among=Article.objects.all()).facets.sections) == 8
