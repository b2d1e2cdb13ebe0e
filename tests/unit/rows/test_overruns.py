"""What is said of prices and days that are ranges, each chance worked by hand.

A uniform price from 50 to 150 passes 110 in 40% of trials, and one in five lie above 130; 10 days at it are
ten times that. Shares are of 10,000 trials: four standard errors are 0.02.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from partnerselect.analysis import Analysis, analyse_unpriced
from partnerselect.cli import main
from partnerselect.model import Scenario
from partnerselect.rows import (
    amount_rows,
    amount_sentences,
    amounts_json,
    how_it_was_drawn,
    robustness_json,
    score_rows,
)
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

PRICE = {"per-day": {"low": 50, "high": 150}}
TRIALS = {"samples": 10_000, "seed": 2}


def analysed(cost: Data | None = None, needs: Data | float = 10, **rest: object) -> Analysis:
    ash = partner(80, cost=cost or PRICE)
    internal = rest.pop("internal_days", 0)
    data = scenario(
        {"ash": {**ash, **rest.pop("of_ash", {})}},  # type: ignore[dict-item]
        {"a": programme(needs, internal_days=internal)},
        analysis=TRIALS,
        **rest,
    )
    return analyse_unpriced(Scenario.from_data(data))


def figures(sentence: str) -> list[float]:
    return [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*\.?\d*", sentence)]


def test_the_board_is_told_how_often_the_budget_is_passed_and_which_reserve_makes_that_one_in_five() -> (
    None
):
    (told,) = amount_sentences(analysed(limits={"budget": 1100}))
    assert re.sub(r"[\d,]+", "…", told) == (
        "In …% of trials our cost passes our budget; about £… more would make that one in five."
    )
    often, reserve = figures(told)
    assert often == pytest.approx(40, abs=2)
    assert reserve == pytest.approx(200, abs=20)


def test_the_table_tells_the_same_reserve_as_the_sentence_and_it_adds_up_with_the_limit() -> None:
    for budget in (1100, 1101, 1150):
        analysis = analysed(limits={"budget": budget})
        (told,) = amount_sentences(analysis)
        row = next(one for one in amount_rows(analysis) if one["reserve"])
        assert f"; {row['reserve']} more" in told
        assert figures(row["p80"])[0] - budget == pytest.approx(figures(row["reserve"])[0], abs=50)


def test_a_sampled_reserve_is_told_no_more_finely_than_the_trials_know_it() -> None:
    """One in five of 10,000 trials is known to 80 of 10,000: 0.8% of a range of 100 · 1,000."""
    analysis = analysed(needs=1000, limits={"budget": 110_000})
    (told,) = amount_sentences(analysis)
    assert told.endswith("; about £20,000 more would make that one in five.")
    (exact,) = (one["reserve"] for one in amounts_json(analysis)["money"] if one["reserve"])
    assert exact != round(exact, -3)
    assert exact == pytest.approx(20_000, abs=1000)


def test_the_organisation_is_called_by_its_name_and_no_reserve_is_told_where_one_in_five_is_kept() -> (
    None
):
    limits, named = {"budget": 1400}, {"title": "The trust", "short": "us"}
    (told,) = amount_sentences(analysed(limits=limits, organisation=named))
    assert re.sub(r"\d+", "…", told) == "In …% of trials the trust's cost passes its budget."
    assert figures(told) == pytest.approx([10], abs=2)


def test_of_a_budget_by_phase_the_phase_that_passes_it_most_often_comes_first() -> None:
    """250 to 750 in each phase: more than 700 in one trial of ten, more than 600 in three."""
    phases = {name: PHASES[name] for name in ("first", "second")}
    limits = {"budget": {"first": 700, "second": 600}}
    told = amount_sentences(analysed(phases=phases, limits=limits))
    assert ["in second" in one for one in told] == [True, False]
    assert [figures(one)[0] for one in told] == pytest.approx([30, 10], abs=2)


def test_where_no_limit_is_passed_it_says_what_we_pay_at_most_in_most_trials() -> None:
    for limits in ({}, {"budget": 1600}):
        (told,) = amount_sentences(analysed(limits=limits))
        assert re.sub(r"[\d,]+", "…", told) == "In …% of trials we pay no more than about £…."
        assert figures(told) == [80, pytest.approx(1300, abs=25)]


def test_money_is_told_by_payer_and_phase_and_the_share_is_of_what_each_pays() -> None:
    """Half of the price is the fund's: 250 to 750 in all, half of that in each phase."""
    funding = {"funding": {"payer": "fund", "covers": "50%"}}
    phases = {name: PHASES[name] for name in ("first", "second")}
    found = amounts_json(
        analysed(
            of_ash=funding,
            phases=phases,
            limits={"funds": {"fund": {"first": 300, "second": "unlimited"}}},
        )
    )
    rows = {(row["payer"], row["phase"]): row for row in found["money"]}
    assert rows.keys() == {
        (payer, t) for payer in ("us", "fund") for t in ("first", "second", None)
    }
    assert rows["us", None]["likely"] == 500
    assert rows["us", None]["p80"] == pytest.approx(650, abs=15)
    assert rows["us", "first"]["p80"] == pytest.approx(325, abs=8)
    assert rows["us", None]["over_share"] is None
    assert rows["fund", "first"]["over_share"] == pytest.approx(0.3, abs=0.02)
    assert rows["fund", "first"]["path"] == "limits.funds.fund.first"


def test_days_are_told_of_partners_and_of_our_own_team_and_extra_days_cost_money() -> None:
    """Of 8 to 12 days one in four pass 11; of 4 to 8 of our own, half pass 6: on average half a day is bought, at 100."""
    analysis = analysed(
        {"per-day": 1},
        {"work": {"low": 8, "high": 12}},
        internal_days={"low": 4, "high": 8},
        of_ash={"capacity": 11},
        limits={"internal-days": 6, "backfill": {"per-day": 100, "max-days": 1}},
    )
    found = amounts_json(analysis)
    days = {row["path"]: row for row in found["days"]}
    assert days["partners.ash.capacity"]["over_share"] == pytest.approx(0.25, abs=0.02)
    assert days["limits.internal-days"]["over_share"] == pytest.approx(0.5, abs=0.02)
    assert days["limits.backfill.max-days"]["over_share"] == pytest.approx(0.25, abs=0.02)
    assert days["limits.internal-days"]["partner"] is None
    (money,) = found["money"]
    assert (money["likely"], money["p80"]) == (10, pytest.approx(130, abs=4))
    told = [re.sub(r"[\d.]+", "…", one) for one in amount_sentences(analysis)]
    assert told == [
        "In …% of trials A partner is needed for more days than it has; … days more would make that one in five…",
        "In …% of trials our team's days are not enough; … days more would make that one in five…",
        "In …% of trials more extra days are needed than may be bought; … days more would make that one in five…",
    ]


def test_what_is_certain_is_left_out_of_the_table_and_a_range_of_no_width_is_certain() -> None:
    assert [row["title"] for row in amount_rows(analysed())] == ["Our budget"]
    assert amount_rows(analysed({"per-day": {"low": 100, "high": 100}})) == []


def test_extra_days_that_are_bought_by_plan_are_no_matter_of_trials() -> None:
    """Of 6 days 2 are bought, in every trial: only the price is uncertain."""
    limits = {"internal-days": 4, "backfill": {"per-day": 100, "max-days": 2}}
    analysis = analysed(internal_days=6, limits=limits)
    assert [row["title"] for row in amount_rows(analysis)] == ["Our budget"]
    (told,) = amount_sentences(analysis)
    assert told.startswith("In 80% of trials we pay no more than about £1,5")


def test_without_a_range_nothing_is_said() -> None:
    analysis = analysed({"per-day": 100})
    assert "money" not in robustness_json(analysis)
    assert (amount_sentences(analysis), amount_rows(analysis)) == ([], [])
    assert "each uncertain score anywhere" in how_it_was_drawn(analysis)


def test_without_trials_or_an_answer_it_says_why_nothing_is_told() -> None:
    changed = {"analysis.samples": 0}
    analysis = analyse_unpriced(analysed().scenario.with_changes(changed))
    assert amount_sentences(analysis) == [
        "No trials were run, so nothing is said of what it may come to."
    ]
    changed = {"programmes.a.mandatory": True, "limits.budget": 1}
    analysis = analyse_unpriced(analysed(limits={"budget": 1100}).scenario.with_changes(changed))
    told = amounts_json(analysis)
    assert (told["money"], told["days"]) == ([], [])
    assert told["why_no_amounts"].startswith("There is no answer")


def test_the_draw_of_one_range_does_not_move_with_another() -> None:
    first = amounts_json(analysed())["money"]
    cost = {**PRICE, "once": {"low": 0, "high": 10}}
    alone = analysed({**cost, "once": 0})
    assert amounts_json(alone)["money"] == first
    both = amounts_json(analysed(cost))["money"][0]
    assert both["p80"] == pytest.approx(first[0]["p80"] + 5, abs=6)


def test_a_comparison_says_of_either_side_how_often_it_passes_its_budget(
    tmp_path: Path,
) -> None:
    data = analysed(limits={"budget": 1400}).scenario.data
    fixed = {**data, "partners": {"ash": {**data["partners"]["ash"], "cost": {"per-day": 100}}}}
    for name, one in (("a", data), ("b", fixed)):
        (tmp_path / f"{name}.yaml").write_text(json.dumps(one), encoding="utf-8")
    paths = [str(tmp_path / f"{name}.yaml") for name in "ab"]
    told = CliRunner().invoke(main, ["compare", *paths]).stdout
    told = "".join(told.split())  # lines are broken by the length of the paths
    assert told.count("oftrialsourcostpassesourbudget.") == 1
    assert f"{paths[0]}:In" in told


def test_a_computed_score_is_told_with_what_it_may_come_to() -> None:
    """200 to 400 a day and 300 for the programme, over 10 to 30 days: at least 200 + 300/30, at most 400 + 300/10."""
    cost = {"per-day": {"low": 200, "high": 400}, "per-programme": 300}
    price = {"title": "Price", "weight": 1, "scale": {"worst": 900, "best": 0, "unit": "£ per day"}}
    criteria = {"title": "Price", "criteria": {"price": {**price, "from": "cost-per-day"}}}
    analysis = analysed(
        cost, {"work": {"low": 10, "high": 30}}, criteria=criteria, of_ash={"scores": {}}
    )
    (row,) = score_rows(analysis, "a", "ash")
    assert row["score"] == "£210 to 430, counted as 315 per day"


def test_a_computed_score_of_little_money_has_its_pence() -> None:
    price = {"title": "Price", "weight": 1, "scale": {"worst": 9, "best": 0, "unit": "£ per day"}}
    criteria = {"title": "Price", "criteria": {"price": {**price, "from": "cost-per-day"}}}
    of_ash: dict[str, Any] = {"scores": {}}
    fixed = analysed({"per-day": 1.25}, {"work": 10}, criteria=criteria, of_ash=of_ash)
    ranged = {"per-day": {"low": 1.25, "high": 1.75}}
    spanning = analysed(ranged, {"work": 10}, criteria=criteria, of_ash=of_ash)
    told = [score_rows(one, "a", "ash")[0]["score"] for one in (fixed, spanning)]
    assert told == ["£1.25 per day", "£1.25 to 1.75, counted as 1.50 per day"]
