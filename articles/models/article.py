from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import captions, likeness, richtext, search
from articles.models.base import OneDoor
from articles.models.issue import Issue
from articles.models.place import KeepsPlace
from articles.models.section import Section
from articles.models.sight import Sight
from articles.press import IssueStage
from articles.refusals import Refused
from articles.validators import validate_article_code, validate_manuscript_number
from articles.workflow import Stage

if TYPE_CHECKING:
    pass

__all__ = ["Article"]

#: What a sign-off is given for: a change of any of these voids it.
SIGNED_FIELDS = ("kicker", "title", "subtitle", "abstract", "body", "source", "closing_notes")

PLAIN_FIELDS = ("kicker", "title", "subtitle", "toc_title", "abstract", "source", "series", "raw_body")


class ArticleQuerySet(Sight):
    """The vocabulary of the whole house, and what keeps texts clean and found however they are written."""

    def refuse(self, fields: Iterable[str]) -> None:
        super().refuse(fields)
        if set(fields) & {*SIGNED_FIELDS, "raw_body", "body_policy"}:
            raise TypeError(gettext("A text is cleaned on every write: save the article instead."))

    def bulk_create(self, objs: Iterable[Article], *args: Any, **kwargs: Any) -> list[Article]:
        objs = list(objs)
        for article in objs:
            article.clean_texts()
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, *args, **kwargs)
            search.keep(article.pk for article in made if article.pk)
            likeness.keep((article.pk, article.body) for article in made if article.pk)
        return made

    def update(self, **kwargs: Any) -> int:
        if not kwargs.keys() & set(search.TEXT_FIELDS):
            return super().update(**kwargs)
        with transaction.atomic(using=self.db):
            pks = list(self.values_list("pk", flat=True))
            changed = super().update(**kwargs)
            search.keep(pks)
        return changed

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        objs, fields = list(objs), list(fields)
        with transaction.atomic(using=self.db):
            changed = super().bulk_update(objs, fields, *args, **kwargs)
            if set(fields) & set(search.TEXT_FIELDS):
                search.keep(article.pk for article in objs)
        return changed


class Article(KeepsPlace, OneDoor):
    DOOR_FIELDS = frozenset({"stage", "published_at", "review_round", "due_on", "editor", "comments_closed"})

    manuscript_number = models.CharField(
        _("manuscript number"),
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_manuscript_number],
    )
    code = models.CharField(
        _("permanent code"), max_length=80, unique=True, validators=[validate_article_code]
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    issue = models.ForeignKey(
        Issue,
        verbose_name=_("issue"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    position = models.PositiveSmallIntegerField(_("order in the issue"), null=True, blank=True)
    first_page = models.PositiveSmallIntegerField(_("first page"), null=True, blank=True)
    last_page = models.PositiveSmallIntegerField(_("last page"), null=True, blank=True)
    # On the board: its pages stay where they are, whatever is moved around it.
    pages_locked = models.BooleanField(_("pages locked"), default=False)

    kicker = models.CharField(_("kicker"), max_length=200, blank=True)
    # A line break in the title is a decision of the page: it is kept as a newline.
    title = models.CharField(_("title"), max_length=300)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    toc_title = models.CharField(_("title on the contents page"), max_length=300, blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    body = models.TextField(_("text"), blank=True)
    raw_body = models.TextField(_("text as received"), blank=True, editable=False)
    body_policy = models.PositiveSmallIntegerField(default=0, editable=False)
    source = models.CharField(_("source"), max_length=200, blank=True)
    closing_notes = models.JSONField(_("closing notes"), default=list, blank=True)
    series = models.CharField(_("series"), max_length=100, blank=True)
    series_part = models.CharField(_("part"), max_length=10, blank=True)
    series_status = models.CharField(_("to be continued or concluded"), max_length=10, blank=True)
    photo_story = models.BooleanField(_("photo story"), default=False)
    # What readers wrote stays; nobody writes more (articles/reader_comments.py).
    comments_closed = models.BooleanField(_("comments closed"), default=False, editable=False)

    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False)
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
    )
    # Whom the registrar gave it to; blank: any responsible editor.
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible editor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="articles_in_charge",
    )
    review_round = models.PositiveSmallIntegerField(default=1, editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-created_at"]
        base_manager_name = "objects"
        permissions = [
            ("sign_for_unit", "May sign a submission off for its unit"),
            ("register_article", "May register and distribute manuscripts"),
            ("first_review", "May give the first review"),
            ("second_review", "May give the second review"),
            ("final_review", "May give the final review"),
            ("place_article", "May place articles in an issue"),
            ("release_article", "May release an edited article to press"),
            ("pull_article", "May pull a released article"),
            ("correct_published", "May approve corrections and take-downs"),
            ("apply_correction", "May carry out approved corrections and take-downs"),
            ("import_article", "May import printed issues"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["issue", "position"], name="article_unique_position_in_issue"),
            models.CheckConstraint(
                condition=Q(first_page__isnull=True, last_page__isnull=True)
                | Q(first_page__isnull=False, first_page__gte=1, last_page__isnull=True)
                | Q(first_page__isnull=False, first_page__gte=1, last_page__gte=F("first_page")),
                name="article_page_range",
            ),
            models.CheckConstraint(
                condition=Q(issue__isnull=False) | Q(position__isnull=True, first_page__isnull=True),
                name="article_place_needs_issue",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["published", "released", "editing"]) | Q(issue__isnull=False),
                name="article_stage_needs_issue",
            ),
            models.CheckConstraint(
                condition=~Q(stage="published") | Q(published_at__isnull=False),
                name="article_published_has_time",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="article_has_title"),
        ]
        indexes = [
            models.Index(fields=["stage", "due_on"], name="article_stage_due"),
            models.Index(fields=["issue", "first_page"], name="article_issue_page"),
            models.Index(fields=["-updated_at", "-id"], name="article_newest_change"),
            models.Index(fields=["stage", "-updated_at"], name="article_stage_change"),
            models.Index(fields=["title"], name="article_title"),
            models.Index(fields=["series", "published_at"], name="article_series"),
        ]

    def __str__(self) -> str:
        return self.title_line

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Clean every text; what only a door may move raises ``TypeError``, a stale version ``Refused``."""
        self.clean_texts()
        super().save(*args, **kwargs)
        self.remember_place()
        captions.follow(self)

    @classmethod
    def door_sentence(cls) -> str:
        return gettext("The stage moves only through workflow.perform().")

    def check_change(self, stored: Article) -> None:
        super().check_change(stored)
        self.take_place_of(stored)
        if stored.stage in Stage.text_closed() and self.text_hash != stored.text_hash:
            raise Refused(
                gettext(
                    "This text is closed: after release it changes only by a logged proof correction, "
                    "after publication only by an approved correction."
                ),
                code="text-closed",
                kind="conflict",
            )
        if self.issue_id != stored.issue_id and stored.stage != Stage.DRAFT:
            raise TypeError(gettext("An article enters and leaves an issue only through workflow.perform()."))
        place = ("position", "first_page", "last_page", "section_id", "toc_title")
        moved = any(getattr(self, name) != getattr(stored, name) for name in place)
        if moved and stored.issue is not None and stored.issue.stage in IssueStage.closed_stages():
            raise Refused(
                gettext("This issue is signed for press: nothing in it can be moved any more."),
                code="issue-closed",
                kind="conflict",
            )

    def clean_texts(self) -> None:
        """Run the body through the one cleaner and keep what came in, when cleaning changed it."""
        cleaned = richtext.clean_html(self.body)
        if cleaned != self.body:
            self.raw_body = self.body
        self.body, self.body_policy = cleaned, richtext.POLICY_VERSION
        for name in PLAIN_FIELDS:
            setattr(self, name, richtext.storable(getattr(self, name)))
        self.keywords = [richtext.storable(word) for word in self.keywords]
        self.closing_notes = [richtext.storable(note) for note in self.closing_notes]
        self.title = "\n".join(line.strip() for line in self.title.splitlines() if line.strip())

    @property
    def title_line(self) -> str:
        """The title on one line, as a list or a citation shows it."""
        return " ".join(self.title.split("\n"))

    @property
    def is_unsent(self) -> bool:
        """Whether it is a contributor's draft: nobody's but its sender's (``UNSENT``)."""
        return self.stage == Stage.DRAFT and self.submitter is not None and not self.submitter.is_staff

    @property
    def under_review(self) -> bool:
        """Whether one of the three reviews has it in hand."""
        return self.stage in Stage.in_review()

    @property
    def part_mark(self) -> str:
        """``（上）`` behind the title of a part, unless the printed title says it itself."""
        said = self.title.rstrip("）)").endswith(("（" + self.series_part, "(" + self.series_part))
        return f"（{self.series_part}）" if self.series and self.series_part and not said else ""

    @property
    def contents_title(self) -> str:
        return self.toc_title or self.title_line

    @property
    def text_hash(self) -> str:
        """SHA-256 of what a reviewer signs for (``SIGNED_FIELDS``), as 64 hex digits."""
        signed = [getattr(self, name) for name in SIGNED_FIELDS]
        return hashlib.sha256(json.dumps(signed, ensure_ascii=False).encode()).hexdigest()

    @property
    def character_count(self) -> int:
        """Characters of the running text as an editor counts them: every visible one but white space."""
        return len("".join(richtext.plain_text(self.body).split()))

    def get_absolute_url(self) -> str:
        """The reader's address; raises ``ValueError`` for an article that stands in no issue."""
        if self.issue is None:
            raise ValueError("an article outside an issue has no public address")
        return reverse("public:article", args=[self.issue.year, self.issue.number, self.code])
