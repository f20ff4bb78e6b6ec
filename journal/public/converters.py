"""How an issue's number and a picture's name look in an address."""

from __future__ import annotations

__all__ = ["IssueNumber", "PictureName"]


class Text:
    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


class IssueNumber(Text):
    """``9``, merged ``9-10``, supplement ``S1``."""

    regex = r"[1-9]\d?(?:-[1-9]\d?)?|S[1-9]\d?"


class PictureName(Text):
    """A derivative's random name, as ``articles.richtext`` allows it in a text, or a rendition's."""

    regex = r"[0-9a-f]{32}(?:\.(?:jpg|png|webp)|-\d{3,4}\.(?:avif|webp))"
