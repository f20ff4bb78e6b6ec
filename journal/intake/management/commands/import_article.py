"""``manage.py import_article FILE``: the articles of a saved web page or newspaper page become drafts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.intake.article_page import PageManuscript, read_page
from journal.intake.import_command import ImportCommand, refused
from journal.intake.page_json import page_as_json

__all__ = ["Command"]


class Command(ImportCommand[PageManuscript]):
    help = _("Import the articles of a saved web page or newspaper page as drafts.")
    file_help = _("The text or HTML file to read.")

    def read(self, data: bytes, name: str) -> PageManuscript:
        return read_page(data, name)

    def as_json(self, understood: PageManuscript) -> dict[str, Any]:
        return page_as_json(understood)

    def accept(self, understood: PageManuscript, options: dict[str, Any]) -> None:
        # Imported here: a dry run must not load what writes to the database.
        from journal.intake.accept import NotAccepted, accept_page

        try:
            drafts = accept_page(understood, by=None)
        except NotAccepted as error:
            raise refused(error) from error
        message = ngettext("%(count)d draft is ready:", "%(count)d drafts are ready:", len(drafts))
        self.stdout.write(message % {"count": len(drafts)})

    def tell(self, understood: PageManuscript) -> None:
        for manuscript in understood.manuscripts:
            title = manuscript.title or _("(no title)")
            names = "、".join(author.name for author in manuscript.authors)
            self.stdout.write(f"  {manuscript.id} {title} {names}".rstrip())
        self.tell_questions(understood.questions)
