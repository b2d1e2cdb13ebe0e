"""View 9: the paper as it will be written, and written where one says, over nothing unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from partnerselect import files, report
from partnerselect.analysis import analyse
from partnerselect.report import formats
from partnerselect.report.paper.content import Cover, Heading, PaperContent, Paragraph
from partnerselect.report.render.pages import markdown
from partnerselect.tables import Column, Span, Table
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.charts.paper import paper_sheet
from partnerselect.tui.dialogs import TypeScreen
from partnerselect.tui.screens.paper import PaperView
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import Opening
from tests.tui.delivered import PATIENCE
from tests.tui.reading import settled, until, words
from tests.tui.trying import at, opened, typed, worked_out

USUAL = f"aid-agency{report.usual_suffix()}"
HOSTILE = "[b]Bold[/b] *star* $x \x1b[31m\u202e| <i>"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def sheet_text(app: PartnerselectApp) -> str:
    return app.screen.query_one("#paper", SheetView).sheet.text


async def test_the_whole_paper_can_be_read_and_written(
    opening: Opening, folder: Path, tmp_path: Path
) -> None:
    material = formats.Material(analyse(files.load(folder / "aid-agency.yaml").scenario))
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("9")
        await until(
            pilot, lambda: isinstance(app.screen, PaperView) and "Key points" in sheet_text(app)
        )
        shown = " ".join(sheet_text(app).split())
        for block in material.full.blocks:
            told = (
                block.text
                if isinstance(block, Heading)
                else "".join(
                    f"[to be written: {s.text}]" if s.missing else s.text for s in block.text
                )
                if isinstance(block, Paragraph)
                else ""
            )
            assert " ".join(told.split()) in shown
        await pilot.press("tab", "tab")
        await pilot.pause()
        assert "Recommendation" in words(app).splitlines()[3]
        await exported(pilot, "aid-agency.md")
        out = tmp_path / "aid-agency.md"
        await until(pilot, out.exists)
        assert out.read_text(encoding="utf-8") == markdown(material.paper)


async def test_a_paper_named_before_it_is_worked_out_is_written_as_soon_as_it_is(
    opening: Opening, tmp_path: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.view_model is not None)
        await pilot.press("9", "x", "enter")
        await until(pilot, (tmp_path / USUAL).exists)
        await pilot.press("c")
        await until(pilot, lambda: "Key points" in app.clipboard)


def held_up(monkeypatch: pytest.MonkeyPatch, suffix: str) -> Event:
    """Let no paper in this form be made before the event returned is set."""
    may_be_made, made = Event(), formats.maker_of

    def slow(edition: str) -> Callable[[formats.Material], str | bytes]:
        if edition == suffix:
            may_be_made.wait(PATIENCE)
        return made(edition)

    monkeypatch.setattr(report, "maker_of", slow)
    return may_be_made


async def exported(pilot: Pilot[None], name: str) -> None:
    await pilot.press("x")
    await until(pilot, lambda: isinstance(pilot.app.screen, TypeScreen))
    pilot.app.screen.query_one(Input).value = name
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, PaperView))


async def test_of_every_file_asked_for_it_is_said_whether_it_is_being_written_written_or_dropped(
    opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(160, 40)) as pilot:
        await settled(pilot)
        await pilot.press("9")
        await until(
            pilot, lambda: isinstance(app.screen, PaperView) and "Key points" in sheet_text(app)
        )
        await exported(pilot, "a.md")
        await until(pilot, lambda: "a.md: written" in words(app))
        may_be_made = held_up(monkeypatch, ".html")
        await exported(pilot, "b.html")
        await exported(pilot, "c.md")
        await until(pilot, lambda: words(app).count("being written") == len(("b", "c")))
        await pilot.press("full_stop")
        await until(pilot, lambda: words(app).count("dropped: it was stopped") == len(("b", "c")))
        may_be_made.set()
        await exported(pilot, "d.md")
        await until(pilot, lambda: "d.md: written" in words(app))
        assert "a.md: written" in words(app)
    assert names_in(tmp_path) == ["a.md", "criteria", "d.md", "scenarios"]


async def test_a_paper_asked_for_is_written_though_one_looks_elsewhere(
    opening: Opening, tmp_path: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("9", "x")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        await pilot.press("enter", "1")
        await until(pilot, (tmp_path / USUAL).exists)


async def test_a_file_that_is_there_is_replaced_only_after_asking(
    opening: Opening, tmp_path: Path
) -> None:
    mine = tmp_path / USUAL
    mine.write_bytes(b"mine")
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("9")
        await until(
            pilot, lambda: isinstance(app.screen, PaperView) and "Key points" in sheet_text(app)
        )
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "exists already" in words(app))
        assert mine.read_bytes() == b"mine"
        await pilot.press("enter")
        await until(pilot, lambda: mine.read_bytes() != b"mine")


@pytest.mark.parametrize(
    ("name", "told"),
    [("paper.pdf", "ending must be one of"), ("nowhere/paper.md", "There is no folder")],
)
async def test_a_name_that_cannot_be_is_told_and_nothing_is_written(
    opening: Opening, tmp_path: Path, name: str, told: str
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("9", "x")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        app.screen.query_one(Input).value = name
        await pilot.press("enter")
        await until(pilot, lambda: told in words(app))
    assert names_in(tmp_path) == ["criteria", "scenarios"]


@pytest.mark.parametrize("width", [40, 76, 196])
def test_names_are_shown_as_they_stand_and_no_line_is_too_long(width: int) -> None:
    name = HOSTILE + "x" * 300
    table = Table(
        "t",
        name,
        (Column(name), Column("B", kind="number")),
        (((Span(name),), (Span(name, strong=True),)), ((Span("a"),), (Span("1"),))),
    )
    small = Table(
        "s", "Small", (Column("A"), Column("B", kind="number")), (((Span("[b]"),), (Span("1"),)),)
    )
    sheet = paper_sheet(
        PaperContent(
            Cover(name, name, ((name, (Span(name),)),)),
            name,
            (Heading(1, name), Paragraph((Span(name),), "1.1"), table, small),
            name,
        ),
        width,
    )
    lines = [line for item in sheet.items for line in item.lines]
    assert max(line.cell_length for line in lines) <= width
    assert "\x1b" not in sheet.text
    assert "\u202e" not in sheet.text
    assert "[b]Bold[/b]" in sheet.text.replace("\n", "")


async def test_the_paper_of_a_what_if_says_so_and_has_a_name_of_its_own(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        await typed(pilot, "10000")
        await worked_out(pilot, app)
        await pilot.press("9")
        await until(
            pilot, lambda: isinstance(app.screen, PaperView) and "Key points" in sheet_text(app)
        )
        assert "What if, not saved: Our budget" in " ".join(sheet_text(app).split())
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        assert app.screen.query_one(Input).value == USUAL.replace(".", "-what-if.")
