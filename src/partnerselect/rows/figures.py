"""The rows that figures are drawn from; what they hold is said in `report.figures`."""

from __future__ import annotations

from partnerselect.allocation.frontier import Frontier
from partnerselect.analysis import Analysis, comparison
from partnerselect.robustness.flip_sentences import criterion_title
from partnerselect.rows.advice import frontier_rows
from partnerselect.rows.report import Row
from partnerselect.rows.robustness import standing_rows


def contribution_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return what each criterion adds to each eligible partner's value, partners best first."""
    scenario = analysis.scenario
    return [
        {
            "programme": scenario.programmes[programme].title,
            "partner": scenario.partners[row.partner].title,
            "criterion": criterion_title(scenario, criterion),
            "contribution": part,
            "chosen": row.chosen,
        }
        for row in analysis.recommendation.ranking
        if row.programme == programme and row.eligible
        for criterion, part in row.contributions.items()
    ]


def frontier_points(analysis: Analysis, frontier: Frontier) -> list[Row]:
    """Return the efficient choices, the cheapest first: what comes in and goes, in titles."""
    titles = analysis.scenario
    rows = []
    for row in frontier_rows(frontier):
        enters, leaves = exchanged(analysis, row)
        come = list(
            dict.fromkeys(titles.programmes[one["programme"]].title for one in row["enters"])
        )
        rows.append(
            {
                "currency": titles.currency,
                "own_cost": row["own_cost"],
                "value": row["value"],
                "today": row["today"],
                "efficient": row["efficient"],
                "label": come[0] if len(come) == 1 else "",
                "enters": enters,
                "leaves": leaves,
            }
        )
    return rows


def exchanged(analysis: Analysis, step: Row) -> tuple[list[str], list[str]]:
    """Return who comes in and who goes out at a step of the frontier, in titles.

    A partner on both sides with what it does.
    """
    come, go = (
        {(one["programme"], one["partner"]) for one in step[side]} for side in ("enters", "leaves")
    )
    told = (
        [_engagement(analysis, one, come & go) for one in step[side]]
        for side in ("enters", "leaves")
    )
    enters, leaves = (list(dict.fromkeys(words)) for words in told)
    return enters, leaves


def begun_with(analysis: Analysis, step: Row) -> list[str]:
    """Return everybody chosen at a step of the frontier, in titles."""
    return list(dict.fromkeys(_engagement(analysis, one, set()) for one in step["engagements"]))


def _engagement(analysis: Analysis, entry: Row, stays: set[tuple[str, str]]) -> str:
    scenario, pair = analysis.scenario, (entry["programme"], entry["partner"])
    component = f" ({entry['component']})" if pair in stays else ""
    return f"{scenario.partners[pair[1]].title} for {scenario.programmes[pair[0]].title}{component}"


def acceptability_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return the share of trials in which each partner takes each rank, the best first.

    Where gates were drawn, of those draws, so that with `unavailable` each row comes to 1; else of
    the trials with gates as stated, and `unavailable` is None.
    """
    scenario = analysis.scenario
    rows = [row for row in standing_rows(analysis, programme) if row["ranks"] is not None]
    gated = any(row["unavailable"] for row in rows)
    told = [
        {
            "programme": scenario.programmes[programme].title,
            "partner": scenario.partners[row["partner"]].title,
            "ranks": row["ranks_with_gates"] if gated else row["ranks"],
            "unavailable": row["unavailable"] if gated else None,
        }
        for row in rows
    ]
    return sorted(told, key=lambda row: [-part for part in row["ranks"][:1]])


def sensitivity_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return each partner's value if a criterion had none and all of its siblings' weight."""
    scenario = analysis.scenario
    compared = comparison(analysis, programme)
    return [
        {
            "programme": scenario.programmes[programme].title,
            "criterion": criterion_title(scenario, node.path),
            "partner": scenario.partners[partner].title,
            "at_none": float(node.at_none[k]),
            "at_all": float(node.at_all[k]),
            "share": node.share,
        }
        for node in compared.nodes
        for k, partner in enumerate(compared.partners)
    ]
