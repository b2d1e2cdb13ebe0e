"""The ranked recommendation tables: who is chosen how often, what changes it, and where.

A column with a title stands in the workbook too; files have all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from partnerselect.allocation import HEADLINES
from partnerselect.batches.statistics import AT, Statistics, choice as choice_of
from partnerselect.cases import PLANS, STAKEHOLDERS
from partnerselect.model import Scenario, entry_at, kind_at
from partnerselect.tables import PARTNER_ID, PROGRAMME_ID, Column, FrameRow, data_column
from partnerselect.words import figure, named_inside, quantity

PROGRAMME = (
    PROGRAMME_ID,
    Column("programme_title", "Programme", width=38, about="Its title."),
)
CASES = data_column("cases", "Cases that have an answer.", "whole")
CURRENCY = Column("currency", "Currency", width=10, about="Three letters, of all money in the row.")
ILLUSTRATIVE = data_column("illustrative", "Whether the figures are made up.", "flag")
WORST = Column("worst_value", "Worst value", "number", width=12, about="The lowest value seen.")
BEST = Column("best_value", "Best value", "number", width=12, bar=True, about="The highest seen.")
RECOMMENDATIONS = (
    *PROGRAMME,
    Column("place", "Place", "whole", width=8, about="From 1, the most often chosen first."),
    PARTNER_ID,
    Column("partner_title", "Partner", width=38, about="Its title."),
    CASES,
    data_column("chosen", "In how many of them it is chosen.", "whole"),
    Column("chosen_share", "Chosen in cases", "share", bar=True, about="The same as a share."),
    data_column("leads", "In how many of them it is first on value.", "whole"),
    Column(
        "leads_share", "Leads on value in cases", "share", bar=True, about="The same as a share."
    ),
    data_column("eligible", "In how many of them it may be chosen.", "whole"),
    replace(WORST, about="The lowest value seen, 0 to 100; empty if never eligible."),
    replace(BEST, about="The highest value seen; empty if never eligible."),
    Column("least_own_cost", "Least cost to us", "money", about="Empty if never eligible."),
    Column("most_own_cost", "Most cost to us", "money", bar=True, about="Empty if never eligible."),
    CURRENCY,
    ILLUSTRATIVE,
)
CHOICES = (
    *PROGRAMME,
    data_column("place", "From 1, the most frequent first.", "whole"),
    data_column("partners", "Ids joined by ` + `, or `deferred`."),
    data_column("partners_title", "Their titles."),
    CASES,
    data_column("chosen", "In how many of them these are chosen.", "whole"),
    data_column("share", "The same as a share.", "share"),
    ILLUSTRATIVE,
)
DRIVERS = (
    *PROGRAMME,
    data_column("place", "From 1, the strongest first.", "whole"),
    Column("scenario", "Scenario", width=24, about="The id of the scenario that varies it."),
    data_column("input", "The path of what was varied."),
    Column("input_title", "Input", width=38, about="What it is called within a sentence."),
    data_column("measure", "`pairs` that differ in this alone, or `halves` of a sample."),
    data_column("compared", "How many pairs, or cases.", "whole"),
    Column(
        "strength",
        "Changes the answer in",
        "share",
        bar=True,
        about="Share of pairs whose answers differ; of halves: the difference of shares.",
    ),
    Column("words", "In words", width=80, about="The same in a sentence."),
)
SCENARIOS = (
    data_column("scenario", "The scenario's id."),
    data_column("title", "Its title."),
    data_column("cases", "All its cases.", "whole"),
    data_column("answered", "Those that have an answer.", "whole"),
    data_column("infeasible", "Those whose demands cannot hold together.", "whole"),
    data_column("failed", "Those that broke down or ran out of time.", "whole"),
    replace(WORST, about="The lowest portfolio value, 0 to 100; empty without an answer."),
    replace(BEST, about="The highest portfolio value; empty without an answer."),
    data_column("worst_value_case", "The case of the lowest; empty without an answer."),
    data_column("best_value_case", "The case of the highest; empty without an answer."),
    *(
        data_column(f"{end}_{one.key}", f"{words} that a case comes to.", "money")
        for one in HEADLINES
        for end, words in (("least", "The least"), ("most", "The most"))
    ),
    data_column("least_cost_case", "The case of the least cost to us."),
    data_column("most_cost_case", "The case of the most cost to us."),
    CURRENCY,
    ILLUSTRATIVE,
)
CHANGES = (
    *PROGRAMME,
    data_column("usually", "The ids chosen most often over all cases, or `deferred`."),
    Column("usually_title", "Usually", width=38, about="Their titles."),
    data_column("here", "The ids chosen in this case, or `deferred`."),
    Column("here_title", "Here", width=38, about="Their titles."),
    data_column("value", "The programme's value here, 0 to 100.", "number"),
)


def partner_rows(statistics: Statistics) -> Iterator[FrameRow]:
    """Yield every partner of every programme, the most often chosen first."""
    for name, programme in statistics.programmes.items():
        for place, (partner, counts) in enumerate(programme.ranked_partners, start=1):
            yield {
                **_of(statistics, name, place),
                "partner": partner,
                "partner_title": partner_titles(statistics.scenario_with(name), partner),
                "chosen": counts.chosen,
                "chosen_share": counts.chosen / programme.answered,
                "leads": counts.leads,
                "leads_share": counts.leads / programme.answered,
                "eligible": counts.eligible,
                **counts.extents["value"].named("worst_value", "best_value"),
                **counts.extents["own_cost"].named("least_own_cost", "most_own_cost"),
                "currency": programme.currency,
            }


def choice_rows(statistics: Statistics) -> Iterator[FrameRow]:
    """Yield every set of partners chosen for a programme, the most frequent first."""
    for name, programme in statistics.programmes.items():
        for place, (partners, count) in enumerate(programme.ranked_choices, start=1):
            yield {
                **_of(statistics, name, place),
                "partners": partners,
                "partners_title": partner_titles(statistics.scenario_with(name), partners, name),
                "chosen": count,
                "share": count / programme.answered,
            }


def driver_rows(statistics: Statistics) -> Iterator[FrameRow]:
    """Yield what drives the choice for every programme, the strongest first."""
    for name in statistics.programmes:
        for place, (of, driver) in enumerate(statistics.drivers(name), start=1):
            yield {
                **_of(statistics, name, place),
                "scenario": of.source.name,
                "input_title": input_title(of.scenario, driver.input),
                **vars(driver),
            }


def outlook_rows(statistics: Statistics) -> Iterator[FrameRow]:
    """Yield every scenario: how its cases ended, and the best and worst of the whole portfolio."""
    for of in statistics.scenarios.values():
        value, own_cost, impossible = (
            of.extents["value"],
            of.extents["own_cost"],
            of.states["infeasible"],
        )
        yield {
            "scenario": of.source.name,
            "title": of.scenario.title,
            "cases": of.seen,
            "answered": of.answered,
            "infeasible": impossible,
            "failed": of.seen - of.answered - impossible,
            **value.named("worst_value", "best_value"),
            "worst_value_case": value.low.case,
            "best_value_case": value.high.case,
            "least_cost_case": own_cost.low.case,
            "most_cost_case": own_cost.high.case,
            "currency": of.scenario.currency,
            "illustrative": of.scenario.illustrative,
            **{
                name: end
                for one in HEADLINES
                for name, end in of.extents[one.key]
                .named(f"least_{one.key}", f"most_{one.key}")
                .items()
            },
        }


def change_rows(statistics: Statistics, case: FrameRow) -> Iterator[FrameRow]:
    """Yield the programmes of one case whose answer is not the usual one."""
    for programme in case["programmes"]:
        name = programme["programme"]
        here, usually = choice_of(programme), statistics.programmes[name].usual
        if programme["run"] is not None and here != usually:
            scenario = statistics.scenario_with(name)
            yield {
                "case": case["case"],
                "programme": name,
                "programme_title": statistics.programmes[name].title,
                "usually": usually,
                "usually_title": partner_titles(scenario, usually, name),
                "here": here,
                "here_title": partner_titles(scenario, here, name),
                "value": programme["value"],
            }


RANKED: dict[str, tuple[tuple[Column, ...], Callable[[Statistics], Iterator[FrameRow]]]] = {
    "recommendations": (RECOMMENDATIONS, partner_rows),
    "choices": (CHOICES, choice_rows),
    "drivers": (DRIVERS, driver_rows),
    "scenarios": (SCENARIOS, outlook_rows),
}
"""The tables by name: their columns, and what makes their rows."""


def _of(statistics: Statistics, name: str, place: int) -> FrameRow:
    programme = statistics.programmes[name]
    return {
        "programme": name,
        "programme_title": programme.title,
        "place": place,
        "cases": programme.answered,
        "illustrative": programme.illustrative,
    }


def input_title(scenario: Scenario, path: str) -> str:
    """Return what a swept input is called within a sentence."""
    match path.split("."):
        case [only] if only == STAKEHOLDERS:
            return "whose weights count"
        case ["gates", name, "status"] if name in scenario.gates:
            return f"whether {_inside(scenario.gates[name].title)}"
        case ["criteria", *criterion, "weight"] if title := _criterion_title(scenario, criterion):
            return f"the weight of {_inside(title)}"
        case words if limit := _limit(scenario, words):
            return limit
        case [kind, name, *rest] if rest and (title := _title(scenario, kind, name)):
            return f"{' '.join(rest).replace('-', ' ')} of {title}"
    return path


def setting(scenario: Scenario, path: str, value: Any) -> str:  # noqa: ANN401 - anything is swept
    """Return a swept input and what it is set to, as those who read about it would name them."""
    words = path.split(".")
    match words:
        case [only] if only == STAKEHOLDERS and value in scenario.stakeholders:
            return f"weights of {scenario.stakeholders[value].title}"
        case [only] if only == PLANS and value in scenario.all_plans:
            return f"plan judged: {scenario.all_plans[value].title}"
        case ["gates", name, "status"] if name in scenario.gates:
            return f"{scenario.gates[name].title}: {value}"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and (limit := _limit(scenario, words)):
        return f"{limit}: {quantity(tuple(words), scenario.currency, value)}"
    return f"{input_title(scenario, path)}: {figure(value) if is_number else value}"


def partner_titles(scenario: Scenario, chosen: str, programme: str = "") -> str:
    """Return a set of partners by their titles, and the level where the programme has some."""
    known, (partners, _, level) = scenario.partners, chosen.partition(AT)
    names = partners.split(" + ") if partners else []
    titles = [known[name].title if name in known else name for name in names]
    entry = entry_at(programme, level)
    return " + ".join(scenario.at_level(titles, entry if entry in scenario.programmes else None))


def case_title(scenario: Scenario, varied: FrameRow) -> str:
    """Return what sets the answer of a case apart; where nothing does, the scenario's title.

    Which plan is judged beside it moves no answer.
    """
    settings = [setting(scenario, path, value) for path, value in varied.items() if path != PLANS]
    return "; ".join(settings) or scenario.title


def _limit(scenario: Scenario, words: list[str]) -> str:
    """Name a limit; empty where the path leads to none."""
    loc = tuple(words)
    return named_inside(scenario, loc) if kind_at(loc) is not None else ""


def _title(scenario: Scenario, kind: str, name: str) -> str:
    if kind not in {"partners", "programmes", "gates", STAKEHOLDERS}:
        return ""
    titled = getattr(scenario, kind)
    return str(titled[name].title) if name in titled else ""


def _criterion_title(scenario: Scenario, names: list[str]) -> str:
    children, title = scenario.criteria.criteria, ""
    for name in names:
        if name not in children:
            return ""
        title, children = children[name].title, children[name].criteria or {}
    return title


def _inside(title: str) -> str:
    """Return a title as it reads within a sentence."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
