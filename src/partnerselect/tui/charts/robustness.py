"""How sure the ranking and the choice of one programme are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from partnerselect.tui.charts.bars import (
    CELL,
    bar,
    heat,
    interval,
    scale,
    tornado_ends,
    tornado_line,
)
from partnerselect.tui.charts.grid import Column, grid
from partnerselect.tui.charts.lines import lines_chart
from partnerselect.tui.charts.ranking import named, shares
from partnerselect.tui.charts.sheet import Item, Section, Sheet, page, sentences
from partnerselect.tui.charts.words import MUTED, WIDE, Lines, Row, hanging, width_of, wrapped
from partnerselect.words import ordinal, share

PLOT, PLOT_ROOMY = 9, 14
"""Lines of an open chart."""
WIDEST_BAR = 72
AGAIN = "Would the same be chosen again?"
SEEKING = "finding the best choice for every trial …"
LEAST_BAR, WIDEST_CHART = 30, 150


@dataclass(frozen=True)
class Study:
    """What is known of how sure one programme is."""

    standings: Sequence[Row]
    standing_words: Mapping[str, str]
    """What is to be added to a partner's places, by partner: its gate."""
    drawn: str
    """What the shares are shares of, and who leads."""
    intervals: Sequence[Row]
    """With the `title` of each weight."""
    lines: Mapping[str, Row]
    """Of `line_rows`, by criterion."""
    headlines: Sequence[str]
    turns: Sequence[str]
    margins: Sequence[Row]
    margin_words: str
    questions: Sequence[str]
    titles: Mapping[str, str]
    """Of the partners."""
    chosen: frozenset[str]
    nearest_weight: str | None
    """The criterion or branch whose weight comes nearest to another leader."""


@dataclass(frozen=True)
class Again:
    """How often the choice would come out the same if weights and scores were known better.

    The same for every programme but `pairs` and `verdict`.
    """

    told: Sequence[str]
    """What the shares are shares of, or why there are none; how often the whole choice is the best,
    and what it could lose."""
    verdict: str
    """The word and share of this programme's choice; empty where there is none."""
    pairs: Sequence[Row]
    """How often each partner would work on this programme: its `title`, `share`, and whether it is
    `recommended`."""
    others: Sequence[Row]
    """The whole choices that are the best most often, with their `share` and in `words`."""


@dataclass(frozen=True)
class Opened:
    """The weight whose lines are shown, and how high."""

    criterion: str | None
    height: int = PLOT


def robustness_sheet(study: Study, again: Again | None, width: int, opened: Opened) -> Sheet:
    """Lay out everything there is to say.

    What takes longest, the choice found anew in every draw, may still be missing.
    """
    return page(
        [
            _places(study, width),
            _weights(study, width, opened),
            Section(
                "turns",
                "What would change the leader, nearest first",
                sentences(study.headlines, width, mark="⇄"),
            ),
            _margins(study, width),
            _again(again, width),
            Section(
                "open",
                "Worth finding out before deciding",
                sentences(study.questions, width, mark="?"),
            ),
            Section(
                "all",
                "Everything that would change the leader",
                sentences(study.turns, width, mark="⇄"),
            ),
        ],
        width,
    )


def _places(study: Study, width: int) -> Section:
    heading = "How often each partner ranks 1st, 2nd, …"
    if not study.standings:
        return Section("places", heading, sentences([study.drawn], width))
    rows = [
        {**row, "title": study.titles[row["partner"]], "chosen": row["partner"] in study.chosen}
        for row in study.standings
    ]
    varied = "1st, if decisions vary" if width >= WIDE else "1st, decisions vary"
    is_varied = any(
        row["first_rank_share_with_gates"] not in {None, row["first_rank_share"]} for row in rows
    )
    gated = Column(
        varied,
        lambda row: shares(row["first_rank_share_with_gates"]),
        width=len(varied) + 2,
        is_figure=True,
    )
    title = min(max(width // 3, 20), 60)
    most = max((len(row["ranks"] or ()) for row in rows), default=0)
    left = width - title - gated.width * is_varied
    places = min(left // CELL, most)
    ranks = [_rank(n) for n in range(places)]
    columns = (named("Partner"), *ranks, *([gated] if is_varied else []))
    table = grid(columns, rows, width - left + CELL * places, gap=0)
    cut = f" Places after the {ordinal(places)} are left out." if places < most else ""
    shut = study.standing_words
    items = tuple(
        Item(k, (table.line(row), *wrapped(shut.get(k, ""), width, MUTED, indent=2)))
        for row in rows
        for k in [row["partner"]]
    )
    above = (*wrapped(f"{study.drawn}{cut}", width, MUTED), table.head)
    return Section("places", heading, items, above)


def _rank(n: int) -> Column:
    """Return the column of the shares of one place."""

    def part(row: Row, _: int) -> Content:
        ranks = row["ranks"] or ()
        return heat(ranks[n]) if n < len(ranks) else Content("")

    return Column(ordinal(n + 1), draw=part, width=CELL, is_figure=True)


def _weights(study: Study, width: int, opened: Opened) -> Section:
    told = {_weight_key(row): taken_over(row, study.titles) for row in study.intervals}
    longest = max(map(width_of, told.values()), default=0)
    beside = width >= WIDE and width - min(max(width // 3, 18), 36) - 10 - longest >= LEAST_BAR

    def drawn(row: Row, room: int) -> Content:
        turns = row["below"] is not None, row["above"] is not None
        return interval(row["whole_low"], row["whole"], row["whole_high"], room, turns=turns)

    def title(row: Row) -> tuple[str, str]:
        return row["title"], "bold" if row["criterion"] == opened.criterion else ""

    bars = Column("", draw=drawn, part=2, most=WIDEST_BAR)
    words = [Column("", lambda row: (told[_weight_key(row)], MUTED))] if beside else []
    columns = (
        Column("Weight of", title, part=1, most=36),
        Column("Given", lambda row: share(row["whole"]), is_figure=True),
    )
    table = grid((*columns, bars, *words), study.intervals, width, gap=1)
    above = (
        "Thick line: leader unchanged. ● the weight as given, ┃ another partner takes the lead; the"
        " other weights in proportion."
    )
    items = []
    for row in study.intervals:
        key = _weight_key(row)
        below = [] if beside else wrapped(told[key], width, MUTED, indent=2)
        chart = _chart(study, row, width, opened)
        items.append(Item(key, (table.line(row), *below, *chart)))
    head = table.head.truncate(table.across(2)) + Content(" ") + scale(table.widths[2])
    return Section(
        "weights",
        "How far each weight can move",
        tuple(items),
        (*wrapped(above, width, MUTED), head),
    )


def _chart(study: Study, row: Row, width: int, opened: Opened) -> Lines:
    """Return the lines of the weight that is open; nothing of the others."""
    if opened.criterion != row["criterion"]:
        return ()
    chart = lines_chart(study.lines[row["criterion"]], min(width - 2, WIDEST_CHART), opened.height)
    return tuple(line.pad_left(2) for line in chart)


def _weight_key(row: Row) -> str:
    return f"{row['criterion']}/{row['leader']}"


def taken_over(row: Row, titles: Mapping[str, str]) -> str:
    """Say who takes over beyond which share."""
    told = [
        f"{_beyond(side, row[end])}: {titles[row[side]]}"
        for side, end in (("below", "whole_low"), ("above", "whole_high"))
        if row[side]
    ]
    return "; ".join(told) or "nobody else leads, whatever it weighs"


def _beyond(side: str, part: float) -> str:
    told = share(part)
    return (
        f"{side} {told}" if told[0].isdigit() else f"at {told}"
    )  # "under 1%" is no place to be below of


def _margins(study: Study, width: int) -> Section:
    title = min(max(width // 4, 14), 48)
    ends = tornado_ends(study.margins) if study.margins else (0.0, 0.0)
    items = tuple(
        Item(f"{row['criterion']}/{row['partner'] or ''}", _margin(study, row, ends, width, title))
        for row in study.margins
    )
    told = f"{study.margin_words} Left of ┊ the lead is gone; │ marks where it is."
    return Section("margins", "What moves the lead most", items, tuple(wrapped(told, width, MUTED)))


def _margin(study: Study, row: Row, ends: tuple[float, float], width: int, title: int) -> Lines:
    whose = f"score of {row['whose']}" if row["partner"] else ""
    after = f"then {study.titles[row['turned_by']]} leads" if row["turned_by"] else ""
    if row["turned_by"] and row["turned_by"] == row["partner"]:
        after = "which then leads"
    return (
        tornado_line(row, ends, width, title),
        *wrapped(", ".join(part for part in (whose, after) if part), width, MUTED, indent=2),
    )


def _again(again: Again | None, width: int) -> Section:
    if again is None or not again.pairs:
        return Section("again", AGAIN, sentences(again.told if again else [SEEKING], width))
    verdict = [f"This programme's choice as a whole: {again.verdict}."] if again.verdict else []
    rows = [{**row, "title": row["partner"], "chosen": row["recommended"]} for row in again.pairs]

    def often(row: Row, room: int) -> Content:
        return bar(row["share"], room)

    columns = (
        named("", part=2),
        Column("", draw=often, part=1, most=WIDEST_BAR),
        Column("", lambda row: share(row["share"]), width=9, is_figure=True),
    )
    table = grid(columns, rows, width, gap=1)
    pairs = [Item(f"pair-{n}", (table.line(row),)) for n, row in enumerate(rows)]
    others = [
        Item(f"other-{n}", hanging(f"best in {share(row['share'])}", row["words"], width, MUTED))
        for n, row in enumerate(again.others)
    ]
    told = tuple(line for words in again.told for line in wrapped(words, width, MUTED))
    return Section("again", AGAIN, (*sentences(verdict, width), *pairs, *others), told)
