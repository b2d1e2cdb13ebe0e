"""Scores change with their evidence, partners and programmes come and go with the reason, notes reach the paper."""

from __future__ import annotations

from pathlib import Path

import yaml
from textual.pilot import Pilot
from textual.widgets import Input

from partnerselect import files
from partnerselect.analysis import analyse
from partnerselect.report.formats import Material
from partnerselect.report.render.pages import markdown
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.commands import Palette
from partnerselect.tui.dialogs import FormScreen
from partnerselect.tui.screens.programme import EvidenceView, ProgrammeView
from partnerselect.tui.screens.what_if import WhatIfView
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words
from tests.tui.trying import chosen_way

WIDE = (120, 40)


async def filled_in(pilot: Pilot[None], **values: str) -> None:
    """Fill in the form in front, and accept it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
    form = pilot.app.screen
    for name, value in values.items():
        form.query_one(f"#{name}", Input).value = value
    form.query(Input).last().focus()
    await pilot.press("enter")
    await pilot.pause()


async def commanded(pilot: Pilot[None], letters: str) -> None:
    """Choose the first command that the palette finds."""
    await pilot.press("ctrl+p", *letters)
    screen = pilot.app.screen
    assert isinstance(screen, Palette)
    await until(pilot, lambda: screen.query_one("CommandList").option_count > 0)  # type: ignore[attr-defined]
    await pilot.press("down", "enter")
    await until(pilot, lambda: not isinstance(pilot.app.screen, Palette))


def changes(app: PartnerselectApp) -> dict[str, object]:
    assert app.session.what_if is not None
    return dict(app.session.what_if.edits.changes)


async def saved(pilot: Pilot[None], app: PartnerselectApp, title: str) -> Path:
    """Save the what-if, and wait until it is looked at."""
    await pilot.press("3")
    await until(pilot, lambda: isinstance(app.screen, WhatIfView))
    await pilot.press("w", "ctrl+u", *title, "enter")
    await until(pilot, lambda: app.path.stem.endswith(f"-{title}"))
    return app.path


async def test_a_score_is_changed_with_its_evidence_and_saved_beside_the_original(
    opening: Opening, folder: Path
) -> None:
    original = (folder / "aid-agency.yaml").read_text()
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await app.open_programme("safe-water", "river-league")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EvidenceView))
        app.screen.query_one("#scores", SheetView).mark("reach")
        await pilot.press("enter")
        await filled_in(pilot, score="none at all")
        assert isinstance(app.screen, FormScreen)
        await filled_in(pilot, score="40", evidence="Counted at the wells", source="Our own count")
        path = "partners.river-league.scores.reach"
        assert changes(app)[path] == {
            "score": 40,
            "evidence": "Counted at the wells",
            "source": "Our own count",
        }
        made = await saved(pilot, app, "counted")
    assert (folder / "aid-agency.yaml").read_text() == original
    written = yaml.safe_load(made.read_text())
    assert written["extends"] == "aid-agency.yaml"
    score = files.load(made).scenario.partners["river-league"].scores["reach"]
    assert (score.score, score.evidence) == (40, "Counted at the wells")


async def test_a_partner_is_left_out_with_the_reason_and_taken_in_again(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await app.open_programme("safe-water", "village-union")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))
        await pilot.press("t")
        await chosen_way(pilot, "safe-water")
        await filled_in(pilot, reason="")
        assert "Reason is needed" in words(app)
        await filled_in(pilot, reason="Works elsewhere")
        path = "partners.village-union.for.safe-water.excluded"
        assert changes(app) == {path: "Works elsewhere"}
        await commanded(pilot, "leave out: village")
        await filled_in(pilot, reason="Closed down")
        assert changes(app)["partners.village-union.excluded"] == "Closed down"
        await commanded(pilot, "take in again")
        await until(pilot, lambda: "partners.village-union.excluded" not in changes(app))


async def test_partners_and_programmes_are_added_and_deferred_with_the_reason(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await commanded(pilot, "add a partner")
        await filled_in(pilot, title="Well Diggers", offers="water", price="much", reason="New")
        assert "is no figure" in words(app)
        await filled_in(pilot, price="90")
        await commanded(pilot, "add a programme")
        await filled_in(pilot, title="Clean water II", needs="water 20", reason="More wells")
        await commanded(pilot, "defer: mobile")
        await filled_in(pilot, reason="No fuel")
        made = await saved(pilot, app, "grown")
    scenario = files.load(made).scenario
    assert scenario.partners["well-diggers"].notes == "New"
    assert scenario.partners["well-diggers"].scores["reach"].is_unknown
    assert scenario.programmes["clean-water-ii"].needs == {"water": 20}
    assert scenario.programmes["mobile-clinic"].notes == "Deferred: No fuel"
    answer = analyse(scenario).recommendation
    assert not [row for row in answer.ranking if row.programme == "mobile-clinic" and row.chosen]


async def test_notes_are_kept_with_the_what_if_and_printed_in_its_paper(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await commanded(pilot, "note on this")
        await filled_in(pilot, note="Asked for by the field office.")
        await app.open_programme("safe-water", "river-league")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))
        await pilot.press("N")
        await filled_in(pilot, note="Met in spring.")
        made = await saved(pilot, app, "noted")
    paper = markdown(Material(analyse(files.load(made).scenario)).full)
    text = " ".join(paper.split())
    assert "Asked for by the field office." in text
    assert "Met in spring." in text


async def test_the_palette_finds_by_what_a_command_is_for_and_leads_to_a_lever(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        for asked, found in (
            ("theme", "Dark, light or monochrome"),
            ("e-mail", "Copy"),
            ("print", "Export"),
        ):
            await pilot.press("ctrl+p", *asked)
            await until(pilot, lambda found=found: found in words(app))  # type: ignore[misc]
            await pilot.press("escape")
        await commanded(pilot, "change: our budget")
        await until(pilot, lambda: isinstance(app.screen, WhatIfView))
        await until(
            pilot,
            lambda: app.screen.query_one("#levers", SheetView).key == "limits.budget",
        )
