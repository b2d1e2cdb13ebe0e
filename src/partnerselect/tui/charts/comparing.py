"""Two to four partners of one programme side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.approval import VERY_WIDE, WIDE
from partnerselect.tui.charts.bars import FULL, REST, WHOLE, hue_of, letter_of, stacked
from partnerselect.tui.charts.ranking import ALONE, CHOSEN, NOT_ELIGIBLE, legend_lines
from partnerselect.tui.charts.sections import Section, page, sentences
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, cells, day, fitted, right, width_of, wrapped
from partnerselect.words import amount, share

Row = dict[str, Any]
INDENT = 4
SCORE = 24
"""Cells of a score in words, at most."""
SURE = "Scored highest"
WORKING = "calculating what it would cost overall …"
ASSUMED, COMPUTED = (
    "△ assumed, no evidence",
    "worked out from prices and who pays them",
)


@dataclass(frozen=True)
class Against:
    """The first partner held against one of the others."""

    partner: str
    title: str
    told: Sequence[str]
    """What speaks for each."""
    price: str | None
    """What choosing the other would cost the whole; None while it is being worked out, empty where
    there is nothing to say."""
    turns: Sequence[str]
    """The nearest changes that would turn the order of the two."""


@dataclass(frozen=True)
class SideBySide:
    """What is shown of the partners compared."""

    partners: Sequence[Row]
    """Ranking rows with their `title` and how sure in words (`sure`), in the order compared."""
    criteria: Sequence[Row]
    """Of `side_rows`."""
    told: Sequence[str]
    """What was advised, and how sure it is."""
    against: Sequence[Against]
    legend: Sequence[tuple[str, float]]
    currency: str


def comparing_sheet(shown: SideBySide, width: int) -> Sheet:
    """Lay out the comparison."""
    sections = [
        _made_of(shown, width),
        _differences(shown, width),
        *(_other(shown, against, width) for against in shown.against),
    ]
    return page(
        [
            *sections,
            Section("advised", "What is recommended, and how sure", sentences(shown.told, width)),
        ],
        width,
    )


@dataclass(frozen=True)
class _Figures:
    """The widths of a line about a partner as a whole; no bar where it stands below."""

    title: int
    bar: int
    cost: int
    sure: int


def _made_of(shown: SideBySide, width: int) -> Section:
    cost = max(
        len(ALONE),
        *(width_of(amount(row["own_cost_alone"], shown.currency)) for row in shown.partners),
    )
    sure = max(len(SURE), *(width_of(row["sure"]) for row in shown.partners))
    room = width - 2 - cost - sure - 5 - 2 * 3
    bar = (room - 2) * 5 // 9 if width >= WIDE else 0
    columns = _Figures(room - bar - (2 if bar else 0), bar, cost, sure)
    heads = [
        fitted("Partner", columns.title).pad_left(2),
        *([fitted("What its value is made of", bar)] if bar else []),
    ]
    head = cells(*heads, right("Value", 5), right(ALONE, cost), fitted(SURE, sure)).stylize(MUTED)
    items = tuple(
        Item(row["partner"], _partner(row, columns, shown.currency, width))
        for row in shown.partners
    )
    return Section(
        "made-of", "What their value is made of", items, (*legend_lines(shown.legend, width), head)
    )


def _partner(row: Row, columns: _Figures, currency: str, width: int) -> Lines:
    style = "bold $chosen" if row["chosen"] else "bold"
    name = Content.assemble((f"{CHOSEN if row['chosen'] else ' '} ", style)) + fitted(
        row["title"], columns.title, style
    )
    parts = list(row["contributions"].values())
    figures = (
        right(f"{row['value']:.1f}", 5, "bold"),
        right(amount(row["own_cost_alone"], currency), columns.cost),
        fitted(row["sure"], columns.sure),
    )
    told = (
        []
        if row["eligible"] or row["chosen"]
        else wrapped(
            f"{NOT_ELIGIBLE}: {row['reason']}",
            width,
            MUTED,
            indent=2,
        )
    )
    if columns.bar:
        return (cells(name, stacked(parts, columns.bar), *figures), *told)
    return (cells(name, *figures), stacked(parts, width - 2).pad_left(2), *told)


def _differences(shown: SideBySide, width: int) -> Section:
    most = max((row["weight"] for row in shown.criteria), default=1.0) * WHOLE
    items = tuple(item for row in shown.criteria for item in _criterion(shown, row, most, width))
    told = (
        "Points that each criterion adds, out of as many as its weight allows; beside them, what"
        " the first has more (+) or less (−)."
    )
    head = Content("    Criterion  Weight").stylize(MUTED)
    return Section(
        "difference", "Where the difference comes from", items, (*wrapped(told, width, MUTED), head)
    )


def _criterion(shown: SideBySide, row: Row, most: float, width: int) -> list[Item]:
    letter = Content(f" {letter_of(row['number'])} ").stylize(
        f"bold auto on {hue_of(row['number'])}"
    )
    heading = cells(
        letter,
        fitted(row["title"], min(width - 9, 60), "bold").rstrip(),
        Content(share(row["weight"])).stylize(MUTED),
        gap=1,
    )
    score = min(
        max(width_of(side["score"]) for of in shown.criteria for side in of["sides"]), SCORE
    )
    columns = _Columns(width, score)
    lines = zip(shown.partners, row["sides"], row["differences"], strict=True)
    made = [
        Item(
            f"{row['criterion']}/{partner['partner']}",
            _side(columns, row, partner, side, 0.0 if n == 0 else gap, most),
        )
        for n, (partner, side, gap) in enumerate(lines)
    ]
    return [Item(made[0].key, made[0].lines, (heading,)), *made[1:]]


class _Columns:
    """The widths of a line of one partner on one criterion."""

    def __init__(self, width: int, score: int) -> None:
        self.width, self.score = width, score
        self.is_wide = width >= VERY_WIDE
        room = width - INDENT - score - 5 - 6 - 2 * 4
        self.title = min(room * 2 // 5, 40) if self.is_wide else min(room * 3 // 5, 52)
        self.bar = min((room - self.title) // 2, 40) if self.is_wide else room - self.title
        self.evidence = room - self.title - self.bar - 2 if self.is_wide else 0


def _side(columns: _Columns, row: Row, partner: Row, side: Row, gap: float, most: float) -> Lines:
    line = cells(
        fitted(partner["title"], columns.title),
        fitted(side["score"], columns.score),
        right(f"{side['contribution']:.1f}", 5, "bold"),
        part_bar(
            side["contribution"], row["weight"] * WHOLE, most, columns.bar, hue_of(row["number"])
        ),
        right(_signed(gap), 6, "" if gap else MUTED),
        *([fitted(behind(side), columns.evidence, MUTED)] if columns.is_wide else []),
    ).pad_left(INDENT)
    return (
        (line,)
        if columns.is_wide
        else (line, *wrapped(behind(side), columns.width, MUTED, indent=INDENT + 2, most=1))
    )


def _signed(gap: float) -> str:
    text = f"{gap:+.1f}"
    return "" if text in {"+0.0", "-0.0"} else text.replace("-", "−")


def part_bar(points: float, of: float, most: float, width: int, hue: str) -> Content:
    """Return points as a heavy line on a light one as long as the points to be had.

    Every point as long on every criterion.
    """
    whole = max(round(of / most * width), 1) if of > 0 else 0
    filled = min(max(round(points / most * width), 1), whole) if points > 0 else 0
    return Content.assemble(
        (FULL * filled, hue), (REST * (whole - filled), "$track"), " " * (width - whole)
    )


def behind(side: Row) -> str:
    """Return what stands behind a score, its source, date and grade."""
    if side["computed"]:
        return COMPUTED
    told = [
        side["evidence"],
        side["source"],
        day(side["published"]) if side["published"] else "",
        f"grade {side['grade']}" if side["grade"] else "",
    ]
    return (
        " · ".join(part for part in told if part) if side["evidence"] or side["source"] else ASSUMED
    )


def _other(shown: SideBySide, against: Against, width: int) -> Section:
    price = (WORKING,) if against.price is None else (against.price,) if against.price else ()
    told = [
        *sentences(against.told, width),
        *sentences(price, width, mark="£" if shown.currency == "GBP" else "→"),
        *sentences(against.turns, width, mark="⇄"),
    ]
    items = tuple(Item(str(n), item.lines) for n, item in enumerate(told))
    return Section(f"against-{against.partner}", f"And if it were {against.title}?", items)
