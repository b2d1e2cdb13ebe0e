"""What is to be approved: a row for every programme, those that wait at the end, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.bars import WHOLE, bar, letter_of
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, cells, fitted, right, wrapped
from partnerselect.wording import amount, share

Row = dict[str, Any]
WIDE = 100
"""From this width on, bars are longer and words are not shortened."""
SURE = {"robust": "robust", "sensitive": "sensitive", "too close to call": "too close"}
"""How sure, in words that fit a narrow column."""
WAITS = "○ waits"


@dataclass(frozen=True)
class Money:
    """What all of it comes to."""

    currency: str
    value: float
    trust_cost: float
    partners: int


@dataclass(frozen=True)
class _Columns:
    programme: int
    partner: int
    bar: int
    cost: int
    sure: int
    condition: int
    is_wide: bool

    @property
    def rest(self) -> int:
        """Cells from the partner to the end of the line."""
        return self.partner + self.bar + 4 + self.cost + self.sure + self.condition + 2 * (3 + (self.sure > 0) + (self.condition > 0)) - 2


def approval_sheet(rows: Sequence[Row], money: Money, width: int, *, full: bool) -> Sheet:
    """Lay out the programmes, those that wait at the end.

    Args:
        rows: of `approval_rows`.
        money: the totals.
        width: in cells.
        full: give every partner a line of its own and every programme that waits its reason in full.
    """
    gates = list(dict.fromkeys(gate for row in rows for gate in row["gates"]))
    columns = _columns(rows, gates, money, width)
    running, waiting = [row for row in rows if row["run"]], [row for row in rows if not row["run"]]
    items = [Item(row["id"], tuple(_running(row, gates, money, columns, full=full))) for row in running]
    for row in waiting:
        heading = (Content(""), Content(f"{WAITS} ({len(waiting)} of {len(rows)})").stylize("bold $tight")) if full and row is waiting[0] else ()
        items.append(Item(row["id"], tuple(_waiting(row, columns, full=full)), above=heading))
    rule = (Content("─" * width).stylize("$track"),) if full else ()
    return Sheet(tuple(items), head=(_heading(columns),), foot=(*rule, _total(rows, money, columns), *gate_notes(gates, width)))


def gate_notes(gates: Sequence[str], width: int) -> Lines:
    """Return what each letter in the column of conditions stands for."""
    notes: list[Content] = []
    for n, gate in enumerate(gates):
        lines = wrapped(gate, width, MUTED, indent=3)
        notes += [Content.assemble((f"{letter_of(n).lower()}", "bold"), "  ") + lines[0][3:], *lines[1:]]
    return tuple(notes)


def _columns(rows: Sequence[Row], gates: Sequence[str], money: Money, width: int) -> _Columns:
    wide = width >= WIDE
    sure = max((len(how_sure(row, wide=wide)) for row in rows), default=0)
    condition = max((len(_condition(row, gates, wide=wide)) for row in rows), default=0)
    condition = min(max(condition, len("Condition")), 20 if wide else 9) if condition else 0
    length = 10 if wide else 0 if sure else 6
    cost = max(len("Cost to us"), len(amount(money.trust_cost, money.currency)))
    taken = length + 4 + (length == 0) + cost + sure + condition + 2 * (3 + (sure > 0) + (condition > 0))
    partner = min((width - taken) * 3 // 5 if wide else (width - taken) // 2, 2 + max((len(title) for row in rows for title in row["partners"]), default=20))
    return _Columns(width - taken - partner, partner, length, cost, sure, condition, wide)


def how_sure(row: Row, *, wide: bool) -> str:
    """Return the word and the share of draws that make the same choice; empty where nothing was drawn."""
    if row["verdict"] is None:
        return ""
    verdict = str(row["verdict"])
    word = verdict if wide else SURE.get(verdict, verdict)
    return word if row["share"] is None else f"{word} {share(row['share'])}"


def _condition(row: Row, gates: Sequence[str], *, wide: bool) -> str:
    letters = [letter_of(gates.index(gate)).lower() for gate in row["gates"]]
    payers = [f"{payer} pays" if wide else payer for payer in row["payers"]]
    return ", ".join([*letters, *payers])


def _heading(columns: _Columns) -> Content:
    titles = [
        fitted("Programme", columns.programme),
        fitted("Partner", columns.partner),
        fitted("Value" if columns.bar else "", columns.bar + 4) if columns.bar else right("Value", 5),
        right("Cost to us", columns.cost),
    ]
    titles += [fitted("How sure", columns.sure)] if columns.sure else []
    titles += [fitted("Condition", columns.condition)] if columns.condition else []
    return cells(*titles).stylize(MUTED)


def _running(row: Row, gates: Sequence[str], money: Money, columns: _Columns, *, full: bool) -> list[Content]:
    titles, partners = _names(row, columns, full=full)
    parts = [
        titles[0],
        partners[0],
        _value(row["value"], columns.bar),
        right(amount(row["trust_cost"], money.currency), columns.cost),
    ]
    parts += [fitted(how_sure(row, wide=columns.is_wide), columns.sure)] if columns.sure else []
    parts += [fitted(_condition(row, gates, wide=columns.is_wide), columns.condition)] if columns.condition else []
    blank = Content(" " * columns.programme)
    return [cells(*parts), *(cells(title or blank, partner or Content("")) for title, partner in zip_longest(titles[1:], partners[1:]))]


def _names(row: Row, columns: _Columns, *, full: bool) -> tuple[list[Content], list[Content]]:
    """Return the names of programme and partners, line by line; in full a long name takes a second line."""
    partners = row["partners"]
    if not full:
        return [fitted(row["programme"], columns.programme)], [_together(partners, columns.partner)]
    titles = [line.truncate(columns.programme, pad=True) for line in wrapped(row["programme"], columns.programme, most=3)]
    if len(partners) == 1:
        return titles, [line.truncate(columns.partner, pad=True) for line in wrapped(partners[0], columns.partner, most=2)]
    return titles, [fitted(f"{'+ ' if n else ''}{title}", columns.partner) for n, title in enumerate(partners)]


def _together(partners: Sequence[str], width: int) -> Content:
    """Return all partners on one line, each cut to its share of the width."""
    room = width - 3 * (len(partners) - 1)
    if not partners or room < 6 * len(partners):
        return fitted(" + ".join(partners), width)
    short = [fitted(title, room // len(partners)).rstrip().plain for title in partners]
    return fitted(" + ".join(short), width)


def _value(value: float, length: int) -> Content:
    number = right(f"{value:.0f}", 3 if length else 5)
    return cells(bar(value / WHOLE, length), number, gap=1) if length else number


def _waiting(row: Row, columns: _Columns, *, full: bool) -> list[Content]:
    why = row["reason"].removeprefix("Deferred").lstrip(":. ")
    why = f"{why[:1].upper()}{why[1:]}"
    if full:
        width = columns.programme + 2 + columns.rest
        return [fitted(row["programme"], width), *wrapped(why, width, MUTED, indent=2)]
    return [cells(fitted(row["programme"], columns.programme), fitted(f"{WAITS}: {why}" if why else WAITS, columns.rest, "$tight"))]


def _total(rows: Sequence[Row], money: Money, columns: _Columns) -> Content:
    count = sum(bool(row["run"]) for row in rows)
    partners = f"{money.partners} {'partner' if money.partners == 1 else 'partners'}"
    parts = [
        fitted(f"{count} of {len(rows)} programmes", columns.programme),
        fitted(partners, columns.partner),
        _value(money.value, columns.bar),
        right(amount(money.trust_cost, money.currency), columns.cost),
    ]
    return cells(*parts).stylize("bold")


def detail(row: Row, width: int, most: int) -> Lines:
    """Return one programme in full words: its partners, the conditions, and the reason; at most so many lines."""
    partners = " + ".join(row["partners"])
    style = "bold $chosen" if partners else "bold $tight"
    lines = wrapped(f"{row['programme']}: {partners or WAITS.removeprefix('○ ')}", width, style, most=2)
    if row["reason"]:
        lines += wrapped(row["reason"], width, most=most - len(lines))
    if row["condition"] and len(lines) < most:
        lines += wrapped(f"On condition: {row['condition']}.", width, MUTED, most=most - len(lines))
    return tuple(lines)


def no_answer_sheet(rows: Sequence[Row], conflict: Sequence[Row], state: str, width: int) -> Sheet:
    """Say in plain words why there is nothing to approve; the programmes stay open to be looked into."""
    if state == "infeasible":
        head = wrapped("There is no choice that meets everything asked for at once.", width, "bold $tight")
        told = [line for row in conflict for line in _demand(row, width)]
        head += told or wrapped("The limits, the rules and the programmes that must run contradict one another; relax one of them.", width)
    else:
        head = wrapped("No choice was found in the time allowed. Allow more time (analysis: time-limit), or ask for less.", width, "bold $tight")
    head += [Content(""), *wrapped("The partners can still be compared, programme by programme:", width, MUTED)]
    return Sheet(tuple(Item(row["id"], (fitted(row["programme"], width),)) for row in rows), head=(Content(""), *head))


def _demand(row: Row, width: int) -> list[Content]:
    """Return one of the demands that contradict one another, where it stands in the file, and what would mend it."""
    lines = wrapped(f"• {row['words']}", width)
    if row["path"] not in row["words"]:
        lines += wrapped(row["path"], width, MUTED, indent=2)
    return lines + (wrapped(f"→ {row['mend']}", width, MUTED, indent=2) if row["mend"] else [])
