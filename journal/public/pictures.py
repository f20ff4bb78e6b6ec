"""A picture as readers' pages show it: the smallest file that fills its place, in the newest format known."""

from __future__ import annotations

from itertools import groupby

from django.core.files.storage import default_storage
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles import renditions
from articles.models import Figure

__all__ = ["COLUMN", "COVER", "STORY", "picture"]

#: How wide a picture stands, as the style sheets have it: in an article, in the contents, a cover.
COLUMN = "(min-width: 46rem) 43rem, 92vw"
STORY = "(min-width: 46rem) 20rem, 92vw"
COVER = "(min-width: 46rem) 20rem, 60vw"


def picture(
    figure: Figure, words: str, *, sizes: str = COLUMN, lazy: bool = True, css: str = ""
) -> SafeString:
    """``<picture>`` with its measures, so that the page does not jump while it loads.

    ``words`` is the alternative text; ``sizes`` says how wide it stands.
    """
    name = str(figure.image.name)
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        (
            (kind, ", ".join(f"{default_storage.url(one.name)} {one.width}w" for one in group), sizes)
            for kind, group in groupby(renditions.of(name, figure.width), key=lambda one: one.kind)
        ),
    )
    image = format_html(
        '<img{} src="{}" alt="{}" width="{}" height="{}"{} decoding="async">',
        format_html(' class="{}"', css) if css else "",
        figure.image.url,
        words,
        figure.width,
        figure.height,
        format_html(' loading="{}"', "lazy") if lazy else "",
    )
    return format_html("<picture>{}{}</picture>", sources, image) if sources else image
