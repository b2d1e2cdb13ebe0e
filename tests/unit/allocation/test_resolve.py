"""Which way a repeated choice takes: the objective alone, or everything anew."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import cases
from partnerselect.allocation import Allocator, Resolver
from partnerselect.model import Scenario
from partnerselect.optimiser.model import Model, PendingSolve
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score
from tests.oracle.plain import partner, programme, scenario

START = scenario(
    {
        "one": partner(80, gate="door", cost={"per-day": 100}),
        "other": partner(60, capacity=50, cost={"per-day": 50}),
    },
    {"a": programme(), "b": programme(20, baseline=10)},
    gates={"door": {"title": "Door", "status": "confirmed"}},
    limits={"budget": 2500},
)


def asked(resolver: Resolver, scenario: Scenario) -> Allocator:
    """Return the allocator that a resolver gives for a scenario, its choice made."""
    table = performance_table(scenario)
    allocator = resolver.allocator(scenario, table, score(scenario, table))
    assert allocator.best().state == "optimal"
    return allocator


@pytest.mark.parametrize(
    ("change", "written_anew"),
    [
        ({"partners.one.scores.worth": 50}, False),
        ({"programmes.a.importance": 7}, False),
        ({"programmes.b.baseline": 70}, False),
        ({"aim": {"least-cost": {"value-at-least": 30}}}, False),
        ({"limits.budget": 900}, True),
        ({"partners.other.capacity": 20}, True),
        ({"partners.other.cost.per-day": 70}, True),
        ({"programmes.a.needs.work": 12}, True),
        ({"programmes.a.mandatory": True}, True),
        ({"gates.door.status": "refused"}, True),
        ({"partners.one.excluded": "Left out"}, True),
        ({"limits.budget": None}, True),
        ({"limits.partners": {"max": 1}}, True),
    ],
)
def test_the_model_is_kept_where_the_programme_stands_and_built_anew_where_it_does_not(
    change: dict[str, Any],
    written_anew: bool,  # noqa: FBT001
) -> None:
    resolver, start = Resolver(), Scenario.from_data(START)
    first = asked(resolver, start)
    kept, program = first.model, first.formulation.program
    second = asked(resolver, start.with_changes(change))
    assert (second.model is not kept) == written_anew
    assert (second.formulation.program is not program) == written_anew


def test_an_allocator_whose_model_went_on_still_answers() -> None:
    resolver, start = Resolver(), Scenario.from_data(START)
    first = asked(resolver, start)
    before = first.best()
    asked(resolver, start.with_change("limits.budget", 100))
    again = first.best()
    assert again.chosen is not None
    assert before.chosen is not None
    assert again.chosen.tolist() == before.chosen.tolist()


def test_a_large_choice_with_other_weights_begins_from_what_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its answer is that of a fresh start, for which alone an early answer is sought beside."""
    large = cases.many_needs(programmes=50, partners=20, needs=1, seed=5)
    start = Scenario.from_data(large | {"analysis": {"samples": 0}})
    resolver, begun, begin = Resolver(), list[Model](), Model.begin

    def noted(model: Model, **how: float) -> PendingSolve:
        begun.append(model)
        return begin(model, **how)

    monkeypatch.setattr(Model, "begin", noted)
    asked(resolver, start)
    for weight in (30, 55):
        changed = start.with_change("criteria.criterion-0.weight", weight)
        table = performance_table(changed)
        scores = score(changed, table)
        begun.clear()
        again = resolver.allocator(changed, table, scores).best()
        assert begun == []
        fresh = Allocator(changed, table, scores).best()
        assert len(begun) == 1
        assert again.chosen is not None
        assert fresh.chosen is not None
        assert (again.state, again.chosen.tolist()) == ("optimal", fresh.chosen.tolist())
