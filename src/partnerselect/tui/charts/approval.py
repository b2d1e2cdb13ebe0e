"""What is to be approved: a row for every programme, those that wait at the end, and the totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from textual.content import Content

from partnerselect.advice import JUDGED, Certainty, Kind
from partnerselect.allocation import HEADLINES
from partnerselect.tui.charts.bars import WHOLE, bar, letter_of
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, cells, fitted, right, together, width_of, wrapped
from partnerselect.words import reading

Row = dict[str, Any]
NARROW, WIDE, VERY_WIDE = 64, 100, 140
"""Widths from which on there is room for conditions and words, for longer bars and names, and for
`too close to call` in full."""
SHARES = 48
"""Width from which on there is room for the bare shares of how sure."""
VALUE = 5
"""Cells of a value without a bar."""
SHORT = {
    Kind.ROBUST: "robust",
    Kind.SENSITIVE: "sensitive",
    Kind.TOO_CLOSE: "too close",
    Kind.COMMITTED: "committed",
    Kind.NO_ALTERNATIVE: "no other",
}
"""How sure, in words that fit a narrow column."""
HOW_SURE, NOT_COUNTED = "How sure", "not counted"
BEHIND, NOT_TOP = "!", "not top-scored"
"""Mark a choice that does not score highest."""
WAITS = "○ deferred"


@dataclass(frozen=True)
class Money:
    """What all of it comes to."""

    currency: str
    value: float
    amounts: Mapping[str, float]
    """By the keys of `allocation.amounts`."""
    partners: int

    def shown(self, of: Mapping[str, float]) -> list[str]:
        """Word the amounts that a screen has columns for."""
        return [reading(of[one.key], one.kind, self.currency) for one in HEADLINES]


@dataclass(frozen=True)
class _Columns:
    """Widths in cells; a column of width 0 is left out."""

    programme: int
    partner: int
    bar: int
    amounts: tuple[int, ...]
    sure: int
    condition: int
    gap: int
    is_wide: bool
    width: int

    def line(
        self,
        programme: Content,
        partner: Content,
        value: Content,
        amounts: Sequence[str],
        sure: str,
        condition: str,
    ) -> Content:
        """Set the cells of one line beside one another."""
        parts = [programme, partner, value, *map(right, amounts, self.amounts)]
        parts += [fitted(sure, self.sure)] if self.sure else []
        parts += [fitted(condition, self.condition)] if self.condition else []
        return cells(*parts, gap=self.gap)

    def value(self, worth: float) -> Content:
        """Draw a value, with a bar where there is room for it."""
        number = right(f"{worth:.0f}", 3 if self.bar else VALUE)
        return cells(bar(worth / WHOLE, self.bar), number, gap=1) if self.bar else number


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
    rows = [{**row, "sure": how_sure(row, width, is_counting=is_counting)} for row in rows]
    columns = _columns(rows, gates, money, width)
    running, waiting = [row for row in rows if row["run"]], [row for row in rows if not row["run"]]
    items = [
        Item(row["id"], tuple(_running(row, gates, money, columns, full=full))) for row in running
    ]
    for row in waiting:
        heading = (
            (
                Content(""),
                Content(f"{WAITS} ({len(waiting)} of {len(rows)})").stylize("bold $tight"),
            )
            if full and row is waiting[0]
            else ()
        )
        items.append(
            Item(row["id"], tuple(_waiting(row, columns, width, full=full)), above=heading)
        )
    rule = (Content("─" * width).stylize("$track"),) if full else ()
    notes = gate_notes(gates, width) if columns.condition else ()
    extra = [
        _extra(row, money, columns) for row in extras if any(row[one.key] for one in HEADLINES)
    ]
    return Sheet(
        tuple(items),
        head=(_heading(columns),),
        foot=(*rule, *extra, _total(rows, money, columns), *notes),
    )


def gate_notes(gates: Sequence[str], width: int) -> Lines:
    """Return what each letter in the column of conditions stands for."""
    notes: list[Content] = []
    for n, gate in enumerate(gates):
        lines = wrapped(gate, width, MUTED, indent=3) or [Content("   ")]
        notes += [
            Content.assemble((f"{letter_of(n).lower()}", "bold"), "  ") + lines[0][3:],
            *lines[1:],
        ]
    return tuple(notes)


def _columns(rows: Sequence[Row], gates: Sequence[str], money: Money, width: int) -> _Columns:
    """Share out the width: figures take what they need, names the rest.

    The narrower the screen, the fewer the columns.
    """
    wide = width >= WIDE
    sure = max((width_of(row["sure"]) for row in rows), default=0) if width >= SHARES else 0
    sure = max(sure, len(HOW_SURE)) if sure else 0
    condition = (
        max((width_of(_condition(row, gates, wide=wide)) for row in rows), default=0)
        if width >= NARROW
        else 0
    )
    condition = min(max(condition, len("Condition")), 20 if wide else 9) if condition else 0
    bar_length = 10 if wide else 0 if sure or width < NARROW else 6
    totals = money.shown(money.amounts)
    amounts = tuple(
        max(len(one.title), width_of(told)) for one, told in zip(HEADLINES, totals, strict=True)
    )
    gap = 1 if sure and not wide else 2
    taken = (
        (bar_length + 4 if bar_length else VALUE)
        + sum(amounts)
        + sure
        + condition
        + gap * (2 + len(amounts) + (sure > 0) + (condition > 0))
    )
    left = max(width - taken, 2)
    partner = min(
        left * 3 // 5 if wide else left // 2,
        2 + max([len("Partner"), *(width_of(title) for row in rows for title in row["partners"])]),
    )
    programme = min(
        left - partner, max(len("8 of 9 programmes"), *(width_of(row["programme"]) for row in rows))
    )
    return _Columns(programme, partner, bar_length, amounts, sure, condition, gap, wide, width)


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


def _heading(columns: _Columns) -> Content:
    value = fitted("Value", columns.bar + 4) if columns.bar else right("Value", VALUE)
    names = fitted("Programme", columns.programme), fitted("Partner", columns.partner)
    titles = [one.title for one in HEADLINES]
    return columns.line(*names, value, titles, HOW_SURE, "Condition").stylize(MUTED)


def _running(
    row: Row, gates: Sequence[str], money: Money, columns: _Columns, *, full: bool
) -> list[Content]:
    titles, partners = _names(row, columns, full=full)
    first = columns.line(
        titles[0],
        partners[0],
        columns.value(row["value"]),
        money.shown(row),
        row["sure"],
        _condition(row, gates, wide=columns.is_wide),
    )
    blank = Content(" " * columns.programme)
    others = zip_longest(titles[1:], partners[1:], fillvalue=None)
    return [
        first,
        *(
            cells(title or blank, partner or Content(""), gap=columns.gap)
            for title, partner in others
        ),
    ]


def _names(row: Row, columns: _Columns, *, full: bool) -> tuple[list[Content], list[Content]]:
    """Return the names of programme and partners, line by line.

    In full a long name takes a second line.
    """
    partners = row["partners"]
    if not full:
        return [fitted(row["programme"], columns.programme)], [together(partners, columns.partner)]
    titles = _lines(row["programme"], columns.programme, most=3)
    if len(partners) == 1:
        return titles, _lines(partners[0], columns.partner, most=2)
    return titles, [
        fitted(f"{'+ ' if n else ''}{title}", columns.partner) for n, title in enumerate(partners)
    ]


def _lines(title: str, width: int, *, most: int) -> list[Content]:
    """Return a name on one line at least and so many at the most, each as wide as its column."""
    return [line.truncate(width, pad=True) for line in wrapped(title, width, most=most)] or [
        fitted("", width)
    ]


def _waiting(row: Row, columns: _Columns, width: int, *, full: bool) -> list[Content]:
    why = row["reason"]
    if full:
        return [fitted(row["programme"], width), *wrapped(why, width, MUTED, indent=2)]
    told = fitted(
        f"{WAITS}: {why}" if why else WAITS,
        max(width - columns.programme - columns.gap, 1),
        "$tight",
    )
    return [cells(fitted(row["programme"], columns.programme), told, gap=columns.gap)]


def _extra(row: Row, money: Money, columns: _Columns) -> Content:
    """Return a cost of no programme, in the column of costs."""
    room = (
        columns.programme
        + columns.partner
        + (columns.bar + 4 if columns.bar else VALUE)
        + 2 * columns.gap
    )
    return cells(
        fitted(row["title"], room),
        *map(right, money.shown(row), columns.amounts),
        gap=columns.gap,
    )


def _total(rows: Sequence[Row], money: Money, columns: _Columns) -> Content:
    programmes = f"{sum(bool(row['run']) for row in rows)} of {len(rows)} programmes"
    partners = f"{money.partners} {'partner' if money.partners == 1 else 'partners'}"
    names = fitted(programmes, columns.programme), fitted(partners, columns.partner)
    totals = money.shown(money.amounts)
    return columns.line(*names, columns.value(money.value), totals, "", "").stylize("bold")


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
