"""The levers, the answer beside the saved one, and what differs."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from partnerselect.tui.charts.grid import Column, grid
from partnerselect.tui.charts.sheet import Item, Section, Sheet, page
from partnerselect.tui.charts.words import (
    MUTED,
    Lines,
    Row,
    apart,
    fitted,
    together,
    width_of,
    wrapped,
)
from partnerselect.words import amount, counted, difference

if TYPE_CHECKING:
    from partnerselect.what_if import Lever

MOVED, WAITS, GONE = "≠", "□ deferred", "✗"
"""Marks of what is not as saved, of a programme that waits, and of a partner that cannot be chosen.
"""
UP, DOWN = "▲", "▼"
FOLDED, UNFOLDED = "▸", "▾"
GROUP = "group:"
"""What the key of a folded group begins with."""
SHARES = 34
"""Width from which on there is room for what a weight is a share of."""
NOTE, NOTED = 68, 12
"""Width from which on there is room for what else there is to know of a lever, and its cells."""
BESIDE = 80
"""Width of the answer from which on the partners as saved stand beside those of now, not below
them."""


def levers_sheet(
    levers: Sequence[Lever],
    saved: Mapping[str, str],
    subject: str,
    opened: Container[str],
    width: int,
) -> Sheet:
    """Lay out the levers, group by group, of one folded only how many there are.

    Those moved are marked, with what was saved where there is room.

    Args:
        levers: as they stand.
        saved: what each shows in the saved scenario, by its key.
        subject: the programme whose scores they are.
        opened: the groups that are not folded.
        width: in cells.
    """
    columns = _levers(levers, saved, width)
    table, items = grid(columns, levers, width, gap=1), []
    for group, members in groupby(levers, key=lambda lever: lever.group):
        inside = list(members)
        moved = sum(_is_moved(lever, saved) for lever in inside)
        of = f" · {subject}" if group == "Scores" else ""
        told = f"{group} · {len(inside)}{f' · {MOVED} {moved}' if moved else ''}{of}"
        if group not in opened:
            heading = fitted(f"{FOLDED} {told}", width, "bold $tight" if moved else "bold $primary")
            items.append(Item(f"{GROUP}{group}", (heading,), is_heading=True))
            continue
        above: Lines = (fitted(f"{UNFOLDED} {told}", width, "bold $primary"),)
        for lever in inside:
            items.append(Item(lever.key, (table.line(lever),), above=above))
            above = ()
    return Sheet(tuple(items))


def _levers(levers: Sequence[Lever], saved: Mapping[str, str], width: int) -> tuple[Column, ...]:
    """Return the columns: whether it is moved, its name, what it shows, and what was saved."""

    def style(lever: Lever) -> str:
        return "bold $tight" if _is_moved(lever, saved) else ""

    titles = cache(partial(apart, {lever.key: lever.title for lever in levers}))

    def title(lever: Lever, room: int) -> Content:
        return fitted(titles(room)[lever.key], room, style(lever))

    def share_of_all(lever: Lever) -> tuple[str, str]:
        return (lever.note if lever.group == "Weights" else ""), MUTED

    def beside(lever: Lever) -> tuple[str, str]:
        was = f"was {saved[lever.key]}" if _is_moved(lever, saved) else lever.note
        return was, MUTED

    return (
        Column("", lambda lever: (MOVED if _is_moved(lever, saved) else "", style(lever)), width=1),
        Column("", draw=title, part=1),
        Column(
            "",
            lambda lever: (lever.shown, style(lever)),
            most=max(width // 3, 8),
            is_figure=True,
        ),
        *([Column("", beside, width=NOTED)] if width >= NOTE else []),
        *([Column("", share_of_all, is_figure=True)] if SHARES <= width < NOTE else []),
    )


def _is_moved(lever: Lever, saved: Mapping[str, str]) -> bool:
    return lever.shown != saved.get(lever.key, lever.shown)


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
    count = counted(len(told), "change")
    lines = [
        Content.assemble(("Not saved: ", "bold $tight"), (count, "bold $tight"))
        if told
        else Content.assemble(
            ("As saved. ", "bold"),
            ("Change something on the left to see what would follow.", MUTED),
        )
    ]
    lines += wrapped(f"{GONE} {failure}", width, "bold $error", most=2) if failure else []
    room = most - len(lines)
    marked = [f"{MOVED} {sentence}" for sentence in told]
    whole = [line for sentence in marked for line in wrapped(sentence, width)]
    if len(whole) > room > 0:
        whole = wrapped(" · ".join(marked), width, most=room)
    return tuple([*lines, *whole][:most])


# ── The answer ──


@dataclass(frozen=True)
class AnswerRows:
    """Everything that is told of the answer."""

    status: Content
    words: str
    """Who is no longer used, what is deferred, how much more or less from us."""
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


def answer_sheet(rows: AnswerRows, width: int) -> Sheet:
    """Lay out the answer, the ranking of one programme, and the limits at or near capacity."""
    tight = [
        f"{row['title']}{', ' if row['phase'] else ''}{row['phase'] or ''}: {row['amount']}"
        for row in rows.gauges
        if row["tight"]
    ]
    limits = tuple(Item(str(n), tuple(wrapped(f"▲ {told}", width))) for n, told in enumerate(tight))
    sections = [
        _programmes(rows, width),
        _ranking(rows, width),
        Section("limits", "Limits at or near capacity", limits),
    ]
    return page(sections, width, head=(rows.status.truncate(width), *_total(rows, width)))


def _total(rows: AnswerRows, width: int) -> list[Content]:
    now, saved = rows.total, rows.saved
    if now["value"] is None:
        told = "No choice of partners meets everything asked for."
        return wrapped(told, width, "bold $tight")
    compared = saved["value"] if rows.is_alike else None
    value = f"Value {now['value']:.1f}" + _change(now["value"], compared)
    cost = f"{amount(now['own_cost'], now['currency'])} from us" + _money(now, saved)
    runs = f"{now['running']} of {now['programmes']} go ahead"
    whole = f"{value} · {cost} · {runs}"
    ways = [whole], [f"{value} · {runs}", cost], [value, cost, runs]
    lines = next((way for way in ways if max(map(width_of, way)) <= width), ways[-1])
    return [
        *wrapped(rows.words, width, "bold $tight"),
        *(fitted(line, width, "bold") for line in lines),
        *wrapped(_measured_otherwise(rows), width, MUTED),
    ]


def _measured_otherwise(rows: AnswerRows) -> str:
    """Say what stands in the place of a difference of values that have two measures."""
    if rows.is_alike or rows.saved["value"] is None:
        return ""
    told = (
        f"Not comparable with {rows.saved['value']:.1f} as saved: values are measured differently."
    )
    if rows.saved_value is None:
        return told
    return f"{told} Measured as now, the choice as saved is worth {rows.saved_value:.1f}."


def _change(now: float, before: float | None) -> str:
    if before is None or round(now - before, 1) == 0:
        return ""
    return f" ({'+' if now > before else '−'}{abs(difference(now, before)):.1f})"


def _money(now: Row, saved: Row) -> str:
    if saved["own_cost"] is None or round(now["own_cost"]) == round(saved["own_cost"]):
        return ""
    more = now["own_cost"] > saved["own_cost"]
    by = amount(abs(now["own_cost"] - saved["own_cost"]), now["currency"])
    return f" ({'+' if more else '−'}{by})"


def _programmes(rows: AnswerRows, width: int) -> Section:
    """Return a line for every programme, and one for its partners as saved where they differ."""
    differ = any(row["differs"] for row in rows.programmes)
    nobody = GONE if rows.total["value"] is None else WAITS
    is_beside = width >= BESIDE and differ

    def style(row: Row) -> str:
        return "bold $tight" if row["differs"] else "" if row["run"] else MUTED

    def programme(row: Row, room: int) -> Content:
        whole = all(width_of(one["programme"]) <= room for one in rows.programmes)
        return fitted(row["programme" if whole else "name"], room, style(row))

    def partners(row: Row, room: int) -> Content:
        return _named(row["partners"], row["names"], room, nobody).stylize(style(row))

    def saved(row: Row, room: int) -> Content:
        if not row["differs"]:
            return Content("")
        return _named(row["before"] or [], row["before_names"] or [], room).stylize(MUTED)

    columns = (
        Column("", lambda row: (MOVED if row["differs"] else "", style(row)), width=1),
        Column("Programme", draw=programme, part=3 if is_beside else 2),
        Column("Partners", draw=partners, part=3),
        *([Column("as saved", draw=saved, part=3)] if is_beside else []),
        Column(
            "Value",
            lambda row: ("" if row["value"] is None else f"{row['value']:.0f}", style(row)),
            is_figure=True,
        ),
    )
    table, items = grid(columns, rows.programmes, width, gap=1), []
    for row in rows.programmes:
        lines = [table.line(row)]
        if row["differs"] and not is_beside:
            was = " + ".join(row["before_names"] or []) or WAITS
            lines += wrapped(f"was {was}", width, MUTED, indent=4)
        items.append(Item(row["id"], tuple(lines)))
    return Section("programmes", "Programmes", tuple(items), (table.head,))


def _named(titles: Sequence[str], names: Sequence[str], width: int, nobody: str = WAITS) -> Content:
    """Return partners by their titles where they fit, else by their short names."""
    if not titles:
        return fitted(nobody, width)
    return together(titles if width_of(" + ".join(titles)) <= width else names, width)


def _ranking(rows: AnswerRows, width: int) -> Section:
    offering = [row for row in rows.ranking if row["offers"]]
    columns = (
        Column("", lambda row: str(row["rank"] or ""), width=3, is_figure=True),
        Column("", _moved, width=6),
        Column(
            "",
            lambda row: (row["title"], _moved(row)[1]),
            short=lambda row: str(row["name"]),
            part=1,
        ),
        Column("", lambda row: f"{row['value']:.1f}", is_figure=True),
        Column(
            "",
            lambda row: (_change(row["value"], row["value_before"]).strip(" ()"), MUTED),
            width=6,
            is_figure=True,
        ),
    )
    table = grid(columns, offering, width, gap=1)
    items = tuple(Item(row["partner"], (table.line(row),)) for row in offering)
    return Section("ranking", f"Ranking · {rows.subject}", items)


def _moved(row: Row) -> tuple[str, str]:
    """Return how many places a partner has moved, and the style of one that has."""
    rank, before = row["rank"], row["rank_before"]
    if rank is None:
        return (f"{GONE} out", "bold $tight") if before else (GONE, MUTED)
    if before is None:
        return f"{UP} in", "bold $tight"
    by = f"{UP if rank < before else DOWN}{abs(rank - before)}"
    return (by, "bold $tight") if rank != before else ("", "")
