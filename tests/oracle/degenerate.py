"""Random scenarios in which much is alike, so that relaxations have many equally good corners."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.oracle.scores import Data

TRIALS = 24


def drawn(family: str, seed: int) -> Data:
    """Return a case of a family, the same for the same seed."""
    random = Random(f"{family} {seed}")  # noqa: S311  # to be drawn again, not to be secret
    return FAMILIES[family](random)


def _alike(random: Random) -> Data:
    """Draw alike partners, a budget, and one lot each: by capacity or by rule; priced by day or by programme."""
    lots, partners = random.randint(3, 6), random.randint(4, 14)
    days = random.choice((1, 5, 10))
    by_capacity, by_day = random.random() < 0.5, random.random() < 0.5
    prices = [random.randint(4, 20) * 1000 for _ in range(partners)]
    return _scenario(
        random,
        {
            f"b{number}": {
                **_partner(random, f"B{number}"),
                **({"capacity": days} if by_capacity else {}),
                "cost": {"per-day": price / days} if by_day else {"per-programme": price},
            }
            for number, price in enumerate(prices)
        },
        {f"lot-{number}": _lot(f"Lot {number}", days) for number in range(lots)},
        {
            "budget": sum(sorted(prices)[: random.randint(2, lots)]) + random.randint(0, 6) * 1000,
            **({} if by_capacity else {"programmes-per-partner": 1}),
        },
    )


def _partner(random: Random, title: str) -> Data:
    return {
        "title": title,
        "offers": ["x"],
        "scores": {name: random.randint(0, 10) for name in ("c0", "c1")},
    }


def _lot(title: str, days: float) -> Data:
    return {"title": title, "needs": {"x": days}, "baseline": 0}


def _scenario(random: Random, partners: Data, programmes: Data, limits: Data) -> Data:
    return {
        "format": 1,
        "title": "Drawn at random",
        "illustrative": True,
        "criteria": {
            "title": "Drawn at random",
            "criteria": {
                name: {
                    "title": name,
                    "weight": random.choice((10, 20, 50)),
                    "scale": {"worst": 0, "best": 10},
                }
                for name in ("c0", "c1")
            },
        },
        "partners": partners,
        "programmes": programmes,
        "limits": limits,
        "analysis": {"samples": TRIALS, "seed": random.randint(0, 9), "time-limit": 10},
    }


def _equal_scores(random: Random) -> Data:
    return _with_partners(_alike(random), lambda one: {**one, "scores": {"c0": 5, "c1": 5}})


def _equal_prices(random: Random) -> Data:
    return _with_partners(_alike(random), lambda one: {**one, "cost": {"per-programme": 10_000}})


def _one_criterion(random: Random) -> Data:
    case = _alike(random)
    case["criteria"]["criteria"]["c1"]["weight"] = 0
    return case


def _duplicated(random: Random) -> Data:
    case = _alike(random)
    twins = {f"{name}-too": {**one} for name, one in case["partners"].items()}
    return {**case, "partners": {**case["partners"], **twins}}


def _one_partner(random: Random) -> Data:
    case = _alike(random)
    name, only = next(iter(case["partners"].items()))
    return {**case, "partners": {name: only}}


def _no_importance(random: Random) -> Data:
    """Leave only one programme with any importance."""
    case = _alike(random)
    for programme in list(case["programmes"].values())[1:]:
        programme["importance"] = 0
    return case


def _with_partners(case: Data, changed: Callable[[Data], Data]) -> Data:
    return {**case, "partners": {name: changed(one) for name, one in case["partners"].items()}}


FAMILIES: dict[str, Callable[[Random], Data]] = {
    "alike": _alike,
    "equal scores": _equal_scores,
    "equal prices": _equal_prices,
    "one criterion": _one_criterion,
    "duplicated": _duplicated,
    "one partner": _one_partner,
    "no importance": _no_importance,
}
