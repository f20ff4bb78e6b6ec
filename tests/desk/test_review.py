"""The review screen: one page, the right versions beside each other, signatures that know their text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.comments import add_comment, settle_comment
from articles.models import Article, Comment, Phrase, Revision, SignOff
from articles.record import make_revision
from articles.stages import Stage
from tests.factories import Cast, due_day, make_article, make_section

pytestmark = pytest.mark.django_db

BODY = "<p>渡船早上六点开。</p><p>缆绳每年换一次，船工说够用。</p>"
AtDesk = Callable[..., Client]


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW, body=BODY, section=make_section())


def address(article: Article, end: str = "") -> str:
    return reverse("admin:articles_article_review" + (f"_{end}" if end else ""), args=[article.pk])


def see(client: Client, article: Article, **query: Any) -> Any:
    return client.get(address(article), query)


def press(client: Client, article: Article, action: str, **words: Any) -> Any:
    return client.post(address(article, "act"), {"action": action, "version": article.version, **words})


def change_text(article: Article, wrong: str, right: str) -> None:
    article.refresh_from_db()
    article.body = article.body.replace(wrong, right)
    article.save()


# What stands on the left


def test_a_text_that_just_came_in_stands_alone(at_desk: AtDesk, article: Article) -> None:
    page = see(at_desk("editor"), article)
    assert page.status_code == 200
    assert page.context["comparison"].base is None
    assert "渡船早上六点开。" in page.content.decode()


def test_the_text_is_compared_with_what_i_signed_last(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    workflow.perform("return", article, cast.editor, opinion="补出处。", due_on=due_day())
    signed = article.signoffs.get().revision
    change_text(article, "六点", "六点半")
    workflow.perform("resubmit", article, cast.contributor)
    comparison = see(at_desk("editor"), article).context["comparison"]
    assert comparison.base == signed
    assert comparison.changes == 1


def test_who_has_not_signed_sees_the_version_before(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    change_text(article, "六点", "六点半")
    workflow.perform("pass_up", article, cast.editor, opinion="可用。", verdict="use")
    comparison = see(at_desk("head"), article).context["comparison"]
    assert "六点开" in comparison.base.content["body"]
    assert comparison.changes == 1


def test_any_version_can_be_chosen(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    change_text(article, "六点", "七点")
    second = make_revision(article, "saved", cast.editor)
    change_text(article, "七点", "八点")
    comparison = see(at_desk("editor"), article, against=second.number).context["comparison"]
    assert comparison.base == second
    assert comparison.chosen


@pytest.mark.parametrize("number", ["99", "0", "x", "１", "9" * 30, "-1"])
def test_a_forged_version_is_not_found(at_desk: AtDesk, article: Article, number: str) -> None:
    assert see(at_desk("editor"), article, against=number).status_code == 404


def test_a_changed_title_counts_as_a_change(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    workflow.perform("pass_up", article, cast.editor, opinion="可用。", verdict="use")
    article.title = "换了题目"
    article.save()
    comparison = see(at_desk("editor"), article).context["comparison"]
    assert list(comparison.fields) == ["title"]
    assert comparison.changes == 1


# Signatures


def boxes(page: Any) -> dict[str, Any]:
    return {box.level: box for box in page.context["rounds"][0].boxes}


def test_a_box_says_who_signed_as_what_and_for_which_text(
    at_desk: AtDesk, cast: Cast, article: Article
) -> None:
    workflow.perform("pass_up", article, cast.editor, opinion="材料扎实。", verdict="use")
    page = see(at_desk("head"), article)
    first = boxes(page)["first"]
    assert (first.signoff.person_name, first.role, first.stands) == ("陆小满", "责任编辑", True)
    assert boxes(page)["second"].signoff is None
    assert "材料扎实。" in page.content.decode()
    assert "已失效" not in page.content.decode()


def test_a_signature_on_an_earlier_text_is_shown_as_void(
    at_desk: AtDesk, cast: Cast, article: Article
) -> None:
    workflow.perform("pass_up", article, cast.editor, opinion="可用。", verdict="use")
    number = article.signoffs.get().revision.number
    change_text(article, "六点", "六点半")
    page = see(at_desk("head"), article)
    assert not boxes(page)["first"].stands
    assert "已失效" in page.content.decode()
    assert f"?against={number}#text" in page.content.decode()


def test_earlier_rounds_are_kept_apart(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    workflow.perform("return", article, cast.editor, opinion="补出处。", due_on=due_day())
    workflow.perform("resubmit", article, cast.contributor)
    rounds = see(at_desk("editor"), article).context["rounds"]
    assert [(r.number, r.current) for r in rounds] == [(2, True), (1, False)]
    assert rounds[0].boxes[0].signoff is None
    assert rounds[1].boxes[0].signoff.opinion == "补出处。"


# The bar


def steps(page: Any) -> dict[str, Any]:
    return {step.offer.action: step for step in page.context["bar"].steps}


def test_the_bar_offers_what_the_rules_offer(at_desk: AtDesk, article: Article) -> None:
    found = steps(see(at_desk("editor"), article))
    assert list(found) == ["pass_up", "return"]
    assert found["return"].form.initial["due_on"] == due_day(7)
    assert list(steps(see(at_desk("publisher"), article))) == []


def test_a_step_leads_to_my_work_when_it_is_no_longer_mine(at_desk: AtDesk, article: Article) -> None:
    response = press(at_desk("editor"), article, "pass_up", opinion="可用。", verdict="use")
    assert (response.status_code, response.url) == (302, reverse("admin:index"))
    article.refresh_from_db()
    assert article.stage == Stage.SECOND_REVIEW


def test_what_refuses_a_step_is_said_in_the_bar(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    add_comment(article, cast.editor, text="必须改。", required=True)
    page = see(at_desk("editor"), article)
    assert steps(page)["pass_up"].form is None
    assert steps(page)["pass_up"].offer.refusal in page.content.decode()
    assert steps(page)["return"].form is not None


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"opinion": "看过，可用。"}, 422),
        ({"opinion": "看过，可用。", "verdict": "use", "version": 0}, 409),
        ({"opinion": "看过，可用。", "verdict": "use", "version": "x"}, 409),
    ],
)
def test_a_refused_step_keeps_what_was_typed(
    at_desk: AtDesk, article: Article, words: dict[str, Any], status: int
) -> None:
    page = press(at_desk("editor"), article, "pass_up", **words)
    assert page.status_code == status
    assert steps(page)["pass_up"].open
    assert page.content.decode().count("看过，可用。") == 1
    article.refresh_from_db()
    assert article.stage == Stage.FIRST_REVIEW


def test_a_stale_page_is_told_what_happened_and_keeps_the_opinion(
    at_desk: AtDesk, cast: Cast, article: Article
) -> None:
    client = at_desk("editor")
    seen = Article.objects.get(pk=article.pk)
    workflow.perform("return", article, cast.editor, opinion="补出处。", due_on=due_day())
    page = press(client, seen, "pass_up", opinion="刚写好的意见。", verdict="use")
    assert page.status_code == 409
    assert "刚写好的意见。" in page.content.decode()
    assert "退修" in page.context["refusal"]


def test_a_right_taken_away_is_a_sentence(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    client = at_desk("head")
    page = press(client, article, "pass_up", opinion="可用。", verdict="use")
    assert page.status_code == 403
    assert page.context["refusal"]
    assert "可用。" in page.content.decode()
    article.refresh_from_db()
    assert article.signoffs.count() == 0


def test_a_wording_fills_the_opinion_without_a_script(at_desk: AtDesk, article: Article) -> None:
    phrase = Phrase.objects.filter(use="return").first()
    assert phrase is not None
    page = see(at_desk("editor"), article, step="return", phrase=phrase.pk)
    assert steps(page)["return"].open
    assert steps(page)["return"].form.initial["opinion"] == phrase.text
    assert {p.use for p in steps(page)["pass_up"].phrases} == {"first"}


def test_a_wording_out_of_use_is_not_offered(at_desk: AtDesk, article: Article) -> None:
    Phrase.objects.filter(use="return").update(active=False)
    assert steps(see(at_desk("editor"), article))["return"].phrases == []


# Remarks


def remark(client: Client, article: Article, **words: Any) -> Any:
    return client.post(address(article, "remark"), {"version": article.version, **words})


def test_a_remark_is_hung_on_words_of_a_paragraph(at_desk: AtDesk, article: Article) -> None:
    client = at_desk("editor")
    response = remark(client, article, text="哪年的？", quotation="每年换一次", paragraph=2, required="on")
    comment = Comment.objects.get()
    assert response.status_code == 302
    assert response.url.endswith(f"#remark-{comment.pk}")
    assert (comment.block, comment.required) == (1, True)
    thread = see(client, article).context["remarks"].open[0]
    assert (thread.stands, thread.block) == (True, 2)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"text": "", "quotation": "渡船"}, 422),
        ({"text": "写好的批注", "quotation": "文中没有"}, 422),
        ({"text": "写好的批注", "paragraph": "abc"}, 422),
        ({"text": "写好的批注", "paragraph": 99}, 422),
        ({"text": "写好的批注", "version": 0}, 409),
        ({"text": "写好的批注", "version": ""}, 409),
    ],
)
def test_a_refused_remark_keeps_its_words(
    at_desk: AtDesk, article: Article, words: dict[str, Any], status: int
) -> None:
    page = remark(at_desk("editor"), article, **words)
    assert page.status_code == status
    assert page.context["remarks"].form["text"].value() == words["text"]
    assert words["text"] in page.content.decode()
    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    ("person", "status"), [("registrar", 403), ("publisher", 403), ("audit_officer", 403)]
)
def test_who_may_not_remark_is_refused(at_desk: AtDesk, article: Article, person: str, status: int) -> None:
    assert remark(at_desk(person), article, text="查。").status_code == status
    assert Comment.objects.count() == 0


def test_an_answer_stands_under_its_remark(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    comment = add_comment(article, cast.editor, text="查。", quotation="渡船")
    client = at_desk("head")
    assert remark(client, article, text="查过了。", parent=comment.pk).status_code == 302
    thread = see(client, article).context["remarks"].open[0]
    assert [answer.text for answer in thread.answers] == ["查过了。"]
    empty = remark(client, article, text="", parent=comment.pk)
    assert empty.status_code == 422
    assert empty.context["remarks"].answering == comment.pk


def test_settling_opens_the_way_to_the_signature(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    comment = add_comment(article, cast.editor, text="必须改。", required=True)
    client = at_desk("editor")
    refused = press(client, article, "pass_up", opinion="可用。", verdict="use")
    assert refused.status_code == 409
    assert client.post(address(article, "settle"), {"remark": comment.pk}).status_code == 302
    assert press(client, article, "pass_up", opinion="可用。", verdict="use").status_code == 302


def test_settling_twice_is_a_conflict(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    comment = add_comment(article, cast.editor, text="查。")
    settle_comment(comment, cast.head)
    page = at_desk("editor").post(address(article, "settle"), {"remark": comment.pk})
    assert page.status_code == 409
    assert "何砚" in page.context["refusal"]


@pytest.mark.parametrize("number", ["0", "999999", "x", ""])
def test_a_forged_remark_is_not_found(at_desk: AtDesk, article: Article, number: str) -> None:
    assert at_desk("editor").post(address(article, "settle"), {"remark": number}).status_code == 404


def test_a_remark_of_another_manuscript_is_not_found(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    other = add_comment(make_article(cast, Stage.FIRST_REVIEW), cast.editor, text="查。")
    client = at_desk("editor")
    assert client.post(address(article, "settle"), {"remark": other.pk}).status_code == 404
    assert remark(client, article, text="答。", parent=other.pk).status_code == 422


def test_words_that_are_gone_are_told_with_their_version(
    at_desk: AtDesk, cast: Cast, article: Article
) -> None:
    comment = add_comment(article, cast.editor, text="查。", quotation="每年换一次", block=1)
    change_text(article, "每年换一次", "两年换一回")
    page = see(at_desk("editor"), article)
    thread = page.context["remarks"].open[0]
    assert not thread.stands
    assert comment.revision is not None
    assert f"?against={comment.revision.number}" in page.content.decode()


def test_no_word_of_a_remark_becomes_mark_up(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    add_comment(article, cast.editor, text="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in see(at_desk("editor"), article).content.decode()


# Who may


@pytest.mark.parametrize("end", ["", "sheet"])
def test_a_forged_number_is_not_found(at_desk: AtDesk, article: Article, end: str) -> None:
    article.pk = 999_999
    assert at_desk("editor").get(address(article, end)).status_code == 404


@pytest.mark.parametrize("person", ["system_officer", "security_officer", "audit_officer"])
@pytest.mark.parametrize("end", ["", "sheet"])
def test_the_officers_see_no_review(at_desk: AtDesk, article: Article, person: str, end: str) -> None:
    assert at_desk(person).get(address(article, end)).status_code == 403


# The forms


def test_the_review_sheet_shows_the_three_boxes(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    workflow.perform("pass_up", article, cast.editor, opinion="材料扎实。", verdict="use")
    text = at_desk("head").get(address(article, "sheet")).content.decode()
    for words in (
        "审稿单",
        article.manuscript_number or "",
        "初审",
        "复审",
        "终审",
        "材料扎实。",
        "陆小满",
        "贺苇",
    ):
        assert words in text


def test_a_release_slip_waits_for_the_acceptance(at_desk: AtDesk, cast: Cast, article: Article) -> None:
    slip = reverse("admin:articles_article_release_slip", args=[article.pk])
    assert at_desk("editor").get(slip).status_code == 409
    accepted = make_article(cast, Stage.EDITING, section=make_section())
    text = at_desk("editor").get(slip.replace(str(article.pk), str(accepted.pk))).content.decode()
    for words in ("发稿单", accepted.manuscript_number or "", "沈望川"):
        assert words in text


# Cost


def queries(client: Client, article: Article) -> int:
    see(client, article)  # what is asked once is asked before
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert see(client, article).status_code == 200
    return len(asked)


@pytest.mark.parametrize("stage", [Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.FINAL_REVIEW])
def test_the_screen_asks_few_questions_however_much_there_is(
    at_desk: AtDesk, cast: Cast, stage: Stage
) -> None:
    article = make_article(cast, stage, body=BODY, section=make_section())
    client = at_desk({"first_review": "editor", "second_review": "head", "final_review": "chief"}[stage])
    comment = add_comment(article, cast.editor, text="查。", quotation="渡船")
    add_comment(article, cast.head, text="查了。", parent=comment)
    few = queries(client, article)
    add_many(article, cast)
    assert queries(client, article) == few <= 25


def add_many(article: Article, cast: Cast) -> None:
    """Three hundred of everything, past the doors: the page must not notice."""
    newest = article.revisions.latest("number")
    Revision.objects.bulk_create(
        Revision(
            article=article,
            number=newest.number + n,
            reason="saved",
            text_hash=newest.text_hash,
            content=newest.content,
            by=cast.editor,
        )
        for n in range(1, 301)
    )
    Comment.objects.bulk_create(
        Comment(article=article, revision=newest, text=f"批注{n}", quotation="渡船", block=0, by=cast.editor)
        for n in range(300)
    )
    SignOff.objects.bulk_create(
        SignOff(
            article=article,
            revision=newest,
            round=article.review_round,
            level="first",
            verdict="use",
            opinion="再看。",
            person=cast.proofreader,
            person_name="夏禾",
            role="responsible-editor",
            text_hash=newest.text_hash,
        )
        for _ in range(300)
    )


# The ways there


def test_lists_lead_to_the_review_while_it_is_under_way(
    at_desk: AtDesk, cast: Cast, article: Article
) -> None:
    accepted = make_article(cast, Stage.ACCEPTED)
    client = at_desk("head")
    page = client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert f'href="{address(article)}"' in page
    assert f'href="{address(accepted)}"' not in page
    found = client.get(reverse("admin:index"), {"q": article.title}).content.decode()
    assert f'href="{address(article)}"' in found
    fields = client.get(reverse("admin:articles_article_change", args=[accepted.pk])).content.decode()
    assert f'href="{address(accepted)}"' in fields
