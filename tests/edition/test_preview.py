"""The whole issue before it is out: for who holds the link, and byte for byte what readers will get."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import press
from articles.models import Author, Issue
from articles.models.record_head import RecordHead
from articles.press import IssueStage
from journal.edition import publish, store
from journal.edition.bake import bake
from journal.edition.manifest import Manifest
from journal.edition.preview import COOKIE
from journal.variants import others
from tests.factories import Cast, make_issue, make_journal, printed_issue
from tests.public.conftest import add_figure, set_fields

pytestmark = pytest.mark.django_db(transaction=True)

BANNER = re.compile(rb'<aside class="preview".*?</aside>', re.DOTALL)


@pytest.fixture
def cast(db: None) -> Cast:
    make_journal(name="澜江", publication_type="serial")
    cast = Cast()
    printed_issue(cast, 2, year=2025, number="3")
    return cast


@pytest.fixture
def signed(cast: Cast) -> Issue:
    """Signed for press, with pictures, a serial and an author nobody has read yet."""
    issue = make_issue(cast, IssueStage.SIGNED, year=2026, number="7", serial_number=7)
    first, second = issue.articles.in_page_order()
    figure = add_figure(first, caption="渡口", photographer="贺苇")
    set_fields(first, body=f'<p>船到了。</p><p><img src="{figure.image.url}" alt="渡口"></p>', series="渡口")
    set_fields(second, series="渡口", series_part="下")
    return issue


def opened(cast: Cast, issue: Issue) -> Issue:
    press.perform("open_preview", issue, cast.publisher if issue.stage == "signed" else cast.head)
    return issue


def entered(issue: Issue) -> Client:
    client = Client()
    answer = client.get(reverse("public:preview", args=[issue.preview_key]))
    assert (answer.status_code, answer.headers["Location"]) == (302, issue.get_absolute_url())
    return client


def bare(answer: Any) -> bytes:
    """What was answered, without the banner, of which every page has exactly one."""
    body = answer.content if not answer.streaming else b"".join(answer)
    if not answer.headers["Content-Type"].startswith("text/html"):
        return bytes(body)
    assert len(BANNER.findall(body)) == 1
    return BANNER.sub(b"", body)


def baked_pages(issue: Issue) -> dict[str, Path]:
    """Address → file, for everything an issue has among the readers' files."""
    top = store.folder(store.current() or 0)
    groups = [g for g in Manifest(top).groups() if f" {issue.get_absolute_url()}" in g.key]
    paths = [e.path for g in groups for e in g.files if not e.path.endswith((".gz", ".br"))]
    found = {}
    for path in paths:
        address = "/" + path.partition("/")[2].removesuffix("index.html")
        found[address] = top / path
    return found


def in_each_variant(path: str) -> list[str]:
    return [address for _variant, address in others(path)]


@pytest.mark.parametrize("visibility", ["public", "members"])
def test_every_page_of_the_preview_is_the_page_that_is_published(
    cast: Cast, signed: Issue, variants: list[str], monkeypatch: pytest.MonkeyPatch, visibility: str
) -> None:
    if visibility == "members":
        make_journal(publication_type="internal", licence_expires=None)
    hour = timezone.now() + datetime.timedelta(minutes=1)
    press.perform("schedule", signed, cast.publisher, publish_at=hour)
    client, before = entered(opened(cast, signed)), {}
    for article in signed.articles.all():
        place = f"{signed.get_absolute_url()}{article.code}/"
        addresses = [*in_each_variant(place), f"{place}{article.code}.bib", f"{place}{article.code}.ris"]
        addresses += [figure.image.url for figure in article.figures.all()]
        before |= {address: bare(client.get(address)) for address in addresses}
    contents = in_each_variant(signed.get_absolute_url())
    before |= {address: bare(client.get(address)) for address in contents}
    monkeypatch.setattr(timezone, "now", lambda: hour)
    publish.publish_scheduled(signed)
    files = baked_pages(signed)
    assert set(files) == set(before)
    assert len(files) == 8 + 3 * len(variants)  # the pages once more in each variant
    assert {a for a, file in files.items() if file.read_bytes() != before[a]} == set()


def test_every_link_inside_the_issue_stays_inside_the_preview(cast: Cast, signed: Issue) -> None:
    client = entered(opened(cast, signed))
    seen, queue = set(), [signed.get_absolute_url()]
    while queue:
        address = queue.pop()
        if address in seen:
            continue
        seen.add(address)
        body = bare(client.get(address)).decode(errors="replace")
        inside = re.findall(rf'(?:href|src)="({signed.get_absolute_url()}[^"#]*|/media/[^"]*)', body)
        queue += inside
    assert len(seen) == 8


def test_an_author_who_was_never_read_has_a_page_in_the_preview(cast: Cast, signed: Issue) -> None:
    author = Author.objects.create(name="新人", code="new-one")
    signed.articles.first().bylines.update(author=author)
    address = reverse("public:author", args=["new-one"])
    assert Client().get(address).status_code == 404
    assert entered(opened(cast, signed)).get(address).status_code == 200


def test_an_unsigned_issue_can_be_seen_and_says_what_is_not_ready(cast: Cast) -> None:
    issue = opened(cast, make_issue(cast, IssueStage.CONTENTS_APPROVED, year=2026, number="8"))
    client = entered(issue)
    assert "尚未" in client.get(issue.get_absolute_url()).content.decode()
    assert all(
        client.get(f"{issue.get_absolute_url()}{a.code}/").status_code == 200 for a in issue.articles.all()
    )


def test_nothing_is_written_by_looking(cast: Cast, signed: Issue) -> None:
    client = entered(opened(cast, signed))
    head = RecordHead.objects.get().last_hash
    row = Issue.objects.values().get(pk=signed.pk)
    client.get(signed.get_absolute_url())
    assert RecordHead.objects.get().last_hash == head
    assert Issue.objects.values().get(pk=signed.pk) == row


def test_a_stranger_sees_nothing_while_somebody_looks(cast: Cast, signed: Issue) -> None:
    entered(opened(cast, signed)).get(signed.get_absolute_url())
    assert Client().get(signed.get_absolute_url()).status_code == 404
    figure = signed.articles.filter(figures__isnull=False).first().figures.first()
    assert Client().get(figure.image.url).status_code == 404


@pytest.mark.parametrize("key", ["x", "0" * 43, "钥匙", "leave"])
def test_a_wrong_key_is_nothing(cast: Cast, signed: Issue, key: str) -> None:
    opened(cast, signed)
    answer = Client().get(f"/preview/{key}/")
    assert COOKIE not in answer.cookies or not answer.cookies[COOKIE].value
    if key != "leave":
        assert answer.status_code == 404


def test_a_closed_or_renewed_link_ends_every_ticket(cast: Cast, signed: Issue) -> None:
    client = entered(opened(cast, signed))
    old = signed.preview_key
    opened(cast, signed)
    assert client.get(signed.get_absolute_url()).status_code == 404
    assert client.get(reverse("public:preview", args=[old])).status_code == 404
    client = entered(signed)
    press.perform("close_preview", signed, cast.publisher)
    assert client.get(signed.get_absolute_url()).status_code == 404
    assert client.get("/preview//").status_code == 404


@pytest.mark.parametrize(
    "ticket",
    ["", "x", "[1]", signing.dumps([1, "x"]), signing.dumps([1], salt="journal.edition.preview")],
    ids=["empty", "short", "unsigned", "other-salt", "half"],
)
def test_a_forged_ticket_opens_nothing(cast: Cast, signed: Issue, ticket: str) -> None:
    opened(cast, signed)
    client = Client()
    client.cookies[COOKIE] = ticket
    assert client.get(signed.get_absolute_url()).status_code == 404


def test_the_ticket_of_one_issue_opens_no_other(cast: Cast, signed: Issue) -> None:
    other = make_issue(cast, IssueStage.SIGNED, year=2026, number="9")
    client = entered(opened(cast, signed))
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(f"{other.get_absolute_url()}{other.articles.first().code}/").status_code == 404


def test_no_preview_is_kept_found_or_told_of(cast: Cast, signed: Issue) -> None:
    client = Client()
    answers = [client.get(reverse("public:preview", args=[opened(cast, signed).preview_key]))]
    assert answers[0].cookies[COOKIE]["httponly"]
    answers += [client.get(signed.get_absolute_url())]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert signed.preview_key.encode() not in answers[1].content


def test_the_readers_files_know_nothing_of_the_preview(cast: Cast, signed: Issue) -> None:
    entered(opened(cast, signed)).get(signed.get_absolute_url())
    bake()
    first = store.current()
    top = store.folder(first or 0)
    assert signed.get_absolute_url() not in "".join(Manifest(top).paths())
    words = [signed.preview_key.encode(), signed.get_absolute_url().encode()]
    files = [p.read_bytes() for p in top.rglob("*") if p.is_file() and p.suffix not in {".gz", ".br"}]
    assert not [word for word in words if any(word in body for body in files)]
    opened(cast, signed)  # a new key alone changes no page
    assert not bake().changed


def test_once_it_is_out_the_link_leads_to_what_everybody_reads(cast: Cast, signed: Issue) -> None:
    client = entered(opened(cast, signed))
    publish.publish(signed, cast.publisher)
    answer = client.get(signed.get_absolute_url())
    assert b'class="preview"' not in answer.content
    again = Client().get(reverse("public:preview", args=[signed.preview_key]))
    assert (again.status_code, again.headers["Location"]) == (302, signed.get_absolute_url())
    assert COOKIE not in again.cookies


def test_who_leaves_sees_what_everybody_sees(cast: Cast, signed: Issue) -> None:
    client = entered(opened(cast, signed))
    client.get(reverse("public:preview-leave"))
    assert client.get(signed.get_absolute_url()).status_code == 404
