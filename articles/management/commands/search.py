from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.models import Article
from articles.search import Page, pattern, search, snippet, terms, text_of
from articles.stages import Stage

__all__ = ["Command"]

LIMIT = 20


class Command(BaseCommand):
    help = _(
        "Find articles by words of their titles, bylines and texts; what everybody may read unless --all."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", help=_("what to look for; blanks part words that must all occur"))
        parser.add_argument(
            "--limit",
            type=int,
            default=LIMIT,
            help=_("how many hits to show, 1 to 100 (default: %(default)d)") % {"default": LIMIT},
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help=_("everything, manuscripts and issues not open to everybody, too"),
        )
        parser.add_argument("--json", action="store_true", help=_("answer with JSON"))

    def handle(self, *args: Any, query: str, limit: int, **options: Any) -> None:
        if not terms(query):
            raise CommandError(
                _(
                    "There is nothing to look for in punctuation alone: give at least one character, "
                    "letter or number."
                )
            )
        among = Article.objects.all() if options["all"] else Article.objects.for_everyone()
        found = search(query, among=among, limit=limit, bodies=True)
        hits = [hit_of(article, found, query) for article in found.hits]
        if options["json"]:
            answer = {"query": query, "count": found.count, "more_than_counted": found.cut, "hits": hits}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.tell(hits, found)

    def tell(self, hits: list[dict[str, Any]], found: Page) -> None:
        for hit in hits:
            facts = [hit[name] for name in ("number", "issue", "section") if hit[name]]
            self.stdout.write("  ".join([hit["title"], " ".join(hit["names"]), *facts]))
            for line in filter(None, (hit["snippet"], hit["url"])):
                self.stdout.write(f"    {line}")
        said = {"shown": len(hits), "count": found.count}
        if not hits:
            self.stdout.write(_("Nothing was found."))
        elif found.cut:
            self.stdout.write(_("Shown: %(shown)d of more than %(count)d.") % said)
        else:
            self.stdout.write(_("Shown: %(shown)d of %(count)d.") % said)


def hit_of(article: Article, found: Page, query: str) -> dict[str, Any]:
    """One hit as it is printed; ``url`` is empty for what has no page for readers."""
    is_out = article.stage == Stage.PUBLISHED and article.issue is not None and article.issue.is_out
    pieces = snippet(text_of(article.body), pattern(query))
    return {
        "number": article.manuscript_number or "",
        "title": article.title_line,
        "names": found.names.get(article.pk, []),
        "issue": str(article.issue or ""),
        "section": str(article.section or ""),
        "url": settings.SITE_URL + article.get_absolute_url() if is_out else "",
        "snippet": "".join(part for part, _hit in pieces),
    }
