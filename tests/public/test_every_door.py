"""Who sees which word, at every address of the house: four issues, full of words that stand nowhere else.

One issue is for everybody, one for signed-in readers, one for the inside network, one is not out. The
addresses come from the URLconf; one that no rule here knows how to ask fails the test. Each is asked with
what belongs to each issue, live and with an edition before it, by people inside and outside.
"""

from __future__ import annotations

import gzip
import io
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import gettext

import journal
from articles import press, workflow
from articles.models import (
    Article,
    Author,
    GroupMember,
    Issue,
    IssueFile,
    MastheadLine,
    ReaderComment,
    Section,
)
from articles.models.journal import Commenting, Visibility
from articles.refusals import Refused
from articles.series import code_of
from journal.edition import going_back, store
from journal.edition.bake import bake
from journal.edition.serve import EditionFiles
from journal.public import cite
from journal.public.syndication import FORMS
from journal.security import is_inside
from journal.settings import env_networks
from tests.edition.conftest import the_tests_own_connection
from tests.factories import (
    DECLARED,
    Cast,
    make_article,
    make_draft,
    make_issue,
    make_journal,
    make_user,
    printed_issue,
)
from tests.files import made_file
from tests.portal.test_private import addresses
from tests.public.conftest import add_author, add_figure, set_fields

pytestmark = pytest.mark.django_db

INSIDE, OUTSIDE = "10.1.2.3", "203.0.113.9"
ISSUES = ("public", "members", "inside", "hidden")
#: Words of an issue that a page for its readers shows, each in a place of its own.
PLACES = (
    *("title", "subtitle", "kicker", "abstract", "body", "closing", "keyword", "byline", "unit"),
    *("caption", "photographer", "alternative", "masthead", "slogan", "section", "comment"),
    "download",
)
#: Words that no page shows anybody.
NOWHERE = ("file", "waiting")
#: What every text holds besides.
COMMON = "汛期过后，渡口的老船工把缆绳重新盘好，又在岸边的石阶上刻下了今年最高的水位。" * 4


def word(issue: str, place: str) -> str:
    """Latin letters, so that no variant of the page writes it differently."""
    return f"door{issue}{place}"


@dataclass
class Things:
    cast: Cast
    issues: dict[str, Issue] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)  # codes
    sections: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)

    def codes(self, issue: str) -> dict[str, str]:
        """What ``code`` stands for, by what the name of an address begins with."""
        return {
            "section": self.sections[issue],
            "author": self.authors[issue],
            "series": code_of("渡口纪事"),
        }


@pytest.fixture
def things(settings: Any) -> Things:
    settings.INSIDE_NETWORKS = [ip_network("10.0.0.0/8")]
    make_journal(name="澜江", publication_type="serial", comments=Commenting.EVERYBODY)
    found = Things(Cast())
    for place, name in enumerate(ISSUES):
        found.issues[name] = issue = an_issue(found.cast, name, 2021 + place)
        found.articles[name] = issue.articles.get()
        fill_with_words(found, name)
    join(found)
    call_command("rebuild_search", verbosity=0)
    return found


def an_issue(cast: Cast, name: str, year: int) -> Issue:
    """An issue of one article; the hidden one is in the making."""
    if name == "hidden":
        issue = make_issue(cast, year=year, number="4", page_count=1)
        article = make_article(cast, "accepted", code="door-hidden", submitter=make_user("contributor"))
        workflow.perform("place", article, cast.head, issue=issue, first_page=1)
        return issue
    issue = printed_issue(cast, 1, year=year, number="4")
    set_fields(issue.articles.get(), code=f"door-{name}")
    if name != "public":
        press.perform(press.DECISION_FOR[name], issue, cast.chief, reason="供内部阅读")
    return issue


def fill_with_words(things: Things, name: str) -> None:
    issue, article = things.issues[name], things.articles[name]
    say = {place: word(name, place) for place in (*PLACES, *NOWHERE)}
    section = Section.objects.create(name=say["section"], code=f"door-{name}", active=name == "public")
    set_fields(
        article,
        **{key: say[key] for key in ("title", "subtitle", "kicker", "abstract")},
        body=f"<p>{say['body']}</p><p>{COMMON}</p>",
        keywords=[say["keyword"], "渡口"],
        closing_notes=[say["closing"]],
        series="渡口纪事",
        section=section,
    )
    things.sections[name] = section.code
    things.authors[name] = add_author(article, say["byline"], say["unit"]).code
    texts = {key: say[key] for key in ("caption", "photographer", "alternative")}
    picture = add_figure(article, original_name=say["file"], **texts)
    things.pictures[name] = str(picture.image.name).removeprefix("figures/")
    MastheadLine.objects.create(issue=issue, label="主编", values=[say["masthead"]])
    QuerySet.update(Issue.objects.filter(pk=issue.pk), slogans=[say["slogan"]])
    offered = made_file(issue, content=say["download"].encode())
    QuerySet.update(IssueFile.objects.filter(pk=offered.pk), offered_at=article.created_at)
    decided = {"state": "shown", "moderated_by": things.cast.chief, "moderated_at": article.created_at}
    shown = ReaderComment(article=article, name="甲", text=say["comment"], **decided)
    ReaderComment.objects.bulk_create([shown, ReaderComment(article=article, name="乙", text=say["waiting"])])


def join(things: Things) -> None:
    """What leads from one issue to another besides serial and keyword: a group of the public author's that
    wrote in the inside issue alone."""
    group = add_author(things.articles["inside"], word("inside", "group"), kind="group")
    author = Author.objects.get(code=things.authors["public"])
    GroupMember.objects.create(group=group, author=author, role="成员")


# Who asks, and how.

#: Who asks: the person of the cast, the network address, the issues they read.
READERS: dict[str, tuple[str, str, set[str]]] = {
    "a stranger": ("", OUTSIDE, {"public"}),
    "a stranger inside": ("", INSIDE, {"public", "inside"}),
    "a reader": ("reader", OUTSIDE, {"public", "members"}),
    "a reader inside": ("reader", INSIDE, {"public", "members", "inside"}),
    "a contributor": ("contributor", OUTSIDE, {"public", "members"}),
    "an officer": ("audit_officer", OUTSIDE, {"public", "members"}),
    "the office": ("chief", OUTSIDE, {"public", "members", "inside"}),
}
#: Who comes into the desk, which shows what its own tables say (tests/people/MATRIX.md).
AT_DESK = {"an officer", "the office"}


@dataclass
class Asked:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return f"{self.headers}\n{self.body.decode('utf-8', errors='replace')}"


@dataclass
class House:
    """The whole house as it stands at its door: the edition's files first, the application behind them."""

    address: str
    cookie: str = ""

    def get(self, path: str, **environ: str) -> Asked:
        asked = RequestFactory(REMOTE_ADDR=self.address, HTTP_COOKIE=self.cookie, **environ).get(path).environ
        told: list[Any] = []
        with the_tests_own_connection():
            door = EditionFiles(WSGIHandler(), store.root(), [])
            chunks = door(asked, lambda status, headers: told.append((status, headers)))
            body = b"".join(chunks)
            if close := getattr(chunks, "close", None):
                close()
        return Asked(int(told[0][0].split()[0]), dict(told[0][1]), body)


def house_for(things: Things, who: str) -> House:
    person, address, _sees = READERS[who]
    if not person:
        return House(address)
    client = Client()
    client.force_login(getattr(things.cast, person))
    return House(address, f"sessionid={client.cookies['sessionid'].value}")


# Every address.


def every_address(things: Things, draft: Article, *, desk: bool) -> Iterator[str]:
    """All of the house, each asked with everything of each issue that it takes."""
    for name, parameters in addresses():
        room, _colon, rest = name.partition(":")
        if name == "people:logout" or (room == "admin" and not desk):
            continue
        found = dict.fromkeys(
            reverse(name, kwargs=given) for given in arguments(room, rest, parameters, things, draft)
        )
        yield from found


def arguments(
    room: str, name: str, parameters: list[str], things: Things, draft: Article
) -> Iterator[dict[str, Any]]:
    if not parameters:
        yield {}
    elif room == "admin":
        yield {key: "articles" if key == "app_label" else 1 for key in parameters}
    elif room == "people":
        yield dict.fromkeys(parameters, "x")
    elif room == "portal":
        yield {key: draft.pk if key == "pk" else 1 for key in parameters}
    else:
        for issue in ISSUES:
            known = belonging(name, issue, things, has_year="year" in parameters)
            unknown = set(parameters) - set(known)
            assert not unknown, f"{room}:{name} is new: say in this test what stands for {unknown}"
            yield from every_choice({key: known[key] for key in parameters})


def belonging(name: str, issue: str, things: Things, *, has_year: bool) -> dict[str, list[Any]]:
    """What stands for each parameter of a readers' address, of one issue."""
    article = things.articles[issue]
    code = next((codes for kind, codes in things.codes(issue).items() if name.startswith(kind)), article.code)
    return {
        "year": [things.issues[issue].year],
        "number": [things.issues[issue].number if has_year else 1],
        "code": [code],
        "cited": [article.code],
        "ending": list(cite.FORMATS),
        "form": [form for form in FORMS if form],
        "name": [things.pictures[issue]],
        "part": [1],
        "file": [file.name for file in things.issues[issue].files.all()],
        "key": ["x"],
    }


def every_choice(known: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    for chosen in itertools.product(*known.values()):
        yield dict(zip(known, chosen, strict=True))


# The tests.


def words_in(text: str) -> set[tuple[str, str]]:
    return set(re.findall(rf"door({'|'.join(ISSUES)})([a-z]+)", text))


def sent_again(things: Things) -> Article:
    """The contributor sends in what has stood in every issue: whoever is told where, is told a title."""
    mine = make_draft(things.cast, title="渡口旧事", body=f"<p>{COMMON}</p>")
    workflow.perform("submit", mine, things.cast.contributor, declarations=DECLARED)
    return mine


@pytest.mark.slow
@pytest.mark.parametrize("baked", [False, True], ids=["live", "baked"])
@pytest.mark.parametrize("who", READERS)
def test_everybody_sees_the_words_of_their_issues_and_no_other(things: Things, who: str, baked: bool) -> None:
    if baked:
        bake()
    house, sees = house_for(things, who), READERS[who][2]
    mine = sent_again(things)
    seen: set[tuple[str, str]] = set()
    wrong: list[str] = []
    for path in every_address(things, mine, desk=who not in AT_DESK):
        answer = house.get(path)
        found = words_in(answer.text)
        wrong += [f"{path} shows {''.join(w)}" for w in found if w[0] not in sees or w[1] in NOWHERE]
        wrong += [f"{path} {fault}" for fault in faults(answer, {issue for issue, _place in found})]
        seen |= found
    assert wrong == []
    assert {(issue, place) for issue in sees for place in PLACES} - seen == set()


def faults(answer: Asked, issues: set[str]) -> Iterator[str]:
    """What an answer must not be; more of one that shows what is not for everybody."""
    if answer.status >= 500:
        yield f"answers {answer.status}"
    if issues <= {"public"}:
        return
    kept = answer.headers.get("Cache-Control", "")
    if "private" not in kept and "no-store" not in kept:
        yield f"may be kept by anybody: {kept}"
    if answer.headers["Content-Type"].startswith("text/html"):
        robots = answer.headers.get("X-Robots-Tag", "") + answer.text
        if "noindex" not in robots:
            yield "may be indexed"


@pytest.mark.slow
@pytest.mark.parametrize("who", READERS)
def test_the_search_finds_what_its_reader_may_open(things: Things, who: str) -> None:
    house, sees = house_for(things, who), READERS[who][2]
    for issue in ISSUES:
        for place in ("title", "body", "byline"):
            answer = house.get(f"/search/?q={word(issue, place)}")
            others = {"title", "body", "byline", "section"} - {place}
            assert bool({(issue, other) for other in others} & words_in(answer.text)) == (issue in sees), (
                place
            )


@pytest.mark.parametrize("prefix", ["oai_dc", "jats"])
@pytest.mark.parametrize("who", READERS)
def test_harvesters_are_told_what_everybody_may_read_whoever_asks(
    things: Things, who: str, prefix: str
) -> None:
    house = house_for(things, who)
    for question in (f"ListRecords&metadataPrefix={prefix}", "ListSets", "Identify"):
        assert {issue for issue, _place in words_in(house.get(f"/oai/?verb={question}").text)} <= {"public"}
    told = house.get(f"/oai/?verb=ListRecords&metadataPrefix={prefix}").text
    assert ("public", "title") in words_in(told)
    assert "door-hidden" not in told


def test_the_search_command_finds_what_everybody_may_open(things: Things) -> None:
    for issue in ISSUES:
        told = io.StringIO()
        call_command("search", word(issue, "body"), "--json", stdout=told)
        assert json.loads(told.getvalue())["count"] == (issue == "public")


def test_each_folder_of_an_edition_holds_the_words_of_its_own_readers(things: Things) -> None:
    bake()
    edition = store.folder(store.current() or 0)
    for audience in Visibility.values:
        found = {
            issue
            for file in (edition / audience).rglob("*")
            if file.is_file()
            for issue, _place in words_in(text_of(file.read_bytes(), file.suffix))
        }
        assert found == {audience, "public"}, audience
    assert {path.name for path in edition.iterdir()} == {*Visibility.values, "manifest.json"}


def text_of(data: bytes, suffix: str) -> str:
    unpack = {".gz": gzip.decompress, ".br": brotli.decompress}.get(suffix, bytes)
    return unpack(data).decode("utf-8", errors="replace")


@pytest.mark.parametrize("baked", [False, True], ids=["live", "baked"])
def test_who_may_not_read_is_told_who_may_and_what_to_do(things: Things, baked: bool) -> None:
    if baked:
        bake()
    path = things.articles["inside"].get_absolute_url()
    for address in (path, things.issues["inside"].get_absolute_url()):
        answer = house_for(things, "a stranger").get(address)
        assert answer.status == 403
        assert gettext("This issue is for readers on the inside network.") in answer.text
        assert "/login/" in answer.text
    signed_in = house_for(things, "a reader").get(path)
    assert signed_in.status == 403
    told = gettext(
        "You are signed in, but not on the inside network. Open this page from a computer there; "
        "if you cannot, ask the office."
    )
    assert told in signed_in.text
    assert "/login/" not in signed_in.text


def test_the_readers_room_lists_what_its_reader_may_open(things: Things) -> None:
    for who, (_person, _address, sees) in READERS.items():
        answer = house_for(things, who).get("/members/")
        assert answer.status == (403 if sees == {"public"} else 200), who
        for name, issue in things.issues.items():
            assert (issue.get_absolute_url() in answer.text) == (name in sees and sees != {"public"}), (
                who,
                name,
            )


# Where a request comes from.


@pytest.mark.parametrize(
    ("proxy", "connection", "headers", "inside"),
    [
        (False, INSIDE, {}, True),
        (False, "::ffff:10.1.2.3", {}, True),
        (False, "fd00::7", {}, True),
        (False, OUTSIDE, {}, False),
        (False, "", {}, False),
        (False, OUTSIDE, {"HTTP_X_FORWARDED_FOR": INSIDE}, False),  # anybody can write this header
        (False, INSIDE, {"HTTP_X_FORWARDED_FOR": OUTSIDE}, False),  # a proxy nobody told us of
        (False, INSIDE, {"HTTP_X_REAL_IP": INSIDE}, False),
        (False, INSIDE, {"HTTP_VIA": "1.1 gate"}, False),
        (False, INSIDE, {"HTTP_X_FORWARDED_FOR": "10.9.9.9"}, True),  # a proxy of the office, for its people
        (True, "127.0.0.1", {"HTTP_X_FORWARDED_FOR": INSIDE}, True),
        (True, "", {"HTTP_X_FORWARDED_FOR": INSIDE}, True),  # through a socket
        (True, "127.0.0.1", {"HTTP_X_FORWARDED_FOR": OUTSIDE}, False),
        (True, "127.0.0.1", {"HTTP_X_FORWARDED_FOR": f"{INSIDE}, {OUTSIDE}"}, False),
        (True, "127.0.0.1", {"HTTP_X_FORWARDED_FOR": f"{OUTSIDE}, {INSIDE}"}, False),
        (True, "127.0.0.1", {"HTTP_X_FORWARDED_FOR": f"{INSIDE}, 127.0.0.9"}, True),
        (True, "127.0.0.1", {}, False),  # our proxy does not say for whom
        (True, "127.0.0.1", {"HTTP_X_FORWARDED_FOR": "nonsense"}, False),
        (True, OUTSIDE, {"HTTP_X_FORWARDED_FOR": INSIDE}, False),  # no proxy of ours
        (True, INSIDE, {}, True),  # round the proxy, from inside
    ],
)
def test_inside_is_who_comes_from_inside_all_the_way(
    settings: Any, proxy: bool, connection: str, headers: dict[str, str], inside: bool
) -> None:
    settings.INSIDE_NETWORKS = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]
    settings.BEHIND_PROXY = proxy
    assert is_inside(RequestFactory().get("/", REMOTE_ADDR=connection, **headers)) == inside


@pytest.mark.parametrize("room", ["public", "edition"])
def test_no_page_asks_the_gate_for_an_account_without_its_place(room: str) -> None:
    sources = (Path(journal.__file__).parent / room).rglob("*.py")
    asked = re.compile(r"(readable_by|visible_to)\(request\.user")
    assert [path.name for path in sources if asked.search(path.read_text(encoding="utf-8"))] == []


def test_without_an_inside_network_nobody_is_inside(settings: Any) -> None:
    settings.INSIDE_NETWORKS = []
    assert not is_inside(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1"))


@pytest.mark.parametrize(
    "written", ["10.0.0.0/99", "the office", "0.0.0.0/0", "10.0.0.0/8,::/0", "10.0.0.7/8"]
)
def test_a_network_that_is_none_or_the_whole_world_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("INSIDE_NETWORKS", written)
    with pytest.raises(ImproperlyConfigured, match="INSIDE_NETWORKS"):
        env_networks("INSIDE_NETWORKS")


# When the decision changes.


@pytest.mark.django_db(transaction=True)
def test_an_issue_closed_later_leaves_nothing_behind_in_public(things: Things) -> None:
    bake()
    issue, article = things.issues["public"], things.articles["public"]
    before = store.current()
    stranger, path = House(OUTSIDE), article.get_absolute_url()
    assert stranger.get(path).status == 200
    press.perform("keep_inside", issue, things.cast.chief, reason="限内部")
    assert store.current() != before
    public = store.folder(store.current() or 0) / "public"
    files = [file for file in public.rglob("*") if file.is_file()]
    left = {found for file in files for found in words_in(text_of(file.read_bytes(), file.suffix))}
    assert left <= {("public", "section")}  # a section in use is the office's, whatever stands in it
    pages = [path, issue.get_absolute_url(), f"/media/figures/{things.pictures['public']}"]
    assert [stranger.get(page).status for page in pages] == [403, 403, 404]
    assert [House(INSIDE).get(page).status for page in pages] == [200, 200, 200]
    assert [words_in(stranger.get(page).text) for page in pages] == [set(), set(), set()]
    with pytest.raises(Refused) as refused:
        going_back.show(before or 0, things.cast.publisher, reason="试试")
    assert refused.value.code == "brings-back"


@pytest.mark.django_db(transaction=True)
def test_an_issue_opened_and_closed_again_is_read_by_who_may_at_each_time(things: Things) -> None:
    bake()
    issue, path = things.issues["inside"], things.articles["inside"].get_absolute_url()

    def who_reads() -> set[str]:
        return {who for who in READERS if house_for(things, who).get(path).status == 200}

    for visibility in ("public", "members", "inside"):
        press.perform(press.DECISION_FOR[visibility], issue, things.cast.chief, reason="另有安排")
        may = {who for who, (_p, _a, sees) in READERS.items() if visibility in sees}
        assert who_reads() == may, visibility


def test_a_file_of_an_edition_made_for_others_is_not_served(things: Things) -> None:
    """Between a decision and the bake after it, the record decides, and the file is made for others."""
    bake()
    article = things.articles["members"]
    QuerySet.update(Issue.objects.filter(pk=article.issue_id), visibility="inside")
    assert house_for(things, "a reader").get(article.get_absolute_url()).status == 403
    assert House(INSIDE).get(article.get_absolute_url()).status == 200
