"""A small scenario whose sweep has sixty cases, one gate of which leaves no answer."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from partnerselect.batches import plan, sources
from partnerselect.batches.sources import Plan
from partnerselect.files import load
from tests.processes import environment

SWEEP = {
    "limits.budget": {"from": 100, "to": 400, "steps": 5},
    "criteria.worth.weight": [20, 60, 90],
    "gates.offer.status": ["confirmed", "refused"],
    "programmes.care.mandatory": [True, False],
}
SCENARIO: dict[str, Any] = {
    "format": 1,
    "title": "Two programmes",
    "illustrative": True,
    "criteria": {
        "title": "Two",
        "criteria": {
            "worth": {"title": "Worth", "weight": 60, "scale": {"worst": 0, "best": 10}},
            "trust": {"title": "Trust", "weight": 40, "scale": {"local": "more"}},
        },
    },
    "gates": {"offer": {"title": "The offer stands", "status": "expected"}},
    "programmes": {
        "care": {"title": "Care", "importance": 2, "needs": {"coaching": 10}},
        "safety": {"title": "Safety", "needs": {"coaching": 5, "audit": 5}},
    },
    "partners": {
        "elm": {
            "title": "=Elm <b>",
            "offers": ["coaching"],
            "gate": "offer",
            "cost": {"per-day": 0},
            "capacity": 12,
            "scores": {"worth": 8, "trust": 6},
        },
        "oak": {
            "title": "Oak | Sons",
            "offers": ["coaching", "audit"],
            "cost": {"per-day": 20},
            "scores": {"worth": 5, "trust": 5},
        },
        "yew": {
            "title": "Yew",
            "offers": ["audit"],
            "cost": {"per-day": 5},
            "scores": {"worth": 0, "trust": 6},
        },
    },
    "limits": {"budget": 300},
    "analysis": {"samples": 0},
    "sweep": SWEEP,
}


def write(path: Path, **changed: Any) -> Path:
    """Write the scenario, some of its keys changed."""
    path.write_text(json.dumps({**SCENARIO, **changed}), encoding="utf-8")
    return path


def planned(path: Path) -> Plan:
    """Return the plan of a scenario's cases."""
    return plan(sources.sources_in(load(path), path, {}))


def quiet(_done: int, _kept: int) -> None:
    """Say nothing of how far a run is."""


def results(folder: Path) -> dict[str, bytes]:
    """Return the content of every file but the manifest, which says when and where."""
    return {
        file.name: file.read_bytes()
        for file in sorted(folder.iterdir())
        if file.name != "manifest.json"
    }


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "partnerselect", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
