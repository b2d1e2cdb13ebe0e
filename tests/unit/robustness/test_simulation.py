"""What the draws say of a scenario, against shares worked by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from math import sqrt
from typing import Any

import pytest

from partnerselect.advice import examine
from partnerselect.analysis import analyse
from partnerselect.robustness.samplers import Block
from partnerselect.robustness.simulation import Sums, simulate
from partnerselect.rows import leader_words, programme_rows
from tests.unit.robustness.small import (
    DRAWS,
    SCALE,
    drawn,
    first_shares,
    in_a_branch,
    partner,
    scenario,
)

# 100·a + 0·b against 30·a + 80·b: the first leads where a, the weight of reach, is above 80/150.
BOLD, EVEN = partner(100, 0), partner(30, 80)
GROUPS = {
    "some": {
        "title": "Some",
        "weights": {"method": "direct", "points": {"reach": 20, "trust": 80}},
    },
    "others": {
        "title": "Others",
        "weights": {"method": "direct", "points": {"reach": 80, "trust": 20}},
    },
}


def near(share: float, draws: int = DRAWS) -> object:
    """Return a share of draws within four standard errors."""
    return pytest.approx(share, abs=4 * sqrt(max(share * (1 - share), 1e-6) / draws))


@pytest.mark.parametrize(
    ("weights", "share"),
    [
        (None, 5 / 6),  # within 25%: trust is even on 0.3 to 0.5, so reach on 0.5 to 0.7
        ({"within": "10%"}, 1.0),  # reach on 0.56 to 0.64
        ("free", 7 / 15),
        ("ordinal", 14 / 15),  # reach is even on 0.5 to 1
        ("stakeholders", 4 / 9),  # reach is even on 0.2 to 0.8
    ],
)
def test_a_leader_is_first_as_often_as_the_weights_drawn_allow(weights: Any, share: float) -> None:
    made = scenario({"bold": BOLD, "even": EVEN}, weights=weights, stakeholders=GROUPS)
    assert first_shares(made)["bold"] == near(share)


def test_whatever_the_weights_is_told_beside_every_other_set() -> None:
    found = drawn(scenario({"bold": BOLD, "even": EVEN})).programmes["one"].of("bold")
    assert found is not None
    assert found.first_share_free == near(7 / 15)


def test_a_range_is_drawn_evenly_and_one_with_a_likely_score_as_a_triangle() -> None:
    known, even, leaning = (
        partner(50, 50),
        partner({"low": 0, "high": 100}, 50),
        partner({"low": 0, "likely": 80, "high": 100}, 50),
    )
    assert first_shares(scenario({"known": known, "even": even}))["even"] == near(0.5)
    assert first_shares(scenario({"known": known, "leaning": leaning}))["leaning"] == near(
        1 - 50**2 / (100 * 80)
    )


def test_a_score_nobody_knows_may_be_anything_on_its_scale() -> None:
    assert first_shares(scenario({"known": partner(75, 50), "unseen": partner("unknown", 50)}))[
        "unseen"
    ] == near(0.25)


def test_levels_and_bent_scales_are_drawn_in_their_own_units() -> None:
    made = scenario({"known": partner(30, 50), "range": partner({"low": 0, "high": 10}, 50)})
    bent = made.with_change(
        "criteria.reach.scale",
        {"points": [[0, 0], [2, 60], [10, 100], [100, 100]], "beyond": "clip"},
    )
    # The known one is worth 100; on this scale nobody reaches it. With 5 it is worth 75,
    # reached from a score of 5 on.
    assert first_shares(bent.with_change("partners.known.scores.reach", 5))["range"] == near(0.5)
    levelled = scenario(
        {"known": partner(50, "fair"), "range": partner(50, {"low": "poor", "high": "good"})},
        criteria=_with_levels(),
    )
    assert first_shares(levelled)["range"] == near(0.25)


def _with_levels() -> dict[str, Any]:
    trust = {
        "title": "Trust",
        "weight": 40,
        "scale": {"levels": {"poor": 20, "fair": 80, "good": 100}},
    }
    return {
        "title": "Two",
        "criteria": {"reach": {"title": "Reach", "weight": 60, "scale": SCALE}, "trust": trust},
    }


def test_one_draw_of_a_score_serves_every_programme_that_does_not_override_it() -> None:
    made = scenario(
        {
            "known": partner(50, 50),
            "unseen": partner(
                "unknown", 50, **{"for": {"third": {"scores": {"reach": "unknown"}}}}
            ),
        },
        programmes={
            name: {"title": name, "needs": {"help": 10}} for name in ("one", "second", "third")
        },
    )
    first, second, third = (
        first_shares(made, name)["unseen"] for name in ("one", "second", "third")
    )
    assert first == second
    assert first != third


def test_programmes_share_one_draw_of_the_weights_and_a_programme_with_its_own_draws_its_own() -> (
    None
):
    own = {"method": "direct", "points": {"reach": 60, "trust": 40}}
    programmes: dict[str, Any] = {
        name: {"title": name, "needs": {"help": 10}} for name in ("one", "second", "third")
    }
    programmes["third"]["weights"] = own
    made = scenario({"bold": BOLD, "even": EVEN}, programmes=programmes)
    first, second, third = (first_shares(made, name)["bold"] for name in ("one", "second", "third"))
    assert first == second
    assert third != first
    assert third == near(5 / 6)


def test_a_local_scale_takes_a_draw_by_the_ends_of_each_programme() -> None:
    local = {
        "title": "Two",
        "criteria": {"reach": {"title": "Reach", "weight": 1, "scale": {"local": "more"}}},
    }
    made = scenario(
        {
            "low": {"title": "L", "offers": ["help", "care"], "scores": {"reach": 0}},
            "range": {
                "title": "R",
                "offers": ["help", "care"],
                "scores": {"reach": {"low": 0, "high": 20}},
            },
            "high": {"title": "H", "offers": ["care"], "scores": {"reach": 15}},
        },
        criteria=local,
        programmes={
            "one": {"title": "One", "needs": {"help": 1}},
            "second": {"title": "Second", "needs": {"care": 1}},
        },
    )
    # In the first the ends are 0 and 10 (the middle of the range); in the second 0 and 15,
    # which "high" reaches.
    assert first_shares(made, "one")["range"] == near(1.0)
    # From 15 up the two are level at 100, so each counts for a half of that quarter.
    assert first_shares(made, "second")["high"] == near(0.75 + 0.25 / 2)


def test_every_row_of_acceptability_sums_to_one_and_so_do_all_first_places() -> None:
    found = drawn(
        scenario(
            {
                "a": partner({"low": 0, "high": 90}, 50),
                "b": partner("unknown", 40),
                "c": partner(40, 60),
            }
        )
    ).programmes["one"]
    assert [sum(standing.ranks) for standing in found.standings] == pytest.approx([1, 1, 1])
    assert sum(standing.first_share for standing in found.standings) == pytest.approx(1)
    assert found.standings[0].beats["b"] + found.standings[1].beats["a"] == pytest.approx(1)


def test_central_weights_favour_their_partner_and_one_that_never_leads_has_none() -> None:
    found = drawn(
        scenario({"bold": BOLD, "even": EVEN, "poor": partner(0, 0)}, weights="free")
    ).programmes["one"]
    bold, even, poor = found.standings
    assert bold.central_weights is not None
    assert even.central_weights is not None
    assert bold.central_weights["reach"] == pytest.approx((8 / 15 + 1) / 2, abs=0.01)
    assert even.central_weights["reach"] == pytest.approx(4 / 15, abs=0.01)
    assert (bold.confidence, even.confidence) == (1, 1)
    assert (poor.central_weights, poor.confidence, poor.first_share) == (None, None, 0)


def test_a_gate_closes_its_partner_as_often_as_it_is_thought_to() -> None:
    gates = {"grant": {"title": "Grant", "status": "expected"}}
    found = drawn(
        scenario({"best": partner(90, 90, gate="grant"), "next": partner(50, 50)}, gates=gates)
    )
    best, second = found.programmes["one"].gated
    assert found.gates[0].assumed
    assert best.first_share == near(0.8)
    assert best.unavailable == near(0.2)
    assert second.first_share == pytest.approx(1 - best.first_share)
    assert [
        sum(standing.ranks) + standing.unavailable for standing in (best, second)
    ] == pytest.approx([1, 1])
    assert found.programmes["one"].standings[0].first_share == 1


@pytest.mark.parametrize(
    ("gate", "share"),
    [
        ({"status": "unknown"}, 0.5),
        ({"status": "unknown", "likelihood": "30%"}, 0.3),
        ({"status": "refused"}, 0.0),
    ],
)
def test_a_partner_barred_only_by_its_gate_counts_where_gates_are_drawn(
    gate: dict[str, Any], share: float
) -> None:
    made = scenario(
        {"best": partner(90, 90, gate="grant"), "next": partner(50, 50)},
        gates={"grant": {"title": "Grant", **gate}},
    )
    found = drawn(made).programmes["one"]
    best = found.with_gates("best")
    assert found.of("best") is None
    assert best is not None
    assert best.first_share == near(share)


def test_a_partner_barred_by_more_than_its_gate_counts_nowhere() -> None:
    best = partner(90, 90, gate="grant", excluded="conflict of interest")
    found = drawn(
        scenario(
            {"best": best, "next": partner(50, 50)},
            gates={"grant": {"title": "Grant", "status": "unknown"}},
        )
    ).programmes["one"]
    assert found.with_gates("best") is None


def test_a_gate_of_the_funding_leaves_the_partner_and_moves_its_computed_cost() -> None:
    criteria = {
        "title": "Two",
        "criteria": {
            "cost": {
                "title": "Cost",
                "weight": 1,
                "from": "own-cost-per-day",
                "scale": {"worst": 1000, "best": 0},
            }
        },
    }
    made = scenario(
        {
            "funded": {
                "title": "F",
                "offers": ["help"],
                "cost": {"per-day": 500},
                "funding": {"payer": "donor", "covers": "100%", "gate": "grant"},
            },
            "cheap": {"title": "C", "offers": ["help"], "cost": {"per-day": 200}},
        },
        criteria=criteria,
        gates={"grant": {"title": "Grant", "status": "unknown", "likelihood": "70%"}},
    )
    funded = drawn(made).programmes["one"].with_gates("funded")
    assert first_shares(made)["funded"] == 0
    assert funded is not None
    assert funded.first_share == near(0.7)
    assert funded.unavailable == 0


def test_a_programme_whose_only_partner_waits_for_a_gate_still_tells_its_chance() -> None:
    found = drawn(
        scenario(
            {"best": partner(90, 90, gate="grant")},
            gates={"grant": {"title": "Grant", "status": "unknown"}},
        )
    ).programmes["one"]
    assert found.first_most is None
    assert found.gated[0].first_share == near(0.5)


def test_the_chance_that_a_score_falls_below_a_requirement_is_told() -> None:
    made = scenario(
        {"range": partner({"low": 20, "high": 70}, 50), "known": partner(50, 50)}
    ).with_change("criteria.reach.at-least", 30)
    (below,) = drawn(made).programmes["one"].below_minimum
    assert (below.partner, below.criterion) == ("range", "reach")
    assert below.share == near(0.2)


def test_the_chance_that_a_branch_falls_below_its_minimum_is_told() -> None:
    """Reach counts 60 and trust, between 20 and 70, counts 40: 24 + 0.4 · t is below 36 up to t = 30."""
    made = in_a_branch(
        {"range": partner(40, {"low": 20, "high": 70}), "known": partner(40, 50)}, 36
    )
    (below,) = drawn(made).programmes["one"].below_minimum
    assert (below.partner, below.criterion) == ("range", "all")
    assert below.share == near(0.2)


def test_no_draws_say_nothing() -> None:
    analysis = analyse(scenario({"bold": BOLD, "even": EVEN}, draws=0))
    assert analysis.robustness.programmes == {}


def _backwards(count: Callable[[Block], list[Sums]], todo: Iterable[Block]) -> Iterator[list[Sums]]:
    return reversed([count(block) for block in reversed(list(todo))])


def test_the_numbers_are_the_same_for_any_number_of_workers_and_any_order_of_blocks() -> None:
    made = scenario(
        {
            "a": partner({"low": 0, "high": 90}, 50),
            "b": partner("unknown", 40),
            "c": partner(40, 60),
        },
        draws=9_000,
    )
    seen = examine(made)
    with ThreadPoolExecutor(3) as pool:
        found = [
            simulate(made, seen.table, seen.scores, each=each)
            for each in (map, pool.map, _backwards)
        ]
    assert found[0] == found[1] == found[2]


def test_the_order_of_partners_and_criteria_in_the_file_moves_no_number() -> None:
    partners = {
        "a": partner({"low": 0, "high": 90}, 50),
        "b": partner("unknown", 40),
        "c": partner(40, 60),
    }
    made = scenario(partners)
    backwards = scenario(
        dict(reversed(partners.items())),
        criteria={
            **made.data["criteria"],
            "criteria": dict(reversed(made.data["criteria"]["criteria"].items())),
        },
    )
    assert first_shares(made) == first_shares(backwards)


def test_new_names_change_the_sample_and_nothing_else() -> None:
    partners = {
        "a": partner({"low": 0, "high": 90}, 50),
        "b": partner("unknown", 40),
        "c": partner(40, 60),
    }
    before, after = (
        first_shares(scenario(partners)),
        first_shares(scenario({f"new-{name}": stated for name, stated in partners.items()})),
    )
    assert list(after.values()) != list(before.values())
    assert list(after.values()) == [
        pytest.approx(share, abs=4 * sqrt(2 * share * (1 - share) / DRAWS))
        for share in before.values()
    ]


def test_another_uncertain_partner_leaves_the_draws_of_the_others_as_they_are() -> None:
    known, unseen = partner(50, 50), partner("unknown", 50)
    alone = first_shares(scenario({"known": known, "unseen": unseen}))
    beside = first_shares(
        scenario({"known": known, "hopeless": partner({"low": 0, "high": 1}, 0), "unseen": unseen})
    )
    assert {name: beside[name] for name in alone} == alone


def test_when_the_leader_is_not_first_in_most_draws_the_reason_says_so() -> None:
    # Likely 60 against 58, but the range reaches down much further than up.
    made = scenario(
        {
            "likely": partner({"low": 0, "likely": 60, "high": 62}, 50, title="Likely"),
            "steady": partner(58, 50, title="Steady"),
        }
    )
    advice = programme_rows(analyse(made))[0]
    assert advice["leader"] == "likely"
    assert (
        "Likely scores highest on the likely scores, but Steady does so more often"
        in advice["reason"]
    )


def test_who_is_first_more_often_by_chance_alone_is_not_said_to_be() -> None:
    """Of two alike, one or the other is a little ahead, as the seed has it."""
    alike = partner({"low": 40, "high": 60}, 50)
    made = scenario({"oak": alike, "yew": alike})
    analyses = [analyse(made.with_change("analysis.seed", n)) for n in range(6)]
    rows = [programme_rows(one)[0] for one in analyses]
    assert {row["leader_share"] > 0.5 for row in rows} == {True, False}
    assert [row["reason"] for row in rows] == [""] * 6
    assert not any("more often" in leader_words(one, rows[0]["programme"]) for one in analyses)


def test_a_seed_repeats_itself_and_another_does_not() -> None:
    made = scenario({"bold": BOLD, "even": EVEN})
    assert drawn(made) == drawn(made)
    assert first_shares(made) != first_shares(made.with_change("analysis.seed", 8))
