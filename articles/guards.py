"""The invariants of the three reviews, one function each.

A guard looks at a ``Case`` and returns a ``Refused`` or ``None``. Guards ask nobody's rank: they bind the
superuser, a command and an API alike. ``Transition.guards`` need only the article and the person, so that
a screen can show them beforehand; ``Transition.conditions`` also need what the person typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import checklist
from articles.case import Case
from articles.refusals import Refused

__all__ = ["DECLARATIONS", "Guard"]

Guard = Callable[[Case], Refused | None]

#: What a contributor declares with every submission.
DECLARATIONS = {
    "original": _("This text is our own work and has not been published elsewhere."),
    "cleared": _("It may be published: no secrets, all people shown agree."),
}


def is_own(case: Case) -> Refused | None:
    """Only the person who sent the manuscript in."""
    if case.by is not None and case.article.submitter_id == case.by.pk:
        return None
    return Refused(
        _("Only the person who sent this manuscript in can do this."), code="not-own", kind="forbidden"
    )


def is_own_or_registrar(case: Case) -> Refused | None:
    """The office enters what came by post or e-mail; what a contributor writes is theirs to send."""
    entered = case.may("articles.register_article") and not case.article.is_unsent
    return None if entered else is_own(case)


def is_complete_for_submission(case: Case) -> Refused | None:
    if problems := checklist.for_submission(case.article):
        return Refused(
            _("Not submitted yet: %(problems)s") % {"problems": checklist.joined(problems)}, code="incomplete"
        )
    return None


def has_declared(case: Case) -> Refused | None:
    if DECLARATIONS.keys() <= set(case.given.declarations):
        return None
    return Refused(
        _("Please tick the declarations, then submit again."), code="declarations", field="declarations"
    )


def is_not_author(case: Case) -> Refused | None:
    """Invariant 1: nobody reviews what they wrote or sent in."""
    if case.by.pk not in case.people:
        return None
    return Refused(
        _("You wrote or sent in this manuscript yourself: somebody else has to decide on it."),
        code="own-manuscript",
        kind="forbidden",
    )


def is_from_unit(case: Case) -> Refused | None:
    """A unit's approver signs for that unit only."""
    submitter = case.article.submitter
    if submitter is None or getattr(case.by, "unit", "") == getattr(submitter, "unit", ""):
        return None
    return Refused(
        _("This manuscript comes from %(unit)s: its own approver has to sign it off.")
        % {"unit": getattr(submitter, "unit", "") or submitter.get_full_name()},
        code="other-unit",
        kind="forbidden",
    )


def is_from_elsewhere(case: Case) -> Refused | None:
    """Same-unit recusal, where the office has chosen it."""
    unit = getattr(case.by, "unit", "").strip()
    if not case.journal.same_unit_recusal or not unit or unit not in case.units:
        return None
    return Refused(
        _("This manuscript comes from your own unit: a reviewer of another unit has to decide."),
        code="same-unit",
        kind="forbidden",
    )


def signed_no_other_level(case: Case) -> Refused | None:
    """Invariant 1: one person, one level, over all rounds of a manuscript."""
    for signoff in case.signoffs:
        if signoff.person_id == case.by.pk and signoff.level != case.transition.level:
            return Refused(
                _("You signed the %(level)s of this manuscript: another person has to give this one.")
                % {"level": signoff.get_level_display()},
                code="same-person",
                kind="forbidden",
            )
    return None


def is_in_charge(case: Case) -> Refused | None:
    """A manuscript given to one responsible editor is not reviewed by another."""
    editor = case.article.editor
    if editor is None or editor.pk == case.by.pk:
        return None
    return Refused(
        _("This manuscript was given to %(editor)s. Ask the registrar to hand it over to you first.")
        % {"editor": editor.get_full_name()},
        code="not-in-charge",
        kind="forbidden",
    )


def earlier_reviews_stand(case: Case) -> Refused | None:
    """Invariant 2: the reviews before this one were signed, for the text as it is now."""
    needed = {"second": ["first"], "final": ["first", "second"]}[case.transition.level or "final"]
    if case.journal.two_person:
        needed = needed[:1]
    for level in needed:
        signoff = case.latest(level)
        if signoff is None or signoff.verdict not in {"use", "refuse"}:
            return Refused(
                _("The %(level)s is not signed yet. Send the manuscript back to it.")
                % {"level": level_label(level)},
                code="review-missing",
                kind="conflict",
            )
        if not case.stands(signoff):
            return Refused(
                _(
                    "The text was changed after %(person)s signed the %(level)s, so that signature no longer "
                    "holds. Send the manuscript back to be signed again."
                )
                % {"person": signoff.person_name, "level": level_label(level)},
                code="review-void",
                kind="conflict",
            )
    return None


def level_label(level: str) -> str:
    from articles.models import SignOff

    return str(SignOff.Level(level).label)


def final_review_stands(case: Case) -> Refused | None:
    """What was put in reserve is taken out as it was signed."""
    signoff = case.latest("final")
    if signoff is not None and signoff.verdict == "hold" and case.stands(signoff):
        return None
    return Refused(
        _("The text was changed after the final review. Release it, then review it again."),
        code="review-void",
        kind="conflict",
    )


def comments_are_settled(case: Case) -> Refused | None:
    count = case.open_required
    if not count:
        return None
    return Refused(
        _("Comments that must be settled are still open: %(count)s. Settle them, then sign.")
        % {"count": count},
        code="open-comments",
        kind="conflict",
    )


def first_review_refused(case: Case) -> Refused | None:
    """The second review may refuse only what the first wanted refused; else the final review decides."""
    signoff = case.latest("first")
    if signoff is not None and signoff.verdict == "refuse":
        return None
    return Refused(
        _(
            "The first review recommended using this manuscript. Pass it up with your recommendation to "
            "refuse: the final review decides."
        ),
        code="first-review-differs",
        kind="conflict",
    )


def resubmitted_in_time(case: Case) -> Refused | None:
    due = case.article.due_on
    if due is None or timezone.localdate() <= due:
        return None
    return Refused(
        _("The revised text was due on %(day)s. Your text is kept: ask the editor to set a new day.")
        % {"day": due.isoformat()},
        code="overdue",
        kind="conflict",
    )


def due_day_is_ahead(case: Case) -> Refused | None:
    if case.given.due_on is not None and case.given.due_on >= timezone.localdate():
        return None
    return Refused(_("Choose a due day from today on."), code="due-day", field="due_on")


def number_is_free(case: Case) -> Refused | None:
    from articles.models import Article
    from articles.validators import validate_manuscript_number

    number = case.given.number
    if not number:
        return None
    if not re.fullmatch(validate_manuscript_number.regex, number):
        return Refused(validate_manuscript_number.message, code="number", field="number")
    if not Article.objects.filter(manuscript_number=number).exclude(pk=case.article.pk).exists():
        return None
    return Refused(
        _("Manuscript number %(number)s is in use. Leave the field empty to get the next free one.")
        % {"number": number},
        code="number-taken",
        kind="conflict",
        field="number",
    )


def duplicates_are_explained(case: Case) -> Refused | None:
    """The duplicate check is run with every registration; what it finds asks for a word of explanation."""
    found = checklist.duplicates(case.article)
    if not found or case.given.reason:
        return None
    return Refused(
        _("The same title or text came in before: %(found)s. Say why this one is registered too.")
        % {"found": checklist.joined(found)},
        code="duplicate",
        field="reason",
    )


def editor_may_review(case: Case) -> Refused | None:
    editor = case.given.editor
    if editor is None:
        return None
    if not editor.is_active or not editor.has_perm("articles.first_review"):
        return Refused(
            _("%(person)s may not give first reviews. Choose a responsible editor.")
            % {"person": editor.get_full_name()},
            code="editor",
            field="editor",
        )
    if editor.pk in case.people:
        return Refused(
            _("%(person)s wrote or sent in this manuscript. Choose another editor.")
            % {"person": editor.get_full_name()},
            code="editor-is-author",
            field="editor",
        )
    return None
