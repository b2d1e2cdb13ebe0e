"""Where the golden files stand."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
PROGRAMS = HERE / "lp"
ANSWERS = HERE / "answers"
SCENARIOS = HERE.parent.parent / "scenarios"
PRINTED = HERE / "printed"
