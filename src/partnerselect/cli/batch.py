"""`batch`: many scenarios and their sweeps, and ranked recommendation tables of all their cases."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from partnerselect.batches import (
    MOST_CASES,
    Engine,
    Source,
    complete,
    engine,
    load_source,
    matching_files,
    plan,
    refuse_too_many,
    require,
    sources_in,
    with_unique_names,
)
from partnerselect.cli.meant import WholeNumber
from partnerselect.cli.session import (
    CHECK_FAILED,
    Session,
    notify_warnings,
    scenario_options,
)
from partnerselect.cli.streams import notify
from partnerselect.errors import input_error
from partnerselect.files import Loaded
from partnerselect.words import ENDED, counted

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
    type=WholeNumber(min=1),
    metavar="N",
    help="Processes that work at once; default: one per core.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A Dask scheduler's address, or `local` for one started for this run.",
)
@click.option("--resume", is_flag=True, help="Continue an interrupted run in DIR.")
@click.option(
    "--data",
    type=click.Choice(("csv", "parquet")),
    default="csv",
    show_default=True,
    help="Format of the large tables.",
)
@click.option("--case", metavar="CASE", help="Only the case of this id.")
@click.option(
    "--most-cases",
    type=WholeNumber(min=1),
    default=MOST_CASES,
    show_default=True,
    metavar="N",
    help="Refuse to begin more cases than this.",
)
def batch(
    session: Session,
    scenarios: tuple[str, ...],
    out: Path,
    workers: int | None,
    cluster: str | None,
    data: str,
    case: str | None,
    most_cases: int,
    *,
    resume: bool,
) -> None:
    """Run many scenarios and their sweeps: files, folders, patterns or earlier results."""
    found, left_out = _sources(session, scenarios)
    refuse_too_many(found, most_cases, "--most-cases {cases}")
    if sources := _only(found, case):
        if data == "parquet":
            require("pyarrow", "--data parquet", "pyarrow", "parquet")
        works = engine(workers, cluster)
        _run(session, sources, out, works, resume=resume, data=data)
        if left_out:
            notify(f"Left out, for what is said above: {', '.join(left_out)}")


def _sources(session: Session, paths: tuple[str, ...]) -> tuple[list[Source], list[str]]:
    """Load everything; say what cannot be read and go on with the rest, and name what it is."""
    found: list[Source] = []
    left_out: list[str] = []
    for given in paths:
        with session.reporting_errors():
            files = matching_files(given)
            for file in files:
                left_out.append(str(file))
                with session.reporting_errors():
                    loaded = load_source(file, root=session.root, many=len(files) > 1)
                    if isinstance(loaded, Loaded):
                        notify_warnings(loaded)
                    with session.reporting_errors(loaded if isinstance(loaded, Loaded) else None):
                        if loaded is not None:
                            found += _checked(sources_in(loaded, file, session.overrides))
                        left_out.pop()
    return with_unique_names(found), left_out


def _checked(sources: Iterator[Source]) -> list[Source]:
    """See that what is asked of the scenarios can be asked: sweeps, and what overrides them."""
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
        raise input_error(f'no case is called "{case}"; summary.csv names them all')
    return wanted


def _run(
    session: Session, sources: list[Source], out: Path, works: Engine, *, resume: bool, data: str
) -> None:
    planned = plan(sources)
    for source in sources:
        notify(f"{source.path}: {counted(source.count, 'case')}")
    how = " · interrupt with Ctrl-C, go on with --resume" if planned.cases >= MANY else ""
    notify(f"{counted(planned.cases, 'case')} in all, by {works.words}{how}")
    try:
        with _progress(planned.cases) as on_chunk:
            outcome = complete(planned, out, works, on_chunk, resume=resume, form=data)
    except KeyboardInterrupt:
        notify(f"\nWhat is finished is kept in {out}; go on with --resume.")
        raise
    if outcome.kept:
        notify(f"{counted(outcome.kept, 'case')} finished before, {outcome.ran:,} run now.")
    for state, count in outcome.unanswered.items():
        notify(f"{counted(count, 'case')}: {ENDED[state]}; see `reason` in summary.{data}")
    if outcome.unanswered:
        session.exit(CHECK_FAILED)
    notify(f"Results: {out}. The page to read: {out / 'recommendations.html'}")


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

        def on_chunk(done: int, kept: int) -> None:
            nonlocal ran
            ran += done - kept
            bar.update(done, f"{ran / max(time.monotonic() - begun, 1e-9):.1f} a second")

        yield on_chunk
