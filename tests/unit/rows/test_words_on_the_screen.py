"""The rows that the first views show: the stable rows, put into words."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files, rows
from partnerselect.advice.certainty import Kind, scored_highest
from partnerselect.analysis import Analysis, analyse
from partnerselect.model import Scenario
from partnerselect.rows.report import limit_rows
from tests.oracle import plain

AID = Path(__file__).parents[3] / "scenarios" / "aid-agency.yaml"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(files.load(AID).scenario)


def test_every_limit_has_its_gauge_the_most_used_first(analysis: Analysis) -> None:
    gauges = rows.gauge_rows(analysis)
    assert sorted(row["path"] for row in gauges) == sorted(
        row["path"] for row in limit_rows(analysis)
    )
    assert [row["share"] for row in gauges] == sorted(
        (row["used"] / row["limit"] for row in limit_rows(analysis)), reverse=True
    )
    assert all(row["tight"] == (row["share"] >= 0.95) for row in gauges)


def test_a_limit_of_nothing_counts_as_used_up(analysis: Analysis) -> None:
    changed = analyse(
        analysis.scenario.with_changes({"limits.funds.donor": 0, "limits.budget": 1000000})
    )
    donor = next(row for row in rows.gauge_rows(changed) if row["path"] == "limits.funds.donor")
    assert (donor["share"], donor["tight"], donor["amount"]) == (1.0, True, "CHF 0 of CHF 0")


def test_what_is_to_be_approved_is_the_recommendation_with_its_ids(analysis: Analysis) -> None:
    approvals = rows.approval_rows(analysis)
    for approval, stated in zip(approvals, rows.programme_rows(analysis), strict=True):
        assert (approval["id"], approval["run"]) == (stated["programme"], stated["run"])
        assert approval["partners"] == [
            analysis.scenario.partners[name].title for name in stated["partners"]
        ]
        assert len(approval["condition"].split("; ")) == max(
            1, len(approval["gates"]) + len(approval["payers"])
        )


def test_a_condition_is_part_of_a_sentence_and_says_how_much_others_pay(analysis: Analysis) -> None:
    gates = {
        name: {"title": title, "status": "expected"}
        for name, title in (("law", "The law passes"), ("who", "WHO agrees"))
    }
    stated = {
        "gates": gates,
        "partners.open-clinic.gate": "law",
        "partners.village-union.gate": "who",
        "limits.funds.donor": 20000,
    }
    for covers, told in (
        ("100%", "all of it"),
        ("50%", "half of it"),
        ("25%", "CHF 5,000 of CHF 20,000"),
    ):
        changed = analyse(
            analysis.scenario.with_changes(
                {**stated, "partners.open-clinic.funding.covers": covers}
            )
        )
        conditions = {row["condition"] for row in rows.approval_rows(changed) if row["partners"]}
        assert f"if the law passes; donor pays {told}" in conditions
        assert "if WHO agrees" in conditions


def test_until_it_is_counted_no_choice_is_called_robust(
    analysis: Analysis,
) -> None:
    ranking = {(row["programme"], row["partner"]): row for row in rows.ranking_rows(analysis)}
    for approval, advice in zip(
        rows.approval_rows(analysis), analysis.recommendation.programmes, strict=True
    ):
        if not advice.partners:
            assert (
                approval["leads"],
                approval["share"],
                approval["certainty"].kind,
            ) == (None, None, Kind.COUNTING)
            continue
        main = ranking[advice.programme, advice.partners[0]]
        assert approval["share"] is None
        assert approval["certainty"].words == "counting…"
        assert approval["leads"] == (main["rank"] == 1)
        assert scored_highest(main["first_rank_share"])[1:] in approval["assurance"]


def test_without_draws_nothing_is_said_of_how_sure_it_is(analysis: Analysis) -> None:
    undrawn = analyse(analysis.scenario.with_changes({"analysis.samples": 0}))
    assert {
        (row["share"], row["certainty"].words, row["assurance"])
        for row in rows.approval_rows(undrawn)
    } == {(None, "", "")}


def test_days_bought_are_told_beside_those_of_the_team(analysis: Analysis) -> None:
    team = {
        "limits.internal-days": 10,
        "limits.backfill": {"per-day": 100},
        "programmes.safe-water.internal-days": 13,
    }
    gauges = {
        row["path"]: row["amount"]
        for row in rows.gauge_rows(analyse(analysis.scenario.with_changes(team)))
    }
    assert gauges["limits.internal-days"] == "10 of 10, and 3 bought"


def test_what_the_criteria_add_is_the_value(analysis: Analysis) -> None:
    for partner in (row for row in rows.ranking_rows(analysis)):
        scores = rows.score_rows(analysis, partner["programme"], partner["partner"])
        assert sum(row["contribution"] for row in scores) == pytest.approx(partner["value"])
        assert sum(row["weight"] for row in scores) == pytest.approx(1)
        assert {row["criterion"]: row["contribution"] for row in scores} == pytest.approx(
            partner["contributions"]
        )


def test_programmes_and_what_belongs_to_none_add_up_to_the_total(analysis: Analysis) -> None:
    team = {
        "limits.internal-days": 10,
        "limits.backfill": {"per-day": 100},
        "programmes.safe-water.internal-days": 13,
    }
    other = analyse(
        analysis.scenario.with_changes({**team, "partners.village-union.cost.once": 500})
    )
    for one in (analysis, other):
        account = one.allocation.account
        assert account is not None
        told = rows.approval_rows(one) + rows.extra_rows(one)
        assert sum(row["own_cost"] for row in told) == pytest.approx(account.own_cost)
    assert rows.extra_rows(analysis) == []
    assert rows.extra_rows(other) == [
        {"title": "Extra days for our own team · 3 days", "cost": 300.0, "own_cost": 300.0},
        {"title": "Village Union, paid once", "cost": 500.0, "own_cost": 500.0},
    ]


def test_what_a_fund_cannot_meet_and_we_pay_is_said_where_money_is() -> None:
    """Each half, £500, of three programmes is the nation's, who has £1,100; of the £1,000 asked for ash £400 are ours.

    What elm asks, whom we do not top up, is met first.
    """
    funding = {"payer": "nation", "covers": "50%"}
    own = {"z": {"excluded": "Not here"}}
    data = plain.scenario(
        {
            "ash": plain.partner(
                80, cost={"per-day": 100}, funding={**funding, "top-up": "us"}, for_=own
            ),
            "elm": plain.partner(70, cost={"per-day": 100}, funding=funding),
        },
        {"x": plain.programme(), "y": plain.programme(), "z": plain.programme()},
        limits={"funds": {"nation": 1100}},
        payers={"nation": {"title": "The nation"}},
    )
    analysis = analyse(Scenario.from_data(data))
    assert rows.extra_rows(analysis) == [
        {"title": "What the fund of The nation cannot meet", "cost": 0.0, "own_cost": 400.0}
    ]
    (gauge,) = rows.gauge_rows(analysis)
    assert gauge["amount"] == "£1,100 of £1,100"
    assert [(row["payer"], row["total"]) for row in rows.payer_rows(analysis)] == [
        ("us", 1900),
        ("nation", 1100),
    ]
    topped_up = (
        "The nation pays as far as its fund goes, which meets £600 of the £1,000 asked of it"
        " where we pay the rest, £500 of that here"
    )
    assert [row["condition"] for row in rows.approval_rows(analysis)] == [
        topped_up,
        topped_up,
        "The nation pays half of it",
    ]


def test_of_a_minimum_the_gauge_says_how_much_of_what_there_is_must_be() -> None:
    data = plain.scenario(
        {
            "ash": plain.partner(80, tags=["local"]),
            "elm": plain.partner(60, "teach", tags=["local"]),
        },
        {"x": plain.programme({"work": 10, "teach": 10})},
        limits={"groups": {"local": {"tag": "local", "partners": {"min": 1}}}},
    )
    [gauge] = rows.gauge_rows(analyse(Scenario.from_data(data)))
    assert (gauge["amount"], gauge["share"], gauge["tight"]) == ("2, at least 1", 0.5, False)


def test_without_trials_nothing_is_said_of_how_sure_a_decision_is() -> None:
    case = plain.scenario(
        {"ash": plain.partner(70)}, {"x": plain.programme()}, analysis={"samples": 0}
    )
    told = rows.asked_words(analyse(Scenario.from_data(case)))
    assert not any("How sure" in one for one in told)
