"""Random scenarios that use everything the sheets of a workbook can hold."""

from __future__ import annotations

from random import Random
from typing import Any

Data = dict[str, Any]
TEXTS = (
    "=1+1",
    "+44 114 496 0000",
    "@home",
    "100",
    "Two\nlines\n",
    "A – dash; a colon: and, commas",
    "Zoë’s “note”",
    "no",
    "2021-07-28",
    "1.250",
)
LEVELS = {"poor": 0, "well-matched": 62.5, "best": 100}


def everything(seed: int) -> Data:
    """Return the data of a valid scenario, made from a seed; all of it is invented."""
    random = Random(seed)  # noqa: S311 - cases of a test
    criteria = _criteria(random)
    phases = _phases(random)
    names = {
        kind: [f"{kind[0]}{number}" for number in range(random.randint(2, 4))]
        for kind in ("gates", "partners", "programmes", "components")
    }
    programmes = {name: _programme(random, names, phases, criteria) for name in names["programmes"]}
    data: Data = {
        "format": 1,
        "title": _text(random),
        "illustrative": True,
        "criteria": {"title": "What matters", "criteria": criteria},
        "gates": {name: _gate(random) for name in names["gates"]},
        "partners": {
            name: _partner(random, names, phases, programmes) for name in names["partners"]
        },
        "programmes": programmes,
        "limits": _limits(random, names, phases),
        "rules": _rules(random, names),
        "plans": _plans(random, names, programmes),
        "stakeholders": {f"s{n}": _group(random, criteria) for n in range(random.randint(1, 3))},
        "analysis": {"samples": 0, "weights": {"within": "12.5%"}, "gap": 0.0},
        "organisation": {"title": "Our trust", "short": "us"},
        "payers": {"payer": {"title": "A payer"}},
        "components": {name: {"title": f"Component {name}"} for name in names["components"]},
    }
    if phases:
        data["phases"] = phases
    if random.random() < 0.5:
        data |= {"about": _text(random), "as-at": "2022-03-01", "currency": "EUR"}
    if random.random() < 0.3:
        data["aim"] = {"least-cost": {"value-at-least": 10}}
    return {key: value for key, value in data.items() if value != {}}


def _text(random: Random) -> str:
    return random.choice(("Plain words", *TEXTS))


def _number(random: Random, most: int = 10) -> float:
    return random.choice(
        (random.randint(0, most), float(random.randint(0, most)), round(random.random() * most, 3))
    )


def _share(random: Random) -> float | str:
    return random.choice(("100%", "12.5%", "33.3%", "0%", 0.25, 1, 0.123))


def _some(random: Random, data: Data) -> Data:
    return {key: value for key, value in data.items() if random.random() < 0.6}


def _criteria(random: Random) -> Data:
    def leaf(scale: Data, **more: Any) -> Data:
        return {"title": "A criterion", "weight": random.randint(1, 100), "scale": scale, **more}

    return {
        "quality": leaf({"worst": 0, "best": 10, "unit": "points"}, asks=_text(random)),
        "cost": leaf({"worst": 9_000, "best": 0, "beyond": "clip"}, **{"from": "own-cost"}),
        "fit": leaf({"levels": LEVELS}, **{"at-least": "poor"}),
        "lasting": {
            "title": "Lasting",
            "weight": 2.5,
            "at-least": 2.5,
            "criteria": {
                "curve": leaf(
                    {"points": [[0, 0], [2.5, 70], [10, 100]]},
                    preference={"shape": "linear", "preference": 2.5},
                ),
                "local": leaf({"local": random.choice(("more", "less"))}),
                "share": leaf({"worst": 0, "best": 1}, **{"at-least": 0}),
            },
        },
    }


def _phases(random: Random) -> Data:
    found: Data = {"first": "2022-01-01", "next": {"starts": "2022-06-01", "title": "What follows"}}
    return found if random.random() < 0.7 else {}


def _gate(random: Random) -> Data:
    status = random.choice(("confirmed", "expected", "refused", "unknown"))
    more = _some(random, {"about": _text(random), "likelihood": _share(random)})
    return {"title": _text(random), "status": status, **more}


def _by_phase(random: Random, phases: Data) -> Any:
    if phases and random.random() < 0.5:
        amounts = (random.randint(1, 90), 7.5, "unlimited")
        return {phase: random.choice(amounts) for phase in phases}
    return random.choice((random.randint(1, 900), 12.5, "unlimited"))


def _partner(random: Random, names: dict[str, list[str]], phases: Data, programmes: Data) -> Data:
    partner: Data = {
        "title": _text(random),
        "offers": list(names["components"]),
        "scores": _scores(random),
        **_some(
            random,
            {
                "short": "P",
                "notes": _text(random),
                "about": _text(random),
                "methods": ["lean", "six-sigma"],
                "tags": ["local"],
                "capacity": _by_phase(random, phases),
                "engagement": {"min-days": _number(random, 9)},
                "cost": {"per-day": _amount(random), "once": 10_000},
                "funding": {
                    "payer": "payer",
                    "covers": _share(random),
                    "gate": names["gates"][0],
                    "top-up": "us",
                },
                "gate": random.choice(names["gates"]),
                "excluded": f"Out: {_text(random)}",
            },
        ),
    }
    if random.random() < 0.6:
        programme = random.choice(list(programmes))
        days = {next(iter(programmes[programme]["needs"])): 4.5}
        special: Data = {"scores": _some(random, _scores(random)), "days": days}
        special |= {
            "excluded": "Not this one",
            "cost": {"per-day": 12.5, "per-programme": _amount(random)},
        }
        chosen = {key: value for key, value in _some(random, special).items() if value}
        if chosen:
            partner["for"] = {programme: chosen}
    return partner


def _amount(random: Random) -> Any:
    return random.choice(
        (450, 12.5, {"low": 0, "high": 9.5}, {"low": 650, "likely": 700, "high": 900})
    )


def _scores(random: Random) -> Data:
    def score(plain: Any, low: Any, likely: Any, high: Any) -> Any:
        found: Any = random.choice(
            (
                plain,
                "unknown",
                {"low": low, "high": high},
                {"low": low, "likely": likely, "high": high},
            )
        )
        if random.random() < 0.4:
            whole = found if isinstance(found, dict) else {"score": found}
            about = {"evidence": _text(random), "source": _text(random), "grade": "B"}
            if about := _some(random, {**about, "published": "2021-07-28"}):
                return {**whole, **about}
        return found

    return {
        "quality": score(_number(random), 2, 4.125, 9),
        "fit": score(random.choice(list(LEVELS)), "poor", "well-matched", "best"),
        "lasting.curve": score(_number(random), 0.5, 1, 2.25),
        "lasting.local": score(random.choice((-3, 1.25, 4e-05, 1234.5)), -2.5, -1, 3),
        "lasting.share": score(random.choice((0, 0.5, 0.125)), 0.25, 0.375, 1),
    }


def _baseline(random: Random) -> Data:
    scores = _scores(random) | {"cost": _number(random)}
    return {
        name: one.get("score", {"low": one.get("low"), "high": one.get("high")})
        if isinstance(one, dict)
        else one
        for name, one in scores.items()
    }


def _programme(random: Random, names: dict[str, list[str]], phases: Data, criteria: Data) -> Data:
    needs = random.sample(names["components"], random.randint(1, 2))
    stated: Data = {
        "title": _text(random),
        "importance": random.choice((1, 2.5, 100)),
        "needs": {
            need: {phase: random.choice((1, 2.5, {"low": 2, "high": 4})) for phase in phases}
            if phases and random.random() < 0.4
            else random.choice((3, 7.5))
            for need in needs
        },
    }
    more = {
        "short": "Short",
        "about": _text(random),
        "phases": list(phases),
        "partners": {"min": 1, "max": 2},
        "mandatory": random.choice((True, False)),
        "baseline": random.choice((0, 12.5, 40, {"scores": _baseline(random)})),
        "internal-days": _amount(random),
        "today": random.choice(("nobody", "p0", {needs[0]: "p1"})),
        "change": {"cost": 500, "internal-days": 2.5},
        "method": "lean",
        "sponsor": "Medical director",
        "review": "2022-09-01",
        "notes": _text(random),
        "weights": _weights(random, criteria),
    }
    chosen = _some(random, more)
    return stated | {key: value for key, value in chosen.items() if value != []}


def _limits(random: Random, names: dict[str, list[str]], phases: Data) -> Data:
    return _some(
        random,
        {
            "budget": _by_phase(random, phases),
            "funds": {"payer": _by_phase(random, phases)},
            "internal-days": _by_phase(random, phases),
            "backfill": {"per-day": 250, "max-days": 12.5},
            "partners": {"max": len(names["partners"])},
            "programmes-per-partner": 2,
            "share-per-partner": random.choice(("60%", 0.75)),
            "methods": 2,
        },
    )


def _rules(random: Random, names: dict[str, list[str]]) -> Data:
    partners, programmes = names["partners"], names["programmes"]
    return _some(
        random,
        {
            "no-clash": {"apart": partners[:2], "anywhere": True},
            "pair": {"together": partners[:2]},
            "fixed": {"require": dict.fromkeys(programmes[:2], partners[0])},
            "barred": {"forbid": {programmes[0]: partners[:2], programmes[1]: partners[1]}},
            "order": {"before": programmes[:2]},
            "rivals": {"only-one": programmes[:2]},
            "enough": {"at-least-run": {"of": programmes[:3], "run": 1}},
        },
    )


def _plans(random: Random, names: dict[str, list[str]], programmes: Data) -> Data:
    def who(name: str) -> Any:
        need = next(iter(programmes[name]["needs"]))
        may_wait = not programmes[name].get("mandatory")
        return random.choice(("p0", {need: "p1"}, *["deferred"] * may_wait))

    plan = {"title": _text(random), "choose": {name: who(name) for name in names["programmes"]}}
    more = {"by": "Chair", "why": _text(random), "rest": random.choice(("open", "deferred"))}
    return _some(random, {"as-proposed": plan | _some(random, more), "other": {"title": "Other"}})


def _group(random: Random, criteria: Data) -> Data:
    weights = _weights(random, criteria)
    return {"title": _text(random), "weights": weights, **_some(random, {"voice": 2.5})}


def _weights(random: Random, criteria: Data) -> Data:
    tops = list(criteria)
    if random.random() < 0.5:
        order = [tops[0], tops[1:3], tops[3]]
        weights: Data = {"method": "rank", "order": order}
        weights |= {"variant": "sum"} if random.random() < 0.5 else {}
        below: Data = {**weights, "order": ["curve", "share", "local"]}
    else:
        method = random.choice(("swing", "direct"))
        weights = {"method": method, "points": {name: _number(random, 99) for name in tops}}
        weights["points"][tops[0]] = 100
        below = {"method": method, "points": {"curve": 1, "local": 2.5, "share": 0}}
    if random.random() < 0.4:
        weights["branches"] = {"lasting": below}
    return weights
