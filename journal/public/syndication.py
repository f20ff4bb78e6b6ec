"""The three forms of a feed: Atom, RSS 2.0, JSON Feed 1.1; one list of articles, the same entries in each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

__all__ = ["FORMS", "AtomFeed", "Dated", "JsonFeed", "RssFeed"]


class Dated(SyndicationFeed):
    """``mime_type`` is what a server says of the file as well, by its name."""

    mime_type: str

    def latest_post_date(self) -> datetime:
        """The newest entry's date; an empty feed has the beginning of time, not the clock's."""
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates, default=datetime(1970, 1, 1, tzinfo=UTC))


class AtomFeed(Dated, Atom1Feed):
    """RFC 4287."""

    mime_type = "application/atom+xml; charset=utf-8"


class RssFeed(Dated, Rss201rev2Feed):
    """RSS 2.0, for readers that know nothing younger; it has a file's name, so its type is plain XML."""

    mime_type = "application/xml; charset=utf-8"


class JsonFeed(Dated):
    """JSON Feed 1.1 (jsonfeed.org): what programs read without an XML parser."""

    mime_type = "application/json"

    def write(self, outfile: Any, encoding: str) -> None:
        data = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "items": [self.entry(item) for item in self.items],
        }
        filled = {name: value for name, value in data.items() if value != ""}
        outfile.write(json.dumps(filled, ensure_ascii=False, indent=1) + "\n")

    def entry(self, item: dict[str, Any]) -> dict[str, Any]:
        data = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_text": item["description"] or item["title"],
            "date_published": item["pubdate"] and item["pubdate"].isoformat(timespec="seconds"),
            "date_modified": item["updateddate"] and item["updateddate"].isoformat(timespec="seconds"),
            "authors": [{"name": item["author_name"]}] if item["author_name"] else [],
            "tags": list(item["categories"]),
        }
        return {name: value for name, value in data.items() if value}


#: What stands behind ``…/feed/`` in an address → the form; a baked feed is a file of that name.
FORMS: dict[str, type[Dated]] = {"": AtomFeed, "rss.xml": RssFeed, "feed.json": JsonFeed}
