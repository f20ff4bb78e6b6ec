"""How an issue's number, a picture's name and a file's look in an address."""

from __future__ import annotations

__all__ = ["FileName", "IssueNumber", "PictureName"]


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


class FileName(Text):
    """What a file of an issue that readers may be offered is called: ``2024-07.pdf``."""

    regex = r"[0-9]{4}-[0-9S-]{1,7}\.(?:pdf|epub)"
