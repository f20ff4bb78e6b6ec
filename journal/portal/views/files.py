"""Everything a contributor sent and was told, to take home: it is theirs."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import richtext
from articles.models import Article
from articles.refusals import Refused
from journal.downloads import attachment
from journal.intake.manuscript import NotAManuscript
from journal.intake.models import ReceivedFile
from journal.people.limits import UPLOAD, spend
from journal.portal.mine import contributor_page, may_write, one_of_mine, one_to_see, received_by
from journal.portal.progress import history_of

__all__ = ["everything", "original", "read_again", "renew", "take_in"]

MOST_BYTES = 100 * 1024 * 1024


def take_in(request: HttpRequest, upload: Any, article: Article | None = None) -> HttpResponse:
    """Keep the file, read it, and go to the page it fills in; what cannot be read is kept and says why."""
    if upload.size > MOST_BYTES:
        messages.error(
            request, _("This file is larger than 100 MB. Take large pictures out and add them apart.")
        )
        return redirect("portal:manuscript", article.pk) if article else redirect("portal:home")
    try:
        spend(UPLOAD, str(request.user.pk))
        row = ReceivedFile.objects.receive(upload.read(), upload.name or "", request.user, article)
    except (NotAManuscript, Refused) as refusal:
        messages.error(request, f"{upload.name}：{refusal}")
        return redirect("portal:manuscript", article.pk) if article else redirect("portal:home")
    return finish(request, row)


def finish(request: HttpRequest, row: ReceivedFile) -> HttpResponse:
    draft = row.take_in()
    if draft is None:
        messages.error(request, f"{row.name}：{row.problem}")
        return redirect("portal:manuscript", row.article_id) if row.article_id else redirect("portal:home")
    messages.success(request, _("Read: look through what was understood, then send it in."))
    return redirect("portal:manuscript", draft.pk)


@require_POST
@contributor_page
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A newer file for a manuscript that is still the sender's; the text before it is kept as a version."""
    article = one_of_mine(request, pk)
    if not may_write(request, article):
        raise PermissionDenied
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Choose a file first."))
        return redirect("portal:manuscript", pk)
    return take_in(request, upload, article)


@require_POST
@contributor_page
def read_again(request: HttpRequest, number: int) -> HttpResponse:
    """Go on with a file whose reading was interrupted."""
    return finish(request, get_object_or_404(received_by(request), pk=number))


@require_safe
@contributor_page
def original(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file as it was sent, for its sender; always an attachment of no particular kind."""
    row = get_object_or_404(received_by(request), pk=number)
    return attachment(row.file, row.name)


@require_safe
@contributor_page
def everything(request: HttpRequest, pk: int) -> HttpResponse:
    """A zip with the text as read, the pictures and the history; for its sender pictures and files as sent.

    What the camera wrote (where a picture was taken) is the sender's alone, as is what their file says.
    """
    article = one_to_see(request, pk)
    own = article.submitter_id == request.user.pk
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("text.html", article.body)
        archive.writestr("text.txt", f"{article.title}\n\n{richtext.plain_text(article.body)}\n")
        archive.writestr("history.json", history_json(article))
        for number, figure in enumerate(article.figures.order_by("position", "pk"), start=1):
            kept = figure.original if own and figure.original else figure.image
            ending = (
                (figure.original_name if kept is figure.original else kept.name).rpartition(".")[2].lower()
            )
            ending = ending if ending in {"jpg", "jpeg", "png", "gif", "webp"} else "bin"
            with kept.open("rb") as file:
                archive.writestr(f"pictures/{number:02}.{ending}", file.read())
        for row in received_by(request).filter(article=article).order_by("pk"):
            with row.file.open("rb") as file:
                archive.writestr(f"files/{row.pk}-{safe_name(row.name)}", file.read())
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


def safe_name(name: str) -> str:
    """A file's own name without folders, as a zip may hold it."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in base if sign.isprintable()).strip(". ") or "file"
