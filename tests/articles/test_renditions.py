"""Smaller copies of pictures: which there are, that they are made whole, once, and go with their picture."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from articles import renditions
from articles.figures import add_figure, remove_figure
from articles.models import Figure
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db


def photo(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.effect_mandelbrot((width, height), (-3, -2.5, 2, 2.5), 60).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
def cast(db: object) -> Cast:
    return Cast()


@pytest.fixture
def figure(cast: Cast) -> Figure:
    return add_figure(make_article(cast), photo(1000, 500), "渡口.jpg", cast.editor)


def files_of(figure: Figure) -> set[str]:
    stem = Path(figure.image.path)
    return {path.name.removeprefix(stem.stem) for path in stem.parent.glob(f"{stem.stem}*")}


def test_no_rendition_is_wider_than_the_picture() -> None:
    assert [(one.width, one.kind) for one in renditions.of("figures/a.jpg", 960)] == [
        (480, "avif"),
        (960, "avif"),
        (480, "webp"),
        (960, "webp"),
    ]
    assert renditions.of("figures/a.jpg", 479) == []


def test_they_are_made_when_first_asked_for_and_keep_the_shape(figure: Figure) -> None:
    assert files_of(figure) == {".jpg"}
    names = renditions.made(str(figure.image.name))
    assert names == [one.name for one in renditions.of(str(figure.image.name), figure.width)]
    sizes = []
    for name in names:
        with default_storage.open(name) as file, Image.open(file) as picture:
            sizes.append((picture.format, picture.size))
    assert sizes == [
        ("AVIF", (480, 240)),
        ("AVIF", (960, 480)),
        ("WEBP", (480, 240)),
        ("WEBP", (960, 480)),
    ]


def test_what_is_there_is_not_made_again(figure: Figure) -> None:
    names = renditions.made(str(figure.image.name))
    before = [Path(default_storage.path(name)).stat().st_mtime_ns for name in names]
    assert renditions.made(str(figure.image.name)) == names
    assert [Path(default_storage.path(name)).stat().st_mtime_ns for name in names] == before


def test_the_same_picture_gives_the_same_bytes(figure: Figure) -> None:
    name = renditions.made(str(figure.image.name))[0]
    first = Path(default_storage.path(name)).read_bytes()
    default_storage.delete(name)
    renditions.made(str(figure.image.name))
    assert Path(default_storage.path(name)).read_bytes() == first


def test_a_failure_leaves_no_half_file(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", fail)
    with pytest.raises(OSError, match="No space"):
        renditions.made(str(figure.image.name))
    assert files_of(figure) == {".jpg"}
    assert not [path for path in Path(figure.image.path).parent.iterdir() if path.suffix == ".tmp"]


def test_a_file_is_found_by_its_own_name_and_by_a_renditions(figure: Figure) -> None:
    file = str(figure.image.name).removeprefix("figures/")
    smaller = file.replace(".jpg", "-480.webp")
    assert Figure.objects.named(file).get() == Figure.objects.named(smaller).get() == figure
    assert figure.open_named(smaller).read(4) == b"RIFF"
    assert not Figure.objects.named(file.replace(".jpg", "-481.webp")).exists()
    with pytest.raises(FileNotFoundError):
        figure.open_named(file.replace(".jpg", "-1600.webp"))


def test_they_go_with_their_picture(
    figure: Figure, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    renditions.made(str(figure.image.name))
    with django_capture_on_commit_callbacks(execute=True):
        remove_figure(figure, cast.editor)
    assert files_of(figure) == set()


def test_a_missing_picture_is_no_picture() -> None:
    assert renditions.source_of("figures/" + "a" * 32 + ".jpg") is None
    name = default_storage.save("figures/" + "b" * 32 + ".jpg", ContentFile(b"x"))
    default_storage.delete(name)
    with pytest.raises(FileNotFoundError):
        renditions.made(name)
