"""A real office program that says what came out on the pages."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

OFFICE, READER = shutil.which("soffice"), shutil.which("pdftotext")


def pages(document: bytes, folder: Path) -> list[str]:
    """Return the text of every page that an office program makes of a Word document."""
    (folder / "paper.docx").write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "paper.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    read = subprocess.run(
        [str(READER), "-layout", str(folder / "paper.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    return read.stdout.removesuffix("\f").split("\f")
