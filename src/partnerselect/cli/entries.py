"""`register`: the register itself, verified, exported, imported and corrected."""

from __future__ import annotations

from pathlib import Path

import click

from partnerselect import decisions
from partnerselect.cli.meant import Meant
from partnerselect.cli.output import Output, Part
from partnerselect.cli.register import (
    NUMBER,
    OUT,
    WHEN,
    opened,
    record,
    register_options,
    show_entries,
    url_of,
    write_new,
)
from partnerselect.cli.session import CHECK_FAILED
from partnerselect.cli.streams import notify, put
from partnerselect.register import open_register, read_export
from partnerselect.tables import RECORDED, sentences
from partnerselect.words import counted


@click.group(cls=Meant)
def register() -> None:
    """Verify, export, import and correct the register."""


@register.command()
@register_options
@click.option("--against", type=OUT, metavar="FILE", help="An export.")
def verify(output: Output, url: str | None, against: Path | None) -> None:
    """Verify the chain of entries, alone or against an earlier export."""
    kept = opened(url, verified=False)
    faults = list(kept.faults)
    if against is not None:
        other = decisions.first_difference(read_export(against), kept.entries)
        faults += [f"entry {other} is not as it was exported to {against}"] if other else []
    told = [
        f"{counted(len(kept.entries), 'entry', 'entries')}, head {kept.head.sha256}",
        *(
            f"{one}: its time is earlier than that of the entry before; a clock was set back"
            for one in (f"entry {n}" for n in decisions.set_back(kept.entries))
        ),
        *(faults or ["The chain holds."]),
    ]
    report = {**vars(kept.head), "faults": faults, "set_back": decisions.set_back(kept.entries)}
    part = Part(
        lambda: [{"words": one} for one in told],
        lambda: [sentences(RECORDED, "verify", f"Register {kept.name}", told)],
    )
    output.show(report, part.tables(), {"verify": part})
    if faults:
        click.get_current_context().exit(CHECK_FAILED)


@register.command()
@register_options
@click.option("--out", type=OUT, metavar="FILE", help="Default: print it.")
def export(output: Output, url: str | None, out: Path | None) -> None:  # noqa: ARG001 - lines of JSON in every format
    """Write every entry as a line of JSON."""
    lines = "".join(opened(url).lines())
    if out is None:
        put(lines, nl=False)
    else:
        write_new(out, lines)


@register.command(name="import")
@register_options
@click.argument("file", type=OUT, metavar="FILE")
def take(output: Output, url: str | None, file: Path) -> None:
    """Add the entries of an export that begins as the register does, or begin one."""
    entries = read_export(file)
    kept = open_register(url_of(url), begin=True)
    new = kept.entries[len(kept.entries) - kept.take(entries) :]
    notify(f"Added to {kept.name}: {counted(len(new), 'entry', 'entries')}")
    show_entries(output, kept.entries, new, "Added")


@register.command()
@register_options
@NUMBER
@click.option("--reason", required=True, help="Why entry N does not hold.")
@WHEN
def supersede(
    output: Output,
    url: str | None,
    number: int,
    **said: str,
) -> None:
    """Correct the register: entry N, and what is about it, holds no more."""
    record(open_register(url_of(url)), output, ("superseded", {**said, "of": number}))
