"""Value and eligibility of a partner in a programme, from a plain scenario.

Covers typed and computed scores, linear, piecewise, level, local and ratio scales, trees of weights, a
programme's own weights at the top level, and scores that differ by programme. Elicited weights are
tested elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

Data = dict[str, Any]
"""A mapping as YAML gives it."""
OPEN = frozenset({"confirmed", "expected"})
RELATIVE = frozenset({"local", "ratio"})
"""Scales that end at the best and the worst partner of a programme."""
ENDS_OF = "ends of"
"""In a scenario changed for a what-if: the scenario as loaded, where its local scales end."""


def fraction(amount: float | str) -> float:
    """Read `60%` and `0.6` alike."""
    return float(amount[:-1]) / 100 if isinstance(amount, str) else amount


def is_open(scenario: Data, gate: str | None) -> bool:
    """Tell whether a gate lets through; no gate does."""
    return gate is None or scenario["gates"][gate]["status"] in OPEN


def covered(scenario: Data, partner: str) -> float:
    """Return the share of the partner's prices that its payer bears.

    Nothing if the funding's gate is closed.
    """
    funding = scenario["partners"][partner].get("funding", {})
    return fraction(funding["covers"]) if funding and is_open(scenario, funding.get("gate")) else 0


def price(scenario: Data, programme: str, partner: str, kind: str) -> float:
    """Return what a partner asks in one programme, `per-day` or `per-programme`: its own price where none is written for it."""
    own = scenario["partners"][partner].get("cost", {})
    asked: float = (
        _differs(scenario, programme, partner).get("cost", {}).get(kind, own.get(kind, 0))
    )
    return asked


def needed_days(scenario: Data, programme: str, need: str) -> float:
    """Return the days that the programme itself states for a need."""
    days = scenario["programmes"][programme]["needs"][need]
    needed: float = sum(days.values()) if isinstance(days, dict) else days
    return needed


def days_of(scenario: Data, programme: str, need: str, partner: str) -> float:
    """Return the days this partner takes for a need."""
    own = _differs(scenario, programme, partner).get("days", {})
    days: float = own[need] if need in own else needed_days(scenario, programme, need)
    return days


def offered(scenario: Data, programme: str, partner: str) -> list[str]:
    """Return the programme's needs that the partner offers."""
    return [
        need
        for need in scenario["programmes"][programme]["needs"]
        if need in scenario["partners"][partner]["offers"]
    ]


def value(scenario: Data, programme: str, partner: str) -> float:
    """Return V, from 0 to 100: the weighted sum of partial values."""
    scores = _scores(scenario, programme, partner)
    return _worth(scenario, programme, _leaves(scenario, programme), scores)


def _worth(
    scenario: Data, programme: str, leaves: Iterable[tuple[str, float, Data]], scores: Data
) -> float:
    return sum(
        share * _partial(_scale(scenario, programme, path, leaf), scores[path])
        for path, share, leaf in leaves
    )


def baseline(scenario: Data, programme: str) -> float:
    """Return the value of doing nothing: stated, or from scores."""
    stated = scenario["programmes"][programme].get("baseline", 0)
    if not isinstance(stated, dict):
        return float(stated)
    scores: Data = stated["scores"]
    return sum(
        share * _partial(_scale(scenario, programme, path, leaf), scores.get(path, 0))
        for path, share, leaf in _leaves(scenario, programme)
    )


def is_eligible(scenario: Data, programme: str, partner: str) -> bool:
    """Tell whether exclusions, gate and hurdles leave the partner in.

    Offers, methods and rules are looked at elsewhere.
    """
    return not any(obstacles(scenario, programme, partner))


def obstacles(scenario: Data, programme: str, partner: str) -> Iterator[str]:
    """Yield the path of every gate, exclusion and hurdle that stands against a partner."""
    gate = scenario["partners"][partner].get("gate")
    if not is_open(scenario, gate):
        yield f"gates.{gate}"
    yield from _shortcomings(scenario, programme, partner)


def _is_considered(scenario: Data, programme: str, partner: str) -> bool:
    """Tell whether a partner is neither excluded nor below a hurdle, whatever its gate.

    A branch with a scale that ends among those considered has no say, nor does such a scale itself.
    """
    return not any(_shortcomings(scenario, programme, partner, relative=False))


def _shortcomings(
    scenario: Data, programme: str, partner: str, *, relative: bool = True
) -> Iterator[str]:
    """Yield the path of every exclusion and hurdle that stands against a partner."""
    if "excluded" in scenario["partners"][partner]:
        yield f"partners.{partner}.excluded"
    if "excluded" in _differs(scenario, programme, partner):
        yield f"partners.{partner}.for.{programme}.excluded"
    scores = _scores(scenario, programme, partner)
    for path, _, leaf in _leaves(scenario, programme):
        if "at-least" in leaf and not _meets(leaf, scores[path]):
            yield f"criteria.{path}.at-least"
    for path, branch in _branches(scenario["criteria"]["criteria"]):
        leaves = list(_below(branch["criteria"], {}, f"{path}.", 1.0))
        is_relative = any(not RELATIVE.isdisjoint(leaf["scale"]) for *_, leaf in leaves)
        if "at-least" in branch and (relative or not is_relative):
            worth = _worth(scenario, programme, leaves, scores)
            if worth < branch["at-least"] - 1e-9:
                yield f"criteria.{path}.at-least"


def _branches(siblings: Data, prefix: str = "") -> Iterator[tuple[str, Data]]:
    for name, criterion in siblings.items():
        if "criteria" in criterion:
            yield prefix + name, criterion
            yield from _branches(criterion["criteria"], f"{prefix}{name}.")


def _differs(scenario: Data, programme: str, partner: str) -> Data:
    differs: Data = scenario["partners"][partner].get("for", {}).get(programme, {})
    return differs


def _leaves(scenario: Data, programme: str) -> Iterator[tuple[str, float, Data]]:
    own = scenario["programmes"][programme].get("weights", {}).get("points", {})
    yield from _below(scenario["criteria"]["criteria"], own, "", 1.0)


def _below(
    siblings: Data, own: Data, prefix: str, share: float
) -> Iterator[tuple[str, float, Data]]:
    weights = {name: own.get(name, criterion.get("weight")) for name, criterion in siblings.items()}
    for name, criterion in siblings.items():
        part = share * weights[name] / sum(weights.values())
        if "criteria" in criterion:
            yield from _below(criterion["criteria"], {}, f"{prefix}{name}.", part)
        else:
            yield prefix + name, part, criterion


def _scores(scenario: Data, programme: str, partner: str) -> Data:
    computed = {
        path: _computed(scenario, programme, partner, leaf["from"])
        for path, _, leaf in _leaves(scenario, programme)
        if "from" in leaf
    }
    typed: Data = scenario["partners"][partner].get("scores", {}) | _differs(
        scenario, programme, partner
    ).get("scores", {})
    return typed | computed


def _computed(scenario: Data, programme: str, partner: str, kind: str) -> float:
    days = sum(
        days_of(scenario, programme, need, partner)
        for need in offered(scenario, programme, partner)
    )
    per_day, per_programme = (
        price(scenario, programme, partner, kind) for kind in ("per-day", "per-programme")
    )
    total = per_day * days + per_programme
    if kind.startswith("own-"):
        total *= 1 - covered(scenario, partner)
    if kind.endswith("-per-day"):
        total = total / days if days else 0.0
    return float(total)


def _scale(scenario: Data, programme: str, path: str, leaf: Data) -> Data:
    """Return the scale; a local one runs between the ends of those who offer something to the programme and are considered."""
    scale: Data = leaf["scale"]
    if scale.keys().isdisjoint(RELATIVE):
        return scale
    loaded: Data = scenario.get(ENDS_OF, scenario)
    among = [
        k
        for k in loaded["partners"]
        if offered(loaded, programme, k) and _is_considered(loaded, programme, k)
    ]
    typed = [_scores(loaded, programme, k)[path] for k in among]
    known = [
        float(_nominal(score) if isinstance(score, dict) else score)
        for score in typed
        if score != "unknown"
    ]
    least, most = (min(known), max(known)) if known else (0.0, 0.0)
    if "ratio" in scale and known:
        return {**scale, "end": least if scale["ratio"] == "lowest" else most}
    if least == most:
        return {"points": [[least, 100], [most + 1, 100]]}
    return {
        "points": [[least, 0], [most, 100]]
        if scale["local"] == "more"
        else [[least, 100], [most, 0]]
    }


def _partial(scale: Data, score: float | str | Data) -> float:
    """Return the value from 0 to 100 of a score on a scale.

    Unknown is 50, a range its likeliest or middle.
    """
    if score == "unknown":
        return 50.0
    nominal = _nominal(score) if isinstance(score, dict) else score
    if "levels" in scale:
        return float(scale["levels"][nominal])
    if "ratio" in scale:
        return _marks(scale["ratio"], scale["end"], float(nominal))
    points = scale["points"] if "points" in scale else [[scale["worst"], 0], [scale["best"], 100]]
    return _interpolate(sorted(points), float(nominal))


def _marks(ratio: str, end: float, own: float) -> float:
    """Return marks by the lowest over one's own or one's own over the highest, 100 at most."""
    above, below = (end, own) if ratio == "lowest" else (own, end)
    return 100.0 if above >= below else 100 * above / below


def _nominal(score: Data) -> float | str:
    likeliest: float | str = (
        score["likely"]
        if "likely" in score
        else score["score"]
        if "score" in score
        else (score["low"] + score["high"]) / 2
    )
    return likeliest


def _interpolate(points: list[list[float]], at: float) -> float:
    at = min(max(at, points[0][0]), points[-1][0])
    (left, low), (right, high) = next((a, b) for a, b in pairwise(points) if at <= b[0])
    return low + (high - low) * (at - left) / (right - left)


def _meets(leaf: Data, score: float | str | Data) -> bool:
    return (
        score != "unknown"
        and _partial(leaf["scale"], score) >= _partial(leaf["scale"], leaf["at-least"]) - 1e-9
    )
