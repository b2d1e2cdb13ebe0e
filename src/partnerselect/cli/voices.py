"""What people said, as tables of `robustness`: weights with their ranges, who disagrees, judgements that contradict one another."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect import rows
from partnerselect.analysis import Analysis, agreement, judgements
from partnerselect.report.tables import Table
from partnerselect.report.tables.closer import group_ranks_table
from partnerselect.rows import Row
from partnerselect.rows.people import group_titles
from partnerselect.rows.report import title
from partnerselect.rows.voices import of_programme, with_own_weights
from partnerselect.value.agreement import NEAR, Agreement
from partnerselect.words.wording import points, share, share_or_blank

WIDEST = 3
"""Differences told in sentences; the table has them all."""


def weight_tables(analysis: Analysis, programme: str | None) -> list[Table]:
    """Return the weights that hold for all, then those of programmes with their own, each with the range it speaks of."""
    own = [
        _weights(
            analysis,
            f"Weights of {analysis.scenario.programmes[name].title}, from worst to best",
            rows.programme_weight_rows(analysis, name),
        )
        for name in with_own_weights(analysis, programme)
    ]
    return [_weights(analysis, "Weights, from worst to best", rows.weight_rows(analysis)), *own]


def _weights(analysis: Analysis, about: str, found: Sequence[Row]) -> Table:
    ways = {(row["method"], row["by"]) for row in found if row["method"]}
    given = [() if len(ways) <= 1 else (row["method"], row["by"]) for row in found]
    shown = tuple(
        (
            _criterion(row),
            share_or_blank(row["local"]),
            share(row["whole"]),
            row["worst"],
            row["best"],
            *own,
        )
        for row, own in zip(found, given, strict=True)
    )
    how = ("Given as", "Given by") if len(ways) > 1 else ()
    columns = (
        "Weight of",
        "Share beside its siblings",
        "Share of all weight",
        "From the worst",
        "To the best",
        *how,
    )
    alike = [f"All given as {method}; by {by}." for method, by in ways] if len(ways) == 1 else []
    return Table(
        title(analysis, about),
        columns,
        shown,
        " ".join(["A weight is what going from the worst to the best is worth.", *alike]),
    )


def _criterion(row: Row) -> str:
    """Return a criterion's title, set in below its branch."""
    return f"{'· ' * row['criterion'].count('.')}{row['title']}"


def disagreement_tables(analysis: Analysis, programme: str | None) -> list[Table]:
    """Return who disagrees: whom each group puts first, how each ranks the partners, where weights differ; nothing without groups."""
    told = agreement(analysis)
    if not told.groups:
        return []
    return [
        _firsts(analysis, told, programme),
        group_ranks_table(analysis, told, programme),
        _group_weights(analysis, told),
    ]


def _firsts(analysis: Analysis, told: Agreement, programme: str | None) -> Table:
    partners = {name: partner.title for name, partner in analysis.scenario.partners.items()}
    shown = tuple(
        (
            analysis.scenario.programmes[row["programme"]].title,
            *(
                " and ".join(partners[name] for name in row["leaders"][view.group])
                for view in told.groups
            ),
            row["agreement"],
            _satisfies(analysis, row, len(told.groups)),
            _loss(analysis, row),
        )
        for row in of_programme(rows.agreement_rows(analysis, told), programme)
    )
    first = (
        f"First for {group_titles(analysis)[view.group]}, {share(view.voice)} of the voices"
        for view in told.groups
    )
    columns = (
        "Programme",
        *first,
        "On the order of all, they",
        "Satisfies most groups",
        "With it, would give up most",
    )
    return Table(title(analysis, "Who disagrees"), columns, shown, _explained(told))


def _explained(told: Agreement) -> str:
    """Explain the two columns that need it; agreement only where there are two to agree."""
    near = f"A partner satisfies a group that puts it first or within {NEAR:g} points of first."
    if len(told.groups) == 1:
        return near
    return (
        f"{near}\nThe figure beside the agreement runs from 0, no common order of the partners, to"
        " 1, the same order in every group (Kendall's W)."
    )


def _satisfies(analysis: Analysis, row: Row, groups: int) -> str:
    if row["common_ground"] is None:
        return ""
    return (
        f"{analysis.scenario.partners[row['common_ground']].title}: {len(row['satisfied'])} of"
        f" {groups}, {share(row['voices'])} of the voices"
    )


def _loss(analysis: Analysis, row: Row) -> str:
    return (
        ""
        if row["least_satisfied"] is None
        else f"{group_titles(analysis)[row['least_satisfied']]}: {points(row['greatest_loss'])}"
    )


def _group_weights(analysis: Analysis, told: Agreement) -> Table:
    """Return every group's shares of all weight with the range they speak of, the criterion on which they differ most first."""
    groups = group_titles(analysis)
    differences = rows.difference_rows(analysis, told)
    by_group = {
        view.group: {row["criterion"]: row for row in rows.group_weight_rows(analysis, view.group)}
        for view in told.groups
    }
    any_of = by_group[told.groups[0].group]
    gaps = {row["criterion"]: row["gap"] for row in differences}
    order = [*gaps, *(path for path in any_of if path not in gaps)]
    shown = tuple(
        (
            *(any_of[path][key] for key in ("title", "worst", "best")),
            *(share(found[path]["whole"]) for found in by_group.values()),
            _gap(gaps.get(path)),
        )
        for path in order
    )
    columns = (
        "Weight of",
        "From the worst",
        "To the best",
        *(groups[view.group] for view in told.groups),
        "Apart",
    )
    given = [_given(groups[name], list(found.values())) for name, found in by_group.items()]
    return Table(
        title(analysis, "Where their weights differ most"),
        columns,
        shown,
        "\n".join([*(row["words"] for row in differences[:WIDEST]), *given]),
    )


def _gap(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f} points"


def _given(group: str, found: Sequence[Row]) -> str:
    """Say how a group gave its weights, and for which it took over those of somebody else."""
    own = dict.fromkeys(row["method"] for row in found if row["by"] == group)
    taken: dict[str, list[str]] = {}
    for row in found:
        if row["by"] not in {"", group}:
            taken.setdefault(row["by"], []).append(row["title"])
    rest = "".join(f"; {', '.join(titles)}: as {by} has them" for by, titles in taken.items())
    return f"{group}: weights given as {' and '.join(own) or 'nothing of its own'}{rest}."


def contradiction_tables(analysis: Analysis) -> list[Table]:
    """Return the judgements that contradict one another more than is accepted.

    Nothing where all fit.
    """
    found = [judged for judged in judgements(analysis) if judged.acceptable is False]
    if not found:
        return []
    return [
        Table(
            title(analysis, "Judgements that contradict one another"),
            ("To think again about",),
            tuple((judged.words,) for judged in found),
        )
    ]
