"""Everything a contributor sent and was told, to take home: it is theirs."""

from __future__ import annotations

import io
import json
import zipfile

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import richtext
from articles.models import Article
from journal.portal.mine import contributor_page, one_of_mine
from journal.portal.progress import history_of

__all__ = ["everything"]


@require_safe
@contributor_page
def everything(request: HttpRequest, pk: int) -> HttpResponse:
    """A zip with the text as read, the pictures as sent, and the history."""
    article = one_of_mine(request, pk)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("text.html", article.body)
        archive.writestr("text.txt", f"{article.title}\n\n{richtext.plain_text(article.body)}\n")
        archive.writestr("history.json", history_json(article))
        for number, figure in enumerate(article.figures.order_by("position", "pk"), start=1):
            ending = figure.original_name.rpartition(".")[2].lower()
            ending = ending if ending in {"jpg", "jpeg", "png", "gif", "webp"} else "bin"
            with figure.original.open("rb") as file:
                archive.writestr(f"pictures/{number:02}.{ending}", file.read())
    response = HttpResponse(buffer.getvalue(), content_type="application/zip")
    name = article.manuscript_number or article.code
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def history_json(article: Article) -> str:
    lines = [
        {"at": timezone.localtime(line["at"]).isoformat(), "what": str(line["words"]), "told": line["told"]}
        for line in history_of(article)
    ]
    return json.dumps(lines, ensure_ascii=False, indent=2)
