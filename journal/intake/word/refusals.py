"""Why a file is not read, each one sentence for its sender: what it is, and what to send instead."""

from __future__ import annotations

from django.utils.translation import gettext as _

from journal.intake.manuscript import NotAManuscript

__all__ = [
    "compressed",
    "damaged",
    "empty",
    "encrypted",
    "linked_picture",
    "macros",
    "no_office",
    "no_text_document",
    "other_office",
    "overloaded",
    "pdf",
    "picture",
    "tampered",
    "too_large",
    "too_slow",
    "unknown",
    "wordless",
]


def empty() -> NotAManuscript:
    return NotAManuscript(_("This file is empty. Look where the manuscript was saved, then send that file."))


def encrypted() -> NotAManuscript:
    return NotAManuscript(
        _("This file is protected by a password. Take the password off in Word or WPS, then send it.")
    )


def damaged() -> NotAManuscript:
    return NotAManuscript(
        _("This file is damaged: it ends too early or was changed on its way. Save it again, then send it.")
    )


def tampered() -> NotAManuscript:
    return NotAManuscript(
        _(
            "This file is not built as Word builds it, so it was not opened; nothing was kept. Open it in "
            "Word or WPS, save it anew as .docx, then send that."
        )
    )


def too_large() -> NotAManuscript:
    return NotAManuscript(
        _(
            "Unpacked, this file is larger than a manuscript can be; nothing was kept. Send the text without "
            "its pictures, and add the pictures beside it."
        )
    )


def overloaded() -> NotAManuscript:
    return NotAManuscript(
        _(
            "This file holds more paragraphs, tables or marks than a manuscript can; nothing was kept. Copy "
            "the text into a new document, save it as .docx, then send that."
        )
    )


def linked_picture() -> NotAManuscript:
    return NotAManuscript(
        _(
            "A picture of this file stands on another machine and is only linked. Insert the picture itself, "
            "save, then send it again."
        )
    )


def macros() -> NotAManuscript:
    return NotAManuscript(
        _("This file contains macros. Save it as a Word document without macros (.docx), then send that.")
    )


def compressed() -> NotAManuscript:
    return NotAManuscript(
        _(
            "This is a compressed folder, no manuscript. Unpack it and send the Word file; photos are added "
            "beside it."
        )
    )


def pdf() -> NotAManuscript:
    return NotAManuscript(
        _("This is a PDF: its lines cannot be put together reliably. Send the Word file it was made from.")
    )


def picture() -> NotAManuscript:
    return NotAManuscript(_("This is a picture. Send the text as a Word file and add the picture beside it."))


def other_office() -> NotAManuscript:
    return NotAManuscript(
        _("This is a table or a presentation, no text. Send the manuscript as a Word file.")
    )


def no_text_document() -> NotAManuscript:
    return NotAManuscript(
        _("This is an old Office file, but no text document. Save the manuscript as .docx, then send that.")
    )


def no_office() -> NotAManuscript:
    return NotAManuscript(
        _(
            "This file has an old format that cannot be opened here. Open it in Word or WPS, choose “Save "
            "as” and .docx, then send that."
        )
    )


def too_slow() -> NotAManuscript:
    return NotAManuscript(
        _(
            "The conversion from the old format took too long. Open the file in Word or WPS, save it as "
            ".docx, then send that."
        )
    )


def unknown() -> NotAManuscript:
    return NotAManuscript(
        _("This file is no text Kanwu knows. Open it in Word or WPS, save it as .docx, then send that.")
    )


def wordless() -> NotAManuscript:
    return NotAManuscript(
        _("There is no text in this file. Look whether it is the right one, then send the manuscript.")
    )
