"""An archive is set up whole or not at all, and whatever is wrong with it is said in one sentence."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import io
import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from articles import press, workflow
from articles.models import Article, Author, Erratum, Event, Figure, Issue, Journal, Section
from articles.published_pictures import as_published
from articles.richtext import clean_html, storable
from articles.stages import IssueStage, Stage
from journal.edition.archive import export_issue
from journal.intake.archive import package
from journal.intake.archive.reading import understood
from journal.intake.archive.shape import Misshapen, shaped
from journal.intake.manuscript import NotAManuscript
from journal.issue_archive import FORMAT, VERSION, Archived, ArchivedArticle, as_bytes
from tests.archives import TEXT, files_in, packed, with_text
from tests.factories import Cast, make_section, printed_issue
from tests.public.conftest import add_author, add_figure, set_fields

pytestmark = pytest.mark.django_db

PICTURE = "0123456789abcdef" * 2


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """With sections, namesakes, a picture in a text and a correction."""
    found = printed_issue(cast, 3, year=2025, number="3", serial_number=11, slogans=["写河边的事"])
    section = make_section()
    for article in found.articles.all():
        set_fields(article, section=section, keywords=["渡口"])
        add_author(article, "李伟", "县图书馆")
    first = found.articles.in_page_order()[0]
    add_author(first, "李伟", "市档案馆", role="摄")
    figure = add_figure(first, caption="渡口", photographer="李伟", credit="摄", alternative="船")
    set_fields(first, body=f'<figure><img src="{figure.image.url}" alt="船"></figure><p>正文。</p>')
    workflow.perform(
        "approve_correction",
        first,
        cast.chief,
        reason="错字",
        notice="“度口”应为“渡口”。",
        text={"kicker": "引"},
    )
    workflow.perform("correct", Article.objects.get(pk=first.pk), cast.publisher)
    return found


@pytest.fixture
def files(issue: Issue, tmp_path: Path) -> dict[str, bytes]:
    export_issue(issue, tmp_path / "first.zip")
    return files_in(tmp_path / "first.zip")


def another(files: dict[str, bytes]) -> dict[str, bytes]:
    """The archive of an issue that is not here: other number, other codes, other pictures."""
    text = files[TEXT].decode()
    text = re.sub(r"(figures/)[0-9a-f]{32}", rf"\g<1>{PICTURE}", text)
    data = json.loads(text)
    data["issue"] |= {"number": "4", "serial_number": 12}
    for number, article in enumerate(data["articles"]):
        article["code"] = f"another-{number}"
    found = {re.sub(r"[0-9a-f]{32}", PICTURE, name): file for name, file in files.items()}
    return {**found, TEXT: json.dumps(data, ensure_ascii=False).encode()}


@pytest.fixture
def other(files: dict[str, bytes]) -> dict[str, bytes]:
    return another(files)


@pytest.fixture
def set_up(tmp_path: Path, cast: Cast) -> Callable[..., str]:
    """Import these files; what the command says."""

    def run(files: dict[str, bytes], *arguments: str, sums: dict[str, str] | None = None) -> str:
        out = io.StringIO()
        by = () if "--by" in arguments else ("--by", cast.head.username)
        call_command(
            "import_issue", str(packed(tmp_path / "任意.md", files, sums)), *arguments, *by, stdout=out
        )
        return out.getvalue()

    return run


@pytest.fixture
def refusal(set_up: Callable[..., str]) -> Callable[..., str]:
    """The sentence an import ends with; nothing was written, neither rows nor files."""

    def run(files: dict[str, bytes], *arguments: str, sums: dict[str, str] | None = None) -> str:
        before = everything()
        with pytest.raises(CommandError) as error:
            set_up(files, *arguments, sums=sums)
        assert error.value.returncode == 2
        assert everything() == before
        return str(error.value)

    return run


def everything() -> list[Any]:
    models = (Issue, Article, Author, Section, Figure, Erratum, Event, Journal)
    media = sorted(default_storage.listdir("figures")[1]) if default_storage.exists("figures") else []
    return [*(list(model._default_manager.values_list("pk")) for model in models), media]


# -- what comes in


def test_what_a_file_is_it_says_itself_whatever_it_is_called(
    set_up: Callable[..., str], other: dict[str, bytes], cast: Cast
) -> None:
    assert "3" in set_up(other)
    here = Issue.objects.get(year=2025, number="4")
    assert here.stage == IssueStage.PUBLISHED
    assert here.published_at == Issue.objects.get(number="3").published_at
    assert set(here.articles.values_list("stage", flat=True)) == {Stage.PUBLISHED}
    assert Figure.objects.get(article__issue=here).image.name == f"figures/{PICTURE}.jpg"
    notice = Erratum.objects.get(article__issue=here)
    assert notice.at == Erratum.objects.get(article__issue__number="3").at
    assert notice.by == cast.head


def test_a_dry_run_checks_all_and_writes_nothing(
    set_up: Callable[..., str], other: dict[str, bytes], tmp_path: Path
) -> None:
    before = everything()
    set_up(other, "--dry-run", "--json", str(tmp_path / "text.json"))
    assert everything() == before
    assert json.loads((tmp_path / "text.json").read_bytes()) == json.loads(other[TEXT])


def test_a_file_that_is_not_there_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as error:
        call_command("import_issue", str(tmp_path / "nowhere.zip"))
    assert "nowhere.zip" in str(error.value)


def test_every_step_is_on_record_and_nothing_passed_a_review(
    set_up: Callable[..., str], other: dict[str, bytes]
) -> None:
    set_up(other)
    here = Issue.objects.get(number="4", year=2025)
    told = list(here.events.filter(article=None).values_list("action", "actor_name"))
    assert told == [(action, "import_issue") for action in ("imported", "record_as_printed", "publish")]
    article = here.articles.get(code="another-0")
    steps = list(article.events.values_list("action", flat=True))
    assert steps == ["record_as_printed", "publish", "carry_correction"]
    call_command("verify_record", stdout=io.StringIO())


def test_authors_and_sections_that_are_here_are_not_made_twice(
    set_up: Callable[..., str], other: dict[str, bytes]
) -> None:
    before = (list(Author.objects.values_list("pk")), list(Section.objects.values_list("pk")))
    Section.objects.update(name="人物志")
    set_up(other)
    assert (list(Author.objects.values_list("pk")), list(Section.objects.values_list("pk"))) == before
    assert Section.objects.get().name == "人物志"
    assert Author.objects.filter(name="李伟").count() == 2


def test_a_code_that_is_another_persons_here_is_counted_on(
    set_up: Callable[..., str], other: dict[str, bytes]
) -> None:
    def rename(data: Any) -> None:
        for author in data["authors"]:
            author["unit"] += "分馆"

    set_up(with_text(other, rename))
    codes = set(Author.objects.filter(unit__endswith="分馆").values_list("code", flat=True))
    assert codes == {
        f"{code}-2" for code in Author.objects.exclude(unit__endswith="分馆").values_list("code", flat=True)
    }


def test_who_may_read_it_is_kept_where_the_journal_here_has_another_rule(
    set_up: Callable[..., str], other: dict[str, bytes]
) -> None:
    def close(data: Any) -> None:
        data["issue"]["visibility"] = "members" if data["issue"]["visibility"] == "public" else "public"

    set_up(with_text(other, close))
    here = Issue.objects.get(number="4")
    assert here.visibility == here.effective_visibility
    assert here.events.filter(action__in=press.DECISION_FOR.values()).count() == 1


def test_a_text_is_cleaned_like_any_other(set_up: Callable[..., str], other: dict[str, bytes]) -> None:
    wild = '<p onclick="x()">字<script>alert(1)</script></p><img src="https://elsewhere.example/x.png">'

    def put(data: Any) -> None:
        data["articles"][1]["body"] = wild

    set_up(with_text(other, put))
    assert Article.objects.get(code="another-1").body == clean_html(wild)


# -- what is refused


def test_an_issue_that_is_here_already_is_refused(
    refusal: Callable[..., str], files: dict[str, bytes]
) -> None:
    assert str(Issue.objects.get()) in refusal(files)


def test_codes_of_other_articles_are_named(
    refusal: Callable[..., str], other: dict[str, bytes], files: dict[str, bytes]
) -> None:
    theirs = json.loads(files[TEXT])["articles"][2]["code"]

    def take(data: Any) -> None:
        data["articles"][2]["code"] = theirs

    assert theirs in refusal(with_text(other, take))


def test_a_newer_version_is_told_from_a_damaged_one(
    refusal: Callable[..., str], other: dict[str, bytes]
) -> None:
    told = refusal(with_text(other, lambda data: data.update(version=VERSION + 1)))
    assert str(VERSION + 1) in told
    assert told != refusal(with_text(other, lambda data: data.update(format="another")))


def test_corrections_need_somebody_who_answers_for_them_and_may(
    refusal: Callable[..., str], other: dict[str, bytes], cast: Cast
) -> None:
    assert "--by" in refusal(other, "--by", "")
    assert refusal(other, "--by", cast.editor.username)
    assert "nobody" in refusal(other, "--by", "nobody")


@pytest.mark.parametrize("size", [3, 30, 300, -30, -1])
def test_a_cut_zip_is_refused(
    refusal: Callable[..., str], other: dict[str, bytes], tmp_path: Path, size: int
) -> None:
    whole = packed(tmp_path / "whole.zip", other).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:size])
    before = everything()
    with pytest.raises(CommandError):
        call_command("import_issue", str(tmp_path / "cut.zip"))
    assert everything() == before


def sums_of(files: dict[str, bytes], **changed: str) -> dict[str, str]:
    return {name: changed.get(name.rpartition("/")[2].partition(".")[0], "0" * 64) for name in files}


def test_a_file_that_is_not_what_its_sum_says_is_named(
    refusal: Callable[..., str], other: dict[str, bytes]
) -> None:
    assert TEXT in refusal(other, sums=sums_of(other))


@pytest.mark.parametrize(
    "name",
    [
        "../issue.json",
        "/etc/passwd",
        "media/figures/x.jpg",
        "media/../x",
        "notes.txt",
        f"media/figures/{PICTURE}.svg",
    ],
)
def test_a_name_no_archive_has_is_refused(
    refusal: Callable[..., str], other: dict[str, bytes], name: str
) -> None:
    assert name in refusal({**other, name: b"x"})


def test_a_picture_more_or_less_than_the_text_names_is_refused(
    refusal: Callable[..., str], other: dict[str, bytes]
) -> None:
    refusal({**other, f"media/figures/{'f' * 32}.jpg": b"x"})
    refusal({name: data for name, data in other.items() if name == TEXT})


def test_what_is_no_picture_or_another_format_is_refused(
    refusal: Callable[..., str], other: dict[str, bytes]
) -> None:
    name = f"media/figures/{PICTURE}.jpg"
    refusal({**other, name: b"<svg xmlns='http://www.w3.org/2000/svg'/>"})
    buffer = io.BytesIO()
    Image.new("RGBA", (20, 20), (1, 2, 3, 4)).save(buffer, "PNG")
    refusal({**other, name: buffer.getvalue()})


def test_a_file_that_unfolds_is_stopped_at_its_limit(
    refusal: Callable[..., str], other: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TEXT in refusal({**other, TEXT: b" " * (33 * 1024 * 1024)})
    monkeypatch.setattr(package, "MOST_TOGETHER", 1000)
    assert "任意.md" in refusal(other)


WRONG: dict[str, Callable[[Any], Any]] = {
    "no-object": lambda data: [data],
    "no-articles": lambda data: data.update(articles=[]),
    "a-field-missing": lambda data: data["issue"].pop("year"),
    "a-field-more": lambda data: data["articles"][0].update(stage_of="draft"),
    "a-number-for-words": lambda data: data["articles"][0].update(title=7),
    "true-for-a-number": lambda data: data["issue"].update(year=True),
    "a-fraction": lambda data: data["issue"].update(page_count=1.5),
    "below-nothing": lambda data: data["articles"][0].update(first_page=-1),
    "beyond-all": lambda data: data["issue"].update(year=10**30),
    "no-day": lambda data: data["issue"].update(publication_date="soon"),
    "a-time-of-nowhere": lambda data: data["issue"].update(published_at="2025-03-05T08:00:00"),
    "half-a-character": lambda data: data["articles"][0].update(title="\ud800"),
    "a-control-character": lambda data: data["journal"].update(name="澜\0江"),
    "an-author-nobody-knows": lambda data: data["articles"][0]["bylines"][0].update(author="nobody"),
    "a-section-nobody-knows": lambda data: data["articles"][0].update(section="nothing"),
    "a-group-in-itself": lambda data: data["authors"][0].update(
        members=[{"author": data["authors"][0]["code"], "role": "成员", "position": 1}]
    ),
    "two-at-one-place": lambda data: data["articles"][0].update(position=data["articles"][1]["position"]),
    "two-of-a-code": lambda data: data["articles"][0].update(code=data["articles"][1]["code"]),
    "still-a-draft": lambda data: data["articles"][0].update(stage="draft"),
    "taken-down-in-silence": lambda data: data["articles"][1].update(stage="retracted"),
    "a-role-nobody-has": lambda data: data["articles"][0]["bylines"][0].update(role="船长"),
    "a-title-too-long": lambda data: data["articles"][0].update(title="长" * 301),
    "no-title": lambda data: data["articles"][0].update(title=""),
    "a-bad-code": lambda data: data["articles"][0].update(code="../x"),
    "a-bad-number": lambda data: data["issue"].update(number="seven"),
    "a-year-no-journal-has": lambda data: data["issue"].update(year=17),
    "pages-backwards": lambda data: data["articles"][0].update(first_page=9, last_page=2),
    "for-nobody-known": lambda data: data["issue"].update(visibility="friends"),
    "out-next-year": lambda data: data["issue"].update(published_at="2199-01-01T00:00:00+00:00"),
    "a-monster-of-a-text": lambda data: data["articles"][0].update(body="<ul><li>" * 300),
    "deep": lambda data: data["issue"].update(slogans=json.loads("[" * 900 + "]" * 900)),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_whatever_is_wrong_in_its_text_is_refused_in_one_sentence(
    refusal: Callable[..., str], other: dict[str, bytes], wrong: str
) -> None:
    def change(data: Any) -> Any:
        result = WRONG[wrong](data)
        return result if isinstance(result, list) else None

    told = refusal(with_text(other, change))
    assert "Traceback" not in told
    assert 8 < len(told) < 400


def test_a_failure_on_the_way_takes_the_pictures_away_again(
    refusal: Callable[..., str], other: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any, **_words: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Erratum, "save_base", full)
    refusal(other)


def test_what_a_killed_import_left_behind_is_in_nobodys_way(
    set_up: Callable[..., str], other: dict[str, bytes], refusal: Callable[..., str]
) -> None:
    name = f"figures/{PICTURE}.jpg"
    with default_storage.open(name, "wb") as file:
        file.write(b"another picture")
    assert PICTURE in refusal(other)
    with default_storage.open(name, "wb") as file:
        file.write(other[f"media/{name}"][:40])
    set_up(other)
    assert Figure.objects.get(article__code="another-0").width == 60


def test_notices_are_carried_over_once_and_no_others(
    set_up: Callable[..., str], other: dict[str, bytes], cast: Cast
) -> None:
    set_up(other)
    notice = Erratum.objects.get(article__code="another-0")
    words = {"notice": notice.notice, "reason": notice.reason, "at": notice.at}
    for changed in ({}, {"notice": "另一条。"}, {"at": notice.at + datetime.timedelta(1)}):
        with pytest.raises(workflow.Refused) as refused:
            workflow.perform("carry_correction", notice.article, cast.head, **{**words, **changed})
        assert refused.value.code == "not-in-archive"
    with pytest.raises(workflow.Refused):
        workflow.perform("carry_take_down", notice.article, cast.head, **words)


# -- pictures


def test_a_picture_of_ours_is_taken_over_byte_for_byte_any_other_written_anew() -> None:
    exif = Image.Exif()
    exif[0x9286] = "35.0N 104.0E"
    plain, telling = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (60, 40), "#456").save(plain, "JPEG")
    Image.new("RGB", (60, 40), "#456").save(telling, "JPEG", exif=exif)
    assert as_published(plain.getvalue(), "x.jpg") == plain.getvalue()
    assert b"35.0N" in telling.getvalue()
    assert b"35.0N" not in as_published(telling.getvalue(), "x.jpg")
    assert b"<script" not in as_published(plain.getvalue() + b"<script>", "x.jpg")


# -- the text


WORDS = st.text(max_size=12).map(storable)
st.register_type_strategy(str, WORDS)
INTEGERS = st.integers(min_value=0, max_value=2**31 - 1)
st.register_type_strategy(int, INTEGERS)
MOMENTS = st.datetimes(min_value=datetime.datetime(1900, 1, 1), timezones=st.just(datetime.UTC))
st.register_type_strategy(datetime.datetime, MOMENTS)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.builds(Archived, articles=st.lists(st.from_type(ArchivedArticle), max_size=2).map(tuple)))
def test_whatever_is_written_is_read_back(archived: Archived) -> None:
    data = json.loads(as_bytes(archived))
    assert (data.pop("format"), data.pop("version")) == (FORMAT, VERSION)
    assert shaped(Archived, data) == archived
    assert as_bytes(dataclasses.replace(archived)) == as_bytes(archived)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places_in(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [here, *(place for key, value in inner for place in places_in(value, (*here, key)))]


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_anything_put_anywhere_is_read_or_refused(sample: Any, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places_in(sample)))
    value, changed = data.draw(ANYTHING), copy.deepcopy(sample)
    if place:
        inner = changed
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = value
    else:
        changed = value
    with suppress(NotAManuscript):
        assert isinstance(understood(json.dumps(changed).encode()), Archived)


@pytest.fixture
def sample(files: dict[str, bytes]) -> Any:
    return json.loads(files[TEXT])


def test_the_place_of_a_mistake_is_named(sample: Any) -> None:
    sample["articles"][2]["bylines"][0]["role"] = 5
    del sample["format"], sample["version"]
    with pytest.raises(Misshapen) as error:
        shaped(Archived, sample)
    assert str(error.value) == "articles[2].bylines[0].role"
