"""A picture another house has published: taken over byte for byte where it is what we would write ourselves.

Everything is decoded in the child with limits first (``pictures_in_child``); what carries anything besides
the picture, camera data say, is published as it was written anew.
"""

from __future__ import annotations

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

from articles.pictures import LONGEST_SIDE
from articles.pictures_in_child import derive_in_child

__all__ = ["as_published"]

#: How a file ends that ``pictures.encode`` wrote, and what its head may say.
ENDS = {"jpg": b"\xff\xd9", "png": b"IEND\xaeB`\x82"}
SAID = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def as_published(data: bytes, name: str) -> bytes:
    """The bytes to publish as ``name``, which ends in ``.jpg`` or ``.png``.

    Raises ``ValidationError`` with a sentence for what is no picture, is damaged or of another format.
    """
    ending = name.rpartition(".")[2]
    derived = derive_in_child(data)
    if not str(derived.name).endswith(f".{ending}"):
        raise ValidationError(_("A picture is not of the format its name says."))
    return data if is_plain(data, ending) else derived.read()


def is_plain(data: bytes, ending: str) -> bool:
    """Whether it is no larger than what we publish and its file holds nothing but the picture."""
    with Image.open(io.BytesIO(data), formats=["JPEG" if ending == "jpg" else "PNG"]) as picture:
        return data.endswith(ENDS[ending]) and set(picture.info) <= SAID and max(picture.size) <= LONGEST_SIDE
