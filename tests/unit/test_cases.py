"""Sweeps and designs become cases: counted before they are made, named so that people can read them."""

from __future__ import annotations

import re
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from partnerselect.cases import Axis, Case, Grid, Sample, blocks, latin_hypercube, spanned
from partnerselect.errors import InputError
from partnerselect.model import Scenario, Span

WEIGHTS = {"method": "swing", "points": {"worth": 3, "trust": 1}}
SCENARIO: dict[str, Any] = {
    "format": 1,
    "title": "Two partners",
    "criteria": {
        "title": "Two",
        "criteria": {
            "worth": {"title": "Worth", "weight": 60, "scale": {"worst": 0, "best": 10}},
            "trust": {
                "title": "Trust",
                "weight": 40,
                "criteria": {
                    "staff": {"title": "Of staff", "weight": 50, "scale": {"worst": 0, "best": 10}},
                    "users": {"title": "Of users", "weight": 50, "scale": {"worst": 0, "best": 10}},
                },
            },
        },
    },
    "gates": {"offer": {"title": "The offer stands", "status": "expected"}},
    "programmes": {"care": {"title": "Care", "needs": {"coaching": 10}}},
    "partners": {
        "elm": {
            "title": "Elm",
            "offers": ["coaching"],
            "gate": "offer",
            "scores": {"worth": 8, "trust.staff": 5, "trust.users": 5},
        },
        "oak": {
            "title": "Oak",
            "offers": ["coaching"],
            "cost": {"per-day": 10},
            "scores": {"worth": 5, "trust.staff": 6, "trust.users": 6},
        },
    },
    "limits": {"budget": 100, "partners": {"max": 2}},
    "stakeholders": {
        "board": {"title": "Board", "voice": 2, "weights": WEIGHTS},
        "users": {"title": "Users", "weights": WEIGHTS},
    },
}
PLANS = {
    "proposed": {"title": "As proposed", "choose": {"care": "elm"}},
    "nothing": {"title": "Nothing", "choose": {"care": "deferred"}},
}


def cases(**asked: Any) -> list[Case]:
    return [case for block in blocks(scenario(**asked)) for case in block]


def scenario(**asked: Any) -> Scenario:
    return Scenario.from_data({**SCENARIO, **asked}, id="plan")


def problem(**asked: Any) -> str:
    with pytest.raises(InputError) as raised:
        blocks(scenario(**asked))
    return str(raised.value)


def test_a_scenario_without_a_sweep_is_one_case_of_its_own_name() -> None:
    assert cases() == [Case("plan", {}, {})]


def test_a_sweep_is_every_combination_the_last_input_varying_fastest() -> None:
    found = cases(
        sweep={"limits.budget": [100, 200], "gates.offer.status": ["confirmed", "refused"]}
    )
    assert [case.id for case in found] == [
        "plan~budget=100~offer=confirmed",
        "plan~budget=100~offer=refused",
        "plan~budget=200~offer=confirmed",
        "plan~budget=200~offer=refused",
    ]
    assert found[2].changes == {"limits.budget": 200, "gates.offer.status": "confirmed"}


def test_a_range_has_both_its_ends_and_even_steps() -> None:
    found = cases(sweep={"criteria.worth.weight": {"from": 20, "to": 100, "steps": 9}})
    assert [case.varied["criteria.worth.weight"] for case in found] == [
        20,
        30,
        40,
        50,
        60,
        70,
        80,
        90,
        100,
    ]
    assert found[0].id == "plan~worth.weight=20"


def test_a_range_of_tenths_reads_as_tenths() -> None:
    found = cases(sweep={"gates.offer.likelihood": {"from": 0, "to": 0.3, "steps": 4}})
    assert [case.id.partition("=")[2] for case in found] == ["0", "0.1", "0.2", "0.3"]


@given(
    st.floats(-1e6, 1e6),
    st.sampled_from([0.0, 1e-13, 3e-12, 1e-9, 0.7, 1e7]),
    st.integers(2, 40),
)
def test_the_values_of_a_range_are_counted_as_they_are_made(
    start: float, width: float, steps: int
) -> None:
    span = Span.model_validate({"from": start, "to": start + width, "steps": steps})
    assert Axis("limits.budget", span).count == len(spanned(span))


def test_a_range_of_a_million_values_is_counted_without_making_them() -> None:
    long = {"from": 1, "to": 2, "steps": 1_000_000}
    asked = scenario(sweep=dict.fromkeys(["limits.budget", "partners.oak.cost.per-day"], long))
    tracemalloc.start()
    found = [block.count for block in blocks(asked)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [1_000_000**2]
    assert peak < 2_000_000


@given(st.lists(st.integers(2, 4), min_size=1, max_size=3))
def test_the_number_of_cases_is_known_before_they_are_made(sizes: list[int]) -> None:
    paths = ["limits.budget", "criteria.worth.weight", "partners.oak.cost.per-day"]
    (block,) = blocks(
        scenario(
            sweep={path: list(range(1, size + 1)) for path, size in zip(paths, sizes, strict=False)}
        )
    )
    made = list(block)
    assert block.count == len(made) == np.prod(sizes)
    assert len({case.id for case in made}) == len(made)


ODD = [
    None,
    "none",
    True,
    "true",
    1,
    1.5,
    -2,
    "=1+1",
    "a~b=c",
    "a" * 500,
    "a/b",
    "é",
    {"max": 1},
    {"max": 2},
    ["x"],
    "x" + "0" * 8,
]


def test_ids_are_unique_and_hold_nothing_that_files_or_spreadsheets_would_obey_whatever_is_swept() -> (
    None
):
    found = cases(
        sweep={
            "limits.partners": ODD,
            "title": ["a" * 29, "b" * 29],
            "about": ["c" * 29],
            "currency": ["GBP"],
            "limits.methods": ["d" * 29],
        }
    )
    assert len({case.id for case in found}) == len(ODD) * 2
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._~=-]{0,119}", case.id) for case in found)


def test_ids_do_not_depend_on_the_order_in_which_values_are_listed() -> None:
    values = [{"max": 1}, {"max": 2}, None]
    ids, turned = (
        [case.id for case in cases(sweep={"limits.partners": listed})]
        for listed in (values, values[::-1])
    )
    assert ids == turned[::-1]


def test_inputs_that_shorten_to_one_name_keep_their_whole_paths() -> None:
    found = cases(sweep={"partners.elm.capacity": [1], "programmes.care.importance": [2]})
    assert found[0].id == "plan~elm.capacity=1~care.importance=2"
    same = cases(sweep={"gates.offer.status": ["refused"], "rules.offer": [None]})
    assert same[0].id == "plan~gates.offer.status=refused~rules.offer=none"


def test_a_value_listed_twice_is_one_case() -> None:
    assert len(cases(sweep={"limits.budget": [100, 200, 100]})) == 2


def test_each_group_in_turn_gives_the_weights() -> None:
    for case in cases(stakeholders=SCENARIO["stakeholders"], sweep={"stakeholders": "each"}):
        changed = scenario().with_changes(case.changes)
        assert changed.analysis.base == "stakeholders"
        assert [name for name, group in changed.stakeholders.items() if group.voice] == [
            case.varied["stakeholders"]
        ]


def test_each_plan_in_turn_is_a_case_that_changes_nothing() -> None:
    found = cases(plans=PLANS, sweep={"plans": "each", "limits.budget": [100, 200]})
    assert [case.varied["plans"] for case in found] == ["proposed"] * 2 + ["nothing"] * 2
    assert [case.changes for case in found] == [{"limits.budget": 100}, {"limits.budget": 200}] * 2
    assert found[0].id == "plan~plans=proposed~budget=100"


def test_a_weight_that_the_groups_override_is_swept_under_the_scenarios_own_weights_only() -> None:
    found = cases(
        sweep={
            "limits.budget": [100, 200],
            "criteria.worth.weight": [20, 60, 100],
            "stakeholders": "each",
        }
    )
    own, groups = (
        [case for case in found if ("stakeholders" in case.varied) == asked]
        for asked in (False, True)
    )
    assert len(own) == 2 * 3
    assert len(groups) == 2 * 2
    assert not any("criteria.worth.weight" in case.changes for case in groups)


def test_a_weight_within_a_branch_that_no_group_weighs_is_crossed_with_the_groups() -> None:
    found = cases(sweep={"criteria.trust.staff.weight": [20, 60], "stakeholders": "each"})
    assert len(found) == 4
    assert all(
        {"criteria.trust.staff.weight", "stakeholders.board.voice"} <= case.changes.keys()
        for case in found
    )


def test_a_mistake_in_a_sweep_is_told_where_it_stands() -> None:
    assert problem(sweep={"limit.budget": [1]}).startswith(
        'sweep.limit.budget: unknown path; did you mean "limits"?'
    )
    assert "did you mean" in problem(sweep={"gates.ofer.status": ["refused"]})
    assert "unknown path: there is no payers.lottery" in problem(
        sweep={"payers.lottery.short": ["Lottery"]}
    )
    assert "write 2 or more" in problem(
        sweep={"limits.budget": {"from": 100, "to": 500, "steps": 1}}
    )
    assert "`each` is for `stakeholders`" in problem(sweep={"limits.budget": "each"})
    assert 'no group is called "bord"' in problem(sweep={"stakeholders": ["bord"]})
    assert 'no plan is called "propposed"; did you mean "proposed"?' in problem(
        plans=PLANS, sweep={"plans": ["propposed"]}
    )
    assert "the scenario has no `plans`" in problem(sweep={"plans": "each"})
    assert "keep one of the two" in problem(
        sweep={"limits.budget": [1]},
        design={"method": "latin-hypercube", "cases": 2, "over": {"limits.budget": [1, 2]}},
    )


@given(st.integers(1, 60), st.integers(1, 5), st.integers(0, 2**32))
def test_a_latin_hypercube_has_one_point_in_every_slice_of_every_side(
    points: int, sides: int, seed: int
) -> None:
    drawn = latin_hypercube(points, sides, seed)
    slices = np.sort(np.floor(drawn * points).astype(int), axis=0)
    assert (slices == np.arange(points)[:, None]).all()


def design(**over: list[float]) -> Sample:
    paths = {"budget": "limits.budget", "max": "limits.partners.max"}
    (block,) = blocks(
        scenario(
            design={
                "method": "latin-hypercube",
                "cases": 40,
                "seed": 3,
                "over": {paths[key]: ends for key, ends in over.items()},
            }
        )
    )
    assert isinstance(block, Sample)
    return block


def test_a_design_covers_its_ranges_and_repeats_with_its_seed() -> None:
    found = list(design(budget=[100, 300], max=[1, 4]))
    assert [case.id for case in found][::39] == ["plan~01", "plan~40"]
    assert all(100 <= case.varied["limits.budget"] <= 300 for case in found)
    assert found == list(design(budget=[100, 300], max=[1, 4]))


def test_a_design_over_what_is_counted_draws_whole_numbers_each_as_often() -> None:
    drawn = [case.varied["limits.partners.max"] for case in design(budget=[100, 300], max=[1, 4])]
    assert {value: drawn.count(value) for value in sorted(drawn)} == {1: 10, 2: 10, 3: 10, 4: 10}
    assert all(isinstance(value, int) for value in drawn)


def test_a_range_that_runs_backwards_is_refused() -> None:
    assert "must be below the second" in problem(
        design={"method": "latin-hypercube", "cases": 2, "over": {"limits.budget": [2, 1]}}
    )


def test_a_million_cases_are_counted_without_being_made() -> None:
    (block,) = blocks(
        scenario(
            sweep={
                "limits.budget": {"from": 0, "to": 1, "steps": 1000},
                "criteria.worth.weight": {"from": 0, "to": 1, "steps": 1000},
            }
        )
    )
    assert isinstance(block, Grid)
    assert block.count == 1_000_000
    assert next(iter(block)).id == "plan~budget=0~worth.weight=0"
