"""What is to be approved: a row for every programme, the deferred last, totals and limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from partnerselect.advice import JUDGED, Certainty, Kind
from partnerselect.allocation import HEADLINES
from partnerselect.tui.charts.bars import WHOLE, bar, letter_of
from partnerselect.tui.charts.grid import Column, Grid, grid
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import (
    MUTED,
    NARROW,
    VERY_WIDE,
    WIDE,
    Lines,
    cells,
    fitted,
    hanging,
    right,
    together,
    width_of,
    wrapped,
)
from partnerselect.words import reading, share

Row = dict[str, Any]
SHARES = 48
"""Width from which on there is room for the bare shares of how sure."""
SHORT = {
    Kind.ROBUST: "robust",
    Kind.SENSITIVE: "sensitive",
    Kind.TOO_CLOSE: "too close",
    Kind.COMMITTED: "committed",
    Kind.NO_ALTERNATIVE: "no other",
}
"""How sure, in words that fit a narrow column."""
NOT_COUNTED = "not counted"
BEHIND, NOT_TOP = "!", "not top-scored"
"""Mark a choice that does not score highest."""
WAITS = "○ deferred"
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
        full: give every partner a line of its own and every programme that waits its reason in
            full.
        is_counting: whether how sure, where it is not known yet, is still to come.
    """
    gates = list(dict.fromkeys(gate for row in rows for gate in row["gates"]))
    shown = [
        {
            **row,
            "sure": how_sure(row, width, is_counting=is_counting),
            "depends": _condition(row, gates, wide=width >= WIDE),
        }
        for row in rows
    ]
    total = _total(rows, money)
    columns = _columns(shown, total, money.currency, width, full=full)
    table = grid(columns, [*shown, total], width, 1 if NARROW <= width < WIDE else 2)
    running = [Item(row["id"], table.lines(row)) for row in shown if row["run"]]
    rule = (Content("─" * width).stylize("$track"),) if full else ()
    extra = [
        cells(
            fitted(row["title"], table.across(NAMES)),
            *(lines[0] for lines in table.cells({**total, **row})[NAMES:]),
            gap=table.gap,
        )
        for row in extras
        if any(row[one.key] for one in HEADLINES)
    ]
    notes = gate_notes(gates, width) if width >= NARROW else ()
    return Sheet(
        (*running, *_waiting(shown, table, width, full=full)),
        head=(table.head,),
        foot=(*rule, *extra, table.line(total).stylize("bold"), *notes),
    )


def _columns(
    rows: Sequence[Row], total: Row, currency: str, width: int, *, full: bool
) -> Iterator[Column]:
    """Yield the columns for which there is room: figures take what they need, names the rest."""
    is_wide, has_shares = width >= WIDE, width >= SHARES and any(row["sure"] for row in rows)
    length = 10 if is_wide else 0 if has_shares or width < NARROW else 6

    def programme(row: Row, room: int) -> Sequence[Content]:
        return (
            _lines([row["programme"]], room, most=3) if full else [fitted(row["programme"], room)]
        )

    def partners(row: Row, room: int) -> Sequence[Content]:
        return _lines(row["partners"], room, most=2) if full else [together(row["partners"], room)]

    def value(row: Row, room: int) -> Content:
        figure = right(f"{row['value']:.0f}", 3)
        return cells(bar(row["value"] / WHOLE, room - 4), figure, gap=1)

    names = [width_of(row["programme"]) for row in (*rows, total)]
    longest = [width_of(title) + 2 for row in (*rows, total) for title in row["partners"]]
    yield Column("Programme", draw=programme, part=2, most=max(names))
    yield Column("Partner", draw=partners, part=3 if is_wide else 2, most=max(9, *longest))
    if length:
        yield Column("Value", draw=value, width=length + 4)
    else:
        yield Column("Value", lambda row: f"{row['value']:.0f}", width=5, is_figure=True)
    for one in HEADLINES:
        yield Column(
            one.title,
            lambda row, one=one: reading(row[one.key], one.kind, currency),  # type: ignore[misc]
            is_figure=True,
        )
    if has_shares:
        yield Column("How sure", lambda row: str(row["sure"]))
    if width >= NARROW and any(row["depends"] for row in rows):
        yield Column("Condition", lambda row: str(row["depends"]), most=20 if is_wide else 9)


def _lines(names: Sequence[str], width: int, *, most: int) -> list[Content]:
    """Return a name on several lines where it is long, several names one below the other."""
    if len(names) == 1:
        return wrapped(names[0], width, most=most)
    return [fitted(f"{'+ ' if n else ''}{title}", width) for n, title in enumerate(names)]


def _total(rows: Sequence[Row], money: Money) -> Row:
    running = sum(bool(row["run"]) for row in rows)
    return {
        **{one.key: 0.0 for one in HEADLINES},
        **money.amounts,
        "programme": f"{running} of {len(rows)} programmes",
        "partners": [f"{money.partners} {'partner' if money.partners == 1 else 'partners'}"],
        "value": money.value,
        "sure": "",
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

    Marked where the partner chosen is not the one that scores highest.
    """
    found: Certainty | None = row["certainty"]
    if found is None or not found.words:
        return ""
    if found.kind is Kind.COUNTING and not is_counting:
        return NOT_COUNTED
    if found.kind not in JUDGED:
        return found.words if width >= VERY_WIDE else SHORT.get(found.kind, found.words)
    word = found.kind if width >= VERY_WIDE else SHORT[found.kind] if width >= NARROW else ""
    shown = f"{word} {found.percentage}".lstrip()
    if row["leads"] is not False:
        return shown
    return f"{shown} · {NOT_TOP}" if width >= VERY_WIDE else f"{shown} {BEHIND}"


def _condition(row: Row, gates: Sequence[str], *, wide: bool) -> str:
    letters = [letter_of(gates.index(gate)).lower() for gate in row["gates"]]
    payers = [f"{payer} pays" if wide else payer for payer in row["payers"]]
    return ", ".join([*letters, *payers])


def _waiting(rows: Sequence[Row], table: Grid, width: int, *, full: bool) -> Iterator[Item]:
    waiting = [row for row in rows if not row["run"]]
    for row in waiting:
        why = row["reason"]
        if full:
            heading = Content(f"{WAITS} ({len(waiting)} of {len(rows)})").stylize("bold $tight")
            lines = (fitted(row["programme"], width), *wrapped(why, width, MUTED, indent=2))
            yield Item(row["id"], lines, (Content(""), heading) if row is waiting[0] else ())
        else:
            told = f"{WAITS}: {why}" if why else WAITS
            room = max(width - table.widths[0] - table.gap, 1)
            name = fitted(row["programme"], table.widths[0])
            yield Item(row["id"], (cells(name, fitted(told, room, "$tight"), gap=table.gap),))


def detail(row: Row, width: int, *, names: int, most: int) -> Lines:
    """Return one programme in words: its names, how sure, the reason and the conditions."""
    partners = " + ".join(row["partners"])
    style = "bold $chosen" if partners else "bold $tight"
    lines = wrapped(
        f"{row['programme']}: {partners or WAITS.removeprefix('○ ')}", width, style, most=names
    )
    told = " ".join(words for words in (row["assurance"], row["reason"]) if words)
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


# ── Every limit as a gauge, those that bind first ──

TIGHT_MARK = "▲"
COLUMN = 56
"""The narrowest gauge with its words."""
GAP = 3
BAR = 6
ROOM_FOR_SHARE = 70
"""From this width on the share is told in figures too."""


def limits_sheet(rows: Sequence[Row], width: int) -> Sheet:
    """Lay the gauges out in as many columns as the width holds, read from left to right."""
    columns = max(1, (width + GAP) // (COLUMN + GAP))
    room = (width - GAP * (columns - 1)) // columns
    amounts = max((width_of(row["amount"]) for row in rows), default=0)
    gauges = [_gauge(row, room, amounts) for row in rows]
    lines = [
        cells(*gauges[start : start + columns], gap=GAP) for start in range(0, len(gauges), columns)
    ]
    return Sheet(
        items=tuple(Item(str(n), (line,)) for n, line in enumerate(lines)), head=(_heading(rows),)
    )


def _heading(rows: Sequence[Row]) -> Content:
    tight = sum(row["tight"] for row in rows)
    told = (
        f"{tight} of {len(rows)} limits are at or near capacity"
        if tight
        else f"none of {len(rows)} limits are at or near capacity"
    )
    return Content.assemble(
        ("Limits  ", "bold"), (f"{TIGHT_MARK} {told}", "bold $tight") if tight else (told, MUTED)
    )


def _gauge(row: Row, width: int, amounts: int) -> Content:
    phase = f", {row['phase']}" if row["phase"] else ""
    style = "bold $tight" if row["tight"] else ""
    percentage = share(row["share"]).rjust(9) if width >= ROOM_FOR_SHARE else ""
    length = BAR * 2 if percentage else BAR
    label = width - length - amounts - len(percentage) - 4 - (percentage != "")
    name = fitted(row["title"], max(label - width_of(phase), 4)).rstrip().plain + phase
    return cells(
        Content.assemble((TIGHT_MARK if row["tight"] else " ", style), " ")
        + fitted(name, label, style),
        bar(row["share"], length, "$tight" if row["tight"] else "$bar"),
        right(row["amount"], amounts, style),
        Content(percentage).stylize(style),
        gap=1,
    ).truncate(width, pad=True)
