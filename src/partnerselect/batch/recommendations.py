"""The ranked recommendation tables, as layouts and rows: who is chosen how often, what changes it, and where."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.allocation.amounts import HEADLINES
from partnerselect.batch.drivers import Driver
from partnerselect.batch.statistics import DEFERRED, ProgrammeTally, ScenarioTally, Tally, choice
from partnerselect.model.scenario import Scenario
from partnerselect.rows import rounded
from partnerselect.tables import Column
from partnerselect.tables.frames import Layout, Row, columns

PARTNERS = Layout(
    "recommendations",
    columns(
        text="programme",
        whole="place",
        text_2="partner",
        whole_2="cases chosen",
        number="chosen_share",
        whole_3="leads",
        number_2="leads_share",
        whole_4="eligible",
        number_3="worst_value best_value least_own_cost most_own_cost",
        text_3="currency",
        flag="illustrative",
    ),
)
CHOICES = Layout(
    "choices",
    columns(
        text="programme",
        whole="place",
        text_2="partners",
        whole_2="cases chosen",
        number="share",
        flag="illustrative",
    ),
)
DRIVERS = Layout(
    "drivers",
    columns(
        text="programme",
        whole="place",
        text_2="scenario input measure",
        whole_2="compared",
        number="strength",
        text_3="words",
    ),
)
OUTLOOK = Layout(
    "scenarios",
    columns(
        text="scenario title",
        whole="cases answered infeasible failed",
        number="worst_value best_value",
        text_2="worst_value_case best_value_case",
        number_2=" ".join(f"least_{one.key} most_{one.key}" for one in HEADLINES),
        text_3="least_cost_case most_cost_case currency",
        flag="illustrative",
    ),
)


def changes_layout(varied: tuple[Column, ...]) -> Layout:
    """Return the layout of the cases whose answer is not the usual one."""
    return Layout(
        "changes",
        (
            Column("case"),
            *varied,
            Column("programme"),
            Column("usually"),
            Column("here"),
            Column("value", kind="number"),
        ),
    )


def partner_rows(tally: Tally) -> Iterator[Row]:
    """Yield every partner of every programme, the most often chosen first."""
    for name, programme in tally.programmes.items():
        for place, (partner, counted) in enumerate(programme.ranked_partners, start=1):
            (worst, best), (least, most) = counted.value.ends, counted.own_cost.ends
            yield rounded(
                {
                    "programme": name,
                    "place": place,
                    "partner": partner,
                    "cases": programme.answered,
                    "chosen": counted.chosen,
                    "chosen_share": counted.chosen / programme.answered
                    if programme.answered
                    else None,
                    "leads": counted.leads,
                    "leads_share": counted.leads / programme.answered
                    if programme.answered
                    else None,
                    "eligible": counted.eligible,
                    "worst_value": worst,
                    "best_value": best,
                    "least_own_cost": least,
                    "most_own_cost": most,
                    "currency": programme.currency,
                    "illustrative": programme.illustrative,
                },
            )


def choice_rows(tally: Tally) -> Iterator[Row]:
    """Yield every set of partners chosen for a programme, the most frequent first."""
    for name, programme in tally.programmes.items():
        for place, (partners, count) in enumerate(programme.ranked_choices, start=1):
            yield rounded(
                {
                    "programme": name,
                    "place": place,
                    "partners": partners,
                    "cases": programme.answered,
                    "chosen": count,
                    "share": count / programme.answered,
                    "illustrative": programme.illustrative,
                },
            )


def driver_rows(tally: Tally) -> Iterator[Row]:
    """Yield what drives the choice for every programme, the strongest first."""
    for name in tally.programmes:
        for place, (scenario, driver) in enumerate(drivers_of(tally, name), start=1):
            yield rounded(
                {
                    "programme": name,
                    "place": place,
                    "scenario": scenario,
                    "input": driver.input,
                    "measure": driver.measure,
                    "compared": driver.compared,
                    "strength": driver.strength,
                    "words": driver.words,
                },
            )


def drivers_of(tally: Tally, programme: str) -> list[tuple[str, Driver]]:
    """Return the drivers of one programme with their scenarios, the strongest first."""
    found = [
        (of.source.name, driver)
        for of in tally.scenarios.values()
        for name, driver in of.drivers()
        if name == programme
    ]
    return sorted(found, key=lambda pair: -pair[1].strength)


def outlook_rows(tally: Tally) -> Iterator[Row]:
    """Yield every scenario: how its cases ended, and the best and worst of the whole portfolio."""
    for of in tally.scenarios.values():
        (worst, best), own_cost = of.value.ends, of.amounts["own_cost"]
        yield rounded(
            {
                "scenario": of.source.name,
                "title": of.source.scenario.title,
                "cases": of.seen,
                "answered": answered(of),
                "infeasible": of.states["infeasible"],
                "failed": of.seen - answered(of) - of.states["infeasible"],
                "worst_value": worst,
                "worst_value_case": of.value.low_case,
                "best_value": best,
                "best_value_case": of.value.high_case,
                **_ends(of),
                "least_cost_case": own_cost.low_case,
                "most_cost_case": own_cost.high_case,
                "currency": of.source.scenario.currency,
                "illustrative": of.source.scenario.illustrative,
            },
        )


def _ends(of: ScenarioTally) -> Row:
    """Return the least and the most that a scenario's cases come to."""
    found: Row = {}
    for key, extent in of.amounts.items():
        found[f"least_{key}"], found[f"most_{key}"] = extent.ends
    return found


def answered(of: ScenarioTally) -> int:
    """Return how many of a scenario's cases have an answer."""
    return of.states["optimal"] + of.states["within-gap"]


def change_rows(tally: Tally, row: Row) -> Iterator[Row]:
    """Yield the programmes of one case whose answer is not the usual one."""
    for programme in row["programmes"]:
        here, usually = choice(programme), tally.programmes[programme["programme"]].usual
        if programme["run"] is not None and here != usually:
            yield {
                "case": row["case"],
                "programme": programme["programme"],
                "usually": usually,
                "here": here,
                "value": programme["value"],
            }


def titled(scenario: Scenario, partners: str) -> str:
    """Return a set of partners by their titles."""
    if partners == DEFERRED or not partners:
        return partners
    known = scenario.partners
    return " + ".join(
        known[name].title if name in known else name for name in partners.split(" + ")
    )


def usual_share(programme: ProgrammeTally) -> float:
    """Return how often the usual answer is given."""
    return programme.choices[programme.usual] / programme.answered if programme.answered else 0.0
