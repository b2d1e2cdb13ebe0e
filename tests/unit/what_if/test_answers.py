"""The layers of the answer: none claims more than it knows."""

from __future__ import annotations

from pathlib import Path
from threading import Timer
from typing import Any

import numpy as np
import pytest

from partnerselect import files, rows
from partnerselect.allocation import NOBODY, Resolver
from partnerselect.allocation.check import ExactCheck
from partnerselect.allocation.cost_account import portfolio_values
from partnerselect.analysis import analyse_unpriced
from partnerselect.optimiser.watch import Watch
from partnerselect.what_if.answers import (
    SeenChoices,
    best_choice,
    choice_rows,
    ranking_rows,
    scored,
    total_row,
)

SHSC = files.load(Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml").scenario.with_change(
    "analysis.samples", 0
)
TODAY = best_choice(scored(SHSC))
CHANGES: list[dict[str, Any]] = [
    {"limits.budget": 56000},
    {"gates.intensive-support.status": "refused"},
    {"partners.improvement-academy.excluded": "out"},
    {"limits.internal-days.foundations": 60},
    {"criteria.value.weight": 20},
    {"limits.partners.max": 2},
    {"limits.share-per-partner": "30%"},
    {"programmes.co-production.mandatory": True},
    {"aim": {"least-cost": {"value-at-least": 60}}},
]


def test_the_best_choice_is_that_of_the_analysis_and_keeps_all_demands() -> None:
    for changes in (CHANGES[0], CHANGES[1], CHANGES[-1]):
        found = best_choice(scored(SHSC.with_changes(changes)))
        whole = analyse_unpriced(found.scenario)
        assert found.layer == "best"
        assert found.allocation.chosen is not None
        assert whole.allocation.chosen is not None
        assert np.array_equal(found.allocation.chosen, whole.allocation.chosen)
        check = ExactCheck(found.scenario, found.table)
        assert not check.faults(found.allocation.chosen.tolist())
        assert rows.gauge_rows(found) == rows.gauge_rows(whole)
        assert [(row["id"], row["run"]) for row in choice_rows(None, found)] == [
            (row["programme"], row["run"]) for row in rows.programme_rows(whole)
        ]


def test_a_choice_seen_before_never_claims_more_than_the_best() -> None:
    seen = SeenChoices()
    bests = [best_choice(scored(SHSC.with_changes(changes))) for changes in CHANGES[:-1]]
    for best in bests:
        seen.remember(best)
    for best in bests:
        again = seen.best_for(best.scored)
        assert again is not None
        assert again.layer == "seen"
        assert again.allocation.account is not None
        assert best.allocation.account is not None
        assert again.allocation.account.value == pytest.approx(best.allocation.account.value)
    other = scored(SHSC.with_changes({"limits.budget": 61000, "limits.partners.max": 3}))
    found, best = seen.best_for(other), best_choice(other)
    assert found is not None
    assert found.allocation.account is not None
    assert best.allocation.account is not None
    assert found.allocation.account.value <= best.allocation.account.value + 1e-9


@pytest.mark.parametrize(
    "changes",
    [
        {"limits.budget": 10000},
        {"limits.funds.nhsei": 1000},
        {"limits.internal-days.foundations": 40},
        {"limits.backfill.max-days": 0},
        {"limits.partners.max": 1},
        {"limits.programmes-per-partner": 1},
        {"limits.share-per-partner": "10%"},
        {"partners.nhsei-icbd.capacity.scoping": 1},
        {"gates.intensive-support.status": "refused"},
        {"partners.improvement-academy.excluded": "out"},
        {
            "programmes.capability-building.mandatory": True,
            "programmes.transformation.mandatory": True,
        },
        {
            "rules.no": {
                "forbid": {
                    "culture": ["improvement-academy", "nhs-horizons", "aqua", "consultancy"]
                }
            }
        },
        {"rules.no": {"apart": ["nhsei-icbd", "improvement-academy"], "anywhere": True}},
        {"rules.no": {"together": ["nhsei-icbd", "ihi"]}},
        {"rules.no": {"require": {"culture": "consultancy"}}},
        {"rules.no": {"before": ["transformation", "culture"]}},
        {"programmes.qms-foundation.partners.max": 1},
        {"programmes.qms-foundation.partners": {"min": 3}},
        {"as-at": "2023-01-01"},
        {"limits.methods": 1, "programmes.culture.method": "lean"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_choice_that_breaks_a_demand_is_not_offered_again(changes: dict[str, Any]) -> None:
    chosen = TODAY.allocation.chosen
    assert chosen is not None
    after = scored(SHSC.with_changes(changes))
    assert ExactCheck(after.scenario, after.table).faults(chosen.tolist())


def test_values_of_many_choices_are_those_of_each() -> None:
    found = TODAY
    assert found.allocation.chosen is not None
    assert found.allocation.account is not None
    nobody = np.full_like(found.allocation.chosen, NOBODY)
    values = portfolio_values(
        found.scenario,
        found.table.workload,
        found.scored.scores,
        np.array([found.allocation.chosen, nobody]),
    )
    assert values[0] == pytest.approx(found.allocation.account.value)
    assert values[1] < values[0]


def test_the_ranking_says_who_moved() -> None:
    before, after = (
        scored(SHSC),
        scored(SHSC.with_changes({"gates.intensive-support.status": "refused"})),
    )
    lost = next(
        row
        for row in ranking_rows(before, after, "board-development")
        if row["partner"] == "nhsei-icbd"
    )
    assert (lost["rank_before"], lost["rank"], lost["eligible"]) == (2, None, False)
    assert "refused" in lost["reason"]
    assert [row["rank"] for row in ranking_rows(before, before, "culture")] == [
        row["rank_before"] for row in ranking_rows(before, before, "culture")
    ]


def test_no_answer_is_told_as_such() -> None:
    found = best_choice(
        scored(
            SHSC.with_changes(
                {"limits.budget": 0, "programmes.microsystem-coaching.mandatory": True}
            )
        )
    )
    assert found.layer == "none"
    assert total_row(found)["value"] is None
    assert all(not row["partners"] for row in choice_rows(None, found))


def test_what_is_asked_after_a_choice_was_stopped_is_answered_in_full() -> None:
    resolver = Resolver()
    for budget in (80000, 70000):
        watch = Watch()
        Timer(0.02, watch.stop).start()
        best_choice(scored(SHSC.with_change("limits.budget", budget)), resolver, watch)
    assert best_choice(scored(SHSC), resolver, Watch()).layer == "best"
