"""One article as the board's list writes it: every word ready, for sixty rows are written at each move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.board.reading import Row, Run
from articles.stages import Stage

__all__ = ["Line", "lines_of", "words_of_row"]


@dataclass(frozen=True, slots=True)
class Line:
    """Strings for the template; ``fit`` is set where the text is likely to need other pages than it has,
    ``landed`` where the setting gave it others."""

    key: str
    title: str
    section: str
    authors: str
    pages: str
    length: str
    wanted: str
    fit: str
    tight: bool
    characters: str
    figures: str
    stage: str
    stage_name: str
    locked: bool
    new_section: bool
    may_go: bool
    problems: tuple[str, ...]
    landed: str


def lines_of(rows: list[Row], *, in_issue: bool = True) -> list[Line]:
    """The rows in words; ``in_issue=False`` for the pool, whose articles have no pages."""
    stages: dict[str, str] = {stage.value: str(stage.label) for stage in Stage}
    words = {
        "length": _("%(n)s pp.") if in_issue else _("about %(n)s pp."),
        "tight": _("tight: about %(n)s"),
        "loose": _("loose: about %(n)s"),
        "characters": _("%(n)s characters"),
        "figures": _("figures: %(n)s"),
        "landed": _("Set on the pages %(pages)s, planned %(planned)s"),
    }
    comma = pgettext("between authors", ", ")
    return [line_of(row, words, stages, comma) for row in rows]


def line_of(row: Row, words: dict[str, str], stages: dict[str, str], comma: str) -> Line:
    article, estimate = row.article, row.estimate
    fit = "tight" if row.is_tight else "loose" if row.length and row.is_loose else ""
    return Line(
        key=str(article.pk),
        title=article.title_line,
        section=article.section.name if article.section is not None else "",
        authors=comma.join(byline.name for byline in article.bylines.all()),
        pages=row.pages,
        length=words["length"] % {"n": row.length or estimate.pages},
        wanted=str(row.length or estimate.pages),
        fit=words[fit] % {"n": estimate.pages} if fit else "",
        tight=row.is_tight,
        characters=words["characters"] % {"n": estimate.characters},
        figures=words["figures"] % {"n": estimate.figures} if estimate.figures else "",
        stage=article.stage,
        stage_name=stages[article.stage],
        locked=article.pages_locked,
        new_section=row.new_section,
        may_go=article.stage == Stage.EDITING,
        problems=tuple(problem.message for problem in row.problems),
        landed=landed_words(row, words["landed"]),
    )


def landed_words(row: Row, sentence: str) -> str:
    if row.landed is None or not row.lands_elsewhere:
        return ""
    return sentence % {"pages": Run(*row.landed), "planned": row.pages or "–"}


def words_of_row() -> dict[str, Any]:
    """What stands on the buttons of every row, looked up once."""
    return {
        "page": _("page:"),
        "no_page": _("no page"),
        "locked": pgettext("pages", "locked"),
        "to_page": _("to page"),
        "full_stop": pgettext("after a page number", "."),
        "move": _("Move"),
        "up": _("Up"),
        "down": _("Down"),
        "lock": _("Lock"),
        "unlock": _("Unlock"),
        "more": _("More"),
        "pages": _("Pages it takes"),
        "set": _("Set"),
        "share": _("Begin on the last page of the text before"),
        "unshare": _("Begin on a page of its own"),
        "reason": _("Reason"),
        "take_out": _("Take out of the issue"),
        "released": _("It is released: only the chief editor pulls it from the issue."),
        "place": _("Place it"),
        "from_page": _("from page"),
    }
