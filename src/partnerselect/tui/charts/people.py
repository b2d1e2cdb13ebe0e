"""Who disagrees: groups by partners, where their weights differ, whom most could accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from partnerselect.tui.charts.bars import CELL, bar, hue_of, legend_lines, letter_of, ranked
from partnerselect.tui.charts.grid import Column, grid
from partnerselect.tui.charts.ranking import CHOSEN
from partnerselect.tui.charts.sheet import Item, Section, Sheet, page, sentences
from partnerselect.tui.charts.words import (
    MUTED,
    Lines,
    Row,
    called,
    cells,
    fitted,
    right,
    width_of,
    wrapped,
)
from partnerselect.words import share

LEAST_NAME = 12
"""Cells of a name."""
GROUND = "◇"
"""Marks the partner that satisfies most."""


@dataclass(frozen=True)
class Voices:
    """What the groups say of one programme, and how their weights differ."""

    groups: Sequence[tuple[str, str, float]]
    """Id, title and share of the votes."""
    ranking: Sequence[Row]
    """Of `group_rows`, one programme's."""
    agreement: Row
    """Of `agreement_rows`, this programme's."""
    everywhere: Sequence[Row]
    """The same of every programme, each with its `title`."""
    differences: Sequence[Row]
    """Of `difference_rows`."""
    weights: Mapping[str, Mapping[str, float]]
    """By group, then criterion: shares of all weight."""
    titles: Mapping[str, str]
    """Of the partners."""


def people_sheet(voices: Voices, width: int) -> Sheet:
    """Lay out who disagrees on one programme, and why."""
    told = Section("words", "In words", sentences([voices.agreement["words"]], width))
    return page(
        [_matrix(voices, width), told, _weights(voices, width), _everywhere(voices, width)], width
    )


def _matrix(voices: Voices, width: int) -> Section:
    room = max((width - 2 - LEAST_NAME) // CELL - 1, 1)
    groups = voices.groups[:room]
    left_out = len(voices.groups) - len(groups)
    told = (
        f"The place each group gives each partner by its own weights. {CHOSEN} recommended,"
        f" {GROUND} satisfies most groups."
    )
    told += (
        f" ▸ There is no room for the last {left_out} of {len(voices.groups)} groups: widen the"
        " window, or export the table."
        if left_out
        else ""
    )
    table = grid(_places(voices, groups), voices.ranking, width, gap=0)
    items = tuple(Item(row["partner"], (table.line(row),)) for row in voices.ranking)
    legend = legend_lines([(title, voice) for _, title, voice in voices.groups], width)
    above = (*legend, *wrapped(told, width, MUTED), table.head)
    return Section("places", "How each group ranks the partners", items, above)


def _places(voices: Voices, groups: Sequence[tuple[str, str, float]]) -> tuple[Column, ...]:
    ground, count = voices.agreement["common_ground"], len(voices.ranking)

    def name(row: Row, room: int) -> Content:
        is_ground = row["partner"] == ground
        mark = f"{CHOSEN if row['chosen'] else ' '}{GROUND if is_ground else ' '}"
        style = "bold $chosen" if row["chosen"] else "bold" if is_ground else ""
        return (Content(mark) + fitted(called(row, room - 2), room - 2)).stylize(style)

    ranks = [
        Column(
            f"{letter_of(n)} ",
            draw=lambda row, _, group=group: ranked(row["ranks"][group], count),  # type: ignore[misc]
            width=CELL,
            is_figure=True,
            style=f"bold {hue_of(n)}",
        )
        for n, (group, _, _) in enumerate(groups)
    ]
    ours = Column(
        "Ours ", draw=lambda row, _: ranked(row["rank"], count), width=CELL, is_figure=True
    )
    return (Column("Partner", draw=name, part=1, most=62, indent=2), ours, *ranks)


def _weights(voices: Voices, width: int) -> Section:
    most = max((row["most_whole"] for row in voices.differences), default=0.0) or 1.0
    items = tuple(
        Item(row["criterion"], _difference(voices, row, most, width)) for row in voices.differences
    )
    return Section(
        "weights",
        "Where their weights differ most",
        items,
        tuple(wrapped("Shares of all weight, the widest difference first.", width, MUTED)),
    )


def _difference(voices: Voices, row: Row, most: float, width: int) -> Lines:
    apart = f"{100 * row['gap']:.0f} percentage points apart"
    title = fitted(row["title"], max(width - len(apart) - 2, LEAST_NAME), "bold")
    bars = [
        cells(
            Content(f"  {letter_of(n)}").stylize(f"bold {hue_of(n)}"),
            bar(part / most, min(width - 13, 60), hue_of(n)),
            right(share(part), 6),
            gap=1,
        )
        for n, (group, _, _) in enumerate(voices.groups)
        for part in [voices.weights[group][row["criterion"]]]
    ]
    return (cells(title, Content(apart).stylize(MUTED)).truncate(width), *bars)


def _everywhere(voices: Voices, width: int) -> Section:
    items = tuple(
        Item(row["programme"], _programme(voices, row, width)) for row in voices.everywhere
    )
    return Section("everywhere", "In every programme", items)


def _programme(voices: Voices, row: Row, width: int) -> Lines:
    agreed = row["agreement"] or row["w_reason"]
    title = fitted(row["title"], max(width - width_of(agreed) - 2, LEAST_NAME), "bold")
    heading = cells(title, Content(agreed).stylize(MUTED)).truncate(width)
    return (heading, *_firsts(voices, row, width), *_ground(voices, row, width))


def _firsts(voices: Voices, row: Row, width: int) -> Lines:
    """Say whom each group puts first, the groups of one mind together."""
    behind: dict[str, list[int]] = {}
    for n, (group, _, _) in enumerate(voices.groups):
        named = " and ".join(voices.titles[name] for name in row["leaders"].get(group, ()))
        behind.setdefault(named or "nobody is eligible", []).append(n)
    return tuple(
        Content.assemble("  ", *((letter_of(n), f"bold {hue_of(n)}") for n in numbers), " ")
        + fitted(first, width - 3 - len(numbers)).rstrip()
        for first, numbers in behind.items()
    )


def _ground(voices: Voices, row: Row, width: int) -> Lines:
    if row["common_ground"] is None:
        return ()
    told = (
        f"{GROUND} {voices.titles[row['common_ground']]} satisfies {len(row['satisfied'])} of"
        f" {len(voices.groups)}, {share(row['voices'])} of the votes"
    )
    return (fitted(told, width - 2, MUTED).rstrip().pad_left(2),)


HOW_TO_ASK = """\
This scenario names no stakeholder groups, so disagreement cannot be shown. \
To use this view, add each group, its share of the vote, and what matters to it:

stakeholders:
  board:
    title: Board of directors
    voice: 2
    weights: {{method: direct, points: {{{points}}}}}
  carers:
    title: Service users and carers
    voice: 1
    weights: {{method: rank, order: [{order}]}}

Save the file and this view follows by itself. How weights can be given (points, swing, ranks, \
pairs, best and worst): docs/scenario-format.md."""


def how_to_ask(criteria: Sequence[str], width: int) -> Sheet:
    """Say what to write to get this view, in the scenario's own criteria (those at the top)."""
    points = ", ".join(f"{name}: {max(60 - 10 * n, 10)}" for n, name in enumerate(criteria))
    lines = HOW_TO_ASK.format(points=points, order=", ".join(reversed(criteria))).split("\n")
    return Sheet(tuple(Item(str(n), _as_written(line, width)) for n, line in enumerate(lines)))


def _as_written(line: str, width: int) -> Lines:
    indent = len(line) - len(line.lstrip())
    is_yaml = line.startswith((" ", "stakeholders:"))
    style, indent = ("$primary", indent + 2) if is_yaml else ("", indent)
    return tuple(wrapped(line.strip(), width, style, indent=indent)) or (Content(""),)
