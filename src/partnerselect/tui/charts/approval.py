"""What is to be approved: a row for every programme, the deferred last, totals and limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import zip_longest
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
    apart,
    cells,
    fitted,
    hanging,
    right,
    together,
    width_of,
    wrapped,
)
from partnerselect.words import counted, points, reading, share

Row = dict[str, Any]
SHARES = 48
"""Width from which on there is room for the bare shares of how sure."""
BADGES = {
    Kind.ROBUST: ("●", "$chosen", "robust"),
    Kind.SENSITIVE: ("◐", "$warning", "sensitive"),
    Kind.TOO_CLOSE: ("○", "bold $tight", "too close"),
    Kind.COMMITTED: ("◇", MUTED, "committed"),
    Kind.NO_ALTERNATIVE: ("◇", MUTED, "no other"),
}
"""How sure, as a shape and a colour, and in words that fit a narrow column."""
NOT_COUNTED = "not counted"
BEHIND, NOT_TOP = "!", "not top-scored"
"""Mark a choice that does not score highest."""
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
        full: give every partner a line of its own and every programme that waits its reason in
            full.
        is_counting: whether how sure, where it is not known yet, is still to come.
    """
    gates = list(dict.fromkeys(gate for row in rows for gate in row["gates"]))
    shown = [
        {
            **row,
            "sure": how_sure(row, width, is_counting=is_counting),
            "badge": BADGES.get(row["certainty"] and row["certainty"].kind, ("", "", ""))[1],
            "depends": _condition(row, gates),
        }
        for row in rows
    ]
    total = _total(rows, money)
    table = _table(shown, total, money.currency, width, full=full)
    running = [Item(row["id"], table.lines(row)) for row in shown if row["run"]]
    extra = [
        cells(
            fitted(row["title"], table.across(NAMES)),
            *(lines[0] for lines in table.cells({**total, **row})[NAMES:]),
            gap=table.gap,
        )
        for row in extras
        if any(row[one.key] for one in HEADLINES)
    ]
    notes = gate_notes(gates, width) if width >= WIDE else ()
    return Sheet(
        (*running, *_waiting(shown, table, width, full=full)),
        head=(table.head,),
        foot=(*extra, table.line(total).stylize("bold"), *notes),
    )


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
        table = grid(_columns(rows, names, currency, width, full=full), [*rows, total], width, gap)
        if all(
            width_of(name) <= table.widths[0] and width_of(" + ".join(several)) <= table.widths[1]
            for name, several in names.values()
        ):
            break
    return table


def _columns(
    rows: Sequence[Row],
    names: Mapping[str, tuple[str, tuple[str, ...]]],
    currency: str,
    width: int,
    *,
    full: bool,
) -> Iterator[Column]:
    """Yield the columns for which there is room: figures take what they need, names the rest."""
    is_wide, has_shares = width >= WIDE, width >= SHARES and any(row["sure"] for row in rows)
    length = 10 if width >= VERY_WIDE else 6 if is_wide else 0
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

    def value(row: Row, room: int) -> Content:
        figure = right(f"{row['value']:.0f}", 3)
        return cells(bar(row["value"] / WHOLE, room - 4), figure, gap=1)

    longest = (
        max(width_of(name) for name, _ in names.values()),
        max(width_of(" + ".join(several)) for _, several in names.values()),
    )
    yield Column("Programme", draw=programme, part=1, most=max(9, longest[0]))
    yield Column("Partners", draw=partners, part=1, most=max(8, longest[1]))
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
        **{one.key: 0.0 for one in HEADLINES},
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

    Marked where the partner chosen is not the one that scores highest.
    """
    found: Certainty | None = row["certainty"]
    if found is None or not found.words:
        return ""
    if found.kind is Kind.COUNTING and not is_counting:
        return NOT_COUNTED
    if found.kind not in BADGES:
        return found.words
    shape, _, short = BADGES[found.kind]
    word = str(found.kind) if width >= VERY_WIDE else short if width >= NARROW else ""
    share_of = found.percentage if found.kind in JUDGED else ""
    shown = " ".join(part for part in (shape, word, share_of) if part)
    if row["leads"] is not False:
        return shown
    return f"{shown} · {NOT_TOP}" if width >= VERY_WIDE else f"{shown} {BEHIND}"


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
    """Return one programme in words: its names, how sure, the reason and the conditions."""
    partners = " + ".join(row["partners"])
    style = "bold $chosen" if partners else "bold $tight"
    title = f"{row['programme']}: {partners or 'deferred'}"
    lines = wrapped(title, width, style, most=names) if names else []
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


# ── What is asked, in a few sentences ──


def headline_lines(told: Sequence[Row], rows: Sequence[Row], width: int, *, full: bool) -> Lines:
    """Lay out what is asked: the sentences, and how sure as counts of the badges.

    Args:
        told: of `headline_rows`.
        rows: of `approval_rows`.
        width: in cells.
        full: say what else the table says, and each sentence on as many lines as it needs.
    """
    words = {one["kind"]: one["words"] for one in told}
    whole, deferred = (words.get(kind, "") if full else "" for kind in ("whole", "deferred"))
    most = 0 if full else 2
    return (
        *wrapped(words.get("approved", ""), width, "bold", most=most),
        *wrapped(words.get("condition", ""), width, most=most),
        *_badges(rows, whole, width),
        *wrapped(deferred, width, "$tight"),
        *wrapped(words.get("money", ""), width, MUTED, most=most),
    )


def _badges(rows: Sequence[Row], whole: str, width: int) -> list[Content]:
    """Count the badges, and say how sure the whole is beside them or below."""
    kinds = Counter(row["certainty"].kind for row in rows if row["certainty"] and row["run"])
    counts = [
        Content(f"{shape} {kinds[kind]} {kind}").stylize(hue)
        for kind, (shape, hue, _) in BADGES.items()
        if kinds[kind]
    ]
    line = cells(*counts, gap=3)
    beside = cells(line, Content(whole), gap=4)
    if counts and beside.cell_length <= width:
        return [beside]
    return [*([line.truncate(width)] if counts else []), *wrapped(whole, width)]


# ── Every limit as a gauge, our budget and those that bind first ──

TIGHT_MARK = "▲"
GAUGE, GAP = 56, 3
"""The narrowest gauge with its words, and the cells between two."""


def limits_sheet(rows: Sequence[Row], width: int) -> Sheet:
    """Lay the gauges out in as many columns as the width holds, read from left to right."""
    columns = max(1, (width + GAP) // (GAUGE + GAP))
    room = (width - GAP * (columns - 1)) // columns
    ordered = sorted(rows, key=lambda row: not row["path"].startswith("limits.budget"))
    table = grid(_gauge(room), ordered, room, gap=1)
    lines = [table.line(row) for row in ordered]
    beside = [cells(*lines[n : n + columns], gap=GAP) for n in range(0, len(lines), columns)]
    return Sheet(tuple(Item(str(n), (line,)) for n, line in enumerate(beside)))


def limits_words(rows: Sequence[Row]) -> str:
    """Say how many limits bind."""
    tight = sum(row["tight"] for row in rows)
    return f"{f'{TIGHT_MARK} {tight}' if tight else 'none'} of {len(rows)} at or near capacity"


def _gauge(width: int) -> Iterator[Column]:
    def style(row: Row) -> str:
        return "bold $tight" if row["tight"] else ""

    def name(row: Row, room: int) -> Content:
        phase = f", {row['phase']}" if row["phase"] else ""
        title = fitted(row["title"], max(room - width_of(phase), 4)).rstrip().plain + phase
        return fitted(title, room, style(row))

    def used(row: Row, room: int) -> Content:
        return bar(row["share"], room, "$tight" if row["tight"] else "$bar")

    yield Column("", lambda row: (TIGHT_MARK if row["tight"] else "", style(row)), width=1)
    yield Column("", draw=name, part=1)
    yield Column("", draw=used, width=8)
    yield Column("", lambda row: (row["amount"], style(row)), is_figure=True)
    if width >= NARROW:
        yield Column("", lambda row: (share(row["share"]), style(row)), width=8, is_figure=True)


# ── What is worth finding out, across programmes ──


def finding_sheet(rows: Sequence[Row], width: int) -> Sheet:
    """Lay out the facts (`finding_rows`), those first that it costs most not to know."""
    columns = (
        Column("The fact", lambda row: f"{row['name']}: {row['criterion']}", part=1),
        Column("Could change", _changes, is_figure=True),
        *([Column("Not knowing costs", _cost, is_figure=True)] if width >= NARROW else []),
    )
    table = grid(columns, rows, width)
    items = tuple(Item(row["key"], (table.line(row),)) for row in rows)
    nothing = wrapped("No open score could change a leader.", width, MUTED)
    return Sheet(items or (Item("", tuple(nothing)),), head=(table.head,) if items else ())


def _changes(row: Row) -> str:
    return counted(len(row["programmes"]), "programme")


def _cost(row: Row) -> str:
    return points(row["cost"])
