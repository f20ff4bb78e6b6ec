"""How many pages a manuscript is likely to need: characters ÷ the section's characters a page + figures."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.core.cache import cache
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import MD5, Coalesce

from articles import richtext

__all__ = ["Estimate", "estimates"]

#: What one picture takes of a page, and how much may be gained by setting a text a little tighter.
PICTURE, TIGHTER = Fraction(1, 3), Fraction(1, 10)
USUAL_CHARACTERS = 1600
KEPT_FOR = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Estimate:
    """``characters`` of the running text, ``figures`` in it, ``pages`` it is likely to take: at least one."""

    characters: int
    figures: int
    pages: int


def estimates(articles: Any) -> dict[int, Estimate]:
    """Key → estimate of every article of a query set; two queries at most.

    Counting characters means reading the whole text; the count is remembered under the text's own digest.
    """
    from articles.models import Figure

    of_article = Figure.objects.filter(article=OuterRef("pk"), role="body").order_by().values("article")
    figures = Subquery(of_article.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    rows = list(
        articles.order_by().values_list(
            "pk", MD5("body"), Coalesce(figures, 0), "section__characters_per_page"
        )
    )
    counted = characters_of([(pk, digest) for pk, digest, _figures, _a_page in rows])
    return {
        pk: Estimate(counted[pk], pictures, pages_for(counted[pk], pictures, a_page or USUAL_CHARACTERS))
        for pk, _digest, pictures, a_page in rows
    }


def pages_for(characters: int, figures: int, characters_a_page: int) -> int:
    pages = Fraction(characters, characters_a_page) + figures * PICTURE
    return max(1, math.ceil(pages - TIGHTER))


def characters_of(texts: Iterable[tuple[int, str]]) -> dict[int, int]:
    from articles.models import Article

    names = {pk: f"characters:{digest}" for pk, digest in texts}
    known = cache.get_many(set(names.values()))
    unknown = [pk for pk, name in names.items() if name not in known]
    if unknown:
        bodies = Article.objects.filter(pk__in=unknown).order_by().values_list("pk", "body")
        new = {names[pk]: len("".join(richtext.plain_text(body).split())) for pk, body in bodies}
        cache.set_many(new, KEPT_FOR)
        known |= new
    return {pk: known.get(name, 0) for pk, name in names.items()}
