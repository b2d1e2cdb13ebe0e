"""The rows that the first views show: the stable rows, put into words."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files, rows
from partnerselect.analysis import Analysis, analyse

AID = Path(__file__).parents[3] / "scenarios" / "aid-agency.yaml"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(files.load(AID).scenario)


def test_every_limit_has_its_gauge_the_most_used_first(analysis: Analysis) -> None:
    gauges = rows.gauge_rows(analysis)
    assert sorted(row["path"] for row in gauges) == sorted(row["path"] for row in rows.limit_rows(analysis))
    assert [row["share"] for row in gauges] == sorted((row["used"] / row["limit"] for row in rows.limit_rows(analysis)), reverse=True)
    assert all(row["tight"] == (row["share"] >= 0.95) for row in gauges)


def test_a_limit_of_nothing_counts_as_used_up(analysis: Analysis) -> None:
    changed = analyse(analysis.scenario.with_changes({"limits.funds.donor": 0, "limits.budget": 1000000}))
    donor = next(row for row in rows.gauge_rows(changed) if row["path"] == "limits.funds.donor")
    assert (donor["share"], donor["tight"], donor["amount"]) == (1.0, True, "CHF 0 of CHF 0")


def test_what_is_to_be_approved_is_the_recommendation_with_its_ids(analysis: Analysis) -> None:
    approvals = rows.approval_rows(analysis)
    for approval, told, stated in zip(approvals, rows.recommendation_rows(analysis), rows.programme_rows(analysis), strict=True):
        assert told.items() <= approval.items()
        assert (approval["id"], approval["run"], approval["verdict"]) == (stated["programme"], stated["run"], stated["choice_verdict"])
        assert approval["condition"] == "; ".join([*(f"if {gate}" for gate in approval["gates"]), *(f"paid by {payer}" for payer in approval["payers"])])


def test_what_the_criteria_add_is_the_value(analysis: Analysis) -> None:
    for partner in (row for row in rows.ranking_rows(analysis)):
        scores = rows.score_rows(analysis, partner["programme"], partner["partner"])
        assert sum(row["contribution"] for row in scores) == pytest.approx(partner["value"])
        assert sum(row["weight"] for row in scores) == pytest.approx(1)
        assert {row["criterion"]: row["contribution"] for row in scores} == pytest.approx(partner["contributions"])


def test_programmes_and_what_belongs_to_none_add_up_to_the_total(analysis: Analysis) -> None:
    team = {"limits.internal-days": 10, "limits.backfill": {"per-day": 100}, "programmes.safe-water.internal-days": 13}
    other = analyse(analysis.scenario.with_changes({**team, "partners.village-union.cost.once": 500}))
    for one in (analysis, other):
        account = one.allocation.account
        assert account is not None
        told = rows.approval_rows(one) + rows.extra_rows(one)
        assert sum(row["trust_cost"] for row in told) == pytest.approx(account.trust_cost)
    assert rows.extra_rows(analysis) == []
    assert rows.extra_rows(other) == [
        {"title": "Extra days for our own team · 3 days", "cost": 300.0, "trust_cost": 300.0},
        {"title": "Village Union, paid once", "cost": 500.0, "trust_cost": 500.0},
    ]
