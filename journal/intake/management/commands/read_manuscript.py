"""``manage.py read_manuscript FILE [--json OUT]``: what is understood of a contributor's file.

Nothing is written to the database. A file that cannot be read: one sentence, exit code 2, no output file.
"""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.intake.import_command import ImportCommand
from journal.intake.limited import read_in_child
from journal.intake.stored import from_json
from journal.intake.word.understood import WordManuscript
from journal.intake.word_json import word_as_json

__all__ = ["Command"]


class Command(ImportCommand[WordManuscript]):
    help = _("Show what is understood of a Word file; nothing is kept.")
    file_help = _("the manuscript as it was sent")

    most_bytes = 100 * 1024 * 1024  # photographs stand in the file

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(dry_run=True)

    def read(self, data: bytes, name: str) -> WordManuscript:
        with tempfile.TemporaryDirectory(prefix="kanwu-word-") as folder:
            return from_json(WordManuscript, read_in_child("word", data, name, folder))

    def as_json(self, understood: WordManuscript) -> dict[str, Any]:
        return word_as_json(understood)

    def tell(self, understood: WordManuscript) -> None:
        manuscript = understood.manuscript
        paragraphs = len(manuscript.body)
        self.stdout.write(manuscript.title or Path(understood.filename).stem)
        self.stdout.write("  " + "、".join(author.name for author in manuscript.authors))
        count = ngettext("%(n)s paragraph", "%(n)s paragraphs", paragraphs) % {"n": paragraphs}
        self.stdout.write(f"  {count}")
        for sentence in (*understood.not_taken, *(remark.sentence for remark in understood.warnings)):
            self.stdout.write(f"  ! {sentence}")
