"""Swept inputs, their values and whole cases as those who read about them would name them."""

from __future__ import annotations

from typing import Any

from partnerselect.cases import STAKEHOLDERS
from partnerselect.model.limits import kind_at
from partnerselect.model.scenario import Scenario
from partnerselect.words.limit_words import named_inside, quantity
from partnerselect.words.wording import figure


def input_title(scenario: Scenario, path: str) -> str:
    """Return what an input is called within a sentence."""
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
    """Return an input and what it is set to."""
    words = path.split(".")
    match words:
        case [only] if only == STAKEHOLDERS and value in scenario.stakeholders:
            return f"weights of {scenario.stakeholders[value].title}"
        case ["gates", name, "status"] if name in scenario.gates:
            return f"{scenario.gates[name].title}: {value}"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and _limit(scenario, words):
        return f"{_limit(scenario, words)}: {quantity(tuple(words), scenario.currency, value)}"
    return f"{input_title(scenario, path)}: {figure(value) if is_number else value}"


def partner_titles(scenario: Scenario, partners: str) -> str:
    """Return a set of partners by their titles."""
    known = scenario.partners
    names = partners.split(" + ") if partners else []
    return " + ".join(known[name].title if name in known else name for name in names)


def case_title(scenario: Scenario, varied: dict[str, Any]) -> str:
    """Return what sets a case apart; of a scenario that nothing is varied in, its title."""
    settings = [setting(scenario, path, value) for path, value in varied.items()]
    return "; ".join(settings) or scenario.title


def _limit(scenario: Scenario, words: list[str]) -> str:
    """Name a limit; empty where the path leads to none."""
    loc = tuple(words)
    return named_inside(scenario, loc) if kind_at(loc) is not None else ""


def _title(scenario: Scenario, kind: str, name: str) -> str:
    kinds: dict[str, dict[str, Any]] = {
        "partners": dict(scenario.partners),
        "programmes": dict(scenario.programmes),
        "gates": dict(scenario.gates),
        STAKEHOLDERS: dict(scenario.stakeholders),
    }
    titled = kinds.get(kind, {})
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
