"""The two formats set by Typst: the issue for the printer, and its proof with numbered lines."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy

from journal.edition.formats.contract import Format
from journal.edition.formats.pdf.setting import typeset, typeset_article

__all__ = ["FORMAT", "PROOF"]

FORMAT = Format(
    name="pdf",
    label=gettext_lazy("PDF"),
    ending="pdf",
    media_type="application/pdf",
    issue=typeset,
    article=typeset_article,
)
PROOF = Format(
    name="proof",
    label=gettext_lazy("Proof with numbered lines"),
    ending="proof.pdf",
    media_type="application/pdf",
    issue=partial(typeset, proof=True),
    article=partial(typeset_article, proof=True),
)
