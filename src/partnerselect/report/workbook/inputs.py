"""The sheets of what people typed: weights, scores with their evidence, scales, prices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any

from partnerselect.analysis import Analysis
from partnerselect.model.criteria import (
    Criterion,
    LevelsScale,
    LinearScale,
    LocalScale,
    PointsScale,
)
from partnerselect.report.workbook.cells import Filled, Live, Place, Typed
from partnerselect.report.workbook.sheets import Sheet, laid_out
from partnerselect.rows.inputs import price_input_rows, score_input_rows, weight_input_rows
from partnerselect.tables.spec import PARTNER, PROGRAMME, Column, priced

Row = dict[str, Any]
ALL = "All programmes"
WEIGHTS = Place(
    "Weights",
    (
        Column("for", "For", width=28),
        Column("criterion", "Criterion", width=38),
        Column("worst", "From (worst)", width=18),
        Column("best", "To (best)", width=18),
        Column("points", "Points", "quantity", width=10),
        Column("share", "Share among its siblings", "share", width=12),
        Column("whole", "Weight in the whole", "share", width=14, bar=True),
        Column("method", "How given", width=32),
        Column("by", "By whom", width=22),
    ),
)
SCALES = Place(
    "Scales",
    (
        Column("criterion", "Criterion", width=38),
        Column("kind", "Kind of scale", width=36),
        PROGRAMME,
        Column("point", "Point or level", width=18),
        Column("score", "Score", "exact", width=14),
        Column("value", "Value", "number", width=10, bar=True),
    ),
)
SCORES = Place(
    "Scores",
    (
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
    ),
)
PRICES = Place(
    "Prices",
    (
        PARTNER,
        Column("per_day", "Price per day", "money", width=16),
        Column("per_programme", "Price per programme", "money", width=16),
        Column("once", "Price paid once", "money", width=16),
        Column("payer", "Who else pays", width=20),
        Column("covers", "Share they pay", "share", width=12),
    ),
)
OWN_TEAM = "Our own team, each extra day"


@dataclass(frozen=True)
class Inputs:
    """What people typed, and in which cells of the workbook it stands."""

    analysis: Analysis

    @property
    def currency(self) -> str:
        """Of all amounts."""
        return self.analysis.scenario.currency

    @cached_property
    def weights(self) -> list[Row]:
        """The rows of the sheet of weights."""
        return weight_input_rows(self.analysis)

    @cached_property
    def scores(self) -> list[Row]:
        """The rows of the sheet of scores."""
        return score_input_rows(self.analysis)

    @cached_property
    def prices(self) -> list[Row]:
        """The rows of the sheet of prices."""
        return price_input_rows(self.analysis)

    @cached_property
    def scales(self) -> list[Row]:
        """The rows of the sheet of scales."""
        return [
            row
            for c, (path, leaf) in enumerate(self.analysis.scenario.criteria.leaves.items())
            for row in _scale_rows(self.analysis, c, path, leaf)
        ]

    @cached_property
    def weight_row(self) -> dict[tuple[str | None, str], int]:
        """Where a weight stands, by the programme it is for (None: all) and its path."""
        return {(row["programme"], row["criterion"]): i for i, row in enumerate(self.weights)}

    @cached_property
    def _score_row(self) -> dict[tuple[str, str | None, str], int]:
        return {
            (row["partner"], row["programme"], row["criterion"]): i
            for i, row in enumerate(self.scores)
        }

    @cached_property
    def _price_row(self) -> dict[str | None, int]:
        return {row["partner"]: i for i, row in enumerate(self.prices)}

    @cached_property
    def _scale_rows(self) -> dict[tuple[str, str | None], tuple[int, int]]:
        """The first and last row of a scale, by criterion and the programme it is local to."""
        found: dict[tuple[str, str | None], tuple[int, int]] = {}
        for i, row in enumerate(self.scales):
            first, _ = found.get((row["criterion"], row["programme"]), (i, i))
            found[row["criterion"], row["programme"]] = first, i
        return found

    def weight(self, programme: str, criterion: str) -> str:
        """Return the cell with the whole weight of a criterion in a programme."""
        own = programme if (programme, criterion) in self.weight_row else None
        return WEIGHTS.cell("whole", self.weight_row[own, criterion])

    def score(self, programme: str, partner: str, criterion: str) -> str | None:
        """Return the cell with a partner's score in a programme; None where it has none."""
        row = self._score_row.get(
            (partner, programme, criterion), self._score_row.get((partner, None, criterion))
        )
        return None if row is None else SCORES.cell("counted", row)

    def price(self, partner: str | None, kind: str) -> str:
        """Return the cell with a price of a partner (None: our team), or the share others pay."""
        return PRICES.cell(kind, self._price_row[partner])

    def value(self, criterion: str, programme: str, score: str, known: str) -> str:
        """Return the formula, without its sign, that turns a score into a value from 0 to 100.

        One that is not known counts 50.
        """
        scale = self.analysis.scenario.criteria.leaves[criterion].scale
        first, last = self._scale_rows[
            criterion, programme if isinstance(scale, LocalScale) else None
        ]
        match scale:
            case LevelsScale():
                values, points = (SCALES.span(key, first, last) for key in ("value", "point"))
                words = f"INDEX({values},MATCH({score},{points},0))"
                return (
                    f'IF({known},{_within(score)},IF(OR({score}="unknown",{score}=""),50,{words}))'
                )
            case PointsScale():
                return f"IF({known},{_within(_between_points(score, first, last))},50)"
            case _:
                worst, best = (SCALES.cell("score", row) for row in (first, last))
                straight = _within(f"({score}-{worst})*100/({best}-{worst})")
                alike = (
                    isinstance(scale, LocalScale)
                    and self.scales[first]["score"] == self.scales[last]["score"]
                )
                return f"IF({known},{'100' if alike else straight},50)"


def _within(number: str) -> str:
    return f"MAX(0,MIN(100,{number}))"


def _between_points(score: str, first: int, last: int) -> str:
    """Return the formula of a line through points: flat beyond the outermost."""
    scores, values = SCALES.span("score", first, last), SCALES.span("value", first, last)
    at = f"MATCH({score},{scores},1)"
    rise, run = (f"(INDEX({of},{at}+1)-INDEX({of},{at}))" for of in (values, scores))
    line = f"INDEX({values},{at})+({score}-INDEX({scores},{at}))*{rise}/{run}"
    low, high = (
        f"IF({score}{sign}{SCALES.cell('score', row)},{SCALES.cell('value', row)},"
        for sign, row in (("<=", first), (">=", last))
    )
    return f"{low}{high}{line}))"


def _scale_rows(analysis: Analysis, c: int, path: str, criterion: Criterion) -> Iterator[Row]:
    def row(
        kind: str, point: str, score: float | None, value: float, programme: str | None = None
    ) -> Row:
        return {
            "criterion": path,
            "kind": kind,
            "programme": programme,
            "point": point,
            "score": score,
            "value": value,
        }

    match criterion.scale:
        case LinearScale(worst=worst, best=best):
            yield from (
                row("a straight line", *end)
                for end in (("worst", worst, 0.0), ("best", best, 100.0))
            )
        case PointsScale(points=points):
            yield from (
                row("a line through points", "point", score, value)
                for score, value in sorted(points)
            )
        case LevelsScale(levels=levels):
            yield from (row("levels", name, None, value) for name, value in levels.items())
        case LocalScale():
            kind = "a straight line between the partners of a programme, as first loaded"
            for p, programme in enumerate(analysis.table.workload.programmes):
                # not a number where nobody defines it
                ends = [None if isnan(end) else float(end) for end in analysis.table.ends[p, c]]
                yield from (
                    row(kind, point, end, value, programme)
                    for point, end, value in zip(("worst", "best"), ends, (0.0, 100.0), strict=True)
                )


def weights_sheet(inputs: Inputs) -> Sheet:
    """Return the weights: points that may be changed, shares and whole weights that follow."""
    note = (
        "Change points: shares and weights follow, and with them values and ranks. Points that came"
        " out of judgements are a hundred times the share."
    )
    cells = laid_out(WEIGHTS.columns, _weight_cells(inputs))
    return Sheet("Weights", "How much does each criterion count?", WEIGHTS.columns, cells, note)


def _weight_cells(inputs: Inputs) -> Iterator[dict[str, Filled]]:
    programmes = inputs.analysis.scenario.programmes
    for i, row in enumerate(inputs.weights):
        yield {
            **row,
            "for": ALL if row["programme"] is None else programmes[row["programme"]].title,
            "criterion": f"{'    ' * row['criterion'].count('.')}{row['title']}",
            "points": None if row["points"] is None else Typed(row["points"], low=0),
            "share": Live(_share_formula(inputs, i), row["share"]),
            "whole": Live(_whole_formula(inputs, i), row["whole"]),
            **({"method": "as for all programmes", "by": ""} if row["follows"] else {}),
        }


def _share_formula(inputs: Inputs, i: int) -> str:
    row = inputs.weights[i]
    if row["follows"]:
        return f"={WEIGHTS.cell('share', inputs.weight_row[None, row['criterion']])}"
    if row["siblings"] == 1:
        return "=1"
    of_group = [
        j
        for j, other in enumerate(inputs.weights)
        if (other["programme"], other["above"]) == (row["programme"], row["above"])
    ]
    total = (
        f"SUM({','.join(WEIGHTS.cell('points', j) for j in of_group)})"
        if len(of_group) < of_group[-1] - of_group[0] + 1
        else ""
    )
    total = total or f"SUM({WEIGHTS.span('points', of_group[0], of_group[-1])})"
    return f"=IF({total}>0,{WEIGHTS.cell('points', i)}/{total},1/{row['siblings']})"


def _whole_formula(inputs: Inputs, i: int) -> str:
    row, share = inputs.weights[i], WEIGHTS.cell("share", i)
    return (
        f"={share}*{WEIGHTS.cell('whole', inputs.weight_row[row['programme'], row['above']])}"
        if row["above"]
        else f"={share}"
    )


def scales_sheet(inputs: Inputs) -> Sheet:
    """Return what every score is worth on its scale."""
    scenario = inputs.analysis.scenario
    leaves, where = scenario.criteria.leaves, scenario.programmes
    rows = (
        {
            **row,
            "criterion": leaves[row["criterion"]].title,
            "programme": where[row["programme"]].title if row["programme"] else "",
        }
        for row in inputs.scales
    )
    return Sheet(
        "Scales",
        "What is a score worth?",
        SCALES.columns,
        laid_out(SCALES.columns, rows),
        "Formulas read the scales here. They are not meant to be changed: the weights speak of"
        " these ranges.",
    )


def scores_sheet(inputs: Inputs) -> Sheet:
    """Return every score, as it counts and as it was given, with its evidence."""
    note = (
        'Change what a score counts as: a number, a level, or the word "unknown", which counts 50.'
        " Of a range the likely value or the middle counts."
    )
    cells = laid_out(SCORES.columns, _score_cells(inputs))
    question = "What does each partner score, and on what evidence?"
    return Sheet("Scores", question, SCORES.columns, cells, note)


def _score_cells(inputs: Inputs) -> Iterator[dict[str, Filled]]:
    scenario = inputs.analysis.scenario
    for row in inputs.scores:
        leaf = scenario.criteria.leaves[row["criterion"]]
        yield {
            **row,
            "partner": scenario.partners[row["partner"]].title,
            "criterion": leaf.title,
            "programme": scenario.programmes[row["programme"]].title if row["programme"] else ALL,
            "counted": _typed_score(inputs, row),
            "unit": leaf.scale.unit if leaf.scale else "",
        }


def _typed_score(inputs: Inputs, row: Row) -> Typed:
    scale = inputs.analysis.scenario.criteria.leaves[row["criterion"]].scale
    match scale:
        case LevelsScale():
            # of this module
            first, last = inputs._scale_rows[row["criterion"], None]  # noqa: SLF001
            return Typed(row["counted"], listed=SCALES.span("point", first, last))
        case LinearScale(worst=worst, best=best, beyond=None):
            return Typed(row["counted"], min(worst, best), max(worst, best), or_unknown=True)
    return Typed(row["counted"], or_unknown=True)


def prices_sheet(inputs: Inputs) -> Sheet:
    """Return what partners cost and who else pays."""
    note = (
        "Change prices and shares: costs follow, and values and ranks where a criterion is computed"
        " from prices. A payer whose decision is refused pays nothing."
    )
    columns = priced(PRICES.columns, inputs.currency)
    cells = laid_out(columns, _price_cells(inputs))
    return Sheet("Prices", "What do partners cost, and who else pays?", columns, cells, note)


def _price_cells(inputs: Inputs) -> Iterator[dict[str, Filled]]:
    for row in inputs.prices:
        if row["partner"] is None:
            yield {"partner": OWN_TEAM, "per_day": Typed(row["per_day"], low=0), "payer": ""}
        else:
            prices = {
                kind: Typed(row[kind], low=0) for kind in ("per_day", "per_programme", "once")
            }
            yield {
                **prices,
                "partner": inputs.analysis.scenario.partners[row["partner"]].title,
                "payer": row["payer"] or "",
                "covers": Typed(row["covers"], 0, 1) if row["payer"] else row["covers"],
            }
