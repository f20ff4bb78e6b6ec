"""Accepting an import writes drafts once, renews only drafts, and loses nothing that was printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from articles.models import Article, Author, Event, GroupMember, Issue, Journal, Revision, Section
from articles.stages import IssueStage, Stage
from journal.intake.accept import NotAccepted, accept_issue, accept_page
from journal.intake.accept.body import body_html
from journal.intake.manuscript import Author as Printed
from journal.intake.manuscript import AuthorKind, Credit, IssueManuscript, Manuscript
from tests.intake.made import Source, small_issue

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    models = (Article, Author, Event, GroupMember, Issue, Revision, Section)
    return {model.__name__: model.objects.count() for model in models}


def with_article(issue: IssueManuscript, index: int, **changes: Any) -> IssueManuscript:
    manuscripts = list(issue.manuscripts)
    manuscripts[index] = replace(manuscripts[index], **changes)
    return replace(issue, manuscripts=tuple(manuscripts))


def test_an_issue_becomes_drafts_in_contents_order() -> None:
    issue = accept_issue(small_issue())
    assert (issue.year, issue.number, issue.serial_number) == (2026, "9", 129)
    assert issue.stage == IssueStage.PLANNING
    articles = list(issue.articles.order_by("position"))
    assert [a.title for a in articles] == ["渡口的早晨", "借一本旧书", "三把水尺"]
    assert {a.stage for a in articles} == {Stage.DRAFT}
    assert [(a.first_page, a.last_page) for a in articles] == [(4, 8), (9, None), (10, None)]
    assert articles[0].code == "2026-09-du-kou-de-zao-chen"
    assert articles[1].kicker == "读书一得"
    assert articles[1].source == "《栖云日报》2026年8月12日"


def test_sections_are_made_once_with_permanent_codes() -> None:
    Section.objects.create(name="读书", code="books", position=1)
    accept_issue(small_issue())
    assert list(Section.objects.order_by("position").values_list("name", "code")) == [
        ("读书", "books"),
        ("本期关注", "ben-qi-guan-zhu"),
    ]


def test_the_masthead_keeps_its_order_and_its_facts() -> None:
    issue = accept_issue(small_issue())
    lines = list(issue.masthead.order_by("position").values_list("label", "kind", "values"))
    assert lines[:2] == [("主编", "people", ["沈望川"]), ("责任编辑", "people", ["陆小满", "邱岳"])]
    assert ("地址", "fact", ["岚江市桥西区文化路8号"]) in lines
    assert issue.slogans == ["记一条江的日常"]


def test_the_name_of_the_journal_is_never_taken_from_the_file() -> None:
    accept_issue(small_issue(name="某刊"))
    assert not Journal.objects.exists()


def test_one_event_for_the_issue_and_one_imported_version_for_each_article(admin_user: Any) -> None:
    issue = accept_issue(small_issue(), by=admin_user)
    event = Event.objects.exclude(issue=None).get()
    assert (event.action, event.issue, event.actor) == ("imported", issue, admin_user)
    versions = Revision.objects.values_list("reason", "number", "by")
    assert list(versions) == [("imported", 1, admin_user.pk)] * 3


def test_a_command_without_a_person_is_named_in_the_record() -> None:
    accept_issue(small_issue())
    assert Event.objects.get().actor_name == "import_issue"


def test_running_it_twice_changes_nothing() -> None:
    first = accept_issue(small_issue())
    before = rows()
    texts = list(Article.objects.order_by("pk").values())
    assert accept_issue(small_issue()) == first
    assert rows() == before
    assert list(Article.objects.order_by("pk").values()) == texts


def test_replacing_by_the_same_changes_nothing_either() -> None:
    accept_issue(small_issue())
    before = rows()
    accept_issue(small_issue(), replace=True)
    assert rows() == before


def test_an_edited_draft_survives_the_same_import_again() -> None:
    issue = accept_issue(small_issue())
    article = issue.articles.get(position=1)
    article.body = "<p>改过的。</p>"
    article.save()
    accept_issue(small_issue())
    article.refresh_from_db()
    assert article.body == "<p>改过的。</p>"


def test_another_import_of_the_same_issue_is_refused_with_a_sentence() -> None:
    accept_issue(small_issue())
    before = rows()
    with pytest.raises(NotAccepted) as refusal:
        accept_issue(with_article(small_issue(), 0, title="渡口"))
    assert str(refusal.value)
    assert rows() == before


def test_replacing_renews_the_draft_and_keeps_codes_and_edited_texts() -> None:
    issue = accept_issue(small_issue())
    codes = dict(issue.articles.values_list("position", "code"))
    edited = issue.articles.get(position=1)
    edited.body = "<p>编辑改过的一稿。</p>"
    edited.save()
    accept_issue(with_article(small_issue(), 0, title="渡口的清晨"), replace=True)
    assert dict(issue.articles.values_list("position", "code")) == codes
    edited.refresh_from_db()
    assert edited.title == "渡口的清晨"
    assert "缆绳解开" in edited.body
    kept = [r.content["body"] for r in edited.revisions.order_by("number")]
    assert "<p>编辑改过的一稿。</p>" in kept
    assert Event.objects.filter(action="imported").count() == 2


def test_replacing_reorders_without_a_clash_of_positions() -> None:
    issue = accept_issue(small_issue())
    turned = small_issue()
    accept_issue(replace(turned, manuscripts=turned.manuscripts[::-1]), replace=True)
    assert list(issue.articles.order_by("position").values_list("title", flat=True)) == [
        "三把水尺",
        "借一本旧书",
        "渡口的早晨",
    ]


def test_an_article_the_new_import_lacks_leaves_the_issue_but_stays_a_draft() -> None:
    issue = accept_issue(small_issue())
    accept_issue(replace(small_issue(), manuscripts=small_issue().manuscripts[:2]), replace=True)
    left = Article.objects.get(title="三把水尺")
    assert issue.articles.count() == 2
    assert (left.issue, left.stage) == (None, Stage.DRAFT)
    assert left.events.filter(action="import-left-out").exists()


def test_an_article_an_editor_added_stays_in_a_renewed_issue() -> None:
    issue = accept_issue(small_issue())
    Article.objects.create(code="by-hand", title="手工加的一篇", issue=issue, position=4)
    accept_issue(with_article(small_issue(), 0, title="渡口的清晨"), replace=True)
    assert issue.articles.filter(code="by-hand").exists()


@pytest.mark.parametrize("stage", [IssueStage.TYPESET, IssueStage.PUBLISHED])
def test_an_issue_past_its_draft_is_never_replaced(stage: str) -> None:
    issue = accept_issue(small_issue())
    move_issue(issue, stage)
    before = rows()
    with pytest.raises(NotAccepted):
        accept_issue(with_article(small_issue(), 0, title="渡口"), replace=True)
    assert rows() == before


def test_an_issue_with_an_article_in_review_is_never_replaced() -> None:
    issue = accept_issue(small_issue())
    move_article(issue.articles.get(position=1), Stage.FIRST_REVIEW)
    with pytest.raises(NotAccepted):
        accept_issue(with_article(small_issue(), 0, title="渡口"), replace=True)


def test_the_same_import_of_a_published_issue_still_changes_nothing() -> None:
    issue = accept_issue(small_issue())
    move_issue(issue, IssueStage.PUBLISHED)
    before = rows()
    assert accept_issue(small_issue()) == issue
    assert rows() == before


def move_issue(issue: Issue, stage: str) -> None:
    """Past the doors, on purpose: only the refusal is tried here."""
    from django.db.models import QuerySet
    from django.utils import timezone

    QuerySet(Issue).filter(pk=issue.pk).update(stage=stage, published_at=timezone.now())


def move_article(article: Article, stage: str) -> None:
    from django.db.models import QuerySet

    QuerySet(Article).filter(pk=article.pk).update(stage=stage)


def test_an_issue_planned_and_left_empty_is_filled() -> None:
    planned = Issue.objects.create(year=2026, number="9")
    assert accept_issue(small_issue()) == planned
    assert planned.articles.count() == 3


@pytest.mark.parametrize(
    "changes", [{"year": None}, {"number": None}, {"number": "七"}, {"year": 9}], ids=str
)
def test_without_year_and_number_nothing_is_written(changes: dict[str, Any]) -> None:
    with pytest.raises(NotAccepted):
        accept_issue(small_issue(**changes))
    assert rows()["Issue"] == rows()["Article"] == rows()["Section"] == 0


def test_a_serial_number_of_another_issue_is_refused() -> None:
    Issue.objects.create(year=2026, number="8", serial_number=129)
    with pytest.raises(NotAccepted, match="129"):
        accept_issue(small_issue())


@pytest.mark.parametrize(("number", "prefix"), [("9-10", "2026-9-10-"), ("S1", "2026-s1-")])
def test_merged_numbers_and_supplements_have_valid_codes(number: str, prefix: str) -> None:
    issue = accept_issue(small_issue(number=number))
    article = issue.articles.get(position=1)
    article.full_clean(exclude=["body"])
    assert article.code.startswith(prefix)


def test_equal_titles_get_different_codes() -> None:
    same = with_article(with_article(small_issue(), 0, title="同题"), 1, title="同题")
    codes = list(accept_issue(same).articles.order_by("position").values_list("code", flat=True))
    assert codes[:2] == ["2026-09-tong-ti", "2026-09-tong-ti-2"]


def test_namesakes_of_two_units_are_two_people() -> None:
    one = with_article(small_issue(), 0, authors=(Printed("李　伟", affiliation="芦门县卫生院"),))
    two = with_article(one, 1, authors=(Printed("李伟", affiliation="岚江大学建筑系"),))
    accept_issue(two)
    people = Author.objects.filter(name="李伟")
    assert {p.unit for p in people} == {"芦门县卫生院", "岚江大学建筑系"}
    assert len({p.code for p in people}) == 2


def test_a_byline_keeps_role_unit_and_post_as_printed() -> None:
    issue = accept_issue(small_issue())
    reporter = issue.articles.get(position=1).bylines.get()
    assert (reporter.name, reporter.role) == ("顾晓川", "本刊记者")
    writer = issue.articles.get(position=2).bylines.get()
    assert (writer.printed_unit, writer.printed_post) == ("岚江市图书馆", "副研究馆员")


def test_a_group_has_its_members_and_other_credits_stay_closing_notes() -> None:
    article = accept_issue(small_issue()).articles.get(position=3)
    group = article.bylines.get().author
    assert [(m.author.name, m.role) for m in group.members.all()] == [("罗清越", "组长"), ("齐放", "执笔")]
    assert article.closing_notes == ["校阅：白露"]


def test_who_took_the_pictures_is_a_byline_of_that_role() -> None:
    issue = with_article(small_issue(), 1, credits=(Credit("供图", ("郁青", "段小北")),))
    lines = accept_issue(issue).articles.get(position=2).bylines.order_by("position")
    assert [(b.name, b.role) for b in lines] == [("陶一苇", "作者"), ("郁青", "供图"), ("段小北", "供图")]


def test_an_unusual_role_is_kept_beside_the_name() -> None:
    issue = with_article(small_issue(), 0, authors=(Printed("高原", role="特约评论员"),))
    byline = accept_issue(issue).articles.get(position=1).bylines.get()
    assert (byline.name, byline.printed_post) == ("高原", "特约评论员")


def test_the_body_keeps_ranks_caption_note_table_list_and_signature() -> None:
    issue = accept_issue(small_issue())
    first, second = (issue.articles.get(position=n).body for n in (1, 2))
    assert "<h2>一、头班船</h2>" in first
    assert '上船的有十一个人<sup class="footnote">据上渡区交通站登记。</sup>。' in first
    assert "<figure><figcaption>老周在解缆绳 郁青 摄</figcaption></figure>" in first
    assert first.endswith('<p class="sign">2026年9月1日</p>')
    assert '<th scope="col">年份</th>' in second
    assert "<ol><li>先看版权页</li><li>再看借书卡</li></ol>" in second


def test_every_word_is_escaped() -> None:
    source = Source()
    blocks = (source.block("paragraph", "<script>alert(1)</script>甲<b>乙</b>&amp;"),)
    html = body_html(Manuscript(id="01", title="甲", blocks=blocks))
    assert html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;甲&lt;b&gt;乙&lt;/b&gt;&amp;amp;</p>"


@pytest.mark.parametrize(
    ("note", "body", "expected"),
    [
        ("[1]见县志。", "渡口始建于清末[1]。", '清末<sup class="footnote">见县志。</sup>。'),
        ("*作者自注", "没有记号的一段。", '没有记号的一段。<sup class="footnote">作者自注</sup>'),
        ("①注文", "①先看；②再看①。", '再看<sup class="footnote">注文</sup>。'),
    ],
)
def test_a_footnote_takes_the_place_of_its_mark(note: str, body: str, expected: str) -> None:
    source = Source()
    blocks = (source.block("paragraph", body), source.block("footnote", note))
    assert expected in body_html(Manuscript(id="01", title="甲", blocks=blocks))


def test_the_lines_of_a_poem_stay_lines() -> None:
    source = Source()
    html = body_html(Manuscript(id="01", title="甲", blocks=(source.block("paragraph", "江水\n东流"),)))
    assert html == "<p>江水<br>东流</p>"


def test_what_is_too_long_for_a_field_is_kept_in_full_as_a_note() -> None:
    issue = with_article(small_issue(), 0, kicker="长" * 240)
    article = accept_issue(issue).articles.get(position=1)
    assert len(article.kicker) == 200
    assert "长" * 240 in article.closing_notes


def test_an_article_without_any_title_stops_the_whole_import() -> None:
    issue = with_article(small_issue(), 2, title="")
    with pytest.raises(NotAccepted, match="03"):
        accept_issue(issue)
    assert rows()["Article"] == rows()["Issue"] == 0


@dataclass(frozen=True)
class Page:
    manuscripts: tuple[Manuscript, ...]


def test_a_page_becomes_drafts_outside_any_issue_and_only_once() -> None:
    page = Page(small_issue().manuscripts[1:])
    drafts = accept_page(page)
    assert [d.title for d in drafts] == ["借一本旧书", "三把水尺"]
    assert {d.issue for d in drafts} == {None}
    before = rows()
    assert accept_page(page) == drafts
    assert rows() == before


def test_the_day_a_page_gives_stands_behind_its_source() -> None:
    one = replace(small_issue().manuscripts[2], source="岚江日报", publish_date="2026-08-12T16:30:00+08:00")
    assert accept_page(Page((one,)))[0].source == "岚江日报，2026年8月12日"


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(NotAccepted):
        accept_page(Page(()))


def test_a_group_without_members_needs_none() -> None:
    issue = with_article(small_issue(), 2, credits=(), authors=(Printed("某课题组", AuthorKind.GROUP),))
    accept_issue(issue)
    assert not GroupMember.objects.exists()
