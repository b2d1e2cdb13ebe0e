"""The opening screen answers the board without a key: what, how much, how sure, on what condition."""

from __future__ import annotations

import re

import pytest

from partnerselect.analysis import Analysis, spending, with_and_without
from partnerselect.rows import approval_rows, finding_rows, headline_rows
from partnerselect.tui import jobs, refinement
from partnerselect.tui.charts.approval import BADGES
from partnerselect.tui.screens.programme import ProgrammeView
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView
from partnerselect.words import amount
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words

SIZES = [(60, 24), (80, 24), (120, 40), (200, 60)]


@pytest.mark.usefixtures("worked_out_once")
@pytest.mark.parametrize("size", SIZES)
async def test_without_a_key_one_reads_what_is_asked_and_how_sure_it_is(
    size: tuple[int, int], opening: Opening, shipped: Analysis
) -> None:
    account, budget = shipped.allocation.account, shipped.scenario.limits.budget
    assert account is not None
    assert isinstance(budget, float | int)
    app = opening("shsc-2021")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        shown = re.sub(r"[│\s]+", " ", words(app))
        assert f"{amount(account.own_cost, 'GBP')} of our {amount(budget, 'GBP')}" in shown
        assert "If the national intensive-support team judges support appropriate" in shown
        assert "Doing nothing:" in shown
        assert "Our budget" in shown
        certain = [row["certainty"] for row in approval_rows(shipped) if row["run"]]
        for one in certain:
            assert BADGES.get(one.kind.name, [one.kind])[0] in shown


@pytest.mark.usefixtures("worked_out_once")
@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_every_programme_stands_whole_and_is_shown_like_no_other(
    size: tuple[int, int], opening: Opening, shipped: Analysis
) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        shown = words(app)
        for programme in shipped.scenario.programmes.values():
            assert programme.title in shown or str(programme.short) in shown


def test_what_is_asked_adds_up(shipped: Analysis) -> None:
    otherwise, traced = with_and_without(shipped), spending(shipped)
    told = {row["kind"]: row["words"] for row in headline_rows(shipped, otherwise, traced)}
    account = shipped.allocation.account
    assert account is not None
    refused = next(one for one in otherwise if one.subject == "intensive-support")
    assert refused.value is not None
    assert f"{account.value - refused.value:.1f} points less" in told["condition"]
    cost, value = re.findall(r"£([\d,]+) would buy ([\d.]+)", told["money"])[0]
    bought = [point for point in traced.points if f"{point.value:.1f}" == value]
    assert f"{round(bought[0].own_cost):,}" == cost
    assert bought[0].own_cost < account.own_cost


def test_a_fact_costs_as_much_as_not_knowing_it_in_all_its_programmes(shipped: Analysis) -> None:
    rows = finding_rows(shipped)
    assert [row["cost"] for row in rows] == sorted((row["cost"] for row in rows), reverse=True)
    assert len({row["key"] for row in rows}) == len(rows)
    assert all(0 < row["share"] <= 1 for row in rows)


async def test_the_fact_most_worth_finding_out_is_two_keys_away(
    opening: Opening, shipped: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refinement, "QUIET", 0.05)
    monkeypatch.setattr(
        jobs, "_view_model", lambda file, _: ViewModel(shipped, (file.path,)).drawn()
    )
    first = finding_rows(shipped)[0]
    app = opening("shsc-2021")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: first["name"] in words(app).rpartition("Worth finding out")[2])
        await pilot.press("tab", "tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))
        assert app.screen.programme == first["programmes"][0]  # type: ignore[attr-defined]


async def test_the_reason_of_a_choice_that_does_not_score_highest_is_never_cut(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert app.view_model is not None
        row = next(row for row in app.view_model.approvals if row["leads"] is False)
        app.screen.query_one("#programmes", SheetView).mark(row["id"])
        told = " ".join(row["reason"].split())
        await until(pilot, lambda: told in " ".join(words(app).split()))


async def test_a_reason_is_told_whole_where_there_is_room_below_the_table(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        reason = "because of the limit on days of River League."
        await until(pilot, lambda: reason in " ".join(words(app).split()))
