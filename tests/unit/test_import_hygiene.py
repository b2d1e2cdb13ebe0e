"""What is slow to import is imported by those who need it, and no earlier."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

SHIPPED = str(Path(__file__).parents[2] / "scenarios" / "shsc-2021.yaml")
IMPORTED = re.compile(r"^import time:.*\|\s*([\w.]+)$", re.MULTILINE)


def imported_by(*arguments: str) -> set[str]:
    """Run Python with these arguments and return the top-level packages it imported."""
    command = [sys.executable, "-X", "importtime", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode in {0, 1}, ran.stderr[-2000:]
    return {name.partition(".")[0] for name in IMPORTED.findall(ran.stderr)}


@pytest.mark.parametrize(
    "arguments",
    [("rank", SHIPPED, "--samples", "0", "--format", "json"), ("check", SHIPPED)],
    ids=["rank", "check"],
)
def test_neither_pandas_nor_textual_slows_a_command_that_draws_nothing(
    arguments: tuple[str, ...],
) -> None:
    imported = imported_by("-m", "partnerselect", *arguments)
    assert "yaml" in imported
    assert not imported & {"pandas", "textual"}


def test_a_check_waits_for_no_solver() -> None:
    assert not imported_by("-m", "partnerselect", "check", SHIPPED) & {"highspy", "pulp"}


def test_importing_the_package_imports_nothing_that_is_slow() -> None:
    imported = imported_by("-c", "import partnerselect; partnerselect.__version__")
    assert not imported & {"click", "highspy", "numpy", "pandas", "pulp", "pydantic", "textual"}


def test_the_screens_paint_before_any_engine_is_imported() -> None:
    first = (
        "partnerselect.cli.screens, partnerselect.tui.app, partnerselect.tui.screens.recommendation"
    )
    imported = imported_by("-c", f"import {first}")
    assert "textual" in imported
    assert not imported & {"highspy", "numpy", "pandas", "pulp", "pydantic"}


def test_importing_the_models_builds_no_validator() -> None:
    built = (
        "from partnerselect.model.base import Node\n"
        "from partnerselect.model.scenario import Scenario\n"
        "import json\n"
        "def below(one): return [one, *(found for sub in one.__subclasses__() for found in below(sub))]\n"
        "print(json.dumps([one.__name__ for one in below(Node) if one.__pydantic_complete__]))"
    )
    ran = subprocess.run([sys.executable, "-c", built], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == []
