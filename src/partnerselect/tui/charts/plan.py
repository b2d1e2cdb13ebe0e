"""Plans in words: one as judged, the choices for a programme, those almost as good as the best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from partnerselect.tui.charts.grid import Column, grid
from partnerselect.tui.charts.sheet import Item, Section, Sheet, page, sentences
from partnerselect.tui.charts.words import (
    MUTED,
    NARROW,
    WIDE,
    Lines,
    Row,
    called,
    fitted,
    hanging,
    width_of,
    wrapped,
)
from partnerselect.words import amount

DIFFERS, BREAKS, ANEW = "≠", "✗", "↻"
AWAITED = "with the rest chosen again: calculating …"


def plan_sheet(
    programmes: Sequence[Row], told: Mapping[str, Sequence[str]], currency: str, width: int
) -> Sheet:
    """Lay out who does what in a plan, then what is said of it under headings.

    Args:
        programmes: one row each, with `name`, `partners`, `best`, `value` and `own_cost`, the last
            two against the recommendation.
        told: sentences by heading; those without any are left out.
        currency: of the amounts.
        width: in cells.
    """
    table = grid(_programme_columns(currency, width), programmes, width)
    items = tuple(Item(row["id"], table.lines(row)) for row in programmes)
    parts = [Section("programmes", "Who does what", items, above=(table.head,))]
    parts += [
        Section(title, title, sentences(words, width, mark=BREAKS if n == 0 else "·"))
        for n, (title, words) in enumerate(told.items())
    ]
    return page(parts, width)


def _programme_columns(currency: str, width: int) -> Iterator[Column]:
    def who(row: Row, room: int) -> Lines:
        style = "" if row["partners"] == row["best"] else "bold $chosen"
        told = row["partners"] if width_of(row["partners"]) <= room else row["names"]
        return tuple(wrapped(told, room, style, most=2))

    def differs(row: Row) -> tuple[str, str]:
        return (DIFFERS if row["partners"] != row["best"] else "", "bold $tight")

    yield Column("", differs, width=1)
    yield Column("Programme", lambda row: row["name"], part=2, most=46)
    yield Column("In this plan", draw=who, part=3)
    if width >= WIDE:
        yield Column("Recommended", lambda row: (row["best_names"], MUTED), part=2)
    yield Column("Points", lambda row: _signed(row["value"]), is_figure=True)
    if width >= NARROW:
        yield Column("Cost to us", lambda row: _more(row["own_cost"], currency), is_figure=True)


def _signed(points: float | None) -> str:
    figure = "" if points is None else f"{points:+.1f}".replace("-", "−")
    return "" if figure in {"+0.0", "−0.0"} else figure


def _more(cost: float | None, currency: str) -> str:
    if cost is None or not round(cost):
        return ""
    return f"{'+' if cost > 0 else '−'}{amount(abs(cost), currency)}"


def other_choices_sheet(
    rows: Sequence[Row], anew: Mapping[str, Row] | None, currency: str, width: int
) -> Sheet:
    """Lay out what each other choice for a programme would mean.

    Args:
        rows: of `draft_rows`, the rest as it is.
        anew: those by key, the rest chosen anew, for what breaks something; None: not known yet.
        currency: of the amounts.
        width: in cells.
    """
    table = grid(_choice_columns(currency), rows, width)
    return Sheet(
        tuple(Item(row["key"], tuple(_choice(row, anew, table.line(row), width))) for row in rows),
        head=(table.head,),
    )


def _choice_columns(currency: str) -> Iterator[Column]:
    def named(row: Row, room: int) -> Content:
        return fitted(called(row, room), room, "bold")

    yield Column("Choose", draw=named, part=1)
    yield Column("", lambda row: "" if row["possible"] else (f"{BREAKS} breaks limits", "$tight"))
    yield Column(
        "Value", lambda row: "" if row["value"] is None else f"{row['value']:.1f}", is_figure=True
    )
    yield Column(
        "Cost to us",
        lambda row: "" if row["own_cost"] is None else amount(row["own_cost"], currency),
        is_figure=True,
    )


def _choice(
    row: Row, anew: Mapping[str, Row] | None, line: Content, width: int
) -> Iterator[Content]:
    yield line
    yield from (one.pad_left(2) for one in wrapped(f"{_capital(row['words'])}.", width - 2, MUTED))
    for broken in row["broken"]:
        yield from (one.pad_left(2) for one in hanging(BREAKS, broken, width - 2, glyph="$tight"))
    if not row["possible"]:
        told = AWAITED if anew is None else anew_words(anew[row["key"]])
        yield from (one.pad_left(2) for one in hanging(ANEW, _capital(told), width - 2))


def anew_words(row: Row) -> str:
    """Say what a choice comes to where the rest is chosen as well as can be."""
    others = f"; then {'; '.join(row['others'])}" if row["others"] else ""
    if not row["possible"]:
        return "even with the rest chosen again, it is not possible"
    return f"with the rest chosen again: {row['words']}{others}"


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def near_sheet(rows: Sequence[Row], currency: str, width: int) -> Sheet:
    """Lay out the plans that are almost as good (`near_plan_rows`), the best first."""
    columns = (
        Column("Value", lambda row: f"{row['value']:.1f}", is_figure=True),
        Column("Cost to us", lambda row: amount(row["own_cost"], currency), is_figure=True),
        Column("Partners", lambda row: str(row["partners"]), is_figure=True),
        Column("What differs", draw=lambda row, room: wrapped(row["words"], room), part=1),
    )
    table = grid(columns, rows, width)
    items = tuple(Item(str(row["number"]), table.lines(row)) for row in rows)
    return Sheet(items, head=(table.head,))
