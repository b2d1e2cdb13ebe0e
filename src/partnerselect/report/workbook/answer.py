"""The sheets that say what to do: the recommendation, and what may be changed in the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partnerselect.analysis import Analysis
from partnerselect.optimiser import solver_name
from partnerselect.report.workbook.cells import Filled, Live, Place, Typed
from partnerselect.report.workbook.money import Allocation
from partnerselect.report.workbook.ranking import Ranking
from partnerselect.report.workbook.sheets import Sheet, SheetColumn
from partnerselect.robustness.verdict import verdict_words
from partnerselect.rows import approval_rows, extra_rows
from partnerselect.rows.inputs import part_rows
from partnerselect.rows.report import no_answer_words
from partnerselect.rows.robustness import how_it_was_drawn
from partnerselect.words.wording import share

Row = dict[str, Any]
ANSWER = Place(
    "Recommendation",
    (
        "programme",
        "partners",
        "sure",
        "leader",
        "value",
        "importance",
        "cost",
        "own_cost",
        "condition",
        "runner_up",
        "reason",
    ),
)
THE_WHOLE = "The whole"
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

    def cells(self) -> Iterator[tuple[Filled, ...]]:
        """Yield a row for each programme, one for what belongs to none, and one for the whole."""
        programmes = approval_rows(self.analysis)
        for row in programmes:
            yield self._programme(row)
        account = self.analysis.allocation.account
        if account is None:
            return
        last = len(programmes) - 1
        values, importance = (ANSWER.span(key, 0, last) for key in ("value", "importance"))
        value = Live(f"=SUMPRODUCT({values},{importance})/SUM({importance})", account.value)
        others = [
            sum(row[key] for row in extra_rows(self.analysis)) for key in ("cost", "own_cost")
        ]
        extra = (
            self._cost(None, key, known)
            for key, known in zip(("cost", "ours"), others, strict=True)
        )
        yield OF_NO_PROGRAMME, *(None,) * 5, *extra, *(None,) * 3
        sums = (f"=SUM({ANSWER.span(key, 0, last + 1)})" for key in ("cost", "own_cost"))
        costs = (
            Live(formula, known)
            for formula, known in zip(sums, (account.cost, account.own_cost), strict=True)
        )
        yield THE_WHOLE, None, None, None, value, None, *costs, None, None, None

    def _programme(self, row: Row) -> tuple[Filled, ...]:
        told = (
            None
            if row["run"] is None
            else " + ".join(row["partners"])
            if row["run"]
            else "deferred"
        )
        cost = (
            None
            if row["run"] is None
            else next(
                one.cost
                for one in self.analysis.recommendation.programmes
                if one.programme == row["id"]
            )
        )
        leader = next(
            one.leader
            for one in self.analysis.recommendation.programmes
            if one.programme == row["id"]
        )
        return (
            row["programme"],
            told,
            _how_sure(row),
            Live(
                self.ranking.leader(row["id"]),
                self.analysis.scenario.partners[leader].title if leader else "nobody",
            ),
            self._value(row),
            Typed(self.analysis.scenario.programmes[row["id"]].importance, low=0),
            *(
                self._cost(row["id"], key, known)
                for key, known in (("cost", cost), ("ours", row["own_cost"]))
            ),
            row["condition"],
            row["runner_up"],
            row["reason"],
        )

    def _value(self, row: Row) -> Filled:
        """Return the value delivered: the parts of the chosen partners, or that of doing nothing."""
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

    def _cost(self, programme: str | None, key: str, known: float | None) -> Filled:
        formula = self.allocation.total(key, programme)
        return known if formula is None or known is None else Live(formula, known)


def _how_sure(row: Row) -> str:
    if row["share"] is None:
        return ""
    return (
        verdict_words(row["share"])
        if row["verdict"]
        else f"first in {share(row['share'])} of draws"
    )


def recommendation_sheet(answer: Answer) -> Sheet:
    """Return what to do, programme by programme, and what it costs."""
    money = answer.ranking.inputs.money
    columns = (
        SheetColumn("Programme", width=28),
        SheetColumn("Recommended", width=28),
        SheetColumn("How sure", width=14),
        SheetColumn("First on value now", width=24),
        SheetColumn("Value", "number", 9, bar=True),
        SheetColumn("Importance", "number", 11, "#,##0.##"),
        SheetColumn("Cost", "number", 12, money),
        SheetColumn("Cost to us", "number", 12, money, bar=True),
        SheetColumn("Condition", width=28),
        SheetColumn("Runner-up", width=24),
        SheetColumn("Why", width=52),
    )
    return Sheet(
        "Recommendation",
        answer.analysis.scenario.title,
        columns,
        answer.cells(),
        _answer_note(answer.analysis),
    )


def _answer_note(analysis: Analysis) -> str:
    told = no_answer_words(analysis)
    if told:
        return (
            f"There is no recommendation: {told}."
            f" {' '.join(conflict.words for conflict in analysis.conflicts)}"
        )
    return (
        "What may be changed here and in the other sheets, and what follows, is said in the sheet"
        " Guide. What is recommended is not worked out again."
    )


def guide_sheet(answer: Answer) -> Sheet:
    """Return what may be changed, what follows from it and what does not."""
    return Sheet(
        "Guide",
        "What may be changed here, and what follows?",
        (SheetColumn("What", width=34), SheetColumn("How", width=100)),
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
    " every verdict and share of draws, reasons, conditions and limits, and the sheets Sensitivity,"
    " Turning points, Shares, Open questions and Checks are those of the figures the workbook was"
    " made with. Where another partner is first on value now, put the new figures into the scenario"
    " and run the program again."
)
