"""Commands that say what was meant where they are mistyped, or given too much."""

from __future__ import annotations

from math import isfinite
from typing import Any, NoReturn

import click


class Meant(click.Group):
    """A group that knows its commands by nearly their names."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is asked for; a usage error where there is none."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from partnerselect.model import did_you_mean  # only here: it takes long to import

            meant = did_you_mean(args[0], self.list_commands(ctx))
            ctx.fail(f'no command is called "{args[0]}"{meant}')
        return super().resolve_command(ctx, args)


def _in_words(of: click.IntRange | click.FloatRange, message: str) -> str:
    """Return what is wrong with a number, its bounds in words."""
    value, _, outside = message.partition(" is not in the range ")
    if not outside or of.min is None:
        return message
    least = f"more than {of.min}" if of.min_open else f"{of.min} or more"
    bounds = least if of.max is None else f"from {of.min} to {of.max:,}"
    return f"must be {bounds} (found {value})."


class WholeNumber(click.IntRange):
    """A whole number within bounds, called so where it is mistyped."""

    name = "whole number"

    def fail(
        self, message: str, param: click.Parameter | None = None, ctx: click.Context | None = None
    ) -> NoReturn:
        """Refuse a number; raises a usage error."""
        super().fail(_in_words(self, message), param, ctx)


class Figure(click.FloatRange):
    """A number within bounds, called so where it is mistyped."""

    name = "number"

    def fail(
        self, message: str, param: click.Parameter | None = None, ctx: click.Context | None = None
    ) -> NoReturn:
        """Refuse a number; raises a usage error."""
        super().fail(_in_words(self, message), param, ctx)

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's own signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """Read a number; click takes `nan` and `inf` for numbers, and holds `nan` within bounds."""
        found = float(super().convert(value, param, ctx))
        if not isfinite(found):
            super().fail("must be a finite number.", param, ctx)
        return found


class WithoutScenario(click.Command):
    """A command about the whole register, which says so to whoever gives it a scenario."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if "unexpected extra argument" not in error.message:
                raise
            told = "it takes no scenario; the register is that of the folder you are in, or of"
            raise click.UsageError(f"{error.message}: {told} --register URL", ctx) from None
