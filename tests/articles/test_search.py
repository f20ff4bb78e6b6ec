"""A search finds every article that holds the phrase, whatever was typed, on both databases."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.models import Article, Author, Byline, Section
from articles.search import finding, lexemes, matching, rebuild, search
from articles.search.words import LONGEST_ROW, MOST_REPEATS, MOST_UNITS, fold
from articles.stages import Stage
from tests.factories import Cast, make_article, make_section, printed_issue

pytestmark = pytest.mark.django_db

FEW = "江河船工渡口的一了、，。“”《》—… 　\n"
MIXED = "江船一的渡國国Aaｂ１2 ０９3ＧＢ/T.%_*\"'()&|!<>:-^~·…，。、《》\u3000 "
SETTINGS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def make(body: str, **fields: Any) -> Article:
    number = Article.objects.count() + 1
    paragraph = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    fields.setdefault("title", "无关之题")
    return Article.objects.create(
        body=f"<p>{paragraph}</p>", code=f"found-{number}-{random.random()}", **fields
    )


def found(query: str) -> set[int]:
    """What both doors of the search find, which is the same, in a few articles and in very many."""
    everything = Article.objects.all()
    matched = set(matching(query, everything).values_list("pk", flat=True))
    for few in (finding.FEW, 0):
        with patch.object(finding, "FEW", few):
            for newest_first in (False, True):
                page = search(query, among=everything, limit=100, newest_first=newest_first)
                assert {hit.pk for hit in page.hits} == matched
    return matched


def listed(query: str) -> set[int]:
    """What a list narrowed by the query shows: sections by their names, too."""
    return set(matching(query, Article.objects.all()).values_list("pk", flat=True))


def flat(text: str) -> str:
    """What the eye compares: letters and digits without width, case or punctuation; words stay apart."""
    kept = "".join(c if c.isalnum() else " " for c in fold(unicodedata.normalize("NFKC", text)))
    apart = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", kept)
    return re.sub(r"(?<=[^a-z0-9]) +| +(?=[^a-z0-9])", "", re.sub(" +", " ", f" {apart} "))


def scan(query: str, texts: dict[int, str]) -> set[int]:
    """By brute force: the articles in which every term occurs, Latin words and numbers as a whole."""
    asked = [t for t in (flat(part).strip() for part in fold(query).split()) if t]
    ends = [(r"(?<![a-z])" if t[0].isascii() and t[0].isalpha() else r"(?<!\d)" if t[0].isascii() else "",
             r"(?![a-z])" if t[-1].isascii() and t[-1].isalpha() else r"(?!\d)" if t[-1].isascii() else "")
            for t in asked]  # fmt: skip
    return {
        pk
        for pk, text in texts.items()
        if asked
        and all(
            re.search(before + re.escape(term) + after, flat(text))
            for term, (before, after) in zip(asked, ends, strict=True)
        )
    }


@SETTINGS
@given(
    texts=st.lists(st.text(FEW, min_size=1, max_size=30), min_size=1, max_size=4),
    start=st.integers(0, 29),
    length=st.integers(1, 8),
)
def test_every_phrase_of_a_text_finds_all_texts_that_hold_it(
    texts: list[str], start: int, length: int
) -> None:
    stored = {make(text).pk: text for text in texts}
    query = texts[0][start % len(texts[0]) :][:length]
    assert found(query) & stored.keys() == scan(query, stored)
    Article.objects.all().delete()


@SETTINGS
@given(
    texts=st.lists(st.text(MIXED, min_size=1, max_size=24), min_size=1, max_size=4),
    query=st.text(MIXED, max_size=6),
)
def test_mixed_scripts_signs_and_wildcards_are_only_words(texts: list[str], query: str) -> None:
    stored = {make(text).pk: text for text in texts}
    assert found(query) & stored.keys() == scan(query, stored)
    Article.objects.all().delete()


@pytest.mark.parametrize("seed", range(3))
def test_phrases_over_the_borders_of_rows_are_found(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice("江河湖海渡口船工岸柳芦花") for _ in range(2 * LONGEST_ROW + 500))
    article = make(text)
    for start in [*range(LONGEST_ROW - 70, LONGEST_ROW + 5, 3), *chance.sample(range(len(text) - 70), 40)]:
        for length in (2, 8, MOST_UNITS):
            assert article.pk in found(text[start : start + length]), start


def test_words_far_apart_in_a_long_text_are_found_together() -> None:
    far = "".join(random.Random(4).choice("江河湖海船工岸柳") for _ in range(2 * LONGEST_ROW))
    long = make(f"渡口{far}芦花开时", title="冬麦")
    short = make("芦花开时，渡口", title="冬麦")
    make(f"渡口{far}", title="芦花开了")
    for query in ("渡口 芦花开时", "芦花 开时 渡口", "冬麦 芦花", "开时 冬麦", "冬 芦 口", "麦 渡口"):
        assert found(query) == {long.pk, short.pk}, query
    assert found("冬麦 渡口 夏麦") == found("渡口芦花 冬麦") == set()


@pytest.mark.parametrize("signs", [1, lexemes.MOST_SIGNS])
def test_who_holds_every_part_of_a_phrase_but_not_the_phrase_is_not_found(
    monkeypatch: Any, signs: int
) -> None:
    monkeypatch.setattr(lexemes, "MOST_SIGNS", signs)
    make("江河湖，渡河湖海", title="江河湖，渡河湖海")
    held = make("渡江河湖海")
    assert found("江河湖海") == found("江河湖海 渡江") == {held.pk}
    assert found("渡江 江河湖海渡") == set()


def test_a_text_that_repeats_itself_hides_nothing() -> None:
    text = "啊" * (3 * MOST_REPEATS) + "渡口" + "哈哈" * (2 * MOST_REPEATS) + "终点"
    article = make(text)
    for query in ("啊啊渡口哈", "啊" * 8, "哈终点", "渡口哈哈哈哈哈哈", "哈" * 60 + "终点"):
        assert article.pk in found(query), query


@pytest.mark.parametrize(
    "query",
    [
        "GB/T 15834",
        "ｇｂ/ｔ",
        "１５８３４",
        "15834—2011",
        "Ｌｉｎｕｘ系统",
        "學習",
        "学习",
        "用",
        "《标点》",
        "标点 linux",
    ],
)
def test_width_case_and_old_characters_make_no_difference(query: str) -> None:
    article = make("《标点》学习GB/T 15834—2011，用Linux系统。")
    assert found(query) == {article.pk}


@pytest.mark.parametrize(
    "query",
    ["%", "_", '"', "'", "*", "江*", 'NEAR("江" "河")', "pairs : x", "江 OR 岸", "江 -河x", "' OR 1=1 --",
     "\x00", "渡口 & !河", "1583", "lin", "，。"],
)  # fmt: skip
def test_operators_and_wildcards_open_nothing(query: str) -> None:
    make("GB/T 15834，用Linux系统。船过渡口，柳在江心。")
    assert found(query) == (
        scan(query, {1: "GB/T 15834，用Linux系统。船过渡口，柳在江心。"}) and found("江心")
    )


def test_no_phrase_leads_from_one_field_into_the_next() -> None:
    article = make("渡口", title="船工", abstract="岸柳")
    assert found("船工岸柳") == found("岸柳渡口") == set()
    assert found("船工 岸柳 渡口") == {article.pk}


def test_every_field_is_found() -> None:
    author = Author.objects.create(name="李 伟", unit="省审计厅", code="li-wei")
    section = make_section("本期特稿", "special")
    article = make(
        "正文",
        title="芦花\n开时",
        kicker="沿江行",
        subtitle="记一个渡口",
        toc_title="目录里的芦花",
        abstract="提要一句",
        keywords=["航运", "GDP"],
        source="《澜江日报》2024年第6期",
        closing_notes=["责任编辑：方蕙"],
        series="江上",
        section=section,
        manuscript_number="2026-0123",
    )
    Byline.objects.create(
        article=article, author=author, printed_name="李伟", printed_unit="审计学会", printed_post="处长"
    )
    for query in (
        "芦花开时", "沿江行", "记一个渡口", "目录里的", "提要一句", "航运", "gdp", "澜江日报", "方蕙", "江上",
        "2026-0123", "0123", "李伟", "省审计厅", "审计学会", "处长", "李伟 芦花",
    ):  # fmt: skip
        assert found(query) == {article.pk}, query
    assert listed("本期特稿") == listed("李伟 芦花 特稿") == {article.pk}


def test_the_index_follows_every_kind_of_write() -> None:
    article = make("渡口")
    article.body = "<p>岸柳</p>"
    article.save()
    assert (found("渡口"), found("岸柳")) == (set(), {article.pk})
    author = Author.objects.create(name="贺苇", code="he-wei-2")
    byline = Byline.objects.create(article=article, author=author, printed_name="阿苇")
    author.name = "贺大苇"
    author.save()
    assert found("贺大苇") == found("阿苇") == {article.pk}
    byline.delete()
    assert found("贺大苇") == found("阿苇") == set()
    Byline.objects.bulk_create([Byline(article=article, author=author, printed_name="苇")])
    assert found("贺大苇") == {article.pk}
    article.bylines.update(printed_unit="芦滩镇")
    assert found("芦滩镇") == {article.pk}
    Article.objects.filter(pk=article.pk).update(series="江城晚报")
    assert found("江城晚报") == {article.pk}
    Article.objects.bulk_create([Article(title="成批", body="<p>冬麦</p>", code="bulk")])
    assert len(found("冬麦")) == 1
    article.bylines.all().delete()
    article.delete()
    assert found("岸柳") == set()


def test_a_renamed_section_is_found_by_its_new_name() -> None:
    article = make("正文", section=make_section("旧栏", "old"))
    Section.objects.update(name="新栏")
    assert (listed("旧栏"), listed("新栏")) == (set(), {article.pk})


def test_moving_on_rewrites_nothing() -> None:
    cast = Cast()
    article = make_article(cast, Stage.SUBMITTED)
    with CaptureQueriesContext(connection) as queries:
        workflow.perform("recall", article, article.submitter)
    assert [
        q["sql"] for q in queries if re.match(r"(INSERT INTO|DELETE FROM) articles_search", q["sql"])
    ] == []


def test_only_what_everybody_may_read_is_searched_unless_said_otherwise() -> None:
    cast = Cast()
    issue = printed_issue(cast, 1)
    shown = issue.articles.get()
    make_article(cast, Stage.FIRST_REVIEW)
    assert search("船工").hits == []  # the journal's issues are for its members
    assert search("船工", among=Article.objects.visible_to(cast.reader)).hits == [shown]
    assert len(search("船工", among=Article.objects.visible_to(cast.editor)).hits) == 2


def test_titles_come_first_then_the_newest() -> None:
    bodies = [make("芦花") for _ in range(3)]
    titled = make("正文", title="芦花")
    bodies.append(make("芦花"))
    everything = Article.objects.all()
    assert search("芦花", among=everything).hits == [titled, *reversed(bodies)]


def test_pages_follow_one_another_without_gap_or_double() -> None:
    Article.objects.bulk_create(
        Article(title="芦花" if n % 7 == 0 else "题", body="<p>芦花</p>", code=f"p-{n}") for n in range(300)
    )
    seen: list[int] = []
    for offset in range(0, 300, 70):
        page = search("芦花", among=Article.objects.all(), limit=70, offset=offset)
        seen += [article.pk for article in page.hits]
        assert page.more == (offset + 70 < 300)
    assert len(seen) == len(set(seen)) == 300


@pytest.mark.parametrize("few", [0, finding.FEW])
def test_stretches_of_articles_hide_nothing_and_keep_the_order(monkeypatch: Any, few: int) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    monkeypatch.setattr(lexemes, "STRETCHES", (0, 2, 4))
    bodies = [make("芦花" if n % 3 else "芦花开在渡口边").pk for n in range(30)]
    titled = make("渡口", title="芦花").pk
    third = bodies[::3][::-1]
    everything = Article.objects.all()
    for query, wanted in (
        ("芦花", [titled, *reversed(bodies)]),
        ("花", [titled, *reversed(bodies)]),
        ("芦花开在", third),
        ("芦花 渡口", [titled, *third]),
        ("口 芦花开", third),
    ):
        assert [hit.pk for hit in search(query, among=everything, limit=100).hits] == wanted, query
        found = search(query, among=everything, limit=100, newest_first=True)
        assert [hit.pk for hit in found.hits] == sorted(wanted, reverse=True), query


def test_a_search_takes_four_queries_however_much_it_finds() -> None:
    for number in (1, 30):
        Article.objects.bulk_create(
            Article(title="题", body="<p>芦花</p>", code=f"q-{number}-{n}") for n in range(number)
        )
        with CaptureQueriesContext(connection) as queries:
            assert search("芦花", among=Article.objects.all()).hits
        assert len(queries) == 4


def test_the_index_can_be_made_anew(capsys: Any) -> None:
    pks = {make("芦花").pk for _ in range(3)}
    assert rebuild() == 3
    assert found("芦花") == pks
    call_command("rebuild_search", "--json")
    assert json.loads(capsys.readouterr().out)["articles"] == 3
    assert found("芦花") == pks
