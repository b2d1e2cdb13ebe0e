"""The page that says what comes out, made from what is printed and written."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import partnerselect as ps
from partnerselect.batches.tables import CHANGES, RANKED
from partnerselect.cli.authoring import FINDINGS
from partnerselect.cli.compare import CHANGED
from partnerselect.tables import FLAT_RECORDED, Column
from partnerselect.tables.flat_columns import FLAT, JUDGED_PLAN, OPEN, OVER_BUDGET, layouts
from tests.golden.keys import KEYS, MAPPINGS, OWN
from tests.golden.places import ANSWERS, PRINTED, SCENARIOS

ROOT = SCENARIOS.parent
PAGE = ROOT / "docs" / "outputs.md"
COMMANDS = {
    "recommendation": "rank",
    "ranking": "rank",
    "allocation": "rank",
    "limits": "rank",
    "standings": "robustness",
    "intervals": "robustness",
    "questions": "robustness",
    "amounts": "robustness",
    "frontier": "frontier",
    "limit-prices": "frontier",
    "with-and-without": "frontier",
    "gap": "explain",
    "plans": "judge",
    "plan-choices": "judge",
    "broken": "judge",
    "differences": "judge",
    "alternatives": "alternatives",
    "alternative-choices": "alternatives",
    "agreement": "alternatives",
}
IN_THE_REGISTER = """\
Their rows neither begin with `scenario` nor end with `illustrative`.
"""
RECORDING = {
    "entries": "`history --format csv`, and whatever records something",
    "committed": "`history --format csv` with `--table committed`: what runs today as decided",
    "readings": "`history --format csv` with `--table readings`: the latest of each measure",
    "choices": "`decision show N --format csv`, and `decide`",
    "said": "`decision show N --format csv` with `--table said`, and `decide` with it",
    "followed": "`decision show N --format csv` with `--table followed`",
    "rerun": "`decision show N --rerun --format csv`",
    "due": "`due --format csv`",
    "verify": "`register verify --format csv`",
}
KINDS = {
    "text": "text",
    "number": "number",
    "whole": "whole number",
    "share": "share",
    "money": "money",
    "flag": "True or False",
}
TYPES = {
    "str": "text",
    "int": "number",
    "float": "number",
    "bool": "true or false",
    "list": "list",
    "dict": "object",
}
BEGIN = """\
# What comes out, column by column and key by key

Written by `python -m tests.golden.regenerate` from what is printed; a test holds it.

Numbers stand as they are, rounded to six decimals; shares are 0 to 1, values and points are of 100, money is in the scenario's
currency, days are days. Text that a spreadsheet would take for a formula begins with an apostrophe. `--excel` begins CSV with the mark
by which Excel knows UTF-8. Every row of a table of one scenario begins with `scenario` (its id) and ends with `illustrative` (whether its
figures are made up). Where weights were changed once the register had fixed them, `weights_changed` after it says which, with both values; in
the tables of a batch it is there as soon as weights are fixed. Several scenarios are one table under one head. `--format json` prints an object for one scenario and an array
for several; `--format jsonl` prints one object a line for one and for several.
"""


def page() -> str:
    """Return docs/outputs.md."""
    parts = [BEGIN, "## Tables of one scenario", "`--format csv`, and DataFrames in Python.\n"]
    for name, columns in FLAT.items():
        parts += [f"### {name}\n", _where(name), _table(columns)]
    parts += ["### Columns by the scenario's own names\n", _table(OPEN)]
    parts += ["### check\n", _table(FINDINGS), "### compare\n", _table(CHANGED)]
    parts += ["## Tables of the register\n", IN_THE_REGISTER]
    for name, columns in FLAT_RECORDED.items():
        parts += [f"### {name} in the register\n", f"{RECORDING[name]}.\n", _table(columns)]
    parts.append("## Tables that `batch` writes\n")
    first = "Each row of the first four and of `changes` begins with `case` and the swept inputs.\n"
    parts.append(first)
    for name, columns in batch_tables().items():
        parts += [f"### `{name}.csv`\n", _table(columns)]
        if name == "summary":
            parts += ["Where `plans` are swept, also:\n", _table(JUDGED_PLAN)]
            parts += ["Where prices or days are ranges, also:\n", _table(OVER_BUDGET)]
    parts.append("## Keys of the JSON\n")
    parts.append("In the order printed; what stands under a list is in each of its entries.\n")
    for name, kinds in printed_keys().items():
        parts += [f"### `{name}`\n", _keys(name, kinds)]
    return "\n".join(parts)


def _where(name: str) -> str:
    of = COMMANDS[name]
    default = next(one for one, command in COMMANDS.items() if command == of) == name
    said = f"`{of} --format csv`" + ("" if default else f" with `--table {name}`")
    in_python = f", `analysis.{name}()` in Python" if hasattr(ps.Analysis, name) else ""
    return f"{said}{in_python}.\n"


def batch_tables() -> dict[str, tuple[Column, ...]]:
    """Return the columns of every table of a batch, without the case and the swept inputs."""
    main = {name: layout.columns[1:] for name, layout in layouts((), ()).items()}
    return main | {name: columns for name, (columns, _) in RANKED.items()} | {"changes": CHANGES}


def _table(columns: Iterable[Column]) -> str:
    rows = [f"| `{one.key}` | {KINDS[one.kind]} | {one.about} |" for one in columns]
    return "\n".join(["| column | kind | holds |", "|---|---|---|", *rows, ""])


def _keys(command: str, kinds: dict[str, set[str]]) -> str:
    rows = []
    for path, found in kinds.items():
        named = sorted({TYPES[kind] for kind in found - {"NoneType"}} or {"always null here"})
        null = " or null" if "NoneType" in found and named != ["always null here"] else ""
        key = path.split(".")[-1]
        holds = OWN.get(f"{command}.{key}") or KEYS[key]
        rows.append(f"| `{path}` | {', '.join(named)}{null} | {holds} |")
    return "\n".join(["| key | kind | holds |", "|---|---|---|", *rows, ""])


def printed_keys() -> dict[str, dict[str, set[str]]]:
    """Return by command every key that is printed, and the kinds of what stands there."""
    found: dict[str, dict[str, set[str]]] = {}
    files = [*sorted(PRINTED.glob("*.json")), *sorted(ANSWERS.glob("*.json"))]
    for file in files:
        name = file.stem.partition("-of-")[0] if file.parent == PRINTED else "rank"
        kinds = found.setdefault(name, {})
        for path, value in _walk(json.loads(file.read_text(encoding="utf-8")), ""):
            kinds.setdefault(path, set()).add(type(value).__name__)
    return found


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _walk(one, path)
    elif isinstance(value, dict):
        for key, one in value.items():
            here = f"{path}.{key}" if path else key
            yield here, one
            is_input = path == "inputs" and key in {"before", "after"}
            if not is_input and not (key in MAPPINGS and isinstance(one, dict)):
                by_name = key == "programmes" and isinstance(one, dict)
                yield from _walk(list(one.values()) if by_name else one, here)


def written_heads() -> dict[str, list[str]]:
    """Return the head of every table that a small batch writes."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = ps.load(SCENARIOS / "aid-agency.yaml").change("analysis.samples", 0)
        swept = scenario.change("sweep", {"limits.budget": [20000, 48000]})
        results = ps.batch(swept, out=Path(folder) / "out", workers=1)
        return {
            file.stem: next(csv.reader(file.read_text(encoding="utf-8").splitlines()))
            for file in results.folder.glob("*.csv")
        }
