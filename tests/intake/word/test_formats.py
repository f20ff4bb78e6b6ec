"""The same manuscript in every dress: flat, strict, 2003, web page, web archive, plain text, old binary."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from journal.intake.limited import read_in_child
from journal.intake.manuscript import NotAManuscript
from journal.intake.stored import from_json
from journal.intake.word import read_word
from journal.intake.word.office import modern
from journal.intake.word.understood import WordManuscript
from journal.intake.word_json import word_as_json

from .build import W, jpeg
from .compare import score
from .habits import HABITS
from .texts import TEXTS as T

pytestmark = pytest.mark.database_free

TYPED = HABITS["typed by hand in WPS"]
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def understood(data: bytes, filename: str = "稿件.docx") -> tuple[dict[str, Any], dict[str, bytes]]:
    pictures: dict[str, bytes] = {}
    return word_as_json(read_word(data, filename, keep=pictures.__setitem__)), pictures


def wrong(got: dict[str, Any], *but: str) -> dict[str, float]:
    return {name: value for name, value in score(TYPED.truth, got).items() if value < 1 and name not in but}


def flat(data: bytes) -> bytes:
    """The zip's parts in one XML file."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")) and not name.startswith("["):
                inside = archive.read(name).decode().split("?>", 1)[1]
                parts.append(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{inside}</pkg:xmlData></pkg:part>')
            elif "media" in name:
                packed = base64.encodebytes(archive.read(name)).decode()
                parts.append(
                    f'<pkg:part pkg:name="/{name}"><pkg:binaryData>{packed}</pkg:binaryData></pkg:part>'
                )
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    return f'<?xml version="1.0"?><pkg:package {space}>{"".join(parts)}</pkg:package>'.encode()


def test_a_flat_file_reads_like_the_zip() -> None:
    got, _pictures = understood(flat(TYPED.data()))
    assert wrong(got) == {}


def test_pictures_of_a_flat_file_are_kept() -> None:
    data = HABITS["pictures with captions under, over and beside"].data()
    _got, pictures = understood(flat(data))
    assert [picture[:3] for picture in pictures.values()] == [b"\xff\xd8\xff"] * 5


def test_a_strict_file_reads_like_a_usual_one() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(TYPED.data())) as usual,
        zipfile.ZipFile(buffer, "w") as strict,
    ):
        for name in usual.namelist():
            xml = usual.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            strict.writestr(name, xml)
    got, _pictures = understood(buffer.getvalue())
    assert wrong(got) == {}


def test_word_2003_has_its_numbers_notes_and_pictures() -> None:
    packed = base64.b64encode(jpeg(1)).decode()
    data = f"""<?xml version="1.0"?><?mso-application progid="Word.Document"?>
    <w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
      xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:v="urn:schemas-microsoft-com:vml"
      xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:body><wx:sect>
    <w:p><w:pPr><w:jc w:val="center"/></w:pPr>
      <w:r><w:rPr><w:b/><w:sz w:val="44"/></w:rPr><w:t>老渡口</w:t></w:r></w:p>
    <w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr></w:pPr>
      <w:r><w:rPr><w:b/></w:rPr><w:t>清晨</w:t></w:r></w:p>
    <w:p><w:r><w:t>{T[0]}</w:t></w:r><w:r><w:footnote><w:p><w:r><w:t>登记簿。</w:t></w:r></w:p></w:footnote></w:r>
      <aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>旧话</w:delText></w:r></aml:content>
      </aml:annotation></w:p>
    <w:p><w:r><w:pict><w:binData w:name="wordml://1.jpg">{packed}</w:binData>
      <v:shape><v:imagedata src="wordml://1.jpg"/></v:shape></w:pict></w:r></w:p>
    </wx:sect></w:body></w:wordDocument>""".encode()
    got, pictures = understood(data)
    assert got["title"] == "老渡口"
    assert got["headings"] == ["一、清晨"]
    assert got["body_text"] == f"一、清晨\n{T[0]}"
    assert got["footnotes"] == ["登记簿。"]
    assert pictures == {"f1": jpeg(1)}


PAGE = f"""<html><head><meta charset=gb2312><style>p {{}}</style></head><body>
<p class=MsoTitle align=center style='text-align:center'><b><span style='font-size:22.0pt'>
老渡口的第一趟船</span></b></p>
<p style='text-align:center'>陶一苇</p>
<p><b>一、灯先亮起来</b></p>
<p>&nbsp;&nbsp;&nbsp;&nbsp;{T[0]}<o:p></o:p></p>
<p>{T[2]}</p><p><b>二、登记簿里的十一年</b></p><div>{T[1]}</div>
<p><img src="a.files/1.jpg"></p>
<p>（作者单位：岚江市图书馆）</p>
<p>联系电话：0000-0000001　电子邮箱：tao@lanjiang.example</p><script>alert(1)</script></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_web_page_called_doc_is_read(encoding: str) -> None:
    got, _pictures = understood(PAGE.encode(encoding), "稿件.doc")
    assert wrong(got) == {}
    assert len(got["not_taken"]) == 1  # the picture beside the page was not sent


def test_a_web_archive_brings_its_pictures() -> None:
    page = base64.encodebytes(PAGE.encode("gb18030")).decode()
    picture = base64.encodebytes(jpeg(2)).decode()
    data = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        'Content-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: base64\n\n'
        f"{page}\n--b\nContent-Type: image/jpeg\nContent-Location: file:///C:/a.files/1.jpg\n"
        f"Content-Transfer-Encoding: base64\n\n{picture}\n--b--\n"
    )
    got, pictures = understood(data.encode(), "稿件.doc")
    assert wrong(got, "images", "said") == {}
    assert pictures == {"f1": jpeg(2)}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_plain_text_is_read(encoding: str) -> None:
    words = ["老渡口的第一趟船", "陶一苇", "", "一、灯先亮起来", f"\u3000\u3000{T[0]}", f"\u3000\u3000{T[2]}"]
    words += ["二、登记簿里的十一年", f"    {T[1]}", "（作者单位：岚江市图书馆）"]
    words += ["联系电话：0000-0000001　邮箱：tao@lanjiang.example"]
    got, _pictures = understood("\r\n".join(words).encode(encoding), "稿件.txt")
    assert wrong(got) == {}


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(NotAManuscript):
        understood(b"<html><body><p> </p></body></html>")


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder: Path = tmp_path_factory.mktemp("old")
    (folder / "a.docx").write_bytes(TYPED.data())
    made = {}
    for extension, form in (("doc", "doc:MS Word 97"), ("rtf", "rtf")):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [OFFICE, "--headless", profile, "--convert-to", form, "--outdir", str(folder)]
        subprocess.run([*command, str(folder / "a.docx")], capture_output=True, timeout=120, check=True)
        made[extension] = (folder / f"a.{extension}").read_bytes()
    return made


@pytest.mark.parametrize("extension", ["doc", "rtf"])
def test_old_formats_go_through_the_office(old_files: dict[str, bytes], extension: str) -> None:
    word = from_json(WordManuscript, read_in_child("word", old_files[extension], "稿件.wps"))
    assert wrong(word_as_json(word)) == {}


def test_without_an_office_the_sender_is_told_how_to_save(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", {}.get)
    with pytest.raises(NotAManuscript, match="docx"):
        modern(b"{\\rtf1\\ansi a}")
