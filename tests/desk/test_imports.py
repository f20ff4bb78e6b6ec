"""Taking in printed issues at the desk: by plain forms and by script, kept, checked, accepted once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Issue
from journal.desk.check import CheckScreen
from journal.intake.manuscript import IssueManuscript, Manuscript
from journal.intake.models import IssueImport
from journal.intake.stored import to_json
from tests.factories import Cast
from tests.intake.made import Source, small_issue

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def send(client: Client, row: IssueImport, action: str, data: dict[str, Any], **more: Any) -> Any:
    address = reverse(f"admin:import_{action}", args=[row.pk])
    return client.post(address, {"version": row.version, **data}, **more)


ANSWER = {"do": "answer", "question": "q1", "value": "渡口的清晨"}


def block(text: str) -> str:
    issue = small_issue()
    blocks = [b for m in issue.manuscripts for b in m.blocks] + list(issue.unplaced)
    return next(b.id for b in blocks if text in b.text)


def test_a_file_is_kept_and_read(at_desk: Callable[..., Client]) -> None:
    upload = SimpleUploadedFile("../evil.md", "一段没有目录的文字，只有这一句。".encode())
    response = at_desk("head").post(reverse("admin:imports"), {"file": upload, "kind": "page"})
    row = IssueImport.objects.get()
    assert response.status_code == 302
    assert row.name == "evil.md"
    assert row.file.open().read().decode().startswith("一段没有目录")


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, b"PK\x03\x04zip", bytes(range(256))]
)
def test_what_is_no_text_gets_one_sentence(at_desk: Callable[..., Client], data: bytes) -> None:
    client = at_desk("head")
    upload = SimpleUploadedFile("x.md", data)
    response = client.post(reverse("admin:imports"), {"file": upload, "kind": "issue"}, follow=True)
    row = IssueImport.objects.get()
    assert row.state == "unreadable"
    assert row.problem in response.context["row"].problem
    assert not Issue.objects.exists()
    assert send(client, row, "decide", ANSWER).status_code == 200
    assert send(client, row, "accept", {}, **JSON).status_code == 409


def test_a_file_too_big_is_refused_before_it_is_read(
    at_desk: Callable[..., Client], monkeypatch: Any
) -> None:
    monkeypatch.setattr("journal.desk.forms.MAX_BYTES", 10)
    upload = SimpleUploadedFile("x.md", b"x" * 11)
    response = at_desk("head").post(reverse("admin:imports"), {"file": upload, "kind": "issue"})
    assert response.status_code == 422
    assert not IssueImport.objects.exists()


def test_the_original_is_only_ever_downloaded(at_desk: Callable[..., Client], cast: Cast) -> None:
    row = IssueImport.objects.receive(b"<script>x</script>\x00", 'a"b\r\n<b>.html', "issue", cast.head)
    response = at_desk("head").get(reverse("admin:import_file", args=[row.pk]))
    assert b"".join(response.streaming_content) == b"<script>x</script>\x00"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_an_answer_is_stored_at_once_and_leads_to_the_next_question(
    at_desk: Callable[..., Client], sent_in: IssueImport
) -> None:
    response = send(at_desk("head"), sent_in, "decide", ANSWER)
    assert response.url.endswith("#q-q2")
    sent_in.refresh_from_db()
    assert sent_in.answered == {"q1": "渡口的清晨"}


def test_a_script_gets_only_the_parts_that_changed(
    at_desk: Callable[..., Client], sent_in: IssueImport
) -> None:
    answer = send(at_desk("head"), sent_in, "decide", ANSWER, **JSON).json()
    assert set(answer["parts"]) == {"status", "outline", "accept", "a-01", "q-q1"}
    assert answer["version"] == 1
    sent_in.version = 1
    move = {"do": "move", "block": [block("没有人认领")], "to": "02", "kind": ""}
    answer = send(at_desk("head"), sent_in, "decide", move, **JSON).json()
    assert {"a-02", "rest"} <= set(answer["parts"])
    assert "a-01" not in answer["parts"]
    assert answer["marks"] == {block("没有人认领"): ["tone-2", "02"]}


def test_several_paragraphs_move_and_come_back_together(
    at_desk: Callable[..., Client], sent_in: IssueImport
) -> None:
    client = at_desk("head")
    blocks = [block("天还没有亮"), block("他说这条线")]
    send(client, sent_in, "decide", {"do": "move", "block": blocks, "to": "03", "kind": "paragraph"})
    sent_in.refresh_from_db()
    assert [b.id for b in sent_in.result().manuscript("03").blocks][:2] == blocks
    send(client, sent_in, "undo", {})
    sent_in.refresh_from_db()
    assert sent_in.result() == small_issue()


@pytest.mark.parametrize(
    ("data", "holds"),
    [
        ({"do": "out", "block": [block("天还没有亮")]}, lambda r: "天还没有亮" in str(r.unplaced)),
        ({"do": "split", "block": [block("一、头班船")]}, lambda r: r.manuscript("04").title == "一、头班船"),
        ({"do": "merge", "article": "03", "into": "01"}, lambda r: len(r.manuscripts) == 2),
        ({"do": "drop", "article": "02"}, lambda r: len(r.manuscripts) == 2),
        (
            {"do": "up", "block": [block("一、头班船")]},
            lambda r: r.manuscript("01").blocks[1].text == "一、头班船",
        ),
        (
            {"do": "move", "block": [block("一、头班船")], "to": "", "kind": "paragraph"},
            lambda r: r.manuscript("01").headings == (),
        ),
        (
            {"do": "fields", "article": "02", "title": "借书", "section": "本期关注", "page": "11"},
            lambda r: (r.manuscript("02").title, r.manuscript("02").page) == ("借书", 11),
        ),
        ({"do": "identity", "number": "9-10", "year": "2026"}, lambda r: r.number == "9-10"),
        ({**ANSWER, "value": "__own__", "own": "渡口一日"}, lambda r: r.manuscript("01").title == "渡口一日"),
        (
            {"do": "answer", "question": "q2", "value": "__other__", "other": "02"},
            lambda r: "没有人认领" in r.manuscript("02").body_text,
        ),
    ],
)
def test_every_button_does_what_it_says(
    at_desk: Callable[..., Client], sent_in: IssueImport, data: dict[str, Any], holds: Callable[[Any], bool]
) -> None:
    assert send(at_desk("head"), sent_in, "decide", data).status_code == 302
    sent_in.refresh_from_db()
    assert holds(sent_in.result())


def test_a_form_that_changes_nothing_stores_nothing(
    at_desk: Callable[..., Client], sent_in: IssueImport
) -> None:
    same = {
        "do": "fields",
        "article": "02",
        "title": "借一本旧书",
        "authors": "陶一苇（岚江市图书馆 副研究馆员）",
    }
    send(at_desk("head"), sent_in, "decide", same)
    sent_in.refresh_from_db()
    assert sent_in.decisions == []


@pytest.mark.parametrize(
    "data",
    [
        {"do": "move", "to": "02"},
        {"do": "move", "block": ["b0"], "to": "", "kind": ""},
        {"do": "answer", "question": "q1"},
        {"do": "answer", "question": "q1", "value": "__own__", "own": " "},
        {"do": "fields", "article": "77"},
        {"do": "drop", "article": "77"},
        {"do": "explode"},
        {},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    at_desk: Callable[..., Client], sent_in: IssueImport, data: dict[str, Any]
) -> None:
    answer = send(at_desk("head"), sent_in, "decide", data, **JSON)
    assert answer.status_code == 422
    assert len(answer.json()["message"]) > 5
    page = send(at_desk("head"), sent_in, "decide", data)
    assert page.status_code == 422
    assert page.context["refusal"]


def test_the_second_editor_gets_409_and_the_sentence(
    at_desk: Callable[..., Client], sent_in: IssueImport, cast: Cast
) -> None:
    send(at_desk("head"), sent_in, "decide", ANSWER)
    answer = send(at_desk("registrar"), sent_in, "decide", {**ANSWER, "value": "渡口"}, **JSON)
    assert answer.status_code == 409
    assert cast.head.name in answer.json()["message"]
    assert send(at_desk("registrar"), sent_in, "decide", ANSWER, version="x").status_code in {302, 409}


def test_open_questions_stop_the_acceptance_until_they_are_let_stand(
    at_desk: Callable[..., Client], sent_in: IssueImport
) -> None:
    client = at_desk("head")
    assert send(client, sent_in, "accept", {}).status_code == 422
    assert not Issue.objects.exists()
    response = send(client, sent_in, "accept", {"leave_open": "1"})
    issue = Issue.objects.get()
    assert response.url == reverse("admin:articles_issue_change", args=[issue.pk])
    assert client.get(response.url).status_code == 200
    assert send(client, sent_in, "accept", {"leave_open": "1"}).status_code == 409
    done = client.get(reverse("admin:import_check", args=[sent_in.pk]))
    assert not done.context["editable"]


def test_another_import_of_the_issue_is_accepted_only_as_a_renewal(
    at_desk: Callable[..., Client], sent_in: IssueImport, cast: Cast
) -> None:
    client = at_desk("head")
    send(client, sent_in, "accept", {"leave_open": "1"})
    understood = to_json(small_issue(slogans=("另一句",)))
    second = IssueImport.objects.create(
        name="x", size=1, sha256="1" * 64, by=cast.head, state="to-check", understood=understood
    )
    assert send(client, second, "accept", {"leave_open": "1"}).status_code == 422
    assert send(client, second, "accept", {"leave_open": "1", "replace": "1"}).status_code == 302
    assert Issue.objects.get().slogans == ["另一句"]


def test_every_character_of_the_source_stands_on_the_screen_once(sent_in: IssueImport) -> None:
    shown = "".join(run.text for run in CheckScreen(sent_in).runs)
    assert "".join(shown.split()) == "".join(small_issue().source_text.split())


def big_issue() -> IssueManuscript:
    """About 65,000 characters in 624 blocks of 26 articles."""
    source, articles = Source(), []
    for number in range(1, 27):
        blocks = [source.block("title", f"第{number}篇")]
        blocks += [source.block("paragraph", f"第{n}段" + "江水东流" * 27) for n in range(23)]
        articles.append(
            Manuscript(id=f"{number:02d}", title=f"第{number}篇", page=number, blocks=tuple(blocks))
        )
    return replace(
        small_issue(), source_text=source.text, manuscripts=tuple(articles), unplaced=(), sections=()
    )


def test_a_whole_issue_is_shown_quickly_and_in_one_small_page(
    at_desk: Callable[..., Client], cast: Cast, django_assert_max_num_queries: Any
) -> None:
    issue = big_issue()
    assert len(issue.source_text) > 65_000
    row = IssueImport.objects.create(
        name="x", size=1, sha256="1" * 64, by=cast.head, state="to-check", understood=to_json(issue)
    )
    client = at_desk("head")
    started = time.monotonic()
    with django_assert_max_num_queries(12):
        page = client.get(reverse("admin:import_check", args=[row.pk]))
    assert len(page.content) < 1_500_000
    move = {"do": "move", "block": [issue.manuscripts[0].blocks[5].id], "to": "20", "kind": ""}
    answer = send(client, row, "decide", move, **JSON)
    assert len(answer.content) < 60_000
    assert time.monotonic() - started < 5  # 0.5 s here; room for a busy machine


def test_untrusted_words_are_escaped_everywhere(at_desk: Callable[..., Client], cast: Cast) -> None:
    bad = "<i id=x>甲</i>\"'"
    source = Source()
    article = Manuscript(id="01", title=bad, kicker=bad, source=bad, blocks=(source.block("paragraph", bad),))
    issue = replace(
        small_issue(),
        source_text=source.text,
        manuscripts=(article,),
        unplaced=(),
        sections=(),
        facts={bad: bad},
    )
    row = IssueImport.objects.create(
        name=bad, size=1, sha256="1" * 64, by=cast.head, state="to-check", understood=to_json(issue)
    )
    client = at_desk("head")
    for page in (
        reverse("admin:import_check", args=[row.pk]),
        reverse("admin:imports"),
        reverse("admin:index"),
    ):
        assert "<i id=x>" not in client.get(page).content.decode()
    answer = send(client, row, "decide", {"do": "fields", "article": "01", "subtitle": bad}, **JSON)
    assert "<i id=x>" not in "".join(answer.json()["parts"].values())
