"""The proof of one article: its text line by line; errors marked and mended at their lines; signed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from articles import press, workflow
from articles.galley import Galley, Line, Sign, corrected, galley_of
from articles.models import Article, Journal, ProofMark, ProofSignature
from articles.refusals import Refused
from articles.stages import IssueStage
from journal.desk.proofs.forms import MarkForm, SignForm, add_refusal
from journal.desk.proofs.issue_page import may
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["ArticleProof", "MarkInArticle", "Piece", "Placed", "SetLine", "SettleInArticle", "SignArticle"]

NAME = "admin:articles_article_proof"
IN_PROOF = (IssueStage.PROOFING, IssueStage.READING)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line; ``marked`` when an open mark names them."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark at the line where its words stand now; ``line`` is ``None`` when nothing says where.

    ``number`` counts the marks of the article from 1.
    """

    number: int
    mark: ProofMark
    line: int | None
    found: tuple[Sign, ...] = ()

    @property
    def may_be_put_in(self) -> bool:
        """Whether its words stand in the text, so that the right ones can be put in their place."""
        return bool(self.found)


@dataclass(frozen=True, slots=True)
class SetLine:
    line: Line
    pieces: list[Piece]
    marks: list[Placed] = field(default_factory=list)


def article_of(request: HttpRequest, pk: int) -> Article:
    user: Any = request.user
    if not user.has_perm("articles.view_article"):
        raise PermissionDenied
    found = Article.objects.visible_to(user).select_related("section", "issue", "editor")
    return get_object_or_404(found.prefetch_related("bylines__author"), pk=pk)


def placed_marks(article: Article, galley: Galley) -> list[Placed]:
    """Every mark of the article in its issue at the line where its words stand, else at its own line."""
    marks = ProofMark.objects.filter(article=article, round__issue=article.issue)
    placed = []
    marks = marks.select_related("round", "by", "for_whom", "settled_by").order_by("pk")
    for number, mark in enumerate(marks, start=1):
        line = number_in(mark.place) or None
        hit = galley.find(mark.wrong, line or 1) if mark.settled_at is None else None
        if hit is not None:
            placed.append(Placed(number, mark, hit[0], hit[1]))
        else:
            known = line if line and line <= len(galley.lines) else None
            placed.append(Placed(number, mark, known))
    return placed


def set_lines(galley: Galley, marks: list[Placed]) -> list[SetLine]:
    at: dict[int | None, list[Placed]] = defaultdict(list)
    marked = {(s.field, s.start) for placed in marks for s in placed.found}
    for placed in marks:
        at[placed.line].append(placed)
    return [SetLine(line, pieces_of(line, marked), at[line.number]) for line in galley.lines]


def pieces_of(line: Line, marked: set[tuple[str, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    for sign in line.signs:
        hit = bool(sign.field) and (sign.field, sign.start) in marked
        if pieces and pieces[-1].marked == hit:
            pieces[-1] = Piece(pieces[-1].text + sign.sign, hit)
        else:
            pieces.append(Piece(sign.sign, hit))
    return pieces


class ReadingView(View):
    """What the page and its posts have in common."""

    site: Any = None

    def show(self, request: HttpRequest, article: Article, status: int = 200, **more: Any) -> HttpResponse:
        issue, user = article.issue, request.user
        rounds = list(issue.proof_rounds.order_by("number")) if issue else []
        if issue is None or not rounds:
            return self.not_in_proof(request, article)
        journal = Journal.objects.current()
        galley = galley_of(article, journal)
        marks = placed_marks(article, galley)
        signed = list(article.proof_signatures.filter(round__issue=issue).select_related("round"))
        may_mark = issue.stage in IN_PROOF and may("mark_error", issue, user)
        refused = self.why_not_signed(article, user) if may("sign_proof", issue, user) else ""
        context = {
            **self.site.each_context(request),
            "title": article.title_line,
            "thing": issue,
            "issue": issue,
            "article": article,
            "lines": set_lines(galley, marks),
            "elsewhere": [placed for placed in marks if placed.line is None],
            "marks": marks,
            "open_count": sum(placed.mark.settled_at is None for placed in marks),
            "signed": signed,
            "round": next((r for r in rounds if r.closed_at is None), None),
            "neighbours": neighbours(article),
            "mark_form": more.pop("mark_form", None)
            or (MarkForm(article=article, journal=journal) if may_mark else None),
            "may_sign": may("sign_proof", issue, user),
            "sign_refusal": refused,
            "sign_form": more.pop("sign_form", None) or SignForm(initial={"seen": article.text_hash}),
            "may_settle": may("settle_mark", issue, user),
            "may_correct": issue.stage in IN_PROOF and user.has_perm("articles.release_article"),
            **more,
        }
        return render(request, "desk/proofs/article.html", context, status=status)

    def not_in_proof(self, request: HttpRequest, article: Article) -> HttpResponse:
        context = {
            **self.site.each_context(request),
            "title": _("This is not possible"),
            "thing": article,
            "refusal": _("There is no proof of this manuscript yet: no proof round of its issue was opened."),
            "back": "admin:articles_article_change",
        }
        return render(request, "desk/step.html", context, status=409)

    def why_not_signed(self, article: Article, user: Any) -> str:
        """What would refuse this person's signature now; empty when nothing would."""
        assert article.issue is not None  # a page of an issue in proof
        case = press.case_of(article.issue, user, article=article)
        case.articles = [article]
        try:
            press.check_case(press.find_row("sign_proof", article.issue), case)
        except Refused as refusal:
            return str(refusal)
        return ""

    def back(self, article: Article, anchor: str) -> HttpResponse:
        return redirect(reverse(NAME, args=[article.pk]) + anchor)

    def perform(self, action: str, article: Article, request: HttpRequest, /, **given: Any) -> Any:
        if article.issue is None:
            raise Refused(_("This article does not stand in an issue."), code="other-issue", kind="conflict")
        return press.perform(action, article.issue, request.user, address=address_of(request), **given)


def neighbours(article: Article) -> tuple[Any, Any]:
    """The articles before and after in the issue, each as its key and title."""
    assert article.issue is not None
    row = list(article.issue.articles.in_page_order().values("pk", "title"))
    place = next(n for n, one in enumerate(row) if one["pk"] == article.pk)
    return (row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None)


def next_to_read(article: Article) -> int | None:
    """The key of the next article the open round lacks, in page order from this one, then from the front."""
    assert article.issue is not None
    signed = ProofSignature.objects.filter(round__issue=article.issue, round__closed_at__isnull=True)
    row = list(article.issue.articles.in_page_order().values_list("pk", flat=True))
    place = row.index(article.pk)
    done = set(signed.values_list("article_id", flat=True))
    return next((pk for pk in row[place + 1 :] + row[:place] if pk not in done), None)


class ArticleProof(ReadingView):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, article_of(request, pk))


class MarkInArticle(ReadingView):
    """POST an error at a line."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = article_of(request, pk)
        form = MarkForm(request.POST, article=article)
        try:
            given = form.given()
            given["page"] = galley_of(article, Journal.objects.current()).page_of(int(given["place"]))
            event = self.perform("mark_error", article, request, **given)
        except Refused as refusal:
            add_refusal(form, refusal)
            fresh = article_of(request, pk)
            return self.show(request, fresh, refusal.status, refusal=str(refusal), mark_form=form)
        messages.success(request, _("The error is marked."))
        return self.back(article, f"#mark-{event.data['mark']}")


class SignArticle(ReadingView):
    """POST a signature under the article read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article, form = article_of(request, pk), SignForm(request.POST)
        try:
            self.perform("sign_proof", article, request, article=article, **form.given())
        except Refused as refusal:
            add_refusal(form, refusal)
            fresh = article_of(request, pk)
            return self.show(request, fresh, refusal.status, refusal=str(refusal), sign_form=form)
        messages.success(request, _("Signed: “%(title)s”.") % {"title": article.title_line})
        following = next_to_read(article)
        if following is not None:
            return redirect(reverse(NAME, args=[following]))
        return redirect(reverse("admin:articles_issue_proofs", args=[article.issue_id]) + f"#article-{pk}")


class SettleInArticle(ReadingView):
    """POST what becomes of a mark: the right words put in (a logged correction), done otherwise, or stet."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = article_of(request, pk)
        mark = ProofMark.objects.filter(pk=number_in(request.POST.get("mark"))).first()
        try:
            if request.POST.get("do") == "put_in":
                self.put_in(article, mark, request)
            else:
                outcome = {"done": "corrected", "stet": "stet"}.get(request.POST.get("do", ""), "")
                note = request.POST.get("note", "")
                self.perform("settle_mark", article, request, mark=mark, outcome=outcome, note=note)
        except Refused as refusal:
            return self.show(request, article_of(request, pk), refusal.status, refusal=str(refusal))
        messages.success(request, _("The mark is settled."))
        return self.back(article, f"#mark-{mark.pk if mark else ''}")

    def put_in(self, article: Article, mark: ProofMark | None, request: HttpRequest) -> None:
        """The words as they should be, where the wrong ones stand; the reviews stay in force."""
        if mark is None or mark.article_id != article.pk:
            raise Refused(_("This proof mark belongs to another article."), code="mark", kind="conflict")
        hit = galley_of(article, Journal.objects.current()).find(mark.wrong, number_in(mark.place) or 1)
        if hit is None:
            raise Refused(
                _("“%(words)s” does not stand in the text any more. Look whether it was corrected already.")
                % {"words": mark.wrong},
                code="place",
                kind="conflict",
            )
        right = request.POST.get("right", mark.right)
        workflow.perform(
            "correct_proof",
            article,
            request.user,
            version=article.version,
            address=address_of(request),
            text=corrected(article, hit[1], right),
            mark=mark,
            place=mark.place,
            wrong=mark.wrong,
            right=right,
            weight=mark.counts,
        )
