"""Names for people: they stand where people read, and change nothing else."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from partnerselect import files
from partnerselect.analysis import analyse_unpriced
from partnerselect.errors import InputError
from partnerselect.model import Scenario, no_effect_warnings
from partnerselect.rows import approval_rows, gauge_rows
from partnerselect.tables import finance_table, prices_table
from partnerselect.words import limit_name

SHIPPED = Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml"
QUICK = {"analysis.samples": 0, "analysis.choice-samples": 0}
NAMES: dict[str, dict[str, Any]] = {
    "organisation": {"title": "The trust", "short": "us"},
    "payers": {
        "nhsei": {"title": "The national improvement body", "short": "National"},
        "research-funder": {"title": "A funder of research"},
    },
}


@pytest.fixture(scope="module")
def shipped() -> Scenario:
    return files.load(SHIPPED).scenario.with_changes(QUICK)


def named(shipped: Scenario, **names: Any) -> Scenario:
    return Scenario.from_data({**deepcopy(shipped.data), **NAMES, **names})


def test_a_payer_is_named_by_its_title_wherever_people_read(shipped: Scenario) -> None:
    analysis = analyse_unpriced(named(shipped))
    rows = approval_rows(analysis)
    conditions = " ".join(row["condition"] for row in rows)
    assert "The national improvement body pays" in conditions
    assert "nhsei" not in conditions
    assert {payer for row in rows for payer in row["payers"]} == {"National"}
    payers = [row[0] for row in finance_table(analysis).rows]
    assert payers == ["The trust", "The national improvement body", "All"]
    fund = ("limits", "funds", "research-funder")
    assert limit_name(analysis.scenario, fund) == "Money from A funder of research"


def test_our_own_name_where_there_is_little_room_is_the_short_one(shipped: Scenario) -> None:
    table = prices_table(analyse_unpriced(named(shipped)))
    column = [one.key for one in table.columns].index("payer")
    whole = prices_table(analyse_unpriced(named(shipped, organisation={"title": "The trust"})))
    assert {row[column] for row in table.rows} - {row[column] for row in whole.rows} == {"us"}
    assert "The trust" in {row[column] for row in whole.rows}


def test_a_phase_with_a_title_is_the_same_phase(shipped: Scenario) -> None:
    phases = {
        name: {"starts": start, "title": f"Phase of {name}"}
        for name, start in shipped.data["phases"].items()
    }
    before, after = analyse_unpriced(shipped), analyse_unpriced(named(shipped, phases=phases))
    assert before.allocation.account is not None
    assert after.allocation.account is not None
    assert after.allocation.account.own_cost == before.allocation.account.own_cost
    assert {row["phase"] for row in gauge_rows(after)} - {None} == {
        f"Phase of {row['phase']}" for row in gauge_rows(before) if row["phase"]
    }


def test_a_payer_left_out_of_the_names_is_an_error_with_what_was_meant(shipped: Scenario) -> None:
    with pytest.raises(InputError) as found:
        named(shipped, payers={"nhseii": {"title": "A"}, "research-funder": {"title": "B"}})
    told = {problem.path: problem.message for problem in found.value.problems}
    assert 'did you mean "nhseii"?' in told["limits.funds.nhsei"]
    assert "partners.nhsei-icbd.funding.payer" in told


def test_a_name_that_nobody_has_is_told(shipped: Scenario) -> None:
    payers = NAMES["payers"] | {"nobody": {"title": "Nobody"}}
    scenario = named(shipped, payers=payers, components={"coaching-days": {"title": "Days"}})
    told = {problem.path for problem in no_effect_warnings(scenario)}
    assert {"payers.nobody", "components.coaching-days"} <= told


def test_a_group_of_partners_is_named_by_its_title_wherever_its_limits_are(
    shipped: Scenario,
) -> None:
    """Its id, and one that a partner is called by too, stand for nothing but itself."""
    group = {"tag": "local", "days": {"max": "50%"}, "partners": {"max": 1}}
    partners = deepcopy(shipped.data["partners"])
    partners["aqua"]["tags"] = ["local"]
    limits = {**shipped.data["limits"], "groups": {"aqua": group}}
    untitled = named(shipped, partners=partners, limits=limits)
    titled = untitled.with_change("limits.groups.aqua.title", "Partners near us")
    days, most = (("limits", "groups", "aqua", key, "max") for key in ("days", "partners"))
    assert limit_name(titled, days) == "Largest share of all days, Partners near us"
    assert limit_name(titled, most) == "Most partners in Partners near us"
    assert limit_name(untitled, most) == "Most partners in aqua"
    own = ("partners", "aqua", "capacity")
    assert limit_name(untitled, own) == "Days of Advancing Quality Alliance"
    told = {row["title"] for row in gauge_rows(analyse_unpriced(titled))}
    assert {
        "Largest share of all days, Partners near us",
        "Most partners in Partners near us",
    } <= told
