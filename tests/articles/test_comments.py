"""Remarks hang on words of the text, are kept as they were made, and stop a signature while they must."""

from __future__ import annotations

from typing import Any

import pytest

from articles import workflow
from articles.comments import add_comment, block_texts, place_of, settle_comment, still_stands
from articles.models import Article, Comment, Event, Revision
from articles.refusals import Refused
from articles.stages import Stage
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db

BODY = "<p>渡船早上六点开。</p><h2>一、缆绳</h2><p>缆绳每年换一次，船工说够用。</p><p>缆绳很旧。</p>"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW, title="渡口的缆绳", body=BODY)


def refused(code: str, *args: Any, **words: Any) -> Refused:
    before = Comment.objects.count(), Event.objects.count(), Revision.objects.count()
    with pytest.raises(Refused) as caught:
        add_comment(*args, **words)
    assert caught.value.code == code, str(caught.value)
    assert (Comment.objects.count(), Event.objects.count(), Revision.objects.count()) == before
    return caught.value


def test_a_remark_keeps_its_words_its_block_and_the_version_it_was_made_on(
    cast: Cast, article: Article
) -> None:
    comment = add_comment(article, cast.editor, text="哪一年的数？", quotation="每年换一次", block=2)
    assert (comment.block, comment.quotation, comment.required) == (2, "每年换一次", False)
    assert comment.revision is not None
    assert comment.revision.text_hash == article.text_hash
    event = article.events.last()
    assert event is not None
    assert (event.action, event.actor, event.note) == ("comment", cast.editor, "哪一年的数？")
    assert event.data["comment"] == comment.pk


def test_a_version_is_reused_when_one_holds_the_text(cast: Cast, article: Article) -> None:
    held = article.revisions.count()
    add_comment(article, cast.editor, text="好。", quotation="渡船")
    assert article.revisions.count() == held


def test_a_text_changed_since_its_last_version_is_kept_with_the_remark(cast: Cast, article: Article) -> None:
    article.body = BODY.replace("六点", "六点半")
    article.save()
    comment = add_comment(article, cast.editor, text="核实。", quotation="六点半")
    assert comment.revision is not None
    assert "六点半" in comment.revision.content["body"]


def test_a_quotation_without_a_block_finds_its_place(cast: Cast, article: Article) -> None:
    assert add_comment(article, cast.editor, text="查。", quotation="缆绳很旧").block == 3
    assert add_comment(article, cast.editor, text="题目太平。", quotation="渡口的缆绳").block is None


def test_a_remark_may_be_on_the_whole_text(cast: Cast, article: Article) -> None:
    comment = add_comment(article, cast.editor, text="全文偏长。")
    assert (comment.block, comment.quotation) == (None, "")


def test_line_breaks_of_a_selection_do_not_matter(cast: Cast, article: Article) -> None:
    assert add_comment(article, cast.editor, text="查。", quotation="每年\n换一次", block=2).block == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"text": " "}, "missing"),
        ({"text": "长" * 2001}, "too-long"),
        ({"text": "查。", "quotation": "文中没有的话"}, "quotation"),
        ({"text": "查。", "quotation": "渡船早上", "block": 2}, "quotation"),
        ({"text": "查。", "block": 99}, "block"),
        ({"text": "查。", "quotation": "缆" * 501}, "too-long"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    cast: Cast, article: Article, words: dict[str, Any], code: str
) -> None:
    assert str(refused(code, article, cast.editor, **words))


@pytest.mark.parametrize("person", ["registrar", "publisher", "contributor", "audit_officer", "reader"])
def test_who_has_no_right_makes_no_remark(cast: Cast, article: Article, person: str) -> None:
    assert refused("no-right", article, getattr(cast, person), text="查。").status == 403


def test_a_right_taken_away_counts_at_once(cast: Cast, article: Article) -> None:
    editor = cast.editor
    assert editor.has_perm("articles.add_comment")
    editor.groups.clear()
    refused("no-right", article, editor, text="查。")


def test_an_old_page_is_told_who_changed_it(cast: Cast, article: Article) -> None:
    seen = article.version
    workflow.perform("pass_up", article, cast.editor, opinion="可用。", verdict="use")
    refusal = refused("stale", article, cast.head, text="查。", version=seen)
    assert refusal.status == 409
    assert "陆小满" in str(refusal)


def test_an_ended_manuscript_takes_no_remarks(cast: Cast) -> None:
    refused("ended", make_article(cast, Stage.REJECTED), cast.editor, text="查。")


def test_answers_stand_under_the_remark_itself(cast: Cast, article: Article) -> None:
    first = add_comment(article, cast.editor, text="查。", quotation="渡船", required=True)
    answer = add_comment(article, cast.head, text="查了。", parent=first, required=True, quotation="缆绳")
    deeper = add_comment(article, cast.editor, text="好。", parent=answer)
    assert (answer.parent, deeper.parent) == (first, first)
    assert (answer.required, answer.quotation) == (False, "")
    assert article.events.filter(action="reply").count() == 2


def test_an_answer_to_another_manuscript_is_refused(cast: Cast, article: Article) -> None:
    other = add_comment(make_article(cast, Stage.FIRST_REVIEW), cast.editor, text="查。")
    refused("other-article", article, cast.editor, text="答。", parent=other)


def test_a_required_remark_stops_the_signature_until_it_is_settled(cast: Cast, article: Article) -> None:
    comment = add_comment(article, cast.editor, text="必须改。", quotation="渡船", required=True)
    with pytest.raises(Refused) as caught:
        workflow.perform("pass_up", article, cast.editor, opinion="可用。", verdict="use")
    assert caught.value.code == "open-comments"
    settled = settle_comment(comment, cast.editor)
    assert settled.resolved_by == cast.editor
    assert settled.resolved_at is not None
    assert article.events.filter(action="settle_comment", data__comment=comment.pk).count() == 1
    workflow.perform("pass_up", article, cast.editor, opinion="可用。", verdict="use")


def test_a_remark_is_settled_once(cast: Cast, article: Article) -> None:
    comment = add_comment(article, cast.editor, text="查。")
    settle_comment(comment, cast.editor)
    with pytest.raises(Refused) as caught:
        settle_comment(comment, cast.head)
    assert caught.value.code == "settled"
    assert "陆小满" in str(caught.value)


def test_an_author_does_not_settle_what_was_asked_of_them(cast: Cast) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.head, body=BODY)
    comment = add_comment(article, cast.editor, text="补出处。", required=True)
    add_comment(article, cast.head, text="已补。", parent=comment)
    with pytest.raises(Refused) as caught:
        settle_comment(comment, cast.head)
    assert caught.value.code == "own-manuscript"


@pytest.mark.parametrize("person", ["registrar", "publisher", "contributor"])
def test_who_has_no_right_settles_nothing(cast: Cast, article: Article, person: str) -> None:
    comment = add_comment(article, cast.editor, text="查。")
    with pytest.raises(Refused) as caught:
        settle_comment(comment, getattr(cast, person))
    assert caught.value.code == "no-right"


def test_an_answer_is_not_settled(cast: Cast, article: Article) -> None:
    first = add_comment(article, cast.editor, text="查。")
    answer = add_comment(article, cast.editor, text="查了。", parent=first)
    with pytest.raises(Refused) as caught:
        settle_comment(answer, cast.editor)
    assert caught.value.code == "reply"


def test_a_quotation_is_found_again_by_its_words(cast: Cast, article: Article) -> None:
    comment = add_comment(article, cast.editor, text="查。", quotation="缆绳很旧", block=3)
    article.body = "<p>新加一段。</p>" + BODY
    assert still_stands(article, comment, block_texts(article.body)) == (True, 4)
    article.body = BODY.replace("缆绳很旧", "缆绳已换")
    assert still_stands(article, comment, block_texts(article.body)) == (False, None)


def test_of_two_places_the_nearest_is_taken() -> None:
    assert place_of("缆绳", 3, ["缆绳", "渡船", "缆绳"]) == 2
    assert place_of("缆绳", None, ["渡船", "缆绳", "缆绳"]) == 1
    assert place_of("灯", 0, ["渡船"]) is None
