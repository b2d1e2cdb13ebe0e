"""The ranked recommendation tables: who is chosen how often, what changes it, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from partnerselect.allocation.amounts import HEADLINES
from partnerselect.batch.drivers import Driver
from partnerselect.batch.statistics import ProgrammeStatistics, ScenarioStatistics, Statistics
from partnerselect.batch.statistics import choice as choice_of
from partnerselect.rows import rounded
from partnerselect.tables.frames import Row

ENDS = " ".join(f"least_{one.key} most_{one.key}" for one in HEADLINES)
COLUMNS = {
    "recommendations": "programme place partner cases chosen chosen_share leads leads_share"
    " eligible worst_value best_value least_own_cost most_own_cost currency illustrative",
    "choices": "programme place partners cases chosen share illustrative",
    "drivers": "programme place scenario input measure compared strength words",
    "scenarios": "scenario title cases answered infeasible failed worst_value best_value"
    f" worst_value_case best_value_case {ENDS} least_cost_case most_cost_case currency"
    " illustrative",
}
"""The columns of each table, by its name."""


def table_rows(statistics: Statistics) -> dict[str, Iterator[Row]]:
    """Return the rows of each table, by its name."""
    made: dict[str, Callable[[Statistics], Iterator[Row]]] = {
        "recommendations": partner_rows,
        "choices": choice_rows,
        "drivers": driver_rows,
        "scenarios": outlook_rows,
    }
    return {name: map(rounded, make(statistics)) for name, make in made.items()}


def partner_rows(statistics: Statistics) -> Iterator[Row]:
    """Yield every partner of every programme, the most often chosen first."""
    for name, programme in statistics.programmes.items():
        for place, (partner, counts) in enumerate(programme.ranked_partners, start=1):
            yield {
                "programme": name,
                "place": place,
                "partner": partner,
                "cases": programme.answered,
                "chosen": counts.chosen,
                "chosen_share": counts.chosen / programme.answered,
                "leads": counts.leads,
                "leads_share": counts.leads / programme.answered,
                "eligible": counts.eligible,
                **counts.value.named("worst_value", "best_value"),
                **counts.own_cost.named("least_own_cost", "most_own_cost"),
                "currency": programme.currency,
                "illustrative": programme.illustrative,
            }


def choice_rows(statistics: Statistics) -> Iterator[Row]:
    """Yield every set of partners chosen for a programme, the most frequent first."""
    for name, programme in statistics.programmes.items():
        for place, (partners, count) in enumerate(programme.ranked_choices, start=1):
            yield {
                "programme": name,
                "place": place,
                "partners": partners,
                "cases": programme.answered,
                "chosen": count,
                "share": count / programme.answered,
                "illustrative": programme.illustrative,
            }


def driver_rows(statistics: Statistics) -> Iterator[Row]:
    """Yield what drives the choice for every programme, the strongest first."""
    for name in statistics.programmes:
        for place, (scenario, driver) in enumerate(drivers_of(statistics, name), start=1):
            yield {"programme": name, "place": place, "scenario": scenario, **vars(driver)}


def drivers_of(statistics: Statistics, programme: str) -> list[tuple[str, Driver]]:
    """Return the drivers of one programme with their scenarios, the strongest first."""
    found = [
        (of.source.name, driver)
        for of in statistics.scenarios.values()
        for name, driver in of.drivers()
        if name == programme
    ]
    return sorted(found, key=lambda pair: -pair[1].strength)


def outlook_rows(statistics: Statistics) -> Iterator[Row]:
    """Yield every scenario: how its cases ended, and the best and worst of the whole portfolio."""
    for of in statistics.scenarios.values():
        own_cost, answers, impossible = (
            of.amounts["own_cost"],
            answered(of),
            of.states["infeasible"],
        )
        found: Row = {
            "scenario": of.source.name,
            "title": of.source.scenario.title,
            "cases": of.seen,
            "answered": answers,
            "infeasible": impossible,
            "failed": of.seen - answers - impossible,
            **of.value.named("worst_value", "best_value"),
            "worst_value_case": of.value.low_case,
            "best_value_case": of.value.high_case,
            "least_cost_case": own_cost.low_case,
            "most_cost_case": own_cost.high_case,
            "currency": of.source.scenario.currency,
            "illustrative": of.source.scenario.illustrative,
        }
        for key, extent in of.amounts.items():
            found |= extent.named(f"least_{key}", f"most_{key}")
        yield found


def answered(of: ScenarioStatistics) -> int:
    """Return how many of a scenario's cases have an answer."""
    return of.states["optimal"] + of.states["within-gap"]


def change_rows(statistics: Statistics, row: Row) -> Iterator[Row]:
    """Yield the programmes of one case whose answer is not the usual one."""
    for programme in row["programmes"]:
        here, usually = choice_of(programme), statistics.programmes[programme["programme"]].usual
        if programme["run"] is not None and here != usually:
            yield {
                "case": row["case"],
                "programme": programme["programme"],
                "usually": usually,
                "here": here,
                "value": programme["value"],
            }


def usual_share(programme: ProgrammeStatistics) -> float:
    """Return how often the usual answer is given."""
    return programme.choices[programme.usual] / programme.answered if programme.answered else 0.0
