"""What every command shares: options, scenarios loaded one by one, problems told, the exit code kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from partnerselect.cli.streams import is_of_output, tell
from partnerselect.errors import FailureError, InputError, NoAnswerError, Problem
from partnerselect.words.wording import figure

if TYPE_CHECKING:  # the screens paint before anything is read
    from partnerselect.analysis import Analysis
    from partnerselect.files import Loaded, LoadedCriteria

DONE, CHECK_FAILED, YOUR_INPUT, NO_ANSWER, WE_FAILED = range(5)
CODES = {"infeasible": NO_ANSWER, "no-answer-yet": WE_FAILED}
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Session:
    """One run of a command over one scenario or several."""

    root: Path | None
    overrides: dict[str, Any] = field(default_factory=dict)
    exit_code: int = DONE

    def each(self, paths: tuple[str, ...], work: Callable[[Loaded], None]) -> None:
        """Do something with every scenario that can be read.

        Tell what is wrong with the others and go on.
        """
        for path in paths:
            with self.telling():
                loaded = self._loaded(path)
                with self.telling(loaded):
                    work(loaded)

    def _loaded(self, path: str) -> Loaded:
        from partnerselect import files

        loaded = files.load(Path(path), root=self.root)
        tell_warnings(loaded)
        return (
            replace(loaded, scenario=loaded.scenario.with_changes(self.overrides))
            if self.overrides
            else loaded
        )

    @contextmanager
    def telling(self, loaded: Loaded | LoadedCriteria | None = None) -> Iterator[None]:
        """Catch what is raised on purpose, tell it on standard error, and remember the exit code."""
        try:
            yield
        except InputError as error:
            for problem in error.problems:
                tell(str(_placed(problem, loaded)))
            self.exit(YOUR_INPUT)
        except NoAnswerError as error:
            tell(str(error))
            self.exit(NO_ANSWER)
        except FailureError as error:
            tell(f"partnerselect failed: {error}")
            self.exit(WE_FAILED)
        except OSError as error:
            if is_of_output(error):
                raise
            tell(_why(error))
            self.exit(YOUR_INPUT if isinstance(error, _YOURS) else WE_FAILED)

    def exit(self, code: int) -> None:
        """Remember the highest exit code."""
        self.exit_code = max(self.exit_code, code)


_YOURS = (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError)
"""Faults of a name that was given, or of the folder that it is looked for in."""


def _why(error: OSError) -> str:
    """Say in plain words why a file or folder could not be used."""
    from partnerselect.files.source import why_unreadable

    try:
        Path.cwd()
    except OSError:
        return "the folder you are in is gone, or may not be read: change to another folder (cd)"
    return f"{error.filename or 'a file'}: {why_unreadable(error)}"


def _placed(problem: Problem, loaded: Loaded | LoadedCriteria | None) -> Problem:
    return problem if loaded is None or problem.place is not None else loaded.places.locate(problem)


def tell_notices(loaded: Loaded | LoadedCriteria) -> None:
    """Say in a line each which words of the files have another name now."""
    for notice in loaded.notices:
        tell(str(notice))


def tell_warnings(loaded: Loaded | LoadedCriteria) -> None:
    """Say on standard error what the files allow but probably do not mean, and what is renamed."""
    tell_notices(loaded)
    for problem in loaded.warnings:
        tell(str(replace(problem, message=f"warning: {problem.message}")))


def tell_state(analysis: Analysis, loaded: Loaded, running: Session) -> None:
    """Say on standard error what the tables alone would not, and remember its exit code: clipped scores, no answer, an answer not proven."""
    from partnerselect.rows.demands import demand_words
    from partnerselect.rows.progress import proof_words
    from partnerselect.rows.report import no_answer_words

    for notice in analysis.table.notices:
        tell(str(loaded.places.locate(notice)))
    title, state = loaded.scenario.title, analysis.allocation.state
    if state == "infeasible":
        tell(f"{title}: {no_answer_words(analysis)}.")
        for conflict in analysis.conflicts:
            tell(str(loaded.places.locate(Problem(conflict.loc, demand_words(analysis, conflict)))))
    elif state == "no-answer-yet":
        more = (
            ""
            if analysis.allocation.why != "time"
            else f" ({figure(loaded.scenario.analysis.time_limit)} seconds); allow more with --time-limit"
        )
        tell(f"{title}: {no_answer_words(analysis)}{more}.")
    elif state == "within-gap":
        tell(f"{title}: {proof_words(analysis)}")
    running.exit(CODES.get(state, DONE))


def scenario_options(command: Command) -> Command:
    """Add the scenarios and the options that override them."""
    return click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")(
        _overrides(command)
    )


def one_scenario_options(command: Command) -> Command:
    """Add one scenario and the options that override it."""
    return click.argument("scenario", metavar="SCENARIO")(_overrides(command))


def _overrides(command: Command) -> Command:
    for option in (
        click.option(
            "--root",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="The folder that scenarios may take files from.",
        ),
        click.option(
            "--time-limit",
            type=click.FloatRange(min=0, min_open=True),
            metavar="S",
            help="Seconds the choice may take; its reasons, and the draws, may take as long again.",
        ),
        click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Seed of the draws."),
        click.option(
            "--samples",
            type=click.IntRange(min=0, max=10_000_000),
            metavar="N",
            help="Number of draws; 0 for none.",
        ),
    ):
        command = option(command)
    return command


def known_programme(loaded: Loaded, programme: str) -> None:
    """Raise InputError unless the scenario has this programme."""
    _known("programmes", "programme", programme, list(loaded.scenario.programmes))


def known_partner(loaded: Loaded, partner: str) -> None:
    """Raise InputError unless the scenario has this partner."""
    _known("partners", "partner", partner, list(loaded.scenario.partners))


def _known(kind: str, noun: str, name: str, names: list[str]) -> None:
    from partnerselect.model.hints import did_you_mean

    if name not in names:
        raise InputError(
            [Problem((kind,), f'no {noun} is called "{name}"{did_you_mean(name, names)}')]
        )


def session(
    root: Path | None, samples: int | None, seed: int | None, time_limit: float | None
) -> Session:
    """Begin a session with the options given."""
    stated = {"analysis.samples": samples, "analysis.seed": seed, "analysis.time-limit": time_limit}
    return Session(root, {path: value for path, value in stated.items() if value is not None})


def finish(running: Session) -> None:
    """Leave with the highest exit code."""
    from partnerselect.optimiser import is_at_rest

    sys.stdout.flush()
    if not is_at_rest():
        sys.stderr.flush()
        os._exit(
            running.exit_code
        )  # an interpreter that ends the ordinary way under a working solver aborts
    sys.exit(running.exit_code)
