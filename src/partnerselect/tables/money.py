"""What the choice costs and its limits, and what more or less money would buy."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect.allocation import AMOUNTS
from partnerselect.analysis import Analysis
from partnerselect.model import LeastCost, Scenario
from partnerselect.rows import (
    OVERLAP,
    amount_rows,
    amount_sentences,
    begun_with,
    exchanged,
    fixed_rows,
    gauge_rows,
    payer_rows,
    reach_rows,
    same_value_words,
    work_rows,
    working_rows,
)
from partnerselect.tables.spec import OWN_COST, PARTNER, PROGRAMME, VALUE, Column, Row, Table, table
from partnerselect.words import NEAR_CAPACITY, amount, listed, share

SUMS = tuple(Column(one.key, one.title, one.kind) for one in AMOUNTS)
WORKING = (
    PARTNER,
    Column("work", "What it does"),
    Column("gates", "Depends on"),
    Column("funding", "Who pays"),
    *SUMS,
)
WORK = (
    PROGRAMME,
    Column("component", "Component"),
    PARTNER,
    Column("phases", "When"),
    Column("days", "Days", "quantity"),
    Column("cost", "Cost of these days", "money"),
)
FIXED = (
    Column("what", "What"),
    PROGRAMME,
    PARTNER,
    Column("phase", "Phase"),
    *SUMS,
)
TOTAL = Column("total", "In all", "money")
LIMITS = (
    Column("title", "Limit"),
    Column("phase", "Phase"),
    Column("amount", "Used"),
    Column("share", "Share", "share"),
)
MAY_COME_TO = (
    Column("title", "Limit", width=34),
    Column("phase", "Phase", width=20),
    Column("limit", "At most", width=14),
    Column("likely", "Counted with", width=14),
    Column("p80", "Not passed in 80% of trials", width=14),
    Column("over_share", "Passes the limit in", "share", width=12),
    Column("reserve", "More, to make that 20%", width=14),
)
REACH = (
    Column("group", "Staff group", width=30),
    Column("phase", "Phase", width=20),
    Column("people", "People reached", "quantity", width=14),
    Column("of", "Of", "whole", width=10),
    Column("share", "Share", "share", width=10),
    Column("programme", "By", width=40),
)
POINTS = (
    OWN_COST,
    VALUE,
    Column("is_today", ""),
)
STEPS = (*POINTS, Column("enters", "Comes in"), Column("leaves", "Goes out"))
NEAR = 2
"""Steps shown on each side of the recommended choice."""


def working_table(analysis: Analysis) -> Table:
    """Return what each partner engaged would do, what it depends on, and what it costs."""
    scenario = analysis.scenario
    funded = (partner.funding for partner in scenario.partners.values())
    payers = sorted({funding.payer for funding in funded if funding} - scenario.payers.keys())
    return table(
        scenario,
        "working",
        "What each partner would do, what that depends on, and what it costs",
        WORKING,
        (
            {
                **row,
                "work": "; ".join(row["work"]),
                "gates": "; ".join(row["gates"]) or "—",
                "funding": row["funding"] or "we pay all",
            }
            for row in working_rows(analysis)
        ),
        note=f"Payers are shown by their short names: {listed(payers)}." if payers else "",
        sources=("table: allocation", "partners"),
    )


def work_table(analysis: Analysis) -> Table:
    """Return the days of help, by programme and component."""
    return table(
        analysis.scenario,
        "allocation",
        "Days of help, by programme and component",
        WORK,
        ({**row, "phases": ", ".join(row["phases"])} for row in work_rows(analysis)),
        sources=("table: allocation",),
    )


def finance_table(analysis: Analysis) -> Table:
    """Return the cost by payer and phase."""
    found = payer_rows(analysis)
    phases = list(found[0]["by_phase"]) if found else []
    phases = [] if phases == [None] else phases
    by_payer = [
        {
            "payer": _payer(analysis.scenario, row),
            **{f"in {phase}": row["by_phase"][phase] for phase in phases},
            "total": row["total"],
        }
        for row in found
    ]
    sums = (
        *(Column(f"in {phase}", _phase(analysis.scenario, phase), "money") for phase in phases),
        TOTAL,
    )
    whole: Row = {"payer": "All", **{one.key: _sum(by_payer, one.key) for one in sums}}
    return table(
        analysis.scenario,
        "finance",
        "Cost by payer and phase",
        (Column("payer", "Who pays"), *sums),
        [*by_payer, whole],
        sources=("table: allocation", "table: fixed costs"),
        totals=1,
    )


def _payer(scenario: Scenario, row: Row) -> str:
    if not row["ours"]:
        return scenario.payer_title(row["payer"])
    return scenario.organisation.title if scenario.organisation else "We ourselves"


def _phase(scenario: Scenario, phase: str | None) -> str:
    return scenario.phase_title(phase) if phase else "Any time"


def _sum(rows: list[Row], key: str) -> float:
    return float(sum(row[key] for row in rows))


def fixed_table(analysis: Analysis) -> Table:
    """Return what is paid whatever the days."""
    return table(
        analysis.scenario,
        "fixed",
        "Costs not charged by the day",
        FIXED,
        fixed_rows(analysis),
        sources=("table: fixed costs",),
    )


def limits_table(analysis: Analysis) -> Table:
    """Return the limits at or near capacity, and say how many others there are."""
    gauges = gauge_rows(analysis)
    used = [row for row in gauges if row["tight"]]
    left = len(gauges) - len(used)
    words, verb = ("1 limit that is", "is") if left == 1 else (f"{left} limits that are", "are")
    return table(
        analysis.scenario,
        "limits",
        "Limits at or near capacity",
        LIMITS,
        used,
        note=f"{words} less than {share(NEAR_CAPACITY)} used {verb} not shown." if left else "",
        sources=("limits",),
    )


def reach_table(analysis: Analysis) -> Table:
    """Return how many people of each staff group are reached, phase by phase."""
    scenario = analysis.scenario
    return table(
        scenario,
        "reach",
        "People reached",
        REACH,
        (
            {
                **row,
                "group": scenario.staff_groups[row["group"]].title,
                "phase": scenario.phase_title(row["phase"]) if row["phase"] else "",
                "programme": scenario.programme_titles.get(row["programme"] or "", ""),
            }
            for row in reach_rows(analysis)
        ),
        note=OVERLAP,
    )


def reach_in_phases_table(analysis: Analysis) -> Table:
    """Return the share of each staff group that is reached, a column a phase."""
    scenario, titles = analysis.scenario, analysis.scenario.programme_titles
    of_group: dict[str, list[Row]] = {}
    for row in reach_rows(analysis):
        of_group.setdefault(row["group"], []).append(row)
    phases = [row["phase"] for row in next(iter(of_group.values()), [])]
    return table(
        scenario,
        "reach",
        "Share of each staff group reached",
        (
            Column("group", "Staff group"),
            Column("of", "People", "whole"),
            *(Column(f"in {phase}", _phase(scenario, phase), "share") for phase in phases),
            Column("programmes", "By"),
        ),
        (
            {
                "group": scenario.staff_groups[name].title,
                "of": rows[0]["of"],
                **{f"in {row['phase']}": row["share"] for row in rows},
                "programmes": "; ".join(
                    dict.fromkeys(titles[row["programme"]] for row in rows if row["programme"])
                ),
            }
            for name, rows in of_group.items()
        ),
        note=OVERLAP,
        sources=("table: reach",),
    )


NO_RANGE_CHOSEN = "No price and no days of what is chosen are a range."


def amounts_table(analysis: Analysis) -> Table:
    """Return the money and days that may turn out otherwise, with their limits."""
    found, said = amount_rows(analysis), amount_sentences(analysis)
    return table(
        analysis.scenario,
        "amounts",
        "What it may come to, prices and days being uncertain",
        MAY_COME_TO,
        found,
        note="\n".join(said) or ("" if found else NO_RANGE_CHOSEN),
        sources=("table: money and days over the trials",),
    )


def _left_out(scenario: Scenario) -> str:
    """Name what a frontier does not keep."""
    return "the budget" + " and the value asked for" * isinstance(scenario.aim, LeastCost)


def frontier_table(analysis: Analysis, report: Row) -> Table:
    """Return every efficient choice (`frontier_json`), the cheapest first."""
    scenario = analysis.scenario
    note = (
        f"Every efficient choice, {_left_out(scenario)} left out of account; the first row names"
        " everybody."
        if report["step"] is None
        else (
            f"In steps of {amount(report['step'], scenario.currency)}; the first row names"
            " everybody."
        )
    )
    if any(row["today"] and not row["efficient"] for row in report["frontier"]):
        note += (
            " The recommended choice costs more than others worth as much, because it also keeps"
            " the budget."
        )
    alike = same_value_words(report["frontier"], scenario.currency)
    note += "".join(f" {words}" for words in (alike, report["reason"]) if words)
    found = (
        {**row, **dict(zip(("enters", "leaves"), _moves(analysis, row, n), strict=True))}
        for n, row in enumerate(report["frontier"])
    )
    return table(
        scenario,
        "frontier",
        f"{scenario.title}: what more money would buy",
        STEPS,
        map(_step, found),
        note=note,
        sources=("table: frontier",),
    )


def _moves(analysis: Analysis, row: Row, number: int) -> tuple[list[str], list[str]]:
    return exchanged(analysis, row) if number else (begun_with(analysis, row), [])


def points_table(analysis: Analysis, curve: Sequence[Row]) -> Table:
    """Return the efficient choices (`frontier_points`): cost against value."""
    return table(
        analysis.scenario,
        "frontier",
        "What money buys: the best-value plans at each cost",
        POINTS,
        map(_step, curve),
        note=same_value_words(curve, analysis.scenario.currency),
        sources=("table: frontier",),
    )


def steps_table(analysis: Analysis, curve: Sequence[Row], at: int) -> Table:
    """Return the steps next to one of the efficient choices, each against the one below it."""
    return table(
        analysis.scenario,
        "steps",
        "The nearest steps: what comes in and goes out, each against the one below it in cost",
        STEPS,
        map(_step, curve[max(1, at - NEAR) : at + NEAR + 1]),
        sources=("table: frontier",),
    )


def _step(row: Row) -> Row:
    return {
        **row,
        "is_today": "recommended" if row["today"] else "",
        "enters": "; ".join(row["enters"]) or "—",
        "leaves": "; ".join(row["leaves"]) or "—",
    }
