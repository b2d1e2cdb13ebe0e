"""Who disagrees: groups by partners, where their weights differ, whom most could accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.bars import bar, hue_of, letter_of
from partnerselect.tui.charts.heat import CELL, ranked
from partnerselect.tui.charts.ranking import CHOSEN, legend_lines
from partnerselect.tui.charts.sections import Section, page, sentences
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, cells, fitted, right, width_of, wrapped
from partnerselect.words import share

Row = dict[str, Any]
LEAST_BAR, LEAST_NAME = 8, 12
"""Cells of a bar, and of a partner's name."""
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


def _legend(voices: Voices, width: int) -> Lines:
    return legend_lines([(title, voice) for _, title, voice in voices.groups], width)


def _matrix(voices: Voices, width: int) -> Section:
    room = max((width - 2 - LEAST_NAME) // CELL - 1, 1)
    groups = voices.groups[:room]
    title = max(min(width - CELL * (len(groups) + 1) - 2, 60), LEAST_NAME)
    letters = [
        Content(letter_of(n).rjust(CELL - 1) + " ").stylize(f"bold {hue_of(n)}")
        for n in range(len(groups))
    ]
    head = (
        fitted("Partner", title).pad_left(2).stylize(MUTED)
        + right("Ours ", CELL).stylize(MUTED)
        + Content("").join(letters)
    )
    items = tuple(
        Item(row["partner"], (_partner(voices, row, title, groups).truncate(width),))
        for row in voices.ranking
    )
    told = (
        f"The place each group gives each partner by its own weights. {CHOSEN} recommended,"
        f" {GROUND} satisfies most groups."
    )
    left_out = len(voices.groups) - len(groups)
    told += (
        f" ▸ There is no room for the last {left_out} of {len(voices.groups)} groups: widen the"
        " window, or export the table (x)."
        if left_out
        else ""
    )
    return Section(
        "places",
        "How each group ranks the partners",
        items,
        (*_legend(voices, width), *wrapped(told, width, MUTED), head.truncate(width)),
    )


def _partner(
    voices: Voices, row: Row, title: int, groups: Sequence[tuple[str, str, float]]
) -> Content:
    is_ground = row["partner"] == voices.agreement["common_ground"]
    mark = f"{CHOSEN if row['chosen'] else ' '}{GROUND if is_ground else ' '}"
    style = "bold $chosen" if row["chosen"] else "bold" if is_ground else ""
    places = [row["rank"], *(row["ranks"][group] for group, _, _ in groups)]
    return (
        Content.assemble((mark, style))
        + fitted(row["title"], title, style)
        + Content("").join([ranked(place, len(voices.ranking)) for place in places])
    )


def _weights(voices: Voices, width: int) -> Section:
    most = (
        max(
            (
                share_of
                for row in voices.differences
                for share_of in (row["least_whole"], row["most_whole"])
            ),
            default=1.0,
        )
        or 1.0
    )
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
    """Return one criterion's bars, beside one another where there is room."""
    apart = f"{100 * row['gap']:.0f} percentage points apart"
    title = min(max(width // 3, 16), 40)
    beside = (width - title - len(apart) - 2 - 2 * len(voices.groups)) // len(voices.groups) - 9
    heading = fitted(row["title"], title, "bold")
    if beside >= LEAST_BAR:
        bars = [
            _bar(n, voices.weights[group][row["criterion"]], most, min(beside, 30))
            for n, (group, _, _) in enumerate(voices.groups)
        ]
        return (cells(heading, *bars, right(apart, len(apart), MUTED)),)
    bars = [
        _bar(n, voices.weights[group][row["criterion"]], most, min(width - 13, 60)).pad_left(2)
        for n, (group, _, _) in enumerate(voices.groups)
    ]
    return (
        cells(fitted(row["title"], width - len(apart) - 2, "bold"), Content(apart).stylize(MUTED)),
        *bars,
    )


def _bar(number: int, part: float, most: float, width: int) -> Content:
    return cells(
        Content(letter_of(number)).stylize(f"bold {hue_of(number)}"),
        bar(part / most, width, hue_of(number)),
        right(share(part), 6),
        gap=1,
    )


def _everywhere(voices: Voices, width: int) -> Section:
    items = tuple(
        Item(row["programme"], _programme(voices, row, width)) for row in voices.everywhere
    )
    return Section(
        "everywhere",
        "In every programme",
        items,
        tuple(wrapped("Enter goes to the programme.", width, MUTED)),
    )


def _programme(voices: Voices, row: Row, width: int) -> Lines:
    agreed = row["agreement"] or row["w_reason"]
    room = width - width_of(agreed) - 2
    heading = (
        cells(fitted(row["title"], max(room, 12), "bold"), Content(agreed).stylize(MUTED))
        if agreed
        else fitted(row["title"], width, "bold")
    )
    return (heading.truncate(width), *_firsts(voices, row, width), *_ground(voices, row, width))


def _firsts(voices: Voices, row: Row, width: int) -> Lines:
    """Say whom each group puts first, the groups of one mind together."""
    behind: dict[str, list[int]] = {}
    for n, (group, _, _) in enumerate(voices.groups):
        behind.setdefault(
            " and ".join(voices.titles[name] for name in row["leaders"].get(group, ())), []
        ).append(n)
    lines = []
    for first, numbers in behind.items():
        letters = Content("").join(
            [Content(letter_of(n)).stylize(f"bold {hue_of(n)}") for n in numbers]
        )
        lines.append(
            letters.pad_left(2)
            + Content(" ")
            + fitted(first or "nobody is eligible", width - 3 - len(numbers)).rstrip()
        )
    return tuple(lines)


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
    told = [Content("") if not line.strip() else line for line in lines]
    items = [
        Item(str(n), (line,) if isinstance(line, Content) else _as_written(line, width))
        for n, line in enumerate(told)
    ]
    return Sheet(tuple(items))


def _as_written(line: str, width: int) -> Lines:
    indent = len(line) - len(line.lstrip())
    is_yaml = line.startswith((" ", "stakeholders:"))
    return tuple(
        wrapped(
            line.strip(),
            width,
            "$primary" if is_yaml else "",
            indent=indent + (2 if is_yaml else 0),
        )
    )
