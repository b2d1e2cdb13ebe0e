"""Random scenarios whose amounts lie far apart, and the same in fractions, to be enumerated exactly."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.cases import random_scenario
from tests.oracle.scores import Data

Change = Callable[[float], float | Fraction]
POWERS = (*range(-12, -3), *range(4, 13))
LEAST, LARGEST = 1e-12, 1e15
AMOUNTS = frozenset(
    {"per-day", "per-programme", "once", "capacity", "days", "needs", "internal-days", "budget"}
    | {"funds", "max-days", "min-days", "change"}
)
"""Keys below which every number is an amount of money or days."""


def drawn(seed: int, *, cheapest: bool = False) -> Data:
    """Return a random case in which amounts are multiplied by powers of ten, all alike or each by itself.

    With `cheapest` it aims at least cost.
    """
    random = Random(f"apart {seed}")  # noqa: S311  # to be drawn again, not to be secret
    scenario = random_scenario(random)
    scenario["criteria"]["criteria"].pop("price", None)  # values shall not depend on amounts
    for programme in scenario["programmes"].values():
        programme.pop("weights", None)
    scenario["aim"] = "most-value"
    share, common = random.choice((0.1, 0.3, 1.0)), random.choice(POWERS)
    alike = random.random() < 0.3
    if cheapest:
        scenario["aim"] = {"least-cost": {"value-at-least": random.randint(1, 40)}}
    return _changed(
        scenario,
        lambda amount: (
            _times(amount, common if alike else random.choice(POWERS))
            if random.random() < share
            else amount
        ),
    )


def exactly(scenario: Data) -> Data:
    """Return a scenario with its amounts and shares as fractions, as they are written."""
    found = _changed(scenario, lambda amount: Fraction(repr(amount)))
    for partner in found["partners"].values():
        if "funding" in partner:
            partner["funding"] = partner["funding"] | {
                "covers": _share(partner["funding"]["covers"])
            }
    if "groups" in found["limits"]:
        found["limits"]["groups"] = {
            name: {
                what: {end: _share(one) for end, one in between.items()}
                if what in {"days", "money"}
                else between
                for what, between in group.items()
            }
            for name, group in found["limits"]["groups"].items()
        }
    if "share-per-partner" in found["limits"]:
        found["limits"]["share-per-partner"] = _share(found["limits"]["share-per-partner"])
    return found


def _share(stated: float | str) -> Fraction:
    return Fraction(stated[:-1]) / 100 if isinstance(stated, str) else Fraction(repr(stated))


def _times(amount: float, power: int) -> float:
    """Return an amount times a power of ten, within what may be written; a power of ten below 1 has no error."""
    return min(max(float(f"{amount}e{power}"), LEAST), LARGEST) if amount else amount


def _changed(value: Data, change: Change) -> Data:
    """Return plain data with every amount changed, in the order of the file."""
    found: Data = _within(value, change, inside=False)
    return found


def _within(value: Any, change: Change, *, inside: bool) -> Any:
    if isinstance(value, dict):
        return {
            key: one
            if key in {"scores", "groups"}
            else _within(one, change, inside=inside or key in AMOUNTS)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_within(one, change, inside=False) for one in value]
    is_amount = inside and isinstance(value, int | float) and not isinstance(value, bool)
    return change(value) if is_amount else value
