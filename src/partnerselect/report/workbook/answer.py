"""The sheets that say what to do: the recommendation, and what may be changed in the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partnerselect.allocation.amounts import AMOUNTS, amounts_of
from partnerselect.analysis import Analysis
from partnerselect.optimiser import solver_name
from partnerselect.report.workbook.cells import Filled, Live, Place, Typed
from partnerselect.report.workbook.money import Allocation
from partnerselect.report.workbook.ranking import Ranking
from partnerselect.report.workbook.sheets import Sheet, laid_out
from partnerselect.rows import approval_rows, extra_rows
from partnerselect.rows.demands import demand_sentences
from partnerselect.rows.inputs import part_rows
from partnerselect.rows.report import no_answer_words
from partnerselect.rows.robustness import how_it_was_drawn
from partnerselect.tables import Column
from partnerselect.tables.recommendation import DEFERRED, THE_WHOLE, columns_for

Row = dict[str, Any]
OF_NO_PROGRAMME = "Paid once, and extra days for our own team"


@dataclass(frozen=True)
class Answer:
    """What is recommended, in cells."""

    ranking: Ranking
    allocation: Allocation

    @property
    def analysis(self) -> Analysis:
        """What the workbook is about."""
        return self.ranking.inputs.analysis

    @cached_property
    def place(self) -> Place:
        """Where the sheet's columns stand."""
        currency = self.analysis.scenario.currency
        return Place("Recommendation", columns_for("workbook", currency))

    def cells(self) -> Iterator[tuple[Filled, ...]]:
        """Yield a row for each programme, one for what belongs to none, and one for the whole."""
        programmes = approval_rows(self.analysis)
        found = [self._programme(row) for row in programmes]
        if self.analysis.allocation.account is not None:
            found += [self._of_no_programme(), self._whole(len(programmes))]
        return laid_out(self.place.columns, found)

    def _programme(self, row: Row) -> dict[str, Filled]:
        leader = next(
            one.leader
            for one in self.analysis.recommendation.programmes
            if one.programme == row["id"]
        )
        partners = self.analysis.scenario.partners
        return {
            **row,
            "recommended": row["run"] and " + ".join(row["partners"]),
            **({"recommended": DEFERRED} if row["run"] is False else {}),
            "sure": row["certainty"].words if row["certainty"] else "",
            "leader": Live(
                self.ranking.leader(row["id"]), partners[leader].title if leader else "nobody"
            ),
            "value": self._value(row),
            "importance": Typed(self.analysis.scenario.programmes[row["id"]].importance, low=0),
            **self._amounts(row["id"], row),
        }

    def _of_no_programme(self) -> dict[str, Filled]:
        extras = extra_rows(self.analysis)
        known = {one.key: sum(row[one.key] for row in extras) for one in AMOUNTS}
        return {"programme": OF_NO_PROGRAMME, **self._amounts(None, known)}

    def _whole(self, programmes: int) -> dict[str, Filled]:
        account = self.analysis.allocation.account
        assert account is not None  # noqa: S101 - asked for only where there is one
        values, importance = (
            self.place.span(key, 0, programmes - 1) for key in ("value", "importance")
        )
        value = Live(f"=SUMPRODUCT({values},{importance})/SUM({importance})", account.value)
        sums = {
            key: Live(f"=SUM({self.place.span(key, 0, programmes)})", known)
            for key, known in amounts_of(self.analysis.scenario, account.lines).items()
        }
        return {"programme": THE_WHOLE, "value": value, **sums}

    def _amounts(self, programme: str | None, known: Row) -> dict[str, Filled]:
        """Return the amounts of a programme: sums of the sheet Allocation where it has them."""
        return {one.key: self._amount(programme, one.key, known[one.key]) for one in AMOUNTS}

    def _amount(self, programme: str | None, key: str, known: float | None) -> Filled:
        formula = self.allocation.total(key, programme)
        return known if formula is None or known is None else Live(formula, known)

    def _value(self, row: Row) -> Filled:
        """Return the value delivered: of the chosen partners' parts, or of doing nothing."""
        if row["run"] is None:
            return None
        if row["run"]:
            parts = [one for one in part_rows(self.analysis) if one["programme"] == row["id"]]
            terms = [
                f"{one['share']!r}*{self.ranking.value(row['id'], one['partner'])}" for one in parts
            ]
            return Live(f"={'+'.join(terms)}", row["value"])
        nothing = self.ranking.value(row["id"], None)
        return Live(f"={nothing}", row["value"]) if nothing else row["value"]


def recommendation_sheet(answer: Answer) -> Sheet:
    """Return what to do, programme by programme, and what it costs."""
    return Sheet(
        "Recommendation",
        answer.analysis.scenario.title,
        answer.place.columns,
        answer.cells(),
        _answer_note(answer.analysis),
    )


def _answer_note(analysis: Analysis) -> str:
    if why := no_answer_words(analysis):
        demands = demand_sentences(analysis)
        return " ".join([f"There is no recommendation: {why}.", *demands])
    return (
        "What may be changed here and in the other sheets, and what follows, is said in the sheet"
        " Guide. What is recommended is not worked out again."
    )


def guide_sheet(answer: Answer) -> Sheet:
    """Return what may be changed, what follows from it and what does not."""
    return Sheet(
        "Guide",
        "What may be changed here, and what follows?",
        (Column("what", "What", width=34), Column("how", "How", width=100)),
        _guide_cells(answer),
    )


def _guide_cells(answer: Answer) -> Iterator[tuple[Filled, ...]]:
    analysis = answer.analysis
    yield (
        Typed("A cell that looks like this"),
        (
            "may be changed. All others are formulas, or words and figures that came out of the"
            " analysis."
        ),
    )
    yield from FOLLOWS
    yield "What does not follow", STAYS
    yield (
        "Ends of scales",
        (
            "A scale between the worst and the best partner of a programme keeps the ends it had"
            " when the scenario was loaded."
        ),
    )
    yield (
        "Ranks",
        "Values closer than 0.000000001 share a rank. A partner that may not be chosen has none.",
    )
    yield (
        "Sorting",
        (
            "Filter as you like. Do not sort Ranking, Allocation, Weights, Scores, Scales or"
            " Prices: formulas count on their order."
        ),
    )
    yield (
        "What it rests on",
        (
            f"{analysis.scenario.origin.id}, content {analysis.scenario.origin.sha256};"
            f" {solver_name()}; {how_it_was_drawn(analysis)}"
        ),
    )


FOLLOWS = (
    (
        "Points in Weights",
        (
            "Shares and weights follow, then every value and rank in Ranking, and who is first on"
            " value now in Recommendation."
        ),
    ),
    (
        "Scores in Scores",
        (
            "Values and ranks follow. A score is a number or a level of its scale; the word"
            ' "unknown" counts 50.'
        ),
    ),
    (
        "Prices and shares in Prices",
        (
            "Costs follow in Ranking, Allocation, Costs and Recommendation; values and ranks too,"
            " where a criterion is computed from prices."
        ),
    ),
    (
        "Days in Allocation",
        (
            "Costs follow, in Costs and Recommendation too. The days in Ranking are those of a"
            " partner that does all of it alone, and stay."
        ),
    ),
    ("Importance in Recommendation", "The value of the whole follows."),
)
STAYS = (
    "The choice: it is not made again. Who is recommended, who may be chosen, what is deferred,"
    " every verdict and share of trials, reasons, conditions and limits, and the sheets"
    " Sensitivity, Turning points, Shares, Open questions and Checks are those of the figures the"
    " workbook was made with. Where another partner is first on value now, put the new figures into"
    " the scenario and run the program again."
)
