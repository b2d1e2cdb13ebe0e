"""What people said: weights with their ranges, who disagrees, judgements that contradict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partnerselect import rows
from partnerselect.analysis import Analysis, agreement, judgements
from partnerselect.rows import of_programme, with_own_weights
from partnerselect.tables.spec import PROGRAMME, Column, Row, Table, table
from partnerselect.value import NEAR, Agreement
from partnerselect.words import figure, points, share

WIDEST = 3
"""Differences told in sentences; the table has them all."""
WEIGHTS = (
    Column("title", "Weight of"),
    Column("local", "Share beside its siblings", "share"),
    Column("whole", "Share of all weight", "share"),
    Column("worst", "From the worst"),
    Column("best", "To the best"),
)
GIVEN = (Column("method", "Given as"), Column("by", "Given by"))
FIRSTS = (
    Column("agreement", "Agreement on the order"),
    Column("satisfies", "Satisfies most groups"),
    Column("loss", "With it, would give up most"),
)
IN_SENTENCES = (
    PROGRAMME,
    Column("first", "Who puts whom first"),
    Column("agreement", "Agreement (Kendall's W)"),
    Column("ground", "Whom most could accept"),
)
RANKS = (
    Column("of", "Programme"),
    Column("title", "Partner"),
    Column("rank", "Ours", "whole"),
)
RANGES = (
    Column("title", "Weight of"),
    Column("worst", "From the worst"),
    Column("best", "To the best"),
)


def weight_tables(analysis: Analysis, programme: str | None) -> list[Table]:
    """Return the weights that hold for all, then those of programmes with their own."""
    own = [
        weights_table(
            analysis,
            f"Weights of {analysis.scenario.programmes[name].title}, from worst to best",
            rows.programme_weight_rows(analysis, name),
        )
        for name in with_own_weights(analysis, programme)
    ]
    return [
        weights_table(analysis, "Weights, from worst to best", rows.weight_rows(analysis)),
        *own,
    ]


def weights_table(analysis: Analysis, title: str, found: Sequence[Row]) -> Table:
    """Return criteria with their weights and the ranges they speak of."""
    ways = {(row["method"], row["by"]) for row in found if row["method"]}
    alike = [f"All given as {method}; by {by}." for method, by in ways] if len(ways) == 1 else []
    return table(
        analysis.scenario,
        "weights",
        title,
        (*WEIGHTS, *(GIVEN if len(ways) > 1 else ())),
        ({**row, "title": indented(row)} for row in found),
        note=" ".join(["A weight is what going from the worst to the best is worth.", *alike]),
        sources=("criteria",),
    )


def indented(row: Row) -> str:
    """Return a criterion's title, set in below its branch."""
    return f"{'· ' * row['criterion'].count('.')}{row['title']}"


def disagreement_tables(analysis: Analysis, programme: str | None) -> list[Table]:
    """Return whom each group puts first, how it ranks, where weights differ."""
    found = agreement(analysis)
    if not found.groups:
        return []
    return [
        _firsts(analysis, found, programme),
        group_ranks_table(analysis, found, programme),
        _group_weights(analysis, found),
    ]


def _by_group(values: Mapping[str, object]) -> Row:
    """Return a value for each group by the key of its column."""
    return {f"group {group}": value for group, value in values.items()}


def _firsts(analysis: Analysis, found: Agreement, programme: str | None) -> Table:
    titles, groups = analysis.scenario.group_titles, found.groups
    columns = [
        Column(
            f"group {one.group}", f"First for {titles[one.group]}, {share(one.voice)} of the votes"
        )
        for one in groups
    ]
    listed = of_programme(rows.agreement_rows(analysis, found), programme)
    return table(
        analysis.scenario,
        "agreement",
        "Who disagrees",
        (Column("title", "Programme"), *columns, *FIRSTS),
        (_first(analysis, row, len(groups)) for row in listed),
        note=_explained(found),
        sources=("table: agreement", "stakeholders"),
    )


def _first(analysis: Analysis, row: Row, groups: int) -> Row:
    partners = analysis.scenario.partner_titles
    firsts = {
        group: " and ".join(partners[name] for name in names)
        for group, names in row["leaders"].items()
    }
    return {
        **row,
        "title": analysis.scenario.programmes[row["programme"]].title,
        **_by_group(firsts),
        "satisfies": _satisfies(analysis, row, groups),
        "loss": _loss(analysis, row),
    }


def _explained(found: Agreement) -> str:
    """Explain the two columns that need it; agreement only where there are two to agree."""
    near = (
        f"A partner satisfies a group that puts it first or within {figure(NEAR)} points of first."
    )
    if len(found.groups) == 1:
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
        f" {groups}, {share(row['voices'])} of the votes"
    )


def _loss(analysis: Analysis, row: Row) -> str:
    if row["least_satisfied"] is None:
        return ""
    return (
        f"{analysis.scenario.group_titles[row['least_satisfied']]}: {points(row['greatest_loss'])}"
    )


def group_ranks_table(analysis: Analysis, found: Agreement, programme: str | None) -> Table:
    """Return the place that each stakeholder group gives each partner, beside ours."""
    scenario, titles = analysis.scenario, analysis.scenario.group_titles
    groups = [Column(f"group {one.group}", titles[one.group], "whole") for one in found.groups]
    listed = of_programme(rows.group_rows(analysis, found), programme)
    ranked = [
        {
            **row,
            "of": ""
            if above is not None and above["programme"] == row["programme"]
            else scenario.programmes[row["programme"]].title,
            **_by_group(row["ranks"]),
        }
        for above, row in zip([None, *listed], listed, strict=False)
    ]
    heading = "How each group ranks the partners"
    return table(scenario, "group-ranks", heading, (*RANKS, *groups), ranked)


def _group_weights(analysis: Analysis, found: Agreement) -> Table:
    """Return every group's shares of all weight, those on which they differ most first."""
    titles = analysis.scenario.group_titles
    differences = rows.difference_rows(analysis, found)
    by_group = {
        one.group: {row["criterion"]: row for row in rows.group_weight_rows(analysis, one.group)}
        for one in found.groups
    }
    any_of = by_group[found.groups[0].group]
    gaps = {row["criterion"]: row["gap"] for row in differences}
    order = [*gaps, *(path for path in any_of if path not in gaps)]
    given = [_given(titles[name], list(of.values())) for name, of in by_group.items()]
    return table(
        analysis.scenario,
        "group-weights",
        "Where their weights differ most",
        (
            *RANGES,
            *(Column(f"group {name}", titles[name], "share") for name in by_group),
            Column("gap", "Percentage points apart", "whole"),
        ),
        (
            {
                **any_of[path],
                **_by_group({name: of[path]["whole"] for name, of in by_group.items()}),
                "gap": None if gaps.get(path) is None else 100 * gaps[path],
            }
            for path in order
        ),
        note="\n".join([*(row["words"] for row in differences[:WIDEST]), *given]),
    )


def _given(group: str, found: Sequence[Row]) -> str:
    """Say how a group gave its weights, and which it took over from somebody else."""
    own = dict.fromkeys(row["method"] for row in found if row["by"] == group)
    taken: dict[str, list[str]] = {}
    for row in found:
        if row["by"] not in {"", group}:
            taken.setdefault(row["by"], []).append(row["title"])
    rest = "".join(f"; {', '.join(titles)}: as {by} has them" for by, titles in taken.items())
    return f"{group}: weights given as {' and '.join(own) or 'nothing of its own'}{rest}."


def contradiction_tables(analysis: Analysis) -> list[Table]:
    """Return the judgements that contradict one another too much; none where all fit."""
    found = [judged for judged in judgements(analysis) if judged.acceptable is False]
    if not found:
        return []
    return [
        table(
            analysis.scenario,
            "contradictions",
            "Judgements that contradict one another",
            (Column("words", "To think about again"),),
            ({"words": judged.words} for judged in found),
        )
    ]


def firsts_table(analysis: Analysis, found: Agreement) -> Table:
    """Return whom each group puts first, programme by programme, in sentences."""
    return table(
        analysis.scenario,
        "groups",
        "Whom each group puts first, programme by programme",
        IN_SENTENCES,
        (
            {
                **row,
                "programme": analysis.scenario.programmes[row["programme"]].title,
                "agreement": row["agreement"] or "—",
                "ground": row["ground"] or "—",
            }
            for row in rows.agreement_rows(analysis, found)
        ),
        note="How far they agree on the order of all partners is Kendall's W: from 0, no common"
        " order, to 1, the same order.",
        sources=("table: agreement", "stakeholders"),
    )
