"""`compare`: what changed in the inputs, and what in the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from partnerselect.allocation import AMOUNTS, HEADLINES, Amount
from partnerselect.analysis import Analysis, analyse_unpriced
from partnerselect.batch import MANIFEST, RunComparison, compare_runs
from partnerselect.cli.output import Output, format_option, print_json
from partnerselect.cli.revisions import at_revision
from partnerselect.cli.session import NO_ANSWER, Session, scenario_options
from partnerselect.cli.streams import notify
from partnerselect.comparison import (
    Answer,
    Comparison,
    Incomparable,
    InputChange,
    ProgrammeAnswer,
    compare as difference_of,
)
from partnerselect.errors import InputError, input_error
from partnerselect.rows import caution_words
from partnerselect.tables import Column, Table
from partnerselect.words import ENDED, difference, reading

LONGEST = 60
"""Characters of a value in a table; `--format json` prints all of it."""
NOW = "as it is now"
CSV_COLUMNS = tuple(map(Column, ("before", "after", "kind", "path", "from", "to")))
INPUTS = (Column("path", "Path"), Column("before", "Before"), Column("after", "After"))


Side = tuple[str, Analysis]
"""One of the things compared: what it is called, and its analysis."""


@click.command()
@scenario_options
@format_option
@click.option(
    "--rev",
    "revisions",
    multiple=True,
    metavar="R",
    help="Compare each file with itself at this revision in git; give it twice for two.",
)
def compare(
    session: Session, output: Output, scenarios: tuple[str, ...], revisions: tuple[str, ...]
) -> None:
    """Show what changed in inputs and answers: of scenarios, result folders, or git revisions."""
    folders = [path for path in scenarios if (Path(path) / MANIFEST).is_file()]
    if folders and (revisions or len(folders) < len(scenarios) or len(folders) == 1):
        raise input_error(
            "result folders are compared with one another; give two or more, and no --rev"
        )
    if folders:
        first, *others = scenarios
        runs = [(first, other, compare_runs(Path(first), Path(other))) for other in others]
        _print(runs, output, (_run_report, _flat_runs, _run_tables))
    else:
        pairs = _pairs(session, scenarios, revisions)
        found = [(one, other, difference_of(first, then)) for (one, first), (other, then) in pairs]
        _print(found, output, (_report, _flat, _tables))


Found = tuple[str, str, Any]
"""What is compared with what, and the comparison."""
Change = tuple[str, str, Any, Any]
"""What kind of thing differs, its path, and what it was and is."""
Drawn = tuple[
    Callable[..., dict[str, Any]], Callable[..., Iterator[Change]], Callable[..., list[Table]]
]


def _print(found: Sequence[Found], output: Output, drawn: Drawn) -> None:
    report, flat, tables = drawn
    if output.form == "json":
        print_json([report(*one) for one in found])
    elif output.form == "csv":
        rows = tuple(
            (before, after, kind, path, _cell(was), _cell(now))
            for before, after, one in found
            for kind, path, was, now in flat(one)
        )
        output.print([Table("changes", "", CSV_COLUMNS, rows)])
    else:
        for one in found:
            output.print(tables(*one))


def _run_report(before: str, after: str, found: RunComparison) -> dict[str, Any]:
    return {"before": before, "after": after, **asdict(found)}


def _run_tables(before: str, after: str, found: RunComparison) -> list[Table]:
    changed = len({change.case for change in found.changes})
    alone = (
        f" · {len(found.only_before):,} only before, {len(found.only_after):,} only after"
        if found.only_before or found.only_after
        else ""
    )
    note = f"{changed:,} of {found.compared:,} cases differ{alone}."
    rows = tuple(
        (
            change.case,
            change.programme or "the whole",
            CASE_WORDS.get(change.what, change.what),
            *(_shown(change.what, value) for value in (change.before, change.after)),
        )
        for change in found.changes
    )
    return [
        _input_table(before, after, found.inputs),
        Table("answers", f"Answers: {before} → {after}", CASES, rows, note),
    ]


CASES = (
    Column("case", "Case"),
    Column("programme", "Programme"),
    Column("what", "What"),
    Column("before", "Before"),
    Column("after", "After"),
)
CASE_WORDS = {"state": "how it ended"} | {one.key: one.title.lower() for one in AMOUNTS}
"""What of a case may differ, where it is read otherwise than it is called in files."""


def _shown(what: str, value: str) -> str:
    """Return a cell of a result as it is read: values with one decimal, amounts in whole units."""
    if what == "state":
        return ENDED.get(value, value)
    if what not in {"value", *(one.key for one in AMOUNTS)} or not value:
        return value or "—"
    return f"{float(value):,.1f}" if what == "value" else f"{float(value):,.0f}"


def _flat_runs(found: RunComparison) -> Iterator[Change]:
    yield from (("input", one.path, one.before, one.after) for one in found.inputs)
    for one in found.changes:
        path = f"{one.case}.{one.programme or 'portfolio'}.{one.what}"
        yield "answer", path, one.before, one.after
    for kind, cases in (("only before", found.only_before), ("only after", found.only_after)):
        yield from ((kind, case, None, None) for case in cases)


def _pairs(
    session: Session, paths: tuple[str, ...], revisions: tuple[str, ...]
) -> Iterator[tuple[Side, Side]]:
    if len(revisions) > 2:  # noqa: PLR2004 - before and after
        raise input_error("--rev may be given once or twice")
    if revisions:
        first, second = (*revisions, None)[:2]
        for path in paths:
            yield _then(session, path, first), _then(session, path, second)
        return
    if len(paths) == 1:
        raise input_error("give two scenarios or more, or one and --rev")
    before = _now(session, paths[0], paths[0])
    yield from ((before, _now(session, other, other)) for other in paths[1:])


def _then(session: Session, path: str, revision: str | None) -> Side:
    if revision is None:
        return _now(session, path, f"{path} {NOW}")
    with at_revision(Path(path), revision, root=session.root) as then:
        return _now(session, str(then), f"{path} at {revision}")


def _now(session: Session, path: str, label: str) -> Side:
    loaded = session.load(path)
    with session.reporting_errors(loaded):
        analysis = analyse_unpriced(loaded.scenario)
        if analysis.allocation.account is None:
            notify(f"{label}: {ENDED[analysis.allocation.state]}.")
            session.exit(NO_ANSWER)
        return label, analysis
    raise InputError([])


def _tables(before: str, after: str, found: Comparison) -> list[Table]:
    return [_input_table(before, after, found.inputs), _answers(before, after, found)]


def _input_table(before: str, after: str, changes: tuple[InputChange, ...]) -> Table:
    cells = tuple((one.path, _short(one.before), _short(one.after)) for one in changes)
    note = "" if cells else "The inputs are the same."
    return Table("inputs", f"Inputs: {before} → {after}", INPUTS, cells, note)


def _answers(before: str, after: str, found: Comparison) -> Table:
    rows = []
    for change in found.programmes:
        before_after = [_figures(found, side) for side in (change.before, change.after)]
        figures = [side[key] for key in before_after[0] for side in before_after]
        rows.append((change.title, *figures, "changed" if change.has_other_partners else ""))
    columns = (
        Column("programme", "Programme"),
        Column("before", "Before"),
        Column("after", "After"),
        Column("value_before", "Value before", "number"),
        Column("value_after", "Value after", "number"),
        *(
            Column(f"{one.key}_{when}", f"{one.title} {when}", one.kind, unit=answer.currency)
            for one in HEADLINES
            for when, answer in (("before", found.before), ("after", found.after))
        ),
        Column("changed", ""),
    )
    return Table("answers", f"Answer: {before} → {after}", columns, tuple(rows), _whole(found))


def _whole(found: Comparison) -> str:
    if found.before.value is None or found.after.value is None:
        return f"Before: {ENDED[found.before.state]}. After: {ENDED[found.after.state]}."
    if found.measured_as_before is None:
        words = _gained("Portfolio value", found.before.value, found.after.value, found)
    else:
        words = "Portfolio values have other measures"
    amounts = [f"{one.title.lower()} {_from_to(found, one)}" for one in HEADLINES]
    deferred = [f"{len(answer.deferred)}" for answer in (found.before, found.after)]
    caution = caution_words(found)
    caution = f" · {caution[:1].upper()}{caution[1:]}." if caution else ""
    runs = f"programmes deferred {deferred[0]} → {deferred[1]}{caution}"
    return " · ".join([words, *amounts, runs])


def _from_to(found: Comparison, one: Amount) -> str:
    return " → ".join(
        reading(answer.amounts[one.key], one.kind, answer.currency)
        for answer in (found.before, found.after)
    )


def _figures(found: Comparison, answer: ProgrammeAnswer | None) -> dict[str, str | float | None]:
    """Return what one side says of a programme; no value where the two have other measures."""
    is_comparable = found.why_not is not Incomparable.OTHER_MEASURE
    return {
        "partners": _partners(answer),
        "value": answer.value if answer and is_comparable else None,
        **{one.key: answer.amounts[one.key] if answer else None for one in HEADLINES},
    }


def _gained(what: str, before: float, after: float, found: Comparison) -> str:
    """Say both values and, where they can be subtracted, the difference of the figures shown."""
    words = f"{what} {before:.1f} → {after:.1f}"
    if found.value_gained is None:
        return words
    return f"{words} ({difference(after, before):+.1f})".replace("-", "−")


def _partners(answer: ProgrammeAnswer | None) -> str:
    if answer is None:
        return "—"
    return " + ".join(answer.partners) or ("deferred" if answer.value is not None else "")


def _short(value: Any) -> str:  # noqa: ANN401 - an input may be anything
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _report(before: str, after: str, found: Comparison) -> dict[str, Any]:
    return {
        "before": before,
        "after": after,
        "inputs": [asdict(change) for change in found.inputs],
        "programmes": [
            {
                "programme": change.programme,
                "changed": change.has_other_partners,
                "before": _programme(change.before),
                "after": _programme(change.after),
            }
            for change in found.programmes
        ],
        "portfolio": {
            "before": _portfolio(found.before),
            "after": _portfolio(found.after),
            "value_gained": found.value_gained,
            "caution": caution_words(found),
            "measured_as_before": found.measured_as_before,
            "measured_as_after": found.measured_as_after,
        },
    }


def _programme(answer: ProgrammeAnswer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    known = {"title": answer.title, "partners": list(answer.partners), "value": answer.value}
    return {**known, **{one.key: answer.amounts[one.key] for one in HEADLINES}}


def _portfolio(answer: Answer) -> dict[str, Any]:
    totals = {"value": answer.value, **answer.amounts, "currency": answer.currency}
    return {"state": answer.state, **totals, "deferred": list(answer.deferred)}


def _flat(found: Comparison) -> Iterator[Change]:
    """Yield everything that differs, inputs and answers alike."""
    yield from (("input", one.path, one.before, one.after) for one in found.inputs)
    for change in found.programmes:
        before, after = (_figures(found, side) for side in (change.before, change.after))
        for name, was in before.items():
            if was != after[name]:
                yield "answer", f"{change.programme}.{name}", was, after[name]
    first, second = (
        {"state": answer.state, "value": answer.value, **answer.amounts}
        for answer in (found.before, found.after)
    )
    for name, was in first.items():
        if was != second[name] and not (name == "value" and found.value_gained is None):
            yield "answer", f"portfolio.{name}", was, second[name]


def _cell(value: Any) -> str | float | int | None:  # noqa: ANN401 - an input may be anything
    if value is None or (isinstance(value, str | float | int) and not isinstance(value, bool)):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
