"""Caption and credit: the text says them, the rows follow, and nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from articles import captions
from articles.captions import Words, places, rewritten, spelled_out, words_of
from articles.models import Article, Figure
from articles.richtext import clean_html
from tests.factories import Cast, make_draft

A, B = f"figures/{'a' * 32}.jpg", f"figures/{'b' * 32}.png"


def figure(name: str, line: str = "", alt: str = "") -> str:
    caption = f"<figcaption>{line}</figcaption>" if line else ""
    alternative = f' alt="{alt}"' if alt else ""
    return f'<figure><img src="/media/{name}"{alternative}>{caption}</figure>'


@pytest.mark.database_free
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("渡口的清晨　郁青 摄", Words("渡口的清晨", "郁青", "摄")),
        ("渡口的清晨　郁青、段小北 摄影", Words("渡口的清晨", "郁青、段小北", "摄")),
        ("渡口的清晨（郁青 摄）", Words("渡口的清晨", "郁青", "摄")),
        ("渡口的清晨 郁青/摄", Words("渡口的清晨", "郁青", "摄")),
        ("9月28日上午10时，木船下水　Ann Lee 摄", Words("9月28日上午10时，木船下水", "Ann Lee", "摄")),
        ("市档案馆供图", Words("", "市档案馆", "供图")),
        ("老井分布　城建局 制图", Words("老井分布", "城建局", "制图")),
        ("渡口的清晨", Words("渡口的清晨")),
        ("", Words()),
    ],
)
def test_a_printed_line_is_taken_apart(line: str, words: Words) -> None:
    assert words_of(line) == words


@pytest.mark.database_free
@pytest.mark.parametrize(
    "words",
    [
        Words("渡口的清晨", "郁青", "摄"),
        Words("两岸 之间", "Ann Lee", "供图"),
        Words("", "郁青", "摄"),
        Words("只有图注"),
    ],
)
def test_what_is_written_is_read_again(words: Words) -> None:
    assert words_of(words.line) == words


@pytest.mark.database_free
def test_a_caption_belongs_to_the_first_picture_of_its_figure() -> None:
    html = (
        f'<figure><img src="/media/{A}"><img src="/media/{B}"><figcaption>甲 &amp; 乙</figcaption></figure>'
    )
    assert [(place.name, place.words.caption) for place in places(html)] == [(A, "甲 & 乙"), (B, "")]


@pytest.fixture(autouse=True)
def own_store(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The field binds its storage when the model is made: bind it to this test's folder."""
    monkeypatch.setattr(Figure._meta.get_field("original"), "storage", storages["originals"])


@pytest.fixture
def article(db: object, cast: Cast) -> Article:
    return make_draft(cast)


@pytest.fixture
def cast(db: object) -> Cast:
    return Cast()


@pytest.fixture
def rows(article: Article) -> tuple[Figure, Figure]:
    first = Figure(
        article=article, position=1, caption="旧", photographer="郁青", credit="摄", alternative="旧图"
    )
    second = Figure(article=article, position=2, caption="第二")
    for row, name in ((first, A), (second, B)):
        row.image.name = name
        row.width = row.height = 10
        Figure.objects.bulk_create([row])
    return first, second


def test_the_rows_follow_the_text(article: Article, rows: tuple[Figure, Figure]) -> None:
    article.body = figure(B, "新的第二　段小北 供图", "第二张") + figure(A, "新的")
    article.save()
    first, second = (Figure.objects.get(pk=row.pk) for row in rows)
    assert (second.caption, second.photographer, second.credit) == ("新的第二", "段小北", "供图")
    assert (second.alternative, second.position) == ("第二张", 1)
    assert (first.caption, first.position) == ("新的", 2)


def test_what_a_text_leaves_unsaid_stays_in_the_row(article: Article, rows: tuple[Figure, Figure]) -> None:
    article.body = figure(A, "新的")
    article.save()
    first = Figure.objects.get(pk=rows[0].pk)
    assert (first.photographer, first.credit, first.alternative) == ("郁青", "摄", "旧图")


def test_for_an_editor_who_saw_everything_spelled_out_leaving_out_is_a_decision(
    article: Article, rows: tuple[Figure, Figure]
) -> None:
    article.body = figure(A, "新的")
    article.save()
    captions.follow(article, complete=True)
    first = Figure.objects.get(pk=rows[0].pk)
    assert (first.caption, first.photographer, first.credit, first.alternative) == ("新的", "", "", "")


def test_what_is_spelled_out_is_clean_and_says_what_the_rows_say(rows: tuple[Figure, Figure]) -> None:
    shown = spelled_out(figure(A, "旧") + "<p>文</p>" + figure(B), rows)
    assert clean_html(shown) == shown
    assert [place.words for place in places(shown)] == [Words("旧", "郁青", "摄"), Words("第二")]
    assert places(shown)[0].alternative == "旧图"
    assert spelled_out(shown, rows) == shown


def test_words_can_be_put_into_the_text(rows: tuple[Figure, Figure]) -> None:
    html = f"<p>前</p>{figure(A, '旧', '旧图')}{figure(B)}"
    changed = rewritten(html, A, Words("江&岸", "郁青", "摄"), '"新"')
    assert clean_html(changed) == changed
    assert places(changed)[0] == captions.Place(A, Words("江&岸", "郁青", "摄"), '"新"')
    assert changed.endswith(figure(B))


def test_a_text_without_pictures_costs_no_query(article: Article, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        captions.follow(article)


def test_an_unchanged_text_writes_no_row(
    article: Article, rows: tuple[Figure, Figure], django_assert_num_queries: object
) -> None:
    article.body = figure(A, "旧　郁青 摄", "旧图") + figure(B, "第二")
    article.save()
    with django_assert_num_queries(1):  # type: ignore[operator]
        captions.follow(article)


def test_no_cleaned_figure_makes_the_readers_of_captions_stumble() -> None:
    for inner in ("", "<figcaption></figcaption>", "<figcaption>甲<br>乙</figcaption>", "<p>甲</p>"):
        html = clean_html(f"<figure>{inner}</figure>")
        assert places(html) == []
        assert rewritten(html, A, Words("x"), "") == html


def test_an_original_is_never_written_again(article: Article, rows: tuple[Figure, Figure]) -> None:
    first = rows[0]
    first.original.save("x", ContentFile(b"raw"))
    name = first.original.name
    article.body = figure(A, "新的　郁青 摄")
    article.save()
    first = Figure.objects.get(pk=first.pk)
    assert first.original.name == name
    assert first.original.read() == b"raw"


def test_a_sentence_that_ends_in_the_word_for_taken_is_no_name() -> None:
    said = "第三根水尺，2026年4月复测时摄"
    assert words_of(said) == Words(said)
    assert words_of("郁青 摄") == Words("", "郁青", "摄")
