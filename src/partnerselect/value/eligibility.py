"""Who may be chosen for a programme whatever the scores, and who may not, in plain sentences."""

from __future__ import annotations

import numpy as np

from partnerselect.arrays import BoolArray
from partnerselect.model import Scenario
from partnerselect.value.money import Workload

Pair = tuple[str, str]
"""A programme and a partner."""


def barred(scenario: Scenario, work: Workload) -> dict[Pair, tuple[str, ...]]:
    """Return who cannot be chosen whatever the scores, and why."""
    forbidden = scenario.forbidden
    found: dict[Pair, tuple[str, ...]] = {}
    for p, k in zip(
        *(numbers.tolist() for numbers in _in_doubt(scenario, work).nonzero()), strict=True
    ):
        programme, partner = work.programmes[p], work.partners[k]
        reasons = [
            *_own_reasons(scenario, programme, partner),
            *_offer_reasons(scenario, programme, work.covers[p, k], partner),
        ]
        if (programme, partner) in forbidden:
            reasons.append("A rule forbids it here.")
        if reasons:
            found[programme, partner] = tuple(reasons)
    return found


def _in_doubt(scenario: Scenario, work: Workload) -> BoolArray:
    """Return the pairs worth asking about one by one, among which are all that anything bars.

    Shape (P, K).
    """
    partners, programmes = scenario.partners.values(), scenario.programmes.values()
    anywhere = [
        bool(partner.excluded or (partner.gate and not scenario.gates[partner.gate].is_open))
        for partner in partners
    ]
    picky = [bool(programme.method) or programme.partners.max == 1 for programme in programmes]
    doubt = (work.covers == 0) | np.array(anywhere)[None, :] | np.array(picky)[:, None]
    row, column = _numbered(work.programmes), _numbered(work.partners)
    special = [
        (programme, name)
        for name, partner in scenario.partners.items()
        for programme in partner.for_
    ]
    for programme, partner in (*special, *scenario.forbidden):
        if programme in row and partner in column:
            doubt[row[programme], column[partner]] = True
    return np.asarray(doubt)


def without_reason(work: Workload, reasons: dict[Pair, tuple[str, ...]]) -> BoolArray:
    """Return who may be chosen; shape (P, K)."""
    row, column = _numbered(work.programmes), _numbered(work.partners)
    eligible = np.ones((len(row), len(column)), dtype=bool)
    for programme, partner in reasons:
        eligible[row[programme], column[partner]] = False
    return eligible


def _numbered(names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def _own_reasons(scenario: Scenario, programme: str, name: str) -> list[str]:
    partner, method = scenario.partners[name], scenario.programmes[programme].method
    special = partner.for_.get(programme)
    reasons = [
        f"Excluded: {why}."
        for why in (partner.excluded, special.excluded if special else None)
        if why
    ]
    if partner.gate and not scenario.gates[partner.gate].is_open:
        gate = scenario.gates[partner.gate]
        reasons.append(
            f"It depends on a decision not yet known: {gate.title}."
            if gate.status == "unknown"
            else f"It depends on a decision that was refused: {gate.title}."
        )
    if not scenario.works_in(programme, name):
        reasons.append(f"Does not work in {method}, the method this programme keeps to.")
    return [reason.replace("..", ".") for reason in reasons]


def _offer_reasons(scenario: Scenario, programme: str, covers: float, name: str) -> list[str]:
    stated = scenario.programmes[programme]
    needs = {need: scenario.component_title(need) for need in stated.needs}
    missing = [title for need, title in needs.items() if need not in scenario.partners[name].offers]
    if covers == 0:
        return [f"Offers none of what this programme needs ({', '.join(needs.values())})."]
    if missing and stated.partners.max == 1:
        return [
            (
                f"Does not offer {', '.join(missing)}, and this programme takes one partner for"
                " everything."
            )
        ]
    return []
