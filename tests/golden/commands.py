"""What every command prints as JSON of one shipped scenario, without what may differ from run to run."""

from __future__ import annotations

import json
from contextlib import chdir
from typing import Any

from click.testing import CliRunner

from partnerselect.cli import main
from tests.golden.answers import AMPLE, FREE
from tests.golden.places import SCENARIOS

SCENARIO = "scenarios/aid-agency.yaml"
TRIALS = ("--samples", "400", "--time-limit", str(AMPLE))
COMMANDS = {
    "alternatives": ("alternatives", SCENARIO, "--within", "10", *TRIALS),
    "check": ("check", SCENARIO),
    "compare": ("compare", SCENARIO, "scenarios/shsc-2021.yaml", "--samples", "0"),
    "explain": ("explain", SCENARIO, "mobile-clinic", *TRIALS),
    "frontier": ("frontier", SCENARIO),
    "judge": ("judge", "scenarios/shsc-2021.yaml", *TRIALS),
    "rank": ("rank", SCENARIO, "--second-opinions", *TRIALS),
    "robustness": ("robustness", SCENARIO, *TRIALS),
    "robustness-of-ranges": ("robustness", "scenarios/tender.yaml", *TRIALS),
}
"""By name, its command first: the words; `batch`, `paper` and the screens have tests of their own."""


def printed(name: str) -> str:
    """Return what a command prints, run from the folder that holds the shipped scenarios."""
    with chdir(SCENARIOS.parent):
        result = CliRunner().invoke(main, [*COMMANDS[name], "--format", "json"])
    return json.dumps(_steady(json.loads(result.stdout)), ensure_ascii=False, indent=1) + "\n"


def _steady(value: Any) -> Any:
    if isinstance(value, dict):
        status = {"tie_break", "solver"} <= set(value)
        return {key: _steady(item) for key, item in value.items() if not (status and key in FREE)}
    return [_steady(item) for item in value] if isinstance(value, list) else value
