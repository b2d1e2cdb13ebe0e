"""All the cases of a run, cut into chunks that depend on nothing but the cases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from partnerselect.batch.sources import Source
from partnerselect.batch.work import Job
from partnerselect.rows.report import software

LARGEST_CHUNK = 32
CHUNKS_WANTED = 16
"""A small run is cut into so many chunks, whoever works on them."""


@dataclass(frozen=True)
class Plan:
    """All the cases of a run."""

    sources: tuple[Source, ...]

    @cached_property
    def cases(self) -> int:
        """The number of cases."""
        return sum(source.count for source in self.sources)

    @property
    def key(self) -> str:
        """The hash of everything the results depend on."""
        parts = [
            [source.name, _content(source), source.overrides, source.only]
            for source in self.sources
        ]
        return hashlib.sha256(
            json.dumps([parts, software()], sort_keys=True, default=str).encode()
        ).hexdigest()

    def jobs(self) -> Iterator[Job]:
        """Yield the chunks in order.

        Their borders depend on the cases alone, so that any run can resume any other.
        """
        size = max(1, min(LARGEST_CHUNK, self.cases // CHUNKS_WANTED))
        for source in self.sources:
            content = _content(source)
            for block in source.blocks:
                cases = source.cases(block)
                while chunk := tuple(
                    (case.id, case.varied, case.changes) for case in islice(cases, size)
                ):
                    yield Job(source.name, content, source.overrides, chunk, software())


def plan(sources: Iterable[Source]) -> Plan:
    """Return the plan of all the cases that the sources ask for."""
    return Plan(tuple(sources))


def _content(source: Source) -> str:
    return json.dumps(source.scenario.data, ensure_ascii=False, default=str)
