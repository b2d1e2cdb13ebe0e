"""The partners of one programme: best first, and how often each is how good."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect import rows
from partnerselect.analysis import Analysis
from partnerselect.robustness.flip_sentences import criterion_title
from partnerselect.rows.robustness import leader_words, standing_rows
from partnerselect.tables.spec import PARTNER, Column, Row, Table, priced, table
from partnerselect.value.second_opinion import METHODS, ProgrammeOpinions
from partnerselect.words.wording import share

RANKING = (
    Column("rank", "Rank", "whole"),
    PARTNER,
    Column("value", "Value", "number"),
    Column("sure", "Scored highest"),
    Column("own_cost_alone", "Cost to us, if used alone", "money"),
)
STANDINGS = (
    PARTNER,
    Column("first_rank_share", "First", "share"),
    Column("second", "Second", "share"),
    Column("third", "Third", "share"),
    Column("first_rank_share_any_weights", "1st, any weights", "share"),
    Column("confidence", "1st, its best weights", "share"),
    Column("first_rank_share_with_gates", "1st, if decisions vary", "share"),
    Column("unavailable", "Not available", "share"),
)


def ranking_table(
    analysis: Analysis, opinions: tuple[ProgrammeOpinions, ...], programme: str
) -> Table:
    """Return all partners of a programme, best first, with other methods' ranks where asked."""
    scenario, ranking = analysis.scenario, rows.ranking_rows(analysis)
    ranked = rows.with_second_opinions(ranking, opinions) if opinions else ranking
    others = [Column(key, title, "whole") for key, (title, _) in METHODS.items() if opinions]
    words = [row["words"] for row in rows.opinion_rows(opinions) if row["programme"] == programme]
    return table(
        scenario,
        f"ranking-{programme}",
        scenario.programmes[programme].title,
        (
            *priced(RANKING, scenario.currency),
            *others,
            Column("is_chosen", ""),
            Column("reason", "Why not"),
        ),
        (_ranked(analysis, row) for row in ranked if row["programme"] == programme),
        note="\n".join([leader_words(analysis, programme), *words]).strip(),
        sources=("table: ranking",),
    )


def _ranked(analysis: Analysis, row: Row) -> Row:
    opinions = row["second_opinions"] or {}
    return {
        **row,
        "partner": analysis.scenario.partners[row["partner"]].title,
        "value": row["value"] if row["eligible"] else None,
        "sure": rows.highest_share_words(row),
        "own_cost_alone": row["own_cost_alone"] if row["covers"] else None,
        "is_chosen": "chosen" if row["chosen"] else "",
        "reason": row["reason"]
        if row["eligible"] or row["chosen"]
        else f"Not eligible. {row['reason']}",
        **{method: opinion["rank"] for method, opinion in opinions.items()},
    }


def standings_table(analysis: Analysis, programme: str) -> Table:
    """Return how often each partner of a programme takes the first places.

    Below it who leads how surely.
    """
    scenario = analysis.scenario
    words = [leader_words(analysis, programme), _below_minimum(analysis, programme)]
    return table(
        scenario,
        f"standings-{programme}",
        scenario.programmes[programme].title,
        STANDINGS,
        (
            {
                **row,
                "partner": scenario.partners[row["partner"]].title,
                "second": place_share(row, 1),
                "third": place_share(row, 2),
            }
            for row in standing_rows(analysis, programme)
        ),
        note="\n".join(line for line in words if line),
        sources=("table: standings",),
    )


def place_share(row: Row, place: int) -> float | None:
    """Return how often a partner takes a place, 0 being the first; None where not known."""
    return row["ranks"][place] if row["ranks"] and len(row["ranks"]) > place else None


def _below_minimum(analysis: Analysis, programme: str) -> str:
    drawn = analysis.robustness.programmes.get(programme)
    return " ".join(
        f"{analysis.scenario.partners[item.partner].title} falls below what is required on"
        f" {criterion_title(analysis.scenario, item.criterion)} in {share(item.share)} of the"
        " trials."
        for item in (drawn.below_minimum if drawn else ())
        if item.share > 0
    )


def contributions_table(analysis: Analysis, programme: str) -> Table:
    """Return what makes up each eligible partner's value."""
    scenario = analysis.scenario
    found = [
        row
        for row in analysis.recommendation.ranking
        if row.programme == programme and row.eligible
    ]
    criteria = list(found[0].contributions) if found else []
    return table(
        scenario,
        f"contributions-{programme}",
        f"{scenario.programmes[programme].title}: what makes up each partner's value",
        (
            PARTNER,
            *(Column(path, criterion_title(scenario, path), "number") for path in criteria),
            Column("value", "Value", "number"),
        ),
        (
            {
                **row.contributions,
                "partner": scenario.partners[row.partner].title
                + (" (recommended)" if row.chosen else ""),
                "value": sum(row.contributions.values()),
            }
            for row in found
        ),
        sources=("table: ranking",),
    )


def places_table(analysis: Analysis, programme: str, drawn: Sequence[Row]) -> Table:
    """Return how often each partner takes each place (`acceptability_rows`)."""
    gated = drawn[0]["unavailable"] is not None
    places = [
        Column(f"place {n}", title, "share")
        for n, title in enumerate(("First", "Second", "Third")[: len(drawn[0]["ranks"])])
    ]
    unavailable = [Column("unavailable", "Decision refused", "share")] if gated else []
    return table(
        analysis.scenario,
        f"acceptability-{programme}",
        f"{analysis.scenario.programmes[programme].title}: how often each partner takes each place,"
        f" {basis(drawn)}",
        (PARTNER, *places, *unavailable),
        (
            {**row, **{f"place {n}": part for n, part in enumerate(row["ranks"][: len(places)])}}
            for row in drawn
        ),
        sources=("table: standings",),
    )


def basis(drawn: Sequence[Row]) -> str:
    """Say what the shares of the places are shares of."""
    if drawn[0]["unavailable"] is None:
        return "of trials that vary the weights and scores"
    return "of trials that vary the weights, scores and decisions of others"
