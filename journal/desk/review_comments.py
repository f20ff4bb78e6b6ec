"""Remarks on the review screen: threads beside the text, the form for a new one, settling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles import comments
from articles.case import Case
from articles.models import Article, Comment
from articles.refusals import Refused
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["CommentForm", "Remarks", "Thread", "post_comment", "remarks_of", "settle"]

MOST = 300  # remarks and answers shown; all of them stand on the page of the manuscript's life


class CommentForm(forms.Form):
    """A remark on words of the text. Paragraphs are counted from 1, as they are numbered beside the text."""

    text = forms.CharField(
        label=_("Remark"),
        max_length=comments.LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    quotation = forms.CharField(
        label=_("Words of the text"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    paragraph = forms.IntegerField(label=_("Paragraph"), required=False, min_value=1, max_value=100_000)
    required = forms.BooleanField(label=_("must be settled before signing"), required=False)
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "remark_%s")
        super().__init__(*args, **kwargs)

    def add_refusal(self, refusal: Refused) -> None:
        """Show the sentence at the field that would mend it."""
        self.full_clean()
        name = {"block": "paragraph"}.get(refusal.field, refusal.field)
        if name in self.fields and not self.has_error(name):
            self.add_error(name, str(refusal))


@dataclass
class Thread:
    """A remark with its answers; ``block`` counts from 1, ``None`` where it hangs on no paragraph."""

    comment: Comment
    stands: bool
    block: int | None
    may_settle: bool
    answers: list[Comment] = field(default_factory=list)


@dataclass
class Remarks:
    open: list[Thread]
    settled: list[Thread]
    form: CommentForm
    may_add: bool
    open_required: int
    left_out: bool = False
    answering: int = 0  # the remark an answer that was refused belongs to
    answer: str = ""  # and its words


def post_comment(article: Article, request: HttpRequest, form: CommentForm) -> Comment:
    """Store what the form says; raises ``Refused``, for what does not even fit its fields too."""
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Refused(f"{form.fields[name].label or ''}: {errors[0]}", code="form", field=name)
    data = form.cleaned_data
    return comments.add_comment(
        article,
        request.user,
        text=data["text"],
        quotation=data["quotation"],
        block=data["paragraph"] - 1 if data["paragraph"] else None,
        required=data["required"],
        parent=parent_of(article, data["parent"]),
        version=None if data["parent"] else data["version"] if data["version"] is not None else -1,
        address=address_of(request),
    )


def parent_of(article: Article, number: int | None) -> Comment | None:
    if number is None:
        return None
    found = Comment.objects.filter(article=article, pk=number).select_related("parent").first()
    if found is None:
        raise Refused(_("The remark you answer is not one on this manuscript."), code="parent")
    return found


def settle(comment: Comment, request: HttpRequest) -> Comment:
    return comments.settle_comment(comment, request.user, address=address_of(request))


def remarks_of(case: Case, form: CommentForm | None = None) -> Remarks:
    """The remarks on a manuscript in the order of the text, settled ones apart; one query for all of them."""
    article, user = case.article, case.by
    found = article.comments.select_related("by", "resolved_by", "revision").defer("revision__content")
    rows = list(found.order_by("-pk")[: MOST + 1])
    answers: dict[int, list[Comment]] = defaultdict(list)
    for row in reversed(rows[:MOST]):
        if row.parent_id is not None:
            answers[row.parent_id].append(row)
    texts = comments.block_texts(article.body)
    may_settle = user.has_perm("articles.change_comment")
    threads = [
        Thread(row, *placed(article, row, texts), may_settle and row.resolved_at is None, answers[row.pk])
        for row in rows[:MOST]
        if row.parent_id is None
    ]
    threads.sort(key=lambda t: (not t.stands, t.block or 0, t.comment.pk))
    is_open = [t for t in threads if t.comment.resolved_at is None]
    answering = number_in(form.data.get("parent", "")) if form is not None else 0
    return Remarks(
        open=is_open,
        settled=[t for t in threads if t.comment.resolved_at is not None],
        form=CommentForm(initial={"version": article.version}) if form is None or answering else form,
        may_add=user.has_perm("articles.add_comment"),
        open_required=case.open_required,
        left_out=len(rows) > MOST,
        answering=answering,
        answer=str(form.data.get("text", "")) if form is not None and answering else "",
    )


def placed(article: Article, comment: Comment, texts: Sequence[str]) -> tuple[bool, int | None]:
    stands, block = comments.still_stands(article, comment, texts)
    return stands, None if block is None else block + 1
