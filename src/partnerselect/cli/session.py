"""One run of a command: options, scenarios one by one, what is wrong said, the exit code kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from partnerselect import optimiser
from partnerselect.cli.meant import Figure, WholeNumber
from partnerselect.cli.streams import is_of_output, notify
from partnerselect.errors import FailureError, InputError, Place, Problem, input_error
from partnerselect.words import figure

if TYPE_CHECKING:  # the screens paint before anything is read
    from partnerselect.analysis import Analysis
    from partnerselect.files import Loaded, LoadedCriteria

DONE, CHECK_FAILED, YOUR_INPUT, NO_ANSWER, WE_FAILED = range(5)
CODES = {"infeasible": NO_ANSWER, "no-answer-yet": WE_FAILED}
NAMED = (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError)
"""Faults of a name that was given, or of the folder that it is looked for in."""
Command = Callable[..., Any]


@dataclass
class Session:
    """One run of a command over one scenario or several."""

    root: Path | None = None
    overrides: dict[str, Any] = field(default_factory=dict)
    exit_code: int = DONE

    def each(self, paths: tuple[str, ...], work: Callable[[Loaded], None]) -> None:
        """Do something with every scenario that can be read; say what is wrong with the others."""
        for path in paths:
            with self.reporting_errors():
                loaded = self.load(path)
                with self.reporting_errors(loaded, path if len(paths) > 1 else ""):
                    work(loaded)

    def load(self, path: str | Path, register_url: str | None = None) -> Loaded:
        """Return a scenario with what the command line states instead, its warnings said."""
        from partnerselect import files

        loaded = files.load(Path(path), root=self.root, register_url=register_url)
        notify_warnings(loaded)
        if not self.overrides:
            return loaded
        return replace(loaded, scenario=loaded.scenario.with_changes(self.overrides))

    @contextmanager
    def reporting_errors(
        self, loaded: Loaded | LoadedCriteria | None = None, where: str = ""
    ) -> Iterator[None]:
        """Catch what is raised on purpose, say it on standard error, and keep the exit code.

        Args:
            loaded: what was read, so that what is wrong with it is told at its line.
            where: which of several files it is, for what is wrong with the command line there.
        """
        try:
            yield
        except InputError as error:
            for problem in error.problems:
                notify(str(_placed(problem, loaded, where)))
            self.exit(YOUR_INPUT)
        except FailureError as error:
            notify(f"partnerselect failed: {error}")
            self.exit(WE_FAILED)
        except OSError as error:
            if is_of_output(error):
                raise
            notify(_why(error))
            self.exit(YOUR_INPUT if isinstance(error, NAMED) else WE_FAILED)

    def report_state(self, analysis: Analysis, loaded: Loaded) -> None:
        """Say what the tables alone would not, and keep its exit code.

        Clipped scores, no answer, an answer not proven to be the best.
        """
        from partnerselect.rows import missing_shares, proof_words

        for notice in analysis.table.notices:
            notify(str(loaded.places.locate(notice)))
        state = analysis.allocation.state
        if state == "within-gap":
            notify(f"{loaded.scenario.title}: {proof_words(analysis)}")
        if state == "optimal" and (missing := missing_shares(analysis)):
            notify(f"{loaded.scenario.title}: {missing}")
        for line in _why_no_answer(analysis, loaded) if state in CODES else ():
            notify(line)
        self.exit(CODES.get(state, DONE))

    def exit(self, code: int) -> None:
        """Keep the highest exit code."""
        self.exit_code = max(self.exit_code, code)

    def finish(self) -> None:
        """Leave with the highest exit code."""
        sys.stdout.flush()
        # an interpreter that ends the ordinary way under a solver aborts; without one, none is read
        if "highspy" in sys.modules and not optimiser.is_at_rest():
            sys.stderr.flush()
            os._exit(self.exit_code)
        sys.exit(self.exit_code)


def _why(error: OSError) -> str:
    """Say in plain words why a file or folder could not be used."""
    from partnerselect.files import why_unreadable

    try:
        Path.cwd()
    except OSError:
        return "the folder you are in is gone, or may not be read: change to another folder (cd)"
    return f"{error.filename or 'a file'}: {why_unreadable(error)}"


def _placed(problem: Problem, loaded: Loaded | LoadedCriteria | None, where: str) -> Problem:
    """Return a problem at its place in the files; one that names nothing there is not of them."""
    if loaded is None or problem.loc:
        return problem if loaded is None else loaded.places.locate(problem)
    if not where or (problem.place and problem.place.label.startswith(where)):
        return problem
    return replace(problem, message=str(problem), place=Place(where))


def _why_no_answer(analysis: Analysis, loaded: Loaded) -> Iterator[str]:
    from partnerselect.rows import demand_words, no_answer_words

    scenario, more = loaded.scenario, ""
    if analysis.allocation.why == "time":
        more = f" ({figure(scenario.analysis.time_limit)} seconds); allow more with --time-limit"
    yield f"{scenario.title}: {no_answer_words(analysis)}{more}."
    for conflict in analysis.conflicts:
        yield str(loaded.places.locate(Problem(conflict.loc, demand_words(analysis, conflict))))


def notify_renames(loaded: Loaded | LoadedCriteria) -> None:
    """Say in a line each which words of the files have another name now."""
    for notice in loaded.notices:
        notify(str(notice))


def notify_warnings(loaded: Loaded | LoadedCriteria) -> None:
    """Say what the files allow but probably do not mean, and what has another name now."""
    notify_renames(loaded)
    for problem in loaded.warnings:
        notify(str(replace(problem, message=f"warning: {problem.message}")))


FILE = click.Path(path_type=Path)
FORCE = click.option("--force", is_flag=True, help="Replace files that exist.")
ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Root folder; files outside it are refused.",
)
TIME_LIMIT = click.option(
    "--time-limit",
    type=Figure(min=0, min_open=True),
    metavar="S",
    help="Time limit (seconds) for the choice; reasons and trials get as long again.",
)
SEED = click.option("--seed", type=WholeNumber(min=0), metavar="N", help="Seed of the trials.")
SAMPLES = click.option(
    "--samples",
    type=WholeNumber(min=0, max=10_000_000),
    metavar="N",
    help="Number of trials; 0 for none.",
)
SCENARIO = click.argument("scenario", metavar="SCENARIO")
SCENARIOS = click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")


def scenario_options(function: Command) -> Command:
    """Add several scenarios and the options that override them."""
    return SCENARIOS(_with_session(function))


def one_scenario_options(function: Command) -> Command:
    """Add one scenario and the options that override it."""
    return SCENARIO(_with_session(function))


def _with_session(function: Command) -> Command:
    """Give a command a session made of its options, and leave with its exit code."""

    @wraps(function)
    def called(
        root: Path | None,
        samples: int | None,
        seed: int | None,
        time_limit: float | None,
        **others: Any,  # noqa: ANN401 - whatever the command asks for
    ) -> None:
        stated = {"samples": samples, "seed": seed, "time-limit": time_limit}
        changes = {f"analysis.{key}": value for key, value in stated.items() if value is not None}
        session = Session(root, changes)
        with session.reporting_errors():
            function(session=session, **others)
        session.finish()

    return SAMPLES(SEED(TIME_LIMIT(ROOT(called))))


def known(loaded: Loaded, kind: str, name: str | None, option: str = "") -> str | None:
    """Return the id of a programme or partner that was named; raises InputError.

    Args:
        loaded: the scenario in which it is looked for.
        kind: `programmes` or `partners`.
        name: what it was called.
        option: by which option, for whoever misspelt it.
    """
    from partnerselect.model import named

    if name is None:
        return None
    key = "named_programmes" if kind == "programmes" else kind
    return named(kind.removesuffix("s"), getattr(loaded.scenario, key), name, option)


def require_free(out: Path, *, force: bool) -> None:
    """Raise InputError where a file cannot be written, before anything is."""
    require_place(out)
    if out.exists() and not force:
        raise input_error(
            f"{out} exists already and is left as it is; name another file, or replace it with"
            " --force"
        )


def require_place(out: Path) -> None:
    """Raise InputError where no file can stand."""
    if out.is_dir():
        raise input_error(f"{out} cannot be written: {out} is a folder")
    from partnerselect.files import resolved

    if resolved(out).is_symlink():
        raise input_error(f"{out} cannot be written: it is a link that leads to itself")
    where = resolved(out).parent if out.is_symlink() else out.parent
    if not where.is_dir():
        raise input_error(f"{out} cannot be written: there is no folder {where}")
