"""Are there real options, and is doing nothing one of them?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from partnerselect.advice.guidance.finding import (
    GREEN_BOOK,
    ISPOR,
    MANUAL,
    Check,
    Finding,
    Seen,
)
from partnerselect.model.scenario import Scenario
from partnerselect.model.score_checks import criterion_loc
from partnerselect.value.scoring import dominates
from partnerselect.words.wording import listed

A_RANGE = re.compile(
    r"\b(range|variety|number|choice|several|other|potential)\b[^.]*\bpartner", re.IGNORECASE
)


def two_options(seen: Seen) -> Iterator[Finding]:
    """Ask for at least two partners that a programme could really have."""
    asked = (
        " although the text speaks of a range of partners"
        if any(A_RANGE.search(one.sentence) for one in seen.texts)
        else ""
    )
    for p, name in enumerate(seen.table.workload.programmes):
        could = np.flatnonzero(seen.possible[p])
        if len(could) < 2:  # noqa: PLR2004 - a choice takes two
            only = f"Only {seen.partner(int(could[0]))} could" if len(could) else "No partner could"
            yield Finding(
                "two-options",
                "warning",
                f"{only} be chosen for {seen.programme(p)}, so nothing is compared{asked}.",
                ("programmes", name),
                "Appraise at least one more partner for it, or say why there is none.",
                f"{GREEN_BOOK}, options; {MANUAL}, step 2",
            )


def doing_nothing(seen: Seen) -> Iterator[Finding]:
    """Ask what doing nothing would be worth in every programme."""
    stated = seen.scenario.data["programmes"]
    silent = [name for name in seen.scenario.programmes if "baseline" not in stated[name]]
    if silent:
        titles = [seen.scenario.programmes[name].title for name in silent]
        yield Finding(
            "do-nothing",
            "warning",
            f"Doing nothing is not valued for {listed(titles)}; it counts as worth nothing at all,"
            " so any partner looks good beside it.",
            ("programmes", silent[0]),
            "Write a `baseline`: a value from 0 to 100, or scores like a partner's.",
            f"{GREEN_BOOK}, business as usual as the benchmark; {MANUAL}, step 2",
        )


def dominated(seen: Seen) -> Iterator[Finding]:
    """Name partners that another never falls behind, wherever both could be chosen."""
    beaten = [
        seen.partner(k) for k in range(len(seen.table.workload.partners)) if _is_dominated(seen, k)
    ]
    if beaten:
        yield Finding(
            "dominated",
            "note",
            "In every programme another partner offers as much, scores no worse on any criterion"
            f" and better on one, than {listed(beaten)}.",
            ("partners",),
            "Look again at their scores; if they stand, the list could be shorter.",
            f"{MANUAL}, step 7",
        )


def _is_dominated(seen: Seen, k: int) -> bool:
    programmes = np.flatnonzero(seen.possible[:, k])
    return bool(len(programmes)) and all(_dominated_in(seen, int(p), k) for p in programmes)


def _dominated_in(seen: Seen, p: int, k: int) -> bool:
    work = seen.table.workload
    needs = np.flatnonzero((work.programme_of == p) & work.offered[:, k])
    better = (
        dominates(seen.table.values[p])[:, k] & seen.possible[p] & work.offered[needs].all(axis=0)
    )
    return bool(better.any())


def titles(seen: Seen) -> Iterator[Finding]:
    """Warn of two things with one title, which no sentence can tell apart."""
    for kind, noun in TITLED.items():
        for title, names in _shared_titles(seen.scenario, kind).items():
            loc = criterion_loc(names[-1]) if kind == "criteria" else (kind, names[-1])
            yield Finding(
                "titles",
                "warning",
                f"{len(names)} {noun} are called “{title}”, so nobody can tell them apart.",
                (*loc, "title"),
                "Give each a title of its own.",
                f"{ISPOR}, item 8a",
            )


TITLED = {
    "partners": "partners",
    "programmes": "programmes",
    "criteria": "criteria",
    "gates": "decisions of others",
    "stakeholders": "groups",
}


def _shared_titles(scenario: Scenario, kind: str) -> dict[str, list[str]]:
    holders = scenario.criteria.nodes if kind == "criteria" else getattr(scenario, kind)
    found: dict[str, list[str]] = {}
    for name, holder in holders.items():
        found.setdefault(" ".join(holder.title.split()), []).append(name)
    return {title: names for title, names in found.items() if len(names) > 1}


def gates(seen: Seen) -> Iterator[Finding]:
    """Ask how likely a decision is that others still have to take."""
    open_ = [
        (name, gate.title)
        for name, gate in seen.scenario.gates.items()
        if gate.status in {"expected", "unknown"} and gate.likelihood is None
    ]
    if open_:
        yield Finding(
            "gate-likelihood",
            "note",
            f"No likelihood is given for: {'; '.join(title for _, title in open_)}. We assume"
            " 80% where it is expected and 50% where it is not known.",
            ("gates", open_[0][0]),
            "Write a `likelihood`.",
            f"{ISPOR}, item 7a",
        )


OPTION_CHECKS: tuple[Check, ...] = (two_options, doing_nothing, dominated, titles, gates)
