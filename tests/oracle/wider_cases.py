"""Small random scenarios with what tenders, grants and commissions need, beside all that is older."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.oracle.cases import maybe, scenario_of
from tests.oracle.plan_cases import mixed_of, mixed_scenario
from tests.oracle.scores import Data, offered
from tests.oracle.totals import IN_ALL


def wider_of(seed: int, *features: str) -> Data:
    """Return the same scenario for the same seed, with at least one of the features, and mostly several."""
    random = Random(f"wider {seed}")  # noqa: S311  # to be drawn again, not to be secret
    wanted = [name for name in features if random.random() < 0.6] or [random.choice(features)]
    scenario = mixed_scenario(random)
    while not all(FEATURES[name][0](scenario) for name in wanted):
        scenario = mixed_scenario(random)
    for name in (name for name in FEATURES if name in wanted):
        scenario = FEATURES[name][1](random, scenario)
    return scenario


def _with_prices(random: Random, scenario: Data) -> Data:
    """Let partners ask other prices of single programmes."""
    for k, partner in scenario["partners"].items():
        for p in scenario["programmes"]:
            own = {
                **maybe(random, 0.7, "per-day", random.choice((0, 200, 450, 700))),
                **maybe(random, 0.5, "per-programme", random.choice((0, 600, 1500))),
            }
            if own and offered(scenario, p, k) and random.random() < 0.6:
                partner.setdefault("for", {}).setdefault(p, {})["cost"] = own
    return scenario


def _is_priced_or_lasting(scenario: Data) -> bool:
    return not {"price", "lasting"}.isdisjoint(scenario["criteria"]["criteria"])


def _with_marks(random: Random, scenario: Data) -> Data:
    """Mark prices by the lowest, or a record by the lowest or the highest, all of them positive."""
    criteria = scenario["criteria"]["criteria"]
    marked = random.sample([name for name in ("price", "lasting") if name in criteria], 1)
    if "price" in marked:
        criteria["price"]["scale"] = {"ratio": random.choice(("lowest", "lowest", "highest"))}
    else:
        criteria["lasting"]["criteria"]["record"]["scale"] = {
            "ratio": random.choice(("lowest", "highest"))
        }
    for partner in scenario["partners"].values():
        record = random.choice((3, 5, 10, {"low": 2, "high": 6}, "unknown"))
        partner["scores"] |= {"lasting.record": record} if "lasting" in criteria else {}
        for asked in [partner, *partner.get("for", {}).values()]:
            if asked.get("cost", {}).get("per-day") == 0:
                asked["cost"]["per-day"] = 150
        if "funding" in partner:
            partner["funding"]["covers"] = random.choice(("50%", 0.25))
    return scenario


def _is_lasting(scenario: Data) -> bool:
    return "lasting" in scenario["criteria"]["criteria"]


def _with_a_branch_minimum(random: Random, scenario: Data) -> Data:
    """Ask for a least value of a branch, and let records differ more."""
    branch = scenario["criteria"]["criteria"]["lasting"]
    branch["at-least"] = random.choice((30, 45, 60, 62.5))
    if random.random() < 0.5:
        branch["criteria"]["record"]["weight"] = random.choice((30, 60))
    for partner in scenario["partners"].values():
        if random.random() < 0.3:
            partner["scores"]["lasting.handover"] = random.choice((6, 8, 10))
    return scenario


def _several(scenario: Data) -> bool:
    return len(scenario["programmes"]) > 1


def _with_rules(random: Random, scenario: Data) -> Data:
    """Let programmes exclude one another, and ask that some of a list run."""
    every = list(scenario["programmes"])
    only = random.sample(every, random.randint(2, len(every)))
    some = random.sample(every, random.randint(2, len(every)))
    drawn = {
        **maybe(random, 0.7, "only", {"only-one": only}),
        **maybe(
            random, 0.6, "some", {"at-least-run": {"of": some, "run": random.randint(1, len(some))}}
        ),
    }
    return {**scenario, "rules": {**scenario["rules"], **drawn}}


def _with_engagements(random: Random, scenario: Data) -> Data:
    """Let partners come for so many days or not at all."""
    for partner in scenario["partners"].values():
        if random.random() < 0.5:
            partner["engagement"] = {"min-days": random.choice((4, 7.5, 10, 14))}
    return scenario


def _has_phases(scenario: Data) -> bool:
    places = [(scenario["limits"], "budget"), (scenario["limits"], "internal-days")]
    return "phases" in scenario and any(key in inside for inside, key in places)


def _with_totals(random: Random, scenario: Data) -> Data:
    """Let a cap over all phases stand beside those of some of them."""
    limits = scenario["limits"]
    for inside, key in [
        *((limits, key) for key in ("budget", "internal-days")),
        *((limits.get("funds", {}), payer) for payer in limits.get("funds", {})),
        *((partner, "capacity") for partner in scenario["partners"].values()),
    ]:
        if key in inside and random.random() < 0.7:
            inside[key] = _totalled(random, inside[key], list(scenario["phases"]))
    return scenario


def _totalled(random: Random, limit: float | Data, phases: list[str]) -> Data:
    if not isinstance(limit, dict):
        some = random.sample(phases, random.randint(0, len(phases)))
        return {IN_ALL: limit} | {t: random.choice((limit // 2, limit // 3, limit)) for t in some}
    whole = sum(cap for cap in limit.values() if cap != "unlimited") or 8
    kept = {t: cap for t, cap in limit.items() if random.random() < 0.7}
    return {**kept, IN_ALL: random.choice((whole * 3 // 4, whole // 2, "unlimited"))}


def _is_funded(scenario: Data) -> bool:
    return bool(_payers(scenario))


def _payers(scenario: Data) -> list[str]:
    partners = scenario["partners"].values()
    return sorted({one["funding"]["payer"] for one in partners if "funding" in one})


def _with_top_ups(random: Random, scenario: Data) -> Data:
    """Let us pay what some funds cannot, and give every payer a fund."""
    for partner in scenario["partners"].values():
        if "funding" in partner and random.random() < 0.8:
            partner["funding"]["top-up"] = random.choice(("us", "us", "us", "none"))
    funds = {payer: random.choice((500, 1000, 2500)) for payer in _payers(scenario)}
    scenario["limits"]["funds"] = {**funds, **scenario["limits"].get("funds", {})}
    return scenario


def _with_levels(random: Random, scenario: Data) -> Data:
    """Let one programme or two run at levels of worth, days and needs, the last as it was drawn; plans do not speak of levels."""
    scenario.pop("plans")
    every = list(scenario["programmes"])
    for p in random.sample(every, min(len(every), random.choice((1, 1, 2)))):
        programme = scenario["programmes"][p]
        between = programme.pop("partners", {})
        programme["levels"] = levels = _levels(random, programme)
        if between.get("max") == 2:
            programme["partners"] = {"max": 2}
        for partner in scenario["partners"].values():
            partner.get("for", {}).get(p, {}).pop("days", None)
        fixed = random.choice(list(levels))
        needs = scenario.get("committed", {}).get(p, {})
        if needs and needs.keys() <= levels[fixed]["needs"].keys():
            scenario["committed"] = {p: {"level": fixed, **needs}}
    return scenario


def _levels(random: Random, programme: Data) -> Data:
    """Take a programme's needs and internal days, and draw two or three doses of them."""
    needs, days = programme.pop("needs"), programme.pop("internal-days", None)
    worths = random.choice((("40%", 1), (0.3, "70%", "100%"), ("60%", 0.9), ("50%", "75%")))
    levels: Data = {}
    for name, worth in zip(("pilot", "part", "whole"), worths, strict=False):
        part = (len(levels) + 1) / len(worths)
        some = needs if part == 1 else random.sample([*needs], random.randint(1, len(needs)))
        levels[name] = {
            "title": name,
            "worth": worth,
            "needs": {j: _part_of(needs[j], part) for j in some},
            **({} if days is None else {"internal-days": days * part}),
        }
    return levels


def _part_of(days: float | Data, part: float) -> float | Data:
    if isinstance(days, dict):
        return {t: _part_of(number, part) for t, number in days.items()}
    return days if part == 1 else max(1, round(days * part))


def _with_ranges(random: Random, scenario: Data) -> Data:
    """Let prices and days be known between two ends, some with what is likely."""

    def ranged(inside: Data) -> None:
        for key, amount in inside.items():
            if isinstance(amount, dict):
                ranged(amount)
            elif amount and random.random() < 0.5:
                least, most = (amount * part for part in random.choice(((0.5, 1.5), (0.75, 2))))
                inside[key] = {"low": least, "high": most, **maybe(random, 0.6, "likely", amount)}

    for partner in scenario["partners"].values():
        ranged(partner["cost"])
        for own in partner.get("for", {}).values():
            ranged(own.get("cost", {}))
    for programme in scenario["programmes"].values():
        for dose in [programme, *programme.get("levels", {}).values()]:
            ranged(dose.get("needs", {}))
            if "internal-days" in dose and random.random() < 0.5:
                days = dose["internal-days"]
                dose["internal-days"] = {"low": days / 2, "high": days * 3 / 2}
    return scenario


def _always(_: Data) -> bool:
    return True


FEATURES: dict[str, tuple[Callable[[Data], bool], Callable[[Random, Data], Data]]] = {
    "prices": (_always, _with_prices),
    "engagement": (_always, _with_engagements),
    "top-up": (_is_funded, _with_top_ups),
    "in-all": (_has_phases, _with_totals),
    "ratio": (_is_priced_or_lasting, _with_marks),
    "branch": (_is_lasting, _with_a_branch_minimum),
    "rules": (_several, _with_rules),
    "levels": (_always, _with_levels),
    "ranges": (_always, _with_ranges),
}
"""By name: whether a scenario has what a feature needs, and the scenario with it."""
LANDED: tuple[str, ...] = (
    *("rules", "prices", "ratio", "engagement", "in-all"),
    *("branch", "ranges", "levels", "top-up"),
)
"""The features that the package has."""


WITHOUT_LEVELS = tuple(name for name in LANDED if name != "levels")


def any_of(seed: int) -> Data:
    """Return a case of the oldest features alone where a seed is even, else with groups and partners of today, or all of them."""
    if seed % 2 == 0:
        return scenario_of(seed)
    return mixed_of(seed) if seed % 4 == 1 else wider_of(seed, *LANDED)


def with_plans_of(seed: int) -> Data:
    """Return a case with plans, one in four of all features but levels, of which plans do not speak."""
    return wider_of(seed, *WITHOUT_LEVELS) if seed % 4 == 3 else mixed_of(seed)


def without_levels_of(seed: int) -> Data:
    """Return a case as `any_of`, without levels: the oracle does not draw values for each of them."""
    return wider_of(seed, *WITHOUT_LEVELS) if seed % 4 == 3 else any_of(seed)
