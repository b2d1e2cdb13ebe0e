"""The command line: arguments in, tables out, exit codes as promised.

0 done · 1 an answer was found but a check failed · 2 your input · 3 no answer exists · 4 we failed,
or time ran out.
"""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from typing import Any

import click

from partnerselect.cli.streams import (
    give_up_output,
    is_of_output,
    leave_quietly,
    prepare,
    tell,
    why_not,
)
from partnerselect.errors import FailureError

COMMANDS = {
    "init": "partnerselect.cli.starter:init",
    "check": "partnerselect.cli.check:check",
    "rank": "partnerselect.cli.rank:rank",
    "explain": "partnerselect.cli.explain:explain",
    "robustness": "partnerselect.cli.robustness:robustness",
    "frontier": "partnerselect.cli.frontier:frontier",
    "batch": "partnerselect.cli.batch:batch",
    "compare": "partnerselect.cli.compare:compare",
    "paper": "partnerselect.cli.paper:paper",
    "schema": "partnerselect.cli.starter:schema",
    "tui": "partnerselect.cli.screens:tui",
}


class _Late(click.Group):
    """A group that imports a command only when it is asked for: most of the time to start is imports."""

    # click's own signature
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    # as above
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except BrokenPipeError:
            leave_quietly()
        except FailureError as error:
            tell(f"partnerselect failed: {error}")
            ctx.exit(4)
        # Python would leave with 1, which means that a check failed
        except Exception as error:
            if is_of_output(error):
                raise
            tell(traceback.format_exc())
            tell("partnerselect failed; this is a mistake of ours, and the lines above say where.")
            ctx.exit(4)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401 - as above
        """Read the arguments; leave quietly where nobody reads the help to its end."""
        try:
            return super().make_context(*args, **kwargs)
        except BrokenPipeError:
            leave_quietly()

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command; say so where its help or its answer cannot be printed."""
        prepare()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            give_up_output()
            tell(f"partnerselect failed: standard output {why_not(error)}")
            sys.exit(4)


@click.group(
    cls=_Late, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="partnerselect")
def main() -> None:
    """Choose partners programme by programme, and see how sure the choice is."""
