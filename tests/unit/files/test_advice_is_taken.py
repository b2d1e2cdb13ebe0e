"""Whoever does what a message proposes is not refused again at the same place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from partnerselect import files
from partnerselect.errors import Loc, Problem
from partnerselect.model import Scenario, replaced, value_at
from tests.unit.files.cases import faults

SHIPPED = files.load(Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml").scenario.data
PROPOSED = re.compile(
    r'(?:write|quotes:|did you mean) ("[^"]+"|\[[^\]]*\]|\{[^}]*\}|[^,;?"`()]+)(?:[,;?]|$)'
)
FIGURES = (
    "{}",
    "{}%",
    "£{}",
    "{} days",
    "−{}",
    "-{}",
    "{},5",
    "{},000",
    "{} 000",
    "{}.5",
    "'{}",
    "\N{NO-BREAK SPACE}{}",
)
FAULTS: tuple[Any, ...] = (
    5,
    -5,
    0,
    2.5,
    True,
    [],
    ["a", "b"],
    {"a": 1},
    "coaching, data",
    "Two Words",
    "a:b",
    "yse",
    "2021-7-8",
    "8.7.2021",
    "13/7/2021",
    "unlimted",
)


def places(node: Any, loc: Loc = ()) -> list[Loc]:
    """Return where single values and lists stand.

    Without payers and orders: what is proposed for something of the wrong kind need not be one of
    the payers that are named, or all of the criteria.
    """
    if not isinstance(node, dict):
        return [loc]
    return [
        place
        for key, child in node.items()
        for place in places(child, (*loc, key))
        if place[-1] not in {"payer", "order"}
    ]


def proposals(problem: Problem) -> list[Any]:
    """Return the values that a message proposes."""
    found = PROPOSED.findall(problem.message)
    return [
        yaml.safe_load(re.sub(r'^"(.*: .*)"$', r"{\1}", one))
        for one in found
        if not one.startswith(("the ", "a ", "each "))
    ]


typed = st.one_of(
    st.sampled_from(FAULTS),
    st.builds(str.format, st.sampled_from(FIGURES), st.sampled_from((0, 1, 7, 80, 120, 1250))),
)


@given(st.sampled_from(places(SHIPPED)), typed)
@settings(max_examples=400)
def test_what_a_message_proposes_is_accepted_there(loc: Loc, value: Any) -> None:
    faulty = replaced(SHIPPED, loc, value)
    for problem in faults(lambda: Scenario.from_data(faulty)):
        for proposed in proposals(problem) if problem.loc == loc and not problem.at_key else ():
            mended = replaced(faulty, loc, proposed)
            again = faults(lambda data=mended: Scenario.from_data(data))  # type: ignore[misc]
            assert loc not in [one.loc for one in again], (problem.message, proposed, again)


@pytest.mark.parametrize(
    ("ends", "typed", "advice"),
    [
        ("0, 10", "80%", "write a number from 0 to 10"),
        ("0, 1", "80%", "write 0.8, without the percent sign"),
        ("0, 100", "80%", "write 80, without the percent sign"),
        ("0, 10", "12", "write a number from 0 to 10"),
    ],
)
def test_a_percentage_is_advised_as_its_scale_counts_it(ends: str, typed: str, advice: str) -> None:
    worst, best = map(int, ends.split(", "))
    data = replaced(
        SHIPPED, ("criteria", "criteria", "value", "scale"), {"worst": worst, "best": best}
    )
    partner = next(iter(data["partners"]))
    data = replaced(data, ("partners", partner, "scores", "value"), typed)
    assert value_at(data, ("partners", partner, "scores", "value")) == typed
    assert any(advice in one.message for one in faults(lambda: Scenario.from_data(data)))
