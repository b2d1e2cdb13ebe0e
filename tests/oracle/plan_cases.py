"""Small random scenarios with groups of partners, partners of today and plans beside all that is older."""

from __future__ import annotations

from random import Random

from tests.oracle.cases import maybe, random_scenario
from tests.oracle.scores import Data

TAGS = ("local", "large-firm", "peer")
Share = float | str


def mixed_scenario(random: Random) -> Data:
    """Draw a valid scenario small enough to try every allocation in milliseconds."""
    scenario = random_scenario(random)
    if random.random() < 0.7:
        scenario = _loosened(random, scenario)
    return with_plans(random, with_incumbents(random, with_groups(random, scenario)))


def _loosened(random: Random, scenario: Data) -> Data:
    """Leave out some limits and rules, so that more than a few plans are possible."""
    kept = {
        section: {key: one for key, one in scenario[section].items() if random.random() < 0.55}
        for section in ("limits", "rules")
    }
    if "internal-days" not in kept["limits"]:
        kept["limits"].pop("backfill", None)
    programmes = {
        p: {key: one for key, one in programme.items() if key != "mandatory"}
        for p, programme in scenario["programmes"].items()
    }
    return {**scenario, **kept, "programmes": programmes}


def mixed_of(seed: int) -> Data:
    """Return the same scenario for the same seed."""
    return mixed_scenario(Random(f"plans {seed}"))  # noqa: S311  # to be drawn again, not to be secret


def with_groups(random: Random, scenario: Data) -> Data:
    """Give partners tags, and most scenarios limits on those of a tag."""
    partners = {
        k: {**partner, **maybe(random, 0.8, "tags", random.sample(TAGS, random.choice((1, 1, 2))))}
        for k, partner in scenario["partners"].items()
    }
    there = sorted({tag for partner in partners.values() for tag in partner.get("tags", [])})
    groups = {
        f"group-{number}": {"tag": random.choice(there), **_limited(random)}
        for number in range(random.choice((0, 1, 1, 1, 2)) if there else 0)
    }
    limits = {**scenario["limits"], **({"groups": groups} if groups else {})}
    return {**scenario, "partners": partners, "limits": limits}


def _limited(random: Random) -> Data:
    kinds = {
        "days": _between(random, ("20%", 0.4), ("50%", 0.8)),
        "money": _between(random, ("10%", 0.3), ("40%", 0.75)),
        "partners": _between(random, (1,), (1, 2, 2)) if random.random() < 0.9 else {"max": 0},
        "programmes": _between(random, (1,), (1, 2, 2)),
    }
    return {kind: kinds[kind] for kind in random.sample(list(kinds), random.choice((1, 1, 2)))}


def _between(random: Random, least: tuple[Share, ...], most: tuple[Share, ...]) -> Data:
    whole = {"min": random.choice(least), "max": random.choice(most)}
    ends = random.choice((("min",), ("max",), ("max",), ("max",), ("min", "max")))
    return {end: whole[end] for end in ends}


def with_incumbents(random: Random, scenario: Data) -> Data:
    """Say of most programmes who does them today, and what it takes to change that."""
    programmes = {
        p: {**programme, **_today(random, scenario, programme)}
        for p, programme in scenario["programmes"].items()
    }
    limits = {**scenario["limits"], **maybe(random, 0.3, "changes", random.choice((0, 1, 1, 2)))}
    return {**scenario, "programmes": programmes, "limits": limits}


def _today(random: Random, scenario: Data, programme: Data) -> Data:
    if random.random() < 0.3:
        return {}
    change = {
        **maybe(random, 0.8, "cost", random.choice((300, 1500))),
        **maybe(random, 0.6, "internal-days", random.choice((2, 5))),
    }
    now = "nobody" if random.random() < 0.15 else _named(random, scenario, programme)
    return {"today": now, **({"change": change} if change else {})}


def _named(random: Random, scenario: Data, programme: Data) -> str | Data:
    """Draw a partner who offers something to a programme, or one for each of some needs, eligible or not."""
    able = {
        j: [k for k, partner in scenario["partners"].items() if j in partner["offers"]]
        for j in programme["needs"]
    }
    if random.random() < 0.5:
        whole: str = random.choice(sorted({k for partners in able.values() for k in partners}))
        return whole
    needs = random.sample(list(able), random.randint(1, len(able)))
    return {j: random.choice(able[j]) for j in needs}


def with_plans(random: Random, scenario: Data) -> Data:
    """Propose one plan or two: some programmes named, some deferred, some left open."""
    return {
        **scenario,
        "plans": {f"plan-{n}": _plan(random, scenario) for n in range(random.choice((1, 2)))},
    }


def _plan(random: Random, scenario: Data) -> Data:
    named = [p for p in scenario["programmes"] if random.random() < 0.75]
    choose = {
        p: "deferred"
        if random.random() < 0.15 and not scenario["programmes"][p].get("mandatory")
        else _named(random, scenario, scenario["programmes"][p])
        for p in named
    }
    rest = maybe(random, 0.5, "rest", random.choice(("open", "deferred", "deferred")))
    return {"title": "As drawn", "choose": choose, **rest}


def unsure_of(seed: int) -> Data:
    """Return a case in which half of the scores that are numbers are ranges around them."""
    random, scenario = Random(f"unsure {seed}"), mixed_of(seed)  # noqa: S311  # as above
    partners = {
        k: {**partner, "scores": {c: _range(random, s) for c, s in partner["scores"].items()}}
        if "scores" in partner
        else partner
        for k, partner in scenario["partners"].items()
    }
    return {**scenario, "partners": partners}


def _range(random: Random, score: Share | Data) -> Share | Data:
    if not isinstance(score, int | float) or random.random() < 0.5:
        return score
    return {"low": max(0, score - 4), "likely": score, "high": min(10, score + 4)}
