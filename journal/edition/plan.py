"""Which pages an edition has, and what each group of them depends on.

A group is what is baked together: an article with its citations, the contents of an issue, a section, an
author, a year, the home page … Its fingerprint is a hash of every row its pages are made of, and of the code
that makes them. When it is that of the edition before, the group's files are taken over unread. Where a page
names something else – what stands beside it, the parts of a serial – the hash holds what it says of that.

Texts are hashed by the database, so a plan never holds the bodies of the archive in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import MD5, Concat
from django.urls import reverse

from articles.models import (
    Article,
    Author,
    Byline,
    Call,
    Erratum,
    Figure,
    GroupMember,
    Issue,
    IssueFile,
    Journal,
    MastheadLine,
    ReaderComment,
    Section,
)
from articles.models.journal import Commenting, Visibility
from articles.workflow import Stage
from journal.edition.crossings import HEAD, Crossings
from journal.edition.groups import Group, columns, digest, rows_by

__all__ = ["Group", "Plan", "make_plan"]

#: Whom a page is for, as its issue is; each has a folder of its own in the edition.
PUBLIC, MEMBERS, INSIDE = Visibility.PUBLIC.value, Visibility.MEMBERS.value, Visibility.INSIDE.value
#: What of the journal only the page for contributors shows.
OF_CONTRIBUTING = ("contributing", "contributors_wait")
#: What no reader's page shows: the office's own plans, measures and tokens.
OF_THE_OFFICE = (
    *("updated_at", "created_at", "version", "delivery_date", "publish_at", "scheduled_by_id", "preview_key"),
    *("cover_pages", "fixed_pages", "page_kinds", "back_schedule", "characters_per_line", "lines_per_page"),
    *("error_weights", "pages_locked", "due_on", "review_round", "editor_id", "raw_body"),
    *("comments", "comments_closed"),  # of an article's own page alone: ``read_comments``
)

#: A feed's addresses: Atom has the bare one.
FEED_FORMS: tuple[tuple[str, ...], ...] = ((), ("rss.xml",), ("feed.json",))
#: What the page of an article says of the one before and the one after.
NAMED = ("code", "title", "toc_title", "issue_id")


@dataclass
class Plan:
    """Reads the tables once; ``groups()`` is the edition. ``code`` is the hash of what renders the pages."""

    code: str
    articles: dict[int, str] = field(default_factory=dict)  # article → digest of all it shows
    inside: dict[int, list[tuple[int, str]]] = field(default_factory=dict)  # issue → (article, code)
    heads: dict[int, dict[str, Any]] = field(default_factory=dict)
    signed: dict[int, list[Any]] = field(default_factory=dict)  # article → (author, role, printed name)
    pictures: dict[int, list[Any]] = field(default_factory=dict)

    def read(self) -> Plan:
        self.journal = Journal.objects.current()
        self.issues = list(Issue.objects.out().in_order())
        self.open = set(Issue.objects.for_everyone().values_list("pk", flat=True))
        shelf = [issue.pk for issue in self.issues if issue.pk in self.open]
        self.newest = shelf[-1] if shelf else None  # on the front page: its pages say so
        unless_decided = self.journal.default_visibility
        self.audience = {issue.pk: str(issue.visibility or unless_decided) for issue in self.issues}
        self.image = columns(Figure).index("image")
        self.house = digest(
            self.code,
            [getattr(self.journal, name) for name in columns(Journal, *OF_CONTRIBUTING, *OF_THE_OFFICE)],
            len(self.open) < len(self.issues),
        )
        self.covers = rows_by(Figure.objects.filter(issue__isnull=False), "issue_id", *columns(Figure))
        offered = IssueFile.objects.offered().order_by("format")
        self.files = rows_by(offered, "issue_id", "name", "size", "sha256")
        self.masthead = rows_by(MastheadLine.objects.order_by("position"), "issue_id", *columns(MastheadLine))
        self.sections = {
            row[0]: row for row in Section.objects.order_by("position", "name").values_list(*columns(Section))
        }
        self.read_authors()
        self.read_articles()
        self.read_comments()
        self.read_series()
        self.crossings = Crossings(self.heads, self.signed, self.articles, self.issues, self.open)
        return self

    def read_authors(self) -> None:
        members = rows_by(GroupMember.objects.order_by("position"), "group_id", *columns(GroupMember))
        names = {
            pk: (name, unit, kind)
            for pk, name, unit, kind in Author.objects.values_list("pk", "name", "unit", "kind")
        }
        self.groups_of: dict[int, set[int]] = defaultdict(set)
        for group, rows in members.items():
            for row in rows:
                self.groups_of[row[columns(GroupMember).index("author_id")]].add(group)
        self.namesakes: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.authors: dict[int, str] = {}
        self.author_codes: dict[int, str] = {}
        for row in (
            Author.objects.order_by("pk").values(*columns(Author, "user_id")).iterator(chunk_size=2000)
        ):
            pk = row["id"]
            member_names = [names.get(m) for rows in members.get(pk, []) for m in rows if isinstance(m, int)]
            self.authors[pk] = digest(row, members.get(pk), member_names)
            self.author_codes[pk] = row["code"]
            self.namesakes[row["name"], row["kind"]].append(pk)
        self.names = names

    def read_articles(self) -> None:
        shown = Article.objects.filter(
            stage__in=[Stage.PUBLISHED, Stage.RETRACTED], issue__in=Issue.objects.out()
        )
        bylines = rows_by(
            Byline.objects.filter(article__in=shown).order_by("position"), "article_id", *columns(Byline)
        )
        figures = rows_by(
            Figure.objects.filter(article__in=shown).order_by("position", "pk"),
            "article_id",
            *columns(Figure),
        )
        errata = rows_by(
            Erratum.objects.filter(article__in=shown).order_by("pk"), "article_id", *columns(Erratum)
        )
        self.pictures = figures
        self.by_author: dict[int, list[int]] = defaultdict(list)
        self.by_section: dict[int | None, list[int]] = defaultdict(list)
        hashed = shown.in_page_order().annotate(text=MD5(Concat("body", Value(""), output_field=CharField())))
        author_place = columns(Byline).index("author_id")
        names = itemgetter(*map(columns(Byline).index, ("author_id", "role", "printed_name")))
        for row in hashed.values("text", *columns(Article, "body", *OF_THE_OFFICE)).iterator(chunk_size=2000):
            pk, section = row["id"], self.sections.get(row["section_id"])
            people = [self.authors.get(line[author_place]) for line in bylines.get(pk, [])]
            self.articles[pk] = digest(row, section, bylines.get(pk), people, figures.get(pk), errata.get(pk))
            self.heads[pk] = {key: row[key] for key in HEAD}
            lines = map(names, bylines.get(pk, []))
            self.signed[pk] = [(author, role, name or self.names[author][0]) for author, role, name in lines]
            self.inside.setdefault(row["issue_id"], []).append((pk, row["code"]))
            if row["stage"] == Stage.PUBLISHED and row["issue_id"] in self.open:
                self.by_section[row["section_id"]].append(pk)
                for line in bylines.get(pk, []):
                    self.by_author[line[author_place]].append(pk)

    def read_comments(self) -> None:
        """What an article's page says of its readers' comments; nothing where the journal takes none."""
        self.comments: dict[int, str] = {}
        if self.journal.comments == Commenting.OFF:
            return
        shown = rows_by(ReaderComment.objects.shown(), "article_id", "pk", "name", "text", "at")
        closed = set(Article.objects.filter(comments_closed=True).values_list("pk", flat=True))
        for pk in self.articles:
            self.comments[pk] = digest(self.journal.comments, pk in closed, shown.get(pk))

    def read_series(self) -> None:
        """What each part of a serial shows of the others, and who may open those."""
        issues = {issue.pk: [issue.year, issue.number, self.audience[issue.pk]] for issue in self.issues}
        self.series: dict[str, list[Any]] = defaultdict(list)
        for pk, head in self.heads.items():
            if head["series"]:
                self.series[head["series"]].append([self.articles[pk], issues.get(head["issue_id"])])

    # -- groups

    def groups(self) -> Iterator[Group]:
        """Every group of the edition, the issues first."""
        yield from self.issue_groups()
        yield from self.shelf_groups()
        yield from self.section_groups()
        yield from self.author_groups()
        for name, shown, pages in self.crossings.pages():
            yield Group(PUBLIC, name, digest(self.house, shown), pages)

    def issue_groups(self) -> Iterator[Group]:
        """Of each issue its contents, then each article by itself: a corrected word bakes few pages."""
        for audience in (PUBLIC, MEMBERS, INSIDE):
            named = {PUBLIC, audience}
            shelf = [issue for issue in self.issues if self.audience[issue.pk] in named]
            for place, issue in enumerate(shelf):
                if self.audience[issue.pk] != audience:
                    continue
                beside = shelf[max(place - 1, 0) : place] + shelf[place + 1 : place + 2]
                yield self.contents_group(audience, issue, beside)
                yield from self.file_groups(audience, issue)
                yield from self.article_groups(audience, issue)

    def contents_group(self, audience: str, issue: Issue, beside: list[Issue]) -> Group:
        fingerprint = digest(
            self.house,
            self.issue_row(issue),
            issue.pk == self.newest,
            self.masthead.get(issue.pk),
            [(other.year, other.number, other.serial_number) for other in beside],
            [self.articles[pk] for pk, _code in self.inside.get(issue.pk, [])],
            self.files.get(issue.pk),
        )
        address = issue.get_absolute_url()
        covers = [row[self.image] for row in self.covers.get(issue.pk, [])]
        return Group(audience, address, fingerprint, (address,), tuple(covers))

    def file_groups(self, audience: str, issue: Issue) -> Iterator[Group]:
        """What its readers may download: the file that was offered, by its bytes."""
        for name, _size, sha256 in self.files.get(issue.pk, []):
            address = reverse("public:file", args=[issue.year, issue.number, name])
            yield Group(audience, address, digest(sha256), (address,))

    def article_groups(self, audience: str, issue: Issue) -> Iterator[Group]:
        """The page of an article names what stands before and after it, and the parts of its serial."""
        inside = self.inside.get(issue.pk, [])
        head = digest(self.house, self.issue_row(issue), self.masthead.get(issue.pk), issue.pk == self.newest)
        turned = [pk for pk, _code in inside if self.is_published(pk)]
        after = dict(pairwise(turned))
        before = {later: earlier for earlier, later in after.items()}
        for pk, code in inside:
            beside = [self.heads[other] for other in (before.get(pk), after.get(pk)) if other]
            fingerprint = digest(
                head,
                self.articles[pk],
                [(before.get(pk), after.get(pk)), [[one[name] for name in NAMED] for one in beside]],
                self.series.get(self.heads[pk]["series"]),
                self.comments.get(pk),
                self.crossings.related(pk),
                self.crossings.code_of(pk),
            )
            pages = tuple(self.article_pages(issue, pk, code))
            rows = self.pictures.get(pk, []) if self.is_published(pk) else []
            yield Group(audience, pages[0], fingerprint, pages, tuple(row[self.image] for row in rows))

    def is_published(self, article: int) -> bool:
        return bool(self.heads[article]["stage"] == Stage.PUBLISHED)

    def article_pages(self, issue: Issue, article: int, code: str) -> Iterator[str]:
        place = [issue.year, issue.number, code]
        yield reverse("public:article", args=place)
        if self.is_published(article):
            for ending in ("bib", "ris"):
                yield reverse("public:citation", args=[*place, code, ending])

    def issue_row(self, issue: Issue) -> list[Any]:
        return [getattr(issue, name) for name in columns(Issue, *OF_THE_OFFICE)] + [self.covers.get(issue.pk)]

    def shelf_groups(self) -> Iterator[Group]:
        """Pages about many issues: home, back issues, years, about, and what machines read."""
        shelf = [issue for issue in self.issues if issue.pk in self.open]
        rows = [self.issue_row(issue) for issue in shelf]
        everything = digest(
            [self.articles[pk] for issue in shelf for pk, _code in self.inside.get(issue.pk, [])]
        )
        newest = shelf[-1:]
        inside = [self.articles[pk] for issue in newest for pk, _code in self.inside.get(issue.pk, [])]
        years = sorted({issue.year for issue in shelf})
        everyone = digest(self.house, rows, everything)

        def group(name: str, fingerprint: str, *pages: str) -> Group:
            return Group(PUBLIC, name, fingerprint, pages or (name,))

        yield group("/", digest(self.house, rows[-2:], inside))
        yield group("/issues/", digest(self.house, rows), "/issues/", *(f"/issues/{year}/" for year in years))
        for year in years:
            of_year = [
                self.articles[pk] for i in shelf if i.year == year for pk, _code in self.inside.get(i.pk, [])
            ]
            yield group(
                f"/issues/{year}/index/", digest(self.house, of_year, self.issue_numbers(shelf, year))
            )
        yield group("/about/", digest(self.house, rows[-1:], [self.masthead.get(i.pk) for i in newest]))
        calls = list(Call.objects.filter(shown=True).values_list(*columns(Call)))
        yield group(
            "/contribute/",
            digest(self.house, [getattr(self.journal, name) for name in OF_CONTRIBUTING], calls),
        )
        yield group("/feed/", everyone, *(reverse("public:feed", args=form) for form in FEED_FORMS))
        yield group(
            "/sitemap.xml",
            digest(everyone, self.authors, list(self.sections.values()), self.crossings.codes),
        )
        yield group("/robots.txt", self.house)
        yield group("/opensearch.xml", self.house)
        yield group("/offline/", self.house, "/offline/", "/sw.js")
        yield group("/404.html", self.house)

    def issue_numbers(self, shelf: list[Issue], year: int) -> list[tuple[int, str]]:
        return [(issue.pk, issue.number) for issue in shelf if issue.year == year]

    def section_groups(self) -> Iterator[Group]:
        counts = [(row, len(self.by_section.get(pk, []))) for pk, row in self.sections.items()]
        serials = len(
            {head["series"] for pk, head in self.heads.items() if self.crossings.is_open(pk)} - {""}
        )
        yield Group(PUBLIC, "/sections/", digest(self.house, counts, serials), ("/sections/",))
        code, active = columns(Section).index("code"), columns(Section).index("active")
        for pk, row in self.sections.items():
            if not row[active] and not self.by_section.get(pk):
                continue
            place = [str(row[code])]
            feeds = [reverse("public:section-feed", args=[*place, *form]) for form in FEED_FORMS]
            pages = (reverse("public:section", args=place), *feeds)
            own = [self.articles[article] for article in self.by_section.get(pk, [])]
            yield Group(PUBLIC, pages[0], digest(self.house, row, own, self.issue_order), pages)

    @property
    def issue_order(self) -> list[tuple[int, int, str]]:
        return [(issue.pk, issue.year, issue.number) for issue in self.issues if issue.pk in self.open]

    def author_groups(self) -> Iterator[Group]:
        """Authors with something everybody may read, alone or in a group."""
        works: dict[int, list[int]] = {}
        for pk in self.authors:
            own = [
                article
                for key in (pk, *sorted(self.groups_of.get(pk, ())))
                for article in self.by_author.get(key, [])
            ]
            if own:
                works[pk] = own
        order = digest(self.issue_order)
        for pk, own in works.items():
            name, _unit, kind = self.names[pk]
            beside = [(self.authors[other], other in works) for other in self.namesakes[name, kind]]
            of_groups = [self.authors[key] for key in sorted(self.groups_of.get(pk, ()))]
            place = [self.author_codes[pk]]
            pages = (reverse("public:author", args=place), reverse("public:author-feed", args=place))
            texts = [self.articles[article] for article in own]
            yield Group(PUBLIC, pages[0], digest(self.house, order, beside, of_groups, texts), pages)


def make_plan(code: str) -> Plan:
    """The plan of an edition as the database stands in this connection, an open transaction included."""
    return Plan(code).read()
