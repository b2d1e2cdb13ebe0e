"""Plain data: rows by key, numbers rounded, and which scenario and programs they come from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from partnerselect import optimiser
from partnerselect.model import Dose, Scenario
from partnerselect.value import weights_since_frozen
from partnerselect.words import ENDED, UNANSWERED

if TYPE_CHECKING:  # `check` waits for no solver
    from partnerselect.analysis import Analysis

FORMAT = 2
DECIMALS = 6
AS_IT_IS = frozenset({str, int, bool, type(None)})
"""What has no decimals and no parts."""
Row = dict[str, Any]
PARTNERS = frozenset({"partner", "leader", "rival", "below", "above"})
"""Keys under which a partner stands."""


def titled(scenario: Scenario, row: Row) -> Row:
    """Return a row with titles where it has the ids of what has titles."""
    titles = {
        **dict.fromkeys(PARTNERS, scenario.partner_titles),
        "programme": scenario.programme_titles,
        "criterion": {path: one.title for path, one in scenario.criteria.nodes.items()},
        "component": {name: one.title for name, one in scenario.components.items()},
        "payer": {name: one.title for name, one in scenario.payers.items()},
        "phase": {name: scenario.phase_title(name) for name in scenario.phases},
    }
    return {
        key: titles[key].get(cell, cell) if key in titles else cell for key, cell in row.items()
    }


def with_names(scenario: Scenario, found: Iterable[Row]) -> list[Row]:
    """Return rows that are each of a partner with its short name, where it has one."""
    return [{**row, "name": scenario.partner_names[row["partner"]]} for row in found]


def picked(of: object, *keys: str) -> Row:
    """Return some of what a thing has, by name."""
    return {key: getattr(of, key) for key in keys}


def weights_of(analysis: Analysis, programme: str) -> dict[str, float]:
    """Return the leaf weights that hold for a programme."""
    p = analysis.table.workload.programmes.index(programme)
    return dict(zip(analysis.table.criteria, analysis.scores.weights[p].tolist(), strict=True))


def no_answer_words(analysis: Analysis) -> str:
    """Say why there is no answer, to be put into a sentence; empty where there is one."""
    if analysis.allocation.state == "infeasible":
        return ENDED["infeasible"]
    why = analysis.allocation.why
    return UNANSWERED[why] if why else ""


def rounded(value: Any) -> Any:  # noqa: ANN401 - any plain data
    """Return plain data with its numbers rounded to 6 decimals, never −0.0."""
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0
    if isinstance(value, dict):  # a large answer has a million cells: no call for most of them
        return {
            key: round(item, DECIMALS) + 0.0
            if (kind := type(item)) is float
            else item
            if kind in AS_IT_IS
            else rounded(item)
            for key, item in value.items()
        }
    return [rounded(item) for item in value] if isinstance(value, list | tuple) else value


def printed(scenario: Scenario, report: Row) -> Row:
    """Return a report as JSON has it: levels under a key of their own, numbers to 6 decimals."""
    return dict(rounded(at_levels(scenario, report)))


def at_levels(scenario: Scenario, value: Any) -> Any:  # noqa: ANN401 - any plain data
    """Return plain data in which the level of a programme stands beside it, under its own key."""
    doses = {name: one.dose for name, one in scenario.programmes.items() if one.dose}
    return _at_levels(doses, value) if doses else value


def _at_levels(doses: dict[str, Dose], value: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, list | tuple):
        return [_at_levels(doses, item) for item in value]
    if not isinstance(value, dict):
        return value
    found: Row = {}
    for key, item in value.items():
        found[key] = _at_levels(doses, item)
        if key == "programme" and isinstance(item, str) and (dose := doses.get(item)):
            found |= {key: dose.programme, "level": value.get("level", dose.level)}
    return found


def scenario_row(analysis: Analysis) -> Row:
    """Return which scenario the rows are about."""
    scenario = analysis.scenario
    return {
        **picked(scenario, "id", "title"),
        "as_at": None if scenario.as_at is None else scenario.as_at.isoformat(),
        **picked(scenario, "illustrative", "currency"),
        "sha256": scenario.origin.sha256,  # of what the files say, whatever options override
        "register": [
            one for one in (*scenario.from_register, weights_since_frozen(scenario)) if one
        ],
    }


@cache
def software() -> str:
    """Return the versions that an answer may depend on."""
    try:
        own = version("partnerselect")
    except PackageNotFoundError:  # run from a checkout that is not installed
        own = "(not installed)"
    return f"partnerselect {own}, {optimiser.solver_name()}"
