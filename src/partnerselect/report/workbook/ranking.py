"""The sheet of the ranking: from weights and scores to values and ranks, in formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partnerselect.report.workbook.cells import Filled, Live, Place
from partnerselect.report.workbook.inputs import Inputs
from partnerselect.report.workbook.sheets import Sheet, laid_out
from partnerselect.rows import highest_share_words, ranking_rows
from partnerselect.rows.inputs import alone_days, doing_nothing_rows
from partnerselect.tables.spec import PARTNER, PROGRAMME, Column, priced

Row = dict[str, Any]
TIE = "0.000000001"
FIRST = (
    PROGRAMME,
    PARTNER,
    Column("rank", "Rank", "whole", width=6),
    Column("value", "Value", "number", width=9, bar=True),
    Column("chosen", "Chosen", width=8),
    Column("sure", "Scored highest", width=18),
)
LAST = (
    Column("eligible", "May be chosen", width=8),
    Column("covers", "Covers", "share", width=8),
    Column("days", "Days, alone", "quantity", width=8),
    Column("cost", "Cost, alone", "money", width=11, bar=True),
    Column("own_cost", "Cost to us, alone", "money", width=11, bar=True),
    Column("reason", "Why not", width=48),
)
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
        leaves = self.inputs.analysis.scenario.criteria.leaves
        values = (
            Column(_of(path), f"Value of: {leaf.title}", "number", width=12)
            for path, leaf in leaves.items()
        )
        return Place("Ranking", (*FIRST, *values, *LAST))

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
        """Return the cell with the value of a partner, or of doing nothing (None) if scored."""
        row = self._row_of.get((programme, partner))
        return None if row is None else self.place.cell("value", row)

    def leader(self, programme: str) -> str:
        """Return the formula of who is first on value now."""
        partners, ranks = (
            self.place.span(key, *self._span_of[programme]) for key in ("partner", "rank")
        )
        return f'=IFERROR(INDEX({partners},MATCH(1,{ranks},0)),"nobody")'

    def cells(self) -> Iterator[dict[str, Filled]]:
        """Yield the cells of the sheet, row by row."""
        scenario = self.inputs.analysis.scenario
        values = self._values()
        for i, row in enumerate(self.rows):
            both: dict[str, Filled] = {
                "programme": scenario.programmes[row["programme"]].title,
                "value": Live(self._value_formula(i), row["value"]),
            }
            if row["partner"] is None:
                parts = {_of(path): row["values"][path] for path in scenario.criteria.leaves}
                yield {**both, "partner": NOTHING, **parts}
            else:
                yield {**both, **self._partner(i, row, values[row["programme"], row["partner"]])}

    def _partner(self, i: int, row: Row, values: dict[str, float]) -> dict[str, Filled]:
        leaves = self.inputs.analysis.scenario.criteria.leaves
        covers = self.inputs.price(row["partner"], "covers")
        return {
            "partner": self.inputs.analysis.scenario.partners[row["partner"]].title,
            "rank": Live(self._rank_formula(i), row["rank"]),
            "chosen": "chosen" if row["chosen"] else "",
            "sure": highest_share_words(row),
            **{_of(path): Live(self._partial_formula(i, path), values[path]) for path in leaves},
            "eligible": "yes" if row["eligible"] else "no",
            "covers": row["covers"],
            "days": self._days[row["programme"], row["partner"]],
            "cost": Live(self._cost_formula(i), row["cost"]),
            "own_cost": Live(f"={self.place.cell('cost', i)}*(1-{covers})", row["own_cost"]),
            "reason": row["reason"],
        }

    @cached_property
    def _days(self) -> dict[tuple[str, str], float]:
        return alone_days(self.inputs.analysis)

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
    note = (
        "Value, rank and cost follow what is changed. Filter as you like, but do not sort: a rank"
        " is worked out among the rows of its programme."
    )
    columns = priced(ranking.place.columns, ranking.inputs.currency)
    cells = laid_out(columns, ranking.cells())
    return Sheet("Ranking", "Who is best for each programme?", columns, cells, note)
