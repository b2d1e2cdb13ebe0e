"""One chunk of cases, analysed in a worker: plain data in, packed rows out."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from partnerselect.allocation.amounts import amounts_of
from partnerselect.analysis import Analysis, analyse_unpriced
from partnerselect.errors import FailureError, InputError, PartnerselectError
from partnerselect.model.content import Role, keys_for
from partnerselect.model.scenario import Scenario
from partnerselect.rows import rounded
from partnerselect.rows.demands import demand_words
from partnerselect.rows.report import software
from partnerselect.tables.frames import Row, rows_of
from partnerselect.words.wording import figure

ANSWERED = frozenset({"optimal", "within-gap"})
FAILED = "failed"
"""The state of a case that broke down."""
INVALID = "invalid"
"""The state of a case whose changes the scenario does not allow."""
NOT_RUN = keys_for(Role.CASES, Role.PAPER)
"""Keys that no answer depends on."""
BULK = ("ranking", "allocation")
"""Tables that are only copied from the chunks, never looked at twice."""


@dataclass(frozen=True)
class Job:
    """A chunk of cases of one scenario, as plain data that any worker can be sent."""

    scenario: str
    content: str
    """The scenario as loaded, as JSON."""
    overrides: dict[str, Any]
    cases: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...]
    """Of every case: its id, the swept values, the changes."""
    software: str
    """Versions that answers may depend on."""

    @property
    def key(self) -> str:
        """The hash of everything the rows depend on."""
        parts = [
            self.scenario,
            without_unused(self.content),
            self.overrides,
            self.cases,
            self.software,
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


@lru_cache(maxsize=8)
def without_unused(content: str) -> str:
    """Return a scenario's JSON without what no answer depends on."""
    return json.dumps(
        {key: value for key, value in json.loads(content).items() if key not in NOT_RUN},
        sort_keys=True,
    )


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
    return packed(_answered(job, *case) for case in job.cases)


def broken(job: Job, reason: str) -> bytes:
    """Return the packed rows of cases that could not be run at all."""
    return packed(
        _row(job, name, varied, summary={"state": FAILED, "reason": reason})
        for name, varied, _ in job.cases
    )


def packed(rows: Iterable[Row]) -> bytes:
    """Return rows as gzipped JSON lines, two for each case, the bulk in the second.

    The same bytes for the same rows.
    """
    text = "".join(
        f"{_json(part)}\n"
        for row in rows
        for part in (
            {key: row[key] for key in row if key not in BULK},
            {key: row[key] for key in BULK},
        )
    )
    return gzip.compress(text.encode(), compresslevel=3, mtime=0)


def _json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str)


def unpacked(content: bytes) -> Iterator[Row]:
    """Yield the rows of a packed chunk."""
    lines = iter(gzip.decompress(content).split(b"\n"))
    for head, bulk in zip(lines, lines, strict=False):
        yield json.loads(head) | json.loads(bulk)


def headlines(content: bytes) -> Iterator[Row]:
    """Yield the rows of a packed chunk without their bulk."""
    for head in gzip.decompress(content).split(b"\n")[:-1:2]:
        yield json.loads(head)


def _answered(job: Job, name: str, varied: dict[str, Any], changes: dict[str, Any]) -> Row:
    try:
        scenario = _loaded(job.scenario, job.content).with_changes({**job.overrides, **changes})
        analysis = analyse_unpriced(scenario)
        return _row(job, name, varied, **rows_of(analysis), summary=_summary(analysis))
    except InputError as error:
        return _row(
            job,
            name,
            varied,
            summary={
                "state": INVALID,
                "reason": "; ".join(str(problem) for problem in error.problems),
            },
        )
    except PartnerselectError as error:
        return _row(job, name, varied, summary={"state": FAILED, "reason": str(error)})
    except Exception as error:  # noqa: BLE001 - whatever breaks one case must not stop the others
        return _row(
            job,
            name,
            varied,
            summary={"state": FAILED, "reason": f"{type(error).__name__}: {error}"},
        )


@lru_cache(maxsize=4)
def _loaded(name: str, content: str) -> Scenario:
    return Scenario.from_data(json.loads(content), id=name)


# rows by table
def _row(job: Job, name: str, varied: dict[str, Any], **tables: Any) -> Row:  # noqa: ANN401
    tables["summary"] = {"scenario": job.scenario, **tables["summary"]}
    return {
        "case": name,
        "varied": varied,
        "programmes": [],
        "ranking": [],
        "allocation": [],
        **tables,
    }


def _summary(analysis: Analysis) -> Row:
    allocation, scenario = analysis.allocation, analysis.scenario
    account, advice = allocation.account, analysis.recommendation.programmes
    has_answer = allocation.state in ANSWERED
    row: Row = rounded(
        {
            "state": allocation.state,
            "reason": _why_none(analysis),
            "title": scenario.title,
            "value": account.value if account else None,
            **(amounts_of(scenario, account.lines) if account else {}),
            "partners": account.partners if account else None,
            "running": [programme.programme for programme in advice if programme.run]
            if has_answer
            else None,
            "deferred": [programme.programme for programme in advice if not programme.run]
            if has_answer
            else None,
            "gap": allocation.gap,
            "tie_break": allocation.tie_break,
            "currency": scenario.currency,
            "illustrative": scenario.illustrative,
            "sha256": scenario.sha256,
        },
    )
    return row


def _why_none(analysis: Analysis) -> str:
    if analysis.allocation.state == "no-answer-yet":
        return f"no answer within {figure(analysis.scenario.analysis.time_limit)} seconds"
    return " · ".join(demand_words(analysis, demand) for demand in analysis.conflicts)
