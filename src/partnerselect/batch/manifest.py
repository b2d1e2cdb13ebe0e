"""Everything that reproduces a run, and what its tables must not hold: times, host, paths."""

from __future__ import annotations

import datetime as dt
import platform
import shlex
import sys
from pathlib import Path
from typing import Any

from partnerselect.batch.chunks import Counted
from partnerselect.batch.engines import Engine
from partnerselect.batch.folder import Folder
from partnerselect.batch.planning import Plan
from partnerselect.batch.results import Written
from partnerselect.cases import Sample
from partnerselect.rows.report import software

FORMAT = 1


def begun(planned: Plan, engine: Engine, folder: Folder) -> dict[str, Any]:
    """Return the manifest as far as it is known before the first case."""
    return {
        "format": FORMAT,
        "reproduce": (
            f"partnerselect batch {shlex.quote(str(folder.path))} --case CASE --out ANOTHER"
        ),
        "run": planned.key,
        "cases": planned.cases,
        "scenarios": [
            {
                "name": source.name,
                "path": source.path,
                "sha256": source.scenario.sha256,
                "cases": sum(len(block) for block in source.blocks),
                "design": any(isinstance(block, Sample) for block in source.blocks),
                "overrides": source.overrides,
                "files": [{"path": path, "sha256": digest} for path, digest in source.files],
                "data": source.scenario.data,
            }
            for source in planned.sources
        ],
        "command": shlex.join(["partnerselect", *sys.argv[1:]]),
        "folder": str(Path.cwd()),
        "software": software(),
        "python": platform.python_version(),
        "host": platform.node(),
        "engine": engine.words,
        "started": _now(),
    }


def finished(begun: dict[str, Any], written: Written, counted: Counted) -> dict[str, Any]:
    """Return the manifest of the finished run, with the rows and the hash of every table."""
    return {
        **begun,
        "finished": _now(),
        "ran": counted.ran,
        "kept": counted.kept,
        "states": written.states,
        "tables": written.files,
    }


def _now() -> str:
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
