"""What partners score and what stands behind it: one partner, or several beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerselect import rows
from partnerselect.analysis import Analysis
from partnerselect.rows import explain
from partnerselect.tables.spec import PARTNER, Column, Row, Table, table

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


def gap_table(compared: explain.Pair) -> Table:
    """Return what two partners score and add, the largest difference first."""
    one, other = (compared.title(name) for name in (compared.why, compared.why_not))
    found = [
        {**_sides([row["why"], row["why_not"]]), **row, "difference": explain.apart(row)}
        for row in explain.gap_rows(compared)
    ]
    return table(
        compared.analysis.scenario,
        "gap",
        f"Where the difference comes from · A: {one} · B: {other}",
        (*CRITERION, *_sided(2), Column("difference", "A − B", "number")),
        found,
    )


def sides_table(analysis: Analysis, programme: str, partners: Sequence[str]) -> Table:
    """Return what several partners score and add, the largest difference from the first on top."""
    scenario = analysis.scenario
    whom = " · ".join(
        f"{letter}: {scenario.partners[name].title}"
        for letter, name in zip(LETTERS, partners, strict=False)
    )
    found = explain.side_rows(analysis, programme, partners)
    return table(
        scenario,
        "sides",
        f"{scenario.programmes[programme].title} · {whom}",
        (*CRITERION, *_sided(len(partners))),
        ({**row, **_sides(row["sides"])} for row in found),
    )


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


def largest_differences_table(compared: explain.Pair) -> Table:
    """Return what stands behind the largest differences of two partners."""
    return table(
        compared.analysis.scenario,
        "evidence",
        "What stands behind the largest differences",
        BEHIND,
        ({**row, "evidence": _behind(row)} for row in explain.evidence_rows(compared)),
    )


def _behind(row: Row) -> str:
    if row["computed"]:
        return "computed from prices and who pays"
    if row["unknown"]:
        return str(row["evidence"]) or "not yet known"
    return str(row["evidence"]) or "assumed, no evidence given"
