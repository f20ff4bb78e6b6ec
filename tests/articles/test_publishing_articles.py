"""From acceptance to a dated notice: placing, releasing, pulling, correcting, taking down, back issues."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles import press, workflow
from articles.models import Article, Byline, Event, Figure
from articles.press import IssueStage
from articles.workflow import Refused, Stage
from tests.factories import Cast, make_article, make_draft, make_issue, make_journal, read_round

pytestmark = pytest.mark.django_db

REASON = {"reason": "版面有变。"}


def refusal(action: str, article: Article, by: Any, **given: Any) -> Refused:
    before = (article.stage, Event.objects.count())
    with pytest.raises(Refused) as refused:
        workflow.perform(action, article, by, **given)
    article.refresh_from_db()
    assert (article.stage, Event.objects.count()) == before
    return refused.value


def photograph(article: Article, **fields: Any) -> Figure:
    data = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(data, "PNG")
    upload = SimpleUploadedFile("ferry.png", data.getvalue(), "image/png")
    return Figure.objects.create(article=article, image=upload, **fields)


# Placing.


def test_an_accepted_article_enters_an_issue_behind_the_last_one() -> None:
    cast = Cast()
    issue = make_issue(cast)
    first, second = make_article(cast, Stage.ACCEPTED), make_article(cast, Stage.ACCEPTED)
    workflow.perform("place", first, cast.head, issue=issue, first_page=3)
    workflow.perform("place", second, cast.head, issue=issue)
    assert [(a.position, a.first_page, a.last_page) for a in (first, second)] == [(1, 3, 3), (2, None, None)]
    taken = refusal("place", make_article(cast, Stage.ACCEPTED), cast.head, issue=issue, position=2)
    assert (taken.code, taken.status) == ("place-taken", 409)


@pytest.mark.parametrize("stage", IssueStage.closed_stages())
def test_nothing_enters_or_leaves_an_issue_signed_for_press(stage: IssueStage) -> None:
    cast = Cast()
    issue = make_issue(cast, stage)
    assert refusal("place", make_article(cast, Stage.ACCEPTED), cast.head, issue=issue).code == "issue-closed"
    draft = make_article(cast)
    assert refusal("record_as_printed", draft, cast.registrar, issue=issue).code == "issue-closed"
    if stage == IssueStage.SIGNED:
        assert refusal("pull", issue.articles.first(), cast.chief, **REASON).code == "issue-closed"


def test_an_issue_signed_while_the_page_was_open_is_closed() -> None:
    cast = Cast()
    seen = make_issue(cast, IssueStage.READING)
    press.perform("sign_reading", seen.__class__.objects.get(pk=seen.pk), cast.editor)
    press.perform("sign", seen.__class__.objects.get(pk=seen.pk), cast.chief)
    assert seen.stage == IssueStage.READING
    assert refusal("place", make_article(cast, Stage.ACCEPTED), cast.head, issue=seen).code == "issue-closed"


def test_taking_out_and_pulling_free_the_place_and_remember_it() -> None:
    cast = Cast()
    for stage, action, person in [
        (Stage.EDITING, "take_out", cast.head),
        (Stage.RELEASED, "pull", cast.chief),
    ]:
        article = make_article(cast, stage)
        issue = article.issue
        event = workflow.perform(action, article, person, **REASON)
        assert (article.stage, article.issue, article.position) == (Stage.ACCEPTED, None, None)
        assert event.data["from"]["issue"] == issue.pk
        assert event.issue == issue


# 齐清定.


def test_release_asks_for_text_authors_and_captions(english: None) -> None:
    cast = Cast()
    article = make_article(cast, Stage.EDITING)
    Byline.objects.filter(article=article).delete()
    figure = photograph(article, caption="")
    lost = "figures/" + "0" * 32 + ".jpg"
    article.body = f'<p></p><figure><img src="/media/{lost}"></figure>'
    article.save()
    refused = refusal("release", article, cast.editor)
    assert refused.code == "checklist"
    for part in ("text is empty", "author", "caption", lost):
        assert part in str(refused)

    article.source = "新华社"
    article.body = f'<p>有字。</p><figure><img src="/media/{figure.image.name}"></figure>'
    article.save()
    Figure.objects.filter(pk=figure.pk).update(caption="清晨的渡口")
    workflow.perform("release", article, cast.editor)
    assert article.revisions.filter(reason="released").exists()


def test_release_asks_for_the_file_of_each_figure(english: None) -> None:
    cast = Cast()
    article = make_article(cast, Stage.EDITING)
    figure = photograph(article, caption="清晨的渡口")
    figure.image.storage.delete(figure.image.name)
    assert "file of figure 1" in str(refusal("release", article, cast.editor))


def test_a_photo_story_needs_pictures_not_words() -> None:
    cast = Cast()
    article = make_article(cast, Stage.ACCEPTED)
    article.photo_story, article.body = True, ""
    article.save()
    workflow.perform("place", article, cast.head, issue=make_issue(cast))
    assert refusal("release", article, cast.editor).code == "checklist"
    photograph(article, caption="清晨的渡口")
    workflow.perform("release", article, cast.editor)


# Corrections on the proof.


def test_a_released_text_changes_only_by_a_logged_correction() -> None:
    cast = Cast()
    article = make_article(cast, Stage.RELEASED)
    article.body = "<p>发稿后随手一改。</p>"
    with pytest.raises(Refused) as refused:
        article.save()
    assert (refused.value.code, refused.value.status) == ("text-closed", 409)
    article.refresh_from_db()
    assert refusal("correct_proof", article, cast.editor, text={"body": "<p>改。</p>"}).code == "no-proof"


def test_a_proof_correction_keeps_the_reviews_in_force() -> None:
    cast = Cast()
    issue = make_issue(cast, IssueStage.PROOFING)
    article = issue.articles.first()
    for body in ("<p>改第一次。</p>", "<p>改第二次。</p>"):
        workflow.perform("correct_proof", article, cast.editor, text={"body": body}, wrong="的", right="地")
    assert [s.is_valid for s in article.signoffs.all()] == [True, True, True]
    first, second = article.proof_corrections.all()
    assert first.after_hash == second.before_hash
    assert second.after_hash == article.text_hash


def test_a_proof_correction_settles_its_mark() -> None:
    cast = Cast()
    issue = make_issue(cast, IssueStage.PROOFING)
    article, other = issue.articles.order_by("pk")
    press.perform("open_round", issue, cast.head)
    press.perform("mark_error", issue, cast.proofreader, article=article, kind="character", wrong="拦")
    mark = article.proof_marks.get()
    fix = {"text": {"body": "<p>改了。</p>"}, "mark": mark}
    assert refusal("correct_proof", other, cast.editor, **fix).code == "mark"
    workflow.perform("correct_proof", article, cast.editor, **fix)
    mark.refresh_from_db()
    assert (mark.outcome, mark.settled_by) == ("corrected", cast.editor)
    assert article.proof_corrections.get().mark == mark
    mark = article.proof_marks.get()
    fix = {"text": {"body": "<p>又改。</p>"}, "mark": mark}
    assert refusal("correct_proof", article, cast.editor, **fix).code == "mark"


def test_a_correction_that_changes_nothing_is_none() -> None:
    cast = Cast()
    article = make_issue(cast, IssueStage.PROOFING).articles.first()
    assert refusal("correct_proof", article, cast.editor, text={"body": article.body}).code == "no-change"
    assert refusal("correct_proof", article, cast.editor, text={"stage": "published"}).code == "fields"


# After publication: the chief editor approves, the publisher acts.


def test_a_correction_shows_a_dated_notice_and_keeps_the_old_text() -> None:
    cast = Cast()
    article = make_article(cast, Stage.PUBLISHED)
    old_hash, old_body = article.text_hash, article.body
    text = {"body": '<p onclick="x">更正后的正文。</p>'}
    notice = {"reason": "数字有误。", "notice": "第二段“三十”应为“十三”。"}
    workflow.perform("approve_correction", article, cast.chief, **notice, text=text)
    assert Article.objects.get(pk=article.pk).body == old_body
    workflow.perform("correct", article, cast.publisher)
    assert article.stage == Stage.PUBLISHED
    assert article.body == "<p>更正后的正文。</p>"
    erratum = article.errata.get()
    assert (erratum.kind, erratum.notice, erratum.reason) == (
        "correction",
        notice["notice"],
        notice["reason"],
    )
    assert erratum.revision.text_hash == article.text_hash
    assert article.revisions.filter(text_hash=old_hash, content__body=old_body).exists()


def test_what_is_carried_out_is_what_was_approved() -> None:
    cast = Cast()
    article = make_article(cast, Stage.PUBLISHED)
    words = {"reason": "错字。", "notice": "“拦”应为“栏”。"}
    workflow.perform("approve_correction", article, cast.chief, **words, text={"title": "正确的题目"})
    workflow.perform("correct", article, cast.publisher, text={"title": "发布员自己的题目"})
    assert article.title == "正确的题目"


def test_one_person_never_approves_and_acts() -> None:
    cast = Cast()
    article = make_article(cast, Stage.PUBLISHED)
    words = {"reason": "失实。", "notice": "本文已撤下。"}
    assert refusal("take_down", article, cast.superuser).code == "not-approved"
    workflow.perform("approve_retraction", article, cast.superuser, **words)
    assert refusal("take_down", article, cast.superuser).code == "same-person"
    assert refusal("correct", article, cast.publisher).code == "not-approved"
    workflow.perform("take_down", article, cast.publisher)
    assert article.stage == Stage.RETRACTED
    assert article.errata.get().kind == "retraction"


def test_an_approval_is_used_once_and_can_be_withdrawn() -> None:
    cast = Cast()
    article = make_article(cast, Stage.PUBLISHED)
    words = {"reason": "错字。", "notice": "更正。"}
    workflow.perform("approve_correction", article, cast.chief, **words)
    assert refusal("approve_retraction", article, cast.chief, **words).code == "approval-open"
    workflow.perform("withdraw_approval", article, cast.chief, **REASON)
    assert refusal("correct", article, cast.publisher).code == "not-approved"
    workflow.perform("approve_correction", article, cast.chief, **words)
    workflow.perform("correct", article, cast.publisher)
    assert refusal("correct", article, cast.publisher).code == "not-approved"


def test_a_published_text_cannot_be_saved_over() -> None:
    cast = Cast()
    article = make_article(cast, Stage.PUBLISHED)
    article.title = "悄悄改题"
    with pytest.raises(Refused):
        article.save()
    assert Article.objects.get(pk=article.pk).title != "悄悄改题"


def test_a_taken_down_article_is_no_longer_public() -> None:
    cast = Cast()
    make_journal(publication_type="serial")
    article = make_article(cast, Stage.PUBLISHED)
    assert article in Article.objects.for_everyone()
    workflow.perform("approve_retraction", article, cast.chief, reason="失实。", notice="本文已撤下。")
    workflow.perform("take_down", article, cast.publisher)
    assert article not in Article.objects.for_everyone()
    assert article not in Article.objects.published()


# Back issues.


def test_a_command_records_what_was_printed_long_ago_by_its_name() -> None:
    cast = Cast()
    issue = make_issue(cast)
    article = make_draft(cast, submitter=None, issue=issue, position=4, first_page=7, last_page=9)
    event = workflow.record_as_printed(article, issue, actor_name="import_issue")
    assert (article.stage, article.position, article.first_page, article.last_page) == (
        Stage.RELEASED,
        4,
        7,
        9,
    )
    assert (event.actor, event.actor_name, event.data["as_printed"]) == (None, "import_issue", True)
    assert event.issue == issue
    assert article.revisions.get().reason == "imported"
    assert not article.signoffs.exists()


def test_nothing_else_is_done_by_nobody() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    assert refusal("pass_up", article, None, actor_name="cron", opinion="好", verdict="use").code == "nobody"
    draft = make_article(cast)
    assert refusal("record_as_printed", draft, None, issue=make_issue(cast)).code == "nobody"


def test_a_late_article_is_read_as_often_as_the_others() -> None:
    cast = Cast()
    issue = make_issue(cast, IssueStage.PROOFING, page_count=4)
    workflow.perform("pull", issue.articles.order_by("pk").last(), cast.chief, **REASON)
    late = make_article(cast, Stage.ACCEPTED)
    workflow.perform("place", late, cast.head, issue=issue, first_page=3, last_page=4)
    workflow.perform("release", late, cast.editor)
    codes = [b.code for b in press.blockers(issue) if b.article == late]
    assert "proof-missing" in codes
    for number in (1, 2, 3):
        read_round(issue, cast, number)
    assert "proof-missing" not in [b.code for b in press.blockers(issue)]
