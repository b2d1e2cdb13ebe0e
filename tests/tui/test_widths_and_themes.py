"""Every view at four widths in every theme: nothing is cut off, nothing hides, no state is told by its colour alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from textual.content import Content
from textual.filter import Monochrome
from textual.pilot import Pilot

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.charts.words import ELLIPSIS
from partnerselect.tui.screens.catalogue import VIEWS
from partnerselect.tui.themes import THEMES
from partnerselect.tui.widgets.sheet_lines import MARGIN
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, words, worked_out

SIZES = ((60, 24), (80, 24), (120, 40), (200, 60))
NO_COLOUR = "NO_COLOR"
LEGIBLE = 2.9
"""The least contrast of words with their ground (WCAG asks 3 of large and bold ones), less what rounding takes."""
STATES = re.compile(r"\$(chosen|tight|error|warning|success)\b")
SIGNS = re.compile(r"[●◐○◇▲△✓✗□≠→!~+−×┃◆▾▸⇄?/]")
"""What says the same as a hue: the marks of the legends, and the sign of a difference."""
SAYS_SO = re.compile(
    r"\b(unknown|not|no|assumed|illustrative|best|recommended|leads)\b|\d/", re.IGNORECASE
)
"""Words that say what the hue does."""
PLACES = (*((view.key,) for view in VIEWS), ("1", "enter"), ("1", "enter", "enter"))


def sheets(app: PartnerselectApp) -> Iterator[SheetView]:
    for sheet in app.screen.query(SheetView):
        if sheet.display and sheet.size.width:
            yield sheet


def headings(sheet: SheetView) -> Iterator[Content]:
    yield from sheet.sheet.head
    for item in sheet.sheet.items:
        yield from item.above


def lines(sheet: SheetView) -> Iterator[Content]:
    yield from headings(sheet)
    for item in sheet.sheet.items:
        yield from item.lines
    yield from sheet.sheet.foot


def titles(app: PartnerselectApp) -> list[str]:
    """Return the names that the reader of a file gave: they may be cut where there is little room."""
    assert app.view_model is not None
    scenario = app.view_model.scenario
    plans = [row["title"] for row in getattr(app.screen, "_courses", ())]
    names = [*scenario.programme_names.values(), *app.view_model.partners.values(), scenario.title]
    return [*names, *app.view_model.programmes.values(), *plans]


def cut_headings(app: PartnerselectApp) -> Iterator[str]:
    for sheet in sheets(app):
        for line in headings(sheet):
            for cut in re.finditer(rf"(\S[^{ELLIPSIS}]*\S){ELLIPSIS}", line.plain):
                shown = re.split(r" {2,}|· ", cut.group(1))[-1]
                if not any(shown in title for title in titles(app)):
                    yield f"{sheet.id}: {line.plain.strip()}"


def overflows(app: PartnerselectApp) -> Iterator[str]:
    for sheet in sheets(app):
        for line in lines(sheet):
            if line.rstrip().cell_length > min(sheet.room, sheet.size.width - MARGIN):
                yield f"{sheet.id}: {line.plain}"


def told_by_hue_alone(app: PartnerselectApp) -> Iterator[str]:
    for sheet in sheets(app):
        together = [*((line,) for line in headings(sheet)), *(i.lines for i in sheet.sheet.items)]
        for told in (*together, sheet.sheet.head, sheet.sheet.foot):
            text = " ".join(line.plain for line in told)
            hued = any(STATES.search(str(span.style)) for line in told for span in line.spans)
            if hued and not SIGNS.search(text) and not SAYS_SO.search(text):
                yield f"{sheet.id}: {text}"


def luminance(colour: Sequence[int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def show_in(app: PartnerselectApp, name: str) -> None:
    """Show a theme, or the last one as NO_COLOR in the environment has it shown."""
    app.no_color = name == NO_COLOUR
    app._filters = [one for one in app._filters if not isinstance(one, Monochrome)]
    if app.no_color:
        app._filters.append(Monochrome())
        app.refresh_css(animate=False)
    else:
        app.theme = name


def colours(app: PartnerselectApp) -> Iterator[Sequence[int]]:
    for strip in app.screen._compositor.render_strips(app.size):
        for _, style, _ in strip:
            for colour in (style.color, style.bgcolor) if style else ():
                if colour is not None and colour.triplet is not None:
                    yield colour.triplet


def is_grey(colour: Sequence[int]) -> bool:
    return len(set(colour)) == 1


def vanishing(app: PartnerselectApp) -> Iterator[str]:
    """Yield words on a ground that is nearly as light as they are."""
    for strip in app.screen._compositor.render_strips(app.size):
        for text, style, _ in strip:
            if style is None or not re.search(r"\w", text) or not style.color or not style.bgcolor:
                continue
            ink, ground = style.color.triplet, style.bgcolor.triplet
            if ink is None or ground is None:
                continue
            low, high = sorted((luminance(ink), luminance(ground)))
            if (high + 0.05) / (low + 0.05) < LEGIBLE:
                yield f"{text.strip()!r} in {ink.hex} on {ground.hex}"


async def turned_to(pilot: Pilot[None], keys: tuple[str, ...], size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    for key in ("1", "escape", *keys):
        await pilot.press(key)
    await worked_out(pilot)


@pytest.mark.usefixtures("worked_out_once")
@pytest.mark.parametrize("keys", PLACES, ids="-".join)
@pytest.mark.parametrize(
    "themed", [SIZES[-1:], pytest.param(SIZES[:-1], marks=pytest.mark.long)], ids=["most", "all"]
)
async def test_nothing_is_cut_off_hidden_or_told_by_hue_alone(
    opening: Opening, keys: tuple[str, ...], themed: Sequence[tuple[int, int]]
) -> None:
    """The quick run looks for words that vanish where most is shown."""
    app = opening("shsc-2021", "shsc-2021-tight-budget")
    async with app.run_test(size=SIZES[0]) as pilot:
        await settled(pilot)
        found: list[str] = []
        for size in SIZES:
            await turned_to(pilot, keys, size)
            faults = {"cut": cut_headings, "too long": overflows, "hue alone": told_by_hue_alone}
            found += [f"{size} {kind}: {one}" for kind, seek in faults.items() for one in seek(app)]
            assert all(len(line) <= size[0] for line in words(app).splitlines())
            looks = (*(theme.name for theme in THEMES), NO_COLOUR) if size in themed else ()
            for name in looks:
                show_in(app, name)
                await pilot.pause()
                found += [f"{size} {name}: {one}" for one in vanishing(app)]
                assert (name == NO_COLOUR) <= all(map(is_grey, colours(app)))
            show_in(app, THEMES[0].name)
        assert not found, "\n".join(found)


async def test_no_color_in_the_environment_takes_every_colour_away(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = opening("aid-agency")
    async with app.run_test(size=SIZES[1]) as pilot:
        await settled(pilot)
        assert app.no_color
        assert all(map(is_grey, colours(app)))
