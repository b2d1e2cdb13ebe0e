"""A real browser that says how a page came out in it."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for name in NAMES if (found := shutil.which(name))), None)
FRAME = '<iframe width="{width}" height="800" style="border:0" srcdoc="{page}"></iframe>'
MEASURE = """<script>addEventListener("load", () => {
  const measured = [...document.querySelectorAll("iframe")].map(({contentDocument: page}) => ({
    width: page.documentElement.clientWidth, taken: page.documentElement.scrollWidth,
    boxes: [...page.querySelectorAll(".scroll")].filter(box => box.scrollWidth > box.clientWidth).length,
  }));
  document.body.innerHTML = "<p id=measured>" + JSON.stringify(measured) + "</p>";
});</script>"""


def measured(
    page: str, widths: tuple[int, ...], folder: Path
) -> tuple[list[dict[str, Any]], list[str]]:
    """Show a page at several widths.

    Return for each what it takes and how many boxes scroll, and what the console said.
    """
    frames = "".join(FRAME.format(width=width, page=html.escape(page)) for width in widths)
    shown = folder / "frames.html"
    shown.write_text(
        f'<!doctype html><meta charset="utf-8"><body>{frames}{MEASURE}', encoding="utf-8"
    )
    flags = [
        "--headless",
        "--disable-gpu",
        "--disable-background-networking",
        "--enable-logging=stderr",
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
    ]
    unboxed = ["--no-sandbox"] if os.geteuid() == 0 else []
    ran = subprocess.run(
        [str(BROWSER), *flags, *unboxed, shown.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = re.search(r'<p id="measured">(.*?)</p>', ran.stdout)
    assert found, ran.stdout[-2000:]
    return json.loads(html.unescape(found[1])), [
        line for line in ran.stderr.splitlines() if "CONSOLE" in line
    ]
