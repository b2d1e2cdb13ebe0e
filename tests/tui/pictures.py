"""Draw the views of the shipped scenario into `docs/screens`, and write docs/screens.md about them.

`make pictures`; with names of pictures as its arguments only those are drawn, with `page` only the page is written.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from pkgutil import resolve_name

from textual.binding import Binding
from textual.keys import format_key
from textual.pilot import Pilot

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.exports import screen_picture
from partnerselect.tui.keys import shown
from partnerselect.tui.refinement import FINDING
from partnerselect.tui.screens.catalogue import VIEWS
from partnerselect.tui.screens.plan import NearView, OtherChoicesView, PlanView
from partnerselect.tui.screens.programme import EvidenceView, ProgrammeView
from partnerselect.tui.screens.view import View
from tests.tui import reading
from tests.tui.conftest import AMPLE
from tests.tui.delivered import PATIENCE

HERE = Path(__file__).parents[2]
FOLDER = HERE / "docs" / "screens"
SCENARIOS = [
    "shsc-2021",
    "shsc-2021-tight-budget",
    "shsc-2021-other-weights",
    "shsc-2021-smaller-team",
    "shsc-2021-second-juncture",
]
ROOMY, SMALL, LARGE = (120, 40), (80, 24), (200, 60)
Drawing = tuple[tuple[int, int], Sequence[str], str]
EACH: dict[str, Drawing] = {
    view.label.lower().replace(" ", "-"): (ROOMY, (view.key,), "dark")
    for view in VIEWS
    if view.label != "What if"
}
CLOSER: dict[str, Drawing] = {
    "recommendation-light": (ROOMY, (), "light"),
    "recommendation-small": (SMALL, (), "dark"),
    "recommendation-monochrome": (ROOMY, (), "monochrome"),
    "programme": (ROOMY, ("enter",), "dark"),
    "choices": (ROOMY, ("down", "down", "a"), "dark"),
    "plan": (ROOMY, ("down", "down", "a", "down", "enter"), "dark"),
    "near": (ROOMY, ("shift+tab", "enter"), "light"),
    "evidence": (ROOMY, ("enter", "enter"), "light"),
    "robustness-large": (LARGE, ("4",), "light"),
    "plans-small": (SMALL, ("7", "right"), "light"),
    "what-if": (ROOMY, ("3", "tab", "shift+left", "shift+left"), "dark"),
}
"""What if comes last: from there on every view shows the changed scenario."""


OPENED: dict[str, tuple[str, type[View], str]] = {
    "programme": ("A programme", ProgrammeView, "enter on a programme in view 1"),
    "evidence": ("A partner", EvidenceView, "enter on a partner of a programme"),
    "choices": ("Another choice", OtherChoicesView, "a in view 1, or on a partner of a programme"),
    "plan": ("A plan", PlanView, "enter on a choice, on a plan in view 7, or on one as good"),
    "near": ("Plans almost as good", NearView, "shift+tab, then enter, in view 1"),
}
"""What is opened out of a view, by its picture: a heading, the view, and from where."""
PAGE = HERE / "docs" / "screens.md"
INTRODUCTION = """\
# The screens

`partnerselect tui SCENARIO.yaml …` opens them; each answers one question. Written by `make pictures` from what `?` says in each view, where
the guide goes on. The figures in the pictures are illustrative.

Keys that hold in every view: `1` to `0` another view, {everywhere}.
"""


def page() -> str:
    """Return docs/screens.md: for each view its question, how it is read, its keys, its picture."""
    everywhere = ", ".join(_keys((PartnerselectApp, View)))
    parts = [INTRODUCTION.format(everywhere=everywhere)]
    for view in VIEWS:
        of = resolve_name(f"partnerselect.tui.screens.{view.place}")
        name = view.label.lower().replace(" ", "-")
        parts.append(_section(f"{view.key} {view.label}", view.question, of, name))
    for name, (heading, of, where) in OPENED.items():
        parts.append(_section(heading, of.question, of, name, f"Opened by {where}. "))
    return "\n".join(parts)


def _section(heading: str, question: str, view: type[View], picture: str, opened: str = "") -> str:
    guide = view.guide.partition("\n\n")[0].replace("\n", " ").format_map(shown({}))
    everywhere = {*_keys((View,))}
    above = view.__mro__[: view.__mro__.index(View)]
    keys = "; ".join(key for key in _keys(above) if key not in everywhere)
    told = f"{opened}Keys: {keys}.\n\n" if keys else f"{opened.strip()}\n\n" if opened else ""
    return f"## {heading}\n\n**{question}** {guide}\n\n{told}![{heading}](screens/{picture}.svg)\n"


def _keys(classes: Sequence[type]) -> list[str]:
    """Return what can be done by which keys, in words."""
    shown: dict[str, list[str]] = {}
    for of in classes:
        for one in of.__dict__.get("BINDINGS", ()):
            assert isinstance(one, Binding)
            if not one.action.startswith("view("):
                keys = [one.key_display] if one.key_display else map(format_key, one.key.split(","))
                shown.setdefault(one.description.lower(), []).extend(keys)
    return [f"`{' '.join(dict.fromkeys(keys))}` {told}" for told, keys in shown.items()]


async def draw_all(*names: str) -> None:
    """Open the screens once, go from view to view, and draw each when everything on it has been worked out."""
    app = PartnerselectApp(
        [HERE / "scenarios" / f"{scenario}.yaml" for scenario in SCENARIOS], changes=AMPLE
    )
    async with app.run_test(size=ROOMY) as pilot:
        await reading.settled(pilot)
        await reading.until(
            pilot, lambda: app.view_model is not None and FINDING in app.view_model.findings
        )
        for name, drawing in (EACH | CLOSER).items():
            if names and name not in names:
                continue
            await draw(pilot, *drawing)
            (FOLDER / f"{name}.svg").write_text(screen_picture(app), encoding="utf-8")
    app.is_at_rest(PATIENCE)


async def draw(pilot: Pilot[None], size: tuple[int, int], keys: Sequence[str], theme: str) -> None:
    """Look at a view, beginning at the first."""
    pilot.app.theme = theme
    await pilot.resize_terminal(*size)
    for key in ("1", "home", *keys):
        await pilot.press(key)
        await reading.worked_out(pilot)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        if sys.argv[1:] != ["page"]:
            asyncio.run(draw_all(*sys.argv[1:]))
