"""Made-up scenarios of a stated size, the same for the same seed.

Every number in them is illustrative.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Content = dict[str, object]
"""A scenario as its file states it."""

DAY_RATES = (400, 1200)  # pounds
DAYS = (5, 20)
SHARE_OF_PARTNERS_OFFERING = 0.6
SHARE_OF_SCORES_UNKNOWN = 0.05
SHARE_ENGAGED = 0.7
"""The part of the partners that may be engaged in a case where everything is short."""


def many_needs(*, programmes: int, partners: int, needs: int, seed: int) -> Content:
    """Return a scenario whose allocation is work for the solver: money for about half, two partners a programme at most.

    Capacity is left unlimited: with it the best choice is not proven within minutes, and the solver's share hides all else.
    """
    rng = np.random.default_rng(seed)
    components = [f"component-{number}" for number in range(2 * needs)]
    days = [rng.integers(*DAYS, size=needs) for _ in range(programmes)]
    wanted = int(sum(int(row.sum()) for row in days))
    return {
        **_head(f"{programmes} programmes, {partners} partners, {needs} needs each", criteria=6),
        "partners": {
            f"partner-{number}": {
                "title": f"Partner {number}",
                "offers": _offers(rng, components, always=components[number % len(components)]),
                "cost": {
                    "per-day": int(rng.integers(*DAY_RATES)),
                    "per-programme": 1000,
                    "once": 5000,
                },
                "scores": {
                    f"criterion-{c}": float(score)
                    for c, score in enumerate(rng.integers(0, 101, size=6) / 10)
                },
            }
            for number in range(partners)
        },
        "programmes": {
            f"programme-{number}": {
                "title": f"Programme {number}",
                "importance": int(rng.integers(20, 101)),
                "needs": {
                    str(component): int(amount)
                    for component, amount in zip(
                        rng.choice(components, size=needs, replace=False), row, strict=True
                    )
                },
                "partners": {"max": 2},
                "baseline": 20,
            }
            for number, row in enumerate(days)
        },
        "limits": {"budget": round(wanted * sum(DAY_RATES) / 4)},
    }


def tight(*, programmes: int, partners: int, needs: int, seed: int) -> Content:
    """Return a scenario in which everything is short at once, so that no limit decides alone.

    Partners have days for four fifths of all that is wanted, the money lasts for about 70% of it,
    the own team for 80% of the programmes (by quarter), seven partners in ten may be engaged, and
    a programme takes two partners at most.
    """
    rng = np.random.default_rng(seed)
    made: Any = many_needs(programmes=programmes, partners=partners, needs=needs, seed=seed)
    wanted = sum(sum(programme["needs"].values()) for programme in made["programmes"].values())
    parts = rng.dirichlet(np.full(partners, 8.0)) * 0.8 * wanted / SHARE_ENGAGED
    for partner, days in zip(made["partners"].values(), parts, strict=True):
        partner["capacity"] = int(max(days, DAYS[1]))
    quarters = {f"quarter-{t + 1}": f"2022-{3 * t + 1:02}-01" for t in range(4)}
    for programme in made["programmes"].values():
        first, last = sorted(rng.integers(0, len(quarters), size=2))
        programme["phases"] = list(quarters)[first : last + 1]
        programme["internal-days"] = int(rng.integers(*DAYS))
    made["phases"] = quarters
    team = sum(programme["internal-days"] for programme in made["programmes"].values()) / len(
        quarters
    )
    limits = {
        "budget": round(0.7 * wanted * sum(DAY_RATES) / 2 * 0.9),
        "internal-days": {quarter: round(0.8 * team) for quarter in quarters},
        "partners": {"max": max(2, round(SHARE_ENGAGED * partners))},
    }
    return {**made, "title": f"{made['title']}, everything short", "limits": limits}


def dosed(*, programmes: int, partners: int, needs: int, seed: int) -> Content:
    """Return the same with two levels for every second programme, and a third of partners local.

    The lower level takes half of the days and is worth 40%; local partners have 30% of the days.
    """
    made: Any = tight(programmes=programmes, partners=partners, needs=needs, seed=seed)
    for programme in list(made["programmes"].values())[::2]:
        days, own = programme.pop("needs"), programme.pop("internal-days")
        half = {need: amount / 2 for need, amount in days.items()}
        programme["levels"] = {
            "some": {"title": "Some", "worth": "40%", "needs": half, "internal-days": own / 2},
            "all": {"title": "All", "worth": "100%", "needs": days, "internal-days": own},
        }
    for partner in list(made["partners"].values())[::3]:
        partner["tags"] = ["local"]
    groups = {"local": {"tag": "local", "days": {"min": "30%"}}}
    title = f"{made['title']}, levels and a group"
    return {**made, "title": title, "limits": {**made["limits"], "groups": groups}}


def many_scores(*, partners: int, criteria: int, seed: int) -> Content:
    """Return a scenario with a score of every partner on every criterion, every fourth as low, likely and high."""
    rng = np.random.default_rng(seed)
    scores = np.sort(rng.integers(0, 101, size=(partners, criteria, 3)) / 10)
    return {
        **_head(f"{partners} partners, {criteria} scores each", criteria=criteria),
        "partners": {
            f"partner-{number}": {
                "title": f"Partner {number}",
                "offers": ["support"],
                "scores": {
                    f"criterion-{c}": _score(triple.tolist(), spread=c % 4 == 0)
                    for c, triple in enumerate(rows)
                },
            }
            for number, rows in enumerate(scores)
        },
        "programmes": {"only": {"title": "The only programme", "needs": {"support": 10}}},
    }


def raw_scores(*, partners: int, criteria: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Return scores from 0 to 10, one in twenty unknown, shape (partners, criteria), and weights that sum to 1."""
    rng = np.random.default_rng(seed)
    scores = rng.uniform(0, 10, size=(partners, criteria))
    scores[rng.random(scores.shape) < SHARE_OF_SCORES_UNKNOWN] = np.nan
    return scores, rng.dirichlet(np.ones(criteria))


def write(scenario: Content, path: Path) -> Path:
    """Write a scenario as people write it, in block style, and return where."""
    path.write_text(yaml.dump(scenario, Dumper=yaml.CSafeDumper, sort_keys=False), encoding="utf-8")
    return path


def _head(title: str, *, criteria: int) -> Content:
    scale = {"worst": 0, "best": 10}
    named = {
        f"criterion-{c}": {"title": f"Criterion {c}", "weight": 100 - c, "scale": dict(scale)}
        for c in range(criteria)
    }
    return {
        "format": 1,
        "title": title,
        "illustrative": True,
        "criteria": {"title": "Made up", "criteria": named},
        "analysis": {"samples": 0, "time-limit": 10},
    }


def _offers(rng: np.random.Generator, components: list[str], *, always: str) -> list[str]:
    return [
        name
        for name, drawn in zip(components, rng.random(len(components)), strict=True)
        if name == always or drawn < SHARE_OF_PARTNERS_OFFERING
    ]


def _score(triple: list[float], *, spread: bool) -> object:
    low, likely, high = triple
    return {"low": low, "likely": likely, "high": high} if spread else likely
