"""What a sender changes besides the text has no version of its own: the record tells who, and what it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article, Event
from articles.stages import Stage
from journal.intake.models import ReceivedFile
from tests.e2e.word_file import word_file
from tests.factories import Cast, make_article
from tests.portal.test_manuscripts import fields, photo

SignIn = Callable[..., Client]


@pytest.fixture
def draft(cast: Cast) -> Article:
    return make_article(cast, Stage.DRAFT, submitter=cast.contributor)


def told(article: Article, action: str) -> list[Event]:
    return list(Event.objects.filter(article=article, action=action).order_by("pk"))


def test_a_changed_byline_is_told_with_what_it_was(cast: Cast, signed_in: SignIn, draft: Article) -> None:
    client = signed_in()
    address = f"/manuscripts/{draft.pk}/"
    client.post(address, fields(draft, store="1"))
    draft.refresh_from_db()
    client.post(address, fields(draft, store="1", **{"authors-0-unit": "岚江渡口管理站"}))
    event = told(draft, "bylines_changed")[-1]
    assert event.actor == cast.contributor
    assert any("芦滩镇文化站" in line for line in event.data["was"])
    assert any("岚江渡口管理站" in line for line in event.data["now"])


def test_bylines_stored_as_they_were_are_no_event(signed_in: SignIn, draft: Article) -> None:
    client = signed_in()
    client.post(f"/manuscripts/{draft.pk}/", fields(draft, store="1"))
    before = told(draft, "bylines_changed")
    draft.refresh_from_db()
    client.post(f"/manuscripts/{draft.pk}/", fields(draft, title="另一个题目", store="1"))
    assert told(draft, "bylines_changed") == before


def test_words_and_order_of_pictures_are_told(cast: Cast, signed_in: SignIn, draft: Article) -> None:
    client = signed_in()
    client.post(f"/manuscripts/{draft.pk}/pictures/", {"pictures": [photo(), photo("red")]})
    first, second = draft.figures.order_by("position")
    draft.refresh_from_db()
    words = {"caption": "晨雾中的渡口", "photographer": "郁青", "credit": "摄", "alternative": ""}
    sent = {f"f{first.pk}-{name}": said for name, said in words.items()}
    client.post(f"/manuscripts/{draft.pk}/", fields(draft, store="1", **sent))
    (described,) = told(draft, "figure_described")
    assert (described.actor, described.data["words"]) == (cast.contributor, "晨雾中的渡口\u3000郁青 摄")
    client.post(f"/manuscripts/{draft.pk}/pictures/{second.pk}/", {"do": "up"})
    client.post(f"/manuscripts/{draft.pk}/pictures/{second.pk}/", {"do": "up"})  # it is the first already
    (moved,) = told(draft, "figure_moved")
    assert (moved.actor, moved.data["was"], moved.data["now"]) == (cast.contributor, "2", "1")


def test_a_newer_file_that_changes_the_authors_is_told(
    cast: Cast, signed_in: SignIn, draft: Article, tmp_path: Any
) -> None:
    client = signed_in()
    client.post(f"/manuscripts/{draft.pk}/", fields(draft, store="1", **{"authors-0-name": "齐放"}))
    upload = SimpleUploadedFile("渡口.docx", word_file(tmp_path).read_bytes())
    client.post(f"/manuscripts/{draft.pk}/file/", {"file": upload})
    assert ReceivedFile.objects.get(article=draft).state == ReceivedFile.State.TAKEN
    event = told(draft, "bylines_changed")[-1]
    assert any("齐放" in line for line in event.data["was"])
    assert any("贺苇" in line for line in event.data["now"])


def test_what_is_published_of_a_photo_says_nothing_of_camera_and_place(
    signed_in: SignIn, draft: Article
) -> None:
    """The original keeps what the camera wrote and stays private; what is served does not have it."""
    from PIL import ExifTags, Image

    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Lanjiang Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (29.0, 30.0, 12.0)
    buffer = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(buffer, "JPEG", exif=exif, comment=b"Lanjiang Camera")
    upload = SimpleUploadedFile("渡口.jpg", buffer.getvalue(), "image/jpeg")
    client = signed_in()
    client.post(f"/manuscripts/{draft.pk}/pictures/", {"pictures": [upload]})
    figure = draft.figures.get()
    answer = client.get(figure.image.url)
    served = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    shown = Image.open(io.BytesIO(served))
    assert not shown.getexif()
    assert not shown.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert {"exif", "comment", "xmp", "icc_profile"}.isdisjoint(shown.info)
    assert b"Lanjiang" not in served
    with figure.original.open("rb") as kept:
        assert kept.read() == buffer.getvalue()
