"""Pictures in: re-encoded before anybody sees them; the original stays private and untouched."""

from __future__ import annotations

import io
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

__all__ = ["FORMATS", "MAX_BYTES", "MAX_PIXELS", "derive"]

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 40_000_000
MAX_BYTES = 40 * 1024 * 1024
#: The longest side of what is published, in pixels.
LONGEST_SIDE = 2000


def derive(data: bytes) -> ContentFile[bytes]:
    """The published form of a picture: upright, at most 2,000 pixels long, without camera data.

    Photographs become JPEG, pictures with transparency PNG. Raises ``ValidationError`` with a sentence for
    what is no picture, is damaged, or would unfold to more than 40 million pixels (refused before decoding).
    """
    if len(data) > MAX_BYTES:
        raise ValidationError(_("This picture is larger than 40 MB. Save it smaller, then send it again."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise Image.DecompressionBombError
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(picture)
                return encode(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            _("This picture has more than 40 million pixels. Save it smaller, then send it again.")
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Warning) as error:
        raise ValidationError(
            _("This file cannot be read as a JPEG, PNG, WebP or GIF picture; nothing was stored.")
        ) from error


def encode(picture: Image.Image) -> ContentFile[bytes]:
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    clean = picture.convert("RGBA" if transparent else "RGB")
    clean.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clean.info = {}
    buffer = io.BytesIO()
    if transparent:
        clean.save(buffer, "PNG", optimize=True)
        return ContentFile(buffer.getvalue(), "picture.png")
    clean.save(buffer, "JPEG", quality=84, optimize=True, progressive=True)
    return ContentFile(buffer.getvalue(), "picture.jpg")
