"""Pictures come in by one address that answers JSON, and are described on one page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles import figures, pictures_in_child, workflow
from articles.models import Article, Event, Figure
from articles.pictures import MAX_BYTES
from articles.refusals import Refused
from articles.stages import Stage
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db


def picture(format: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (160, 90, 40)).save(buffer, format, **options)
    return buffer.getvalue()


def sent(data: bytes | None = None, name: str = "江边.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if data is None else data, "image/jpeg")


def upload_to(article: Article) -> str:
    return reverse("admin:articles_article_upload", args=[article.pk])


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_pictures", args=[article.pk])


@pytest.fixture(autouse=True)
def own_store(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The field binds its storage when the model is made: bind it to this test's folder."""
    monkeypatch.setattr(Figure._meta.get_field("original"), "storage", storages["originals"])


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW)


@pytest.fixture
def editor(at_desk: Callable[..., Client]) -> Client:
    return at_desk("editor")


@pytest.fixture
def taken(editor: Client, article: Article) -> Figure:
    return Figure.objects.get(pk=editor.post(upload_to(article), {"upload": sent()}).json()["id"])


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_picture_is_taken_under_a_random_name_and_its_original_kept_in_private(
    editor: Client, article: Article, data_folder: Path
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "camera maker"
    exif.get_ifd(0x8825)[1] = "N"
    data = picture(exif=exif)
    response = editor.post(upload_to(article), {"upload": sent(data, "../../江边<b>.html")})
    told = response.json()
    figure = Figure.objects.get(pk=told["id"])
    assert response.status_code == 201
    assert re.fullmatch(r"/media/figures/[0-9a-f]{32}\.jpg", told["url"])
    assert (told["width"], told["height"]) == (60, 40)
    assert (figure.article, figure.position, figure.original_name) == (article, 1, "江边<b>.html")
    assert figure.original.read() == data
    assert not dict(Image.open(io.BytesIO(figure.image.read())).getexif())
    assert Path(figure.original.path).is_relative_to(data_folder / "originals")


def test_it_stands_in_the_record(taken: Figure, article: Article, cast: Cast) -> None:
    event = Event.objects.get(action="figure_added", article=article)
    assert event.actor == cast.editor
    assert event.data["image"] == taken.image.name


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture()[:200],
        picture("BMP"),
        picture("PNG", (9000, 5000)),
    ],
    ids=["empty", "polyglot", "svg", "cut off", "another format", "45 megapixels"],
)
def test_what_is_no_picture_for_readers_is_refused_and_leaves_nothing(
    editor: Client, article: Article, data_folder: Path, data: bytes
) -> None:
    response = editor.post(upload_to(article), {"upload": sent(data)})
    assert response.status_code == 422
    assert response.json().keys() == {"message"}
    assert response.json()["message"]
    assert not Figure.objects.exists()
    assert files_in(data_folder) == []


def test_more_than_forty_megabytes_are_refused_before_they_are_read(editor: Client, article: Article) -> None:
    response = editor.post(
        upload_to(article), {"upload": sent()}, headers={"Content-Length": str(MAX_BYTES * 2)}
    )
    assert response.status_code in {413, 422}
    too_much = SimpleUploadedFile("x.jpg", b"\xff" * (MAX_BYTES + 70_000), "image/jpeg")
    response = editor.post(upload_to(article), {"upload": too_much})
    assert response.status_code == 413
    assert not Figure.objects.exists()


def test_a_form_without_a_picture_is_told_so(editor: Client, article: Article) -> None:
    response = editor.post(upload_to(article), {"other": "x"})
    assert (response.status_code, response["Content-Type"]) == (422, "application/json")


def test_it_is_posted_to_and_nothing_else(editor: Client, article: Article) -> None:
    assert editor.get(upload_to(article)).status_code == 405
    assert editor.put(upload_to(article)).status_code == 405


def test_a_token_is_asked_for(at_desk: Callable[..., Client], article: Article) -> None:
    strict = at_desk("editor", enforce_csrf_checks=True)
    assert strict.post(upload_to(article), {"upload": sent()}).status_code == 403
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("", 401),
        ("reader", 403),
        ("contributor", 403),
        ("registrar", 403),
        ("head", 403),
        ("audit_officer", 404),
    ],
)
def test_who_may_not_change_this_text_here_adds_no_picture_to_it(
    at_desk: Callable[..., Client], article: Article, person: str, status: int
) -> None:
    response = at_desk(person).post(upload_to(article), {"upload": sent()})
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    assert response.json()["message"]
    assert not Figure.objects.exists()


@pytest.mark.parametrize("stage", [Stage.SECOND_REVIEW, Stage.RELEASED, Stage.REJECTED])
def test_where_the_text_stands_decides_at_the_moment_of_sending(
    editor: Client, cast: Cast, stage: Stage
) -> None:
    article = make_article(cast, stage)
    assert editor.post(upload_to(article), {"upload": sent()}).status_code == 403


def test_a_manuscript_that_is_not_there_is_said_to_be_missing(editor: Client) -> None:
    response = editor.post(reverse("admin:articles_article_upload", args=[987654]), {"upload": sent()})
    assert response.status_code == 404
    assert response.json()["message"]


def test_a_manuscript_holds_a_hundred_pictures(
    editor: Client, article: Article, monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    monkeypatch.setattr(figures, "MOST", 1)
    assert editor.post(upload_to(article), {"upload": sent()}).status_code == 201
    kept = len(files_in(data_folder))
    assert editor.post(upload_to(article), {"upload": sent()}).status_code == 422
    assert len(files_in(data_folder)) == kept


def test_the_decoder_works_under_limits(
    monkeypatch: pytest.MonkeyPatch, article: Article, cast: Cast
) -> None:
    monkeypatch.setattr(pictures_in_child, "CLOCK_SECONDS", 0.001)
    with pytest.raises(pictures_in_child.ValidationError, match=r"内存|memory"):
        figures.add_figure(article, picture(), "x.jpg", cast.editor)


def words(figure: Figure, article: Article, **said: str) -> dict[str, Any]:
    prefix = f"f{figure.pk}-"
    given = {"caption": "", "photographer": "", "credit": "", "alternative": "", **said}
    return {
        "do": "words",
        "figure": figure.pk,
        "seen_version": article.version,
        **{prefix + name: value for name, value in given.items()},
    }


def test_a_picture_the_text_does_not_show_is_described_in_its_row(
    editor: Client, article: Article, taken: Figure
) -> None:
    said = {"caption": "渡口的\n清晨", "photographer": "郁青 段小北", "credit": "摄", "alternative": "江面"}
    assert editor.post(page_of(article), words(taken, article, **said)).status_code == 302
    taken.refresh_from_db()
    assert (taken.caption, taken.credit_line) == ("渡口的 清晨", "郁青、段小北 摄")
    assert taken.alternative == "江面"


def show(article: Article, figure: Figure, line: str = "旧图注") -> None:
    article.refresh_from_db()
    article.body = f'<p>文</p><figure><img src="{figure.image.url}"><figcaption>{line}</figcaption></figure>'
    article.save()


def test_the_record_tells_who_changed_which_words_of_a_picture(
    editor: Client, cast: Cast, article: Article, taken: Figure
) -> None:
    for caption in ("渡口", "渡口", "清晨的渡口"):
        editor.post(page_of(article), words(taken, article, caption=caption))
    told = Event.objects.filter(action="figure_described", article=article, actor=cast.editor)
    assert [(event.data["was"], event.data["words"]) for event in told] == [
        ("", "渡口"),
        ("渡口", "清晨的渡口"),
    ]


def test_a_manuscript_that_moved_on_while_a_picture_was_decoded_takes_none(
    cast: Cast, data_folder: Path
) -> None:
    article = make_article(cast, Stage.RETURNED)
    seen = Article.objects.get(pk=article.pk)
    workflow.perform("resubmit", article, cast.contributor)
    with pytest.raises(Refused) as refused:
        figures.add_figure(seen, picture(), "x.jpg", cast.contributor)
    assert refused.value.status == 409
    assert not article.figures.exists()
    assert files_in(data_folder) == []


def test_a_picture_the_text_shows_is_described_in_the_text(
    editor: Client, article: Article, taken: Figure
) -> None:
    show(article, taken)
    said = {"caption": "新图注", "photographer": "郁青", "credit": "供图", "alternative": "江面"}
    assert editor.post(page_of(article), words(taken, article, **said)).status_code == 302
    article.refresh_from_db()
    taken.refresh_from_db()
    assert "<figcaption>新图注　郁青 供图</figcaption>" in article.body
    assert (taken.caption, taken.photographer, taken.credit) == ("新图注", "郁青", "供图")


def test_words_for_a_text_that_moved_on_are_refused_and_change_nothing(
    editor: Client, article: Article, taken: Figure
) -> None:
    show(article, taken)
    stale = words(taken, article, caption="后来的")
    show(article, taken, "别人先写的")
    response = editor.post(page_of(article), stale)
    article.refresh_from_db()
    taken.refresh_from_db()
    assert response.status_code == 409
    assert "别人先写的" in article.body
    assert taken.caption == "别人先写的"


def test_a_credit_needs_somebody_to_credit(editor: Client, article: Article, taken: Figure) -> None:
    response = editor.post(page_of(article), words(taken, article, caption="甲", credit="摄"))
    assert response.status_code == 422
    taken.refresh_from_db()
    assert taken.caption == ""


def test_a_picture_is_removed_only_when_the_text_does_not_show_it(
    editor: Client, article: Article, taken: Figure, data_folder: Path
) -> None:
    show(article, taken)
    remove = {"do": "remove", "figure": taken.pk}
    assert editor.post(page_of(article), remove).status_code == 409
    article.body = "<p>文</p>"
    article.save()
    assert editor.post(page_of(article), remove).status_code == 302
    assert not Figure.objects.exists()
    assert Event.objects.filter(action="figure_removed", article=article).exists()
    assert files_in(data_folder / "originals")


def test_pictures_behind_the_text_are_put_in_order(editor: Client, article: Article) -> None:
    keys = [editor.post(upload_to(article), {"upload": sent()}).json()["id"] for _ in range(3)]
    editor.post(page_of(article), {"do": "up", "figure": keys[2]})
    editor.post(page_of(article), {"do": "down", "figure": keys[0]})
    order = list(article.figures.order_by("position").values_list("pk", flat=True))
    assert order == [keys[2], keys[0], keys[1]]


def test_the_page_takes_files_without_a_script(editor: Client, article: Article) -> None:
    response = editor.post(page_of(article), {"do": "add", "upload": [sent(), sent(name="b.png")]})
    assert response.status_code == 302
    assert article.figures.count() == 2


@pytest.mark.parametrize("figure", ["0", "x", "", "99999999999999999999"])
def test_a_picture_of_another_manuscript_cannot_be_reached(
    editor: Client, cast: Cast, article: Article, taken: Figure, figure: str
) -> None:
    other = make_article(cast, Stage.FIRST_REVIEW)
    for key in (figure, str(taken.pk)):
        assert editor.post(page_of(other), {"do": "remove", "figure": key}).status_code == 404
    assert Figure.objects.filter(pk=taken.pk).exists()


def test_who_may_only_read_sees_the_pictures_and_no_form(
    at_desk: Callable[..., Client], article: Article, taken: Figure
) -> None:
    client = at_desk("proofreader")
    page = client.get(page_of(article))
    assert page.status_code == 200
    assert 'name="do"' not in page.content.decode()
    assert client.post(page_of(article), {"do": "remove", "figure": taken.pk}).status_code == 403


def test_names_of_files_are_words_and_not_mark_up(editor: Client, article: Article) -> None:
    editor.post(upload_to(article), {"upload": sent(name="<img src=x onerror=alert(1)>.jpg")})
    for address in (page_of(article), reverse("admin:articles_article_change", args=[article.pk])):
        assert "<img src=x" not in editor.get(address).content.decode()


def test_the_page_runs_as_many_queries_for_twenty_pictures_as_for_two(
    editor: Client, article: Article, django_assert_max_num_queries: Any
) -> None:
    for _ in range(2):
        editor.post(upload_to(article), {"upload": sent()})
    for row in list(article.figures.all()) * 9:
        row.pk = None
        Figure.objects.bulk_create([row])
    with django_assert_max_num_queries(15):
        assert editor.get(page_of(article)).status_code == 200
