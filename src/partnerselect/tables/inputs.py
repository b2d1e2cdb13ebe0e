"""What people typed, what the checks found in it, and two published checklists."""

from __future__ import annotations

from collections.abc import Iterable

from partnerselect import rows
from partnerselect.advice import ISPOR, MANUAL, PartnerAdvice
from partnerselect.analysis import Analysis
from partnerselect.model import PRICE_KINDS, Estimate, Scenario, programme_of
from partnerselect.rows import input_rows, partner_cost_rows
from partnerselect.tables.spec import PARTNER, Column, Row, Table, table
from partnerselect.value import US
from partnerselect.words import amount, counted, share

SCORES = (
    PARTNER,
    Column("programme", "For"),
    Column("criterion", "Criterion"),
    Column("score", "Score"),
    Column("evidence", "Evidence"),
    Column("source", "Source"),
    Column("grade", "Grade"),
)
PRICES = (
    PARTNER,
    *(Column(kind.key, kind.heading, "money") for kind in PRICE_KINDS),
    Column("payer", "Who pays"),
    Column("gate", "Depends on"),
)
OPTIONS = (
    Column("title", "Option"),
    Column("about", "What it is"),
    Column("possible", "Could be chosen for"),
    Column("chosen", "Recommended for"),
)
FINDINGS = (
    Column("severity", "Severity", width=12),
    Column("words", "Finding", width=60),
    Column("mend", "How to resolve it", width=50),
    Column("source", "Source", width=40),
    Column("path", "Where in the scenario", width=30),
)
PRACTICE = (
    Column("checklist", "Checklist"),
    Column("item", "Item"),
    Column("title", "What it asks"),
    Column("state", "State"),
    Column("why", "Why"),
)
SHORT = {ISPOR: "ISPOR (2016)", MANUAL: "Multi-criteria manual (2009)"}


def scores_table(analysis: Analysis) -> Table:
    """Return every typed score and what stands behind it."""
    return table(
        analysis.scenario,
        "inputs",
        "Scores and what stands behind them",
        SCORES,
        (
            {
                **row,
                "programme": row["programme"] or "every programme",
                "evidence": row["evidence"] or "none stated",
                "source": ", ".join(x for x in (row["source"], row["published"]) if x) or "—",
                "grade": row["grade"] or "—",
            }
            for row in input_rows(analysis)
        ),
        sources=("partners",),
    )


def prices_table(analysis: Analysis) -> Table:
    """Return every partner's prices, who pays them, and what it depends on."""
    currency, ours = analysis.scenario.currency, analysis.scenario.payer_name(US)
    return table(
        analysis.scenario,
        "prices",
        "Prices",
        PRICES,
        (
            {
                **row,
                **{kind.key: _price(row[kind.key], currency) for kind in PRICE_KINDS},
                "payer": f"{row['payer']} {share(row['covers'])}" if row["payer"] else ours,
                "gate": row["gate"] or "—",
            }
            for row in partner_cost_rows(analysis)
        ),
        sources=("partners",),
    )


def _price(price: float, currency: str) -> float | str:
    """Return a price, with its ends where it is a range."""
    if not isinstance(price, Estimate):
        return price
    low, _, high = price.ends
    return f"{amount(price, currency)} ({amount(low, currency)} to {amount(high, currency)})"


def options_table(analysis: Analysis) -> Table:
    """Return doing nothing and every partner: what it is, and for how much it could be chosen."""
    scenario, ranking = analysis.scenario, analysis.recommendation.ranking
    nothing = {
        "title": "Doing nothing",
        "about": "What each programme would be worth without a partner (its baseline).",
        "possible": f"all {len(scenario.entries)}",
        "chosen": "—",
    }
    partners = (
        {
            "title": partner.title,
            "about": " ".join(filter(None, (partner.about, partner.notes))) or "—",
            "possible": counted(
                _programmes(row for row in ranking if row.partner == name and row.eligible),
                "programme",
            ),
            "chosen": _chosen(
                _programmes(row for row in ranking if row.partner == name and row.chosen)
            ),
        }
        for name, partner in scenario.partners.items()
    )
    return table(
        scenario,
        "options",
        "Options weighed",
        OPTIONS,
        [nothing, *partners],
        sources=("partners", "table: ranking"),
    )


def _programmes(found: Iterable[PartnerAdvice]) -> int:
    """Count programmes, each once, however many levels it has."""
    return len({programme_of(row.programme) for row in found})


def _chosen(programmes: int) -> str:
    return counted(programmes, "programme") if programmes else "—"


def checks_table(scenario: Scenario, found: Iterable[Row], places: Iterable[str]) -> Table:
    """Return findings (`check_rows`), each with its place in the files."""
    return table(
        scenario,
        "checks",
        f"{scenario.title}: checks",
        (FINDINGS[0], Column("place", "Place"), *FINDINGS[1:]),
        ({**row, "place": place} for row, place in zip(found, places, strict=True)),
        sources=("table: checks",),
    )


def findings_table(analysis: Analysis) -> Table:
    """Return every finding of the checks."""
    return table(
        analysis.scenario,
        "checks",
        "What the checks found",
        FINDINGS,
        rows.check_rows(analysis),
        sources=("table: checks",),
    )


def practice_table(analysis: Analysis) -> Table:
    """Return two published checklists, item by item."""
    return table(
        analysis.scenario,
        "practice",
        "Two published checklists, item by item",
        PRACTICE,
        ({**row, "checklist": SHORT[row["source"]]} for row in rows.practice_rows(analysis)),
        note=f"{ISPOR}. {MANUAL}. In our words.",
        sources=("table: good practice",),
    )
