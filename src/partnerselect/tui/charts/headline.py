"""Around the recommendation: what is asked, every limit, and what is worth finding out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from textual.content import Content

from partnerselect.tui.charts.approval import BADGES, WAITS
from partnerselect.tui.charts.bars import bar
from partnerselect.tui.charts.grid import Column, grid
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import (
    MUTED,
    NARROW,
    Lines,
    Row,
    called,
    cells,
    cut_within,
    fitted,
    width_of,
    wrapped,
)
from partnerselect.words import NO_FINDING, counted, points, short_share


def headline_lines(told: Sequence[Row], rows: Sequence[Row], width: int, *, full: bool) -> Lines:
    """Lay out what is asked: the sentences, and how sure as counts of the badges.

    Args:
        told: of `headline_rows`.
        rows: of `approval_rows`.
        width: in cells.
        full: say what the table says too, and each sentence on as many lines as it needs.
    """
    words = {one["kind"]: one["words"] for one in told}
    whole = words.get("whole", "") if full or width >= NARROW else ""
    deferred, money = words.get("deferred", "") if full else "", words.get("money", "")
    most, amounts = 0 if full else 2, words.get("amounts", "")
    beside = cells(Content(deferred).stylize("$tight"), Content(money).stylize(MUTED), gap=3)
    is_one = deferred and money and not amounts and beside.cell_length <= width
    return (
        *wrapped(words.get("approved", ""), width, "bold", most=most),
        *wrapped(words.get("condition", ""), width),
        *_badges(rows, whole, width, full=full),
        *((beside,) if is_one else wrapped(deferred, width, "$tight")),
        *wrapped(amounts, width, "$tight", most=most),
        *(() if is_one else wrapped(money, width, MUTED, most=most)),
    )


def _badges(rows: Sequence[Row], whole: str, width: int, *, full: bool) -> list[Content]:
    """Count the badges, and say how sure the whole is beside them or below.

    Where those deferred are not named, they are counted too.
    """
    kinds = Counter(row["certainty"].kind for row in rows if row["certainty"] and row["run"])
    deferred = 0 if full else sum(row["run"] is False for row in rows)

    def counts(*, in_short: bool) -> list[Content]:
        return [
            Content(f"{shape} {kinds[kind]} {short if in_short else kind}").stylize(hue)
            for name, (shape, hue, short) in BADGES.items()
            for kind in kinds
            if kind.name == name
        ] + [Content(WAITS.replace("□", f"□ {deferred}")).stylize("$tight")] * bool(deferred)

    shown = counts(in_short=cells(*counts(in_short=False)).cell_length > width)
    line = cells(*shown)
    beside = cells(line, Content(whole), gap=3)
    if shown and beside.cell_length <= width:
        return [beside]
    return [*([line.truncate(width)] if shown else []), *wrapped(whole, width)]


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
        left = max(room - width_of(phase), 4)
        title = cut_within(called(row, left), left) + phase
        return fitted(title, room, style(row))

    def used(row: Row, room: int) -> Content:
        return bar(row["share"], room, "$tight" if row["tight"] else "$bar")

    yield Column("", lambda row: (TIGHT_MARK if row["tight"] else "", style(row)), width=1)
    yield Column("", draw=name, part=1)
    yield Column("", draw=used, width=7)
    yield Column("", lambda row: (row["amount"], style(row)), is_figure=True)
    if width >= NARROW:
        yield Column(
            "", lambda row: (short_share(row["share"]), style(row)), width=4, is_figure=True
        )


# ── What is worth finding out, across programmes ──


def finding_sheet(rows: Sequence[Row] | None, width: int) -> Sheet:
    """Lay out the facts (`finding_rows`), those first that it costs most not to know.

    None: that is worked out once nobody asks for anything else.
    """
    if not rows:
        told = NO_FINDING if rows is not None else "not worked out yet"
        return Sheet((Item("", tuple(wrapped(told, width, MUTED))),))
    columns = (
        Column("The fact", lambda row: f"{row['name']}: {row['criterion']}", part=1),
        Column("Leader may change", _changes, is_figure=True),
        *([Column("Not knowing costs", _cost, is_figure=True)] if width >= NARROW else []),
    )
    table = grid(columns, rows, width)
    items = tuple(Item(row["key"], (table.line(row),)) for row in rows)
    return Sheet(items, head=(table.head,))


def _changes(row: Row) -> str:
    return f"in {counted(len(row['programmes']), 'programme')}"


def _cost(row: Row) -> str:
    return points(row["cost"])
