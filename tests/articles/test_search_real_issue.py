"""Every phrase of the one real issue is found, and nothing that does not hold it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from articles.models import Article
from articles.richtext import paragraphs_html
from articles.search import search
from articles.search.words import units
from journal.intake.as_json import issue_as_json
from journal.intake.ocr_markdown import read_issue
from tests.public.conftest import add_author

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PHRASES = 300


def test_every_phrase_of_titles_names_and_texts_is_found(shared: Path) -> None:
    data = issue_as_json(read_issue((shared / "import/issue-2024-07/source.md").read_bytes()))
    texts: dict[int, list[str]] = {}
    for number, one in enumerate(article for section in data["sections"] for article in section["articles"]):
        body = one.get("body_text") or ""
        article = Article.objects.create(
            title=one["title"][:300], code=f"real-{number}", body=paragraphs_html(body.split("\n"))
        )
        names = [author["name"] for author in one.get("authors", []) if author.get("name")]
        for name in names:
            add_author(article, name)
        texts[article.pk] = [article.title, body, *names]
    assert len(texts) > 20
    flat = {pk: ["\0".join(["", *units(text), ""]) for text in own] for pk, own in texts.items()}
    chance = random.Random(7)
    for _ in range(PHRASES):
        own = chance.choice([text for text in chance.choice(list(texts.values())) if len(units(text)) > 1])
        found = units(own)
        length = min(len(found), chance.randint(2, 8))
        start = chance.randint(0, len(found) - length)
        wanted = found[start : start + length]
        scanned = {
            pk for pk, lines in flat.items() if any("\0".join(["", *wanted, ""]) in line for line in lines)
        }
        query = "/".join(wanted)  # no blank: side by side
        hits = {hit.pk for hit in search(query, among=Article.objects.all(), limit=100).hits}
        assert hits == scanned, query
