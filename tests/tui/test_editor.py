"""What is to be corrected is opened in the reader's editor, at its line."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerselect.tui.editor import edit
from partnerselect.tui.screens.problems import ProblemsScreen
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("nano -w", ["nano", "-w", "+2", "a.yaml"]),
        ("/bin/code", ["/bin/code", "--goto", "a.yaml:2"]),
    ],
)
async def test_enter_on_a_problem_opens_the_editor_at_its_line(
    opening: Opening, folder: Path, monkeypatch: pytest.MonkeyPatch, editor: str, told: list[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: started.append(command))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    (folder / "a.yaml").write_text("extends: aid-agency.yaml\nlimits: {budget: -1}\n")
    monkeypatch.chdir(folder)
    app = opening("a")

    @contextlib.contextmanager
    def suspend() -> Iterator[None]:
        yield

    monkeypatch.setattr(app, "suspend", suspend)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: isinstance(app.screen, ProblemsScreen))
        await pilot.press("enter")
        await pilot.pause()
        assert started == [told]
        for place, said in (("", "nowhere"), ("b.xlsx!sheet:A1", "no line of a text file")):
            edit(app, place)
            await pilot.pause()
            assert any(said in one.message for one in app._notifications)
        monkeypatch.delenv("EDITOR")
        edit(app, "a.yaml:2:1")
        await pilot.pause()
        assert any("No editor is set" in one.message for one in app._notifications)
        assert started == [told]
