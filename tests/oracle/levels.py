"""The levels at which programmes may run: each choice of levels is a scenario in which no programme has any.

At a level a programme has that level's needs and internal days and no others: who is eligible, what
is computed and where local scales end is as if nothing else were written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from tests.oracle.scores import ENDS_OF, Data, fraction

LEVEL = "level"


def at_each_level(scenario: Data) -> Iterator[Data]:
    """Yield the scenario at every choice of levels, one for each programme that has some; itself where none has."""
    doses = {
        p: _possible(scenario, p)
        for p, programme in scenario["programmes"].items()
        if "levels" in programme
    }
    for levels in product(*doses.values()):
        yield at_levels(scenario, dict(zip(doses, levels, strict=True)))


def _possible(scenario: Data, programme: str) -> list[str]:
    fixed = scenario.get("committed", {}).get(programme, {}).get(LEVEL)
    return list(scenario["programmes"][programme]["levels"]) if fixed is None else [fixed]


def at_levels(scenario: Data, levels: Mapping[str, str]) -> Data:
    """Return the scenario with these programmes at a level each, all others that have levels at the first they may have.

    Of choices of levels that differ in a programme which does not run, one `waits`.
    """
    programmes = dict(scenario["programmes"])
    for p, programme in programmes.items():
        if "levels" in programme:
            name = levels.get(p, _possible(scenario, p)[0])
            waits = name == _possible(scenario, p)[0]
            programmes[p] = _at(programme, name) | {"waits": waits}
    committed = {
        p: {j: k for j, k in needs.items() if j != LEVEL}
        for p, needs in scenario.get("committed", {}).items()
    }
    fixed = [p for p, needs in scenario.get("committed", {}).items() if LEVEL in needs]
    ends = {ENDS_OF: at_levels(scenario[ENDS_OF], levels)} if ENDS_OF in scenario else {}
    told = {"programmes": programmes, "committed": committed, "fixed": fixed, **ends}
    return {**scenario, **told}


def _at(programme: Data, level: str) -> Data:
    dose = programme["levels"][level]
    kept = {key: one for key, one in programme.items() if key != "levels"}
    own = {key: dose[key] for key in ("needs", "internal-days") if key in dose}
    return {**kept, **own, LEVEL: level, "worth": fraction(dose["worth"])}


def needs_of(programme: Data) -> list[str]:
    """Return every need that a programme may have: those of its last level, or its own."""
    last = [*programme.get("levels", {}).values()][-1:] or [programme]
    return list(last[0]["needs"])


def people_reached(scenario: Data, levels: Mapping[str, str]) -> dict[str, dict[str | None, float]]:
    """Return for each staff group how many people the running levels reach in each phase, the larger share counting."""
    shares: defaultdict[tuple[str, str | None], float] = defaultdict(float)
    for p, level in levels.items():
        programme = scenario["programmes"][p]
        for group, share in programme["levels"][level].get("reach", {}).items():
            for phase in programme.get("phases", scenario.get("phases", [None])):
                shares[group, phase] = max(shares[group, phase], fraction(share))
    return {
        name: {t: group["people"] * shares[name, t] for t in scenario.get("phases", [None])}
        for name, group in scenario.get("staff-groups", {}).items()
    }
