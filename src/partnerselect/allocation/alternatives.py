"""Choosing otherwise: each gate, payer, partner and commitment turned; one programme's partners."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from partnerselect.allocation.cost_account import teams_chosen
from partnerselect.allocation.outcome import Allocation, Unanswered, UnansweredError, Variation
from partnerselect.allocation.problem import Family
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import attempted
from partnerselect.model import LEVEL, Scenario, programme_of
from partnerselect.optimiser import Watch
from partnerselect.value import US, Workload, measured_anew, performance_table, score

Partners = dict[str, tuple[str, ...]]
"""Programme to its partners."""
Changes = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""Programme to its partners now and then, where they differ; no partner: deferred."""
Levels = dict[str, str]
"""Programme to the entry of the level at which it then runs, where that differs."""
Kind = Literal["gate", "payer", "partner", "commitment", "pair", "methods"]
OTHERWISE: tuple[Kind, ...] = ("gate", "payer", "partner", "commitment")
"""What `choosing_otherwise` turns, in this order."""


@dataclass(frozen=True)
class AsFile:
    """The best choice as a file of its own would give it, some local scales ending elsewhere."""

    criteria: tuple[str, ...]
    """Whose scales would end elsewhere."""
    state: str
    value: float | None
    own_cost: float | None
    changed: Changes
    levels: Levels


@dataclass(frozen=True)
class Alternative:
    """The best choice if one gate, payer, partner or commitment were otherwise.

    One pair of them; or methodologies not limited.
    """

    kind: Kind
    subject: str
    """Its id, `programme.need` of a commitment, `programme.partner` of a pair, or a path."""
    change: str
    """`open`, `closed`, `with` or `without`."""
    state: str
    value: float | None
    own_cost: float | None
    changed: Changes
    levels: Levels = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict, compare=False)
    """What makes it so, by path in the scenario."""
    as_file: AsFile | None = None
    """What a file that says so would give, where a local scale would end elsewhere in it."""
    why: Unanswered | None = None
    """Why there is no answer, although there may be one."""


def unanswered_alternative(
    kind: Kind, subject: str, change: str, why: Unanswered | None
) -> Alternative:
    """Return an alternative of which it is not known what would be done."""
    return Alternative(kind, subject, change, "no-answer-yet", None, None, {}, why=why)


def choosing_otherwise(
    scenario: Scenario,
    allocation: Allocation,
    work: Workload,
    watch: Watch | None = None,
    *,
    kinds: Collection[Kind] = OTHERWISE,
    known: Collection[Alternative] = (),
) -> tuple[Alternative, ...]:
    """Choose anew without each gate, payer, engaged partner and commitment, or some of these kinds.

    The ends of local scales stay those of the scenario as loaded. What is known is not asked again.
    """
    today = partners_by_programme(work, allocation)
    asked = [question for question in _questions(scenario, work, today) if question[0] in kinds]
    answered = {_asked_of(one): one for one in known if one.why is None}
    open_ones = [question for question in asked if question[:3] not in answered]
    answered |= {_asked_of(one): one for one in _alternatives(scenario, today, open_ones, watch)}
    return tuple(answered[question[:3]] for question in asked)


def _asked_of(alternative: Alternative) -> tuple[Kind, str, str]:
    return alternative.kind, alternative.subject, alternative.change


def without_commitments(
    scenario: Scenario,
    allocation: Allocation,
    work: Workload,
    programme: str,
    watch: Watch | None = None,
) -> tuple[Alternative, ...]:
    """Choose anew with each commitment of one programme dropped."""
    today = partners_by_programme(work, allocation)
    questions = [
        question
        for question in _questions(scenario, work, today)
        if question[0] == "commitment" and question[1].startswith(f"{programme_of(programme)}.")
    ]
    return _alternatives(scenario, today, questions, watch)


def if_opened(
    scenario: Scenario, allocation: Allocation, work: Workload, watch: Watch | None = None
) -> tuple[Alternative, ...]:
    """Choose anew with each undecided gate open: what is closed only because nobody knows yet."""
    if allocation.chosen is None:
        return ()
    today = partners_by_programme(work, allocation)
    undecided = [gate for gate, stated in scenario.gates.items() if stated.status == "unknown"]
    return _alternatives(
        scenario,
        today,
        [("gate", gate, *_turned(gate, is_open=False)) for gate in undecided],
        watch,
    )


Question = tuple[Kind, str, str, dict[str, Any]]


def _alternatives(
    scenario: Scenario, today: Partners, questions: list[Question], watch: Watch | None
) -> tuple[Alternative, ...]:
    """Answer every question; once somebody stops them the rest is left open."""
    found = list[Alternative]()
    for question in questions:
        if watch is not None and watch.is_stopped:
            found.append(unanswered_alternative(*question[:3], "stopped"))
        else:
            ask = partial(_alternative, scenario, today, question, Watch(within=watch))
            found.append(attempted(ask, unanswered_alternative(*question[:3], "fault")))
    return tuple(found)


def _questions(scenario: Scenario, work: Workload, today: Partners) -> list[Question]:
    turned: list[Question] = [
        ("gate", gate, *_turned(gate, is_open=stated.is_open))
        for gate, stated in scenario.gates.items()
    ]
    unpaid: list[Question] = [
        ("payer", payer, "without", _unfunded(scenario, payer))
        for payer in dict.fromkeys(work.payers)
        if payer != US
    ]
    engaged = sorted({name for names in today.values() for name in names})
    left_out: list[Question] = [
        ("partner", name, "without", _left_out(scenario, name)) for name in engaged
    ]
    free: list[Question] = [
        ("commitment", f"{p}.{need}", "without", _uncommitted(scenario, {(p, need)}))
        for p, need in _committed(scenario)
    ]
    return [*turned, *unpaid, *left_out, *free]


def _turned(gate: str, *, is_open: bool) -> tuple[str, dict[str, Any]]:
    change, status = ("closed", "refused") if is_open else ("open", "confirmed")
    return change, {f"gates.{gate}.status": status}


def _unfunded(scenario: Scenario, payer: str) -> dict[str, Any]:
    return {
        f"partners.{name}.funding": None
        for name, partner in scenario.partners.items()
        if partner.funding and partner.funding.payer == payer
    }


def _left_out(scenario: Scenario, partner: str) -> dict[str, Any]:
    """Exclude a partner, and drop its commitments, which would stand above the exclusion."""
    theirs = {need for need, k in _committed(scenario).items() if k == partner and need[1] != LEVEL}
    return {
        f"partners.{partner}.excluded": "Left out to see what would be done instead",
        **_uncommitted(scenario, theirs),
    }


def _committed(scenario: Scenario) -> dict[tuple[str, str], str]:
    decided = scenario.as_written.committed
    return {
        (programme, need): partner
        for programme, needs in decided.items()
        for need, partner in needs.items()
    }


def _uncommitted(scenario: Scenario, dropped: set[tuple[str, str]]) -> dict[str, Any]:
    """Drop some commitments; nothing changes where there are none to drop."""
    rest: dict[str, dict[str, str]] = {}
    for (programme, need), partner in _committed(scenario).items():
        if (programme, need) not in dropped:
            rest.setdefault(programme, {})[need] = partner
    return {"committed": rest} if dropped else {}


def _alternative(
    scenario: Scenario, today: Partners, question: Question, watch: Watch
) -> Alternative:
    kind, subject, change, changes = question
    changed = scenario.with_changes(changes)
    anew = measured_anew(changed, performance_table(changed))
    as_read = AsFile(anew, *_best(changed.as_file(), today, watch)[0]) if anew else None
    found, why = _best(changed, today, watch)
    return Alternative(kind, subject, change, *found, changes, as_read, why)


def _best(
    scenario: Scenario, today: Partners, watch: Watch
) -> tuple[tuple[str, float | None, float | None, Changes, Levels], Unanswered | None]:
    """Return how a choice ends, its value, our cost and whose partners differ, or why not."""
    table = performance_table(scenario)
    found = Allocator(scenario, table, score(scenario, table), watch).best()
    account = found.account
    if account is None:
        return (found.state, None, None, {}, {}), found.why
    then = partners_by_programme(table.workload, found)
    differs = changed_partners(today, then), changed_levels(today, then)
    return (found.state, account.value, account.own_cost, *differs), None


def changed_partners(today: Partners, then: Partners) -> Changes:
    """Return programme to its partners now and then, where they differ, whatever its levels."""
    now, after = _whatever_level(today), _whatever_level(then)
    return {name: (now[name], after[name]) for name in after if set(now[name]) != set(after[name])}


def _whatever_level(teams: Partners) -> Partners:
    found: Partners = {}
    for entry, team in teams.items():
        name = programme_of(entry)
        found[name] = (*found.get(name, ()), *team)
    return found


def changed_levels(today: Partners, then: Partners) -> dict[str, str]:
    """Return programme to the entry of the level at which it then runs, where that differs."""
    now = {programme_of(entry): entry for entry, team in today.items() if team}
    runs = (entry for entry, team in then.items() if team)
    found = {programme_of(entry): entry for entry in runs}
    return {name: entry for name, entry in found.items() if entry != now.get(name, name)}


def partners_by_programme(work: Workload, allocation: Allocation | Variation) -> Partners:
    """Return the partners chosen for every programme, in the order in which they are named.

    None where it is deferred or there is no answer.
    """
    if allocation.chosen is None:
        return dict.fromkeys(work.programmes, ())
    return teams_chosen(work, allocation.chosen)


Asked = tuple[Kind, str, str, AbstractContextManager[None]]
"""Kind, subject and change of an alternative, and what holds it in the model."""


def programme_alternatives(
    allocator: Allocator, allocation: Allocation, programme: str, wished: str | None
) -> tuple[Alternative, ...]:
    """Choose anew with a partner wished for, each chosen one barred, and any methodologies.

    Whoever is committed is not barred: its commitment is dropped. Nothing where the choice is not
    proven the best.

    Args:
        allocator: the scenario's, kept in memory.
        allocation: the recommended choice.
        programme: the one asked about. At a level that runs, it is asked at whatever level; at
            another, at that one.
        wished: a partner to work on it; left out where it is chosen already, or may not be.
    """
    if allocation.state != "optimal":
        return ()
    allocator.allow(allocator.scenario.analysis.time_limit)
    asked = [
        attempted(
            partial(_in_the_model, allocator, allocation, one),
            unanswered_alternative(*one[:3], "fault"),
        )
        for one in _questions_about(allocator, allocation, programme, wished)
    ]
    dropped = without_commitments(
        allocator.scenario, allocation, allocator.work, programme, allocator.watch
    )
    return (
        *[one for one in asked if one.kind == "pair"],
        *dropped,
        *[one for one in asked if one.kind == "methods"],
    )


def _questions_about(
    allocator: Allocator, allocation: Allocation, programme: str, wished: str | None
) -> Iterator[Asked]:
    f, work = allocator.formulation, allocator.work
    chosen = partners_by_programme(work, allocation)[programme]
    asked = programme_of(programme) if chosen else programme
    if wished is not None and wished not in chosen and (works := f.x_of(asked, wished)):
        held = allocator.demanding([works, f.z_of(asked)], 1.0)
        yield "pair", f"{asked}.{wished}", "with", held
    numbers = f.numbers_of(asked)
    committed = {
        work.partners[k] for n, k in f.committed.items() if work.programme_of[n] in numbers
    }
    for name in sorted(set(chosen) - committed):
        barred = allocator.demanding([f.x_of(asked, name)], 0.0)
        yield "pair", f"{asked}.{name}", "without", barred
    if allocator.scenario.limits.methods is not None:
        yield "methods", "limits.methods", "without", allocator.without(Family.METHODS)


def _in_the_model(allocator: Allocator, allocation: Allocation, asked: Asked) -> Alternative:
    kind, subject, change, holding = asked
    try:
        with holding:
            found = allocator.variation(allocation.chosen)
    except UnansweredError as unanswered:
        return unanswered_alternative(kind, subject, change, unanswered.why)
    if found.chosen is None:
        return Alternative(kind, subject, change, "infeasible", None, None, {})
    today, then = (partners_by_programme(allocator.work, one) for one in (allocation, found))
    return Alternative(
        kind,
        subject,
        change,
        "optimal",
        found.value,
        found.own_cost,
        changed_partners(today, then),
        changed_levels(today, then),
    )
