"""How the views look.

After a wanted change: `python -m pytest tests/tui/test_pictures.py --snapshot-update`, and look at
each picture.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from partnerselect.tui.app import PartnerselectApp
from tests.tui.conftest import AMPLE
from tests.tui.reading import settled, until

SIZES = [(80, 24), (120, 40)]
Compare = Callable[..., bool]


def pressing(*keys: str, theme: str = "dark") -> Callable[[Pilot[None]], Awaitable[None]]:
    async def press(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    return press


@pytest.fixture(params=["colour", "monochrome"])
# `folder` clears NO_COLOR first
def ink(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: ARG001
    if request.param == "monochrome":
        monkeypatch.setenv("NO_COLOR", "1")
    return str(request.param)


def named(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


@pytest.mark.usefixtures("ink", "worked_out_once")
@pytest.mark.parametrize("size", SIZES, ids=named)
@pytest.mark.parametrize("keys", [(), ("enter",)], ids=["recommendation", "programme"])
def test_picture(
    keys: Sequence[str], size: tuple[int, int], folder: Path, snap_compare: Compare
) -> None:
    app = PartnerselectApp([folder / "shsc-2021.yaml"])
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))


@pytest.mark.usefixtures("worked_out_once")
@pytest.mark.parametrize("size", SIZES, ids=named)
def test_picture_of_the_evidence(
    size: tuple[int, int], folder: Path, snap_compare: Compare
) -> None:
    assert snap_compare(
        PartnerselectApp([folder / "shsc-2021.yaml"]),
        terminal_size=size,
        run_before=pressing("enter", "enter"),
    )


@pytest.mark.usefixtures("worked_out_once")
def test_picture_of_light(folder: Path, snap_compare: Compare) -> None:
    assert snap_compare(
        PartnerselectApp([folder / "shsc-2021.yaml"]),
        terminal_size=(120, 40),
        run_before=pressing(theme="light"),
    )


@pytest.mark.usefixtures("ink")
def test_picture_of_problems(folder: Path, snap_compare: Compare) -> None:
    path = folder / "aid-agency.yaml"
    path.write_text(
        path.read_text()
        .replace("capacity: 100", "capacity: -100")
        .replace("format: 1", "format: one")
    )
    assert snap_compare(PartnerselectApp([path]), run_before=pressing())


@pytest.mark.usefixtures("ink")
def test_picture_of_no_answer(folder: Path, snap_compare: Compare) -> None:
    path = folder / "none.yaml"
    path.write_text(
        "extends: aid-agency.yaml\ntitle: Too little for all\nlimits: {budget: 1}\nprogrammes:"
        " {safe-water: {mandatory: true}}\n"
    )
    assert snap_compare(PartnerselectApp([path]), run_before=pressing())


def test_picture_of_help(folder: Path, snap_compare: Compare) -> None:
    assert snap_compare(
        PartnerselectApp([folder / "aid-agency.yaml"]), run_before=pressing("question_mark")
    )


def test_picture_of_the_scenarios_to_choose_from(folder: Path, snap_compare: Compare) -> None:
    assert snap_compare(
        PartnerselectApp([folder / "aid-agency.yaml", folder / "shsc-2021.yaml"]),
        run_before=pressing("s"),
    )


@pytest.mark.usefixtures("ink")
@pytest.mark.parametrize("size", SIZES, ids=named)
def test_picture_of_what_if(size: tuple[int, int], folder: Path, snap_compare: Compare) -> None:
    async def cut_the_budget(pilot: Pilot[None]) -> None:
        await pressing("3", "tab", "enter", *"56000", "enter")(pilot)
        app = pilot.app
        assert isinstance(app, PartnerselectApp)
        await until(
            pilot,
            lambda: app.session.what_if is not None and app.session.what_if.view_model is not None,
        )
        await pilot.pause()

    app = PartnerselectApp([folder / "shsc-2021.yaml"], changes={"analysis.samples": 0, **AMPLE})
    assert snap_compare(app, terminal_size=size, run_before=cut_the_budget)
