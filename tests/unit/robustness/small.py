"""A scenario of two criteria that a reader can work by hand, to be varied."""

from __future__ import annotations

from typing import Any

from partnerselect.advice import examine
from partnerselect.model.scenario import Scenario
from partnerselect.robustness.acceptability import Robustness
from partnerselect.robustness.partner_comparison import PartnerComparison, compare_partners
from partnerselect.robustness.simulation import simulate

DRAWS = 20_000
SCALE = {"worst": 0, "best": 100}


def partner(reach: Any, trust: Any, **more: Any) -> dict[str, Any]:
    """Return a partner that offers help and scores as stated."""
    return {
        "title": "Partner",
        "offers": ["help"],
        "scores": {"reach": reach, "trust": trust},
        **more,
    }


def scenario(
    partners: dict[str, Any], *, weights: Any = None, draws: int = DRAWS, **more: Any
) -> Scenario:
    """Return a choice for one programme, reach weighing 60 and trust 40, unless more is said."""
    data: dict[str, Any] = {
        "format": 1,
        "title": "Small",
        "criteria": {
            "title": "Two",
            "criteria": {
                "reach": {"title": "Reach", "weight": 60, "scale": SCALE},
                "trust": {"title": "Trust", "weight": 40, "scale": SCALE},
            },
        },
        "partners": partners,
        "programmes": {"one": {"title": "One", "needs": {"help": 10}}},
        "analysis": {
            "samples": draws,
            "seed": 7,
            **({} if weights is None else {"weights": weights}),
        },
        **more,
    }
    return Scenario.from_data(data)


def in_a_branch(partners: dict[str, Any], at_least: float) -> Scenario:
    """Return the same choice with reach and trust in a branch `all` that has a minimum."""
    leaves = {
        "reach": {"title": "Reach", "weight": 60, "scale": SCALE},
        "trust": {"title": "Trust", "weight": 40, "scale": SCALE},
    }
    branch = {"title": "All", "weight": 100, "at-least": at_least, "criteria": leaves}
    inside = {
        name: {**one, "scores": {f"all.{path}": score for path, score in one["scores"].items()}}
        for name, one in partners.items()
    }
    return scenario(inside, criteria={"title": "Two in a branch", "criteria": {"all": branch}})


def compared(made: Scenario, programme: str = "one") -> PartnerComparison:
    """Return the eligible partners of a programme, compared."""
    seen = examine(made)
    return compare_partners(made, seen.table, seen.scores, programme)


def drawn(made: Scenario) -> Robustness:
    """Return what the draws of a scenario say."""
    seen = examine(made)
    return simulate(made, seen.table, seen.scores)


def first_shares(made: Scenario, programme: str = "one") -> dict[str, float]:
    """Return how often each partner is first."""
    return {
        standing.partner: standing.first_share
        for standing in drawn(made).programmes[programme].standings
    }
