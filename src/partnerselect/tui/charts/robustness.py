"""How sure the ranking and the choice of one programme are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.approval import WIDE
from partnerselect.tui.charts.bars import bar
from partnerselect.tui.charts.heat import CELL, heat
from partnerselect.tui.charts.intervals import interval, scale
from partnerselect.tui.charts.lines import lines_chart
from partnerselect.tui.charts.ranking import CHOSEN
from partnerselect.tui.charts.sections import Section, page, sentences
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.tornado import tornado_ends, tornado_line
from partnerselect.tui.charts.words import MUTED, cells, fitted, right, width_of, wrapped
from partnerselect.words import share

Row = dict[str, Any]
PLOT, PLOT_ROOMY = 9, 14
"""Lines of an open chart."""
WIDEST_BAR = 72
AGAIN = "Would the same be chosen again?"
SEEKING = "finding the best choice for every trial … (Esc to cancel)"
SHARE = 18
"""Cells of a share of whole choices."""
LEAST_BAR, WIDEST_CHART = 30, 150
GATED, SHORT_GATED = "1st, if decisions vary", "1st, if varied"
"""Over the share of first places when gates are drawn too."""


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
    most = max((len(row["ranks"]) for row in study.standings if row["ranks"]), default=0)
    gated = (
        len(_gated(width)) + 2
        if any(row["first_rank_share_with_gates"] is not None for row in study.standings)
        else 0
    )
    title = min(max(width // 3, 20), 60)
    places = min((width - title - 2 - gated) // CELL, most)
    columns = _Places(title, places, gated)
    ordinals = [right(_place(n), CELL) for n in range(1, places + 1)]
    head = (
        Content("")
        .join([fitted("Partner", title).pad_left(2), *ordinals, right(_gated(width), gated)])
        .stylize(MUTED)
    )
    cut = [f"Places after the {_place(places)} are left out."] if places < most else []
    items = tuple(
        Item(row["partner"], _standing(study, row, columns, width)) for row in study.standings
    )
    return Section(
        "places",
        "How often each partner ranks 1st, 2nd, …",
        items,
        (*wrapped(" ".join([study.drawn, *cut]), width, MUTED), head),
    )


def _gated(width: int) -> str:
    return GATED if width >= WIDE else SHORT_GATED


@dataclass(frozen=True)
class _Places:
    """The widths of a line of the heat map."""

    title: int
    places: int
    gated: int


def _place(n: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(n, f"{n}th")


def _standing(study: Study, row: Row, columns: _Places, width: int) -> Lines:
    is_chosen = row["partner"] in study.chosen
    style = "bold $chosen" if is_chosen else ""
    name = Content.assemble((f"{CHOSEN if is_chosen else ' '} ", style)) + fitted(
        study.titles[row["partner"]], columns.title, style
    )
    ranks = row["ranks"] or ()
    cells_of = [heat(part) for part in ranks[: columns.places]] + [Content(" " * CELL)] * (
        columns.places - len(ranks[: columns.places])
    )
    gated = row["first_rank_share_with_gates"]
    shut = wrapped(study.standing_words.get(row["partner"], ""), width, MUTED, indent=2)
    return (
        Content("").join(
            [name, *cells_of, right("" if gated is None else share(gated), columns.gated)]
        ),
        *shut,
    )


def _weights(study: Study, width: int, opened: Opened) -> Section:
    told = {_weight_key(row): taken_over(row, study.titles) for row in study.intervals}
    longest = max(map(width_of, told.values()), default=0)
    title = min(max(width // 3, 18), 36)
    beside = width >= WIDE and width - title - 10 - longest >= LEAST_BAR
    columns = _Weights(
        title, min(width - title - 9 - (longest + 1 if beside else 0), WIDEST_BAR), beside
    )
    head = cells(
        fitted("Weight of", title), right("Given", 7), scale(columns.bar), gap=1
    ).stylize_before(MUTED)
    words = (
        "Thick line: leader unchanged. ● the weight as given, ┃ another partner takes the lead; the"
        " other weights in proportion. Enter shows the chart."
    )
    items = tuple(
        Item(_weight_key(row), _interval(study, row, columns, width, opened))
        for row in study.intervals
    )
    return Section(
        "weights", "How far each weight can move", items, (*wrapped(words, width, MUTED), head)
    )


@dataclass(frozen=True)
class _Weights:
    """Widths of a line of the weights, and whether its words stand beside the bar."""

    title: int
    bar: int
    beside: bool


def _weight_key(row: Row) -> str:
    return f"{row['criterion']}/{row['leader']}"


def _interval(study: Study, row: Row, columns: _Weights, width: int, opened: Opened) -> Lines:
    turns = row["below"] is not None, row["above"] is not None
    drawn = interval(row["whole_low"], row["whole"], row["whole_high"], columns.bar, turns=turns)
    is_open = opened.criterion == row["criterion"]
    line = cells(
        fitted(row["title"], columns.title, "bold" if is_open else ""),
        right(share(row["whole"]), 7),
        drawn,
        gap=1,
    )
    words = taken_over(row, study.titles)
    chart = (
        lines_chart(study.lines[row["criterion"]], min(width - 2, WIDEST_CHART), opened.height)
        if is_open
        else ()
    )
    below = () if columns.beside else tuple(wrapped(words, width, MUTED, indent=2))
    return (
        cells(line, Content(words).stylize(MUTED), gap=1) if columns.beside else line,
        *below,
        *(part.pad_left(2) for part in chart),
    )


def taken_over(row: Row, titles: Mapping[str, str]) -> str:
    """Say who takes over beyond which share."""
    told = [f"{_beyond('below', row['whole_low'])}: {titles[row['below']]}"] if row["below"] else []
    told += (
        [f"{_beyond('above', row['whole_high'])}: {titles[row['above']]}"] if row["above"] else []
    )
    return "; ".join(told) or "nobody else leads, whatever it weighs"


def _beyond(side: str, part: float) -> str:
    told = share(part)
    return (
        f"{side} {told}" if told[0].isdigit() else f"at {told}"
    )  # "under 1%" is no place to be below of


def _margins(study: Study, width: int) -> Section:
    title = min(max(width // 4, 18), 48)
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
    if again is None:
        return Section("again", AGAIN, sentences([SEEKING], width))
    verdict = [f"This programme's choice as a whole: {again.verdict}."] if again.verdict else []
    title = min(max(width // 2, 20), 60)
    pairs = tuple(
        Item(f"pair-{n}", (_pair(row, title, width),)) for n, row in enumerate(again.pairs)
    )
    others = tuple(Item(f"other-{n}", _other(row, width)) for n, row in enumerate(again.others))
    told = tuple(line for words in again.told for line in wrapped(words, width, MUTED))
    if not pairs:
        return Section("again", AGAIN, sentences(again.told, width))
    return Section("again", AGAIN, (*sentences(verdict, width), *pairs, *others), told)


def _pair(row: Row, title: int, width: int) -> Content:
    style = "bold $chosen" if row["recommended"] else ""
    name = Content.assemble((f"{CHOSEN if row['recommended'] else ' '} ", style)) + fitted(
        row["partner"], title, style
    )
    return cells(
        name,
        bar(row["share"], min(width - title - 14, WIDEST_BAR)),
        right(share(row["share"]), 9),
        gap=1,
    )


def _other(row: Row, width: int) -> Lines:
    lines = wrapped(row["words"], width, MUTED, indent=SHARE)
    return (
        (
            fitted(f"best in {share(row['share'])}", SHARE - 1) + Content(" ") + lines[0][SHARE:],
            *lines[1:],
        )
        if lines
        else ()
    )
