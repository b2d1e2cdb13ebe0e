"""What more money would buy: the efficient choices as steps of value over cost, and who pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from partnerselect.tui.charts.grid import Column, Grid, grid
from partnerselect.tui.charts.plot import ACROSS, DOWN, Plane, Scale
from partnerselect.tui.charts.sheet import Item
from partnerselect.tui.charts.words import MUTED, Lines, Row, cells, hanging, wrapped
from partnerselect.words import amount, difference, plus_or_minus

TODAY, HERE, OTHER = "●", "◆", "○"
ENTERS, LEAVES = "+", "−"
LEAST_WIDTH, LEAST_HEIGHT = 24, 4
"""Cells of the smallest plane worth looking at."""
ROOMY = 72
"""Cells from which a heading is written out."""
COMPARED = {True: "Compared with the previous step", False: "Since the previous step"}
"""Heads what changes, where there is room and where there is not."""


@dataclass(frozen=True)
class Names:
    """Titles by id, and the currency."""

    programmes: Mapping[str, str]
    partners: Mapping[str, str]
    currency: str

    def engagement(self, entry: Row) -> str:
        """Name who does what."""
        return f"{self.programmes[entry['programme']]}: {self.partners[entry['partner']]}"


def frontier_chart(
    rows: Sequence[Row], here: int | None, currency: str, width: int, height: int
) -> Lines:
    """Draw value over cost to us, as steps: a choice holds until the next costlier one can be paid.

    Args:
        rows: of `frontier_rows`, the cheapest first.
        here: the one that is looked at.
        currency: of the amounts.
        width: in cells.
        height: in lines, of which one says what the points are, and two are the axis.
    """
    if not rows:
        return ()
    low, high = min(row["value"] for row in rows), max(row["value"] for row in rows)
    left = max(len(f"{end:.0f}") for end in (low, high))
    plane = Plane(max(width - left - 2, LEAST_WIDTH), max(height - 3, LEAST_HEIGHT))
    across = Scale(rows[0]["own_cost"], rows[-1]["own_cost"], plane.width * ACROSS)
    up = Scale(low, high, plane.height * DOWN)
    dots = [
        (across.place(row["own_cost"]), plane.height * DOWN - 1 - up.place(row["value"]))
        for row in rows
    ]
    plane.steps([dot for dot, row in zip(dots, rows, strict=True) if row["efficient"]])
    told = []
    points = zip(dots, rows, _points(rows, here), strict=True)
    for (x, y), row, (glyph, style, words) in sorted(points, key=lambda point: point[2][2]):
        plane.mark((x // ACROSS, y // DOWN), glyph, style)
        if words:
            figures = f"{amount(row['own_cost'], currency)}: {row['value']:.1f}"
            told.append(Content(f"{glyph} {words} {figures}").stylize(style))
    axis = [f"{high:.0f}".rjust(left), *[" " * left] * (plane.height - 2), f"{low:.0f}".rjust(left)]
    drawn = [
        Content.assemble((f"{label} ", MUTED), ("┤" if label.strip() else "│", "$track")) + line
        for label, line in zip(axis, plane.lines("$bar"), strict=True)
    ]
    legend = [cells(*told)] if sum(len(part) for part in told) + 2 <= width else told
    return (*legend, *drawn, *_foot(rows, left, plane.width, currency))


def _points(rows: Sequence[Row], here: int | None) -> Iterator[tuple[str, str, str]]:
    """Yield the glyph of every point, its style, and what it is called if it is spoken of."""
    for n, row in enumerate(rows):
        if row["today"]:
            yield TODAY, "bold $tight", "recommended"
        else:
            yield (HERE, "bold $chosen", "here") if n == here else (OTHER, "$bar", "")


def _foot(rows: Sequence[Row], left: int, width: int, currency: str) -> Iterator[Content]:
    """Yield the axis of costs: its line, and its ends and middle below it."""
    low, high = rows[0]["own_cost"], rows[-1]["own_cost"]
    yield Content(" " * (left + 1)) + Content("└" + "─" * width).stylize("$track")
    ends = [amount(low, currency), "cost to us →", amount(high, currency)]
    room = width + 1 - sum(map(len, ends))
    yield Content(" " * (left + 1)) + Content(
        f"{ends[0]}{' ' * (room // 2)}{ends[1]}{' ' * (room - room // 2)}{ends[2]}"
    ).stylize(MUTED)


def steps(rows: Sequence[Row], names: Names, width: int) -> tuple[Lines, tuple[Item, ...]]:
    """Return the heading, and the efficient choices one by one, the cheapest first."""
    gained = [
        {**row, "gained": None if n == 0 else difference(row["value"], rows[n - 1]["value"])}
        for n, row in enumerate(rows)
    ]
    table = _steps(gained, names, width)
    return (table.head,), tuple(Item(str(n), table.lines(row)) for n, row in enumerate(gained))


def _steps(rows: Sequence[Row], names: Names, width: int) -> Grid:
    def style(row: Row) -> str:
        return "bold $tight" if row["today"] else ""

    def told(row: Row, room: int) -> list[Content]:
        found = [
            line
            for glyph, hue, moved in (
                (ENTERS, "$chosen", row["enters"]),
                (LEAVES, "$tight", row["leaves"]),
            )
            for engagement in dict.fromkeys(map(names.engagement, moved))
            for line in hanging(glyph, engagement, room, glyph=f"bold {hue}")
        ]
        cheapest = row["gained"] is None
        words = "the cheapest choice" if cheapest else "the same partners, paid for differently"
        return found or wrapped(words, room, MUTED)

    def cost(row: Row) -> tuple[str, str]:
        return amount(row["own_cost"], names.currency), style(row)

    columns = (
        Column("", lambda row: (TODAY if row["today"] else "", style(row)), width=1),
        Column("Cost to us", cost, is_figure=True),
        Column("Value", lambda row: (f"{row['value']:.1f}", style(row) or "bold"), is_figure=True),
        Column(
            "More",
            lambda row: "" if row["gained"] is None else plus_or_minus(row["gained"]),
            width=5,
            is_figure=True,
        ),
        Column(COMPARED[width >= ROOMY], draw=told, part=1),
    )
    return grid(columns, rows, width)


def prices(sentences: Sequence[str], width: int) -> tuple[Item, ...]:
    """Return what each limit's next step would bring, in words."""
    head = (Content(""), Content("The next step of each limit").stylize("bold $primary"))
    return tuple(
        Item(f"price-{n}", hanging("•", told, width), above=head if n == 0 else ())
        for n, told in enumerate(sentences)
    )
