"""`batch`: many scenarios and sweeps, told in ranked recommendation tables."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from partnerselect.batch import complete, engine, plan, require
from partnerselect.batch import sources as reading
from partnerselect.batch.sources import Source
from partnerselect.cli.session import (
    CHECK_FAILED,
    Session,
    finish,
    scenario_options,
    session,
    tell_warnings,
)
from partnerselect.cli.streams import tell
from partnerselect.errors import InputError, Problem
from partnerselect.files import Loaded

MANY = 1_000
"""Cases from which a run counts as large: then it is said how it can be interrupted."""


@click.command()
@scenario_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder for the results.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that work at once; as many as there are cores if not said.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A Dask scheduler's address, or `local` for one that is started for this run.",
)
@click.option("--resume", is_flag=True, help="Go on with an interrupted run in DIR.")
@click.option(
    "--data",
    type=click.Choice(("csv", "parquet")),
    default="csv",
    show_default=True,
    help="How the large tables are written.",
)
@click.option("--case", metavar="CASE", help="Only the case of this id.")
def batch(
    scenarios: tuple[str, ...],
    out: Path,
    workers: int | None,
    cluster: str | None,
    data: str,
    case: str | None,
    root: Path | None,
    samples: int | None,
    seed: int | None,
    time_limit: float | None,
    *,
    resume: bool,
) -> None:
    """Run many scenarios and their sweeps: files, folders, patterns, or an earlier result folder."""
    running = session(root, samples, seed, time_limit)
    sources, left_out = _sources(running, scenarios, case)
    with running.telling():
        if sources:
            _run(running, sources, out, resume=resume, data=data, workers=workers, cluster=cluster)
            if left_out:
                tell(f"Left out, for what is said above: {', '.join(left_out)}")
    finish(running)


def _sources(
    running: Session, paths: tuple[str, ...], case: str | None
) -> tuple[list[Source], list[str]]:
    """Load everything; tell what cannot be read and go on with the rest, and name what it is."""
    found: list[Source] = []
    left_out: list[str] = []
    for given in paths:
        with running.telling():
            files = reading.expanded(given)
            for file in files:
                left_out.append(str(file))
                with running.telling():
                    loaded = reading.load(file, root=running.root, many=len(files) > 1)
                    if isinstance(loaded, Loaded):
                        tell_warnings(loaded)
                    with running.telling(loaded if isinstance(loaded, Loaded) else None):
                        if loaded is not None:
                            found += _checked(reading.sources(loaded, file, running.overrides))
                        left_out.pop()
    with running.telling():
        return _only(reading.told_apart(found), case), left_out
    return [], left_out


def _checked(sources: Iterator[Source]) -> list[Source]:
    """See that what is asked of the scenarios can be asked: their sweeps, and what the command line overrides."""
    found = list(sources)
    for source in found:
        _ = source.blocks
        source.scenario.with_changes(source.overrides)
    return found


def _only(sources: list[Source], case: str | None) -> list[Source]:
    if case is None:
        return sources
    wanted = [replace(source, only=case) for source in sources]
    wanted = [
        source
        for source in wanted
        if any(True for block in source.blocks for _ in source.cases(block))
    ]
    if sources and not wanted:
        raise InputError([Problem((), f'no case is called "{case}"; summary.csv names them all')])
    return wanted


def _run(
    running: Session,
    sources: list[Source],
    out: Path,
    *,
    resume: bool,
    data: str,
    workers: int | None,
    cluster: str | None,
) -> None:
    require(data)
    planned, works = plan(sources), engine(workers, cluster)
    for source in sources:
        tell(f"{source.path}: {_cases(source.count)}")
    tell(
        f"{_cases(planned.cases)} in all, by"
        f" {works.words}{' · interrupt with Ctrl-C, go on with --resume' if planned.cases >= MANY else ''}"
    )
    try:
        with _progress(planned.cases) as told:
            outcome = complete(planned, out, works, told, resume=resume, form=data)
    except KeyboardInterrupt:
        tell(
            f"\nStopped. What is finished is kept in {out}; the same command with --resume goes on."
        )
        raise
    if outcome.kept:
        tell(f"{_cases(outcome.kept)} finished before, {outcome.ran:,} run now.")
    for state, count in outcome.unanswered.items():
        tell(f"{_cases(count)} {state}: see the column `reason` of summary.{data}")
    if outcome.unanswered:
        running.exit(CHECK_FAILED)
    tell(f"Results: {out}. The page to read: {out / 'recommendations.html'}")


def _cases(count: int) -> str:
    return f"{count:,} case{'' if count == 1 else 's'}"


@contextmanager
def _progress(cases: int) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far the run is, how fast it goes and how long it will take."""
    begun, ran = time.monotonic(), 0
    with click.progressbar(
        length=cases,
        file=sys.stderr,
        show_pos=True,
        show_eta=True,
        hidden=not sys.stderr.isatty(),
        item_show_func=str,
    ) as bar:

        def told(done: int, kept: int) -> None:
            nonlocal ran
            ran += done - kept
            bar.update(done, f"{ran / max(time.monotonic() - begun, 1e-9):.1f} a second")

        yield told
