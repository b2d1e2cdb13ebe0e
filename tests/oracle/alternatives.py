"""The best allocation with one gate, payer, partner or commitment otherwise, by trying them all."""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracle.changes import changed, without
from tests.oracle.scores import ENDS_OF, Data, is_open
from tests.oracle.search import Answer, best
from tests.oracle.totals import Allocation

Served = dict[str, tuple[str, ...]]
Question = tuple[str, str, str]
"""Kind, subject, change."""


def questions(scenario: Data, today: Served) -> Iterator[Question]:
    """Yield what may be otherwise: each gate turned, each payer gone, each partner at work left out, each commitment dropped."""
    for gate in scenario.get("gates", {}):
        yield "gate", gate, "closed" if is_open(scenario, gate) else "open"
    funding = [
        partner["funding"] for partner in scenario["partners"].values() if "funding" in partner
    ]
    yield from (
        ("payer", payer, "without")
        for payer in sorted({one["payer"] for one in funding if is_open(scenario, one.get("gate"))})
    )
    yield from (
        ("partner", k, "without")
        for k in sorted({k for partners in today.values() for k in partners})
    )
    yield from (
        ("commitment", f"{p}.{j}", "without")
        for p, needs in scenario.get("committed", {}).items()
        for j in needs
    )


def otherwise(scenario: Data, kind: str, subject: str, change: str) -> Answer | None:
    """Return the best allocation then, local scales ending where they end today.

    None where there is no answer.
    """
    return best({**_otherwise(scenario, kind, subject, change), ENDS_OF: scenario})


def in_a_file(scenario: Data, kind: str, subject: str, change: str) -> Answer | None:
    """Return the best allocation of a file that says so, whose local scales end where they would there."""
    return best(_otherwise(scenario, kind, subject, change))


def _otherwise(scenario: Data, kind: str, subject: str, change: str) -> Data:
    if kind == "gate":
        return changed(
            scenario, ("gates", subject, "status"), "confirmed" if change == "open" else "refused"
        )
    if kind == "partner":
        for p, j in [
            (p, j)
            for p, needs in scenario.get("committed", {}).items()
            for j, k in needs.items()
            if k == subject
        ]:
            scenario = without(scenario, ("committed", p, j))
        return changed(scenario, ("partners", subject, "excluded"), "left out")
    if kind == "commitment":
        return without(scenario, ("committed", *subject.split(".")))
    for k, partner in scenario["partners"].items():
        if partner.get("funding", {}).get("payer") == subject:
            scenario = without(scenario, ("partners", k, "funding"))
    return scenario


def served(scenario: Data, allocation: Allocation) -> Served:
    """Return the partners of every programme, by id."""
    return {
        p: tuple(sorted({k for (q, _), k in allocation.items() if q == p}))
        for p in scenario["programmes"]
    }
