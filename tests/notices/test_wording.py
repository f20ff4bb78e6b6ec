"""The office's wording: named places, plain substitution, nothing that can run or leak."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from articles.stages import Stage
from journal.notices.kinds import RULES, Audience, Kind
from journal.notices.models import Notice, NoticeTemplate
from journal.notices.placeholders import PLACEHOLDERS, fill
from journal.notices.wording import WORDING
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db


def template(kind: str, audience: str = "author") -> NoticeTemplate:
    return NoticeTemplate.objects.get(kind=kind, audience=audience)


def test_every_occasion_has_a_wording_that_can_be_filled_in() -> None:
    needed = {pair for told in RULES.values() for pair in told}
    needed |= {(Kind.WAITING, Audience.REVIEWERS), (Kind.DUE_SOON, Audience.AUTHOR)}
    assert needed <= {(kind, audience) for kind, audience, *_ in WORDING}
    for row in NoticeTemplate.objects.all():
        row.full_clean()
        assert "{" not in "".join(row.preview())


@pytest.mark.parametrize("place", ["opinon", "意见书", "user.password", "0", "", " ", "title!r", "title:>9"])
def test_an_unknown_place_is_refused_by_its_name(place: str) -> None:
    row = template("accepted")
    row.body = f"您的稿件{{{place}}}已录用。"
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert list(refused.value.message_dict) == ["body"]
    assert f"{{{place}}}" in refused.value.message_dict["body"][0]


def test_an_unknown_place_in_the_subject_is_refused_there() -> None:
    row = template("accepted")
    row.subject = "{nobody}"
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert list(refused.value.message_dict) == ["subject"]


@pytest.mark.parametrize("kind", ["received", "published", "letter"])
def test_an_opinion_stands_only_in_the_notice_of_its_decision(kind: str) -> None:
    row = NoticeTemplate.objects.filter(kind=kind).first()
    assert row is not None
    row.body = "{意见}"
    with pytest.raises(ValidationError):
        row.full_clean()


def test_a_rejection_says_why_only_if_the_office_wants_it(
    cast: Cast, press_button: Callable[..., Any]
) -> None:
    row = template("rejected")
    row.body = "未能采用：{意见}（{经办人}）"
    row.full_clean()
    row.save()
    press_button("refuse", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="与上期重复。")
    body = Notice.objects.get().body
    assert body == f"未能采用：与上期重复。（{cast.chief.name}）"


@pytest.mark.parametrize("title", ["{意见}", "{opinion}", "{编辑部电话}", "{{title}}", "%(title)s", "$title"])
def test_a_title_that_looks_like_a_place_stays_a_title(
    cast: Cast, press_button: Callable[..., Any], title: str
) -> None:
    article = make_article(cast, Stage.FINAL_REVIEW, title=title)
    press_button("accept", article, cast.chief, opinion="这是终审意见。")
    notice = Notice.objects.get()
    assert f"《{title}》" in notice.body
    assert "这是终审意见。" not in notice.subject + notice.body


def test_both_names_of_a_place_are_the_same_place() -> None:
    for place in PLACEHOLDERS:
        values = {place.name: "值"}
        assert fill(f"{{{place.name}}}{{{place.word}}}", values) == "值值"


def test_control_characters_do_not_pass() -> None:
    assert fill("{title}", {"title": "渡\x00口\u202e\x1b[31m"}) == "渡口[31m"


def test_a_template_that_is_off_tells_nobody(cast: Cast, press_button: Callable[..., Any]) -> None:
    NoticeTemplate.objects.filter(kind="accepted").update(active=False)
    press_button("accept", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="用。")
    assert not Notice.objects.exists()


def test_without_e_mail_a_notice_is_only_at_the_desk(cast: Cast, press_button: Callable[..., Any]) -> None:
    NoticeTemplate.objects.filter(kind="accepted").update(by_email=False)
    press_button("accept", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="用。")
    assert Notice.objects.get().state == "desk"


def test_the_offices_wording_outlives_an_update_and_missing_ones_come_back() -> None:
    NoticeTemplate.objects.filter(kind="accepted").update(subject="我们的话")
    NoticeTemplate.objects.filter(kind="held").delete()
    count = NoticeTemplate.objects.count()
    call_command("migrate", verbosity=0)
    assert template("accepted").subject == "我们的话"
    assert NoticeTemplate.objects.count() == count + 1
