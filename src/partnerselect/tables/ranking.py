"""The partners of one programme: best first, how often each is how good, and what each scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerselect import rows
from partnerselect.analysis import Analysis
from partnerselect.robustness import criterion_title
from partnerselect.rows import leader_words, standing_rows
from partnerselect.tables.spec import PARTNER, VALUE, Column, Row, Table, table
from partnerselect.value import METHODS, ProgrammeOpinions
from partnerselect.words import share

RANKING = (
    Column("rank", "Rank", "whole"),
    PARTNER,
    VALUE,
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
)
IF_DECISIONS_VARY = (
    Column("first_rank_share_with_gates", "1st, if decisions vary", "share"),
    Column("unavailable", "Not available", "share"),
)
"""Where there are decisions of others."""
EVIDENCE = (
    Column("title", "Criterion"),
    Column("score", "Score"),
    Column("value", "Worth of 100", "number"),
    Column("weight", "Weight", "share"),
    Column("contribution", "Adds", "number"),
    Column("evidence", "Evidence"),
    Column("source", "Source"),
    Column("published", "Published"),
    Column("grade", "Grade"),
)
CRITERION = (Column("title", "Criterion"), Column("weight", "Weight", "share"))
BEHIND = (
    Column("title", "Criterion"),
    PARTNER,
    Column("score", "Score"),
    *EVIDENCE[-4:],
)
LETTERS = "ABCDEFGHIJ"


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
            *RANKING,
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
        **rows.titled(analysis.scenario, row),
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
        (*STANDINGS, *(IF_DECISIONS_VARY if scenario.gates else ())),
        (
            {
                **rows.titled(scenario, row),
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
    found = [row for row in analysis.recommendation.ranked(programme) if row.eligible]
    criteria = list(found[0].contributions) if found else []
    return table(
        scenario,
        f"contributions-{programme}",
        f"{scenario.programmes[programme].title}: what makes up each partner's value",
        (
            PARTNER,
            *(Column(path, criterion_title(scenario, path), "number") for path in criteria),
            VALUE,
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


def evidence_table(analysis: Analysis, programme: str, partner: str) -> Table:
    """Return what a partner scores for a programme, and what stands behind it."""
    scenario = analysis.scenario
    return table(
        scenario,
        "evidence",
        f"{scenario.partners[partner].title}, for {scenario.programmes[programme].title}",
        EVIDENCE,
        rows.score_rows(analysis, programme, partner),
        sources=("partners",),
    )


def gap_table(compared: rows.Pair) -> Table:
    """Return what two partners score and add, the largest difference first."""
    pair = compared.why, compared.why_not
    found = (
        {**_sides([row["why"], row["why_not"]]), **row, "difference": rows.point_difference(row)}
        for row in rows.gap_rows(compared)
    )
    return table(
        compared.analysis.scenario,
        "gap",
        f"Where the difference comes from · {_lettered(compared.analysis, pair)}",
        (*CRITERION, *_sided(2), Column("difference", "A − B", "number")),
        found,
    )


def sides_table(analysis: Analysis, programme: str, partners: Sequence[str]) -> Table:
    """Return what several partners score and add, the largest difference from the first on top."""
    scenario = analysis.scenario
    found = rows.side_rows(analysis, programme, partners)
    return table(
        scenario,
        "sides",
        f"{scenario.programmes[programme].title} · {_lettered(analysis, partners)}",
        (*CRITERION, *_sided(len(partners))),
        ({**row, **_sides(row["sides"])} for row in found),
    )


def _lettered(analysis: Analysis, partners: Sequence[str]) -> str:
    """Say which letter stands for whom."""
    titles = analysis.scenario.partner_titles
    named = zip(LETTERS, partners, strict=False)
    return " · ".join(f"{letter}: {titles[name]}" for letter, name in named)


def _sided(number: int) -> Iterator[Column]:
    """Yield the columns of so many partners, scores before points."""
    letters = LETTERS[:number]
    yield from (Column(f"score {letter}", f"Score {letter}") for letter in letters)
    yield from (Column(f"points {letter}", f"Points {letter}", "number") for letter in letters)


def _sides(sides: Sequence[Row]) -> Row:
    lettered = list(zip(LETTERS, sides, strict=False))
    return {
        **{f"score {letter}": side["score"] for letter, side in lettered},
        **{f"points {letter}": side["contribution"] for letter, side in lettered},
    }


def largest_differences_table(compared: rows.Pair) -> Table:
    """Return what stands behind the largest differences of two partners."""
    return table(
        compared.analysis.scenario,
        "evidence",
        "What stands behind the largest differences",
        BEHIND,
        ({**row, "evidence": _behind(row)} for row in rows.largest_difference_rows(compared)),
    )


def _behind(row: Row) -> str:
    if row["computed"]:
        return "worked out from its day rate, its other prices and who pays"
    if row["unknown"]:
        return str(row["evidence"]) or "not yet known"
    return str(row["evidence"]) or "assumed, no evidence given"
