"""What the tests record, and processes that record and are killed; all contents are made up.

`python -m tests.unit.register.recording URL PROCESSES EACH` lets processes record at once;
`… URL kill TIMES` kills one that records, as often, at random; `… URL step` at every statement.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TextIO

import sqlalchemy as sa

from partnerselect.decisions import Content, Kind
from partnerselect.register.opening import open_register

New = tuple[Kind, Content]
MEASURES = {"staff": {"title": "Staff", "target": 58, "baseline": 52, "by": "2022-03-31"}}


def opened(scenario: str = "trust", **other: Any) -> New:
    said: dict[str, Any] = {
        "as_at": None,
        "title": "A juncture",
        "questions": [],
        "body": "The board",
    }
    return "opened", {"date": "2021-07-28", "scenario": scenario, **said, **other}


def decided(needs: dict[str, dict[str, str]], date: str = "2021-07-28", **other: Any) -> New:
    told = {"reason": "", "lead": "", "review": None, **other}
    choices = [
        {"programme": p, "title": p, "needs": by_need, "recommended": by_need, **told}
        for p, by_need in needs.items()
    ]
    said: dict[str, Any] = {
        "data": "{}",
        "sha256": "",
        "body": "The board",
        "figures": {},
        "title": "A choice",
        "versions": {},
        "illustrative": True,
    }
    said["measures"] = MEASURES
    return "decided", {"date": date, "scenario": "trust", "choices": choices, **said}


def about(kind: Kind, of: int, date: str = "2021-08-01", **other: Any) -> New:
    return kind, {"date": date, "of": of, **other}


def _child(work: Callable[[int], None]) -> tuple[int, TextIO]:
    """Run work in a process of its own; return its id, and what it writes to."""
    reader, writer = os.pipe()
    if child := os.fork():
        os.close(writer)
        return child, os.fdopen(reader)
    os.close(reader)
    work(writer)
    os._exit(0)


def _end(child: int, stream: TextIO, first: str = "") -> list[tuple[int, str]]:
    """Wait for a process, and return the entries that it was told are recorded."""
    with stream:
        whole = [line.split() for line in (first, *stream) if line.endswith("\n")]
    os.waitpid(child, 0)
    return [(int(number), sha256) for number, sha256 in whole]


def _record(url: str, times: int, writer: int) -> None:
    register = open_register(url, begin=True)
    for _ in range(times):
        (made,) = register.record(opened(body=f"{os.getpid()} £ 🙂"))
        os.write(writer, f"{made.number} {made.sha256}\n".encode())


def _is_kept(url: str, confirmed: list[tuple[int, str]]) -> None:
    kept = [(entry.number, entry.sha256) for entry in open_register(url, begin=True).entries]
    lost = set(confirmed) - set(kept)
    assert not lost, f"confirmed and lost: {lost}"


def at_once(url: str, processes: int, each: int) -> None:
    """Let processes record at once, from before there is a register."""
    children = [_child(partial(_record, url, each)) for _ in range(processes)]
    confirmed = [one for child in children for one in _end(*child)]
    assert len(set(confirmed)) == processes * each, confirmed
    _is_kept(url, confirmed)


def killed(url: str, times: int) -> None:
    """Kill what records, at a moment that is left to chance."""
    chance = random.Random(times)  # noqa: S311 - not a secret
    confirmed: list[tuple[int, str]] = []
    for turn in range(times):
        child, stream = _child(partial(_record, url, 1000))
        first = stream.readline() if turn % 2 else ""  # at any moment, or once it records
        time.sleep(chance.uniform(0, 0.1))
        os.kill(child, signal.SIGKILL)
        confirmed += _end(child, stream, first)
        _is_kept(url, confirmed)
    assert confirmed, "killed before anything was recorded"


def step_by_step(url: str) -> None:
    """Kill what begins a register and records once, before its first statement, its second, …"""
    reached = 0
    while True:
        reached += 1
        child, stream = _child(partial(_until, url, reached))
        confirmed = _end(child, stream)
        if confirmed:
            break
        if reached > 5:
            _is_kept(url, [])
    assert reached > 6, reached
    _is_kept(url, confirmed)


def _until(url: str, statement: int, writer: int) -> None:
    left = [statement]

    def count_down(*_: Any) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
        sa.event.listen(sa.Engine, event, count_down)
    _record(url, 1, writer)


if __name__ == "__main__":
    match sys.argv[1:]:
        case url, "step":
            step_by_step(url)
        case url, "kill", times:
            killed(url, int(times))
        case url, processes, each:
            at_once(url, int(processes), int(each))
