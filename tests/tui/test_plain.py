"""Whoever listens to the screens is told every view as lines of text, with its keys."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from partnerselect.advice import Kind
from partnerselect.tui import refinement
from partnerselect.tui.plain import DRAWN, PlainApp, listen
from partnerselect.tui.screens.catalogue import VIEWS
from tests.tui.conftest import AMPLE
from tests.tui.delivered import PATIENCE


@pytest.fixture(autouse=True)
def unasked_soon(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - set first
    """Let what nobody asks for be worked out at once, as it is while somebody listens."""
    monkeypatch.setattr(refinement, "QUIET", 0.05)


async def test_every_view_is_told_in_lines_without_boxes_and_with_its_keys(folder: Path) -> None:
    app = PlainApp([folder / "aid-agency.yaml"], changes=AMPLE)
    out = io.StringIO()
    await listen(app, [f"{view.key}\n" for view in VIEWS], out)
    assert app.is_at_rest(PATIENCE)
    told = out.getvalue()
    for view in VIEWS:
        assert f"View {view.key}, {view.label}." in told
    assert not DRAWN.search(told)
    assert "▸ Safe water" in told
    assert told.count("\nSafe water  ◂ 1 of 3 ▸\n") == 3
    assert "\nLimits · ▲ 1 of 3 at or near capacity\n" in told
    assert told.count("Keys: ") == len(VIEWS) + 1
    assert "? Help" in told
    assert "ILLUSTRATIVE" in told


async def test_a_view_is_told_once_its_choices_are_counted(folder: Path) -> None:
    app = PlainApp([folder / "shsc-2021.yaml"], changes={**AMPLE, "analysis.samples": 1000})
    out = io.StringIO()
    await listen(app, ["q\n"], out)
    assert "robust 100%" in out.getvalue()
    assert Kind.COUNTING not in out.getvalue()


async def test_text_is_typed_and_dialogs_and_answers_are_told(folder: Path) -> None:
    app = PlainApp([folder / "aid-agency.yaml"], changes=AMPLE)
    out = io.StringIO()
    await listen(app, ["g\n", "=league\n", "enter\n", "?\n", "esc\n", "c\n", "q\n", "1\n"], out)
    assert app.is_at_rest(PATIENCE)
    told = out.getvalue()
    assert "Go to which programme or partner?" in told
    assert "Type here: league" in told
    assert "All partners for one programme" in told
    assert "Copied." in told
    assert not app.is_running


async def test_a_link_that_leads_to_itself_is_told_as_a_file_that_cannot_be_read(
    folder: Path,
) -> None:
    (loop := folder / "loop.yaml").symlink_to("loop.yaml")
    app = PlainApp([loop], changes=AMPLE)
    out = io.StringIO()
    await listen(app, ["q\n"], out)
    assert app.is_at_rest(PATIENCE)
    assert "the file could not be read" in out.getvalue()
