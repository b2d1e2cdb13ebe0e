"""What more money would buy: the efficient choices as steps of value over cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.plot import ACROSS, DOWN, Plane, Scale
from partnerselect.tui.charts.sheet import Item, Lines
from partnerselect.tui.charts.words import MUTED, cells, fitted, right, width_of, wrapped
from partnerselect.words import amount

Row = dict[str, Any]
TODAY, HERE, OTHER = "●", "◆", "○"
ENTERS, LEAVES = "+", "−"
INDENT = 28
"""Cells before what comes in and goes out."""
LEAST_WIDTH, LEAST_HEIGHT = 24, 4
"""Cells of the smallest plane worth looking at."""


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
        height: in lines, two of which are the axis.
    """
    if not rows:
        return ()
    low, high = min(row["value"] for row in rows), max(row["value"] for row in rows)
    left = max(len(f"{end:.0f}") for end in (low, high))
    plane = Plane(max(width - left - 2, LEAST_WIDTH), max(height - 2, LEAST_HEIGHT))
    across = Scale(rows[0]["own_cost"], rows[-1]["own_cost"], plane.width * ACROSS)
    up = Scale(low, high, plane.height * DOWN)
    dots = [
        (across.place(row["own_cost"]), plane.height * DOWN - 1 - up.place(row["value"]))
        for row in rows
    ]
    plane.steps([dot for dot, row in zip(dots, rows, strict=True) if row["efficient"]])
    _mark(plane, rows, [(x // ACROSS, y // DOWN) for x, y in dots], here, currency)
    axis = [f"{high:.0f}".rjust(left), *[" " * left] * (plane.height - 2), f"{low:.0f}".rjust(left)]
    drawn = [
        Content.assemble((f"{label} ", MUTED), ("┤" if label.strip() else "│", "$track")) + line
        for label, line in zip(axis, plane.lines("$bar"), strict=True)
    ]
    return (*drawn, *_foot(rows, left, plane.width, currency))


def _mark(
    plane: Plane,
    rows: Sequence[Row],
    places: Sequence[tuple[int, int]],
    here: int | None,
    currency: str,
) -> None:
    """Set the points, those that are spoken of last, and their labels beside them."""
    today = next((n for n, row in enumerate(rows) if row["today"]), None)
    for place in places:
        plane.mark(place, OTHER, "$bar")
    if today is not None:
        plane.mark(places[today], TODAY, "bold $tight")
    if here is not None:
        plane.mark(
            places[here],
            HERE if here != today else TODAY,
            "bold $chosen" if here != today else "bold $tight",
        )
    if today is not None:
        plane.label(
            f"recommended {amount(rows[today]['own_cost'], currency)}", places[today], "bold $tight"
        )
    if here is not None and here != today:
        plane.label(
            f"{amount(rows[here]['own_cost'], currency)}: {rows[here]['value']:.1f}",
            places[here],
            "bold $chosen",
        )


def _foot(rows: Sequence[Row], left: int, width: int, currency: str) -> Iterator[Content]:
    """Yield the axis of costs: its line, and its ends and middle below it."""
    low, high = rows[0]["own_cost"], rows[-1]["own_cost"]
    yield Content(" " * (left + 1)) + Content("└" + "─" * width).stylize("$track")
    ends = [amount(low, currency), "cost to us →", amount(high, currency)]
    room = width + 1 - sum(map(len, ends))
    yield Content(" " * (left + 1)) + Content(
        f"{ends[0]}{' ' * (room // 2)}{ends[1]}{' ' * (room - room // 2)}{ends[2]}"
    ).stylize(MUTED)


def steps(rows: Sequence[Row], names: Names, width: int) -> tuple[Item, ...]:
    """Return the efficient choices one by one, the cheapest first."""
    return tuple(
        _step(n, row, rows[n - 1] if n else None, names, width) for n, row in enumerate(rows)
    )


def step_heading(width: int) -> Content:
    """Return what stands over the steps."""
    return cells(
        right("Cost to us", 12),
        right("Value", 5),
        right("More", 5),
        fitted("Compared with the previous step", max(width - INDENT, 0)),
    ).stylize(MUTED)


def _step(n: int, row: Row, before: Row | None, names: Names, width: int) -> Item:
    style = "bold $tight" if row["today"] else ""
    gained = "" if before is None else f"{row['value'] - before['value']:+.1f}"
    figures = cells(
        right(
            f"{TODAY if row['today'] else ' '} {amount(row['own_cost'], names.currency).rjust(10)}",
            12,
            style,
        ),
        right(f"{row['value']:.1f}", 5, style or "bold"),
        right(gained, 5),
    )
    told = [
        *_changes(ENTERS, "$chosen", row["enters"], names, width),
        *_changes(LEAVES, "$tight", row["leaves"], names, width),
    ]
    told = told or [
        Content(
            "the cheapest choice" if before is None else "the same partners, paid for differently"
        ).stylize(MUTED)
    ]
    first, *others = told
    return Item(str(n), (cells(figures, first), *(line.pad_left(INDENT) for line in others)))


def _changes(
    glyph: str, style: str, entries: Sequence[Row], names: Names, width: int
) -> list[Content]:
    lines: list[Content] = []
    for told in dict.fromkeys(names.engagement(entry) for entry in entries):
        first, *others = wrapped(told, max(width - INDENT - 2, 20)) or [Content("")]
        lines += [
            Content.assemble((f"{glyph} ", f"bold {style}")) + first,
            *(line.pad_left(2) for line in others),
        ]
    return lines


def prices(sentences: Sequence[str], width: int) -> tuple[Item, ...]:
    """Return what each limit's next step would bring, in words."""
    return _told("price", "The next step of each limit", sentences, width)


def _told(key: str, heading: str, sentences: Sequence[str], width: int) -> tuple[Item, ...]:
    head = (Content(""), Content(heading).stylize("bold $primary"))
    return tuple(
        Item(f"{key}-{n}", _bullet(told, width), above=head if n == 0 else ())
        for n, told in enumerate(sentences)
    )


def _bullet(told: str, width: int) -> Lines:
    first, *others = wrapped(told, width - 2) or [Content("")]
    return (Content("• ") + first, *(line.pad_left(2) for line in others))


def payers(rows: Sequence[Row], currency: str, width: int) -> Lines:
    """Return who pays what in which phase, as a small table."""
    phases = list(dict.fromkeys(phase for row in rows for phase in row["by_phase"]))
    columns = [phase or "any time" for phase in phases] if phases != [None] else []
    room = [
        max(
            width_of(name),
            *(width_of(amount(row["by_phase"].get(phase, 0.0), currency)) for row in rows),
        )
        for name, phase in zip(columns, phases, strict=False)
    ]
    total = max(6, *(width_of(amount(row["total"], currency)) for row in rows))
    name = max(width - sum(room) - total - 2 * (len(room) + 1), 8)
    lines = [
        cells(
            fitted("Who pays", name),
            *(right(column, length) for column, length in zip(columns, room, strict=True)),
            right("In all", total),
        ).stylize(MUTED)
    ]
    for row in rows:
        spent = [
            right(amount(row["by_phase"].get(phase, 0.0), currency), length)
            for phase, length in zip(phases, room, strict=False)
        ]
        lines.append(
            cells(
                fitted(row["payer"], name),
                *spent,
                right(amount(row["total"], currency), total, "bold"),
            )
        )
    return tuple(lines)
