"""A plan in hand is judged as one that is written, and can be gone on from."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.analysis import alternatives_for, analyse, analyse_unpriced, judge
from partnerselect.rows import against_words, choice_price_rows
from partnerselect.rows.reason_words import wish_words
from partnerselect.tables.plans import one_plan_tables
from partnerselect.what_if.answers import best_choice, scored
from partnerselect.what_if.changes import WhatIf
from partnerselect.what_if.plan_drafts import (
    Draft,
    completed_draft,
    draft_of_choice,
    draft_of_stated,
    draft_rows,
    in_hand,
    judged_draft,
    other_choices,
    starting_changes,
)

SCENARIO = files.load(
    Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml"
).scenario.with_change("analysis.samples", 0)
ANALYSIS = analyse_unpriced(SCENARIO)
WORK = ANALYSIS.table.workload
assert ANALYSIS.allocation.chosen is not None
RECOMMENDED = draft_of_choice("As recommended", WORK, ANALYSIS.allocation.chosen)


def test_the_recommendation_in_hand_is_worth_what_it_is_and_is_possible() -> None:
    (plan,) = judged_draft(ANALYSIS, RECOMMENDED)[1].plans
    account = ANALYSIS.allocation.account
    assert account is not None
    assert plan.possible
    assert plan.value == pytest.approx(account.value)
    assert plan.own_cost == pytest.approx(account.own_cost)
    assert not plan.difference


@pytest.mark.parametrize("programme", ["regulator-groups", "culture", "transformation"])
def test_every_other_choice_says_at_once_what_judging_the_whole_says(programme: str) -> None:
    options = other_choices(SCENARIO, RECOMMENDED, programme)
    rows = {row["key"]: row for row in draft_rows(ANALYSIS, options)}
    needs = {*SCENARIO.programmes[programme].needs}
    offering = {name for name, one in SCENARIO.partners.items() if {*one.offers} & needs}
    assert rows.keys() == options.keys()
    assert rows.keys() - {"deferred"} <= offering
    assert len(rows) >= len(offering) - len(needs)
    found = judge(in_hand(ANALYSIS, options), list(options), over_trials=False)
    assert not all(plan.possible for plan in found.plans)
    for plan in found.plans:
        row = rows[plan.plan]
        assert (row["possible"], len(row["broken"])) == (plan.possible, len(plan.broken))
        assert row["value"] == pytest.approx(plan.value)
        assert row["own_cost"] == pytest.approx(plan.own_cost)


def test_a_choice_leaves_every_other_programme_as_it_was_until_the_rest_is_open() -> None:
    draft = other_choices(SCENARIO, RECOMMENDED, "culture")["nhs-horizons"]
    before, after = dict(RECOMMENDED.written), dict(draft.written)
    assert before.keys() == after.keys()
    assert {need[0] for need in before if before[need] != after[need]} == {"culture"}
    alone = draft.with_the_rest_open
    assert {need[0] for need, _ in alone.written} == {"culture"}
    (plan,) = judged_draft(ANALYSIS, alone)[1].plans
    assert plan.possible
    again = other_choices(SCENARIO, completed_draft(alone, WORK, plan.choose), "co-production")
    assert all(
        dict(one.written)[need] == "nhs-horizons"
        for one in again.values()
        for need in after
        if need[0] == "culture"
    )


def _held(draft: Draft, written: dict[tuple[str, str], str | None]) -> bool:
    return all(written[need] == who for need, who in draft.written)


def test_a_what_if_starts_from_a_plan_with_the_limits_that_it_breaks_lifted() -> None:
    draft = draft_of_stated(SCENARIO, "as-proposed")
    analysis, found = judged_draft(ANALYSIS, draft)
    (plan,) = found.plans
    assert plan.broken
    held = WhatIf(SCENARIO).changed(starting_changes(SCENARIO, draft))
    assert best_choice(scored(held.scenario)).allocation.state == "infeasible"
    lifted = WhatIf(SCENARIO).changed(starting_changes(SCENARIO, draft, plan.broken))
    chosen = best_choice(scored(lifted.scenario)).allocation
    assert chosen.chosen is not None
    assert chosen.account is not None
    assert _held(draft, dict(draft_of_choice("", WORK, chosen.chosen).written))
    assert chosen.account.value == pytest.approx(plan.value)
    assert len(lifted.changes) < len(SCENARIO.programmes) * 2 + len(plan.broken)
    assert analysis.scenario.plans["in-hand"].title == draft.title


def test_a_plan_is_kept_when_the_levers_are_put_back() -> None:
    whatif = WhatIf(SCENARIO).changed({"limits.budget": 56000, "partners.aqua.excluded": "out"})
    kept = whatif.changed({**whatif.all_but_plans, "plans.mine": RECOMMENDED.stated})
    assert [*kept.changes] == ["plans.mine"]
    assert kept.scenario.plans["mine"].title == "As recommended"
    assert kept.undone().changes == whatif.changes


def test_what_another_choice_loses_is_the_same_wherever_it_is_said() -> None:
    """73.25 and 73.02 are shown as 73.3 and 73.0, so 0.3 points are lost, whoever says so."""
    path = Path(__file__).parents[3] / "scenarios" / "tender.yaml"
    analysis = analyse(files.load(path).scenario.with_change("analysis.samples", 0))
    best, work = analysis.allocation, analysis.table.workload
    assert best.account is not None
    assert best.chosen is not None
    price = analysis.prices.wishes["homework-clubs", "bell"]
    assert round(price.value_lost, 1) == 0.2
    assert "lower the total by 0.3 points and" in wish_words(analysis.scenario, price)
    recommended = draft_of_choice("As recommended", work, best.chosen)
    wished = other_choices(analysis.scenario, recommended, "homework-clubs")["bell"]
    stated, judged = judged_draft(analysis, wished.with_the_rest_open, over_trials=False)
    (plan,) = judged.plans
    assert "0.3 points less than" in against_words(stated.scenario, judged, plan)
    table = next(one_plan_tables(stated, judged, plan))
    at = [column.key for column in table.columns].index("value")
    *programmes, whole = (float(str(row[at] or 0)) for row in table.rows)
    assert whole == -0.3
    assert sum(programmes) == pytest.approx(-0.3)
    others = alternatives_for(analysis, "homework-clubs", "bell")
    told = [row["words"] for row in choice_price_rows(analysis, others)]
    assert told
    assert all("the whole would lose 0.3 points" in words for words in told)
