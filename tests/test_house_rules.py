"""The house stays as drawn: who may import whom, one rule in one place, no machine in any file.

Everything here reads the sources; nothing is run.
"""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.database_free

ROOT = Path(__file__).resolve().parent.parent
DOORS = {"public", "portal", "desk"}
WORKSHOPS = {"people", "intake", "edition", "sample", "notices", "editor"}
ALL_ROOMS = {"journal.urls", "journal.settings"}


def sources(*folders: str) -> list[Path]:
    return [p for f in folders for p in sorted((ROOT / f).rglob("*.py")) if "migrations" not in p.parts]


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path, *, top_level_only: bool = False) -> set[str]:
    """Every module this file imports, type-checking ones left out: they are not there at run time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    found: set[str] = set()
    for node in nodes:
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module_of(path).split(".")
                up = node.level - (path.name == "__init__.py")
                base = ".".join(parts[: len(parts) - up] + ([base] if base else []))
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return found


def room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "journal" and len(parts) > 1 and parts[1] in DOORS | WORKSHOPS else None


def test_articles_knows_nothing_of_the_house() -> None:
    guilty = [str(p) for p in sources("articles") if any(m.split(".")[0] == "journal" for m in imports(p))]
    assert guilty == []


def test_articles_has_no_views_and_no_urls() -> None:
    names = {p.stem for p in sources("articles")}
    assert not names & {"views", "urls", "forms", "admin"}


@pytest.mark.parametrize("path", sources("journal"), ids=module_of)
def test_no_room_enters_a_room_it_may_not(path: Path) -> None:
    here = room(module_of(path))
    if here is None:
        return
    there = {room(m) for m in imports(path)} - {None, here}
    forbidden = DOORS if here in DOORS else DOORS | WORKSHOPS
    assert not there & forbidden, f"{here} imports {there & forbidden}"


def test_only_urls_and_settings_know_all_rooms() -> None:
    shared_modules = [p for p in (ROOT / "journal").glob("*.py") if module_of(p) not in ALL_ROOMS]
    rooms = {module_of(p): {room(m) for m in imports(p)} - {None} for p in shared_modules}
    rooms.pop("journal.wsgi", None)  # the outermost door puts the baked edition before the application
    assert {m: r for m, r in rooms.items() if r} == {}


def test_models_take_only_stages_from_the_workflow() -> None:
    for path in sources("articles/models"):
        names = {m for m in imports(path, top_level_only=True) if m.startswith("articles.workflow")}
        assert names <= {"articles.workflow", "articles.workflow.Stage"}, path


def test_the_workflow_imports_no_model_at_module_level() -> None:
    for name in ("workflow", "press"):
        names = imports(ROOT / "articles" / f"{name}.py", top_level_only=True)
        assert not [m for m in names if m.startswith("articles.models")], name


def test_parsers_never_touch_the_database() -> None:
    for path in sources("journal/intake"):
        relative = path.relative_to(ROOT / "journal/intake")
        if relative.parts[0] in {
            "accept.py",
            "accept",
            "models.py",
            "received.py",
            "deliveries.py",
            "management",
            "apps.py",
            "decisions.py",
        }:
            continue
        names = imports(path)
        assert not [m for m in names if m.startswith(("articles.models", "django.db"))], path


def test_every_package_has_a_door_sign() -> None:
    packages = [
        p for p in sources("articles", "journal") if p.name == "__init__.py" and "management" not in p.parts
    ]
    silent = [str(p) for p in packages if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert silent == []


def test_the_stage_is_written_in_one_place() -> None:
    pattern = re.compile(r"\.stage\s*=[^=]|setattr\([^)]*[\"']stage[\"']")
    writers = {
        module_of(p) for p in sources("articles", "journal") if pattern.search(p.read_text(encoding="utf-8"))
    }
    assert writers <= {"articles.workflow", "articles.press", "articles.door"}


def test_nothing_is_marked_safe_but_the_cleaned_text() -> None:
    marks = re.compile(r"\|\s*safe\b|mark_safe\(|\{%\s*autoescape off|SafeString\(|csrf_exempt")
    # The visits of a page that is the same for everybody come without a token (``visit`` says why), and so do
    # the questions of harvesters, which change nothing.
    without_token = {"journal/public/views/visits.py", "journal/public/oai/view.py"}
    allowed = {"journal/public/templatetags/body.py", *without_token}
    guilty = [
        str(p.relative_to(ROOT))
        for p in tracked("*.py", "*.html", "*.xml", "*.txt", "*.svg")
        if not p.is_relative_to(ROOT / "tests")
        and marks.search(p.read_text(encoding="utf-8", errors="replace"))
    ]
    assert set(guilty) <= allowed


def test_no_file_names_a_registry_or_a_machine() -> None:
    pattern = re.compile(
        r"(index-url|registry)\s*[=:]\s*\"?https?|https?://[^\s\"']+/simple\b|\"resolved\":\s*\"http"
        r"|(?<![\w.])/(?:work|root|home/\w+)/\w"
    )
    guilty = []
    for path in tracked():
        if (
            path.suffix in {".png", ".jpg", ".webp", ".mo", ".woff2", ".ico"}
            or path.name == "test_house_rules.py"
        ):
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        name = path.relative_to(ROOT)
        guilty += [f"{name}: {line.strip()[:100]}" for line in lines if pattern.search(line)]
    assert guilty == []


def test_every_locked_package_has_hashes() -> None:
    for name in ("runtime", "test"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
        assert entries
        assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == []


def test_known_fixes_are_not_lost() -> None:
    """Floors for dependencies whose older versions had holes we know of."""
    floors = {"django": (5, 2, 8), "pillow": (12, 0), "nh3": (0, 3), "gunicorn": (23, 0), "sqlparse": (0, 5)}
    text = (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8")
    for name, floor in floors.items():
        found = re.search(rf"^{name}==([\d.]+)", text, re.MULTILINE)
        assert found, name
        assert tuple(int(n) for n in found[1].split(".")) >= floor, name


def test_the_packages_upload_views_are_not_wired() -> None:
    """CKEditor's own upload endpoint takes anything from anyone: the desk has its own."""
    guilty = [
        p for p in sources("journal", "articles") if "ckeditor_uploader" in p.read_text(encoding="utf-8")
    ]
    assert guilty == []


def test_no_file_hides_two_nouns() -> None:
    long = {
        module_of(p): n
        for p in sources("articles", "journal")
        if (n := len(p.read_text().splitlines())) > 350
    }
    assert long == {}
