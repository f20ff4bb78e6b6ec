"""Old formats through LibreOffice, where it is installed: a profile of its own, limits, nothing fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import refusals
from .precheck import precheck
from .recognise import Kind

__all__ = ["CONVERTED", "modern"]

CONVERTED = {Kind.DOC: "doc", Kind.RTF: "rtf", Kind.ODT: "odt"}
PROGRAMS = ("soffice", "libreoffice")
OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault")
SECONDS = 40
MEMORY = 4 * 1024**3
#: No macros, no links out of the file.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""


def modern(data: bytes) -> bytes:
    """``data`` itself, or the .docx LibreOffice makes of an old format.

    Raises ``NotAManuscript`` where it is not installed, fails or takes too long. To be called outside the
    limited child: the office needs more memory than the reading does.
    """
    kind = precheck(data)
    if kind not in CONVERTED:
        return data
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise refusals.no_office()
    with tempfile.TemporaryDirectory(prefix="kanwu-office-") as folder:
        converted = convert(program, data, CONVERTED[kind], Path(folder))
    if converted is None:
        raise refusals.no_office()
    precheck(converted)
    return converted


def convert(program: str, data: bytes, extension: str, folder: Path) -> bytes | None:
    source = folder / f"manuscript.{extension}"
    source.write_bytes(data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    nowhere = "http://127.0.0.1:9"
    try:
        subprocess.run(  # noqa: S603 - a fixed program, no shell; the file's name is ours
            [
                *limits(),
                program,
                *OPTIONS,
                f"-env:UserInstallation={profile.as_uri()}",
                *("--convert-to", "docx:MS Word 2007 XML"),
                *("--outdir", str(folder / "out")),
                str(source),
            ],
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=folder,
            start_new_session=True,
            env={**os.environ, "HOME": str(folder), "http_proxy": nowhere, "https_proxy": nowhere},
        )
        return (folder / "out" / "manuscript.docx").read_bytes()
    except subprocess.TimeoutExpired:
        raise refusals.too_slow() from None
    except FileNotFoundError:
        return None


def limits() -> list[str]:
    """Processor seconds and address space for the office, where the system can set them."""
    program = shutil.which("prlimit")
    return [program, f"--cpu={SECONDS}", f"--as={MEMORY}", "--"] if program else []
