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


NAMED = re.compile(r"^import '([\w.]+)' #", re.MULTILINE)
OF_A_ROOM = re.compile(r"partnerselect\.(\w+)\.\w+")


def modules_of(*arguments: str) -> set[str]:
    """Run a command and return the full names of the modules it imported, doors seen through."""
    command = [sys.executable, "-v", "-m", "partnerselect", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return set(NAMED.findall(ran.stderr))


def imported_by(*arguments: str) -> set[str]:
    """Run Python with these arguments and return the top-level packages it imported."""
    command = [sys.executable, "-X", "importtime", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode in {0, 1}, ran.stderr[-2000:]
    return {name.partition(".")[0] for name in IMPORTED.findall(ran.stderr)}


ROOMS_OF_CHECK = frozenset(
    {
        *("advice", "cli", "decisions", "files", "model"),
        *("register", "rows", "tables", "value", "words"),
    }
)
RANK = ("rank", SHIPPED, "--samples", "0", "--format", "json")
COMMANDS = {
    ("check", SHIPPED): ROOMS_OF_CHECK,
    RANK: ROOMS_OF_CHECK | {"allocation", "optimiser", "robustness"},
}
"""The rooms of which a command imports any module."""
OF_WORKBOOKS = {f"partnerselect.files.{name}" for name in ("books", "book_kinds", "sheets")}
OF_OTHER_QUESTIONS = {"partnerselect.comparison", "partnerselect.optimiser.decomposition"}
SLOW = frozenset(
    {
        *("alembic", "docx", "jinja2", "matplotlib", "openpyxl"),
        *("pandas", "scipy", "sqlalchemy", "textual", "xlsxwriter"),
    }
)


@pytest.mark.parametrize(("arguments", "rooms"), COMMANDS.items(), ids=["check", "rank"])
def test_a_command_imports_what_it_needs_and_nothing_else(
    arguments: tuple[str, ...], rooms: frozenset[str]
) -> None:
    imported = modules_of(*arguments)
    assert {found[1] for name in imported if (found := OF_A_ROOM.match(name))} == rooms
    assert not imported & {*OF_WORKBOOKS, *OF_OTHER_QUESTIONS, *SLOW}


def test_a_check_waits_for_no_solver_no_cases_and_no_masked_arrays() -> None:
    unneeded = {"highspy", "numpy.ma", "partnerselect.cases", "pulp"}
    assert not modules_of("check", SHIPPED) & unneeded


def test_loading_in_python_imports_nothing_that_writes_papers() -> None:
    load = f"import partnerselect; partnerselect.load({SHIPPED!r})"
    assert not imported_by("-c", load) & SLOW


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
