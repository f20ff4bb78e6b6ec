"""The reader's edition in other clothes: traditional characters (``/zh-hant/``), an English frame (``/en/``).

A variant is a prefix before the simplified page's address. Every page a person reads has one; what only
machines read (feeds, citations, the map of the site) has none. ``READER_VARIANTS`` says which are shown.
Who may open a page does not depend on it: the address behind the prefix leads to the same view with the
same arguments.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

__all__ = [
    "APP",
    "SIMPLIFIED",
    "VARIANTS",
    "Variant",
    "other_scripts",
    "others",
    "shown",
    "text_of",
    "variant_of",
]

#: The application namespace of the addresses with a prefix. Not the readers' own, or Django would answer
#: ``{% url "public:feed" %}`` on such a page with an address that is not there.
APP = "variant"


@dataclass(frozen=True)
class Variant:
    """``tag`` is the language of the page (BCP 47), ``language`` the interface's, ``name`` its own name."""

    prefix: str
    tag: str
    language: str
    name: str
    locale: str = "zh_CN"

    @property
    def has_own_text(self) -> bool:
        """Whether the text itself is another one and not only the frame around it."""
        return self.tag.startswith("zh")

    def address(self, path: str) -> str:
        """This variant's address of the simplified page at ``path``."""
        return f"/{self.prefix}{path}" if self.prefix else path

    def bare(self, path: str) -> str:
        """The simplified page's address behind an address of this variant."""
        return path[len(self.prefix) + 1 :] if self.prefix else path


SIMPLIFIED = Variant("", "zh-Hans", settings.LANGUAGE_CODE, "简体")
VARIANTS = (
    Variant("zh-hant", "zh-Hant", settings.LANGUAGE_CODE, "繁體", "zh_TW"),
    Variant("en", "en", "en", "English"),
)


def shown() -> list[Variant]:
    """The variants of this installation, besides the simplified edition."""
    return [variant for variant in VARIANTS if variant.prefix in settings.READER_VARIANTS]


def variant_of(path: str) -> Variant:
    """The variant on show that an address belongs to; any other address is of the simplified edition."""
    first = path[1:].partition("/")[0]
    return next((variant for variant in shown() if variant.prefix == first), SIMPLIFIED)


def text_of(path: str) -> Variant:
    """The variant whose text stands at an address: an English frame holds that of the simplified edition."""
    variant = variant_of(path)
    return variant if variant.has_own_text else SIMPLIFIED


def others(path: str) -> list[tuple[Variant, str]]:
    """Every variant on show, the simplified edition first, with its address of the page at ``path``."""
    bare = variant_of(path).bare(path)
    return [(variant, variant.address(bare)) for variant in (SIMPLIFIED, *shown())]


def other_scripts(path: str) -> list[tuple[Variant, str]]:
    """The page in each script, with its address: what search engines choose from. Empty when it has one."""
    found = [(variant, address) for variant, address in others(path) if variant.has_own_text]
    return found if len(found) > 1 else []
