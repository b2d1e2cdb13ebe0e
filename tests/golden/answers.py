"""What `rank --format json --samples 0` answers to a shipped scenario, without what may differ from run to run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from partnerselect import files
from partnerselect.analysis import analyse
from partnerselect.rows import ranking_json
from tests.golden.places import SCENARIOS

SHIPPED = sorted(SCENARIOS.glob("*.yaml"))
FREE = frozenset({"seconds", "bound", "gap", "solver"})
"""Of `status`: time, and what depends on how the solver searched."""
DRAWN = frozenset(
    {
        "leader_share",
        "first_rank_share",
        "first_rank_share_with_gates",
        "verdict",
        "choice_share",
        "choice_verdict",
        "run_share",
    }
)
"""Null without draws; what draws come to is held by the tests of robustness."""

AMPLE = 600
"""Seconds: reasons are left out where time runs out, and a busy machine takes many times as long."""


def answer(path: Path) -> str:
    """Return the answer to a scenario file as it is printed."""
    scenario = files.load(path).scenario.with_changes(
        {"analysis.samples": 0, "analysis.time-limit": AMPLE}
    )
    report = ranking_json(analyse(scenario))
    report["status"] = {key: value for key, value in report["status"].items() if key not in FREE}
    return json.dumps(_kept(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _kept(item) for key, item in value.items() if key not in DRAWN}
    return [_kept(item) for item in value] if isinstance(value, list) else value
