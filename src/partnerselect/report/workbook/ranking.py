"""The sheet of the ranking: from weights and scores to values and ranks, in formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partnerselect.report.workbook.cells import Filled, Live, Place
from partnerselect.report.workbook.inputs import Inputs
from partnerselect.report.workbook.sheets import Sheet, SheetColumn
from partnerselect.rows import how_sure, ranking_rows
from partnerselect.rows.inputs import alone_days, doing_nothing_rows

Row = dict[str, Any]
TIE = "0.000000001"
FIRST = ("programme", "partner", "rank", "value", "chosen", "sure")
LAST = ("eligible", "covers", "days", "cost", "own_cost", "reason")
NOTHING = "(doing nothing)"


def _of(criterion: str) -> str:
    """Return the key of the column with the values of a criterion."""
    return f"of {criterion}"


@dataclass(frozen=True)
class Ranking:
    """Every partner of every programme, and in which cells its figures stand."""

    inputs: Inputs

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the sheet: programme by programme, best first.

        Last of each what doing nothing is worth where that is scored (`partner` None).
        """
        nothing = {row["programme"]: row for row in doing_nothing_rows(self.inputs.analysis)}
        ranked = ranking_rows(self.inputs.analysis)
        found: list[Row] = []
        for programme in self.inputs.analysis.scenario.programmes:
            found += [row for row in ranked if row["programme"] == programme]
            found += [{**nothing[programme], "partner": None}] if programme in nothing else []
        return found

    @cached_property
    def place(self) -> Place:
        """Where the sheet's columns stand."""
        return Place(
            "Ranking",
            (*FIRST, *(_of(path) for path in self.inputs.analysis.scenario.criteria.leaves), *LAST),
        )

    @cached_property
    def _row_of(self) -> dict[tuple[str, str | None], int]:
        return {(row["programme"], row["partner"]): i for i, row in enumerate(self.rows)}

    @cached_property
    def _span_of(self) -> dict[str, tuple[int, int]]:
        """The first and last row of the partners of each programme."""
        found: dict[str, tuple[int, int]] = {}
        for i, row in enumerate(self.rows):
            if row["partner"] is not None:
                found[row["programme"]] = found.get(row["programme"], (i, i))[0], i
        return found

    def value(self, programme: str, partner: str | None) -> str | None:
        """Return the cell with the value of a partner, or of doing nothing (None) where that is scored."""
        row = self._row_of.get((programme, partner))
        return None if row is None else self.place.cell("value", row)

    def leader(self, programme: str) -> str:
        """Return the formula of who is first on value now."""
        partners, ranks = (
            self.place.span(key, *self._span_of[programme]) for key in ("partner", "rank")
        )
        return f'=IFERROR(INDEX({partners},MATCH(1,{ranks},0)),"nobody")'

    def cells(self) -> Iterator[tuple[Filled, ...]]:
        """Yield the cells of the sheet, row by row."""
        scenario = self.inputs.analysis.scenario
        values, days = self._values(), alone_days(self.inputs.analysis)
        for i, row in enumerate(self.rows):
            title, leaves = scenario.programmes[row["programme"]].title, scenario.criteria.leaves
            value = Live(self._value_formula(i), row["value"])
            if row["partner"] is None:
                yield (
                    title,
                    NOTHING,
                    None,
                    value,
                    "",
                    "",
                    *(row["values"][path] for path in leaves),
                    "",
                    None,
                    None,
                    None,
                    None,
                    "",
                )
                continue
            pair = (row["programme"], row["partner"])
            yield (
                title,
                scenario.partners[row["partner"]].title,
                Live(self._rank_formula(i), row["rank"]),
                value,
                "chosen" if row["chosen"] else "",
                how_sure(row),
                *(Live(self._partial_formula(i, path), values[pair][path]) for path in leaves),
                "yes" if row["eligible"] else "no",
                row["covers"],
                days[pair],
                Live(self._cost_formula(i), row["cost"]),
                Live(
                    f"={self.place.cell('cost', i)}*(1-{self.inputs.price(row['partner'], 'covers')})",
                    row["own_cost"],
                ),
                row["reason"],
            )

    def _values(self) -> dict[tuple[str, str], dict[str, float]]:
        """Return the partial values of every programme and partner by criterion."""
        table = self.inputs.analysis.table
        work = table.workload
        return {
            (programme, partner): dict(
                zip(table.criteria, table.values[p, k].tolist(), strict=True)
            )
            for p, programme in enumerate(work.programmes)
            for k, partner in enumerate(work.partners)
        }

    def _value_formula(self, i: int) -> str:
        programme = self.rows[i]["programme"]
        leaves = self.inputs.analysis.scenario.criteria.leaves
        return "=" + "+".join(
            f"{self.inputs.weight(programme, path)}*{self.place.cell(_of(path), i)}"
            for path in leaves
        )

    def _rank_formula(self, i: int) -> str:
        span = self._span_of[self.rows[i]["programme"]]
        eligible, values = (self.place.span(key, *span) for key in ("eligible", "value"))
        ahead = f'SUMPRODUCT(({eligible}="yes")*({values}>{self.place.cell("value", i)}+{TIE}))'
        return f'=IF({self.place.cell("eligible", i)}="yes",1+{ahead},"")'

    def _partial_formula(self, i: int, criterion: str) -> str:
        row, computed = self.rows[i], self.inputs.analysis.scenario.criteria.leaves[criterion].from_
        score = (
            self._computed(i, computed)
            if computed
            else self.inputs.score(row["programme"], row["partner"], criterion)
        )
        if score is None:
            return "=50"
        known = f"{self.place.cell('days', i)}>0" if computed else f"ISNUMBER({score})"
        return f"={self.inputs.value(criterion, row['programme'], score, known)}"

    def _computed(self, i: int, kind: str) -> str:
        amount = self.place.cell("own_cost" if kind.startswith("own-") else "cost", i)
        return f"({amount}/{self.place.cell('days', i)})" if kind.endswith("per-day") else amount

    def _cost_formula(self, i: int) -> str:
        days, partner = self.place.cell("days", i), self.rows[i]["partner"]
        per_day, per_programme = (
            self.inputs.price(partner, kind) for kind in ("per_day", "per_programme")
        )
        return f"=IF({days}>0,{days}*{per_day}+{per_programme},0)"


def ranking_sheet(ranking: Ranking) -> Sheet:
    """Return the ranking: value, rank and what they are made of."""
    leaves = ranking.inputs.analysis.scenario.criteria.leaves
    columns = (
        SheetColumn("Programme", width=28),
        SheetColumn("Partner", width=28),
        SheetColumn("Rank", "whole", 6),
        SheetColumn("Value", "number", 9, bar=True),
        SheetColumn("Chosen", width=8),
        SheetColumn("How sure to be first", width=18),
        *(SheetColumn(f"Value of: {leaf.title}", "number", 12) for leaf in leaves.values()),
        SheetColumn("May be chosen", width=8),
        SheetColumn("Covers", "number", 8, "0%"),
        SheetColumn("Days, alone", "number", 8, "#,##0.##"),
        *(
            SheetColumn(title, "number", 11, ranking.inputs.money, bar=True)
            for title in ("Cost, alone", "Cost to us, alone")
        ),
        SheetColumn("Why not", width=48),
    )
    note = (
        "Value, rank and cost follow what is changed. Filter as you like, but do not sort: a rank"
        " is worked out among the rows of its programme."
    )
    return Sheet("Ranking", "Who is best for each programme?", columns, ranking.cells(), note)
