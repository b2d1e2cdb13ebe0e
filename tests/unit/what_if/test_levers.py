"""What can be moved, in every shipped scenario, and that every way back leads home."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from partnerselect import files
from partnerselect.errors import InputError
from partnerselect.model.scenario import Scenario
from partnerselect.what_if.all_levers import differences, levers, moved, put_back
from partnerselect.what_if.answers import scored
from partnerselect.what_if.changes import WhatIf, carried_over, made_on, overlay
from partnerselect.what_if.lever import GATES, Figures, Lever, NotAllowedError, Options
from tests.oracle import plain

SCENARIOS = Path(__file__).parents[3] / "scenarios"
SHIPPED = [files.load(SCENARIOS / name).scenario for name in ("shsc-2021.yaml", "aid-agency.yaml")]
SHSC = SHIPPED[0]


def lever(whatif: WhatIf, key: str, programme: str = "culture") -> Lever:
    return next(found for found in levers(whatif.scenario, programme) if found.key == key)


def set_to(whatif: WhatIf, key: str, value: object, programme: str = "culture") -> WhatIf:
    return moved(whatif, lever(whatif, key, programme), value)


def test_the_level_of_a_programme_is_fixed_or_free() -> None:
    whatif = WhatIf(files.load(SCENARIOS / "shsc-2021-levels.yaml").scenario)
    found = lever(whatif, "committed.capability-building.level")
    assert (found.value, found.shown) == (None, "any level")
    fixed = moved(whatif, found, "pilot")
    assert lever(fixed, found.key).shown == "Two wards"
    assert fixed.scenario.fixed_levels == {"capability-building": "pilot"}
    assert moved(fixed, lever(fixed, found.key), None).scenario.data == whatif.scenario.data


def test_a_limit_of_a_phase_is_called_by_its_title() -> None:
    phases = {"autumn": {"starts": "2027-09-20", "title": "Autumn term"}}
    given = plain.scenario({"ash": plain.partner(80)}, {"x": plain.programme()})
    given |= {"phases": phases, "limits": {"budget": {"in-all": 9, "autumn": 5}}}
    whatif = WhatIf(Scenario.from_data(given))
    assert lever(whatif, "limits.budget.autumn", "x").title == "Our budget, Autumn term"


def test_limits_on_groups_and_changes_move_as_the_file_writes_them() -> None:
    groups = {"near": {"tag": "local", "days": {"min": "20%"}, "partners": {"max": 1}}}
    given = plain.scenario(
        {"ash": plain.partner(80, tags=["local"])},
        {"x": plain.programme(today="ash")},
        limits={"groups": groups, "changes": 1},
    )
    whatif, more = WhatIf(Scenario.from_data(given)), {}
    for key in ("limits.groups.near.days.min", "limits.groups.near.partners.max", "limits.changes"):
        found = lever(whatif, key, "x")
        whatif = moved(whatif, found, found.scale.moved(found.value, -1))
        more[key] = whatif.changes[key]
    assert list(more.values()) == ["15%", 0, 0]


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.id)
def test_every_lever_moves_both_ways_is_told_and_goes_back(scenario: Scenario) -> None:
    whatif = WhatIf(scenario)
    for programme in list(scenario.programmes)[-2:]:
        for found in levers(scenario, programme):
            for steps in (1, -1):
                value = found.scale.moved(found.value, steps)
                if value == found.value:
                    continue
                changed = moved(whatif, found, value)
                assert [difference.key for difference in differences(changed)] == [found.key]
                assert put_back(changed, found).scenario.data == scenario.data


@pytest.mark.parametrize("saved", SHIPPED, ids=lambda scenario: scenario.id)
def test_a_change_is_what_its_data_say_and_is_ranked_as_if_nothing_had_been_ranked_before(
    saved: Scenario,
) -> None:
    before, tables = scored(saved), set[bool]()
    for found in levers(saved, next(iter(saved.programmes))):
        changed = moved(
            WhatIf(saved), found, found.scale.moved(found.value, 1, coarse=True)
        ).scenario
        afresh = Scenario.from_data(changed.data, id=saved.id)
        assert all(
            getattr(changed, part) == getattr(afresh, part) for part in Scenario.model_fields
        )
        ranked, anew = scored(changed, before), scored(changed)
        np.testing.assert_array_equal(ranked.scores.overall, anew.scores.overall)
        np.testing.assert_array_equal(ranked.scores.ranks, anew.scores.ranks)
        np.testing.assert_array_equal(ranked.table.eligible, anew.table.eligible)
        assert (ranked.table.reasons, ranked.table.notices) == (
            anew.table.reasons,
            anew.table.notices,
        )
        np.testing.assert_array_equal(ranked.table.workload.days, anew.table.workload.days)
        tables.add(ranked.table is before.table)
        before = ranked
    assert tables == {True, False}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_done_can_be_undone_and_done_again(data: st.DataObject) -> None:
    saved = data.draw(st.sampled_from(SHIPPED))
    start = whatif = WhatIf(saved)
    for _ in range(data.draw(st.integers(1, 6))):
        found = data.draw(
            st.sampled_from(
                levers(whatif.scenario, data.draw(st.sampled_from(sorted(saved.programmes))))
            )
        )
        try:
            whatif = moved(
                whatif,
                found,
                found.scale.moved(
                    found.value,
                    data.draw(st.sampled_from([-3, -1, 1, 2])),
                    coarse=data.draw(st.booleans()),
                ),
            )
        except InputError:
            continue
    end = whatif.scenario.data
    steps = len(whatif.past)
    for _ in range(steps):
        whatif = whatif.undone()
    assert whatif.scenario.data == start.scenario.data
    for _ in range(steps):
        whatif = whatif.redone()
    assert whatif.scenario.data == end
    assert whatif.reset().scenario.data == saved.data


def test_a_difference_is_told_in_words() -> None:
    whatif = set_to(WhatIf(SHSC), "limits.budget", 56000)
    whatif = set_to(whatif, "gates.intensive-support.status", "refused")
    whatif = set_to(whatif, "partners.aqua.for.culture.scores.sustainability.handover", 8)
    assert [str(difference) for difference in differences(whatif)] == [
        "Our budget £84,000 → £56,000",
        "The national intensive-support team judges support appropriate expected → refused",
        (
            "Handover to our own staff of Advancing Quality Alliance for Openness, trust and"
            " speaking up 6 → 8"
        ),
    ]


def test_what_is_set_back_by_hand_is_no_change() -> None:
    whatif = set_to(WhatIf(SHSC), "limits.budget", 56000)
    whatif = set_to(whatif, "partners.aqua.for.culture.scores.value", 9)
    whatif = set_to(
        set_to(whatif, "limits.budget", 84000), "partners.aqua.for.culture.scores.value", 6
    )
    assert whatif.changes == {}
    assert whatif.scenario.data == SHSC.data


def test_a_score_holds_for_one_programme_alone() -> None:
    changed = set_to(
        WhatIf(SHSC), "partners.aqua.for.culture.scores.sustainability.handover", 9
    ).scenario.partners["aqua"]
    assert changed.for_["culture"].scores["sustainability.handover"].score == 9
    assert changed.scores["sustainability.handover"].score == 6


def test_a_weight_given_by_a_method_is_typed_from_then_on() -> None:
    ranked = SHSC.with_changes(
        {f"criteria.{name}.weight": None for name in SHSC.criteria.criteria}
        | {
            "criteria.weights": {
                "method": "rank",
                "order": ["value", "sustainability", "shared-values", "cost-effectiveness"],
            }
        }
    )
    whatif = WhatIf(ranked)
    first = lever(whatif, "criteria.weights.points.value")
    assert first.shown == "52.08"
    assert "by order" in first.note
    changed = moved(whatif, first, 30)
    assert [str(difference) for difference in differences(changed)] == [
        "Weight of Value to patients and staff 52.08 → 30"
    ]
    both = set_to(changed, "criteria.weights.points.sustainability", 40)
    assert len(differences(both)) == 2
    home = put_back(
        put_back(both, lever(both, "criteria.weights.points.value")),
        lever(both, "criteria.weights.points.sustainability"),
    )
    assert home.scenario.data == ranked.data


def test_weights_that_rest_on_the_groups_are_moved_by_their_voices() -> None:
    keys = {
        found.key
        for found in levers(SHSC.with_change("analysis.base", "stakeholders"), "culture")
        if found.group == "Weights"
    }
    assert {"stakeholders.board.voice", "programmes.culture.weights.points.value"} <= keys
    assert not any(key.startswith("criteria.") for key in keys)


def test_a_programme_can_be_made_to_wait() -> None:
    whatif = set_to(WhatIf(SHSC), "programmes.qms-foundation.mandatory", "deferred")
    assert not whatif.scenario.programmes["qms-foundation"].mandatory
    assert ("qms-foundation", "nhsei-icbd") in whatif.scenario.forbidden


def test_a_change_the_scenario_refuses_leaves_everything_as_it_was() -> None:
    whatif = WhatIf(SHSC)
    zero = whatif
    for name in ("value", "cost-effectiveness", "shared-values"):
        zero = set_to(zero, f"criteria.{name}.weight", 0)
    with pytest.raises(InputError, match="all 0"):
        set_to(zero, "criteria.sustainability.weight", 0)
    assert len(differences(zero)) == 3


def test_changes_are_made_again_on_a_file_that_changed_and_what_no_longer_fits_is_told() -> None:
    changes = {
        "limits.budget": 60000,
        "gates.intensive-support.status": "refused",
        "limits.bugdet": 1,
    }
    whatif, told = made_on(SHSC.with_change("limits.partners.max", 3), changes)
    assert [difference.key for difference in differences(whatif)] == [
        "limits.budget",
        "gates.intensive-support.status",
    ]
    assert len(told) == 1
    assert "bugdet" in told[0]


def test_steps_can_be_undone_also_after_the_file_changed_with_what_still_fits_of_them() -> None:
    capacity = "partners.virginia-mason.capacity"
    begun = (
        WhatIf(SHSC)
        .changed({"limits.budget": 60000})
        .changed({capacity: 12})
        .changed({"limits.partners.max": 3})
    )
    now, told = carried_over(
        begun, SHSC.with_changes({"limits.budget": 60000, "partners.virginia-mason": None})
    )
    assert len(told) == 1
    assert capacity in told[0]
    assert now.changes == now.redone().changes == {"limits.partners.max": 3}
    assert now.undone().changes == {}
    assert now.undone().redone().changes == now.changes
    assert now.undone().undone().undone().changes == {}


def test_what_no_longer_fits_of_a_step_gone_back_to_is_told_once() -> None:
    capacity = "partners.virginia-mason.capacity"
    begun = (
        WhatIf(SHSC)
        .changed({capacity: 12})
        .changed({"limits.partners.max": 3})
        .without((capacity,))
    )
    now, told = carried_over(begun, SHSC.with_changes({"partners.virginia-mason": None}))
    assert not told
    back = now.undone()
    assert len(back.told) == 1
    assert capacity in back.told[0]
    assert not back.redone().told
    assert not back.changed({"limits.budget": 60000}).told


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_an_overlay_makes_one_state_out_of_another(data: st.DataObject) -> None:
    leaf = st.one_of(st.integers(0, 3), st.text("ab", max_size=2))
    keys = st.sampled_from("abc")
    tree = st.recursive(
        st.dictionaries(keys, leaf, max_size=3),
        lambda inner: st.dictionaries(keys, inner | leaf, max_size=3),
    )
    before, after = data.draw(tree), data.draw(tree)

    def merged(below: object, above: object) -> object:
        if not isinstance(above, dict):
            return above
        out = dict(below) if isinstance(below, dict) else {}
        for key, value in above.items():
            if value is None:
                out.pop(key, None)
            else:
                out[key] = merged(out.get(key), value)
        return out

    assert merged(before, overlay(before, after)) == after


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("56000", 56000),
        ("£56,000", 56000),
        ("56k", 56000),
        ("-30%", 58800),
        ("−30%", 58800),
        ("+10%", 92400),
        (" 1.5 ", 1.5),
        ("unlimited", "unlimited"),
    ],
)
def test_figures_may_be_typed_as_people_write_them(text: str, value: object) -> None:
    assert Figures(1000, 10000, words=("unlimited",)).typed(text, 84000) == value


@pytest.mark.parametrize("text", ["", "much", "-5", "12 34x", "1e400", "nan", "£"])
def test_what_is_no_figure_is_told(text: str) -> None:
    with pytest.raises(NotAllowedError):
        Figures(1, 10, most=100).typed(text, 50)


def test_steps_lead_from_one_round_figure_to_the_next() -> None:
    budget = Figures(1000, 10000)
    assert [
        budget.moved(84500, 1),
        budget.moved(84500, -1),
        budget.moved(84000, -1, coarse=True),
        budget.moved(500, -1),
    ] == [85000, 84000, 80000, 0]


def test_options_turn_round_and_are_typed_by_their_first_letters() -> None:
    status = Options(("refused", "unknown"), ("refused", "unknown"))
    assert status.turned("unknown") == "refused"
    assert status.typed("Ref", "unknown") == "refused"
    with pytest.raises(NotAllowedError, match="refused or unknown"):
        status.typed("open", "unknown")


def test_a_decision_of_others_may_be_typed_as_yes_or_no() -> None:
    status = next(one.scale for one in levers(SHSC, "culture") if one.group == GATES)
    assert isinstance(status, Options)
    assert (status.typed("No", "unknown"), status.typed("yes", "unknown")) == (
        "refused",
        "confirmed",
    )


def test_a_score_of_a_criterion_with_a_dot_is_found_where_nothing_is_written_yet() -> None:
    assert (
        SHSC.loc("partners.aqua.for.culture.scores.sustainability.handover")[-1]
        == "sustainability.handover"
    )
