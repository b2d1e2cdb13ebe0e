"""The same question put to the oracle and to the package, the answers in one shape."""

from __future__ import annotations

from dataclasses import dataclass, field

from partnerselect.analysis import analyse
from partnerselect.model import Scenario
from partnerselect.rows import ranking_json
from tests.oracle.checker import chosen, levels_in
from tests.oracle.scores import Data
from tests.oracle.search import best

TOLERANCE = 2e-5
"""Points: an answer is called optimal within 1e-5, and printed figures are rounded."""


@dataclass(frozen=True)
class Plan:
    """Who serves each need (`programme.need`), the portfolio value, the cost to the trust and the levels."""

    served: dict[str, str]
    value: float
    own_cost: float
    levels: dict[str, str] = field(default_factory=dict)


def by_trying_all(scenario: Data) -> Plan | None:
    """Return the oracle's answer; None where there is none."""
    answer = best(scenario)
    if answer is None:
        return None
    return Plan(
        {f"{p}.{j}": k for (p, j), k in answer.allocation.items()},
        round(answer.totals.value, 6),
        round(answer.totals.own_cost, 6),
        answer.totals.levels,
    )


def by_the_package(scenario: Data) -> Plan | None:
    """Return the package's proven answer; None where there is none."""
    answer = printed(scenario)
    if answer["status"]["state"] == "infeasible":
        return None
    served = {f"{p}.{j}": k for (p, j), k in chosen(answer["allocation"])[0].items()}
    sums = answer["portfolio"]
    return Plan(served, sums["value"], sums["own_cost"], levels_in(answer))


def printed(scenario: Data) -> Data:
    """Return what `rank --format json` prints, as data."""

    answer: Data = ranking_json(analyse(Scenario.from_data(scenario)))
    return answer


def disagreement(scenario: Data, answer: Data) -> str:
    """Say how a printed answer differs from the best of all allocations.

    Nothing where it does not.
    """
    expected = best(scenario)
    if expected is None or answer["status"]["state"] != "optimal":
        return (
            ""
            if expected is None and answer["status"]["state"] == "infeasible"
            else f"{answer['status']['state']}, but {expected or 'no answer exists'}"
        )
    if abs(answer["portfolio"]["value"] - expected.totals.value) > TOLERANCE:
        return (
            f"value {answer['portfolio']['value']}, but {expected.totals.value} by"
            f" {expected.allocation}"
        )
    served, levels = chosen(answer["allocation"])[0], levels_in(answer)
    if expected.clear and (served, levels) != (expected.allocation, expected.totals.levels):
        preferred = f"{expected.allocation} at {expected.totals.levels}"
        return f"{served} at {levels}, but {preferred} is preferred"
    return ""
