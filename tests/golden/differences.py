"""A golden file against what is made today, in the way a reviewer reads it."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

HOW = "If this is meant: `python -m tests.golden.regenerate`, read the difference, commit it."


def difference(path: Path, made: str) -> str:
    """Return nothing where they are equal, else the lines that differ and how to write the file anew."""
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    if kept == made:
        return ""
    lines = unified_diff(
        kept.splitlines(),
        made.splitlines(),
        f"{path.name} as committed",
        f"{path.name} today",
        lineterm="",
        n=2,
    )
    return "\n".join([*lines, HOW])
