"""The register: decisions recorded, offered, reviewed; what is due; how it turned out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from partnerselect import decisions
from partnerselect.cli.meant import Meant, WholeNumber, WithoutScenario
from partnerselect.cli.output import Output, Part, output_options
from partnerselect.cli.session import CHECK_FAILED, Session, require_place
from partnerselect.cli.streams import notify
from partnerselect.decisions import Content, Entry, Kind
from partnerselect.errors import input_error
from partnerselect.files import resolved, workspace_of, write_whole
from partnerselect.model import read_day
from partnerselect.register import (
    location,
    open_register,
    reading_of,
    today,
    worked_out_anew,
)
from partnerselect.report import LAWS, record_of, rendered
from partnerselect.tables import (
    Names,
    decision_tables,
    differences_table,
    due_rows,
    due_table,
    entries_table,
    flat_choices,
    flat_committed,
    flat_entries,
    flat_readings,
    flat_said,
    history_tables,
)

if TYPE_CHECKING:
    from partnerselect.register import Register

Command = Callable[..., Any]


def date_option(name: str, words: str, *, default: bool = True) -> Callable[[Command], Command]:
    """Return an option that takes a day; by default it is today, or left out."""

    def read(_context: click.Context, _option: click.Parameter, day: str | None) -> str | None:
        if day is None:
            return today() if default else None
        try:
            return read_day(day).isoformat()
        except ValueError as error:
            raise click.BadParameter(str(error)) from None

    return click.option(name, callback=read, metavar="DATE", help=words)


WHEN = date_option("--date", "The day it holds from, as 2021-07-28; default: today.")
REGISTER = click.option(
    "--register",
    "url",
    metavar="URL",
    help="A file or postgresql://host/database; default: $PARTNERSELECT_REGISTER, then"
    " register.sqlite in the workspace.",
)
OUT = click.Path(path_type=Path)
NUMBER = click.argument("number", type=WholeNumber(min=1), metavar="N")


def _in_session(function: Command) -> Command:
    """Give a command that is about no scenario a session, and leave with its exit code."""

    @wraps(function)
    def called(**others: Any) -> None:  # noqa: ANN401 - whatever the command asks for
        session = Session()
        with session.reporting_errors():
            function(**others)
        session.finish()

    return called


def _with_tables(*tables: str) -> Callable[[Command], Command]:
    """Add the options of a command of the register, with the tables that may be chosen."""
    return lambda function: _in_session(REGISTER(output_options(*tables)(function)))


register_options = _with_tables()


def url_of(url: str | None, path: str | None = None) -> str:
    """Return where the register is: in the workspace of a scenario, else of where we are."""
    near = resolved(Path(path)) if path else Path.cwd() / "here"
    return location(url, workspace_of(near, None).folders[0])


def opened(url: str | None, *, verified: bool = True) -> Register:
    """Open the register of the workspace that we are in, and say which that is."""
    register = open_register(url_of(url), verified=verified)
    notify(f"Register: {register.name}")
    return register


def record(kept: Register, output: Output, *new: tuple[Kind, Content]) -> None:
    """Record entries, and show them."""
    show_recorded(kept, output, kept.record(*new))


def show_recorded(kept: Register, output: Output, made: list[Entry]) -> None:
    """Say which entries were recorded, and show them."""
    tell(kept.name, made)
    show_entries(output, kept.entries, made, "Recorded")


def _by_id(entries: list[Entry], said: Content) -> dict[str, Any]:
    """Return what is said with the ids of what it names; raises InputError."""
    names = Names(entries)
    ids = {
        key: names.find(f"{key}s", said[key])
        for key in ("partner", "programme", "measure")
        if said.get(key)
    }
    return {**said, **ids}


def tell(name: str, made: Iterable[Entry]) -> None:
    """Say which entries were recorded, and of what kind."""
    told = ", ".join(f"entry {one.number} ({one.kind})" for one in made)
    notify(f"Recorded in {name}: {told}")


def show_entries(output: Output, entries: list[Entry], shown: Iterable[Entry], title: str) -> None:
    """Show entries, as a table or as JSON."""
    shown = list(shown)
    part = _entries_part(entries, shown, title)
    output.show([report_of(one) for one in shown], part.tables(), {"entries": part})


def _entries_part(entries: Sequence[Entry], shown: Sequence[Entry], title: str) -> Part:
    return Part(
        lambda: flat_entries(entries, shown),
        lambda: [entries_table(entries, shown, title, today())],
    )


def decision_parts(made: Entry) -> dict[str, Part]:
    """Return the tables of a decision."""
    choices, said = decision_tables(made)
    return {
        "choices": Part(lambda: flat_choices(made), lambda: [choices]),
        "said": Part(lambda: flat_said(made), lambda: [said]),
    }


def report_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as it is printed as JSON."""
    return {
        **{key: getattr(entry, key) for key in ("number", "kind", "time", "sha256", "before")},
        "content": entry.content,
    }


def write_new(out: Path, content: str | bytes) -> None:
    """Write a file that is not there yet, and say so; raises InputError."""
    if out.exists():
        raise input_error(f"{out} exists already and is left as it is; name another file")
    require_place(out)
    write_whole(out, content)
    notify(f"Written: {out}")


# ── The decision and its answers ──


@click.group(cls=Meant)
def decision() -> None:
    """Show a decision; record what its partners answer."""


@decision.command()
@_with_tables("choices", "said", "followed")
@NUMBER
@click.option("--rerun", is_flag=True, help="Work it out anew: the same, or what differs and why.")
@click.option("--out", type=OUT, metavar="FILE", help="Write its record: .md, .html or .docx.")
@click.option(
    "--headings",
    type=click.Choice(list(LAWS)),
    help="The law whose order the record follows; whether it applies is not for us to say.",
)
def show(
    output: Output,
    url: str | None,
    number: int,
    out: Path | None,
    headings: str | None,
    *,
    rerun: bool,
) -> None:
    """Show decision N, and what followed from it; write its record."""
    entries = opened(url).entries
    is_read = out is None and not rerun
    made = (decisions.read_decision if is_read else decisions.find_decision)(entries, number)
    if number in decisions.superseded(entries):
        notify(f"Decision {number} is superseded: see what followed.")
    if out is not None:
        if headings is None:
            raise input_error(f"--out also needs --headings: {', '.join(LAWS)}")
        write_new(out, rendered(record_of(made, entries, headings), out.name))
        return
    if rerun:
        if output.table:
            raise click.UsageError("--rerun has one table; leave out --table.")
        found = list(worked_out_anew(made))
        rows = [dict(zip(("path", "then", "now"), one, strict=True)) for one in found]
        part = Part(lambda: rows, lambda: [differences_table(found)])
        output.show(rows, part.tables(), {"rerun": part})
        click.get_current_context().exit(CHECK_FAILED if found else 0)
    about = [one for one in entries if one.content.get("of") == number]
    parts = {**decision_parts(made), "followed": _entries_part(entries, about, "What followed")}
    shown = [table for name in list(parts)[: 3 if about else 2] for table in parts[name].tables()]
    report = {**report_of(made), "followed": [report_of(one) for one in about]}
    output.show(report, shown, parts)


def _answer(kind: Kind, words: str) -> None:
    """Add a command that records what passed between us and a partner."""

    @decision.command(
        {"offered": "offer", "accepted": "accept", "declined": "decline"}[kind], help=words
    )
    @register_options
    @NUMBER
    @click.argument("partner", metavar="PARTNER")
    @click.option("--words", default="", help="In whose words it was said.")
    @WHEN
    def answer(
        output: Output,
        url: str | None,
        number: int,
        **said: str,
    ) -> None:
        kept = open_register(url_of(url))
        record(kept, output, (kind, {**_by_id(kept.entries, said), "of": number}))


_answer("offered", "Record that decision N was offered to a PARTNER.")
_answer("accepted", "Record that a PARTNER accepted decision N.")
_answer("declined", "Record that a PARTNER declined decision N.")


# ── After it ──


@click.command()
@register_options
@click.argument("partner", metavar="PARTNER")
@click.argument("programme", metavar="PROGRAMME")
@click.argument("measure", metavar="MEASURE")
@click.argument("value", metavar="VALUE")
@WHEN
def outcome(
    output: Output,
    url: str | None,
    value: str,
    **said: str,
) -> None:
    """Record a reading of a MEASURE of the paper, for a PARTNER in a PROGRAMME."""
    kept = open_register(url_of(url))
    record(kept, output, reading_of(kept.entries, value, _by_id(kept.entries, said)))


@click.command()
@register_options
@NUMBER
@click.option(
    "--result",
    type=click.Choice(["sustained", "changed", "ended"]),
    required=True,
    help="How it went.",
)
@click.option("--programme", metavar="P", help="Of this programme only.")
@click.option("--partner", metavar="P", help="Of this partner only.")
@click.option("--ours", default="", help="In our words.")
@click.option("--theirs", default="", help="In the partner's own words.")
@date_option("--next", "When it is looked at again.", default=False)
@WHEN
def review(
    output: Output,
    url: str | None,
    number: int,
    **said: str | None,
) -> None:
    """Record a review of decision N: sustained, changed or ended."""
    kept = open_register(url_of(url))
    record(kept, output, ("reviewed", {**_by_id(kept.entries, said), "of": number}))


@click.command(cls=WithoutScenario)
@_with_tables("entries", "committed", "readings")
@click.option("--partner", metavar="P", help="What concerns this partner, and how it turned out.")
def history(output: Output, url: str | None, partner: str | None) -> None:
    """Show what was recorded, what runs, and how past partnerships turned out."""
    entries = opened(url).entries
    partner = _by_id(entries, {"partner": partner})["partner"]
    shown = [one for one in entries if partner is None or _concerns(one, partner)]
    found, now = decisions.readings(entries, partner), today()
    report = {
        "entries": [report_of(one) for one in shown],
        "readings": [one.number for one in found],
        "committed": {
            programme: {need: vars(held) for need, held in one.needs.items()}
            for programme, one in decisions.running(entries, now).items()
        },
    }
    timeline, runs, *turned_out = history_tables(entries, shown, found, now)
    parts = {
        "entries": Part(lambda: flat_entries(entries, shown), lambda: [timeline]),
        "committed": Part(lambda: flat_committed(entries, now), lambda: [runs]),
        "readings": Part(lambda: flat_readings(entries, found), lambda: turned_out),
    }
    output.show(report, [timeline, runs, *turned_out], parts)


def _concerns(entry: Entry, partner: str) -> bool:
    if entry.kind == "decided":
        return partner in decisions.partners_of(entry)
    return bool(entry.content.get("partner") == partner)


@click.command(cls=WithoutScenario)
@register_options
@date_option("--by", "The last day; default: today.")
def due(output: Output, url: str | None, by: str) -> None:
    """Show the reviews, readings and answers that are due."""
    entries = opened(url).entries
    rows = due_rows(decisions.due(entries, by), entries)
    part = Part(lambda: rows, lambda: [due_table(rows, by, entries)])
    output.show(rows, part.tables(), {"due": part})
