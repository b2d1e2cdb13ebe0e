"""One chunk of cases, analysed in a worker: plain data in, packed rows out."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from partnerselect.advice import examine
from partnerselect.allocation import NOBODY, ExactCheck, account, amounts_in_all
from partnerselect.analysis import Analysis, analyse_unpriced, judge, uncertain_amounts
from partnerselect.cases import PLANS
from partnerselect.errors import FailureError, InputError, PartnerselectError
from partnerselect.model import BUDGET, Role, Scenario, entry_at, keys_for, programme_of
from partnerselect.rows import broken_name, broken_words, demand_words, rounded, software
from partnerselect.tables import OVER_BUDGET, WEIGHTS_CHANGED, FrameRow, rows_of
from partnerselect.value import weights_since_frozen
from partnerselect.words import figure

ANSWERED = frozenset({"optimal", "within-gap"})
FAILED = "failed"
"""The state of a case that broke down."""
INVALID = "invalid"
"""The state of a case whose changes the scenario does not allow."""
NOT_RUN = keys_for(Role.CASES, Role.PAPER)
"""Keys that no answer depends on."""

CaseData = tuple[str, dict[str, Any], dict[str, Any]]
"""Of a case: its id, the swept values, the changes."""


@dataclass(frozen=True)
class Job:
    """A chunk of cases of one scenario, as plain data that any worker can be sent."""

    scenario: str
    content: str
    """The scenario as loaded, as JSON."""
    overrides: dict[str, Any]
    cases: tuple[CaseData, ...]
    software: str
    """Versions that answers may depend on."""
    fixed: str = "null"
    """The weights that are fixed in the register, and by which entry, as JSON."""

    @property
    def key(self) -> str:
        """The hash of everything the rows depend on."""
        needed = _without_unused(self.content)
        return hash_of(
            [self.scenario, needed, self.overrides, self.cases, self.software, self.fixed]
        )

    def changed(self, changes: dict[str, Any]) -> Scenario:
        """Return the scenario of one case."""
        return _loaded(self.scenario, self.content, self.fixed).with_changes(
            {**self.overrides, **changes}
        )


def hash_of(data: Any) -> str:  # noqa: ANN401 - any plain data
    """Return the hash of plain data."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


@lru_cache(maxsize=8)
def _without_unused(content: str) -> str:
    kept = {key: value for key, value in json.loads(content).items() if key not in NOT_RUN}
    return json.dumps(kept, sort_keys=True)


@lru_cache(maxsize=4)
def _loaded(name: str, content: str, fixed: str) -> Scenario:
    scenario = Scenario.from_data(json.loads(content), id=name)
    return scenario.beside_register((), json.loads(fixed))


def run_job(job: Job) -> bytes:
    """Analyse every case of a chunk; return its rows, packed.

    A case that cannot be answered says why in its own row.

    Raises:
        FailureError: this worker has other versions than whoever sent the chunk.
    """
    if job.software != software():
        raise FailureError(
            f"a worker has {software()}, the run was started with {job.software}; install the same"
            " on both"
        )
    return packed(_answered(job, case) for case in job.cases)


def broken(job: Job, reason: str) -> bytes:
    """Return the packed rows of cases that could not be run at all."""
    return packed(_unanswered(job, case, FAILED, reason) for case in job.cases)


def packed(rows: Iterable[FrameRow]) -> bytes:
    """Return rows as gzipped JSON lines, one for each case; the same bytes for the same rows."""
    lines = (
        json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str) for row in rows
    )
    return gzip.compress("\n".join([*lines, ""]).encode(), compresslevel=3, mtime=0)


def unpacked(content: bytes) -> Iterator[FrameRow]:
    """Yield the rows of a packed chunk."""
    return map(json.loads, gzip.decompress(content).splitlines())


def holds(job: Job, content: bytes) -> bool:
    """Tell whether rows read back are those of a chunk, and keep every demand of its scenario.

    Each choice is held against its scenario in exact arithmetic, and is worth what its row says.
    """
    try:
        return all(
            row["case"] == case[0]
            and ("gives_way" in row["summary"]) == ("plan_breaks" in row["summary"])
            and (row["summary"]["state"] not in ANSWERED or _is_kept(job.changed(case[2]), row))
            for row, case in zip(unpacked(content), job.cases, strict=True)
        )
    except (OSError, EOFError, ValueError, LookupError, TypeError, PartnerselectError):
        return False


def _is_kept(scenario: Scenario, row: FrameRow) -> bool:
    seen = examine(scenario)
    work = seen.table.workload
    chosen = np.full(len(work.needs), NOBODY)
    for line in row["allocation"]:
        if line["kind"] == "days":
            entry = entry_at(line["programme"], line.get("level", ""))
            need = work.needs.index((entry, line["component"]))
            chosen[need] = work.partners.index(line["partner"])
    found = account(scenario, work, seen.scores, chosen)
    told: FrameRow = rounded({"value": found.value, **amounts_in_all(scenario, found)})
    return told.items() <= row["summary"].items() and not ExactCheck(scenario, seen.table).faults(
        chosen.tolist()
    )


def _answered(job: Job, case: CaseData) -> FrameRow:
    try:
        analysis = analyse_unpriced(job.changed(case[2]))
        tables, plan = rows_of(analysis), case[1].get(PLANS)
        return _row(job, case, {**_summary(analysis), **_judged(analysis, plan)}, **tables)
    except InputError as error:
        return _unanswered(job, case, INVALID, "; ".join(map(str, error.problems)))
    except PartnerselectError as error:
        return _unanswered(job, case, FAILED, str(error))
    except Exception as error:  # noqa: BLE001 - whatever breaks one case must not stop the others
        return _unanswered(job, case, FAILED, f"{type(error).__name__}: {error}")


def _unanswered(job: Job, case: CaseData, state: str, reason: str) -> FrameRow:
    return _row(job, case, {"state": state, "reason": reason})


def _row(job: Job, case: CaseData, summary: FrameRow, **tables: list[FrameRow]) -> FrameRow:
    """Return the rows of a case by table."""
    named = {"case": case[0], "varied": case[1], "summary": {"scenario": job.scenario, **summary}}
    return {**named, "programmes": [], "ranking": [], "allocation": [], **tables}


def _summary(analysis: Analysis) -> FrameRow:
    allocation, scenario = analysis.allocation, analysis.scenario
    account, advice = allocation.account, analysis.recommendation.programmes
    running, deferred = (
        [programme_of(one.programme) for one in advice if one.run is run] if account else None
        for run in (True, False)
    )
    row: FrameRow = rounded(
        {
            "state": allocation.state,
            "reason": _why_none(analysis),
            "title": scenario.title,
            "value": account.value if account else None,
            **amounts_in_all(scenario, account),
            "partners": account.partners if account else None,
            "running": running,
            "deferred": deferred,
            "gap": allocation.gap,
            "tie_break": allocation.tie_break,
            "currency": scenario.currency,
            "illustrative": scenario.illustrative,
            "sha256": scenario.sha256,
            **_over_budget(analysis),
            WEIGHTS_CHANGED.key: weights_since_frozen(scenario),
        },
    )
    return row


def _over_budget(analysis: Analysis) -> FrameRow:
    """Return how often our cost passes the budget, where most often; nothing without ranges."""
    found = uncertain_amounts(analysis)
    ours = (one for one in (found.found if found else ()) if one.kind is BUDGET)
    shares = [(one.over_share, one.reserve) for one in ours if one.over_share is not None]
    keys = (column.key for column in OVER_BUDGET)
    return dict(zip(keys, max(shares), strict=True)) if shares else {}


def _judged(analysis: Analysis, plan: str | None) -> FrameRow:
    """Return how the plan of a case stands; nothing where it judges none, or has it no more."""
    if plan not in analysis.scenario.all_plans:
        return {}
    (one,) = judge(analysis, [plan], over_trials=False, instead=False).plans
    row: FrameRow = rounded(
        {
            "plan_possible": one.possible,
            "plan_value": one.value,
            "plan_own_cost": one.own_cost,
            "plan_breaks": " · ".join(
                broken_words(analysis.scenario, broken) for broken in one.broken
            ),
            "gives_way": [broken_name(analysis.scenario, broken) for broken in one.broken],
            "plan_changes": one.nearest.changes if one.nearest else None,
        }
    )
    return row


def _why_none(analysis: Analysis) -> str:
    if analysis.allocation.state == "no-answer-yet":
        return f"no answer within {figure(analysis.scenario.analysis.time_limit)} seconds"
    return " · ".join(demand_words(analysis, demand) for demand in analysis.conflicts)
