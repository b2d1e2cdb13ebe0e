"""A real office program that says what came out on the pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

OFFICE, READER = shutil.which("soffice"), shutil.which("pdftotext")


PAGE = re.compile(rb"/Type\s*/Page\b")
"""How a page begins in a PDF."""


def page_count(document: bytes, folder: Path) -> int:
    """Return how many pages an office program makes of a Word document."""
    return len(PAGE.findall(_as_pdf(document, folder).read_bytes()))


def pages(document: bytes, folder: Path) -> list[str]:
    """Return the text of every page that an office program makes of a Word document."""
    read = subprocess.run(
        [str(READER), "-layout", str(_as_pdf(document, folder)), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    return read.stdout.removesuffix("\f").split("\f")


def _as_pdf(document: bytes, folder: Path) -> Path:
    (folder / "paper.docx").write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), str(folder / "paper.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "paper.pdf"
