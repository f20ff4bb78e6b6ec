"""The printed issue: what was typed stands on its pages, numbered as they landed, set as Chinese is set."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw
import pytest
from django.core.management import call_command

from articles.issue_files import Landing
from articles.models import Issue
from journal.edition.formats import contract
from journal.edition.formats.pdf import setting
from journal.edition.formats.pdf.fonts import FACES, PACKAGES, find_fonts
from journal.edition.formats.pdf.glyphs import missing_sign
from journal.edition.formats.pdf.plan import columns_of, parts_of
from journal.edition.formats.reading import read_issue
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.formats.wording import listed_title
from journal.edition.store import EditionError
from tests.edition.formats.making import article, figure, issue, paragraph
from tests.edition.formats.payloads import LITERALS

#: GB/T 15834: what may neither begin nor end a line.
NEVER_FIRST = set("，。、；：？！）》〉」』】〕”’…")
NEVER_LAST = set("（《〈「『【〔“‘")


def quiet(_words: str) -> None:
    """Nobody waits in these tests."""


def typeset(text: IssueText, *, proof: bool = False) -> tuple[bytes, Landing]:
    out = io.BytesIO()
    landing = setting.typeset(text, out, quiet, proof=proof)
    return out.getvalue(), landing


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def pages(data: bytes) -> list[str]:
    with opened(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def bare(text: str) -> str:
    """The signs that are seen, without blanks: a line may have been broken at any of them."""
    return re.sub(r"[\s\u200b\ufffe\u00ad]+", "", text)


def letters(text: str) -> str:
    """What is compared with another's reading: characters, not widths of punctuation."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def contents_page(read: list[str]) -> str:
    """Without its own number, which stands at its foot."""
    found = next(page for page in read if "目录" in bare(page)[:80])
    return bare(found.strip().rsplit("\n", 1)[0])


@pytest.fixture
def texts() -> IssueText:
    """Two hundred articles whose titles and texts mean something to machines."""
    made = (article(f"t{n}", literal, paragraph(literal)) for n, literal in enumerate(LITERALS))
    return issue(*(replace(text, pk=number) for number, text in enumerate(made, start=1)))


def test_the_contents_page_says_sections_titles_and_all_authors_in_order(full_issue: IssueText) -> None:
    contents = contents_page(pages(typeset(full_issue)[0]))
    place = 0
    for group in full_issue.groups:
        for words in [group.section, *(w for a in group.articles for w in (listed_title(a), *a.names))]:
            place = contents.index(bare(words), place) + len(bare(words))


def test_photo_stories_stand_outside_the_contents_page(full_issue: IssueText) -> None:
    contents = contents_page(pages(typeset(full_issue)[0]))
    assert full_issue.photo_stories
    assert all(bare(story.title_line) not in contents for story in full_issue.photo_stories)


def test_titles_stand_on_the_pages_the_landing_and_the_contents_tell(full_issue: IssueText) -> None:
    data, landing = typeset(full_issue)
    read = pages(data)
    contents = contents_page(read)
    before = 1  # the cover, which has no number
    assert landing.pages == len(read) - before
    for text in full_issue.articles:
        first, last = landing.articles[text.pk]
        assert bare("".join(text.title)) in bare(read[first - 1 + before])
        assert first <= last <= landing.pages
        if not text.photo_story:
            title, names = bare(listed_title(text)), bare("".join(text.names))
            assert re.search(rf"{re.escape(title)}\W*{re.escape(names)}{first}(?!\d)", contents), title


def test_an_article_begins_where_its_plan_says_when_the_plan_fits() -> None:
    texts = [
        article(f"a{n}", f"第{n}篇的题名", paragraph("字" * 900), first_page=n, last_page=n) for n in (1, 4)
    ]
    _data, landing = typeset(issue(*texts))
    assert [landing.articles[text.pk] for text in texts] == [(1, 1), (4, 4)]


def test_two_hundred_texts_of_markup_come_out_as_they_were_typed(texts: IssueText) -> None:
    data, landing = typeset(texts)
    read = [bare(page) for page in pages(data)]
    for text, literal in zip(texts.articles, LITERALS, strict=True):
        first, last = landing.articles[text.pk]
        before = len(read) - landing.pages
        said = "".join(read[first - 1 + before : last + before])
        assert said.count(bare(literal)) >= 2, literal  # its title and its text


@pytest.mark.parametrize("proof", [False, True])
def test_the_same_text_gives_the_same_bytes(full_issue: IssueText, proof: bool) -> None:
    assert typeset(full_issue, proof=proof) == typeset(full_issue, proof=proof)


def test_no_line_begins_or_ends_with_a_forbidden_sign(full_issue: IssueText) -> None:
    sentence = (
        "渡口的人说：“船来了（早班），人就走；船不来，人就等——等到《潮汐表》说的时候。”这话，没有人不信！"
    )
    long = replace(full_issue.articles[0], blocks=tuple(paragraph(sentence * 3) for _n in range(8)))
    data, _landing = typeset(replace(full_issue, articles=(long, *full_issue.articles[1:])))
    lines = [line.strip() for page in pages(data) for line in page.splitlines() if len(line.strip()) > 1]
    assert len(lines) > 60
    assert [line for line in lines if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST] == []


def test_every_font_is_embedded_and_none_but_ours_is_used(full_issue: IssueText) -> None:
    with opened(typeset(full_issue)[0]) as document:
        fonts = {}
        for page in document:
            for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=4):
                font = thing.get_font()
                fonts[font.get_base_name()] = font.is_embedded
    assert all(fonts.values())
    assert {name.split("+")[-1].split("-")[0] for name in fonts} <= {
        "NotoSerifCJKsc",
        "NotoSansCJKsc",
        "LXGWWenKai",
    }


def test_bookmarks_lead_to_sections_and_titles(full_issue: IssueText) -> None:
    with opened(typeset(full_issue)[0]) as document:
        marks = [(mark.level, bare(mark.get_title())) for mark in document.get_toc()]
        assert document.get_metadata_dict()["Title"] == full_issue.title
    for text in full_issue.articles:
        assert any(title.startswith(bare("".join(text.title))) for _level, title in marks)
    assert (0, "本期关注") in marks


def test_short_pieces_on_one_page_are_set_in_three_columns(full_issue: IssueText) -> None:
    runs = [part.articles for part in parts_of(full_issue) if part.kind == "articles"]
    shared = next(run for run in runs if len(run) > 1)
    assert [columns_of(text, shared) for text in shared] == [3, 3]
    assert {columns_of(run[0], run) for run in runs if len(run) == 1} == {2}


def test_the_proof_has_numbered_lines_and_says_what_it_is(full_issue: IssueText) -> None:
    proof, plain = pages(typeset(full_issue, proof=True)[0]), pages(typeset(full_issue)[0])
    assert len(proof) == len(plain) - 1  # without the cover
    numbered = [page for page in proof if re.search(r"(?m)^\D*1\b", page) and "2" in page]
    assert numbered
    assert proof[3] != plain[4]


def test_an_article_alone_keeps_its_planned_page_number(full_issue: IssueText, tmp_path: Path) -> None:
    text = full_issue.articles[2]
    contract.build("pdf", full_issue, tmp_path / "one.pdf", article=text)
    first = pages((tmp_path / "one.pdf").read_bytes())[0]
    assert bare(text.title_line) in bare(first)
    assert first.strip().splitlines()[-1].strip() == str(text.first_page)


# Bad input.


def refused(text: IssueText, folder: Path) -> str:
    out = folder / "out"
    out.mkdir()
    with pytest.raises(EditionError) as told:
        contract.build("pdf", text, out / "issue.pdf")
    assert list(out.iterdir()) == []
    return str(told.value)


def only(*blocks: Any, **fields: Any) -> tuple[ArticleText, IssueText]:
    text = article("one", "一枚船钉", *blocks, first_page=1, last_page=1, **fields)
    return text, issue(text)


def test_a_sign_no_font_has_is_refused_with_its_place(tmp_path: Path) -> None:
    text, whole = only(paragraph("船来了🚢。"))
    said = refused(whole, tmp_path)
    assert text.place in said
    assert "🚢" in said
    assert "U+1F6A2" in said


def test_a_text_with_a_control_character_is_refused_with_its_place(tmp_path: Path) -> None:
    text, whole = only(paragraph("船来\x0b了。"))
    assert text.place in refused(whole, tmp_path)


def test_an_article_without_text_is_refused_with_its_place(tmp_path: Path) -> None:
    text, whole = only()
    assert text.place in refused(whole, tmp_path)


@pytest.mark.parametrize("data", [None, b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_a_lost_or_broken_picture_is_refused_with_its_place(data: bytes | None, tmp_path: Path) -> None:
    shown = figure("lost")
    lost = replace(shown, file=replace(shown.file, data=data))  # type: ignore[type-var]
    text, whole = only(paragraph("有图。"), loose_figures=(lost,))
    assert text.place in refused(whole, tmp_path)


def test_missing_fonts_are_refused_with_the_packages_that_bring_them(
    full_issue: IssueText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KANWU_FONTS", str(tmp_path))
    said = refused(full_issue, tmp_path)
    assert all(package in said for package in PACKAGES)
    assert all(face in said for face in FACES)


def test_a_setting_that_goes_wrong_says_so_and_leaves_no_file(
    full_issue: IssueText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "templates"
    broken.mkdir()
    (broken / "issue.typ").write_text('#import "@preview/cetz:0.3.0": canvas', encoding="utf-8")
    monkeypatch.setattr(setting, "HERE", broken)
    assert "cetz" in refused(full_issue, tmp_path)


def test_the_fonts_print_what_journals_print() -> None:
    song = find_fonts()[0]
    assert missing_sign("刊务囯镕㛃①㊿—…·“”‘’《》〈〉〔〕※℃㎡Ⅳ→■", song) is None
    assert missing_sign("字😀", song) == "😀"


# The real issue.


@pytest.mark.slow
@pytest.mark.django_db
def test_the_contents_page_of_the_real_issue_reads_as_a_careful_person_read_it(shared: Path) -> None:
    folder = shared / "import" / "issue-2024-07"
    call_command("import_issue", str(folder / "source.md"), verbosity=0)
    text = read_issue(Issue.objects.get(year=2024, number="7"), published=False)
    data, landing = typeset(text)
    contents = letters(contents_page(pages(data)))
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    place, missing = 0, []
    for section in truth["sections"]:
        place = contents.index(letters(section["name"]), place)
        for entry in section["articles"]:
            titles = [letters(title) for title in (entry["title"], *entry["title_accept"])]
            found = [contents.find(title, place) for title in titles]
            if max(found) < 0:
                missing.append(entry["title"])
                continue
            place = min(at for at in found if at >= 0)
            names = (author["name"] for author in entry["authors"])
            missing += [name for name in names if letters(name) not in contents]
    # Where contents page and article differ in print, the importer asks; nobody has answered here.
    assert len(missing) <= 2, missing
    assert landing.articles.keys() == {each.pk for each in text.articles}
