"""The register measured: opening against plain reading, recording a decision against `rank`."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from benchmarks.measure import Benchmark, Pair, in_turn
from partnerselect.cli import main
from partnerselect.decisions import Content, Kind
from partnerselect.register import open_register

SHIPPED = Path(__file__).parents[1] / "scenarios" / "shsc-2021.yaml"
ENTRIES = 10_000
SAID = {"partner": "aqua", "programme": "culture", "measure": "staff", "value": 59, "met": True}


def opening() -> Callable[[], Pair]:
    """Open and verify many entries, against reading the same rows into tuples."""
    path = Path(tempfile.mkdtemp()) / "register.sqlite"
    needs = {"culture": "aqua"}
    choice: Content = {"programme": "culture", "title": "", "needs": needs, "recommended": needs}
    decided: Content = {
        "date": "2021-07-28",
        "scenario": "trust",
        "illustrative": True,
        "data": "{}",
        "sha256": "",
        "measures": {},
        "choices": [{**choice, "reason": "", "lead": "", "review": None}],
        "title": "",
        "versions": {},
        "body": "The board",
        "figures": {},
    }
    read: tuple[Kind, Content] = ("reading", {"date": "2022-01-05", "of": 1, **SAID})
    register = open_register(str(path), begin=True)
    register.record(("decided", decided))
    for _ in range(ENTRIES // 100):
        register.record(*[read] * 100)

    def plainly() -> None:
        connection = sqlite3.connect(path)
        connection.execute("SELECT * FROM partnerselect_entry ORDER BY number").fetchall()
        connection.close()

    return in_turn(lambda: open_register(str(path)), plainly)


def deciding() -> Callable[[], Pair]:
    """Record a decision on the shipped scenario, against ranking it."""
    register = str(Path(tempfile.mkdtemp()) / "register.sqlite")
    words = ("decide", str(SHIPPED), "--register", register, "--date", "2021-07-28")
    return in_turn(lambda: _run(*words), lambda: _run("rank", str(SHIPPED)))


def _run(*words: str) -> None:
    ran = CliRunner().invoke(main, words)
    assert ran.exit_code == 0, ran.output  # noqa: S101 - else something else is measured


BENCHMARKS = (
    Benchmark(f"open {ENTRIES:,} entries, verified", "the rows read plainly", 3, opening),
    Benchmark("decide, shipped scenario", "rank", 1.1, deciding, pairs=5),
)
