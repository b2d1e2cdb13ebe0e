"""What is to be approved: a row for every programme, the deferred last, and the totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import zip_longest

from textual.content import Content

from partnerselect import advice, allocation, rows as told_rows
from partnerselect.tui.charts.bars import WHOLE, bar, letter_of
from partnerselect.tui.charts.grid import Column, Grid, grid
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import (
    MUTED,
    NARROW,
    VERY_WIDE,
    WIDE,
    Lines,
    Row,
    apart,
    cells,
    fitted,
    hanging,
    right,
    together,
    width_of,
    wrapped,
)
from partnerselect.words import counted, reading

SHARES = 48
"""Width from which on there is room for the bare shares of how sure."""
BADGES = {
    "ROBUST": ("●", "$chosen", "robust"),
    "SENSITIVE": ("◐", "$warning", "sensitive"),
    "TOO_CLOSE": ("○", "bold $tight", "too close"),
    "COMMITTED": ("◇", MUTED, "committed"),
    "NO_ALTERNATIVE": ("◇", MUTED, "no other"),
}
"""By the name of a kind of certainty: a shape and a colour, and words that fit a narrow column."""
NOT_COUNTED = "not counted"
NOT_TOP = "not top-scored"
"""Marks a choice that does not score highest, where there is room for words."""
WAITS = "□ deferred"
NAMES = 3
"""Columns of a line before its amounts: programme, partners, value."""


@dataclass(frozen=True)
class Money:
    """What all of it comes to."""

    currency: str
    value: float
    amounts: Mapping[str, float]
    """By the keys of `allocation.AMOUNTS`."""
    partners: int


def approval_sheet(
    rows: Sequence[Row],
    extras: Sequence[Row],
    money: Money,
    width: int,
    *,
    full: bool,
    is_counting: bool = True,
) -> Sheet:
    """Lay out the programmes, those that wait at the end.

    Args:
        rows: of `approval_rows`.
        extras: of `extra_rows`; with the rows they make up the total.
        money: the totals.
        width: in cells.
        full: let names and reasons take as many lines as they need.
        is_counting: whether how sure, where it is not known yet, is still to come.
    """
    gates = list(dict.fromkeys(gate for row in rows for gate in row["gates"]))
    shown = [
        {
            **row,
            "sure": how_sure(row, width, is_counting=is_counting),
            "badge": _hue(row),
            "depends": _condition(row, gates),
        }
        for row in rows
    ]
    total = _total(rows, money)
    table = _table(shown, total, money.currency, width, full=full)
    running = [Item(row["id"], table.lines(row)) for row in shown if row["run"]]
    costly = [row for row in extras if any(row[one.key] for one in allocation.HEADLINES)]
    extra = [_extra({**total, **row}, table) for row in costly]
    notes = gate_notes(gates, width) if width >= WIDE else ()
    return Sheet(
        (*running, *_waiting(shown, table, width, full=full)),
        head=(table.head,),
        foot=(*extra, table.line(total).stylize("bold"), *notes),
    )


def _extra(row: Row, table: Grid) -> Content:
    """Return a cost of no programme, in the columns of costs."""
    amounts = (lines[0] for lines in table.cells(row)[NAMES:])
    return cells(fitted(row["title"], table.across(NAMES)), *amounts, gap=table.gap)


def _table(rows: Sequence[Row], total: Row, currency: str, width: int, *, full: bool) -> Grid:
    """Share out the width: titles where all of a column fit, else the short names."""
    ways = [
        {row["id"]: (row[key], tuple(row[several])) for row in (*rows, total)}
        for several in ("partners", "names")
        for key in ("programme", "name")
    ]
    ways[1], ways[2] = ways[2], ways[1]
    gap = 1 if NARROW <= width < WIDE else 2
    for names in ways:
        columns = (*_names(names, full=full), *_figures(rows, currency, width))
        table = grid(columns, [*rows, total], width, gap)
        if all(
            width_of(name) <= table.widths[0] and width_of(" + ".join(several)) <= table.widths[1]
            for name, several in names.values()
        ):
            break
    return table


def _names(
    names: Mapping[str, tuple[str, tuple[str, ...]]], *, full: bool
) -> tuple[Column, Column]:
    """Return the columns of programmes and partners, which take what the figures leave."""
    titles = cache(partial(apart, {key: title for key, (title, _) in names.items()}))
    everybody = {name: name for _, several in names.values() for name in several}
    partners_apart = cache(partial(apart, everybody))

    def programme(row: Row, room: int) -> Sequence[Content]:
        told = titles(room)[row["id"]]
        return wrapped(told, room, most=2) if full else [fitted(told, room)]

    def partners(row: Row, room: int) -> Sequence[Content]:
        several = names[row["id"]][1]
        own = partners_apart(max(room // max(len(several), 1), 1))
        told = [own[name] for name in several]
        if not full or width_of(" + ".join(told)) <= room:
            return [together(told, room)]
        return _lines(told, room, most=2)

    first = max(width_of(name) for name, _ in names.values())
    second = max(width_of(" + ".join(several)) for _, several in names.values())
    return (
        Column("Programme", draw=programme, part=1, most=max(9, first)),
        Column("Partners", draw=partners, part=1, most=max(8, second)),
    )


def _figures(rows: Sequence[Row], currency: str, width: int) -> Iterator[Column]:
    """Yield the columns of figures for which there is room."""
    is_wide, has_shares = width >= WIDE, width >= SHARES and any(row["sure"] for row in rows)

    def value(row: Row, room: int) -> Content:
        figure = right(f"{row['value']:.0f}", 3)
        return cells(bar(row["value"] / WHOLE, room - 4), figure, gap=1)

    if is_wide:
        yield Column("Value", draw=value, width=14 if width >= VERY_WIDE else 10)
    else:
        yield Column("Value", lambda row: f"{row['value']:.0f}", width=5, is_figure=True)
    for one in allocation.HEADLINES:
        yield Column(
            one.title,
            lambda row, one=one: reading(row[one.key], one.kind, currency),  # type: ignore[misc]
            is_figure=True,
        )
    if has_shares:
        yield Column("How sure", lambda row: (row["sure"], row["badge"]))
    if is_wide and any(row["depends"] for row in rows):
        yield Column("Condition", lambda row: str(row["depends"]), most=20)


def _lines(names: Sequence[str], width: int, *, most: int) -> list[Content]:
    """Return a name on several lines where it is long, several names one below the other."""
    if len(names) == 1:
        return wrapped(names[0], width, most=most)
    return [fitted(f"{'+ ' if n else ''}{title}", width) for n, title in enumerate(names)]


def _total(rows: Sequence[Row], money: Money) -> Row:
    running = sum(bool(row["run"]) for row in rows)
    return {
        **{one.key: 0.0 for one in allocation.HEADLINES},
        **money.amounts,
        "programme": f"{running} of {len(rows)} programmes",
        "name": f"{running} of {len(rows)} programmes",
        "id": "",
        "partners": [counted(money.partners, "partner")],
        "names": [counted(money.partners, "partner")],
        "value": money.value,
        "sure": "",
        "badge": "",
        "depends": "",
    }


def gate_notes(gates: Sequence[str], width: int) -> Lines:
    """Return what each letter in the column of conditions stands for."""
    notes: list[Content] = []
    for n, gate in enumerate(gates):
        notes += hanging(f"{letter_of(n).lower()} ", gate, width, MUTED, glyph="bold")
    return tuple(notes)


def how_sure(row: Row, width: int, *, is_counting: bool = True) -> str:
    """Return how sure the choice is as there is room for it; empty without trials.

    Marked where the partner chosen is not the one that scores highest, and not yet committed.
    """
    found: advice.Certainty | None = row["certainty"]
    if found is None or not found.words:
        return ""
    if found.kind is advice.Kind.COUNTING and not is_counting:
        return NOT_COUNTED
    if found.kind.name not in BADGES:
        return found.words
    shape, _, short = BADGES[found.kind.name]
    word = str(found.kind) if width >= VERY_WIDE else short if width >= NARROW else ""
    share_of = found.percentage if found.kind in advice.JUDGED else ""
    shown = " ".join(part for part in (shape, word, share_of) if part)
    if not told_rows.is_behind(row):
        return shown
    return f"{shown} · {NOT_TOP}" if width >= VERY_WIDE else f"{shown} {told_rows.BEHIND}"


def _hue(row: Row) -> str:
    """Return the colour of a badge."""
    found: advice.Certainty | None = row["certainty"]
    return BADGES[found.kind.name][1] if found and found.kind.name in BADGES else ""


def _condition(row: Row, gates: Sequence[str]) -> str:
    letters = [letter_of(gates.index(gate)).lower() for gate in row["gates"]]
    return ", ".join([*letters, *(f"{payer} pays" for payer in row["payers"])])


def _waiting(rows: Sequence[Row], table: Grid, width: int, *, full: bool) -> Iterator[Item]:
    room = max(width - table.widths[0] - table.gap, 1)
    for row in (row for row in rows if not row["run"]):
        why = f"{WAITS}: {row['reason']}" if row["reason"] else WAITS
        told = wrapped(why, room, "$tight") if full else [fitted(why, room, "$tight")]
        name = table.cells({**row, "partners": [], "names": []})[0]
        blank = Content(" " * table.widths[0])
        lines = zip_longest(name, told)
        yield Item(
            row["id"],
            tuple(cells(a or blank, b or Content(""), gap=table.gap) for a, b in lines),
        )


def detail(row: Row, width: int, *, names: int, most: int) -> Lines:
    """Return one programme in words: its names, the reason, how sure, and the conditions."""
    partners = " + ".join(row["partners"])
    style = "bold $chosen" if partners else "bold $tight"
    title = f"{row['programme']}: {partners or 'deferred'}"
    lines = wrapped(title, width, style, most=names) if names else []
    told = " ".join(row[key] for key in ("reason", "assurance", "reach") if row[key])
    if told:
        lines += wrapped(told, width, most=most - len(lines))
    if row["condition"] and len(lines) < most:
        lines += wrapped(f"On condition: {row['condition']}.", width, MUTED, most=most - len(lines))
    return tuple(lines)


def no_answer_sheet(
    rows: Sequence[Row], demands: Sequence[tuple[Row, str]], state: str, width: int
) -> Sheet:
    """Say in plain words why there is nothing to approve.

    The programmes stay open to be looked into.
    """
    if state == "infeasible":
        head = wrapped(
            "There is no choice that meets everything asked for at once.", width, "bold $tight"
        )
        told = [
            line
            for row, place in demands
            for line in (
                *wrapped(f"• {row['sentence']}", width),
                *wrapped(place, width, MUTED, indent=2),
            )
        ]
        head += told or wrapped(
            "The limits, the rules and the programmes that must run contradict one another; relax"
            " one of them.",
            width,
        )
    else:
        head = wrapped(
            "No choice was found in the time allowed. Allow more time (analysis: time-limit), or"
            " ask for less.",
            width,
            "bold $tight",
        )
    head += [
        Content(""),
        *wrapped("The partners can still be compared, programme by programme:", width, MUTED),
    ]
    return Sheet(
        tuple(Item(row["id"], (fitted(row["programme"], width),)) for row in rows),
        head=(Content(""), *head),
    )
