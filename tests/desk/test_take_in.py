"""收稿: what came by mail is kept first, read, reported, and submitted for its author."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles.models import Article
from articles.stages import Stage
from journal.desk import take_in
from journal.intake.accept import delivery as reading
from journal.intake.accept.delivery import take_in_next
from journal.intake.models import CoverLetter, DeliveredFile, Delivery, ReceivedFile
from tests.benchmarks.duplicates import Writer
from tests.factories import DECLARED, Cast
from tests.intake.test_mail import mail, zipped

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/take-in/"


def word(title: str, lines: Iterable[str] = ("雾里有人喊船，船工把缆绳又绕了一圈。",)) -> bytes:
    document = docx.Document()
    document.add_heading(title, 0)
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def photo(colour: str = "teal") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def read_all(delivery: Delivery) -> None:
    while take_in_next(delivery) is not None:
        pass


def taken(cast: Cast, *files: tuple[str, bytes]) -> dict[str, DeliveredFile]:
    """Everything of one delivery, read to the end, by name."""
    delivery = Delivery.objects.receive(files, cast.registrar)
    read_all(delivery)
    return {row.name: row for row in delivery.files.all()}


def send(client: Client, *files: tuple[str, bytes], paths: list[str] | None = None) -> Any:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    told = {"paths": json.dumps(paths)} if paths else {}
    return client.post(ADDRESS, {"files": sent, **told})


def test_a_word_file_becomes_a_draft_of_the_registrar(at_desk: Callable[..., Client], cast: Cast) -> None:
    answer = send(at_desk("registrar"), ("渡口.docx", word("渡口的早晨")))
    row = DeliveredFile.objects.get()
    assert answer.headers["Location"] == reverse("admin:take_in_report", args=[row.delivery_id])
    assert row.article is not None
    assert (row.state, row.article.title, row.article.stage) == ("taken", "渡口的早晨", Stage.DRAFT)
    assert row.article.submitter == cast.registrar
    page = at_desk("registrar").get(answer.headers["Location"]).content.decode()
    assert "渡口的早晨" in page


def test_a_mail_is_opened_its_photos_go_with_its_text_and_its_words_stay_inside(cast: Cast) -> None:
    message = mail(
        ("渡口.docx", word("渡口的早晨")), ("一.jpg", photo()), note="我的电话 0000-1234。"
    ).as_bytes()
    rows = taken(cast, ("投稿.eml", message))
    assert {name: row.state for name, row in rows.items()} == {
        "投稿.eml": "opened",
        "渡口.docx": "taken",
        "一.jpg": "added",
    }
    draft = Article.objects.get()
    assert [figure.original_name for figure in draft.figures.all()] == ["一.jpg"]
    letter = CoverLetter.objects.get()
    assert (letter.sender, letter.note) == ("贺苇 <hewei@example.org>", "我的电话 0000-1234。")
    assert "0000-1234" not in draft.body + draft.abstract
    assert rows["投稿.eml"].file.read() == message


def test_a_photo_beside_two_manuscripts_is_listed_and_kept(cast: Cast) -> None:
    picture = photo()
    files = [
        ("稿/甲.docx", word("甲地纪事")),
        ("稿/乙.docx", word("乙地纪事", ["另一篇的正文。"])),
        ("稿/一.jpg", picture),
    ]
    rows = taken(cast, *files)
    assert rows["一.jpg"].state == "listed"
    assert rows["一.jpg"].said
    assert rows["一.jpg"].file.read() == picture
    assert not any(article.figures.exists() for article in Article.objects.all())


def test_photos_of_folders_go_each_to_the_text_of_their_folder(cast: Cast) -> None:
    files = [
        ("甲/一.jpg", photo("navy")),
        ("甲/甲.docx", word("甲地纪事")),
        ("乙/二.jpg", photo("olive")),
        ("乙/乙.docx", word("乙地纪事", ["另一篇的正文。"])),
    ]
    rows = taken(cast, *files)
    assert rows["一.jpg"].article == rows["甲.docx"].article
    assert rows["二.jpg"].article == rows["乙.docx"].article


def test_the_same_file_twice_is_said_and_not_doubled(cast: Cast) -> None:
    data = word("渡口的早晨")
    first = taken(cast, ("渡口.docx", data))["渡口.docx"]
    again = taken(cast, ("改名.docx", data))["改名.docx"]
    assert (again.state, again.article) == ("twice", first.article)
    message = mail(("三.docx", word("三把水尺"))).as_bytes()
    taken(cast, ("a.eml", message))
    assert taken(cast, ("b.eml", message))["b.eml"].state == "twice"
    assert Article.objects.count() == 2


def test_what_is_no_manuscript_is_kept_and_said(cast: Cast) -> None:
    rows = taken(
        cast, ("表.pdf", b"%PDF-1.7 words"), ("信.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99)
    )
    assert {row.state for row in rows.values()} == {"listed"}
    assert "PDF" in rows["表.pdf"].said
    assert ".eml" in rows["信.msg"].said
    assert rows["表.pdf"].file.read() == b"%PDF-1.7 words"


def test_what_was_made_to_harm_is_not_kept(cast: Cast) -> None:
    buffer = io.BytesIO(word("炸弹"))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.bin", b"0" * 60_000_000)
    bomb = zipped(**{"../../x": b"x"})
    rows = taken(cast, ("炸弹.docx", buffer.getvalue()), ("坏.zip", bomb), ("好.docx", word("好稿")))
    assert {name: row.state for name, row in rows.items()} == {
        "炸弹.docx": "refused",
        "坏.zip": "refused",
        "好.docx": "taken",
    }
    assert not rows["炸弹.docx"].file
    assert not rows["坏.zip"].file
    assert rows["炸弹.docx"].said


def test_a_text_that_came_in_before_is_named_beside_its_draft(cast: Cast) -> None:
    text = Writer(3).text(500)
    first = taken(cast, ("一.docx", word("渡口的早晨", text)))["一.docx"].article
    again = taken(cast, ("二.docx", word("另起一题", [*text[:-1], "结尾改过了。"])))["二.docx"]
    assert first is not None
    assert [one["article"] for one in again.found] == [first.pk]


@pytest.mark.parametrize("where", ["kind_of", "checklist", "add_figure", "read_in_child"])
def test_a_process_that_dies_leaves_files_that_are_read_later(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    class Killed(BaseException):
        pass

    def die(*args: Any, **kwargs: Any) -> None:
        raise Killed

    message = mail(("渡口.docx", word("渡口的早晨")), ("一.jpg", photo())).as_bytes()
    delivery = Delivery.objects.receive([("投稿.eml", message)], cast.registrar)
    target = reading.checklist if where == "checklist" else reading
    with monkeypatch.context() as patch:
        patch.setattr(target, "same_elsewhere" if where == "checklist" else where, die)
        with pytest.raises(Killed):
            read_all(delivery)
    delivery.files.update(claimed_at=None)
    read_all(delivery)
    states = dict(delivery.files.values_list("name", "state"))
    assert states == {"投稿.eml": "opened", "渡口.docx": "taken", "一.jpg": "added"}
    assert Article.objects.get().figures.count() == 1
    assert ReceivedFile.objects.count() == 1


def test_two_processes_do_not_read_the_same_file(cast: Cast) -> None:
    delivery = Delivery.objects.receive([("a.docx", word("甲")), ("一.jpg", photo())], cast.registrar)
    assert delivery.claim() is not None
    assert delivery.claim() is None  # the picture waits for the text somebody else is reading


def test_folders_are_told_by_the_page(at_desk: Callable[..., Client], cast: Cast) -> None:
    files = [("甲.docx", word("甲地纪事")), ("一.jpg", photo())]
    send(at_desk("registrar"), *files, paths=["来稿/甲/甲.docx", "来稿/甲/一.jpg"])
    assert {row.group for row in DeliveredFile.objects.all()} == {"来稿/甲"}
    send(at_desk("registrar"), ("乙.docx", word("乙地纪事")), paths=["one", "too many"])
    assert DeliveredFile.objects.get(name="乙.docx").group == ""


def test_nothing_chosen_and_files_too_large_are_refused(
    at_desk: Callable[..., Client], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_desk("registrar").post(ADDRESS).status_code == 422
    monkeypatch.setattr(take_in, "MOST_BYTES", 10)
    assert send(at_desk("registrar"), ("甲.docx", word("甲"))).status_code == 422
    assert not Delivery.objects.exists()


def test_a_draft_is_submitted_for_the_author_who_declared(at_desk: Callable[..., Client], cast: Cast) -> None:
    row = taken(cast, ("渡口.docx", word("渡口的早晨")))["渡口.docx"]
    client = at_desk("registrar")
    address = reverse("admin:take_in_submit", args=[row.delivery_id])
    article = row.article
    assert article is not None
    wanted = {"file": row.pk, "version": article.version}
    refused = client.post(address, wanted)
    assert refused.status_code == 422
    assert client.post(address, {**wanted, "version": 99, "declarations": DECLARED}).status_code == 409
    assert client.post(address, {**wanted, "declarations": DECLARED}).status_code == 302
    article.refresh_from_db()
    assert article.stage == Stage.SUBMITTED
    assert article.manuscript_number
    assert client.post(address, {"file": 999_999}).status_code == 404


def test_a_script_reads_one_file_after_the_other(at_desk: Callable[..., Client], cast: Cast) -> None:
    delivery = Delivery.objects.receive([("甲.docx", word("甲")), ("一.jpg", photo())], cast.registrar)
    client = at_desk("registrar")
    address = reverse("admin:take_in_read", args=[delivery.pk])
    answers = [client.post(address, headers={"Accept": "application/json"}).json() for _ in range(3)]
    assert [(a["left"], a["read"]) for a in answers] == [(1, True), (0, True), (0, False)]


def test_a_file_comes_back_as_it_was_sent_and_never_as_a_page(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    row = taken(cast, ("<b>.html", b"<script>alert(1)</script>%PDF"))["<b>.html"]
    answer = at_desk("registrar").get(reverse("admin:delivered_file_original", args=[row.pk]))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = at_desk("registrar").get(reverse("admin:take_in_report", args=[row.delivery_id]))
    assert "<b>.html" not in page.content.decode()


def test_the_command_does_the_same(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "来稿"
    (folder / "甲").mkdir(parents=True)
    (folder / "甲" / "甲.docx").write_bytes(word("甲地纪事"))
    (folder / "甲" / "一.jpg").write_bytes(photo())
    (folder / "Thumbs.db").write_bytes(b"x")
    call_command("take_in", str(folder), dry_run=True)
    assert "甲地纪事" in capsys.readouterr().out
    assert not DeliveredFile.objects.exists()
    with pytest.raises(CommandError):
        call_command("take_in", str(folder), by=cast.contributor.username)
    call_command("take_in", str(folder), by=cast.registrar.username)
    assert sorted(DeliveredFile.objects.values_list("name", "state")) == [
        ("一.jpg", "added"),
        ("甲.docx", "taken"),
    ]
