"""View 8: what is lacking, where, and what would mend it; what stands behind the scores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from partnerselect import files, rows
from partnerselect.analysis import analyse
from partnerselect.cli import main
from partnerselect.tui.charts.checks import Checked, checks_sheet
from partnerselect.tui.screens.checks import ChecksView
from partnerselect.tui.screens.programme import EvidenceView, ProgrammeView
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words


async def test_every_check_is_on_the_screen_with_its_mend_and_its_place_as_the_command_line_prints_it(
    opening: Opening, folder: Path
) -> None:
    path = folder / "shsc-2021.yaml"
    found = rows.check_rows(analyse(files.load(path).scenario))
    app = opening("shsc-2021")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("8")
        await until(pilot, lambda: "▲" in words(app))
        text = " ".join(app.screen.query_one("#checks", SheetView).sheet.text.split())
        for row in found:
            for part in (row["words"], row["mend"], row["source"]):
                assert " ".join(part.split()) in text
        assert "scenarios/shsc-2021.yaml:" in text
        assert "criteria/qi-partnership.yaml:" in text


async def test_what_only_the_file_shows_is_counted_as_check_counts_it(
    opening: Opening, folder: Path
) -> None:
    path = folder / "variant.yaml"
    path.write_text("extends: shsc-2021.yaml\npartners: {nobody: null}\n")
    printed = CliRunner().invoke(main, ["check", str(path), "--format", "json"]).stdout
    found = json.loads(printed)
    assert any("there is no" in row["message"] for row in found)
    app = opening("variant")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("8")
        await until(pilot, lambda: "▲" in words(app))
        text = " ".join(app.screen.query_one("#checks", SheetView).sheet.text.split())
        for severity, mark in (("warning", "▲"), ("note", "·")):
            assert f"{mark} {sum(row['severity'] == severity for row in found)} {severity}" in text
        for row in found:
            assert " ".join(row["message"].split()) in text
        assert "variant.yaml:2:12" in text


async def test_look_up_the_scores_of_a_partner_without_evidence(
    opening: Opening, folder: Path
) -> None:
    evidence = rows.evidence_rows(analyse(files.load(folder / "shsc-2021.yaml").scenario))
    worst = min(evidence, key=lambda row: row["evidenced"] / row["scores"])
    app = opening("shsc-2021")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("8")
        await until(pilot, lambda: isinstance(app.screen, ChecksView) and "▲" in words(app))
        sheet = app.screen.query_one("#checks", SheetView)
        sheet.mark(f"partner:{worst['partner']}")
        await pilot.pause()
        line = next(text for text in words(app).splitlines() if "▸" in text)
        assert "△" in line
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EvidenceView))
        assert worst["title"] in words(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ChecksView))


def test_the_scores_are_counted_as_they_are_given(folder: Path) -> None:
    scenario = files.load(folder / "shsc-2021.yaml").scenario
    for row in rows.evidence_rows(analyse(scenario)):
        partner = scenario.partners[row["partner"]]
        given = [
            *partner.scores.values(),
            *(score for own in partner.for_.values() for score in own.scores.values()),
        ]
        assert row["scores"] == len(given)
        assert row["unknown"] == sum(score.score == "unknown" for score in given)
        assert row["ranged"] == sum(score.low is not None for score in given)
        assert sum(row["grades"].values()) <= row["scores"]


async def test_enter_leads_from_what_is_lacking_to_its_line_and_from_a_fact_to_its_programme(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    app = opening("shsc-2021")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("8")
        await until(pilot, lambda: isinstance(app.screen, ChecksView))
        sheet = app.screen.query_one("#checks", SheetView)
        await until(pilot, lambda: str(sheet.key).startswith("finding:"))
        await pilot.press("enter")
        await until(pilot, lambda: bool(app._notifications))
        told = [one.message for one in app._notifications]
        assert any("No editor is set" in one and "shsc-2021.yaml:" in one for one in told), told
        await until(pilot, lambda: any(item.key.startswith("fact:") for item in sheet.sheet.items))
        await until(pilot, lambda: "costs" in sheet.sheet.text)
        sheet.mark(next(item.key for item in sheet.sheet.items if item.key.startswith("fact:")))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))


def test_nothing_lacking_is_said_too() -> None:
    assert "✓ Nothing is lacking" in checks_sheet(Checked(), [], 76).text
