"""What is published of a picture that was sent."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from articles.pictures import derive

pytestmark = pytest.mark.database_free


def picture(format: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, 120).save(buffer, format, **options)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_it_takes_the_four_formats_of_an_office(format: str) -> None:
    result = derive(picture(format))
    assert opened(result.read()).size == (60, 40)


def test_camera_data_is_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010F] = "camera maker"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    result = opened(derive(picture("JPEG", exif=exif)).read())
    assert result.size == (40, 60)
    assert not result.getexif()


def test_large_pictures_are_made_small_enough_to_send() -> None:
    assert max(opened(derive(picture("JPEG", (3000, 1500))).read()).size) == 2000


def test_transparency_is_kept() -> None:
    result = opened(derive(picture("PNG", mode="RGBA")).read())
    assert result.mode == "RGBA"


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is enormous; its header alone must be enough to refuse it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"GIF89a<script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture("BMP"),
        picture("JPEG")[:300],
        bomb(20_000, 20_000),
        bomb(7_000, 7_000),
    ],
    ids=["empty", "text", "polyglot", "svg", "other format", "truncated", "bomb", "too many pixels"],
)
def test_it_refuses_what_is_no_picture_with_a_sentence(data: bytes) -> None:
    with pytest.raises(ValidationError):
        derive(data)
