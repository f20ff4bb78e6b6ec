"""A saved mail is understood however Chinese programs wrote it, and one made to harm is refused."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from journal.intake.limited import read_in_child
from journal.intake.mail import MOST_ATTACHMENTS, is_mail, parse
from journal.intake.manuscript import NotAManuscript
from journal.intake.parcel import Parcel, is_parcel, read_parcel

pytestmark = pytest.mark.database_free

HEAD = (
    b"From: =?GB2312?B?us7OrQ==?= <hewei@example.org>\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
)
MIXED = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
END = b"\r\n--b--\r\n"


def mail(
    *files: tuple[str, bytes], note: str = "请查收。", subject: str = "投稿：渡口的早晨"
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "贺苇 <hewei@example.org>", "desk@example.org"
    message["Subject"], message["Date"] = subject, "Fri, 20 Nov 2026 10:05:00 +0800"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(note)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def attached(disposition: bytes, more: bytes = b"") -> bytes:
    """A mail whose one attachment is described by these bare bytes."""
    part = b"Content-Type: application/msword" + more + b"\r\nContent-Disposition: " + disposition
    return MIXED + b"--b\r\n" + part + b"\r\n\r\nwords" + END


def opened(data: bytes, name: str = "mail.eml") -> tuple[Parcel, dict[str, bytes]]:
    kept: dict[str, bytes] = {}
    return read_parcel(data, name, kept.__setitem__), kept


def test_who_wrote_when_about_what_and_the_words() -> None:
    got = parse(mail(("渡口.docx", b"PK")).as_bytes())
    assert got.sender == "贺苇 <hewei@example.org>"
    assert got.subject == "投稿：渡口的早晨"
    assert got.sent == "2026-11-20T10:05:00+08:00"
    assert got.note == "请查收。"
    assert [(a.name, a.data) for a in got.attachments] == [("渡口.docx", b"PK")]


@pytest.mark.parametrize(
    "data",
    [
        attached(b'attachment; filename="=?gb2312?B?' + b"ytbO7y5kb2M=" + b'?="'),
        attached(b"attachment; filename*=gb2312''%CA%D6%CE%EF.doc"),
        attached(b"attachment; filename*0*=GBK''%CA%D6; filename*1*=%CE%EF.doc"),
        attached(b"attachment; filename*=UTF-8''%E6%89%8B%E7%89%A9.doc"),
        attached(b'attachment; filename="' + "手物.doc".encode("gbk") + b'"'),
        attached(b'attachment; filename="' + "手物.doc".encode() + b'"'),
        attached(b"attachment", b'; name="=?utf-8?Q?=E6=89=8B=E7=89=A9=2Edoc?="'),
        attached(b'attachment; filename="C:\\\\temp\\\\=?utf-8?B?5omL54mpLmRvYw==?="'),
        attached(b'attachment; filename="=?gb2312?B?ytY=?=\r\n =?gb2312?B?zu8uZG9j?="'),
    ],
)
def test_a_files_name_is_read_however_it_was_written(data: bytes) -> None:
    (one,) = parse(data).attachments
    assert (one.name, one.data) == ("手物.doc", b"words")


def test_headers_and_words_in_gbk_without_saying_so_are_read() -> None:
    raw = b"From: " + "何苇".encode("gbk") + b" <a@b.cn>\r\nSubject: " + "投稿".encode("gbk")
    raw += b"\r\nMessage-ID: <1@b.cn>\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n" + "镕𠮷稿".encode(
        "gb18030"
    )
    got = parse(raw)
    assert (got.sender, got.subject, got.note) == ("何苇 <a@b.cn>", "投稿", "镕𠮷稿")


def test_a_mail_of_mark_up_alone_gives_its_words_and_no_script() -> None:
    message = mail()
    message.set_content("<p>请<b>查收</b>。</p><script>alert(1)</script>", subtype="html")
    assert parse(message.as_bytes()).note == "请查收。"


def test_a_pasted_picture_is_told_from_an_attached_one() -> None:
    related = (
        b'--b\r\nContent-Type: multipart/related; boundary="r"\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n'
        b'<img src="cid:1">\r\n--r\r\nContent-Type: image/png; name="logo.png"\r\nContent-ID: <1>\r\n'
        b"Content-Disposition: inline\r\n\r\nx\r\n--r--\r\n"
    )
    photo = b'--b\r\nContent-Type: image/jpeg; name="p.jpg"\r\nContent-Disposition: attachment\r\n\r\ny'
    got = parse(MIXED + related + photo + END)
    assert [(a.name, a.inline) for a in got.attachments] == [("logo.png", True), ("p.jpg", False)]


def test_a_forwarded_mail_keeps_its_own_words_and_files() -> None:
    outer = mail(note="转一篇来稿。", subject="转发")
    outer.add_attachment(mail(("内.docx", b"PK-inner")))
    parcel, kept = opened(outer.as_bytes())
    assert [(x.subject, x.note) for x in parcel.letters] == [
        ("转发", "转一篇来稿。"),
        ("投稿：渡口的早晨", "请查收。"),
    ]
    (piece,) = parcel.pieces
    assert (piece.name, piece.letter, kept[piece.id]) == ("内.docx", 2, b"PK-inner")
    assert piece.group == "转发/投稿：渡口的早晨"


def test_what_only_outlook_opens_is_said_and_the_rest_is_taken() -> None:
    got = parse(mail(("winmail.dat", b"\x78\x9f\x3e\x22rest"), ("稿.docx", b"PK")).as_bytes())
    assert [a.name for a in got.attachments] == ["稿.docx"]
    assert len(got.refused) == 1
    assert "winmail.dat" in got.refused[0]


def test_too_many_attachments_and_too_deep_a_nest_are_refused() -> None:
    with pytest.raises(NotAManuscript):
        parse(mail(*[(f"{n}.txt", b"x") for n in range(MOST_ATTACHMENTS + 1)]).as_bytes())
    nest = mail()
    for _ in range(8):
        outer = mail()
        outer.add_attachment(nest)
        nest = outer
    with pytest.raises(NotAManuscript):
        parse(nest.as_bytes())


def test_a_web_page_saved_as_one_file_is_a_manuscript_and_no_mail() -> None:
    page = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"
    assert not is_mail(page, "page.mht")
    assert not is_mail(page, "page")
    assert is_mail(HEAD + b"\r\nwords", "without-ending")


def test_a_zip_in_a_mail_and_a_mail_in_a_zip_are_opened() -> None:
    inner = zipped(
        **{"稿/渡口.txt": b"words", "__MACOSX/._x": b"", "稿/Thumbs.db": b"", "稿/~$渡口.docx": b""}
    )
    outer = zipped(**{"mail.eml": mail(("all.zip", inner)).as_bytes(), "b.txt": b"b"})
    parcel, _kept = opened(outer, "all.zip")
    assert [(p.name, p.group, p.letter) for p in parcel.pieces] == [
        ("渡口.txt", "mail.eml/投稿：渡口的早晨/all.zip/稿", 1),
        ("b.txt", "", 0),
    ]


def test_names_in_a_zip_of_chinese_windows_are_read() -> None:
    data = zipped(**{"XXXX.txt": b"words"}).replace(b"XXXX", "渡口".encode("gbk"))
    assert [p.name for p in opened(data, "x.zip")[0].pieces] == ["渡口.txt"]


@pytest.mark.parametrize(
    "data",
    [
        zipped(**{"../../etc/passwd": b"x"}),
        zipped(**{"a.txt": b"0" * 3_000_000})[:-30],
        b"PK\x03\x04 and nothing else",
    ],
)
def test_a_zip_made_to_harm_is_refused(data: bytes) -> None:
    with pytest.raises(NotAManuscript):
        opened(data, "x.zip")


def test_a_bomb_in_a_mail_does_not_spoil_the_rest() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 50_000_000)
    parcel, _kept = opened(mail(("bomb.zip", buffer.getvalue()), ("稿.docx", b"PK")).as_bytes())
    assert [p.name for p in parcel.pieces] == ["稿.docx"]
    assert len(parcel.refused) == 1
    assert "bomb.zip" in parcel.refused[0]


def test_a_document_is_no_parcel() -> None:
    assert not is_parcel(zipped(**{"[Content_Types].xml": b"", "word/document.xml": b""}), "x.docx")
    assert is_parcel(zipped(**{"渡口.txt": b"x"}), "x.zip")


def test_the_limited_child_hands_the_files_over(tmp_path: Path) -> None:
    answer = read_in_child("parcel", mail(("渡口.txt", b"words")).as_bytes(), "m.eml", str(tmp_path))
    assert answer["letters"][0]["subject"] == "投稿：渡口的早晨"
    assert (tmp_path / answer["pieces"][0]["id"]).read_bytes() == b"words"
