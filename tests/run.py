"""``bin/test``: bring up what the tests need, run every check, print one closing line.

Each check is a line of ``CHECKS``; two run side by side, and a failed one does not stop the others. Where
Chromium or PostgreSQL cannot be had the last lines say so and name what was not run; with ``CI=true`` that is
a failure.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.services import chromium, gettext_tools, nginx, postgresql

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
CI = os.environ.get("CI", "").lower() == "true"

DEPLOY = {
    "HTTPS": "1",
    "SITE_URL": "https://journal.example",
    "ALLOWED_HOSTS": "journal.example",
    "SECRET_KEY": "only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
}
PYTEST = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider"]

#: name → command, extra environment; the names are what ``bin/test NAME …`` takes.
CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "lint": ([PYTHON, "-m", "ruff", "check", "."], {}),
    "format": ([PYTHON, "-m", "ruff", "format", "--check", "."], {}),
    "types": ([PYTHON, "-m", "mypy"], {}),
    "migrations": ([PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    "deploy": ([PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], DEPLOY),
    "house": ([*PYTEST, "tests/test_house_rules.py", "tests/test_translations.py"], {}),
    "sqlite": (
        [
            *PYTEST,
            "-m",
            "not browser",
            "--ignore=tests/test_house_rules.py",
            "--ignore=tests/test_translations.py",
        ],
        {},
    ),
    # What takes long takes long on either database: once is enough, unless it is about this one.
    "postgresql": (
        [*PYTEST, "-m", "not browser and not database_free and (not slow or postgres)", "tests"],
        {},
    ),
    "browser": ([*PYTEST, "-m", "browser", "tests"], {}),
}


#: Checks that take minutes, longest first; two checks run side by side.
LONG = ("browser", "postgresql", "sqlite")
LANES = 2
SPEAKING = threading.Lock()
#: Seconds after which a check that hangs is ended, so that the others' outcome is still told.
LONGEST = 60 * 60


@dataclass
class Outcome:
    name: str
    ok: bool
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    missing: str = ""


def count(output: str, word: str) -> int:
    """How many tests pytest's closing line says ``word`` of."""
    found = re.findall(rf"(\d+) {word}", output.strip().splitlines()[-1] if output.strip() else "")
    return int(found[-1]) if found else 0


def run(name: str, environment: dict[str, str]) -> Outcome:
    """Run one check; its lines come out as they are written, each under its name."""
    command, extra = CHECKS[name]
    say(name, " ".join(command[1:] if command[0] == PYTHON else command))
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment, **extra},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    clock = threading.Timer(LONGEST, process.kill)
    clock.start()
    lines = []
    for line in process.stdout or ():
        say(name, line.rstrip("\n"))
        lines.append(line)
    code = process.wait()
    clock.cancel()
    output = "".join(lines)
    outcome = Outcome(name, code == 0, seconds=time.monotonic() - started)
    if "pytest" in command:
        outcome.passed, outcome.skipped = count(output, "passed"), count(output, "skipped")
        outcome.failed = count(output, "failed") + count(output, "errors?")
        if not outcome.ok and not outcome.failed:
            outcome.failed = 1
    else:
        outcome.passed, outcome.failed = int(outcome.ok), int(not outcome.ok)
    return outcome


def say(name: str, line: str) -> None:
    with SPEAKING:
        print(f"{name:>10} │ {line}", flush=True)


@contextmanager
def service(name: str) -> Iterator[dict[str, str]]:
    """The environment a check needs; raises ``LookupError`` with a sentence when it cannot be had."""
    if name == "postgresql":
        with postgresql() as url:
            yield {"DATABASE_URL": url}
    elif name == "house":
        yield gettext_tools()
    elif name == "browser":
        yield {"CHROMIUM": chromium(), **nginx()}
    else:
        yield {}


def without_slow(command: list[str]) -> list[str]:
    """The same tests but those marked as taking long."""
    return [
        f"({word}) and not slow" if before == "-m" and "browser" in word else word
        for before, word in pairwise(["", *command])
    ]


def attempt(name: str, data: str, environment: dict[str, str] | str) -> Outcome:
    """Run one check in a data folder of its own, or say why it cannot be run."""
    if isinstance(environment, str):
        return Outcome(name, not CI, failed=int(CI), missing=environment)
    folder = Path(data, name)
    folder.mkdir()
    return run(name, {"KANWU_DATA": str(folder), **environment})


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__.splitlines()[0])
    parser.add_argument("checks", nargs="*", choices=[*CHECKS, []], help="run only these checks")
    parser.add_argument("--slow", action="store_true", default=CI, help="the long ones too, as CI does")
    options = parser.parse_args()
    wanted = options.checks or list(CHECKS)
    if not options.slow:
        print("Without the tests marked slow; --slow runs them, too.")
        CHECKS.update({name: (without_slow(command), extra) for name, (command, extra) in CHECKS.items()})
    with ExitStack() as services, tempfile.TemporaryDirectory(prefix="kanwu-test-") as data:
        # One after the other: two cannot install packages at the same time.
        environments: dict[str, dict[str, str] | str] = {}
        for name in wanted:
            try:
                environments[name] = services.enter_context(service(name))
            except LookupError as missing:
                environments[name] = str(missing)
        # The long ones first, so that none of them is left to run alone at the end.
        order = sorted(wanted, key=lambda name: LONG.index(name) if name in LONG else len(LONG))
        with ThreadPoolExecutor(LANES) as lanes:
            done = dict(
                zip(
                    order, lanes.map(lambda name: attempt(name, data, environments[name]), order), strict=True
                )
            )
    return report([done[name] for name in wanted])


def report(outcomes: list[Outcome]) -> int:
    print()
    for outcome in outcomes:
        state = "not run" if outcome.missing else "ok" if outcome.ok else "FAILED"
        print(f"{outcome.name:12} {state:8} {outcome.seconds:7.1f} s  {outcome.missing}")
    passed, failed, skipped = (sum(getattr(o, k) for o in outcomes) for k in ("passed", "failed", "skipped"))
    for outcome in outcomes:
        if outcome.missing:
            print(f"Not run: {outcome.name} tests. {outcome.missing}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if all(outcome.ok for outcome in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())
