"""The command line: arguments in, tables out, exit codes as promised.

0 done · 1 an answer was found but a check failed · 2 your input · 3 no answer exists · 4 we failed,
or time ran out.
"""

from __future__ import annotations

import gc
import sys
import traceback
import warnings
from importlib import import_module
from typing import Any

import click

from partnerselect.cli.meant import Meant
from partnerselect.cli.streams import (
    give_up_output,
    is_of_output,
    leave_quietly,
    notify,
    prepare,
    why_not,
)
from partnerselect.errors import FailureError

COMMANDS = {
    "init": "Create a starter folder with commented examples.",
    "check": "Validate scenarios; list what good practice lacks.",
    "rank": "Rank the partners and recommend who does what.",
    "explain": "Explain why this partner and not that one.",
    "robustness": "Say how sure the choice is and what would change it.",
    "frontier": "Show what more or less money would buy.",
    "judge": "Judge plans that somebody proposes.",
    "alternatives": "List the plans almost as good as the recommended one.",
    "batch": "Run many scenarios and their sweeps.",
    "compare": "Show what changed in the inputs and the answer.",
    "paper": "Write the board paper or the workbook.",
    "workbook": "Write a scenario as a workbook to fill in.",
    "convert": "Turn a workbook into YAML, or back.",
    "decide": "Record a decision in the register.",
    "decision": "Show a decision; record what its partners answer.",
    "freeze": "Fix criteria and weights before scores are opened.",
    "declare": "Declare an interest in a partner.",
    "outcome": "Record how a measure of success reads.",
    "review": "Record a review: sustained, changed or ended.",
    "history": "Show what was decided, and how it turned out.",
    "due": "Show what is due: reviews, readings, answers.",
    "register": "Verify, export, import and correct the register.",
    "schema": "Print the JSON Schema, for editors.",
    "tui": "Open the screens.",
}
"""The commands in the order of the help, each with its line there."""
ELSEWHERE = {
    "authoring": ("init", "check", "schema"),
    "answers": ("rank", "robustness", "frontier"),
    "plans": ("judge", "alternatives"),
    "screens": ("tui",),
    "convert": ("workbook", "convert"),
    "decide": ("decide", "declare", "freeze"),
    "entries": ("register",),
    "register": ("decision", "outcome", "review", "history", "due"),
}
"""The modules that hold commands of other names than their own."""
COLLECTED_AFTER = 100_000
"""New objects after which Python looks for those that can no longer be reached.

Importing makes a hundred times its usual 700, and nearly all of them stay.
"""
EXIT_CODES = """\b
Exit codes: 0 done; 1 an answer was found, but a check or a case failed;
2 your input; 3 no answer exists; 4 we failed, or time ran out.
Of several scenarios, the highest."""


def command(name: str) -> click.Command | None:
    """Return a command; only now is its module imported: most of the time to start is imports."""
    if name not in COMMANDS:
        return None
    module = next((module for module, names in ELSEWHERE.items() if name in names), name)
    found: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
    return found


class _Late(Meant):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        return command(cmd_name)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            with warnings.catch_warnings():
                warnings.showwarning = lambda message, *_, **__: notify(str(message))
                return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except BrokenPipeError:
            leave_quietly()
        except KeyboardInterrupt:
            notify("Stopped.")
            ctx.exit(4)
        except FailureError as error:
            notify(f"partnerselect failed: {error}")
            ctx.exit(4)
        # Python would leave with 1, which means that a check failed
        except Exception as error:
            if is_of_output(error):
                raise
            notify(traceback.format_exc())
            notify("partnerselect failed; this is a mistake of ours: see the lines above.")
            ctx.exit(4)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401 - as above
        """Read the arguments; leave quietly where nobody reads the help to its end."""
        try:
            return super().make_context(*args, **kwargs)
        except BrokenPipeError:
            leave_quietly()
        except KeyboardInterrupt:  # click would leave with 1
            notify("Stopped.")
            sys.exit(4)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        """Run a command; say so where its help or its answer cannot be printed."""
        gc.set_threshold(COLLECTED_AFTER)
        prepare()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            give_up_output()
            notify(f"partnerselect failed: standard output {why_not(error)}")
            sys.exit(4)


@click.group(
    cls=_Late,
    epilog=EXIT_CODES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="partnerselect")
@click.pass_context
def main(context: click.Context) -> None:
    """Choose partners programme by programme, and see how sure the choice is.

    Without a command the screens open on the scenario looked at last, or ask which.
    """
    if context.invoked_subcommand is None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            click.echo(context.get_help(), err=True)
            context.exit(2)
        from partnerselect.tui import run

        context.exit(run([]))
