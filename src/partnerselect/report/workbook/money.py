"""The sheets of the allocation: who does what, when, for how much, and who pays.

Then the totals by payer and phase.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partnerselect.report.workbook.cells import Filled, Live, Place, Typed
from partnerselect.report.workbook.inputs import OWN_TEAM, Inputs
from partnerselect.report.workbook.sheets import Sheet, laid_out
from partnerselect.rows import allocation_rows, fixed_cost_rows
from partnerselect.rows.board import bought_days
from partnerselect.rows.inputs import unpriced_rows
from partnerselect.tables.spec import PARTNER, PROGRAMME, Column, priced
from partnerselect.value.money import US

Row = dict[str, Any]
LINES = Place(
    "Allocation",
    (
        Column("kind", "What", width=20),
        PROGRAMME,
        Column("component", "Component", width=22),
        PARTNER,
        Column("phase", "Phase", width=16),
        Column("quantity", "Quantity", "quantity", width=10),
        Column("price", "Price", "money", width=12),
        Column("cost", "Cost", "money", width=14, bar=True),
        Column("payer", "Who else pays", width=16),
        Column("theirs", "Paid by others", "money", width=14),
        Column("own_cost", "Cost to us", "money", width=14, bar=True),
    ),
)
KINDS = {
    "days": "days",
    "per-programme": "a price per programme",
    "once": "paid once",
    "backfill": "extra days of our own team",
}
PRICE_OF = {
    "days": "per_day",
    "per-programme": "per_programme",
    "once": "once",
    "backfill": "per_day",
}
WHOLE = "the whole period"
"""What stands for a phase where there are none."""
WE = "we ourselves"


@dataclass(frozen=True)
class Allocation:
    """Every amount of the choice, and in which cells it stands."""

    inputs: Inputs

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the sheet: programme by programme, then what belongs to none."""
        bought = bought_days(self.inputs.analysis)
        days = [
            {**row, "kind": "days", "quantity": row["days"]}
            for row in allocation_rows(self.inputs.analysis)
        ]
        fixed = [*fixed_cost_rows(self.inputs.analysis), *unpriced_rows(self.inputs.analysis)]
        fixed = [
            {
                **row,
                "component": "",
                "quantity": bought[row["phase"]] if row["kind"] == "backfill" else 1.0,
            }
            for row in fixed
        ]
        order = {name: i for i, name in enumerate(self.inputs.analysis.scenario.programmes)}
        return sorted([*days, *fixed], key=lambda row: order.get(row["programme"], len(order)))

    def total(self, key: str, programme: str | None) -> str | None:
        """Return the formula of an amount of a programme, or of all that belongs to none.

        None where nothing is done, or where the sheet has no such amount.
        """
        found = [i for i, row in enumerate(self.rows) if row["programme"] == programme]
        if not found or key not in LINES.keys:
            return None
        return f"=SUM({LINES.span(key, found[0], found[-1])})"

    def cells(self) -> Iterator[dict[str, Filled]]:
        """Yield the cells of the sheet, row by row."""
        scenario = self.inputs.analysis.scenario
        for i, row in enumerate(self.rows):
            quantity, price, cost = (LINES.cell(key, i) for key in ("quantity", "price", "cost"))
            covers = self.inputs.price(row["partner"], "covers") if row["partner"] else "0"
            is_typed = row["kind"] in {"days", "backfill"}
            priced_at = self.inputs.price(row["partner"], PRICE_OF[row["kind"]])
            yield {
                "kind": KINDS[row["kind"]],
                "programme": scenario.programmes[row["programme"]].title
                if row["programme"]
                else "",
                "component": row["component"],
                "partner": scenario.partners[row["partner"]].title if row["partner"] else OWN_TEAM,
                "phase": row["phase"] or WHOLE,
                "quantity": Typed(row["quantity"], low=0) if is_typed else row["quantity"],
                "price": Live(f"={priced_at}", row["cost"] / row["quantity"]),
                "cost": Live(f"={quantity}*{price}", row["cost"]),
                "payer": "" if row["payer"] == US else row["payer"],
                "theirs": Live(f"={cost}*{covers}", row["cost"] - row["own_cost"]),
                "own_cost": Live(f"={cost}-{LINES.cell('theirs', i)}", row["own_cost"]),
            }

    @property
    def phases(self) -> list[str]:
        """The phases in order of date."""
        return [phase or WHOLE for phase in self.inputs.analysis.table.workload.phases]

    @property
    def payers(self) -> list[str]:
        """Who pays: we ourselves first."""
        return [US, *dict.fromkeys(row["payer"] for row in self.rows if row["payer"] != US)]


def allocation_sheet(allocation: Allocation) -> Sheet:
    """Return every amount with the days and the price behind it."""
    note = (
        "Cost = quantity × price, the price of the sheet Prices; others pay their share of it."
        " Change days: costs follow, the choice and the ranking do not."
    )
    columns = priced(LINES.columns, allocation.inputs.currency)
    cells = laid_out(columns, allocation.cells())
    return Sheet("Allocation", "Who does what, when, and for how much?", columns, cells, note)


def costs_sheet(allocation: Allocation) -> Sheet:
    """Return the totals by payer and phase."""
    columns = priced(_totals(allocation).columns, allocation.inputs.currency)
    note = "Sums of the sheet Allocation."
    return Sheet("Costs", "Who pays how much, and when?", columns, _cost_cells(allocation), note)


def _totals(allocation: Allocation) -> Place:
    phases = (Column(f"in {phase}", phase, "money", width=18) for phase in allocation.phases)
    whole = Column("all", "In all", "money", width=18, bar=True)
    return Place("Costs", (Column("payer", "Who pays", width=36), *phases, whole))


def _cost_cells(allocation: Allocation) -> Iterator[tuple[Filled, ...]]:
    totals = _totals(allocation)
    keys, payers = totals.keys[1:-1], allocation.payers
    for i, payer in enumerate(payers):
        parts = [_part(allocation, payer, phase) for phase in allocation.phases]
        whole = f"=SUM({totals.cell(keys[0], i)}:{totals.cell(keys[-1], i).partition('!')[2]})"
        yield (
            WE if payer == US else payer,
            *parts,
            Live(whole, sum(_number(part) for part in parts)),
        )
    sums = [f"=SUM({totals.span(key, 0, len(payers) - 1)})" for key in totals.keys[1:]]
    amounts = [
        sum(row["cost"] for row in allocation.rows if phase in {row["phase"] or WHOLE, None})
        for phase in [*allocation.phases, None]
    ]
    yield (
        "All payers",
        *(Live(formula, amount) for formula, amount in zip(sums, amounts, strict=True)),
    )


def _part(allocation: Allocation, payer: str, phase: str) -> Live:
    """Return what one payer pays in one phase."""
    last = len(allocation.rows) - 1
    here = f'({LINES.span("phase", 0, last)}="{phase}")'
    lines = [row for row in allocation.rows if (row["phase"] or WHOLE) == phase]
    if payer == US:
        return Live(
            f"=SUMPRODUCT({here}*{LINES.span('own_cost', 0, last)})",
            sum(row["own_cost"] for row in lines),
        )
    theirs = f'({LINES.span("payer", 0, last)}="{payer}")*{LINES.span("theirs", 0, last)}'
    return Live(
        f"=SUMPRODUCT({here}*{theirs})",
        sum(row["cost"] - row["own_cost"] for row in lines if row["payer"] == payer),
    )


def _number(live: Live) -> float:
    return float(live.value) if isinstance(live.value, int | float) else 0.0
