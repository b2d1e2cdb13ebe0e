"""The levers, the answer beside the saved one, and what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from textual.content import Content

from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import (
    KEPT,
    MUTED,
    cells,
    fitted,
    plain,
    right,
    width_of,
    wrapped,
)
from partnerselect.words import amount

if TYPE_CHECKING:
    from partnerselect.what_if import Lever

Row = dict[str, Any]
MOVED, WAITS, GONE = "≠", "○ deferred", "✗"
"""Marks of what is not as saved, of a programme that waits, and of a partner that cannot be chosen.
"""
UP, DOWN = "▲", "▼"
NOTE = 34
"""Width from which on there is room for what else there is to know of a lever."""
NOTED = 12
RANKED = 3
"""Partners of a programme that are shown at least, where there are so many."""
FIGURE = 5
INDENT = 4
HEADED = 20
"""Lines from which on the columns have names."""
BESIDE = 60
"""Width of the answer from which on the partners as saved stand beside those of now, not below
them."""


def levers_sheet(
    levers: Sequence[Lever], saved: Mapping[str, str], subject: str, width: int
) -> Sheet:
    """Lay out the levers, group by group.

    Those moved are marked, with what was saved where there is room.

    Args:
        levers: as they stand.
        saved: what each shows in the saved scenario, by its key.
        subject: the programme whose scores they are.
        width: in cells.
    """
    shown = min(max((width_of(lever.shown) for lever in levers), default=0), max(width // 3, 8))
    items = []
    for group, members in groupby(levers, key=lambda lever: lever.group):
        title = f"{group} for {subject}" if group == "Scores" else group
        above: Lines = (fitted(title, width, "bold $primary"),)
        for lever in members:
            items.append(
                Item(
                    lever.key,
                    (_lever(lever, saved.get(lever.key, lever.shown), shown, width),),
                    above=above,
                )
            )
            above = ()
    return Sheet(tuple(items))


def _lever(lever: Lever, saved: str, shown: int, width: int) -> Content:
    note = NOTED if width >= NOTE * 2 else 5 if width >= NOTE and lever.group == "Weights" else 0
    beside = f"was {saved}" if lever.shown != saved and note == NOTED else lever.note
    return _lever_line(
        lever.title,
        lever.shown,
        beside,
        (width - shown - 3 - (note + 1 if note else 0), shown, note),
        is_moved=lever.shown != saved,
    )


@lru_cache(maxsize=KEPT)
def _lever_line(
    name: str, told: str, beside: str, widths: tuple[int, int, int], *, is_moved: bool
) -> Content:
    title, shown, note = widths
    style = "bold $tight" if is_moved else ""
    parts = [fitted(name, title, style), right(told, shown, style)]
    parts += [fitted(beside, note, MUTED)] if note else []
    return Content.assemble((MOVED if is_moved else " ", style), " ") + cells(*parts, gap=1)


def lever_line(lever: Lever, saved: str, width: int) -> Content:
    """Return the lever under the cursor in full."""
    was = f" (saved: {saved})" if saved != lever.shown else ""
    note = f" · {lever.note}" if lever.note else ""
    room = max(width - width_of(lever.shown + was + note) - 2, 8)
    return Content.assemble(
        (fitted(lever.about, room).rstrip().plain, "bold"),
        f"  {lever.shown}",
        (f"{was}{note}", MUTED),
    ).truncate(width, pad=True)


def differences_lines(told: Sequence[str], failure: str, width: int, most: int) -> Lines:
    """Return what is not as saved, what went wrong on top."""
    head = "Not saved: " if told else "As saved. "
    count = (
        f"{len(told)} {'change' if len(told) == 1 else 'changes'}"
        if told
        else "Change something on the left to see what would follow."
    )
    lines = [
        Content.assemble(
            (head, "bold $tight" if told else "bold"), (count, "bold $tight" if told else MUTED)
        )
    ]
    lines += wrapped(f"{GONE} {failure}", width, "bold $error", most=2) if failure else []
    room = most - len(lines)
    marked = [f"{MOVED} {sentence}" for sentence in told]
    whole = [line for sentence in marked for line in wrapped(sentence, width)]
    if len(whole) <= room:
        lines += whole
    elif len(marked) <= room:
        lines += [fitted(sentence, width) for sentence in marked]
    elif room > 0:
        lines += wrapped(" · ".join(marked), width, most=room)
    return tuple(lines[:most])


# ── The answer ──


@dataclass(frozen=True)
class AnswerRows:
    """Everything that is told of the answer."""

    status: Content
    programmes: Sequence[Row]
    total: Row
    saved: Row
    """The total as saved."""
    saved_value: float | None
    """What the choice as saved is worth by the measure of now."""
    is_alike: bool
    """Whether values now and as saved have one measure."""
    gauges: Sequence[Row]
    ranking: Sequence[Row]
    subject: str
    """The programme whose ranking it is."""


def answer_lines(rows: AnswerRows, width: int, height: int) -> Lines:
    """Lay out the answer in the room there is; what differs goes first.

    Programmes take one line each, and one for the partners as saved where they differ; then come
    the ranking of one programme and the limits at or near capacity.
    """
    head = [rows.status.truncate(width, pad=True), *_total(rows, width)]
    head += [_heading(rows.programmes, width)] if height >= HEADED else []
    eligible = [row for row in rows.ranking if row["offers"]]
    ranked = min(len(eligible), max(RANKED, height - len(head) - 2 * len(rows.programmes) - 2))
    room = height - len(head) - (ranked + 1 if ranked else 0)
    programmes = _programmes(rows.programmes, width, max(room, 3))
    lines = [*head, *programmes]
    left = height - len(lines)
    lines += _ranking(eligible, rows.subject, width, left)
    lines += _tight(rows.gauges, width, height - len(lines))
    return tuple(lines[:height])


def _total(rows: AnswerRows, width: int) -> list[Content]:
    now, saved = rows.total, rows.saved
    if now["value"] is None:
        return [fitted("No choice of partners meets everything asked for.", width, "bold $tight")]
    compared = saved["value"] if rows.is_alike else None
    value = f"Value {now['value']:.1f}" + _change(now["value"], compared, 1)
    cost = f"{amount(now['own_cost'], now['currency'])} from us" + _money(now, saved)
    runs = f"{now['running']} of {now['programmes']} go ahead"
    whole = f"{value} · {cost} · {runs}"
    lines = [whole] if width_of(whole) <= width else [f"{value} · {runs}", cost]
    return [
        *(fitted(line, width, "bold") for line in lines),
        *wrapped(_measured_otherwise(rows), width, MUTED, most=2),
    ]


def _measured_otherwise(rows: AnswerRows) -> str:
    """Say what stands in the place of a difference of values that have two measures."""
    if rows.is_alike or rows.saved["value"] is None:
        return ""
    told = f"Not comparable with {rows.saved['value']:.1f} as saved: the measure is another."
    if rows.saved_value is None:
        return told
    return f"{told} By this one the choice as saved is worth {rows.saved_value:.1f}."


def _change(now: float, before: float | None, digits: int) -> str:
    if before is None or round(now - before, digits) == 0:
        return ""
    return f" ({'+' if now > before else '−'}{abs(now - before):.{digits}f})"


def _money(now: Row, saved: Row) -> str:
    if saved["own_cost"] is None or round(now["own_cost"]) == round(saved["own_cost"]):
        return ""
    more = now["own_cost"] > saved["own_cost"]
    by = amount(abs(now["own_cost"] - saved["own_cost"]), now["currency"])
    return f" ({'+' if more else '−'}{by})"


def _programmes(rows: Sequence[Row], width: int, room: int) -> list[Content]:
    """Return a line for every programme, and one for its partners as saved."""
    columns = _columns(rows, width)
    below = {row["id"]: bool(row["differs"]) and not columns.was for row in rows}
    if len(rows) + sum(below.values()) <= room:
        shown = list(rows)
    elif len(rows) <= room:
        shown, below = list(rows), dict.fromkeys(below, False)
    else:
        shown = [row for row in rows if row["differs"]]
    lines = [
        line for row in shown for line in _programme(row, columns, width, below=below[row["id"]])
    ]
    hidden = len(rows) - len(shown)
    if len(lines) + bool(hidden) > room:
        return [*lines[: room - 1], _further("and more: press 1 to see all", width)]
    return [*lines, _further(f"{hidden} programmes as saved", width)] if hidden else lines


def _further(told: str, width: int) -> Content:
    return fitted(told, width - 2, MUTED).pad_left(2)


@dataclass(frozen=True)
class _Columns:
    """Widths of a programme's line."""

    title: int
    now: int
    was: int
    """0 where the partners as saved stand below, or nowhere."""
    value: int

    def line(self, mark: str, cells_of: Sequence[str], style: str) -> Content:
        """Set the cells of one line beside one another."""
        title, now, was, value = cells_of
        parts = [fitted(title, self.title, style), fitted(now, self.now, style)]
        parts += [fitted(was, self.was, MUTED)] if self.was else []
        parts += [right(value, self.value, style)] if self.value else []
        return Content.assemble((mark, style), " ") + cells(*parts, gap=1)


def _columns(rows: Sequence[Row], width: int) -> _Columns:
    value = FIGURE if any(row["value"] is not None for row in rows) else 0
    left = width - 2 - (value + 1 if value else 0)
    if width < BESIDE or not any(row["differs"] for row in rows):
        return _Columns(left * 2 // 5, left - left * 2 // 5 - 1, 0, value)
    title = left // 3
    now = (left - title) // 2
    return _Columns(title, now - 1, left - title - now - 1, value)


def _heading(rows: Sequence[Row], width: int) -> Content:
    return _columns(rows, width).line(" ", ("Programme", "Partners", "as saved", "Value"), MUTED)


def _programme(row: Row, columns: _Columns, width: int, *, below: bool) -> list[Content]:
    style = "bold $tight" if row["differs"] else "" if row["run"] else MUTED
    was = _named(row["before"] or [], columns.was) if row["differs"] else ""
    value = "" if row["value"] is None else f"{row['value']:.0f}"
    line = columns.line(
        MOVED if row["differs"] else " ",
        (row["programme"], _named(row["partners"], columns.now), was, value),
        style,
    )
    return (
        [
            line,
            fitted(
                f"was {_named(row['before'] or [], width - INDENT - 4)}", width - INDENT, MUTED
            ).pad_left(INDENT),
        ]
        if below
        else [line]
    )


def _named(partners: Sequence[str], width: int) -> str:
    """Return the partners beside one another, each cut to its share of the width.

    None: the programme waits.
    """
    if not partners:
        return WAITS
    room = max((width - 3 * (len(partners) - 1)) // len(partners), 4)
    return " + ".join(fitted(title, room).rstrip().plain for title in partners)


def _ranking(rows: Sequence[Row], subject: str, width: int, room: int) -> list[Content]:
    if room < 2 or not rows:  # noqa: PLR2004 - a heading and one partner
        return []
    lines = [fitted(f"Ranking · {subject}", width, "bold $primary")]
    lines += [_ranked(row, width) for row in rows[: room - 1]]
    return lines


def _ranked(row: Row, width: int) -> Content:
    rank, before = row["rank"], row["rank_before"]
    if rank is None:
        move, style = (f"{GONE} out", "bold $tight") if before else (GONE, MUTED)
    elif before is None:
        move, style = f"{UP} in", "bold $tight"
    else:
        move = "" if rank == before else f"{UP if rank < before else DOWN}{abs(rank - before)}"
        style = "bold $tight" if move else ""
    changed = _change(row["value"], row["value_before"], 1).strip(" ()")
    title = width - 3 - 6 - FIGURE - 6 - 4
    return cells(
        right(str(rank or ""), 3),
        fitted(move, 6, style),
        fitted(row["title"], title, style),
        right(f"{row['value']:.1f}", FIGURE),
        right(changed, 6, MUTED),
        gap=1,
    )


def _tight(rows: Sequence[Row], width: int, room: int) -> list[Content]:
    tight = [row for row in rows if row["tight"]]
    if room < 2 or not tight:  # noqa: PLR2004 - a heading and one limit
        return []
    lines = [fitted("Limits at or near capacity", width, "bold $primary")]
    for row in tight[: room - 1]:
        phase = f", {row['phase']}" if row["phase"] else ""
        lines.append(fitted(f"▲ {plain(row['title'])}{phase}: {row['amount']}", width))
    return lines
