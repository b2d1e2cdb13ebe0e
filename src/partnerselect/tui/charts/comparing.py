"""Two to four partners of one programme side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from partnerselect.tui.charts.bars import WHOLE, hue_of, legend_lines, letter_of, part_bar
from partnerselect.tui.charts.grid import Column, Grid, grid, wrapping
from partnerselect.tui.charts.ranking import (
    ALONE,
    COMPUTED,
    MADE_OF,
    NOT_ELIGIBLE,
    made_of,
    named,
    source,
)
from partnerselect.tui.charts.sheet import Item, Section, Sheet, page, sentences
from partnerselect.tui.charts.words import (
    MUTED,
    NARROW,
    VERY_WIDE,
    WIDE,
    Row,
    cells,
    fitted,
    wrapped,
)
from partnerselect.words import amount, difference, share

INDENT = 4
HIGHEST = "Scored highest"
WORKING = "calculating what it would cost overall …"
ASSUMED = "△ assumed, no evidence"


@dataclass(frozen=True)
class Against:
    """The first partner held against one of the others."""

    partner: str
    title: str
    told: Sequence[str]
    """What speaks for each."""
    price: str | None
    """What choosing the other would cost the whole; None while it is being worked out, empty where
    there is nothing to say."""
    turns: Sequence[str]
    """The nearest changes that would turn the order of the two."""


@dataclass(frozen=True)
class SideBySide:
    """What is shown of the partners compared."""

    partners: Sequence[Row]
    """Ranking rows with their `title` and how sure in words (`sure`), in the order compared."""
    criteria: Sequence[Row]
    """Of `side_rows`."""
    told: Sequence[str]
    """What was advised, and how sure it is."""
    against: Sequence[Against]
    legend: Sequence[tuple[str, float]]
    currency: str


def comparing_sheet(shown: SideBySide, width: int) -> Sheet:
    """Lay out the comparison."""
    sections = [
        _made_of(shown, width),
        _differences(shown, width),
        *(_other(shown, against, width) for against in shown.against),
    ]
    return page(
        [
            *sections,
            Section("advised", "What is recommended, and how sure", sentences(shown.told, width)),
        ],
        width,
    )


def _made_of(shown: SideBySide, width: int) -> Section:
    beside = [Column(MADE_OF, draw=made_of, part=5)] if width >= WIDE else []
    columns = (
        named("Partner", part=4),
        *beside,
        Column("Value", lambda row: (f"{row['value']:.1f}", "bold"), is_figure=True),
        Column(ALONE, lambda row: amount(row["own_cost_alone"], shown.currency), is_figure=True),
        *([Column(HIGHEST, lambda row: str(row["sure"]))] if width >= NARROW else []),
    )
    table = grid(columns, shown.partners, width)
    items = []
    for row in shown.partners:
        counts = row["eligible"] or row["chosen"]
        below = [] if beside else [made_of(row, width - 2).pad_left(2)]
        if width < NARROW:
            below += wrapped(f"{HIGHEST}: {row['sure']}", width, MUTED, indent=2)
        told = "" if counts else f"{NOT_ELIGIBLE}: {row['reason']}"
        lines = (table.line(row), *below, *wrapped(told, width, MUTED, indent=2))
        items.append(Item(row["partner"], lines))
    above = (*legend_lines(shown.legend, width), table.head)
    return Section("made-of", MADE_OF, tuple(items), above)


@dataclass(frozen=True)
class _Side:
    """What one partner gets on one criterion, beside what is to be had and what the first gets."""

    partner: Row
    side: Row
    criterion: Row
    ahead: float
    """Points that the first has more."""
    is_first: bool


def _differences(shown: SideBySide, width: int) -> Section:
    told = (
        "Points that each criterion adds, out of as many as its weight allows; beside them, what"
        " the first has more (+) or less (−)."
    )
    head = Content("    Criterion  Weight").stylize(MUTED)
    sides = [
        _Side(partner, side, row, _ahead(row, side) if n else 0.0, is_first=n == 0)
        for row in shown.criteria
        for n, (partner, side) in enumerate(zip(shown.partners, row["sides"], strict=True))
    ]
    table = _table(sides, width)
    return Section(
        "difference",
        "Where the difference comes from",
        tuple(_item(one, table, width) for one in sides),
        (*wrapped(told, width, MUTED), head),
    )


def _ahead(row: Row, side: Row) -> float:
    return difference(row["sides"][0]["contribution"], side["contribution"])


def _table(sides: Sequence[_Side], width: int) -> Grid:
    """Share out the width: every point is as long on every criterion."""
    most = max((one.criterion["weight"] for one in sides), default=1.0) * WHOLE

    def drawn(one: _Side, room: int) -> Content:
        hue, of = hue_of(one.criterion["number"]), one.criterion["weight"] * WHOLE
        return part_bar(one.side["contribution"], of, most, room, hue)

    behind_it = [Column("", lambda one: (behind(one.side), MUTED), part=3)]
    columns = (
        Column(
            "",
            lambda one: str(one.partner["title"]),
            short=lambda one: str(one.partner.get("name", one.partner["title"])),
            part=3,
            most=52,
        ),
        wrapping("", lambda one: one.side["score"], sides, max(24, width // 3)),
        Column("", lambda one: (f"{one.side['contribution']:.1f}", "bold"), is_figure=True),
        Column("", draw=drawn, part=2, most=40 if width >= VERY_WIDE else width),
        Column("", lambda one: _signed(one.ahead), width=6, is_figure=True),
        *(behind_it if width >= VERY_WIDE else []),
    )
    return grid(columns, sides, width - INDENT)


def _item(one: _Side, table: Grid, width: int) -> Item:
    row = one.criterion
    letter = Content(f" {letter_of(row['number'])} ").stylize(
        f"bold auto on {hue_of(row['number'])}"
    )
    title = fitted(row["title"], min(width - 9, 60), "bold").rstrip()
    heading = cells(letter, title, Content(share(row["weight"])).stylize(MUTED), gap=1)
    below = (
        []
        if width >= VERY_WIDE
        else wrapped(behind(one.side), width, MUTED, indent=INDENT + 2, most=1)
    )
    return Item(
        f"{row['criterion']}/{one.partner['partner']}",
        (*(line.pad_left(INDENT) for line in table.lines(one)), *below),
        (heading,) if one.is_first else (),
    )


def _signed(gap: float) -> str:
    text = f"{gap:+.1f}"
    return "" if text in {"+0.0", "-0.0"} else text.replace("-", "−")


def behind(side: Row) -> str:
    """Return what stands behind a score, its source, date and grade."""
    if side["computed"]:
        return COMPUTED
    told = [part for part in (side["evidence"], *source(side)) if part]
    return " · ".join(told) if side["evidence"] or side["source"] else ASSUMED


def _other(shown: SideBySide, against: Against, width: int) -> Section:
    price = (WORKING,) if against.price is None else (against.price,) if against.price else ()
    told = [
        *sentences(against.told, width),
        *sentences(price, width, mark="£" if shown.currency == "GBP" else "→"),
        *sentences(against.turns, width, mark="⇄"),
    ]
    items = tuple(Item(str(n), item.lines) for n, item in enumerate(told))
    return Section(f"against-{against.partner}", f"And if it were {against.title}?", items)
