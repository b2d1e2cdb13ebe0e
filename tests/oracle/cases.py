"""Small random scenarios in which every rule of the allocation may meet every other."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.oracle.scores import Data

PARTNERS = ("ash", "birch", "cedar", "elm", "oak")
PROGRAMMES = ("access", "board", "culture", "data")
COMPONENTS = ("plan", "coach", "measure")
PHASES = {"first": "2022-01-01", "second": "2022-04-01", "third": "2022-07-01"}
METHODS = ("lean", "microsystem", "qms")


def random_scenario(random: Random) -> Data:
    """Draw a valid scenario small enough to try every allocation in milliseconds."""
    phases = random.sample(list(PHASES), random.choice((0, 0, 1, 2, 3)))
    partners = random.sample(PARTNERS, random.choice((2, 3, 4, 4)))
    programmes = random.sample(PROGRAMMES, random.choice((1, 2, 2, 3, 3)))
    scenario: Data = {
        "format": 1,
        "title": "Drawn at random",
        "illustrative": True,
        "analysis": {"samples": 0},
    }
    scenario["criteria"] = _criteria(random)
    scenario["gates"] = {
        gate: {
            "title": gate,
            "status": random.choice(("confirmed", "expected", "refused", "unknown")),
        }
        for gate in ("door", "purse")
    }
    if phases:
        scenario["phases"] = {phase: PHASES[phase] for phase in phases}
        if random.random() < 0.25:
            scenario["as-at"] = random.choice(("2022-03-31", "2022-04-01", "2022-08-01"))
    scenario["programmes"] = {
        p: _programme(random, p, phases, scenario["criteria"]) for p in programmes
    }
    scenario["partners"] = {k: _partner(random, k, scenario) for k in partners}
    _offer_what_is_needed(random, scenario)
    scenario["limits"] = _limits(random, scenario)
    scenario["rules"] = _rules(random, scenario)
    _commit(random, scenario)
    if random.random() < 0.2:
        scenario["aim"] = {"least-cost": {"value-at-least": random.randint(1, 40)}}
    return scenario


def scenario_of(seed: int) -> Data:
    """Return the same scenario for the same seed."""
    return random_scenario(Random(seed))  # noqa: S311  # to be drawn again, not to be secret


def scenarios() -> st.SearchStrategy[Data]:
    """Give hypothesis the draws, so that it can shrink them."""
    return st.randoms(use_true_random=False).map(random_scenario)


def maybe(
    random: Random, chance: float, key: str, value: Any
) -> Data:  # whatever a scenario may hold
    return {key: value} if random.random() < chance else {}


def _criteria(random: Random) -> Data:
    leaves: Data = {
        "worth": {"title": "Worth", "weight": 100, "scale": {"worst": 0, "best": 10}, **maybe(random, 0.15, "at-least", random.choice((2, 5)))},
        "values": {"title": "Values", "weight": random.choice((30, 60)), "scale": {"levels": {"apart": 0, "neutral": 40, "shared": 100}}},
        "price": {"title": "Price", "weight": 40, "from": random.choice(("cost", "own-cost", "own-cost-per-day")), "scale": {"worst": 9000, "best": 0}},
        "lasting": {"title": "Lasting", "weight": 50, "criteria": {
            "handover": {"title": "Handover", "weight": 30, "scale": {"points": [[0, 0], [5, 70], [10, 100]]}},
            "record": {"title": "Record", "weight": 10, "scale": random.choice(({"worst": 10, "best": 0}, {"local": "more"}, {"local": "less"}))}}},
    }  # fmt: skip
    kept = {"worth", *random.sample(list(leaves), random.randint(0, 2))}
    return {
        "title": "Drawn at random",
        "criteria": {name: leaf for name, leaf in leaves.items() if name in kept},
    }


def _scores(random: Random, criteria: Data) -> Data:
    draws = {
        "worth": random.choice((0, 2, 5, 5, 8, 10)),
        "values": random.choice(("apart", "neutral", "shared")),
        "lasting.handover": random.choice((2, 5, {"low": 4, "likely": 5, "high": 9}, "unknown")),
        "lasting.record": random.choice((0, 5, 10, {"low": 2, "high": 6})),
    }
    return {
        path: score for path, score in draws.items() if path.split(".")[0] in criteria["criteria"]
    }


def _days(random: Random, phases: list[str]) -> float | Data:
    if phases and random.random() < 0.5:
        return {
            phase: random.randint(1, 8)
            for phase in random.sample(phases, random.randint(1, len(phases)))
        }
    return random.choice((3, 6, 6, 9, 12))


def _programme(random: Random, name: str, phases: list[str], criteria: Data) -> Data:
    own = random.sample(phases, random.randint(1, len(phases))) if phases else []
    needs = {j: _days(random, own) for j in random.sample(COMPONENTS, random.choice((1, 2, 2)))}
    between = random.choice(({}, {}, {}, {"max": 1}, {"min": len(needs)}, {"min": 1, "max": 2}))
    return {
        "title": name,
        "needs": needs,
        **(maybe(random, 0.7 if len(own) == len(phases) else 1, "phases", own) if own else {}),
        **maybe(random, 0.6, "importance", random.choice((1, 2, 5))),
        **({"partners": between} if between else {}),
        **maybe(random, 0.15, "mandatory", value=True),
        **maybe(random, 0.4, "baseline", _baseline(random, criteria)),
        **maybe(random, 0.6, "internal-days", random.choice((4, 6, 10))),
        **maybe(random, 0.25, "method", random.choice(METHODS[:2])),
        **maybe(
            random,
            0.15,
            "weights",
            {
                "method": "direct",
                "points": {name: random.choice((1, 3)) for name in criteria["criteria"]},
            },
        ),
    }


def _baseline(random: Random, criteria: Data) -> float | Data:
    """Draw a number, or scores where none is computed or local: what doing nothing costs, or how it compares, is not stated."""
    scores = _scores(random, criteria)
    return (
        random.choice((10, 20, 30))
        if {"price", "lasting"} & criteria["criteria"].keys() or random.random() < 0.6
        else {"scores": scores}
    )


def _partner(random: Random, name: str, scenario: Data) -> Data:
    phases = list(scenario.get("phases", {}))
    cost = {
        "per-day": random.choice((0, 300, 500)),
        "per-programme": random.choice((0, 0, 1000)),
        "once": random.choice((0, 0, 1500)),
    }
    funding = {
        "payer": random.choice(("nation", "charity")),
        "covers": random.choice(("100%", "50%", 0.25)),
        **maybe(random, 0.4, "gate", "purse"),
    }
    capacity = (
        {phase: random.choice((4, 8, "unlimited")) for phase in phases}
        if phases and random.random() < 0.4
        else random.choice((6, 12, 20))
    )
    return {
        "title": name,
        "offers": random.sample(COMPONENTS, random.choice((2, 2, 3))),
        "cost": cost,
        "scores": _scores(random, scenario["criteria"]),
        **maybe(random, 0.5, "methods", random.sample(METHODS, random.choice((1, 1, 2)))),
        **maybe(random, 0.25, "gate", "door"),
        **maybe(random, 0.5, "capacity", capacity),
        **maybe(random, 0.4, "funding", funding),
        **maybe(random, 0.05, "excluded", "as drawn"),
        **maybe(
            random, 0.4, "for", {random.choice(list(scenario["programmes"])): _differs(random)}
        ),
    }


def _differs(random: Random) -> Data:
    return (
        {"excluded": "as drawn"}
        if random.random() < 0.25
        else {"scores": {"worth": random.choice((1, 6, 9))}}
    )


def _offer_what_is_needed(random: Random, scenario: Data) -> None:
    """Make somebody offer every need, and let some partners need other days for it."""
    partners: Data = scenario["partners"]
    for p, programme in scenario["programmes"].items():
        for j in programme["needs"]:
            if not any(j in partner["offers"] for partner in partners.values()):
                random.choice(list(partners.values()))["offers"].append(j)
            k = random.choice(list(partners))
            if j in partners[k]["offers"] and random.random() < 0.3:
                partners[k].setdefault("for", {}).setdefault(p, {}).setdefault("days", {})[j] = (
                    random.choice((2, 4, 7))
                )


def _by_phase(random: Random, scenario: Data, total: int) -> int | Data:
    """Draw a limit over the horizon or one cap a phase."""
    phases = list(scenario.get("phases", {}))
    if not phases or random.random() < 0.5:
        return total
    return {
        phase: random.choice((total // 2, total // len(phases), total, "unlimited"))
        for phase in phases
    }


def _limits(random: Random, scenario: Data) -> Data:
    payers = {
        partner["funding"]["payer"]
        for partner in scenario["partners"].values()
        if "funding" in partner
    }
    limits = {
        **maybe(
            random,
            0.5,
            "budget",
            _by_phase(random, scenario, random.choice((2000, 4000, 6000, 9000))),
        ),
        **maybe(
            random,
            0.5,
            "funds",
            {
                payer: _by_phase(random, scenario, random.choice((1000, 3000)))
                for payer in sorted(payers)
            },
        ),
        **maybe(
            random, 0.5, "internal-days", _by_phase(random, scenario, random.choice((5, 8, 12)))
        ),
        **maybe(
            random,
            0.5,
            "backfill",
            {
                "per-day": random.choice((100, 250)),
                **maybe(random, 0.6, "max-days", random.choice((2, 6))),
            },
        ),
        **maybe(random, 0.25, "partners", {"max": random.choice((1, 2, 2, 3))}),
        **maybe(random, 0.25, "programmes-per-partner", random.choice((1, 2))),
        **maybe(random, 0.15, "share-per-partner", random.choice(("50%", 0.75, "80%"))),
        **maybe(random, 0.3, "methods", random.choice((1, 1, 1, 2))),
    }
    if "internal-days" not in limits:
        limits.pop("backfill", None)
    return {key: limit for key, limit in limits.items() if limit != {}}


def _rules(random: Random, scenario: Data) -> Data:
    """Draw rules that could be kept: no barred partner required, nothing that begins before what it waits for."""
    p, k = random.choice(list(scenario["programmes"])), random.sample(list(scenario["partners"]), 2)
    anywhere = {"anywhere": True} if random.random() < 0.4 else {}
    first, second = (
        sorted(random.sample(list(scenario["programmes"]), 2), key=lambda q: _begins(scenario, q))
        if len(scenario["programmes"]) > 1
        else (p, p)
    )
    return {
        **maybe(random, 0.15, "clash", {"apart": k, **anywhere}),
        **maybe(random, 0.15, "pair", {"together": k, **anywhere}),
        **(
            maybe(random, 0.15, "fixed", {"require": {p: k[0]}})
            if set(scenario["partners"][k[0]]["offers"]) & set(scenario["programmes"][p]["needs"])
            else {}
        ),
        **maybe(random, 0.15, "barred", {"forbid": {p: random.choice((k[1], [k[1]]))}}),
        **(maybe(random, 0.2, "order", {"before": [first, second]}) if first != second else {}),
    }


def _begins(scenario: Data, programme: str) -> str:
    return min(
        (
            PHASES[phase]
            for phase in scenario["programmes"][programme].get("phases", scenario.get("phases", []))
        ),
        default="",
    )


def _commit(random: Random, scenario: Data) -> None:
    """Commit a need to a partner who offers it, whatever stands against it but a rule."""
    p = random.choice(list(scenario["programmes"]))
    j = random.choice(list(scenario["programmes"][p]["needs"]))
    able = [
        k
        for k, partner in scenario["partners"].items()
        if j in partner["offers"] and k not in str(scenario["rules"].get("barred", ""))
    ]
    if able and random.random() < 0.15:
        scenario["committed"] = {p: {j: random.choice(able)}}
