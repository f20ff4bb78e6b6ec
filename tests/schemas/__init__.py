"""The schemas our files are checked against, each with a resolver that knows no network."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.services import schemas

__all__ = ["crossref", "jats", "oai", "oai_dc"]


@cache
def fetched() -> Path | str:
    """The folder, or why there is none: asked once a run."""
    try:
        return schemas()
    except LookupError as missing:
        return str(missing)


def named(name: str) -> Path:
    """The schema of this name. Without it a test skips with one line; with CI=true it fails."""
    folder = fetched()
    if isinstance(folder, str):
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)(folder)
    return next(iter(sorted(folder.rglob(name))))


class Here(etree.Resolver):
    """Leads every address to the file of that name beside us, and those that are not there to nothing."""

    def resolve(self, url: str, _public: str | None, context: Any) -> Any:
        if Path(url).is_file():
            return self.resolve_filename(url, context)
        return self.resolve_filename(str(named(url.rpartition("/")[2])), context)


def loaded(name: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Here())
    return etree.XMLSchema(etree.parse(named(name), parser))


def problems(schema: Any, tree: Any) -> list[str]:
    """What is wrong, a line each."""
    valid = schema.validate(tree)
    found = [f"{error.line}: {error.message}" for error in schema.error_log]
    assert valid is (not found)
    return found


def asked(load: Callable[[], Any]) -> Callable[[Any], list[str]]:
    """What checks a tree; the schema is loaded when it is asked the first time, once a run."""
    kept = cache(load)
    return lambda tree: problems(kept(), tree)


jats = asked(lambda: etree.DTD(file=str(named("jats-publishing-dtd-1.1") / "JATS-journalpublishing1.dtd")))
crossref = asked(lambda: loaded("crossref5.4.0.xsd"))
oai = asked(lambda: loaded("OAI-PMH.xsd"))
oai_dc = asked(lambda: loaded("oai_dc.xsd"))
