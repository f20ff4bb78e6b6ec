"""The rules and effects of proof marks, on proofs and on the printed copy; rows of ``press.TRANSITIONS``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from articles import blockers as block
from articles import press_rules, quality
from articles.press_rules import IssueCase
from articles.refusals import Refused

__all__: list[str] = []

#: More cover pages than this is a slip of the keyboard.
MOST_COVERS = 8
LONGEST_PLACE, LONGEST_WORDS = 100, 2_000


def mark_has_its_place(case: IssueCase) -> Refused | None:
    """In an article of this issue or on a part outside the articles – never both, never neither."""
    from articles.models import ProofMark

    part, article = case.given.part, case.given.article
    if part not in ProofMark.Part.values:
        return Refused(_("Say in which part of the issue the error stands."), code="part", field="part")
    if part == ProofMark.Part.TEXT:
        return press_rules.article_is_in_issue(case)
    if article is None:
        return None
    return Refused(
        _("An error stands in an article or outside the articles, not in both."), code="part", field="part"
    )


def text_is_the_one_read(case: IssueCase) -> Refused | None:
    """What is signed or marked is the text on the reader's page; without ``seen`` nobody claims so."""
    given = case.given.article
    if not case.given.seen or given is None:
        return None
    article = next((a for a in case.articles if a.pk == given.pk), None)
    if article is None or article.text_hash == case.given.seen:
        return None
    return Refused(
        _("This text was corrected while you read it. Nothing of yours was stored: look at it again."),
        code="stale",
        kind="conflict",
    )


def mark_page_exists(case: IssueCase) -> Refused | None:
    page = case.given.page
    if page is None or 1 <= page <= case.issue.page_count:
        return None
    return Refused(
        _("The issue has %(count)s pages.") % {"count": case.issue.page_count}, code="pages", field="page"
    )


def mark_is_written_short(case: IssueCase) -> Refused | None:
    longest_of = {"place": LONGEST_PLACE, "wrong": LONGEST_WORDS, "right": LONGEST_WORDS}
    for name, longest in longest_of.items():
        if len(getattr(case.given, name)) > longest:
            return Refused(
                _("This is longer than %(longest)s characters: mark the words around the error only.")
                % {"longest": longest},
                code="too-long",
                field=name,
            )
    return None


def mark_is_for_an_editor(case: IssueCase) -> Refused | None:
    """Who is to mend an error can see it."""
    person = case.given.for_whom
    if person is None or (person.is_active and person.has_perm("articles.view_article")):
        return None
    return Refused(
        _("This person cannot see manuscripts, so nobody would mend the error. Choose an editor."),
        code="for-whom",
        field="for_whom",
    )


def contents_say_the_title(case: IssueCase) -> Refused | None:
    """The words of the page; kicker or subtitle may stand with them."""
    assert case.given.article is not None  # needed by the row
    article = next(a for a in case.articles if a.pk == case.given.article.pk)
    article.toc_title = case.given.toc_title.strip()
    return press_rules.first_blocker(list(block.title_blockers([article])))


def was_proofread(case: IssueCase) -> Refused | None:
    """An error of the printed copy is kept with the proofs of its issue."""
    if case.issue.proof_rounds.exists():
        return None
    return Refused(
        _("This issue was not read in proof here, so no error of its printed copy can be noted."),
        code="no-round",
        kind="conflict",
    )


def pages_are_of_a_kind(case: IssueCase) -> Refused | None:
    """Every page named exists and has a kind that counts."""
    covers, count = case.given.cover_pages, case.issue.page_count
    if covers is not None and not 0 <= covers <= MOST_COVERS:
        return Refused(
            _("Give between 0 and %(most)s cover pages.") % {"most": MOST_COVERS},
            code="covers",
            field="cover_pages",
        )
    kinds = {*quality.PageKind.values} - {quality.PageKind.COVER}
    for page, kind in (case.given.page_kinds or {}).items():
        if kind not in kinds:
            return Refused(_("Say what the page carries."), code="page-kind", field="page_kinds")
        if not (page.isascii() and page.isdigit() and 1 <= int(page) <= count):
            return Refused(
                _("There is no page %(page)s: the issue has %(count)s.") % {"page": page, "count": count},
                code="pages",
                field="page_kinds",
            )
    return None


def mark_error(case: IssueCase) -> dict[str, Any]:
    """Enter an error at its place; it belongs to the open round, or to the last one afterwards.

    The weight is that of the office's table unless the proofreader gives another; doubling is no part of it.
    """
    from articles.models import Journal, ProofMark

    given = case.given
    usual = quality.weights_of(Journal.objects.current())[given.kind]
    mark = ProofMark.objects.create(
        round=case.round or case.issue.proof_rounds.latest("number"),
        article=given.article,
        part=given.part,
        page=given.page,
        place=given.place,
        kind=given.kind,
        wrong=given.wrong,
        right=given.right,
        important=given.important,
        weight=given.weight if given.weight is not None else usual,
        required=given.required,
        for_whom=given.for_whom,
        by=case.by,
    )
    return {"mark": mark.pk, "part": mark.part, "kind": mark.kind, "weight": str(mark.counts)}


def name_in_contents(case: IssueCase) -> dict[str, Any]:
    """Give an article its title on the contents page; empty: its own. What was approved is approved again."""
    assert case.given.article is not None  # needed by the row
    article = next(a for a in case.articles if a.pk == case.given.article.pk)
    article.toc_title = case.given.toc_title.strip()
    article.save()
    return {"toc_title": article.toc_title}


def count_pages(case: IssueCase) -> dict[str, Any]:
    """Keep how pages count in the error rate; text is what is not named."""
    issue, given = case.issue, case.given
    if given.page_kinds is not None:
        kinds = {int(page): kind for page, kind in given.page_kinds.items()}
        issue.page_kinds = {str(page): kinds[page] for page in sorted(kinds) if kinds[page] != "text"}
    if given.cover_pages is not None:
        issue.cover_pages = given.cover_pages
    return {"page_kinds": issue.page_kinds, "cover_pages": issue.cover_pages}
