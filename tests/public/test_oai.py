"""OAI-PMH: what harvesters are told, by the protocol, and that they are told of nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree
from sickle import Sickle

from articles import press, workflow
from articles.models import Article, Event, Issue
from journal.public.oai import answers
from tests import schemas
from tests.factories import Cast, make_journal, make_section, printed_issue
from tests.public.conftest import Shelf, add_author, set_fields

pytestmark = pytest.mark.django_db

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LATER = datetime.datetime(2030, 5, 1, 8, 30, 15, 250_000, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def at_its_own_site(settings: Any) -> None:
    settings.SITE_URL = "https://lanjiang.example"


def ask(client: Client, verb: str = "", **arguments: str) -> Any:
    """The answer's root; ``from_`` is ``from``. Every answer has to be valid by the protocol's schema."""
    given = {name.rstrip("_"): value for name, value in arguments.items()} | ({"verb": verb} if verb else {})
    response = client.get("/oai/", given)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    tree = etree.fromstring(response.content)
    assert schemas.oai(tree) == []
    return tree


def error(tree: Any) -> str | None:
    found = tree.find(f"{OAI}error")
    return None if found is None else found.get("code")


def told(tree: Any) -> dict[str, str]:
    """Code → status of each record."""
    return {
        header.findtext(f"{OAI}identifier").rpartition(":")[2]: header.get("status", "there")
        for header in tree.iter(f"{OAI}header")
    }


def stamps(tree: Any) -> list[str]:
    return [header.findtext(f"{OAI}datestamp") for header in tree.iter(f"{OAI}header")]


def codes(*issues: Issue) -> set[str]:
    return set(Article.objects.filter(issue__in=issues).values_list("code", flat=True))


def identifiers(client: Client, **arguments: str) -> dict[str, str]:
    return told(ask(client, "ListIdentifiers", metadataPrefix="oai_dc", **arguments))


def happen(action: str, article: Article, at: datetime.datetime = LATER) -> None:
    """An event of another day, as the record would have it."""
    Event.objects.create(action=action, actor_name="test", article=article, at=at)


# Whose records.


def test_what_is_for_everybody_is_told_and_nothing_else(client: Client, shelf: Shelf) -> None:
    """The shelf's issue for members came out for everybody: harvesters have it and are to drop it."""
    found = identifiers(client)
    assert {code for code, status in found.items() if status == "there"} == codes(shelf.old, shelf.new)
    assert {code for code, status in found.items() if status == "deleted"} == codes(shelf.members)


@pytest.mark.parametrize("prefix", ["oai_dc", "jats"])
def test_no_answer_holds_a_word_of_what_is_not_for_everybody(
    client: Client, shelf: Shelf, prefix: str
) -> None:
    client.force_login(shelf.cast.chief)
    answers = [client.get("/oai/", {"verb": "ListRecords", "metadataPrefix": prefix})]
    answers += [client.get("/oai/", {"verb": "ListSets"}), client.get("/oai/", {"verb": "Identify"})]
    for article, says in ((shelf.secret, b'status="deleted"'), (shelf.unpublished, b"idDoesNotExist")):
        asked = {"metadataPrefix": prefix, "identifier": identifier(article)}
        answers.append(client.get("/oai/", {"verb": "GetRecord", **asked}))
        assert says in answers[-1].content
    text = "".join(answer.content.decode() for answer in answers)
    assert [words for words in shelf.secrets if words in text] == []


def identifier(article: Article) -> str:
    return f"oai:lanjiang.example:{article.code}"


def test_an_article_taken_down_is_a_deleted_record(client: Client, shelf: Shelf) -> None:
    article = shelf.article
    workflow.perform("approve_retraction", article, shelf.cast.chief, reason="事实有误", notice="已撤下。")
    workflow.perform("take_down", article, shelf.cast.publisher)
    assert identifiers(client)[article.code] == "deleted"
    tree = ask(client, "GetRecord", identifier=identifier(article), metadataPrefix="jats")
    assert told(tree) == {article.code: "deleted"}
    assert tree.find(f".//{OAI}metadata") is None
    assert article.title_line not in etree.tostring(tree, encoding="unicode")


@pytest.mark.parametrize("decision", ["close", "keep_inside"])
def test_what_was_for_everybody_and_is_no_more_is_deleted_until_it_is_again(
    client: Client, shelf: Shelf, decision: str
) -> None:
    press.perform(decision, shelf.new, shelf.cast.chief, reason="供内部阅读")
    found = identifiers(client)
    gone = {code for code, status in found.items() if status == "deleted"}
    assert gone == codes(shelf.new, shelf.members)
    assert (
        shelf.article.title_line
        not in client.get("/oai/", {"verb": "ListRecords", "metadataPrefix": "jats"}).content.decode()
    )
    press.perform("open_to_public", shelf.new, shelf.cast.chief, reason="公开")
    found = identifiers(client)
    assert {found[code] for code in codes(shelf.new)} == {"there"}


def test_an_issue_closed_before_it_came_out_was_never_there(client: Client) -> None:
    cast = Cast()
    make_journal(publication_type="serial")
    issue = printed_issue(cast, 2, publish=False)
    press.perform("close", issue, cast.chief, reason="供内部阅读")
    press.perform("publish", issue, None, actor_name="test")
    assert error(ask(client, "ListIdentifiers", metadataPrefix="oai_dc")) == "noRecordsMatch"
    assert error(ask(client, "ListSets")) == "noSetHierarchy"


# Since when.


def test_a_correction_makes_the_record_new(client: Client, shelf: Shelf) -> None:
    happen("correct", shelf.article)
    assert set(identifiers(client, from_="2030-05-01T08:30:15Z")) == {shelf.article.code}
    assert set(identifiers(client, from_="2030-05-01", until="2030-05-01")) == {shelf.article.code}
    assert shelf.article.code not in identifiers(client, until="2030-05-01T08:30:14Z")


def test_what_only_the_office_hears_of_makes_no_record_new(client: Client, shelf: Shelf) -> None:
    happen("approve_correction", shelf.article)
    asked = ask(client, "ListIdentifiers", metadataPrefix="oai_dc", from_="2030-01-01")
    assert error(asked) == "noRecordsMatch"


def test_opening_an_issue_makes_its_records_new(client: Client, shelf: Shelf) -> None:
    before = max(stamps(ask(client, "ListIdentifiers", metadataPrefix="oai_dc")))
    press.perform("open_to_public", shelf.members, shelf.cast.chief, reason="公开")
    asked = ask(client, "ListIdentifiers", metadataPrefix="oai_dc", from_=before)
    assert codes(shelf.members) <= set(told(asked))


def test_a_back_issue_is_new_when_it_comes_in_and_not_when_it_was_printed(
    client: Client, shelf: Shelf
) -> None:
    cast, printed = shelf.cast, datetime.datetime(2009, 3, 1, tzinfo=datetime.UTC)
    issue = printed_issue(cast, 1, publish=False, year=2009, number="3")
    press.perform("publish", issue, None, actor_name="test", published_at=printed)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    assert codes(issue) <= set(identifiers(client, from_=today))


# Sets and formats.


def test_sets_are_the_sections_that_have_something(client: Client, shelf: Shelf) -> None:
    empty = make_section(name="没有文章的栏目", code="empty")
    found = {one[0].text: one[1].text for one in ask(client, "ListSets").iter(f"{OAI}set")}
    assert found == {shelf.section.code: shelf.section.name}
    assert set(identifiers(client, set=shelf.section.code)) == codes(shelf.old, shelf.new, shelf.members)
    asked = ask(client, "ListIdentifiers", metadataPrefix="oai_dc", set=empty.code)
    assert error(asked) == "noRecordsMatch"


def test_dublin_core_is_valid_and_says_who_wrote_what_where(client: Client, shelf: Shelf) -> None:
    article = set_fields(shelf.article, keywords=["渡口"], subtitle="——一次清点", abstract="清点了渡口。")
    add_author(article, "沈砚秋", "岚江杂志社")
    add_author(article, "顾晓川", "", "译")
    tree = ask(client, "GetRecord", identifier=identifier(article), metadataPrefix="oai_dc")
    found = tree.find(f".//{OAI}metadata")[0]
    assert schemas.oai_dc(found) == []
    said = {
        name: [e.text for e in found.iterfind(f"{DC}{name}")] for name in ("title", "creator", "contributor")
    }
    assert said["title"] == [f"{article.title_line}：一次清点"]
    assert "沈砚秋" in said["creator"]
    assert said["contributor"] == ["顾晓川"]
    assert [e.text for e in found.iterfind(f"{DC}subject")] == [shelf.section.name, "渡口"]
    assert found.findtext(f"{DC}identifier") == f"https://lanjiang.example{article.get_absolute_url()}"


def test_jats_is_the_article_itself(client: Client, shelf: Shelf) -> None:
    tree = ask(client, "ListRecords", metadataPrefix="jats")
    found = [metadata[0] for metadata in tree.iter(f"{OAI}metadata")]
    assert len(found) == len(codes(shelf.old, shelf.new))
    for article in found:
        alone = etree.tostring(article, encoding="unicode", with_tail=False)
        assert alone.startswith("<article ")
        namespaces = ("http://jats.nlm.nih.gov", "http://www.openarchives.org/OAI/2.0/")
        for one in namespaces:
            alone = alone.replace(f' xmlns="{one}"', "")
        assert schemas.jats(etree.fromstring(alone)) == []


def test_a_sign_that_xml_cannot_hold_does_not_spoil_the_list(client: Client, shelf: Shelf) -> None:
    set_fields(shelf.article, subtitle="前\x0b后")
    assert "前后" in client.get("/oai/", {"verb": "ListRecords", "metadataPrefix": "oai_dc"}).content.decode()


# What is asked wrongly.

LISTED = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
WRONG: list[tuple[dict[str, str], str]] = [
    ({}, "badVerb"),
    ({"verb": "Steal"}, "badVerb"),
    ({"verb": "Identify", "set": "people"}, "badArgument"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
    (
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:lanjiang.example:no"},
        "idDoesNotExist",
    ),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "no"}, "idDoesNotExist"),
    ({"verb": "ListMetadataFormats", "identifier": "oai:lanjiang.example:no"}, "idDoesNotExist"),
    ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords", "metadataPrefix": "a b"}, "badArgument"),
    ({**LISTED, "from": "yesterday"}, "badArgument"),
    ({**LISTED, "from": ""}, "badArgument"),
    ({**LISTED, "from": "２０２６-01-01"}, "badArgument"),
    ({**LISTED, "from": "2026-13-01"}, "badArgument"),
    ({**LISTED, "from": "2026-01-01", "until": "2026-02-01T00:00:00Z"}, "badArgument"),
    ({**LISTED, "from": "2026-02-01", "until": "2026-01-01"}, "badArgument"),
    ({**LISTED, "until": "0001-01-01"}, "noRecordsMatch"),
    ({**LISTED, "from": "9999-12-31"}, "noRecordsMatch"),
    ({**LISTED, "set": "nowhere"}, "noRecordsMatch"),
    ({**LISTED, "set": "a\x00b"}, "badArgument"),
    ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
    ({**LISTED, "resumptionToken": "x"}, "badArgument"),
]


@pytest.mark.parametrize(("asked", "code"), WRONG)
def test_what_is_asked_wrongly_is_answered_as_the_protocol_says(
    client: Client, shelf: Shelf, asked: dict[str, str], code: str
) -> None:
    verb = {name: value for name, value in asked.items() if name != "verb"}
    tree = ask(client, asked.get("verb", ""), **verb)
    assert error(tree) == code
    repeated = dict(tree.find(f"{OAI}request").attrib)
    assert repeated == ({} if code in {"badVerb", "badArgument"} else asked)


def test_an_argument_stands_once(client: Client, shelf: Shelf) -> None:
    twice = client.get("/oai/?verb=Identify&verb=Identify").content
    assert b'code="badVerb"' in twice
    twice = client.get("/oai/?verb=ListRecords&metadataPrefix=jats&metadataPrefix=oai_dc").content
    assert b'code="badArgument"' in twice


def test_a_token_belongs_to_its_verb_and_cannot_be_made_up(
    client: Client, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PAGE", 2)
    token = ask(client, "ListRecords", metadataPrefix="jats").findtext(f".//{OAI}resumptionToken")
    assert error(ask(client, "ListRecords", resumptionToken=token)) is None
    assert error(ask(client, "ListIdentifiers", resumptionToken=token)) == "badResumptionToken"
    assert error(ask(client, "ListRecords", resumptionToken=f"{token}x")) == "badResumptionToken"


# The protocol over the wire.


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_harvesters_do_nothing_but_ask(client: Client, shelf: Shelf, method: str) -> None:
    assert getattr(client, method)("/oai/").status_code == 405


def test_harvesters_may_ask_by_post_and_have_no_token(client: Client, shelf: Shelf) -> None:
    asked = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    answer = Client(enforce_csrf_checks=True).post("/oai/", asked)
    assert told(etree.fromstring(answer.content)) == identifiers(client)


def test_it_is_nothing_for_search_engines_and_has_no_variant(client: Client, shelf: Shelf) -> None:
    assert "Disallow: /oai/" in client.get("/robots.txt").content.decode()
    assert client.get("/zh-hant/oai/").status_code == 404
    assert 'href="/oai/?verb=Identify"' in client.get("/about/").content.decode()


def pages(client: Client, **arguments: str) -> Iterator[Any]:
    tree = ask(client, "ListIdentifiers", **arguments)
    yield tree
    while token := tree.findtext(f".//{OAI}resumptionToken"):
        tree = ask(client, "ListIdentifiers", resumptionToken=token)
        yield tree


def test_a_list_goes_on_where_it_ended_whatever_changes_meanwhile(
    client: Client, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PAGE", 2)
    seen: list[str] = []
    for number, tree in enumerate(pages(client, metadataPrefix="oai_dc")):
        found = list(told(tree))
        if number == 0:
            happen("correct", Article.objects.get(code=found[0]))  # told already, and new again
        seen += found
        token = tree.find(f".//{OAI}resumptionToken")
        assert (token.get("cursor"), token.get("completeListSize")) == (str(2 * number), "7")
    assert len(seen) == 8
    assert seen[0] == seen[-1]
    assert set(seen) == codes(shelf.old, shelf.new, shelf.members)


def measure(client: Client, year: int, issues: int, articles: int) -> int:
    cast = Cast()
    for number in range(1, issues + 1):
        issue = printed_issue(cast, articles, year=year, number=str(number))
        for article in issue.articles.all():
            add_author(article, "顾晓川", "澜江杂志社")
    today = {"verb": "ListRecords", "metadataPrefix": "jats"}
    client.get("/oai/", today)
    with CaptureQueriesContext(connection) as queries:
        assert b"<error" not in client.get("/oai/", today).content
    return len(queries)


def test_an_answer_takes_no_more_queries_for_more_articles_of_more_issues(client: Client) -> None:
    make_journal(publication_type="serial")
    few, many = measure(client, 2024, 1, 2), measure(client, 2025, 4, 12)
    assert many == few <= 12


# A public client, over a real server.


@pytest.fixture
def harvester(shelf: Shelf, live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Sickle:
    monkeypatch.setattr(answers, "PAGE", 2)
    return Sickle(f"{live_server.url}/oai/")


@pytest.mark.django_db(transaction=True)
def test_sickle_harvests_everything(harvester: Sickle, shelf: Shelf) -> None:
    articles = Article.objects.filter(issue__in=[shelf.old, shelf.new, shelf.members])
    expected = set(map(identifier, articles))
    about = harvester.Identify()
    assert about.repositoryName == "澜江"
    assert about.baseURL == "https://lanjiang.example/oai/"
    assert (about.deletedRecord, about.granularity) == ("persistent", "YYYY-MM-DDThh:mm:ssZ")
    assert {one.metadataPrefix for one in harvester.ListMetadataFormats()} == {"oai_dc", "jats"}
    assert [one.setSpec for one in harvester.ListSets()] == [shelf.section.code]
    for prefix in ("oai_dc", "jats"):
        heads = list(harvester.ListIdentifiers(metadataPrefix=prefix))
        records = list(harvester.ListRecords(metadataPrefix=prefix, set=shelf.section.code))
        assert len(heads) == len(records) == 7
        assert {head.identifier for head in heads} == {one.header.identifier for one in records} == expected
        assert min(head.datestamp for head in heads) == about.earliestDatestamp
    one = harvester.GetRecord(identifier=identifier(shelf.article), metadataPrefix="oai_dc")
    assert one.metadata["title"] == [shelf.article.title_line]


@pytest.mark.django_db(transaction=True)
def test_sickle_hears_by_post_of_what_has_gone(shelf: Shelf, live_server: Any) -> None:
    press.perform("close", shelf.new, shelf.cast.chief, reason="供内部阅读")
    harvester = Sickle(f"{live_server.url}/oai/", http_method="POST")
    found = list(harvester.ListRecords(metadataPrefix="jats"))
    gone = {one.header.identifier.rpartition(":")[2] for one in found if one.deleted}
    assert gone == codes(shelf.new, shelf.members)
    kept = list(harvester.ListRecords(metadataPrefix="jats", ignore_deleted=True))
    assert {one.header.identifier.rpartition(":")[2] for one in kept} == codes(shelf.old)
