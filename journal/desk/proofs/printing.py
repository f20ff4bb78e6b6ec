"""Proofs on paper: leaves with line numbers and a wide margin, and the forms that go with an issue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from articles import proofs, quality
from articles.blockers import contents_of
from articles.galley import Line, galley_of
from articles.models import Article, Erratum, Issue, Journal, ProofRound
from articles.press_table import PRINTED
from journal.desk.proofs.issue_page import issue_of
from journal.desk.proofs.rounds import rounds_of
from journal.numbers import number_in

__all__ = ["FORMS", "IssueForms", "Leaf", "ProofPrint", "leaves_of"]

#: Signs a line up to which the letters of a printed leaf keep their size, and the class that sets it.
MEASURES = ((34, "wide"), (40, "usual"), (46, "narrow"), (10_000, "tiny"))
#: Lines of a form's table up to which it is set so.
DENSITIES = ((14, "airy"), (26, "close"), (10_000, "dense"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet of proof: lines of one article on one page; ``begins``: the article begins here."""

    article: Article
    page: int | None
    lines: tuple[Line, ...]
    begins: bool


def leaves_of(article: Article, journal: Journal) -> list[Leaf]:
    """The sheets of an article; a page that runs over goes on on another sheet."""
    leaves: list[Leaf] = []
    for page, group in groupby(galley_of(article, journal).lines, key=lambda line: line.page):
        lines = tuple(group)
        for start in range(0, len(lines), journal.lines_per_page):
            part = lines[start : start + journal.lines_per_page]
            leaves.append(Leaf(article, page, part, begins=not leaves))
    return leaves


def fitting(count: int, sizes: Iterable[tuple[int, str]]) -> str:
    return next(name for most, name in sizes if count <= most)


class ProofPrint(View):
    """The proofs of an issue to be printed; ``?article=`` one of them."""

    http_method_names = ["get", "head"]
    site: Any = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue, journal = issue_of(request, pk), Journal.objects.current()
        articles = contents_of(issue)
        if wanted := request.GET.get("article"):
            articles = [a for a in articles if a.pk == number_in(wanted)]
            if not articles:
                raise Http404(_("This article does not stand in this issue."))
        context = {
            "issue": issue,
            "journal": journal,
            "one": articles[0] if wanted else None,
            "round": issue.proof_rounds.order_by("number").last(),
            "leaves": [leaf for article in articles for leaf in leaves_of(article, journal)],
            "measure": fitting(journal.characters_per_line, MEASURES),
            "many_lines": journal.lines_per_page > 42,
        }
        return render(request, "desk/proofs/print.html", context)


# The forms of an issue, one A4 page each.

FORMS: dict[str, Any] = {
    "hand-over": gettext_lazy("Proof hand-over slip"),
    "press-order": gettext_lazy("Press order form"),
    "sample-check": gettext_lazy("Sample check form"),
    "errata": gettext_lazy("List of errata"),
}


class IssueForms(View):
    """A form of an issue, ``?form=`` one of ``FORMS``; the hand-over slip takes ``&round=``."""

    http_method_names = ["get", "head"]
    site: Any = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue, name = issue_of(request, pk), request.GET.get("form", "press-order")
        if name not in FORMS:
            raise Http404(_("There is no such form."))
        made = {
            "hand-over": hand_over,
            "press-order": press_order,
            "sample-check": sample_check,
            "errata": errata,
        }[name]
        context = {
            "issue": issue,
            "journal": Journal.objects.current(),
            "form_title": FORMS[name],
            **made(issue, request),
        }
        return render(request, f"desk/proofs/form_{name.replace('-', '_')}.html", context)


def hand_over(issue: Issue, request: HttpRequest) -> dict[str, Any]:
    """校样交接单: what goes to whom in a round, and what came back signed."""
    rounds = issue.proof_rounds.order_by("number")
    number = number_in(request.GET.get("round"))
    chosen: ProofRound | None = rounds.filter(number=number).first() if number else rounds.last()
    if number and chosen is None:
        raise Http404(_("There is no such proof round."))
    articles = contents_of(issue)
    signed = {s.article_id: s for s in chosen.signatures.all()} if chosen else {}
    return {
        "round": chosen,
        "rows": [(article, signed.get(article.pk)) for article in articles],
        "density": fitting(len(articles), DENSITIES),
    }


def press_order(issue: Issue, request: HttpRequest) -> dict[str, Any]:
    """付印单: the issue, its rounds and readers, what is still to be corrected, the signatures."""
    table = rounds_of(issue)
    signoffs = list(issue.signoffs.order_by("pk"))
    steps = {signoff.step: signoff for signoff in signoffs}
    confirmed = issue.events.filter(action="confirm_corrections").last()
    return {
        "table": table,
        "readers": readers_of(issue),
        "contents": steps.get("contents"),
        "reading": steps.get("reading"),
        "press": next((s for s in reversed(signoffs) if s.step in {"press", "press-after"}), None),
        "signed": issue.stage in PRINTED,
        "confirmed": confirmed if issue.stage in PRINTED else None,
        "open_marks": [m for m in quality.remaining(issue) if m.required],
    }


def readers_of(issue: Issue) -> dict[int, str]:
    """The names under each round, in the order they signed."""
    names: dict[int, dict[str, None]] = {}
    for signatures in proofs.signatures_by_article(issue).values():
        for signature in sorted(signatures, key=lambda s: s.pk):
            names.setdefault(signature.round.number, {})[signature.person_name] = None
    return {number: "、".join(found) for number, found in names.items()}


def sample_check(issue: Issue, request: HttpRequest) -> dict[str, Any]:
    """样刊检查单: what is looked at in the first copies, and the error rate they may have."""
    journal = Journal.objects.current()
    return {
        "sum": quality.of_issue(issue, journal),
        "form_limit": quality.FORM_LIMIT,
        "printed": issue.stage in PRINTED,
    }


def errata(issue: Issue, request: HttpRequest) -> dict[str, Any]:
    """勘误单: the errors that stand in the printed issue, and the notices readers have been shown."""
    marks = quality.remaining(issue) if issue.stage in PRINTED else []
    notices = Erratum.objects.filter(article__issue=issue).select_related("article").order_by("at")
    return {
        "marks": marks,
        "notices": list(notices),
        "empty_rows": range(max(12 - len(marks), 3)),
        "density": fitting(len(marks), DENSITIES),
        "printed": issue.stage in PRINTED,
    }
