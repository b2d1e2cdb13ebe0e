"""What people write is shown as it stands on every screen, in every dialog and every export."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from partnerselect.tui import dialogs, screens
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.exports import FORMS, IMAGE
from partnerselect.tui.screens.catalogue import VIEWS
from tests import hostile
from tests.oracle.scores import Data
from tests.tui.reading import settled, until, words, worked_out

SIZE = (150, 50)
OPENED = {
    ("1", "question_mark"): "GuideScreen",
    ("1", "s"): "ChooseScreen",
    ("1", "g"): "ChooseScreen",
    ("1", "x"): "TypeScreen",
    ("1", "v"): "JumpScreen",
    ("1", "enter"): "ProgrammeView",
    ("1", "enter", "N"): "FormScreen",
    ("1", "ctrl+o"): "ChooseScreen",
    ("1", "enter", "enter"): "EvidenceView",
    ("1", "a"): "OtherChoicesView",
    ("1", "a", "enter"): "PlanView",
    ("1", "shift+tab", "enter"): "NearView",
    ("2", "p"): "PickScreen",
    ("9", "x"): "TypeScreen",
    ("3", "enter"): "TypeScreen",
    ("3", "shift+right", "w"): "TypeScreen",
    ("3", "shift+right", "q"): "ChooseScreen",
}
"""Keys, and the dialog or page that they open."""
ELSEWHERE = {"ProblemsScreen"}
"""Opened by a file that cannot be read, below."""


def assert_is_image(found: bytes) -> None:
    """Made of the picture that is harmless; it holds points of light, and no text."""
    assert found.startswith(b"\x89PNG")
    assert not any(kind in found for kind in (b"tEXt", b"zTXt", b"iTXt"))


EXPORTS: dict[str, Callable[[bytes], None]] = {
    ".csv": lambda found: hostile.assert_csv_is_harmless(found.decode(), "an exported table"),
    ".md": lambda found: hostile.assert_markdown_is_harmless(found.decode(), "an exported table"),
    ".svg": lambda found: hostile.assert_xml_is_harmless(found, "an exported picture"),
    ".png": assert_is_image,
}


@pytest.fixture(scope="session")
def data() -> Data:
    return hostile.scenario()


@pytest.fixture
def app(folder: Path, data: Data) -> PartnerselectApp:
    path = folder / "hostile.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")
    return PartnerselectApp([path, folder / "aid-agency.yaml"])


def read(app: PartnerselectApp) -> str:
    """Return the text on the screen, which may steer nothing."""
    text = words(app)
    hostile.assert_steers_nothing(text, type(app.screen).__name__)
    return text


async def test_every_view_shows_names_as_they_stand(app: PartnerselectApp) -> None:
    seen = ""
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        for view in VIEWS:
            await pilot.press(view.key)
            await worked_out(pilot)
            seen += read(app)
    assert "[red]x" in seen or "[red" in seen
    assert "<script>" in seen


@pytest.mark.parametrize("keys", OPENED, ids="-".join)
async def test_every_dialog_shows_names_as_they_stand(
    keys: tuple[str, ...], app: PartnerselectApp
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press(keys[0])
        await worked_out(pilot)
        for key in keys[1:]:
            await pilot.press(key)
            await pilot.pause()
        await until(pilot, lambda: type(app.screen).__name__ == OPENED[keys])
        read(app)


async def test_what_is_wrong_with_a_file_is_shown_as_it_stands(folder: Path, data: Data) -> None:
    path = folder / "hostile.yaml"
    path.write_text(json.dumps({**data, hostile.BODY: 1}), encoding="utf-8")
    app = PartnerselectApp([path])
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert type(app.screen).__name__ in ELSEWHERE
        assert "alert(1)" in read(app)


def test_every_screen_there_is_is_walked_here() -> None:
    modules = [
        dialogs,
        *(
            import_module(f"{screens.__name__}.{one.name}")
            for one in iter_modules(screens.__path__)
        ),
    ]
    written = {
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Screen)
        and thing.__module__ == module.__name__
    }
    views = {type(view.open()) for view in VIEWS}
    based = {base for one in written for base in one.__mro__[1:]} - {dialogs.FormScreen}
    assert {one.__name__ for one in written - views - based} == {*OPENED.values(), *ELSEWHERE}


async def test_every_export_is_harmless(app: PartnerselectApp, folder: Path) -> None:
    assert EXPORTS.keys() == FORMS.keys()
    seen = set[str]()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        for view in VIEWS:
            await pilot.press(view.key)
            await worked_out(pilot)
            for suffix, harmless in EXPORTS.items():
                if suffix == IMAGE and suffix in seen:
                    continue  # drawn from the picture, which is read in every view
                target = folder / f"{view.key}{suffix}"
                if await written(pilot, app, target):
                    seen.add(suffix)
                    harmless(target.read_bytes())
    assert seen == EXPORTS.keys()


async def written(pilot: Pilot[None], app: PartnerselectApp, target: Path) -> bool:
    """Export what is in front, where the view can be exported in this form."""
    await pilot.press("x")
    await pilot.pause()
    if type(app.screen).__name__ != "TypeScreen":
        return False
    app.screen.query_one("#typed").value = str(target)  # type: ignore[attr-defined]
    await pilot.press("enter")
    await until(pilot, lambda: is_there(target) or "must be one of" in words(app))
    if not is_there(target):
        await pilot.press("escape")
    return is_there(target)


def is_there(path: Path) -> bool:
    return path.exists()
