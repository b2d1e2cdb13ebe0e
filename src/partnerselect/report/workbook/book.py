"""What formulas of a workbook read: every row of what was typed and of the answer, with its place.

Columns are declared here too, for a formula names a cell by its column and its row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import isnan
from typing import Any

from partnerselect.analysis import Analysis
from partnerselect.model import (
    PRICE_KINDS,
    Criterion,
    LevelsScale,
    LinearScale,
    PointsScale,
    RatioScale,
    RelativeScale,
)
from partnerselect.report.workbook.grid import Grid
from partnerselect.rows import (
    allocation_rows,
    approval_rows,
    bought_days,
    doing_nothing_rows,
    fixed_cost_rows,
    price_input_rows,
    ranking_rows,
    score_input_rows,
    unpriced_rows,
    weight_input_rows,
)
from partnerselect.tables import PARTNER, PROGRAMME, Column, Row, columns_for, priced
from partnerselect.value import US

WEIGHTS = (
    Column("for", "For", width=28),
    Column("criterion", "Criterion", width=38),
    Column("worst", "From (worst)", width=18),
    Column("best", "To (best)", width=18),
    Column("points", "Points", "quantity", width=10),
    Column("share", "Share among its siblings", "share", width=12),
    Column("whole", "Weight in the whole", "share", width=14, bar=True),
    Column("method", "How given", width=32),
    Column("by", "By whom", width=22),
)
SCALES = (
    Column("criterion", "Criterion", width=38),
    Column("kind", "Kind of scale", width=36),
    PROGRAMME,
    Column("point", "Point or level", width=18),
    Column("score", "Score", "exact", width=14),
    Column("value", "Value", "number", width=10, bar=True),
)
SCORES = (
    PARTNER,
    Column("criterion", "Criterion", width=30),
    PROGRAMME,
    Column("counted", "Counts as", "exact", width=14),
    Column("unit", "Unit", width=12),
    Column("low", "Low", "exact", width=10),
    Column("likely", "Likely", "exact", width=10),
    Column("high", "High", "exact", width=10),
    Column("evidence", "Evidence", width=48),
    Column("source", "Source", width=28),
    Column("published", "Published", width=12),
    Column("grade", "Grade", width=8),
)
PRICES = (
    PARTNER,
    *(Column(kind.key, kind.title, "money", width=16) for kind in PRICE_KINDS),
    Column("payer", "Who else pays", width=20),
    Column("covers", "Share they pay", "share", width=12),
)
RANKING_FIRST = (
    PROGRAMME,
    PARTNER,
    Column("rank", "Rank", "whole", width=6),
    Column("value", "Value", "number", width=9, bar=True),
    Column("chosen", "Chosen", width=8),
    Column("sure", "Scored highest", width=18),
)
RANKING_LAST = (
    Column("eligible", "May be chosen", width=8),
    Column("covers", "Covers", "share", width=8),
    Column("days", "Days, alone", "quantity", width=8),
    Column("cost", "Cost, alone", "money", width=11, bar=True),
    Column("own_cost", "Cost to us, alone", "money", width=11, bar=True),
    Column("reason", "Why not", width=48),
)
ALLOCATION = (
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
)
Point = tuple[str | None, str, float | None, float]
"""Of a scale: the programme it is local to, its word, the score there and its value."""


def of(criterion: str) -> str:
    """Return the key of the column with the values of a criterion."""
    return f"of {criterion}"


def _apart(titles: dict[str, str]) -> dict[str | None, str]:
    """Return titles with the id behind those that a spreadsheet would take for one another."""
    known = Counter(title.casefold() for title in titles.values())
    return {
        name: title if known[title.casefold()] == 1 else f"{title} ({name})"
        for name, title in titles.items()
    }


@dataclass(frozen=True)
class Book:
    """An analysis, and in which cells of its workbook everything stands."""

    analysis: Analysis

    @cached_property
    def weights(self) -> Grid:
        """Weights for all programmes (None), then of those with their own."""
        found = weight_input_rows(self.analysis)
        return self._grid("Weights", WEIGHTS, found, "programme", "criterion")

    @cached_property
    def scores(self) -> Grid:
        """Scores of a partner everywhere (programme None) or for one programme."""
        found = score_input_rows(self.analysis)
        return self._grid("Scores", SCORES, found, "partner", "programme", "criterion")

    @cached_property
    def prices(self) -> Grid:
        """Prices of partners everywhere (programme None) or for one; of our team (None) last."""
        rows = price_input_rows(self.analysis)
        first, *others = PRICES
        columns = (first, PROGRAMME, *others) if any(row["programme"] for row in rows) else PRICES
        return self._grid("Prices", columns, rows, "partner", "programme")

    @cached_property
    def scales(self) -> Grid:
        """The points of every scale, of a local one programme by programme."""
        found = [
            {"criterion": path, "kind": kind, **dict(zip(keys, point, strict=True))}
            for keys in [("programme", "point", "score", "value")]
            for c, (path, leaf) in enumerate(self.leaves.items())
            for kind, points in [self._scale(c, leaf)]
            for point in points
        ]
        return self._grid("Scales", SCALES, found, "criterion", "programme")

    @cached_property
    def ranking(self) -> Grid:
        """Partners of every programme, best first; last what doing nothing is worth, if scored."""
        nothing = [{**row, "partner": None} for row in doing_nothing_rows(self.analysis)]
        order = {name: i for i, name in enumerate(self.analysis.scenario.programmes)}
        found = sorted(
            [*ranking_rows(self.analysis), *nothing], key=lambda row: order[row["programme"]]
        )
        values = (
            Column(of(path), f"Value of: {leaf.title}", "number", width=12)
            for path, leaf in self.leaves.items()
        )
        columns = (*RANKING_FIRST, *values, *RANKING_LAST)
        return self._grid("Ranking", columns, found, "programme", "partner")

    @cached_property
    def allocation(self) -> Grid:
        """Every amount of the choice: programme by programme, then what belongs to none."""
        bought = bought_days(self.analysis)
        days = (
            {**row, "kind": "days", "quantity": row["days"]}
            for row in allocation_rows(self.analysis)
        )
        fixed = (
            {
                **row,
                "component": "",
                "quantity": bought[row["phase"]] if row["kind"] == "backfill" else 1.0,
            }
            for row in chain(fixed_cost_rows(self.analysis), unpriced_rows(self.analysis))
        )
        order = {name: i for i, name in enumerate(self.analysis.scenario.programmes)}
        found = sorted(chain(days, fixed), key=lambda row: order.get(row["programme"], len(order)))
        return self._grid("Allocation", ALLOCATION, found, "programme")

    @cached_property
    def recommendation(self) -> Grid:
        """What is recommended, programme by programme."""
        columns = columns_for("workbook")
        return self._grid("Recommendation", columns, approval_rows(self.analysis), "id")

    @cached_property
    def leaves(self) -> dict[str, Criterion]:
        """The criteria that are scored, by path."""
        return self.analysis.scenario.criteria.leaves

    @cached_property
    def titles(self) -> dict[str, dict[str | None, str]]:
        """What programmes, partners, payers, phases and components are called, by id.

        Of payers and phases no two alike, for formulas tell them apart by what they are called.
        """
        scenario, work = self.analysis.scenario, self.analysis.table.workload
        components = {name for one in scenario.programmes.values() for name in one.needs}
        payers = {name for name in work.payers if name != US}
        return {
            "programme": dict(scenario.programme_titles.items()),
            "partner": dict(scenario.partner_titles.items()),
            "component": {name: scenario.component_title(name) for name in components},
            "payer": _apart({name: scenario.payer_title(name) for name in payers}),
            "phase": _apart({name: scenario.phase_title(name) for name in work.phases if name}),
        }

    def named(self, row: Row, **nobody: str) -> dict[str, Any]:
        """Return a row with titles for ids; `nobody` says what stands where it names none."""
        titled = {
            key: titles.get(row[key], nobody.get(key, ""))
            for key, titles in self.titles.items()
            if key in row
        }
        return {**row, **titled}

    def _grid(self, sheet: str, columns: Sequence[Column], rows: Sequence[Row], *keys: str) -> Grid:
        return Grid(sheet, priced(columns, self.analysis.scenario.currency), rows, keys)

    def _scale(self, c: int, criterion: Criterion) -> tuple[str, list[Point]]:
        match criterion.scale:
            case LinearScale(worst=worst, best=best):
                ends: list[Point] = [(None, "worst", worst, 0.0), (None, "best", best, 100.0)]
                return "a straight line", ends
            case PointsScale(points=points):
                return "a line through points", [
                    (None, "point", score, worth) for score, worth in sorted(points)
                ]
            case LevelsScale(levels=levels):
                return "levels", [(None, name, None, value) for name, value in levels.items()]
            case RelativeScale() as scale:
                local = zip(
                    self.analysis.table.workload.programmes,
                    self.analysis.table.ends[:, c].tolist(),
                    strict=True,
                )
                if isinstance(scale, RatioScale):
                    share = "own / highest" if scale.rises else "lowest / own"
                    return f"100 · {share} of a programme, as first loaded", [
                        (programme, scale.ratio, None if isnan(best) else best, 100.0)
                        for programme, (_, best) in local
                    ]
                return "a straight line between the partners of a programme, as first loaded", [
                    (programme, point, None if isnan(end) else end, value)
                    for programme, ends in local
                    for point, end, value in zip(("worst", "best"), ends, (0.0, 100.0), strict=True)
                ]
        return "", []
