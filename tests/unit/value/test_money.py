"""Days, prices and payers laid out by need, partner and phase; every number worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.model import Scenario
from partnerselect.value.money import US, Workload, workload
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

UNSORTED = {name: PHASES[name] for name in ("third", "first", "second")}
PRICES = {"per-day": 100, "per-programme": 50, "once": 200}


def laid_out(partners: Data, programmes: Data, **rest: object) -> Workload:
    return workload(Scenario.from_data(scenario(partners, programmes, **rest)))


def test_phases_stand_in_order_of_date_not_of_the_file() -> None:
    assert laid_out({"ash": partner(1)}, {"x": programme()}, phases=UNSORTED).phases == (
        "first",
        "second",
        "third",
    )


def test_without_phases_there_is_one_that_has_no_name() -> None:
    work = laid_out({"ash": partner(1)}, {"x": programme()})
    assert work.phases == (None,)
    assert work.spread.tolist() == [[1.0]]


def test_days_are_spread_evenly_over_the_programmes_own_phases() -> None:
    """9 days over the first and third phase: a half each, and none in the second.

    A programme that names no phase runs in all.
    """
    work = laid_out(
        {"ash": partner(1)},
        {"x": programme(9, phases=["third", "first"]), "y": programme(9)},
        phases=UNSORTED,
    )
    assert work.spread[0].tolist() == [0.5, 0, 0.5]
    assert work.spread[1] == pytest.approx([1 / 3] * 3)
    assert work.first_phase.tolist() == [0, 0]


def test_days_by_phase_stay_where_they_are_and_zeros_move_the_start() -> None:
    """0 + 6 + 2 days: the need starts in the second phase, the programme in the first."""
    work = laid_out(
        {"ash": partner(1)},
        {"x": programme({"work": {"third": 2, "first": 0, "second": 6}})},
        phases=UNSORTED,
    )
    assert work.spread.tolist() == [[0, 0.75, 0.25]]
    assert (work.need_starts.tolist(), work.first_phase.tolist()) == ([1], [0])


def test_days_of_its_own_change_what_a_partner_takes_and_costs_but_not_what_the_need_weighs() -> (
    None
):
    """The programme needs 10 of 40 days; ash would take 3 for it: 3 · 100 + 50 = 350.

    The share of the need stays 10/40.
    """
    partners = {
        "ash": partner(1, "coach", "plan", cost=PRICES, for_={"x": {"days": {"plan": 3}}}),
        "elm": partner(1, "plan", cost=PRICES),
    }
    work = laid_out(partners, {"x": programme({"coach": 30, "plan": 10})})
    assert work.days.tolist() == [[30, 30], [3, 10]]
    assert work.share.tolist() == [0.75, 0.25]
    days, cost, _ = work.alone
    assert days.tolist() == [[33, 10]]
    assert cost.tolist() == [[33 * 100 + 50, 10 * 100 + 50]]


def test_what_a_partner_covers_is_the_share_of_the_days_it_offers() -> None:
    """Of 30 + 10 days ash offers all, elm the 10, oak nothing; who offers nothing costs nothing."""
    partners = {
        "ash": partner(1, "coach", "plan"),
        "elm": partner(1, "plan"),
        "oak": partner(1, cost=PRICES),
    }
    work = laid_out(
        partners | {"fir": partner(1, "work")},
        {"x": programme({"coach": 30, "plan": 10}), "y": programme()},
    )
    assert work.covers.tolist() == [[1, 0.25, 0, 0], [0, 0, 1, 1]]
    assert work.alone[1].tolist() == [[0, 0, 0, 0], [0, 0, 1050, 0]]


@pytest.mark.parametrize(
    ("funding", "own_share", "payer"),
    [
        (None, 1, US),
        ({"payer": "nation", "covers": "100%"}, 0, "nation"),
        ({"payer": "nation", "covers": "60%"}, 0.4, "nation"),
        ({"payer": "nation", "covers": 0}, 1, "nation"),
        ({"payer": "nation", "covers": "60%", "gate": "open"}, 0.4, "nation"),
        ({"payer": "nation", "covers": "60%", "gate": "shut"}, 1, US),
        ({"payer": "nation", "covers": "60%", "gate": "unsure"}, 1, US),
    ],
)
def test_the_trust_pays_what_nobody_else_does(
    funding: Data | None, own_share: float, payer: str
) -> None:
    """10 · 100 + 50 = 1,050, of which the trust pays its share.

    A gate that is not open pays nothing.
    """
    gates = {
        name: {"title": name, "status": status}
        for name, status in (("open", "expected"), ("shut", "refused"), ("unsure", "unknown"))
    }
    ash = partner(1, cost=PRICES, **({"funding": funding} if funding else {}))
    work = laid_out({"ash": ash}, {"x": programme()}, gates=gates)
    assert work.own_share.tolist() == [pytest.approx(own_share)]
    assert work.payers == (payer,)
    assert work.alone[2].tolist() == [[pytest.approx(1050 * own_share)]]


def test_every_need_spreads_all_of_its_days() -> None:
    work = laid_out(
        {"ash": partner(1)},
        {"x": programme(7), "y": programme({"work": {"second": 3}}), "z": programme(1e-9)},
        phases=UNSORTED,
    )
    assert work.spread.sum(axis=1) == pytest.approx(np.ones(3))


def test_of_a_range_what_is_likely_counts_else_the_middle_as_it_is_written() -> None:
    """Half of 0.1 + 0.2 is 0.15, where the nearest floats would give 0.15000000000000002."""
    cost = {"per-day": {"low": 650, "likely": 700, "high": 900}, "once": {"low": 0.1, "high": 0.2}}
    for_ = {"x": {"cost": {"per-programme": {"low": 1, "high": 5}}}}
    needs = {"plan": {"low": 8, "high": 16}, "work": {"first": {"low": 2, "high": 4}, "third": 1}}
    work = laid_out(
        {"ash": partner(1, "plan", "work", cost=cost, for_=for_)},
        {"x": programme(needs, phases=["first", "third"])},
        phases=UNSORTED,
    )
    assert {kind.id: price.tolist() for kind, price in work.prices.items()} == {
        "per-day": [[700]],
        "per-programme": [[3]],
        "once": [[0.15]],
    }
    assert work.own_days.tolist() == [12, 4]
    assert work.spread.tolist() == [[0.5, 0, 0.5], [0.75, 0, 0.25]]
