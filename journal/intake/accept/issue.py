"""A whole issue as understood, written as drafts in one transaction."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles import press, record
from articles.codes import unique_code
from articles.models import Article, Event, Issue, Section
from articles.stages import IssueStage, Stage
from articles.validators import validate_issue_number
from journal.intake.manuscript import IssueManuscript, Manuscript
from journal.intake.stored import fingerprint

from .masthead import write_masthead
from .refused import NotAccepted
from .texts import save_article, title_of

__all__ = ["IMPORTED", "accept_issue"]

IMPORTED = "imported"
LEFT_OUT = "import-left-out"
COMMAND = "import_issue"


@transaction.atomic
def accept_issue(issue: IssueManuscript, *, replace: bool = False, by: Any = None) -> Issue:
    """Write the issue and its articles as drafts and return it; the same import again changes nothing.

    ``replace`` renews an issue that is still a draft: its articles are found again by title, keep their
    permanent codes, and every text somebody changed meanwhile stays as a version. Raises ``NotAccepted``
    with one sentence, nothing written, when the year or number is missing or wrong, when the issue is
    there already from another import, and when it is past being a draft. The name of the journal is
    never taken from the file.
    """
    year, number = _identity(issue)
    mark = fingerprint(issue)
    row = Issue.objects.select_for_update().filter(year=year, number=number).first()
    if row is not None and not replace:
        if _last_import(row) == mark:
            return row
        _refuse_another(row)
    if row is not None:
        press.lock_contents(row)
        _refuse_past_draft(row)
    _refuse_serial_clash(issue, row)
    new = row is None
    row = row or Issue(year=year, number=number)
    changed = _write_issue(row, issue)
    changed = _write_articles(row, issue, by) or changed
    if new or changed or _last_import(row) != mark:
        data = {
            "fingerprint": mark,
            "source": hashlib.sha256(issue.source_text.encode()).hexdigest(),
            "articles": len(issue.manuscripts),
            "open_questions": len(issue.questions),
        }
        actor = "" if by else COMMAND
        record.write_event(
            IMPORTED, by, actor_name=actor, issue=row, data=data, before=row.stage, after=row.stage
        )
    return row


def _identity(issue: IssueManuscript) -> tuple[int, str]:
    if issue.year is None or not issue.number:
        raise NotAccepted(
            _("The file does not say its year and number; nothing was written. Give both and try again.")
        )
    try:
        validate_issue_number(issue.number)
    except ValidationError as error:
        raise NotAccepted(" ".join(error.messages)) from None
    if not 1800 <= issue.year <= 2200:
        raise NotAccepted(
            _("The year %(year)s cannot be right; nothing was written. Correct it and try again.")
            % {"year": issue.year}
        )
    return issue.year, issue.number


def _last_import(row: Issue) -> str | None:
    event = row.events.filter(action=IMPORTED).order_by("-pk").first()
    return event.data.get("fingerprint") if event else None


def _refuse_another(row: Issue) -> None:
    """An issue somebody planned and left empty may be filled; any other is somebody's work."""
    if row.articles.exists() or _last_import(row) is not None or row.stage != IssueStage.PLANNING:
        raise NotAccepted(
            _(
                "%(issue)s is already here and this import differs from it; nothing was written. "
                "Ask for it to be replaced if this one is right."
            )
            % {"issue": row}
        )


def _refuse_past_draft(row: Issue) -> None:
    further = row.articles.exclude(stage=Stage.DRAFT).first()
    if row.stage == IssueStage.PLANNING and further is None:
        return
    stage = row.get_stage_display() if further is None else further.get_stage_display()
    raise NotAccepted(
        _(
            "%(issue)s is no longer a draft (%(stage)s), so an import cannot replace it; "
            "nothing was written. Correct it at the desk instead."
        )
        % {"issue": row, "stage": stage}
    )


def _refuse_serial_clash(issue: IssueManuscript, row: Issue | None) -> None:
    if issue.serial_number is None:
        return
    other = Issue.objects.filter(serial_number=issue.serial_number)
    if row is not None:
        other = other.exclude(pk=row.pk)
    if clash := other.first():
        raise NotAccepted(
            _("Serial number %(serial)s belongs to %(issue)s; nothing was written. Correct one of them.")
            % {"serial": issue.serial_number, "issue": clash}
        )


def _write_issue(row: Issue, issue: IssueManuscript) -> bool:
    pages = max((m.last_page or m.page or 0 for m in issue.manuscripts), default=0)
    fields = {
        "serial_number": issue.serial_number or row.serial_number,
        "slogans": list(issue.slogans),
        "page_count": max(row.page_count, pages),
    }
    moved = row.pk is None or any(getattr(row, name) != value for name, value in fields.items())
    if moved:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return write_masthead(row, issue) or moved


def _write_articles(row: Issue, issue: IssueManuscript, by: Any) -> bool:
    found = _matches(row, issue)
    sections = _sections(issue)
    order = {m.id: n for n, m in enumerate(issue.manuscripts, start=1)}
    known = [a for a in found.values() if a]
    changed = _leave_out(row, known, by)
    if any(a.position != order[id] for id, a in found.items() if a):
        row.articles.update(position=None)
        for article in known:
            article.position = None
            article.remember_place()
    number = row.number.lower()
    prefix = f"{row.year}-{number.zfill(2) if number.isdigit() else number}"
    for manuscript in issue.manuscripts:
        first = manuscript.page if manuscript.page and manuscript.page > 0 else None
        last = manuscript.last_page if first and (manuscript.last_page or 0) >= first else None
        __, moved = save_article(
            manuscript,
            found[manuscript.id],
            prefix,
            by,
            issue=row,
            section=sections.get(_bare(manuscript.section or "")),
            position=order[manuscript.id],
            first_page=first,
            last_page=last,
        )
        changed = changed or moved
    return changed


def _matches(row: Issue, issue: IssueManuscript) -> dict[str, Article | None]:
    """Each manuscript's article of an earlier import, found by its title in the text or in the contents."""
    waiting = list(row.articles.order_by("position", "pk"))
    found: dict[str, Article | None] = {m.id: None for m in issue.manuscripts}
    for names in (_titles, _contents_titles):
        for manuscript in issue.manuscripts:
            if found[manuscript.id] is None:
                wanted = names(manuscript)
                article = next((a for a in waiting if wanted & {_bare(a.title), _bare(a.toc_title)}), None)
                if article:
                    waiting.remove(article)
                    found[manuscript.id] = article
    return found


def _titles(manuscript: Manuscript) -> set[str]:
    return {_bare(title_of(manuscript))}


def _contents_titles(manuscript: Manuscript) -> set[str]:
    return {_bare(t) for t in (manuscript.toc_title, manuscript.body_title) if t}


def _bare(text: str) -> str:
    return "".join(text.split())


def _leave_out(row: Issue, known: list[Article], by: Any) -> bool:
    """Imported articles the new import no longer has leave the issue; they stay as drafts, recorded."""
    imported = Event.objects.filter(action=IMPORTED, issue=row).exists()
    gone = list(row.articles.exclude(pk__in=[a.pk for a in known])) if imported else []
    gone = [a for a in gone if a.revisions.filter(reason="imported").exists()]
    for article in gone:
        article.issue = article.position = article.first_page = article.last_page = None
        article.save()
        record.write_event(
            LEFT_OUT,
            by,
            actor_name="" if by else COMMAND,
            article=article,
            before=article.stage,
            after=article.stage,
            data={"issue": str(row)},
        )
    stay = row.articles.exclude(pk__in=[a.pk for a in known])
    stay.update(position=None)
    return bool(gone)


def _sections(issue: IssueManuscript) -> dict[str, Section]:
    """The sections named in the issue, created in their order when new; keyed by the name without spaces."""
    names = [s.name for s in issue.sections] + [m.section for m in issue.manuscripts if m.section]
    found = {_bare(s.name): s for s in Section.objects.all()}
    for name in dict.fromkeys(name.strip()[:50] for name in names if name.strip()):
        if _bare(name) not in found:
            last = Section.objects.aggregate(Max("position"))["position__max"] or 0
            code = unique_code(Section, name)[:50].strip("-")
            found[_bare(name)] = Section.objects.create(name=name, code=code, position=last + 1)
    return found
