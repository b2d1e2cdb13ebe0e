"""Another partner is chosen, the whole is judged, the plan is kept, tried and found again."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from partnerselect import files, rows
from partnerselect.analysis import alternatives, analyse, analyse_unpriced
from partnerselect.rows import approved_words
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.dialogs import ChooseScreen, FormScreen, TypeScreen
from partnerselect.tui.refinement import NEAR
from partnerselect.tui.screens.plan import NearView, OtherChoicesView, PlanView
from partnerselect.tui.screens.what_if import WhatIfView
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words, worked_out
from tests.tui.trying import answered, at, opened, typed

WIDE = (120, 40)


def _keys(app: PartnerselectApp) -> list[str]:
    return [item.key for item in app.screen.query_one("#page", SheetView).sheet.items]


async def _others(pilot: Pilot[None], app: PartnerselectApp, programme: str) -> None:
    app.screen.query_one("#programmes", SheetView).mark(programme)
    await pilot.press("a")
    await until(pilot, lambda: isinstance(app.screen, OtherChoicesView) and len(_keys(app)) > 1)


async def _judged(pilot: Pilot[None], app: PartnerselectApp) -> None:
    await until(
        pilot, lambda: isinstance(app.screen, PlanView) and "programmes:culture" in _keys(app)
    )


async def test_choose_another_partner_judge_the_whole_and_keep_it(
    opening: Opening, folder: Path
) -> None:
    original = (folder / "shsc-2021.yaml").read_bytes()
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await _others(pilot, app, "culture")
        await worked_out(pilot)
        assert "✗ breaks limits" in words(app)
        app.screen.query_one("#page", SheetView).mark("nhs-horizons")
        await pilot.press("enter")
        await _judged(pilot, app)
        assert "As recommended, but Speaking up: NHS Horizons" in words(app)
        assert "It is not possible as written: 1 limit" in " ".join(words(app).split())
        await pilot.press("space")
        await _judged(pilot, app)
        assert "Speaking up: NHS Horizons; the rest chosen again" in words(app)
        assert "It is possible." in words(app)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        app.screen.query_one("#title", Input).value = "Horizons for openness"
        await pilot.press("enter", "enter")
        await until(pilot, lambda: bool(app.session.unsaved))
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: app.path.name != "shsc-2021.yaml" and not app.session.unsaved)
        made = app.path
    assert (folder / "shsc-2021.yaml").read_bytes() == original
    assert made.stat().st_size < 1000
    scenario = files.load(made).scenario
    assert scenario.plans["horizons-for-openness"].title == "Horizons for openness"
    assert scenario.plans["horizons-for-openness"].choose == {
        "culture": {"culture": "nhs-horizons"}
    }
    assert scenario.plans.keys() > {"as-proposed"}


async def test_of_a_plan_further_programmes_can_be_chosen_otherwise(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await _others(pilot, app, "culture")
        await pilot.press("end", "enter")
        await _judged(pilot, app)
        app.screen.query_one("#page", SheetView).mark("programmes:co-production")
        await pilot.press("enter")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, OtherChoicesView)
                and app.screen.programme == "co-production"
                and len(_keys(app)) > 1
            ),
        )
        app.screen.query_one("#page", SheetView).mark("deferred")
        await pilot.press("enter")
        await _judged(pilot, app)
        told = " ".join(words(app).split())
        assert "but Speaking up: " in told
        assert "; Co-production: deferred" in told


async def test_the_headline_counts_the_plans_as_good_and_leads_to_them(
    opening: Opening, folder: Path
) -> None:
    analysis = analyse_unpriced(files.load(folder / "shsc-2021.yaml").scenario)
    found = alternatives(analysis, over_trials=False)
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert app.focused is app.screen.query_one("#programmes")
        await pilot.press("shift+tab", "enter")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, NearView)
                and app.screen.found(NEAR) is not None
                and len(_keys(app)) == found.count
            ),
        )
        sentence = rows.alternatives_sentence(analysis.scenario, found)
        assert sentence in words(app)
        await pilot.press("down", "enter")
        await _judged(pilot, app)
        assert "It is possible." in words(app)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: sentence in words(app))
        assert approved_words(analyse(analysis.scenario))[:40] in words(app)


async def test_a_what_if_starts_from_a_plan_that_breaks_limits(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("7", "right")
        await worked_out(pilot)
        await pilot.press("enter")
        await _judged(pilot, app)
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, WhatIfView))
        await answered(pilot, app)
        what_if = app.session.what_if
        assert what_if is not None
        assert what_if.chosen.layer == "best"
        assert any("97,500" in str(one) for one in what_if.differences)


async def test_what_a_what_if_chooses_is_kept_as_a_plan_of_it_and_the_levers_put_back(
    opening: Opening,
) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        await typed(pilot, "56000")
        await answered(pilot, app)
        tried = app.session.what_if
        assert tried is not None
        account = tried.chosen.allocation.account
        assert account is not None
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("enter", "enter")
        await until(
            pilot, lambda: app.session.what_if is not None and app.session.what_if is not tried
        )
        await answered(pilot, app)
        kept = app.session.what_if
        assert kept is not None
        ((path, plan),) = kept.edits.changes.items()
        assert path.split(".")[0] == "plans"
        assert plan["title"] == "As recommended (in a what-if: Our budget £84,000 → £56,000)"
        await pilot.press("7", "right", "right")
        await until(pilot, lambda: f"£{account.own_cost:,.0f}" in words(app))
