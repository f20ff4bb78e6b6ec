"""A contributor's file as a draft of theirs: text, bylines, pictures; a second file renews the same draft."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.captions import Words, rewritten
from articles.figures import add_figure
from articles.models import Article, Section
from articles.richtext import clean_html
from articles.workflow import may_edit_text
from journal.intake.word.understood import PICTURE, Remark, WordManuscript

from .refused import NotAccepted
from .texts import save_article

__all__ = ["accept_word"]

_IMAGE = re.compile(rf'<img\b[^>]*\bsrc="{PICTURE}(\w+)"[^>]*>')
_EMPTY_FIGURE = re.compile(r"<figure>\s*</figure>")


@transaction.atomic
def accept_word(
    understood: WordManuscript, folder: Path, by: Any, article: Article | None = None
) -> tuple[Article, list[Remark]]:
    """Write the draft; returns it and what could not be taken besides what the reader said itself.

    ``folder`` holds the pictures' bytes under their ids. ``article`` is the draft to renew: the text it had
    is kept as a version. Raises ``NotAccepted`` when it may not be changed any more; then nothing is written.
    """
    if article is not None:
        article = Article.objects.select_for_update().get(pk=article.pk)
        if not may_edit_text(article, by):
            raise NotAccepted(_("This manuscript is with the editors now; its text cannot be replaced."))
    manuscript = understood.manuscript
    if not manuscript.title.strip():
        manuscript = replace(manuscript, title=Path(understood.filename).stem.strip() or _("Untitled"))
    words = {"body": clean_html(_IMAGE.sub("", understood.body)), **_section(understood, article)}
    if article is not None:
        words["toc_title"] = article.toc_title
    year = str(timezone.localdate().year)
    draft, _changed = save_article(manuscript, article, year, by, **words)
    if draft.submitter_id is None:
        draft.submitter = by
    addresses, problems = _take_pictures(understood, folder, draft, by)
    draft.body = clean_html(_with_pictures(understood, addresses))
    draft.save()
    return draft, problems


def _section(understood: WordManuscript, article: Article | None) -> dict[str, Any]:
    """The section the sender named, where the draft has none."""
    if not understood.section or (article is not None and article.section_id):
        return {}
    section = Section.objects.filter(active=True, name=understood.section).first()
    return {"section": section} if section else {}


def _take_pictures(
    understood: WordManuscript, folder: Path, draft: Article, by: Any
) -> tuple[dict[str, str], list[Remark]]:
    """Picture id → ``<img>`` of its derivative; a picture that cannot be read is a remark, not the end."""
    tags, problems = {}, []
    for picture in understood.pictures:
        try:
            figure = add_figure(
                draft,
                (folder / picture.id).read_bytes(),
                picture.name,
                by,
                caption=picture.caption[:500],
                photographer=picture.photographer[:100],
                credit=picture.credit[:10],
                alternative=picture.alternative[:500],
            )
        except ValidationError as error:
            sentence = " ".join(error.messages)
            problems.append(
                Remark(
                    "pictures",
                    _("Picture %(name)s: %(why)s") % {"name": picture.name or picture.id, "why": sentence},
                )
            )
            continue
        tags[picture.id] = (
            f'<img src="{figure.image.url}" alt="" width="{figure.width}" height="{figure.height}">'
        )
    return tags, problems


def _with_pictures(understood: WordManuscript, tags: dict[str, str]) -> str:
    html = _IMAGE.sub(lambda found: tags.get(found[1], ""), understood.body)
    html = _EMPTY_FIGURE.sub("", html)
    for picture in understood.pictures:
        if found := re.search(r'src="/media/([^"]+)"', tags.get(picture.id, "")):
            words = Words(picture.caption, picture.photographer, picture.credit)
            html = rewritten(html, found[1], words, picture.alternative)
    return html
